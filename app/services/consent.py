"""Recording consent, one row per purpose, and which screen a person still has to see."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from app.db import db, utcnow
from app.models.consent import Consent, ConsentText
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.services.recording import record
from deliberation.consent import OPTIONAL, Purpose, Screen, newest_texts, next_screen, shown_digest, text_digest
from deliberation.errors import RuleError
from deliberation.events import EventKind


def newest_answers(participant: Participant) -> dict[Purpose, bool]:
    """The newest answer of a participant to each purpose that was put to them."""
    rows = db.session.execute(
        select(Consent.purpose, Consent.is_given).where(Consent.participant_id == participant.id).order_by(Consent.id)
    )
    return {row.purpose: row.is_given for row in rows}


def screen_before(participant: Participant) -> Screen | None:
    """The screen that this participant still has to see before anything else."""
    answers = newest_answers(participant)
    return next_screen(answers, answers)


def current_text(dialogue: Dialogue, purpose: Purpose, lang: str) -> ConsentText | None:
    """The newest version of a text, in the person's language or else the dialogue's."""
    return _current(dialogue, (purpose,), lang).get(purpose)


def _current(dialogue: Dialogue, purposes: Collection[Purpose], lang: str) -> dict[Purpose, ConsentText]:
    found = list(
        db.session.scalars(
            select(ConsentText)
            .where(ConsentText.dialogue_id == dialogue.id, ConsentText.purpose.in_(purposes))
            .order_by(ConsentText.version.desc())
        )
    )
    return newest_texts(found, purposes, (lang, dialogue.lang))


def add_text(dialogue: Dialogue, purpose: Purpose, text: str, *, label: str = "", lang: str = "en") -> ConsentText:
    """A new version of a text, if its words differ from the newest; otherwise the newest."""
    newest = db.session.scalar(
        select(ConsentText)
        .where(ConsentText.dialogue_id == dialogue.id, ConsentText.purpose == purpose, ConsentText.lang == lang)
        .order_by(ConsentText.version.desc())
        .limit(1)
    )
    digest = text_digest(f"{label}\n{text}")
    if newest is not None and newest.digest == digest:
        return newest
    added = ConsentText(
        dialogue_id=dialogue.id,
        purpose=purpose,
        version=newest.version + 1 if newest else 1,
        label=label,
        text=text,
        lang=lang,
        digest=digest,
    )
    db.session.add(added)
    db.session.flush()
    return added


def record_consent(
    dialogue: Dialogue, purpose: Purpose, is_given: bool, *, by: Participant, text: ConsentText | None = None
) -> None:
    """One row: purpose, version and digest of the text that was shown, the answer, the time.

    Args:
        text: the current words, where the caller has read them.
    """
    text = text or texts_for(dialogue, (purpose,), by.lang)[purpose]
    db.session.add(
        Consent(
            participant_id=by.id,
            purpose=purpose,
            version=text.version,
            digest=text.digest,
            is_given=is_given,
            recorded_at=utcnow(),
        )
    )
    facts = {"purpose": purpose.value, "version": text.version, "given": is_given}
    record(EventKind.CONSENT_RECORDED, by=by, dialogue_id=dialogue.id, facts=facts)


def texts_for(dialogue: Dialogue, purposes: Collection[Purpose], lang: str) -> dict[Purpose, ConsentText]:
    """The newest words for each purpose; RuleError `consent_text_missing` where there are none."""
    found = _current(dialogue, purposes, lang)
    for purpose in purposes:
        if purpose not in found:
            raise RuleError("consent_text_missing", purpose=purpose.value)
    return found


def check_shown(
    dialogue: Dialogue, purposes: Collection[Purpose], digest: str, *, by: Participant
) -> dict[Purpose, ConsentText]:
    """RuleError `consent_text_changed` when the words were edited between showing and answering; else the words."""
    texts = texts_for(dialogue, purposes, by.lang)
    if shown_digest(texts) != digest:
        raise RuleError("consent_text_changed")
    return texts


def change_permissions(dialogue: Dialogue, given: Iterable[Purpose], *, by: Participant) -> None:
    """One row for each permission whose answer differs from the newest; the others stay as they were."""
    wanted, answers = set(given), newest_answers(by)
    for purpose in OPTIONAL:
        if answers.get(purpose, False) is not (purpose in wanted):
            record_consent(dialogue, purpose, purpose in wanted, by=by)
