"""A participatory workshop on one application: when, who is there, how mixed the panel is, notes from its tables."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.types import Key, MaybeMoment, Moment, PublicId, Short, Words, enum_type
from deliberation.panel import Axis, Prompt, WorkshopPart


class AssessmentWorkshop(PublicId, Base):
    """The workshop of an application. `dialogue_id`: the dialogue of its own, in which the panel takes part.

    `checks_due_at` and `review_due_at`: until when the panel checks the record, and reviews the answers.
    `points_released_at`: when the panel points went to applicant and committee; `report_sent_at`: the report, to the
    committee alone, with how many of the panel had checked it then.
    """

    __tablename__ = "assessment_workshop"
    id: Mapped[Key]
    application_id: Mapped[int] = mapped_column(ForeignKey("access_application.id", ondelete="CASCADE"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id", ondelete="CASCADE"), unique=True)
    starts_at: Mapped[Moment]
    place: Mapped[Words] = mapped_column(default="")
    access_support: Mapped[Words] = mapped_column(default="")
    fee: Mapped[Short] = mapped_column(default="")
    checks_due_at: Mapped[MaybeMoment]
    points_released_at: Mapped[MaybeMoment]
    report_sent_at: Mapped[MaybeMoment]
    report_sent_version: Mapped[int | None]
    report_checked: Mapped[int | None]
    report_right: Mapped[int | None]
    report_panel: Mapped[int | None]
    review_due_at: Mapped[MaybeMoment]
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[Moment]
    application: Mapped[AccessApplication] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    people: Mapped[list["WorkshopPerson"]] = relationship(order_by="WorkshopPerson.id", cascade="all, delete-orphan")


class WorkshopPerson(PublicId, Base):
    """Somebody who is at a workshop and not on its panel, with their interest where there is one."""

    __tablename__ = "workshop_person"
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"), index=True)
    part: Mapped[WorkshopPart] = mapped_column(enum_type(WorkshopPart, "part"))
    name: Mapped[Short]
    organisation: Mapped[Short] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    is_from_applicant: Mapped[bool] = mapped_column(default=False)
    interest: Mapped[Words] = mapped_column(default="")
    account: Mapped[Account | None] = relationship()


class PanelQuota(PublicId, Base):
    """How many people of one band of one axis are wanted and were recruited. Numbers only: no row knows a person."""

    __tablename__ = "panel_quota"
    __table_args__ = (
        UniqueConstraint("workshop_id", "axis", "band"),
        CheckConstraint("target >= 0 AND recruited >= 0", name="counts"),
    )
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    axis: Mapped[Axis] = mapped_column(enum_type(Axis, "axis"))
    band: Mapped[str] = mapped_column(String(80))
    target: Mapped[int] = mapped_column(default=0)
    recruited: Mapped[int] = mapped_column(default=0)


class PanelSeat(Base):
    """What is arranged for one seat of the roll: induction, support (never a diagnosis), the fee a person confirms."""

    __tablename__ = "panel_seat"
    id: Mapped[Key]
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), unique=True)
    inducted_at: Mapped[MaybeMoment]
    support: Mapped[Words] = mapped_column(default="")
    fee_confirmed_at: Mapped[MaybeMoment]
    fee_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class WorkshopNote(PublicId, Base):
    """What the rapporteur typed at a table: the table's words, nobody's own."""

    __tablename__ = "workshop_note"
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"), index=True)
    prompt: Mapped[Prompt | None] = mapped_column(enum_type(Prompt, "prompt"))
    where_said: Mapped[Short] = mapped_column(default="")
    text: Mapped[Words]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]
    removed_at: Mapped[MaybeMoment]
