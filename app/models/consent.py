"""Consent texts in versions, and one row per answer."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.models.types import Key, Language, Moment, Short, Words, enum_type
from deliberation.consent import Purpose


class ConsentText(Base):
    """The exact words of a notice, a consent or a permission. An edit makes a new version."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("dialogue_id", "purpose", "lang", "version"),)
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "purpose"))
    version: Mapped[int]
    label: Mapped[Short] = mapped_column(default="")
    text: Mapped[Words]
    lang: Mapped[Language]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]


class Consent(Base):
    """An answer to one purpose, with version, text digest and time. Rows are only added."""

    __tablename__ = "consent"
    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "purpose"))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    is_given: Mapped[bool] = mapped_column()
    recorded_at: Mapped[Moment]
