"""Numbers from which the rule of the next statement reckons: who is in which group, and each group's votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.agreement import Counts
from analysis.frames import Id
from analysis.matrix import Floats
from deliberation.routing import expected_gain


@dataclass(frozen=True)
class GroupTally:
    """One statement in a snapshot: votes of everybody, and (agrees, votes with passes) of each group."""

    seen: int
    groups: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class RoutingNumbers:
    """What a snapshot knows for the choice of the next statement.

    `group_of` gives the place of a participant's group, `shares` (summing to 1) each group's part of all grouped
    people, `tallies` the statements.
    """

    group_of: Mapping[Id, int]
    shares: tuple[float, ...]
    tallies: Mapping[Id, GroupTally]

    def gain(self, participant: Id, statement: Id, times_seen: int) -> float:
        """What one more vote of this person on the statement is expected to teach.

        Somebody in no group may be in any, with the chance of its share. Votes cast since the snapshot are reckoned
        from `times_seen` and spread over groups by their shares, agreement as it stood.
        """
        tally = self.tallies.get(statement, GroupTally(0, ((0, 0),) * len(self.shares)))
        newer = max(0, times_seen - tally.seen)
        own = self.group_of.get(participant)
        return expected_gain(
            (share if own is None else float(own == place), *_grown(agree, seen, newer * share))
            for place, (share, (agree, seen)) in enumerate(zip(self.shares, tally.groups, strict=True))
        )


def routing_numbers(result: Mapping[str, Any]) -> RoutingNumbers | None:
    """Numbers of a snapshot's plain result (`snapshot.to_plain`); None where it found fewer than two groups.

    Groups are ordered by their labels.
    """
    grouped = {one["id"]: one["group"] for one in result["participants"] if one["group"] is not None}
    labels = sorted(set(grouped.values()))
    if len(labels) < 2:
        return None
    place = {label: number for number, label in enumerate(labels)}
    sizes = [0] * len(labels)
    for label in grouped.values():
        sizes[place[label]] += 1
    tallies = {}
    for one in result["statements"]:
        by_group = {group["group"]: (group["agree"], group["seen"]) for group in one["by_group"]}
        tallies[one["id"]] = GroupTally(one["seen"], tuple(by_group.get(label, (0, 0)) for label in labels))
    return RoutingNumbers(
        group_of={person: place[label] for person, label in grouped.items()},
        shares=tuple(size / len(grouped) for size in sizes),
        tallies=tallies,
    )


def vote_gains(counts: Counts) -> Floats:
    """`deliberation.routing.vote_gain` for each group and statement at once (G x C)."""
    p = (counts.agree + 1.0) / (counts.seen + 2.0)
    gains: Floats = p * (1 - p) / np.square(counts.seen + 3.0)
    return gains


def _grown(agree: int, seen: int, newer: float) -> tuple[float, float]:
    """Counts with `newer` votes more, agreeing as those before (add-one)."""
    return agree + newer * (agree + 1) / (seen + 2), seen + newer
