"""Coming in by the lane: the same pages, rows, events and refusals as the ordinary views."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import guesses
from app.db import db, transaction, utcnow
from app.models.consent import Consent
from app.models.dialogues import StageProgress
from app.models.events import Event, EventPayload
from app.models.people import Participant, ParticipantDevice
from app.models.voting import Exposure
from app.services.consent import add_text
from app.views import lane_arrivals
from deliberation.consent import Purpose
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from tests.app.in_the_lane import both_ways, squeezed
from tests.app.way import Room, make_room
from tests.factories import be_participant, make_participant, make_session, make_stage


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch):
    """Guesses of other tests, from the same address, are forgotten."""
    monkeypatch.setattr(guesses, "_guessed", {})


def open_room(**changes) -> Room:
    return make_room(**{"statements": 3, "mode": DialogueMode.OPEN, "join_code": "COME-IN", **changes})


def digest_on(page: str) -> str:
    found = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    return found.group(1) if found else ""


def answer(client: FlaskClient, room: Room, **data):
    address = f"/d/{room.dialogue.public_id}/before"
    return client.post(address, data={"digest": digest_on(client.get(address).text), **data})


def come_in(client: FlaskClient, room: Room, given=("quotes", "recording")) -> list[tuple[int, str]]:
    """All forms from the code to the first statement; (status, where it leads) of each."""
    client.get("/join")
    replies = [client.post("/join", data={"code": "come in"})]
    for said in ({}, {"choice": "yes"}, {"given": list(given)}):
        replies.append(answer(client, room, **said))
    client.get(room.next)
    replies.append(client.post(room.at("/start")))
    return [(reply.status_code, reply.headers.get("Location", "")) for reply in replies]


BY_CHANCE = frozenset({
    "id", "event_id", "public_id", "pseudonym", "token_digest", "participant_id", "actor", "salt", "commitment",
    "object_ref", "statement_id", "probability",
})  # fmt: skip


def written() -> dict[str, list[dict]]:
    """Table -> every row that coming in writes, but for what is drawn by chance and for times."""
    db.session.rollback()
    found: dict[str, list[dict]] = {}
    for table in (Participant, ParticipantDevice, Consent, StageProgress, Exposure, Event, EventPayload):
        columns = [column.key for column in table.__table__.columns]
        for row in db.session.scalars(select(table).order_by(*table.__table__.primary_key.columns)):
            same = {name: getattr(row, name) for name in columns if name not in BY_CHANCE and not name.endswith("_at")}
            filled = sorted(name for name in columns if getattr(row, name) not in (None, ""))
            found.setdefault(table.__tablename__, []).append({**same, "filled": filled})
    return found


def test_coming_in_writes_the_same_rows_and_events_on_both_ways(app: Flask, lane):
    room, ways, seen = open_room(), [], [written()]
    for off in (False, True):
        lane.off = off
        ways.append(come_in(app.test_client(), room))
        seen.append(written())
    assert ways[0] == ways[1]
    empty, one, both = seen
    assert len(one) == 7
    for table, rows in both.items():
        quick = one[table][len(empty.get(table, [])) :]
        assert quick == rows[len(one[table]) :], table
        assert quick


def test_the_lane_takes_every_step_from_the_code_to_the_first_statement(client, lane):
    room = open_room()
    client.get("/join")
    lane.took.clear()
    come_in(client, room)
    client.get(room.at())
    assert lane.took[1:] == [True] * (len(lane.took) - 1)
    assert len(lane.took) == 11


def test_the_cookie_of_whoever_comes_in_is_set_as_flask_sets_it(app: Flask, lane):
    room, kept = open_room(), []
    for off in (False, True):
        lane.off = off
        client = app.test_client()
        client.get("/join")
        client.post("/language", data={"lang": "cy", "back": "/join"})
        reply = client.post("/join", data={"code": "come in"})
        _, *attributes = reply.headers["Set-Cookie"].split("; ")
        with client.session_transaction() as cookie:
            kept.append((sorted(cookie.items(), key=str), [one for one in attributes if "Expires" not in one]))
        assert any("Expires" in one for one in attributes)
    quick, slow = kept
    assert quick[1] == slow[1]
    names = [{name for name, _ in one[0]} for one in kept]
    assert names[0] - {"csrf_token"} == names[1] - {"csrf_token"} == {"device", "lang", "_permanent"}
    assert room.dialogue.public_id


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("larger", [False, True])
def test_each_screen_is_the_same_from_the_lane_and_from_the_ordinary_view(client, lane, lang, larger):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    client.post("/language", data={"lang": lang, "back": "/"})
    if larger:
        client.post("/text-size", data={"back": "/"})
    for said in ({}, {"choice": "yes"}, {"given": ["quotes"]}):
        quick, slow = both_ways(client, lane, f"/d/{room.dialogue.public_id}/before")
        assert quick == slow
        assert answer(client, room, **said).status_code == 303
    quick, slow = both_ways(client, lane, room.next)
    assert quick == slow


def test_what_is_next_is_the_same_from_both_after_one_stage_and_with_another_missed(client, lane):
    room = open_room()
    later = make_session(room.dialogue, number=2)
    make_stage(later, StageKind.DISCUSS, state=StageState.CLOSED, intro="Missed <this>")
    make_stage(later, StageKind.VOTE, place=2, intro="Another & last")
    be_participant(client, room.participant)
    for step in ("fresh", "begun", "done"):
        if step == "begun":
            client.post(room.at("/start"))
        if step == "done":
            client.post(room.at("/finish"))
        quick, slow = both_ways(client, lane, room.next)
        assert quick == slow, step
    assert "Another &amp; last" in quick


def test_an_edited_page_is_drawn_anew(client, lane):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    address = f"/d/{room.dialogue.public_id}/before"
    client.get(address)
    with transaction():
        add_text(room.dialogue, Purpose.PRIVACY_NOTICE, "Other words of the notice.")
        room.dialogue.short_title = "Another title"
    page = client.get(address).text
    assert lane.took[-1]
    assert "Other words of the notice." in page
    assert "Another title" in page


def test_a_page_that_is_edited_while_it_is_drawn_is_not_kept(client, lane, monkeypatch):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    honest = lane_arrivals.screen_page

    def edits(dialogue, screen):
        with transaction():
            add_text(room.dialogue, Purpose.PRIVACY_NOTICE, "Changed in between.")
        return honest(dialogue, screen)

    monkeypatch.setattr(lane_arrivals, "screen_page", edits)
    assert "Changed in between." in client.get(f"/d/{room.dialogue.public_id}/before").text
    assert not lane.took[-1]


# What goes on to the ordinary views


@pytest.mark.parametrize("code", ["", "nonsense", "x" * 60])
def test_a_code_that_nobody_has_is_told_by_the_ordinary_view(client, lane, code):
    open_room()
    client.get("/join")
    assert client.post("/join", data={"code": code}).status_code == 422
    assert not lane.took[-1]


def test_after_a_wrong_code_the_address_goes_the_way_that_counts_guesses(app: Flask, lane):
    app.config["RATELIMIT_ENABLED"] = True
    room, client = open_room(), app.test_client()
    client.get("/join")
    guesses.note_guess("127.0.0.1")
    assert client.post("/join", data={"code": "come in"}).headers["Location"].endswith("/before")
    assert not lane.took[-1]
    elsewhere = app.test_client()
    elsewhere.get("/join")
    elsewhere.post("/join", data={"code": "come in"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert lane.took[-1]
    assert room.dialogue.join_code


def test_a_panel_has_its_lobby(client, lane):
    open_room(mode=DialogueMode.PANEL)
    client.get("/join")
    assert client.post("/join", data={"code": "come in"}).headers["Location"] == "/lobby/notice"
    assert not lane.took[-1]


def test_the_code_typed_again_makes_no_second_person(client, lane):
    room = open_room()
    come_in(client, room)
    assert client.post("/join", data={"code": "come in"}).headers["Location"] == "/me"
    assert not lane.took[-1]


def test_a_no_to_taking_part_is_heard_by_the_ordinary_view(client, lane):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    answer(client, room)
    reply = answer(client, room, choice="no")
    assert not lane.took[-1]
    assert "Nothing you did here was kept" in reply.text


@pytest.mark.parametrize("said", [{}, {"choice": "perhaps"}, {"choice": "yes", "digest": "0" * 64}])
def test_an_answer_that_is_not_whole_or_to_other_words_is_told_by_the_ordinary_view(client, lane, said):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    answer(client, room)
    assert answer(client, room, **said).status_code == 422
    assert not lane.took[-1]


def test_a_permission_that_is_none_is_told_by_the_ordinary_view(client, lane):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    answer(client, room)
    answer(client, room, choice="yes")
    assert answer(client, room, given=["quotes", "privacy_notice"]).status_code == 422
    assert not lane.took[-1]


def test_a_stage_begins_for_nobody_who_has_not_consented(client, lane):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    reply = client.post(room.at("/start"))
    assert reply.headers["Location"].endswith("/before")
    assert not lane.took[-1]
    assert db.session.scalar(select(StageProgress.id)) is None


@pytest.mark.parametrize("state", [StageState.PLANNED, StageState.PAUSED, StageState.CLOSED])
def test_a_stage_that_is_not_open_is_left_to_the_ordinary_view(client, lane, state):
    room = open_room(stage={"state": state})
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).status_code == 409
    assert not lane.took[-1]


def test_a_stage_of_another_kind_is_left_to_the_ordinary_view(client, lane):
    room = make_room(StageKind.DISCUSS)
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).status_code == 303
    assert not lane.took[-1]


def test_beginning_again_changes_nothing(client, lane):
    room = open_room()
    be_participant(client, room.participant)
    for _ in range(2):
        assert client.post(room.at("/start")).headers["Location"] == room.at()
        assert lane.took[-1]
    assert len(list(db.session.scalars(select(StageProgress.id)))) == 1
    assert len(list(db.session.scalars(select(Exposure.id)))) == 1


def test_somebody_of_another_dialogue_or_who_left_sees_nothing(client, lane):
    room, other = open_room(), make_room()
    be_participant(client, make_participant(other.dialogue, consented=False))
    assert client.get(f"/d/{room.dialogue.public_id}/before").status_code == 404
    assert client.get(room.next).status_code == 404
    assert client.post(room.at("/start")).status_code == 404
    be_participant(client, room.participant)
    with transaction() as session:
        session.get_one(Participant, room.participant.id).left_at = utcnow()
    assert client.get(room.next).status_code == 303
    assert not lane.took[-1]


def test_a_form_of_the_way_in_needs_its_token(app: Flask, lane):
    app.config["WTF_CSRF_ENABLED"] = True
    room, client = open_room(), app.test_client()
    page = client.get("/join").text
    assert client.post("/join", data={"code": "come in"}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    assert client.post("/join", data={"code": "come in", "csrf_token": token}).status_code == 303
    assert lane.took[-1]
    page = client.get(f"/d/{room.dialogue.public_id}/before").text
    assert lane.took[-1]
    assert client.post(f"/d/{room.dialogue.public_id}/before", data={"digest": digest_on(page)}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    sent = {"digest": digest_on(page), "csrf_token": token}
    assert client.post(f"/d/{room.dialogue.public_id}/before", data=sent).status_code == 303
    assert lane.took[-1]


def test_a_fragment_of_the_screen_is_never_asked_for(client, lane):
    room = open_room()
    client.post("/join", data={"code": "come in"})
    page = client.get(f"/d/{room.dialogue.public_id}/before", headers={"Folkmoot-Fragment": "1"}).text
    assert squeezed(page).startswith("<!DOCTYPE html>")
