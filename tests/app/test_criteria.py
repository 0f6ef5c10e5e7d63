"""Criteria: gathered from comments by a facilitator, checked by people, closed at seven at most."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.comments import Comment
from app.models.criteria import CriteriaCheck, Criterion, CriterionSource
from app.models.dialogues import Stage
from app.models.events import Event
from app.queries.criteria import drafted, said_of_list
from app.queries.criteria_list import criteria_of, list_is_closed
from deliberation.criteria import CriteriaAnswer
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageState
from deliberation.tasks import Task
from tests import factories
from tests.app.models_way import close, closed_list, comment_in, task_room
from tests.app.way import Room, fresh
from tests.factories import be_participant, sign_in_as


def _desk(room: Room, tail: str = "") -> str:
    return f"/d/{room.dialogue.public_id}/criteria{tail}"


def _gather(client: FlaskClient, room: Room, text: str, *comments: Comment, into: str = "new"):
    sent = {"into": into, "text": text, "comments": [str(one.public_id) for one in comments]}
    return client.post(_desk(room, "/gather"), data=sent)


def _staffed(client: FlaskClient) -> Room:
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    sign_in_as(client, facilitator)
    return room


def test_ticked_comments_become_a_criterion_with_its_sources(client: FlaskClient):
    room = _staffed(client)
    said = [comment_in(room, "It has to be fair to all."), comment_in(room, "Fair, or I am out.")]
    assert _gather(client, room, "It is fair to all", *said).status_code == 303
    made = drafted(room.dialogue)[0]
    assert (made.criterion.text, [one.id for one in made.sources]) == ("It is fair to all", [one.id for one in said])
    html = client.get(_desk(room)).text
    assert "It has to be fair to all." in html
    assert "2 things said" in html


def test_more_comments_go_into_a_criterion_that_is_there(client: FlaskClient):
    room = _staffed(client)
    first, second = comment_in(room, "Be fair."), comment_in(room, "Fair please.")
    _gather(client, room, "It is fair", first)
    made = criteria_of(room.dialogue)[0]
    assert _gather(client, room, "", second, into=str(made.public_id)).status_code == 303
    assert len(drafted(room.dialogue)[0].sources) == 2


@pytest.mark.parametrize("state", [WordState.WAITING, WordState.REFUSED, WordState.WITHDRAWN])
def test_a_criterion_rests_only_on_words_that_everyone_can_see(client: FlaskClient, state):
    room = _staffed(client)
    comment_in(room, "Something that everyone can see.")
    hidden = comment_in(room, "It has to be fair.", state=state)
    answer = _gather(client, room, "It is fair", hidden)
    assert answer.status_code == 422
    assert "Tick at least one thing that people said" in answer.text
    assert 'value="It is fair"' in answer.text
    assert criteria_of(room.dialogue) == []


def test_other_words_are_a_new_version_and_the_earlier_one_stays(client: FlaskClient):
    room = _staffed(client)
    _gather(client, room, "It is just", comment_in(room, "It has to be fair."))
    first = criteria_of(room.dialogue)[0]
    assert "Not in the words of its sources: just" in client.get(_desk(room)).text
    client.post(_desk(room, f"/{first.public_id}/edit"), data={"text": "It is fair"})
    second = criteria_of(room.dialogue)[0]
    assert (second.version, second.replaces_id, second.text) == (2, first.id, "It is fair")
    assert fresh(first).text == "It is just"
    assert db.session.query(CriterionSource).filter_by(criterion_id=second.id).count() == 1
    html = client.get(_desk(room)).text
    assert "Version 1 was: “It is just”" in html
    assert "Not in the words of its sources" not in html
    assert client.post(_desk(room, f"/{second.public_id}/edit"), data={"text": "It is fair"}).status_code == 422


def test_the_list_is_closed_with_seven_and_an_eighth_is_refused(client: FlaskClient):
    room = _staffed(client)
    source = comment_in(room, "All of it matters.")
    for number in range(8):
        _gather(client, room, f"Criterion {number}", source)
    answer = client.post(_desk(room, "/close"))
    assert answer.status_code == 422
    assert "The list holds 7 at most. It has 8" in answer.text
    assert not list_is_closed(room.dialogue)
    last = criteria_of(room.dialogue)[-1]
    client.post(_desk(room, f"/{last.public_id}/drop"))
    assert client.post(_desk(room, "/close")).status_code == 303
    assert list_is_closed(room.dialogue)
    kinds = list(db.session.scalars(select(Event.kind).where(Event.kind == EventKind.CRITERIA_CHOSEN)))
    assert len(kinds) == 1


def test_a_closed_list_is_not_changed_until_it_is_opened_again(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    rows = closed_list(room, facilitator)
    sign_in_as(client, facilitator)
    assert client.post(_desk(room, f"/{rows[0].public_id}/edit"), data={"text": "Other"}).status_code == 422
    assert client.post(_desk(room, f"/{rows[0].public_id}/drop")).status_code == 422
    assert client.post(_desk(room, "/reopen")).status_code == 303
    assert client.post(_desk(room, f"/{rows[0].public_id}/edit"), data={"text": "Other"}).status_code == 303


def test_criteria_change_places(client: FlaskClient):
    room = _staffed(client)
    source = comment_in(room, "All of it matters.")
    for text in ("First", "Second"):
        _gather(client, room, text, source)
    second = criteria_of(room.dialogue)[1]
    client.post(_desk(room, f"/{second.public_id}/shift"), data={"step": "-1"})
    assert [one.text for one in criteria_of(room.dialogue)] == ["Second", "First"]


def test_a_source_that_was_taken_back_is_marked_and_its_words_are_gone(client: FlaskClient):
    room = _staffed(client)
    said = comment_in(room, "It has to be fair to my nan.")
    _gather(client, room, "It is fair", said)
    be_participant(client, room.participant)
    client.post(f"{room.mine}/withdraw", data={"kind": "comment", "words_id": str(said.public_id)})
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    html = client.get(_desk(room)).text
    assert "1 source was taken back or is no longer shown." in html
    assert "my nan" not in html


@pytest.mark.parametrize(
    ("answer", "words"),
    [("that_is_it", ""), ("something_missing", "Speed is missing."), ("disagree_with_question", "Nobody asked me.")],
)
def test_people_say_whether_that_is_it(client: FlaskClient, answer, words):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    html = client.get(room.at("/criteria")).text
    assert "It is fair" in html
    assert not re.search(r"<input[^>]* checked", html)
    sent = client.post(room.at("/criteria"), data={"answer": answer, "why": words})
    assert sent.status_code == 303
    row = db.session.scalar(select(CriteriaCheck))
    assert row.answer is CriteriaAnswer(answer)
    assert said_of_list(room.dialogue).counts[CriteriaAnswer(answer)] == 1
    assert [one.text for one in said_of_list(room.dialogue).words] == ([words] if words else [])
    assert "You have done this." in client.get(room.at()).text


def test_nothing_is_chosen_for_anybody(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    answer = client.post(room.at("/criteria"), data={"why": "I type a lot."})
    assert answer.status_code == 422
    assert "I type a lot." in answer.text
    assert db.session.query(CriteriaCheck).count() == 0


def test_what_is_missing_waits_to_be_checked_is_listed_and_can_be_taken_back(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    client.post(room.at("/criteria"), data={"answer": "something_missing", "why": "Speed is missing."})
    comment = db.session.scalar(select(Comment).where(Comment.task_id.is_not(None)))
    assert comment.state is WordState.WAITING
    assert "Speed is missing." in client.get(room.mine).text
    client.post(f"{room.mine}/withdraw", data={"kind": "comment", "words_id": str(comment.public_id)})
    assert said_of_list(room.dialogue).words == []
    assert said_of_list(room.dialogue).counts[CriteriaAnswer.SOMETHING_MISSING] == 1


def test_a_changed_mind_replaces_the_answer_and_takes_the_old_words_back(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    for words in ("Speed is missing.", "Care is missing."):
        client.post(room.at("/criteria"), data={"answer": "something_missing", "why": words})
    client.post(room.at("/criteria"), data={"answer": "something_missing", "why": "Care is missing."})
    states = [(one.text, one.state) for one in db.session.scalars(select(Comment).where(Comment.task_id.is_not(None)))]
    assert states == [("Speed is missing.", WordState.WITHDRAWN), ("Care is missing.", WordState.WAITING)]
    assert db.session.query(CriteriaCheck).count() == 1


def test_words_that_show_who_somebody_is_are_asked_about_once_and_never_blocked(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    sent = {"answer": "something_missing", "why": "Write to me: ann@example.org"}
    asked = client.post(room.at("/criteria"), data=sent)
    assert asked.status_code == 422
    assert "Your words may show who somebody is" in asked.text
    assert db.session.query(CriteriaCheck).count() == 0
    client.post(room.at("/criteria"), data={**sent, "keep": "take_out"})
    kept = db.session.scalar(select(Comment).where(Comment.task_id.is_not(None)))
    assert "ann@example.org" not in kept.text
    client.post(room.at("/criteria"), data={**sent, "keep": "yes"})
    newest = db.session.scalars(select(Comment).where(Comment.task_id.is_not(None)).order_by(Comment.id.desc())).first()
    assert "ann@example.org" in newest.text


def test_totals_are_shown_once_the_part_has_closed(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    be_participant(client, room.participant)
    client.post(room.at("/criteria"), data={"answer": "that_is_it"})
    assert "What the group said" not in client.get(room.at("/criteria")).text
    close(room)
    html = client.get(room.at("/criteria")).text
    assert "What the group said" in html
    assert client.post(room.at("/criteria"), data={"answer": "that_is_it"}).status_code == 409


def test_no_totals_are_shown_while_late_answers_still_count(client: FlaskClient):
    room, facilitator = task_room(Task.CHECK_CRITERIA)
    closed_list(room, facilitator)
    with transaction() as session:
        stage = session.get_one(Stage, room.stage.id)
        stage.state, stage.closed_at = StageState.CLOSED, utcnow()
    be_participant(client, room.participant)
    assert "What the group said" not in client.get(room.at("/criteria")).text
    assert client.post(room.at("/criteria"), data={"answer": "that_is_it"}).status_code == 303
    assert db.session.scalar(select(CriteriaCheck)).is_late


def test_there_is_no_such_page_in_a_stage_without_the_task(client: FlaskClient):
    room, _ = task_room(Task.FILL_GRID)
    be_participant(client, room.participant)
    assert client.get(room.at("/criteria")).status_code == 404


def test_a_draft_list_says_what_matters_to_nobody_else(client: FlaskClient):
    room = _staffed(client)
    assert client.get(_desk(room)).status_code == 200
    assert db.session.query(Criterion).count() == 0
    sign_in_as(client, factories.make_staff(room.dialogue, Role.COMMISSIONER))
    assert client.get(_desk(room)).status_code == 403
