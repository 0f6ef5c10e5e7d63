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

    Where the exact total is known too, the rounded counts may leave a hidden one hardly any room; then the
    whole split is hidden. Hiding only some more would tell a reader of this rule which ones were smallest.
    """
    _check(counts)
    shown = tuple(_shown(count, rule) for count in counts)
    if total_is_known and not _is_safe(shown, sum(counts), rule):
        return (HIDDEN,) * len(shown)
    return shown


def _shown(count: int, rule: DisclosureRule) -> int | None:
    if 0 < count < rule.least:
        return HIDDEN
    return (count + rule.step // 2) // rule.step * rule.step


def _is_safe(shown: Sequence[int | None], total: int, rule: DisclosureRule) -> bool:
    """Whether each hidden count keeps three possible values or more for somebody who knows all the rest."""
    ranges = [_range(value, rule) for value in shown]
    lowest, highest = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    for value, (low, high) in zip(shown, ranges, strict=True):
        if value is HIDDEN and min(high, total - lowest + low) - max(low, total - highest + high) < 2:
            return False
    return True


def _range(value: int | None, rule: DisclosureRule) -> tuple[int, int]:
    """Counts that would be shown as `value`."""
    if value is HIDDEN:
        return 1, rule.least - 1
    if value == 0:
        return 0, 0
    below = rule.step // 2
    return max(rule.least, value - below), value + rule.step - 1 - below


def _check(counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("counts cannot be negative")
