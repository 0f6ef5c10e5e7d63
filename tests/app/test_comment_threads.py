"""One comment with its replies, marks on replies, replies by the team, and places that stay."""

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment, Prompt, StaffReply
from app.models.events import Event
from app.queries.frames import inputs_now
from app.services.contributions import withdraw
from app.services.leaving import leave_dialogue
from deliberation.comments import ReplySide
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.way import Room, fresh, make_room, saved
from tests.factories import be_participant, sign_in_as


def _room() -> tuple[Room, Comment]:
    """A comment that everyone can see, on a prompt of an open stage."""
    room = make_room(StageKind.DISCUSS)
    prompt = saved(Prompt(stage_id=room.stage.id, place=1, text="What matters?"))
    return room, _say(room, room.participant, "It should be fair.", prompt_id=prompt.id)


def _say(room: Room, author, text: str, *, state: WordState = WordState.APPROVED, **target) -> Comment:
    facts = {"dialogue_id": room.dialogue.id, "author_id": author.id, "stage_id": room.stage.id}
    return saved(Comment(text=text, state=state, **facts, **target))


def _reply(room: Room, comment: Comment, text: str, side: ReplySide | None = None) -> Comment:
    return _say(room, factories.make_participant(room.dialogue), text, parent_id=comment.id, side=side)


def _page(room: Room, comment: Comment) -> str:
    return room.at(f"/comment/{comment.public_id}")


def test_replies_are_read_on_the_page_of_their_comment(client: FlaskClient):
    room, comment = _room()
    _reply(room, comment, "Yes, and open.")
    be_participant(client, factories.make_participant(room.dialogue))
    prompt = client.get(room.at()).text
    assert "Read 1 reply" in prompt
    assert "Yes, and open." not in prompt
    assert "Yes, and open." in client.get(_page(room, comment)).text


def test_a_reply_carries_the_mark_that_its_writer_chose(client: FlaskClient):
    room, comment = _room()
    be_participant(client, factories.make_participant(room.dialogue))
    box = client.get(_page(room, comment) + "/reply").text
    assert "For it" in box
    client.post(_page(room, comment) + "/reply", data={"text": "Not always.", "side": "against"})
    assert db.session.scalar(select(Comment.side).where(Comment.parent_id == comment.id)) is ReplySide.AGAINST


def test_marks_are_counted_in_words(client: FlaskClient):
    room, comment = _room()
    for side in [ReplySide.FOR] * 3 + [ReplySide.AGAINST] * 2 + [ReplySide.NEUTRAL]:
        _reply(room, comment, f"This is {side}.", side)
    _reply(room, comment, "No mark here.")
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.get(_page(room, comment)).text
    assert "7 replies" in page
    assert "3 for, 2 against, 1 neutral" in page
    assert "3 for, 2 against, 1 neutral" in client.get(room.at()).text


def test_a_mark_that_is_not_one_of_three_is_refused(client: FlaskClient):
    room, comment = _room()
    be_participant(client, factories.make_participant(room.dialogue))
    answer = client.post(_page(room, comment) + "/reply", data={"text": "Hm, no.", "side": "maybe"})
    assert answer.status_code == 422
    assert "Hm, no." in answer.text


def test_the_mark_survives_the_warning_about_personal_data(client: FlaskClient):
    room, comment = _room()
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.post(_page(room, comment) + "/reply", data={"text": "Ring 07700 900123", "side": "for"}).text
    assert 'name="side" value="for"' in page


def test_replies_that_wait_are_not_counted_for_others(client: FlaskClient):
    room, comment = _room()
    _say(
        room, factories.make_participant(room.dialogue), "Wait.",
        parent_id=comment.id, side=ReplySide.FOR, state=WordState.WAITING,
    )  # fmt: skip
    be_participant(client, factories.make_participant(room.dialogue))
    assert "Nobody has replied yet" in client.get(_page(room, comment)).text


def test_a_comment_taken_back_keeps_its_place_while_replies_stand(client: FlaskClient):
    room, comment = _room()
    _reply(room, comment, "Yes, and open.")
    with transaction():
        withdraw(db.session.get(Comment, comment.id), by=room.participant)
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.get(_page(room, comment)).text
    for html in (client.get(room.at()).text, page):
        assert "The author took this back" in html
        assert "It should be fair." not in html
    assert "Yes, and open." in page
    refused = client.post(_page(room, comment) + "/reply", data={"text": "Me too."})
    assert refused.status_code == 422


def test_a_comment_taken_back_without_replies_is_gone(client: FlaskClient):
    room, comment = _room()
    with transaction():
        withdraw(db.session.get(Comment, comment.id), by=room.participant)
    be_participant(client, factories.make_participant(room.dialogue))
    assert "took this back" not in client.get(room.at()).text
    assert client.get(_page(room, comment)).status_code == 404


def test_replies_stay_when_somebody_leaves_and_their_own_marks_do_not(client: FlaskClient):
    room, comment = _room()
    reply = _reply(room, comment, "Yes.", ReplySide.FOR)
    author = reply.author_id
    with transaction():
        leave_dialogue(room.dialogue, by=db.session.get(type(room.participant), author))
    left = fresh(reply)
    assert (left.text, left.side) == ("", None)
    be_participant(client, factories.make_participant(room.dialogue))
    assert "Nobody has replied yet" in client.get(_page(room, comment)).text


def _staff_reply(client: FlaskClient, room: Room, comment: Comment, **data):
    return client.post(
        f"/d/{room.dialogue.public_id}/comments/{comment.public_id}", data={"voice": "facilitator", **data}
    )


def test_a_facilitators_reply_is_marked_as_the_teams(client: FlaskClient):
    room, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR, "Sam"))
    assert "It should be fair." in client.get(f"/d/{room.dialogue.public_id}/comments").text
    assert _staff_reply(client, room, comment, text="We will ask about it.").status_code == 303
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.get(_page(room, comment)).text
    assert "Facilitator" in page
    assert "We will ask about it." in page
    assert "Sam" not in page
    assert "the team has replied" in client.get(room.at()).text


def test_a_specialists_reply_says_who_and_with_which_interests(client: FlaskClient):
    room, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    answer = _staff_reply(client, room, comment, text="It is tested.", voice="specialist", speaker="Dr Example")
    assert answer.status_code == 422
    assert "It is tested." in answer.text
    assert "interests the specialist has" in answer.text
    who = {"voice": "specialist", "speaker": "Dr Example", "interests": "Works for a maker of scanners."}
    assert _staff_reply(client, room, comment, text="It is tested.", **who).status_code == 303
    be_participant(client, room.participant)
    page = client.get(_page(room, comment)).text
    assert "Specialist: Dr Example" in page
    assert "Works for a maker of scanners." in page


def test_the_team_replies_only_to_what_everyone_can_see(client: FlaskClient):
    room, _ = _room()
    hidden = _say(room, room.participant, "Not yet.", state=WordState.WAITING, model_id=None, prompt_id=1)
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    assert _staff_reply(client, room, hidden, text="Hello.").status_code == 404


def test_only_facilitators_reply_as_the_team(client: FlaskClient):
    room, comment = _room()
    for role in (Role.ANALYST, Role.COMMISSIONER, Role.EVALUATOR):
        sign_in_as(client, factories.make_staff(room.dialogue, role))
        assert _staff_reply(client, room, comment, text="Hello.").status_code == 403


def test_words_of_the_team_are_never_read_as_participants_words(client: FlaskClient):
    room, comment = _room()
    before = inputs_now(room.dialogue)
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _staff_reply(client, room, comment, text="We will ask about it.")
    after = inputs_now(room.dialogue)
    assert (after.comments, after.by_people) == (before.comments, before.by_people)
    assert "We will ask about it." not in list(after.tables.comments["text"])


def test_a_reply_by_the_team_can_be_taken_back_and_both_are_in_the_record(client: FlaskClient):
    room, comment = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    _staff_reply(client, room, comment, text="We will ask about it.")
    reply = db.session.scalar(select(StaffReply))
    client.post(f"/d/{room.dialogue.public_id}/replies/{reply.public_id}/withdraw")
    be_participant(client, room.participant)
    assert "We will ask about it." not in client.get(_page(room, comment)).text
    kinds = set(db.session.scalars(select(Event.kind)))
    assert {"comment_added", "comment_withdrawn"} <= kinds
