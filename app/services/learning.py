"""Materials, each edit of which is a new version, and the glossary."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.learning import GlossaryTerm, Material, MaterialVersion
from app.models.people import Account
from app.queries.learning import materials_of_dialogue
from app.services.order import swap
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.consent import text_digest
from deliberation.errors import RuleError
from deliberation.events import EventKind

BODY_LIMIT = 50_000


def free_key(title: str, taken: Collection[str]) -> str:
    """A short key made of the title's letters, that none of `taken` is."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "item"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def add_material(
    dialogue: Dialogue,
    *,
    title: str,
    body: str,
    kind: str = "explainer",
    minutes: int = 5,
    is_invented: bool = False,
    sources: Sequence[str] = (),
    supplied_by: str = "",
    by: Account,
) -> Material:
    """A material with its first version, after the last one."""
    others = materials_of_dialogue(dialogue)
    material = Material(
        dialogue_id=dialogue.id,
        key=free_key(title, {other.key for other in others}),
        kind=kind,
        place=max((other.place for other in others), default=0) + 1,
        minutes=minutes,
        is_invented=is_invented,
    )
    material.versions.append(_version(1, title, body, dialogue.lang, sources, supplied_by))
    db.session.add(material)
    db.session.flush()
    _edited(material, by, 1)
    return material


def edit_material(
    material: Material,
    *,
    title: str,
    body: str,
    kind: str,
    minutes: int,
    is_invented: bool,
    sources: Sequence[str],
    supplied_by: str = "",
    by: Account,
) -> MaterialVersion:
    """A new version where the words, the sources or who supplied them differ; the other facts change in place."""
    newest = material.current
    version = _version(newest.number + 1, title, body, newest.lang, sources, supplied_by)
    material.kind, material.minutes, material.is_invented = kind, minutes, is_invented
    if any(getattr(version, name) != getattr(newest, name) for name in ("digest", "sources", "supplied_by")):
        material.versions.append(version)
    db.session.flush()
    _edited(material, by, material.current.number)
    return material.current


def shift_material(dialogue: Dialogue, material: Material, step: int, *, by: Account) -> None:
    """Moves a material one place up (-1) or down (+1)."""
    if swap(materials_of_dialogue(dialogue), material, step, "place"):
        _edited(material, by, material.current.number)


def save_term(
    dialogue: Dialogue,
    *,
    term: str,
    definition: str,
    also: Sequence[str] = (),
    row: GlossaryTerm | None = None,
    by: Account,
) -> GlossaryTerm:
    """Adds a word to the glossary, or changes `row`; RuleError `term_exists`."""
    word = check_words(term, limit=200)
    same = db.session.scalar(
        select(GlossaryTerm).where(
            GlossaryTerm.dialogue_id == dialogue.id,
            GlossaryTerm.lang == (row.lang if row else dialogue.lang),
            func.lower(GlossaryTerm.term) == word.lower(),
        )
    )
    if same is not None and same is not row:
        raise RuleError("term_exists")
    if row is None:
        row = GlossaryTerm(dialogue_id=dialogue.id, lang=dialogue.lang)
        db.session.add(row)
    row.term = word
    row.definition = check_words(definition, limit=1000)
    row.also = [form.strip() for form in also if form.strip()]
    db.session.flush()
    record(EventKind.GLOSSARY_EDITED, by=by, dialogue_id=dialogue.id, about=row, facts={"term": word})
    return row


def remove_term(dialogue: Dialogue, row: GlossaryTerm, *, by: Account) -> None:
    """Takes a word out of the glossary."""
    facts = {"term": row.term, "removed": True}
    record(EventKind.GLOSSARY_EDITED, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    db.session.delete(row)
    db.session.flush()


def _version(
    number: int, title: str, body: str, lang: str, sources: Sequence[str], supplied_by: str
) -> MaterialVersion:
    words = check_words(body, limit=BODY_LIMIT)
    heading = check_words(title, limit=200)
    return MaterialVersion(
        number=number,
        title=heading,
        body=words,
        lang=lang,
        sources=list(sources),
        supplied_by=check_words(supplied_by, limit=200) if supplied_by.strip() else "",
        digest=text_digest(f"{heading}\n{words}"),
    )


def _edited(material: Material, by: Account, version: int) -> None:
    facts = {"key": material.key, "version": version}
    record(EventKind.MATERIAL_EDITED, by=by, dialogue_id=material.dialogue_id, about=material, facts=facts)
