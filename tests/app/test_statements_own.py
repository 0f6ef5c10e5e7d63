"""A participant's own statement: tips, a warning that never blocks, a hint once, and then it waits."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.models.voting import Condition, CurrentVote, StageStatement, Statement, Vote
from deliberation.moderation import WordState
from deliberation.stages import StageState
from deliberation.voting import Origin
from tests import factories
from tests.app.way import Room, at_hand, make_room, vote
from tests.factories import be_participant


def _own() -> list[Statement]:
    return list(db.session.scalars(select(Statement).where(Statement.origin == Origin.PARTICIPANT)))


def _say(client: FlaskClient, room: Room, text: str, **more):
    return client.post(room.at("/say"), data={"text": text, **more})


def test_the_box_has_three_tips_a_limit_and_says_who_sees_it(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    html = client.get(room.at("/say")).text
    for words in ("One idea.", "No names.", "agree or not", "up to 200 characters", "Your name is never with it"):
        assert words in html


def test_own_words_wait_to_be_checked_and_are_not_voted_on_yet(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    assert _say(client, room, "Children need a say as well.").status_code == 303
    (own,) = _own()
    assert (own.state, own.author_id, own.number) == (WordState.WAITING, room.participant.id, 2)
    assert db.session.query(StageStatement).filter_by(statement_id=own.id).count() == 0


def test_where_nothing_is_checked_first_everyone_can_vote_at_once(client: FlaskClient):
    room = make_room(statements=1, moderates_first=False)
    be_participant(client, room.participant)
    _say(client, room, "Children need a say as well.")
    (own,) = _own()
    assert own.state is WordState.APPROVED
    assert db.session.query(StageStatement).filter_by(statement_id=own.id).count() == 1


def test_the_same_words_sent_twice_are_kept_once(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    for _ in range(2):
        _say(client, room, "Children need a say as well.")
    assert len(_own()) == 1


@pytest.mark.parametrize(("text", "said"), [("   ", "Write something first"), ("a" * 201, "1 characters too long")])
def test_nothing_and_too_much_are_refused_beside_the_box_and_nothing_is_lost(client: FlaskClient, text, said):
    room = make_room()
    be_participant(client, room.participant)
    answer = _say(client, room, text)
    assert answer.status_code == 422
    assert said in answer.text
    assert text.strip() in answer.text
    assert _own() == []


def test_similar_statements_are_shown_once_and_mine_is_different_sends_it(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    from_others = "Hospitals must ask patients before selling scans."
    _place(room, from_others)
    answer = _say(client, room, "Patients should be asked before hospitals sell scans")
    assert answer.status_code == 200
    assert "These are close to yours" in answer.text
    assert from_others in answer.text
    assert "Mine is different, send it" in answer.text
    assert _own() == []
    assert _say(client, room, "Patients should be asked before hospitals sell scans", seen="yes").status_code == 303
    assert len(_own()) == 1


def test_personal_data_warns_and_never_blocks(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    text = "Write to me at ann@example.org about it."
    warned = _say(client, room, text)
    assert "an e-mail address" in warned.text
    assert "Take it out" in warned.text
    assert _own() == []
    assert "<mark>ann@example.org</mark>" in warned.text
    assert "Write to me at [...] about it." in warned.text
    assert _say(client, room, text, keep="yes").status_code == 303
    assert _own()[0].text == text


def test_what_was_found_is_taken_out_as_the_page_has_shown(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    assert _say(client, room, "Write to me at ann@example.org about it.", keep="take_out").status_code == 303
    assert _own()[0].text == "Write to me at [...] about it."


def test_words_can_be_changed_after_the_warning(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    answer = _say(client, room, "Write to me at ann@example.org about it.", keep="change")
    assert "Write to me at ann@example.org about it.</textarea>" in answer.text
    assert _own() == []


def test_own_words_are_refused_in_a_closed_stage(client: FlaskClient):
    room = make_room(stage={"state": StageState.CLOSED})
    be_participant(client, room.participant)
    assert client.get(room.at("/say")).status_code == 409
    assert _say(client, room, "Too late.").status_code == 409


def _place(room: Room, text: str) -> None:
    factories.place_statement(room.stage, factories.make_statement(room.dialogue, text))


CLOSE = "Hospitals must ask patients before selling scans."
MINE = "Patients should be asked before hospitals sell scans"


def test_a_vote_on_a_close_statement_counts_once_and_ones_own_words_wait(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    _place(room, CLOSE)
    shown = at_hand(_say(client, room, MINE).text)
    for _ in range(2):
        answer = client.post(room.at("/say/vote"), data={**shown, "position": "1", "text": MINE})
        assert answer.status_code == 200
        assert "You said: Agree" in answer.text
        assert f'name="text" value="{MINE}"' in answer.text
    assert db.session.query(Vote).count() == db.session.query(CurrentVote).count() == 1
    assert _own() == []
    assert _say(client, room, MINE, seen="yes").status_code == 303
    assert len(_own()) == 1


def test_a_vote_without_a_choice_loses_nothing(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    _place(room, CLOSE)
    shown = at_hand(_say(client, room, MINE).text)
    answer = client.post(room.at("/say/vote"), data={**shown, "position": "7", "text": MINE})
    assert answer.status_code == 422
    assert "Choose agree, disagree or pass." in answer.text
    assert f'name="text" value="{MINE}"' in answer.text


def test_what_says_the_opposite_is_marked_and_what_is_voted_on_elsewhere_has_no_buttons(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    factories.make_statement(room.dialogue, "Selling scans to companies should not be allowed.")
    answer = _say(client, room, "Selling scans to companies should be allowed.")
    assert "This one may say the opposite." in answer.text
    assert "It is voted on in another part." in answer.text
    assert 'name="position"' not in answer.text


def test_words_changed_on_the_hint_are_not_hinted_at_again(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    _place(room, CLOSE)
    box = _say(client, room, MINE, seen="yes", change="yes")
    assert f"{MINE}</textarea>" in box.text
    assert '<input type="hidden" name="seen" value="yes">' in box.text
    assert _own() == []


def test_each_card_says_where_its_statement_comes_from(client: FlaskClient):
    room = make_room(statements=1)
    other = factories.make_participant(room.dialogue)
    mine = {"origin": Origin.PARTICIPANT, "author_id": room.participant.id}
    theirs = {"origin": Origin.PARTICIPANT, "author_id": other.id}
    for words, facts in (("Mine stands here.", mine), ("Theirs stands here.", theirs)):
        made = factories.make_statement(room.dialogue, words, **facts)
        factories.place_statement(room.stage, made)
        derived = factories.make_statement(
            room.dialogue, f"{words} In new words.", origin=Origin.DERIVED, derived_from_id=made.id
        )
        factories.place_statement(room.stage, derived)
    be_participant(client, room.participant)
    html = client.get(room.at("/statements")).text
    for words in ("From the organisers", "Yours", "From another participant", "Reworded from yours"):
        assert f'<p class="fm-origin">{words}</p>' in html
    assert "Reworded from another participant’s words" in html


def test_personal_data_in_what_a_pass_depends_on_warns_too(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    client.post(room.at("/vote/more"))
    vote(client, room, 0)
    sent = {"statement_id": room.statements[0].public_id, "reason": "it_depends", "depends_on": "on what Dr Smith says"}
    warned = client.post(room.at("/vote/why"), data=sent)
    assert "<mark>Smith</mark>" in warned.text
    assert 'name="reason" value="it_depends"' in warned.text
    fragment = client.post(room.at("/vote/why"), data=sent, headers={"Folkmoot-Fragment": "1"}).text
    assert "<mark>Smith</mark>" in fragment
    assert "<html" not in fragment
    assert db.session.query(Condition).count() == 0
    assert client.post(room.at("/vote/why"), data={**sent, "keep": "take_out"}).status_code == 303
    assert db.session.scalars(select(Condition.text)).all() == ["on what Dr [...] says"]
