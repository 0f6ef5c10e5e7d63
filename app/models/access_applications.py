"""Data assets, applications for access to them, the people of an application, and every move it made."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.types import Facts, Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.access_applications import Environment, OptOut, Route
from deliberation.assessment import ApplicationState, Mover, Part


class DataAsset(PublicId, Base):
    """Data that can be applied for; its committee's chair decides. `harm_points`: 3 or 5, the scale of ratings."""

    __tablename__ = "data_asset"
    __table_args__ = (
        CheckConstraint("window_limit_days IS NULL OR window_limit_days > 0", name="window_limit_days"),
        CheckConstraint("harm_points IN (3, 5)", name="harm_points"),
    )
    id: Mapped[Key]
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), index=True)
    name: Mapped[Short]
    description: Mapped[Words] = mapped_column(default="")
    controller: Mapped[Short] = mapped_column(default="")
    holds: Mapped[Words] = mapped_column(default="")
    size: Mapped[Short] = mapped_column(default="")
    limits: Mapped[Words] = mapped_column(default="")
    window_limit_days: Mapped[int | None]
    harm_points: Mapped[int] = mapped_column(default=5)
    chair_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[Moment]
    retired_at: Mapped[MaybeMoment]
    dialogue: Mapped[Dialogue] = relationship()
    chair: Mapped[Account | None] = relationship()


class AccessApplication(PublicId, Base):
    """One application of one team. `details`: words by `Detail`; `state` is changed by `assessment_moves.move` alone.

    `replaces_id`: the granted application whose new version this is. `wants_publication`: what the applicant said
    of publishing if it is not granted; None: nothing yet.
    """

    __tablename__ = "access_application"
    __table_args__ = (UniqueConstraint("asset_id", "number"),)
    id: Mapped[Key]
    asset_id: Mapped[int] = mapped_column(ForeignKey("data_asset.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[Short]
    organisation: Mapped[Short]
    route: Mapped[Route] = mapped_column(enum_type(Route, "route"))
    state: Mapped[ApplicationState] = mapped_column(
        enum_type(ApplicationState, "state"), default=ApplicationState.DRAFT, index=True
    )
    details: Mapped[Facts] = mapped_column(JSON, default=dict)
    environment: Mapped[Environment | None] = mapped_column(enum_type(Environment, "environment"))
    opt_out: Mapped[OptOut | None] = mapped_column(enum_type(OptOut, "opt_out"))
    window_from: Mapped[date | None]
    window_until: Mapped[date | None]
    contact_name: Mapped[Short] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    details_version: Mapped[int] = mapped_column(default=1)
    pen_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("access_application.id", ondelete="SET NULL"), index=True
    )
    wants_publication: Mapped[bool | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    asset: Mapped[DataAsset] = relationship()
    pen_holder: Mapped[Account | None] = relationship(foreign_keys=[pen_account_id])
    replaces: Mapped["AccessApplication | None"] = relationship(remote_side="AccessApplication.id")
    people: Mapped[list["ApplicationPerson"]] = relationship(
        back_populates="application", order_by="ApplicationPerson.id", cascade="all, delete-orphan"
    )
    moves: Mapped[list["ApplicationMove"]] = relationship(
        back_populates="application", order_by="ApplicationMove.id", cascade="all, delete-orphan"
    )


class ApplicationPerson(PublicId, Base):
    """Somebody of the applicant's team, and what they do there."""

    __tablename__ = "application_person"
    __table_args__ = (UniqueConstraint("application_id", "account_id"),)
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    part: Mapped[Part] = mapped_column(enum_type(Part, "part"))
    added_at: Mapped[Moment]
    account: Mapped[Account] = relationship()
    application: Mapped[AccessApplication] = relationship(back_populates="people")


class ApplicationMove(Base):
    """One change of state: from where to where, who in which part, when, why. Nothing edits it."""

    __tablename__ = "application_move"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    state_before: Mapped[ApplicationState] = mapped_column(enum_type(ApplicationState, "state_before"))
    state_after: Mapped[ApplicationState] = mapped_column(enum_type(ApplicationState, "state_after"))
    moved_as: Mapped[Mover] = mapped_column(enum_type(Mover, "moved_as"))
    why: Mapped[Words] = mapped_column(default="")
    facts: Mapped[Facts] = mapped_column(JSON, default=dict)
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    moved_at: Mapped[Moment]
    moved_by: Mapped[Account | None] = relationship()
    application: Mapped[AccessApplication] = relationship(back_populates="moves")


class ApplicationStep(Base):
    """Deadline and hours of one of the seven steps (`step`: "1" to "7", "4b", "5b") of one application."""

    __tablename__ = "application_step"
    __table_args__ = (
        UniqueConstraint("application_id", "step"),
        CheckConstraint("planned_minutes IS NULL OR planned_minutes >= 0", name="planned_minutes"),
        CheckConstraint("actual_minutes IS NULL OR actual_minutes >= 0", name="actual_minutes"),
    )
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(2))
    due_on: Mapped[date | None]
    planned_minutes: Mapped[int | None]
    actual_minutes: Mapped[int | None]
