"""The public page, its rules, and files: nothing before it is open, and nothing that the group keeps to itself."""

import csv
import io
import json
import uuid
from datetime import timedelta

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.advice import Advice, AdviceAnswer
from app.models.concerns import OversightConcern
from app.models.dialogues import Dialogue
from app.models.events import Event
from app.models.minutes import MinutesVersion
from app.models.oversight import ReviewGate, ReviewItem, ReviewVersion
from app.services import minutes
from app.services.concerns import raise_concern
from deliberation.events import EventKind
from deliberation.oversight import AdviceType, GateKind, ItemKind, Response, Severity
from deliberation.roles import Role
from tests import factories
from tests.app.meet import Circle, hold, make_circle, make_member, minute, plan, send_round
from tests.app.way import saved

FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def anybody(client: FlaskClient) -> FlaskClient:
    """A browser on which nobody is signed in."""
    return client.application.test_client()


@pytest.fixture
def circle(client: FlaskClient) -> Circle:
    made = make_circle()
    factories.sign_in_as(client, made.staff)
    return made


def _open(circle: Circle) -> None:
    with transaction():
        minutes.open_page(circle.group, is_open=True, by=circle.staff)


def _advise(circle: Circle, number: int = 1, text: str = "Slide 7 is wrong.", **changes) -> Advice:
    gate = db.session.scalar(select(ReviewGate)) or saved(
        ReviewGate(group_id=circle.group.id, code="G2", kind=GateKind.MATERIALS, title="Materials")
    )
    item = saved(ReviewItem(gate_id=gate.id, kind=ItemKind.MATERIAL, title="What a scan is"))
    version = saved(ReviewVersion(item_id=item.id, number=1, text="[]", digest="0" * 64))
    defaults = {
        "group_id": circle.group.id, "number": number, "client_key": uuid.uuid4(), "item_id": item.id,
        "version_id": version.id, "member_id": circle.members[1].id, "type": AdviceType.ACCURACY,
        "severity": Severity.MUST_FIX, "text": text, "is_named": True, "published_at": utcnow(),
    }  # fmt: skip
    row: Advice = saved(Advice(**{**defaults, **changes}))
    saved(
        AdviceAnswer(
            advice_id=row.id, number=1, response=Response.NOT_ACCEPTED, reason="It is right.",
            contested_at=utcnow(), contested_why="It is not.",
        )
    )  # fmt: skip
    return row


def _published(circle: Circle) -> MinutesVersion:
    hold(circle)
    minute(circle, "# Published words")
    send_round(circle)
    with transaction() as session:
        row = session.scalars(select(MinutesVersion)).one()
        row.circulated_at, row.clear_by = row.circulated_at - timedelta(days=9), row.clear_by - timedelta(days=9)
    with transaction():
        return minutes.publish_minutes(circle.meeting, by=circle.staff)


def test_nothing_of_the_group_is_public_before_its_page_is_open(anybody: FlaskClient, circle: Circle):
    version = _published(circle)
    _advise(circle)
    page = anybody.get(circle.open)
    assert page.status_code == 200
    assert "Nothing has been published yet" in page.text
    assert "Ben" not in page.text
    for tail in (f"/minutes/{version.public_id}", f"/minutes/{version.public_id}/file.docx"):
        assert anybody.get(circle.open + tail).status_code == 404
    assert len(anybody.get(f"{circle.open}/advice.csv").text.splitlines()) == 1


def test_the_open_page_holds_members_minutes_advice_answers_contests_and_reasons(
    client: FlaskClient, anybody: FlaskClient, circle: Circle
):
    version = _published(circle)
    _advise(circle, overridden_at=utcnow(), overridden_why="There was no time.")
    _advise(circle, 2, "Not for everybody.", published_at=None)
    make_member(circle.group, "Fin", left_on=utcnow().date())
    assert client.post(f"{circle.at}/public", data={"what": "open"}).status_code == 303
    page = anybody.get(circle.open).text
    for words in (
        "Ann and Sons", "Ben owns shares.", "deputy of Cat", "observer", "From 5 January 2026 to", "Slide 7 is wrong.",
        "It is right.", "It is not.", "There was no time.", "Its advice is not approval", str(version.public_id),
    ):  # fmt: skip
        assert words in page, words
    assert "Not for everybody." not in page
    assert client.post(f"{circle.at}/public", data={"what": "close"}).status_code == 303
    assert "Slide 7" not in anybody.get(circle.open).text


def test_a_group_publishes_only_what_its_rules_say(anybody: FlaskClient, client: FlaskClient):
    circle = make_circle(publishes_members=False, publishes_minutes=False, publishes_advice=False)
    _advise(circle, overridden_at=utcnow(), overridden_why="There was no time.")
    _open(circle)
    page = anybody.get(circle.open).text
    assert "It has 4 members" in page
    assert not [name for name in ("Ann", "Ben", "Slide 7") if name in page]
    assert "There was no time." in page, "an override's reason is public whatever the rules say"


def test_a_synthetic_dialogue_says_so_on_its_page_and_in_every_file(
    client: FlaskClient, anybody: FlaskClient, circle: Circle
):
    version = _published(circle)
    _open(circle)
    with transaction() as session:
        session.get_one(Dialogue, circle.dialogue.id).is_synthetic = True
    _advise(circle)
    assert "SYNTHETIC" in anybody.get(circle.open).text
    assert "SYNTHETIC" in anybody.get(f"{circle.open}/minutes/{version.public_id}").text
    word = Document(io.BytesIO(anybody.get(f"{circle.open}/minutes/{version.public_id}/file.docx").data))
    assert "SYNTHETIC" in word.sections[0].header.paragraphs[0].text
    for name in ("advice.csv", "record.csv", "record.json"):
        reply = client.post(f"{circle.at}/{name}")
        assert "SYNTHETIC" in reply.text
        assert "filename=synthetic-" in reply.headers["Content-Disposition"]


def test_the_advice_file_opens_and_no_spreadsheet_takes_it_for_formulas(client: FlaskClient, circle: Circle):
    _advise(circle, text=FORMULA, anchor="p3")
    rows = list(csv.DictReader(io.StringIO(client.post(f"{circle.at}/advice.csv").text)))
    assert len(rows) == 1
    assert rows[0]["text"] == f"'{FORMULA}"
    assert (rows[0]["gate"], rows[0]["from"], rows[0]["severity"]) == ("G2", "Ben", "must_fix")
    assert (rows[0]["response"], rows[0]["contested_why"]) == ("not_accepted", "It is not.")


def test_the_public_advice_file_names_nobody_where_members_are_not_published(anybody: FlaskClient):
    circle = make_circle(publishes_members=False)
    _advise(circle)
    _open(circle)
    rows = list(csv.DictReader(io.StringIO(anybody.get(f"{circle.open}/advice.csv").text)))
    assert [row["from"] for row in rows] == ["the group"]


def test_the_whole_record_opens_as_json_and_csv_without_what_is_private(client: FlaskClient, circle: Circle):
    _published(circle)
    _advise(circle, text=FORMULA)
    with transaction():
        raise_concern(circle.group, "Nobody else reads this.", today=utcnow().date(), by=circle.accounts[0])
        minutes.write_minutes(circle.meeting, "# A draft of a correction", note="x", by=circle.staff)
    plan(circle, days=9)
    record = json.loads(client.post(f"{circle.at}/record.json").text)
    assert record["meetings"][0]["minutes"][0]["text"] == "# Published words"
    assert record["meetings"][1]["standing"] == "planned"
    assert record["concerns"][0]["text"] is None
    assert record["advice"][0]["answers"][0]["contested_why"] == "It is not."
    text = client.post(f"{circle.at}/record.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["part"] for row in rows} >= {"group", "members", "gates", "advice", "meetings", "concerns"}
    assert {"part": "advice", "of": "1", "field": "text", "value": f"'{FORMULA}", "note": ""} in rows
    for words in ("Nobody else reads this.", "A draft of a correction", circle.accounts[0].email):
        assert words not in text
        assert words not in json.dumps(record)
    assert db.session.scalars(select(OversightConcern.text)).one() == "Nobody else reads this."


def test_that_a_file_was_taken_is_in_the_record(client: FlaskClient, circle: Circle):
    for name in ("advice.csv", "record.csv", "record.json"):
        client.post(f"{circle.at}/{name}")
    kinds = list(db.session.scalars(select(Event.kind)))
    assert kinds.count(EventKind.OVERSIGHT_EXPORTED) == 3


def test_published_minutes_of_another_dialogue_are_not_found_here(anybody: FlaskClient, circle: Circle):
    version = _published(circle)
    _open(circle)
    other = make_circle()
    _open(other)
    assert anybody.get(f"{other.open}/minutes/{version.public_id}").status_code == 404
    assert anybody.get(f"{circle.open}/minutes/{version.public_id}").status_code == 200


WRITES = (
    ("/meetings/new", {"starts_at": "2026-05-04T14:00", "minutes": "60"}),
    ("{meeting}/edit", {"starts_at": "2026-05-04T14:00", "minutes": "60"}),
    ("{meeting}/call-off", {}),
    ("{meeting}/agenda", {"title": "Mine"}),
    ("{meeting}/record/attendance", {}),
    ("{meeting}/record/notes", {}),
    ("{meeting}/record/action", {"text": "x", "owner": "y"}),
    ("{meeting}/declare/{member}", {}),
    ("{meeting}/minutes/draft", {}),
    ("{meeting}/minutes/write", {"text": "# Mine"}),
    ("{meeting}/minutes/circulate", {"clear_by": "2030-01-01T10:00"}),
    ("{meeting}/minutes/publish", {}),
    ("/actions", {"text": "x", "owner": "y"}),
    ("/public", {"what": "open"}),
)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.FACILITATOR, Role.PARTICIPANT)])
def test_nobody_but_the_team_writes_anything_of_a_meeting(client: FlaskClient, circle: Circle, role: Role):
    hold(circle)
    minute(circle)
    who = (
        factories.make_account("admin", administrator=True)
        if role is Role.ADMINISTRATOR
        else circle.accounts[0]
        if role is Role.OVERSEER
        else factories.make_staff(circle.dialogue, role)
    )
    factories.sign_in_as(client, who)
    before = db.session.scalars(select(Event.id)).all()
    for path, data in WRITES:
        address = path.format(meeting=f"/meetings/{circle.meeting.public_id}", member=circle.members[1].public_id)
        assert client.post(circle.at + address, data=data).status_code == 403, address
    db.session.rollback()
    assert db.session.scalars(select(Event.id)).all() == before


def test_a_meeting_of_another_dialogue_is_not_found_here(client: FlaskClient, circle: Circle):
    hold(circle)
    minute(circle)
    other = make_circle()
    factories.sign_in_as(client, other.staff)
    here = f"/meetings/{circle.meeting.public_id}"
    for tail in ("", "/edit", "/record", "/declare", f"/declare/{circle.members[0].public_id}", "/minutes"):
        assert client.get(other.at + here + tail).status_code == 404, tail
        assert client.get(circle.at + here + tail).status_code == 404, tail
    for path, data in WRITES[1:12]:
        address = path.format(meeting=here, member=circle.members[1].public_id)
        assert client.post(other.at + address, data=data).status_code == 404, address


def test_the_member_of_one_group_is_nobody_in_the_declarations_of_another(client: FlaskClient, circle: Circle):
    hold(circle)
    other = make_circle()
    reply = client.post(f"{circle.there}/declare/{other.members[0].public_id}")
    assert reply.status_code == 404


def test_a_member_who_left_reads_on_while_they_are_an_overseer_and_declares_nothing(
    client: FlaskClient, circle: Circle
):
    plan(circle, days=3)
    with transaction() as session:
        session.get_one(type(circle.members[0]), circle.members[0].id).left_on = utcnow().date()
    factories.sign_in_as(client, circle.accounts[0])
    assert client.get(circle.there).status_code == 200
    reply = client.post(f"{circle.there}/declare", data={"text": "Still here."})
    assert reply.status_code == 422
    assert "has not left" in reply.text
