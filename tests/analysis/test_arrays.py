"""Three arrays in: the same answer as from tables, whatever their order, and bad arrays refused by name."""

import numpy as np
import pytest

from analysis.arrays import analyse_arrays
from analysis.frames import TableError, Tables
from analysis.matrix import matrix_of
from analysis.pipeline import analyse
from analysis.results import Settings
from tests.analysis.builders import planted


def _arrays(given: Tables) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    votes = given.votes
    kinds = {"participant": np.int32, "statement": np.int32, "position": np.int8}
    one, two, three = (votes[name].to_numpy(dtype=kind) for name, kind in kinds.items())
    return one, two, three


def test_arrays_and_tables_give_the_same_groups_and_counts() -> None:
    given = planted(3)
    core = analyse_arrays(*_arrays(given))
    result = analyse(given, Settings(permutations=0, bootstraps=0))
    assert [core.grouping.names[g] for g in core.grouping.label] == [one.group for one in result.participants]
    assert core.everybody.agree[0].tolist() == [one.agree for one in result.statements]


def test_the_order_of_the_rows_does_not_matter() -> None:
    row, col, vote = _arrays(planted(2))
    order = np.random.default_rng(0).permutation(len(row))
    one, other = analyse_arrays(row, col, vote), analyse_arrays(row[order], col[order], vote[order])
    assert one.grouping.label.tolist() == other.grouping.label.tolist()
    assert np.array_equal(one.placed.people, other.placed.people)


def test_ids_too_many_for_one_packed_number_are_sorted_the_slower_way_to_the_same_matrix() -> None:
    rng = np.random.default_rng(1)
    row, col = rng.integers(50, size=400), rng.integers(30, size=400)
    vote, marked = rng.integers(-1, 2, size=400).astype(np.int8), rng.random(400) < 0.2
    small = matrix_of(row, col, vote, participants=range(50), statements=range(30), important=marked)
    large = matrix_of(row, col, vote, participants=range(2**31), statements=range(2**31), important=marked)
    for name in ("row", "col", "vote", "important", "superseded"):
        assert np.array_equal(getattr(small, name), getattr(large, name)), name


@pytest.mark.parametrize(
    ("arrays", "code"),
    [
        (([0, 1], [0], [1, 1]), "length"),
        (([0, -1], [0, 0], [1, 1]), "bad_id"),
        (([0, 1], [0, 0], [1, 2]), "unknown_position"),
    ],
)
def test_bad_arrays_are_refused_by_name(arrays: tuple[list[int], list[int], list[int]], code: str) -> None:
    row, col, vote = arrays
    with pytest.raises(TableError) as caught:
        analyse_arrays(np.array(row), np.array(col), np.array(vote, dtype=np.int8))
    assert caught.value.code == code


def test_no_votes_at_all_are_an_empty_answer() -> None:
    nothing = np.zeros(0, dtype=np.int32)
    core = analyse_arrays(nothing, nothing, np.zeros(0, dtype=np.int8), method="robust")
    assert (core.grouping.names, core.counts.seen.shape) == ((), (0, 0))


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="no method"):
        analyse_arrays(np.array([0]), np.array([0]), np.array([1], dtype=np.int8), method="other")
