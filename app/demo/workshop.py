"""Two workshops in the example: one whose panel has said all it has to say, and one whose panel is checking now."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from app.db import db, utcnow
from app.demo.access import make_filled
from app.demo.bulk import record_many
from app.demo.workshop_votes import vote_on_seeds
from app.demo.workshop_words import (
    ADDENDUM,
    ANSWERS,
    CHANGES,
    COMMENTS,
    FOURTH_BEFORE,
    HARM_CHANGES,
    MAKE_UP,
    NOTES,
    OBJECTION,
    OWN_NOTES,
    POINTS,
    REPORT,
    REVIEW_WORDS,
    REVIEWS,
    WRIST_POINTS,
    WRIST_REPORT,
    WRISTS,
    Point,
)
from app.models.access_applications import AccessApplication
from app.models.comments import Prompt
from app.models.consent import Consent
from app.models.dialogues import Dialogue, StageProgress
from app.models.panel import PanelPointSource, PanelReview
from app.models.people import Account, Participant
from app.models.voting import Statement
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment import answers_of, harms_of, versions_of
from app.queries.panel import current_report, points_of
from app.queries.panel_answers import HARM, newest_addendum
from app.queries.people import account_by_email
from app.queries.workshops import notes_of
from app.services import panel as checks
from app.services import panel_answers, panel_record, panel_roll, workshops
from app.services.accounts import add_account
from app.services.assessment import save_answer
from app.services.assessment_moves import move
from app.services.comments import add_comment
from app.services.consent import current_text
from app.services.harms import save_harm
from app.services.joining import admit
from app.services.panel_record import PointWords
from app.services.roll import add_seat
from app.services.sessions import move_session
from deliberation.assessment import ApplicationState
from deliberation.consent import NEEDED, OPTIONAL
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.panel import ReviewVerdict, Verdict, WorkshopPart
from deliberation.stages import Move, StageKind, StageState

S = ApplicationState
PANEL = 10
LEADER = ("workshop.facilitator@example.org", "Frances Example")
DEMO_MEMBER = 2
"""The place in the second panel of the member whom the printed link signs in."""
DAYS_BACK = {
    S.SCREENED_IN: 70, S.WORKSHOP_SCHEDULED: 66, S.WORKSHOP_HELD: 50, S.NOTES_CHECKED: 40, S.SYNTHESIS: 39,
    S.RESUBMITTED: 30, S.PANEL_REVIEW: 28, S.COMMITTEE_REVIEW: 14,
}  # fmt: skip
"""How many days ago the first application came to a state."""


def hold_workshops(first: AccessApplication, staff: dict[str, Account]) -> None:
    """The first application goes through its workshop to the committee; another one's panel is checking now."""
    workshop, panel = _meet(first, staff, POINTS, REPORT)
    _write_notes(workshop, staff)
    _fourth_point_is_put_right(workshop, panel, staff)
    for person in panel[:8]:
        _agree(workshop, person)
    panel_record.release_points(workshop, by=staff["rapporteur"])
    panel_record.send_report(workshop, by=staff["rapporteur"])
    lead = staff["applicant"]
    panel_answers.write_own_notes(workshop, OWN_NOTES, based_on=0, by=lead)
    move(first, S.SYNTHESIS, by=staff["facilitator"], now=utcnow())
    _answer(workshop, lead)
    move(first, S.RESUBMITTED, by=lead, why="Each point has an answer.", now=utcnow())
    _date_back(workshop)
    workshops.open_review(workshop, utcnow() + timedelta(minutes=1), by=staff["facilitator"])
    _review(workshop, panel[:9])
    workshop.review_due_at = utcnow()
    panel_answers.write_addendum(workshop, ADDENDUM, by=staff["facilitator"])
    _date_back(workshop)
    _second(first, staff)


def demo_member() -> Participant | None:
    """The panel member of the printed link, who has something to check; None in an example without workshops."""
    row = db.session.scalar(
        select(AssessmentWorkshop)
        .join(AccessApplication, AccessApplication.id == AssessmentWorkshop.application_id)
        .where(AccessApplication.title == WRISTS.title)
        .order_by(AssessmentWorkshop.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    here = select(Participant).where(Participant.dialogue_id == row.dialogue_id).order_by(Participant.id)
    return db.session.scalar(here.offset(DEMO_MEMBER).limit(1))


def _second(first: AccessApplication, staff: dict[str, Account]) -> None:
    """A smaller one, in the days in which its panel checks points and report."""
    lead = account_by_email("avi.applicant@example.org") or staff["applicant"]
    application = make_filled(first.asset, WRISTS, lead=lead)
    move(application, S.SUBMITTED, by=lead, now=utcnow())
    workshop, panel = _meet(application, staff, WRIST_POINTS, WRIST_REPORT)
    for person in panel[5:9]:
        _agree(workshop, person)
    point = points_of(workshop)[1]
    checks.check_point(point, Verdict.NEARLY, "We said: be asked, and be able to say no.", version=1, by=panel[9])


def _meet(
    application: AccessApplication, staff: dict[str, Account], points: Sequence[Point], report: str
) -> tuple[AssessmentWorkshop, list[Participant]]:
    """Screened, planned, held; ten people have voted and written; the rapporteur has written points and report."""
    facilitator, rapporteur = staff["facilitator"], staff["rapporteur"]
    complete = {"is_complete": True}
    chair, why = staff["committee_member"], "Complete, and in scope."
    move(application, S.SCREENED_IN, by=chair, why=why, now=utcnow(), said=complete)
    leader = account_by_email(LEADER[0]) or add_account(*LEADER, secrets.token_urlsafe(24), by=None)
    plan = workshops.Plan(
        utcnow() - timedelta(days=1), leader.email, rapporteur.email, place="Online",
        access_support="Captions, an interpreter on request, a quiet room, a call to try the link before.",
        fee="£150 for getting ready, workshop and checking",
    )  # fmt: skip
    workshop = workshops.plan_workshop(application, plan, by=facilitator)
    for part, name in (
        (WorkshopPart.SOCIETY_FRIEND, "Soma Example"), (WorkshopPart.CLINICAL_FRIEND, "Cleo Example"),
        (WorkshopPart.DEVELOPER, "Dee Example"),
    ):  # fmt: skip
        is_theirs = part is WorkshopPart.DEVELOPER
        interest = "Works for the applicant." if is_theirs else ""
        workshops.add_person(workshop, part, name, is_from_applicant=is_theirs, interest=interest, by=facilitator)
    workshop.dialogue.organiser, workshop.dialogue.contact_name = "The Folkmoot example", "Sam Example"
    workshop.dialogue.contact_phone = "01632 960 123"
    panel = _recruit(workshop, leader)
    _take_part(workshop.dialogue, panel, leader)
    workshops.hold_workshop(workshop, utcnow() + timedelta(days=6), by=facilitator)
    for one in points:
        row = panel_record.write_point(workshop, _words(one), by=rapporteur)
        sources = _seeds(workshop.dialogue, one)
        if sources:
            panel_record.cite(row, sources, by=rapporteur)
    panel_record.write_report(workshop, report, based_on=0, by=rapporteur)
    return workshop, panel


def _recruit(workshop: AssessmentWorkshop, leader: Account) -> list[Participant]:
    dialogue, panel = workshop.dialogue, []
    for number in range(1, PANEL + 1):
        seat = add_seat(dialogue, f"Panel Person {number}", f"panel{number:02d}@example.org", by=leader)
        panel.append(admit(dialogue, seat=seat))
        support = "captions" if number == 4 else ""
        panel_roll.arrange_seat(
            workshop, seat, is_inducted=True, support=support, is_fee_confirmed=number < 9, by=leader
        )
    for axis, bands in MAKE_UP.items():
        for band, target, recruited in bands:
            panel_roll.set_band(workshop, axis, band, target, recruited, by=leader)
    texts = {purpose: current_text(dialogue, purpose, "en") for purpose in (*NEEDED, *OPTIONAL)}
    given = [
        {
            "participant_id": person.id, "purpose": purpose, "version": text.version, "digest": text.digest,
            "is_given": purpose in NEEDED or person is not panel[0], "recorded_at": utcnow(),
        }
        for person in panel
        for purpose, text in texts.items()
        if text is not None
    ]  # fmt: skip
    db.session.execute(insert(Consent), given)
    acts = [
        {"actor": str(person.public_id), "object_kind": "", "object_ref": "", "facts": {"purpose": purpose.value}}
        for person in panel
        for purpose in texts
    ]
    record_many(EventKind.CONSENT_RECORDED, dialogue.id, acts)
    return panel


def _take_part(dialogue: Dialogue, panel: Sequence[Participant], leader: Account) -> None:
    """Both sessions, stage by stage: some words at the tables, votes on the seeds."""
    said, done, yesterday = 0, list[dict[str, object]](), utcnow() - timedelta(hours=20)
    for session in dialogue.sessions:
        move_session(session, Move.OPEN, by=leader)
        for stage in session.stages:
            stage.state, stage.opened_at = StageState.OPEN, yesterday  # by hand: two dozen moves take a second
            if stage.kind is StageKind.VOTE:
                vote_on_seeds(stage, panel)
            elif stage.kind is StageKind.DISCUSS and session.number == 2:
                for prompt in _prompts(stage.id)[:2]:
                    add_comment(
                        stage, prompt, COMMENTS[said % len(COMMENTS)], by=panel[said % PANEL]
                    ).state = WordState.APPROVED
                    said += 1
            stage.state, stage.closed_at = StageState.CLOSED, yesterday
            done += [
                {"participant_id": one.id, "stage_id": stage.id, "started_at": yesterday, "finished_at": yesterday}
                for one in panel
            ]
        move_session(session, Move.CLOSE, by=leader)
        session.closed_at = yesterday
    db.session.execute(insert(StageProgress), done)


def _write_notes(workshop: AssessmentWorkshop, staff: dict[str, Account]) -> None:
    for prompt, where, text in NOTES:
        panel_record.write_note(workshop, text, prompt, where, by=staff["rapporteur"])
    notes = notes_of(workshop)
    for point, one in zip(points_of(workshop), POINTS, strict=True):
        if one.note is not None:
            sources = [PanelPointSource(note_id=notes[one.note].id), *_seeds(workshop.dialogue, one)]
            panel_record.cite(point, sources, by=staff["rapporteur"])


def _fourth_point_is_put_right(
    workshop: AssessmentWorkshop, panel: Sequence[Participant], staff: dict[str, Account]
) -> None:
    """Its first words were milder; one panel member said so, the words were changed, and all check them again."""
    point, one = points_of(workshop)[3], POINTS[3]
    milder = PointWords(FOURTH_BEFORE, one.strength, one.prompts, one.dissent)
    panel_record.reword_point(point, milder, based_on=1, by=staff["rapporteur"])
    checks.check_point(point, Verdict.NOT_SAID, OBJECTION, version=2, by=panel[4])
    again = PointWords(one.text, one.strength, one.prompts, one.dissent, "It was “stop”, and the north as well.")
    panel_record.reword_point(point, again, based_on=2, by=staff["rapporteur"])


def _agree(workshop: AssessmentWorkshop, person: Participant) -> None:
    for point in points_of(workshop):
        checks.check_point(point, Verdict.RIGHT, "", version=point.current.number, by=person)
    report = current_report(workshop)
    if report is not None:
        checks.check_report(workshop, report, Verdict.RIGHT, "", version=report.number, by=person)


def _answer(workshop: AssessmentWorkshop, lead: Account) -> None:
    application = workshop.application
    before = answers_of(application)
    for question, text in CHANGES.items():
        save_answer(application, question, text, based_on=before[question.value].version, by=lead)
    harms = harms_of(application)
    for number, (mitigation, due) in HARM_CHANGES.items():
        harm = harms[number - 1]
        words = {
            name: getattr(harm, name)
            for name in (
                "text", "stakeholder", "scenario", "importance", "urgency", "difficulty", "detectability", "owner",
            )
        }  # fmt: skip
        words |= {"mitigation": mitigation, "due_on": due}
        save_harm(application, words, harm=harm, based_on=harm.version, by=lead)
    for point, answer in zip(points_of(workshop), ANSWERS, strict=True):
        place = answer.question.value if answer.question else ""
        if answer.harm is not None:
            place = f"{HARM}{harms[answer.harm - 1].public_id}"
        panel_answers.answer_point(point, answer.kind, place=place, words=answer.words, by=lead)


def _review(workshop: AssessmentWorkshop, panel: Sequence[Participant]) -> None:
    for place, (point, counts) in enumerate(zip(points_of(workshop), REVIEWS, strict=True)):
        verdicts = [verdict for verdict, count in zip(ReviewVerdict, counts, strict=True) for _ in range(count)]
        left = dict(REVIEW_WORDS)
        for person, verdict in zip(panel, verdicts, strict=False):
            checks.review_answer(point, verdict, left.pop((place, verdict), ""), by=person)


def _date_back(workshop: AssessmentWorkshop) -> None:
    """The first workshop was weeks ago: every time of it, as far as it has come."""
    now, application = utcnow(), workshop.application

    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    for one in application.moves:
        if one.state_after in DAYS_BACK:
            one.moved_at = ago(DAYS_BACK[one.state_after])
    workshop.starts_at, workshop.checks_due_at = ago(51), ago(41)
    workshop.points_released_at, workshop.report_sent_at = ago(40), ago(40)
    for point in points_of(workshop):
        for version in point.versions:
            version.written_at = ago(49 - version.number)
        if point.answer:
            point.answer.answered_at = ago(31)
    for kept in versions_of(application):
        if kept.occasion is S.RESUBMITTED:
            kept.kept_at = ago(30)
    if application.state is S.COMMITTEE_REVIEW:
        workshop.review_due_at = ago(15)
        points = [point.id for point in points_of(workshop)]
        for review in db.session.scalars(select(PanelReview).where(PanelReview.point_id.in_(points))):
            review.said_at = ago(20)
        addendum = newest_addendum(workshop)
        if addendum is not None:
            addendum.written_at = ago(14)
    for session in workshop.dialogue.sessions:
        session.starts_at = ago(54 if session.number == 1 else 51)
    db.session.flush()


def _prompts(stage_id: int) -> Sequence[Prompt]:
    return db.session.scalars(select(Prompt).where(Prompt.stage_id == stage_id).order_by(Prompt.place)).all()


def _words(one: Point) -> PointWords:
    return PointWords(one.text, one.strength, one.prompts, one.dissent)


def _seeds(dialogue: Dialogue, one: Point) -> list[PanelPointSource]:
    if one.seed is None:
        return []
    found = select(Statement.id).where(Statement.dialogue_id == dialogue.id, Statement.number == one.seed)
    return [PanelPointSource(statement_id=row) for row in db.session.scalars(found)]
