"""Drafts of a stage as one person meets them: their own table's, and those of others that may be shown."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import BreakoutTable, Dialogue, DialogueSession, Stage
from app.models.drafting import Draft, DraftAgreement, DraftSuggestion
from app.models.people import Participant
from app.queries.taking_part import table_of
from deliberation.drafting import Agreement, SuggestionState
from deliberation.preferences import drawn_order
from deliberation.stages import Setting


@dataclass(frozen=True)
class Agreed:
    """How many agree, and what those who agree "except" leave out."""

    agreed: int
    exceptions: list[str]


def table_in(stage: Stage, participant: Participant) -> int | None:
    """The table for which the person writes; None where the whole dialogue writes as one."""
    return table_of(stage, participant) if stage.setting is Setting.TABLES else None


def drafts_of(stage: Stage) -> list[Draft]:
    """Every draft of the stage, in order."""
    return list(db.session.scalars(select(Draft).where(Draft.stage_id == stage.id).order_by(Draft.number)))


def drafts_of_dialogue(dialogue: Dialogue) -> list[tuple[Draft, int | None]]:
    """For staff: every draft of the dialogue with the number of its table."""
    rows = db.session.execute(
        select(Draft, BreakoutTable.number)
        .join(Stage, Stage.id == Draft.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .outerjoin(BreakoutTable, BreakoutTable.id == Draft.table_id)
        .where(DialogueSession.dialogue_id == dialogue.id)
        .order_by(DialogueSession.number, Stage.place, Draft.number)
    )
    return [(draft, number) for draft, number in rows]


def own_and_others(stage: Stage, participant: Participant | None) -> tuple[list[Draft], list[Draft]]:
    """(drafts of the person's own table, drafts of others that everyone may see)."""
    drafts = drafts_of(stage)
    if participant is None:
        return [], [one for one in drafts if one.shown]
    mine = table_in(stage, participant)
    own = [one for one in drafts if one.table_id == mine]
    others = {str(one.public_id): one for one in drafts if one.table_id != mine and one.shown}
    # in an order that says nothing of tables
    return own, [others[key] for key in drawn_order(str(stage.public_id), others)]


def find_draft(dialogue: Dialogue, public_id: uuid.UUID) -> Draft | None:
    """A draft of this dialogue."""
    return db.session.scalar(
        select(Draft)
        .join(Stage, Stage.id == Draft.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(Draft.public_id == public_id, DialogueSession.dialogue_id == dialogue.id)
    )


def find_visible(stage: Stage, participant: Participant, public_id: uuid.UUID) -> tuple[Draft, bool] | None:
    """(draft, whether the person's own table writes it); None where the person may not see it."""
    draft = db.session.scalar(select(Draft).where(Draft.public_id == public_id, Draft.stage_id == stage.id))
    if draft is None:
        return None
    is_own = draft.table_id == table_in(stage, participant)
    return (draft, is_own) if is_own or draft.shown else None


def find_suggestion(draft: Draft, public_id: uuid.UUID) -> DraftSuggestion | None:
    """A suggestion on this draft."""
    return db.session.scalar(
        select(DraftSuggestion).where(DraftSuggestion.public_id == public_id, DraftSuggestion.draft_id == draft.id)
    )


def suggestions_on(draft: Draft) -> Sequence[DraftSuggestion]:
    """Suggested changes, those without an answer first."""
    rows = db.session.scalars(
        select(DraftSuggestion).where(DraftSuggestion.draft_id == draft.id).order_by(DraftSuggestion.id)
    ).all()
    return sorted(rows, key=lambda one: one.state is not SuggestionState.OPEN)


def suggestions_by(participant: Participant) -> Sequence[DraftSuggestion]:
    """What the person suggested, newest first."""
    found = select(DraftSuggestion).where(DraftSuggestion.participant_id == participant.id)
    return db.session.scalars(found.order_by(DraftSuggestion.id.desc())).all()


def agreement_by(draft: Draft, participant: Participant) -> DraftAgreement | None:
    """What the person said of the draft as a whole."""
    return db.session.scalar(
        select(DraftAgreement).where(
            DraftAgreement.draft_id == draft.id, DraftAgreement.participant_id == participant.id
        )
    )


def agreed_on(draft: Draft) -> Agreed:
    """How many agree with the draft, and the exceptions in words."""
    rows = db.session.scalars(
        select(DraftAgreement).where(DraftAgreement.draft_id == draft.id).order_by(DraftAgreement.id)
    ).all()
    return Agreed(
        sum(one.said is Agreement.AGREED for one in rows),
        [one.words for one in rows if one.said is Agreement.AGREED_EXCEPT],
    )


def next_number(stage: Stage) -> int:
    """The number of the stage's next draft."""
    return (db.session.scalar(select(func.max(Draft.number)).where(Draft.stage_id == stage.id)) or 0) + 1


def draft_of_finding(finding_id: int) -> Draft | None:
    """The draft that was taken over into a finding."""
    return db.session.scalar(select(Draft).where(Draft.finding_id == finding_id).limit(1))
