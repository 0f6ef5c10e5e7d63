"""Charts: right numbers, words and colours, and nobody's place on the public map."""

import json
from typing import Any

import pytest

from analysis.charts import GROUP_COLOURS, agreement_bars, opinion_map_areas, opinion_map_dots
from analysis.pipeline import analyse
from analysis.results import Result, Settings
from tests.analysis.builders import planted


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(planted(2, people=40), Settings(k=2))


def _figure(text: str) -> Any:
    return json.loads(text)


def test_the_analysts_map_has_a_dot_for_each_person(result: Result) -> None:
    figure = _figure(opinion_map_dots(result, title="Opinion map"))
    assert sum(len(trace["text"]) for trace in figure["data"]) == 40
    assert figure["layout"]["title"]["text"] == "Opinion map"
    assert figure["layout"]["xaxis"]["title"]["text"]
    assert [trace["marker"]["color"] for trace in figure["data"]] == list(GROUP_COLOURS[:2])
    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == 2


def test_the_public_map_has_areas_and_no_place_of_a_person(result: Result) -> None:
    figure = _figure(opinion_map_areas(result, title="Opinion map", sizes={"A": "about 20"}))
    assert [trace["name"] for trace in figure["data"]] == ["Group A (about 20)", "Group B"]
    assert all((trace["mode"], trace["fill"]) == ("lines", "toself") for trace in figure["data"])
    drawn = {(x, y) for trace in figure["data"] for x, y in zip(trace["x"], trace["y"], strict=True)}
    assert not drawn & {(one.x, one.y) for one in result.participants}


def test_groups_under_the_minimum_are_not_drawn_for_the_public(result: Result) -> None:
    assert _figure(opinion_map_areas(result, title="Opinion map", least=21))["data"] == []


def test_bars_show_the_counts_of_each_statement(result: Result) -> None:
    figure = _figure(agreement_bars(result.statements[:2], title="Agreement", labels={0: "First", 1: "Second"}))
    assert [trace["name"] for trace in figure["data"]] == ["Agree", "Pass", "Disagree"]
    assert [trace["x"] for trace in figure["data"]] == [
        [one.agree for one in result.statements[:2]],
        [one.passed for one in result.statements[:2]],
        [one.disagree for one in result.statements[:2]],
    ]
    assert figure["layout"]["yaxis"]["ticktext"] == ["First", "Second"]


def test_only_traces_of_the_basic_bundle_are_used(result: Result) -> None:
    texts = (
        opinion_map_dots(result, title="t"),
        opinion_map_areas(result, title="t"),
        agreement_bars(result.statements, title="t", labels={}),
    )
    assert {trace["type"] for text in texts for trace in _figure(text)["data"]} == {"scatter", "bar"}
