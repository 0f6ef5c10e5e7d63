"""A panel member's acts: checking a point and the report, reviewing an answer, and taking back what was said."""

from datetime import datetime

from app.db import db, utcnow
from app.models.panel import PanelPoint, PanelPointCheck, PanelReportCheck, PanelReportVersion, PanelReview
from app.models.people import Participant
from app.models.workshops import AssessmentWorkshop
from app.queries.panel import own_check, own_report_check
from app.queries.panel_answers import own_review
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.panel import NOTE_LIMIT, ReviewVerdict, Verdict, check_review_open, check_verdict


def check_point(point: PanelPoint, verdict: Verdict, words: str, *, version: int, by: Participant) -> None:
    """Says of the newest words of a point whether they are right; said again, it replaces what was said.

    Raises:
        RuleError: `words_are_newer` when the words changed while the person read; `points_are_out`; `change_missing`;
            `words_too_long`.
    """
    if point.workshop.points_released_at is not None:
        raise RuleError("points_are_out")
    if version != point.current.number:
        raise RuleError("words_are_newer")
    check_verdict(verdict, words)
    row = own_check(point, by)
    if row is None:
        row = PanelPointCheck(point_id=point.id, version=version, participant_id=by.id, verdict=verdict, lang=by.lang)
        row.point = point
        db.session.add(row)
    _say(row, verdict, words, by)
    facts = {"number": point.number, "version": version, "verdict": verdict.value}
    record(EventKind.PANEL_POINT_CHECKED, by=by, dialogue_id=by.dialogue_id, about=point, facts=facts)


def check_report(
    workshop: AssessmentWorkshop, newest: PanelReportVersion, verdict: Verdict, words: str, *, version: int,
    by: Participant,
) -> None:  # fmt: skip
    """As `check_point`, for the report; RuleError `report_is_out` once it was sent."""
    if workshop.report_sent_at is not None:
        raise RuleError("report_is_out")
    if version != newest.number:
        raise RuleError("words_are_newer")
    check_verdict(verdict, words)
    row = own_report_check(newest, by)
    if row is None:
        row = PanelReportCheck(
            workshop_id=workshop.id, version=version, participant_id=by.id, verdict=verdict, lang=by.lang
        )
        db.session.add(row)
    _say(row, verdict, words, by)
    facts = {"version": version, "verdict": verdict.value}
    record(EventKind.PANEL_REPORT_CHECKED, by=by, dialogue_id=by.dialogue_id, about=workshop, facts=facts)


def review_answer(point: PanelPoint, verdict: ReviewVerdict, words: str, *, by: Participant) -> None:
    """Says whether a point is answered; said again, it replaces what was said.

    Raises:
        RuleError: `review_closed` before and after the time for it; `words_too_long`.
    """
    workshop, now = point.workshop, utcnow()
    if workshop.application.state is not ApplicationState.PANEL_REVIEW:
        raise RuleError("review_closed")
    check_review_open(workshop.review_due_at, now)
    row = own_review(point, by)
    if row is None:
        row = PanelReview(point_id=point.id, participant_id=by.id)
        row.point = point
        db.session.add(row)
    row.verdict, row.words, row.lang, row.said_at = verdict, _words(words), by.lang, now
    db.session.flush()
    facts = {"number": point.number, "verdict": verdict.value}
    record(EventKind.PANEL_REVIEW_GIVEN, by=by, dialogue_id=by.dialogue_id, about=point, facts=facts)


def is_review_open(workshop: AssessmentWorkshop, now: datetime) -> bool:
    """Whether answers can be reviewed now."""
    due = workshop.review_due_at
    return workshop.application.state is ApplicationState.PANEL_REVIEW and (due is None or now < due)


def take_back(said: PanelPointCheck | PanelReportCheck | PanelReview, *, by: Participant) -> None:
    """What one said of words or of an answer is gone; counts that went out stay. RuleError `not_yours`."""
    if said.participant_id != by.id:
        raise RuleError("not_yours")
    facts = {"how": "taken back", "what": said.__tablename__}
    kind = EventKind.PANEL_REVIEW_GIVEN if isinstance(said, PanelReview) else EventKind.PANEL_POINT_CHECKED
    db.session.delete(said)
    db.session.flush()
    record(kind, by=by, dialogue_id=by.dialogue_id, facts=facts)


def _say(row: PanelPointCheck | PanelReportCheck, verdict: Verdict, words: str, by: Participant) -> None:
    row.verdict, row.lang, row.said_at, row.kept_as_dissent = verdict, by.lang, utcnow(), False
    row.words = "" if verdict is Verdict.RIGHT else _words(words)
    db.session.flush()


def _words(words: str) -> str:
    return check_words(words, limit=NOTE_LIMIT) if words.strip() else ""
