"""The database keeps its promises: migrations both ways, one way to write, events that stay."""

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.db import Base, db, transaction
from app.models.people import Account
from app.services.storage import is_current, migrate, migrate_down, open_engine
from deliberation.errors import RuleError
from tests.factories import make_account


def test_migrations_go_up_and_down_and_match_the_models(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/a.db")
    migrate(engine)
    assert is_current(engine)
    found = {t: {c["name"] for c in inspect(engine).get_columns(t)} for t in inspect(engine).get_table_names()}
    for table in Base.metadata.sorted_tables:
        assert found[table.name] == set(table.columns.keys())
    migrate_down(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_write_outside_a_transaction_is_refused(app: Flask):
    db.session.add(Account(email="a@b.c", display_name="A", password_hash="!"))
    with pytest.raises(RuntimeError, match="outside transaction"):
        db.session.flush()
    db.session.rollback()


def test_transactions_do_not_nest(app: Flask):
    with transaction(), pytest.raises(RuntimeError, match="already open"), transaction():
        pass


def test_a_failed_transaction_leaves_nothing(app: Flask):
    def fail_half_way() -> None:
        with transaction() as session:
            session.add(Account(email="a@b.c", display_name="A", password_hash="!"))
            session.flush()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail_half_way()
    assert db.session.query(Account).count() == 0


def test_a_unique_constraint_is_told_by_its_name(app: Flask):
    first = make_account()
    with pytest.raises(RuleError) as refusal, transaction() as session:
        session.add(Account(email=first.email, display_name="B", password_hash="!"))
    assert refusal.value.code == "uq_account_email"


def test_a_nonsense_value_is_refused_by_the_database(app: Flask):
    with pytest.raises(RuleError), transaction() as session:
        session.execute(text("INSERT INTO vote (client_key, participant_id, statement_id, position, is_important,"
                             " is_late, cast_at) VALUES ('x', 1, 1, 7, 0, 0, '2026-01-01')"))


def test_deleted_rows_are_overwritten_in_the_file(app: Flask):
    assert db.session.execute(text("PRAGMA secure_delete")).scalar() == 1
