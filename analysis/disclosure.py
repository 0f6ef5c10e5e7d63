"""The one disclosure rule: which counts of a split may be shown, so that nobody is singled out by subtraction."""

from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN = None
"""What stands in place of a count that is not shown."""


@dataclass(frozen=True)
class DisclosureRule:
    """A dialogue's setting: counts from 1 to `least - 1` are hidden, others rounded to `step`.

    Totals of the whole dialogue are exact once `base` people or more are counted.
    """

    least: int = 5
    step: int = 5
    base: int = 20

    def __post_init__(self) -> None:
        if self.least < 1 or self.step < 1 or self.base < 0:
            raise ValueError("a disclosure rule needs least >= 1, step >= 1 and base >= 0")


STANDARD = DisclosureRule()


def shown_total(count: int, base: int, rule: DisclosureRule = STANDARD) -> int | None:
    """A total over everybody of `base` people: exact from rule.base, else as a part of a split would be."""
    _check((count, base))
    return count if base >= rule.base else _shown(count, rule)


def shown_split(
    counts: Sequence[int], rule: DisclosureRule = STANDARD, *, total_is_known: bool = True
) -> tuple[int | None, ...]:
    """The counts of one split as they may be shown: rounded, or None where hidden. Zero is shown as 0.

    Where the exact total is known too, further counts are hidden, the smallest first, until no hidden one can
    be told from the others to within one.
    """
    _check(counts)
    shown = [_shown(count, rule) for count in counts]
    if not total_is_known:
        return tuple(shown)
    first = [i for i, value in enumerate(shown) if value is HIDDEN]
    while any(value is HIDDEN for value in shown) and not _is_safe(shown, first, sum(counts), rule):
        open_cells = [i for i, value in enumerate(shown) if value is not HIDDEN]
        if not open_cells:
            break
        shown[min(open_cells, key=lambda i: (counts[i] == 0, counts[i], i))] = HIDDEN
    return tuple(shown)


def _shown(count: int, rule: DisclosureRule) -> int | None:
    if 0 < count < rule.least:
        return HIDDEN
    return (count + rule.step // 2) // rule.step * rule.step


def _is_safe(shown: Sequence[int | None], first: Sequence[int], total: int, rule: DisclosureRule) -> bool:
    """Whether each hidden count keeps three possible values or more for somebody who knows all the rest."""
    hidden = [i for i, value in enumerate(shown) if value is HIDDEN]
    lows, highs = [], []
    for value in shown:
        low, high = _range(value, total, rule)
        # Nothing but small counts hidden: a reader of the rule knows that each lies below `least`.
        if value is HIDDEN and len(hidden) == len(first):
            low, high = 1, min(high, rule.least - 1)
        lows.append(low)
        highs.append(high)
    for i in hidden:
        least = max(lows[i], total - (sum(highs) - highs[i]))
        most = min(highs[i], total - (sum(lows) - lows[i]))
        if most - least < 2:
            return False
    return True


def _range(value: int | None, total: int, rule: DisclosureRule) -> tuple[int, int]:
    """Counts that would be shown as `value`."""
    if value is HIDDEN:
        return 0, total
    if value == 0:
        return 0, 0
    below = rule.step // 2
    return max(rule.least, value - below), value + rule.step - 1 - below


def _check(counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("counts cannot be negative")
