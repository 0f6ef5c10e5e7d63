"""What people said here: totals once a stage has closed, equal to the votes as they stand."""

import uuid
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.voting import CurrentVote, Statement
from app.queries.tally import counts_in, tally_of
from app.services.leaving import leave_dialogue
from app.services.voting import cast_vote, undo_last
from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageState
from deliberation.voting import Origin, Position
from tests.app.way import Room, fresh, key, make_room, vote
from tests.factories import (
    be_participant,
    make_participant,
    make_staff,
    make_stage,
    make_statement,
    place_statement,
    sign_in_as,
)


def _cast(room: Room, person: Participant, statement: Statement, position: int) -> None:
    with transaction():
        cast_vote(room.stage, statement, Position(position), client_key=uuid.UUID(key()), by=person)


def _close(stage: Stage) -> None:
    with transaction() as session:
        row = session.get(Stage, stage.id)
        row.state, row.closed_at = StageState.CLOSED, utcnow() - timedelta(minutes=5)


def _voted_by(room: Room, *positions: int) -> list[Participant]:
    people = []
    for position in positions:
        people.append(make_participant(room.dialogue))
        _cast(room, people[-1], room.statements[0], position)
    return people


def test_people_read_whole_numbers_once_the_stage_has_closed(client: FlaskClient):
    room = make_room(statements=2)
    _voted_by(room, 1, 1, 1, -1, 0)
    _close(room.stage)
    be_participant(client, room.participant)
    page = client.get(room.at()).text
    assert "What people said here" in page
    assert "3 of 5 agreed, 1 disagreed, 1 passed." in page
    assert "5 people voted." in page
    assert "You did not vote here." in page
    assert "%" not in page.split("<main")[1].split("</main>")[0].replace("100%", "")


def test_own_votes_are_marked_for_the_person_alone(client: FlaskClient):
    room = make_room(statements=1)
    one, other = _voted_by(room, 1, -1)
    _close(room.stage)
    be_participant(client, one)
    page = client.get(room.at()).text
    assert "You said: Agree" in page
    assert "You voted on 1." in page
    be_participant(client, other)
    assert "You said: Disagree" in client.get(room.at()).text


def test_nobody_reads_totals_while_the_stage_is_open(client: FlaskClient):
    room = make_room(statements=1)
    _voted_by(room, 1, 1)
    be_participant(client, room.participant)
    page = client.get(room.at("/totals")).text
    assert "Totals come later" in page
    assert "agreed" not in page
    assert tally_of(room.stage, room.participant) is None


def test_totals_are_read_at_once_where_people_were_told_so(client: FlaskClient):
    room = make_room(statements=1, stage={"results_early": True})
    _voted_by(room, 1, 1)
    be_participant(client, room.participant)
    assert "2 of 2 agreed" in client.get(room.at("/totals")).text
    assert "Everyone sees totals at once." in client.get(room.at("/statements")).text


def test_an_open_dialogue_tells_totals_from_twenty_voters_on(app: Flask):
    room = make_room(statements=1, mode=DialogueMode.OPEN, stage={"results_early": True})
    _voted_by(room, *([1] * 19))
    line = tally_of(room.stage, None).lines[0]
    assert (line.is_told, line.agree) == (False, 0)
    _voted_by(room, -1)
    line = tally_of(room.stage, None).lines[0]
    assert (line.is_told, line.agree, line.disagree) == (True, 19, 1)


def test_words_that_were_taken_back_are_gone_and_the_numbers_stay(client: FlaskClient):
    room = make_room(statements=1)
    _voted_by(room, 1, -1)
    with transaction() as session:
        row = session.get(Statement, room.statements[0].id)
        row.state, row.withdrawn_at = WordState.WITHDRAWN, utcnow()
    _close(room.stage)
    be_participant(client, room.participant)
    page = client.get(room.at()).text
    assert room.statements[0].text not in page
    assert "1 of 2 agreed, 1 disagreed, 0 passed." in page


def test_statements_that_people_added_are_counted(app: Flask):
    room = make_room(statements=1)
    own = make_statement(
        room.dialogue, "Ask us first.", origin=Origin.PARTICIPANT, stage_id=room.stage.id, author_id=room.participant.id
    )
    place_statement(room.stage, own, place=2)
    _cast(room, room.participant, own, 1)
    _close(room.stage)
    assert tally_of(fresh(room.stage), None).added == 1


@pytest.mark.parametrize("seed", range(8))
def test_the_tally_equals_the_current_votes_whatever_people_did(app: Flask, seed: int):
    rng, room = Random(seed), make_room(statements=4)
    people = [make_participant(room.dialogue) for _ in range(5)]
    for _ in range(60):
        person, act = rng.choice(people), rng.random()
        if act < 0.75:
            _cast(room, person, rng.choice(room.statements), rng.choice((1, 0, -1)))
        elif act < 0.93:
            with suppress(RuleError), transaction():
                undo_last(room.stage, by=person)
        elif act < 0.97:
            with transaction() as session:
                row = session.get(Statement, rng.choice(room.statements).id)
                row.withdrawn_at = row.withdrawn_at or (utcnow() if rng.random() < 0.3 else None)
        elif len(people) > 2:
            people.remove(person)
            with transaction() as session:
                leave_dialogue(room.dialogue, by=session.get(Participant, person.id))
        db.session.rollback()
        expected = Counter(
            (s, p) for s, p in db.session.execute(select(CurrentVote.statement_id, CurrentVote.position))
        )
        found = {(s, int(p)): n for s, by in counts_in(room.stage).items() for p, n in by.items()}
        assert found == expected


def test_an_earlier_stage_keeps_what_was_measured_in_it(app: Flask):
    room = make_room(statements=1)
    (person,) = _voted_by(room, 1)
    _close(room.stage)
    later = Room(room.dialogue, make_later_stage(room), person, room.statements)
    _cast(later, person, room.statements[0], -1)
    line = tally_of(fresh(room.stage), person).lines[0]
    assert (line.agree, line.disagree, line.own) == (1, 0, Position.AGREE)


def make_later_stage(room: Room) -> Stage:
    """A second vote stage with the same statements, open after the first."""
    stage = make_stage(room.stage.session, place=2)
    for place, one in enumerate(room.statements, 1):
        place_statement(stage, one, place=place)
    return stage


def test_stop_here_waits_for_the_minimum_of_the_stage_and_leaving_does_not(client: FlaskClient):
    room = make_room(statements=12, stage={"minimum_votes": 6})
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    for _ in range(5):
        vote(client, room, 1)
    page = client.get(room.at()).text
    assert "Stop here" not in page
    assert "Please vote on at least 6 statements here." in page
    assert "Leave this device" in page
    client.post(room.at("/vote/more"))
    for _ in range(5):
        vote(client, room, 1)
    page = client.get(room.at()).text
    assert "Stop here" in page
    assert "2 more" in page


def test_a_facilitator_sets_how_voting_works(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.PLANNED})
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    address = f"/d/{room.dialogue.public_id}/stages/{room.stage.public_id}/voting"
    page = client.get(address).text
    assert "It is fair" in page
    sent = {"totals": "at_once", "minimum": "10", "agree": "It is fair\nIt is kind", "disagree": ""}
    assert client.post(address, data=sent).status_code == 303
    stage = fresh(room.stage)
    assert (stage.results_early, stage.minimum_votes) == (True, 10)
    assert stage.reason_chips == {"1": ["It is fair", "It is kind"], "-1": []}
    refused = client.post(address, data={**sent, "minimum": "99"})
    assert refused.status_code == 422
    assert "Write a number from 0 to 50" in refused.text
    assert "It is kind" in refused.text


def test_when_totals_are_seen_is_refused_after_opening_with_its_reason(client: FlaskClient):
    room = make_room(statements=1, stage={"opened_at": utcnow()})
    sign_in_as(client, make_staff(room.dialogue, Role.FACILITATOR))
    address = f"/d/{room.dialogue.public_id}/stages/{room.stage.public_id}/voting"
    reply = client.post(address, data={"totals": "at_once", "minimum": "0", "agree": "", "disagree": ""})
    assert reply.status_code == 422
    assert "stays as people were told" in reply.text
    assert not fresh(room.stage).results_early


def test_the_list_can_be_cut_to_what_is_not_voted_on_yet_and_stays_cut(client: FlaskClient):
    room = make_room(statements=60)
    be_participant(client, room.participant)
    _cast(room, room.participant, room.statements[0], 1)
    page = client.get(room.at("/statements")).text
    assert "You voted on 1 of 60." in page
    assert "Show only the 59 without your vote" in page
    cut = client.get(room.at("/statements?show=left")).text
    assert room.statements[0].text not in cut
    assert cut.count('name="position" value="1"') == 25
    assert "Page 1 of 3" in cut
    sent = {
        "statement_id": str(room.statements[1].public_id), "client_key": key(), "position": 1, "back": "list",
        "show": "left", "following": 3,
    }  # fmt: skip
    reply = client.post(room.at("/vote"), data=sent)
    assert reply.location == room.at("/statements?show=left#s3")
    assert "You voted on 2 of 60." in client.get(reply.location).text


def test_a_vote_of_an_earlier_stage_is_marked_as_earlier(client: FlaskClient):
    room = make_room(statements=1)
    _cast(room, room.participant, room.statements[0], 1)
    _close(room.stage)
    later = make_later_stage(room)
    be_participant(client, room.participant)
    assert "Earlier you said: Agree" in client.get(room.at("/statements", later)).text
