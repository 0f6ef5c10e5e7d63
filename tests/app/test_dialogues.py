"""Dialogues: the list, making one, its home for each role, and its words in versions."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.consent import ConsentText
from app.models.dialogues import Dialogue
from app.models.events import Event, EventPayload
from app.models.people import Membership
from app.services.dialogues import edit_dialogue, make_blank_dialogue, shortened
from app.services.kits import make_dialogue as make_from_kit
from app.services.kits import read_kit
from deliberation.consent import Purpose
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from tests.factories import (
    be_participant,
    make_account,
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    sign_in_as,
)

KEY = "national-medical-imaging"


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send if the first large form of a page were sent as it is."""
    found: dict[str, Any] = {}
    typed = r'<input class="nhsuk-input[^"]*" id="[^"]*" name="([^"]*)"[^>]*value="([^"]*)"'
    for name, value in re.findall(typed, page):
        found[name] = value
    for name, value in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = value
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = re.search(r'value="([^"]*)" selected', body).group(1)  # type: ignore[union-attr]
    for name, value in re.findall(r'name="([^"]*)" type="(?:radio|checkbox)" value="([^"]*)" checked', page):
        found[name] = value
    for name, value in re.findall(r'<input type="hidden" name="(mode)" value="([^"]*)"', page):
        found[name] = value
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: str) -> str:
    for coded, character in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        value = value.replace(coded, character)
    return value.replace("\n", "\r\n")


def test_the_list_shows_only_dialogues_in_which_the_account_has_a_role(app: Flask, client: FlaskClient) -> None:
    mine, other = make_dialogue(title="Mine to run"), make_dialogue(title="Somebody else's")
    sign_in_as(client, make_staff(mine, Role.ANALYST))
    page = client.get("/dialogues").text
    assert "Mine to run" in page
    assert "Analyst" in page
    assert other.title not in page
    assert "Make a new dialogue" not in page


def test_making_a_dialogue_from_the_kit_leads_to_its_home(app: Flask, client: FlaskClient) -> None:
    maker = make_account(creates=True)
    sign_in_as(client, maker)
    assert "National medical imaging data" in client.get("/dialogues/new").text
    sent = {"kit": KEY, "title": "Scans & AI <here>", "question": "", "mode": "panel", "starts_at": "2030-07-01T18:00"}
    reply = client.post("/dialogues/new", data=sent)
    assert reply.status_code == 303
    home = client.get(reply.location).text
    assert "Scans &amp; AI &lt;here&gt;" in home
    assert "1 July 2030, 18:00" in home
    assert "Finding out" in home
    assert "Ready to open." in home
    assert db.session.scalars(select(Membership)).one().role is Role.FACILITATOR


def test_a_blank_dialogue_needs_a_title_and_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    sign_in_as(client, make_account(creates=True))
    reply = client.post("/dialogues/new", data={"kit": "blank", "title": "", "question": "Why so?", "mode": "open"})
    assert reply.status_code == 422
    assert "Give the dialogue a title." in reply.text
    assert "Why so?" in reply.text
    reply = client.post("/dialogues/new", data={"kit": "blank", "title": "T", "question": "Why so?", "mode": "open"})
    assert reply.status_code == 303
    made = db.session.scalars(select(Dialogue)).one()
    assert made.mode is DialogueMode.OPEN
    texts = {text.purpose for text in db.session.scalars(select(ConsentText))}
    assert texts == set(Purpose)


def test_who_may_not_create_dialogues_is_refused(app: Flask, client: FlaskClient) -> None:
    sign_in_as(client, make_account())
    assert client.get("/dialogues/new").status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PARTICIPANT, Role.ADMINISTRATOR}])
def test_the_home_opens_for_every_staff_role_and_offers_only_what_the_role_may(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_blank_dialogue(title="T", question="Who decides?", mode=DialogueMode.PANEL, by=maker)
    session = make_session(dialogue)
    make_stage(session, StageKind.BREAK)
    sign_in_as(client, make_staff(dialogue, role))
    page = client.get(f"/d/{dialogue.public_id}").text
    assert dialogue.question in page
    assert ("Needs a person" in page) == (role is Role.FACILITATOR)
    assert ("Run and edit session" in page) == (role is Role.FACILITATOR)
    for address in re.findall(r'href="(/d/[^"#]*)', page):
        assert client.get(address).status_code != 403, address


def test_a_participant_and_a_stranger_do_not_get_the_home(app: Flask, client: FlaskClient) -> None:
    dialogue = make_dialogue()
    be_participant(client, make_participant(dialogue))
    assert client.get(f"/d/{dialogue.public_id}").status_code == 403
    sign_in_as(client, make_staff(make_dialogue(), Role.FACILITATOR))
    assert client.get(f"/d/{dialogue.public_id}").status_code == 404


def test_the_home_says_what_is_missing_before_a_session_can_open(app: Flask, client: FlaskClient) -> None:
    dialogue = make_dialogue()
    bare = make_session(dialogue, state=StageState.PLANNED)
    other = make_session(dialogue, state=StageState.PLANNED, number=2)
    make_stage(other, StageKind.VOTE, state=StageState.PLANNED)
    make_statement(dialogue)
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    page = client.get(f"/d/{dialogue.public_id}").text
    assert bare.title in page
    assert "It has no stages yet." in page
    assert "Nothing to do in" in page


def test_saving_the_words_unchanged_changes_nothing_and_makes_no_new_version(
    app: Flask, client: FlaskClient
) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_from_kit(read_kit(KEY), by=maker)
    sign_in_as(client, maker)
    address = f"/d/{dialogue.public_id}/edit"
    before = db.session.scalars(select(ConsentText)).all()
    reply = client.post(address, data=fields_of(client.get(address).text))
    assert reply.status_code == 303, re.findall(r"error-message.*", reply.text)
    assert len(db.session.scalars(select(ConsentText)).all()) == len(before)
    kinds = [event.kind for event in db.session.scalars(select(Event))]
    assert EventKind.DIALOGUE_EDITED not in kinds


def test_a_changed_consent_text_becomes_a_new_version_and_the_old_one_stays(
    app: Flask, client: FlaskClient
) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_blank_dialogue(title="T", question="Q?", mode=DialogueMode.PANEL, by=maker)
    sign_in_as(client, maker)
    address = f"/d/{dialogue.public_id}/edit"
    sent = fields_of(client.get(address).text) | {"take_part": "Only this.", "title": "A new title"}
    assert client.post(address, data=sent).status_code == 303
    texts = list(db.session.scalars(select(ConsentText).where(ConsentText.purpose == Purpose.TAKE_PART)))
    assert [text.version for text in texts] == [1, 2]
    assert texts[1].text == "Only this."
    assert "I have read" in texts[0].text
    assert db.session.scalars(select(Dialogue)).one().title == "A new title"


def test_an_empty_title_is_refused_beside_its_field_and_the_rest_is_kept(app: Flask, client: FlaskClient) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_blank_dialogue(title="T", question="Q?", mode=DialogueMode.PANEL, by=maker)
    sign_in_as(client, maker)
    address = f"/d/{dialogue.public_id}/edit"
    sent = fields_of(client.get(address).text) | {"title": "", "summary": "Kept words"}
    reply = client.post(address, data=sent)
    assert reply.status_code == 422
    assert "Give the dialogue a title." in reply.text
    assert "Kept words" in reply.text


def test_the_mode_is_fixed_once_somebody_has_joined(app: Flask) -> None:
    dialogue = make_dialogue(mode=DialogueMode.PANEL)
    by = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        edit_dialogue(dialogue, by=by, mode=DialogueMode.OPEN)
    make_participant(dialogue)
    with pytest.raises(RuleError, match="mode_fixed"), transaction():
        edit_dialogue(dialogue, by=by, mode=DialogueMode.PANEL)
    assert dialogue.mode is DialogueMode.OPEN


def test_an_unknown_time_zone_is_refused(app: Flask) -> None:
    dialogue = make_dialogue()
    by = make_staff(dialogue, Role.FACILITATOR)
    with pytest.raises(RuleError, match="unknown_timezone"), transaction():
        edit_dialogue(dialogue, by=by, timezone="Mars/Olympus")


def test_an_edit_records_which_fields_changed_and_not_their_words(app: Flask) -> None:
    dialogue = make_dialogue()
    by = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        edit_dialogue(dialogue, by=by, title="Other", question=dialogue.question)
    payload = db.session.scalars(select(EventPayload)).one()
    assert payload.facts == {"changed": ["title"]}


def test_a_long_title_is_shortened_at_a_word() -> None:
    assert shortened("National data: how?") == "National data"
    assert shortened("One two three four five six seven eight nine ten") == "One two three four five six seven eight …"


def test_the_three_approaches_are_put_in_the_dialogues_own_words_and_keep_their_keys(
    app: Flask, client: FlaskClient
) -> None:
    dialogue = make_dialogue(approaches=[{"key": "individual", "name": "Me", "plain": "I do.", "colour": "blue"}])
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    address = f"/d/{dialogue.public_id}/approaches"
    typed = fields_of(client.get(address).text)
    assert typed["individual_name"] == "Me"
    empty = client.post(address, data=typed)
    assert empty.status_code == 422
    assert "Say it in one sentence." in empty.text
    for key in ("delegated", "collective"):
        typed |= {f"{key}_name": f"Name of {key}", f"{key}_plain": "Plain.", f"{key}_longer": "More."}
    assert client.post(address, data=typed).status_code == 303
    db.session.expire_all()
    rows = {row["key"]: row for row in dialogue.approaches}
    assert list(rows) == ["delegated", "collective", "individual"]
    assert rows["individual"] == {"key": "individual", "name": "Me", "plain": "I do.", "longer": "", "colour": "blue"}
    assert rows["delegated"]["longer"] == "More."
