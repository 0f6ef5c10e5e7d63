"""Reading a kit's folder: a whole frozen `Kit`, or one clear line for each problem in it."""

import re
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.services import kits_parts as parts
from app.services.kits_assessment import read_assessment
from app.services.kits_fields import Fields, Problems
from app.services.kits_format import Kit, KitApproach, KitError, KitSource, KitSummary
from app.services.kits_policy import read_policy
from app.services.kits_requests import assumptions, requests
from deliberation.sessions import DialogueMode

HERE = Path(__file__).resolve().parent.parent
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def kits_folder() -> Path:
    """`kits` inside the installed package, or beside it in a checkout."""
    return next((path for path in (HERE / "kits", HERE.parent / "kits") if path.is_dir()), HERE / "kits")


def list_kits(folder: Path | None = None) -> list[KitSummary]:
    """The kits of the folder, by key. One whose kit.yaml cannot be read is left out, as is an agenda."""
    found = []
    base = folder or kits_folder()
    for path in sorted(base.iterdir()) if base.is_dir() else []:
        if not (path / "kit.yaml").is_file() or not KEY.fullmatch(path.name):
            continue
        problems = Problems(path)
        head = problems.fields("kit.yaml", problems.yaml("kit.yaml"))
        summary = KitSummary(path.name, head.text("title"), head.text("question"), head.text("version"))
        if not problems.lines and not head.truth("agenda"):
            found.append(summary)
    return found


def read_kit(key: str, folder: Path | None = None) -> Kit:
    """The kit of this key, checked whole.

    Raises:
        KitError: with one line per problem; there is no half-read kit.
    """
    path = (folder or kits_folder()) / key
    if not KEY.fullmatch(key) or not path.is_dir():
        raise KitError([f"there is no kit called {key[:80]!r}"])
    problems = Problems(path)
    kit = _read(problems)
    if kit.key != key:
        problems.add("kit.yaml", f"`key` is {kit.key!r}, and the folder is called {key!r}")
    _check_keys(kit, problems)
    if problems.lines:
        raise KitError(problems.lines)
    return kit


def _read(problems: Problems) -> Kit:
    head = problems.fields("kit.yaml", problems.yaml("kit.yaml"))
    terms = problems.fields("terms.yaml", problems.yaml("terms.yaml"))
    return Kit(
        key=head.text("key", limit=80),
        version=head.text("version", limit=20),
        title=head.text("title", limit=200),
        short_title=head.text("short_title", limit=60),
        question=head.text("question"),
        language=head.text("language", limit=12),
        timezone=_zone(head),
        mode=head.one_of("mode", DialogueMode, DialogueMode.PANEL),
        summary=head.text("summary"),
        how_it_is_used=head.text("how_it_is_used"),
        thank_you=head.text("thank_you", needed=False),
        notice=head.text("notice", needed=False),
        welcome=problems.text("welcome.md"),
        privacy=problems.text("consent/privacy.md"),
        take_part=problems.text("consent/take_part.md"),
        approaches=_approaches(head),
        sources=_sources(head),
        permissions=parts.permissions(problems),
        glossary=parts.glossary(problems),
        models=parts.models(problems),
        materials=parts.materials(problems),
        statements=parts.statements(problems),
        sessions=parts.sessions(problems),
        codebook=parts.codebook(problems),
        questionnaires=parts.questionnaires(problems),
        terms_title=terms.text("title", limit=200),
        terms_introduction=terms.text("introduction", needed=False),
        sections=parts.sections(terms),
        requests=requests(problems),
        assumptions=assumptions(problems),
        policy=read_policy(problems),
        assessment=read_assessment(problems),
        is_agenda=head.truth("agenda"),
    )


def _zone(head: Fields) -> str:
    name = head.text("timezone", limit=60)
    try:
        ZoneInfo(name or "Europe/London")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        head.problem(f"`timezone` is {name[:60]!r}, which is no time zone")
    return name


def _approaches(head: Fields) -> tuple[KitApproach, ...]:
    rows = head.problems.each("kit.yaml, approaches", head.values.get("approaches"))
    return tuple(
        KitApproach(row.text("key", limit=40), row.text("name"), row.text("plain"), row.text("longer", needed=False))
        for row in rows
    )


def _sources(head: Fields) -> tuple[KitSource, ...]:
    rows = head.problems.each("kit.yaml, sources", head.values.get("sources", []))
    found = []
    for row in rows:
        source = KitSource(row.text("key", limit=80), row.text("title"), row.text("url"))
        if source.url and not source.url.startswith(("https://", "http://")):
            row.problem("`url` has to begin with https:// or http://")
        found.append(source)
    return tuple(found)


def _check_keys(kit: Kit, problems: Problems) -> None:
    """Every key is used once, and every key that is named exists."""
    sources = _once(problems, "kit.yaml, sources", (s.key for s in kit.sources))
    models = _once(problems, "models", (m.key for m in kit.models))
    materials = _once(problems, "materials", (m.key for m in kit.materials))
    statements = _once(problems, "statements.yaml", (s.key for s in kit.statements))
    _once(problems, "requests.yaml, requests", (r.key for r in kit.requests))
    _once(problems, "requests.yaml, assumptions", (a.name for a in kit.assumptions))
    _known(problems, "requests.yaml, assumptions", "source", [a.source for a in kit.assumptions if a.source], sources)
    _once(problems, "codebook.yaml", (c.key for c in kit.codebook))
    _once(problems, "glossary.yaml", (t.term for t in kit.glossary))
    _once(problems, "terms.yaml", (str(s.number) for s in kit.sections))
    _once(problems, "sessions.yaml", (str(s.number) for s in kit.sessions))
    _once(problems, "consent/permissions.yaml", (p.purpose.value for p in kit.permissions))
    approaches = _once(problems, "kit.yaml, approaches", (a.key for a in kit.approaches))
    for model in kit.models:
        _known(problems, f"models, {model.key}", "approach", model.approaches, approaches)
        cited = [str(fact["source"]) for fact in model.facts.values() if fact["source"]]
        _known(problems, f"models, {model.key}", "source", cited, sources)
    for material in kit.materials:
        _known(problems, f"materials, {material.key}", "source", material.sources, sources)
    for session in kit.sessions:
        for place, stage in enumerate(session.stages, 1):
            where = f"sessions.yaml, session {session.number}, stage {place}"
            _known(problems, where, "material", stage.materials, materials)
            _known(problems, where, "model", stage.models, models)
            _known(problems, where, "statement", stage.statements, statements)
            if stage.questionnaire:
                _known(problems, where, "questionnaire", [stage.questionnaire], set(kit.questionnaires))


def _once(problems: Problems, where: str, keys: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen and key:
            problems.add(where, f"{key!r} is there twice")
        seen.add(key)
    return seen


def _known(problems: Problems, where: str, what: str, named: Iterable[str], known: set[str]) -> None:
    for key in named:
        if key not in known:
            problems.add(where, f"it names the {what} {key!r}, which is not in the kit")
