"""Triggers that refuse edits: events are never changed or deleted, snapshots never changed."""

from sqlalchemy import Connection, inspect, text

REFUSED = {"event": ("UPDATE", "DELETE"), "event_seal": ("UPDATE", "DELETE"), "snapshot": ("UPDATE",)}


def make_triggers(connection: Connection) -> None:
    """Creates one trigger for each table and act of `REFUSED` (tables that are not made yet are left out)."""
    postgres = connection.dialect.name == "postgresql"
    there = set(inspect(connection).get_table_names())
    if postgres:
        connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION folkmoot_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
            )
        )
    for table, acts in ((table, acts) for table, acts in REFUSED.items() if table in there):
        for act in acts:
            name = f"tr_{table}_no_{act.lower()}"
            if postgres:
                body = "FOR EACH ROW EXECUTE FUNCTION folkmoot_refuse()"
            else:
                body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            connection.execute(text(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {body}"))


def drop_triggers(connection: Connection) -> None:
    """Drops what `make_triggers` made."""
    postgres = connection.dialect.name == "postgresql"
    there = set(inspect(connection).get_table_names())
    for table, acts in ((table, acts) for table, acts in REFUSED.items() if table in there):
        for act in acts:
            on = f" ON {table}" if postgres else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS tr_{table}_no_{act.lower()}{on}"))
    if postgres:
        connection.execute(text("DROP FUNCTION IF EXISTS folkmoot_refuse()"))
