"""What chance makes of a conversation, and that groups need to do better."""

import numpy as np
import pytest

from analysis.chance import cloud, dealer
from analysis.components import leading_components
from analysis.core import core_of
from analysis.frames import checked
from analysis.matrix import centred, column_means, opinion_matrix
from analysis.results import Settings
from bench.simulated import simulate


def test_dealing_keeps_who_saw_what_and_every_statements_totals() -> None:
    matrix = opinion_matrix(checked(simulate(people=80, statements=20, seed=3).tables))
    other = dealer(matrix).deal(matrix, np.random.default_rng(1))
    for position in (-1, 0, 1):
        before, after = (np.bincount(one.col[one.vote == position], minlength=20) for one in (matrix, other))
        assert before.tolist() == after.tolist()
    assert (other.row is matrix.row, bool((other.vote != matrix.vote).any())) == (True, True)


def test_the_cloud_has_axes_as_strong_as_the_real_ones_and_the_same_totals_on_average() -> None:
    matrix = opinion_matrix(checked(simulate(density=0.5, seed=2).tables))
    components, share = leading_components(centred(matrix, column_means(matrix)))
    one = cloud(matrix, components, share, np.random.default_rng(0))
    rng = np.random.default_rng(5)
    made = [one.vote(matrix, rng) for _ in range(12)]
    shares = np.mean([leading_components(centred(other, column_means(other)))[1] for other in made], axis=0)
    assert shares == pytest.approx(share, rel=0.15)
    agree = np.mean([np.bincount(other.col[other.vote > 0], minlength=80) for other in made], axis=0)
    real = np.bincount(matrix.col[matrix.vote > 0], minlength=80)
    assert float(np.corrcoef(agree, real)[0, 1]) > 0.99


def test_people_who_differ_by_degrees_are_an_axis_and_no_groups() -> None:
    given = simulate(groups=1, density=0.5, slope=2.0, spread=1.5, seed=1)
    core = core_of(opinion_matrix(checked(given.tables)), Settings(bootstraps=0))
    assert (core.grouping.verdict.value, len(core.grouping.names)) == ("axis_only", 1)


@pytest.mark.parametrize("groups", [2, 3])
def test_planted_groups_do_better_than_any_cloud(groups: int) -> None:
    core = core_of(opinion_matrix(checked(simulate(groups=groups, density=0.5, seed=1).tables)), Settings(bootstraps=0))
    assert (core.grouping.verdict.value, len(core.grouping.names)) == ("groups", groups)


@pytest.mark.nightly
def test_at_most_ten_of_two_hundred_seeds_without_groups_are_given_some() -> None:
    found = 0
    for seed in range(200):
        kind = ("mcar", "arrival", "routed")[seed % 3]
        given = simulate(groups=1, people=200, statements=60, density=(0.2, 0.5)[seed % 2], blanks=kind, seed=seed)
        core = core_of(opinion_matrix(checked(given.tables)), Settings(bootstraps=0, seed=seed))
        found += len(core.grouping.names) > 1
    assert found <= 10
