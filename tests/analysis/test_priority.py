"""Polis' priority, against the formula by hand and the reference figures of the six conversations."""

import json
from typing import Any

import numpy as np
import pytest

from analysis.agreement import Counts, count_votes
from analysis.frames import checked
from analysis.matrix import opinion_matrix
from analysis.polis_export import read_polis_export
from analysis.priority import META_PRIORITY, priority
from tests.shared_data import CONVERSATIONS, shared_folder


def _counts(agree: object, disagree: object, seen: object) -> Counts:
    return Counts(*(np.asarray(part, dtype=np.int64) for part in (agree, disagree, seen)))


def test_the_formula_by_hand() -> None:
    counts = _counts([[3], [1]], [[1], [0]], [[4], [6]])
    importance = (1 - 6 / 12) * (1 + 0.4) * 5 / 12
    expected = (importance * (1 + 8 * 2**-2)) ** 2
    assert priority(counts, np.array([0.4]), np.array([False]))[0] == pytest.approx(expected)


def test_a_new_statement_comes_before_one_seen_often_and_meta_has_its_own_value() -> None:
    counts = _counts([[0, 500, 5]], [[0, 400, 5]], [[0, 1000, 10]])
    new, old, meta = priority(counts, np.zeros(3), np.array([False, False, True]))
    assert new == pytest.approx((0.5 * 0.5 * 9) ** 2)
    assert new > old > 0
    assert meta == META_PRIORITY == 49.0


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_reference_priorities_come_out(name: str) -> None:
    text = (shared_folder("opinion/reference") / f"{name}.json").read_text(encoding="utf-8")
    reference: dict[str, Any] = json.loads(text)
    tables = checked(read_polis_export(shared_folder(f"opinion/{name}")).tables)
    matrix = opinion_matrix(tables)
    labels = reference["clusters"]["labels"]
    label = np.array([labels.get(str(one), -1) for one in matrix.participants])
    extremity, expected = (
        np.array([reference[figure][str(one)] for one in matrix.statements]) for figure in ("extremity", "priority")
    )
    counts = count_votes(matrix, label, label.max() + 1)
    is_meta = tables.statements["is_meta"].to_numpy()
    # Both are rounded to six decimals there, and priority is squared twice.
    np.testing.assert_allclose(priority(counts, extremity, is_meta), expected, rtol=3e-6, atol=2e-6)
