"""The Oversight Group: its page, its terms, members who come and go."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import transaction
from app.models.oversight import OversightMember
from app.queries.oversight import GroupTerms, MemberFacts, group_of, member_of, members_gone, members_here
from app.queries.people import roles_of
from app.services import oversight as acts
from deliberation.errors import RuleError
from deliberation.roles import Role
from tests.app.oversee import TODAY, Overseen, fresh, make_overseen
from tests.factories import make_dialogue, make_staff, sign_in_as


@pytest.fixture
def made(app: Flask) -> Overseen:
    return make_overseen()


def _form(**changes: str) -> dict[str, str]:
    return {"name": "New Person", "organisation": "A hospital", "joined_on": "2026-03-02"} | changes


def test_a_dialogue_without_a_group_says_what_one_is_for_and_staff_set_it_up(client: FlaskClient, app: Flask) -> None:
    dialogue = make_dialogue()
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    where = f"/d/{dialogue.public_id}/oversight"
    assert "it does not approve" in client.get(where).text
    reply = client.post(f"{where}/group", data={"name": "Our group", "quorum": "3", "publishes_advice": "y"})
    assert reply.status_code == 303
    group = group_of(dialogue)
    assert group is not None
    assert (group.name, group.quorum, group.publishes_advice, group.publishes_minutes) == ("Our group", 3, True, False)
    page = client.get(where).text
    assert "advisory" in page
    assert "Advice is not approval" in page


def test_a_last_day_before_the_first_is_refused_and_nothing_typed_is_lost(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.lead)
    typed = {"name": "G", "remit": "All the texts", "starts_on": "2026-05-02", "ends_on": "2026-05-01"}
    reply = client.post(made.at("/group"), data=typed)
    assert reply.status_code == 422
    assert "The last day is before the first." in reply.text
    assert "All the texts" in reply.text


def test_a_member_is_entered_with_organisation_account_and_interests(made: Overseen, client: FlaskClient) -> None:
    account = make_staff(made.dialogue, Role.OVERSEER, "New")
    sign_in_as(client, made.lead)
    reply = client.post(
        made.at("/members/new"), data=_form(account=str(account.public_id), interests="Works for a hospital.")
    )
    assert reply.status_code == 303
    member = member_of(fresh(made.group), account)
    assert member is not None
    assert (member.name, member.organisation, member.joined_on) == ("New Person", "A hospital", date(2026, 3, 2))
    page = client.get(made.at()).text
    assert "Works for a hospital." in page
    assert "Interests not declared yet" in page


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (MemberFacts("  "), "name_missing"),
        (MemberFacts("Second", is_chair=True), "chair_taken"),
        (MemberFacts("Both", is_chair=True, is_observer=True), "chair_observes"),
    ],
)
def test_impossible_members_are_refused(made: Overseen, facts: MemberFacts, code: str) -> None:
    with pytest.raises(RuleError, match=code), transaction():
        acts.add_member(made.group, facts, today=TODAY, by=made.lead)


def test_only_an_overseer_of_this_dialogue_signs_in_as_a_member(made: Overseen) -> None:
    elsewhere = make_staff(make_dialogue(), Role.OVERSEER)
    for account in (elsewhere, make_staff(made.dialogue, Role.EVALUATOR)):
        with pytest.raises(RuleError, match="not_an_overseer"), transaction():
            acts.add_member(made.group, MemberFacts("A", account=account), today=TODAY, by=made.lead)


def test_one_account_is_one_member(made: Overseen) -> None:
    with pytest.raises(RuleError, match="account_taken"), transaction():
        acts.add_member(made.group, MemberFacts("Twice", account=made.overseer), today=TODAY, by=made.lead)


def test_the_database_refuses_two_chairs_and_two_members_with_one_account(made: Overseen) -> None:
    for facts in ({"is_chair": True}, {"account_id": made.overseer.id}):
        with pytest.raises(RuleError), transaction() as session:
            session.add(OversightMember(group_id=made.group.id, name="X", joined_on=TODAY, **facts))


def test_whoever_leaves_stays_in_the_record_and_their_role_ends(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.lead)
    where = made.at(f"/members/{made.member.public_id}")
    assert client.post(f"{where}/leave", data={"left_on": "2026-03-09"}).status_code == 303
    group = fresh(made.group)
    assert [one.name for one in members_gone(group)] == ["Mo Member"]
    assert [one.name for one in members_here(group)] == ["Cleo Chair"]
    assert roles_of(made.overseer, made.dialogue) == frozenset()
    assert "Were members" in client.get(made.at()).text
    assert client.post(where, data=_form()).status_code == 422
    sign_in_as(client, made.overseer)
    assert client.get(made.at()).status_code == 404


def test_nobody_leaves_before_they_came_or_twice(made: Overseen) -> None:
    with pytest.raises(RuleError, match="left_before_joining"), transaction():
        acts.leave_group(made.dialogue, made.member, on=date(2026, 3, 1), by=made.lead)
    with transaction():
        acts.leave_group(made.dialogue, made.member, on=TODAY, by=made.lead)
    with pytest.raises(RuleError, match="member_gone"), transaction():
        acts.leave_group(made.dialogue, made.member, on=TODAY, by=made.lead)


def test_a_member_declares_their_own_interests_and_edits_nothing_else(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.overseer)
    assert client.post(made.at("/interests"), data={"interests": "None."}).status_code == 303
    assert fresh(made.member).interests == "None."
    assert client.post(made.at("/interests"), data={"interests": "  "}).status_code == 422
    for address in ("/group", "/members/new", f"/members/{made.member.public_id}", "/gates/new", "/packs/new"):
        assert client.get(made.at(address)).status_code == 403
        assert client.post(made.at(address), data=_form()).status_code == 403


def test_an_overseer_who_is_no_member_reads_and_advises_nothing(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, make_staff(made.dialogue, Role.OVERSEER, "Third"))
    assert client.get(made.at()).status_code == 200
    reply = client.post(made.at("/interests"), data={"interests": "None."})
    assert reply.status_code == 422
    assert "not entered as a member" in reply.text


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PANEL_MEMBER, Role.COMMITTEE_MEMBER])
def test_applicants_panel_and_committee_see_no_page_of_the_group(
    made: Overseen, client: FlaskClient, role: Role
) -> None:
    sign_in_as(client, make_staff(made.dialogue, role))
    for address in ("", "/gates", "/packs", "/advice", "/reflection"):
        assert client.get(made.at(address)).status_code == 403


def test_a_lead_of_another_dialogue_is_refused(made: Overseen) -> None:
    other = make_staff(make_dialogue(), Role.FACILITATOR)
    with pytest.raises(RuleError, match="lead_not_here"), transaction():
        acts.set_up_group(made.dialogue, GroupTerms("G", lead=other), by=made.lead)


def test_a_member_of_another_group_is_not_found_here(made: Overseen, client: FlaskClient) -> None:
    other = make_overseen()
    sign_in_as(client, made.lead)
    assert client.get(made.at(f"/members/{other.member.public_id}")).status_code == 404
