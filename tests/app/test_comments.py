"""Comments: one prompt at a time, own words marked, others' once checked, one's table at once in a panel."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment, Prompt
from app.models.dialogues import BreakoutTable, TableSeat
from deliberation.moderation import ReasonCode, WordState
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting, StageKind, StageState
from tests import factories
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant


def _room(*questions: str, kind: StageKind = StageKind.DISCUSS, **changes) -> tuple[Room, list[Prompt]]:
    room = make_room(kind, **changes)
    asked = questions or ("What could be good?", "What worries you?", "What else?")
    prompts = [saved(Prompt(stage_id=room.stage.id, place=n, text=text)) for n, text in enumerate(asked, 1)]
    return room, prompts


def _send(client: FlaskClient, room: Room, prompt: Prompt, text: str, **more):
    return client.post(room.at(f"/prompt/{prompt.public_id}/comment"), data={"text": text, **more})


def _set_state(state: WordState, reason: ReasonCode | None = None) -> None:
    with transaction() as session:
        for row in session.scalars(select(Comment)):
            row.state, row.reason = state, reason


def _sit(room: Room, number: int, *people) -> None:
    table = saved(BreakoutTable(session_id=room.stage.session_id, number=number))
    for person in people:
        saved(TableSeat(session_id=room.stage.session_id, table_id=table.id, participant_id=person.id))


def test_prompts_come_one_at_a_time(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert "1 of 3" in html
    assert prompts[0].text in html
    assert prompts[1].text not in html
    assert "2 of 3" in client.get(room.at("?at=2")).text
    assert "3 of 3" in client.get(room.at("?at=99")).text


def test_own_words_are_marked_while_they_wait_and_others_do_not_see_them(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    answer = _send(client, room, prompts[0], "It could find illness early.")
    html = client.get(answer.location).text
    assert "It could find illness early." in html
    assert "waiting to be checked" in html
    be_participant(client, factories.make_participant(room.dialogue))
    assert "It could find illness early." not in client.get(answer.location).text
    _set_state(WordState.APPROVED)
    assert "It could find illness early." in client.get(answer.location).text


def test_ones_own_table_reads_ones_words_at_once_in_a_panel(client: FlaskClient):
    room, prompts = _room(stage={"setting": Setting.TABLES})
    neighbour, stranger = factories.make_participant(room.dialogue), factories.make_participant(room.dialogue)
    _sit(room, 1, room.participant, neighbour)
    _sit(room, 2, stranger)
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    be_participant(client, neighbour)
    html = client.get(room.at()).text
    assert "Someone at your table" in html
    be_participant(client, stranger)
    assert "It could find illness early." not in client.get(room.at()).text


def test_in_an_open_dialogue_the_table_waits_like_everyone(client: FlaskClient):
    room, prompts = _room(mode=DialogueMode.OPEN)
    neighbour = factories.make_participant(room.dialogue)
    _sit(room, 1, room.participant, neighbour)
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    be_participant(client, neighbour)
    assert "It could find illness early." not in client.get(room.at()).text


@pytest.mark.parametrize("reason", list(ReasonCode))
def test_refused_words_are_not_shown_to_others_even_at_the_same_table(client: FlaskClient, reason):
    room, prompts = _room()
    neighbour = factories.make_participant(room.dialogue)
    _sit(room, 1, room.participant, neighbour)
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    _set_state(WordState.REFUSED, reason)
    assert "It could find illness early." in client.get(room.at("?at=1")).text
    be_participant(client, neighbour)
    assert "It could find illness early." not in client.get(room.at("?at=1")).text


def test_nobody_reads_a_pseudonym_beside_words(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    _set_state(WordState.APPROVED)
    be_participant(client, factories.make_participant(room.dialogue))
    html = client.get(room.at()).text
    assert "It could find illness early." in html
    assert room.participant.pseudonym not in html


def test_replies_are_one_level_deep(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    _set_state(WordState.APPROVED)
    first = db.session.scalar(select(Comment))
    be_participant(client, factories.make_participant(room.dialogue))
    box = client.get(room.at(f"/comment/{first.public_id}/reply"))
    assert "It could find illness early." in box.text
    answer = client.post(room.at(f"/comment/{first.public_id}/reply"), data={"text": "Yes, and cheaply."})
    assert answer.status_code == 303
    reply = db.session.scalar(select(Comment).where(Comment.parent_id == first.id))
    assert "Yes, and cheaply." in client.get(answer.location).text
    again = client.post(room.at(f"/comment/{reply.public_id}/reply"), data={"text": "No."})
    assert again.status_code == 422
    assert "not to a reply" in again.text


def test_words_that_one_may_not_see_are_not_replied_to(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    first = db.session.scalar(select(Comment))
    be_participant(client, factories.make_participant(room.dialogue))
    assert client.post(room.at(f"/comment/{first.public_id}/reply"), data={"text": "Hm."}).status_code == 404


def test_the_same_words_sent_twice_are_kept_once(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    for _ in range(2):
        _send(client, room, prompts[0], "It could find illness early.")
    assert db.session.query(Comment).count() == 1


def test_too_much_is_refused_beside_the_box_and_nothing_is_lost(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    answer = _send(client, room, prompts[1], "b" * 2001)
    assert answer.status_code == 422
    assert "b" * 2001 in answer.text
    assert prompts[1].text in answer.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Ring me on 07700 900123", "a phone number"), ("My NHS number is 943 476 5919", "an NHS number"),
     ("I live at SW1A 1AA", "a postcode")],
)  # fmt: skip
def test_personal_data_in_a_comment_warns_and_never_blocks(client: FlaskClient, text, kind):
    room, prompts = _room()
    be_participant(client, room.participant)
    assert kind in _send(client, room, prompts[0], text).text
    assert db.session.query(Comment).count() == 0
    assert _send(client, room, prompts[0], text, keep="yes").status_code == 303
    assert db.session.query(Comment).count() == 1


def test_a_comment_holds_session_stage_and_table_as_they_were(client: FlaskClient):
    room, prompts = _room()
    _sit(room, 4, room.participant)
    be_participant(client, room.participant)
    _send(client, room, prompts[0], "It could find illness early.")
    row = db.session.scalar(select(Comment))
    assert (row.stage_id, row.session_id) == (room.stage.id, room.stage.session_id)
    assert db.session.get(BreakoutTable, row.table_id).number == 4


@pytest.mark.parametrize("kind", [StageKind.DRAFT, StageKind.PRIORITISE, StageKind.RATIFY])
def test_other_talking_stages_take_words_too(client: FlaskClient, kind):
    room, prompts = _room(kind=kind)
    be_participant(client, room.participant)
    assert _send(client, room, prompts[0], "Ask young people.").status_code == 303


def test_words_are_refused_once_the_stage_has_closed(client: FlaskClient):
    room, prompts = _room(stage={"state": StageState.CLOSED})
    be_participant(client, room.participant)
    assert _send(client, room, prompts[0], "Too late.").status_code == 409


def test_many_words_come_in_pages(client: FlaskClient):
    room, prompts = _room()
    other = factories.make_participant(room.dialogue)
    for number in range(15):
        saved(
            Comment(
                dialogue_id=room.dialogue.id,
                author_id=other.id,
                prompt_id=prompts[0].id,
                stage_id=room.stage.id,
                text=f"Thought {number}.",
                state=WordState.APPROVED,
            )
        )
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert "Thought 14." in html
    assert "Thought 0." not in html
    assert "Thought 0." in client.get(room.at("?at=1&more=2")).text


def test_hostile_words_are_shown_as_text(client: FlaskClient):
    room, prompts = _room()
    be_participant(client, room.participant)
    answer = _send(client, room, prompts[0], "<img src=x onerror=alert(1)>")
    assert "<img" not in client.get(answer.location).text


def test_words_written_alone_wait_for_the_check_at_ones_own_table_too(client: FlaskClient):
    room, prompts = _room(stage={"setting": Setting.ALONE})
    neighbour = factories.make_participant(room.dialogue)
    _sit(room, 1, room.participant, neighbour)
    be_participant(client, room.participant)
    assert "only those who check it see it now" in client.get(room.at()).text
    _send(client, room, prompts[0], "It could find illness early.")
    first = db.session.scalar(select(Comment))
    be_participant(client, neighbour)
    assert "It could find illness early." not in client.get(room.at("?at=1")).text
    assert client.get(room.at(f"/comment/{first.public_id}/reply")).status_code == 404
