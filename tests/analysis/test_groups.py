"""Opinion groups: found where planted, and not found where there are none."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analysis.groups import letters
from analysis.kmeans import best_partition, pairwise, silhouette
from analysis.pipeline import analyse
from analysis.polis_export import read_polis_export
from analysis.results import Settings
from tests.analysis.builders import continuum, planted
from tests.shared_data import shared_folder


def _labels(result: object) -> list[str]:
    return [one.group or "" for one in result.participants]  # type: ignore[attr-defined]


@pytest.mark.parametrize("groups", [2, 3])
def test_planted_groups_of_a_panel_are_found(groups: int) -> None:
    result = analyse(planted(groups, people=47, ids=30, seed=3))
    truth = [one.id % groups for one in result.participants if isinstance(one.id, int)]
    assert (result.verdict, result.structure.groups) == ("groups", groups)
    assert adjusted_rand_score(truth, _labels(result)) >= 0.9


def test_people_without_camps_are_rarely_given_groups() -> None:
    verdicts = [analyse(planted(1, seed=seed)).verdict for seed in range(10)]
    assert verdicts.count("groups") <= 1


def test_people_who_differ_by_degrees_are_mostly_an_axis_without_groups() -> None:
    verdicts = [analyse(continuum(seed=seed)).verdict for seed in range(8)]
    assert verdicts.count("axis_only") >= 5


@pytest.mark.parametrize(
    ("name", "verdict"), [("canadian-electoral-reform", "groups"), ("football-concussions", "axis_only")]
)
def test_real_conversations_with_and_without_groups_are_told_apart(name: str, verdict: str) -> None:
    assert analyse(read_polis_export(shared_folder(f"opinion/{name}")).tables).verdict == verdict


def test_groups_are_ordered_by_size_then_smallest_id() -> None:
    result = analyse(planted(3, people=62, seed=5), Settings(k=3))
    sizes = [one.size for one in result.groups]
    assert sizes == sorted(sizes, reverse=True)
    first = {label: _labels(result).index(label) for label in ("A", "B", "C")}
    assert all(
        first[a] < first[b] for a, b in (("A", "B"), ("B", "C")) if sizes["ABC".index(a)] == sizes["ABC".index(b)]
    )


def test_no_group_is_smaller_than_the_minimum() -> None:
    result = analyse(planted(2, people=40, seed=1), Settings(k=4, min_group_size=6))
    assert result.groups == () or min(one.size for one in result.groups) >= 6


def test_a_lone_outlier_is_not_a_group() -> None:
    points = np.vstack([np.random.default_rng(0).normal(size=(30, 2)), [[50.0, 50.0]]])
    partition = best_partition(points, 2, starts=10, min_size=5, rng=np.random.default_rng(1))
    assert partition is None or np.bincount(partition.labels).min() >= 5


def test_the_silhouette_equals_the_one_of_scikit_learn() -> None:
    rng = np.random.default_rng(7)
    points, labels = rng.normal(size=(50, 2)), rng.integers(0, 3, size=50)
    assert silhouette(pairwise(points), labels) == pytest.approx(silhouette_score(points, labels), abs=1e-9)


def test_names_of_groups_go_on_after_z() -> None:
    assert [letters(i) for i in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]
