"""The same promises on PostgreSQL: migrations both ways, append-only tables, chains, one writer's rules."""

import threading

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.db import Base, db, transaction
from app.models.people import Account
from app.services.recording import record
from app.services.sealing import seal, verify_chain
from app.services.storage import is_current, migrate, migrate_down, open_engine
from deliberation.errors import RuleError
from deliberation.events import EventKind
from tests.factories import make_account, make_dialogue, make_participant

pytestmark = pytest.mark.postgres


def test_migrations_go_up_and_down(postgres_url: str):
    engine = open_engine(postgres_url)
    migrate(engine)
    assert is_current(engine)
    found = {t: {c["name"] for c in inspect(engine).get_columns(t)} for t in inspect(engine).get_table_names()}
    for table in Base.metadata.sorted_tables:
        assert found[table.name] == set(table.columns.keys())
    migrate_down(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert is_current(engine)
    engine.dispose()


def test_a_write_outside_a_transaction_is_refused(postgres_app: Flask):
    db.session.add(Account(email="a@b.c", display_name="A", password_hash="!"))
    with pytest.raises(RuntimeError, match="outside transaction"):
        db.session.flush()
    db.session.rollback()


def test_a_unique_constraint_is_told_by_its_name(postgres_app: Flask):
    first = make_account()
    with pytest.raises(RuleError) as refusal, transaction() as session:
        session.add(Account(email=first.email, display_name="B", password_hash="!"))
    assert refusal.value.code == "uq_account_email"


@pytest.mark.parametrize("act", ["UPDATE event SET actor_role = 'x'", "DELETE FROM event", "DELETE FROM event_seal"])
def test_events_are_append_only(postgres_app: Flask, act: str):
    dialogue = make_dialogue()
    with transaction():
        record(EventKind.DIALOGUE_CREATED, by=None, dialogue_id=dialogue.id)
    with transaction():
        seal()
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(act))
    assert verify_chain(dialogue).holds


def test_events_of_many_threads_make_one_unbroken_chain(postgres_app: Flask):
    dialogue = make_dialogue()
    person = make_participant(dialogue)
    dialogue_id, person_id = dialogue.id, person.id
    db.session.remove()

    def write() -> None:
        with postgres_app.app_context():
            for number in range(20):
                with transaction() as session:
                    who = session.get_one(type(person), person_id)
                    record(EventKind.MATERIAL_READ, by=who, dialogue_id=dialogue_id, facts={"n": number})
                if number % 5 == 0:
                    with transaction():
                        seal(limit=7)
            db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed = 1
    while sealed:
        with transaction():
            sealed = seal()
    check = verify_chain(db.session.get_one(type(dialogue), dialogue_id))
    assert (check.holds, check.sealed, check.unsealed) == (True, 80, 0)
