"""What a chosen list does for people: whom it covers, and whether a large enough group was passed over."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.matrix import Bools, Ints


@dataclass(frozen=True)
class Agreements:
    """Agreements as cast: person[i] agrees with column[i] (m each, no pair twice), of `people` and `size` columns."""

    person: Ints
    column: Ints
    people: int
    size: int


@dataclass(frozen=True)
class PassedOver:
    """People who all agree with `column`, are `people` in number and agree with fewer than `level` chosen ones."""

    column: int
    people: int
    level: int


def covered_by(agreements: Agreements, columns: Ints) -> NDArray[np.int64]:
    """With how many of the columns each person agrees (n)."""
    wanted = np.zeros(agreements.size, dtype=np.bool_)
    wanted[columns] = True
    return np.bincount(agreements.person[wanted[agreements.column]], minlength=agreements.people).astype(np.int64)


def passed_over(
    agreements: Agreements, chosen: Ints, seats: int, open_to: Bools, *, levels: int = 1
) -> PassedOver | None:
    """The first failure of justified representation (levels=1) or of EJR+ (levels=seats); None if there is none.

    Level l fails at a statement that was open but not chosen if at least l/seats of the people agree with it and
    each of them agrees with fewer than l of the chosen ones. The lowest level is told, of it the statement with
    most such people, of those the lowest. Exact. EJR+ holds only if EJR and PJR hold too.
    Source: Aziz et al. 2017; EJR+: Brill and Peters 2023.
    """
    held = covered_by(agreements, chosen)
    free = open_to.copy()
    free[chosen] = False
    usable = free[agreements.column]
    person, column = agreements.person[usable], agreements.column[usable]
    for level in range(1, levels + 1):
        short = held[person] < level
        count = np.bincount(column[short], minlength=agreements.size)
        if not len(count):
            return None
        worst = int(np.argmax(count))
        if count[worst] > 0 and int(count[worst]) * seats >= level * agreements.people:
            return PassedOver(column=worst, people=int(count[worst]), level=level)
    return None
