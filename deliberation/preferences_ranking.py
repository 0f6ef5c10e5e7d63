"""Rankings with ties: the pairwise table, the option that beats each other one, Schulze's order, and plain counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Ranking = Mapping[str, int]
"""Option -> place; 1 is best and equal places are ties. What is left out stands below all ranked, tied among itself."""


@dataclass(frozen=True)
class OptionCounts:
    """One option in plain numbers.

    `first` people put it first, `first_alone` of them nothing beside it; `mean_place` is its place on average over
    everybody who ranked anything (None without anybody); tied options share the middle of their places.
    """

    first: int
    first_alone: int
    mean_place: Fraction | None


@dataclass(frozen=True)
class RankingResult:
    """All views of one set of rankings. A dialogue advises and does not elect: more than one rule is shown.

    Attributes:
        options: as given.
        voters: rankings that put at least one option in a place.
        above: (a, b) -> how many put a strictly above b.
        condorcet: the option that more people put above each other one than below it; None if there is none.
        weak_condorcet: options that lose to no other (level with some); holds `condorcet` if there is one.
        beats: pairs (a, b) where a stands before b by Schulze's widest paths over winning votes.
        order: Schulze's order, best first; options in one set are level.
        counts: plain counts of each option.
    """

    options: tuple[str, ...]
    voters: int
    above: Mapping[tuple[str, str], int]
    condorcet: str | None
    weak_condorcet: tuple[str, ...]
    beats: frozenset[tuple[str, str]]
    order: tuple[frozenset[str], ...]
    counts: Mapping[str, OptionCounts]


def count_rankings(options: Sequence[str], rankings: Sequence[Ranking]) -> RankingResult:
    """Every view of the rankings; places of unknown options are ignored.

    The result does not depend on who ranked what in which order, nor on the order of the options.
    """
    known = set(options)
    cast = [{key: place for key, place in one.items() if key in known} for one in rankings]
    cast = [one for one in cast if one]
    above = pairwise(options, cast)
    beats = schulze(options, above)
    return RankingResult(
        options=tuple(options),
        voters=len(cast),
        above=above,
        condorcet=condorcet_winner(options, above) if cast else None,
        weak_condorcet=weak_condorcet_winners(options, above) if cast else (),
        beats=beats,
        order=layers(options, beats),
        counts=_plain_counts(options, cast),
    )


def pairwise(options: Sequence[str], rankings: Sequence[Ranking]) -> dict[tuple[str, str], int]:
    """(a, b) -> how many rank a strictly above b, for every pair of different options."""
    table = {(a, b): 0 for a in options for b in options if a != b}
    below_all = len(options) + max((max(one.values(), default=0) for one in rankings), default=0) + 1
    for one in rankings:
        places = {key: one.get(key, below_all) for key in options}
        for a, b in table:
            table[a, b] += places[a] < places[b]
    return table


def condorcet_winner(options: Sequence[str], above: Mapping[tuple[str, str], int]) -> str | None:
    """The option that wins against each other one, if there is one."""
    for a in options:
        if all(above[a, b] > above[b, a] for b in options if b != a):
            return a
    return None


def weak_condorcet_winners(options: Sequence[str], above: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    """Options that lose to no other one, in the order given."""
    return tuple(a for a in options if all(above[a, b] >= above[b, a] for b in options if b != a))


def schulze(options: Sequence[str], above: Mapping[tuple[str, str], int]) -> frozenset[tuple[str, str]]:
    """Pairs (a, b) where the widest path from a to b is wider than the one back (winning votes; Schulze 2011)."""
    width = {(a, b): above[a, b] if above[a, b] > above[b, a] else 0 for a, b in above}
    for middle in options:
        for a in options:
            for b in options:
                if len({a, b, middle}) == 3:
                    through = min(width[a, middle], width[middle, b])
                    width[a, b] = max(width[a, b], through)
    return frozenset(pair for pair in width if width[pair] > width[pair[1], pair[0]])


def layers(options: Sequence[str], beats: frozenset[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """The order as sets of level options: those that nothing beats, then those that nothing left beats, and so on."""
    left, order = set(options), []
    while left:
        best = frozenset(b for b in left if not any((a, b) in beats for a in left))
        order.append(best)
        left -= best
    return tuple(order)


def _plain_counts(options: Sequence[str], rankings: Sequence[Ranking]) -> dict[str, OptionCounts]:
    tops = [{key for key, place in one.items() if place == min(one.values())} for one in rankings]
    sums = {key: Fraction(0) for key in options}
    for one in rankings:
        for key, place in _middle_places(options, one).items():
            sums[key] += place
    return {
        key: OptionCounts(
            first=sum(key in top for top in tops),
            first_alone=sum(top == {key} for top in tops),
            mean_place=sums[key] / len(rankings) if rankings else None,
        )
        for key in options
    }


def _middle_places(options: Sequence[str], ranking: Ranking) -> dict[str, Fraction]:
    """The place of each option in one ranking, tied ones in the middle of the places they take up together."""
    below_all = max(ranking.values(), default=0) + 1
    places = [ranking.get(key, below_all) for key in options]
    found = {}
    for key, place in zip(options, places, strict=True):
        before = sum(other < place for other in places)
        found[key] = before + Fraction(places.count(place) + 1, 2)
    return found
