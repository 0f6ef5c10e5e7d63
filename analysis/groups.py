"""Opinion groups: who is grouped, into how many groups, and whether the votes hold groups at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from analysis.components import OpinionMap, leading_components, project
from analysis.frames import Id
from analysis.kmeans import Partition, best_partition, pairwise, silhouette
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix, centred, column_means

MAX_SILHOUETTE_POINTS = 600
"""The silhouette is taken on a seeded draw of at most so many people: distances grow with the square."""
MAX_FITTED_PEOPLE = 2000
"""Groups are looked for among at most so many drawn people; everybody else joins the nearest middle."""
NULL_STARTS = 4


class Verdict(StrEnum):
    """What the votes say about opinion groups."""

    GROUPS = "groups"
    AXIS_ONLY = "axis_only"
    ONE_GROUP = "one_group"
    TOO_FEW = "too_few"
    GIVEN = "given"


@dataclass(frozen=True)
class Grouping:
    """Groups of n participants. `label` is n long: 0..G-1, or -1 for people in no group.

    `silhouettes` and `null_silhouette` say how the number was chosen; the p values are shares of shuffled
    votes that did as well (1.0 when not asked). Group 0 is the largest (tie: the smallest participant id).
    """

    label: Ints
    names: tuple[str, ...]
    verdict: Verdict
    silhouettes: tuple[tuple[int, float], ...] = ()
    null_silhouette: float = 0.0
    groups_p: float = 1.0
    axis_p: float = 1.0


def eligible(matrix: OpinionMatrix, *, min_votes: int, fill_to: int) -> Bools:
    """Who is grouped (n): at least min(min_votes, C) votes; below `fill_to` people the most active join.

    Source: opinion-analysis, A2. Ties in activity: the smaller id.
    """
    votes = matrix.votes_per_participant
    enough: Bools = votes >= max(1, min(min_votes, len(matrix.statements)))
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
    permutations: int = 49,
    level: float = 0.02,
) -> Grouping:
    """The groups among `who` (n), or the answer that there are none.

    Partitions into 2..max_groups groups compete by silhouette (tie: fewer groups). They count only if first
    the main axis and then the silhouette do better than votes shuffled within each statement, and the
    silhouette better than one round cloud of the same spread, each at `level`. With `k` the number is given
    and the verdict is `given`. Without groups everybody in `who` is group A.
    Source: opinion-analysis, sections 5 and 7.
    """
    people = np.flatnonzero(who)
    none = Grouping(label=np.where(who, 0, -1), names=("A",) if len(people) else (), verdict=Verdict.TOO_FEW)
    if len(people) < 2 * min_size or (k is not None and k > len(people)):
        return none
    if placed.share[0] <= 0:
        return replace(none, verdict=Verdict.ONE_GROUP)
    streams = np.random.SeedSequence(seed).spawn(3)
    draw = np.random.default_rng(streams[0])
    core = people[_sample(len(people), MAX_FITTED_PEOPLE, draw)]
    sample = _sample(len(core), MAX_SILHOUETTE_POINTS, draw)
    ks = range(2, max_groups + 1) if k is None else range(k, k + 1)
    tried = _try(placed.people[core], sample, ks, starts, min_size, np.random.default_rng(streams[1]))
    found = tuple((number, score) for number, score, _ in tried)
    score, label, names = -1.0, none.label, none.names
    if tried:
        _, score, partition = max(tried, key=lambda one: (round(one[1], 9), -one[0]))
        label, names = _ordered(_everybody(partition.labels, core, people, placed.people))
    if k is not None:
        return Grouping(label, names, Verdict.GIVEN, silhouettes=found) if tried else none
    chance = _null(matrix, placed, core, sample, ks, min_size, permutations, np.random.default_rng(streams[2]))
    tested = replace(
        none,
        silhouettes=found,
        null_silhouette=float(chance.silhouettes.mean()) if permutations else 0.0,
        axis_p=_share_at_least(chance.shares, float(placed.share[0])),
        groups_p=1.0
        if not tried
        else max(_share_at_least(chance.silhouettes, score), _share_at_least(chance.cloud, score)),
    )
    if tested.axis_p > level + 1e-12:
        return replace(tested, verdict=Verdict.ONE_GROUP)
    if tested.groups_p > level + 1e-12:
        return replace(tested, verdict=Verdict.AXIS_ONLY)
    return replace(tested, label=label, names=names, verdict=Verdict.GROUPS)


def given_groups(matrix: OpinionMatrix, groups: Mapping[Id, str]) -> Grouping:
    """A grouping from outside, with its own names; people it does not name are in no group."""
    names = sorted({groups[one] for one in matrix.participants if one in groups})
    number = {name: place for place, name in enumerate(names)}
    label = np.array([number[groups[one]] if one in groups else -1 for one in matrix.participants], dtype=np.int64)
    renamed, titles = _ordered(label, tuple(names))
    return Grouping(renamed, titles, Verdict.GIVEN)


@dataclass(frozen=True)
class _Null:
    shares: Floats
    silhouettes: Floats
    cloud: Floats


def _try(
    points: Floats, sample: Ints, ks: range, starts: int, min_size: int, rng: np.random.Generator
) -> list[tuple[int, float, Partition]]:
    """(k, silhouette, partition) for each k that has a partition without too small a group."""
    distances = pairwise(points[sample])
    tried = []
    for k in ks:
        partition = best_partition(points, k, starts=starts, min_size=min_size, rng=rng)
        if partition is not None:
            tried.append((k, silhouette(distances, partition.labels[sample]), partition))
    return tried


def _null(
    matrix: OpinionMatrix,
    placed: OpinionMap,
    people: Ints,
    sample: Ints,
    ks: range,
    min_size: int,
    permutations: int,
    rng: np.random.Generator,
) -> _Null:
    """What chance gives: shuffled seen votes, and one normal cloud with the spread of the map."""
    means = column_means(matrix)
    by_column = np.argsort(matrix.col, kind="stable")
    column = matrix.col[by_column]
    points = placed.people[people]
    spread = np.cov(points.T)
    shares, scores, cloud = [], [], []
    for _ in range(permutations):
        shuffled = matrix.vote.copy()
        # Sorting by column, then by a random key, deals each statement's votes anew to those who saw it.
        shuffled[by_column] = matrix.vote[by_column][np.lexsort((rng.random(len(column)), column))]
        other = replace(matrix, vote=shuffled)
        votes = centred(other, means)
        components, share = leading_components(votes)
        shares.append(share[0])
        scores.append(_best_score(project(other, votes, components)[people], sample, ks, min_size, rng))
        normal = rng.multivariate_normal(np.zeros(2), spread, size=len(points), method="eigh")
        cloud.append(_best_score(normal, sample, ks, min_size, rng))
    return _Null(np.array(shares), np.array(scores), np.array(cloud))


def _best_score(points: Floats, sample: Ints, ks: range, min_size: int, rng: np.random.Generator) -> float:
    tried = _try(points, sample, ks, NULL_STARTS, min_size, rng)
    return max((score for _, score, _ in tried), default=0.0)


def _share_at_least(null: Floats, observed: float) -> float:
    """(1 + how many null values reach the observed one) / (1 + how many there are)."""
    return float((1 + (null >= observed - 1e-12).sum()) / (1 + len(null)))


def _sample(size: int, most: int, rng: np.random.Generator) -> Ints:
    return np.arange(size) if size <= most else np.sort(rng.choice(size, most, replace=False))


def _everybody(labels: Ints, core: Ints, people: Ints, positions: Floats) -> Ints:
    """Labels of all n: those of `core` as found, the rest of `people` by the nearest middle, others -1."""
    whole = np.full(len(positions), -1, dtype=np.int64)
    if len(core) < len(people):
        middles = np.stack([positions[core][labels == g].mean(axis=0) for g in range(int(labels.max()) + 1)])
        whole[people] = ((positions[people][:, None, :] - middles[None]) ** 2).sum(axis=2).argmin(axis=1)
    whole[core] = labels
    return whole


def _ordered(label: Ints, names: tuple[str, ...] | None = None) -> tuple[Ints, tuple[str, ...]]:
    """Groups by size, largest first (tie: the smallest participant), named A, B, ... unless named already."""
    found = [int(g) for g in np.unique(label[label >= 0])]
    order = sorted(found, key=lambda g: (-int((label == g).sum()), int(np.argmax(label == g))))
    place = {old: new for new, old in enumerate(order)}
    renamed = np.array([place[int(g)] if g >= 0 else -1 for g in label], dtype=np.int64)
    return renamed, tuple(letters(i) if names is None else names[g] for i, g in enumerate(order))


def letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
