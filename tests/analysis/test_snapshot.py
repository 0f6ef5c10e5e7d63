"""One input, one result, one text: determinism, digests and the plain form."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest

from analysis.frames import Tables
from analysis.pipeline import analyse
from analysis.polis_export import read_polis_export
from analysis.results import Result, Settings
from analysis.slate import EQUAL_SHARES
from analysis.snapshot import (
    FORMAT,
    canonical_json,
    differences,
    from_plain,
    inputs_digest,
    library_versions,
    result_digest,
    to_plain,
)
from tests.analysis.builders import planted, shuffled
from tests.analysis.test_themes import TEXTS
from tests.shared_data import shared_folder

QUICK = Settings(permutations=9, level=0.1)


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    else:
        yield value


def _worded() -> Tables:
    given = planted(2, people=60)
    comments = pd.DataFrame({"comment": range(len(TEXTS)), "text": TEXTS, "lang": "en"})
    return Tables(given.statements, given.votes, comments)


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(_worded(), QUICK)


def test_the_same_input_in_another_order_gives_the_same_bytes(result: Result) -> None:
    assert canonical_json(analyse(shuffled(_worded(), 4), QUICK)) == canonical_json(result)


def test_a_shuffled_conversation_gives_the_same_bytes() -> None:
    given = read_polis_export(shared_folder("opinion/brexit-consensus")).tables
    assert canonical_json(analyse(shuffled(given, 1), QUICK)) == canonical_json(analyse(given, QUICK))


def test_the_input_is_never_changed() -> None:
    given = _worded()
    before = (given.statements.copy(), given.votes.copy(), given.comments.copy())
    analyse(given, QUICK)
    for ours, theirs in zip(before, (given.statements, given.votes, given.comments), strict=True):
        pd.testing.assert_frame_equal(ours, theirs)


def test_a_result_comes_back_from_its_json(result: Result) -> None:
    again = from_plain(json.loads(canonical_json(result)))
    assert to_plain(again) == to_plain(result)
    assert result_digest(again) == result_digest(result)
    wordless = replace(result.themes, themes=tuple(replace(one, terms=()) for one in result.themes.themes))
    assert again == replace(result, themes=wordless)


def test_a_snapshot_holds_no_word_anybody_wrote(result: Result) -> None:
    assert any(theme.terms for theme in result.themes.themes)
    said = {value for value in _leaves(to_plain(result)) if isinstance(value, str)}
    themes = {theme.label for theme in result.themes.themes}
    known = {"A", "B", "agree", "disagree", "pass", "approved", "comment", "groups", "robust", "stable", "tentative"}
    known |= {FORMAT, result.inputs_digest, "same_answers", EQUAL_SHARES}
    assert said <= known | themes


def test_another_vote_word_or_setting_gives_another_digest_of_inputs() -> None:
    given = _worded()
    one = inputs_digest(given, QUICK)
    votes = given.votes.assign(position=given.votes["position"].where(given.votes.index != 0, 0))
    comments = given.comments.assign(text=given.comments["text"].where(given.comments["comment"] != 0, "Other"))
    assert inputs_digest(shuffled(given, 2), QUICK) == one
    assert inputs_digest(replace(given, votes=votes), QUICK) != one
    assert inputs_digest(replace(given, comments=comments), QUICK) != one
    assert inputs_digest(given, replace(QUICK, seed=1)) != one


def test_differences_name_the_place_and_forgive_the_last_bits(result: Result) -> None:
    plain = to_plain(result)
    other = json.loads(canonical_json(result))
    other["statements"][2]["agree"] += 1
    other["participants"][0]["x"] += 1e-12
    assert differences(plain, other) == ["statements[2].agree"]


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="folkmoot-snapshot"):
        from_plain({"format": "something else"})


def test_versions_name_python_and_the_libraries() -> None:
    assert {"python", "numpy", "scipy", "pandas", "scikit-learn"} <= library_versions().keys()
