"""Casting a vote, choosing the next statement, putting one off, undoing, and saying why somebody passed."""

import uuid
from random import Random

from sqlalchemy import delete, select, update

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import Condition, CurrentVote, Exposure, Statement, Vote
from app.queries.taking_part import table_of
from app.queries.voting import ballot_of, candidates, current_pass, find_votable, last_vote, voted_in
from app.services.casting import Choice, Where, answer_exposure, keep_vote, put_next
from app.services.recording import check_stage_act, record
from deliberation.comments import CONDITION_LIMIT, check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action
from deliberation.voting import PassReason, Position, check_votable


def cast_vote(
    stage: Stage,
    statement: Statement,
    position: Position,
    *,
    important: bool = False,
    client_key: uuid.UUID,
    after: int | None = None,
    by: Participant,
) -> int:
    """Adds the vote and makes it the current one; returns the id of its row.

    The same key again with the same vote is answered as before and counts once. A choice that was made before the
    one that counts now (see `Choice.after`) is kept in the history and counts no more.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `not_votable`, or `key_reused` when the key came with another vote before.
    """
    where = _where(stage, by)
    choice = Choice(statement.id, statement.public_id, int(position), important, client_key, after)
    return keep_vote(db.session.connection(), where, choice, ballot_of(stage, by), now=utcnow()).vote_id


def show_next(stage: Stage, *, by: Participant, rng: Random, again: bool = False) -> Statement | None:
    """Chooses what to put to the participant next, as `put_next` says; None when nothing is left."""
    where, ballot = _where(stage, by), ballot_of(stage, by)
    known = candidates(stage, by)
    shown = put_next(db.session.connection(), where, known, ballot, rng, again=again, now=utcnow())
    return None if shown is None else db.session.get_one(Statement, shown)


def skip(stage: Stage, statement: Statement, *, by: Participant) -> None:
    """Puts the statement off: it comes back once the others are done."""
    where = _where(stage, by)
    if answer_exposure(db.session.connection(), where, statement.id, now=utcnow()):
        record(EventKind.STATEMENT_SKIPPED, by=by, dialogue_id=by.dialogue_id, about=statement)


def _where(stage: Stage, by: Participant) -> Where:
    """Inside the transaction: the stage takes votes now, and this person's other requests wait."""
    db.session.flush()
    if db.session.get_bind().dialect.name != "sqlite":
        mine = select(Participant.id).where(Participant.id == by.id)
        db.session.execute(mine.with_for_update(key_share=True))
    is_late = check_stage_act(stage, Action.CAST_VOTE)
    at = table_of(stage, by)
    return Where(by.id, by.public_id, by.dialogue_id, stage.session_id, stage.id, at, is_late)


def undo_last(stage: Stage, *, by: Participant) -> Statement:
    """Takes back the newest vote in this stage: the vote before it counts again, or none, and it is asked anew.

    Raises:
        RuleError: `nothing_to_undo`.
    """
    check_stage_act(stage, Action.CAST_VOTE)
    vote = last_vote(stage, by)
    if vote is None:
        raise RuleError("nothing_to_undo")
    vote.undone_at = utcnow()
    db.session.flush()
    statement = db.session.get_one(Statement, vote.statement_id)
    _return_to_earlier(by, statement)
    _ask_again(stage, statement, by)
    record(EventKind.VOTE_UNDONE, by=by, dialogue_id=by.dialogue_id, about=statement)
    return statement


def explain_pass(
    stage: Stage, statement: Statement, reason: PassReason, *, depends_on: str = "", by: Participant
) -> Condition | None:
    """Keeps why somebody passed beside the 0; "it depends" with words becomes a condition, which is returned.

    Raises:
        RuleError: `not_votable` for a statement that is not put to the vote here; `pass_missing` unless the
            person's current vote is a pass; `words_too_long`.
    """
    check_stage_act(stage, Action.CAST_VOTE)
    check_votable(is_approved=True, is_placed=find_votable(stage, statement.public_id) is not None)
    vote = current_pass(by, statement)
    if vote is None:
        raise RuleError("pass_missing")
    vote.pass_reason = reason
    db.session.flush()
    record(EventKind.PASS_EXPLAINED, by=by, dialogue_id=by.dialogue_id, about=statement)
    if reason is not PassReason.IT_DEPENDS or not depends_on.strip():
        return None
    dialogue = stage.session.dialogue
    condition = Condition(
        participant_id=by.id,
        statement_id=statement.id,
        text=check_words(depends_on, limit=CONDITION_LIMIT),
        lang=by.lang,
        state=WordState.WAITING if dialogue.moderates_first else WordState.APPROVED,
    )
    db.session.add(condition)
    db.session.flush()
    return condition


def _return_to_earlier(by: Participant, statement: Statement) -> None:
    earlier = db.session.scalar(
        select(Vote)
        .where(Vote.participant_id == by.id, Vote.statement_id == statement.id, Vote.undone_at.is_(None))
        .order_by(Vote.id.desc())
        .limit(1)
    )
    own = (CurrentVote.participant_id == by.id, CurrentVote.statement_id == statement.id)
    if earlier is None:
        db.session.execute(delete(CurrentVote).where(*own))
        return
    db.session.execute(
        update(CurrentVote)
        .where(*own)
        .values(
            vote_id=earlier.id,
            position=earlier.position,
            is_important=earlier.is_important,
            cast_at=earlier.cast_at,
        )
    )


def _ask_again(stage: Stage, statement: Statement, by: Participant) -> None:
    """The undone statement is at hand again, before whatever was to come next."""
    if statement.id in voted_in(stage, by):
        return
    shown = db.session.scalar(
        select(Exposure)
        .where(Exposure.stage_id == stage.id, Exposure.participant_id == by.id, Exposure.statement_id == statement.id)
        .order_by(Exposure.id.desc())
        .limit(1)
    )
    if shown is not None:
        shown.answered_at = None
        db.session.flush()
