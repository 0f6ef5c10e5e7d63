"""Saying why one agreed or disagreed, and taking that back. Never obligatory: nothing said is an answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import Statement, VoteReason
from app.queries.vote_reasons import standing_words
from app.queries.voting import find_votable, own_votes
from app.services.comments import keep_comment
from app.services.recording import check_stage_act, record
from deliberation.comments import REASON_LIMIT, CommentTarget, check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.reasons import WITH_CHIPS, chosen_chips, offered_chips
from deliberation.roles import Action
from deliberation.voting import Position, check_votable


def explain_vote(
    stage: Stage, statement: Statement, *, chips: Sequence[str] | None = None, words: str = "", by: Participant
) -> VoteReason | None:
    """Keeps why somebody voted as they did; None where they said nothing.

    Words become a comment on the statement, which is checked, shown, sorted and taken back like any other. What is
    sent twice at once is kept once.

    Args:
        chips: of those that the stage offers; None leaves what was chosen before.
        words: in their own words; empty adds none.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `not_votable`; `vote_missing` unless the current vote is for or against; `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.CAST_VOTE)
    check_votable(is_approved=True, is_placed=find_votable(stage, statement.public_id) is not None)
    vote = own_votes(by).get(statement.id)
    if vote is None or vote.position not in WITH_CHIPS:
        raise RuleError("vote_missing")
    said = check_words(words, limit=REASON_LIMIT) if tidy(words) else ""
    reason = _reason(stage, statement, vote.position, by)
    if chips is not None:
        reason.chips = chosen_chips(chips, offered_chips(stage.reason_chips, vote.position))
    if said and standing_words(reason) is None:
        answers = {"statement_id": statement.id}
        comment = keep_comment(stage, CommentTarget.STATEMENT, answers, said, is_late=is_late, by=by)
        reason.comment_id = comment.id
    if not reason.chips and reason.comment_id is None:
        db.session.delete(reason)
        db.session.flush()
        return None
    reason.given_at = utcnow()
    db.session.flush()
    facts = {"late": is_late, "words": bool(said)}
    record(EventKind.VOTE_EXPLAINED, by=by, dialogue_id=by.dialogue_id, about=statement, facts=facts)
    return reason


def take_back_reason(reason: VoteReason, *, by: Participant) -> None:
    """Takes back what was chosen from the list; words are taken back as the comment that they are.

    Raises:
        RuleError: `not_yours`.
    """
    if reason.participant_id != by.id:
        raise RuleError("not_yours")
    reason.chips = []
    db.session.flush()
    facts = {"what": "vote_reason"}
    record(EventKind.COMMENT_WITHDRAWN, by=by, dialogue_id=by.dialogue_id, about=reason, facts=facts)
    if reason.comment_id is None:
        db.session.delete(reason)
        db.session.flush()


def _reason(stage: Stage, statement: Statement, position: Position, by: Participant) -> VoteReason:
    """The person's row for this vote, made if need be, and locked: who sends twice waits for the first."""
    key = {"participant_id": by.id, "statement_id": statement.id, "position": int(position)}
    insert: Any = (postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite).insert(VoteReason)
    db.session.execute(
        insert.values(**key, stage_id=stage.id, chips=[]).on_conflict_do_nothing(index_elements=list(key))
    )
    found = select(VoteReason).filter_by(**key).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one()
