"""When paper may still be entered after a stage has closed, and that somebody asked for it."""

from datetime import UTC, datetime, timedelta

import pytest

from deliberation.errors import RuleError
from deliberation.on_behalf import LateWindow, check_asked, check_entry, late_until
from deliberation.stages import StageState

CLOSED = datetime(2026, 6, 3, 19, 30, tzinfo=UTC)
"""Half past eight in the evening in London, in summer."""
ZONE = "Europe/London"


def _enter(state: StageState, hours: float = 1, window: LateWindow = LateWindow.MORNING, *, was_before: bool = True):
    return check_entry(
        state=state, closed_at=CLOSED, now=CLOSED + timedelta(hours=hours), window=window, zone=ZONE,
        was_before=was_before,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("window", "until"),
    [
        (LateWindow.NONE, CLOSED),
        (LateWindow.MORNING, datetime(2026, 6, 4, 9, 0, tzinfo=UTC)),
        (LateWindow.THREE_DAYS, CLOSED + timedelta(days=3)),
        (LateWindow.WEEK, CLOSED + timedelta(days=7)),
    ],
)
def test_each_window_ends_when_it_says(window, until):
    assert late_until(CLOSED, window, ZONE) == until


def test_the_next_morning_is_one_of_the_dialogues_clock():
    midnight_there = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)
    assert late_until(midnight_there, LateWindow.MORNING, ZONE) == datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
    winter = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
    assert late_until(winter, LateWindow.MORNING, ZONE) == datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", [StageState.OPEN, StageState.PAUSED, StageState.CLOSING])
def test_before_closing_nothing_is_late_and_nothing_more_is_asked(state):
    assert _enter(state, was_before=False) is False


def test_after_closing_it_is_late_until_the_window_ends():
    assert _enter(StageState.CLOSED, 13) is True
    with pytest.raises(RuleError, match="entry_too_late"):
        _enter(StageState.CLOSED, 14)


def test_after_closing_somebody_has_to_say_that_it_was_filled_in_before():
    with pytest.raises(RuleError, match="entry_before_missing"):
        _enter(StageState.CLOSED, was_before=False)


def test_nothing_is_entered_before_a_stage_has_opened():
    with pytest.raises(RuleError, match="entry_not_begun"):
        _enter(StageState.PLANNED)


def test_without_a_window_closing_is_the_end():
    with pytest.raises(RuleError, match="entry_too_late"):
        _enter(StageState.CLOSED, 0.01, LateWindow.NONE)


def test_somebody_has_to_have_asked_for_it():
    with pytest.raises(RuleError, match="asked_missing"):
        check_asked(was_asked=False, whom="Sam")
    with pytest.raises(RuleError, match="asked_whom_missing"):
        check_asked(was_asked=True, whom="  ")
    with pytest.raises(RuleError, match="words_too_long"):
        check_asked(was_asked=True, whom="S" * 201)
    assert check_asked(was_asked=True, whom=" Sam  Example ") == "Sam Example"
