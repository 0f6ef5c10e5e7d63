"""Groups that come again when other people like these are drawn, and groups that do not."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.components import opinion_map
from analysis.frames import checked
from analysis.groups import eligible, find_groups
from analysis.matrix import opinion_matrix
from analysis.pipeline import analyse
from analysis.polis_export import read_polis_export
from analysis.results import Settings
from analysis.stability import Stability, adjusted_rand, bootstrap, word_for
from bench.simulated import simulate
from tests.analysis.builders import planted
from tests.shared_data import shared_folder


def test_clear_camps_are_stable_and_their_people_strong() -> None:
    result = analyse(planted(2), Settings(bootstraps=30))
    assert (result.verdict, result.structure.stability_word) == ("groups", "stable")
    assert {one.stability_word for one in result.groups} == {"stable"}
    assert np.median([one.strength for one in result.participants if one.strength is not None]) == 1.0


def test_a_split_of_one_round_cloud_is_not_distinguishable() -> None:
    matrix = opinion_matrix(checked(simulate(groups=1, people=300, density=0.3, seed=4).tables))
    placed, who = opinion_map(matrix), eligible(matrix, min_votes=7, fill_to=15)
    split = find_groups(matrix, placed, who, seed=0, k=3)
    found = bootstrap(matrix, who, split, seed=0, bootstraps=40)
    assert found is not None
    assert found.word is Stability.NOT_DISTINGUISHABLE


def test_one_group_has_no_stability_to_speak_of() -> None:
    result = analyse(planted(1), Settings(bootstraps=10))
    assert (result.structure.groups, result.structure.stability, result.groups[0].stability_word) == (1, None, None)


def test_the_same_seed_gives_the_same_strengths() -> None:
    settings = Settings(bootstraps=10, permutations=0)
    assert analyse(planted(2), settings).participants == analyse(planted(2), settings).participants


@pytest.mark.parametrize("seed", range(5))
def test_the_adjusted_rand_index_equals_the_oracle(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(4, size=200), rng.integers(3, size=200)
    table = np.zeros((4, 3))
    np.add.at(table, (one, other), 1)
    assert adjusted_rand(table) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)


def test_words_follow_the_median() -> None:
    assert [word_for(value).value for value in (1.0, 0.8, 0.79, 0.6, 0.59)] == [
        "stable",
        "stable",
        "tentative",
        "tentative",
        "not_distinguishable",
    ]


@pytest.mark.parametrize(
    ("name", "verdict", "word"),
    [
        ("canadian-electoral-reform", "groups", "stable"),
        ("football-concussions", "axis_only", None),
        ("15-per-hour-seattle", "axis_only", None),
        ("bg2050-volunteers", "axis_only", None),
    ],
)
def test_public_conversations_are_called_stable_only_where_they_are(name: str, verdict: str, word: str | None) -> None:
    result = analyse(read_polis_export(shared_folder(f"opinion/{name}")).tables)
    assert (result.verdict, result.structure.stability_word) == (verdict, word)


@pytest.mark.parametrize("name", ["canadian-electoral-reform", "vtaiwan.uberx"])
def test_the_robust_analysis_finds_the_published_groups_without_being_told_how_many(name: str) -> None:
    export = read_polis_export(shared_folder(f"opinion/{name}"))
    result = analyse(export.tables, Settings(bootstraps=20))
    both = [
        (export.published_groups[one.id], one.group)
        for one in result.participants
        if one.id in export.published_groups and one.group
    ]
    assert adjusted_rand_score([a for a, _ in both], [b for _, b in both]) >= 0.80
