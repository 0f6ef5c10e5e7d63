"""Moderation: the queue, decisions with reasons, undo, and that words are never lost or told "rejected"."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment, ModerationDecision, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.events import Event, EventPayload
from app.models.people import Account
from app.models.voting import Condition, Statement
from app.queries.moderation import Filters, WordKind, queue, waiting_count
from app.queries.stages import placed_statements
from app.services.moderation import decide, undo
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from deliberation.voting import Origin
from tests.factories import (
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    sign_in_as,
)

APPROVE, REFUSE = Decision.APPROVE, Decision.REFUSE


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR)


@pytest.fixture
def stage(dialogue: Dialogue) -> Stage:
    return make_stage(make_session(dialogue))


def waiting_statement(dialogue: Dialogue, text: str = "Words of a person.", **changes: Any) -> Statement:
    return make_statement(dialogue, text, origin=Origin.PARTICIPANT, state=WordState.WAITING, **changes)


def waiting_comment(dialogue: Dialogue, text: str = "A comment.") -> Comment:
    talk = make_stage(make_session(dialogue, number=7), StageKind.DISCUSS)
    with transaction() as session:
        prompt = Prompt(stage_id=talk.id, place=1, text="What worries you?")
        session.add(prompt)
        session.flush()
        comment = Comment(dialogue_id=dialogue.id, prompt_id=prompt.id, stage_id=talk.id, text=text)
        session.add(comment)
    return comment


def waiting_condition(dialogue: Dialogue) -> Condition:
    person = make_participant(dialogue)
    statement = make_statement(dialogue, "Seeded.")
    with transaction() as session:
        row = Condition(participant_id=person.id, statement_id=statement.id, text="On who checks.")
        session.add(row)
    return row


def address(dialogue: Dialogue, rest: str = "") -> str:
    return f"/d/{dialogue.public_id}/moderation{rest}"


def sent(kind: str, words: Any, decision: str = "approve", **more: str) -> dict[str, str]:
    return {"kind": kind, "words": str(words.public_id), "decision": decision, **more}


def test_an_approved_statement_is_put_to_the_vote_in_the_stage_it_was_written_in(
    dialogue: Dialogue, by: Account, stage: Stage
) -> None:
    statement = waiting_statement(dialogue, stage_id=stage.id)
    with transaction():
        decide(dialogue, statement, APPROVE, by=by)
    assert statement.state is WordState.APPROVED
    assert [row.statement for row in placed_statements(stage)] == [statement]


def test_words_are_refused_only_with_a_reason_from_the_list(dialogue: Dialogue, by: Account) -> None:
    statement = waiting_statement(dialogue)
    with pytest.raises(RuleError, match="reason_missing"), transaction():
        decide(dialogue, statement, REFUSE, by=by)
    with transaction():
        decide(dialogue, statement, REFUSE, ReasonCode.UNCLEAR, by=by)
    assert (statement.state, statement.reason) == (WordState.REFUSED, ReasonCode.UNCLEAR)
    assert statement.text == "Words of a person."


def test_undo_puts_words_back_to_what_they_were_and_keeps_the_decision(dialogue: Dialogue, by: Account) -> None:
    comment = waiting_comment(dialogue)
    with transaction():
        decide(dialogue, comment, REFUSE, ReasonCode.REPEATED, by=by)
        decide(dialogue, comment, APPROVE, by=by)
    first, second = db.session.scalars(select(ModerationDecision).order_by(ModerationDecision.id))
    with pytest.raises(RuleError, match="decision_not_newest"), transaction():
        undo(dialogue, first, by=by)
    with transaction():
        undo(dialogue, second, by=by)
    assert (comment.state, comment.reason) == (WordState.REFUSED, ReasonCode.REPEATED)
    with transaction():
        undo(dialogue, first, by=by)
    assert (comment.state, comment.reason) == (WordState.WAITING, None)
    with pytest.raises(RuleError, match="decision_undone"), transaction():
        undo(dialogue, first, by=by)
    assert first.undone_at is not None


def test_a_condition_is_checked_like_other_words(dialogue: Dialogue, by: Account) -> None:
    condition = waiting_condition(dialogue)
    with transaction():
        made = decide(dialogue, condition, REFUSE, ReasonCode.PERSONAL_DATA, by=by)
    assert made.condition_id == condition.id
    assert (condition.state, condition.reason) == (WordState.REFUSED, ReasonCode.PERSONAL_DATA)


def test_words_that_were_taken_back_are_not_decided_about(dialogue: Dialogue, by: Account) -> None:
    statement = waiting_statement(dialogue)
    with transaction():
        made = decide(dialogue, statement, APPROVE, by=by)
        statement.state = WordState.WITHDRAWN
    with pytest.raises(RuleError, match="already_withdrawn"), transaction():
        decide(dialogue, statement, REFUSE, ReasonCode.ABUSE, by=by)
    with pytest.raises(RuleError, match="already_withdrawn"), transaction():
        undo(dialogue, made, by=by)


def test_every_decision_and_its_undoing_is_in_the_event_log(dialogue: Dialogue, by: Account) -> None:
    statement = waiting_statement(dialogue)
    with transaction():
        made = decide(dialogue, statement, REFUSE, ReasonCode.OFF_TOPIC, by=by)
        undo(dialogue, made, by=by)
        decide(dialogue, statement, APPROVE, by=by)
    rows = db.session.execute(
        select(Event.kind, EventPayload.facts).join(EventPayload, EventPayload.event_id == Event.id).order_by(Event.id)
    )
    assert [(row.kind, row.facts.get("reason")) for row in rows] == [
        (EventKind.WORDS_REFUSED, "off_topic"), (EventKind.MODERATION_UNDONE, None), (EventKind.WORDS_APPROVED, ""),
    ]  # fmt: skip


def test_the_queue_is_oldest_first_over_all_kinds_and_counts_each_way(
    dialogue: Dialogue, by: Account, stage: Stage
) -> None:
    first, second = waiting_statement(dialogue, "First.", stage_id=stage.id), waiting_comment(dialogue, "Second.")
    third = waiting_condition(dialogue)
    make_statement(dialogue, "A seed is not in the queue.")
    waiting_statement(make_dialogue(), "Elsewhere.")
    found = queue(dialogue, Filters())
    assert [item.row for item in found.items] == [first, second, third]
    assert [item.about_kind for item in found.items] == ["", "prompt", "statement"]
    assert found.by_kind == {WordKind.STATEMENT: 1, WordKind.COMMENT: 1, WordKind.CONDITION: 1}
    assert [(s.id, n) for s, n in found.by_stage] == [(stage.id, 1), (second.stage_id, 1)]
    assert waiting_count(dialogue) == found.total == 3
    assert [i.row for i in queue(dialogue, Filters(stage=stage)).items] == [first]
    assert [i.row for i in queue(dialogue, Filters(kind=WordKind.COMMENT)).items] == [second]
    with transaction():
        decide(dialogue, first, APPROVE, by=by)
    assert queue(dialogue, Filters()).by_state == {WordState.WAITING: 2, WordState.APPROVED: 1}


def test_similar_statements_that_everyone_can_see_stand_below_the_words(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    seed = make_statement(dialogue, "Patients should check every request from a company.")
    waiting_statement(dialogue, "A patient has to check each company's request.")
    (item,) = queue(dialogue, Filters()).items
    assert item.similar == [seed]
    sign_in_as(client, by)
    assert "Everyone can see similar ones:" in client.get(address(dialogue)).text


def test_a_long_queue_comes_in_pages_and_loses_nothing(dialogue: Dialogue) -> None:
    for number in range(23):
        waiting_statement(dialogue, f"Number {number}.")
    pages = [queue(dialogue, Filters(), page) for page in (1, 2)]
    texts = [item.row.text for page in pages for item in page.items]
    assert texts == [f"Number {n}." for n in range(23)]
    assert pages[0].pages == 2
    assert queue(dialogue, Filters(), 99).page == 2


def test_the_desk_shows_the_words_where_they_came_from_the_policy_and_never_a_pseudonym(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    author = make_participant(dialogue, "Amber Heron")
    waiting_statement(dialogue, "Is this <b>right</b>?", author_id=author.id)
    waiting_comment(dialogue, "A comment.")
    sign_in_as(client, by)
    page = client.get(address(dialogue)).text
    assert "Is this &lt;b&gt;right&lt;/b&gt;?" in page
    assert "What worries you?" in page
    assert "It could show who somebody is" in page
    assert "It stays in the record" in page
    assert "Amber Heron" not in page
    assert "reject" not in page.lower()


def test_deciding_on_the_page_says_what_happened_with_undo(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    statement = waiting_statement(dialogue, "Look at this.")
    sign_in_as(client, by)
    reply = client.post(address(dialogue, "/decide"), data=sent("statement", statement), follow_redirects=True)
    assert "Everyone can see this now:" in reply.text
    assert "Look at this." in reply.text
    made = db.session.scalars(select(ModerationDecision)).one()
    reply = client.post(
        address(dialogue, "/undo"), data={"decision": str(made.public_id)}, follow_redirects=True
    )
    assert "Undone." in reply.text
    db.session.expire_all()
    assert statement.state is WordState.WAITING


def test_a_decision_keeps_the_filters(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    comment = waiting_comment(dialogue)
    sign_in_as(client, by)
    data = sent("comment", comment, "refuse", reason="unclear", only="comment", state="waiting")
    reply = client.post(address(dialogue, "/decide"), data=data)
    assert reply.status_code == 303
    assert "only=comment" in reply.location
    shown = client.get(address(dialogue, "?state=refused&only=comment")).text
    assert "A comment." in shown


def test_a_decision_made_twice_is_refused_with_the_reason_on_the_desk(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    statement = waiting_statement(dialogue)
    sign_in_as(client, by)
    client.post(address(dialogue, "/decide"), data=sent("statement", statement))
    reply = client.post(address(dialogue, "/decide"), data=sent("statement", statement))
    assert reply.status_code == 409
    assert "already been decided" in reply.text
    reply = client.post(address(dialogue, "/decide"), data=sent("statement", statement, "refuse", reason="dislike"))
    assert reply.status_code == 409
    assert "Choose a reason from the list." in reply.text


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ANALYST, Role.OVERSEER, Role.EVALUATOR])
def test_only_facilitators_moderate(dialogue: Dialogue, client: FlaskClient, role: Role) -> None:
    statement = waiting_statement(dialogue)
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(address(dialogue)).status_code == 403
    assert client.post(address(dialogue, "/decide"), data=sent("statement", statement)).status_code == 403


def test_words_of_another_dialogue_are_not_found(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    other = make_dialogue()
    sign_in_as(client, by)
    for kind, words in (
        ("statement", waiting_statement(other)), ("comment", waiting_comment(other)),
        ("condition", waiting_condition(other)),
    ):  # fmt: skip
        assert client.post(address(dialogue, "/decide"), data=sent(kind, words)).status_code == 404
    assert client.post(address(dialogue, "/decide"), data={"kind": "x", "words": "y"}).status_code == 404
    assert client.post(address(dialogue, "/undo"), data={"decision": "1"}).status_code == 404


def test_words_that_were_taken_back_are_gone_from_the_desk(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    words, parent = waiting_statement(dialogue, "My son Tom."), waiting_comment(dialogue, "My aunt Flo.")
    with transaction() as session:
        decide(dialogue, words, APPROVE, by=by)
        reply = {"dialogue_id": dialogue.id, "parent_id": parent.id, "stage_id": parent.stage_id}
        session.add(Comment(**reply, text="Poor thing."))
    sign_in_as(client, by)
    desk = f"/d/{dialogue.public_id}/moderation"
    before = client.get(desk).text
    assert "Tom" in before
    assert "Flo" in before
    with transaction():
        words.state = parent.state = WordState.WITHDRAWN
    after = client.get(desk).text
    assert "Tom" not in after
    assert "Flo" not in after
    assert "Poor thing." in after
