"""A panel's record: numbered points and the report in versions, what the panel said of them, answers, reviews."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.comments import Comment
from app.models.people import Account
from app.models.types import Key, Language, MaybeMoment, Moment, PublicId, Words, enum_type
from app.models.voting import Statement
from app.models.workshops import AssessmentWorkshop, WorkshopNote
from deliberation.panel import ChangeKind, ReviewVerdict, Strength, Verdict


class PanelPoint(PublicId, Base):
    """One numbered point of a panel. `released_*`: the words that went out, and how many had checked them then.

    A point that was taken out before the release keeps its number.
    """

    __tablename__ = "panel_point"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    created_at: Mapped[Moment]
    removed_at: Mapped[MaybeMoment]
    released_version: Mapped[int | None]
    released_panel: Mapped[int | None]
    released_checked: Mapped[int | None]
    released_right: Mapped[int | None]
    workshop: Mapped[AssessmentWorkshop] = relationship()
    versions: Mapped[list["PanelPointVersion"]] = relationship(
        order_by="PanelPointVersion.number", cascade="all, delete-orphan"
    )
    sources: Mapped[list["PanelPointSource"]] = relationship(
        order_by="PanelPointSource.id", cascade="all, delete-orphan"
    )
    answer: Mapped["PanelPointAnswer | None"] = relationship(cascade="all, delete-orphan")

    @property
    def current(self) -> "PanelPointVersion":
        """The newest words."""
        return self.versions[-1]


class PanelPointVersion(Base):
    """One wording of a point. `prompts`: which of the six prompts it answers; `change_note`: what changed and why."""

    __tablename__ = "panel_point_version"
    __table_args__ = (UniqueConstraint("point_id", "number"),)
    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    strength: Mapped[Strength] = mapped_column(enum_type(Strength, "strength"))
    dissent: Mapped[Words] = mapped_column(default="")
    prompts: Mapped[list[str]] = mapped_column(JSON, default=list)
    change_note: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]


class PanelPointSource(PublicId, Base):
    """Where in the workshop a point comes from: exactly one statement, comment or note of a table."""

    __tablename__ = "panel_point_source"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
    )
    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_note.id", ondelete="CASCADE"), index=True)
    statement: Mapped[Statement | None] = relationship()
    comment: Mapped[Comment | None] = relationship()
    note: Mapped[WorkshopNote | None] = relationship()


class PanelPointCheck(PublicId, Base):
    """What one panel member says of one wording of a point. `kept_as_dissent`: it stands beside them as dissent."""

    __tablename__ = "panel_point_check"
    __table_args__ = (UniqueConstraint("point_id", "version", "participant_id"),)
    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"))
    version: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    words: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    said_at: Mapped[Moment]
    kept_as_dissent: Mapped[bool] = mapped_column(default=False)
    point: Mapped[PanelPoint] = relationship()


class PanelReportVersion(Base):
    """One wording of the rapporteur's report; the newest is the one that is checked and sent."""

    __tablename__ = "panel_report_version"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    change_note: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]


class PanelReportCheck(PublicId, Base):
    """What one panel member says of one wording of the report."""

    __tablename__ = "panel_report_check"
    __table_args__ = (UniqueConstraint("workshop_id", "version", "participant_id"),)
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    version: Mapped[int]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict, "verdict"))
    words: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    said_at: Mapped[Moment]
    kept_as_dissent: Mapped[bool] = mapped_column(default=False)


class ApplicantNotes(Base):
    """The applicant's own notes of the workshop, in versions; they may differ from the report."""

    __tablename__ = "applicant_notes"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]


class PanelPointAnswer(Base):
    """The applicant's answer to a point: a change and where it is made, or a reason why not.

    `place`: a question of the assessment, or "harm:" and a harm's key; `from_version`: the version that the panel spoke
    about. What changed is what lies between that version and the newest one.
    """

    __tablename__ = "panel_point_answer"
    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[ChangeKind] = mapped_column(enum_type(ChangeKind, "kind"))
    place: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[Words] = mapped_column(default="")
    from_version: Mapped[int]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    answered_at: Mapped[Moment]
    answered_by: Mapped[Account | None] = relationship()


class PanelReview(PublicId, Base):
    """What one panel member says of the answer to one point; said again in a later round, it replaces what was said."""

    __tablename__ = "panel_review"
    __table_args__ = (UniqueConstraint("point_id", "participant_id"),)
    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("panel_point.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[ReviewVerdict] = mapped_column(enum_type(ReviewVerdict, "verdict"))
    words: Mapped[Words] = mapped_column(default="")
    lang: Mapped[Language]
    said_at: Mapped[Moment]
    point: Mapped[PanelPoint] = relationship()


class PanelAddendum(Base):
    """What the facilitator writes about the panel's review, in versions, with the counts as they were then.

    `counts`: number of a point -> {"answered": n, "partly": n, "not_answered": n}; `reviewers` of `panel` people.
    """

    __tablename__ = "panel_addendum"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[Key]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("assessment_workshop.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[Words]
    counts: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default=dict)
    reviewers: Mapped[int] = mapped_column(default=0)
    panel: Mapped[int] = mapped_column(default=0)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    written_at: Mapped[Moment]
