"""Research questions for participants: raising, "somebody should find out", who wants to know, what became of each."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.events import Event
from app.models.questions import Answer, AnswerVersion, Question, Specialist
from app.models.research_questions import ResearchQuestion, ResearchQuestionSupport
from app.queries.research_questions import line_of
from app.services import research_pipeline as pipeline
from app.services.leaving import leave_dialogue
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.questions import AnswerKind
from deliberation.research_questions import Judgement, ResearchOrigin, ResearchState, ResearchStep
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.way import Room, fresh, make_room, saved
from tests.factories import be_participant

WORDS = "Does a panel make access slower?"


def _at(room: Room, tail: str = "") -> str:
    return f"/d/{room.dialogue.public_id}/research-questions{tail}"


def _send(client: FlaskClient, room: Room, text: str = WORDS, query: str = "", **more: Any) -> Any:
    return client.post(_at(room, f"/raise{query}"), data={"text": text, **more})


def _only() -> ResearchQuestion:
    return db.session.scalars(select(ResearchQuestion)).one()


def _raised(room: Room, text: str = WORDS, *, by: Any = None, **changes: Any) -> ResearchQuestion:
    author = by or factories.make_participant(room.dialogue)
    number = db.session.query(ResearchQuestion).count() + 1
    facts = {"words_state": WordState.APPROVED, "origin": ResearchOrigin.PARTICIPANT, **changes}
    return saved(
        ResearchQuestion(dialogue_id=room.dialogue.id, number=number, author_id=author.id, text=text, **facts)
    )


def _unknown(room: Room, text: str = "How slow is it?") -> Question:
    """A question of the log to which nobody knows the answer."""
    author, staff = factories.make_participant(room.dialogue), factories.make_staff(room.dialogue, Role.FACILITATOR)
    question = saved(
        Question(dialogue_id=room.dialogue.id, author_id=author.id, text=text, state=WordState.APPROVED)
    )
    specialist = saved(Specialist(dialogue_id=room.dialogue.id, name="Dr Example", interests="None."))
    answer = saved(Answer(question_id=question.id, specialist_id=specialist.id))
    facts = {"kind": AnswerKind.NOBODY_KNOWS, "written_by_id": staff.id, "published_at": question.created_at}
    saved(AnswerVersion(answer_id=answer.id, number=1, **facts))
    return question


def _parked(room: Room, row: ResearchQuestion, reason: str = "It needs more money.") -> None:
    staff = factories.make_staff(room.dialogue, Role.COMMISSIONER)
    with transaction():
        pipeline.decide(fresh(row), ResearchStep.PARK, reason=reason, by=staff)


def test_what_somebody_raises_waits_to_be_checked_and_is_recorded(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    assert "Who sees this:" in client.get(_at(room, "/raise")).text
    assert _send(client, room).status_code == 303
    row = _only()
    assert (row.number, row.state, row.words_state) == (1, ResearchState.RAISED, WordState.WAITING)
    assert WORDS in client.get(_at(room)).text
    assert EventKind.RESEARCH_QUESTION_RAISED in set(db.session.scalars(select(Event.kind)))
    be_participant(client, factories.make_participant(room.dialogue))
    assert WORDS not in client.get(_at(room)).text


def test_it_can_be_raised_from_a_draft_stage(client: FlaskClient):
    room = make_room(StageKind.DRAFT)
    be_participant(client, room.participant)
    assert f"/research-questions/raise?stage={room.stage.public_id}" in client.get(room.at()).text
    answer = _send(client, room, query=f"?stage={room.stage.public_id}")
    assert answer.location == room.at()
    assert _only().stage_id == room.stage.id


def test_beside_nobody_knows_stands_somebody_should_find_out(client: FlaskClient):
    room = make_room()
    question = _unknown(room)
    be_participant(client, room.participant)
    query = f"?question={question.public_id}"
    page = client.get(f"/d/{room.dialogue.public_id}/questions").text
    assert "Somebody should find out" in page
    assert f"/research-questions/raise{query}" in page
    assert question.text in client.get(_at(room, f"/raise{query}")).text
    assert _send(client, room, "", query).status_code == 303
    row = _only()
    assert (row.origin, row.question_id, row.text) == (ResearchOrigin.QUESTION, question.id, "")
    assert line_of(row).words == question.text
    assert row.words_state is WordState.APPROVED


def test_own_words_for_a_question_are_checked_like_any_others(client: FlaskClient):
    room = make_room()
    question = _unknown(room)
    be_participant(client, room.participant)
    _send(client, room, WORDS, f"?question={question.public_id}")
    assert (_only().text, _only().words_state) == (WORDS, WordState.WAITING)


def test_words_that_were_passed_on_go_when_their_author_takes_them_back(client: FlaskClient):
    room = make_room()
    question = _unknown(room)
    be_participant(client, room.participant)
    _send(client, room, "", f"?question={question.public_id}")
    with transaction() as session:
        session.get_one(Question, question.id).state = WordState.WITHDRAWN
    page = client.get(_at(room)).text
    assert question.text not in page
    assert "taken these words back" in page


def test_an_empty_box_without_a_question_is_refused(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    answer = _send(client, room, " ")
    assert answer.status_code == 422
    assert "Write something first." in answer.text


def test_personal_data_is_warned_about_and_the_same_words_are_kept_once(client: FlaskClient):
    room = make_room()
    be_participant(client, room.participant)
    words = "Does jo@example.org know?"
    assert "may show who somebody is" in _send(client, room, words).text
    for _ in range(2):
        _send(client, room, words, keep="yes", seen="yes")
    assert _only().text == words


def test_a_similar_one_is_shown_once_before_sending(client: FlaskClient):
    room = make_room()
    _raised(room)
    be_participant(client, room.participant)
    page = _send(client, room, "Is access slower with a panel?")
    assert WORDS in page.text
    assert "I want this found out too" in page.text
    assert _send(client, room, "Is access slower with a panel?", seen="yes").status_code == 303
    assert db.session.query(ResearchQuestion).count() == 2


def test_wanting_to_know_counts_once_and_can_be_taken_back(client: FlaskClient):
    room = make_room()
    row = _raised(room)
    be_participant(client, room.participant)
    for _ in range(2):
        assert client.post(_at(room, f"/{row.public_id}/support")).status_code == 303
    assert "You and 1 other person want to know" in client.get(_at(room)).text
    client.post(_at(room, f"/{row.public_id}/unsupport"))
    assert "1 person wants to know" in client.get(_at(room)).text
    own = _raised(room, "Another?", by=room.participant)
    assert client.post(_at(room, f"/{own.public_id}/support")).status_code == 409


def test_everyone_reads_what_became_of_each_and_why(client: FlaskClient):
    room = make_room()
    row = _raised(room, by=room.participant)
    _parked(room, row)
    be_participant(client, room.participant)
    for address in (_at(room), _at(room, f"/{row.public_id}"), room.mine):
        page = client.get(address).text
        assert "It was put aside for later." in page
        assert "It needs more money." in page


def test_the_way_of_one_shows_both_wordings_and_names_no_staff(client: FlaskClient):
    room = make_room()
    row = _raised(room)
    staff = factories.make_staff(room.dialogue, Role.ANALYST, "Secret Name")
    with transaction():
        pipeline.clarify(fresh(row), "How many weeks longer does a panel take?", reason="Can be measured.", by=staff)
    be_participant(client, room.participant)
    page = client.get(_at(room, f"/{row.public_id}")).text
    for words in (WORDS, "How many weeks longer does a panel take?", "Can be measured."):
        assert words in page
    assert "Secret Name" not in page


def test_what_is_put_together_keeps_all_origins_and_counts_everybody_once(client: FlaskClient):
    room = make_room()
    row, into = _raised(room), _raised(room, "Is it slow?")
    saved(ResearchQuestionSupport(research_question_id=row.id, participant_id=into.author_id))
    staff = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        pipeline.merge(fresh(row), fresh(into), reason="The same.", by=staff)
    line = line_of(fresh(into))
    assert line.wanted.others == 2
    assert [words for _, words, _ in line.merged] == [WORDS]
    be_participant(client, room.participant)
    assert WORDS in client.get(_at(room, f"/{into.public_id}")).text
    assert WORDS not in client.get(_at(room)).text


def test_taking_back_hides_the_verbatim_words_and_a_clearer_wording_goes_on(client: FlaskClient):
    room = make_room()
    row, other = _raised(room, by=room.participant), _raised(room, "Is it fair?", by=room.participant)
    staff = factories.make_staff(room.dialogue, Role.ANALYST)
    with transaction():
        pipeline.clarify(fresh(row), "How many weeks longer?", by=staff)
    be_participant(client, room.participant)
    for one in (row, other):
        client.post(f"{room.mine}/withdraw", data={"kind": "research_question", "words_id": str(one.public_id)})
    page = client.get(_at(room)).text
    assert WORDS not in page
    assert "How many weeks longer?" in page
    assert "Is it fair?" not in page


def test_leaving_takes_the_words_and_the_wish_to_know(client: FlaskClient):
    room = make_room()
    row, other = _raised(room, by=room.participant), _raised(room, "Is it fair?")
    saved(ResearchQuestionSupport(research_question_id=other.id, participant_id=room.participant.id))
    with transaction():
        leave_dialogue(room.dialogue, by=fresh(room.participant))
    gone = fresh(row)
    assert (gone.text, gone.author_id, gone.words_state) == ("", None, WordState.WITHDRAWN)
    assert db.session.scalar(select(ResearchQuestionSupport)) is None


def test_staff_raise_one_for_a_question_that_nobody_can_answer(client: FlaskClient):
    room = make_room()
    question = _unknown(room)
    factories.sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    desk = client.get(f"/d/{room.dialogue.public_id}/questions/desk/{question.public_id}").text
    address = f"{_at(room, '/board/raise')}?question={question.public_id}"
    assert address in desk
    assert question.text in client.get(address).text
    assert client.post(address, data={"text": "", "origin": "question", "note": ""}).status_code == 303
    assert (_only().origin, line_of(_only()).words) == (ResearchOrigin.QUESTION, question.text)


def test_the_full_way_to_an_included_question(client: FlaskClient):
    room = make_room()
    row = _raised(room)
    analyst = factories.make_staff(room.dialogue, Role.ANALYST)
    commissioner = factories.make_staff(room.dialogue, Role.COMMISSIONER)
    yes = Judgement.YES
    with transaction():
        again = db.session.get_one(ResearchQuestion, row.id)
        pipeline.clarify(again, "How many weeks longer?", by=analyst)
        pipeline.note_feasibility(again, is_known=Judgement.NO, in_remit=yes, is_fundable=yes, by=commissioner)
        pipeline.prioritise(again, rank=1, approvals=30, reason="Most approved.", by=analyst)
        pipeline.decide(again, ResearchStep.INCLUDE, reason="It came first.", by=commissioner)
    done = fresh(row)
    assert [step.state_after for step in done.steps] == [
        ResearchState.CLARIFIED, ResearchState.FEASIBILITY_NOTED, ResearchState.PRIORITISED, ResearchState.INCLUDED,
    ]  # fmt: skip
    assert [step.taken_by_id for step in done.steps] == [analyst.id, commissioner.id, analyst.id, commissioner.id]
    be_participant(client, room.participant)
    assert "It was included." in client.get(_at(room)).text
