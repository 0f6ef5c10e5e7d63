"""Why somebody voted so: chips, own words or nothing; checked, counted for analysts, taken back."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.people import Participant
from app.models.voting import Statement, VoteReason
from app.queries.vote_reasons import reason_counts, reasons_frame
from app.services.contributions import withdraw
from app.services.leaving import leave_dialogue
from app.services.vote_reasons import explain_vote
from app.services.voting import explain_pass, undo_last
from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.reasons import UsualChip
from deliberation.roles import Role
from deliberation.voting import PassReason
from tests.app.test_tally import _cast, _close
from tests.app.way import Room, at_hand, fresh, make_room, vote
from tests.factories import be_participant, make_participant, make_staff, sign_in_as


def _count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _why(room: Room, tail: str = "") -> str:
    return room.at(f"/why/{room.statements[0].public_id}{tail}")


def _voted(position: int = 1, **changes) -> Room:
    room = make_room(statements=2, **changes)
    _cast(room, room.participant, room.statements[0], position)
    return room


def _explain(room: Room, by: Participant, **said) -> VoteReason | None:
    with transaction() as session:
        return explain_vote(room.stage, session.get(Statement, room.statements[0].id), by=by, **said)


def test_after_a_vote_the_next_statement_comes_first_and_why_is_a_quiet_link_below(client: FlaskClient):
    room = make_room(statements=2)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    reply = vote(client, room, 1)
    assert reply.status_code == 303
    page = client.get(reply.location).text
    assert page.index("fm-statement") < page.index("Want to say why?")
    shown = client.post(room.at("/vote/undo"), headers={"Folkmoot-Fragment": "1"}).text
    assert "Want to say why?" not in shown


def test_the_fragment_after_a_vote_offers_why_and_a_pass_asks_it_as_before(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    fragment = {"Folkmoot-Fragment": "1"}
    shown = at_hand(client.get(room.at()).text)
    assert "/why/" in client.post(room.at("/vote"), data={**shown, "position": -1}, headers=fragment).text
    shown = at_hand(client.get(room.at()).text)
    passed = client.post(room.at("/vote"), data={**shown, "position": 0}, headers=fragment).text
    assert "You passed on" in passed
    assert "Your vote is kept." not in passed


def test_the_page_offers_the_reasons_of_the_stage_for_this_position(client: FlaskClient):
    room = _voted(1, stage={"reason_chips": {"1": ["It is kind"], "-1": ["It is odd"]}})
    be_participant(client, room.participant)
    page = client.get(_why(room)).text
    assert "It is kind" in page
    assert "It is odd" not in page
    assert "You said: Agree" in page
    assert "Go on without saying why" in page


def test_chips_and_words_are_kept_and_the_words_wait_to_be_checked(client: FlaskClient):
    room = _voted(1)
    be_participant(client, room.participant)
    sent = {"listed": "yes", "chips": [UsualChip.FAIR.value, "made up"], "text": "My mother was asked."}
    assert client.post(_why(room), data=sent).status_code == 303
    reason = db.session.scalar(select(VoteReason))
    comment = db.session.get(Comment, reason.comment_id)
    assert reason.chips == [UsualChip.FAIR.value]
    assert (comment.text, comment.state, comment.statement_id) == (
        "My mother was asked.", WordState.WAITING, room.statements[0].id,
    )  # fmt: skip
    mine = client.get(room.mine).text
    assert "It is fair" in mine
    assert "My mother was asked." in mine


def test_sending_nothing_is_an_answer_and_keeps_nothing(client: FlaskClient):
    room = _voted(-1)
    be_participant(client, room.participant)
    assert client.post(_why(room), data={"listed": "yes", "text": "  "}).status_code == 303
    assert _count(VoteReason) == 0


def test_words_that_are_too_long_come_back_with_what_was_typed(client: FlaskClient):
    room = _voted(1)
    be_participant(client, room.participant)
    reply = client.post(_why(room), data={"listed": "yes", "text": "word " * 150})
    assert reply.status_code == 422
    assert "characters too long" in reply.text
    assert "word word" in reply.text


def test_a_name_in_the_words_warns_and_never_blocks(client: FlaskClient):
    room = _voted(1)
    be_participant(client, room.participant)
    sent = {"listed": "yes", "chips": [UsualChip.SAFE.value], "text": "Write to me at a.person@example.org please."}
    reply = client.post(_why(room), data=sent)
    assert "Your words may show who somebody is" in reply.text
    assert client.post(_why(room), data={"text": sent["text"], "keep": "yes"}).status_code == 303
    reason = db.session.scalar(select(VoteReason))
    assert reason.chips == [UsualChip.SAFE.value]
    assert reason.comment_id is not None


def test_a_reason_without_a_vote_for_or_against_is_refused(app: Flask):
    room = _voted(0)
    with pytest.raises(RuleError, match="vote_missing"):
        _explain(room, room.participant, chips=[UsualChip.FAIR])
    with pytest.raises(RuleError, match="vote_missing"):
        _explain(room, make_participant(room.dialogue), chips=[UsualChip.FAIR])


def test_a_page_about_a_statement_without_ones_vote_is_not_found(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    assert client.get(_why(room)).status_code == 404


def test_a_reason_counts_while_the_vote_is_the_same(app: Flask):
    room = _voted(1, stage={"results_early": True})
    _explain(room, room.participant, chips=[UsualChip.FAIR])
    assert [(one.position, one.people) for one in reason_counts(room.dialogue, room.statements[0])] == [(1, 1)]
    _cast(room, room.participant, room.statements[0], -1)
    assert reason_counts(room.dialogue, room.statements[0]) == []
    with transaction():
        undo_last(room.stage, by=room.participant)
    db.session.rollback()
    assert len(reason_counts(room.dialogue, room.statements[0])) == 1


def test_nobody_counts_reasons_before_the_stage_has_closed(app: Flask):
    room = _voted(1)
    _explain(room, room.participant, chips=[UsualChip.FAIR], words="It is only right.")
    assert reason_counts(room.dialogue, room.statements[0]) == []
    assert reasons_frame(room.dialogue).empty
    _close(room.stage)
    assert len(reason_counts(room.dialogue, room.statements[0])) == 1
    assert reasons_frame(room.dialogue)["text"].tolist() == ["", "It is only right."]


def test_reasons_of_a_pass_are_counted_beside_them(app: Flask):
    room = _voted(0)
    with transaction():
        explain_pass(room.stage, room.statements[0], PassReason.NOT_SURE, by=room.participant)
    _close(room.stage)
    (found,) = reason_counts(room.dialogue, room.statements[0])
    assert (found.position, found.chip, found.people) == (0, "not_sure", 1)


def test_analysts_read_reasons_as_a_file_without_people(client: FlaskClient):
    room = _voted(1, is_synthetic=True)
    _explain(room, room.participant, chips=[UsualChip.FAIR], words="=SUM(A1)")
    _close(room.stage)
    sign_in_as(client, make_staff(room.dialogue, Role.ANALYST))
    reply = client.get(f"/d/{room.dialogue.public_id}/analysis/reasons.csv")
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert [(row["position"], row["reason"], row["words"], row["people"]) for row in rows] == [
        ("agree", "", "'=SUM(A1)", "1"),
        ("agree", "It is fair", "", "1"),
    ]
    assert all("SYNTHETIC" in row["note"] for row in rows)
    assert room.participant.pseudonym not in reply.text
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    assert client.get(f"/d/{room.dialogue.public_id}/analysis/reasons.csv").status_code == 403


def test_what_was_ticked_can_be_taken_back(client: FlaskClient):
    room = _voted(1)
    reason = _explain(room, room.participant, chips=[UsualChip.FAIR])
    be_participant(client, make_participant(room.dialogue))
    address = f"/d/{room.dialogue.public_id}/mine/reason"
    assert client.post(address, data={"reason_id": str(reason.public_id)}).status_code == 404
    be_participant(client, room.participant)
    assert client.post(address, data={"reason_id": str(reason.public_id)}).status_code == 303
    assert _count(VoteReason) == 0


def test_words_that_were_taken_back_leave_room_for_others(app: Flask):
    room = _voted(1)
    reason = _explain(room, room.participant, words="First words.")
    with transaction() as session:
        withdraw(session.get(Comment, reason.comment_id), by=room.participant)
    again = _explain(room, room.participant, words="Second words.")
    assert db.session.get(Comment, again.comment_id).text == "Second words."
    assert _count(VoteReason) == 1


def test_the_same_sent_twice_is_kept_once(app: Flask):
    room = _voted(1)
    for _ in range(2):
        _explain(room, room.participant, chips=[UsualChip.FAIR], words="It is only right.")
    assert (_count(VoteReason), _count(Comment)) == (1, 1)


def test_who_leaves_leaves_no_reason(app: Flask):
    room = _voted(1)
    _explain(room, room.participant, chips=[UsualChip.FAIR], words="It is only right.")
    with transaction() as session:
        leave_dialogue(room.dialogue, by=session.get(Participant, room.participant.id))
    assert _count(VoteReason) == 0
    assert fresh(db.session.scalar(select(Comment))).text == ""
