"""Invented requests, the ways through which they can be followed, and what was said at their stops."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.requests import DataRequest, RequestAssumption, StepJudgement
from app.models.stewardship import Combination, StewardshipModel
from app.queries.stages import models_of
from app.queries.stewardship import models_of_dialogue
from deliberation.requests import Asked, RequestKind, Step, Waits, asked_in, steps_of_combination, steps_of_model
from deliberation.requests_burden import NAMES, Assumptions
from deliberation.stages import StageKind
from deliberation.stewardship import NONE_OF_THESE, Approach, CombinationQuestion

FOLLOWABLE = frozenset({StageKind.COMPARE, StageKind.LEARN})
"""Kinds of stages in which a request can be followed."""


@dataclass(frozen=True)
class Way:
    """A model, or somebody's own combination, through which a request goes. One of the two is set."""

    model: StewardshipModel | None = None
    combination: Combination | None = None

    @property
    def public_id(self) -> uuid.UUID:
        """What stands for it in addresses."""
        thing = self.model or self.combination
        assert thing is not None
        return thing.public_id

    @property
    def key(self) -> str:
        """What judgements are kept under: the model's key, or the four answers."""
        if self.model is not None:
            return f"model:{self.model.key}"
        return "mix:" + "/".join(self.answers.values())

    @property
    def is_current(self) -> bool:
        """Whether it is how it works today."""
        return self.model is not None and self.model.is_current

    @property
    def answers(self) -> dict[CombinationQuestion, str]:
        """The four answers of a combination; one that is missing is "none of these"."""
        given = self.combination.answers if self.combination else {}
        return {question: str(given.get(question.value) or NONE_OF_THESE) for question in CombinationQuestion}

    @property
    def asked(self) -> Asked | None:
        """What it asks of each person, where that is known."""
        if self.model is not None:
            return Asked(self.model.asked) if self.model.asked in set(Asked) else None
        return asked_in(self.answers)

    @property
    def group_decides(self) -> bool:
        """Whether people meet to decide about requests."""
        if self.model is not None:
            return bool(set(self.model.approaches) - {Approach.INDIVIDUAL.value})
        return self.answers[CombinationQuestion.WHO_DECIDES] != "each_person"

    def steps(self, kind: RequestKind, waits: Waits) -> tuple[Step, ...]:
        """The stops of a request of this kind."""
        if self.model is not None:
            model = self.model
            return steps_of_model(
                model.facts, model.approaches, self.asked, kind, waits, is_current=model.is_current
            )
        return steps_of_combination(self.answers, kind, waits)


@dataclass(frozen=True)
class FollowedWay:
    """A request, the model it was followed through (None for one's own mix), and what was said at its stops."""

    request: DataRequest
    model: StewardshipModel | None
    said: list[StepJudgement]

    @property
    def titles(self) -> dict[str, str]:
        """Stop -> the code of its title on this way, as it is now."""
        answers = next((row.answers for row in self.said if row.answers), {})
        way = Way(model=self.model) if self.model else Way(combination=Combination(answers=answers))
        return {step.key.value: step.title for step in way.steps(self.request.kind, Waits())}


def requests_of(dialogue: Dialogue) -> list[DataRequest]:
    """Every request of the dialogue, in order."""
    found = select(DataRequest).where(DataRequest.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(DataRequest.place, DataRequest.id)))


def find_request(dialogue: Dialogue, public_id: uuid.UUID) -> DataRequest | None:
    """A request of this dialogue."""
    return db.session.scalar(
        select(DataRequest).where(DataRequest.public_id == public_id, DataRequest.dialogue_id == dialogue.id)
    )


def can_follow(stage: Stage) -> bool:
    """Whether a request can be followed in this stage: it is of the right kind and compares or shows models."""
    if stage.kind not in FOLLOWABLE or not models_of(stage):
        return False
    found = select(func.count()).select_from(DataRequest).where(DataRequest.dialogue_id == stage.session.dialogue_id)
    return bool(db.session.scalar(found))


def ways_in(stage: Stage, participant: Participant | None) -> tuple[list[Way], list[Way]]:
    """(the stage's models, "How it works today" first, and the person's own mix; the dialogue's other models)."""
    placed = models_of(stage)
    every = models_of_dialogue(stage.session.dialogue)
    first = [model for model in every if model.is_current] + [model for model in placed if not model.is_current]
    near = [Way(model=model) for model in first]
    mix = newest_combination(participant) if participant else None
    if mix is not None:
        near.append(Way(combination=mix))
    chosen = {model.id for model in first}
    return near, [Way(model=model) for model in every if model.id not in chosen]


def find_way(stage: Stage, participant: Participant | None, public_id: uuid.UUID) -> Way | None:
    """A model of the dialogue, or the person's own newest combination."""
    near, others = ways_in(stage, participant)
    return next((way for way in [*near, *others] if way.public_id == public_id), None)


def newest_combination(participant: Participant) -> Combination | None:
    """The combination that the person put together last."""
    found = select(Combination).where(Combination.participant_id == participant.id)
    return db.session.scalar(found.order_by(Combination.made_at.desc(), Combination.id.desc()).limit(1))


def judgements_on(request: DataRequest, way: Way, participant: Participant | None) -> dict[str, StepJudgement]:
    """Stop -> what the person says there now."""
    if participant is None:
        return {}
    rows = db.session.scalars(
        select(StepJudgement).where(
            StepJudgement.participant_id == participant.id,
            StepJudgement.request_id == request.id,
            StepJudgement.way == way.key,
        )
    )
    return {row.step.value: row for row in rows}


def followed_by(participant: Participant | None) -> dict[int, int]:
    """Request id -> at how many stops the person said something."""
    if participant is None:
        return {}
    rows = db.session.execute(
        select(StepJudgement.request_id, func.count())
        .where(StepJudgement.participant_id == participant.id)
        .group_by(StepJudgement.request_id)
    )
    return {request_id: count for request_id, count in rows}  # noqa: C416 - a Row is no pair to mypy


def steps_by(participant: Participant) -> list[FollowedWay]:
    """What the participant said at the stops of requests, way by way."""
    rows = db.session.execute(
        select(StepJudgement, DataRequest, StewardshipModel)
        .join(DataRequest, DataRequest.id == StepJudgement.request_id)
        .outerjoin(StewardshipModel, StewardshipModel.id == StepJudgement.model_id)
        .where(StepJudgement.participant_id == participant.id)
        .order_by(DataRequest.place, StepJudgement.way, StepJudgement.id)
    )
    found: dict[tuple[int, str], FollowedWay] = {}
    for row, request, model in rows:
        found.setdefault((request.id, row.way), FollowedWay(request, model, [])).said.append(row)
    return list(found.values())


def assumption_rows(dialogue: Dialogue) -> dict[str, RequestAssumption]:
    """Name -> the dialogue's own number, with its source."""
    found = select(RequestAssumption).where(RequestAssumption.dialogue_id == dialogue.id)
    return {row.name: row for row in db.session.scalars(found)}


def assumptions_of(dialogue: Dialogue) -> Assumptions:
    """The dialogue's numbers, and for what it has none the ordinary ones."""
    values: Mapping[str, int | None] = {
        name: row.value for name, row in assumption_rows(dialogue).items() if name in NAMES
    }
    return Assumptions(**values)  # type: ignore[arg-type]
