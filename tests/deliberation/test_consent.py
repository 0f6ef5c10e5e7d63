"""Consent: apart, in order, and nothing before it."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.consent import NEEDED, OPTIONAL, Purpose, Screen, next_screen, text_digest

given_answers = st.dictionaries(st.sampled_from(Purpose), st.booleans())


def test_the_three_screens_come_in_their_order():
    answers: dict[Purpose, bool] = {}
    assert next_screen(answers, answers) is Screen.NOTICE
    answers[Purpose.PRIVACY_NOTICE] = True
    assert next_screen(answers, answers) is Screen.TAKE_PART
    answers[Purpose.TAKE_PART] = True
    assert next_screen(answers, answers) is Screen.PERMISSIONS
    answers.update(dict.fromkeys(OPTIONAL, False))
    assert next_screen(answers, answers) is None


@given(given_answers)
def test_nobody_begins_without_both_consents_and_a_no_to_permissions_is_enough(answers):
    begins = next_screen(answers, answers) is None
    assert begins == (all(answers.get(p) for p in NEEDED) and set(OPTIONAL) <= set(answers))


@given(given_answers)
def test_taking_back_consent_closes_the_door(answers):
    assert next_screen({**answers, Purpose.TAKE_PART: False}, answers) is not None


def test_every_purpose_is_either_needed_or_optional():
    assert {*NEEDED, *OPTIONAL} == set(Purpose)
    assert not set(NEEDED) & set(OPTIONAL)


@given(st.text(), st.text())
def test_another_text_has_another_digest(one, other):
    assert (text_digest(one) == text_digest(other)) == (one == other)
