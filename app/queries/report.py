"""The report of a snapshot, as its reader may see it: what brings together, what divides, groups, minorities."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from analysis.charts import agreement_bars, opinion_map_areas, opinion_map_dots
from analysis.disclosure import STANDARD, shown_split
from analysis.results import ListedStatement, Result, StatementResult
from analysis.snapshot import from_plain
from app.db import db
from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue
from app.models.voting import Statement
from app.queries.analysis import themes_of
from app.queries.conditions import ConditionLine, conditions_until
from app.queries.evidence import Evidence, StatementLine, ThemeLine
from app.queries.tables_said import TablesSaid, tables_said
from deliberation.sessions import DialogueMode
from deliberation.stewardship import Stance
from deliberation.terms import LinkStance

LENGTH = 5
FOUND_GROUPS = ("groups", "given")
STABLE = "stable"
MAY_BE_CHANCE = 0.1
"""A difference between groups with a larger q value is told to analysts only."""
LEAST_SHARE = 0.25
"""A statement is listed once a quarter of the people have voted on it."""


@dataclass(frozen=True)
class Figure:
    """One figure: statements for its table, and the chart as plotly's JSON; `chart` is None with nothing to draw."""

    lines: tuple[StatementLine, ...]
    chart: dict[str, Any] | None


@dataclass(frozen=True)
class GroupLine:
    """A group on one statement. None: too few people to be shown."""

    label: str
    agree: int | None
    disagree: int | None
    seen: int | None


@dataclass(frozen=True)
class GroupPart:
    """An opinion group: its size as this reader may see it, what sets it apart, and what of this may be chance."""

    label: str
    size: int | None
    statements: tuple[tuple[StatementLine, tuple[GroupLine, ...]], ...]
    chance: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SlateLine:
    """A statement of the slate, and how many of its supporters agree with none before it."""

    line: StatementLine
    newly_covered: int


@dataclass(frozen=True)
class Report:
    """Everything that the report page shows, already cut to what its reader may see."""

    people: int
    votes: int
    counted: int
    result: Result
    agreed: Figure
    rejected: Figure
    divides: Figure
    unsure: Figure
    conditions: tuple[ConditionLine, ...]
    groups: tuple[GroupPart, ...]
    opinion_map: dict[str, Any] | None
    minority: Figure
    slate: tuple[SlateLine, ...]
    slate_chart: dict[str, Any] | None
    sure: tuple[tuple[StatementLine, StatementResult], ...]
    tables: Mapping[int, TablesSaid]
    no_access: tuple[StatementLine, ...]
    themes: tuple[ThemeLine, ...]
    by_people: int

    @property
    def has_groups(self) -> bool:
        """Whether groups beat chance, so that they may be told."""
        return bool(self.groups)


def report_of(dialogue: Dialogue, snapshot: Snapshot, *, exact: bool) -> Report:
    """The report. Args: exact: an analyst reads: each count, and one dot a person."""
    result = from_plain(snapshot.result)
    evidence = Evidence(dialogue, exact=exact)
    known = {one.id: one for one in result.statements}
    ids = [one.id for one in result.statements if isinstance(one.id, int) and not one.left_out]
    lines = {
        one.id: one
        for one in evidence.statements(snapshot, [(key, LinkStance.SUPPORTS) for key in ids])
        if one.text is not None
    }
    enough = [one for one in lines.values() if one.tally.seen >= max(1.0, LEAST_SHARE * len(result.participants))]

    def figure(chosen: Iterable[StatementLine], title: str) -> Figure:
        picked = tuple(chosen)
        return Figure(picked, _bars([known[one.id] for one in picked if one.tally.is_open], lines, title))

    agreed = [lines[one.statement] for one in result.consensus_agree if one.statement in lines]
    rejected = [lines[one.statement] for one in result.consensus_disagree if one.statement in lines]
    told = {one.id for one in (*agreed, *rejected)}
    slate = _slate(result, lines, told=exact or len(result.participants) >= STANDARD.base)
    return Report(
        people=len(result.participants),
        votes=result.votes,
        counted=len(lines),
        result=result,
        agreed=figure(agreed, gettext("What most people agree with")),
        rejected=figure(rejected, gettext("What most people disagree with")),
        divides=figure(_divides(enough), gettext("What divides")),
        unsure=figure(_unsure(enough), gettext("What people are unsure about")),
        conditions=conditions_until(dialogue, snapshot.taken_at, exact=exact),
        groups=_groups(result, lines, exact=exact),
        opinion_map=_map(result, exact=exact),
        minority=figure(_minority(enough, told), gettext("Views of a minority")),
        slate=slate,
        slate_chart=figure([one.line for one in slate], gettext("A few statements that speak for most people")).chart,
        sure=tuple((line, known[one]) for one, line in lines.items() if exact and known[one].approval is not None),
        tables=tables_said(snapshot) if dialogue.mode is DialogueMode.PANEL else {},
        no_access=_no_access(dialogue, lines),
        themes=tuple(evidence.theme(one) for one in themes_of(snapshot)),
        by_people=len(snapshot.settings["inputs"]["by_people"]),
    )


def _divides(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """The evenest splits between agreeing and disagreeing, where both sides are a fifth of the voters or more."""
    split = [one for one in lines if one.tally.against * 5 >= one.tally.seen]
    return sorted(split, key=lambda one: (-one.tally.against / one.tally.seen, one.number))[:LENGTH]


def _unsure(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """The largest shares of passes, from a fifth of the voters."""
    passed = [one for one in lines if one.tally.passed and one.tally.passed * 5 >= one.tally.seen]
    return sorted(passed, key=lambda one: (-one.tally.passed / one.tally.seen, one.number))[:LENGTH]


def _minority(lines: Sequence[StatementLine], told: set[int]) -> list[StatementLine]:
    """Statements where a twentieth to a third went the other way, those that matter most to people first."""
    held = [one for one in lines if _is_minority(one)]
    return sorted(
        held,
        key=lambda one: (-one.tally.important / one.tally.seen, one.id not in told, -one.tally.against, one.number),
    )[:LENGTH]


def _is_minority(line: StatementLine) -> bool:
    against, seen = line.tally.against, line.tally.seen
    return against >= 2 and seen <= against * 20 and against * 3 < seen


def _slate(result: Result, lines: dict[int, StatementLine], *, told: bool) -> tuple[SlateLine, ...]:
    """The slate in its order; none in snapshots of the first format, nor with too few people to be told."""
    seats = result.slate.seats if result.slate and told else ()
    return tuple(SlateLine(lines[int(one.statement)], one.newly_covered) for one in seats if one.statement in lines)


def are_told(result: Result, *, exact: bool) -> bool:
    """Whether groups may be told: others than analysts read only of stable groups, or of given ones."""
    return result.verdict == "given" or (
        result.verdict in FOUND_GROUPS and (exact or result.structure.stability_word == STABLE)
    )


def _no_access(dialogue: Dialogue, lines: dict[int, StatementLine]) -> tuple[StatementLine, ...]:
    """Statements against any access: always carried, whatever their counts."""
    found = db.session.scalars(
        select(Statement.id).where(Statement.dialogue_id == dialogue.id, Statement.stance == Stance.OPPOSES_ACCESS)
    )
    return tuple(lines[one] for one in found if one in lines)


def _bars(statements: Sequence[StatementResult], lines: dict[int, StatementLine], title: str) -> dict[str, Any] | None:
    if not statements:
        return None
    labels = {one.id: gettext("No. %(number)s", number=lines[int(one.id)].number) for one in statements}
    words = (gettext("Agree"), gettext("Pass"), gettext("Disagree"))
    drawn = agreement_bars(statements, title=title, labels=labels, words=words, x_words=gettext("Number of people"))
    figure: dict[str, Any] = json.loads(drawn)
    return figure


def _map(result: Result, *, exact: bool) -> dict[str, Any] | None:
    """Dots for analysts; for others areas, and only where there are groups to be told."""
    if not result.participants:
        return None
    words = {
        "title": gettext("People who voted alike are near each other"),
        "x_words": gettext("Main difference in how people voted"),
        "y_words": gettext("Second difference in how people voted"),
    }
    if exact:
        return _without_groups(json.loads(opinion_map_dots(result, **words)), result)
    elif are_told(result, exact=exact):
        sizes = _sizes(result)
        drawn = opinion_map_areas(
            result,
            least=STANDARD.least,
            sizes={label: gettext("about %(size)s", size=size) for label, size in sizes.items() if size is not None},
            **words,
        )
    else:
        return None
    figure: dict[str, Any] = json.loads(drawn)
    return figure


def _without_groups(figure: dict[str, Any], result: Result) -> dict[str, Any]:
    """Where groups do not beat chance the map names none: everybody is just people."""
    if result.verdict not in FOUND_GROUPS and figure["data"]:
        trace = figure["data"][0]
        trace["name"] = gettext("People (%(count)s)", count=len(trace["x"]))
        trace["hoverinfo"] = "none"
    return figure


def _sizes(result: Result) -> dict[str, int | None]:
    shown = shown_split([one.size for one in result.groups])
    return {one.label: size for one, size in zip(result.groups, shown, strict=True)}


def _groups(result: Result, lines: dict[int, StatementLine], *, exact: bool) -> tuple[GroupPart, ...]:
    """Groups only where they beat chance; for others than analysts each split is cut by the disclosure rule."""
    if not are_told(result, exact=exact):
        return ()
    sizes = {one.label: one.size for one in result.groups} if exact else _sizes(result)
    by_id = {one.id: one for one in result.statements}
    apart = {one.group: one.statements for one in result.representative}
    return tuple(
        GroupPart(
            group.label,
            sizes[group.label],
            tuple(
                (lines[int(one.statement)], _split(by_id[one.statement], exact=exact))
                for one in apart.get(group.label, ())
                if one.statement in lines and (exact or not _may_be_chance(one))
            ),
            frozenset(int(one.statement) for one in apart.get(group.label, ()) if _may_be_chance(one)),
        )
        for group in result.groups
    )


def _may_be_chance(one: ListedStatement) -> bool:
    return one.q_value is not None and one.q_value > MAY_BE_CHANCE


def _split(statement: StatementResult, *, exact: bool) -> tuple[GroupLine, ...]:
    groups = statement.by_group
    agree: Sequence[int | None] = [one.agree for one in groups]
    disagree: Sequence[int | None] = [one.disagree for one in groups]
    seen: Sequence[int | None] = [one.seen for one in groups]
    if not exact:
        agree = shown_split([one.agree for one in groups])
        disagree = shown_split([one.disagree for one in groups])
        seen = shown_split([one.seen for one in groups])
    return tuple(GroupLine(one.group, a, d, s) for one, a, d, s in zip(groups, agree, disagree, seen, strict=True))


def split_of(snapshot: Snapshot, statement: Statement, *, exact: bool) -> tuple[GroupLine, ...]:
    """One statement by group, where groups beat chance."""
    result = from_plain(snapshot.result)
    if not are_told(result, exact=exact):
        return ()
    found = next((one for one in result.statements if one.id == statement.id), None)
    return _split(found, exact=exact) if found is not None else ()
