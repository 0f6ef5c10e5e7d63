"""Rewording, splitting, merging: votes stay with old words, authors are asked, and it can be undone."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue, Stage
from app.models.moderation import ModerationDecision, StatementLineage
from app.models.people import Account, Participant
from app.models.voting import Statement, Vote
from app.queries.stages import placed_statements
from app.services.leaving import leave_dialogue
from app.services.lineage import answer_reword, merge, reword
from app.services.moderation import decide, undo
from app.services.voting import cast_vote
from deliberation.errors import RuleError
from deliberation.moderation import Decision, LineageKind, ReasonCode, WordState
from deliberation.roles import Role
from deliberation.voting import Origin, Position
from tests.app.moderating import waiting_statement
from tests.factories import (
    be_participant,
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    sign_in_as,
)


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR)


@pytest.fixture
def stage(dialogue: Dialogue) -> Stage:
    return make_stage(make_session(dialogue))


@pytest.fixture
def author(dialogue: Dialogue) -> Participant:
    return make_participant(dialogue)


@pytest.fixture
def words(dialogue: Dialogue, stage: Stage, author: Participant) -> Statement:
    return waiting_statement(dialogue, "They shuld ask and pay.", stage_id=stage.id, author_id=author.id)


def voted_on(dialogue: Dialogue, stage: Stage, statement: Statement, by: Account) -> None:
    person = make_participant(dialogue)
    with transaction():
        decide(dialogue, statement, Decision.APPROVE, by=by)
    key = statement.public_id
    with transaction():
        cast_vote(stage, statement, Position.AGREE, client_key=key, by=person)


def lines() -> list[StatementLineage]:
    return list(db.session.scalars(select(StatementLineage).order_by(StatementLineage.id)))


def test_a_reword_is_a_new_statement_of_the_same_author_and_the_old_one_stays_in_the_record(
    dialogue: Dialogue, by: Account, words: Statement, stage: Stage
) -> None:
    with transaction():
        (made,) = reword(dialogue, words, ["They should ask and pay."], by=by)
    assert (made.origin, made.derived_from_id, made.author_id) == (Origin.DERIVED, words.id, words.author_id)
    assert (words.state, words.reason, words.text) == (
        WordState.REFUSED, ReasonCode.UNCLEAR, "They shuld ask and pay.",
    )  # fmt: skip
    assert [row.statement for row in placed_statements(stage)] == [made]
    assert [line.kind for line in lines()] == [LineageKind.REWORDED]


def test_votes_on_old_words_stay_with_the_old_words(
    dialogue: Dialogue, by: Account, words: Statement, stage: Stage
) -> None:
    voted_on(dialogue, stage, words, by)
    with transaction():
        (made,) = reword(dialogue, words, ["They should ask and pay."], by=by)
    assert words.state is WordState.APPROVED
    assert list(db.session.scalars(select(Vote.statement_id))) == [words.id]
    assert made.state is WordState.APPROVED


def test_a_split_makes_several_and_each_knows_its_parent(dialogue: Dialogue, by: Account, words: Statement) -> None:
    with transaction():
        made = reword(dialogue, words, ["They should ask.", " ", "They should pay."], by=by)
    assert [one.text for one in made] == ["They should ask.", "They should pay."]
    assert {(line.parent_id, line.kind) for line in lines()} == {(words.id, LineageKind.SPLIT)}


@pytest.mark.parametrize(
    ("texts", "code"),
    [([], "words_empty"), (["They shuld ask and pay."], "unchanged"), (["A", "A"], "parts_repeated"),
     (["x" * 201], "words_too_long")],
)  # fmt: skip
def test_new_words_that_are_none_are_refused(
    dialogue: Dialogue, by: Account, words: Statement, texts: list[str], code: str
) -> None:
    with pytest.raises(RuleError, match=code), transaction():
        reword(dialogue, words, texts, by=by)


def test_a_merge_points_to_the_one_that_stays(dialogue: Dialogue, by: Account, words: Statement) -> None:
    kept, hidden = make_statement(dialogue, "Ask and pay."), waiting_statement(dialogue, "Hidden.")
    for other, code in ((words, "same_statement"), (hidden, "not_shown")):
        with pytest.raises(RuleError, match=code), transaction():
            merge(dialogue, words, other, by=by)
    with transaction():
        made = merge(dialogue, words, kept, by=by)
    assert (words.state, words.reason) == (WordState.REFUSED, ReasonCode.REPEATED)
    assert [(line.child_id, line.kind) for line in lines()] == [(kept.id, LineageKind.MERGED)]
    with transaction():
        undo(dialogue, made, by=by)
    assert (words.state, kept.state, lines()) == (WordState.WAITING, WordState.APPROVED, [])


def test_undoing_a_reword_takes_the_new_words_back_unless_somebody_voted_on_them(
    dialogue: Dialogue, by: Account, words: Statement, stage: Stage
) -> None:
    with transaction():
        (made,) = reword(dialogue, words, ["They should ask and pay."], by=by)
    closing = db.session.scalars(
        select(ModerationDecision).where(ModerationDecision.words_ref == words.public_id)
    ).one()
    person, key = make_participant(dialogue), words.public_id
    with transaction():
        cast_vote(stage, made, Position.AGREE, client_key=key, by=person)
    with pytest.raises(RuleError, match="derived_voted"), transaction():
        undo(dialogue, closing, by=by)
    with transaction() as session:
        session.delete(session.scalars(select(Vote)).one())
    with transaction():
        undo(dialogue, closing, by=by)
    assert (words.state, made.state) == (WordState.WAITING, WordState.WITHDRAWN)


def asked(dialogue: Dialogue, by: Account, words: Statement) -> Statement:
    with transaction():
        (made,) = reword(dialogue, words, ["They should ask and pay."], by=by)
    return made


@pytest.mark.parametrize("same", ["yes", "no"])
def test_the_author_says_whether_it_is_still_what_they_meant(
    dialogue: Dialogue, by: Account, words: Statement, author: Participant, client: FlaskClient, same: str
) -> None:
    made = asked(dialogue, by, words)
    be_participant(client, author)
    page = client.get(f"/d/{dialogue.public_id}/mine").text
    assert "Is this still what you meant?" in page
    assert "It stands as:" in page
    (line,) = lines()
    client.post(f"/d/{dialogue.public_id}/mine/reworded", data={"line": str(line.public_id), "same": same})
    db.session.expire_all()
    expected = (WordState.APPROVED, WordState.REFUSED) if same == "yes" else (WordState.WITHDRAWN, WordState.WAITING)
    assert (made.state, words.state) == expected
    assert line.says_same is (same == "yes")
    with pytest.raises(RuleError, match="reword_answered_before"), transaction():
        answer_reword(line, says_same=True, by=author)


def test_nobody_answers_for_another_author(dialogue: Dialogue, by: Account, words: Statement) -> None:
    asked(dialogue, by, words)
    other = make_participant(dialogue)
    with pytest.raises(RuleError, match="not_yours"), transaction():
        answer_reword(lines()[0], says_same=True, by=other)


def test_new_words_go_when_their_author_leaves(
    dialogue: Dialogue, by: Account, words: Statement, author: Participant
) -> None:
    made = asked(dialogue, by, words)
    with transaction():
        leave_dialogue(dialogue, by=author)
    assert (made.text, made.state) == ("", WordState.WITHDRAWN)


def test_a_moderator_rewords_and_merges_on_a_page(
    dialogue: Dialogue, by: Account, words: Statement, client: FlaskClient
) -> None:
    kept = make_statement(dialogue, "They should ask and should pay.", number=77)
    sign_in_as(client, by)
    base = f"/d/{dialogue.public_id}/moderation/words/{words.public_id}"
    assert "It says the same as another" in client.get(base).text
    reply: Any = client.post(base, data={"texts": "They shuld ask and pay."})
    assert (reply.status_code, "the same words as before" in reply.text) == (422, True)
    assert client.post(f"{base}/merge", data={"number": "x"}).status_code == 422
    reply = client.post(f"{base}/merge", data={"number": str(kept.number)}, follow_redirects=True)
    assert "Somebody has already said the same" in reply.text
    reply = client.post(base, data={"texts": "They should ask.\nThey should pay."}, follow_redirects=True)
    assert "The author is asked" in reply.text
