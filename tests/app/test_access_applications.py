"""Access to data by address: who sees which application, entering assets, the form, the team and its pen."""

import pytest

from app.db import transaction
from app.models.access_applications import DataAsset
from app.queries.access_applications import applications_for, assets_of, steps_of
from app.queries.assessment import harms_of
from app.queries.assessment_facts import summary_of
from app.services.access_applications import add_person, save_asset, start
from app.services.assessment_moves import move
from deliberation.access_applications import Route
from deliberation.assessment import ApplicationState, Part
from deliberation.errors import RuleError
from deliberation.roles import Role
from tests import factories
from tests.app.access_way import NOW, add_harm, make_application, make_office
from tests.app.access_way import add_person as bring_in
from tests.app.way import fresh
from tests.factories import sign_in_as

S = ApplicationState
TEAM_PAGES = ("/form", "/team", "/write/1", "/write/4", "/hand-in", "/harms/new")
READ_PAGES = ("", "/harms", "/harms.csv", "/versions/1", "/versions/1.pdf")


def _get(client, account, address):
    sign_in_as(client, account)
    return client.get(address)


def _handed_in(office, now=NOW):
    with transaction():
        move(fresh(office.application), S.SUBMITTED, by=office.lead, now=now)


def test_the_own_team_opens_every_page_of_its_draft(app, client):
    office = make_office()
    for page in (*TEAM_PAGES, "", "/harms", "/harms.csv"):
        assert _get(client, office.lead, office.at(page)).status_code == 200, page


def test_another_team_finds_nothing_at_an_address_it_guessed(app, client):
    office = make_office()
    _handed_in(office)
    other = factories.make_staff(office.dialogue, Role.APPLICANT, "Rival")
    for page in (*TEAM_PAGES, *READ_PAGES):
        assert _get(client, other, office.at(page)).status_code == 404, page


def test_another_team_changes_nothing_at_an_address_it_guessed(app, client):
    office = make_office()
    sign_in_as(client, factories.make_staff(office.dialogue, Role.APPLICANT, "Rival"))
    for page, sent in {
        "/form": {}, "/write/1": {"purpose": "x"}, "/answers": {"question": "purpose", "text": "x"},
        "/suggest": {"question": "purpose", "text": "x"}, "/hand-in": {}, "/withdraw": {"why": "x"},
        "/harms/new": {"text": "x"}, "/team": {"email": "x@example.org"}, "/steps": {"step": "1"},
    }.items():  # fmt: skip
        assert client.post(office.at(page), data=sent).status_code == 404, page
    assert fresh(office.application).state is S.DRAFT


def test_readers_find_an_application_only_once_it_is_handed_in(app, client):
    office = make_office()
    roles = (Role.COMMITTEE_MEMBER, Role.OVERSEER, Role.EVALUATOR)
    readers = [factories.make_staff(office.dialogue, role, "Reader") for role in roles]
    for reader in readers:
        for page in ("", "/harms", "/harms.csv"):
            assert _get(client, reader, office.at(page)).status_code == 404, page
        assert "Nodules" not in _get(client, reader, f"/d/{office.dialogue.public_id}/access").text
    _handed_in(office)
    for reader in readers:
        for page in READ_PAGES:
            assert _get(client, reader, office.at(page)).status_code == 200, page
        assert "Nodules" in _get(client, reader, f"/d/{office.dialogue.public_id}/access").text


def test_nobody_but_the_team_opens_the_pages_it_writes_on(app, client):
    office = make_office()
    _handed_in(office)
    for who in (office.member, office.chair, office.facilitator):
        for page in TEAM_PAGES:
            assert _get(client, who, office.at(page)).status_code == 403, page


def test_the_facilitator_sees_that_a_draft_is_begun_and_nothing_written_in_it(app, client):
    office = make_office(summary="A secret of the team.")
    add_harm(office, "A harm that nobody outside reads.")
    for page in ("", "/harms", "/harms.csv"):
        shown = _get(client, office.facilitator, office.at(page))
        assert shown.status_code == 200
        assert "secret" not in shown.text
        assert "nobody outside reads" not in shown.text


def test_a_reader_sees_the_version_that_was_handed_in_and_not_what_the_team_writes_now(app, client):
    office = make_office()
    add_harm(office, "A nodule is missed.")
    _handed_in(office)
    add_harm(office, "A later thought.", place=2)
    shown = _get(client, office.member, office.at("/harms")).text
    assert "A nodule is missed." in shown
    assert "A later thought." not in shown


def test_other_roles_open_no_application(app, client):
    office = make_office()
    _handed_in(office)
    roles = (Role.ANALYST, Role.COMMISSIONER, Role.PANEL_MEMBER, Role.RAPPORTEUR)
    others = [factories.make_staff(office.dialogue, role, "Other") for role in roles]
    for reader in [*others, factories.make_account("Ada", administrator=True)]:
        for page in (*READ_PAGES, *TEAM_PAGES, "/screening"):
            assert _get(client, reader, office.at(page)).status_code in {403, 404}, page


def test_an_application_is_not_found_below_another_dialogue(app, client):
    office, other = make_office(), make_office()
    _handed_in(office)
    moved = f"/d/{other.dialogue.public_id}/access/{office.application.public_id}"
    assert _get(client, other.facilitator, moved).status_code == 404


def test_an_administrator_reads_how_many_there_are_and_no_title(app, client):
    office = make_office()
    shown = _get(client, factories.make_account("Ada", administrator=True), f"/d/{office.dialogue.public_id}/access")
    assert shown.status_code == 200
    assert "Nodules" not in shown.text
    assert "being written: 1" in shown.text


def test_a_facilitator_enters_a_data_asset_and_changes_it(app, client):
    office = make_office()
    sign_in_as(client, office.facilitator)
    at = f"/d/{office.dialogue.public_id}/access/assets/new"
    sent = {"name": "Head scans", "window_limit_days": "90", "harm_points": "3", "chair": str(office.member.public_id)}
    assert client.post(at, data=sent).status_code == 303
    asset = assets_of(office.dialogue)[-1]
    assert (asset.name, asset.window_limit_days, asset.harm_points, asset.chair_account_id) == (
        "Head scans", 90, 3, office.member.id,
    )  # fmt: skip
    address = f"/d/{office.dialogue.public_id}/access/assets/{asset.public_id}"
    shown = client.get(address).text
    assert 'value="Head scans"' in shown
    assert f'value="{office.member.public_id}" selected' in shown
    assert client.post(address, data={**sent, "name": " "}).status_code == 422
    assert client.post(address, data={**sent, "name": "Heads"}).status_code == 303
    assert fresh(asset).name == "Heads"


def test_a_chair_has_to_be_on_the_committee(app):
    office = make_office()
    words = {"name": "X", "description": "", "controller": "", "holds": "", "size": "", "limits": ""}
    with pytest.raises(RuleError, match="chair_not_on_committee"), transaction():
        save_asset(office.dialogue, words, chair=office.facilitator, by=office.facilitator)


def test_whoever_applies_leads_the_team_holds_the_pen_and_finds_the_planned_hours(app, client):
    office = make_office()
    newcomer = factories.make_staff(office.dialogue, Role.APPLICANT, "Newcomer")
    sign_in_as(client, newcomer)
    at = f"/d/{office.dialogue.public_id}/access/assets/{office.asset.public_id}/apply"
    assert client.post(at, data={"title": "Bones", "organisation": "U"}).status_code == 422
    done = client.post(at, data={"title": "Bones", "organisation": "U", "route": "research"})
    assert done.status_code == 303
    shown = client.get(done.headers["Location"]).text
    assert "Planned 4 h" in shown
    assert "you hold the pen" in shown


def test_the_form_adapts_to_the_route_and_keeps_what_another_route_asked(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    shown = client.get(office.at("/form")).text
    assert 'name="product"' in shown
    assert 'name="research_question"' not in shown
    sent = {"title": "T", "organisation": "O", "route": "train", "product": "A box", "based_on": "1"}
    assert client.post(office.at("/form"), data=sent).status_code == 303
    sent = {"title": "T", "organisation": "O", "route": "research", "based_on": "2", "opt_out": "applied"}
    assert client.post(office.at("/form"), data=sent).status_code == 303
    shown = client.get(office.at("/form")).text
    assert 'name="research_question"' in shown
    assert 'name="product"' not in shown
    assert fresh(office.application).details["product"] == "A box"


def test_two_who_save_the_form_at_once_are_told_and_nothing_is_overwritten(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    sent = {"title": "Mine", "organisation": "O", "route": "train", "based_on": "1"}
    assert client.post(office.at("/form"), data=sent).status_code == 303
    late = client.post(office.at("/form"), data={**sent, "title": "Late"})
    assert late.status_code == 422
    assert "Late" in late.text
    assert fresh(office.application).title == "Mine"


def test_access_for_longer_than_the_asset_allows_is_refused_beside_the_field(app, client):
    office = make_office()
    with transaction() as session:
        session.get(DataAsset, office.asset.id).window_limit_days = 30
    sign_in_as(client, office.lead)
    sent = {
        "title": "T", "organisation": "O", "route": "train", "based_on": "1", "window_from": "2026-01-01",
        "window_until": "2026-12-31",
    }  # fmt: skip
    shown = client.post(office.at("/form"), data=sent)
    assert shown.status_code == 422
    assert "30 days at most" in shown.text


def test_the_pen_goes_over_with_one_button_and_with_it_the_right_to_save(app, client):
    office = make_office()
    colleague = bring_in(office)
    person = next(one for one in fresh(office.application).people if one.account_id == colleague.id)
    sign_in_as(client, colleague)
    assert client.post(office.at(f"/team/{person.public_id}/pen")).status_code == 409
    sign_in_as(client, office.lead)
    assert client.post(office.at(f"/team/{person.public_id}/pen")).status_code == 303
    assert fresh(office.application).pen_account_id == colleague.id
    assert fresh(person).part is Part.NOTE_TAKER
    refused = client.post(office.at("/write/1"), data={"purpose": "Mine", "purpose_seen": "0"})
    assert refused.status_code == 409
    assert "Mine" in refused.text


def test_only_the_lead_changes_the_team_and_only_applicants_join_it(app):
    office = make_office()
    colleague = bring_in(office)
    stranger = factories.make_account("Stranger")
    application = fresh(office.application)
    with pytest.raises(RuleError, match="no_such_applicant"), transaction():
        add_person(fresh(application), stranger.email, Part.TEAM, by=office.lead)
    with pytest.raises(RuleError, match="not_your_team"), transaction():
        add_person(fresh(application), office.lead.email, Part.TEAM, by=colleague)
    with pytest.raises(RuleError, match="already_on_team"), transaction():
        add_person(fresh(application), colleague.email, Part.TEAM, by=office.lead)


def test_whoever_leaves_the_team_loses_the_pen_and_the_page(app, client):
    office = make_office()
    colleague = bring_in(office)
    person = next(one for one in fresh(office.application).people if one.account_id == colleague.id)
    sign_in_as(client, office.lead)
    client.post(office.at(f"/team/{person.public_id}/pen"))
    assert client.post(office.at(f"/team/{person.public_id}/remove")).status_code == 303
    assert fresh(office.application).pen_account_id == office.lead.id
    assert _get(client, colleague, office.at()).status_code == 404


def test_the_facilitator_sets_deadlines_and_the_team_only_its_hours(app, client):
    office = make_office()
    sign_in_as(client, office.facilitator)
    sent = {"step": "1", "due_on": "2026-07-01", "planned": "3.5", "actual": ""}
    assert client.post(office.at("/steps"), data=sent).status_code == 303
    sign_in_as(client, office.lead)
    assert client.post(office.at("/steps"), data={**sent, "due_on": "2030-01-01", "actual": "2.5"}).status_code == 303
    row = steps_of(fresh(office.application))["1"]
    assert (str(row.due_on), row.planned_minutes, row.actual_minutes) == ("2026-07-01", 210, 150)
    assert client.post(office.at("/steps"), data={"step": "9"}).status_code == 422


def test_the_timeline_tells_every_change_with_who_and_why(app, client):
    office = make_office()
    with transaction():
        move(fresh(office.application), S.SUBMITTED, by=office.lead, why="We are ready.", now=NOW)
    sign_in_as(client, office.member)
    sent = {"is_complete": "yes", "outcome": "screened_in", "why": "It is whole."}
    assert client.post(office.at("/screening"), data=sent).status_code == 303
    shown = client.get(office.at()).text
    for words in ("We are ready.", "It is whole.", "Lead for the applicant", "Member for the committee"):
        assert words in shown
    to_the_team = _get(client, office.lead, office.at()).text
    assert "It is whole." in to_the_team
    assert "Member for the committee" not in to_the_team


def test_a_screening_needs_reasons_and_what_is_not_complete_cannot_pass(app, client):
    office = make_office()
    _handed_in(office)
    sign_in_as(client, office.member)
    sent = {"is_complete": "yes", "outcome": "screened_in", "why": " "}
    assert client.post(office.at("/screening"), data=sent).status_code == 422
    sent = {"is_complete": "no", "outcome": "screened_in", "why": "Nearly."}
    refused = client.post(office.at("/screening"), data=sent)
    assert refused.status_code == 422
    assert "cannot pass" in refused.text
    assert fresh(office.application).state is S.SUBMITTED
    assert client.post(office.at("/screening"), data={**sent, "outcome": "screened_out"}).status_code == 303
    assert fresh(office.application).state is S.SCREENED_OUT


def test_a_new_version_begins_with_the_words_harms_and_team_of_the_old_one(app):
    office = make_office(S.PUBLISHED)
    bring_in(office)
    add_harm(office)
    with transaction():
        old = fresh(office.application)
        made = start(old.asset, title="Again", organisation="O", route=Route.TRAIN, replaces=old, by=office.lead)
        number = made.number
    from_old = fresh(made)
    assert (from_old.replaces_id, number, len(from_old.people)) == (office.application.id, 2, 2)


def test_a_team_begins_again_from_what_it_wrote_once_the_application_has_ended(app, client):
    office = make_office()
    add_harm(office)
    sign_in_as(client, office.lead)
    refused = client.post(office.at("/again"), follow_redirects=True)
    assert "has not ended" in refused.text
    with transaction():
        fresh(office.application).state = S.SCREENED_OUT
    assert "Begin a new application from what was written" in client.get(office.at()).text
    shown = client.post(office.at("/again"), follow_redirects=True).text
    assert "application 2" in shown
    made = applications_for(office.dialogue, office.lead)[0]
    assert (made.state, made.replaces_id, summary_of(made)) == (S.DRAFT, None, "We look for nodules.")
    assert [harm.text for harm in harms_of(made)] == ["A nodule is missed."]


def test_numbers_count_for_each_asset_alone(app):
    office = make_office()
    with transaction():
        made = start(fresh(office.asset), title="B", organisation="O", route=Route.TEST, by=office.lead)
    assert made.number == 2
    assert make_application(make_office().asset, office.lead, number=2).number == 2
