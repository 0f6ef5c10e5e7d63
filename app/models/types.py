"""Column types and mixins shared by every table."""

import uuid
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator, Uuid
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from app.db import utcnow


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; a naive one is refused. SQLite keeps it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_type(kind: type[Enum], name: str) -> SqlEnum:
    """An enum stored as text with a named CHECK (`ck_<table>_<name>`)."""
    return SqlEnum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [str(m.value) for m in members],
    )


def new_public_id() -> uuid.UUID:
    """A uuid7: sorts by time, says nothing about how many there are."""
    return uuid.UUID(int=uuid7().int)


Key = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime(), default=utcnow)]
MaybeMoment = Annotated[datetime | None, mapped_column(UtcDateTime())]
Words = Annotated[str, mapped_column(Text)]
Short = Annotated[str, mapped_column(String(200))]
Language = Annotated[str, mapped_column(String(12), default="en")]
Facts = dict[str, Any]


class PublicId:
    """A `public_id` for addresses; inner keys never leave the program."""

    public_id: Mapped[uuid.UUID] = mapped_column(Uuid, default=new_public_id, unique=True)
