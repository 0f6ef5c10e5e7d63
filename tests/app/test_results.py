"""Nobody sees how people vote before the stage has closed: pages, files and analyses of every kind of staff."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from analysis.pipeline import analyse
from analysis.snapshot import to_plain
from app.db import db, transaction, utcnow
from app.models.dialogues import Stage
from app.models.types import new_public_id
from app.models.voting import CurrentVote, Vote
from app.queries.frames import inputs_now
from app.queries.results import hidden_in, stages_left_out
from app.services.analysis import snapshot_files, take_snapshot, verify_snapshot
from app.services.stages import move_stage
from app.services.vote_settings import set_vote_settings
from deliberation.errors import RuleError
from deliberation.roles import Action, Role, roles_that_may
from deliberation.stages import GRACE, Move, StageState
from tests.app.way import Room, fresh, make_room
from tests.evidence_builders import QUICK
from tests.factories import make_participant, make_staff, sign_in_as
from tests.populated import make_populated


def _vote(room: Room, position: int, people: int = 1) -> None:
    for _ in range(people):
        person = make_participant(room.dialogue)
        with transaction() as session:
            for statement in room.statements:
                facts = {"participant_id": person.id, "statement_id": statement.id, "position": position}
                vote = Vote(client_key=new_public_id(), stage_id=room.stage.id, **facts)
                session.add(vote)
                session.flush()
                session.add(CurrentVote(vote_id=vote.id, **facts))


def _move(stage: Stage, move: Move, by) -> None:
    with transaction() as session:
        move_stage(session.get(Stage, stage.id), move, by=by)


def _grace_is_over(stage: Stage) -> None:
    with transaction() as session:
        session.get(Stage, stage.id).closed_at = utcnow() - GRACE * 2


def _votes_read(room: Room) -> int:
    db.session.rollback()
    return len(inputs_now(room.dialogue).tables.votes)


@pytest.mark.parametrize("state", [StageState.OPEN, StageState.PAUSED])
def test_votes_of_an_open_stage_are_in_no_analysis(app: Flask, state: StageState):
    room = make_room(statements=2, stage={"state": state})
    _vote(room, 1, people=3)
    assert _votes_read(room) == 0


def test_votes_are_read_once_the_late_ones_are_in(app: Flask):
    room = make_room(statements=2)
    _vote(room, 1, people=3)
    _move(room.stage, Move.CLOSE, make_staff(room.dialogue, Role.FACILITATOR))
    assert _votes_read(room) == 0
    _grace_is_over(room.stage)
    assert _votes_read(room) == 6


def test_votes_are_read_at_once_where_people_were_told_so(app: Flask):
    room = make_room(statements=2, stage={"results_early": True})
    _vote(room, 1)
    assert _votes_read(room) == 2


def test_a_stage_that_opens_again_hides_only_the_votes_from_then_on(app: Flask):
    room = make_room(statements=1)
    by = make_staff(room.dialogue, Role.FACILITATOR)
    _vote(room, 1, people=4)
    _move(room.stage, Move.CLOSE, by)
    _grace_is_over(room.stage)
    _move(room.stage, Move.REOPEN, by)
    _vote(room, -1, people=3)
    assert _votes_read(room) == 4


def test_a_stage_that_opens_again_within_its_grace_has_told_nothing(app: Flask):
    room = make_room(statements=1)
    by = make_staff(room.dialogue, Role.FACILITATOR)
    _vote(room, 1, people=4)
    _move(room.stage, Move.CLOSE, by)
    _move(room.stage, Move.REOPEN, by)
    assert _votes_read(room) == 0


def test_a_snapshot_says_which_stage_it_leaves_out_and_can_be_checked_after_closing(app: Flask):
    room = make_room(statements=2)
    by = make_staff(room.dialogue, Role.ANALYST)
    _vote(room, 1, people=5)
    with transaction():
        snapshot = take_snapshot(room.dialogue, by=by, settings=QUICK)
    assert (snapshot.result["votes"], stages_left_out(snapshot)) == (0, [room.stage.title])
    _move(room.stage, Move.CLOSE, make_staff(room.dialogue, Role.FACILITATOR))
    _grace_is_over(room.stage)
    assert verify_snapshot(fresh(snapshot)).words.startswith("equal")
    with transaction():
        after = take_snapshot(room.dialogue, by=by, settings=QUICK)
    assert (after.result["votes"], stages_left_out(after)) == (10, [])


def test_when_totals_are_seen_is_fixed_once_the_stage_has_opened(app: Flask):
    room = make_room(statements=1, stage={"state": StageState.PLANNED})
    by = make_staff(room.dialogue, Role.FACILITATOR)
    keep = {"minimum": 0, "chips": None, "by": by}
    with transaction():
        set_vote_settings(room.stage, results_early=True, **keep)
    _move(room.stage, Move.OPEN, by)
    with pytest.raises(RuleError, match="results_fixed"), transaction() as session:
        set_vote_settings(session.get(Stage, room.stage.id), results_early=False, **keep)
    assert fresh(room.stage).results_early


def test_the_statement_page_gives_no_counts_to_anybody_while_voting_is_open(client: FlaskClient):
    room = make_room(statements=1)
    _vote(room, 1, people=3)
    for role in (Role.ANALYST, Role.FACILITATOR):
        sign_in_as(client, make_staff(room.dialogue, role))
        page = client.get(f"/d/{room.dialogue.public_id}/statements/{room.statements[0].public_id}").text
        assert "The votes are shown here when voting on it has closed." in page
        assert "who voted" not in page


NOISE = re.compile(r'name="(?:csrf_token|client_key)"[^>]*? value="[^"]*"|"?\d\d:\d\d(:\d\d)?|nonce="[^"]*"')


def _pages(app: Flask, made, snapshot_id) -> dict[tuple[str, str], str]:
    """(role, address) -> what every GET address of the dialogue shows to each kind of staff."""
    found = {}
    for role, account in made.staff.items():
        browser = app.test_client()
        sign_in_as(browser, account)
        for rule in app.url_map.iter_rules():
            audience = getattr(app.view_functions[rule.endpoint], "audience", None)
            if "GET" not in (rule.methods or ()) or "dialogue_id" not in rule.arguments:
                continue
            if isinstance(audience, Action) and role not in roles_that_may(audience):
                continue
            values = {name: (made.ids.get(name) or [made.texts.get(name, "x")])[0] for name in rule.arguments}
            values |= {"snapshot_id": snapshot_id} if "snapshot_id" in values else {}
            if any(value == "x" for value in values.values()):
                continue
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(rule.endpoint, values)
            reply = browser.get(address)
            if reply.status_code == 200 and reply.mimetype in {"text/html", "text/csv", "text/plain"}:
                found[role.value, address] = NOISE.sub("", reply.get_data(as_text=True))
    return found


def test_turning_every_vote_of_an_open_stage_around_changes_no_page_and_no_file(app: Flask):
    made = make_populated()
    dialogue = made.dialogue
    stages = [stage for session in dialogue.sessions for stage in session.stages]
    assert hidden_in(dialogue)
    for number in range(6):
        person = make_participant(dialogue)
        for stage in stages:
            placed = db.session.execute(
                text("SELECT statement_id FROM stage_statement WHERE stage_id = :id"), {"id": stage.id}
            ).scalars()
            with transaction() as session:
                for statement_id in list(placed)[:6]:
                    facts = {
                        "participant_id": person.id,
                        "statement_id": statement_id,
                        "position": -1 if number > 3 else 1,
                    }
                    vote = Vote(client_key=new_public_id(), stage_id=stage.id, session_id=stage.session_id, **facts)
                    session.add(vote)
                    session.flush()
                    session.query(CurrentVote).filter_by(participant_id=person.id, statement_id=statement_id).delete()
                    session.add(CurrentVote(vote_id=vote.id, **facts))
    with transaction():
        first = take_snapshot(dialogue, by=None, settings=QUICK)
        before_files = snapshot_files(first)
    before = _pages(app, made, first.public_id)
    with transaction() as session:
        session.execute(text("UPDATE vote SET position = -position"))
        session.execute(text("UPDATE current_vote SET position = -position"))
    again = fresh(first)
    assert to_plain(analyse(inputs_now(fresh(dialogue)).tables, QUICK)) == again.result
    assert snapshot_files(again) == before_files
    after = _pages(app, made, first.public_id)
    assert len(before) > 60
    assert {key for key in before if before[key] != after.get(key)} == set()
