"""Opinion groups: who is grouped, into how many groups, and whether the votes hold groups at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from analysis.chance import cloud, dealer
from analysis.components import LOOSE, OpinionMap, leading_components, project
from analysis.frames import Id
from analysis.kmeans import Partition, base_points, best_partition, pairwise, refined, silhouette
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix, centred, column_means

MAX_TESTED_PEOPLE = 2000
"""Above this many people, the test against chance is made on a seeded draw of so many."""
NULL_STARTS = 3


class Verdict(StrEnum):
    """What the votes say about opinion groups."""

    GROUPS = "groups"
    AXIS_ONLY = "axis_only"
    ONE_GROUP = "one_group"
    TOO_FEW = "too_few"
    GIVEN = "given"
    UNTESTED = "untested"


@dataclass(frozen=True)
class Grouping:
    """Groups of n participants. `label` is n long: 0..G-1, or -1 for people in no group.

    `silhouettes` of each number tried, and what chance makes on average: `null_silhouette` when votes are dealt
    anew, `cloud_silhouette` for one cloud. The p values are shares of simulated votes that did as well (1.0 when
    not asked). Group 0 is the largest (tie: the smallest participant id).
    """

    label: Ints
    names: tuple[str, ...]
    verdict: Verdict
    silhouettes: tuple[tuple[int, float], ...] = ()
    null_silhouette: float = 0.0
    cloud_silhouette: float = 0.0
    axis_p: float = 1.0
    dealt_p: float = 1.0
    cloud_p: float = 1.0

    @property
    def groups_p(self) -> float:
        """The larger of the two p values that groups must pass."""
        return max(self.dealt_p, self.cloud_p)


def eligible(matrix: OpinionMatrix, *, min_votes: int, fill_to: int) -> Bools:
    """Who is grouped (n): at least min(min_votes, C) votes; below `fill_to` people the most active join.

    Source: opinion-analysis, A2. Ties in activity: the smaller id.
    """
    return eligible_by(
        matrix.votes_per_participant, len(matrix.statements), min_votes=min_votes, fill_to=fill_to
    )


def eligible_by(votes: Ints, statements: int, *, min_votes: int, fill_to: int) -> Bools:
    """The same from the number of votes of each participant (n)."""
    enough: Bools = votes >= max(1, min(min_votes, statements))
    if enough.sum() < fill_to:
        order = np.lexsort((np.arange(len(votes)), -votes))[:fill_to]
        enough[order[votes[order] > 0]] = True
    return enough


def find_groups(
    matrix: OpinionMatrix,
    placed: OpinionMap,
    who: Bools,
    *,
    seed: int,
    k: int | None = None,
    max_groups: int = 5,
    min_size: int = 5,
    starts: int = 20,
    permutations: int = 99,
    clouds: int = 199,
    levels: tuple[float, float] = (0.02, 0.03),
) -> Grouping:
    """The groups among `who` (n), or the answer that there are none.

    Partitions into 2..max_groups groups compete by silhouette (tie: fewer groups). They count only if first
    the main axis and then the silhouette do better than votes shuffled within each statement (`permutations`
    times), and the silhouette better than one cloud of people with axes as strong (`clouds` times), at the two
    `levels`. With `k` the number is given and the verdict is `given`; with no permutations it is `untested`. Without
    groups everybody in `who` is group A.
    Source: opinion-analysis, sections 5 and 7.
    """
    people = np.flatnonzero(who)
    none = Grouping(label=np.where(who, 0, -1), names=("A",) if len(people) else (), verdict=Verdict.TOO_FEW)
    if len(people) < 2 * min_size or (k is not None and k > len(people)):
        return none
    if placed.share[0] <= 0:
        return replace(none, verdict=Verdict.ONE_GROUP)
    streams = np.random.SeedSequence(seed).spawn(4)
    ks = range(2, max_groups + 1) if k is None else range(k, k + 1)
    tried = _try(placed.people[people], ks, starts, min_size, np.random.default_rng(streams[0]))
    found = tuple((number, score) for number, score, _ in tried)
    label, names = none.label, none.names
    if tried:
        number, _, rough = max(tried, key=lambda one: (round(one[1], 9), -one[0]))
        whole = np.full(len(who), -1, dtype=np.int64)
        whole[people] = _everybody(placed.people[people], rough, number, starts, min_size, streams[1])
        label, names = ordered(whole)
    if k is not None:
        return Grouping(label, names, Verdict.GIVEN, silhouettes=found) if tried else none
    if not permutations:
        return Grouping(label, names, Verdict.UNTESTED if tried else Verdict.ONE_GROUP, silhouettes=found)
    tested = _test(none, matrix, placed, who, ks, starts, min_size, permutations, clouds, levels, streams[2:])
    tested = replace(tested, silhouettes=found)
    return tested if tested.verdict is not Verdict.GROUPS else replace(tested, label=label, names=names)


def given_groups(matrix: OpinionMatrix, groups: Mapping[Id, str]) -> Grouping:
    """A grouping from outside, with its own names; people it does not name are in no group."""
    names = sorted({groups[one] for one in matrix.participants if one in groups})
    number = {name: place for place, name in enumerate(names)}
    label = np.array([number[groups[one]] if one in groups else -1 for one in matrix.participants], dtype=np.int64)
    renamed, titles = ordered(label, tuple(names))
    return Grouping(renamed, titles, Verdict.GIVEN)


def _try(
    points: Floats, ks: range, starts: int, min_size: int, rng: np.random.Generator
) -> list[tuple[int, float, Partition]]:
    """(k, silhouette, partition of the base points) for each k that has a partition without too small a group."""
    base = base_points(points)
    distances = pairwise(base.points)
    tried = []
    for k in ks:
        partition = best_partition(base.points, k, starts=starts, min_size=min_size, rng=rng, weight=base.weight)
        if partition is not None:
            tried.append((k, silhouette(distances, partition.labels, base.weight), partition))
    return tried


def _everybody(
    places: Floats, rough: Partition, k: int, starts: int, min_size: int, stream: np.random.SeedSequence
) -> Ints:
    """Labels of all people (m x 2): the best of many starts among the people themselves, not their base points.

    Of very many people, the starts are made on a seeded draw, and the best is refined on everybody.
    """
    rng = np.random.default_rng(stream)
    drawn = places
    if len(places) > MAX_TESTED_PEOPLE:
        drawn = places[np.sort(rng.choice(len(places), MAX_TESTED_PEOPLE, replace=False))]
    partition = best_partition(drawn, k, starts=starts, min_size=min_size, rng=rng) or rough
    return partition.labels if drawn is places and partition is not rough else refined(places, partition.centres)


def _test(
    none: Grouping,
    matrix: OpinionMatrix,
    placed: OpinionMap,
    who: Bools,
    ks: range,
    starts: int,
    min_size: int,
    permutations: int,
    clouds: int,
    levels: tuple[float, float],
    streams: list[np.random.SeedSequence],
) -> Grouping:
    """`none` with the verdict and what chance gives on the same seen cells; of very many people on a seeded draw."""
    rng = np.random.default_rng(streams[0])
    components, share = placed.components, placed.share
    if who.sum() > MAX_TESTED_PEOPLE:
        drawn = np.sort(rng.choice(np.flatnonzero(who), MAX_TESTED_PEOPLE, replace=False))
        matrix, who = matrix.of_people(drawn), np.ones(len(drawn), dtype=np.bool_)
        components, share = leading_components(centred(matrix, column_means(matrix)))

    own_means = column_means(matrix)

    def score(
        other: OpinionMatrix, rng: np.random.Generator, means: Floats, axes: Floats | None = None
    ) -> tuple[float, float]:
        votes = centred(other, means)
        shares, tries = share, starts
        if axes is None:
            (axes, shares), tries = leading_components(votes, tolerance=LOOSE), NULL_STARTS
        tried = _try(project(other, votes, axes)[who], ks, tries, min_size, rng)
        return float(shares[0]), max((found for _, found, _ in tried), default=0.0)

    real = score(matrix, rng, own_means, components)
    deal = dealer(matrix)
    dealt = np.array([score(deal.deal(matrix, rng), rng, own_means) for _ in range(permutations)])
    tested = replace(
        none,
        null_silhouette=float(dealt[:, 1].mean()),
        axis_p=_share_at_least(dealt[:, 0], real[0]),
        dealt_p=_share_at_least(dealt[:, 1], real[1]),
    )
    if tested.axis_p > levels[0] + 1e-12:
        return replace(tested, verdict=Verdict.ONE_GROUP)
    if tested.dealt_p > levels[0] + 1e-12 or not clouds:
        return replace(tested, verdict=Verdict.AXIS_ONLY)
    rng = np.random.default_rng(streams[1])
    one = cloud(matrix, components, share, rng)
    made: list[float] = []
    while _is_open(made, real[1], clouds, levels[1]):
        other = one.vote(matrix, rng)
        made.append(score(other, rng, column_means(other))[1])
    tested = replace(
        tested, cloud_silhouette=float(np.mean(made)), cloud_p=_share_at_least(np.array(made), real[1])
    )
    passed = tested.cloud_p <= levels[1] + 1e-12
    return replace(tested, verdict=Verdict.GROUPS if passed else Verdict.AXIS_ONLY)


def _is_open(made: list[float], observed: float, clouds: int, level: float) -> bool:
    """Whether more clouds are needed: not once too many did as well, nor when none of the first half did.

    The share so far is then the p value. Source: Besag and Clifford (1991), sequential Monte Carlo p values (citation
    not checked).
    """
    hits = sum(value >= observed - 1e-12 for value in made)
    if len(made) >= clouds or 1 + hits > level * (1 + clouds) + 1e-9:
        return False
    return hits > 0 or len(made) < clouds // 2


def _share_at_least(null: Floats, observed: float) -> float:
    """(1 + how many null values reach the observed one) / (1 + how many there are)."""
    return float((1 + (null >= observed - 1e-12).sum()) / (1 + len(null)))


def ordered(label: Ints, names: tuple[str, ...] | None = None) -> tuple[Ints, tuple[str, ...]]:
    """Groups by size, largest first (tie: the smallest participant), named A, B, ... unless named already."""
    found = [int(g) for g in np.unique(label[label >= 0])]
    order = sorted(found, key=lambda g: (-int((label == g).sum()), int(np.argmax(label == g))))
    place = np.full(max(found, default=0) + 2, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[label], tuple(letters(i) if names is None else names[g] for i, g in enumerate(order))


def letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
