"""Meetings of the Oversight Group: declarations first, seats that count once, an agenda with a fixed beginning."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.meetings import (
    AgendaKind,
    Attended,
    Presence,
    Seat,
    Standing,
    check_attendance,
    check_call_off,
    check_move,
    check_record,
    check_removal,
    is_overdue,
    next_number,
    quorum,
    sits_on,
    standing,
    voting_seats,
)

DAY = date(2026, 3, 10)
MEMBER, OTHER, DEPUTY, OBSERVER, GONE = 1, 2, 3, 4, 5
SEATS = {
    MEMBER: Seat(MEMBER),
    OTHER: Seat(OTHER, joined_on=DAY),
    DEPUTY: Seat(DEPUTY, deputy_of=MEMBER),
    OBSERVER: Seat(OBSERVER, is_observer=True),
    GONE: Seat(GONE, left_on=date(2026, 3, 9)),
}
ALL = set(SEATS)


def _refused(*wanted: Attended, declared: set[int] = ALL) -> str:
    with pytest.raises(RuleError) as refusal:
        check_attendance(wanted, SEATS, declared, DAY)
    return refusal.value.code


def test_a_member_who_has_declared_is_recorded_as_present():
    check_attendance([Attended(MEMBER, Presence.PRESENT)], SEATS, {MEMBER}, DAY)


def test_nobody_is_there_before_their_interests_are_declared():
    assert _refused(Attended(MEMBER, Presence.PRESENT), declared={OTHER}) == "declaration_missing"
    assert _refused(Attended(DEPUTY, Presence.DEPUTY, MEMBER), declared={MEMBER}) == "declaration_missing"


def test_apologies_and_observers_need_no_declaration():
    wanted = [Attended(MEMBER, Presence.APOLOGIES), Attended(OBSERVER, Presence.OBSERVER)]
    check_attendance(wanted, SEATS, set(), DAY)


def test_an_observer_never_counts():
    assert _refused(Attended(OBSERVER, Presence.PRESENT)) == "observer_only"
    assert OBSERVER not in voting_seats(SEATS.values(), DAY)


def test_a_deputy_sits_in_their_own_members_seat_alone():
    check_attendance([Attended(DEPUTY, Presence.DEPUTY, MEMBER)], SEATS, ALL, DAY)
    assert _refused(Attended(DEPUTY, Presence.DEPUTY, OTHER)) == "deputy_for_wrong"
    assert _refused(Attended(DEPUTY, Presence.DEPUTY)) == "deputy_for_missing"
    assert _refused(Attended(DEPUTY, Presence.PRESENT)) == "deputy_for_missing"
    assert _refused(Attended(OTHER, Presence.DEPUTY, MEMBER)) == "deputy_for_wrong"


def test_a_member_and_their_deputy_do_not_both_sit_in_one_seat():
    both = Attended(MEMBER, Presence.PRESENT), Attended(DEPUTY, Presence.DEPUTY, MEMBER)
    assert _refused(*both) == "seat_taken"
    assert _refused(*reversed(both)) == "seat_taken"


def test_whoever_had_left_by_then_cannot_have_been_there():
    assert _refused(Attended(GONE, Presence.PRESENT)) == "not_member_then"
    assert _refused(Attended(99, Presence.PRESENT)) == "not_member_then"


def test_the_day_of_joining_and_the_day_of_leaving_both_count():
    assert sits_on(Seat(1, joined_on=DAY, left_on=DAY), DAY)
    assert not sits_on(Seat(1, joined_on=date(2026, 3, 11)), DAY)


def test_the_quorum_counts_a_deputy_in_their_members_seat():
    found = quorum([Attended(DEPUTY, Presence.DEPUTY, MEMBER)], voting_seats(SEATS.values(), DAY), needed=1)
    assert (found.counted, found.needed, found.seats, found.is_reached) == (1, 1, 2, True)


def test_whoever_steps_out_of_an_item_is_not_counted_in_it():
    there = [Attended(MEMBER, Presence.PRESENT), Attended(OTHER, Presence.PRESENT)]
    assert quorum(there, {MEMBER, OTHER}, 2).is_reached
    assert not quorum(there, {MEMBER, OTHER}, 2, out={OTHER}).is_reached


def test_a_deputy_who_steps_out_leaves_the_seat_empty():
    there = [Attended(DEPUTY, Presence.DEPUTY, MEMBER)]
    assert quorum(there, {MEMBER, OTHER}, 1, out={DEPUTY}).counted == 0


def test_an_empty_room_is_no_quorum_even_where_none_is_asked():
    assert not quorum([], {MEMBER}, 0).is_reached


people = st.integers(1, 12)
lines = st.lists(
    st.builds(Attended, people, st.sampled_from(Presence), st.none() | people), max_size=20
)


@given(lines, st.sets(people), st.integers(0, 12), st.sets(people))
def test_the_quorum_never_counts_more_than_there_are_seats_or_people(there, voting, needed, out):
    found = quorum(there, voting, needed, out)
    assert 0 <= found.counted <= found.seats == len(voting)
    assert found.counted <= len({one.member for one in there} - out) + len(
        {one.instead_of for one in there if one.presence is Presence.DEPUTY}
    )
    assert found.is_reached == (found.counted >= max(needed, 1))


@given(lines, st.sets(people), st.integers(0, 12), st.sets(people), people)
def test_stepping_out_never_helps_the_quorum_and_coming_never_hurts_it(there, voting, needed, out, person):
    before = quorum(there, voting, needed, out).counted
    assert quorum(there, voting, needed, out | {person}).counted <= before
    assert quorum([*there, Attended(person, Presence.PRESENT)], voting, needed, out).counted >= before


@given(lines, st.sets(people), st.sets(people))
def test_apologies_observers_and_repeated_lines_change_nothing(there, voting, out):
    counting = [one for one in there if one.presence in {Presence.PRESENT, Presence.DEPUTY}]
    assert quorum(counting * 2, voting, 1, out) == quorum(there, voting, 1, out)


def test_notes_wait_until_somebody_who_has_declared_is_there():
    with pytest.raises(RuleError, match="declarations_first"):
        check_record([])
    check_record([MEMBER])


@pytest.mark.parametrize("kind", [AgendaKind.DECLARATIONS, AgendaKind.REFLECTION])
def test_declarations_and_reflection_stay_where_they_are(kind):
    for attempt in (lambda: check_move(kind, 4), lambda: check_removal(kind, has_note=False)):
        with pytest.raises(RuleError, match="item_fixed"):
            attempt()


def test_nothing_moves_before_declarations_and_reflection():
    check_move(AgendaKind.OTHER, 3)
    with pytest.raises(RuleError, match="item_fixed"):
        check_move(AgendaKind.OTHER, 2)


def test_what_was_talked_about_stays_on_the_agenda():
    check_removal(AgendaKind.GATE, has_note=False)
    with pytest.raises(RuleError, match="item_noted"):
        check_removal(AgendaKind.GATE, has_note=True)


def test_a_meeting_is_held_once_somebody_was_there_and_then_cannot_be_called_off():
    assert standing(is_called_off=False, people_there=0) is Standing.PLANNED
    assert standing(is_called_off=True, people_there=0) is Standing.CALLED_OFF
    assert standing(is_called_off=False, people_there=3) is Standing.HELD
    check_call_off(0)
    with pytest.raises(RuleError, match="meeting_held"):
        check_call_off(1)


@given(st.sets(st.integers(1, 500)))
def test_a_number_is_never_given_twice(numbers):
    assert next_number(numbers) not in numbers


def test_an_action_is_overdue_the_day_after_and_never_once_done():
    assert not is_overdue(DAY, DAY, is_done=False)
    assert is_overdue(DAY, date(2026, 3, 11), is_done=False)
    assert not is_overdue(DAY, date(2026, 3, 11), is_done=True)
    assert not is_overdue(None, DAY, is_done=False)
