"""After a decision: each reminder once and on its day, and what a breach leads to."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deliberation.register import (
    AccessMove,
    AccessState,
    ConditionStanding,
    Reminder,
    ReviewFacts,
    Trigger,
    check_access_move,
    check_condition_check,
    due,
    next_review,
    planned,
    possible_moves,
    review_is_due,
    years_after,
)
from tests.deliberation.refusals import refused_code

DAY = date(2026, 3, 1)
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))
FACTS = ReviewFacts(DAY, ends_on=date(2027, 3, 1))


@given(moves=st.lists(st.tuples(st.sampled_from(list(AccessMove)), st.booleans()), max_size=12))
def test_access_walks_only_as_its_table_says(moves):
    state = AccessState.ACTIVE
    for move, breached in moves:
        can = possible_moves(state)
        code = refused_code(lambda: check_access_move(state, move, reason="Why", breached=breached))  # noqa: B023
        if move not in can:
            assert code == "access_move_impossible"
        elif move is AccessMove.RESTORE and breached:
            assert code == "still_breached"
        else:
            assert code is None
            assert refused_code(lambda: check_access_move(state, move, reason=" ", breached=False)) == (  # noqa: B023
                "access_reason_missing"
            )
            state = check_access_move(state, move, reason="Why", breached=breached)


def test_a_check_needs_its_evidence_and_what_is_due_is_not_put_off():
    past, ahead = DAY - timedelta(days=1), DAY + timedelta(days=1)

    def check(found: ConditionStanding, evidence: str, due_on: date) -> str | None:
        return refused_code(lambda: check_condition_check(found, evidence=evidence, due_on=due_on, today=DAY))

    assert check(ConditionStanding.MET, " ", past) == "check_evidence_missing"
    assert check(ConditionStanding.NOT_MET, "", past) == "check_evidence_missing"
    assert check(ConditionStanding.NOT_DUE, "", past) == "condition_is_due"
    assert check(ConditionStanding.NOT_DUE, "", ahead) is None
    assert check(ConditionStanding.MET, "Their report of May", past) is None


def test_each_trigger_has_its_day():
    facts = replace(
        FACTS, review_on=date(2026, 9, 1), changes=(date(2026, 5, 5),), conditions=((7, date(2026, 6, 30)),)
    )
    assert planned(facts, until=date(2029, 1, 1)) == [
        Reminder(date(2026, 5, 5), Trigger.DECLARED_CHANGE),
        Reminder(date(2026, 5, 31), Trigger.CONDITION_DUE, 7),
        Reminder(date(2026, 9, 1), Trigger.COMMITTEE_DATE),
        Reminder(date(2027, 1, 30), Trigger.ACCESS_EXPIRY),
        Reminder(date(2027, 3, 1), Trigger.ANNUAL_NUDGE),
        Reminder(date(2027, 3, 1), Trigger.LAY_RESULT),
        Reminder(date(2028, 3, 1), Trigger.TWO_YEARS),
    ]
    assert next_review(facts) == date(2026, 9, 1)


def test_what_was_not_granted_or_was_revoked_is_not_nudged():
    assert planned(replace(FACTS, is_granted=False), until=date(2030, 1, 1)) == []
    assert next_review(replace(FACTS, is_granted=False)) is None
    revoked = replace(FACTS, is_revoked=True, changes=(DAY,))
    assert planned(revoked, until=date(2030, 1, 1)) == [Reminder(DAY, Trigger.DECLARED_CHANGE)]


@given(days=st.lists(DAYS, min_size=1, max_size=15), review=st.none() | DAYS)
def test_each_reminder_goes_out_once_however_often_somebody_looks(days, review):
    facts = replace(FACTS, review_on=review, conditions=((1, date(2026, 8, 1)),))
    sent: list[Reminder] = []
    for today in sorted(days):
        for one in due(facts, today=today, sent=sent):
            assert one.on <= today
            sent.append(one)
        assert due(facts, today=today, sent=sent) == []
    assert len(sent) == len(set(sent))
    assert sorted(sent) == planned(facts, until=max(days))


def test_a_review_is_due_after_two_years_a_named_day_or_a_declared_change_and_not_for_a_nudge():
    assert not review_is_due(FACTS, date(2027, 6, 1))
    assert review_is_due(FACTS, date(2028, 3, 1))
    assert review_is_due(replace(FACTS, review_on=date(2026, 4, 1)), date(2026, 4, 1))
    assert review_is_due(replace(FACTS, changes=(DAY,)), DAY)


def test_a_leap_day_two_years_on_is_the_first_of_march():
    assert years_after(date(2028, 2, 29), 2) == date(2030, 3, 1)
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)
