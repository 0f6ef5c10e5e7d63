"""An application for access from its draft to the public register, and a new version after a change of scope."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db, utcnow
from app.models.access_applications import AccessApplication, DataAsset
from app.models.assessment import AssessmentAnswer
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant
from app.models.workshops import AssessmentWorkshop
from app.queries.assessment import answers_of
from app.queries.panel import current_report, points_of
from app.services import panel as checks
from app.services import workshops
from app.services.assessment import save_answer
from deliberation.assessment import ApplicationState
from deliberation.assessment_template import AssessmentQuestion
from deliberation.panel import ReviewVerdict, Verdict, WorkshopPart
from deliberation.roles import Role
from tests import factories
from tests.factories import make_participant, make_staff
from tests.journeys.gathering import Hall
from tests.journeys.programme import Programme
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser
PANEL, BY_HAND = 10, 2
SUMMARY = "A program marks spots on chest scans, so that a doctor looks there first."
POINTS = ("Tell people when it has missed something.", "Check it on people with darker skin.")
REPORT = "The team looked away when somebody asked who is on call at night."
NOTES = "Everybody was content, and nobody asked about nights."


@pytest.fixture
def programme(hall: Hall, open_page: Callable[..., Any]) -> Programme:
    """A dialogue with an asset, a committee of two, and everybody signed in but the panel."""
    made = Programme(hall, open_page)
    with hall.app.app_context():
        dialogue = factories.make_dialogue(title="Scans for everybody", short_title="Scans")
        chair = make_staff(dialogue, Role.COMMITTEE_MEMBER, "Chris")
        asset = factories._saved(DataAsset(dialogue_id=dialogue.id, name="Chest scans", chair_account_id=chair.id))
        made.path = f"/d/{dialogue.public_id}"
        staff = {
            "applicant": make_staff(dialogue, Role.APPLICANT, "Alex"),
            "chair": chair,
            "member": make_staff(dialogue, Role.COMMITTEE_MEMBER, "Priya"),
            "facilitator": make_staff(dialogue, Role.FACILITATOR, "Fay"),
            "evaluator": make_staff(dialogue, Role.EVALUATOR, "Eva"),
            "rapporteur": factories.make_account("Rani"),
            "leader": factories.make_account("Dan"),
        }
        made.ids = {name: account.id for name, account in staff.items()} | {"dialogue": dialogue.id, "asset": asset.id}
        for name, account in staff.items():
            made.sits_down(name, account)
    return made


def _in_days(days: float) -> str:
    return (utcnow() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def _applies(made: Programme) -> None:
    """Begins, writes the summary (the rest stays as gaps, which the page names), and hands in."""
    alex = made.people["applicant"]
    alex.opens(f"{made.path}/access")
    alex.follows(re.compile("^Apply for access"))
    alex.fills("title", "Nodules on chest scans")
    alex.fills("organisation", "Example Imaging Ltd")
    alex.picks("route", "train")
    alex.presses("Begin")
    made.here = re.search(r"/d/[0-9a-f-]+/access/[0-9a-f-]+", alex.page.url).group()  # type: ignore[union-attr]
    with made.hall.app.app_context():
        made.ids["application"] = db.session.scalars(
            select(AccessApplication.id).where(AccessApplication.asset_id == made.ids["asset"])
        ).one()

    def writes() -> None:
        application, by = made.row(AccessApplication, "application"), made.row(Account, "applicant")
        save_answer(application, AssessmentQuestion.PLAIN_SUMMARY, SUMMARY, based_on=0, by=by)
        application.contact_name, application.contact_email = "Alex Example", "alex@example.org"

    made.later(writes)
    alex.opens(f"{made.here}/hand-in")
    alex.presses("Hand it in")
    assert made.state is ApplicationState.SUBMITTED


def _is_screened_and_planned(made: Programme) -> None:
    chris, fay = made.people["chair"], made.people["facilitator"]
    chris.opens(f"{made.here}/screening")
    chris.picks("is_complete", "yes")
    chris.picks("outcome", "screened_in")
    chris.fills("why", "It is complete enough to be talked about.")
    chris.presses("Keep the screening")
    fay.opens(f"{made.here}/workshop/plan")
    with made.hall.app.app_context():
        emails = {name: made.row(Account, name).email for name in ("leader", "rapporteur")}
    fay.fills("starts_at", _in_days(2))
    fay.fills("facilitator", emails["leader"])
    fay.fills("rapporteur", emails["rapporteur"])
    fay.presses("Plan it")
    assert made.state is ApplicationState.WORKSHOP_SCHEDULED


def _the_workshop_is_held(made: Programme) -> None:
    """Two days pass; ten people were there; the rapporteur writes two points and a report, the team its own notes."""

    def passes() -> None:
        workshop = db.session.scalars(
            select(AssessmentWorkshop).where(AssessmentWorkshop.application_id == made.ids["application"])
        ).one()
        workshop.starts_at = utcnow() - timedelta(hours=3)
        for part in (WorkshopPart.SOCIETY_FRIEND, WorkshopPart.DEVELOPER):
            workshops.add_person(workshop, part, f"A {part.value}", by=made.row(Account, "facilitator"))
        made.ids["workshop"], made.ids["d2"] = workshop.id, workshop.dialogue_id

    made.later(passes)
    with made.hall.app.app_context():
        d2 = made.row(Dialogue, "d2")
        room = f"/d/{d2.public_id}"
        people = [make_participant(d2) for _ in range(PANEL)]
        made.panel = [person.id for person in people]
        for number, person in enumerate(people[:BY_HAND]):
            made.sits_down(f"panel {number}", person, width=375)
    fay, rani, alex = (made.people[name] for name in ("facilitator", "rapporteur", "applicant"))
    fay.opens(f"{made.here}/workshop")
    fay.fills("due", _in_days(7))
    fay.presses("The workshop was held")
    for words in POINTS:
        rani.opens(f"{room}/rapporteur/points/new")
        rani.fills("text", words)
        rani.picks("strength", "most")
        rani.picks("prompts", "risks")
        rani.presses(re.compile("^Keep the point"))
    rani.opens(f"{room}/rapporteur/report")
    rani.fills("text", REPORT)
    rani.presses(re.compile("^Keep the report"))
    alex.opens(f"{made.here}/notes")
    alex.fills("text", NOTES)
    alex.presses("Save")


def _the_panel_checks_its_record(made: Programme) -> None:
    """Two by their phones, eight by services; then the rapporteur sends both out."""
    room = _room(made)
    for number in range(BY_HAND):
        phone = made.people[f"panel {number}"]
        for _thing in range(len(POINTS) + 1):
            phone.opens(f"{room}/panel")
            phone.presses_or_follows("Start")
            phone.picks("verdict", "right")
            phone.presses("Keep my answer")

    def others() -> None:
        workshop = made.row(AssessmentWorkshop, "workshop")
        report = current_report(workshop)
        assert report is not None
        for key in made.panel[BY_HAND:]:
            person = db.session.get_one(Participant, key)
            for point in points_of(workshop):
                checks.check_point(point, Verdict.RIGHT, "", version=point.current.number, by=person)
            checks.check_report(workshop, report, Verdict.RIGHT, "", version=report.number, by=person)

    made.later(others)
    rani = made.people["rapporteur"]
    rani.opens(f"{room}/rapporteur")
    rani.sends("/release")
    rani.sends("/send")
    assert made.state is ApplicationState.NOTES_CHECKED


def _the_team_answers_and_the_panel_looks_again(made: Programme) -> None:
    alex, fay = made.people["applicant"], made.people["facilitator"]
    alex.opens(made.here)
    alex.presses("Begin the synthesis")

    def changes() -> None:
        application, by = made.row(AccessApplication, "application"), made.row(Account, "applicant")
        based_on = answers_of(application)[AssessmentQuestion.PLAIN_SUMMARY.value].version
        text = f"{SUMMARY} People are told when it missed something."
        save_answer(application, AssessmentQuestion.PLAIN_SUMMARY, text, based_on=based_on, by=by)

    made.later(changes)
    alex.opens(f"{made.here}/points")
    answers = [page.get_attribute("href") for page in alex.page.locator('main a[href$="/answer"]').all()]
    for number, address in enumerate(dict.fromkeys(answers)):
        alex.opens(str(address))
        alex.picks("kind", "not_changed" if number else "changed")
        if not number:
            alex.page.locator('main select[name="place"]').select_option("plain_summary")
        alex.fills("words", "We have no such scans yet." if number else "We tell people now.")
        alex.presses("Keep the answer")
    alex.opens(f"{made.here}/hand-in")
    alex.presses("Hand it in again")
    fay.opens(f"{made.here}/workshop")
    fay.fills("due", _in_days(7))
    fay.presses("Open the panel review")
    room = _room(made)
    for number in range(BY_HAND):
        phone = made.people[f"panel {number}"]
        for _point in POINTS:
            phone.opens(f"{room}/panel")
            phone.presses_or_follows("Start")
            phone.picks("verdict", "answered" if not number else "partly")
            phone.presses("Keep my answer")

    def others() -> None:
        for key in made.panel[BY_HAND:]:
            person = db.session.get_one(Participant, key)
            for point in points_of(made.row(AssessmentWorkshop, "workshop")):
                checks.review_answer(point, ReviewVerdict.ANSWERED, "", by=person)

    made.later(others)
    fay.opens(f"{made.here}/workshop")
    fay.fills("text", "Nine of ten find the first point answered.")
    fay.presses("Keep it and send all to the committee")
    assert made.state is ApplicationState.COMMITTEE_REVIEW


def _room(made: Programme) -> str:
    with made.hall.app.app_context():
        return f"/d/{made.row(Dialogue, 'd2').public_id}"


def _scores(visitor: Visitor, made: Programme, level: str) -> None:
    visitor.opens(f"{made.here}/committee")
    visitor.picks("stands", "yes")
    visitor.presses("Keep my declaration")
    visitor.opens(f"{made.here}/committee/score")
    for line in visitor.page.locator("fieldset.fm-rubric__line").all():
        line.locator(f'input[value="{level}"]').check()
    visitor.presses("Hand in my scores")


def _the_committee_disagrees_and_decides(made: Programme) -> None:
    chris, priya, alex = (made.people[name] for name in ("chair", "member", "applicant"))
    chris.opens(f"{made.here}/report")
    chris.sees(REPORT)
    chris.sees(NOTES)
    alex.page.goto(made.hall.server.address + f"{made.here}/report")
    alex.sees_no(REPORT)
    _scores(chris, made, "strong")
    priya.opens(f"{made.here}/committee/spread")
    priya.sees("You see what others scored once your own scores are in.")
    _scores(priya, made, "weak")
    priya.presses("Open the spread")
    priya.sees("Talk about these first")
    priya.opens(f"{made.here}/committee/questions")
    priya.fills("words", "We read that people asked who is on call at night. Who is?")
    priya.ticks(re.compile("^It puts to them"))
    priya.presses("Ask it")
    alex.opens(f"{made.here}/questions")
    alex.sees("who is on call at night")
    alex.sees_no(REPORT)
    alex.fills_last("words", "A radiologist, from 8 in the evening.")
    alex.presses("Send the answer")
    priya.opens(f"{made.here}/committee/decision")
    priya.open_details("I disagree")
    priya.fills("dissent-words", "Nobody has shown that it works at night.")
    priya.presses("Keep my dissent")
    _the_chair_decides(made)
    assert made.state is ApplicationState.RESPONSE_WINDOW


def _the_chair_decides(made: Programme) -> None:
    chris, today = made.people["chair"], utcnow().date()
    chris.opens(f"{made.here}/committee/decision")
    chris.picks("outcome", "grant_with_conditions")
    chris.fills("reasons", "It is useful, and people are told when it fails.")
    chris.picks("report_use", "put_to_applicant")
    chris.fills("purpose", "Marking nodules on chest scans")
    chris.fills("starts_on", (today + timedelta(days=20)).isoformat())
    chris.fills("ends_on", (today + timedelta(days=300)).isoformat())
    chris.fills("condition-0-words", "Show how often it is wrong at night")
    chris.fills("condition-0-owner", "Alex Example")
    chris.fills("condition-0-due", (today + timedelta(days=100)).isoformat())
    chris.presses("Save the decision")
    chris.sees("Answer each panel point first.")
    boxes = chris.page.locator('main textarea[name^="point-"]')
    assert boxes.count() == len(POINTS)
    for number in range(boxes.count()):
        boxes.nth(number).fill(f"We weighed point {number + 1}, and condition 1 follows from it.")
    chris.presses("Save the decision")
    chris.sees("The decision is saved.")


def _it_is_published(made: Programme) -> str:
    alex, fay, anybody = made.people["applicant"], made.people["facilitator"], _anybody(made)
    fay.opens(f"{made.here}/publication")
    fay.sees("The fourteen days for the applicant’s response are not over.")
    alex.opens(f"{made.here}/outcome")
    alex.sees("It is useful, and people are told when it fails.")
    alex.fills("response-words", "We will show it by spring.")
    alex.presses("Send my response")
    fay.opens(f"{made.here}/publication")
    fay.presses("Publish the record")
    anybody.opens("/register?q=nodules")
    anybody.follows("Nodules on chest scans")
    for words in (
        "Example Imaging Ltd", "People are told when it missed something.", "granted with conditions",
        "One member disagrees", "Nobody has shown that it works at night.", POINTS[0], "We tell people now.",
        "We weighed point 1", "Show how often it is wrong at night", "We will show it by spring.", "alex@example.org",
    ):  # fmt: skip
        anybody.sees(re.compile(re.escape(words), re.IGNORECASE))
    for secret in (REPORT, NOTES, "Priya"):
        anybody.sees_no(secret)
    phone = made.people["panel 0"]
    phone.opens(f"{_room(made)}/panel/what-became-of-it")
    phone.sees("Yes, but only if they keep some rules.")
    return anybody.page.url


def _anybody(made: Programme) -> Visitor:
    watched = made.open_page(1280, address=made.hall.server.address)
    made.watched.append(watched)
    made.people["anybody"] = Visitor(watched.page, made.hall.server.address)
    return made.people["anybody"]


def _the_scope_changes(made: Programme, record: str) -> None:
    alex, anybody = made.people["applicant"], made.people["anybody"]
    alex.opens(f"{made.here}/outcome")
    alex.open_details("Declare that something has changed")
    alex.picks("change-change_of", "scope")
    alex.fills("change-words", "Scans of children as well.")
    alex.presses("Declare it")
    assert made.state is ApplicationState.ITERATING
    alex.sees("Application 2")
    with made.hall.app.app_context():
        new = db.session.scalars(
            select(AccessApplication).where(AccessApplication.replaces_id == made.ids["application"])
        ).one()
        kept = db.session.scalars(
            select(AssessmentAnswer.text).where(AssessmentAnswer.application_id == new.id)
        ).all()
        address = f"{made.path}/access/{new.public_id}"
    assert any("People are told when it missed something." in text for text in kept)
    alex.opens(f"{address}/hand-in")
    alex.presses("Hand it in")
    with made.hall.app.app_context():
        assert db.session.get_one(AccessApplication, new.id).state is ApplicationState.SUBMITTED
    anybody.opens(record)
    anybody.sees("Scans of children as well.")


def _the_evaluator_reads_counts(made: Programme) -> None:
    eva = made.people["evaluator"]
    eva.opens(f"{made.here}/committee/record")
    eva.sees("Scored alone")
    for secret in (REPORT, "Nobody has shown", "Priya"):
        eva.sees_no(secret)


def test_an_application_goes_from_its_draft_to_the_register_and_a_new_version_begins(programme: Programme):
    _applies(programme)
    _is_screened_and_planned(programme)
    _the_workshop_is_held(programme)
    _the_panel_checks_its_record(programme)
    _the_team_answers_and_the_panel_looks_again(programme)
    _the_committee_disagrees_and_decides(programme)
    record = _it_is_published(programme)
    _the_scope_changes(programme, record)
    _the_evaluator_reads_counts(programme)
    assert [fault for watched in programme.watched for fault in watched.faults] == []
