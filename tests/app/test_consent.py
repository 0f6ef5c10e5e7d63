"""Consent: each asked apart, nothing chosen beforehand, and nothing recorded before it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.consent import Consent
from app.models.events import EventPayload
from app.models.learning import Material, MaterialVersion
from app.models.people import Participant
from app.models.vault import Seat, VaultSeatLink
from app.services import joining, roll
from app.services.consent import add_text, newest_answers
from deliberation.consent import OPTIONAL, Purpose, notice_parts, without_title
from deliberation.roles import Role
from tests.factories import be_participant, make_dialogue, make_participant, make_staff


@pytest.fixture
def newcomer(app: Flask, client: FlaskClient):  # type: ignore[no-untyped-def]
    """A dialogue and somebody who has just come in."""
    dialogue = make_dialogue()
    person = make_participant(dialogue, consented=False)
    be_participant(client, person)
    return dialogue, person


def _page(client: FlaskClient, dialogue):  # type: ignore[no-untyped-def]
    return client.get(f"/d/{dialogue.public_id}/before")


def _answer(client: FlaskClient, dialogue, **data):  # type: ignore[no-untyped-def]
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', _page(client, dialogue).text)
    assert digest
    return client.post(f"/d/{dialogue.public_id}/before", data={"digest": digest.group(1), **data})


def test_the_three_screens_come_one_after_another(client: FlaskClient, newcomer):
    dialogue, person = newcomer
    page = _page(client, dialogue).text
    assert "The words about privacy_notice" in page
    assert "The words about take_part" not in page
    assert _answer(client, dialogue).status_code == 303

    page = _page(client, dialogue).text
    assert "The words about take_part" in page
    assert page.count('type="radio"') == 2
    assert "checked" not in page
    assert _answer(client, dialogue, choice="yes").status_code == 303

    page = _page(client, dialogue).text
    assert page.count('type="checkbox"') == 4
    assert "checked" not in page
    assert _answer(client, dialogue, given=["quotes"]).status_code == 303

    assert _page(client, dialogue).headers["Location"] == f"/d/{dialogue.public_id}/next"
    expected = dict.fromkeys(OPTIONAL, False) | {
        Purpose.PRIVACY_NOTICE: True,
        Purpose.TAKE_PART: True,
        Purpose.QUOTES: True,
    }
    assert newest_answers(person) == expected


def test_each_answer_is_a_row_with_version_and_digest_of_the_text(client: FlaskClient, newcomer):
    dialogue, person = newcomer
    with transaction():
        text = add_text(dialogue, Purpose.PRIVACY_NOTICE, "A second version.")
    _answer(client, dialogue)
    row = db.session.query(Consent).filter_by(participant_id=person.id).one()
    assert (row.purpose, row.version, row.digest) == (Purpose.PRIVACY_NOTICE, 2, text.digest)


def test_taking_part_has_no_default_and_needs_an_answer(client: FlaskClient, newcomer):
    dialogue, person = newcomer
    _answer(client, dialogue)
    reply = _answer(client, dialogue)
    assert reply.status_code == 422
    assert "Choose yes or no" in reply.text
    assert Purpose.TAKE_PART not in newest_answers(person)


def test_an_answer_to_words_that_were_changed_meanwhile_is_not_recorded(client: FlaskClient, newcomer):
    dialogue, person = newcomer
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', _page(client, dialogue).text)
    assert digest
    with transaction():
        add_text(dialogue, Purpose.PRIVACY_NOTICE, "Something quite different.")
    reply = client.post(f"/d/{dialogue.public_id}/before", data={"digest": digest.group(1)})
    assert reply.status_code == 422
    assert "changed while you were reading" in reply.text
    assert "Something quite different" in reply.text
    assert newest_answers(person) == {}


def test_no_keeps_nothing_of_the_person_and_leaves_the_device(client: FlaskClient, app: Flask):
    dialogue = make_dialogue()
    facilitator = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        seat = roll.add_seat(dialogue, "Example Person", by=facilitator)
    with transaction():
        person = joining.admit(dialogue, seat=seat)
    ref = str(person.public_id)
    be_participant(client, person)
    _answer(client, dialogue)
    page = _answer(client, dialogue, choice="no")
    assert "Thank you for thinking about it" in page.text
    db.session.expire_all()
    for kind in (Participant, Consent, VaultSeatLink):
        assert db.session.query(kind).count() == 0
    assert db.session.query(EventPayload).filter(EventPayload.actor == ref).count() == 0
    assert db.session.query(Seat).one().left_at is not None
    assert client.get(f"/d/{dialogue.public_id}/before").headers["Location"] == "/join"


def test_before_consent_every_other_page_leads_to_the_screen_that_is_due(client: FlaskClient, newcomer):
    dialogue, _ = newcomer
    for address in ("next", "mine", "permissions"):
        reply = client.get(f"/d/{dialogue.public_id}/{address}")
        assert reply.headers["Location"] == f"/d/{dialogue.public_id}/before"
    reply = client.post(f"/d/{dialogue.public_id}/return-code")
    assert reply.headers["Location"] == f"/d/{dialogue.public_id}/before"


def test_permissions_can_be_changed_later_and_only_changes_are_recorded(client: FlaskClient, newcomer):
    dialogue, _ = newcomer
    person = make_participant(dialogue)
    be_participant(client, person)
    before = db.session.query(Consent).filter_by(participant_id=person.id).count()
    address = f"/d/{dialogue.public_id}/permissions"
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', client.get(address).text)
    assert digest
    data = {"digest": digest.group(1), "given": ["machine_sorting", "contact_later"]}
    assert client.post(address, data=data).status_code == 303
    answers = newest_answers(person)
    assert [purpose for purpose in OPTIONAL if answers[purpose]] == [Purpose.CONTACT_LATER, Purpose.MACHINE_SORTING]
    assert db.session.query(Consent).filter_by(participant_id=person.id).count() == before + 2
    page = client.get(address).text
    assert len(re.findall(r'type="checkbox"[^>]* checked', page)) == 2
    client.post(address, data={"digest": digest.group(1)})
    assert not any(newest_answers(person)[purpose] for purpose in OPTIONAL)


def test_a_purpose_that_is_no_permission_cannot_be_ticked(client: FlaskClient, newcomer):
    dialogue, _ = newcomer
    person = make_participant(dialogue)
    be_participant(client, person)
    reply = client.post(f"/d/{dialogue.public_id}/permissions", data={"digest": "x", "given": ["take_part"]})
    assert reply.status_code == 422
    assert newest_answers(person)[Purpose.QUOTES] is False


def test_a_notice_is_parted_into_short_and_all_of_it():
    text = "# Title\n\n## In short\n\n- One.\n- Two.\n\n## Who is in charge\n\nThe organiser.\n\n## Why\n\nBecause."
    short, rest = notice_parts(text)
    assert short == "- One.\n- Two."
    assert rest.startswith("## Who is in charge")
    assert rest.endswith("Because.")


@pytest.mark.parametrize("text", ["Only words.", "Words.\n\nMore words."])
def test_a_notice_without_headings_is_shown_whole(text: str):
    assert notice_parts(text) == (text, "")


def test_a_text_loses_only_its_own_title():
    assert without_title("# Title\n\nWords.") == "Words."
    assert without_title("Words.\n\n# Later") == "Words.\n\n# Later"


def test_the_notice_leads_to_how_our_own_programs_were_checked(client, app):
    dialogue = make_dialogue()
    version = MaterialVersion(number=1, title="Transparency record", body="A program sorts.", digest="0" * 64)
    with transaction() as session:
        session.add(Material(dialogue_id=dialogue.id, key="t", kind="transparency", versions=[version]))
    be_participant(client, make_participant(dialogue, consented=False))
    address = f"/d/{dialogue.public_id}/how-we-checked"
    assert address in client.get(f"/d/{dialogue.public_id}/before").text
    page = client.get(address)
    assert page.status_code == 200
    assert "Transparency record" in page.text
