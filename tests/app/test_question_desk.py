"""Running the question log: checking, assigning, putting together, answering in versions, who answers."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.events import Event
from app.models.moderation import ModerationDecision
from app.models.people import Account
from app.models.questions import Answer, Question, QuestionJoin, Specialist
from app.queries.questions import line_of, without_answer
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.questions import Standing
from deliberation.roles import Role
from tests import factories
from tests.app.way import fresh, saved


@dataclass
class Desk:
    """A dialogue with a facilitator, a specialist and a question that everyone can see."""

    dialogue: Any
    staff: Account
    specialist: Specialist
    question: Question

    def at(self, tail: str = "") -> str:
        return f"/d/{self.dialogue.public_id}/questions/desk/{self.question.public_id}{tail}"

    @property
    def list(self) -> str:
        return f"/d/{self.dialogue.public_id}/questions/desk"

    @property
    def line(self) -> Any:
        return line_of(fresh(self.question))


@pytest.fixture
def desk(client: FlaskClient) -> Desk:
    dialogue = factories.make_dialogue()
    staff = factories.make_staff(dialogue, Role.FACILITATOR)
    specialist = saved(Specialist(dialogue_id=dialogue.id, name="Dr Example", interests="None."))
    factories.sign_in_as(client, staff)
    return Desk(dialogue, staff, specialist, _asked(dialogue, "How long does it take?"))


def _asked(dialogue: Any, text: str, state: WordState = WordState.APPROVED) -> Question:
    author = factories.make_participant(dialogue)
    return saved(Question(dialogue_id=dialogue.id, author_id=author.id, text=text, state=state))


def _join(question: Question, dialogue: Any) -> None:
    person = factories.make_participant(dialogue)
    saved(QuestionJoin(question_id=question.id, participant_id=person.id))


def _answer(client: FlaskClient, desk: Desk, text: str = "Six weeks.", act: str = "publish", **more: str) -> Any:
    data = {"specialist": str(desk.specialist.public_id), "kind": "known", "text": text, "act": act, **more}
    return client.post(desk.at("/answer"), data={f"new-{name}": value for name, value in data.items()})


def _edit(client: FlaskClient, desk: Desk, text: str, act: str = "publish") -> Any:
    row = db.session.scalars(select(Answer)).one()
    data = {"specialist": str(desk.specialist.public_id), "kind": "known", "text": text, "act": act}
    return client.post(desk.at(f"/answer/{row.public_id}"), data={f"a1-{name}": value for name, value in data.items()})


def test_the_overview_says_how_many_questions_have_no_answer(client: FlaskClient, desk: Desk):
    _asked(desk.dialogue, "Who pays?", WordState.WAITING)
    assert "2 questions without an answer" in client.get(f"/d/{desk.dialogue.public_id}").text
    assert _answer(client, desk).status_code == 303
    assert without_answer(desk.dialogue) == 1


def test_the_list_shows_first_what_needs_a_person_and_filters_by_standing(client: FlaskClient, desk: Desk):
    _answer(client, desk)
    waiting = _asked(desk.dialogue, "Who pays?", WordState.WAITING)
    page = client.get(desk.list).text
    assert waiting.text in page
    assert desk.question.text not in page
    assert desk.question.text in client.get(f"{desk.list}?standing=answered").text
    assert client.get(f"{desk.list}?standing=nonsense").status_code == 200


def test_a_question_is_shown_or_not_with_a_reason(client: FlaskClient, desk: Desk):
    desk.question = _asked(desk.dialogue, "Who pays?", WordState.WAITING)
    refused = client.post(desk.at("/check"), data={"decision": "refuse"})
    assert refused.status_code == 422
    assert "Choose a reason from the list." in refused.text
    client.post(desk.at("/check"), data={"decision": "refuse", "reason": "abuse"})
    assert desk.line.standing is Standing.NOT_SHOWN
    client.post(desk.at("/check"), data={"decision": "approve"})
    assert desk.line.standing is Standing.UNASSIGNED
    assert fresh(desk.question).reason is None
    kinds = set(db.session.scalars(select(Event.kind)))
    assert {EventKind.WORDS_APPROVED, EventKind.WORDS_REFUSED} <= kinds


def test_personal_data_in_a_question_is_pointed_out(client: FlaskClient, desk: Desk):
    desk.question = _asked(desk.dialogue, "Write to jo@example.org?", WordState.WAITING)
    assert "This may show who somebody is: jo@example.org" in client.get(desk.at()).text


def test_a_question_is_given_to_a_specialist_and_back(client: FlaskClient, desk: Desk):
    client.post(desk.at("/assign"), data={"specialist": str(desk.specialist.public_id)})
    assert desk.line.standing is Standing.ASSIGNED
    client.post(desk.at("/assign"), data={"specialist": ""})
    assert desk.line.standing is Standing.UNASSIGNED


def test_an_answer_is_a_draft_until_it_is_published(client: FlaskClient, desk: Desk):
    _answer(client, desk, act="draft")
    assert desk.line.standing is Standing.DRAFTED
    assert desk.line.answers == []
    assert _edit(client, desk, "Six weeks.").status_code == 303
    assert desk.line.standing is Standing.ANSWERED
    assert len(db.session.scalars(select(Answer)).one().versions) == 1


def test_an_edit_makes_a_version_and_readers_keep_the_published_one_until_the_next(client: FlaskClient, desk: Desk):
    _answer(client, desk)
    _edit(client, desk, "Eight weeks.", act="draft")
    (answer,) = desk.line.answers
    assert (answer.shown.text, answer.newest.text) == ("Six weeks.", "Eight weeks.")
    _edit(client, desk, "Eight weeks.")
    (answer,) = desk.line.answers
    assert (answer.shown.text, answer.shown.number) == ("Eight weeks.", 2)
    again = _edit(client, desk, "Eight weeks.")
    assert again.status_code == 422
    assert "same words" in again.text


def test_nothing_typed_is_lost_where_an_answer_is_refused(client: FlaskClient, desk: Desk):
    page = _answer(client, desk, specialist="")
    assert page.status_code == 422
    assert "Choose who answers." in page.text
    assert "Six weeks." in page.text
    assert _answer(client, desk, " ").status_code == 422


def test_nobody_knows_needs_no_words(client: FlaskClient, desk: Desk):
    assert _answer(client, desk, "", kind="nobody_knows").status_code == 303
    assert desk.line.nobody_knows


def test_an_answer_is_not_published_before_the_question_is_shown(client: FlaskClient, desk: Desk):
    desk.question = _asked(desk.dialogue, "Who pays?", WordState.WAITING)
    page = _answer(client, desk)
    assert page.status_code == 422
    assert "Not everyone can see this question." in page.text
    assert _answer(client, desk, act="draft").status_code == 303


def test_an_answer_is_taken_out_and_put_back(client: FlaskClient, desk: Desk):
    _answer(client, desk)
    row = db.session.scalars(select(Answer)).one()
    client.post(desk.at(f"/answer/{row.public_id}/take-out"))
    assert desk.line.answers == []
    _edit(client, desk, "Six weeks.")
    assert len(desk.line.answers) == 1


def test_questions_put_together_count_everybody_once_and_can_be_parted(client: FlaskClient, desk: Desk):
    into = _asked(desk.dialogue, "How many weeks does it take?")
    _join(desk.question, desk.dialogue)
    _join(into, desk.dialogue)
    saved(QuestionJoin(question_id=into.id, participant_id=desk.question.author_id))
    client.post(desk.at("/merge"), data={"into": str(into.public_id)})
    assert desk.line.standing is Standing.MERGED
    assert line_of(fresh(into)).asked.others == 4
    client.post(desk.at("/merge"), data={"into": ""})
    assert line_of(fresh(into)).asked.others == 3


def test_what_was_put_together_before_moves_along(client: FlaskClient, desk: Desk):
    first, last = _asked(desk.dialogue, "Weeks?"), _asked(desk.dialogue, "How many weeks?")
    with transaction() as session:
        session.get_one(Question, first.id).merged_into_id = desk.question.id
    client.post(desk.at("/merge"), data={"into": str(last.public_id)})
    assert fresh(first).merged_into_id == last.id
    assert line_of(fresh(last)).asked.others == 3


def test_an_answered_question_is_not_hidden_under_another(client: FlaskClient, desk: Desk):
    other = _asked(desk.dialogue, "Who pays?")
    _answer(client, desk)
    page = client.post(desk.at("/merge"), data={"into": str(other.public_id)})
    assert page.status_code == 422
    assert "stays on its own" in page.text


def test_specialists_are_added_changed_and_ended(client: FlaskClient, desk: Desk):
    address = f"/d/{desk.dialogue.public_id}/specialists"
    page = client.post(address, data={"name": "Sam", "organisation": "", "interests": ""})
    assert page.status_code == 422
    assert "Say what interests they have" in page.text
    client.post(address, data={"name": "Sam", "organisation": "a charity", "interests": "Runs a helpline."})
    assert "Runs a helpline." in client.get(address).text
    one = f"{address}/{desk.specialist.public_id}"
    client.post(one, data={"name": "Dr Changed", "organisation": "", "interests": "None."})
    assert fresh(desk.specialist).name == "Dr Changed"
    client.post(f"{one}/end")
    assert fresh(desk.specialist).ended_at is not None
    assert "Dr Changed" not in client.get(desk.at()).text
    client.post(f"{one}/end")
    assert fresh(desk.specialist).ended_at is None


def test_a_question_waits_at_the_moderation_desk_too_and_both_keep_one_log(client: FlaskClient, desk: Desk):
    desk.question = _asked(desk.dialogue, "Who pays?", WordState.WAITING)
    assert "Who pays?" in client.get(f"/d/{desk.dialogue.public_id}/moderation").text
    client.post(desk.at("/check"), data={"decision": "approve"})
    made = db.session.scalars(select(ModerationDecision)).one()
    assert (made.kind, made.words_ref) == ("question", desk.question.public_id)
