"""Dots: the plain count, and the method of equal shares in exact fractions, with and without costs, ties told."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MOST_STATES = 2_000
"""How many ways of breaking ties are followed before the list of tied sets is called incomplete."""

Ballot = frozenset[str]


class Rule(StrEnum):
    """Which rule filled a seat."""

    EQUAL_SHARES = "equal_shares"
    SEQ_PHRAGMEN = "seq_phragmen"


@dataclass(frozen=True)
class Seat:
    """One chosen option, the rule that chose it, and what was level with it (itself not among them)."""

    option: str
    rule: Rule
    tied: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """What equal shares chooses.

    Attributes:
        seats: one view, with ties broken by the order of the options (drawn by lot before people answered). Shorter
            than asked for when nothing else has a supporter.
        sets: every set that some way of breaking the ties leads to.
        is_complete: whether `sets` holds them all; False where there are too many to follow.
    """

    seats: tuple[Seat, ...]
    sets: frozenset[frozenset[str]]
    is_complete: bool

    @property
    def is_tied(self) -> bool:
        """Whether ties lead to more than one set."""
        return len(self.sets) > 1

    @property
    def surely(self) -> frozenset[str]:
        """Options in every set."""
        return frozenset.intersection(*self.sets) if self.sets else frozenset()

    @property
    def maybe(self) -> frozenset[str]:
        """Options in some sets and not in others."""
        return frozenset().union(*self.sets) - self.surely


@dataclass(frozen=True)
class _State:
    """A stage on the way: what is chosen, what each kind of ballot still holds, and whether people only wait now."""

    chosen: frozenset[str]
    purses: tuple[Fraction, ...]
    is_waiting: bool = False


def count_dots(options: Sequence[str], ballots: Iterable[Collection[str]]) -> dict[str, int]:
    """Option -> how many ballots hold it."""
    found = Counter(key for ballot in ballots for key in set(ballot))
    return {key: found[key] for key in options}


def equal_shares(
    options: Sequence[str], ballots: Iterable[Collection[str]], seats: int, *, most_states: int = MOST_STATES
) -> Chosen:
    """`seats` options so that each person's dots count equally.

    Everybody who gave a dot holds seats/n; an option costs 1 and is paid by its supporters, as evenly as they can.
    Next comes the one for which the most that anybody pays is least (Peters and Skowron 2020). Seats that nobody
    can pay are filled by sequential Phragmen, people keeping what they have left (Lackner and Skowron 2023).

    Args:
        options: in the order by which `Chosen.seats` breaks ties.
    """
    kinds = _kinds(options, ballots)
    people = sum(kinds.values())
    if not people or seats < 1:
        return Chosen((), frozenset({frozenset()}), True)
    start = _State(frozenset(), (Fraction(seats, people),) * len(kinds))
    costs = dict.fromkeys(options, Fraction(1))
    way = _one_way(options, kinds, costs, start, seats)
    sets, is_complete = _all_ways(options, kinds, costs, start, seats, most_states)
    return Chosen(tuple(way), sets, is_complete)


def equal_shares_with_costs(
    costs: Mapping[str, int | Fraction], ballots: Iterable[Collection[str]], budget: int | Fraction,
    *, is_completed: bool = True, steps: int = 100,
) -> tuple[str, ...]:  # fmt: skip
    """Options that fit into the budget, each person's share of it counting equally; worth is what an option costs.

    Ties go to the option that comes first in `costs`. With `is_completed`, everybody's share is raised by one
    hundredth of the budget (`1/steps`) at a time, until the next raise would choose more than the budget pays for.
    """
    kinds = _kinds(tuple(costs), ballots)
    people = sum(kinds.values())
    if not people:
        return ()
    whole = {key: Fraction(cost) for key, cost in costs.items()}
    chosen: tuple[str, ...] = ()
    for raised in range(20 * steps if is_completed else 1):
        share = Fraction(budget) * (1 + Fraction(raised, steps)) / people
        start = _State(frozenset(), (share,) * len(kinds))
        found = [seat.option for seat in _one_way(tuple(costs), kinds, whole, start, len(whole), Rule.EQUAL_SHARES)]
        if sum(whole[key] for key in found) > budget:
            break
        chosen = tuple(found)
        if not any(sum(whole[key] for key in (*found, more)) <= budget for more in whole if more not in found):
            break
    return chosen


def greedy_with_costs(
    costs: Mapping[str, int | Fraction], ballots: Iterable[Collection[str]], budget: int | Fraction
) -> tuple[str, ...]:
    """The options with most dots, one after another, each if it still fits; ties to the one that comes first."""
    counts = count_dots(tuple(costs), ballots)
    chosen: list[str] = []
    left = Fraction(budget)
    for key in sorted(costs, key=lambda one: -counts[one]):
        if counts[key] and costs[key] <= left:
            chosen.append(key)
            left -= Fraction(costs[key])
    return tuple(chosen)


def _kinds(options: Sequence[str], ballots: Iterable[Collection[str]]) -> dict[Ballot, int]:
    """Ballots with the same dots are one kind: people alike hold alike at every moment. Empty ones hold nothing."""
    known = frozenset(options)
    found = Counter(frozenset(ballot) & known for ballot in ballots)
    return {ballot: found[ballot] for ballot in sorted(found, key=sorted) if ballot}


def _one_way(
    options: Sequence[str], kinds: Mapping[Ballot, int], costs: Mapping[str, Fraction], state: _State, seats: int,
    only: Rule | None = None,
) -> list[Seat]:  # fmt: skip
    """Seats one after another, ties to the option that comes first in `options`."""
    way: list[Seat] = []
    while len(way) < seats:
        rule, level = _next(options, kinds, costs, state)
        if not level or (only and rule is not only):
            break
        option = next(iter(level))
        way.append(Seat(option, rule, tuple(key for key in level if key != option)))
        state = _pay(kinds, state, option, level[option], rule)
    return way


def _all_ways(
    options: Sequence[str], kinds: Mapping[Ballot, int], costs: Mapping[str, Fraction], start: _State, seats: int,
    most: int,
) -> tuple[frozenset[frozenset[str]], bool]:  # fmt: skip
    """Every set that can come out, and whether all ways were followed."""
    found, seen, waiting = set(), {start}, [start]
    while waiting:
        state = waiting.pop()
        rule, level = _next(options, kinds, costs, state) if len(state.chosen) < seats else (Rule.EQUAL_SHARES, {})
        if not level:
            found.add(state.chosen)
        for option, price in level.items():
            after = _pay(kinds, state, option, price, rule)
            if after not in seen:
                if len(seen) >= most:
                    return frozenset(found), False
                seen.add(after)
                waiting.append(after)
    return frozenset(found), True


def _next(
    options: Sequence[str], kinds: Mapping[Ballot, int], costs: Mapping[str, Fraction], state: _State
) -> tuple[Rule, dict[str, Fraction]]:
    """The options that come next with the same right, with what a full payer pays (or when, once people wait)."""
    left = [key for key in options if key not in state.chosen]
    if not state.is_waiting:
        prices = {key: _price(kinds, state.purses, key, costs[key]) for key in left}
        able = {key: price for key, price in prices.items() if price is not None}
        if able:
            least = min(price / costs[key] for key, price in able.items())
            return Rule.EQUAL_SHARES, {key: price for key, price in able.items() if price / costs[key] == least}
    times = {key: _time(kinds, state.purses, key) for key in left}
    known = {key: time for key, time in times.items() if time is not None}
    soonest = min(known.values(), default=None)
    return Rule.SEQ_PHRAGMEN, {key: time for key, time in known.items() if time == soonest}


def _price(
    kinds: Mapping[Ballot, int], purses: Sequence[Fraction], option: str, cost: Fraction
) -> Fraction | None:
    """The least p with sum of min(purse, p) over supporters = cost; None where they cannot pay."""
    pairs = zip(kinds.items(), purses, strict=True)
    held = sorted((purse, many) for (ballot, many), purse in pairs if option in ballot)
    payers = sum(many for _, many in held)
    to_pay = cost
    for purse, many in held:
        if purse * payers >= to_pay:
            return to_pay / payers
        to_pay -= purse * many
        payers -= many
    return None


def _time(kinds: Mapping[Ballot, int], purses: Sequence[Fraction], option: str) -> Fraction | None:
    """When supporters can pay 1 together, everybody earning alike from what they hold now; None without supporters."""
    held = [(purse, many) for (ballot, many), purse in zip(kinds.items(), purses, strict=True) if option in ballot]
    people = sum(many for _, many in held)
    return (1 - sum((purse * many for purse, many in held), Fraction(0))) / people if people else None


def _pay(kinds: Mapping[Ballot, int], state: _State, option: str, price: Fraction, rule: Rule) -> _State:
    """The state after the option is chosen: while waiting, supporters start again from minus the time of buying."""
    if rule is Rule.EQUAL_SHARES:
        after = (
            purse - min(purse, price) if option in ballot else purse
            for ballot, purse in zip(kinds, state.purses, strict=True)
        )
    else:
        after = (-price if option in ballot else purse for ballot, purse in zip(kinds, state.purses, strict=True))
    return _State(state.chosen | {option}, tuple(after), rule is Rule.SEQ_PHRAGMEN)
