"""Minutes: drafted by the program, sent round with a date, held back by an objection, published, corrected."""

import io
from datetime import timedelta

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.db import db, transaction, utcnow
from app.exports.minutes_docx import write
from app.models.advice import Advice
from app.models.events import Event
from app.models.meetings import OversightMeeting
from app.models.minutes import MinutesObjection, MinutesVersion
from app.queries.minutes import newest_row, versions_of
from app.services import advice, meeting_records, meetings, minutes, oversight_actions
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.meetings import Attended, Presence
from deliberation.minutes import MinutesState
from deliberation.oversight import Response, Severity
from tests import factories
from tests.app.meet import Circle, hold, make_circle, minute, plan, send_round
from tests.app.oversee import advise, make_overseen
from tests.app.way import fresh


@pytest.fixture
def circle(client: FlaskClient) -> Circle:
    made = make_circle()
    factories.sign_in_as(client, made.staff)
    hold(made)
    return made


def _state(circle: Circle, days: float = 0) -> MinutesState:
    db.session.rollback()
    row = newest_row(circle.meeting, utcnow() + timedelta(days=days))
    assert row is not None
    return row.state


def _wait(days: float = 4) -> None:
    """So many days pass since minutes were sent round and objections came."""
    back = timedelta(days=days)
    with transaction() as session:
        for row in session.scalars(select(MinutesVersion).where(MinutesVersion.clear_by.is_not(None))):
            row.circulated_at, row.clear_by = row.circulated_at - back, row.clear_by - back
        for one in session.scalars(select(MinutesObjection)):
            one.raised_at -= back
            one.answered_at = one.answered_at - back if one.answered_at else None


def _public(circle: Circle) -> None:
    with transaction():
        minutes.open_page(circle.group, is_open=True, by=circle.staff)


def _object(client: FlaskClient, circle: Circle, text: str = "I did not say this.", who: int = 0):
    factories.sign_in_as(client, circle.accounts[who])
    reply = client.post(f"{circle.there}/minutes/object", data={"text": text})
    factories.sign_in_as(client, circle.staff)
    return reply


def test_the_program_drafts_them_from_what_was_recorded(client: FlaskClient, circle: Circle):
    meeting = circle.meeting
    with transaction():
        meeting_records.declare(meeting, circle.members[1], "I own a clinic.", [meeting.items[2]], by=circle.staff)
        meeting_records.write_notes(meeting, [(meeting.items[2], "We went through the list.")], by=circle.staff)
        oversight_actions.add_action(
            circle.group, text="Ask the hospital", member=circle.members[0], meeting=meeting, by=circle.staff
        )
    assert client.post(f"{circle.there}/minutes/draft").status_code == 303
    text = versions_of(meeting)[-1].text
    for words in (
        "# The Oversight Group: meeting 1",
        "**Present:** Ann (Ann and Sons), chair; Ben (Ben and Sons)",
        "2 of 3 members were there or had a deputy. The quorum is 2. The meeting was quorate.",
        "## 1. Declarations of interest",
        "- Ben: I own a clinic. Stepped out of part 3.",
        "1 person had nothing to add",
        "Ben stepped out of this part.",
        "not from the group",
        "We went through the list.",
        "- **A1** Ask the hospital (Ann, open)",
    ):
        assert words in text, words


def test_where_members_are_not_published_the_draft_names_nobody(client: FlaskClient):
    circle = make_circle(publishes_members=False)
    factories.sign_in_as(client, circle.staff)
    hold(circle)
    with transaction():
        meeting_records.declare(circle.meeting, circle.members[1], "A clinic.", [], by=circle.staff)
        oversight_actions.add_action(
            circle.group, text="Ask", member=circle.members[0], meeting=circle.meeting, by=circle.staff
        )
    minute(circle)
    text = versions_of(circle.meeting)[-1].text
    assert "**Present:** 2" in text
    assert not [name for name in ("Ann", "Ben", "Cat", "Dee", "Obi") if name in text]


def test_there_are_no_minutes_of_a_meeting_in_which_nobody_is_recorded(client: FlaskClient, circle: Circle):
    plan(circle)
    reply = client.post(f"{circle.there}/minutes/draft")
    assert reply.status_code == 422
    assert "Record interests first" in reply.text


def test_each_change_is_a_version_and_every_version_stays(client: FlaskClient, circle: Circle):
    minute(circle)
    assert client.post(f"{circle.there}/minutes/write", data={"text": "# Better words"}).status_code == 303
    same = client.post(f"{circle.there}/minutes/write", data={"text": "# Better words"})
    assert same.status_code == 422
    assert [one.number for one in versions_of(circle.meeting)] == [1, 2]
    first = versions_of(circle.meeting)[0]
    assert "Who was there" in client.get(f"{circle.there}/minutes/{first.public_id}").text


def test_members_read_no_draft_and_read_them_once_they_are_sent_round(client: FlaskClient, circle: Circle):
    minute(circle, "# Secret draft")
    version = versions_of(circle.meeting)[0]
    factories.sign_in_as(client, circle.accounts[0])
    assert "Secret draft" not in client.get(f"{circle.there}/minutes").text
    assert client.get(f"{circle.there}/minutes/{version.public_id}").status_code == 404
    assert client.get(f"{circle.there}/minutes/{version.public_id}/file.docx").status_code == 404
    send_round(circle)
    assert "Secret draft" in client.get(f"{circle.there}/minutes").text
    assert client.get(f"{circle.there}/minutes/{version.public_id}/file.docx").status_code == 200


def test_members_are_given_at_least_two_days(client: FlaskClient, circle: Circle):
    minute(circle)
    soon = (utcnow() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    reply = client.post(f"{circle.there}/minutes/circulate", data={"clear_by": soon})
    assert reply.status_code == 422
    assert "at least 48 hours" in reply.text
    later = (utcnow() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"{circle.there}/minutes/circulate", data={"clear_by": later}).status_code == 303
    assert _state(circle) is MinutesState.CIRCULATED


def test_silence_clears_them_on_the_stated_date_and_publishes_nothing(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    assert client.post(f"{circle.there}/minutes/publish").status_code == 422
    _wait()
    assert _state(circle) is MinutesState.CLEARED
    _public(circle)
    assert "None are published yet" in client.get(circle.open).text


def test_an_objection_holds_them_back_until_it_is_answered_and_leaves_time_for_another(
    client: FlaskClient, circle: Circle
):
    minute(circle)
    send_round(circle)
    assert _object(client, circle).status_code == 303
    _wait()
    assert _state(circle) is MinutesState.HELD_BACK
    assert client.post(f"{circle.there}/minutes/publish").status_code == 422
    row = db.session.scalars(select(MinutesObjection)).one()
    address = f"{circle.there}/minutes/objections/{row.public_id}"
    assert client.post(address, data={"answer": " "}).status_code == 422
    assert client.post(address, data={"answer": "You did, twice."}).status_code == 303
    assert client.post(address, data={"answer": "Again."}).status_code == 422
    assert _state(circle) is MinutesState.CIRCULATED
    assert _object(client, circle, "Still not.", who=1).status_code == 303
    assert _state(circle, days=30) is MinutesState.HELD_BACK


def test_an_objection_after_the_date_is_too_late(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    _wait()
    reply = _object(client, circle)
    assert reply.status_code == 422
    assert "time for objections is over" in reply.text


def test_an_objection_to_an_earlier_version_cannot_be_passed_over(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    _object(client, circle)
    minute(circle, "# Other words")
    with pytest.raises(RuleError, match="objection_unanswered"):
        send_round(circle)


def test_neither_observers_nor_members_who_left_can_object(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    with transaction():
        member = db.session.get(type(circle.members[0]), circle.members[0].id)
        member.left_on = utcnow().date()
    reply = _object(client, circle)
    assert reply.status_code == 422
    assert "has not left" in reply.text
    with pytest.raises(RuleError, match="observer_only"), transaction():
        minutes.object_to(circle.meeting, circle.observer, "No.", by=circle.accounts[1])
    assert not db.session.scalars(select(MinutesObjection)).all()


def test_published_minutes_are_read_by_everybody_and_a_correction_is_a_new_version_with_a_note(
    client: FlaskClient, circle: Circle
):
    minute(circle, "# First words")
    send_round(circle)
    _wait()
    assert client.post(f"{circle.there}/minutes/publish").status_code == 303
    first = versions_of(circle.meeting)[0]
    anybody = client.application.test_client()
    at = f"{circle.open}/minutes"
    assert anybody.get(f"{at}/{first.public_id}").status_code == 404
    _public(circle)
    assert "First words" in anybody.get(f"{at}/{first.public_id}").text
    refused = client.post(f"{circle.there}/minutes/write", data={"text": "# Second words"})
    assert refused.status_code == 422
    assert "What was published stays" in refused.text
    noted = {"text": "# Second words", "note": "The room was wrong."}
    assert client.post(f"{circle.there}/minutes/write", data=noted).status_code == 303
    second = versions_of(circle.meeting)[1]
    assert anybody.get(f"{at}/{second.public_id}").status_code == 404
    send_round(circle)
    _wait()
    assert client.post(f"{circle.there}/minutes/publish").status_code == 303
    page = anybody.get(f"{at}/{second.public_id}").text
    assert "The room was wrong." in page
    assert "First words" in anybody.get(f"{at}/{first.public_id}").text
    assert fresh(first).text == "# First words"


def test_a_group_that_keeps_its_minutes_to_itself_publishes_none(client: FlaskClient):
    circle = make_circle(publishes_minutes=False)
    factories.sign_in_as(client, circle.staff)
    hold(circle)
    minute(circle)
    send_round(circle)
    _wait()
    assert client.post(f"{circle.there}/minutes/publish").status_code == 422
    _public(circle)
    assert "Minutes are not published." in client.get(circle.open).text


def test_that_they_were_cleared_and_when_is_in_the_record(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    _object(client, circle)
    with transaction():
        minutes.answer_objection(db.session.scalars(select(MinutesObjection)).one(), "Noted.", by=circle.staff)
    _wait(6)
    client.post(f"{circle.there}/minutes/publish")
    rows = db.session.execute(select(Event.kind, Event.actor_role)).all()
    assert (EventKind.MINUTES_CLEARED, "program") in [tuple(row) for row in rows]
    kinds = {kind for kind, _ in rows}
    assert kinds >= {EventKind.MINUTES_CIRCULATED, EventKind.MINUTES_OBJECTED, EventKind.MINUTES_PUBLISHED}


def test_the_word_file_opens_with_headings_lists_and_how_they_stand(client: FlaskClient, circle: Circle):
    minute(circle)
    send_round(circle)
    with transaction() as session:
        session.execute(update(type(circle.dialogue)).values(is_synthetic=True))
    version = versions_of(circle.meeting)[0]
    reply = client.get(f"{circle.there}/minutes/{version.public_id}/file.docx")
    assert "synthetic-minutes-1-v1.docx" in reply.headers["Content-Disposition"]
    word = Document(io.BytesIO(reply.data))
    header = word.sections[0].header.paragraphs[0].text
    assert "SYNTHETIC" in header
    assert "with the members" in header
    styles = {one.style.name for one in word.paragraphs}
    assert styles >= {"Title", "Heading 1", "List Bullet", "Normal"}
    assert any(run.bold and run.text == "Present:" for one in word.paragraphs for run in one.runs)


def test_a_word_file_holds_whatever_people_typed():
    text = "# A & B <c>\n\n- one \x0b\n- *two*\n\n> quoted\n\n```\ncode\n```\n\n1. first\n\n**bold _both_**\nnext line"
    data = write(text, title="T\x00", author="", note="n", is_synthetic=False)
    found = [one.text for one in Document(io.BytesIO(data)).paragraphs]
    assert found[0] == "A & B <c>"
    assert "two" in found
    assert "first" in found


def test_words_of_people_make_no_headings_of_their_own_in_a_draft(circle: Circle):
    with transaction():
        meeting_records.declare(circle.meeting, circle.members[0], "# Loud\n\n## Louder", by=circle.staff)
    minute(circle)
    assert "- Ann: # Loud ## Louder" in versions_of(circle.meeting)[0].text


def test_markup_in_minutes_is_shown_as_text(client: FlaskClient, circle: Circle):
    minute(circle, "# Hello\n\n<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(f"{circle.there}/minutes").text


def test_a_version_of_another_meeting_is_not_found_here(client: FlaskClient, circle: Circle):
    minute(circle)
    version = versions_of(circle.meeting)[0]
    hold(circle)
    assert client.get(f"{circle.there}/minutes/{version.public_id}").status_code == 404


def test_a_draft_holds_answered_advice_and_no_words_of_what_has_no_answer_yet(app):
    made = make_overseen()
    advise(made, text="Words with an answer.", is_named=True)
    advise(made, Severity.SHOULD, text="Words without one.", is_named=True)
    first = db.session.scalars(select(Advice).order_by(Advice.number)).first()
    assert first is not None
    with transaction():
        advice.answer_advice(made.dialogue, first, Response.DEFERRED, "Next month.", by=made.lead)
        advice.contest_answer(made.dialogue, first, "Too late.", by=made.overseer)
    with transaction():
        meeting = meetings.add_meeting(made.group, starts_at=utcnow() + timedelta(days=1), minutes=60, by=made.lead)
        meetings.add_item(meeting, title="", gate=made.gate, by=made.lead)
        meeting_records.declare(meeting, made.member, "", by=made.lead)
    with transaction() as session:
        session.get_one(OversightMeeting, meeting.id).starts_at = utcnow() - timedelta(minutes=5)
    with transaction():
        lines = [Attended(made.member.id, Presence.PRESENT)]
        meeting_records.record_attendance(meeting, lines, by=made.lead)
        text = minutes.draft_minutes(meeting, by=made.lead).text
    assert "Advice 1 (must fix), from Mo Member, on What a scan is: Words with an answer. Answer: deferred" in text
    assert "The answer to advice 1 is contested." in text
    assert "Advice 2 (should), from Mo Member, on What a scan is. Answer: not answered yet." in text
    assert "Words without one." not in text
