"""Casting a vote, choosing the next statement, putting one off, undoing, and saying why somebody passed."""

import uuid
from collections.abc import Mapping
from random import Random
from typing import Any

from sqlalchemy import Insert, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import Condition, CurrentVote, Exposure, StageStatement, Statement, Vote
from app.queries.taking_part import table_of
from app.queries.voting import candidates, current_pass, find_votable, last_vote, open_exposure, put_off, voted_in
from app.services.recording import check_stage_act, record
from deliberation.comments import CONDITION_LIMIT, check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action
from deliberation.routing import choose_next
from deliberation.voting import PassReason, Position, check_same_vote, check_votable


def cast_vote(
    stage: Stage,
    statement: Statement,
    position: Position,
    *,
    important: bool = False,
    client_key: uuid.UUID,
    by: Participant,
) -> int:
    """Adds the vote and makes it the current one; returns the id of its row.

    The same key again with the same vote is answered as before and counts once.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `not_votable`, or `key_reused` when the key came with another vote before.
    """
    is_late = check_stage_act(stage, Action.CAST_VOTE)
    check_votable(is_approved=True, is_placed=find_votable(stage, statement.public_id) is not None)
    now = utcnow()
    vote_id = db.session.execute(
        _insert(Vote.__table__)
        .values(
            client_key=client_key,
            participant_id=by.id,
            statement_id=statement.id,
            position=int(position),
            is_important=important,
            is_late=is_late,
            session_id=stage.session_id,
            stage_id=stage.id,
            table_id=table_of(stage, by),
            cast_at=now,
        )
        .on_conflict_do_nothing(index_elements=["client_key"])
        .returning(Vote.id)
    ).scalar()
    if vote_id is None:
        return _same_as_before(client_key, (by.id, statement.id, int(position), important))
    _make_current(
        {
            "participant_id": by.id,
            "statement_id": statement.id,
            "vote_id": vote_id,
            "position": int(position),
            "is_important": important,
            "cast_at": now,
        }
    )
    _answer_exposure(stage, statement, by)
    record(EventKind.VOTE_CAST, by=by, dialogue_id=by.dialogue_id, about=statement, facts={"late": is_late})
    return int(vote_id)


def show_next(stage: Stage, *, by: Participant, rng: Random, again: bool = False) -> Statement | None:
    """Chooses what to put to the participant next and keeps the exposure; None when nothing is left.

    A statement that is already open is not chosen anew. Ones that were skipped come back once all others
    are done, and only when asked for (`again`).
    """
    check_stage_act(stage, Action.CAST_VOTE)
    waiting = open_exposure(stage, by)
    if waiting is not None:
        return db.session.get(Statement, waiting.statement_id)
    voted = voted_in(stage, by)
    known = candidates(stage, by)
    chosen = choose_next(known, voted | put_off(stage, by), rng)
    if chosen is None and again:
        chosen = choose_next(known, voted, rng)
    if chosen is None:
        return None
    statement = db.session.get_one(Statement, chosen[0])
    db.session.add(
        Exposure(
            participant_id=by.id,
            statement_id=statement.id,
            stage_id=stage.id,
            probability=chosen[1],
            shown_at=utcnow(),
        )
    )
    db.session.flush()
    record(EventKind.STATEMENT_SHOWN, by=by, dialogue_id=by.dialogue_id, about=statement)
    _count_shown(stage, statement)
    return statement


def skip(stage: Stage, statement: Statement, *, by: Participant) -> None:
    """Puts the statement off: it comes back once the others are done."""
    check_stage_act(stage, Action.CAST_VOTE)
    if _answer_exposure(stage, statement, by):
        record(EventKind.STATEMENT_SKIPPED, by=by, dialogue_id=by.dialogue_id, about=statement)


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


def _insert(table: Any) -> Any:
    """An INSERT that knows ON CONFLICT in whichever of the two dialects is in use."""
    kind = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    statement: Insert = kind.insert(table)
    return statement


def _make_current(row: Mapping[str, Any]) -> None:
    """One statement: the newest vote counts, also when two arrive together."""
    table: Table = CurrentVote.__table__  # type: ignore[assignment]
    insert = _insert(table).values(**row)
    taken = {name: insert.excluded[name] for name in ("vote_id", "position", "is_important", "cast_at")}
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["participant_id", "statement_id"],
            set_=taken,
            where=table.c.vote_id < insert.excluded.vote_id,
        )
    )


def _same_as_before(client_key: uuid.UUID, sent: tuple[int, int, int, bool]) -> int:
    stored = db.session.execute(
        select(Vote.id, Vote.participant_id, Vote.statement_id, Vote.position, Vote.is_important).where(
            Vote.client_key == client_key
        )
    ).one()
    check_same_vote(sent, (stored.participant_id, stored.statement_id, stored.position, stored.is_important))
    return int(stored.id)


def _count_shown(stage: Stage, statement: Statement) -> None:
    """Last in its transaction: the row is shared, and others wait for it."""
    db.session.execute(
        update(StageStatement)
        .where(StageStatement.stage_id == stage.id, StageStatement.statement_id == statement.id)
        .values(times_shown=StageStatement.times_shown + 1)
        .execution_options(synchronize_session=False)
    )


def _answer_exposure(stage: Stage, statement: Statement, by: Participant) -> bool:
    """Marks what was shown as answered; whether anything was."""
    done = db.session.execute(
        update(Exposure)
        .where(
            Exposure.stage_id == stage.id,
            Exposure.participant_id == by.id,
            Exposure.statement_id == statement.id,
            Exposure.answered_at.is_(None),
        )
        .values(answered_at=utcnow())
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


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
