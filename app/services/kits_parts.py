"""The parts of a kit, file by file: statements, models, materials, sessions and the rest."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from app.services.kits_fields import Fields, Problems
from app.services.kits_format import (
    KitCode,
    KitMaterial,
    KitModel,
    KitPermission,
    KitSection,
    KitSession,
    KitStage,
    KitStatement,
    KitTerm,
)
from app.services.kits_preferences import preferences
from deliberation.comments import STATEMENT_LIMIT
from deliberation.consent import OPTIONAL, Purpose
from deliberation.requests import Asked
from deliberation.stages import Setting, StageKind
from deliberation.stewardship import MODELS_A_SITTING, Approach, CardField, Rung, Stance
from deliberation.tasks import TASK_KINDS, Task
from surveys import SurveyDefinitionError, parse

MATERIAL_KINDS = ("explainer", "case", "document")
TRANSPARENCY = "transparency"
"""The kind of material that says how Folkmoot's own programs were checked; the privacy notice links to it."""


def _rows(problems: Problems, name: str) -> Iterator[Fields]:
    return problems.each(name, problems.yaml(name))


def permissions(problems: Problems) -> tuple[KitPermission, ...]:
    """The optional permissions; each of the four is needed, since each person is asked all of them."""
    found = []
    name = "consent/permissions.yaml"
    for row in _rows(problems, name):
        purpose = row.one_of("key", Purpose, Purpose.QUOTES)
        if purpose not in OPTIONAL:
            row.problem(f"`key` is {purpose.value!r}, which is no optional permission")
        found.append(KitPermission(purpose, row.text("label", limit=200), row.text("changes")))
    for purpose in OPTIONAL:
        if purpose not in {permission.purpose for permission in found}:
            problems.add(name, f"the permission {purpose.value!r} is missing")
    return tuple(found)


def glossary(problems: Problems) -> tuple[KitTerm, ...]:
    """Words for participants."""
    return tuple(
        KitTerm(row.text("term", limit=200), row.text("definition"), row.texts("also"))
        for row in _rows(problems, "glossary.yaml")
    )


def codebook(problems: Problems) -> tuple[KitCode, ...]:
    """Starter codes."""
    return tuple(
        KitCode(
            row.text("key", limit=40),
            row.text("name", limit=200),
            row.text("definition"),
            row.text("include", needed=False),
            row.text("exclude", needed=False),
            row.text("example", needed=False),
        )
        for row in _rows(problems, "codebook.yaml")
    )


def sections(terms: Fields) -> tuple[KitSection, ...]:
    """The outline of the Terms of Reference."""
    return tuple(
        KitSection(
            row.whole("number", least=1, most=99),
            row.text("title", limit=200),
            row.truth("required"),
            row.text("evidence", needed=False),
            row.text("guidance", needed=False),
        )
        for row in terms.problems.each("terms.yaml, sections", terms.values.get("sections"))
    )


def statements(problems: Problems) -> tuple[KitStatement, ...]:
    """Seed statements."""
    return tuple(
        KitStatement(
            row.text("key", limit=80),
            row.text("text", limit=STATEMENT_LIMIT),
            row.one_of("approach", Approach, Approach.GENERAL),
            row.maybe_one_of("stance", Stance),
        )
        for row in _rows(problems, "statements.yaml")
    )


def models(problems: Problems) -> tuple[KitModel, ...]:
    """Model cards, one to a file, in the order of the files' names."""
    return tuple(_model(problems.fields(name, problems.yaml(name))) for name in problems.files("models", ".yaml"))


def _model(row: Fields) -> KitModel:
    points_for, points_against = row.texts("points_for", needed=True), row.texts("points_against", needed=True)
    if len(points_for) != len(points_against):
        row.problem(f"{len(points_for)} points for and {len(points_against)} against; they have to be equally many")
    return KitModel(
        key=row.text("key", limit=80),
        name=row.text("name", limit=200),
        approaches=row.texts("approaches"),
        is_current=row.truth("is_current"),
        plain=row.text("plain"),
        facts=_facts(row),
        points_for=points_for,
        points_against=points_against,
        rung_claimed=row.maybe_one_of("rung_claimed", Rung),
        rung_evidenced=row.maybe_one_of("rung_evidenced", Rung),
        asked=row.maybe_one_of("asked", Asked),
    )


def _facts(row: Fields) -> dict[str, Mapping[str, Any]]:
    """All thirteen facts; each has a source, or says that it is not known, or defines the model."""
    given = row.problems.fields(f"{row.where}, facts", row.values.get("facts"))
    known = {field.value for field in CardField}
    for name in sorted(set(given.values) - known, key=str):
        given.problem(f"`{name}` is no fact of a card")
    facts: dict[str, Mapping[str, Any]] = {}
    for field in CardField:
        fact = row.problems.fields(f"{row.where}, {field.value}", given.values.get(field.value))
        source = fact.text("source", needed=False) or None
        not_known, by_definition = fact.truth("not_known"), fact.truth("by_definition")
        if not (source or not_known or by_definition):
            fact.problem("it has no source and does not say that it is not known")
        facts[field.value] = {
            "text": fact.text("text", needed=not not_known),
            "source": source,
            "not_known": not_known,
            "by_definition": by_definition,
        }
    return facts


def materials(problems: Problems) -> tuple[KitMaterial, ...]:
    """Texts to read: front matter between two lines `---`, then Markdown. Transparency texts come last."""
    texts = [_material(problems, name) for name in problems.files("materials", ".md")]
    return tuple(texts + [_transparency(problems, name) for name in problems.files("transparency", ".md")])


def _transparency(problems: Problems, name: str) -> KitMaterial:
    """A text about the platform itself: Markdown that begins with its title."""
    title, _, body = problems.text(name).strip().partition("\n")
    if not title.startswith("# ") or not body.strip():
        problems.add(name, "it has to begin with a line `# Title`, with words after it")
    return KitMaterial(
        key=f"{TRANSPARENCY}-{PurePosixPath(name).stem}"[:80],
        title=title.removeprefix("# ").strip()[:200],
        kind=TRANSPARENCY,
        minutes=max(1, len(body.split()) // 180),
        is_invented=False,
        sources=(),
        body=body.strip(),
    )


def _material(problems: Problems, name: str) -> KitMaterial:
    words = problems.text(name)
    _, first, rest = words.partition("---\n")
    front, second, body = rest.partition("\n---\n")
    if not (words.startswith("---\n") and first and second):
        problems.add(name, "it has to begin with its facts between two lines of ---")
        front = body = ""
    row = problems.fields(name, problems.yaml_of(name, front))
    kind = row.text("kind")
    if kind and kind not in MATERIAL_KINDS:
        row.problem(f"`kind` is {kind[:40]!r}; it has to be one of {', '.join(MATERIAL_KINDS)}")
    if not body.strip():
        row.problem("there are no words after its facts")
    invented = row.truth("invented")
    if kind == "case" and not invented:
        row.problem("a case has to say `invented: true`")
    if invented and "invented for discussion" not in body.lower():
        row.problem('its text has to say "Invented for discussion"')
    return KitMaterial(
        key=row.text("key", limit=80),
        title=row.text("title", limit=200),
        kind=kind,
        minutes=row.whole("minutes", most=240, default=5),
        is_invented=invented,
        sources=row.texts("sources"),
        body=body.strip(),
    )


def questionnaires(problems: Problems) -> dict[str, Mapping[str, Any]]:
    """Questionnaires by the name of their file."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in problems.files("questionnaires", ".json"):
        row = problems.fields(name, problems.json(name))
        row.text("title", limit=200)
        try:
            if row.values and not any(page.questions for page in parse(row.values).pages):
                row.problem("it asks no question")
        except SurveyDefinitionError as error:
            row.problem(f"not a questionnaire that can be asked: {error}")
        found[PurePosixPath(name).stem] = row.values
    return found


def sessions(problems: Problems) -> tuple[KitSession, ...]:
    """The plan: sessions and their stages."""
    name = "sessions.yaml"
    every = tuple(statement.key for statement in statements(problems))
    found = []
    for row in _rows(problems, name):
        number = row.whole("number", least=1, most=99)
        where = f"{name}, session {number}"
        stages = [
            _stage(problems.fields(f"{where}, stage {place}", item.values), every)
            for place, item in enumerate(problems.each(where, row.values.get("stages")), 1)
        ]
        found.append(
            KitSession(
                number=number,
                title=row.text("title", limit=200),
                summary=row.text("summary", needed=False),
                minutes=row.whole("minutes", least=1, most=24 * 60),
                days_after_first=row.whole("days_after_first", least=-100, most=1000, default=0),
                stages=tuple(stages),
            )
        )
    return tuple(found)


def _stage(row: Fields, every: tuple[str, ...]) -> KitStage:
    kind = row.one_of("kind", StageKind, StageKind.BREAK)
    models = row.texts("models")
    chosen = every if row.values.get("statements") == "all" else row.texts("statements")
    if kind is StageKind.COMPARE and len(models) > MODELS_A_SITTING:
        row.problem(f"{len(models)} models to compare; at most {MODELS_A_SITTING} at a sitting")
    tasks = tuple(task for task in Task if task.value in row.texts("tasks"))
    for name in row.texts("tasks"):
        if name not in set(Task) or kind not in TASK_KINDS[Task(name)]:
            row.problem(f"{name[:40]!r} is no task of a stage of this kind")
    if kind is StageKind.SURVEY and not row.values.get("questionnaire"):
        row.problem("a survey stage needs a `questionnaire`")
    return KitStage(
        kind=kind,
        title=row.text("title", limit=200),
        intro=row.text("intro", needed=False),
        minutes=row.whole("minutes", most=24 * 60),
        setting=row.one_of("setting", Setting, Setting.ALONE),
        questionnaire=row.text("questionnaire", needed=False) or None,
        materials=row.texts("materials"),
        models=models,
        statements=chosen,
        prompts=row.texts("prompts"),
        preferences=preferences(row, kind, models),
        tasks=tasks,
    )
