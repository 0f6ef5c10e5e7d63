"""Points from people: words of a comment on a card, apart from the organisers' points, gone when taken back."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.stewardship import CardPoint
from app.services.consent import record_consent
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.models_way import comment_in
from tests.app.test_reading import make_model
from tests.app.way import Room, make_room
from tests.factories import be_participant, sign_in_as

SAID = "It is open. My sister would trust it."


def _room(kind: StageKind = StageKind.LEARN) -> tuple[Room, object, Comment]:
    room = make_room(kind)
    model = make_model(room)
    return room, model, comment_in(room, SAID, model_id=model.id)


def _take(client: FlaskClient, room: Room, model, comment: Comment, side: str = "for", words: str = "It is open."):
    sent = {"comment": str(comment.public_id), "side": side, "words": words}
    return client.post(f"/d/{room.dialogue.public_id}/models/{model.public_id}/points", data=sent)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ANALYST])
def test_staff_take_a_part_of_a_comment_into_a_card(client: FlaskClient, role):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, role))
    assert _take(client, room, model, comment).status_code == 303
    html = client.get(f"/d/{room.dialogue.public_id}/models/{model.public_id}/points").text
    assert "“It is open.”" in html
    assert "The whole comment" in html
    be_participant(client, room.participant)
    page = client.get(room.at(f"/model/{model.public_id}")).text
    people = page.split("From people in this dialogue")[1].split("How it would work")[0]
    assert "“It is open.”" in people
    assert "My sister" not in people
    assert "Nobody has said anything here yet." in people


@pytest.mark.parametrize("kind", [StageKind.LEARN, StageKind.COMPARE])
def test_points_of_both_sides_stand_side_by_side_wherever_the_card_is_shown(client: FlaskClient, kind):
    room, model, comment = _room(kind)
    against = comment_in(room, "It is far too slow.", model_id=model.id)
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    _take(client, room, model, against, "against", "far too slow")
    be_participant(client, room.participant)
    tail = "/compare/" if kind is StageKind.COMPARE else "/model/"
    html = client.get(room.at(f"{tail}{model.public_id}")).text
    people = html.split("From people in this dialogue")[1]
    assert people.index("“It is open.”") < people.index("“far too slow”")
    assert "It is calm." in html.split("From people in this dialogue")[0]


def test_nothing_is_copied_and_a_comment_taken_back_takes_the_point_with_it(client: FlaskClient):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    be_participant(client, room.participant)
    client.post(f"{room.mine}/withdraw", data={"kind": "comment", "words_id": str(comment.public_id)})
    assert "From people in this dialogue" not in client.get(room.at(f"/model/{model.public_id}")).text
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    html = client.get(f"/d/{room.dialogue.public_id}/models/{model.public_id}/points").text
    assert "No longer shown" in html
    assert "It is open." not in html
    columns = {column.name for column in CardPoint.__table__.columns}
    assert not columns & {"text", "words"}


def test_leaving_takes_the_point_away_too(client: FlaskClient):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    be_participant(client, room.participant)
    client.post(f"/d/{room.dialogue.public_id}/leave", data={"what": "dialogue"})
    be_participant(client, factories.make_participant(room.dialogue))
    assert "It is open." not in client.get(room.at(f"/model/{model.public_id}")).text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("It is shut.", "These words do not stand in the comment."),
        ("", "Write something first."),
        ("It is open.", "These words stand on this card already."),
    ],
)
def test_only_what_was_said_is_taken_and_once(client: FlaskClient, words, sentence):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    answer = _take(client, room, model, comment, words=words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(CardPoint).count() == 1


@pytest.mark.parametrize("state", [WordState.WAITING, WordState.REFUSED, WordState.WITHDRAWN])
def test_words_that_not_everyone_can_see_are_not_taken(client: FlaskClient, state):
    room, model, _ = _room()
    hidden = comment_in(room, "It is open.", model_id=model.id, state=state)
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    assert _take(client, room, model, hidden).status_code == 422
    assert db.session.query(CardPoint).count() == 0


def test_a_point_taken_off_the_card_leaves_the_comment_as_it_is(client: FlaskClient):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    point = db.session.scalar(select(CardPoint))
    base = f"/d/{room.dialogue.public_id}/models/{model.public_id}/points"
    assert client.post(f"{base}/{point.public_id}/remove").status_code == 303
    be_participant(client, room.participant)
    assert "From people in this dialogue" not in client.get(room.at(f"/model/{model.public_id}")).text
    assert db.session.get(Comment, comment.id).state is WordState.APPROVED


def test_a_preview_shows_only_words_that_may_be_quoted(client: FlaskClient):
    room, model, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _take(client, room, model, comment)
    address = f"/d/{room.dialogue.public_id}/preview/s/{room.stage.public_id}/model/{model.public_id}"
    sign_in_as(client, factories.make_staff(room.dialogue, Role.OVERSEER))
    assert "It is open." not in client.get(address).text
    with transaction():
        record_consent(room.dialogue, Purpose.QUOTES, True, by=room.participant)
    assert "It is open." in client.get(address).text
