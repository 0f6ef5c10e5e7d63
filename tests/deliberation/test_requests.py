"""The stops of a request: from a model's card, from four answers, and what is not known stays not known."""

import pytest

from deliberation.requests import (
    Asked,
    Aspect,
    Basis,
    RequestFact,
    RequestKind,
    Station,
    Waits,
    asked_in,
    steps_of_combination,
    steps_of_model,
    total_of,
)
from deliberation.stewardship import (
    COMBINATION_ANSWERS,
    NOBODY,
    NONE_OF_THESE,
    Approach,
    CardField,
    CombinationQuestion,
)

CARD = {
    "who_decides": {"text": "A panel.", "source": None},
    "what_they_see": {"text": "What it is for.", "source": "guide"},
    "decision_rule": {"text": "Most votes win.", "source": None},
    "say_no": {"text": "Yes, at any time.", "source": None},
    "if_it_goes_wrong": {"text": "Not known.", "source": None, "not_known": True},
}
WAITS = Waits(to_decide=28, to_answer=14)


def model(kind=RequestKind.NEW, *, approaches=(Approach.COLLECTIVE,), asked=Asked.NOT_ASKED, waits=WAITS, **more):
    return steps_of_model(CARD, approaches, asked, kind, waits, **more)


def mix(kind=RequestKind.NEW, **changes):
    answers = {
        CombinationQuestion.WHO_SETS_RULES: "parliament",
        CombinationQuestion.WHO_DECIDES: "mixed_committee",
        CombinationQuestion.CAN_SAY_NO: "opt_out",
        CombinationQuestion.WHO_CHECKS: "courts",
    } | {CombinationQuestion(name): answer for name, answer in changes.items()}
    return steps_of_combination(answers, kind, WAITS)


def keys(steps):
    return [step.key.value for step in steps]


def test_a_request_through_a_group_is_read_decided_and_then_comes_to_you():
    steps = model()
    assert keys(steps) == ["arrives", "read", "decide", "say", "wrong", "disagree"]
    assert steps[1].title == "read.group"
    assert [one.text for one in steps[1].said] == ["A panel.", "", "What it is for."]
    assert steps[1].sources == ("guide",)


def test_where_each_person_decides_you_are_asked_before_anything_is_decided():
    steps = model(approaches=[Approach.INDIVIDUAL], asked=Asked.EACH_TIME)
    assert keys(steps)[:3] == ["arrives", "hear", "decide"]
    assert steps[1].said[0].code == "asked.each_time"
    assert (steps[1].days.count, steps[1].days.basis) == (14, Basis.ASSUMED)
    assert steps[2].days is None


def test_nobody_waits_for_an_answer_where_silence_counts_as_one():
    steps = model(approaches=[Approach.INDIVIDUAL], asked=Asked.OPT_OUT)
    assert (steps[1].days.count, steps[1].days.basis) == (0, Basis.BY_DEFINITION)
    assert total_of(steps).days == 0
    assert not total_of(steps).is_assumed


def test_what_a_card_does_not_say_stays_not_known():
    steps = steps_of_model({}, [Approach.DELEGATED], None, RequestKind.NEW)
    said = [one for step in steps for one in step.said]
    assert said
    assert not any(one.is_known for one in said)
    assert total_of(steps).unknown == (steps[2],)


def test_nothing_is_assumed_about_how_it_works_today():
    steps = model(approaches=[Approach.DELEGATED], asked=None, is_current=True)
    assert total_of(steps).days == 0
    assert [step.key for step in total_of(steps).unknown] == [Station.DECIDE]


def test_the_total_adds_what_is_known_or_assumed_and_names_the_rest():
    total = total_of(mix(can_say_no="each_time"))
    assert (total.days, total.is_assumed, total.unknown) == (42, True, ())


def test_the_same_scans_for_another_purpose_ask_whether_a_new_yes_is_needed():
    again = {asked: model(RequestKind.REUSE, approaches=[Approach.INDIVIDUAL], asked=asked)[1] for asked in Asked}
    assert {step.key for step in again.values()} == {Station.AGAIN}
    assert again[Asked.EACH_TIME].said[0].code == "again.each_time"
    assert again[Asked.OPT_OUT].said[0].code == "again.opt_out"
    assert not again[Asked.OPT_IN].said[0].is_known
    assert RequestFact.PURPOSE in again[Asked.OPT_IN].facts


def test_after_a_breach_nobody_knows_who_is_told_or_how_fast():
    steps = model(RequestKind.BREACH)
    assert keys(steps) == ["happened", "told", "stop", "out", "right", "disagree"]
    assert not steps[1].said[0].is_known
    assert [step.key.value for step in total_of(steps).unknown] == ["told", "stop", "right"]
    assert steps[3].said[0].text == "Yes, at any time."


def test_each_answer_of_a_combination_has_a_stop_of_its_own():
    steps = mix()
    assert keys(steps) == ["rules", "arrives", "decide", "say", "check", "wrong"]
    assert [step.title for step in steps if step.key is not Station.ARRIVES][:2] == [
        "rules.parliament", "decide.mixed_committee",
    ]  # fmt: skip
    assert keys(mix(RequestKind.BREACH))[1] == "told"
    assert mix(RequestKind.BREACH)[1].said[1].code == "who_checks.courts"


def test_who_is_asked_each_time_answers_before_others_decide():
    assert keys(mix(can_say_no="each_time"))[2:4] == ["say", "decide"]


@pytest.mark.parametrize("kind", RequestKind)
def test_a_combination_that_grants_nothing_ends_with_a_no(kind):
    steps = mix(kind, who_decides=NOBODY)
    assert keys(steps)[-1] == "refused"
    assert len(steps) == 2


def test_none_of_these_is_not_known():
    steps = mix(**dict.fromkeys(COMBINATION_ANSWERS, NONE_OF_THESE))
    assert not [one for step in steps for one in step.said if one.is_known]
    assert steps[0].title == "rules"


def test_deciding_for_oneself_is_being_asked_each_time_unless_silence_counts():
    def asked(own):
        answers = dict.fromkeys(CombinationQuestion, NONE_OF_THESE) | {CombinationQuestion.CAN_SAY_NO: own}
        return asked_in(answers | {CombinationQuestion.WHO_DECIDES: "each_person"})

    assert asked("opt_out") is Asked.OPT_OUT
    assert asked("no_choice") is Asked.EACH_TIME
    assert asked(NONE_OF_THESE) is Asked.EACH_TIME


def test_no_two_stops_of_a_way_are_the_same_and_there_are_at_most_seven():
    for kind in RequestKind:
        for asked in (*Asked, None):
            for approach in (Approach.DELEGATED, Approach.COLLECTIVE, Approach.INDIVIDUAL):
                steps = model(kind, approaches=[approach], asked=asked)
                assert len(set(keys(steps))) == len(steps) == 6
        for own in COMBINATION_ANSWERS[CombinationQuestion.CAN_SAY_NO]:
            steps = mix(kind, can_say_no=own)
            assert len(set(keys(steps))) == len(steps) <= 7


def test_a_card_field_is_the_same_word_in_both():
    assert Aspect.ASKED not in set(CardField)
