"""The moderation queue: words of participants in order, filtered, counted, one page at a time.

A page starts after (or before) a place, never at a number: words that arrive meanwhile move nothing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    collate,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import Boolean, Integer

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.moderation import WordMark
from app.queries.word_kinds import KINDS, WordKind, Words, kind_of
from deliberation.moderation import WordState

PAGE = 20
MOST_SEARCHED = 8
"""Words of a search that are looked for."""
THERE = (WordState.WAITING, WordState.APPROVED, WordState.REFUSED)
"""What the desk shows at all: words that were taken back are gone."""


class Mark(StrEnum):
    """What the desk notes about words, and filters by."""

    PERSONAL_DATA = "personal_data"
    FLAGGED = "flagged"
    OPINION = "opinion"
    APPEALED = "appealed"


MARKS: Mapping[Mark, InstrumentedAttribute[bool]] = {
    Mark.PERSONAL_DATA: WordMark.has_personal_data,
    Mark.FLAGGED: WordMark.is_flagged,
    Mark.OPINION: WordMark.wants_opinion,
    Mark.APPEALED: WordMark.is_appealed,
}


@dataclass(frozen=True)
class Place:
    """Where in the queue: the time and the public id of some words."""

    at: datetime
    ref: UUID

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.ref.hex}"

    @classmethod
    def read(cls, typed: str) -> "Place | None":
        """The place that an address names, or None for anything else."""
        try:
            at, _, ref = typed.partition("-")
            return cls(datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), UUID(ref))
        except ValueError:
            return None


@dataclass(frozen=True)
class Filters:
    """What the desk shows. `state` None: every state but taken back. `text`: words that must all be in it."""

    state: WordState | None = WordState.WAITING
    kind: WordKind | None = None
    stage: Stage | None = None
    lang: str = ""
    late: bool = False
    mark: Mark | None = None
    text: str = ""

    @property
    def oldest_first(self) -> bool:
        """Those waiting are read oldest first, the others newest first."""
        return self.state is WordState.WAITING


@dataclass(frozen=True)
class Entry:
    """Words in the queue, by kind and row."""

    kind: WordKind
    words: Words

    @property
    def place(self) -> Place:
        """Where they stand."""
        return Place(self.words.created_at, self.words.public_id)


def entry_of(words: Words) -> Entry:
    """The entry of some words."""
    return Entry(kind_of(words), words)


@dataclass(frozen=True)
class Counts:
    """How many words there are under each filter, with all the other filters on."""

    total: int = 0
    states: Mapping[WordState, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[int, int] = field(default_factory=dict)
    langs: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    marks: Mapping[Mark, int] = field(default_factory=dict)


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue. `has_before` and `has_after`: whether there is more on either side."""

    entries: list[Entry]
    has_before: bool
    has_after: bool


def queue(
    dialogue: Dialogue,
    filters: Filters,
    *,
    after: Place | None = None,
    before: Place | None = None,
    at: Place | None = None,
    size: int = PAGE,
) -> QueuePage:
    """Up to `size` words that follow `after`, begin with `at`, or come just before `before`; else the first ones."""
    backwards = before is not None and after is None and at is None
    edge = before if backwards else at or after
    rows = _rows(dialogue, filters, edge, backwards=backwards, with_edge=at is not None, limit=size + 1)
    more = len(rows) > size
    entries = _loaded(rows[:size][::-1] if backwards else rows[:size])
    if backwards:
        return QueuePage(entries, has_before=more, has_after=True)
    first = entries[0].place if entries else edge
    earlier = edge is not None and bool(_rows(dialogue, filters, first, backwards=True, with_edge=not entries, limit=1))
    return QueuePage(entries, has_before=earlier, has_after=more)


def counts(dialogue: Dialogue, filters: Filters) -> Counts:
    """Every count of the desk, from one grouped query (and a small one for the marks)."""
    cube = _cube(dialogue, filters)
    wanted = {
        "state": filters.state.value if filters.state else None,
        "kind": filters.kind.key if filters.kind else None,
        "stage": filters.stage.id if filters.stage else None,
        "lang": filters.lang or None,
        "late": True if filters.late else None,
    }

    def by(name: str) -> Counter[Any]:
        others = {other: value for other, value in wanted.items() if value is not None and other != name}
        found: Counter[Any] = Counter()
        for row in cube:
            cells = row._mapping
            if all(cells[other] == value for other, value in others.items()):
                found[cells.get(name, "")] += cells["n"]
        return found

    return Counts(
        total=by("").total(),
        states={WordState(state): n for state, n in by("state").items()},
        kinds=dict(by("kind")),
        stages={stage: n for stage, n in by("stage").items() if stage},
        langs=dict(by("lang")),
        late=by("late")[True],
        marks=_marked(dialogue, filters),
    )


def waiting_count(dialogue: Dialogue) -> int:
    """How many words wait to be checked."""
    parts = [
        kind.within(dialogue.id, select(func.count().label("n")).select_from(kind.model)).where(
            kind.model.state == WordState.WAITING
        )
        for kind in KINDS.values()
    ]
    return db.session.scalar(select(func.sum(union_all(*parts).subquery().c.n))) or 0


def stages_named(stage_ids: set[int]) -> list[Stage]:
    """These stages in their order, for the list of filters."""
    found = (
        select(Stage)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(Stage.id.in_(stage_ids))
        .order_by(DialogueSession.number, Stage.place)
    )
    return list(db.session.scalars(found))


def loaded(rows: list[tuple[str, int]]) -> dict[tuple[str, int], Words]:
    """(kind, inner key) -> row, one query a kind."""
    found: dict[tuple[str, int], Words] = {}
    for kind in KINDS.values():
        keys = [key for name, key in rows if name == kind.key]
        if keys:
            for words in db.session.scalars(select(kind.model).where(kind.model.id.in_(keys))):
                found[kind.key, words.id] = words
    return found


def _kinds(filters: Filters) -> list[WordKind]:
    if filters.kind is not None:
        return [filters.kind]
    return [kind for kind in KINDS.values() if _holds(kind, filters)]


def _holds(kind: WordKind, filters: Filters) -> bool:
    """Whether words of the kind can pass at all."""
    return not (filters.stage is not None and kind.stage is None) and not (filters.late and kind.late is None)


def _narrowed(kind: WordKind, dialogue: Dialogue, filters: Filters, found: Select[Any]) -> Select[Any]:
    """A selection from the kind's table under all the filters but the kind itself."""
    found = kind.within(dialogue.id, found)
    state = kind.model.state
    found = found.where(state == filters.state if filters.state is not None else state.in_(THERE))
    if filters.mark is not None:
        marked = select(WordMark.words_ref).where(WordMark.dialogue_id == dialogue.id, MARKS[filters.mark].is_(True))
        found = found.where(kind.model.public_id.in_(marked))
    return found.where(*_shared(kind, filters))


def _shared(kind: WordKind, filters: Filters) -> list[ColumnElement[bool]]:
    """Stage, language, lateness and search, as conditions on the kind's table."""
    asked = [_says(kind.text, word) for word in filters.text.split()[:MOST_SEARCHED]]
    if filters.stage is not None and kind.stage is not None:
        asked.append(kind.stage == filters.stage.id)
    if filters.lang:
        asked.append(kind.model.lang == filters.lang)
    if filters.late and kind.late is not None:
        asked.append(kind.late.is_(True))
    return asked


def _says(column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    """Whether the words hold a word, whatever its case, by the quickest way that each store has."""
    if db.engine.dialect.name == "sqlite":  # LIKE does not mind case there
        return column.contains(word, autoescape=True)
    if word.isascii():  # to lower letters by the rules of a language costs twice as much
        return func.lower(collate(column, "C")).contains(word.lower(), autoescape=True)
    return column.icontains(word, autoescape=True)


def _rows(
    dialogue: Dialogue, filters: Filters, edge: Place | None, *, backwards: bool, with_edge: bool, limit: int
) -> list[tuple[str, int]]:
    """(kind, inner key) in the order of reading away from the edge. Each kind gives at most `limit`."""
    rising = filters.oldest_first is not backwards
    parts = []
    for kind in _kinds(filters):
        if not _holds(kind, filters):
            continue
        row = kind.model
        found = select(
            literal(kind.key).label("kind"), row.id.label("id"), row.created_at.label("at"), row.public_id.label("ref")
        )
        found = _narrowed(kind, dialogue, filters, found)
        if edge is not None:
            found = found.where(_beyond(row, edge, rising=rising, with_edge=with_edge))
        order = (row.created_at, row.public_id) if rising else (row.created_at.desc(), row.public_id.desc())
        parts.append(select(found.order_by(*order).limit(limit).subquery()))
    if not parts:
        return []
    all_kinds = union_all(*parts).subquery()
    order = (all_kinds.c.at, all_kinds.c.ref) if rising else (all_kinds.c.at.desc(), all_kinds.c.ref.desc())
    return [(row.kind, row.id) for row in db.session.execute(select(all_kinds).order_by(*order).limit(limit))]


def _beyond(row: type[Any], edge: Place, *, rising: bool, with_edge: bool) -> ColumnElement[bool]:
    """The first comparison alone lets the index find the place."""
    at, ref = row.created_at, row.public_id
    if rising:
        return and_(at >= edge.at, or_(at > edge.at, ref >= edge.ref if with_edge else ref > edge.ref))
    return and_(at <= edge.at, or_(at < edge.at, ref <= edge.ref if with_edge else ref < edge.ref))


def _loaded(rows: list[tuple[str, int]]) -> list[Entry]:
    found = loaded(rows)
    return [Entry(KINDS[kind], found[kind, key]) for kind, key in rows]


def _cube(dialogue: Dialogue, filters: Filters) -> list[Any]:
    """(kind, state, stage, lang, late, n): everything but what was taken back, under search and mark alone."""
    open_filters = replace(Filters(state=None), text=filters.text, mark=filters.mark)
    parts = []
    for kind in KINDS.values():
        row = kind.model
        cells = (
            cast(row.state, String).label("state"),
            (kind.stage if kind.stage is not None else cast(null(), Integer)).label("stage"),
            row.lang.label("lang"),
            (kind.late if kind.late is not None else literal(False, Boolean)).label("late"),
        )
        found = select(literal(kind.key).label("kind"), *cells, func.count().label("n"))
        groups = [row.state, row.lang, *(one for one in (kind.stage, kind.late) if one is not None)]
        parts.append(_narrowed(kind, dialogue, open_filters, found).group_by(*groups))
    return list(db.session.execute(union_all(*parts)))


def _marked(dialogue: Dialogue, filters: Filters) -> dict[Mark, int]:
    """How many marked words there are; appeals and second opinions are counted whatever their words' state.

    Read from the marks, of which there are few, to the words, never the other way: what the words have to be stands
    in the sums, where it is asked of marked ones alone.
    """
    parts = []
    for kind in _kinds(filters):
        row = kind.model
        sums: list[Any] = [
            func.sum(
                case((and_(column, row.state.in_(_states(mark, filters)), *_shared(kind, filters)), 1), else_=0)
            ).label(mark.value)
            for mark, column in MARKS.items()
        ]
        found: Select[Any] = select(*sums).select_from(WordMark).join(row, row.public_id == WordMark.words_ref)
        parts.append(found.where(WordMark.dialogue_id == dialogue.id, WordMark.kind == kind.key))
    if not parts:
        return {}
    every = union_all(*parts).subquery()
    (counted,) = db.session.execute(select(*(func.sum(every.c[mark.value]).label(mark.value) for mark in MARKS)))
    return {mark: counted._mapping[mark.value] or 0 for mark in MARKS}


def _states(mark: Mark, filters: Filters) -> tuple[WordState, ...]:
    anywhere = mark in {Mark.OPINION, Mark.APPEALED} or filters.state is None
    return THERE if anywhere or filters.state is None else (filters.state,)
