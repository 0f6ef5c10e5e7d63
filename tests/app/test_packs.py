"""Packs: put together, sent once, read with what changed since."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction, utcnow
from app.models.advice import ReviewPack, ReviewReading
from app.models.moderating import OutgoingMail
from app.queries.oversight import MemberFacts
from app.queries.packs import lines_of
from app.services import oversight, packs
from deliberation.errors import RuleError
from deliberation.roles import Role
from tests.app.oversee import BODY, MEETS, TODAY, Overseen, bound, fresh, make_overseen, reword, send
from tests.factories import be_participant, make_participant, make_staff, sign_in_as


@pytest.fixture
def made(app: Flask) -> Overseen:
    return make_overseen()


def _draft(made: Overseen) -> ReviewPack:
    with transaction():
        return packs.save_pack(
            made.dialogue, made.group, None, title="Draft", note="", meets_on=MEETS, items=list(made.gate.items),
            by=made.lead,
        )  # fmt: skip


def _form(made: Overseen, **changes: str) -> dict[str, str]:
    return {"title": "Pack 1", "meets_on": "2026-03-20", "items": str(made.item.public_id)} | changes


def test_a_pack_is_made_edited_sent_and_then_stays_as_it_is(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.lead)
    where = client.post(made.at("/packs/new"), data=_form(made)).location
    assert "Nobody in the group sees this yet." in client.get(where).text
    assert client.post(f"{where}/edit", data=_form(made, title="Pack one")).status_code == 303
    assert client.post(f"{where}/send").status_code == 303
    assert client.post(f"{where}/send").status_code == 409
    reply = client.post(f"{where}/edit", data=_form(made, title="Other"))
    assert (reply.status_code, "it stays as it is" in reply.text) == (422, True)
    assert client.post(f"{where}/delete").status_code == 409
    assert "Pack one" in client.get(made.at("/packs")).text


def test_what_is_sent_is_what_everything_says_at_that_moment(made: Overseen) -> None:
    pack = _draft(made)
    reword(made, BODY + "\n\nThe newest words.")
    with transaction():
        packs.send_pack(made.dialogue, pack, by=made.lead)
    assert [("The newest words." in one.version.text) for one in fresh(pack).items] == [True]


def test_nobody_in_the_group_sees_a_pack_before_it_is_sent(made: Overseen, client: FlaskClient) -> None:
    pack = _draft(made)
    address = made.at(f"/packs/{pack.public_id}")
    version = pack.items[0].version.public_id
    sign_in_as(client, made.overseer)
    assert "Draft" not in client.get(made.at("/packs")).text
    for tail in ("", f"/{version}", f"/{version}/advise"):
        assert client.get(address + tail).status_code == 404
    assert client.post(f"{address}/{version}/read").status_code == 404


def test_a_pack_without_a_day_or_a_thing_is_refused_and_nothing_typed_is_lost(
    made: Overseen, client: FlaskClient
) -> None:
    sign_in_as(client, made.lead)
    reply = client.post(made.at("/packs/new"), data={"title": "Half a pack"})
    assert reply.status_code == 422
    assert "Say which day the group meets." in reply.text
    assert "Tick at least one thing." in reply.text
    assert "Half a pack" in reply.text


def test_a_pack_that_is_late_says_by_how_many_days(made: Overseen, client: FlaskClient) -> None:
    soon = (utcnow() + timedelta(days=2)).date()
    sign_in_as(client, made.lead)
    where = client.post(made.at("/packs/new"), data=_form(made, meets_on=soon.isoformat())).location
    page = client.get(where).text
    assert "late" in page
    assert "less time to read" in page
    client.post(f"{where}/send")
    sign_in_as(client, made.overseer)
    assert "sent late" in client.get(where).text


def test_members_with_an_account_get_a_mail_without_any_words(made: Overseen) -> None:
    send(made)
    mails = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "pack")))
    assert {one.account_id for one in mails} == {made.chair.id, made.overseer.id}
    assert all("What a scan is" not in one.body for one in mails)


def test_a_member_reads_on_a_phone_and_says_so_for_exactly_this_version(made: Overseen, client: FlaskClient) -> None:
    pack = send(made)
    where = made.at(f"/packs/{pack.public_id}")
    sign_in_as(client, made.overseer)
    assert "new to you" in client.get(where).text
    page = client.get(f"{where}/{bound(made).public_id}")
    assert "I have read this" in page.text
    assert client.get(f"{where}/{bound(made).public_id}").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(ReviewReading)) == 0  # looking writes nothing
    for _twice in range(2):
        assert client.post(f"{where}/{bound(made).public_id}/read").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(ReviewReading)) == 1


def test_what_changed_is_what_changed_since_this_member_saw_it(made: Overseen, client: FlaskClient) -> None:
    first = send(made)
    sign_in_as(client, made.overseer)
    client.post(made.at(f"/packs/{first.public_id}/{bound(made).public_id}/read"))
    reword(made, BODY.replace("many pictures", "a few pictures"))
    second = send(made, "Second")
    where = made.at(f"/packs/{second.public_id}/{bound(made).public_id}")
    page = client.get(where).text
    assert "You read version 1." in page
    assert re.search(r"<ins>(?:(?!</ins>).)*a few", page)
    assert re.search(r"<del>(?:(?!</del>).)*many", page)
    assert "changed since you saw it" in client.get(made.at(f"/packs/{second.public_id}")).text
    sign_in_as(client, made.chair)  # who has read nothing yet sees nothing marked
    assert "put in:" not in client.get(where).text


def test_the_pack_says_how_long_it_takes(made: Overseen, client: FlaskClient) -> None:
    reword(made, "word " * 950)
    pack = send(made)
    sign_in_as(client, made.overseer)
    assert "about 5 minutes" in client.get(made.at(f"/packs/{pack.public_id}")).text
    assert [line.minutes for line in lines_of(pack, made.member)] == [5]


def test_an_observer_reads_and_gives_no_advice(made: Overseen, client: FlaskClient) -> None:
    account = make_staff(made.dialogue, Role.OVERSEER, "Watcher")
    with transaction():
        facts = MemberFacts("Olga Observer", account=account, is_observer=True)
        oversight.add_member(made.group, facts, today=TODAY, by=made.lead)
    pack = send(made)
    where = made.at(f"/packs/{pack.public_id}/{bound(made).public_id}")
    sign_in_as(client, account)
    assert "Advise on this part" not in client.get(where).text
    data = {"severity": "consider", "type": "clarity", "text": "Hm."}
    assert client.post(f"{where}/advise", data=data).status_code == 422
    assert client.post(f"{where}/read").status_code == 303


def test_the_team_reads_packs_and_neither_reads_for_members_nor_advises(made: Overseen, client: FlaskClient) -> None:
    pack = send(made)
    where = made.at(f"/packs/{pack.public_id}/{bound(made).public_id}")
    for role in (Role.ANALYST, Role.COMMISSIONER, Role.EVALUATOR, Role.FACILITATOR):
        sign_in_as(client, make_staff(made.dialogue, role))
        assert client.get(where).status_code == 200
        data = {"severity": "must_fix", "type": "legal", "text": "x"}
        for tail in ("/read", "/advise"):
            assert client.post(where + tail, data=data).status_code == 403


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PANEL_MEMBER, Role.COMMITTEE_MEMBER, Role.PARTICIPANT])
def test_no_pack_is_seen_from_outside_the_team_and_the_group(made: Overseen, client: FlaskClient, role: Role) -> None:
    pack = send(made)
    if role is Role.PARTICIPANT:
        be_participant(client, make_participant(made.dialogue))
    else:
        sign_in_as(client, make_staff(made.dialogue, role))
    for tail in ("/packs", f"/packs/{pack.public_id}", f"/packs/{pack.public_id}/{bound(made).public_id}"):
        assert client.get(made.at(tail)).status_code == 403


def test_packs_and_versions_of_another_dialogue_are_not_found(made: Overseen, client: FlaskClient) -> None:
    other = make_overseen()
    mine, theirs = send(made), send(other)
    sign_in_as(client, made.overseer)
    assert client.get(made.at(f"/packs/{theirs.public_id}")).status_code == 404
    assert client.get(made.at(f"/packs/{mine.public_id}/{bound(other).public_id}")).status_code == 404
    assert client.get(other.at(f"/packs/{theirs.public_id}")).status_code == 404


def test_a_pack_for_an_empty_group_is_refused(made: Overseen) -> None:
    with transaction():
        for member in list(made.group.members):
            oversight.leave_group(made.dialogue, member, on=TODAY, by=made.lead)
    with pytest.raises(RuleError, match="nobody_in_group"):
        send(made)
