"""Voting: one statement at a time, each vote counts once, a change of mind is kept."""

import uuid
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction, utcnow
from app.models.events import Event, EventPayload
from app.models.voting import Condition, CurrentVote, Exposure, Vote
from app.queries.voting import own_votes
from app.services.recording import new_client_key
from app.services.voting import cast_vote, explain_pass, show_next, skip, undo_last
from deliberation.errors import NotAllowed, RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.stages import StageState
from deliberation.voting import PassReason, Position
from tests.app.way import at_hand, fresh, key, make_room, vote
from tests.factories import be_participant, make_participant, make_stage


def _count(table: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _current(room) -> CurrentVote | None:
    return db.session.scalar(select(CurrentVote).where(CurrentVote.participant_id == room.participant.id))


def test_a_vote_is_kept_with_its_event_and_counts_as_current(app: Flask):
    room = make_room(statements=1)
    with transaction():
        cast_vote(
            room.stage, room.statements[0], Position.AGREE, important=True, client_key=uuid.uuid4(), by=room.participant
        )
    current = _current(room)
    assert (current.position, current.is_important) == (1, True)
    assert _count(Event, Event.kind == EventKind.VOTE_CAST) == 1


def test_the_event_of_a_vote_says_nothing_about_the_position(app: Flask):
    room = make_room(statements=1)
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.DISAGREE, client_key=uuid.uuid4(), by=room.participant)
    payload = db.session.scalar(select(EventPayload).join(Event).where(Event.kind == EventKind.VOTE_CAST))
    assert "position" not in payload.facts
    assert -1 not in payload.facts.values()


def test_the_same_key_again_counts_once_and_gives_the_same_answer(app: Flask):
    room, same = make_room(statements=1), uuid.uuid4()
    found = []
    for _ in range(3):
        with transaction():
            found.append(
                cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=same, by=room.participant)
            )
    assert len(set(found)) == 1
    assert (_count(Vote), _count(Event, Event.kind == EventKind.VOTE_CAST)) == (1, 1)


@pytest.mark.parametrize(("position", "important"), [(Position.DISAGREE, False), (Position.AGREE, True)])
def test_the_same_key_with_another_vote_is_refused(app: Flask, position, important):
    room, same = make_room(statements=1), uuid.uuid4()
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=same, by=room.participant)
    with pytest.raises(RuleError) as refusal, transaction():
        cast_vote(room.stage, room.statements[0], position, important=important, client_key=same, by=room.participant)
    assert refusal.value.code == "key_reused"
    assert _current(room).position == 1


def test_somebody_elses_key_is_refused(app: Flask):
    room, same = make_room(statements=1), uuid.uuid4()
    other = make_participant(room.dialogue)
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=same, by=room.participant)
    with pytest.raises(RuleError, match="key_reused"), transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=same, by=other)


def test_a_changed_vote_replaces_the_current_one_and_both_stay_in_the_history(app: Flask):
    room = make_room(statements=1)
    for position in (Position.AGREE, Position.DISAGREE):
        with transaction():
            cast_vote(room.stage, room.statements[0], position, client_key=uuid.uuid4(), by=room.participant)
    assert _current(room).position == -1
    assert _count(Vote) == 2
    assert _count(CurrentVote) == 1


def test_a_vote_is_refused_once_the_stage_has_closed(app: Flask):
    room = make_room(statements=1, stage={"state": StageState.CLOSED, "closed_at": utcnow() - timedelta(minutes=3)})
    with pytest.raises(NotAllowed, match="stage_not_open"), transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)
    assert _count(Vote) == 0


def test_a_vote_within_two_minutes_of_closing_is_kept_and_marked_late(app: Flask):
    room = make_room(statements=1, stage={"state": StageState.CLOSED, "closed_at": utcnow() - timedelta(seconds=30)})
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)
    assert db.session.scalar(select(Vote)).is_late


@pytest.mark.parametrize("state", [WordState.WAITING, WordState.REFUSED, WordState.WITHDRAWN])
def test_a_statement_that_is_not_shown_to_everyone_is_not_voted_on(app: Flask, state):
    room = make_room(statements=1)
    with transaction() as session:
        session.get(type(room.statements[0]), room.statements[0].id).state = state
    with pytest.raises(RuleError, match="not_votable"), transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)


def test_a_statement_of_another_stage_is_not_voted_on(app: Flask):
    room, other = make_room(statements=1), make_room(statements=1)
    with pytest.raises(RuleError, match="not_votable"), transaction():
        cast_vote(room.stage, other.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)


def test_what_is_shown_is_kept_with_its_probability(app: Flask):
    room = make_room(statements=4)
    with transaction():
        show_next(room.stage, by=room.participant, rng=Random(1))
    exposure = db.session.scalar(select(Exposure))
    assert exposure.probability == pytest.approx(0.25)
    assert exposure.answered_at is None


def test_a_statement_that_waits_for_an_answer_is_not_chosen_anew(app: Flask):
    room = make_room(statements=4)
    with transaction():
        first = show_next(room.stage, by=room.participant, rng=Random(1))
    with transaction():
        second = show_next(room.stage, by=room.participant, rng=Random(2))
    assert first.id == second.id
    assert _count(Exposure) == 1


def test_undo_brings_back_the_vote_before(app: Flask):
    room = make_room(statements=1)
    for position in (Position.AGREE, Position.DISAGREE):
        with transaction():
            cast_vote(room.stage, room.statements[0], position, client_key=uuid.uuid4(), by=room.participant)
    with transaction():
        undo_last(room.stage, by=room.participant)
    assert _current(room).position == 1
    with transaction():
        undo_last(room.stage, by=room.participant)
    assert _current(room) is None
    assert _count(Vote) == 2
    assert _count(Event, Event.kind == EventKind.VOTE_UNDONE) == 2
    with pytest.raises(RuleError, match="nothing_to_undo"), transaction():
        undo_last(room.stage, by=room.participant)


def test_a_skipped_statement_comes_back_only_when_asked_for(app: Flask):
    room = make_room(statements=1)
    with transaction():
        shown = show_next(room.stage, by=room.participant, rng=Random(1))
        skip(room.stage, shown, by=room.participant)
        assert show_next(room.stage, by=room.participant, rng=Random(1)) is None
        assert show_next(room.stage, by=room.participant, rng=Random(1), again=True).id == shown.id


def test_it_depends_becomes_a_condition_that_waits_to_be_checked(app: Flask):
    room = make_room(statements=1)
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.PASS, client_key=uuid.uuid4(), by=room.participant)
        explain_pass(
            room.stage, room.statements[0], PassReason.IT_DEPENDS, depends_on="on who checks", by=room.participant
        )
    condition = db.session.scalar(select(Condition))
    assert (condition.text, condition.state) == ("on who checks", WordState.WAITING)
    assert db.session.scalar(select(Vote)).pass_reason is PassReason.IT_DEPENDS


def test_only_a_pass_is_explained(app: Flask):
    room = make_room(statements=1)
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.AGREE, client_key=uuid.uuid4(), by=room.participant)
    with pytest.raises(RuleError, match="pass_missing"), transaction():
        explain_pass(room.stage, room.statements[0], PassReason.NOT_SURE, by=room.participant)


def test_the_page_shows_one_statement_with_three_equal_buttons(client: FlaskClient):
    room = make_room(statements=7)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    html = client.get(room.at()).text
    assert html.count('class="fm-vote"') == 3
    assert html.count("<h1") == 1
    assert "1 of 5" in html
    assert "2 more after these" in html
    assert "Your name is never with it" in html


def test_a_get_of_the_page_shows_nothing_new(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert at_hand(html) == {}
    assert _count(Exposure) == 0


def test_after_five_votes_two_equal_choices_stand(client: FlaskClient):
    room = make_room(statements=7)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    for _ in range(5):
        assert vote(client, room, 1).status_code == 303
    html = client.get(room.at()).text
    assert "Stop here" in html
    assert "2 more" in html
    assert 'class="fm-vote"' not in html
    client.post(room.at("/vote/more"))
    assert "1 of 2" in client.get(room.at()).text
    vote(client, room, -1)
    vote(client, room, -1)
    assert "You have seen them all" in client.get(room.at()).text


def test_after_a_pass_the_reason_is_asked_for_and_may_be_left_out(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    answer = vote(client, room, 0)
    html = client.get(answer.location).text
    assert "Want to say why?" in html
    passed = at_hand(html)["statement_id"]
    assert client.post(room.at("/vote/why"), data={"statement_id": passed}).status_code == 303
    assert db.session.scalar(select(Vote)).pass_reason is None
    answer = client.post(
        room.at("/vote/why"), data={"statement_id": passed, "reason": "it_depends", "depends_on": "x" * 501}
    )
    assert answer.status_code == 422
    assert "x" * 501 in answer.text


def test_the_same_form_sent_twice_counts_once_and_a_changed_one_is_refused(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    shown = at_hand(client.get(room.at()).text)
    codes = [client.post(room.at("/vote"), data={**shown, "position": p}).status_code for p in (1, 1, -1)]
    assert codes == [303, 303, 409]
    assert _count(Vote) == 1


def test_the_script_gets_the_next_card_alone(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    shown = at_hand(client.get(room.at()).text)
    answer = client.post(room.at("/vote"), data={**shown, "position": 1}, headers={"Folkmoot-Fragment": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "2 of 3" in answer.text


def test_any_vote_is_changed_in_the_list(client: FlaskClient):
    room = make_room(statements=3)
    be_participant(client, room.participant)
    statement = room.statements[2]
    sent = {"statement_id": statement.public_id, "client_key": key(), "position": -1, "back": "list"}
    answer = client.post(room.at("/vote"), data=sent)
    assert answer.location.endswith(f"#s{statement.number}")
    html = client.get(room.at("/statements")).text
    assert "You said: Disagree" in html
    assert html.count("No vote yet") == 2


def test_the_list_comes_in_pages_and_a_vote_leads_back_to_its_page(client: FlaskClient):
    room = make_room(statements=60)
    be_participant(client, room.participant)
    client.get(room.at())
    client.post(room.at("/start"))
    pages = [client.get(room.at(f"/statements?page={n}")).text for n in (1, 2, 3, 9)]
    assert [page.count('class="fm-card"') for page in pages] == [25, 25, 10, 10]
    assert "Page 2 of 3" in pages[1]
    assert 'name="page"' not in pages[0]
    sent = {**at_hand(pages[1]), "position": 1, "back": "list", "page": "2"}
    assert client.post(room.at("/vote"), data=sent).location == room.at("/statements?page=2#s26")
    sent = {**at_hand(pages[1]), "position": 1, "back": "list", "page": "x"}
    assert client.post(room.at("/vote"), data=sent).location == room.at("/statements#s26")


def test_undo_and_skip_work_as_buttons(client: FlaskClient):
    room = make_room(statements=2)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    first = at_hand(client.get(room.at()).text)["statement_id"]
    vote(client, room, 1)
    client.post(room.at("/vote/undo"))
    assert at_hand(client.get(room.at()).text)["statement_id"] == first
    client.post(room.at("/vote/skip"), data={"statement_id": first})
    assert at_hand(client.get(room.at()).text)["statement_id"] != first
    vote(client, room, 1)
    assert "You skipped 1 of them" in client.get(room.at()).text


@pytest.mark.parametrize("sent", [{"position": "7"}, {"position": ""}, {"statement_id": "no"}, {"client_key": ""}])
def test_nonsense_in_a_vote_is_refused_in_words(client: FlaskClient, sent):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    shown = at_hand(client.get(room.at()).text)
    answer = client.post(room.at("/vote"), data={**shown, "position": 1, **sent})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert _count(Vote) == 0


def test_a_statement_of_another_dialogue_is_not_found(client: FlaskClient):
    room, other = make_room(statements=1), make_room(statements=1)
    be_participant(client, room.participant)
    sent = {"statement_id": other.statements[0].public_id, "client_key": key(), "position": 1}
    assert client.post(room.at("/vote"), data=sent).status_code == 404


def test_voting_in_a_paused_session_says_why_it_cannot_be_done(client: FlaskClient):
    room = make_room(statements=1)
    with transaction() as session:
        session.get(type(room.stage.session), room.stage.session_id).state = StageState.PAUSED
    be_participant(client, room.participant)
    sent = {"statement_id": room.statements[0].public_id, "client_key": key(), "position": 1}
    answer = client.post(room.at("/vote"), data=sent)
    assert answer.status_code == 409
    assert "not open now" in answer.text
    assert fresh(room.stage).state is StageState.OPEN


def test_a_pass_is_not_explained_in_another_stage_once_its_own_has_closed(app: Flask):
    room = make_room(statements=1)
    other = make_stage(room.stage.session, place=2)
    with transaction():
        cast_vote(room.stage, room.statements[0], Position.PASS, client_key=uuid.uuid4(), by=room.participant)
        room.stage.state = StageState.CLOSED
    with pytest.raises(RuleError, match="not_votable"), transaction():
        explain_pass(other, room.statements[0], PassReason.IT_DEPENDS, depends_on="on money", by=room.participant)
    assert db.session.query(Condition).count() == 0


def test_an_older_choice_that_comes_late_does_not_take_the_place_of_a_newer_one(app):
    room, very_old, older, newer = make_room(statements=2), new_client_key(), new_client_key(), new_client_key()
    other = make_participant(room.dialogue)

    def choose(by, position, client_key, statement=0):
        with transaction():
            cast_vote(room.stage, room.statements[statement], position, client_key=client_key, after=0, by=by)

    # somebody else's older key comes first in the table: the key that counts is looked up in the right row
    choose(other, Position.AGREE, very_old)
    choose(room.participant, Position.DISAGREE, newer)
    choose(room.participant, Position.AGREE, older)
    assert own_votes(room.participant)[room.statements[0].id].position is Position.DISAGREE
    kept = db.session.scalars(select(Vote).where(Vote.client_key == older)).one()
    assert kept.undone_at is not None, "it stays in the history and counts no more"


def test_a_choice_made_on_a_page_that_knew_of_the_vote_counts_whatever_the_clock_said(app):
    room, made_earlier = make_room(statements=1), new_client_key()
    with transaction():
        first = cast_vote(
            room.stage, room.statements[0], Position.AGREE, client_key=new_client_key(), by=room.participant
        )
    with transaction():
        cast_vote(
            room.stage, room.statements[0], Position.DISAGREE, client_key=made_earlier, after=first, by=room.participant
        )
    assert own_votes(room.participant)[room.statements[0].id].position is Position.DISAGREE


def test_somebody_is_told_when_a_newer_choice_of_theirs_counts(client, app):
    room, older = make_room(statements=1), new_client_key()
    be_participant(client, room.participant)
    newer = {"statement_id": room.statements[0].public_id, "client_key": new_client_key(), "position": 1, "after": 0}
    client.post(room.at("/vote"), data=newer)
    late = client.post(room.at("/vote"), data={**newer, "client_key": older, "position": -1}, follow_redirects=True)
    assert "You chose “Agree” on this statement since" in late.text
