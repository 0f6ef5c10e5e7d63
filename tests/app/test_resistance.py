"""Votes worth a second look: for analysts alone, nothing removed, and in a panel only the same answers."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.types import new_public_id
from app.models.voting import CurrentVote, Exposure, Statement, Vote
from app.queries.resistance import noticed_in
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from tests.evidence_builders import make_voted
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

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
OPEN, PANEL = DialogueMode.OPEN, DialogueMode.PANEL


def _vote_as(
    person: Participant,
    statements: list[Statement],
    positions: list[int],
    *,
    stage: Stage,
    start: datetime,
    pace: float,
    one_at_a_time: bool = True,
) -> None:
    """Votes `pace` seconds apart; one at a time leaves an exposure each, the list of statements none."""
    for place, (statement, position) in enumerate(zip(statements, positions, strict=True)):
        now = start + timedelta(seconds=pace * (place + 1))
        vote = Vote(
            client_key=new_public_id(), participant_id=person.id, statement_id=statement.id, position=position,
            stage_id=stage.id, cast_at=now,
        )  # fmt: skip
        db.session.add(vote)
        db.session.flush()
        db.session.add(
            CurrentVote(participant_id=person.id, statement_id=statement.id, vote_id=vote.id, position=position)
        )
        if one_at_a_time:
            shown = now - timedelta(seconds=pace)
            db.session.add(
                Exposure(
                    participant_id=person.id,
                    statement_id=statement.id,
                    stage_id=stage.id,
                    probability=0.1,
                    shown_at=shown,
                    answered_at=now + timedelta(milliseconds=3),
                )
            )


def _make(mode: DialogueMode, *, copies: int = 6, one_at_a_time: bool = True, pace: float = 0.2) -> Dialogue:
    """Fifteen people who read, hours apart, and `copies` people who give the same 20 answers at `pace`."""
    dialogue = make_dialogue(mode=mode)
    stage = make_stage(make_session(dialogue), results_early=True)
    statements = [
        make_statement(dialogue, f"Statement {n}: people should be told what was decided.") for n in range(20)
    ]
    readers = [make_participant(dialogue, f"Amber Heron {number}") for number in range(15)]
    alike = [make_participant(dialogue, f"Grey Wolf {number}") for number in range(copies)]
    rng = Random(7)
    with transaction():
        for number, person in enumerate(readers):
            positions = [rng.choice((1, 1, -1, 0)) for _ in range(20)]
            start = NOON + timedelta(hours=number)
            _vote_as(person, statements, positions, stage=stage, start=start, pace=9)
        for number, person in enumerate(alike):
            positions = [1 if place % 3 else -1 for place in range(20)]
            start = NOON + timedelta(hours=10 + number * 3)
            _vote_as(person, statements, positions, stage=stage, start=start, pace=pace, one_at_a_time=one_at_a_time)
    return dialogue


def test_copies_are_named_to_the_analyst_and_counted_with_and_without(app: Flask, client: FlaskClient):
    dialogue = _make(OPEN)
    noticed = noticed_in(dialogue)
    assert [(votes, len(names)) for votes, names in noticed.same_answers] == [(20, 6)]
    assert [(fast, timed) for _name, fast, timed in noticed.fast] == [(20, 20)] * 6
    assert (noticed.comparison.with_all.people, noticed.comparison.without_flagged.people) == (21, 15)
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    page = client.get(f"/d/{dialogue.public_id}/analysis/resistance").text
    assert "Nothing has been removed." in page
    assert "6 people gave the same 20 answers" in page
    assert "Grey Wolf 3" in page
    assert "Grey Wolf 3" not in page.split("<details")[0]


def test_a_page_request_writes_nothing(app: Flask, client: FlaskClient):
    dialogue = _make(OPEN, copies=3)
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    before = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Vote, CurrentVote, Exposure)]
    assert client.get(f"/d/{dialogue.public_id}/analysis/resistance").status_code == 200
    after = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Vote, CurrentVote, Exposure)]
    assert before == after


def test_votes_cast_in_the_list_are_never_too_fast(app: Flask):
    noticed = noticed_in(_make(OPEN, one_at_a_time=False))
    assert noticed.has_times
    assert noticed.fast == ()


def test_the_pace_of_a_fast_reader_or_listener_is_never_too_fast(app: Flask):
    assert noticed_in(_make(OPEN, pace=1.0)).fast == ()


def test_a_panel_looks_only_for_the_same_answers(app: Flask, client: FlaskClient):
    dialogue = _make(PANEL)
    noticed = noticed_in(dialogue)
    assert len(noticed.same_answers) == 1
    assert (noticed.together, noticed.fast, noticed.looks_at_times) == ((), (), False)
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    page = client.get(f"/d/{dialogue.public_id}/analysis/resistance").text
    assert "Same answers" in page
    for word in ("faster", "Arrived together", "second look", "abuse", "flag"):
        assert word not in page


def test_people_who_come_when_a_session_opens_did_not_arrive_together(app: Flask):
    dialogue = make_dialogue(mode=OPEN)
    session = make_session(dialogue)
    stage = make_stage(session, results_early=True)
    statement = make_statement(dialogue)
    people = [make_participant(dialogue, f"Amber Heron {number}") for number in range(60)]
    with transaction():
        session.opened_at, stage.opened_at = NOON, NOON
        for number, person in enumerate(people):
            start = NOON + timedelta(seconds=number) if number < 40 else NOON + timedelta(hours=number)
            _vote_as(person, [statement], [1], stage=stage, start=start, pace=5)
    assert noticed_in(dialogue).together == ()
    with transaction():
        session.opened_at = stage.opened_at = NOON - timedelta(days=1)
    (window,) = noticed_in(dialogue).together
    assert len(window[2]) == 40


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.PARTICIPANT)])
def test_no_other_member_of_staff_sees_a_flag(app: Flask, client: FlaskClient, role: Role):
    dialogue = make_dialogue(mode=OPEN)
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(f"/d/{dialogue.public_id}/analysis/resistance").status_code == 403
    listed = client.get(f"/d/{dialogue.public_id}/analysis")
    assert "second look" not in listed.text


def test_no_participant_sees_a_flag(app: Flask, client: FlaskClient):
    dialogue = make_dialogue(mode=OPEN)
    be_participant(client, make_participant(dialogue))
    assert client.get(f"/d/{dialogue.public_id}/analysis/resistance").status_code == 403


def test_an_ordinary_dialogue_and_an_empty_one_have_nothing_to_look_at(app: Flask, client: FlaskClient):
    voted = make_voted(people=8, mode=OPEN)
    empty = make_dialogue(mode=OPEN)
    for dialogue, analyst in ((voted.dialogue, voted.analyst), (empty, make_staff(empty, Role.ANALYST))):
        sign_in_as(client, analyst)
        page = client.get(f"/d/{dialogue.public_id}/analysis/resistance")
        assert page.status_code == 200
        assert "Nothing, in the votes of" in page.text
        assert "With and without" not in page.text


def test_somebody_who_left_is_not_named(app: Flask):
    dialogue = _make(OPEN)
    with transaction():
        person = db.session.scalar(select(Participant).where(Participant.pseudonym == "Grey Wolf 2"))
        person.left_at = NOON
    assert [len(names) for _votes, names in noticed_in(dialogue).same_answers] == [5]
