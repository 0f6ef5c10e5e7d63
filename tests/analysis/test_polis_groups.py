"""Polis' own way of grouping: never one group, and the same answer for the same votes."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.pipeline import analyse
from analysis.results import Settings
from bench.simulated import simulate
from tests.analysis.builders import planted, shuffled, statements, tables

POLIS = Settings(method="polis")


def test_planted_camps_are_found() -> None:
    given = simulate(groups=3, density=0.5, seed=2)
    result = analyse(given.tables, POLIS)
    known = {one.id: one.group for one in result.participants if one.group}
    assert adjusted_rand_score([given.truth[int(key)] for key in known], list(known.values())) > 0.5
    assert (result.verdict, result.structure.stability) == ("untested", None)


def test_votes_without_structure_are_split_all_the_same_as_polis_does() -> None:
    assert analyse(planted(1), POLIS).structure.groups >= 2


def test_the_answer_does_not_hang_on_the_order_of_the_log() -> None:
    given = planted(2)
    one, other = analyse(given, POLIS), analyse(shuffled(given, 3), POLIS)
    assert one.participants == other.participants


@pytest.mark.parametrize("rows", [[], [(1, 1, 1)], [(i, j, 1) for i in range(20) for j in range(8)]])
def test_small_and_equal_input_is_one_group_without_a_warning(rows: list[tuple[int, int, int]]) -> None:
    given = tables(rows, range(8))
    assert analyse(given, POLIS).structure.groups == (1 if rows else 0)


def test_no_statements_at_all_are_an_empty_answer() -> None:
    assert analyse(tables([], statements([])["statement"]), POLIS).groups == ()


def test_priorities_are_squares_and_meta_statements_have_the_fixed_one() -> None:
    result = analyse(tables([(i, j, 1) for i in range(20) for j in range(4)], range(4), meta=[2]), POLIS)
    assert result.statements[2].priority == 49.0
    assert all(one.priority is not None and np.sqrt(one.priority) > 0 for one in result.statements)
