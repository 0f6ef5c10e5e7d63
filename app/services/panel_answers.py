"""After the release: the applicant's answers and own notes, and the facilitator's addendum to the panel's review."""

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.panel import ApplicantNotes, PanelAddendum, PanelPoint, PanelPointAnswer
from app.models.people import Account
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment import versions_of
from app.queries.panel_answers import places_of, review_counts, reviewers
from app.queries.workshops import panel_size
from app.services.assessment_moves import move
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.panel import NOTE_LIMIT, REPORT_LIMIT, ChangeKind, check_answer, check_review_over

ADDENDUM_LIMIT = 4000
_NOTES_UNTIL = frozenset({
    ApplicationState.WORKSHOP_HELD, ApplicationState.NOTES_CHECKED, ApplicationState.SYNTHESIS,
})  # fmt: skip


def answer_point(point: PanelPoint, kind: ChangeKind, *, place: str = "", words: str = "", by: Account) -> None:
    """The team's answer: a change and where it is made, or why not. Answering again replaces the answer.

    Raises:
        RuleError: `answers_closed` outside synthesis; `place_missing`, `why_missing`, `words_too_long`.
    """
    workshop = point.workshop
    application = workshop.application
    if application.state is not ApplicationState.SYNTHESIS or point.released_version is None:
        raise RuleError("answers_closed")
    known = {one.key for one in places_of(application)}
    before = point.answer
    if before is not None:
        known.add(before.place)
    check_answer(kind, place=place if place in known else "", reason=words)
    if before is None:
        before = PanelPointAnswer(point_id=point.id, from_version=_spoken_about(workshop))
        point.answer = before
    before.kind, before.place = kind, place if kind is ChangeKind.CHANGED else ""
    before.words = check_words(words, limit=NOTE_LIMIT) if words.strip() else ""
    before.answered_by_id, before.answered_at = by.id, utcnow()
    db.session.flush()
    facts = {"number": point.number, "kind": kind.value, "place": before.place}
    home = application.asset.dialogue_id
    record(EventKind.PANEL_POINT_ANSWERED, by=by, dialogue_id=home, about=point, facts=facts)


def write_own_notes(workshop: AssessmentWorkshop, text: str, *, based_on: int, by: Account) -> None:
    """One more version of the applicant's own notes; RuleError `words_empty`, `draft_changed`, `notes_closed`."""
    if workshop.application.state not in _NOTES_UNTIL:
        raise RuleError("notes_closed")
    newest = select(func.max(ApplicantNotes.number)).where(ApplicantNotes.workshop_id == workshop.id)
    number = db.session.scalar(newest) or 0
    if based_on != number:
        raise RuleError("draft_changed", newest=number)
    words = check_words(text, limit=REPORT_LIMIT)
    row = ApplicantNotes(workshop_id=workshop.id, number=number + 1, text=words, written_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    home = workshop.application.asset.dialogue_id
    record(EventKind.APPLICANT_NOTES_EDITED, by=by, dialogue_id=home, about=workshop, facts={"version": row.number})


def write_addendum(workshop: AssessmentWorkshop, text: str, *, by: Account) -> PanelAddendum:
    """Sums up the panel's review, with its counts as they are now, and sends the application to the committee.

    Raises:
        RuleError: `review_running` before everybody has reviewed or the deadline passed; `words_empty`; or what the
            state machine refuses, such as `report_not_sent`.
    """
    application, now = workshop.application, utcnow()
    panel, heard = panel_size(workshop), reviewers(workshop)
    if application.state is not ApplicationState.PANEL_REVIEW:
        raise RuleError("review_closed")
    check_review_over(panel=panel, reviewers=heard, due=workshop.review_due_at, now=now)
    newest = select(func.max(PanelAddendum.number)).where(PanelAddendum.workshop_id == workshop.id)
    row = PanelAddendum(
        workshop_id=workshop.id,
        number=(db.session.scalar(newest) or 0) + 1,
        text=check_words(text, limit=ADDENDUM_LIMIT),
        counts={
            str(number): {"answered": one.answered, "partly": one.partly, "not_answered": one.not_answered}
            for number, one in review_counts(workshop).items()
        },
        reviewers=heard,
        panel=panel,
        written_by_id=by.id,
        written_at=now,
    )
    db.session.add(row)
    db.session.flush()
    facts = {"number": row.number, "reviewers": heard, "panel": panel}
    home = application.asset.dialogue_id
    record(EventKind.PANEL_ADDENDUM_WRITTEN, by=by, dialogue_id=home, about=workshop, facts=facts)
    move(application, ApplicationState.COMMITTEE_REVIEW, by=by, now=now)
    return row


def _spoken_about(workshop: AssessmentWorkshop) -> int:
    """The newest version that was handed in before the points went out: what the panel talked about."""
    out = workshop.points_released_at
    numbers = [one.number for one in versions_of(workshop.application) if out is None or one.kept_at <= out]
    return max(numbers, default=0)
