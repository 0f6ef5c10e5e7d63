"""The trade-off grid: one criterion a page, for oneself or for a table; counts and reasons for staff."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.models.events import Event
from app.models.tradeoffs import GridMark, GridVerdict
from app.queries.tradeoffs import grid_frame, grid_of, grid_progress
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import Setting
from deliberation.stewardship import Approach
from deliberation.tasks import Task
from deliberation.tradeoffs import Mark, Verdict
from tests import factories
from tests.app.models_way import close, closed_list, seat, task_room
from tests.app.way import Room
from tests.factories import be_participant, sign_in_as

ROW = {"delegated": "meets", "collective": "partly", "individual": "fails"}


def _room(**changes) -> tuple[Room, list, object]:
    room, facilitator = task_room(Task.FILL_GRID, stage={"setting": Setting.TABLES}, **changes)
    return room, closed_list(room, facilitator), facilitator


def _fill(client: FlaskClient, room: Room, criterion, **sent):
    return client.post(room.at(f"/grid/{criterion.public_id}"), data={**ROW, **sent})


def test_one_criterion_a_page_with_four_words_for_each_of_three_approaches(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    html = client.get(room.at(f"/grid/{rows[0].public_id}")).text
    assert html.count('type="radio"') == 12
    assert "1 of 2" in html
    assert "Not sure" in html
    assert "<table" not in html


def test_rows_lead_to_each_other_and_then_to_the_question_about_all_of_it(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    assert _fill(client, room, rows[0]).location == room.at(f"/grid/{rows[1].public_id}?by=self")
    assert _fill(client, room, rows[1]).location == room.at("/grid/whole?by=self")
    done = client.post(room.at("/grid/whole"), data={"verdict": "none_meets_it", "why": "Each lacks something."})
    assert done.location == room.at("/grid?by=self")
    html = client.get(done.location).text
    assert "None of the three does it" in html
    assert "All of it is filled in" in html
    assert db.session.scalar(select(GridVerdict)).verdict is Verdict.NONE_MEETS_IT
    assert len(list(db.session.scalars(select(Event).where(Event.kind == EventKind.GRID_FILLED)))) == 3


def test_no_access_at_all_is_an_answer_on_the_grid(client: FlaskClient):
    room, _, _ = _room()
    be_participant(client, room.participant)
    assert "No one should get the scans for AI" in client.get(room.at("/grid/whole")).text
    assert client.post(room.at("/grid/whole"), data={"verdict": "no_access"}).status_code == 303
    assert db.session.scalar(select(GridVerdict)).verdict is Verdict.NO_ACCESS


def test_an_answer_left_out_stays_without_an_answer_and_an_empty_row_is_refused(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    assert _fill(client, room, rows[0], collective="", individual="").status_code == 303
    assert [one.approach for one in db.session.scalars(select(GridMark))] == [Approach.DELEGATED]
    answer = client.post(room.at(f"/grid/{rows[0].public_id}"), data={"why": "I cannot say."})
    assert answer.status_code == 422
    assert "Choose an answer for at least one of the three ways." in answer.text
    assert "I cannot say." in answer.text


def test_a_row_can_be_changed_and_its_reason_with_it(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    _fill(client, room, rows[0], why="It is calm.")
    _fill(client, room, rows[0], delegated="not_sure", why="I am no longer sure.")
    marks = list(db.session.scalars(select(GridMark).where(GridMark.approach == Approach.DELEGATED)))
    assert [one.mark for one in marks] == [Mark.NOT_SURE]
    states = {one.text: one.state for one in db.session.scalars(select(Comment).where(Comment.task_id.is_not(None)))}
    assert states == {"It is calm.": WordState.WITHDRAWN, "I am no longer sure.": WordState.WAITING}
    html = client.get(room.at(f"/grid/{rows[0].public_id}")).text
    assert "I am no longer sure." in html


def test_anybody_at_a_table_writes_for_it_and_all_of_them_see_it(client: FlaskClient):
    room, rows, _ = _room()
    other = factories.make_participant(room.dialogue)
    table = seat(room, room.participant, other)
    be_participant(client, room.participant)
    assert "I write for my table" in client.get(room.at("/grid")).text
    _fill(client, room, rows[0], by="table")
    be_participant(client, other)
    html = client.get(room.at("/grid?by=table")).text
    assert "Yes, it does that" in html
    _fill(client, room, rows[0], by="table", delegated="fails")
    marks = list(db.session.scalars(select(GridMark)))
    assert {(one.table_id, one.participant_id) for one in marks} == {(table.id, None)}
    assert next(one for one in marks if one.approach is Approach.DELEGATED).mark is Mark.FAILS


def test_who_sits_at_no_table_cannot_write_for_one(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    answer = _fill(client, room, rows[0], by="table")
    assert answer.status_code == 422
    assert "You do not sit at a table here." in answer.text
    assert db.session.query(GridMark).count() == 0


def test_the_grid_waits_for_the_list(client: FlaskClient):
    room, facilitator = task_room(Task.FILL_GRID)
    rows = closed_list(room, facilitator)
    sign_in_as(client, facilitator)
    client.post(f"/d/{room.dialogue.public_id}/criteria/reopen")
    be_participant(client, room.participant)
    assert "The list of what matters is not ready yet." in client.get(room.at("/grid")).text
    assert _fill(client, room, rows[0]).status_code == 422


def test_a_list_that_was_marked_is_not_opened_again(client: FlaskClient):
    room, rows, facilitator = _room()
    be_participant(client, room.participant)
    _fill(client, room, rows[0])
    sign_in_as(client, facilitator)
    answer = client.post(f"/d/{room.dialogue.public_id}/criteria/reopen")
    assert answer.status_code == 422
    assert "People have filled in the grid on this list" in answer.text


def test_a_facilitator_types_in_what_a_table_said(client: FlaskClient):
    room, rows, facilitator = _room()
    table = seat(room, room.participant, number=3)
    sign_in_as(client, facilitator)
    address = room.at("/grid/table/3")
    sent = {f"mark-{rows[0].public_id}-{approach}": mark for approach, mark in ROW.items()}
    sent |= {f"why-{rows[0].public_id}": "They said so.", "verdict": "no_access"}
    assert client.post(address, data=sent).status_code == 303
    assert db.session.query(GridMark).filter_by(table_id=table.id).count() == 3
    html = client.get(address).text
    assert "They said so." in html
    assert 'value="no_access" selected' in html
    assert client.post(address, data={**sent, f"why-{rows[0].public_id}": "x" * 501}).status_code == 422
    assert client.post(address, data={}).status_code == 422
    assert client.get(room.at("/grid/table/9")).status_code == 404


def test_staff_see_counts_for_tables_and_for_people_and_the_reasons(client: FlaskClient):
    room, rows, facilitator = _room()
    seat(room, room.participant)
    be_participant(client, room.participant)
    for one in rows:
        _fill(client, room, one, by="table", why=f"Because of {one.text}.")
    _fill(client, room, rows[0], by="self", delegated="fails")
    grid = grid_of(room.stage)
    assert (grid.tables.fillers, grid.people.fillers) == (1, 1)
    assert grid.tables.count(rows[0], Approach.DELEGATED, Mark.MEETS) == 1
    assert grid.people.count(rows[0], Approach.DELEGATED, Mark.FAILS) == 1
    assert grid_progress(room.dialogue) == [(room.stage, 1, 0, 1)]
    for role in (Role.FACILITATOR, Role.ANALYST):
        sign_in_as(client, factories.make_staff(room.dialogue, role))
        html = client.get(f"/d/{room.dialogue.public_id}/grid").text
        assert "Because of It is fair." in html
        assert "filled in" in html
    sign_in_as(client, facilitator)
    assert "1 of 1 tables have filled it in" in client.get(f"/d/{room.dialogue.public_id}").text


def test_analysts_get_a_frame_and_a_file_without_persons(client: FlaskClient):
    room, rows, _ = _room()
    be_participant(client, room.participant)
    _fill(client, room, rows[0])
    frame = grid_frame(room.dialogue)
    assert list(frame["mark"]) == ["meets", "partly", "fails"]
    assert set(frame["filler"]) == {"person"}
    sign_in_as(client, factories.make_staff(room.dialogue, Role.ANALYST))
    text = client.get(f"/d/{room.dialogue.public_id}/grid.csv").text
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 2 * 3 * 2
    assert room.participant.pseudonym not in text
    assert next(one for one in lines if one["said_by"] == "people" and one["approach"] == "delegated")["meets"] == "1"


def test_once_closed_everybody_sees_totals_and_checked_words_and_no_table_is_named(client: FlaskClient):
    room, rows, _ = _room()
    seat(room, room.participant, number=4)
    be_participant(client, room.participant)
    _fill(client, room, rows[0], by="table", why="It is calm.")
    _fill(client, room, rows[1], by="table", why="Not for all to see.")
    assert "What the group said" not in client.get(room.at("/grid")).text
    comment = db.session.scalar(select(Comment).where(Comment.text == "It is calm."))
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    decided = {"kind": "comment", "words": str(comment.public_id), "decision": "approve"}
    client.post(f"/d/{room.dialogue.public_id}/moderation/decide", data=decided)
    close(room)
    be_participant(client, factories.make_participant(room.dialogue))
    html = client.get(room.at("/grid")).text
    assert "1 table filled this in." in html
    assert "It is calm." in html
    assert "Not for all to see." not in html
    assert "able 4" not in html
    assert _fill(client, room, rows[0]).status_code == 409


@pytest.mark.parametrize("by", ["self", "table"])
def test_leaving_takes_ones_own_marks_and_words_away(client: FlaskClient, by):
    room, rows, _ = _room()
    seat(room, room.participant)
    be_participant(client, room.participant)
    _fill(client, room, rows[0], by=by, why="It is calm.")
    client.post(f"/d/{room.dialogue.public_id}/leave", data={"what": "dialogue"})
    left = db.session.query(GridMark).count()
    assert db.session.query(Comment).filter_by(text="It is calm.").count() == 0
    assert left == (3 if by == "table" else 0)
