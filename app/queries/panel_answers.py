"""The applicant's answers to a panel's points, what changed in the assessment, and what the panel says of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentVersion
from app.models.panel import ApplicantNotes, PanelAddendum, PanelPoint, PanelPointAnswer, PanelReview
from app.models.people import Participant
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment import content_of, versions_of
from app.queries.panel import ReleasedPoint, released_points
from app.queries.workshops import last_moved, panel_size
from deliberation.assessment import ApplicationState
from deliberation.differences import Stretch, differences
from deliberation.panel import ChangeKind, ReviewVerdict

HARM = "harm:"
"""How the place of a harm begins; then comes the harm's key."""


@dataclass(frozen=True)
class Place:
    """A place in an assessment that an answer can point to: a question, or a harm by its words."""

    key: str
    harm: str = ""

    @property
    def is_harm(self) -> bool:
        """Whether it is a harm."""
        return self.key.startswith(HARM)


@dataclass(frozen=True)
class AnsweredPoint:
    """A released point with its answer and what changed at the place that the answer names.

    `changed`: from the version that the panel spoke about to the newest (`is_live`: not handed in yet). An answer that
    claims a change where none is counts as none.
    """

    released: ReleasedPoint
    answer: PanelPointAnswer | None
    changed: list[Stretch]
    harm: str
    to_version: int | None

    @property
    def is_live(self) -> bool:
        """Whether the change has not been handed in yet."""
        return self.to_version is None

    @property
    def is_answered(self) -> bool:
        """A reason, or a change that can be seen."""
        if self.answer is None:
            return False
        return self.answer.kind is ChangeKind.NOT_CHANGED or len(self.changed) > 1 or self._is_all_new

    @property
    def _is_all_new(self) -> bool:
        return len(self.changed) == 1 and self.changed[0].change.value != "same"


@dataclass(frozen=True)
class ReviewCounts:
    """What the panel said of the answer to one point, and the words that came with it, without who."""

    answered: int
    partly: int
    not_answered: int
    words: list[PanelReview]

    @property
    def said(self) -> int:
        """How many said something."""
        return self.answered + self.partly + self.not_answered


def places_of(application: AccessApplication) -> list[Place]:
    """Where an answer can point to: questions that have an answer, then the harms, as they stand now."""
    content = content_of(application)
    questions = [Place(key) for key in content["answers"]]
    return questions + [Place(f"{HARM}{harm['key']}", harm["text"]) for harm in content["harms"]]


def text_at(content: Mapping[str, Any], place: str) -> str:
    """The words of a version at a place: an answer, or a harm with what is done about it; "" where there is none."""
    if not place.startswith(HARM):
        return str(content.get("answers", {}).get(place, ""))
    key = place.removeprefix(HARM)
    harm = next((one for one in content.get("harms", []) if one["key"] == key), None)
    if harm is None:
        return ""
    parts = (harm["text"], harm["stakeholder"], harm["mitigation"], harm["owner"], harm["due_on"])
    return "\n".join(part for part in parts if part)


def answered_points(workshop: AssessmentWorkshop, *, with_live: bool = False) -> list[AnsweredPoint]:
    """Every released point with its answer.

    Args:
        with_live: also what the applicant is writing now; for the team alone.
    """
    released = released_points(workshop)
    if not released:
        return []
    application = workshop.application
    versions = {one.number: one for one in versions_of(application)}
    live = content_of(application) if with_live else {}
    return [_answered(one, versions, live) for one in released]


def _answered(
    released: ReleasedPoint, versions: Mapping[int, AssessmentVersion], live: Mapping[str, Any]
) -> AnsweredPoint:
    answer = released.point.answer
    if answer is None or answer.kind is not ChangeKind.CHANGED:
        return AnsweredPoint(released, answer, [], "", None)
    newest = max((number for number in versions if number > answer.from_version), default=None)
    before = versions[answer.from_version].content if answer.from_version in versions else {}
    after = live or (versions[newest].content if newest else {})
    if not after:
        return AnsweredPoint(released, answer, [], "", None)
    old, new = text_at(before, answer.place), text_at(after, answer.place)
    harm = (new or old).split("\n")[0] if answer.place.startswith(HARM) else ""
    return AnsweredPoint(released, answer, differences(old, new), harm, None if live else newest)


def unanswered(workshop: AssessmentWorkshop) -> list[int]:
    """Numbers of the released points that the applicant has not answered as things stand now."""
    return [one.released.number for one in answered_points(workshop, with_live=True) if not one.is_answered]


def newest_notes(workshop: AssessmentWorkshop) -> ApplicantNotes | None:
    """The applicant's own notes."""
    return db.session.scalar(
        select(ApplicantNotes)
        .where(ApplicantNotes.workshop_id == workshop.id)
        .order_by(ApplicantNotes.number.desc())
        .limit(1)
    )


def newest_addendum(workshop: AssessmentWorkshop) -> PanelAddendum | None:
    """The addendum of the newest round of review."""
    return db.session.scalar(
        select(PanelAddendum)
        .where(PanelAddendum.workshop_id == workshop.id)
        .order_by(PanelAddendum.number.desc())
        .limit(1)
    )


def review_began(workshop: AssessmentWorkshop) -> datetime | None:
    """When the newest round of the panel's review began."""
    return last_moved(workshop.application, ApplicationState.PANEL_REVIEW)


def own_review(point: PanelPoint, participant: Participant) -> PanelReview | None:
    """What the person says of the answer to a point, whenever they said it."""
    return db.session.scalar(
        select(PanelReview).where(PanelReview.point_id == point.id, PanelReview.participant_id == participant.id)
    )


def unreviewed(workshop: AssessmentWorkshop, participant: Participant) -> list[ReleasedPoint]:
    """Points whose answers the person has not reviewed in this round; none outside a round."""
    began = review_began(workshop)
    if began is None or workshop.application.state is not ApplicationState.PANEL_REVIEW:
        return []
    said = {
        one.point_id
        for one in db.session.scalars(select(PanelReview).where(PanelReview.participant_id == participant.id))
        if one.said_at >= began
    }
    return [one for one in released_points(workshop) if one.point.id not in said]


def review_counts(workshop: AssessmentWorkshop) -> dict[int, ReviewCounts]:
    """Number of a point -> what was said of its answer in the newest round."""
    rows = _reviews(workshop)
    return {
        one.number: ReviewCounts(
            **{verdict.value: sum(row.verdict is verdict for row in rows[one.point.id]) for verdict in ReviewVerdict},
            words=[row for row in rows[one.point.id] if row.words],
        )
        for one in released_points(workshop)
    }


def reviewers(workshop: AssessmentWorkshop) -> int:
    """How many of the panel have reviewed the answers to all points in the newest round."""
    points = len(released_points(workshop))
    said = Counter(row.participant_id for rows in _reviews(workshop).values() for row in rows)
    return sum(count >= points for count in said.values()) if points else 0


def is_heard(workshop: AssessmentWorkshop) -> bool:
    """Whether everybody on the panel has reviewed every answer."""
    panel = panel_size(workshop)
    return 0 < panel <= reviewers(workshop)


def _reviews(workshop: AssessmentWorkshop) -> dict[int, list[PanelReview]]:
    began = review_began(workshop)
    found: dict[int, list[PanelReview]] = defaultdict(list)
    if began is None:
        return found
    rows = db.session.scalars(
        select(PanelReview)
        .join(PanelPoint)
        .join(Participant, Participant.id == PanelReview.participant_id)
        .where(PanelPoint.workshop_id == workshop.id, PanelReview.said_at >= began, Participant.left_at.is_(None))
        .order_by(PanelReview.id)
    )
    for row in rows:
        found[row.point_id].append(row)
    return found
