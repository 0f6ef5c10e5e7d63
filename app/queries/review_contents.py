"""What a review gate binds, written down exactly: the parts of each kind of thing as they stand now.

Only words that the team wrote or chose: never a participant's own words, which could be taken back, never a name.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Prompt
from app.models.consent import ConsentText
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.learning import Material, MaterialVersion, StageMaterial
from app.models.oversight import ReviewItem
from app.models.questionnaires import Questionnaire
from app.models.stewardship import StageModel, StewardshipModel
from app.models.terms import TermsOfReference
from app.models.vault import Seat
from app.models.voting import StageStatement, Statement
from app.queries.analysis import newest_snapshot, themes_of
from app.queries.findings import findings_of
from app.queries.terms import number_of, standing, words_now
from deliberation.oversight import ItemKind, Part, canonical_text
from deliberation.voting import Origin

Parts = tuple[Part, ...]


def text_of(item: ReviewItem, dialogue: Dialogue) -> str | None:
    """The canonical text of an item as it stands now; None when the thing is gone or there is nothing of it yet."""
    parts = parts_now(item.kind, dialogue, material=item.material, session=item.session)
    return canonical_text(parts) if parts else None


def parts_now(
    kind: ItemKind,
    dialogue: Dialogue,
    *,
    material: Material | None = None,
    session: DialogueSession | None = None,
) -> Parts | None:
    """The parts of a thing of this kind; None when it is gone or there is nothing of it yet."""
    if kind is ItemKind.MATERIAL:
        return material_parts(material.current, material) if material is not None and material.versions else None
    if kind is ItemKind.STAGE_PLAN:
        return _stage_plan(session) if session is not None else None
    return _OF_DIALOGUE[kind](dialogue)


def material_parts(version: MaterialVersion, material: Material) -> Parts:
    """A version of a material: title, words, sources, who supplied it, whether it is invented."""
    return (
        Part("title", version.title),
        Part("body", version.body),
        Part("sources", _lines(version.sources)),
        Part("supplied_by", version.supplied_by),
        Part("invented", "yes" if material.is_invented else ""),
    )


def _framing(dialogue: Dialogue) -> Parts:
    facts = ("title", "question", "summary", "welcome", "how_it_is_used", "thank_you", "notice", "organiser")
    approaches = [
        Part(f"approach: {one.get('name') or one.get('key')}", _lines([one.get("plain", ""), one.get("longer", "")]))
        for one in dialogue.approaches
    ]
    texts = db.session.scalars(
        select(ConsentText)
        .where(ConsentText.dialogue_id == dialogue.id)
        .order_by(ConsentText.purpose, ConsentText.lang, ConsentText.version.desc())
    )
    shown: dict[tuple[str, str], ConsentText] = {}
    for text in texts:
        shown.setdefault((text.purpose.value, text.lang), text)
    consents = [Part(f"consent: {purpose} ({lang})", text.text) for (purpose, lang), text in sorted(shown.items())]
    return (*(Part(name, getattr(dialogue, name)) for name in facts), *approaches, *consents)


def _recruitment(dialogue: Dialogue) -> Parts:
    """How people come to take part, and how many seats there are; never who sits there."""
    seats = select(func.count()).select_from(Seat).where(Seat.dialogue_id == dialogue.id)
    return (
        Part("mode", dialogue.mode.value),
        Part("seats", str(db.session.scalar(seats) or 0)),
        Part("welcome", dialogue.welcome),
    )


def _stage_plan(session: DialogueSession) -> Parts:
    facts = [
        Part("title", session.title),
        Part("summary", session.summary),
        Part("starts_at", session.starts_at.isoformat() if session.starts_at else ""),
        Part("minutes", str(session.minutes)),
    ]
    held = _contents([stage.id for stage in session.stages])
    titles = _questionnaires(session.stages)
    return (*facts, *(_stage(number, one, held, titles) for number, one in enumerate(session.stages, 1)))


def _stage(number: int, stage: Stage, held: Mapping[int, list[str]], titles: Mapping[int, str]) -> Part:
    asked = titles.get(stage.questionnaire_id or 0, "")
    lines = [
        f"{stage.kind.value}, {stage.setting.value}, {stage.minutes} min",
        stage.intro,
        *held.get(stage.id, ()),
        f"- questionnaire: {asked}" if asked else "",
    ]
    return Part(f"{number}. {stage.title}", "\n\n".join(_lists(lines)))


def _contents(stages: list[int]) -> dict[int, list[str]]:
    """Stage -> one line for each text, model, question and seed statement in it; four queries in all."""
    lines: dict[int, list[str]] = {}
    for row, words, found in (
        (StageMaterial, "text", select(StageMaterial.stage_id, Material.key).join(Material)),
        (StageModel, "model", select(StageModel.stage_id, StewardshipModel.name).join(StewardshipModel)),
        (Prompt, "question", select(Prompt.stage_id, Prompt.text)),
    ):
        ordered = found.where(row.stage_id.in_(stages)).order_by(row.place, row.id)
        for stage_id, text in db.session.execute(ordered):
            lines.setdefault(stage_id, []).append(f"- {words}: {text}")
    seeds = select(StageStatement.stage_id, Statement.number, Statement.text).join(Statement)
    seeds = seeds.where(StageStatement.stage_id.in_(stages), Statement.origin == Origin.SEED)
    for stage_id, number, text in db.session.execute(seeds.order_by(StageStatement.place, StageStatement.id)):
        lines.setdefault(stage_id, []).append(f"- statement {number}: {text}")
    return lines


def _questionnaires(stages: Iterable[Stage]) -> dict[int, str]:
    ids = {one.questionnaire_id for one in stages if one.questionnaire_id}
    found = select(Questionnaire.id, Questionnaire.title).where(Questionnaire.id.in_(ids))
    return {key: title for key, title in db.session.execute(found)}  # noqa: C416 - a Row is no pair to mypy


def _findings(dialogue: Dialogue) -> Parts | None:
    found = [one for one in findings_of(dialogue) if one.withdrawn_at is None]
    return tuple(Part(f"finding {one.number}", _lines([one.text, one.limits])) for one in found) or None


def _report(dialogue: Dialogue) -> Parts | None:
    """The newest snapshot by its fingerprint, its themes, and the findings: the report is made of these."""
    snapshot = newest_snapshot(dialogue)
    if snapshot is None:
        return None
    themes = [Part(f"theme: {one.title}", one.description) for one in themes_of(snapshot)]
    facts = [
        Part("snapshot", f"{snapshot.number}"),
        Part("fingerprint of the inputs", snapshot.inputs_digest),
        Part("fingerprint of the result", snapshot.result_digest),
    ]
    return (*facts, *themes, *(_findings(dialogue) or ()))


def _terms(dialogue: Dialogue) -> Parts | None:
    terms = db.session.scalar(select(TermsOfReference).where(TermsOfReference.dialogue_id == dialogue.id))
    if terms is None:
        return None
    clauses = [
        Part(f"{number_of(clause)} {section.title}", words_now(clause))
        for section in terms.sections
        for clause in standing(section)
    ]
    return (Part("title", terms.title), Part("introduction", terms.introduction), *clauses)


def _lines(texts: Iterable[str]) -> str:
    return "\n\n".join(str(text) for text in texts if text)


def _lists(lines: Iterable[str]) -> list[str]:
    """Lines of a list stay one block, so that a stage reads as a paragraph and a list."""
    kept = [line for line in lines if line]
    plain = [line for line in kept if not line.startswith("- ")]
    items = [line.replace("\n", " ") for line in kept if line.startswith("- ")]
    return [*plain, "\n".join(items)] if items else plain


_OF_DIALOGUE: Mapping[ItemKind, Callable[[Dialogue], Any]] = {
    ItemKind.FRAMING: _framing,
    ItemKind.RECRUITMENT: _recruitment,
    ItemKind.FINDINGS: _findings,
    ItemKind.REPORT: _report,
    ItemKind.TERMS: _terms,
}
