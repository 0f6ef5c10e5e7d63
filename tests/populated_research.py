"""A research question in the populated dialogue, with each of the things that happen to one."""

import uuid
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import research_questions, terms
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant
from deliberation.moderation import WordState
from deliberation.research_questions import ResearchOrigin, ResearchState, ResearchStep
from deliberation.roles import Role


def add_research(
    dialogue: Dialogue, staff: dict[Role, Account], participant: Participant, clause_id: uuid.UUID
) -> dict[str, list[uuid.UUID]]:
    """Inside a transaction: a question by another participant that this one supports, reworded, parked, in a clause."""
    other = Participant(dialogue_id=dialogue.id, pseudonym="Quiet Wren")
    _add(other)
    row = _add(
        research_questions.ResearchQuestion(
            dialogue_id=dialogue.id, number=1, author_id=other.id, text="Is it slower?",
            origin=ResearchOrigin.STAFF, words_state=WordState.APPROVED, state=ResearchState.PARKED,
            outcome_reason="Later.",
        )
    )  # fmt: skip
    _add(
        research_questions.ResearchWording(
            research_question_id=row.id, version=1, text="How slow is it?", written_by_id=staff[Role.ANALYST].id
        )
    )
    _add(
        research_questions.ResearchQuestionStep(
            research_question_id=row.id, step=ResearchStep.PARK, state_before=ResearchState.CLARIFIED,
            state_after=ResearchState.PARKED, reason="Later.", taken_by_id=staff[Role.COMMISSIONER].id,
        )
    )  # fmt: skip
    _add(research_questions.ResearchQuestionSupport(research_question_id=row.id, participant_id=participant.id))
    clause = db.session.scalar(select(terms.Clause).where(terms.Clause.public_id == clause_id))
    assert clause is not None
    link = _add(
        research_questions.ClauseResearchQuestion(
            clause_id=clause.id, research_question_id=row.id, linked_by_id=staff[Role.COMMISSIONER].id
        )
    )
    return {"research_question_id": [row.public_id], "research_link_id": [link.public_id]}


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
