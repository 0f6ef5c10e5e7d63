"""Minutes: silence clears them by the stated date alone, an objection in time holds them back, published words stay."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.minutes import (
    AFTER_ANSWER,
    LEAST_TIME,
    Facts,
    MinutesState,
    Objected,
    check_circulation,
    check_objection,
    check_publication,
    check_version,
    clears_at,
    state,
    unanswered,
)

SENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
BY = SENT + timedelta(days=7)
HOUR = timedelta(hours=1)


def _facts(*objections: Objected, **more) -> Facts:
    return Facts(**{"circulated_at": SENT, "clear_by": BY, "objections": objections, **more})


def test_minutes_that_nobody_has_seen_are_a_draft_for_ever():
    assert state(Facts(), BY + timedelta(days=365)) is MinutesState.DRAFT
    assert clears_at(Facts()) is None


def test_they_are_cleared_on_the_stated_date_and_not_before():
    assert state(_facts(), BY - timedelta(microseconds=1)) is MinutesState.CIRCULATED
    assert state(_facts(), BY) is MinutesState.CLEARED


def test_an_objection_in_time_holds_them_back_until_it_is_answered():
    facts = _facts(Objected(BY - HOUR))
    assert state(facts, BY + timedelta(days=30)) is MinutesState.HELD_BACK
    assert clears_at(facts) is None


def test_an_answer_leaves_time_to_object_again():
    answered = BY + timedelta(days=3)
    facts = _facts(Objected(BY - HOUR, answered))
    assert clears_at(facts) == answered + AFTER_ANSWER
    assert state(facts, answered) is MinutesState.CIRCULATED
    assert state(facts, answered + AFTER_ANSWER) is MinutesState.CLEARED
    again = _facts(Objected(BY - HOUR, answered), Objected(answered + HOUR))
    assert state(again, answered + timedelta(days=9)) is MinutesState.HELD_BACK


def test_an_early_answer_does_not_bring_the_date_forward():
    assert clears_at(_facts(Objected(SENT + HOUR, SENT + 2 * HOUR))) == BY


def test_an_objection_that_came_too_late_changes_nothing():
    assert state(_facts(Objected(BY + HOUR)), BY + 2 * HOUR) is MinutesState.CLEARED
    with pytest.raises(RuleError, match="clearance_over"):
        check_objection(_facts(), BY)


def test_one_can_object_while_another_objection_stands():
    check_objection(_facts(Objected(SENT + HOUR)), BY + timedelta(days=30))


@pytest.mark.parametrize("facts", [Facts(), _facts(is_newest=False)])
def test_nobody_objects_to_what_is_not_before_them(facts):
    with pytest.raises(RuleError, match="minutes_not_circulated"):
        check_objection(facts, SENT + HOUR)


def test_a_newer_version_replaces_one_that_was_not_published():
    assert state(_facts(is_newest=False), BY) is MinutesState.REPLACED
    assert state(_facts(is_newest=False, published_at=BY), BY) is MinutesState.PUBLISHED


def test_members_get_enough_time():
    check_circulation(Facts(), SENT + LEAST_TIME, SENT)
    with pytest.raises(RuleError, match="clearance_too_soon"):
        check_circulation(Facts(), SENT + LEAST_TIME - HOUR, SENT)
    with pytest.raises(RuleError, match="minutes_not_draft"):
        check_circulation(_facts(), SENT + timedelta(days=9), SENT + HOUR)


def test_an_objection_to_an_earlier_version_has_to_be_answered_as_well():
    with pytest.raises(RuleError, match="objection_unanswered"):
        check_circulation(Facts(open_before=1), BY, SENT)
    assert state(_facts(open_before=1), BY) is MinutesState.HELD_BACK


def test_only_cleared_minutes_are_published_and_only_once():
    check_publication(_facts(), BY)
    for facts, now in ((Facts(), BY), (_facts(), BY - HOUR), (_facts(Objected(SENT + HOUR)), BY)):
        with pytest.raises(RuleError, match="minutes_not_cleared"):
            check_publication(facts, now)
    with pytest.raises(RuleError, match="already_published"):
        check_publication(_facts(published_at=BY), BY)


def test_what_was_published_is_corrected_with_a_note():
    check_version("b", "a", "", is_published=False)
    check_version("b", "a", "The date was wrong.", is_published=True)
    with pytest.raises(RuleError, match="correction_note_missing"):
        check_version("b", "a", "  ", is_published=True)
    with pytest.raises(RuleError, match="unchanged"):
        check_version("a", "a", "A note.", is_published=True)


hours = st.integers(0, 24 * 30).map(lambda n: SENT + n * HOUR)


@st.composite
def objected(draw):
    raised = draw(hours)
    later = draw(st.none() | st.integers(0, 24 * 20))
    return Objected(raised, None if later is None else raised + later * HOUR)


objections = st.lists(objected(), max_size=6).map(tuple)


@given(objections, hours)
def test_nothing_is_cleared_before_its_date_nor_over_an_open_objection_in_time(raised, now):
    facts = _facts(*raised)
    if state(facts, now) is MinutesState.CLEARED:
        assert now >= BY
        assert not [one for one in raised if one.raised_at < BY and one.answered_at is None]
    else:
        assert now < BY or [one for one in raised if one.raised_at < (clears_at(facts) or now + HOUR)]


@given(objections, hours, hours)
def test_time_alone_only_ever_leads_from_circulated_to_cleared(raised, one, two):
    facts, (early, late) = _facts(*raised), sorted((one, two))
    before, after = state(facts, early), state(facts, late)
    assert after is before or (before, after) == (MinutesState.CIRCULATED, MinutesState.CLEARED)


@given(objections, objected(), hours)
def test_one_more_objection_never_clears_anything_sooner(raised, more, now):
    if state(_facts(*raised, more), now) is MinutesState.CLEARED:
        assert clears_at(_facts(*raised)) is None or clears_at(_facts(*raised)) <= now or more.answered_at is not None


@given(objections, hours)
def test_silence_publishes_nothing_and_an_unsent_draft_is_never_cleared(raised, now):
    assert state(Facts(objections=raised), now) is MinutesState.DRAFT
    assert state(_facts(*raised), now) is not MinutesState.PUBLISHED


def test_open_objections_are_counted():
    assert unanswered([Objected(SENT), Objected(SENT, BY)]) == 1
