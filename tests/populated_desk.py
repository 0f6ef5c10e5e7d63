"""What stands around one decision of the moderation desk in the populated dialogue: one thing of each of its tables."""

import uuid
from typing import Any

from sqlalchemy import select

from analysis.embed import MODEL, SIZE
from app.db import db, transaction, utcnow
from app.models import moderation, similar, vault, voting
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant
from app.services import appeals, duty, opinions, policy, welfare, word_marks
from deliberation.moderation import Decision, LineageKind, ReasonCode, WordState
from deliberation.policy import DEFAULT
from deliberation.voting import Origin


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _first(query: Any) -> Any:
    return db.session.scalars(query).first()


def look_after(
    dialogue: Dialogue, person: Participant, maker: Account, own_id: uuid.UUID
) -> dict[str, list[uuid.UUID]]:
    """What moderators and the author said about a decision; policy, rota, lead, a worry passed on, a mail."""
    with transaction():
        own = _first(select(voting.Statement).where(voting.Statement.public_id == own_id))
        decision = _add(
            moderation.ModerationDecision(
                dialogue_id=dialogue.id, kind="statement", words_ref=own.public_id, decision=Decision.REFUSE,
                reason=ReasonCode.REPEATED,
                state_before=WordState.WAITING, decided_by_id=maker.id,
            )
        )  # fmt: skip
        own.state, own.reason = WordState.REFUSED, ReasonCode.REPEATED
        word_marks.set_flag(dialogue, own, on=True, by=maker)
        _add(moderation.AuthorNotice(decision_id=decision.id, participant_id=person.id, note="It stands with another."))
        duty.edit_duty(dialogue, on_duty={0: [maker.public_id]}, lead=maker.public_id, ledger_is_public=True, by=maker)
        policy.edit_policy(dialogue, DEFAULT, by=maker)
        opinions.ask_second(dialogue, own, view=None, reason=None, question="Is it the same?", by=maker)
        appeals.appeal(dialogue, own, "It is not the same.", by=person)
        welfare.raise_concern(dialogue, own, "They sound alone.", by=maker)
        derived = _add(
            voting.Statement(
                dialogue_id=dialogue.id, number=9_001, text="People should be asked first.", origin=Origin.DERIVED,
                author_id=person.id, derived_from_id=own.id, state=WordState.APPROVED,
            )
        )  # fmt: skip
        _add(
            moderation.StatementLineage(
                parent_id=own.id, child_id=derived.id, kind=LineageKind.REWORDED, made_by_id=maker.id
            )
        )
        _add(similar.StatementVector(statement_id=own.id, model=MODEL, vector=bytes(2 * SIZE), made_at=utcnow()))
        concern = _first(select(vault.WelfareConcern).where(vault.WelfareConcern.dialogue_id == dialogue.id))
        return {
            "concern_id": [concern.public_id],
            "decision_id": [decision.public_id],
            "open_id": [dialogue.public_id],
        }
