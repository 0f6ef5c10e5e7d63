"""Reasons beside a vote: chips that a stage offers, and which of them were chosen."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.voting import Position

CHIP_LIMIT = 60
"""Characters of one chip: it has to fit a button on a phone."""
CHIPS = 6
"""At most so many for a position: more are a questionnaire."""
WITH_CHIPS = (Position.AGREE, Position.DISAGREE)
"""A pass has four reasons of its own (`voting.PassReason`)."""


def checked_chips(wanted: Mapping[Position, Iterable[str]]) -> dict[str, list[str]]:
    """Chips as a stage keeps them: position -> words, without blanks and repeats.

    Raises:
        RuleError: `too_many_chips` or `chip_too_long`, with the position they are for.
    """
    kept = {}
    for position in WITH_CHIPS:
        words = list(dict.fromkeys(one.strip() for one in wanted.get(position, ()) if one.strip()))
        if len(words) > CHIPS:
            raise RuleError("too_many_chips", limit=CHIPS, position=int(position))
        long = next((one for one in words if len(one) > CHIP_LIMIT), None)
        if long is not None:
            raise RuleError("chip_too_long", limit=CHIP_LIMIT, chip=long, position=int(position))
        kept[str(int(position))] = words
    return kept


def chosen_chips(sent: Sequence[str], offered: Sequence[str]) -> list[str]:
    """The chips that were sent and are offered, in the order of the offer; others are passed over."""
    return [one for one in offered if one in sent]


class UsualChip(StrEnum):
    """Chips that a stage offers unless its facilitator wrote others. Kept by name, so that each language counts."""

    FAIR = "usual_fair"
    SAFE = "usual_safe"
    HELPS = "usual_helps"
    WORKS = "usual_works"
    LIVED = "usual_lived"
    UNFAIR = "usual_unfair"
    RISKY = "usual_risky"
    SLOWS = "usual_slows"
    FAILS = "usual_fails"
    TOO_FAR = "usual_too_far"
    NOT_ENOUGH = "usual_not_enough"


USUAL_CHIPS = {
    Position.AGREE: (UsualChip.FAIR, UsualChip.SAFE, UsualChip.HELPS, UsualChip.WORKS, UsualChip.LIVED),
    Position.DISAGREE: (
        UsualChip.UNFAIR, UsualChip.RISKY, UsualChip.SLOWS, UsualChip.FAILS, UsualChip.TOO_FAR, UsualChip.NOT_ENOUGH,
    ),
}  # fmt: skip


def offered_chips(kept: Mapping[str, Sequence[str]] | None, position: Position) -> tuple[str, ...]:
    """What a stage offers for a position: its own chips, or the usual ones where it keeps none (None)."""
    if position not in WITH_CHIPS:
        return ()
    return tuple(kept.get(str(int(position)), ()) if kept is not None else USUAL_CHIPS[position])
