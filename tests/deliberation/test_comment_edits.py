"""Changing one's own words, whose words come when, and who speaks for the team."""

from datetime import UTC, datetime, timedelta

import pytest

from deliberation.comments import StaffVoice, check_edit, check_speaker, edit_until, shows_others
from deliberation.errors import RuleError
from deliberation.moderation import WordState, state_after_edit

WRITTEN = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)


def _edit(minutes: float, **changes: bool) -> None:
    facts = {"is_withdrawn": False, "is_answered": False, "is_used": False, **changes}
    check_edit(written_at=WRITTEN, now=WRITTEN + timedelta(minutes=minutes), **facts)


@pytest.mark.parametrize("minutes", [0, 5, 10])
def test_words_may_be_changed_for_ten_minutes_as_the_page_says(minutes):
    _edit(minutes)  # raises where they may not
    assert WRITTEN + timedelta(minutes=minutes) <= edit_until(WRITTEN) == WRITTEN + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("minutes", "changes", "code"),
    [
        (10.1, {}, "edit_too_late"),
        (1, {"is_answered": True}, "edit_answered"),
        (1, {"is_used": True}, "edit_used"),
        (1, {"is_withdrawn": True}, "already_withdrawn"),
        (60, {"is_answered": True}, "edit_answered"),
    ],
)
def test_words_stay_once_it_is_late_or_somebody_builds_on_them(minutes, changes, code):
    with pytest.raises(RuleError, match=code):
        _edit(minutes, **changes)


@pytest.mark.parametrize(
    ("state", "first", "after"),
    [
        (WordState.APPROVED, True, WordState.WAITING),
        (WordState.APPROVED, False, WordState.APPROVED),
        (WordState.REFUSED, False, WordState.WAITING),
        (WordState.WAITING, True, WordState.WAITING),
    ],
)
def test_changed_words_are_checked_again_where_words_are_checked_first(state, first, after):
    assert state_after_edit(state, moderates_first=first) is after


def test_others_words_come_after_ones_own_vote_or_when_no_vote_can_be_cast():
    assert not shows_others(has_voted=False, is_open=True)
    assert shows_others(has_voted=True, is_open=True)
    assert shows_others(has_voted=False, is_open=False)


def test_a_specialist_says_who_and_with_which_interests():
    with pytest.raises(RuleError, match="speaker_missing"):
        check_speaker(StaffVoice.SPECIALIST, " ", "none")
    with pytest.raises(RuleError, match="interests_missing"):
        check_speaker(StaffVoice.SPECIALIST, "Dr Example", "")
    assert check_speaker(StaffVoice.SPECIALIST, " Dr Example ", "none") == ("Dr Example", "none")
    assert check_speaker(StaffVoice.FACILITATOR, "Sam", "pay") == ("", "")
