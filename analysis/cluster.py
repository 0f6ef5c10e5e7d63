"""The plain analysis in shards of participants, on this machine or on a cluster: the same groups, sums that add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.agreement import Counts, Figures, count_all, count_votes, figures
from analysis.components import OpinionMap, components_of_product, project, statement_places
from analysis.groups import Grouping, eligible_by, find_groups
from analysis.matrix import Floats, OpinionMatrix, centred, matrix_of
from analysis.results import Settings


@dataclass(frozen=True)
class Sharded:
    """Map, groups and counts of everybody, as `arrays.analyse_arrays` gives them by the plain method."""

    placed: OpinionMap
    grouping: Grouping
    counts: Counts
    tests: Figures
    everybody: Counts


def shards_of(
    participant: NDArray[Any], statement: NDArray[Any], vote: NDArray[np.int8], shards: int
) -> list[OpinionMatrix]:
    """The votes (m each, ids from 0, in the order of the log) cut by ranges of participants."""
    people, size = (int(ids.max(initial=-1)) + 1 for ids in (participant, statement))
    edges = [people * place // shards for place in range(shards + 1)]
    found = []
    for first, end in pairwise(edges):
        inside = (participant >= first) & (participant < end)
        found.append(
            matrix_of(
                participant[inside] - first,
                statement[inside],
                vote[inside],
                participants=range(first, end),
                statements=range(size),
            )
        )
    return found


def analyse_shards(shards: Sequence[OpinionMatrix], client: Any = None, *, settings: Settings | None = None) -> Sharded:
    """The plain analysis of shards that together hold everybody, each person in one.

    `client` has `submit(function, *arguments)` that answers a future, as a dask.distributed Client or an executor of
    the standard library; None works here. A shard travels with its task, so that a task of a killed worker is simply
    done again by another. What comes back is small: counts, C x C products (32 MB at 2,000 statements; hold C to some
    thousands) and places. Sums run in the order of the shards, so the answer does not hang on who was first.
    """
    settings = settings or Settings()
    size = len(shards[0].statements)
    everybody = _added(_each(client, count_all, [(one,) for one in shards]))
    seen = everybody.seen[0]
    difference = (everybody.agree - everybody.disagree)[0].astype(np.float64)
    left_out = shards[0].left_out
    means: Floats = np.where(left_out | (seen == 0), 0.0, difference / np.maximum(seen, 1))
    products = _each(client, _product, [(one, means) for one in shards])
    components, share = components_of_product(sum(products[1:], start=products[0]))
    places = _each(client, _places, [(one, means, components) for one in shards])
    placed = OpinionMap(
        components=components,
        people=np.concatenate([one[0] for one in places]),
        statements=statement_places(components, means, left_out),
        share=share,
    )
    votes = np.concatenate([one[1] for one in places])
    who = eligible_by(votes, size, min_votes=settings.min_votes, fill_to=settings.fill_to)
    grouping = find_groups(
        shards[0],
        placed,
        who,
        seed=settings.seed,
        max_groups=settings.max_groups,
        min_size=settings.min_group_size,
        starts=settings.starts,
        permutations=0,
    )
    ends = np.cumsum([len(one.participants) for one in shards])[:-1]
    labels = np.split(grouping.label, ends)
    groups = len(grouping.names)
    pairs = zip(shards, labels, strict=True)
    counts = _added(_each(client, count_votes, [(one, label, groups) for one, label in pairs]))
    return Sharded(placed, grouping, counts, figures(counts), everybody)


def _each(client: Any, function: Any, arguments: list[tuple[Any, ...]]) -> list[Any]:
    """The function's answers, in the order of the arguments."""
    if client is None:
        return [function(*one) for one in arguments]
    futures = [client.submit(function, *one) for one in arguments]
    return [one.result() for one in futures]


def _product(shard: OpinionMatrix, means: Floats) -> Floats:
    votes = centred(shard, means)
    product: Floats = (votes.T @ votes).toarray()
    return product


def _places(shard: OpinionMatrix, means: Floats, components: Floats) -> tuple[Floats, NDArray[np.int64]]:
    return project(shard, centred(shard, means), components), shard.votes_per_participant


def _added(parts: list[Counts]) -> Counts:
    return Counts(
        agree=np.sum([one.agree for one in parts], axis=0),
        disagree=np.sum([one.disagree for one in parts], axis=0),
        seen=np.sum([one.seen for one in parts], axis=0),
    )
