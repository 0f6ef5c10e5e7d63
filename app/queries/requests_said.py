"""What people said at the stops of a request: counted for staff, and the conditions of "only if", without a name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from analysis.disclosure import shown_total
from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.requests import DataRequest, StepJudgement
from app.models.stewardship import Combination, StewardshipModel
from app.queries.requests import Way
from deliberation.moderation import WordState, showing
from deliberation.requests import Judgement, Step, Waits

OTHERS = 10
"""How many conditions of others are shown at a stop."""


@dataclass(frozen=True)
class StepSaid:
    """One stop of a way: how many said what, None where it is too few to be shown; and conditions in words."""

    step: Step
    fine: int | None
    only_if: int | None
    not_ok: int | None
    people: int | None
    conditions: Sequence[StepJudgement]


@dataclass(frozen=True)
class WaySaid:
    """One way that people followed a request through."""

    way: Way
    people: int | None
    steps: Sequence[StepSaid]


def said_on(dialogue: Dialogue, request: DataRequest, *, is_exact: bool) -> list[WaySaid]:
    """Way by way, the one that most people followed first.

    Args:
        is_exact: for analysts: exact counts, and words that are not checked yet. For everybody else the one
            disclosure rule holds: exact from 20 people, below that rounded, 1 to 4 hidden; and words that
            everyone can see.
    """
    rows = db.session.scalars(
        select(StepJudgement)
        .join(Participant, Participant.id == StepJudgement.participant_id)
        .where(StepJudgement.request_id == request.id, Participant.left_at.is_(None))
        .order_by(StepJudgement.id)
    ).all()
    by_way: dict[str, list[StepJudgement]] = {}
    for row in rows:
        by_way.setdefault(row.way, []).append(row)
    models = _models(dialogue)
    found = sorted(by_way.values(), key=lambda some: -len({row.participant_id for row in some}))
    return [_way(request, some, models, is_exact) for some in found]


def people_by_request(dialogue: Dialogue) -> dict[int, int]:
    """Request id -> how many people said something at one of its stops."""
    rows = db.session.execute(
        select(StepJudgement.request_id, func.count(StepJudgement.participant_id.distinct()))
        .join(DataRequest, DataRequest.id == StepJudgement.request_id)
        .where(DataRequest.dialogue_id == dialogue.id)
        .group_by(StepJudgement.request_id)
    )
    return {request_id: count for request_id, count in rows}  # noqa: C416 - a Row is no pair to mypy


def others_only_if(request: DataRequest, way: Way, step: Step, participant: Participant) -> list[StepJudgement]:
    """Conditions that others gave at this stop and that everyone can see, the newest first."""
    found = (
        select(StepJudgement)
        .where(
            StepJudgement.request_id == request.id,
            StepJudgement.way == way.key,
            StepJudgement.step == step.key,
            StepJudgement.words != "",
            StepJudgement.state == WordState.APPROVED,
            StepJudgement.participant_id != participant.id,
        )
        .order_by(StepJudgement.id.desc())
        .limit(OTHERS)
    )
    return list(db.session.scalars(found))


def way_of(row: StepJudgement, models: dict[int, StewardshipModel]) -> Way:
    """The way that a judgement is about."""
    if row.model_id is not None:
        return Way(model=models[row.model_id])
    return Way(combination=Combination(answers=dict(row.answers or {})))


def _way(
    request: DataRequest, rows: list[StepJudgement], models: dict[int, StewardshipModel], is_exact: bool
) -> WaySaid:
    way = way_of(rows[0], models)
    people = len({row.participant_id for row in rows})
    steps = []
    for step in way.steps(request.kind, Waits()):
        here = [row for row in rows if row.step is step.key]
        counts = Counter(row.judgement for row in here)
        shown = {one: _shown(counts[one], len(here), is_exact) for one in Judgement}
        steps.append(
            StepSaid(
                step=step,
                fine=shown[Judgement.FINE],
                only_if=shown[Judgement.ONLY_IF],
                not_ok=shown[Judgement.NOT_OK],
                people=_shown(len(here), len(here), is_exact),
                conditions=[row for row in here if row.words and _is_readable(row, is_exact)],
            )
        )
    return WaySaid(way, _shown(people, people, is_exact), steps)


def _shown(count: int, base: int, is_exact: bool) -> int | None:
    return count if is_exact else shown_total(count, base)


def _is_readable(row: StepJudgement, by_analyst: bool) -> bool:
    where = showing(row.state, row.reason)
    return where.read_by_analysts if by_analyst else where.shown_to_all


def _models(dialogue: Dialogue) -> dict[int, StewardshipModel]:
    found = select(StewardshipModel).where(StewardshipModel.dialogue_id == dialogue.id)
    return {model.id: model for model in db.session.scalars(found)}
