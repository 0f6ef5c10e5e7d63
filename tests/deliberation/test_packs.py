"""When a pack is due, and how late one is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.packs import PackState, Timing, check_send, due_on, timing

MEETS = date(2026, 3, 20)
DUE = date(2026, 3, 13)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 3, 9), PackState.EARLY, 4),
        (date(2026, 3, 10), PackState.SOON, 3),
        (date(2026, 3, 13), PackState.SOON, 0),
        (date(2026, 3, 14), PackState.LATE, 1),
        (date(2026, 3, 25), PackState.LATE, 12),
    ],
)
def test_a_pack_that_is_not_sent_is_early_then_due_then_late(today: date, state: PackState, days: int) -> None:
    assert timing(MEETS, 7, today=today, sent_on=None) == Timing(state, DUE, days)


def test_sent_on_the_day_it_is_due_is_in_time_and_a_day_later_is_late() -> None:
    assert timing(MEETS, 7, today=MEETS, sent_on=DUE) == Timing(PackState.SENT_IN_TIME, DUE, 0)
    late = timing(MEETS, 7, today=MEETS, sent_on=DUE + timedelta(days=1))
    assert late == Timing(PackState.SENT_LATE, DUE, 1)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 90), st.integers(-200, 200))
def test_sending_never_makes_a_pack_later_than_waiting(meets: date, days: int, offset: int) -> None:
    today = due_on(meets, days) + timedelta(days=offset)
    waits, sent = (timing(meets, days, today=today, sent_on=on) for on in (None, today))
    is_late = offset > 0
    assert (waits.state is PackState.LATE) == is_late
    assert (sent.state is PackState.SENT_LATE) == is_late
    assert sent.days == (waits.days if is_late else 0)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"is_sent": True, "items": 1, "members": 1}, "pack_sent"),
        ({"is_sent": False, "items": 0, "members": 1}, "pack_empty"),
        ({"is_sent": False, "items": 1, "members": 0}, "nobody_in_group"),
    ],
)
def test_packs_that_cannot_go_out_are_refused(facts: dict[str, int], code: str) -> None:
    with pytest.raises(RuleError, match=code):
        check_send(**facts)  # type: ignore[arg-type]
