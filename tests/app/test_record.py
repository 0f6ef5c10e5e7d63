"""The process record: newest first, by kind and page, and never an identity or a position."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import transaction
from app.forms.event_words import EVENTS
from app.models.dialogues import Dialogue
from app.queries.record import PAGE, entries, kinds_of
from app.services.recording import record
from deliberation.events import EventKind
from deliberation.roles import Role
from tests.factories import make_dialogue, make_participant, make_staff, sign_in_as


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


def address(dialogue: Dialogue, query: str = "") -> str:
    return f"/d/{dialogue.public_id}/record{query}"


def test_every_kind_of_event_has_words() -> None:
    assert set(EVENTS) == set(EventKind)


def test_the_record_is_newest_first_and_in_pages(dialogue: Dialogue, client: FlaskClient) -> None:
    by = make_staff(dialogue, Role.EVALUATOR)
    with transaction():
        for number in range(PAGE + 3):
            facts = {"number": number}
            record(EventKind.SESSION_EDITED, by=by, dialogue_id=dialogue.id, facts=facts)
    first, total = entries(dialogue, None, 1)
    second, _ = entries(dialogue, None, 2)
    assert total == PAGE + 3
    assert [entry.facts["number"] for entry in first + second] == list(range(PAGE + 2, -1, -1))
    sign_in_as(client, by)
    assert "Page 2 of 2" in client.get(address(dialogue, "?page=2")).text


def test_the_record_can_be_narrowed_to_one_kind(dialogue: Dialogue, client: FlaskClient) -> None:
    by = make_staff(dialogue, Role.EVALUATOR)
    with transaction():
        record(EventKind.SESSION_OPENED, by=by, dialogue_id=dialogue.id)
        record(EventKind.STAGE_OPENED, by=by, dialogue_id=dialogue.id)
    assert kinds_of(dialogue) == {EventKind.SESSION_OPENED: 1, EventKind.STAGE_OPENED: 1}
    sign_in_as(client, by)
    page = client.get(address(dialogue, "?kind=stage_opened")).text
    assert "<td>A stage was opened</td>" in page
    assert "<td>A session was opened</td>" not in page


def test_no_position_no_pseudonym_no_name_and_no_id_is_in_the_record(
    dialogue: Dialogue, client: FlaskClient
) -> None:
    by = make_staff(dialogue, Role.EVALUATOR, name="Evelyn")
    person = make_participant(dialogue, "Amber Heron")
    with transaction():
        facts = {"position": -1, "is_late": True, "statement": "S"}
        record(EventKind.VOTE_CAST, by=person, dialogue_id=dialogue.id, about=person, facts=facts)
        record(EventKind.COMMENT_ADDED, by=person, dialogue_id=dialogue.id, facts={"text": "Secret words"})
        record(EventKind.MEMBERSHIP_GRANTED, by=by, dialogue_id=dialogue.id, facts={"account": "somebody", "role": "x"})
    facilitator = make_staff(dialogue, Role.FACILITATOR)
    sign_in_as(client, facilitator)
    page = client.get(address(dialogue)).text
    assert "A vote was cast" in page
    for hidden in ("-1", "Amber Heron", "Secret words", "somebody", "Evelyn", str(person.public_id)):
        assert hidden not in page.split("<tbody>")[1]


@pytest.mark.parametrize(("role", "status"), [(Role.EVALUATOR, 200), (Role.FACILITATOR, 200), (Role.COMMISSIONER, 403)])
def test_who_may_read_the_record(dialogue: Dialogue, client: FlaskClient, role: Role, status: int) -> None:
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(address(dialogue)).status_code == status


def test_events_of_another_dialogue_are_not_in_it(dialogue: Dialogue) -> None:
    other = make_dialogue()
    with transaction():
        record(EventKind.SESSION_OPENED, by=None, dialogue_id=other.id)
    assert entries(dialogue, None, 1) == ([], 0)
