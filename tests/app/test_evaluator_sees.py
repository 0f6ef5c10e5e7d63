"""What an evaluator gets, address by address: the process record, never identities, welfare notes or raw answers."""

import pytest
from sqlalchemy import select

from app.access import PUBLIC, STAFF
from app.db import transaction
from app.models.people import Participant
from app.models.questionnaires import Response
from app.models.vault import VaultContact, VaultLobbyEntry, WelfareConcern
from deliberation.roles import Action, Role, roles_that_may
from tests.app.test_access import GETS, UNSAFE, House, built

__all__ = ["built"]
SECRET = "PLANTED-"
WRITES = {
    "evaluation.save",
    "evaluation.publish",
    "oversight_exports.advice",
    "oversight_exports.table",
    "oversight_exports.tree",
}
"""Everything that an evaluator may send: judgements, and for files, which are noted in the record."""


@pytest.fixture(scope="module")
def planted(built: House) -> House:
    """The populated dialogue with marked names, contacts, pseudonyms, welfare notes and answers."""
    with transaction() as session:
        for number, contact in enumerate(session.scalars(select(VaultContact))):
            contact.name, contact.email = f"{SECRET}name-{number}", f"{SECRET}mail-{number}@example.org"
        for entry in session.scalars(select(VaultLobbyEntry)):
            entry.name = f"{SECRET}lobby"
        for concern in session.scalars(select(WelfareConcern)):
            concern.note = f"{SECRET}welfare"
        for number, person in enumerate(session.scalars(select(Participant))):
            person.pseudonym = f"{SECRET}pseudonym-{number}"
        for response in session.scalars(select(Response)):
            response.answers = {"any": f"{SECRET}answer"}
    return built


def _is_evaluators(audience: object) -> bool:
    return isinstance(audience, Action) and Role.EVALUATOR in roles_that_may(audience)


def test_there_is_something_to_find(planted: House):
    facilitator = planted.visitors[Role.FACILITATOR]
    assert SECRET in planted.ask(facilitator, "GET", planted.address("roll.index", "GET")).text


@pytest.mark.parametrize("endpoint", GETS)
def test_no_page_shows_an_evaluator_who_somebody_is_or_what_they_answered(planted: House, endpoint: str):
    if not (_is_evaluators(planted.audience(endpoint)) or planted.audience(endpoint) in (PUBLIC, STAFF)):
        return
    reply = planted.ask(planted.visitors[Role.EVALUATOR], "GET", planted.address(endpoint, "GET"), endpoint)
    assert SECRET.encode() not in reply.data, endpoint


def test_an_evaluator_writes_nothing_but_judgements(built: House):
    found = {endpoint for endpoint, _method in UNSAFE if _is_evaluators(built.audience(endpoint))}
    assert found == WRITES


@pytest.mark.parametrize("name", ["advice.csv", "record.csv", "record.json"])
def test_no_file_of_oversight_holds_who_somebody_is(planted: House, name: str):
    address = f"/d/{planted.made.dialogue.public_id}/oversight/{name}"
    reply = planted.ask(planted.visitors[Role.EVALUATOR], "POST", address)
    assert reply.status_code == 200
    assert SECRET.encode() not in reply.data


def test_an_evaluator_reads_oversight_minutes_counts_and_the_record(built: House):
    for endpoint in (
        "record.index", "oversight.index", "gates.index", "advice.index", "meetings.index", "meetings.show",
        "minutes.show", "minutes.docx", "oversight_actions.index", "concerns.index", "evaluation.index",
    ):  # fmt: skip
        reply = built.ask(built.visitors[Role.EVALUATOR], "GET", built.address(endpoint, "GET"), endpoint)
        assert reply.status_code == 200, endpoint
