"""What the synthetic panel says along invented requests, in compare stages."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import insert, select

from app.db import db
from app.demo.bulk import record_many
from app.demo.panel import SyntheticPerson
from app.demo.people import DEMO_PERSON
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.requests import DataRequest, StepJudgement
from app.models.types import new_public_id
from app.queries.requests import Way, requests_of
from app.queries.stages import models_of
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.requests import Judgement, Station, Waits

FOLLOWED = {(2, 1): 1, (3, 1): 3, (3, 2): 4, (4, 1): 5}
"""(session, which compare stage of it) -> which request is followed there."""

ONLY_IF: dict[Station, tuple[str, ...]] = {
    Station.ARRIVES: ("the firm says who owns it", "the scans stay in this country", "it is for care, not for profit"),
    Station.READ: ("patients sit there too", "they say who pays them", "they see all of the request, not a short form"),
    Station.DECIDE: ("they give their reasons", "it does not take longer than a month", "a no is a no"),
    Station.HEAR: ("it is in plain words", "it comes by post as well", "my mum can get help with it"),
    Station.SAY: ("I can say no later on", "I am told that it goes on", "no one asks me every week"),
    Station.WRONG: ("someone has to pay for it", "one named person answers for it", "people are told within days"),
    Station.DISAGREE: ("someone else looks at it again", "it costs nothing to complain"),
    Station.AGAIN: ("I am asked again", "the panel sees it again"),
    Station.TOLD: ("everyone in the scans gets a letter", "it is on the news the same day"),
    Station.STOP: ("it can be stopped the same day",),
    Station.OUT: ("it is easy to find where",),
    Station.RIGHT: ("it is not the people who lost them", "there is money for those who were harmed"),
}


def follow_requests(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]]) -> None:
    """About half of those who are there follow the stage's request, most of them through two of its models."""
    # its own numbers, so that nothing else of the example depends on it
    rng = Random(f"requests {stage.session.number} {stage.place}")
    request = _request_of(stage)
    models = models_of(stage)
    if request is None or not models:
        return
    pair = [Way(model=model) for model in dict.fromkeys((models[0], models[len(models) // 2]))]
    rows = []
    for pid, person in present:
        if rng.random() < 0.45 and person.number != DEMO_PERSON:
            continue
        both = person.number == DEMO_PERSON or rng.random() < 0.8
        walked = [(way, step) for way in (pair if both else pair[1:]) for step in way.steps(request.kind, Waits())]
        for way, step in walked:
            if rng.random() < 0.1:
                continue
            judgement = _judgement(person, way, step.key, rng)
            wordy = judgement is Judgement.ONLY_IF and step.key in ONLY_IF and rng.random() < 0.6
            rows.append(
                {
                    "public_id": new_public_id(),
                    "participant_id": pid,
                    "request_id": request.id,
                    "model_id": way.model.id if way.model else None,
                    "way": way.key,
                    "step": step.key,
                    "judgement": judgement,
                    "words": rng.choice(ONLY_IF[step.key]) if wordy else "",
                    "lang": "en",
                    "state": WordState.APPROVED if wordy and rng.random() < 0.8 else WordState.WAITING,
                    "stage_id": stage.id,
                    "is_late": False,
                    "created_at": stage.opened_at,
                }
            )
    _store(stage, request, rows)


def _request_of(stage: Stage) -> DataRequest | None:
    compares = [one for one in stage.session.stages if one.kind is stage.kind]
    number = FOLLOWED.get((stage.session.number, compares.index(stage) + 1))
    requests = requests_of(stage.session.dialogue)
    return requests[number] if number is not None and number < len(requests) else None


def _judgement(person: SyntheticPerson, way: Way, step: Station, rng: Random) -> Judgement:
    """Kinder to the way a person leans to, harder where it goes wrong; who opposes access says not OK."""
    likes = way.model is not None and person.leaning.value in way.model.approaches
    weights = [6, 4, 1] if likes else [3, 4, 2]
    if step in {Station.WRONG, Station.DISAGREE, Station.TOLD, Station.STOP, Station.RIGHT}:
        weights = [weights[0] - 2, weights[1] + 1, weights[2] + 3]
    if person.opposes_access:
        weights = [1, 2, 7]
    return rng.choices(list(Judgement), weights)[0]


def _store(stage: Stage, request: DataRequest, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    db.session.execute(insert(StepJudgement), rows)
    found = db.session.execute(select(Participant.id, Participant.public_id))
    names: dict[object, object] = {row.id: row.public_id for row in found}
    dialogue_id = stage.session.dialogue_id
    followers = dict.fromkeys((row["participant_id"], row["way"]) for row in rows)
    record_many(
        EventKind.REQUEST_FOLLOWED,
        dialogue_id,
        [
            {
                "actor": str(names[pid]),
                "object_kind": "data_request",
                "object_ref": str(request.public_id),
                "facts": {"way": way},
            }
            for pid, way in followers
        ],
    )
    record_many(
        EventKind.STEP_JUDGED,
        dialogue_id,
        [
            {
                "actor": str(names[row["participant_id"]]),
                "object_kind": "step_judgement",
                "object_ref": str(row["public_id"]),
                "facts": {"way": row["way"], "step": str(row["step"]), "judgement": str(row["judgement"])},
            }
            for row in rows
        ],
    )
