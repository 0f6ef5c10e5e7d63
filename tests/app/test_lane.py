"""The lane in front of Flask: the same pages, headers and refusals as the ordinary views, for whoever votes."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction, utcnow
from app.models.voting import Vote
from app.queries.people import digest_of
from app.views import quickly
from deliberation.stages import StageState
from deliberation.voting import Origin
from tests.app.in_the_lane import both_ways, squeezed
from tests.app.way import Room, at_hand, make_room
from tests.factories import be_participant

FRAGMENT = {"Folkmoot-Fragment": "1"}
NASTY = """Ask <b>first</b> & "always", it's fair – i ŵyr"""


def begin(client: FlaskClient, **room) -> Room:
    made = make_room(**{"statements": 7, **room})
    be_participant(client, made.participant)
    client.get(made.at())
    client.post(made.at("/start"))
    return made


def cast(client: FlaskClient, room: Room, position: int, **more):
    shown = at_hand(client.get(room.at()).text)
    return client.post(room.at("/vote"), data={**shown, "position": position}, **more)


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("change", ["nothing", "early", "closing", "minimum", "larger", "own", "theirs", "nasty"])
def test_every_kind_of_page_is_the_same_from_the_lane_and_from_the_ordinary_view(client, lane, lang, change):
    room = begin(client, stage={"results_early": change == "early", "minimum_votes": 6 if change == "minimum" else 0})
    client.post("/language", data={"lang": lang, "back": room.at()})
    if change == "closing":
        with transaction():
            room.stage.state, room.stage.closed_at = StageState.CLOSED, utcnow() - timedelta(seconds=30)
    if change == "larger":
        client.post("/text-size", data={"back": room.at()})
    with transaction():
        for row in room.statements:
            row.origin = Origin.PARTICIPANT if change in ("own", "theirs") else Origin.SEED
            row.author_id = room.participant.id if change == "own" else None
            row.text = f"{NASTY} {row.number}" if change == "nasty" else row.text
    for number in range(9):  # seven statements, and five more asked for once
        quick, slow = both_ways(client, lane, room.at())
        assert quick == slow
        if at_hand(client.get(room.at()).text):
            cast(client, room, 1 - number % 3)
        elif "/vote/more" in quick:
            client.post(room.at("/vote/more"))
    assert "7" in quick
    assert not at_hand(client.get(room.at()).text)


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("statements", [6, 7, 8, 9, 11, 12, 25, 26, 60])
def test_however_many_come_after_they_are_counted_in_the_right_words(client, lane, lang, statements):
    room = begin(client, statements=statements)
    client.post("/language", data={"lang": lang, "back": room.at()})
    quick, slow = both_ways(client, lane, room.at())
    assert quick == slow
    assert str(statements - 5) in quick


def test_what_the_script_gets_is_what_the_page_holds(client, lane):
    room = begin(client)
    for number in range(7):
        if not at_hand(client.get(room.at()).text):
            fragment = client.post(room.at("/vote/more"), headers=FRAGMENT).text
            where = ""
        else:
            shown = at_hand(client.get(room.at()).text)
            position = number % 3 - 1
            reply = client.post(room.at("/vote"), data={**shown, "position": position}, headers=FRAGMENT)
            fragment, where = reply.text, f"?{'passed' if position == 0 else 'voted'}={shown['statement_id']}"
        assert lane.took[-1]
        lane.off = True
        page = client.get(room.at() + where).text
        lane.off = False
        assert squeezed(fragment) in squeezed(page)


def test_a_vote_without_script_leads_on_to_the_next_page_and_the_lane_takes_both(client, lane):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    reply = client.post(room.at("/vote"), data={**shown, "position": 1})
    assert (reply.status_code, reply.headers["Location"]) == (303, room.at(f"?voted={shown['statement_id']}"))
    assert "Your vote is kept" in client.get(reply.headers["Location"]).text
    assert lane.took[-3:] == [True, True, True]


def test_a_page_is_sent_compressed_to_whoever_can_take_it(client, lane):
    room = begin(client)
    packed = client.get(room.at(), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(client.get(room.at()).data) / 2


def test_a_text_that_looks_like_a_page_of_ours_is_shown_as_words(client, lane):
    room = begin(client, statements=1)
    with transaction():
        room.statements[0].text = NASTY
    assert "Ask &lt;b&gt;first&lt;/b&gt; &amp; &#34;always&#34;" in client.get(room.at()).text
    assert lane.took[-1]


# What goes on to the ordinary views


@pytest.mark.parametrize(
    "sent", [{"position": "7"}, {"statement_id": "no"}, {"client_key": ""}, {"back": "list"}, {"after": "x"}]
)
def test_whatever_is_not_a_whole_vote_is_left_to_the_ordinary_view(client, lane, sent):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    client.post(room.at("/vote"), data={**shown, "position": 1, **sent})
    assert not lane.took[-1]


def test_the_form_is_still_there_for_the_ordinary_view(client, lane):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    first = client.post(room.at("/vote"), data={**shown, "position": 1})
    other = client.post(room.at("/vote"), data={**shown, "position": -1})
    assert lane.took[-2:] == [True, False]  # a key that came with another vote: that is said by the ordinary view
    assert (first.status_code, other.status_code) == (303, 409)
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


def test_a_vote_that_is_sent_once_more_gets_the_same_answer_from_the_lane(client, lane):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    first, again = (client.post(room.at("/vote"), data={**shown, "position": 1}) for _ in range(2))
    assert lane.took[-2:] == [True, True]
    assert first.headers["Location"] == again.headers["Location"]
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


def test_a_vote_without_its_token_is_refused(app: Flask, lane):
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    room = begin(client)
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get(room.at()).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    for wrong in ({}, {"csrf_token": "x"}, {"csrf_token": token[:-2] + "zz"}):
        reply = client.post(room.at("/vote"), data={**at_hand(page), "position": 1, **wrong}, headers=FRAGMENT)
        assert (reply.status_code, lane.took[-1]) == (400, False)
    good = client.post(room.at("/vote"), data={**at_hand(page), "position": 1, "csrf_token": token}, headers=FRAGMENT)
    assert (good.status_code, lane.took[-1]) == (200, True)
    handed_on = re.search(r'name="csrf_token" value="([^"]+)"', good.text).group(1)
    last = client.post(
        room.at("/vote"), data={**at_hand(good.text), "position": 1, "csrf_token": handed_on}, headers=FRAGMENT
    )
    assert (last.status_code, lane.took[-1]) == (200, True)


def test_the_token_of_another_browser_is_refused(app: Flask, lane):
    room, pages = None, []
    app.config["WTF_CSRF_ENABLED"] = False
    mine, other = app.test_client(), app.test_client()
    room = begin(mine)
    be_participant(other, room.participant)
    app.config["WTF_CSRF_ENABLED"] = True
    for client in (mine, other):
        client.get(room.at())
        pages.append(client.get(room.at()).text)
    token = re.search(r'name="csrf_token" value="([^"]+)"', pages[1]).group(1)
    sent = {**at_hand(pages[0]), "position": 1, "csrf_token": token}
    assert (mine.post(room.at("/vote"), data=sent).status_code, lane.took[-1]) == (400, False)


def test_a_stranger_or_somebody_of_another_dialogue_gets_nothing(app: Flask, client, lane):
    room, other = begin(client), make_room(statements=1)
    shown = at_hand(client.get(room.at()).text)
    stranger, elsewhere = app.test_client(), app.test_client()
    be_participant(elsewhere, other.participant)
    for who in (stranger, elsewhere):
        reply = who.post(room.at("/vote"), data={**shown, "position": 1}, headers=FRAGMENT)
        assert reply.status_code in (403, 404)
        assert who.get(room.at()).status_code in (303, 404)
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 0


def test_a_cookie_that_was_changed_is_no_cookie(client, lane):
    room = begin(client)
    kept = client.get_cookie("folkmoot").value
    client.set_cookie("folkmoot", ("a" if kept[0] != "a" else "b") + kept[1:])
    assert client.get(room.at()).status_code == 303
    assert not lane.took[-1]


def test_a_stage_that_takes_no_votes_is_left_to_the_ordinary_view(client, lane):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    with transaction():
        room.stage.state = StageState.PAUSED
    reply = client.post(room.at("/vote"), data={**shown, "position": 1})
    assert (reply.status_code, lane.took[-1]) == (409, False)
    assert client.get(room.at()).status_code == 200
    assert not lane.took[-1]


def test_a_host_that_is_not_ours_is_left_to_flask(app: Flask, client, lane):
    room = begin(client)
    app.config["TRUSTED_HOSTS"] = ["dialogue.example"]
    assert client.get(room.at()).status_code == 400
    assert not lane.took[-1]
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    assert client.get(room.at()).status_code == 200
    assert lane.took[-1]


def test_a_fault_in_the_lane_goes_on_to_the_ordinary_view_and_nothing_is_lost(app: Flask, client, lane, monkeypatch):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    app.config["PROPAGATE_FAULTS"] = False
    monkeypatch.setattr("app.views.lane_votes._words", lambda *_: 1 / 0)
    reply = client.post(room.at("/vote"), data={**shown, "position": 1}, headers=FRAGMENT)
    assert reply.status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


def test_a_form_that_is_too_long_or_of_another_kind_is_left_to_flask(client, lane):
    room = begin(client)
    shown = at_hand(client.get(room.at()).text)
    client.post(room.at("/vote"), data={**shown, "position": 1, "more": "x" * 30_000})
    assert not lane.took[-1]
    reply = client.post(
        room.at("/vote"), data={**at_hand(client.get(room.at()).text), "position": "1"},
        content_type="multipart/form-data", headers=FRAGMENT,
    )  # fmt: skip
    assert (reply.status_code, lane.took[-1]) == (200, False)


def test_a_service_below_a_folder_is_left_to_flask(client, lane):
    room = begin(client)
    page = client.get(room.at(), base_url="http://localhost/talk/").text
    assert not lane.took[-1]
    assert f'action="/talk{room.at("/vote")}"' in page


def test_looking_keeps_nothing(client, lane):
    room = begin(client)
    before = quickly.look(db.engine, _place(client, room)).ballot
    client.get(room.at())
    assert quickly.look(db.engine, _place(client, room)).ballot == before


def _place(client: FlaskClient, room: Room) -> quickly.Place:
    with client.session_transaction() as kept:
        digest = digest_of(kept["device"])
    return quickly.Place(digest, uuid.UUID(str(room.dialogue.public_id)), uuid.UUID(str(room.stage.public_id)))
