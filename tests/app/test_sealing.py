"""The chain of events: sealed in order, and no change goes unseen."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.db import transaction
from app.models.events import Event, EventPayload
from app.services.recording import record
from app.services.sealing import seal, verify_chain
from deliberation.errors import RuleError
from deliberation.events import EventKind
from tests.factories import make_dialogue, make_participant


@pytest.fixture
def dialogue(app: Flask):
    made = make_dialogue()
    person = make_participant(made)
    for number in range(5):
        with transaction():
            record(EventKind.MATERIAL_READ, by=person, dialogue_id=made.id, facts={"number": number})
    with transaction():
        seal()
    return made


def test_events_are_sealed_once_and_in_order(dialogue):
    with transaction():
        assert seal() == 0
    check = verify_chain(dialogue)
    assert (check.holds, check.sealed, check.unsealed) == (True, 5, 0)


def test_two_dialogues_have_chains_of_their_own(dialogue):
    other = make_dialogue()
    with transaction():
        record(EventKind.DIALOGUE_CREATED, by=None, dialogue_id=other.id)
    with transaction():
        assert seal() == 1
    assert verify_chain(other).sealed == 1
    assert verify_chain(dialogue).sealed == 5


def test_deleting_a_payload_leaves_the_chain_whole(dialogue):
    with transaction() as session:
        session.query(EventPayload).filter_by(event_id=session.query(Event.id).limit(1).scalar()).delete()
    check = verify_chain(dialogue)
    assert check.holds
    assert check.payloads_gone == 1


def test_a_changed_payload_is_found(dialogue):
    with transaction() as session:
        session.execute(text("UPDATE event_payload SET facts = '{\"number\": 9}' WHERE id = 3"))
    check = verify_chain(dialogue)
    assert (check.broken_at, check.why) == (3, "the payload was changed")


@pytest.mark.parametrize("act", ["UPDATE event SET actor_role = 'x'", "DELETE FROM event", "DELETE FROM event_seal"])
def test_the_database_refuses_to_change_events(dialogue, act):
    with pytest.raises(RuleError), transaction() as session:
        session.execute(text(act))
    assert verify_chain(dialogue).holds


def test_a_changed_event_is_found_even_if_somebody_drops_the_trigger(dialogue):
    with transaction() as session:
        session.execute(text("DROP TRIGGER tr_event_no_update"))
        session.execute(text("UPDATE event SET kind = 'vote_cast' WHERE id = 2"))
    assert verify_chain(dialogue).broken_at == 2


def test_a_removed_event_is_found(dialogue):
    with transaction() as session:
        for table in ("event", "event_seal"):
            session.execute(text(f"DROP TRIGGER tr_{table}_no_delete"))
        session.execute(text("DELETE FROM event_seal WHERE seq = 2"))
    check = verify_chain(dialogue)
    assert (check.holds, check.broken_at) == (False, 2)
