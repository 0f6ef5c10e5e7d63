"""The pipeline board: who may take which step, what a step needs, and the CSV file."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.people import Account
from app.models.research_questions import ResearchQuestion
from deliberation.moderation import WordState
from deliberation.research_questions import ResearchOrigin, ResearchState
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories
from tests.app.way import fresh, saved

WORDS = "Does a panel make access slower?"


@dataclass
class Board:
    """A dialogue with one research question, and three members of staff."""

    dialogue: Any
    row: ResearchQuestion
    staff: dict[Role, Account]

    def at(self, tail: str = "") -> str:
        return f"/d/{self.dialogue.public_id}/research-questions/board{tail}"

    def one(self, tail: str = "") -> str:
        return self.at(f"/{self.row.public_id}{tail}")

    @property
    def state(self) -> ResearchState:
        state: ResearchState = fresh(self.row).state
        return state


@pytest.fixture
def board(client: FlaskClient) -> Board:
    dialogue = factories.make_dialogue()
    staff = {
        role: factories.make_staff(dialogue, role) for role in (Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER)
    }
    factories.sign_in_as(client, staff[Role.FACILITATOR])
    return Board(dialogue, _raised(dialogue), staff)


def _raised(dialogue: Any, text: str = WORDS, **changes: Any) -> ResearchQuestion:
    number = db.session.query(ResearchQuestion).count() + 1
    facts = {"words_state": WordState.APPROVED, "origin": ResearchOrigin.PARTICIPANT, **changes}
    author = factories.make_participant(dialogue)
    return saved(ResearchQuestion(dialogue_id=dialogue.id, number=number, author_id=author.id, text=text, **facts))


def _feasible(client: FlaskClient, board: Board, remit: str = "yes") -> Any:
    data = {"feasibility-is_known": "no", "feasibility-in_remit": remit, "feasibility-is_fundable": "yes"}
    return client.post(board.one("/feasibility"), data=data)


def _decide(client: FlaskClient, board: Board, step: str, reason: str = "It came first.", words: str = "") -> Any:
    factories.sign_in_as(client, board.staff[Role.COMMISSIONER])
    data = {"decide-step": step, "decide-reason": reason, "decide-words": words}
    return client.post(board.one("/decide"), data=data)


def test_the_board_counts_and_filters_by_state(client: FlaskClient, board: Board):
    _raised(board.dialogue, "Is it fair?", state=ResearchState.CLARIFIED)
    page = client.get(board.at()).text
    assert WORDS in page
    assert "Is it fair?" in page
    page = client.get(board.at("?state=clarified")).text
    assert WORDS not in page
    assert "Is it fair?" in page
    assert client.get(board.at("?state=nonsense")).status_code == 200


def test_an_empty_board_says_where_questions_come_from(client: FlaskClient):
    dialogue = factories.make_dialogue()
    factories.sign_in_as(client, factories.make_staff(dialogue, Role.FACILITATOR))
    assert "There are none yet." in client.get(f"/d/{dialogue.public_id}/research-questions/board").text


def test_a_clearer_wording_stands_beside_the_verbatim_one(client: FlaskClient, board: Board):
    client.post(board.one("/clarify"), data={"clarify-words": "How many weeks longer?", "clarify-reason": "Clear."})
    page = client.get(board.one()).text
    assert "How many weeks longer?" in page
    assert WORDS in page
    assert fresh(board.row).text == WORDS
    again = client.post(board.one("/clarify"), data={"clarify-words": "How many weeks longer?"})
    assert again.status_code == 422
    assert "same words" in again.text


def test_the_steps_follow_one_another(client: FlaskClient, board: Board):
    early = client.post(board.one("/prioritise"), data={"prioritise-rank": "1"})
    assert early.status_code == 422
    assert "cannot be done" in early.text
    assert _feasible(client, board).status_code == 303
    assert client.post(board.one("/prioritise"), data={"prioritise-rank": "0"}).status_code == 422
    data = {"prioritise-rank": "1", "prioritise-approvals": "30", "prioritise-reason": "Most approved."}
    client.post(board.one("/prioritise"), data=data)
    row = fresh(board.row)
    assert (row.priority_rank, row.priority_approvals, row.priority_note) == (1, 30, "Most approved.")
    assert _decide(client, board, "include").status_code == 303
    assert board.state is ResearchState.INCLUDED
    assert "It was included." in client.get(board.one()).text


def test_a_decision_without_a_reason_is_refused_and_nothing_typed_is_lost(client: FlaskClient, board: Board):
    page = _decide(client, board, "park", "  ")
    assert page.status_code == 422
    assert "Say why." in page.text
    assert board.state is ResearchState.RAISED


def test_what_is_outside_the_remit_is_reframed_in_new_words(client: FlaskClient, board: Board):
    _feasible(client, board, "no")
    client.post(board.one("/prioritise"), data={})
    page = _decide(client, board, "include")
    assert page.status_code == 422
    assert "not in the remit" in page.text
    assert _decide(client, board, "reframe").status_code == 422
    assert _decide(client, board, "reframe", words="What would a fund need to know?").status_code == 303
    assert fresh(board.row).wordings[-1].text == "What would a fund need to know?"


def test_questions_are_put_together_and_parted(client: FlaskClient, board: Board):
    into = _raised(board.dialogue, "Is it slow?")
    client.post(board.one("/merge"), data={"merge-into": str(into.public_id), "merge-reason": ""})
    assert fresh(board.row).merged_into_id == into.id
    assert client.post(board.one("/part"), data={"reopen-reason": ""}).status_code == 422
    client.post(board.one("/part"), data={"reopen-reason": "They differ."})
    row = fresh(board.row)
    assert (row.merged_into_id, row.state) == (None, ResearchState.RAISED)


def test_only_the_commissioner_takes_a_decision_up_again(client: FlaskClient, board: Board):
    _decide(client, board, "decline")
    factories.sign_in_as(client, board.staff[Role.FACILITATOR])
    assert client.post(board.one("/reopen"), data={"reopen-reason": "Why not."}).status_code == 403
    assert client.post(board.one("/part"), data={"reopen-reason": "Why not."}).status_code == 409
    factories.sign_in_as(client, board.staff[Role.COMMISSIONER])
    client.post(board.one("/reopen"), data={"reopen-reason": "New money."})
    row = fresh(board.row)
    assert (row.state, row.outcome_reason, len(row.steps)) == (ResearchState.RAISED, "", 2)


def test_words_are_checked_before_any_step_and_the_commissioner_never_sees_them_before(
    client: FlaskClient, board: Board
):
    board.row = _raised(board.dialogue, "Waiting words?", words_state=WordState.WAITING)
    assert "wait to be checked" in client.get(board.at()).text
    assert _feasible(client, board).status_code == 422
    factories.sign_in_as(client, board.staff[Role.COMMISSIONER])
    assert "Waiting words?" not in client.get(board.at()).text
    assert client.get(board.one()).status_code == 404
    factories.sign_in_as(client, board.staff[Role.FACILITATOR])
    client.post(board.one("/check"), data={"decision": "refuse", "reason": "unclear"})
    assert fresh(board.row).words_state is WordState.REFUSED
    client.post(board.one("/check"), data={"decision": "approve"})
    assert _feasible(client, board).status_code == 303


def test_staff_name_the_origin_of_what_they_raise(client: FlaskClient, board: Board):
    stage = factories.make_stage(factories.make_session(board.dialogue), StageKind.DISCUSS)
    prompt = saved(Prompt(stage_id=stage.id, place=1, text="What worries you?"))
    comment = saved(
        Comment(dialogue_id=board.dialogue.id, prompt_id=prompt.id, text="Is it safe?", state=WordState.APPROVED)
    )
    missing = client.post(board.at("/raise"), data={"text": "Safe?", "origin": "staff"})
    assert missing.status_code == 422
    assert "Say where it comes from" in missing.text
    data = {"text": "Who checks?", "origin": "prompt", "prompt": str(prompt.public_id), "note": "Table notes."}
    assert client.post(board.at("/raise"), data=data).status_code == 303
    address = board.at(f"/raise?comment={comment.public_id}")
    assert client.post(address, data={"text": "", "origin": "comment"}).status_code == 303
    first, second = db.session.scalars(
        select(ResearchQuestion).where(ResearchQuestion.raised_by_id.is_not(None)).order_by(ResearchQuestion.number)
    )
    assert (first.prompt_id, first.text, first.words_state) == (prompt.id, "Who checks?", WordState.APPROVED)
    assert (second.comment_id, second.text) == (comment.id, "")
    page = client.get(board.at(f"/{second.public_id}")).text
    assert "Is it safe?" in page
    assert "From a comment" in page


def test_the_csv_file_holds_one_row_a_question_and_no_formula(client: FlaskClient, board: Board):
    _raised(board.dialogue, "=1+1?")
    _raised(board.dialogue, "Hidden?", words_state=WordState.WAITING)
    _decide(client, board, "park", "Later.")
    reply = client.get(f"/d/{board.dialogue.public_id}/research-questions/export.csv")
    assert reply.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert [row["number"] for row in rows] == ["1", "2"]
    assert (rows[0]["state"], rows[0]["outcome_reason"]) == ("parked", "Later.")
    assert "raised>parked" in rows[0]["steps"]
    assert rows[1]["verbatim"] == "'=1+1?"
