"""The burden: whole numbers from assumptions, within bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.requests import Asked
from deliberation.requests_burden import BOUNDS, NAMES, Assumptions, Often, burden_of, check_assumptions


def test_three_hundred_requests_are_an_evening_in_most_weeks():
    burden = burden_of(Assumptions(), group_decides=True, asked=Asked.NOT_ASKED)
    assert (burden.evenings.a_year, burden.evenings.often) == (40, Often.MOST_WEEKS)
    assert (burden.hours_each, burden.people, burden.messages) == (100, 12, None)


def test_being_asked_each_time_is_about_once_a_month():
    burden = burden_of(Assumptions(), group_decides=False, asked=Asked.EACH_TIME)
    assert burden.evenings is None
    assert (burden.messages.a_year, burden.messages.often) == (12, Often.ONCE_A_MONTH)


def test_half_an_evening_is_an_evening_that_people_come_to():
    few = Assumptions(requests_a_year=1, minutes_each=10)
    assert burden_of(few, group_decides=True, asked=None).evenings.a_year == 1


def test_only_requests_that_need_the_whole_group_cost_an_evening():
    assert burden_of(Assumptions(full_in_ten=1), group_decides=True, asked=None).evenings.a_year == 4
    assert burden_of(Assumptions(full_in_ten=0), group_decides=True, asked=None).evenings.often is Often.NEVER


def test_more_than_once_a_week_says_how_often():
    load = burden_of(Assumptions(requests_a_year=1000), group_decides=True, asked=None).evenings
    assert (load.a_year, load.often, load.a_week) == (134, Often.TIMES_A_WEEK, 3)


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_out_of_its_bounds_is_refused(name):
    low, high = BOUNDS[name]
    for value in (low - 1, high + 1):
        with pytest.raises(RuleError, match="assumption_out_of_bounds"):
            check_assumptions({name: value})


def test_only_days_may_be_not_known():
    assert check_assumptions({"days_to_decide": None}).days_to_decide is None
    with pytest.raises(RuleError, match="assumption_out_of_bounds"):
        check_assumptions({"people": None})
    with pytest.raises(RuleError, match="no_such_assumption"):
        check_assumptions({"price": 3})


@given(st.fixed_dictionaries({name: st.integers(*BOUNDS[name]) for name in NAMES}))
def test_more_requests_never_make_less_work(values):
    fewer = {**values, "requests_a_year": max(1, values["requests_a_year"] // 2)}
    more, less = (
        burden_of(check_assumptions(one), group_decides=True, asked=Asked.EACH_TIME) for one in (values, fewer)
    )
    assert more.evenings.a_year >= less.evenings.a_year
    assert more.messages.a_year >= less.messages.a_year
