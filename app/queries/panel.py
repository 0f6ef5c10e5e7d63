"""Reading a panel's record: points and report with what the panel said of them, and what is next for one member."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.models.panel import (
    PanelPoint,
    PanelPointCheck,
    PanelPointSource,
    PanelPointVersion,
    PanelReportCheck,
    PanelReportVersion,
)
from app.models.people import Participant
from app.models.voting import CurrentVote, Statement
from app.models.workshops import AssessmentWorkshop, WorkshopNote
from app.queries.workshops import panel_size
from deliberation.moderation import WordState
from deliberation.panel import Tally, Verdict, is_checked

Check = PanelPointCheck | PanelReportCheck
One = TypeVar("One", PanelPointCheck, PanelReportCheck)


@dataclass(frozen=True)
class PointRow:
    """A point as the rapporteur sees it: its newest words, what was said of them, and what is still open."""

    point: PanelPoint
    tally: Tally
    objections: list[PanelPointCheck]
    is_checked: bool

    @property
    def words(self) -> PanelPointVersion:
        """The newest words."""
        return self.point.current


@dataclass(frozen=True)
class ReportRow:
    """The report with what was said of its newest words."""

    version: PanelReportVersion
    tally: Tally
    objections: list[PanelReportCheck]
    is_checked: bool


@dataclass(frozen=True)
class ReleasedPoint:
    """A point as it went out: applicant, committee and panel see the same words."""

    point: PanelPoint
    words: PanelPointVersion

    @property
    def number(self) -> int:
        """As in P1."""
        return self.point.number


@dataclass(frozen=True)
class SourceLine:
    """A place in the workshop that a point comes from; never with a pseudonym. `votes`: (agree, disagree, pass)."""

    source: PanelPointSource
    kind: str
    text: str
    lang: str
    votes: tuple[int, int, int] | None = None


def points_of(workshop: AssessmentWorkshop) -> list[PanelPoint]:
    """The points that stand, by number."""
    return list(
        db.session.scalars(
            select(PanelPoint)
            .where(PanelPoint.workshop_id == workshop.id, PanelPoint.removed_at.is_(None))
            .order_by(PanelPoint.number)
        )
    )


def find_point(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> PanelPoint | None:
    """A point of this workshop that stands."""
    return db.session.scalar(
        select(PanelPoint).where(
            PanelPoint.public_id == public_id,
            PanelPoint.workshop_id == workshop.id,
            PanelPoint.removed_at.is_(None),
        )
    )


def point_rows(workshop: AssessmentWorkshop, now: datetime) -> list[PointRow]:
    """Every point with its tally: two queries however many there are."""
    points, panel = points_of(workshop), panel_size(workshop)
    said: dict[int, list[PanelPointCheck]] = defaultdict(list)
    numbers = {point.id: point.current.number for point in points}
    for check in db.session.scalars(
        select(PanelPointCheck).where(PanelPointCheck.point_id.in_(numbers)).order_by(PanelPointCheck.id)
    ):
        if check.version == numbers[check.point_id]:
            said[check.point_id].append(check)
    rows = []
    for point in points:
        tally = tally_of(said[point.id], panel)
        rows.append(PointRow(point, tally, _objections(said[point.id]), _done(tally, workshop, now)))
    return rows


def current_report(workshop: AssessmentWorkshop) -> PanelReportVersion | None:
    """The newest words of the report."""
    return db.session.scalar(
        select(PanelReportVersion)
        .where(PanelReportVersion.workshop_id == workshop.id)
        .order_by(PanelReportVersion.number.desc())
        .limit(1)
    )


def sent_report(workshop: AssessmentWorkshop) -> PanelReportVersion | None:
    """The words of the report that went to the committee; None before it was sent."""
    return db.session.scalar(
        select(PanelReportVersion).where(
            PanelReportVersion.workshop_id == workshop.id, PanelReportVersion.number == workshop.report_sent_version
        )
    )


def report_row(workshop: AssessmentWorkshop, now: datetime) -> ReportRow | None:
    """The report with its tally; None before anybody wrote one."""
    version = current_report(workshop)
    if version is None:
        return None
    said = list(
        db.session.scalars(
            select(PanelReportCheck)
            .where(PanelReportCheck.workshop_id == workshop.id, PanelReportCheck.version == version.number)
            .order_by(PanelReportCheck.id)
        )
    )
    tally = tally_of(said, panel_size(workshop))
    return ReportRow(version, tally, _objections(said), _done(tally, workshop, now))


def tally_of(said: Sequence[Check], panel: int) -> Tally:
    """What the panel said of one wording."""
    right = sum(one.verdict is Verdict.RIGHT for one in said)
    kept = sum(one.verdict is not Verdict.RIGHT and one.kept_as_dissent for one in said)
    return Tally(panel, right=right, open=len(said) - right - kept, kept=kept)


def released_points(workshop: AssessmentWorkshop) -> list[ReleasedPoint]:
    """The points as they went out; none before the release."""
    if workshop.points_released_at is None:
        return []
    found = []
    for point in points_of(workshop):
        words = next((one for one in point.versions if one.number == point.released_version), None)
        if words is not None:
            found.append(ReleasedPoint(point, words))
    return found


def own_check(point: PanelPoint, participant: Participant) -> PanelPointCheck | None:
    """What the person said of the newest words of a point."""
    return db.session.scalar(
        select(PanelPointCheck).where(
            PanelPointCheck.point_id == point.id,
            PanelPointCheck.version == point.current.number,
            PanelPointCheck.participant_id == participant.id,
        )
    )


def earlier_check(point: PanelPoint, participant: Participant) -> PanelPointCheck | None:
    """What the person said last of earlier words of a point."""
    return db.session.scalar(
        select(PanelPointCheck)
        .where(
            PanelPointCheck.point_id == point.id,
            PanelPointCheck.version < point.current.number,
            PanelPointCheck.participant_id == participant.id,
        )
        .order_by(PanelPointCheck.version.desc())
        .limit(1)
    )


def own_report_check(version: PanelReportVersion, participant: Participant) -> PanelReportCheck | None:
    """What the person said of these words of the report."""
    return db.session.scalar(
        select(PanelReportCheck).where(
            PanelReportCheck.workshop_id == version.workshop_id,
            PanelReportCheck.version == version.number,
            PanelReportCheck.participant_id == participant.id,
        )
    )


def unchecked_points(workshop: AssessmentWorkshop, participant: Participant) -> list[PanelPoint]:
    """Points whose newest words the person has said nothing of."""
    points = points_of(workshop)
    rows = db.session.execute(
        select(PanelPointCheck.point_id, PanelPointCheck.version).where(
            PanelPointCheck.participant_id == participant.id
        )
    )
    said = {(point_id, version) for point_id, version in rows}
    return [point for point in points if (point.id, point.current.number) not in said]


def find_point_check(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> PanelPointCheck | None:
    """One check of a point of this workshop."""
    return db.session.scalar(
        select(PanelPointCheck)
        .join(PanelPoint)
        .where(PanelPointCheck.public_id == public_id, PanelPoint.workshop_id == workshop.id)
    )


def find_report_check(workshop: AssessmentWorkshop, public_id: uuid.UUID) -> PanelReportCheck | None:
    """One check of this workshop's report."""
    return db.session.scalar(
        select(PanelReportCheck).where(
            PanelReportCheck.public_id == public_id, PanelReportCheck.workshop_id == workshop.id
        )
    )


def source_lines(sources: Iterable[PanelPointSource]) -> list[SourceLine]:
    """Where a point comes from; what was taken back or refused since is left out."""
    rows = list(sources)
    votes = _votes({one.statement_id for one in rows if one.statement_id})
    lines = []
    for one in rows:
        if one.statement is not None and one.statement.state is WordState.APPROVED:
            cast = votes.get(one.statement.id, (0, 0, 0))
            lines.append(SourceLine(one, "statement", one.statement.text, one.statement.lang, cast))
        elif one.comment is not None and one.comment.state is WordState.APPROVED:
            lines.append(SourceLine(one, "comment", one.comment.text, one.comment.lang))
        elif one.note is not None and one.note.removed_at is None:
            lines.append(SourceLine(one, "note", one.note.text, ""))
    return lines


def words_to_cite(
    workshop: AssessmentWorkshop,
) -> tuple[Sequence[Statement], Sequence[Comment], Sequence[WorkshopNote]]:
    """What a point can come from: statements and comments that are shown, and notes from the tables."""
    statements = select(Statement).where(
        Statement.dialogue_id == workshop.dialogue_id, Statement.state == WordState.APPROVED
    )
    comments = select(Comment).where(
        Comment.dialogue_id == workshop.dialogue_id, Comment.state == WordState.APPROVED, Comment.text != ""
    )
    notes = select(WorkshopNote).where(WorkshopNote.workshop_id == workshop.id, WorkshopNote.removed_at.is_(None))
    return (
        db.session.scalars(statements.order_by(Statement.number)).all(),
        db.session.scalars(comments.order_by(Comment.id)).all(),
        db.session.scalars(notes.order_by(WorkshopNote.id)).all(),
    )


def _votes(statement_ids: set[int]) -> dict[int, tuple[int, int, int]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = db.session.execute(
        select(CurrentVote.statement_id, CurrentVote.position).where(CurrentVote.statement_id.in_(statement_ids))
    )
    for statement_id, position in rows:
        found[statement_id][{1: 0, -1: 1, 0: 2}[position]] += 1
    return {key: (one[0], one[1], one[2]) for key, one in found.items()}


def _objections(said: Sequence[One]) -> list[One]:
    return [one for one in said if one.verdict is not Verdict.RIGHT]


def _done(tally: Tally, workshop: AssessmentWorkshop, now: datetime) -> bool:
    return is_checked(tally, due=workshop.checks_due_at, now=now)
