"""What people answer by orders and dots and what tables write, for `tests/populated.py`. Call it in a transaction."""

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.drafting import Draft, DraftAgreement, DraftSuggestion, DraftVersion
from app.models.people import Participant
from app.models.preferences import PreferenceBallot, PreferenceQuestion
from app.models.types import new_public_id
from deliberation.drafting import Agreement, DraftKind
from deliberation.preferences import Answer


def add_draft(stage: Stage, person: Participant) -> tuple[Draft, DraftSuggestion]:
    """A draft whose pen the person holds, shown to everyone, with a suggestion of theirs and their agreement."""
    version = DraftVersion(number=1, text="We want to be asked.", is_shown=True)
    held = {"pen_holder_id": person.id, "pen_used_at": utcnow()}
    draft = Draft(stage_id=stage.id, number=1, kind=DraftKind.FINDING, versions=[version], **held)
    db.session.add(draft)
    db.session.flush()
    theirs = {"draft_id": draft.id, "version": 1, "participant_id": person.id}
    suggestion = DraftSuggestion(client_key=new_public_id(), text="Asked first.", **theirs)
    db.session.add_all([suggestion, DraftAgreement(said=Agreement.AGREED, **theirs)])
    db.session.flush()
    return draft, suggestion


def add_ballots(person: Participant) -> list[PreferenceQuestion]:
    """One ballot to each question with an order or dots, which are returned."""
    found = list(db.session.scalars(select(PreferenceQuestion)))
    for question in found:
        sent = {"client_key": new_public_id(), "sent_digest": "0" * 64, "answer": Answer(no_access=True).as_facts()}
        db.session.add(
            PreferenceBallot(question_id=question.id, participant_id=person.id, stage_id=question.stage_id, **sent)
        )
    db.session.flush()
    return found
