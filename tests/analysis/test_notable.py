"""Statements many pass on, and minority positions that matter a lot."""

import numpy as np

from analysis.agreement import Counts, count_all
from analysis.frames import Tables, checked
from analysis.matrix import opinion_matrix
from analysis.notable import important_counts, minority, unsure
from tests.analysis.builders import statements, votes

NONE_OUT = np.zeros(6, dtype=bool)


def _all(agree: list[int], disagree: list[int], seen: list[int]) -> Counts:
    return Counts(*(np.array([part], dtype=np.int64) for part in (agree, disagree, seen)))


def test_a_statement_most_people_pass_on_is_listed_as_unsure() -> None:
    counts = _all([40, 10, 42, 40, 40, 40], [5, 5, 3, 5, 5, 5], [50] * 6)
    listed = unsure(counts, NONE_OUT)
    assert [(one.column, one.direction) for one in listed] == [(1, "pass")]
    assert 0.5 < listed[0].score < 35 / 50


def test_a_few_passes_prove_nothing_and_left_out_statements_are_never_listed() -> None:
    counts = _all([40, 0, 0, 40, 40, 40], [10, 0, 10, 10, 10, 10], [50, 4, 50, 50, 50, 50])
    assert [one.column for one in unsure(counts, NONE_OUT)] == [2]
    assert unsure(counts, np.array([False, False, True, False, False, False])) == []


def test_a_share_of_passes_that_is_high_by_chance_alone_is_not_listed() -> None:
    counts = _all([36, 28, 36, 36, 36, 36], [0] * 6, [40] * 6)
    assert [one.column for one in unsure(counts, NONE_OUT)] == []
    counts = _all([360, 280, 360, 360, 360, 360], [0] * 6, [400] * 6)
    assert [one.column for one in unsure(counts, NONE_OUT)] == [1]


def test_where_everybody_passes_on_everything_nothing_stands_out() -> None:
    assert unsure(_all([0] * 6, [0] * 6, [30] * 6), NONE_OUT) == []
    assert unsure(_all([0] * 6, [0] * 6, [0] * 6), NONE_OUT) == []


def test_equally_unsure_statements_keep_their_order_and_the_list_its_length() -> None:
    counts = _all([5, 90, 5, 90, 90, 5], [5, 5, 5, 5, 5, 5], [100] * 6)
    assert [one.column for one in unsure(counts, NONE_OUT, pick=2, more=1.2)] == [0, 2]


def test_a_minority_to_whom_it_matters_is_kept_whatever_the_majority_says() -> None:
    counts = _all([95, 3, 60, 50, 40, 0], [5, 97, 40, 50, 60, 9], [100] * 6)
    agree, disagree = np.array([90, 3, 60, 50, 4, 0]), np.array([0, 60, 20, 50, 60, 9])
    listed = minority(counts, agree, disagree, NONE_OUT)
    assert [(one.column, one.direction) for one in listed] == [(1, "agree"), (2, "disagree"), (4, "agree")]
    assert listed[0].score > listed[1].score > listed[2].score > 0


def test_equal_sides_have_no_minority_and_left_out_statements_are_not_kept() -> None:
    counts = _all([4, 3, 0, 0, 0, 0], [4, 9, 0, 0, 0, 0], [8, 12, 0, 0, 0, 0])
    marked = np.array([4, 3, 0, 0, 0, 0])
    assert [one.column for one in minority(counts, marked, marked, NONE_OUT)] == [1]
    assert minority(counts, marked, marked, np.ones(6, dtype=bool)) == []
    assert minority(counts, marked, marked, NONE_OUT, fewest=4) == []


def test_of_equal_bounds_the_smaller_column_comes_first() -> None:
    counts = _all([2, 2, 2, 0, 0, 0], [9, 9, 9, 0, 0, 0], [11, 11, 11, 0, 0, 0])
    marked = np.array([2, 2, 2, 0, 0, 0])
    assert [one.column for one in minority(counts, marked, marked, NONE_OUT, pick=2)] == [0, 1]


def test_importance_is_counted_by_side_and_marked_passes_by_neither() -> None:
    log = votes([(1, 1, 1), (2, 1, 1), (3, 1, -1), (4, 1, 0), (1, 2, -1)]).assign(
        important=[True, False, True, True, True]
    )
    matrix = opinion_matrix(checked(Tables(statements=statements([1, 2]), votes=log)))
    agree, disagree = important_counts(matrix)
    assert (agree.tolist(), disagree.tolist()) == ([1, 0], [1, 1])
    listed = minority(count_all(matrix), agree, disagree, matrix.left_out)
    assert [(one.column, one.direction) for one in listed] == [(0, "disagree")]
