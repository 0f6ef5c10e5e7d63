"""Equal shares and sequential Phragmen on approvals: who pays for which seat, exact or in floats, ties told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.matrix import Bools, Ints

EXACT_UP_TO = 2_000
"""People up to whom sums are whole numbers and fractions; above, float64 with the tolerance below."""
TOLERANCE = 1e-9
"""Relative difference under which two prices are a tie when floats are used."""
_BLOCK = 500_000
"""Entries of the largest table of statements by people's classes made at once (a tenth when exact)."""

Pick = Callable[[tuple[int, ...]], int]
"""Chooses one of tied columns (rising)."""


@dataclass(frozen=True)
class Approvals:
    """Who agrees with what, by column: cells starts[j]:starts[j+1] of `person` and `agrees` are those who saw j.

    `part` (groups x C, whole numbers from 0 to `whole`) says how much of a supporter somebody of a group counts
    for a statement not seen; `group` (n) points into its rows. `open_to` (C) marks what may be chosen.
    """

    starts: Ints
    person: Ints
    agrees: Bools
    group: Ints
    part: Ints
    whole: int
    open_to: Bools

    @property
    def people(self) -> int:
        """How many people share the seats out (n)."""
        return len(self.group)


@dataclass(frozen=True)
class Choice:
    """One seat: its column, the rule that filled it, the columns equally entitled to it (itself not among them)."""

    column: int
    rule: str
    tied: tuple[int, ...]


def approvals_of(ballots: sparse.spmatrix | Sequence[Sequence[int]], columns: int | None = None) -> Approvals:
    """Complete approvals: a sparse n x C matrix whose stored cells are approvals, or a list of columns a voter."""
    if sparse.issparse(ballots):
        table = sparse.csc_matrix(ballots, copy=True)
        table.eliminate_zeros()
        table.sort_indices()
        starts, person, people = table.indptr, table.indices, table.shape[0]
    else:
        pairs = sorted({(j, i) for i, ballot in enumerate(ballots) for j in ballot})
        size = columns if columns is not None else 1 + max((j for j, _ in pairs), default=-1)
        starts = np.searchsorted(np.array([j for j, _ in pairs], dtype=np.int64), np.arange(size + 1))
        person, people = np.array([i for _, i in pairs], dtype=np.int64), len(ballots)
    size = len(starts) - 1
    return Approvals(
        starts=starts,
        person=person,
        agrees=np.ones(len(person), dtype=np.bool_),
        group=np.zeros(people, dtype=np.int64),
        part=np.zeros((1, size), dtype=np.int64),
        whole=1,
        open_to=np.ones(size, dtype=np.bool_),
    )


def equal_shares(approvals: Approvals, seats: int, *, pick: Pick = min, exact: bool | None = None) -> list[Choice]:
    """The method of equal shares, left seats by sequential Phragmen from the money that remains.

    Everybody holds seats/n; a seat costs 1. Of the statements whose supporters can pay, the one comes next that
    asks least of those who pay most. Fewer seats come back only if nothing else has a supporter.
    Source: Peters and Skowron 2020; completion as in Lackner and Skowron 2023.
    """
    purse = _Purse(approvals, seats, exact)
    chosen = _rounds(purse, seats, [], purse.share, "equal shares", pick)
    purse.forget()
    return _rounds(purse, seats, chosen, purse.wait, "sequential Phragmen", pick)


def sequential_phragmen(
    approvals: Approvals, seats: int, *, pick: Pick = min, exact: bool | None = None
) -> list[Choice]:
    """Sequential Phragmen: everybody earns at one speed, a statement is bought as soon as its supporters can."""
    purse = _Purse(approvals, 0, exact)
    return _rounds(purse, seats, [], purse.wait, "sequential Phragmen", pick)


class _Purse:
    """What people hold. People with the same group and the same answers to the chosen ones are one class.

    Money of class k is money[k]/unit: whole numbers with a growing unit when exact, floats with unit 1 if not.
    """

    def __init__(self, approvals: Approvals, seats: int, exact: bool | None) -> None:
        self.approvals = approvals
        self.exact = approvals.people <= EXACT_UP_TO if exact is None else exact
        self.kind: type[Any] = object if self.exact else np.float64
        present, klass = np.unique(approvals.group, return_inverse=True)
        self.klass: NDArray[np.int64] = klass.astype(np.int64)
        self.group_of: NDArray[np.int64] = present.astype(np.int64)
        self.unit: Any = max(1, approvals.people) if self.exact else 1.0
        each: Any = seats if self.exact else seats / max(1, approvals.people)
        self.money: NDArray[Any] = np.full(len(present), each, dtype=self.kind)
        self.clock: Any = Fraction(0) if self.exact else 0.0
        self.forget()

    def forget(self) -> None:
        """Drops what is known of prices; they never fall within one rule, so an old one bounds the new."""
        self.least: list[Any] = [0] * len(self.approvals.open_to)

    def support(self, columns: Ints) -> NDArray[Any]:
        """Supporters of each column by class, in parts of `whole` (columns x classes)."""
        a, classes = self.approvals, len(self.money)
        sizes = a.starts[columns + 1] - a.starts[columns]
        within = np.repeat(np.arange(len(columns), dtype=np.int64), sizes)
        cells = np.arange(len(within)) + np.repeat(a.starts[columns] - (np.cumsum(sizes) - sizes), sizes)
        place = within * classes + self.klass[a.person[cells]]
        shape = (len(columns), classes)
        agree = np.bincount(place[a.agrees[cells]], minlength=len(columns) * classes).reshape(shape) * a.whole
        part = a.part[self.group_of][:, columns].T
        if part.any():
            seen = np.bincount(place, minlength=len(columns) * classes).reshape(shape)
            agree = agree + (np.bincount(self.klass, minlength=classes) - seen) * part
        mass: NDArray[Any] = agree.astype(self.kind)
        return mass

    def share(self, columns: Ints) -> list[Any]:
        """What each column asks of a full payer (equal shares); None where its supporters cannot pay."""
        order = np.argsort(self.money, kind="stable")
        money, mass = self.money[order], self.support(columns)[:, order]
        paid = np.cumsum(mass * money, axis=1)
        before = np.zeros_like(mass)
        before[:, 1:] = paid[:, :-1]
        rest = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
        price = self.approvals.whole * self.unit
        slack = 0 if self.exact else price * TOLERANCE
        enough = np.asarray((paid[:, -1] >= price - slack) & (rest[:, 0] > 0), dtype=np.bool_)
        fits = np.asarray((price - before <= money * rest + slack) & (rest > 0), dtype=np.bool_)
        first = np.argmax(fits, axis=1)
        lines = np.arange(len(columns))
        return [
            self._number(price - down, left) if able else None
            for able, down, left in zip(enough, before[lines, first], rest[lines, first], strict=True)
        ]

    def wait(self, columns: Ints) -> list[Any]:
        """When the supporters of each column can pay, on Phragmen's clock; None without supporters."""
        mass = self.support(columns)
        held, total = (mass * self.money).sum(axis=1), mass.sum(axis=1)
        price = self.approvals.whole * self.unit
        return [
            self.clock + self._number(price - have, many) if many else None
            for have, many in zip(held, total, strict=True)
        ]

    def buy(self, column: int, price: Any, *, by_waiting: bool) -> None:
        """Takes the price from the supporters; whoever has not seen the statement pays its part of it."""
        a = self.approvals
        cells = slice(a.starts[column], a.starts[column + 1])
        answer = np.full(a.people, 2, dtype=np.int64)
        answer[a.person[cells]] = a.agrees[cells]
        kinds, self.klass = np.unique(self.klass * 3 + answer, return_inverse=True)
        old, answer = kinds // 3, kinds % 3
        self.group_of = self.group_of[old]
        part = a.part[self.group_of, column]
        share = np.where(answer == 1, a.whole, np.where(answer == 2, part, 0)).astype(self.kind)
        money = self._scaled(self.money[old], price - self.clock if by_waiting else price)
        step: Any = (price - self.clock if by_waiting else price) * self.unit
        step = int(step) if self.exact else step
        if by_waiting:
            money, due = money + step, money + step
            self.clock = price
        else:
            due = np.minimum(money, step)
        if self.exact:
            money, self.unit = money * a.whole, self.unit * a.whole
            self.money = money - due * share
        else:
            self.money = np.maximum(money - due * (share / a.whole), 0.0)

    def _scaled(self, money: NDArray[Any], amount: Any) -> NDArray[Any]:
        """The money in a unit in which the amount is whole too."""
        if not self.exact:
            return money
        factor = (amount * self.unit).denominator
        self.unit = self.unit * factor
        scaled: NDArray[Any] = money * factor
        return scaled

    def _number(self, above: Any, below: Any) -> Any:
        return Fraction(above, below * self.unit) if self.exact else float(above / below)


def _rounds(
    purse: _Purse, seats: int, chosen: list[Choice], price_of: Callable[[Ints], list[Any]], rule: str, pick: Pick
) -> list[Choice]:
    """Fills seats one after another with the column of the least price until none has one."""
    left = purse.approvals.open_to.copy()
    left[[one.column for one in chosen]] = False
    while len(chosen) < seats and purse.approvals.people:
        cheapest = _cheapest(purse, np.flatnonzero(left), price_of, left)
        if not cheapest:
            break
        columns = tuple(sorted(cheapest))
        column = pick(columns)
        purse.buy(column, cheapest[column], by_waiting=rule != "equal shares")
        chosen.append(Choice(column, rule, tuple(j for j in columns if j != column)))
        left[column] = False
    return chosen


def _cheapest(purse: _Purse, columns: Ints, price_of: Callable[[Ints], list[Any]], left: Bools) -> dict[int, Any]:
    """The columns of the least price, with it. Prices only rise, so those whose old one is higher are not asked."""
    order = sorted(columns.tolist(), key=lambda j: (purse.least[j], j))
    size = max(16, _BLOCK // (10 if purse.exact else 1) // max(1, len(purse.money)))
    found: dict[int, Any] = {}
    best: Any = None
    limit: Any = None
    for start in range(0, len(order), size):
        block = [j for j in order[start : start + size] if limit is None or purse.least[j] <= limit]
        if not block:
            break
        for j, price in zip(block, price_of(np.array(block, dtype=np.int64)), strict=True):
            if price is None:
                left[j] = False
                continue
            purse.least[j] = price
            found[j] = price
            if best is None or price < best:
                best = price
                limit = price if purse.exact else price + TOLERANCE * max(abs(price), 1e-300)
    return {j: price for j, price in found.items() if price <= limit}
