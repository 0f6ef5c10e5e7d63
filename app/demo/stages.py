"""Plays the four sessions: each stage is opened, everybody does their part, and it is closed."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert, select

from app.db import db, transaction, utcnow
from app.demo.bulk import record_many
from app.demo.comparing import answer_questionnaire, compare_models
from app.demo.drafting import write_together
from app.demo.panel import SyntheticPerson, position_on
from app.demo.people import DEMO_PERSON
from app.demo.preferences import state_preferences
from app.demo.reasons import PUZZLED_AT, do_not_understand, say_why
from app.demo.requests import follow_requests
from app.demo.threads import add_statements, talk
from app.demo.weighing import do_tasks
from app.demo.words import CONDITIONS
from app.models.dialogues import Dialogue, Stage, StageProgress, TableSeat
from app.models.learning import MaterialReading, MaterialShowing, ModelReading
from app.models.people import Account, Membership, Participant
from app.models.stewardship import StageModel
from app.models.types import new_public_id
from app.models.voting import Condition, CurrentVote, StageStatement, Statement, Vote
from app.queries.dialogues import stages_in_order
from app.queries.stages import materials_of
from app.services.reading import OFFERS_NO_TEXTS
from app.services.sessions import move_session
from app.services.stages import move_stage
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import Move, StageKind, StageState
from deliberation.voting import PassReason

VOTES_OF_DEMO_PERSON = 12


def play_sessions(
    dialogue_id: int, panel: Sequence[int], people: Sequence[SyntheticPerson], rng: Random, say: Callable[[str], None]
) -> None:
    """Sessions 1 to 3 open and close; session 4 stays open at its end."""
    with transaction():
        stage_ids = [stage.id for stage in stages_in_order(db.session.get_one(Dialogue, dialogue_id))]
    for stage_id in stage_ids:
        with transaction():
            stage = db.session.get_one(Stage, stage_id)
            by = _facilitator(dialogue_id)
            if stage.session.state is StageState.PLANNED:
                say(f"    session {stage.session.number}: {stage.session.title}")
                move_session(stage.session, Move.OPEN, by=by)
            move_stage(stage, Move.OPEN, by=by)
            _play(stage, panel, people, rng)
            move_stage(stage, Move.CLOSE, by=by)
            last_of_session = stage.id == stage.session.stages[-1].id
            if last_of_session and stage.session.number < 4:
                move_session(stage.session, Move.CLOSE, by=by)
            stage.closed_at = _moment(stage) + timedelta(minutes=stage.minutes)


def open_to_late_ones(dialogue: Dialogue) -> None:
    """The last vote is opened again: its totals have been told, and votes from now on stay hidden until it closes."""
    last = [stage for stage in stages_in_order(dialogue) if stage.kind is StageKind.VOTE][-1]
    move_stage(last, Move.REOPEN, by=_facilitator(dialogue.id))


def _facilitator(dialogue_id: int) -> Account:
    return db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.dialogue_id == dialogue_id, Membership.role == Role.FACILITATOR)
    ).first() or db.session.scalars(select(Account)).one()


def _moment(stage: Stage) -> datetime:
    """When the stage began, by the plan: its session's start and the minutes of the stages before."""
    before = sum(other.minutes for other in stage.session.stages if other.place < stage.place)
    return (stage.session.starts_at or utcnow()) + timedelta(minutes=before)


def _play(stage: Stage, panel: Sequence[int], people: Sequence[SyntheticPerson], rng: Random) -> None:
    present = [(pid, person) for pid, person in zip(panel, people, strict=True) if rng.random() < 0.96]
    if stage.kind not in OFFERS_NO_TEXTS:
        _were_shown([pid for pid, _ in present], _newest_versions(stage), _moment(stage))
    if stage.kind is StageKind.VOTE:
        _vote(stage, present, rng)
        if stage.session.number in {2, 3}:
            add_statements(stage, [pid for pid, _ in present], rng, moderator=_facilitator(stage.session.dialogue_id))
    elif stage.kind is StageKind.LEARN:
        _read(stage, [pid for pid, _ in present], rng)
    elif stage.kind is StageKind.COMPARE:
        compare_models(stage, present, rng)
        follow_requests(stage, present)
    elif stage.kind is StageKind.SURVEY:
        answer_questionnaire(stage, present, rng)
    elif stage.kind is StageKind.DRAFT:
        write_together(stage, present, _facilitator(stage.session.dialogue_id), rng)
    state_preferences(stage, present, rng)
    if stage.kind is not StageKind.VOTE:
        talk(stage, present, rng)
    do_tasks(stage, present, rng, moderator=_facilitator(stage.session.dialogue_id))
    _finish(stage, [pid for pid, _ in present], but=panel[DEMO_PERSON] if stage.session.number == 4 else None)


def _finish(stage: Stage, present: Sequence[int], but: int | None) -> None:
    began = _moment(stage)
    ended = began + timedelta(minutes=stage.minutes)
    rows = [
        {
            "participant_id": pid,
            "stage_id": stage.id,
            "started_at": began,
            "finished_at": None if pid == but and stage.kind is StageKind.VOTE else ended,
        }
        for pid in present
    ]
    db.session.execute(insert(StageProgress), rows)


def _read(stage: Stage, present: Sequence[int], rng: Random) -> None:
    began = _moment(stage)
    versions = _newest_versions(stage)
    models = db.session.scalars(select(StageModel.model_id).where(StageModel.stage_id == stage.id)).all()
    for table, column, ids in ((MaterialReading, "version_id", versions), (ModelReading, "model_id", models)):
        done = set(db.session.execute(select(table.participant_id, getattr(table, column))).all())
        rows = [
            {"participant_id": pid, column: one, "read_at": began + timedelta(minutes=3)}
            for pid in present
            for one in ids
            if (pid, one) not in done and rng.random() < 0.92
        ]
        if rows:
            db.session.execute(insert(table), rows)


def _newest_versions(stage: Stage) -> Sequence[int]:
    """Ids of what each text of the stage says now."""
    return [material.current.id for material in materials_of(stage) if material.versions]


def _were_shown(present: Sequence[int], versions: Sequence[int], began: datetime) -> None:
    done = set(db.session.execute(select(MaterialShowing.participant_id, MaterialShowing.version_id)).all())
    pairs = [(person, version) for person in present for version in versions if (person, version) not in done]
    rows = [{"participant_id": person, "version_id": version, "shown_at": began} for person, version in pairs]
    if rows:
        db.session.execute(insert(MaterialShowing), rows)


def _vote(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], rng: Random) -> None:
    """Everybody who is there votes on most of the stage's statements; a later vote replaces an earlier one."""
    statements = db.session.scalars(
        select(Statement)
        .join(StageStatement, StageStatement.statement_id == Statement.id)
        .where(StageStatement.stage_id == stage.id, Statement.state == WordState.APPROVED)
        .order_by(StageStatement.place)
    ).all()
    tables = dict(
        db.session.execute(
            select(TableSeat.participant_id, TableSeat.table_id).where(TableSeat.session_id == stage.session_id)
        ).all()
    )
    names = dict(db.session.execute(select(Participant.id, Participant.public_id)).all())
    began, votes, acts = _moment(stage), [], []
    for pid, person in present:
        limit = VOTES_OF_DEMO_PERSON if person.number == DEMO_PERSON and stage.session.number == 4 else len(statements)
        for number, statement in enumerate(statements[:limit]):
            if rng.random() < 0.06:
                continue
            position, important = position_on(person, statement.approach, statement.stance, rng)
            votes.append(
                {
                    "client_key": new_public_id(),
                    "participant_id": pid,
                    "statement_id": statement.id,
                    "position": int(position),
                    "is_important": important,
                    "pass_reason": rng.choice(list(PassReason)) if not position and rng.random() < 0.5 else None,
                    "session_id": stage.session_id,
                    "stage_id": stage.id,
                    "table_id": tables.get(pid),
                    "cast_at": began + timedelta(seconds=12 * number + rng.randrange(10)),
                }
            )
            acts.append(
                {
                    "actor": str(names[pid]),
                    "object_kind": "statement",
                    "object_ref": str(statement.public_id),
                    "facts": {"position": int(position), "important": important},
                }
            )
    if stage.session.number == 4:
        do_not_understand(votes, statements[PUZZLED_AT].id)
    _store(votes)
    _say_conditions(votes, rng)
    say_why(votes, Random(stage.place))
    record_many(EventKind.VOTE_CAST, stage.session.dialogue_id, acts)


def _say_conditions(votes: list[dict[str, object]], rng: Random) -> None:
    """Some who passed because it depends say on what; most of these words have been checked."""
    depends = [vote for vote in votes if vote["pass_reason"] is PassReason.IT_DEPENDS]
    rows = [
        {
            "participant_id": vote["participant_id"],
            "statement_id": vote["statement_id"],
            "text": rng.choice(CONDITIONS),
            "lang": "en",
            "state": WordState.APPROVED if rng.random() < 0.8 else WordState.WAITING,
        }
        for vote in depends
        if rng.random() < 0.2
    ]
    if rows:
        db.session.execute(insert(Condition), rows)


def _store(votes: list[dict[str, object]]) -> None:
    db.session.execute(insert(Vote), votes)
    keys = {vote["client_key"]: vote for vote in votes}
    ids = db.session.execute(select(Vote.id, Vote.client_key).where(Vote.stage_id == votes[0]["stage_id"]))
    current = {
        (row.participant_id, row.statement_id): row for row in db.session.scalars(select(CurrentVote))
    }
    added = []
    for vote_id, key in ids:
        vote = keys.get(key)
        if vote is None:
            continue
        values = {name: vote[name] for name in ("position", "is_important", "cast_at")} | {"vote_id": vote_id}
        row = current.get((vote["participant_id"], vote["statement_id"]))  # type: ignore[arg-type]
        if row is None:
            added.append({**values, "participant_id": vote["participant_id"], "statement_id": vote["statement_id"]})
        else:
            for name, value in values.items():
                setattr(row, name, value)
    db.session.flush()
    if added:
        db.session.execute(insert(CurrentVote), added)
