"""What comes next as the app chooses it: chances kept as the rule gave them, counts, and groups of a snapshot."""

import uuid
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, inspect, select

from analysis.results import Settings
from app.db import db, transaction
from app.models.analysis import Snapshot
from app.models.voting import Exposure, StageStatement
from app.queries.voting import candidates
from app.services.analysis import take_snapshot
from app.services.storage import migrate, migrate_down, open_engine
from app.services.voting import cast_vote, show_next, skip
from deliberation.routing import chances, vote_gain
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from deliberation.voting import Position
from tests.app.way import Room, make_room
from tests.evidence_builders import make_voted
from tests.factories import make_participant, make_session, make_stage, place_statement


def _times_shown(room: Room) -> dict[int, int]:
    rows = select(StageStatement.statement_id, StageStatement.times_shown).where(
        StageStatement.stage_id == room.stage.id
    )
    return {row.statement_id: row.times_shown for row in db.session.execute(rows)}


def _exposures(room: Room) -> dict[int, int]:
    rows = select(Exposure.statement_id, func.count().label("shown")).group_by(Exposure.statement_id)
    return {row.statement_id: row.shown for row in db.session.execute(rows.where(Exposure.stage_id == room.stage.id))}


def _last_exposure() -> Exposure:
    return db.session.scalars(select(Exposure).order_by(Exposure.id.desc()).limit(1)).one()


def _with_groups(room: Room, members: dict[int, str], by_group: dict[int, dict[str, tuple[int, int, int]]]) -> Snapshot:
    """A snapshot with only what the choice reads: who is in which group; (agree, disagree, seen) by group."""
    result: dict[str, Any] = {
        "participants": [{"id": one, "group": group} for one, group in members.items()],
        "statements": [
            {
                "id": statement,
                "seen": sum(counts[2] for counts in groups.values()),
                "by_group": [
                    {"group": group, "agree": agree, "disagree": disagree, "seen": seen}
                    for group, (agree, disagree, seen) in groups.items()
                ],
            }
            for statement, groups in by_group.items()
        ],
    }
    number = db.session.scalar(select(func.count()).select_from(Snapshot)) or 0
    snapshot = Snapshot(
        dialogue_id=room.dialogue.id,
        number=number + 1,
        settings={},
        seed=1,
        versions={},
        inputs_digest="",
        result_digest="",
        result=result,
    )
    with transaction() as session:
        session.add(snapshot)
    return snapshot


def _split_by_group(room: Room) -> Snapshot:
    """Group A knows the first statement well and the second not at all; group B the other way round."""
    first, second = (one.id for one in room.statements)
    other = make_participant(room.dialogue)
    well, hardly = (30, 30, 60), (0, 0, 0)
    return _with_groups(
        room,
        {room.participant.id: "A", other.id: "B"},
        {first: {"A": well, "B": hardly}, second: {"A": hardly, "B": well}},
    )


def test_the_chance_that_is_kept_is_the_one_of_the_rule_at_every_step(app: Flask):
    room = make_room(statements=6)
    people = [room.participant, *(make_participant(room.dialogue) for _ in range(4))]
    for number, person in enumerate(people):
        voted: set[int] = set()
        for step in range(4):
            with transaction():
                by_rule = dict(chances(candidates(room.stage, person), voted))
                shown = show_next(room.stage, by=person, rng=Random(10 * number + step))
                assert shown is not None
                assert _last_exposure().probability == by_rule[shown.id]
                cast_vote(room.stage, shown, Position.AGREE, client_key=uuid.uuid4(), by=person)
                voted.add(shown.id)


def test_a_pinned_statement_is_shown_first_with_certainty(app: Flask):
    room = make_room(statements=3)
    pinned = db.session.scalars(select(StageStatement).where(StageStatement.stage_id == room.stage.id)).all()[2]
    with transaction():
        db.session.get_one(StageStatement, pinned.id).is_pinned = True
    with transaction():
        shown = show_next(room.stage, by=room.participant, rng=Random(1))
    assert shown is not None
    assert (shown.id, _last_exposure().probability) == (pinned.statement_id, 1.0)


def test_times_shown_equals_the_exposures_of_the_stage(app: Flask):
    room = make_room(statements=3)
    for number, person in enumerate([room.participant, make_participant(room.dialogue)]):
        for step in range(3):
            with transaction():
                shown = show_next(room.stage, by=person, rng=Random(3 * number + step))
                assert shown is not None
                if step == 1:
                    skip(room.stage, shown, by=person)
                else:
                    cast_vote(room.stage, shown, Position.PASS, client_key=uuid.uuid4(), by=person)
    with transaction():
        show_next(room.stage, by=room.participant, rng=Random(9), again=True)
    assert _times_shown(room) == _exposures(room)
    assert sum(_times_shown(room).values()) == 7


def test_a_choice_that_is_rolled_back_is_not_counted(app: Flask):
    room = make_room(statements=2)

    def fail_after_showing() -> None:
        with transaction():
            show_next(room.stage, by=room.participant, rng=Random(1))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail_after_showing()
    assert set(_times_shown(room).values()) == {0}


def test_in_an_open_dialogue_a_person_is_asked_where_their_group_is_least_known(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.OPEN)
    first, second = (one.id for one in room.statements)
    before = dict(chances(candidates(room.stage, room.participant), set()))
    assert before[first] == before[second] == pytest.approx(0.5)
    _split_by_group(room)
    known = {one.statement_id: one.gain for one in candidates(room.stage, room.participant)}
    assert known == {first: vote_gain(30, 60), second: vote_gain(0, 0)}
    assert dict(chances(candidates(room.stage, room.participant), set()))[second] > 0.9


def test_somebody_of_no_group_may_be_in_any(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.OPEN)
    _split_by_group(room)
    found = candidates(room.stage, make_participant(room.dialogue))
    assert [one.gain for one in found] == [pytest.approx((vote_gain(30, 60) + vote_gain(0, 0)) / 2)] * 2


def test_a_statement_newer_than_the_snapshot_is_worth_asking_about(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.OPEN)
    _split_by_group(room)
    newer = make_room(statements=1).statements[0]
    place_statement(room.stage, newer, place=9)
    assert candidates(room.stage, room.participant)[-1].gain == vote_gain(0, 0)


def test_the_newest_snapshot_counts_and_one_without_groups_ends_the_use_of_groups(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.OPEN)
    _split_by_group(room)
    _with_groups(room, {room.participant.id: "A"}, {})
    assert [one.gain for one in candidates(room.stage, room.participant)] == [None, None]


def test_in_a_panel_nobodys_votes_decide_what_comes_next(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.PANEL)
    _split_by_group(room)
    assert [one.gain for one in candidates(room.stage, room.participant)] == [None, None]


def test_a_snapshot_as_the_analysis_stores_it_can_be_read(app: Flask):
    voted = make_voted(mode=DialogueMode.OPEN)
    stage = make_stage(make_session(voted.dialogue, number=9), StageKind.VOTE)
    for place, statement in enumerate(voted.statements, 1):
        place_statement(stage, statement, place=place)
    with transaction():
        snapshot = take_snapshot(voted.dialogue, by=voted.analyst, settings=Settings(k=2, permutations=0, starts=2))
    assert len({one["group"] for one in snapshot.result["participants"]} - {None}) == 2
    found = candidates(stage, voted.people[0])
    assert len(found) == len(voted.statements)
    assert all(one.gain is not None and 0 < one.gain < vote_gain(0, 0) for one in found)


def test_a_snapshot_is_read_once_and_the_exposures_of_others_never(app: Flask):
    room = make_room(statements=2, mode=DialogueMode.OPEN)
    _split_by_group(room)
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", listen)
    for _ in range(3):
        candidates(room.stage, room.participant)
    event.remove(db.engine, "before_cursor_execute", listen)
    assert sum("snapshot.result" in one for one in said) == 1
    assert not [one for one in said if "exposure" in one]


def test_what_was_shown_before_the_count_existed_is_counted_by_the_migration(app: Flask):
    room = make_room(statements=4)
    for number, person in enumerate([room.participant, *(make_participant(room.dialogue) for _ in range(5))]):
        with transaction():
            show_next(room.stage, by=person, rng=Random(number))
    counted = _times_shown(room)
    db.session.remove()
    engine = open_engine(str(db.engine.url))
    migrate_down(engine, "0001")
    assert "times_shown" not in {column["name"] for column in inspect(engine).get_columns("stage_statement")}
    migrate(engine)
    engine.dispose()
    assert sum(counted.values()) == 6
    assert _times_shown(room) == counted
