"""Moderation: the queue, decisions with reasons, undo, and that words are never lost or told "rejected"."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.events import Event, EventPayload
from app.models.moderation import ModerationDecision, WordMark
from app.models.people import Account
from app.models.voting import Condition, Statement
from app.queries.moderation import Filters, Mark, Place, counts, queue, waiting_count
from app.queries.moderation_items import items_of, similar_shown
from app.queries.stages import placed_statements
from app.queries.word_kinds import KINDS
from app.services.moderation import decide, decide_many, undo
from app.services.word_marks import claim
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


def words_in(dialogue: Dialogue, filters: Filters) -> list[Any]:
    return [entry.words for entry in queue(dialogue, filters).entries]


def again(rows: list[Any]) -> list[Any]:
    db.session.expire_all()
    return rows


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


def test_the_queue_is_oldest_first_over_all_kinds_and_counts_each_way(
    dialogue: Dialogue, by: Account, stage: Stage
) -> None:
    first, second = waiting_statement(dialogue, "First.", stage_id=stage.id), waiting_comment(dialogue, "Second.")
    third = waiting_condition(dialogue)
    make_statement(dialogue, "A seed is not in the queue.")
    waiting_statement(make_dialogue(), "Elsewhere.")
    page, found = queue(dialogue, Filters()), counts(dialogue, Filters())
    assert [entry.words for entry in page.entries] == [first, second, third]
    leads = [str(item.about[0]) for item in items_of(page.entries, utcnow())]
    assert leads == ["", "Answer to:", "Passed on this statement; what it depends on:"]
    assert found.kinds == {"statement": 1, "comment": 1, "condition": 1}
    assert found.stages == {stage.id: 1, second.stage_id: 1}
    assert waiting_count(dialogue) == found.total == 3
    assert words_in(dialogue, Filters(stage=stage)) == [first]
    assert words_in(dialogue, Filters(kind=KINDS["comment"])) == [second]
    with transaction():
        decide(dialogue, first, APPROVE, by=by)
    assert counts(dialogue, Filters()).states == {WordState.WAITING: 2, WordState.APPROVED: 1}
    assert words_in(dialogue, Filters(state=None)) == [third, second, first]


def test_the_queue_is_searched_and_filtered_and_the_counts_follow(dialogue: Dialogue, by: Account) -> None:
    scans = waiting_statement(dialogue, "Old SCANS and new ones.", is_late=True)
    welsh = waiting_statement(dialogue, "Sganiau 100%.", lang="cy")
    waiting_comment(dialogue, "New scans.")
    assert words_in(dialogue, Filters(text="scans old")) == [scans]
    assert words_in(dialogue, Filters(text="0%")) == [welsh]
    assert words_in(dialogue, Filters(lang="cy")) == [welsh]
    assert words_in(dialogue, Filters(late=True)) == [scans]
    found = counts(dialogue, Filters(text="scans"))
    assert (found.total, found.langs, found.late) == (2, {"en": 2}, 1)
    assert counts(dialogue, Filters(lang="cy")).langs == {"en": 2, "cy": 1}


def test_words_with_personal_data_are_marked_as_they_are_written_and_when_they_change(dialogue: Dialogue) -> None:
    plain, shown = waiting_statement(dialogue, "No names."), waiting_comment(dialogue, "Ring 020 7946 0958.")
    assert words_in(dialogue, Filters(mark=Mark.PERSONAL_DATA)) == [shown]
    assert counts(dialogue, Filters()).marks[Mark.PERSONAL_DATA] == 1
    with transaction():
        plain.text, shown.text = "Mail me at pat@example.org.", "Ring me."
    assert words_in(dialogue, Filters(mark=Mark.PERSONAL_DATA)) == [plain]


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


def test_similar_statements_that_everyone_can_see_stand_below_the_words(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    seed = make_statement(dialogue, "Patients should check every request from a company.")
    words = waiting_statement(dialogue, "A patient has to check each company's request.")
    assert similar_shown(dialogue, words, words.text) == [seed]
    sign_in_as(client, by)
    assert "Everyone can see similar ones:" in client.get(address(dialogue)).text


def test_pages_follow_a_place_so_that_new_words_and_decisions_move_nothing(dialogue: Dialogue, by: Account) -> None:
    made = [waiting_statement(dialogue, f"Number {number}.") for number in range(7)]
    first = queue(dialogue, Filters(), size=3)
    assert [one.words for one in first.entries] == made[:3]
    assert (first.has_before, first.has_after) == (False, True)
    place = first.entries[-1].place
    with transaction():
        decide(dialogue, made[1], APPROVE, by=by)
        decide(dialogue, made[2], APPROVE, by=by)
    made.append(waiting_statement(dialogue, "Number 7."))
    second = queue(dialogue, Filters(), after=place, size=3)
    assert [one.words for one in second.entries] == made[3:6]
    assert (second.has_before, second.has_after) == (True, True)
    last = queue(dialogue, Filters(), after=second.entries[-1].place, size=3)
    assert [one.words for one in last.entries] == made[6:]
    assert not last.has_after
    back = queue(dialogue, Filters(), before=second.entries[0].place, size=3)
    assert [one.words for one in back.entries] == made[:1]
    assert not back.has_before
    assert [one.words for one in queue(dialogue, Filters(), at=second.entries[0].place, size=1).entries] == [made[3]]


def test_words_of_one_moment_are_all_on_some_page(dialogue: Dialogue) -> None:
    moment = utcnow()
    made = {waiting_statement(dialogue, f"{number}", created_at=moment) for number in range(5)}
    seen, place = [], None
    for _ in made:
        (entry,) = queue(dialogue, Filters(), after=place, size=1).entries
        seen.append(entry.words)
        place = Place.read(str(entry.place))
    assert set(seen) == made


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


def test_a_colleague_who_is_looking_is_named_for_two_minutes(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    words, anna = waiting_statement(dialogue), make_staff(dialogue, Role.FACILITATOR, "Anna")
    with transaction():
        assert claim(dialogue, words, by=anna)
    with transaction():
        assert not claim(dialogue, words, by=by)
    sign_in_as(client, by)
    assert "Anna is looking at this now." in client.get(address(dialogue)).text
    with transaction():
        mark = db.session.scalars(select(WordMark)).one()
        mark.claimed_until = utcnow()
    assert "Anna is looking" not in client.get(address(dialogue)).text


def test_a_flag_is_set_found_and_taken_away(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    words = waiting_statement(dialogue)
    sign_in_as(client, by)
    client.post(address(dialogue, "/flag"), data={**sent("statement", words), "on": "yes"})
    assert words_in(dialogue, Filters(mark=Mark.FLAGGED)) == [words]
    client.post(address(dialogue, "/flag"), data=sent("statement", words))
    assert words_in(dialogue, Filters(mark=Mark.FLAGGED)) == []


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
