"""When votes came: many people who arrived together, and votes faster than anybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.later import Later
from analysis.matrix import Bools, Floats, Ints

stats = Later("scipy.stats")

WIDTHS = (60.0, 600.0)
AROUND = 12
LEAST_PEOPLE = 15
TIMES = 5.0
LEVEL = 0.001
AFTER_OPENING = 3600.0
WORDS_A_SECOND = 12.0
LEAST_SECONDS = 0.5
TOGETHER = 0.05
LEAST_FAST = 10


@dataclass(frozen=True)
class Window:
    """People whose first votes came within `seconds` of `start` (s since 1970), beside `expected` of them.

    `people` are row numbers, rising.
    """

    people: tuple[int, ...]
    start: float
    seconds: float
    expected: float


def seconds_of(cast_at: Ints | Floats) -> Floats | None:
    """Times as seconds since 1970, from s, ms, us or ns by their size; None when they are no real times.

    Numbers below 10^8 (a place in the log, or 0 for unknown) order votes but tell no time.
    """
    if len(cast_at) == 0:
        return None
    least, middle = float(np.min(cast_at)), float(np.median(cast_at))
    for lowest, unit in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (1e8, 1.0)):
        if middle >= lowest:
            return cast_at / unit if least >= lowest else None
    return None


def arrivals(first: Floats, *, openings: Sequence[float] = ()) -> list[Window]:
    """Windows in which far more people cast their first vote than around them. `first` (n) in seconds.

    For windows of one and of ten minutes: the rhythm is the largest of the rate before, the rate after (twelve
    windows each way) and the median of windows in which anybody came. A window is flagged with at least 15
    people, five times the rhythm, and a Poisson chance at twice the rhythm, times the number of windows, below
    one in a thousand. Windows within an hour of `openings` (a session, an invitation) are the rhythm itself.
    A person is in one window only, the one with more people.
    """
    order = np.argsort(first, kind="stable")
    times = first[order]
    taken = np.zeros(len(times), dtype=np.bool_)
    opened = np.asarray(sorted(openings), dtype=np.float64)
    found: list[tuple[Ints, float, float, float]] = []
    for width in WIDTHS:
        if len(times) < LEAST_PEOPLE or times[-1] - times[0] < AROUND * width:
            continue
        start = np.arange(len(times))
        end = np.searchsorted(times, times + width, side="left")
        count = end - start
        before = (start - np.searchsorted(times, times - AROUND * width)) / AROUND
        after = (np.searchsorted(times, times + (AROUND + 1) * width) - end) / AROUND
        usual = np.median(np.unique(np.floor(times / width), return_counts=True)[1])
        rhythm = np.maximum(np.maximum(before, after), usual)
        chance = stats.poisson.sf(count - 1, 2 * rhythm) * len(times)
        odd = (count >= np.maximum(LEAST_PEOPLE, TIMES * rhythm)) & (chance < LEVEL)
        if len(opened):
            latest = np.searchsorted(opened, times + width, side="right") - 1
            odd &= ~((latest >= 0) & (times - opened[np.maximum(latest, 0)] < AFTER_OPENING))
        found += [(np.arange(i, end[i]), float(times[i]), width, float(rhythm[i])) for i in np.flatnonzero(odd)]
    windows = []
    for inside, begin, width, rhythm_here in sorted(found, key=lambda one: (-len(one[0]), one[2], one[1])):
        free = inside[~taken[inside]]
        if len(free) < LEAST_PEOPLE:
            continue
        taken[free] = True
        people = tuple(int(i) for i in np.sort(order[free]))
        windows.append(Window(people, begin, width, rhythm_here))
    return sorted(windows, key=lambda one: (one.start, one.seconds))


def shown_by_gaps(person: Ints, when: Floats) -> Floats:
    """When each statement came up, judged by the vote before it of the same person (m); NaN when not known.

    Votes of one person at most a twentieth of a second apart are one act, such as a form with many statements:
    nobody knows how long each was read, so they are not timed. Nor is a person's first.
    """
    shown = np.full(len(person), np.nan)
    if len(person) < 2:
        return shown
    order = np.lexsort((when, person))
    who, at = person[order], when[order]
    follows = who[1:] == who[:-1]
    gap = np.diff(at)
    joined = follows & (gap <= TOGETHER)
    alone = np.ones(len(who), dtype=np.bool_)
    alone[1:] &= ~joined
    alone[:-1] &= ~joined
    timed = np.flatnonzero(follows & alone[1:]) + 1
    shown[order[timed]] = at[timed - 1]
    return shown


def too_fast(
    person: Ints, statement: Ints, when: Floats, shown: Floats, words: Ints, people: int
) -> tuple[Ints, Ints, Bools]:
    """For each person (n): votes faster than reading, timed votes, and whether they are flagged.

    `words` (C) are words of each statement. A vote is too fast below words / 12 seconds, and never above half a
    second less: twice the speed of the fastest readers, and above that of speech from a screen reader. A
    person is flagged with at least 10 such votes that are at least half of their timed ones. Only the first
    vote of a person on a statement is timed: who votes again has read it.
    """
    cell = person.astype(np.int64) * max(len(words), 1) + statement
    order = np.lexsort((when, cell))
    is_first = np.ones(len(cell), dtype=np.bool_)
    is_first[order[1:]] = cell[order[1:]] != cell[order[:-1]]
    timed = is_first & np.isfinite(shown)
    least = np.maximum(LEAST_SECONDS, words / WORDS_A_SECOND)
    quick = timed & (when - shown < least[statement])
    fast = np.bincount(person[quick], minlength=people)
    of = np.bincount(person[timed], minlength=people)
    return fast, of, (fast >= LEAST_FAST) & (2 * fast >= of)
