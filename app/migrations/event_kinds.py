"""Widens the list of event kinds that the database takes: a migration that adds kinds calls this, up and down."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from app.migrations.triggers import drop_triggers, make_triggers


def allow_event_kinds(kinds: Iterable[str]) -> None:
    """Replaces the CHECK of `event.kind` by one that lists `kinds`; the triggers are made anew around it.

    On PostgreSQL the constraint alone changes; on SQLite the table is copied, since that is the only way there.
    """
    quoted = ", ".join(f"'{kind}'" for kind in kinds)
    drop_triggers(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_event_kind"), "event", type_="check")
        op.create_check_constraint(op.f("ck_event_kind"), "event", f"kind IN ({quoted})")
    else:
        with op.batch_alter_table("event") as table:
            table.drop_constraint(op.f("ck_event_kind"), type_="check")
            table.create_check_constraint(op.f("ck_event_kind"), sa.text(f"kind IN ({quoted})"))
    make_triggers(op.get_bind())
