"""Second opinions keep both views; an author can ask once to look again, and somebody else answers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.moderation import Appeal, AuthorNotice, ModerationDecision, SecondOpinion
from app.models.people import Account, Participant
from app.models.voting import Statement
from app.queries.moderation import Filters, Mark
from app.services.appeals import appeal, decide_appeal
from app.services.leaving import leave_dialogue
from app.services.moderation import decide, undo
from app.services.opinions import ask_second, give_second
from deliberation.errors import RuleError
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.roles import Role
from tests.app.moderating import address, sent, waiting_statement, words_in
from tests.factories import be_participant, make_dialogue, make_participant, make_staff, sign_in_as

APPROVE, REFUSE = Decision.APPROVE, Decision.REFUSE


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR, "Fay")


@pytest.fixture
def anna(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR, "Anna")


@pytest.fixture
def author(dialogue: Dialogue) -> Participant:
    return make_participant(dialogue)


@pytest.fixture
def refused(dialogue: Dialogue, by: Account, author: Participant) -> Statement:
    words = waiting_statement(dialogue, "My own words.", author_id=author.id)
    with transaction():
        decide(dialogue, words, REFUSE, ReasonCode.UNCLEAR, by=by, note="Which scans do you mean?")
    return words


def mine(dialogue: Dialogue, rest: str = "") -> str:
    return f"/d/{dialogue.public_id}/mine{rest}"


def test_both_opinions_are_kept_and_the_asker_is_not_the_second(
    dialogue: Dialogue, by: Account, anna: Account
) -> None:
    words = waiting_statement(dialogue)
    with transaction():
        ask_second(dialogue, words, view=REFUSE, reason=ReasonCode.UNCLEAR, question="Is it clear?", by=by)
    assert words_in(dialogue, Filters(mark=Mark.OPINION)) == [words]
    with pytest.raises(RuleError, match="opinion_open"), transaction():
        ask_second(dialogue, words, view=None, reason=None, question="", by=anna)
    with pytest.raises(RuleError, match="second_is_first"), transaction():
        give_second(dialogue, words, view=APPROVE, reason=None, answer="", by=by)
    with pytest.raises(RuleError, match="reason_missing"), transaction():
        give_second(dialogue, words, view=REFUSE, reason=None, answer="", by=anna)
    with transaction():
        give_second(dialogue, words, view=APPROVE, reason=None, answer="Clear to me.", by=anna)
    row = db.session.scalars(select(SecondOpinion)).one()
    assert (row.first_view, row.second_view, row.answer) == (REFUSE, APPROVE, "Clear to me.")
    assert words.state is WordState.WAITING
    assert words_in(dialogue, Filters(mark=Mark.OPINION)) == []


def test_a_second_opinion_is_asked_and_given_on_the_desk(
    dialogue: Dialogue, by: Account, anna: Account, client: FlaskClient
) -> None:
    words = waiting_statement(dialogue)
    sign_in_as(client, by)
    client.post(address(dialogue, "/opinion"), data={**sent("statement", words), "view": "abuse", "note": "Too hard?"})
    assert "Somebody else gives it." in client.get(address(dialogue)).text
    sign_in_as(client, anna)
    page = client.get(address(dialogue, "?mark=opinion&state=any")).text
    assert "Your second opinion" in page
    assert "Too hard?" in page
    reply = client.post(address(dialogue, "/opinion/give"), data={**sent("statement", words), "view": ""})
    assert reply.status_code == 409
    client.post(address(dialogue, "/opinion/give"), data={**sent("statement", words), "view": "show", "note": "Fine."})
    page = client.get(address(dialogue)).text
    assert "Fay" in page
    assert "would show it" in page


def test_the_author_reads_where_the_words_went_with_the_note_and_never_the_word_rejected(
    dialogue: Dialogue, refused: Statement, author: Participant, client: FlaskClient
) -> None:
    be_participant(client, author)
    page = client.get(mine(dialogue)).text
    for words in ("We could not be sure what it means", "Which scans do you mean?", "A person on the team decided",
                  "Ask us to look again"):  # fmt: skip
        assert words in page
    assert "reject" not in page.lower()


def test_an_author_asks_once_and_reads_the_answer_of_somebody_else(
    dialogue: Dialogue, by: Account, anna: Account, refused: Statement, author: Participant, client: FlaskClient
) -> None:
    be_participant(client, author)
    data = {"kind": "statement", "words_id": str(refused.public_id), "text": ""}
    ask = client.get(mine(dialogue, f"/look-again?kind=statement&words_id={refused.public_id}"))
    assert "My own words." in ask.text
    assert client.post(mine(dialogue, "/look-again"), data=data).status_code == 422
    data["text"] = "I mean all scans of the head."
    client.post(mine(dialogue, "/look-again"), data=data)
    assert client.post(mine(dialogue, "/look-again"), data=data).status_code == 422
    assert "We have not answered yet." in client.get(mine(dialogue)).text
    sign_in_as(client, by)
    page = client.get(address(dialogue, "?mark=appealed&state=any")).text
    assert "I mean all scans of the head." in page
    assert "another moderator has to look again" in page
    answer = {**sent("statement", refused), "outcome": "approve", "answer": "Thank you, now it is clear."}
    assert client.post(address(dialogue, "/appeal"), data=answer).status_code == 409
    sign_in_as(client, anna)
    client.post(address(dialogue, "/appeal"), data=answer)
    db.session.expire_all()
    assert refused.state is WordState.APPROVED
    be_participant(client, author)
    assert "Thank you, now it is clear." in client.get(mine(dialogue)).text


def test_the_only_moderator_may_answer_an_appeal_and_has_to_write_something(
    dialogue: Dialogue, by: Account, refused: Statement, author: Participant
) -> None:
    with transaction():
        appeal(dialogue, refused, "Please.", by=author)
    with pytest.raises(RuleError, match="words_empty"), transaction():
        decide_appeal(dialogue, refused, REFUSE, " ", by=by)
    with transaction():
        decide_appeal(dialogue, refused, REFUSE, "We still cannot tell.", by=by)
    assert (refused.state, words_in(dialogue, Filters(state=None, mark=Mark.APPEALED))) == (WordState.REFUSED, [])
    with pytest.raises(RuleError, match="no_appeal"), transaction():
        decide_appeal(dialogue, refused, APPROVE, "Again.", by=by)


def test_only_the_author_asks_and_only_about_words_that_are_kept_back(
    dialogue: Dialogue, by: Account, refused: Statement, author: Participant, client: FlaskClient
) -> None:
    other = make_participant(dialogue)
    with pytest.raises(RuleError, match="not_yours"), transaction():
        appeal(dialogue, refused, "Please.", by=other)
    be_participant(client, other)
    client.post(
        mine(dialogue, "/look-again"), data={"kind": "statement", "words_id": str(refused.public_id), "text": "x"}
    )
    assert db.session.scalar(select(Appeal)) is None
    made = db.session.scalars(select(ModerationDecision)).one()
    with transaction():
        undo(dialogue, made, by=by)
    with pytest.raises(RuleError, match="nothing_to_appeal"), transaction():
        appeal(dialogue, refused, "Please.", by=author)


def test_notes_and_appeals_go_when_their_author_leaves(
    dialogue: Dialogue, refused: Statement, author: Participant
) -> None:
    with transaction():
        appeal(dialogue, refused, "Please.", by=author)
    with transaction():
        leave_dialogue(dialogue, by=author)
    assert db.session.scalar(select(Appeal)) is None
    assert db.session.scalar(select(AuthorNotice)) is None
    assert db.session.scalar(select(ModerationDecision)) is not None
