"""Making a dialogue from blank, and editing its words and settings."""

from collections.abc import Mapping
from operator import itemgetter
from secrets import SystemRandom
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from app.db import db
from app.models.consent import ConsentText
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership, Participant
from app.models.terms import TermsOfReference, TermsSection
from app.services.consent import add_text
from app.services.recording import record
from app.services.starters import APPROACHES, CONSENT_TEXTS, OUTLINE, TERMS_TITLE
from deliberation.consent import Purpose
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.pseudonyms import draw_code
from deliberation.roles import Role
from deliberation.sessions import DialogueMode

EDITABLE = (
    "title", "short_title", "question", "summary", "welcome", "how_it_is_used", "thank_you", "notice",
    "organiser", "contact_name", "contact_phone", "mode", "timezone", "moderates_first", "sources",
)  # fmt: skip
"""What `edit_dialogue` changes."""


def begin_dialogue(*, by: Account, **values: Any) -> Dialogue:
    """The bare row with a join code, and the maker's facilitator membership. Whoever calls records the making.

    Args:
        values: columns of `Dialogue`.
    """
    rng = SystemRandom()
    code = draw_code(rng)
    while db.session.scalar(select(Dialogue.id).where(Dialogue.join_code == code)) is not None:
        code = draw_code(rng)
    dialogue = Dialogue(join_code=code, **values)
    db.session.add(dialogue)
    db.session.flush()
    membership = Membership(account_id=by.id, dialogue_id=dialogue.id, role=Role.FACILITATOR)
    db.session.add(membership)
    db.session.flush()
    facts = {"role": Role.FACILITATOR.value, "account": str(by.public_id)}
    record(EventKind.MEMBERSHIP_GRANTED, by=by, dialogue_id=dialogue.id, facts=facts)
    return dialogue


def make_blank_dialogue(
    *, title: str, question: str, mode: DialogueMode, by: Account, short_title: str = "", is_synthetic: bool = False
) -> Dialogue:
    """A dialogue with consent words and an outline to start from, and nothing else."""
    dialogue = begin_dialogue(
        by=by,
        title=title,
        short_title=short_title or shortened(title),
        question=question,
        mode=mode,
        is_synthetic=is_synthetic,
        approaches=[dict(approach) for approach in APPROACHES],
    )
    for purpose, (label, text) in CONSENT_TEXTS.items():
        add_text(dialogue, purpose, text, label=label, lang=dialogue.lang)
    add_outline(dialogue)
    facts = {"kit": "", "mode": mode.value, "synthetic": is_synthetic}
    record(EventKind.DIALOGUE_CREATED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)
    return dialogue


def add_outline(dialogue: Dialogue) -> TermsOfReference:
    """The fifteen sections, without clauses."""
    terms = TermsOfReference(dialogue_id=dialogue.id, title=TERMS_TITLE, lang=dialogue.lang)
    terms.sections = [
        TermsSection(number=number, title=title, is_required=required)
        for number, (title, required) in enumerate(OUTLINE, 1)
    ]
    db.session.add(terms)
    db.session.flush()
    return terms


def shortened(title: str, limit: int = 40) -> str:
    """The title up to its first colon, cut at a blank where it is still too long."""
    short = title.split(":")[0].strip() or title.strip()
    if len(short) <= limit:
        return short
    return short[:limit].rsplit(" ", 1)[0].rstrip(",;.") + " …"


def has_joined(dialogue: Dialogue) -> bool:
    """Whether anybody has ever joined, staying or not."""
    return bool(
        db.session.scalar(
            select(func.count()).select_from(Participant).where(Participant.dialogue_id == dialogue.id)
        )
    )


def edit_dialogue(dialogue: Dialogue, *, by: Account, **values: Any) -> None:
    """Changes words and settings.

    Args:
        values: any of `EDITABLE`.

    Raises:
        RuleError: `mode_fixed` once somebody has joined; `unknown_timezone`.
    """
    changed = sorted(name for name in EDITABLE if name in values and getattr(dialogue, name) != values[name])
    if "mode" in changed and has_joined(dialogue):
        raise RuleError("mode_fixed")
    if "timezone" in changed:
        _check_zone(values["timezone"])
    for name in changed:
        setattr(dialogue, name, values[name])
    db.session.flush()
    if changed:
        facts = {"changed": changed}
        record(EventKind.DIALOGUE_EDITED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)


def edit_approaches(dialogue: Dialogue, texts: Mapping[str, Mapping[str, str]], *, by: Account) -> None:
    """Other words for the approaches; what else a row holds, and rows of other keys, stay.

    Args:
        texts: key of an approach -> {"name", "plain", "longer"}.

    Raises:
        RuleError: `words_empty` for an approach without a name or a plain sentence.
    """
    if not all(words.get("name") and words.get("plain") for words in texts.values()):
        raise RuleError("words_empty")
    before = {row["key"]: row for row in dialogue.approaches}
    edited = [{**before.get(key, {}), "key": key, **words} for key, words in texts.items()]
    edited += [row for key, row in before.items() if key not in texts]
    if sorted(edited, key=itemgetter("key")) == sorted(dialogue.approaches, key=itemgetter("key")):
        return
    dialogue.approaches = edited
    db.session.flush()
    facts = {"changed": ["approaches"]}
    record(EventKind.DIALOGUE_EDITED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)


def edit_consent_texts(dialogue: Dialogue, texts: dict[Purpose, tuple[str, str]], *, by: Account) -> list[Purpose]:
    """New versions of the texts whose words differ; which ones those were.

    Args:
        texts: purpose -> (label, text).

    Raises:
        RuleError: `words_empty` for an empty text.
    """
    renewed = []
    for purpose, (label, text) in texts.items():
        if not text.strip():
            raise RuleError("words_empty")
        before = _newest_version(dialogue, purpose)
        if add_text(dialogue, purpose, text, label=label, lang=dialogue.lang).version != before:
            renewed.append(purpose)
    if renewed:
        facts = {"changed": [f"consent text: {purpose.value}" for purpose in renewed]}
        record(EventKind.DIALOGUE_EDITED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)
    return renewed


def _newest_version(dialogue: Dialogue, purpose: Purpose) -> int:
    from_lang = select(func.max(ConsentText.version)).where(
        ConsentText.dialogue_id == dialogue.id,
        ConsentText.purpose == purpose,
        ConsentText.lang == dialogue.lang,
    )
    return db.session.scalar(from_lang) or 0


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleError("unknown_timezone", name=name[:60]) from None
