"""The panel's record through the services: checked, released, answered, reviewed; and nothing by silence."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, transaction, utcnow
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint, PanelPointCheck, PanelPointSource, PanelReview
from app.models.people import Membership
from app.queries.panel import point_rows, released_points, report_row, source_lines
from app.queries.panel_answers import answered_points, newest_addendum, review_counts, reviewers, unanswered
from app.queries.workshop_facts import workshop_facts
from app.queries.workshops import agenda_of, make_up, notes_of, workshop_for
from app.services import leaving, panel, panel_answers, panel_record, panel_roll, workshops
from app.services.assessment_moves import move
from app.services.workshops import Plan
from deliberation.assessment import ApplicationState
from deliberation.errors import RuleError
from deliberation.panel import Axis, ChangeKind, ReviewVerdict, Verdict, WorkshopPart
from deliberation.roles import Role
from tests import factories
from tests.app.access_way import make_office
from tests.app.panel_way import agree, in_days, make_hall, words

S = ApplicationState


def refused(code: str):
    """What is done inside is refused with this code."""
    return pytest.raises(RuleError, match=rf"^{code}( \(|$)")


def state_of(hall) -> ApplicationState:
    db.session.expire_all()
    return hall.here.application.state


def test_planning_makes_a_dialogue_of_its_own_with_the_projects_words(app: Flask):
    hall = make_hall()
    assert hall.dialogue.title == "Workshop: Nodules"
    assert "Example Ltd" in hall.dialogue.summary
    assert state_of(hall) is S.WORKSHOP_SCHEDULED
    assert [session.minutes for session in hall.dialogue.sessions] == [120, 180]
    assert agenda_of(hall.here).unallocated == 70


def test_nobody_of_the_programme_is_in_the_workshop_unless_a_membership_says_so(app: Flask):
    hall = make_hall()
    rows = select(Membership).where(Membership.dialogue_id == hall.dialogue.id, Membership.ended_at.is_(None))
    held = {(one.account_id, one.role) for one in db.session.scalars(rows)}
    assert held == {(hall.leader.id, Role.FACILITATOR), (hall.rapporteur.id, Role.RAPPORTEUR)}


@pytest.mark.parametrize("who", ["lead", "chair", "facilitator"])
def test_a_rapporteur_sits_on_neither_side(app: Flask, who: str):
    office = make_office(S.SCREENED_IN)
    plan = Plan(in_days(3), factories.make_account("leader").email, getattr(office, who).email)
    with refused("rapporteur_not_apart"), transaction():
        workshops.plan_workshop(office.application, plan, by=office.facilitator)
    assert workshop_for(office.application) is None


def test_a_refused_plan_leaves_no_dialogue_behind(app: Flask):
    office = make_office(S.DRAFT)
    before = db.session.scalar(select(func.count()).select_from(Dialogue))
    plan = Plan(in_days(3), factories.make_account("leader").email, factories.make_account("writer").email)
    with pytest.raises(RuleError), transaction():
        workshops.plan_workshop(office.application, plan, by=office.facilitator)
    assert db.session.scalar(select(func.count()).select_from(Dialogue)) == before


def test_a_facilitator_from_the_applicants_organisation_declares_it(app: Flask):
    office = make_office(S.SCREENED_IN)
    people = factories.make_account("leader").email, factories.make_account("writer").email
    with refused("interest_missing"), transaction():
        workshops.plan_workshop(
            office.application, Plan(in_days(3), *people, facilitator_is_from_applicant=True), by=office.facilitator
        )


def test_a_workshop_without_a_critical_friend_was_not_held(app: Flask):
    hall = make_hall()
    friend = next(one for one in hall.here.people if one.part is WorkshopPart.SOCIETY_FRIEND)
    with transaction():
        workshops.remove_person(hall.here, friend, by=hall.office.facilitator)
    with refused("parts_missing"), transaction():
        workshops.hold_workshop(hall.here, in_days(7), by=hall.office.facilitator)
    assert state_of(hall) is S.WORKSHOP_SCHEDULED


def test_points_go_out_once_half_of_the_panel_has_checked_them_and_say_how_many(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD, panel=4)
    with transaction():
        agree(hall, hall.panel[0])
    with refused("points_unchecked"), transaction():
        panel_record.release_points(hall.here, by=hall.rapporteur)
    with transaction():
        agree(hall, hall.panel[1])
        panel_record.release_points(hall.here, by=hall.rapporteur)
    counts = {(one.point.released_checked, one.point.released_panel) for one in released_points(hall.here)}
    assert counts == {(2, 4)}


def test_an_open_objection_holds_the_points_back_until_new_words_are_checked_again(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD)
    point = hall.points[0]
    with transaction():
        for person in hall.panel:
            agree(hall, person)
        panel.check_point(point, Verdict.NEARLY, "Say “staff”.", version=1, by=hall.panel[0])
    with refused("points_unchecked"), transaction():
        panel_record.release_points(hall.here, by=hall.rapporteur)
    with transaction():
        panel_record.reword_point(hall.points[0], words("All staff need it."), based_on=1, by=hall.rapporteur)
    row = point_rows(hall.here, utcnow())[0]
    assert (row.tally.checked, row.is_checked) == (0, False)
    with refused("words_are_newer"), transaction():
        panel.check_point(hall.points[0], Verdict.RIGHT, "", version=1, by=hall.panel[0])
    with transaction():
        for person in hall.panel[:2]:
            panel.check_point(hall.points[0], Verdict.RIGHT, "", version=2, by=person)
        panel_record.release_points(hall.here, by=hall.rapporteur)


def test_an_objection_kept_as_dissent_stands_in_the_words_first(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD)
    with transaction():
        panel.check_point(hall.points[0], Verdict.NOT_SAID, "", version=1, by=hall.panel[0])
    objection = point_rows(hall.here, utcnow())[0].objections[0]
    with refused("dissent_missing"), transaction():
        panel_record.keep_as_dissent(hall.here, objection, by=hall.rapporteur)
    with transaction():
        better = words("Point number 1.", dissent="One person did not hear it so.")
        panel_record.reword_point(hall.points[0], better, based_on=1, by=hall.rapporteur)
        panel.check_point(hall.points[0], Verdict.NOT_SAID, "", version=2, by=hall.panel[0])
    again = point_rows(hall.here, utcnow())[0].objections[0]
    with transaction():
        panel_record.keep_as_dissent(hall.here, again, by=hall.rapporteur)
    tally = point_rows(hall.here, utcnow())[0].tally
    assert (tally.open, tally.kept, tally.right) == (0, 1, 0)


def test_notes_are_checked_only_when_points_and_report_both_are(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD, panel=2)
    with transaction():
        for point in hall.points:
            panel.check_point(point, Verdict.RIGHT, "", version=1, by=hall.panel[0])
        panel_record.release_points(hall.here, by=hall.rapporteur)
    assert state_of(hall) is S.WORKSHOP_HELD
    with refused("check_too_few"), transaction():
        panel_record.send_report(hall.here, by=hall.rapporteur)
    with transaction():
        report = report_row(hall.here, utcnow())
        panel.check_report(hall.here, report.version, Verdict.RIGHT, "", version=1, by=hall.panel[1])
        panel_record.send_report(hall.here, by=hall.rapporteur)
    assert state_of(hall) is S.NOTES_CHECKED


def test_what_went_out_is_not_changed_any_more(app: Flask):
    hall = make_hall(S.NOTES_CHECKED)
    with refused("points_are_out"), transaction():
        panel_record.write_point(hall.here, words(), by=hall.rapporteur)
    with refused("points_are_out"), transaction():
        panel.check_point(hall.points[0], Verdict.RIGHT, "", version=1, by=hall.panel[0])
    with refused("report_is_out"), transaction():
        panel_record.write_report(hall.here, "Otherwise.", based_on=1, by=hall.rapporteur)


def test_resubmission_is_refused_while_a_point_is_unanswered_or_a_claimed_change_is_none(app: Flask):
    hall = make_hall(S.SYNTHESIS)
    lead = hall.office.lead
    with transaction():
        panel_answers.answer_point(hall.points[0], ChangeKind.CHANGED, place="plain_summary", by=lead)
        panel_answers.answer_point(hall.points[1], ChangeKind.NOT_CHANGED, words="Because.", by=lead)
    assert unanswered(hall.here) == [1]  # the summary still says what it said in version 1
    with refused("points_unanswered"), transaction():
        move(hall.office.application, S.RESUBMITTED, by=lead, now=utcnow())


def test_an_answer_shows_what_changed_from_the_version_that_the_panel_spoke_about(app: Flask):
    hall = make_hall(S.RESUBMITTED)
    first, second = answered_points(hall.here)
    assert (first.answer.from_version, first.to_version) == (1, 2)
    assert [(one.change.value, one.text) for one in first.changed][-1][0] == "in"
    assert second.is_answered
    assert second.changed == []


def test_answers_are_written_in_synthesis_alone(app: Flask):
    hall = make_hall(S.PANEL_REVIEW)
    with refused("answers_closed"), transaction():
        panel_answers.answer_point(hall.points[0], ChangeKind.NOT_CHANGED, words="No.", by=hall.office.lead)


def test_the_addendum_waits_for_the_panel_or_the_deadline_and_then_the_committee_reads(app: Flask):
    hall = make_hall(S.PANEL_REVIEW, panel=2)
    with transaction():
        for point in hall.points:
            panel.review_answer(point, ReviewVerdict.PARTLY, "And children?", by=hall.panel[0])
    with refused("review_running"), transaction():
        panel_answers.write_addendum(hall.here, "Too early.", by=hall.office.facilitator)
    with transaction():
        for point in hall.points:
            panel.review_answer(point, ReviewVerdict.ANSWERED, "", by=hall.panel[1])
    assert reviewers(hall.here) == 2
    with transaction():
        panel_answers.write_addendum(hall.here, "One asks about children.", by=hall.office.facilitator)
    assert state_of(hall) is S.COMMITTEE_REVIEW
    assert newest_addendum(hall.here).counts["1"] == {"answered": 1, "partly": 1, "not_answered": 0}
    assert review_counts(hall.here)[1].words[0].words == "And children?"


def test_the_committee_never_begins_before_the_report_was_sent(app: Flask):
    hall = make_hall(S.PANEL_REVIEW, panel=1)
    with transaction() as session:
        hall.here.report_sent_at = None
        hall.here.review_due_at = utcnow()
        session.flush()
    with refused("report_not_sent"), transaction():
        panel_answers.write_addendum(hall.here, "Early.", by=hall.office.facilitator)
    assert newest_addendum(hall.here) is None


def test_after_a_revise_the_panel_gets_a_new_deadline_and_a_new_addendum_is_needed(app: Flask):
    hall = make_hall(S.COMMITTEE_REVIEW)
    application = hall.office.application
    with transaction():
        application.state = S.SYNTHESIS
    with transaction():
        move(application, S.RESUBMITTED, by=hall.office.lead, now=utcnow())
    facts = workshop_facts(application)
    assert facts["panel_due_at"] is None
    with transaction():
        workshops.open_review(hall.here, in_days(5), by=hall.office.facilitator)
    assert workshop_facts(application)["has_addendum"] is False


def test_leaving_takes_checks_and_reviews_and_leaves_the_counts_that_went_out(app: Flask):
    hall = make_hall(S.PANEL_REVIEW, panel=3)
    person = hall.panel[0]
    with transaction():
        panel.review_answer(hall.points[0], ReviewVerdict.PARTLY, "My own words.", by=person)
    with transaction():
        leaving.leave_dialogue(hall.dialogue, by=person)
    for row in (PanelPointCheck, PanelReview):
        assert db.session.scalar(select(func.count()).where(row.participant_id == person.id)) == 0
    assert {point.released_checked for point in db.session.scalars(select(PanelPoint))} == {3}


def test_one_takes_back_what_one_said_and_nobody_elses(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD)
    with transaction():
        panel.check_point(hall.points[0], Verdict.NEARLY, "My words.", version=1, by=hall.panel[0])
    said = point_rows(hall.here, utcnow())[0].objections[0]
    with refused("not_yours"), transaction():
        panel.take_back(said, by=hall.panel[1])
    with transaction():
        panel.take_back(point_rows(hall.here, utcnow())[0].objections[0], by=hall.panel[0])
    assert point_rows(hall.here, utcnow())[0].objections == []


def test_the_make_up_of_a_panel_shows_no_small_number(app: Flask):
    hall = make_hall()
    with transaction():
        panel_roll.set_band(hall.here, Axis.AGE, "under 30", 3, 3, by=hall.leader)
        panel_roll.set_band(hall.here, Axis.AGE, "30 and over", 7, 7, by=hall.leader)
        panel_roll.set_band(hall.here, Axis.GENDER, "women", 5, 5, by=hall.leader)
        panel_roll.set_band(hall.here, Axis.GENDER, "Women", 5, 6, by=hall.leader)
    assert make_up(hall.here) == {Axis.AGE: [("under 30", None), ("30 and over", None)], Axis.GENDER: [("women", 6)]}


def test_a_source_that_was_taken_back_is_no_longer_shown(app: Flask):
    hall = make_hall(S.WORKSHOP_HELD)
    with transaction():
        panel_record.write_note(hall.here, "Table 2 talked about nights.", None, "table 2", by=hall.rapporteur)
    note = notes_of(hall.here)[0]
    with transaction():
        panel_record.cite(hall.points[0], [PanelPointSource(note_id=note.id)], by=hall.rapporteur)
    assert [one.text for one in source_lines(hall.points[0].sources)] == ["Table 2 talked about nights."]
    with transaction():
        panel_record.remove_note(hall.here, notes_of(hall.here)[0], by=hall.rapporteur)
    assert source_lines(hall.points[0].sources) == []
