"""The question log for participants: asking, who sees what, "I wanted to know this too", taking back, leaving."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import BreakoutTable, TableSeat
from app.models.events import Event
from app.models.learning import Material, MaterialVersion, StageMaterial
from app.models.questions import Question, QuestionJoin, Specialist
from app.services import question_desk, questions
from app.services.leaving import leave_dialogue
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.questions import AnswerKind
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.way import Room, fresh, make_room, saved
from tests.factories import be_participant

WORDS = "How long does a request take?"


def _log(room: Room, tail: str = "") -> str:
    return f"/d/{room.dialogue.public_id}/questions{tail}"


def _ask(client: FlaskClient, room: Room, text: str = WORDS, query: str = "", **more: Any) -> Any:
    return client.post(_log(room, f"/ask{query}"), data={"text": text, **more})


def _only() -> Question:
    return db.session.scalars(select(Question)).one()


def _asked(room: Room, text: str = WORDS, *, state: WordState = WordState.APPROVED, by: Any = None) -> Question:
    author = by or factories.make_participant(room.dialogue)
    return saved(Question(dialogue_id=room.dialogue.id, author_id=author.id, text=text, state=state))


def _answered(room: Room, question: Question, text: str = "About six weeks.", *, publish: bool = True) -> Any:
    staff = factories.make_staff(room.dialogue, Role.FACILITATOR)
    words = {"name": "Dr Example", "organisation": "a city hospital", "interests": "Is paid by the hospital."}
    specialist = saved(Specialist(dialogue_id=room.dialogue.id, **words))
    kind = AnswerKind.KNOWN if text else AnswerKind.NOBODY_KNOWS
    with transaction():
        return question_desk.answer(
            fresh(question), specialist, kind=kind, text=text, publish=publish, by=staff
        ).public_id


def test_a_question_is_kept_and_waits_to_be_checked(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    assert "Who sees this:" in client.get(_log(room, "/ask")).text
    assert _ask(client, room).status_code == 303
    assert _only().state is WordState.WAITING
    assert WORDS in client.get(_log(room)).text
    be_participant(client, factories.make_participant(room.dialogue))
    assert WORDS not in client.get(_log(room)).text


def test_where_nothing_is_checked_first_everyone_sees_it_at_once(client: FlaskClient):
    room = make_room(moderates_first=False)
    be_participant(client, room.participant)
    _ask(client, room)
    be_participant(client, factories.make_participant(room.dialogue))
    page = client.get(_log(room)).text
    assert WORDS in page
    assert "1 person asked this" in page


def test_an_empty_question_is_refused_beside_its_box(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    answer = _ask(client, room, "  ")
    assert answer.status_code == 422
    assert "Write something first." in answer.text
    long = "why " * 200
    answer = _ask(client, room, long)
    assert answer.status_code == 422
    assert long.strip() in answer.text


def test_the_same_question_sent_twice_is_kept_once(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    _ask(client, room)
    _ask(client, room)
    assert _only().text == WORDS


def test_personal_data_is_warned_about_and_never_blocks(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    words = "Can I write to jo@example.org about it?"
    page = _ask(client, room, words, f"?stage={room.stage.public_id}")
    assert "may show who somebody is" in page.text
    assert str(room.stage.public_id) in page.text
    assert db.session.scalar(select(Question)) is None
    assert _ask(client, room, words, keep="yes").status_code == 303
    assert _only().text == words


def test_a_question_keeps_the_version_of_the_material_it_is_about_and_leads_back_to_it(client: FlaskClient):
    room = make_room(StageKind.LEARN)
    material = saved(Material(dialogue_id=room.dialogue.id, key="scans"))
    version = saved(MaterialVersion(material_id=material.id, number=1, title="Scans", body="Words", digest="0" * 64))
    saved(StageMaterial(stage_id=room.stage.id, material_id=material.id, place=1))
    be_participant(client, room.participant)
    page = client.get(room.at(f"/read/{material.public_id}")).text
    assert "I have a question about this" in page
    query = f"?about=material&of={material.public_id}&stage={room.stage.public_id}"
    assert "Scans" in client.get(_log(room, f"/ask{query}")).text
    answer = _ask(client, room, query=query)
    assert answer.location == room.at(f"/read/{material.public_id}")
    asked = _only()
    assert (asked.material_version_id, asked.stage_id) == (version.id, room.stage.id)


def test_a_question_about_a_thing_of_another_dialogue_is_about_nothing(client: FlaskClient):
    room = make_room()
    elsewhere = factories.make_statement(factories.make_dialogue())
    be_participant(client, room.participant)
    _ask(client, room, query=f"?about=statement&of={elsewhere.public_id}")
    assert _only().statement_id is None


def test_a_question_about_a_statement_is_asked_from_the_voting_card(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    assert f"of={room.statements[0].public_id}" in client.get(room.at()).text
    _ask(client, room, query=f"?about=statement&of={room.statements[0].public_id}&stage={room.stage.public_id}")
    assert _only().statement_id == room.statements[0].id


def test_a_table_asks_and_sees_its_question_before_it_is_checked(client: FlaskClient):
    room = make_room()
    other, stranger = factories.make_participant(room.dialogue), factories.make_participant(room.dialogue)
    table = saved(BreakoutTable(session_id=room.stage.session_id, number=1))
    for person in (room.participant, other):
        saved(TableSeat(session_id=room.stage.session_id, table_id=table.id, participant_id=person.id))
    be_participant(client, room.participant)
    assert "Our table agreed on this question" in client.get(_log(room, "/ask")).text
    _ask(client, room, is_of_table="y")
    assert (_only().is_of_table, _only().table_id) == (True, table.id)
    be_participant(client, other)
    assert "Asked at your table" in client.get(_log(room)).text
    be_participant(client, stranger)
    assert WORDS not in client.get(_log(room)).text
    assert "Our table agreed" not in client.get(_log(room, "/ask")).text


def test_somebody_at_no_table_cannot_ask_for_one(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    _ask(client, room, is_of_table="y")
    assert not _only().is_of_table


def test_joining_counts_once_and_can_be_taken_back(client: FlaskClient):
    room = make_room()
    question = _asked(room)
    be_participant(client, room.participant)
    assert "I wanted to know this too" in client.get(_log(room)).text
    for _ in range(2):
        assert client.post(_log(room, f"/{question.public_id}/join")).status_code == 303
    page = client.get(_log(room)).text
    assert "You and 1 other person asked this" in page
    assert "You wanted to know this too." in page
    client.post(_log(room, f"/{question.public_id}/unjoin"))
    assert "1 person asked this" in client.get(_log(room)).text
    assert db.session.scalar(select(QuestionJoin)) is None
    kinds = list(db.session.scalars(select(Event.kind).where(Event.kind == EventKind.QUESTION_JOINED)))
    assert len(kinds) == 2


def test_others_are_a_number_and_never_a_pseudonym(client: FlaskClient):
    room = make_room()
    author = factories.make_participant(room.dialogue, "Silver Otter")
    _asked(room, by=author)
    be_participant(client, room.participant)
    assert "Silver Otter" not in client.get(_log(room)).text


def test_nobody_joins_their_own_question_or_one_that_is_not_shown(client: FlaskClient):
    room = make_room()
    own = _asked(room, by=room.participant)
    hidden = _asked(room, "Hidden?", state=WordState.WAITING)
    be_participant(client, room.participant)
    assert client.post(_log(room, f"/{own.public_id}/join")).status_code == 409
    assert client.post(_log(room, f"/{hidden.public_id}/join")).status_code == 404
    with pytest.raises(RuleError, match="question_not_shown"), transaction():
        questions.join(fresh(hidden), by=room.participant)


def test_a_similar_question_is_shown_once_before_sending(client: FlaskClient):
    room = make_room()
    question = _asked(room, "How long does a request for data take?")
    be_participant(client, room.participant)
    page = _ask(client, room, "How long will a data request take?")
    assert question.text in page.text
    assert "I wanted to know this too" in page.text
    assert len(list(db.session.scalars(select(Question)))) == 1
    assert _ask(client, room, "How long will a data request take?", seen="yes").status_code == 303
    assert len(list(db.session.scalars(select(Question)))) == 2


def test_an_answer_shows_who_answers_and_their_interests(client: FlaskClient):
    room = make_room()
    question = _asked(room, by=room.participant)
    _answered(room, question)
    be_participant(client, room.participant)
    page = client.get(_log(room)).text
    for words in ("About six weeks.", "Dr Example", "a city hospital", "Is paid by the hospital."):
        assert words in page
    assert "Your question has an answer" in client.get(room.next).text
    assert "Read the answer" in client.get(room.mine).text


def test_a_draft_is_not_shown_and_a_second_answer_may_differ(client: FlaskClient):
    room = make_room()
    question = _asked(room)
    _answered(room, question, "A draft about weeks.", publish=False)
    be_participant(client, room.participant)
    assert "A draft about weeks." not in client.get(_log(room)).text
    _answered(room, question, "Six weeks.")
    _answered(room, question, "With us it is three.")
    page = client.get(_log(room)).text
    assert "Six weeks." in page
    assert "Another answer, by" in page
    assert "With us it is three." in page


def test_nobody_knows_is_said_in_plain_words(client: FlaskClient):
    room = make_room()
    _answered(room, _asked(room), "")
    be_participant(client, room.participant)
    assert "Nobody knows this yet." in client.get(_log(room)).text


def test_a_question_is_taken_back_under_your_contributions(client: FlaskClient):
    room = make_room()
    question = _asked(room, by=room.participant)
    be_participant(client, room.participant)
    assert WORDS in client.get(room.mine).text
    client.post(f"{room.mine}/withdraw", data={"kind": "question", "words_id": str(question.public_id)})
    assert fresh(question).state is WordState.WITHDRAWN
    assert WORDS not in client.get(_log(room)).text


def test_an_answer_outlives_a_question_that_was_taken_back_without_its_words(client: FlaskClient):
    room = make_room()
    question = _asked(room)
    _answered(room, question)
    with transaction() as session:
        session.get_one(Question, question.id).state = WordState.WITHDRAWN
    be_participant(client, room.participant)
    page = client.get(_log(room)).text
    assert WORDS not in page
    assert "About six weeks." in page


def test_leaving_takes_a_persons_questions_and_joins_with_them(client: FlaskClient):
    room = make_room()
    question, other = _asked(room, by=room.participant), _asked(room, "Who pays?")
    with transaction():
        questions.join(fresh(other), by=room.participant)
    with transaction():
        leave_dialogue(room.dialogue, by=fresh(room.participant))
    gone = fresh(question)
    assert (gone.text, gone.author_id, gone.state) == ("", None, WordState.WITHDRAWN)
    assert db.session.scalar(select(QuestionJoin)) is None


def test_a_question_that_is_not_shown_tells_its_author_where_it_went(client: FlaskClient):
    room = make_room()
    question = _asked(room, state=WordState.WAITING, by=room.participant)
    staff = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        question_desk.decide_words(fresh(question), Decision.REFUSE, ReasonCode.OFF_TOPIC, by=staff)
    be_participant(client, room.participant)
    page = client.get(_log(room, "?view=mine")).text
    assert "It is about something else" in page
    assert "rejected" not in page.lower()


def test_the_log_has_pages(client: FlaskClient):
    room = make_room()
    for number in range(14):
        _asked(room, f"Is claim {number} right?")
    be_participant(client, room.participant)
    assert "Page 1 of 2" in client.get(_log(room)).text
    assert "Is claim 0 right?" in client.get(_log(room, "?view=waiting&page=2")).text


def test_the_page_of_twelve_long_answers_stays_small(client: FlaskClient):
    room = make_room()
    for number in range(12):
        _answered(room, _asked(room, f"Is claim {number} right?"), f"Answer {number}. " + "Some words. " * 60)
    be_participant(client, room.participant)
    assert len(client.get(_log(room)).data) < 40_000
