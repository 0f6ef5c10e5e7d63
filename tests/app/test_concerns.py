"""The route for concerns by address: who reads, answers, takes further, publishes."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.concerns import OversightConcern
from app.models.events import EventPayload
from app.models.people import Account
from app.services.concerns import raise_concern
from app.services.minutes import open_page
from deliberation.roles import Role
from tests import factories
from tests.app.meet import Circle, make_circle

SECRET = "The timetable is set by the funder."
ANSWER = "It was, and it is not any more."


@pytest.fixture
def circle(client: FlaskClient) -> Circle:
    return make_circle()


@pytest.fixture
def commissioner(circle: Circle) -> Account:
    return factories.make_staff(circle.dialogue, Role.COMMISSIONER)


@pytest.fixture
def concern(circle: Circle) -> OversightConcern:
    """Raised by Ben, who is not the chair."""
    with transaction():
        return raise_concern(circle.group, SECRET, today=utcnow().date(), by=circle.accounts[1])


def _at(circle: Circle, concern: OversightConcern, tail: str = "") -> str:
    return f"{circle.at}/concerns/{concern.public_id}{tail}"


def _as(client: FlaskClient, who: Account) -> FlaskClient:
    factories.sign_in_as(client, who)
    return client


def _overdue(concern: OversightConcern) -> None:
    with transaction() as session:
        row = session.get_one(OversightConcern, concern.id)
        row.due_on = utcnow().date() - timedelta(days=2)


def test_a_member_raises_one_and_the_team_and_the_analyst_can_too(client: FlaskClient, circle: Circle):
    analyst = factories.make_staff(circle.dialogue, Role.ANALYST)
    for who in (circle.accounts[2], circle.staff, analyst):
        assert _as(client, who).post(f"{circle.at}/concerns", data={"text": SECRET}).status_code == 303
    assert db.session.scalars(select(OversightConcern.number)).all() == [1, 2, 3]


def test_an_empty_one_or_one_due_yesterday_is_refused(client: FlaskClient, circle: Circle):
    _as(client, circle.accounts[0])
    assert client.post(f"{circle.at}/concerns", data={"text": " "}).status_code == 422
    reply = client.post(f"{circle.at}/concerns", data={"text": SECRET, "due_on": "2020-01-01"})
    assert reply.status_code == 422
    assert SECRET in reply.text


def test_only_its_raiser_the_chair_and_the_lead_read_it(client: FlaskClient, circle: Circle, concern, commissioner):
    others = [circle.accounts[2], commissioner]
    others += [factories.make_staff(circle.dialogue, role) for role in (Role.EVALUATOR, Role.ANALYST)]
    others.append(factories.make_staff(circle.dialogue, Role.FACILITATOR, "Not the lead"))
    for who in (circle.accounts[0], circle.accounts[1], circle.staff):
        assert SECRET in _as(client, who).get(_at(circle, concern)).text
    for who in others:
        assert _as(client, who).get(_at(circle, concern)).status_code == 404, who.display_name
        page = client.get(f"{circle.at}/concerns").text
        assert SECRET not in page
        assert "(private)" in page


def test_its_words_are_in_no_event(circle: Circle, concern):
    facts = [str(one.facts) for one in db.session.scalars(select(EventPayload))]
    assert not [one for one in facts if "timetable" in one]


def test_nobody_answers_their_own(client: FlaskClient, circle: Circle, concern):
    assert _as(client, circle.accounts[1]).post(_at(circle, concern, "/answer"), data={"words": "x"}).status_code == 422
    with transaction():
        own = raise_concern(circle.group, "Mine", today=utcnow().date(), by=circle.staff)
    reply = _as(client, circle.staff).post(_at(circle, own, "/answer"), data={"words": "All fine."})
    assert reply.status_code == 422
    assert "somebody else has to answer" in reply.text


def test_it_is_answered_taken_further_decided_and_published(client: FlaskClient, circle: Circle, concern, commissioner):
    raiser = circle.accounts[1]
    early = _as(client, raiser).post(_at(circle, concern, "/escalate"), data={"words": "Too slow."})
    assert early.status_code == 422
    chair = _as(client, circle.accounts[0])
    assert chair.post(_at(circle, concern, "/answer"), data={"words": ANSWER}).status_code == 303
    assert _as(client, raiser).post(_at(circle, concern, "/escalate"), data={"words": "Not so."}).status_code == 303
    page = _as(client, commissioner).get(_at(circle, concern)).text
    assert SECRET in page
    assert "Raised by" not in page
    assert client.post(_at(circle, concern, "/decide"), data={"words": "We give it a month."}).status_code == 303
    assert client.post(_at(circle, concern, "/publish")).status_code == 422
    assert _as(client, circle.staff).post(_at(circle, concern, "/publish")).status_code == 303
    with transaction():
        open_page(circle.group, is_open=True, by=circle.staff)
    public = client.application.test_client().get(circle.open).text
    for words in (SECRET, ANSWER, "We give it a month."):
        assert words in public
    assert "Ben" not in public.split("Concerns that were raised")[1]


def test_one_without_an_answer_goes_to_the_commissioner_once_its_day_has_passed(client: FlaskClient, circle, concern):
    _overdue(concern)
    assert "answer overdue" in _as(client, circle.accounts[1]).get(f"{circle.at}/concerns").text
    assert client.post(_at(circle, concern, "/escalate"), data={"words": "No answer."}).status_code == 303


def test_one_is_not_published_without_an_answer(client: FlaskClient, circle: Circle, concern):
    assert _as(client, circle.staff).post(_at(circle, concern, "/publish")).status_code == 422


def test_the_chair_who_has_left_reads_it_no_more(client: FlaskClient, circle: Circle, concern):
    with transaction() as session:
        session.get_one(type(circle.members[0]), circle.members[0].id).left_on = utcnow().date()
    assert _as(client, circle.accounts[0]).get(_at(circle, concern)).status_code == 404


def test_one_of_another_dialogue_is_not_found_here(client: FlaskClient, circle: Circle, concern):
    other = make_circle()
    _as(client, other.staff)
    assert client.get(f"{other.at}/concerns/{concern.public_id}").status_code == 404
    assert client.get(_at(circle, concern)).status_code == 404


def test_an_analyst_finds_the_way_to_concerns_and_checks_on_the_dialogues_home(client: FlaskClient, circle: Circle):
    _as(client, factories.make_staff(circle.dialogue, Role.ANALYST))
    home = client.get(f"/d/{circle.dialogue.public_id}").text
    assert f"{circle.at}/concerns" in home
    assert f"/d/{circle.dialogue.public_id}/evaluation" in home
