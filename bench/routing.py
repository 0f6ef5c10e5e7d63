"""The choice of the next statement on conversations of known truth: ours, uniform, and Polis' priority.

`python -m bench.routing` prints one JSON object.
"""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.routing import GroupTally, RoutingNumbers
from bench.simulated import simulate
from deliberation.routing import Candidate, choose_next, expected_gain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STARVED = 0.25
"""A statement starves when it got less than this part of the votes that an even spread would give it."""

NOT_ASKED = 9
"""A cell of the votes where nobody was asked."""

WRONG_GROUP = 0.15
"""Part of the people whom a snapshot of the simulation puts in another group."""


@dataclass
class Talk:
    """A conversation under way: its truth, and the votes so far (n x C)."""

    truth: Ints
    p_agree: Floats
    would_say: Ints
    born: Ints
    votes: Ints
    agree: Ints = field(init=False)
    seen: Ints = field(init=False)

    def __post_init__(self) -> None:
        groups, statements = self.p_agree.shape
        self.agree = np.zeros((groups, statements), dtype=np.int64)
        self.seen = np.zeros((groups, statements), dtype=np.int64)

    def ask(self, person: int, statement: int) -> None:
        """The person votes as they would have whenever asked."""
        vote = self.would_say[person, statement]
        self.votes[person, statement] = vote
        self.seen[self.truth[person], statement] += 1
        self.agree[self.truth[person], statement] += vote == 1


class Way(Protocol):
    """A way of choosing. A visit begins with the person and the statements that are there by then."""

    def begin(self, talk: Talk, visit: int, person: int, there: list[int]) -> None:
        """Takes note of how things stand."""

    def choose(self, voted: set[int]) -> int:
        """The next statement for the person of this visit."""


def measure(
    *,
    seeds: Sequence[int] = range(20),
    people: int = 500,
    statements: int = 80,
    groups: int = 2,
    late: float = 0.0,
    visits: int = 1,
    votes_each: float = 16.0,
) -> dict[str, Any]:
    """Medians over the seeds for each way of choosing, all at equal votes of the same people.

    `late` is the part of the statements that arrive one by one while people vote; everybody comes `visits`
    times and casts `votes_each` votes on average, heavy-tailed. Keys by way: rmse (of add-one group approval against
    the truth), fewest (votes on any statement), starved (statements, the most over the seeds), and beats_polis
    (part of the seeds with a smaller rmse than Polis' priority).
    """
    found: dict[str, list[tuple[float, int, int]]] = {}
    for seed in seeds:
        rows = run(
            people=people,
            statements=statements,
            groups=groups,
            late=late,
            visits=visits,
            seed=seed,
            votes_each=votes_each,
        )
        for name, row in rows.items():
            found.setdefault(name, []).append(row)
    polis = [row[0] for row in found["polis"]]
    return {
        name: {
            "rmse": round(statistics.median(row[0] for row in rows), 5),
            "fewest": statistics.median(row[1] for row in rows),
            "starved": max(row[2] for row in rows),
            "beats_polis": sum(row[0] < other for row, other in zip(rows, polis, strict=True)) / len(rows),
        }
        for name, rows in found.items()
    }


def run(
    *, people: int, statements: int, groups: int, late: float, visits: int, seed: int, votes_each: float
) -> dict[str, tuple[float, int, int]]:
    """One conversation, voted on once for each way of choosing: (rmse, fewest votes, statements starved)."""
    truth = simulate(people=people, statements=statements, groups=groups, seed=seed)
    rng = np.random.default_rng(np.random.SeedSequence(seed).spawn(1)[0])
    draw = rng.random((people, statements))
    yes, no = truth.p_agree[truth.truth], truth.p_disagree[truth.truth]
    would_say = np.where(draw < yes, 1, np.where(draw < yes + no, -1, 0))
    effort = rng.lognormal(0, 0.8, people)
    wanted = np.clip(np.round(votes_each * effort / effort.mean()), 1, statements).astype(np.int64)
    born = np.where(rng.random(statements) < late, rng.integers(0, people * visits * 3 // 4, statements), 0)
    label = np.where(rng.random(people) < WRONG_GROUP, rng.integers(groups, size=people), truth.truth)
    ways: dict[str, Way] = {
        "uniform": Uniform(seed),
        "polis": Polis(seed),
        "ours_no_groups": Ours(seed),
        "ours_snapshots": OursWithSnapshots(seed, label, groups),
        "ours_known_groups": OursKnowingGroups(seed),
    }
    found = {}
    for name, way in ways.items():
        talk = Talk(truth.truth, truth.p_agree, would_say, born, np.full((people, statements), NOT_ASKED))
        _hold(talk, wanted, visits, way)
        found[name] = _judge(talk, people * visits)
    return found


def _hold(talk: Talk, wanted: Ints, visits: int, way: Way) -> None:
    """People come one after another in the order of their rows, which goes with nothing; then all come again."""
    for visit in range(len(wanted) * visits):
        turn, person = divmod(visit, len(wanted))
        there = np.flatnonzero(talk.born <= visit).tolist()
        voted = set(np.flatnonzero(talk.votes[person] != NOT_ASKED).tolist())
        way.begin(talk, visit, person, there)
        size = int(wanted[person]) * (turn + 1) // visits - int(wanted[person]) * turn // visits
        for _ in range(min(size, len(there) - len(voted))):
            chosen = way.choose(voted)
            talk.ask(person, chosen)
            voted.add(chosen)


def _judge(talk: Talk, visits: int) -> tuple[float, int, int]:
    error = (talk.agree + 1) / (talk.seen + 2) - talk.p_agree
    total = talk.seen.sum(axis=0)
    present = 1 - talk.born / visits
    even = total.sum() * present / present.sum()
    return float(np.sqrt(np.mean(error**2))), int(total.min()), int((total < STARVED * even).sum())


class Uniform:
    """Each statement left has the same chance."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)

    def begin(self, talk: Talk, visit: int, person: int, there: list[int]) -> None:
        """Takes note of what is there."""
        self.there = there

    def choose(self, voted: set[int]) -> int:
        """One of those left."""
        return self.rng.choice([j for j in self.there if j not in voted])


class Polis(Uniform):
    """Polis' priority (A10 of the reference), reckoned anew at every tenth visit."""

    priority: Floats = np.ones(0)

    def begin(self, talk: Talk, visit: int, person: int, there: list[int]) -> None:
        """Reckons the priorities from all votes so far."""
        super().begin(talk, visit, person, there)
        if visit % 10 == 0:
            self.priority = polis_priority(talk.votes)

    def choose(self, voted: set[int]) -> int:
        """One of those left, in proportion to priority."""
        left = [j for j in self.there if j not in voted]
        return self.rng.choices(left, weights=self.priority[left].tolist())[0]


class Ours:
    """The rule without any group: only how often each statement was shown.

    Candidates are made once a visit: a person's own votes change nothing for the statements that are left to them.
    """

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.known: list[Candidate] = []

    def begin(self, talk: Talk, visit: int, person: int, there: list[int]) -> None:
        """Gives each statement its numbers."""
        total = talk.seen.sum(axis=0).tolist()
        self.known = [Candidate(j, False, total[j], self.gain(talk, person, j, total[j])) for j in there]

    def choose(self, voted: set[int]) -> int:
        """What the rule says."""
        chosen = choose_next(self.known, voted, self.rng)
        assert chosen is not None
        return chosen[0]

    def gain(self, talk: Talk, person: int, statement: int, times_seen: int) -> float | None:
        """What a vote teaches; None leaves it to the number of times seen."""
        return None


class OursKnowingGroups(Ours):
    """The rule where everybody's group and its votes up to now are known."""

    def gain(self, talk: Talk, person: int, statement: int, times_seen: int) -> float | None:
        """By the counts of the person's group."""
        group = talk.truth[person]
        return expected_gain([(1.0, int(talk.agree[group, statement]), int(talk.seen[group, statement]))])


class OursWithSnapshots(Ours):
    """The rule as the app has it: groups, some of them wrong, and counts of a snapshot at every 50th visit.

    Whoever comes for the first time after the snapshot is in no group yet.
    """

    def __init__(self, seed: int, label: Ints, groups: int) -> None:
        super().__init__(seed)
        self.label, self.groups = label, groups
        self.numbers: RoutingNumbers | None = None

    def begin(self, talk: Talk, visit: int, person: int, there: list[int]) -> None:
        """Takes a snapshot when it is time."""
        if visit and visit % 50 == 0:
            self.numbers = self._snapshot(talk.votes)
        super().begin(talk, visit, person, there)

    def gain(self, talk: Talk, person: int, statement: int, times_seen: int) -> float | None:
        """By the snapshot, and how often the statement was shown by now."""
        return None if self.numbers is None else self.numbers.gain(person, statement, times_seen)

    def _snapshot(self, votes: Ints) -> RoutingNumbers:
        seen = votes != NOT_ASKED
        here = np.flatnonzero(seen.any(axis=1))
        mine = [here[self.label[here] == g] for g in range(self.groups)]
        agrees = [(votes[who] == 1).sum(axis=0).tolist() for who in mine]
        seens = [seen[who].sum(axis=0).tolist() for who in mine]
        return RoutingNumbers(
            group_of={int(one): int(self.label[one]) for one in here},
            shares=tuple(len(who) / len(here) for who in mine),
            tallies={
                j: GroupTally(sum(s[j] for s in seens), tuple((a[j], s[j]) for a, s in zip(agrees, seens, strict=True)))
                for j in range(votes.shape[1])
            },
        )


def polis_priority(votes: Ints) -> Floats:
    """A10 with the extremity of A4 (C), counts of people with 7 or more votes."""
    seen = votes != NOT_ASKED
    statements = seen.shape[1]
    x = np.where(seen, votes, 0)
    mean = x.sum(axis=0) / np.maximum(1, seen.sum(axis=0))
    centred = np.where(seen, x - mean, 0.0)[seen.any(axis=1)]
    _, vectors = np.linalg.eigh(centred.T @ centred)
    extremity = np.sqrt(statements) * (1 - mean) * np.hypot(vectors[:, -1], vectors[:, -2])
    grouped = seen.sum(axis=1) >= min(7, statements)
    a, s = (x[grouped] == 1).sum(axis=0), seen[grouped].sum(axis=0)
    passes = (seen & (x == 0))[grouped].sum(axis=0)
    importance = (1 - (passes + 1) / (s + 2)) * (1 + extremity) * (a + 1) / (s + 2)
    priority: Floats = (importance * (1 + 8 * 2.0 ** (-s / 5))) ** 2
    filled: Floats = np.where(priority == 0, 1.0, priority)
    return filled


def main() -> None:
    """The figures of docs/methods/next-statement.md."""
    found = {
        f"{groups} groups, {late:.0%} late, {visits} visits": measure(groups=groups, late=late, visits=visits)
        for groups in (2, 3)
        for late in (0.0, 0.7)
        for visits in (1, 2)
    }
    json.dump(found, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
