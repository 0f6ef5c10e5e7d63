"""Requests for staff: written, ordered, counted under the disclosure rule, exported; and own words taken back."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.events import Event
from app.models.requests import DataRequest, RequestAssumption, StepJudgement
from app.queries.word_kinds import KINDS, find_words
from app.services.moderation import decide
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.requests import Judgement, RequestKind, Station
from deliberation.requests_burden import NAMES
from deliberation.roles import Role
from tests import factories
from tests.app.test_requests import Walk, make_request
from tests.app.way import saved
from tests.factories import be_participant, sign_in_as

REQUEST = {
    "title": "A school asks", "kind": "new", "who": "A school.", "purpose": "To teach.", "money": "None.",
    "data": "Ten scans.", "wrong": "Pupils may talk.",
}  # fmt: skip
NUMBERS = {
    "requests_a_year": 100, "minutes_each": 30, "people": 8, "full_in_ten": 5, "yours_in_hundred": 2,
    "days_to_decide": "", "days_to_answer": 7,
}  # fmt: skip


def say(walk: Walk, judgement: Judgement, step: Station = Station.DECIDE, person=None, **more) -> StepJudgement:
    by = person or factories.make_participant(walk.room.dialogue)
    where = {"request_id": walk.request.id, "model_id": walk.group.id, "way": f"model:{walk.group.key}"}
    values = {"participant_id": by.id, "step": step, "judgement": judgement, "stage_id": walk.room.stage.id}
    return saved(StepJudgement(**where, **values, **more))


def at(walk: Walk, tail: str = "") -> str:
    return f"/d/{walk.room.dialogue.public_id}/requests{tail}"


def sign_in(client: FlaskClient, walk: Walk, role: Role = Role.FACILITATOR) -> None:
    sign_in_as(client, factories.make_staff(walk.room.dialogue, role))


def row_of(html: str, title: str) -> str:
    return html.split(title)[1].split("</tr>")[0]


def test_a_facilitator_adds_edits_and_orders_requests(client: FlaskClient):
    walk = Walk()
    sign_in(client, walk)
    assert client.post(at(walk, "/new"), data=REQUEST).location == at(walk)
    row = db.session.query(DataRequest).filter_by(title="A school asks").one()
    assert (row.key, row.place, row.kind) == ("a-school-asks", 2, RequestKind.NEW)
    changed = {**REQUEST, "title": "A college asks", "kind": "breach"}
    assert client.post(at(walk, f"/{row.public_id}/edit"), data=changed).status_code == 303
    assert client.post(at(walk, f"/{row.public_id}/shift"), data={"step": "-1"}).status_code == 303
    html = client.get(at(walk)).text
    assert html.index("A college asks") < html.index("A firm wants scans")
    assert db.session.query(Event).filter_by(kind=EventKind.REQUEST_EDITED).count() == 3


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client: FlaskClient):
    walk = Walk()
    sign_in(client, walk)
    answer = client.post(at(walk, "/new"), data={**REQUEST, "money": ""})
    assert answer.status_code == 422
    assert 'id="money-error"' in answer.text
    assert "A school." in answer.text
    assert db.session.query(DataRequest).count() == 1


def test_the_kind_of_a_request_that_people_judged_stays(client: FlaskClient):
    walk = Walk()
    say(walk, Judgement.FINE)
    sign_in(client, walk)
    answer = client.post(at(walk, f"/{walk.request.public_id}/edit"), data={**REQUEST, "kind": "breach"})
    assert answer.status_code == 422
    assert "its kind can no longer be changed" in answer.text
    assert client.post(at(walk, f"/{walk.request.public_id}/edit"), data=REQUEST).status_code == 303


def test_numbers_that_staff_change_lose_their_source_and_are_where_everybody_starts(client: FlaskClient):
    walk = Walk()
    saved(RequestAssumption(dialogue_id=walk.room.dialogue.id, name="people", value=12, source="a-guide"))
    kept = saved(RequestAssumption(dialogue_id=walk.room.dialogue.id, name="minutes_each", value=30, source="a-guide"))
    sign_in(client, walk)
    assert client.post(at(walk, "/numbers"), data=NUMBERS).status_code == 303
    db.session.expire_all()
    rows = {row.name: row for row in db.session.query(RequestAssumption)}
    assert set(rows) == set(NAMES)
    assert (rows["people"].value, rows["people"].source) == (8, None)
    assert rows["days_to_decide"].value is None
    assert kept.source == "a-guide"
    assert db.session.query(Event).filter_by(kind=EventKind.ASSUMPTION_CHANGED).count() == 1
    be_participant(client, walk.room.participant)
    assert "8 people decide together." in client.get(walk.at("/end")).text


def test_a_number_out_of_bounds_is_refused_with_the_form(client: FlaskClient):
    walk = Walk()
    sign_in(client, walk)
    answer = client.post(at(walk, "/numbers"), data={**NUMBERS, "people": "none"})
    assert answer.status_code == 422
    assert answer.text.count("Write a whole number from 1 to 1,000.") == 2  # above the form and beside the field
    assert db.session.query(RequestAssumption).count() == 0


def test_a_facilitator_sees_no_count_from_one_to_four_and_an_analyst_sees_it(client: FlaskClient):
    walk = Walk()
    for judgement, count in ((Judgement.FINE, 11), (Judgement.NOT_OK, 3)):
        for _ in range(count):
            say(walk, judgement)
    sign_in(client, walk)
    shown = row_of(client.get(at(walk, f"/{walk.request.public_id}/said")).text, "The group decides")
    assert "<td>10</td>" in shown
    assert "1 to 4" in shown
    assert "<td>3</td>" not in shown
    sign_in(client, walk, Role.ANALYST)
    shown = row_of(client.get(at(walk, "/said")).text, "The group decides")
    assert "<td>11</td>" in shown
    assert "<td>3</td>" in shown


def test_from_twenty_people_on_counts_are_exact_for_a_facilitator_too(client: FlaskClient):
    walk = Walk()
    for judgement, count in ((Judgement.FINE, 18), (Judgement.ONLY_IF, 2)):
        for _ in range(count):
            say(walk, judgement)
    sign_in(client, walk)
    shown = row_of(client.get(at(walk, f"/{walk.request.public_id}/said")).text, "The group decides")
    assert [f"<td>{n}</td>" in shown for n in (18, 2, 20)] == [True] * 3


def test_conditions_are_shown_without_a_name_once_they_are_checked(client: FlaskClient):
    walk = Walk()
    author = factories.make_participant(walk.room.dialogue, "Golden Owl")
    say(walk, Judgement.ONLY_IF, person=author, words="They are paid.", state=WordState.APPROVED)
    say(walk, Judgement.ONLY_IF, words="It is local.", state=WordState.WAITING)
    say(walk, Judgement.ONLY_IF, words="You fools.", state=WordState.REFUSED, reason=ReasonCode.ABUSE)
    page = at(walk, f"/{walk.request.public_id}/said")
    sign_in(client, walk)
    html = client.get(page).text
    assert "They are paid." in html
    assert "It is local." not in html
    assert "Golden Owl" not in html
    sign_in(client, walk, Role.ANALYST)
    html = client.get(page).text
    assert "It is local." in html
    assert "You fools." not in html


def test_others_conditions_are_shown_at_a_stop_once_one_has_said_something(client: FlaskClient):
    walk = Walk()
    say(walk, Judgement.ONLY_IF, words="They are paid.", state=WordState.APPROVED)
    say(walk, Judgement.ONLY_IF, words="It is local.", state=WordState.WAITING)
    be_participant(client, walk.room.participant)
    assert "They are paid." not in client.get(walk.at("/stop/3")).text
    walk.judge(client, 3, "fine")
    html = client.get(walk.at("/stop/3")).text
    assert "They are paid." in html
    assert "It is local." not in html


def test_the_file_for_analysts_has_a_row_for_each_thing_said_and_no_formula(client: FlaskClient):
    walk = Walk(is_synthetic=True)
    author = factories.make_participant(walk.room.dialogue, "Golden Owl")
    say(walk, Judgement.ONLY_IF, person=author, words="=1+1", state=WordState.APPROVED)
    say(walk, Judgement.ONLY_IF, words="You fools.", state=WordState.REFUSED, reason=ReasonCode.ABUSE)
    sign_in(client, walk, Role.ANALYST)
    answer = client.get(at(walk, "/said.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["words"] for row in rows] == ["'=1+1", ""]
    assert rows[0]["participant"] == "Golden Owl"
    assert (rows[0]["request"], rows[0]["way"], rows[0]["step"]) == ("r1", "model:a-panel", "decide")
    assert {row["note"] for row in rows} == {"SYNTHETIC: no real person said this"}
    sign_in(client, walk)
    assert client.get(at(walk, "/said.csv")).status_code == 403


def test_an_empty_file_and_an_empty_page_are_fine(client: FlaskClient):
    walk = Walk()
    sign_in(client, walk, Role.ANALYST)
    assert client.get(at(walk, "/said.csv")).text.startswith("participant,request,way")
    assert "Nobody has followed this request yet." in client.get(at(walk, "/said")).text


def test_words_at_a_stop_are_listed_as_own_and_can_be_taken_back(client: FlaskClient):
    walk = Walk()
    be_participant(client, walk.room.participant)
    row = say(walk, Judgement.ONLY_IF, person=walk.room.participant, words="They are paid.", state=WordState.APPROVED)
    html = client.get(walk.room.mine).text
    assert "What you said along a request" in html
    assert "They are paid." in html
    assert "The group decides: Only if" in html
    sent = {"kind": "step", "words_id": str(row.public_id)}
    assert client.post(f"{walk.room.mine}/withdraw", data=sent).status_code == 303
    db.session.expire_all()
    assert (row.state, row.judgement) == (WordState.WITHDRAWN, Judgement.ONLY_IF)
    assert row.withdrawn_at is not None
    be_participant(client, factories.make_participant(walk.room.dialogue))
    assert client.post(f"{walk.room.mine}/withdraw", data=sent).status_code == 404


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR])
def test_nobody_else_sees_what_was_said(client: FlaskClient, role):
    walk = Walk()
    make_request(walk.room)
    sign_in(client, walk, role)
    for tail in ("", "/said", f"/{walk.request.public_id}/said", "/new"):
        assert client.get(at(walk, tail)).status_code == 403


def test_conditions_wait_on_the_moderation_desk_and_judgements_without_words_do_not(client: FlaskClient):
    walk = Walk()
    row = say(walk, Judgement.ONLY_IF, words="They are paid.")
    say(walk, Judgement.ONLY_IF, words="")
    kind = KINDS["step"]
    waiting = db.session.scalars(kind.within(walk.room.dialogue.id, select(StepJudgement))).all()
    assert [one.words for one in waiting] == ["They are paid."]
    by = factories.make_staff(walk.room.dialogue, Role.FACILITATOR)
    with transaction():
        found = find_words(walk.room.dialogue, kind, row.public_id)
        decide(walk.room.dialogue, found, Decision.APPROVE, by=by)
    assert row.state is WordState.APPROVED
