"""Moderation: the queue, decisions with reasons, undo, and that words are never lost or told "rejected"."""


import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.dialogues import Dialogue, Stage
from app.models.events import Event, EventPayload
from app.models.moderation import ModerationDecision
from app.models.people import Account
from app.queries.moderation import waiting_count
from app.queries.stages import placed_statements
from app.queries.word_kinds import KINDS
from app.services.moderation import decide, decide_many, undo
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.roles import Role
from tests.app.moderating import address, again, sent, waiting_comment, waiting_condition, waiting_statement
from tests.factories import (
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
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
    assert (made.kind, made.words_ref) == ("condition", condition.public_id)
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


def test_every_kind_in_the_registry_can_be_found_decided_and_undone(dialogue: Dialogue, by: Account) -> None:
    made = {"statement": waiting_statement, "comment": waiting_comment, "condition": waiting_condition}
    assert set(made) <= set(KINDS)
    for key, make in made.items():
        words = make(dialogue)
        with transaction():
            decision = decide(dialogue, words, REFUSE, ReasonCode.UNCLEAR, by=by)
            undo(dialogue, decision, by=by)
        assert decision.kind == key
        assert words.state is WordState.WAITING


def test_several_words_are_decided_about_at_once_and_undone_as_one(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    made = [waiting_statement(dialogue, f"Number {number}.") for number in range(3)]
    sign_in_as(client, by)
    ticked = [f"statement:{one.public_id}:waiting" for one in made[:2]]
    asked = client.post(address(dialogue, "/bulk"), data={"words": ticked, "what": "off_topic", "view": "list"})
    assert "Decide about 2 contributions" in asked.text
    assert waiting_count(dialogue) == 3
    sent_on = {"words": ticked, "what": "off_topic", "view": "list", "sure": "yes"}
    reply = client.post(address(dialogue, "/bulk"), data=sent_on, follow_redirects=True)
    assert "2 contributions" in reply.text
    assert [one.reason for one in again(made)] == [ReasonCode.OFF_TOPIC, ReasonCode.OFF_TOPIC, None]
    first = db.session.scalars(select(ModerationDecision)).first()
    client.post(address(dialogue, "/undo"), data={"decision": str(first.public_id)})
    assert [one.state for one in again(made)] == [WordState.WAITING] * 3


def test_a_bulk_act_needs_words_and_a_reason_and_is_all_or_nothing(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    one, other = waiting_statement(dialogue, "One."), waiting_statement(dialogue, "Other.")
    sign_in_as(client, by)
    reply = client.post(address(dialogue, "/bulk"), data={"what": "show", "view": "list"})
    assert (reply.status_code, "Tick at least one" in reply.text) == (409, True)
    ticked = [f"statement:{row.public_id}:waiting" for row in (one, other)]
    reply = client.post(address(dialogue, "/bulk"), data={"words": ticked, "view": "list"})
    assert (reply.status_code, "Choose a reason" in reply.text) == (409, True)
    anna = make_staff(dialogue, Role.FACILITATOR, "Anna")
    with transaction():
        decide(dialogue, other, APPROVE, by=anna)
    reply = client.post(address(dialogue, "/bulk"), data={"words": ticked, "what": "unclear", "sure": "yes"})
    assert (reply.status_code, "Anna has decided about this meanwhile" in reply.text) == (409, True)
    assert again([one])[0].state is WordState.WAITING


def test_nobody_decides_over_a_colleague_who_was_quicker(dialogue: Dialogue, by: Account) -> None:
    words, anna = waiting_statement(dialogue), make_staff(dialogue, Role.FACILITATOR, "Anna")
    with transaction():
        decide(dialogue, words, REFUSE, ReasonCode.ABUSE, by=anna, seen=WordState.WAITING)
    with pytest.raises(RuleError, match="refused_meanwhile"), transaction():
        decide(dialogue, words, APPROVE, by=by, seen=WordState.WAITING)
    with transaction():
        decide(dialogue, words, APPROVE, by=by, seen=WordState.REFUSED)
    with pytest.raises(RuleError, match="shown_meanwhile"), transaction():
        decide_many(dialogue, [(words, WordState.REFUSED)], REFUSE, ReasonCode.ABUSE, by=anna)


def test_the_desk_shows_the_words_where_they_came_from_the_policy_and_never_a_pseudonym(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    author = make_participant(dialogue, "Amber Heron")
    waiting_statement(dialogue, "Is this <b>right</b>?", author_id=author.id)
    waiting_comment(dialogue, "A comment.")
    sign_in_as(client, by)
    page = client.get(address(dialogue)).text + client.get(address(dialogue, "?view=list")).text
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
