"""Changing one's own comment: for ten minutes, with history, checked again."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.analysis import Snapshot
from app.models.comments import Comment, CommentWording, Prompt, StaffReply
from app.models.events import Event
from app.services.contributions import withdraw
from app.services.leaving import leave_dialogue
from deliberation.comments import StaffVoice
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.way import Room, fresh, make_room, saved
from tests.factories import be_participant, sign_in_as


def _room(*, age: float = 1, state: WordState = WordState.APPROVED, **changes) -> tuple[Room, Comment]:
    room = make_room(StageKind.DISCUSS, **changes)
    prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What matters?"))
    comment = saved(
        Comment(
            dialogue_id=room.dialogue.id, author_id=room.participant.id, stage_id=room.stage.id, prompt_id=prompt.id,
            text="It shuld be fair.", state=state, created_at=utcnow() - timedelta(minutes=age),
        )
    )  # fmt: skip
    return room, comment


def _change(client: FlaskClient, room: Room, comment: Comment, text: str = "It should be fair.", **more):
    return client.post(f"{room.mine}/comment/{comment.public_id}", data={"text": text, **more})


def test_an_author_changes_the_words_and_the_old_ones_are_kept_for_moderators(client: FlaskClient):
    room, comment = _room()
    be_participant(client, room.participant)
    assert "Change your words" in client.get(room.at("?at=1")).text
    assert "It shuld be fair." in client.get(f"{room.mine}/comment/{comment.public_id}").text
    assert _change(client, room, comment).status_code == 303
    assert fresh(comment).text == "It should be fair."
    assert "You changed these words" in client.get(room.mine).text
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    desk = client.get(f"/d/{room.dialogue.public_id}/moderation").text
    assert "It should be fair." in desk
    assert "It shuld be fair." in desk
    assert db.session.scalar(select(Event).where(Event.kind == EventKind.COMMENT_EDITED)) is not None


@pytest.mark.parametrize(("first", "after"), [(True, WordState.WAITING), (False, WordState.APPROVED)])
def test_changed_words_wait_again_where_the_dialogue_checks_first(client: FlaskClient, first, after):
    room, comment = _room(moderates_first=first)
    be_participant(client, room.participant)
    _change(client, room, comment)
    assert fresh(comment).state is after


def test_others_never_see_what_a_comment_said_before(client: FlaskClient):
    room, comment = _room(moderates_first=False)
    be_participant(client, room.participant)
    _change(client, room, comment)
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.get(room.at()).text
    assert "changed by its author" in page
    assert "It shuld be fair." not in page


def test_after_ten_minutes_words_stay_and_nothing_typed_is_lost(client: FlaskClient):
    room, comment = _room(age=11)
    be_participant(client, room.participant)
    answer = _change(client, room, comment)
    assert answer.status_code == 422
    assert "It should be fair." in answer.text
    assert "for 10 minutes only" in answer.text
    assert "Change your words" not in client.get(room.mine).text


def test_once_somebody_replied_words_stay(client: FlaskClient):
    room, comment = _room()
    other = factories.make_participant(room.dialogue)
    saved(Comment(dialogue_id=room.dialogue.id, author_id=other.id, parent_id=comment.id, text="Yes."))
    be_participant(client, room.participant)
    assert "Somebody has replied" in _change(client, room, comment).text


def test_once_the_team_replied_words_stay(client: FlaskClient):
    room, comment = _room()
    by = factories.make_staff(room.dialogue, Role.FACILITATOR)
    facts = {"dialogue_id": room.dialogue.id, "comment_id": comment.id, "written_by_id": by.id}
    saved(StaffReply(text="Thank you.", voice=StaffVoice.FACILITATOR, **facts))
    be_participant(client, room.participant)
    assert "Somebody has replied" in _change(client, room, comment).text


def test_once_an_analysis_was_taken_words_stay(client: FlaskClient):
    room, comment = _room()
    by = factories.make_staff(room.dialogue, Role.ANALYST)
    facts = {"dialogue_id": room.dialogue.id, "number": 1, "seed": 1, "taken_by_id": by.id}
    saved(Snapshot(settings={}, versions={}, result={}, inputs_digest="0", result_digest="0", **facts))
    be_participant(client, room.participant)
    assert "have been used since" in _change(client, room, comment).text


def test_nobody_changes_the_words_of_somebody_else(client: FlaskClient):
    room, comment = _room()
    be_participant(client, factories.make_participant(room.dialogue))
    assert _change(client, room, comment).status_code == 404


def test_personal_data_in_new_words_warns_too(client: FlaskClient):
    room, comment = _room()
    be_participant(client, room.participant)
    assert "a phone number" in _change(client, room, comment, "Ring 07700 900123").text
    assert _change(client, room, comment, "Ring 07700 900123", keep="yes").status_code == 303


def test_taking_words_back_erases_what_they_said_before(client: FlaskClient):
    room, comment = _room()
    be_participant(client, room.participant)
    _change(client, room, comment)
    with transaction():
        withdraw(db.session.get(Comment, comment.id), by=room.participant)
    assert db.session.query(CommentWording).count() == 0


def test_leaving_erases_what_words_said_before(client: FlaskClient):
    room, comment = _room()
    be_participant(client, room.participant)
    _change(client, room, comment)
    assert db.session.query(CommentWording).count() == 1
    with transaction():
        leave_dialogue(room.dialogue, by=db.session.merge(room.participant))
    assert db.session.query(CommentWording).count() == 0
