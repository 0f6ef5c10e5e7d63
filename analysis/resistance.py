"""Resistance: votes that look copied, hurried or sent together, flagged; and the results with and without them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.agreement import common_ground, count_all, figures, ids_of
from analysis.frames import Id, Tables, checked
from analysis.matrix import Floats, OpinionMatrix, opinion_matrix
from analysis.results import Result
from analysis.same_answers import SameAnswers, same_answers
from analysis.timing import arrivals, seconds_of, shown_by_gaps, too_fast
from deliberation.sessions import DialogueMode

MOVED = 0.05


class Kind(StrEnum):
    """What a flag says. It never says why."""

    SAME_ANSWERS = "same_answers"
    TOGETHER = "together"
    FAST = "fast"


@dataclass(frozen=True)
class Together:
    """People whose first votes came within `seconds` of `start` (s since 1970), where `expected` were usual."""

    people: tuple[Id, ...]
    start: float
    seconds: float
    expected: float


@dataclass(frozen=True)
class Fast:
    """A person with `fast` votes faster than reading among `timed` ones whose time is known."""

    person: Id
    fast: int
    timed: int


@dataclass(frozen=True)
class Flags:
    """What was flagged, by kind; `people` is how many took part.

    `computed` names the kinds that were looked for: the others are not computed in a panel, nor without times.
    """

    people: int
    computed: frozenset[Kind]
    same_answers: tuple[SameAnswers, ...] = ()
    together: tuple[Together, ...] = ()
    fast: tuple[Fast, ...] = ()

    def of(self, kind: Kind) -> frozenset[Id]:
        """The people of one kind."""
        if kind is Kind.FAST:
            return frozenset(one.person for one in self.fast)
        sets: Sequence[SameAnswers | Together] = self.same_answers if kind is Kind.SAME_ANSWERS else self.together
        return frozenset(person for one in sets for person in one.people)

    @property
    def set_aside(self) -> frozenset[Id]:
        """Whom `without` leaves out: everybody flagged, but of people with the same answers one stays."""
        copies = frozenset(person for one in self.same_answers for person in one.people[1:])
        return copies | self.of(Kind.TOGETHER) | self.of(Kind.FAST)


def flags(
    tables: Tables,
    *,
    mode: DialogueMode = DialogueMode.OPEN,
    shown_at: Floats | None = None,
    openings: Sequence[float] = (),
) -> Flags:
    """The flags of a conversation. Nothing is changed. TableError for tables that cannot be used.

    Args:
        mode: in a panel only the same answers are looked for: speed and bursts exist in open mode alone.
        shown_at: when each vote's statement was put to the person (s since 1970), NaN where it was not put
            one at a time (the list of all statements); by default judged by the person's vote before.
        openings: moments (s since 1970) from which many were expected at once, such as a session's start.
    """
    clean = checked(tables)
    matrix = opinion_matrix(clean)
    same = same_answers(matrix)
    computed = {Kind.SAME_ANSWERS}
    when = seconds_of(clean.votes["cast_at"].to_numpy())
    if mode is not DialogueMode.OPEN or when is None:
        return Flags(len(matrix.participants), frozenset(computed), same)
    person = pd.Index(matrix.participants).get_indexer(pd.Index(clean.votes["participant"]))
    statement = pd.Index(clean.statements["statement"]).get_indexer(pd.Index(clean.votes["statement"]))
    first = np.full(len(matrix.participants), np.inf)
    np.minimum.at(first, person, when)
    together = tuple(
        Together(tuple(matrix.participants[i] for i in one.people), one.start, one.seconds, one.expected)
        for one in arrivals(first, openings=openings)
    )
    shown = shown_by_gaps(person, when) if shown_at is None else np.asarray(shown_at, dtype=np.float64)
    words = np.array([len(text.split()) for text in clean.statements["text"]], dtype=np.int64)
    quick, timed, is_fast = too_fast(person, statement, when, shown, words, len(matrix.participants))
    fast = tuple(Fast(matrix.participants[i], int(quick[i]), int(timed[i])) for i in np.flatnonzero(is_fast).tolist())
    return Flags(len(matrix.participants), frozenset(Kind), same, together, fast)


def without(tables: Tables, flagged: Flags) -> Tables:
    """New tables that lack the votes of people set aside; statements and words stay. The input is unchanged."""
    aside = tables.votes["participant"].isin(list(flagged.set_aside))
    votes = tables.votes[~aside].reset_index(drop=True)
    groups = tables.groups
    if groups is not None:
        groups = {key: name for key, name in groups.items() if key not in flagged.set_aside}
    return Tables(statements=tables.statements, votes=votes, comments=tables.comments, groups=groups)


@dataclass(frozen=True)
class Outline:
    """The part of a result that is compared. `verdict` and `groups` are None where groups were not looked for."""

    people: int
    votes: int
    counts: Mapping[Id, tuple[int, int, int]]
    agree: tuple[Id, ...]
    disagree: tuple[Id, ...]
    verdict: str | None = None
    groups: int | None = None


@dataclass(frozen=True)
class Moved:
    """A statement whose share of agreement among its voters moves by more than 5 in 100. Shares run 0 to 1."""

    statement: Id
    share_with: float
    share_without: float


@dataclass(frozen=True)
class Comparison:
    """Results with everybody and without those set aside; `entered` and `left` are of the list without them."""

    with_all: Outline
    without_flagged: Outline
    moved: tuple[Moved, ...]
    entered: tuple[Id, ...]
    left: tuple[Id, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the lists, verdict and number of groups are the same and no statement moves."""
        one, other = self.with_all, self.without_flagged
        return not self.moved and (one.agree, one.disagree, one.verdict, one.groups) == (
            other.agree, other.disagree, other.verdict, other.groups,
        )  # fmt: skip


def outline_of(result: Result) -> Outline:
    """The outline of a whole analysis."""
    return Outline(
        people=len(result.participants),
        votes=result.votes,
        counts={one.id: (one.agree, one.disagree, one.seen) for one in result.statements if not one.left_out},
        agree=tuple(one.statement for one in result.consensus_agree),
        disagree=tuple(one.statement for one in result.consensus_disagree),
        verdict=result.structure.verdict,
        groups=result.structure.groups,
    )


def counted(matrix: OpinionMatrix, *, pick: int = 5) -> Outline:
    """The outline from counts alone, without looking for groups: quick enough for a page."""
    counts = count_all(matrix)
    agrees, disagrees = common_ground(figures(counts), matrix.left_out, pick=pick)
    rows = zip(matrix.statements, counts.agree[0], counts.disagree[0], counts.seen[0], matrix.left_out, strict=True)
    return Outline(
        people=len(matrix.participants),
        votes=len(matrix.vote),
        counts={one: (int(a), int(d), int(s)) for one, a, d, s, out in rows if not out},
        agree=tuple(ids_of(agrees, matrix.statements)),
        disagree=tuple(ids_of(disagrees, matrix.statements)),
    )


def compare(with_all: Result | Outline, without_flagged: Result | Outline) -> Comparison:
    """What changes when the flagged votes are left out: lists, verdict, number of groups, shares of agreement."""
    one = with_all if isinstance(with_all, Outline) else outline_of(with_all)
    other = without_flagged if isinstance(without_flagged, Outline) else outline_of(without_flagged)
    before, after = one.agree + one.disagree, other.agree + other.disagree
    return Comparison(
        with_all=one,
        without_flagged=other,
        moved=tuple(_moved(one, other)),
        entered=tuple(statement for statement in after if statement not in before),
        left=tuple(statement for statement in before if statement not in after),
    )


def _moved(one: Outline, other: Outline) -> list[Moved]:
    """The statements that move most come first; among equals the order of the table stays."""
    found = []
    for statement, (agree, _disagree, seen) in one.counts.items():
        now, _against, met = other.counts.get(statement, (0, 0, 0))
        if seen and met and abs(agree / seen - now / met) > MOVED:
            found.append(Moved(statement, agree / seen, now / met))
    return sorted(found, key=lambda moved: -abs(moved.share_with - moved.share_without))
