"""A slate that represents everybody: a few statements chosen so that each part of the people finds its share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.agreement import Z_90, count_votes
from analysis.components import opinion_map
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix
from analysis.slate_checks import Agreements, PassedOver, covered_by, passed_over
from analysis.slate_rules import Approvals, Choice, equal_shares, sequential_phragmen

EQUAL_SHARES = "equal shares, completed by sequential Phragmen"
PHRAGMEN = "sequential Phragmen"
METHODS = (EQUAL_SHARES, PHRAGMEN)
ESTIMATED = "estimated"
AS_CAST = "as cast"
WHOLE = 1000
"""An estimated share is rounded down to thousandths, so that exact sums stay exact."""
DIRECTIONS = 8
"""Directions of the map in which people are taken to vote alike; 3 to 8 did equally well in simulations."""


@dataclass(frozen=True)
class Seat:
    """One statement of the slate. `supporters` of those who `seen` it agree; `newly_covered` of them agree with none
    before it. `rule` filled the seat; `tied` are the columns that had the same right to it."""

    rank: int
    column: int
    rule: str
    supporters: int
    seen: int
    newly_covered: int
    tied: tuple[int, ...]


@dataclass(frozen=True)
class Slate:
    """The chosen statements and what they do for the `people` who count.

    `covered` people agree, by their own votes, with at least one; `covered_share` is their share (0.0 without
    people). `likely_share` is the share to be expected if all had seen all chosen ones, at the cautious end; it
    equals covered_share when unseen statements count as not agreed with. `jr_witness` is the largest group passed
    over, `ejr_plus_witness` the first failure of the stricter EJR+; both by votes as cast: not having seen a
    statement is no agreement. `tied` are the ranks where a tie was broken, by the lowest statement id. `seats` is
    shorter than `wanted` if no more statements have supporters.
    """

    method: str
    unseen: str
    wanted: int
    seats: tuple[Seat, ...]
    covered: int
    people: int
    covered_share: float
    likely_share: float
    is_jr: bool
    jr_witness: PassedOver | None
    is_ejr_plus: bool
    ejr_plus_witness: PassedOver | None
    tied: tuple[int, ...]


def choose_slate(
    matrix: OpinionMatrix,
    who: Bools | None = None,
    *,
    alike: Ints | None = None,
    left_out: Bools | None = None,
    seats: int = 5,
    method: str = EQUAL_SHARES,
    unseen: str = ESTIMATED,
    exact: bool | None = None,
) -> Slate:
    """`seats` statements for the people of `who` (n; all who voted if None).

    A statement somebody has not seen is unknown. With `unseen="estimated"` that person counts as agreeing in
    part: by the share of those who vote like them that agrees, of those who saw it, taken at the cautious end.
    Who votes alike is `alike` (n; -1: compared with everybody), by default the eight directions of the opinion
    map. With "as cast" an unseen statement counts as not agreed with.
    `left_out` (C) may not be chosen; the matrix's own if None. `exact` None: by the number of people.
    Raises ValueError for an unknown method or unseen rule or a negative number of seats.
    """
    if method not in METHODS or unseen not in (ESTIMATED, AS_CAST) or seats < 0:
        raise ValueError(f"no slate of {seats} seats by {method!r} with unseen {unseen!r}")
    counted = matrix.votes_per_participant > 0
    counted = counted if who is None else counted & who
    if alike is None:
        known = unseen == ESTIMATED and counted.any()
        alike = directions(opinion_map(matrix).people) if known else np.zeros(len(counted), dtype=np.int64)
    closed = matrix.left_out if left_out is None else left_out
    approvals = approvals_from(matrix, counted, alike, ~closed, estimated=unseen == ESTIMATED)
    rule = equal_shares if method == EQUAL_SHARES else sequential_phragmen
    return _told(approvals, rule(approvals, seats, exact=exact), seats, method, unseen)


def directions(positions: Floats) -> NDArray[np.int64]:
    """In which of eight compass directions from the middle of the map people stand (n, 0-7; 0 is to the right).

    People in one direction vote alike, also where no separate groups are found.
    """
    turn = np.arctan2(positions[:, 1], positions[:, 0]) / (2 * np.pi) * DIRECTIONS
    return np.floor(turn + 0.5).astype(np.int64) % DIRECTIONS


def approvals_from(matrix: OpinionMatrix, counted: Bools, group: Ints, open_to: Bools, *, estimated: bool) -> Approvals:
    """The votes of the counted people by column, and how much a supporter they count for what they have not seen."""
    people, size = int(counted.sum()), len(matrix.statements)
    kept = counted[matrix.row]
    sizes = matrix.votes_per_participant[counted]
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    by_person = sparse.csr_matrix((matrix.vote[kept] + np.int8(2), matrix.col[kept], starts), shape=(people, size))
    by_column = by_person.tocsc()
    agreed = np.bincount(matrix.col[kept & (matrix.vote > 0)], minlength=size)
    groups = int(group.max(initial=-1)) + 1
    # Somebody in no group is judged by everybody: the last row.
    rows = np.where(group < 0, groups, group)[counted]
    part = np.zeros((groups + 1, size), dtype=np.int64)
    if estimated:
        part[:groups] = _parts(matrix, np.where(counted, group, -1), groups)
        part[groups] = _parts(matrix, np.where(counted, 0, -1), 1)[0]
    return Approvals(
        starts=by_column.indptr,
        person=by_column.indices,
        agrees=by_column.data == 3,
        group=rows,
        part=part,
        whole=WHOLE if estimated else 1,
        open_to=open_to & (agreed > 0),
    )


def _parts(matrix: OpinionMatrix, group: Ints, groups: int) -> Ints:
    counts = count_votes(matrix, group, groups)
    return np.floor(WHOLE * cautious_share(counts.agree, counts.seen)).astype(np.int64)


def cautious_share(agree: Ints, seen: Ints) -> Floats:
    """The lower one-sided 90 % Wilson bound of agree/seen; 0 where nobody saw. Source: Wilson 1927."""
    n = np.maximum(seen, 1)
    p, z2 = agree / n, Z_90 * Z_90
    low: Floats = (p + z2 / (2 * n) - Z_90 * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return np.where(seen > 0, np.maximum(low, 0.0), 0.0)


def _told(approvals: Approvals, choices: list[Choice], wanted: int, method: str, unseen: str) -> Slate:
    """The slate with what votes as cast say of it."""
    size, people = len(approvals.open_to), approvals.people
    column = np.repeat(np.arange(size), np.diff(approvals.starts))
    agreements = Agreements(approvals.person[approvals.agrees], column[approvals.agrees], people, size)
    reached = np.zeros(people, dtype=np.bool_)
    none_of_them = np.ones(people)
    seats = []
    for rank, choice in enumerate(choices, start=1):
        cells = slice(approvals.starts[choice.column], approvals.starts[choice.column + 1])
        own = approvals.person[cells][approvals.agrees[cells]]
        seats.append(
            Seat(
                rank=rank,
                column=choice.column,
                rule=choice.rule,
                supporters=len(own),
                seen=int(cells.stop - cells.start),
                newly_covered=int((~reached[own]).sum()),
                tied=choice.tied,
            )
        )
        reached[own] = True
        without = 1 - approvals.part[approvals.group, choice.column] / approvals.whole
        without[approvals.person[cells]] = 1.0
        without[own] = 0.0
        none_of_them *= without
    chosen = np.array([one.column for one in choices], dtype=np.int64)
    covered = int((covered_by(agreements, chosen) > 0).sum())
    jr = passed_over(agreements, chosen, wanted, approvals.open_to) if wanted else None
    ejr = passed_over(agreements, chosen, wanted, approvals.open_to, levels=wanted) if wanted else None
    return Slate(
        method=method,
        unseen=unseen,
        wanted=wanted,
        seats=tuple(seats),
        covered=covered,
        people=people,
        covered_share=covered / people if people else 0.0,
        likely_share=float(1 - none_of_them.mean()) if people else 0.0,
        is_jr=jr is None,
        jr_witness=jr,
        is_ejr_plus=ejr is None,
        ejr_plus_witness=ejr,
        tied=tuple(one.rank for one in seats if one.tied),
    )
