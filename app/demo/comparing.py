"""What the synthetic panel does in compare and survey stages."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.db import db
from app.demo.panel import SyntheticPerson, rating_of
from app.demo.words import DIFFERENCES, RATING_REASONS
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.questionnaires import Questionnaire, Response
from app.models.stewardship import Combination, ModelRating, StageModel, StewardshipModel
from app.services.recording import record
from app.services.support import gather_combination
from deliberation.events import EventKind
from deliberation.stewardship import NOBODY, Approach, CombinationQuestion

MIXES: dict[Approach, tuple[str, str, str, str]] = {
    Approach.COLLECTIVE: ("panel_of_people", "mixed_committee", "opt_out", "independent_body"),
    Approach.DELEGATED: ("experts", "expert_committee", "opt_out", "public_register"),
    Approach.INDIVIDUAL: ("parliament", "each_person", "each_time", "independent_body"),
}


def compare_models(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], rng: Random) -> None:
    """Ratings of the stage's models; in the last session a combination each."""
    models = db.session.scalars(
        select(StewardshipModel)
        .join(StageModel, StageModel.model_id == StewardshipModel.id)
        .where(StageModel.stage_id == stage.id)
        .order_by(StageModel.place)
    ).all()
    for pid, person in present:
        by = db.session.get_one(Participant, pid)
        for model in models:
            if rng.random() < 0.1:
                continue
            rating, acceptance = rating_of(person, model.approaches, model.is_current, rng)
            db.session.add(
                ModelRating(
                    participant_id=pid,
                    model_id=model.id,
                    stage_id=stage.id,
                    rating=rating,
                    acceptance=acceptance,
                    reason=rng.choice(RATING_REASONS) if rng.random() < 0.25 else "",
                    difference=rng.choice(DIFFERENCES) if stage.session.number == 4 and rng.random() < 0.3 else "",
                    lang="en",
                )
            )
            facts = {"rating": rating.value}
            record(EventKind.MODEL_RATED, by=by, dialogue_id=by.dialogue_id, about=model, facts=facts)
        if stage.session.number == 4 and models:
            _combine(stage, by, person, rng)
    db.session.flush()


def _combine(stage: Stage, by: Participant, person: SyntheticPerson, rng: Random) -> None:
    mix = (NOBODY,) * 4 if person.opposes_access else MIXES[person.leaning]
    if not person.opposes_access and rng.random() < 0.4:
        mix = ("panel_of_people", "mixed_committee", "opt_out", "independent_body")
    answers = dict(zip((question.value for question in CombinationQuestion), mix, strict=True))
    made = Combination(participant_id=by.id, stage_id=stage.id, answers=answers, lang="en")
    db.session.add(made)
    db.session.flush()
    gather_combination(stage, made)
    record(EventKind.COMBINATION_MADE, by=by, dialogue_id=by.dialogue_id, about=made, facts=answers)


def answer_questionnaire(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], rng: Random) -> None:
    """Answers drawn at random from what is offered, nearer to the person's leaning the second time."""
    if stage.questionnaire_id is None:
        return
    asked = db.session.get_one(Questionnaire, stage.questionnaire_id)
    elements = [element for page in asked.definition.get("pages", []) for element in page.get("elements", [])]
    for pid, person in present:
        answers: dict[str, object] = {}
        for element in elements:
            values = [str(choice["value"]) for choice in element.get("choices", [])]
            if not values or rng.random() < 0.08:
                continue
            tilt = [3 if place < 2 else 1 for place in range(len(values))]
            if person.leaning.value in element["name"]:
                tilt[0] += 5
            chosen = rng.choices(values, tilt)[0]
            answers[element["name"]] = [chosen] if element["type"] == "checkbox" else chosen
        by = db.session.get_one(Participant, pid)
        made = Response(
            participant_id=pid,
            questionnaire_id=asked.id,
            stage_id=stage.id,
            answers=answers,
            lang="en",
            completed_at=stage.opened_at,
        )
        db.session.add(made)
        db.session.flush()
        facts = {"answered": len(answers)}
        record(EventKind.RESPONSE_SAVED, by=by, dialogue_id=by.dialogue_id, about=made, facts=facts)
