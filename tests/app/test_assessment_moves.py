"""Moving an application: who, when and why are kept, and a version is kept where something is handed in."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db, transaction
from app.forms.assessment_words import MOVE_WORDS
from app.models.access_applications import ApplicationMove, ApplicationPerson
from app.models.events import Event
from app.queries.assessment import versions_of
from app.queries.assessment_facts import movers_of
from app.services.assessment_moves import move
from deliberation.assessment import ApplicationState, Mover, Part
from deliberation.errors import RuleError
from deliberation.events import EventKind, canonical_json
from tests.app.access_way import NOW, add_harm, add_person, make_office
from tests.app.way import fresh, saved
from tests.deliberation.test_assessment import every_code

S = ApplicationState


def test_each_refusal_of_a_move_has_a_sentence_of_its_own(app):
    assert every_code() <= set(MOVE_WORDS)
    assert len({str(words) for words in MOVE_WORDS.values()}) == len(MOVE_WORDS)


def test_submitting_keeps_who_when_why_and_a_version_with_its_digest(app):
    office = make_office()
    add_harm(office)
    with transaction():
        move(fresh(office.application), S.SUBMITTED, by=office.lead, why="It is ready.", now=NOW)
    application = fresh(office.application)
    (row,) = application.moves
    assert (application.state, row.state_before, row.state_after) == (S.SUBMITTED, S.DRAFT, S.SUBMITTED)
    assert (row.moved_by_id, row.moved_as, row.why, row.moved_at) == (
        office.lead.id,
        Mover.APPLICANT,
        "It is ready.",
        NOW,
    )
    (version,) = versions_of(application)
    assert version.number == 1
    assert version.content["answers"] == {"plain_summary": "We look for nodules."}
    assert version.content["harms"][0]["text"] == "A nodule is missed."
    assert version.digest == hashlib.sha256(canonical_json(version.content).encode()).hexdigest()
    kinds = set(db.session.scalars(select(Event.kind)))
    assert {EventKind.APPLICATION_MOVED, EventKind.ASSESSMENT_VERSIONED} <= kinds


def test_nothing_is_submitted_without_a_summary_in_plain_words(app):
    office = make_office(summary=" ")
    with pytest.raises(RuleError, match="summary_missing"), transaction():
        move(fresh(office.application), S.SUBMITTED, by=office.lead, now=NOW)
    assert fresh(office.application).state is S.DRAFT


def test_a_screening_marked_as_not_complete_can_only_stop(app):
    office = make_office(S.SUBMITTED)
    said = {"is_complete": False}
    with pytest.raises(RuleError, match="incomplete_stops"), transaction():
        move(fresh(office.application), S.SCREENED_IN, by=office.member, why="No.", now=NOW, said=said)
    with transaction():
        move(fresh(office.application), S.SCREENED_OUT, by=office.member, why="Section 3 is empty.", now=NOW, said=said)
    assert fresh(office.application).moves[-1].facts == said


def test_of_the_team_only_the_lead_and_whoever_holds_the_pen_act_for_it(app):
    office = make_office()
    colleague = add_person(office)
    developer = add_person(office, Part.DEVELOPER, "Dev")
    application = fresh(office.application)
    assert movers_of(application, office.lead) == {Mover.APPLICANT}
    assert movers_of(application, colleague) == frozenset()
    with transaction():
        fresh(application).pen_account_id = developer.id
    assert movers_of(fresh(application), developer) == {Mover.APPLICANT}


def test_the_chair_is_whom_the_asset_names_and_only_on_the_committee(app):
    office = make_office()
    application = fresh(office.application)
    assert movers_of(application, office.chair) == {Mover.COMMITTEE, Mover.CHAIR}
    assert movers_of(application, office.member) == {Mover.COMMITTEE}
    assert movers_of(application, office.facilitator) == {Mover.FACILITATOR}
    with transaction():
        fresh(office.asset).chair_account_id = office.facilitator.id
    assert movers_of(fresh(application), office.facilitator) == {Mover.FACILITATOR}


def test_nobody_decides_on_what_their_own_team_asks_for(app):
    office = make_office()
    saved(ApplicationPerson(application_id=office.application.id, account_id=office.chair.id, part=Part.TEAM))
    assert movers_of(fresh(office.application), office.chair) == frozenset()


def test_an_applicant_of_another_team_moves_nothing(app):
    office, other = make_office(S.SUBMITTED), make_office()
    assert movers_of(fresh(office.application), other.lead) == frozenset()
    with pytest.raises(RuleError, match="not_your_move"), transaction():
        move(fresh(office.application), S.CLOSED, by=other.lead, why="I can.", now=NOW)


def test_the_newest_decision_counts_after_a_revision(app):
    office = make_office(S.RESPONSE_WINDOW)
    application = office.application
    with transaction():
        for days, after in ((0, S.REVISE), (30, S.DECLINED)):
            row = ApplicationMove(
                application_id=application.id, state_before=S.COMMITTEE_REVIEW, state_after=after, moved_as=Mover.CHAIR,
                why="Because.", moved_at=NOW + timedelta(days=days),
            )  # fmt: skip
            db.session.add(row)
    with pytest.raises(RuleError, match="response_window_open"), transaction():
        move(fresh(application), S.UNPUBLISHED_BY_CHOICE, by=None, now=NOW + timedelta(days=43))
    with transaction():
        move(fresh(application), S.UNPUBLISHED_BY_CHOICE, by=None, now=NOW + timedelta(days=44))
    assert fresh(application).moves[-1].moved_as is Mover.PROGRAM
