"""The rapporteur's work: notes from tables, panel points and report in versions, and sending them once checked."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.panel import (
    PanelPoint,
    PanelPointCheck,
    PanelPointSource,
    PanelPointVersion,
    PanelReportCheck,
    PanelReportVersion,
)
from app.models.people import Account
from app.models.workshops import AssessmentWorkshop, WorkshopNote
from app.queries.panel import current_report, point_rows, report_row
from app.queries.workshop_facts import has_panel_checked
from app.services.assessment_moves import move
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.panel import (
    DISSENT_LIMIT,
    NOTE_LIMIT,
    POINT_LIMIT,
    REPORT_LIMIT,
    PointWords,
    Prompt,
    Verdict,
    check_checked,
    check_point,
    check_releasable,
)

_WRITING = frozenset({
    ApplicationState.WORKSHOP_SCHEDULED, ApplicationState.WORKSHOP_HELD, ApplicationState.NOTES_CHECKED,
})  # fmt: skip


def write_note(workshop: AssessmentWorkshop, text: str, prompt: Prompt | None, where: str, *, by: Account) -> None:
    """A table's words, typed by the rapporteur; RuleError `words_empty`, `words_too_long`, `record_closed`."""
    _check_writing(workshop)
    row = WorkshopNote(
        workshop_id=workshop.id,
        prompt=prompt,
        where_said=" ".join(where.split())[:200],
        text=check_words(text, limit=NOTE_LIMIT),
        written_by_id=by.id,
    )
    row.written_at = utcnow()
    db.session.add(row)
    db.session.flush()
    _record(EventKind.PANEL_POINT_EDITED, workshop, by, {"how": "note from a table"}, about=row)


def remove_note(workshop: AssessmentWorkshop, note: WorkshopNote, *, by: Account) -> None:
    """Taken out; points that came from it no longer show it."""
    note.removed_at, note.text = utcnow(), ""
    db.session.flush()
    _record(EventKind.PANEL_POINT_EDITED, workshop, by, {"how": "note taken out"}, about=note)


def write_point(workshop: AssessmentWorkshop, words: PointWords, *, by: Account) -> PanelPoint:
    """A new point under the next number.

    Raises:
        RuleError: `words_empty`, `words_too_long`, `prompt_missing`, `points_are_out`, `record_closed`.
    """
    _check_points_open(workshop)
    newest = select(func.max(PanelPoint.number)).where(PanelPoint.workshop_id == workshop.id)
    point = PanelPoint(workshop_id=workshop.id, number=(db.session.scalar(newest) or 0) + 1)
    point.workshop = workshop
    db.session.add(point)
    _add_version(point, words, by)
    return point


def reword_point(point: PanelPoint, words: PointWords, *, based_on: int, by: Account) -> None:
    """Other words: a new version, which the panel checks again. The same words again are no new version.

    Raises:
        RuleError: `draft_changed` when a newer version than `based_on` is there; and as `write_point`.
    """
    _check_points_open(point.workshop)
    before = point.current
    if based_on != before.number:
        raise RuleError("draft_changed", newest=before.number)
    same = (before.text, before.strength, before.dissent, list(before.prompts))
    if same != (words.text.strip(), words.strength, words.dissent.strip(), [one.value for one in words.prompts]):
        _add_version(point, words, by)


def remove_point(point: PanelPoint, *, by: Account) -> None:
    """Takes a point out before the release; its number is not used again."""
    _check_points_open(point.workshop)
    point.removed_at = utcnow()
    db.session.flush()
    _record(EventKind.PANEL_POINT_EDITED, point.workshop, by, {"how": "taken out", "number": point.number}, about=point)


def cite(point: PanelPoint, sources: Sequence[PanelPointSource], *, by: Account) -> None:
    """Where the point comes from, all of it at once: what is not given any more goes."""
    _check_points_open(point.workshop)
    point.sources = list(sources)
    db.session.flush()
    facts = {"how": "sources", "number": point.number, "count": len(sources)}
    _record(EventKind.PANEL_POINT_EDITED, point.workshop, by, facts, about=point)


def keep_as_dissent(workshop: AssessmentWorkshop, check: PanelPointCheck | PanelReportCheck, *, by: Account) -> None:
    """An objection that does not change the words stands beside them as dissent, and is no longer open.

    Raises:
        RuleError: `dissent_missing` where the point's own words do not name any dissent; `nothing_to_keep`.
    """
    if check.verdict is Verdict.RIGHT:
        raise RuleError("nothing_to_keep")
    if isinstance(check, PanelPointCheck):
        _check_points_open(workshop)
        if not check.point.current.dissent:
            raise RuleError("dissent_missing")
    check.kept_as_dissent = True
    db.session.flush()
    is_point = isinstance(check, PanelPointCheck)
    kind = EventKind.PANEL_POINT_EDITED if is_point else EventKind.PANEL_REPORT_EDITED
    _record(kind, workshop, by, {"how": "objection kept as dissent"})


def write_report(
    workshop: AssessmentWorkshop, text: str, *, based_on: int, change_note: str = "", by: Account
) -> PanelReportVersion | None:
    """A version of the report; the same words again are none (None).

    Raises:
        RuleError: `words_empty`, `words_too_long`, `draft_changed`, `report_is_out`, `record_closed`.
    """
    _check_writing(workshop)
    if workshop.report_sent_at is not None:
        raise RuleError("report_is_out")
    before = current_report(workshop)
    number = before.number if before else 0
    if based_on != number:
        raise RuleError("draft_changed", newest=number)
    words = check_words(text, limit=REPORT_LIMIT)
    if before is not None and before.text == words:
        return None
    row = PanelReportVersion(
        workshop_id=workshop.id,
        number=number + 1,
        text=words,
        change_note=change_note.strip(),
        lang=workshop.dialogue.lang,
        written_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    _record(EventKind.PANEL_REPORT_EDITED, workshop, by, {"version": row.number})
    return row


def release_points(workshop: AssessmentWorkshop, *, by: Account) -> None:
    """The points go to applicant and committee, each with how many had checked it.

    Raises:
        RuleError: `points_are_out`, `points_missing`, `points_unchecked`, `workshop_first`.
    """
    _check_held(workshop)
    if workshop.points_released_at is not None:
        raise RuleError("points_are_out")
    now = utcnow()
    rows = point_rows(workshop, now)
    check_releasable({row.point.number: row.tally for row in rows}, due=workshop.checks_due_at, now=now)
    for row in rows:
        row.point.released_version = row.words.number
        row.point.released_panel, row.point.released_checked = row.tally.panel, row.tally.checked
        row.point.released_right = row.tally.right
    workshop.points_released_at = now
    db.session.flush()
    _record(EventKind.PANEL_POINTS_RELEASED, workshop, by, {"points": len(rows)})
    _move_on(workshop, by)


def send_report(workshop: AssessmentWorkshop, *, by: Account) -> None:
    """The report goes to the committee alone, with how many had checked it.

    Raises:
        RuleError: `report_is_out`, `report_missing`, `workshop_first`, or what `check_checked` refuses.
    """
    _check_held(workshop)
    if workshop.report_sent_at is not None:
        raise RuleError("report_is_out")
    now = utcnow()
    row = report_row(workshop, now)
    if row is None:
        raise RuleError("report_missing")
    check_checked(row.tally, due=workshop.checks_due_at, now=now)
    workshop.report_sent_at, workshop.report_sent_version = now, row.version.number
    workshop.report_panel, workshop.report_checked = row.tally.panel, row.tally.checked
    workshop.report_right = row.tally.right
    db.session.flush()
    facts = {"version": row.version.number, "checked": row.tally.checked, "panel": row.tally.panel}
    _record(EventKind.PANEL_REPORT_SENT, workshop, by, facts)
    _move_on(workshop, by)


def _move_on(workshop: AssessmentWorkshop, by: Account) -> None:
    """Once points and report have both been checked the application stands so."""
    if workshop.application.state is ApplicationState.WORKSHOP_HELD and has_panel_checked(workshop):
        move(workshop.application, ApplicationState.NOTES_CHECKED, by=by, now=utcnow())


def _add_version(point: PanelPoint, words: PointWords, by: Account) -> None:
    check_point(words.prompts)
    dissent = check_words(words.dissent, limit=DISSENT_LIMIT) if words.dissent.strip() else ""
    number = len(point.versions) + 1
    point.versions.append(
        PanelPointVersion(
            number=number,
            text=check_words(words.text, limit=POINT_LIMIT),
            strength=words.strength,
            dissent=dissent,
            prompts=[one.value for one in words.prompts],
            change_note=words.change_note.strip(),
            lang=point.workshop.dialogue.lang,
            written_by_id=by.id,
        )
    )
    db.session.flush()
    facts = {"how": "written", "number": point.number, "version": number}
    _record(EventKind.PANEL_POINT_EDITED, point.workshop, by, facts, about=point)


def _check_writing(workshop: AssessmentWorkshop) -> None:
    # a report may still be checked while the applicant already answers the points: it is sent before the committee
    # reads, and never after
    later = workshop.report_sent_at is None and workshop.points_released_at is not None
    if workshop.application.state not in _WRITING and not later:
        raise RuleError("record_closed")


def _check_points_open(workshop: AssessmentWorkshop) -> None:
    if workshop.points_released_at is not None:
        raise RuleError("points_are_out")
    _check_writing(workshop)


def _check_held(workshop: AssessmentWorkshop) -> None:
    if workshop.application.state is ApplicationState.WORKSHOP_SCHEDULED:
        raise RuleError("workshop_first")


def _record(
    kind: EventKind, workshop: AssessmentWorkshop, by: Account, facts: Mapping[str, object], about: object = None
) -> None:
    record(kind, by=by, dialogue_id=workshop.dialogue_id, about=about or workshop, facts=facts)
