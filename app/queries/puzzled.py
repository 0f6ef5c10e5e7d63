"""Statements that enough people do not understand, for the person who can find better words."""

from sqlalchemy import Integer, case, cast, func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.voting import CurrentVote, Statement, Vote
from deliberation.moderation import WordState
from deliberation.results import calls_for_other_words
from deliberation.voting import PassReason


def not_understood(dialogue: Dialogue) -> list[Statement]:
    """Statements whose words should be looked at, by number. How many people said so is not told here.

    It goes by votes as they stand, also while voting is open: so other words can still help.
    """
    puzzled = case((Vote.pass_reason == PassReason.DONT_UNDERSTAND, 1), else_=0)
    rows = db.session.execute(
        select(Statement, cast(func.sum(puzzled), Integer), func.count())
        .join(CurrentVote, CurrentVote.statement_id == Statement.id)
        .join(Vote, Vote.id == CurrentVote.vote_id)
        .join(Participant, Participant.id == CurrentVote.participant_id)
        .where(
            Statement.dialogue_id == dialogue.id,
            Statement.state == WordState.APPROVED,
            Participant.left_at.is_(None),
        )
        .group_by(Statement.id)
        .order_by(Statement.number)
    )
    return [one for one, unclear, voted in rows if calls_for_other_words(unclear, voted, dialogue.mode)]
