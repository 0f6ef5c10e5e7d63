"""From the opinion matrix to arrays: map, groups, how stable they are, counts and tests; no object per person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import ThreadpoolController

from analysis.agreement import Counts, Figures, count_all, count_votes, figures
from analysis.components import OpinionMap, opinion_map
from analysis.frames import Id
from analysis.groups import Grouping, Verdict, eligible, find_groups, given_groups
from analysis.matrix import Bools, OpinionMatrix
from analysis.polis_groups import polis_groups
from analysis.results import POLIS, Settings
from analysis.stability import Stabilities, Stability, bootstrap

_THREADS = ThreadpoolController()


@dataclass(frozen=True)
class Core:
    """Everything that later steps read.

    `who` (n) may be grouped; `counts`, `tests` are by group (G x C), `everybody`, `overall` of all who voted
    (1 x C). `stabilities` is None where nothing was tried again. `tried` is how many groups were tried for
    stability, also where they were then found to be none.
    """

    matrix: OpinionMatrix
    placed: OpinionMap
    who: Bools
    grouping: Grouping
    stabilities: Stabilities | None
    tried: int
    counts: Counts
    tests: Figures
    everybody: Counts
    overall: Figures


def core_of(matrix: OpinionMatrix, settings: Settings, groups: Mapping[Id, str] | None = None) -> Core:
    """Map, groups (found, or given by `groups`), counts and tests of the matrix under the settings."""
    # Products here are small: more threads only wait for each other, and sums would hang on their number.
    with _THREADS.limit(limits=1, user_api="blas"):
        return _core_of(matrix, settings, groups)


def _core_of(matrix: OpinionMatrix, settings: Settings, groups: Mapping[Id, str] | None) -> Core:
    placed = opinion_map(matrix)
    who = eligible(matrix, min_votes=settings.min_votes, fill_to=settings.fill_to)
    grouping, stabilities = _grouping(matrix, placed, who, settings, groups)
    tried = len(grouping.names)
    if (
        stabilities is not None
        and grouping.verdict is Verdict.GROUPS
        and stabilities.word is Stability.NOT_DISTINGUISHABLE
    ):
        # Groups that do not come again with other people like these are no groups to speak of.
        one = np.where(who, 0, -1)
        grouping = replace(grouping, label=one, names=("A",), verdict=Verdict.AXIS_ONLY)
        stabilities = replace(stabilities, jaccard=np.zeros(0), strength=np.full(len(one), np.nan))
    counts = count_votes(matrix, grouping.label, len(grouping.names))
    everybody = count_all(matrix)
    return Core(
        matrix=matrix,
        placed=placed,
        who=who,
        grouping=grouping,
        stabilities=stabilities,
        tried=tried if stabilities is not None else 0,
        counts=counts,
        tests=figures(counts),
        everybody=everybody,
        overall=figures(everybody),
    )


def _grouping(
    matrix: OpinionMatrix,
    placed: OpinionMap,
    who: Bools,
    settings: Settings,
    groups: Mapping[Id, str] | None,
) -> tuple[Grouping, Stabilities | None]:
    if groups is not None:
        return given_groups(matrix, groups), None
    if settings.method == POLIS:
        return polis_groups(matrix, placed, who, max_groups=settings.max_groups), None
    found = find_groups(
        matrix,
        placed,
        who,
        seed=settings.seed,
        k=settings.k,
        max_groups=settings.max_groups,
        min_size=settings.min_group_size,
        starts=settings.starts,
        permutations=settings.permutations,
        clouds=settings.clouds,
        levels=(settings.level, settings.cloud_level),
    )
    again = bootstrap(
        matrix,
        who,
        found,
        seed=settings.seed,
        bootstraps=settings.bootstraps,
        min_size=settings.min_group_size,
    )
    return found, again
