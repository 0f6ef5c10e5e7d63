"""Questionnaires as staff make, edit and copy them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.events import Event
from app.models.questionnaires import Questionnaire, Response
from app.services import questionnaires as acts
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.stages import StageKind
from surveys import parse
from tests.factories import make_dialogue, make_participant, make_session, make_staff, make_stage, sign_in_as

QUESTION = {"title": "Who should decide?", "kind": "radiogroup", "answers": "A panel\nEach person\n"}


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def page(dialogue: Dialogue, client: FlaskClient) -> FlaskClient:
    """A browser of the facilitator."""
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    return client


@pytest.fixture
def asked(dialogue: Dialogue) -> Questionnaire:
    """Two questions on one page, the second shown only after an answer to the first."""
    definition = {
        "title": "Before",
        "pages": [{"name": "page1", "elements": [
            {"type": "radiogroup", "name": "use", "title": {"default": "Use scans?", "cy": "Defnyddio?"},
             "choices": [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]},
            {"type": "comment", "name": "why", "title": "Why not?", "visibleIf": "{use} = 'no'", "maxLength": 300},
        ]}],
    }  # fmt: skip
    with transaction() as session:
        row = Questionnaire(dialogue_id=dialogue.id, key="before", title="Before", definition=definition)
        session.add(row)
    return row


def where(dialogue: Dialogue, row: Questionnaire | None = None, rest: str = "edit") -> str:
    return f"/d/{dialogue.public_id}/questionnaires" + (f"/{row.public_id}/{rest}" if row else "")


def elements(row: Questionnaire) -> list[dict]:
    db.session.expire_all()
    parse(row.definition)
    return [element for one in row.definition["pages"] for element in one["elements"]]


def answer(dialogue: Dialogue, row: Questionnaire) -> None:
    stage = make_stage(make_session(dialogue), StageKind.SURVEY, questionnaire_id=row.id)
    person = make_participant(dialogue)
    with transaction() as session:
        session.add(Response(participant_id=person.id, questionnaire_id=row.id, stage_id=stage.id))


def test_a_dialogue_without_questionnaires_says_so_and_how_to_begin(dialogue: Dialogue, page: FlaskClient) -> None:
    text = page.get(where(dialogue)).text
    assert "There are no questionnaires yet" in text
    assert "Add a questionnaire" in text


def test_a_questionnaire_is_made_and_given_a_question_that_may_be_left_out(
    dialogue: Dialogue, page: FlaskClient
) -> None:
    reply = page.post(where(dialogue) + "/new", data={"title": "At the end"})
    assert reply.status_code == 303
    row = db.session.scalars(select(Questionnaire)).one()
    assert page.post(where(dialogue, row, "questions/new"), data=QUESTION).status_code == 303
    (question,) = elements(row)
    assert (question["name"], "isRequired" in question) == ("who_should_decide", False)
    assert [choice["value"] for choice in question["choices"]] == ["a_panel", "each_person"]
    kinds = list(db.session.scalars(select(Event.kind)))
    assert kinds.count(EventKind.QUESTIONNAIRE_EDITED) == 2
    text = page.get(where(dialogue, row)).text
    assert "It may be left out" in text
    assert "Each person" in text


def test_the_list_names_the_stages_that_ask_and_the_page_links_to_a_preview(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    stage = make_stage(make_session(dialogue), StageKind.SURVEY, questionnaire_id=asked.id)
    assert stage.title in page.get(where(dialogue)).text
    assert f"/preview/s/{stage.public_id}" in page.get(where(dialogue, asked)).text
    assert where(dialogue, asked) in page.get(f"/d/{dialogue.public_id}/stages/{stage.public_id}/edit").text


def test_an_answer_whose_words_stay_keeps_its_value_and_welsh_words_and_conditions_are_kept(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    typed = {"title": "Should scans be used?", "kind": "radiogroup", "answers": "No\nMaybe"}
    assert page.post(where(dialogue, asked, "questions/use/edit"), data=typed).status_code == 303
    first, second = elements(asked)
    assert first["title"] == {"default": "Should scans be used?", "cy": "Defnyddio?"}
    assert [choice["value"] for choice in first["choices"]] == ["no", "maybe"]
    assert second["visibleIf"] == "{use} = 'no'"
    text = page.get(where(dialogue, asked)).text
    assert "only under a condition; it is kept" in text
    assert "words in Welsh too" in text


def test_a_list_without_answers_is_refused_beside_the_field_and_what_was_typed_stays(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    reply = page.post(where(dialogue, asked, "questions/new"), data=QUESTION | {"answers": " \n"})
    assert reply.status_code == 422
    assert 'id="answers-error"' in reply.text
    assert "Who should decide?" in reply.text
    assert len(elements(asked)) == 2


@pytest.mark.parametrize(
    ("rest", "data", "words"),
    [
        ("questions/use/remove", {}, "is shown only after an answer"),
        ("questions/why/shift", {"step": "-1"}, "it has to come after it"),
    ],
)
def test_what_would_break_a_condition_is_refused_with_the_reason(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire, rest: str, data: dict, words: str
) -> None:
    before = asked.definition
    reply = page.post(where(dialogue, asked, rest), data=data)
    assert reply.status_code == 409
    assert words in reply.text
    elements(asked)
    assert asked.definition == before


def test_an_answer_that_a_condition_asks_about_cannot_go(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    typed = {"title": "Use scans?", "kind": "radiogroup", "answers": "Yes\nNever"}
    reply = page.post(where(dialogue, asked, "questions/use/edit"), data=typed)
    assert reply.status_code == 422
    assert "its words have to stay" in reply.text


def test_a_question_is_moved_and_taken_out(dialogue: Dialogue, page: FlaskClient, asked: Questionnaire) -> None:
    page.post(where(dialogue, asked, "questions/new"), data=QUESTION)
    page.post(where(dialogue, asked, "questions/who_should_decide/shift"), data={"step": "-1"})
    assert [one["name"] for one in elements(asked)] == ["use", "who_should_decide", "why"]
    page.post(where(dialogue, asked, "questions/why/remove"))
    assert [one["name"] for one in elements(asked)] == ["use", "who_should_decide"]


def test_more_than_ten_questions_are_warned_about_and_kept(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    for _ in range(9):
        assert page.post(where(dialogue, asked, "questions/new"), data=QUESTION).status_code == 303
    assert len(elements(asked)) == 11
    assert "A workshop has time for about 10" in page.get(where(dialogue, asked)).text


@pytest.mark.parametrize(
    ("rest", "data", "status"),
    [
        ("edit", {"title": "Another title"}, 422),
        ("questions/new", QUESTION, 422),
        ("questions/use/edit", {"title": "Other words", "kind": "boolean"}, 422),
        ("questions/why/remove", {}, 409),
    ],
)
def test_questions_that_somebody_answered_stay_as_they_are(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire, rest: str, data: dict, status: int
) -> None:
    answer(dialogue, asked)
    before = asked.definition
    reply = page.post(where(dialogue, asked, rest), data=data)
    assert reply.status_code == status
    assert "Somebody has answered these questions" in reply.text
    elements(asked)
    assert (asked.title, asked.definition) == ("Before", before)


def test_the_refusal_is_the_rule_of_the_service_and_not_of_the_page(
    dialogue: Dialogue, asked: Questionnaire
) -> None:
    answer(dialogue, asked)
    by = make_staff(dialogue, Role.FACILITATOR)
    with pytest.raises(RuleError, match="questionnaire_answered"), transaction():
        acts.shift_question(asked, "use", 1, by=by)


def test_a_copy_of_an_answered_questionnaire_can_be_changed_and_the_first_stays(
    dialogue: Dialogue, page: FlaskClient, asked: Questionnaire
) -> None:
    answer(dialogue, asked)
    assert page.post(where(dialogue, asked, "copy")).status_code == 303
    made = db.session.scalars(select(Questionnaire).where(Questionnaire.id != asked.id)).one()
    assert made.title == "Copy of Before"
    page.post(where(dialogue, made, "questions/why/remove"))
    assert [len(elements(one)) for one in (asked, made)] == [2, 1]


def test_a_questionnaire_of_another_dialogue_is_not_found(page: FlaskClient, asked: Questionnaire) -> None:
    other = make_dialogue()
    by = make_staff(other, Role.FACILITATOR)
    sign_in_as(page, by)
    assert page.get(where(other, asked)).status_code == 404
    assert page.post(where(other, asked, "copy")).status_code == 404
