"""The pages of a workshop and its panel: the way through them, and addresses that are guessed."""

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import transaction, utcnow
from app.models.people import Account, Membership
from app.queries.panel import current_report, point_rows
from app.queries.workshops import workshop_for
from app.services import panel, panel_record, staffing
from deliberation.assessment import ApplicationState
from deliberation.panel import Verdict
from deliberation.roles import Role
from tests import factories
from tests.app.access_way import make_office
from tests.app.panel_way import Hall, agree, make_hall, screen_in, words
from tests.app.way import fresh, saved
from tests.factories import be_participant, make_staff, sign_in_as

S = ApplicationState


def as_staff(client: FlaskClient, account: Account) -> FlaskClient:
    """The client, signed in as somebody."""
    sign_in_as(client, account)
    return client


def test_a_facilitator_plans_a_workshop_from_the_applications_page(app: Flask, client: FlaskClient):
    office = make_office(S.SUBMITTED)
    screen_in(office)
    leader, writer = factories.make_account("leader"), factories.make_account("writer")
    as_staff(client, office.facilitator)
    assert "Plan the workshop" in client.get(office.at("/workshop")).text
    sent = {"starts_at": "2031-03-01T18:00", "facilitator": leader.email, "rapporteur": office.lead.email, "fee": "£90"}
    wrong = client.post(office.at("/workshop/plan"), data=sent)
    assert wrong.status_code == 422
    assert "sits on neither side" in wrong.text
    assert 'value="£90"' in wrong.text
    right = client.post(office.at("/workshop/plan"), data={**sent, "rapporteur": writer.email})
    assert right.status_code == 303
    assert workshop_for(fresh(office.application)) is not None
    assert "not given to anything yet, of 180 minutes" in client.get(office.at("/workshop")).text


def test_a_panel_member_is_led_from_point_to_point_to_the_report_and_out(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    be_participant(client, hall.panel[0])
    first, second = hall.points
    page = client.get(hall.at("/next"))
    assert "Check 2 points of the panel" in page.text
    answer = {"verdict": "right", "version": "1"}
    sent = client.post(hall.at(f"/panel/points/{first.public_id}"), data=answer)
    assert sent.headers["Location"].endswith(str(second.public_id))
    sent = client.post(hall.at(f"/panel/points/{second.public_id}"), data=answer)
    assert sent.headers["Location"].endswith("/next")
    assert "Check the report" in client.get(hall.at("/next")).text
    client.post(hall.at("/panel/report"), data={"verdict": "nearly", "version": "1", "words": "It was table 2."})
    assert "Check the report" not in client.get(hall.at("/next")).text
    mine = client.get(hall.at("/mine")).text
    assert "It was table 2." in mine
    assert "Point 1" in mine


def test_nearly_without_words_loses_nothing_and_says_what_is_missing(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    be_participant(client, hall.panel[0])
    sent = client.post(hall.at(f"/panel/points/{hall.points[0].public_id}"), data={"verdict": "nearly", "version": "1"})
    assert sent.status_code == 422
    assert "Say what to change." in sent.text
    assert 'value="nearly" checked' in sent.text


def test_words_that_changed_while_one_read_are_shown_and_what_one_typed_stays(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    point = hall.points[0]
    with transaction():
        panel.check_point(point, Verdict.NEARLY, "All staff.", version=1, by=hall.panel[0])
        panel_record.reword_point(hall.points[0], words("Newer words."), based_on=1, by=hall.rapporteur)
    be_participant(client, hall.panel[0])
    sent = client.post(
        hall.at(f"/panel/points/{point.public_id}"), data={"verdict": "nearly", "version": "1", "words": "My words."}
    )
    assert sent.status_code == 422
    assert "Newer words." in sent.text
    assert "My words." in sent.text
    assert "You had written: “All staff.”" in sent.text


def test_a_panel_member_reads_what_changed_and_reviews_each_answer(app: Flask, client: FlaskClient):
    hall = make_hall(S.PANEL_REVIEW)
    be_participant(client, hall.panel[0])
    assert "Read the answers to 2 points" in client.get(hall.at("/next")).text
    address = hall.at(f"/panel/answers/{hall.points[0].public_id}")
    page = client.get(address).text
    assert "<ins>" in page
    assert "Night staff are told when it is down." in page
    sent = client.post(address, data={"verdict": "partly", "words": "And children?"})
    assert sent.headers["Location"].endswith(str(hall.points[1].public_id))


def test_a_panel_member_takes_back_what_they_said(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    with transaction():
        panel.check_point(hall.points[0], Verdict.NEARLY, "Mine.", version=1, by=hall.panel[0])
    said = point_rows(hall.here, utcnow())[0].objections[0]
    be_participant(client, hall.panel[1])
    stolen = client.post(hall.at("/panel/take-back"), data={"kind": "point", "said_id": str(said.public_id)})
    assert stolen.status_code == 404
    be_participant(client, hall.panel[0])
    client.post(hall.at("/panel/take-back"), data={"kind": "point", "said_id": str(said.public_id)})
    assert "Mine." not in client.get(hall.at("/mine")).text


def test_a_panels_pages_weigh_less_than_fifty_kilobytes_and_need_no_script(app: Flask, client: FlaskClient):
    hall = make_hall(S.PANEL_REVIEW)
    be_participant(client, hall.panel[0])
    for tail in (f"/panel/points/{hall.points[0].public_id}", "/panel/report", "/panel", "/next"):
        page = client.get(hall.at(tail))
        assert page.status_code == 200, tail
        assert len(page.data) < 20_000, tail
        assert "onclick" not in page.text


def test_the_rapporteur_writes_changes_and_sends(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD, points=0)
    as_staff(client, hall.rapporteur)
    bare = {"text": "A point.", "strength": "most", "based_on": "0"}
    empty = client.post(hall.at("/rapporteur/points/new"), data=bare)
    assert empty.status_code == 422
    assert "Tick at least one of the six questions." in empty.text
    given = {**bare, "prompts": ["who"]}
    assert client.post(hall.at("/rapporteur/points/new"), data=given).status_code == 303
    refused = client.post(hall.at("/rapporteur/release"))
    assert refused.status_code == 422
    assert "These points are not checked yet: P1." in refused.text
    with transaction():
        for person in hall.panel:
            agree(hall, person)
    assert client.post(hall.at("/rapporteur/release")).status_code == 303
    assert client.post(hall.at("/rapporteur/send")).status_code == 303
    assert "sent" in client.get(hall.at("/rapporteur")).text


def test_no_pseudonym_stands_on_a_page_of_rapporteur_applicant_or_committee(app: Flask, client: FlaskClient):
    hall = make_hall(S.COMMITTEE_REVIEW)
    names = [person.pseudonym for person in hall.panel]
    office = hall.office
    pages = {
        hall.rapporteur: [hall.at("/rapporteur"), hall.at("/rapporteur/report")],
        office.lead: [office.at("/workshop"), office.at("/points")],
        office.chair: [office.at("/workshop"), office.at("/points"), office.at("/report")],
        office.facilitator: [office.at("/workshop"), office.at("/points")],
    }
    for account, addresses in pages.items():
        as_staff(client, account)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert not any(name in page.text for name in names), address


def _strangers(hall: Hall) -> dict[str, Account]:
    home = hall.office.dialogue
    return {
        "applicant": hall.office.lead,
        "facilitator of the programme": hall.office.facilitator,
        "committee": hall.office.member,
        "evaluator": make_staff(home, Role.EVALUATOR),
        "overseer": make_staff(home, Role.OVERSEER),
        "panel member by account": make_staff(home, Role.PANEL_MEMBER),
    }


def test_nobody_of_the_programme_finds_a_page_of_the_workshop_by_its_address(app: Flask, client: FlaskClient):
    hall = make_hall(S.PANEL_REVIEW)
    point = hall.points[0].public_id
    tails = [
        "", "/panel", f"/panel/points/{point}", "/panel/report", f"/panel/answers/{point}", "/rapporteur",
        "/rapporteur/report", f"/rapporteur/points/{point}", "/panel-roll", "/people", "/record",
    ]  # fmt: skip
    for who, account in _strangers(hall).items():
        as_staff(client, account)
        for tail in tails:
            assert client.get(hall.at(tail)).status_code == 404, (who, tail)


@pytest.mark.parametrize("who", ["applicant", "facilitator", "evaluator", "overseer", "rapporteur", "leader"])
def test_the_report_is_read_by_the_committee_alone(app: Flask, client: FlaskClient, who: str):
    hall = make_hall(S.COMMITTEE_REVIEW)
    home = hall.office.dialogue
    reader = {
        "applicant": hall.office.lead,
        "facilitator": hall.office.facilitator,
        "evaluator": make_staff(home, Role.EVALUATOR),
        "overseer": make_staff(home, Role.OVERSEER),
        "rapporteur": hall.rapporteur,
        "leader": hall.leader,
    }[who]
    as_staff(client, reader)
    assert client.get(hall.office.at("/report")).status_code in {403, 404}
    text = "".join(client.get(hall.office.at(tail)).text for tail in ("", "/workshop", "/points"))
    assert "How the talk went." not in text


def test_the_facilitator_of_the_workshop_does_not_read_the_report_either(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    as_staff(client, hall.leader)
    for tail in ("/rapporteur", "/rapporteur/report", "/panel/report"):
        assert client.get(hall.at(tail)).status_code == 403, tail


def test_the_committee_has_no_report_before_it_was_sent(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    as_staff(client, hall.office.chair)
    assert client.get(hall.office.at("/report")).status_code == 404


def test_another_team_finds_nothing_and_another_workshops_ids_lead_nowhere(app: Flask, client: FlaskClient):
    hall, other = make_hall(S.PANEL_REVIEW), make_hall(S.PANEL_REVIEW)
    rival = make_staff(hall.office.dialogue, Role.APPLICANT)
    as_staff(client, rival)
    for tail in ("/workshop", "/points", "/notes", f"/points/{hall.points[0].public_id}/answer"):
        assert client.get(hall.office.at(tail)).status_code == 404, tail
    strange = other.points[0].public_id
    be_participant(client, hall.panel[0])
    for tail in (f"/panel/points/{strange}", f"/panel/answers/{strange}", f"/panel/points/{uuid.uuid4()}"):
        assert client.get(hall.at(tail)).status_code == 404, tail
    be_participant(client, other.panel[0])
    for tail in ("/panel", f"/panel/points/{hall.points[0].public_id}", "/panel/report"):
        assert client.get(hall.at(tail)).status_code == 404, tail
    as_staff(client, other.rapporteur)
    assert client.get(hall.at("/rapporteur")).status_code == 404
    as_staff(client, hall.rapporteur)
    assert client.get(hall.at(f"/rapporteur/points/{strange}")).status_code == 404
    assert client.post(hall.at(f"/rapporteur/points/{strange}/remove")).status_code == 404


def test_a_colleague_of_the_facilitator_writes_no_answer_for_the_team(app: Flask, client: FlaskClient):
    hall = make_hall(S.SYNTHESIS)
    both = hall.office.facilitator
    saved(Membership(account_id=both.id, dialogue_id=hall.office.dialogue.id, role=Role.APPLICANT))
    as_staff(client, both)
    for tail in (f"/points/{hall.points[0].public_id}/answer", "/notes"):
        assert client.get(hall.office.at(tail)).status_code == 404, tail


def test_while_the_team_is_writing_nobody_else_reads_its_answers(app: Flask, client: FlaskClient):
    hall = make_hall(S.SYNTHESIS)
    as_staff(client, hall.office.lead)
    address = hall.office.at(f"/points/{hall.points[0].public_id}/answer")
    sent = client.post(address, data={"kind": "not_changed", "words": "It is tested every night."})
    assert sent.status_code == 303
    assert "It is tested every night." in client.get(hall.office.at("/points")).text
    for account in (hall.office.chair, hall.office.facilitator):
        as_staff(client, account)
        assert "It is tested every night." not in client.get(hall.office.at("/points")).text


def test_an_applicants_own_notes_are_read_by_the_committee_beside_the_report(app: Flask, client: FlaskClient):
    hall = make_hall(S.NOTES_CHECKED)
    as_staff(client, hall.office.lead)
    sent = client.post(hall.office.at("/notes"), data={"text": "We heard mostly praise.", "based_on": "0"})
    assert sent.status_code == 303
    stale = client.post(hall.office.at("/notes"), data={"text": "Otherwise.", "based_on": "0"})
    assert stale.status_code == 422
    assert "Otherwise." in stale.text
    as_staff(client, hall.office.chair)
    page = client.get(hall.office.at("/report")).text
    assert "We heard mostly praise." in page
    assert "How the talk went." in page


def test_a_participant_of_a_workshop_does_not_reach_the_pages_of_staff(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    be_participant(client, hall.panel[0])
    for tail in ("", "/rapporteur", "/panel-roll", "/people"):
        assert client.get(hall.at(tail)).status_code == 403, tail


def test_a_rapporteur_leads_neither_talk_nor_programme(app: Flask):
    hall = make_hall()
    with pytest.raises(Exception, match="roles_apart"), transaction():
        staffing.grant_role(hall.dialogue, hall.rapporteur.email, Role.FACILITATOR, by=hall.leader)


def test_the_facilitator_of_the_workshop_keeps_the_panel_in_numbers_and_seats(app: Flask, client: FlaskClient):
    hall = make_hall()
    as_staff(client, hall.leader)
    sent = client.post(hall.at("/panel-roll/bands"), data={"axis": "age", "band": "", "target": "x", "recruited": "2"})
    assert sent.status_code == 422
    good = {"axis": "age", "band": "under 30", "target": "3", "recruited": "2"}
    assert client.post(hall.at("/panel-roll/bands"), data=good).status_code == 303
    page = client.get(hall.at("/panel-roll")).text
    assert "1 missing" in page
    assert "The guide says 8 to 12." in page
    as_staff(client, hall.office.chair)
    assert "under 30: kept back" in client.get(hall.office.at("/workshop")).text


def test_an_objection_reaches_the_rapporteur_without_a_name_and_is_kept_as_dissent(app: Flask, client: FlaskClient):
    hall = make_hall(S.WORKSHOP_HELD)
    report = current_report(hall.here)
    with transaction():
        panel.check_report(hall.here, report, Verdict.NEARLY, "It was longer.", version=1, by=hall.panel[0])
    as_staff(client, hall.rapporteur)
    page = client.get(hall.at("/rapporteur/report")).text
    assert "It was longer." in page
    assert hall.panel[0].pseudonym not in page
    check = page.split("/rapporteur/checks/")[1].split("/keep")[0]
    assert client.post(hall.at(f"/rapporteur/checks/{check}/keep")).status_code == 303
    assert "kept as dissent" in client.get(hall.at("/rapporteur/report")).text
