"""Meetings of the Oversight Group: planning, agenda, interests first, attendance, notes, actions."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.events import Event
from app.models.meetings import AgendaItem, MeetingAttendance, OversightAction, OversightMeeting
from app.models.oversight import ReviewGate
from app.queries.meetings import record_of
from app.services import meeting_records, oversight_actions
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import AgendaKind, Attended, Presence, Standing
from deliberation.oversight import GateKind
from deliberation.roles import Role
from tests import factories
from tests.app.meet import Circle, hold, make_circle, make_member, plan
from tests.app.way import fresh, saved


@pytest.fixture
def circle(client: FlaskClient) -> Circle:
    made = make_circle()
    factories.sign_in_as(client, made.staff)
    return made


def _field(row) -> str:
    return f"of_{row.public_id.hex}"


def _come(client: FlaskClient, circle: Circle, **ways):
    people = {"ann": circle.members[0], "ben": circle.members[1], "cat": circle.members[2], "dee": circle.deputy}
    people["obi"] = circle.observer
    data = {_field(people[name]): way for name, way in ways.items()}
    return client.post(f"{circle.there}/record/attendance", data=data)


def test_a_meeting_is_planned_with_declarations_first_and_reflection_second(client: FlaskClient, circle: Circle):
    reply = client.post(
        f"{circle.at}/meetings/new",
        data={"starts_at": "2026-05-04T14:00", "minutes": "90", "place": "Town hall", "link": "https://example.org/x"},
    )
    assert reply.status_code == 303
    row = db.session.scalars(select(OversightMeeting)).one()
    assert [one.kind for one in row.items] == [AgendaKind.DECLARATIONS, AgendaKind.REFLECTION, AgendaKind.ACTIONS]
    assert row.starts_at.isoformat() == "2026-05-04T13:00:00+00:00"
    page = client.get(reply.headers["Location"]).text
    assert "Town hall" in page
    assert "Reflection on previous feedback" in page


@pytest.mark.parametrize(
    "wrong", [{"starts_at": ""}, {"minutes": "0"}, {"link": "javascript:alert(1)"}, {"minutes": "soon"}]
)
def test_a_meeting_that_makes_no_sense_is_refused_with_what_was_typed(client: FlaskClient, circle: Circle, wrong):
    data = {"starts_at": "2026-05-04T14:00", "minutes": "90", "place": "Town hall", **wrong}
    reply = client.post(f"{circle.at}/meetings/new", data=data)
    assert reply.status_code == 422
    assert "Town hall" in reply.text
    assert not db.session.scalars(select(OversightMeeting)).all()


def test_meetings_are_numbered_through_the_groups_life(circle: Circle):
    assert [plan(circle, days).number for days in (-20, 30, -5)] == [1, 2, 3]


def test_a_part_about_a_gate_is_added_moved_and_taken_off(client: FlaskClient, circle: Circle):
    plan(circle)
    gate = saved(ReviewGate(group_id=circle.group.id, code="G2", kind=GateKind.MATERIALS, title="Materials"))
    assert client.post(f"{circle.there}/agenda", data={"gate": str(gate.public_id)}).status_code == 303
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.gate_id == gate.id)).one()
    assert (item.title, item.kind, item.place) == ("G2 Materials", AgendaKind.GATE, 4)
    assert client.post(f"{circle.there}/agenda/{item.public_id}/move", data={"step": "-1"}).status_code == 303
    assert fresh(item).place == 3
    refused = client.post(f"{circle.there}/agenda/{item.public_id}/move", data={"step": "-1"})
    assert refused.status_code == 409
    assert "They stay there" in refused.text
    assert client.post(f"{circle.there}/agenda/{item.public_id}/remove").status_code == 303
    assert fresh(item) is None
    assert [one.place for one in fresh(circle.meeting).items] == [1, 2, 3]


def test_declarations_stay_on_the_agenda(client: FlaskClient, circle: Circle):
    plan(circle)
    first = circle.meeting.items[0]
    assert client.post(f"{circle.there}/agenda/{first.public_id}/remove").status_code == 409


def test_nobody_is_recorded_as_there_before_interests_are_declared(client: FlaskClient, circle: Circle):
    plan(circle)
    reply = _come(client, circle, ann="present", ben="apologies")
    assert reply.status_code == 422
    assert "Ann has not declared interests" in reply.text
    assert not db.session.scalars(select(MeetingAttendance)).all()
    assert client.post(f"{circle.there}/declare/{circle.members[0].public_id}").status_code == 303
    assert _come(client, circle, ann="present", ben="apologies").status_code == 303
    assert "1 of 3 members was there" in client.get(circle.there).text


def test_notes_and_actions_wait_for_declarations_too(client: FlaskClient, circle: Circle):
    plan(circle)
    data = {_field(circle.meeting.items[2]): "We talked."}
    assert client.post(f"{circle.there}/record/notes", data=data).status_code == 422
    sent = {"text": "Write to the hospital", "owner": "The team"}
    refused = client.post(f"{circle.there}/record/action", data=sent)
    assert refused.status_code == 422
    assert "Record interests first" in refused.text
    assert not db.session.scalars(select(OversightAction)).all()


def test_a_member_declares_for_themselves_and_steps_out_of_a_part(client: FlaskClient, circle: Circle):
    plan(circle)
    item = circle.meeting.items[2]
    factories.sign_in_as(client, circle.accounts[1])
    assert "Ben owns shares" in client.get(f"{circle.there}/declare").text
    data = {"text": "My firm makes the software.", "items": str(item.public_id)}
    assert client.post(f"{circle.there}/declare", data=data).status_code == 303
    assert "Steps out: Ben." in client.get(circle.there).text
    record = record_of(fresh(circle.meeting))
    assert [one.name for one in record.items[2].out] == ["Ben"]


def test_stepping_out_needs_a_reason_and_not_of_the_declarations_themselves(client: FlaskClient, circle: Circle):
    plan(circle)
    member, items = circle.members[0], circle.meeting.items
    address = f"{circle.there}/declare/{member.public_id}"
    assert client.post(address, data={"items": str(items[2].public_id)}).status_code == 422
    with pytest.raises(RuleError, match="declarations_item"), transaction():
        meeting_records.declare(circle.meeting, member, "Friends.", [circle.meeting.items[0]], by=circle.staff)


def test_a_part_without_enough_members_left_is_not_quorate_though_the_meeting_is(circle: Circle):
    hold(circle, present=2)
    with transaction():
        meeting = circle.meeting
        meeting_records.declare(meeting, circle.members[1], "Mine.", [meeting.items[2]], by=circle.staff)
    record = record_of(fresh(circle.meeting))
    assert record.quorum.is_reached
    assert not record.items[2].quorum.is_reached
    assert record.items[1].quorum.is_reached


def test_a_deputy_counts_in_the_seat_of_their_member_and_an_observer_in_none(client: FlaskClient, circle: Circle):
    plan(circle)
    for one in (circle.members[0], circle.deputy):
        client.post(f"{circle.there}/declare/{one.public_id}")
    assert _come(client, circle, ann="present", dee="deputy", obi="observer", cat="apologies").status_code == 303
    record = record_of(fresh(circle.meeting))
    assert (record.quorum.counted, record.quorum.seats, record.standing) == (2, 3, Standing.HELD)
    assert "Deputy for Cat" in client.get(circle.there).text


def test_a_member_and_their_deputy_cannot_both_be_there(client: FlaskClient, circle: Circle):
    plan(circle)
    for one in (circle.members[2], circle.deputy):
        client.post(f"{circle.there}/declare/{one.public_id}")
    refused = _come(client, circle, cat="present", dee="deputy")
    assert refused.status_code == 422
    assert "have one seat together" in refused.text


def test_an_observer_cannot_be_recorded_as_a_member(circle: Circle):
    plan(circle)
    wanted = [Attended(circle.observer.id, Presence.PRESENT)]
    with pytest.raises(RuleError, match="observer_only"), transaction():
        meeting_records.record_attendance(circle.meeting, wanted, by=circle.staff)


def test_before_a_meeting_only_apologies_are_recorded(client: FlaskClient, circle: Circle):
    plan(circle, days=3)
    client.post(f"{circle.there}/declare/{circle.members[0].public_id}")
    assert _come(client, circle, ann="present").status_code == 422
    assert _come(client, circle, ann="apologies").status_code == 303


def test_whoever_left_before_the_meeting_is_not_in_it_and_stays_in_the_record_of_earlier_ones(circle: Circle):
    early = hold(circle, days=-30, present=2)
    with transaction():
        member = db.session.get(type(circle.members[1]), circle.members[1].id)
        member.left_on = (utcnow() - timedelta(days=10)).date()
    plan(circle)
    assert "Ben" in [one.member.name for one in record_of(early).people]
    assert "Ben" not in [one.member.name for one in record_of(circle.meeting).people]
    with pytest.raises(RuleError, match="not_member_then"), transaction():
        meeting_records.declare(circle.meeting, circle.members[1], "", by=circle.staff)


def test_a_meeting_that_took_place_cannot_be_called_off(client: FlaskClient, circle: Circle):
    hold(circle)
    assert client.post(f"{circle.there}/call-off").status_code == 409
    plan(circle, days=9)
    assert client.post(f"{circle.there}/call-off").status_code == 303
    assert "called off" in client.get(circle.there).text
    assert client.post(f"{circle.there}/declare/{circle.members[0].public_id}").status_code == 422
    assert client.post(f"{circle.there}/call-off").status_code == 303
    assert fresh(circle.meeting).called_off_at is None


def test_notes_are_kept_for_each_part_and_shown(client: FlaskClient, circle: Circle):
    hold(circle)
    data = {_field(one): f"Said on {one.title}" for one in circle.meeting.items}
    assert client.post(f"{circle.there}/record/notes", data=data).status_code == 303
    assert "Said on Reflection on previous feedback" in client.get(circle.there).text


def test_a_note_that_is_too_long_is_refused_and_nothing_typed_is_lost(client: FlaskClient, circle: Circle):
    hold(circle)
    typed = "long " * 2000
    reply = client.post(f"{circle.there}/record/notes", data={_field(circle.meeting.items[2]): typed})
    assert reply.status_code == 422
    assert typed.strip() in reply.text


def test_actions_are_numbered_for_good_owned_due_and_carried_until_they_are_done(client: FlaskClient, circle: Circle):
    hold(circle, days=-20)
    first = {"text": "Write to the hospital", "owner": "The team", "due_on": "2026-01-31"}
    second = {"text": "Check slide 7", "member": str(circle.members[1].public_id)}
    for data in (first, second):
        assert client.post(f"{circle.there}/record/action", data=data).status_code == 303
    rows = db.session.scalars(select(OversightAction).order_by(OversightAction.number)).all()
    assert [one.code for one in rows] == ["A1", "A2"]
    plan(circle, days=5)
    page = client.get(circle.there).text
    assert "Carried from earlier meetings" in page
    assert "overdue" in page
    address = f"{circle.at}/actions/{rows[0].public_id}"
    assert client.post(address, data={**first, "is_done": "y", "outcome": "They agreed."}).status_code == 303
    assert [one.code for one in record_of(fresh(circle.meeting)).carried] == ["A2"]
    assert "They agreed." in client.get(f"{circle.at}/actions").text
    client.post(f"{circle.at}/actions", data=first)
    assert db.session.scalars(select(OversightAction.number)).all()[-1] == 3


def test_an_action_needs_somebody_who_does_it(client: FlaskClient, circle: Circle):
    hold(circle)
    reply = client.post(f"{circle.there}/record/action", data={"text": "Somebody should"})
    assert reply.status_code == 422
    assert "Say who does it." in reply.text
    assert "Somebody should" in reply.text


def test_an_action_that_was_open_at_a_meeting_stays_in_its_record_after_it_is_done(circle: Circle):
    hold(circle, days=-20)
    with transaction():
        row = oversight_actions.add_action(
            circle.group, text="Do it", owner="The team", meeting=circle.meeting, by=circle.staff
        )
    hold(circle, days=-2)
    with transaction():
        oversight_actions.edit_action(row, text="Do it", owner="The team", is_done=True, by=circle.staff)
    assert [one.code for one in record_of(fresh(circle.meeting)).carried] == ["A1"]


def test_every_act_of_a_meeting_is_in_the_record(client: FlaskClient, circle: Circle):
    hold(circle)
    client.post(f"{circle.there}/record/action", data={"text": "Do it", "owner": "The team"})
    kinds = set(db.session.scalars(select(Event.kind)))
    assert kinds >= {
        EventKind.OVERSIGHT_MEETING_EDITED,
        EventKind.OVERSIGHT_INTEREST_DECLARED,
        EventKind.ATTENDANCE_RECORDED,
        EventKind.OVERSIGHT_ACTION_EDITED,
    }


def test_a_dialogue_without_a_group_says_so(client: FlaskClient):
    dialogue = factories.make_dialogue()
    factories.sign_in_as(client, factories.make_staff(dialogue, Role.FACILITATOR))
    at = f"/d/{dialogue.public_id}/oversight"
    for page in ("meetings", "actions", "concerns", "public"):
        assert client.get(f"{at}/{page}").status_code == 200
    assert client.get(f"{at}/meetings/new").status_code == 404


def test_a_member_of_another_group_declares_nothing_here(circle: Circle):
    other = make_circle()
    plan(circle)
    with pytest.raises(RuleError, match="not_a_member"), transaction():
        meeting_records.declare(circle.meeting, other.members[0], "", by=circle.staff)


def test_a_member_without_an_account_is_recorded_by_the_team(client: FlaskClient, circle: Circle):
    quiet = make_member(circle.group, "Eli")
    plan(circle)
    assert client.post(f"{circle.there}/declare/{quiet.public_id}", data={"text": "I own a clinic."}).status_code == 303
    assert "I own a clinic." in client.get(circle.there).text
