"""Preference questions of a stage, the options as one person meets them, and the answers that count."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.preferences import PreferenceBallot, PreferenceOption, PreferenceQuestion
from app.models.stewardship import ModelRating, StewardshipModel
from deliberation.preferences import Answer, answer_from, drawn_order, pages_of
from deliberation.stages import StageKind
from deliberation.stewardship import Acceptance

KINDS = (StageKind.PRIORITISE, StageKind.COMPARE)
"""Stages that can hold preference questions."""


@dataclass(frozen=True)
class Asked:
    """A question of a stage with what the person said to it so far."""

    question: PreferenceQuestion
    answer: Answer

    @property
    def is_answered(self) -> bool:
        """Whether anything was said."""
        return not self.answer.is_empty


def questions_of(stage: Stage) -> list[PreferenceQuestion]:
    """The preference questions of the stage, in order."""
    found = select(PreferenceQuestion).where(PreferenceQuestion.stage_id == stage.id)
    return list(db.session.scalars(found.order_by(PreferenceQuestion.place, PreferenceQuestion.id)))


def questions_of_dialogue(dialogue: Dialogue) -> list[PreferenceQuestion]:
    """Every preference question of the dialogue, in the order people meet them."""
    found = (
        select(PreferenceQuestion)
        .join(Stage, Stage.id == PreferenceQuestion.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id)
        .order_by(DialogueSession.number, Stage.place, PreferenceQuestion.place, PreferenceQuestion.id)
    )
    return list(db.session.scalars(found))


def find_question(dialogue: Dialogue, public_id: uuid.UUID) -> PreferenceQuestion | None:
    """A preference question of this dialogue."""
    found = (
        select(PreferenceQuestion)
        .join(Stage, Stage.id == PreferenceQuestion.stage_id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(PreferenceQuestion.public_id == public_id, DialogueSession.dialogue_id == dialogue.id)
    )
    return db.session.scalar(found)


def find_asked(stage: Stage, public_id: uuid.UUID) -> PreferenceQuestion | None:
    """A preference question of this stage."""
    found = select(PreferenceQuestion).where(
        PreferenceQuestion.public_id == public_id, PreferenceQuestion.stage_id == stage.id
    )
    return db.session.scalar(found)


def asked_in(stage: Stage, participant: Participant | None) -> list[Asked]:
    """The questions of the stage, each with what the person said."""
    return [Asked(one, answer_of(one, participant)) for one in questions_of(stage)]


def is_answered(question: PreferenceQuestion) -> bool:
    """Whether anybody has sent anything: from then on the question stays as it is."""
    return db.session.scalar(
        select(PreferenceBallot.id).where(PreferenceBallot.question_id == question.id).limit(1)
    ) is not None  # fmt: skip


def answer_of(question: PreferenceQuestion, participant: Participant | None) -> Answer:
    """What the person's newest ballot says; an empty answer without one."""
    if participant is None:
        return Answer()
    row = db.session.scalar(
        select(PreferenceBallot)
        .where(PreferenceBallot.question_id == question.id, PreferenceBallot.participant_id == participant.id)
        .order_by(PreferenceBallot.id.desc())
        .limit(1)
    )
    return answer_from(row.answer) if row else Answer()


def newest_ballots(question: PreferenceQuestion) -> Sequence[PreferenceBallot]:
    """The ballot that counts of each person, in no order that says who."""
    newest = (
        select(func.max(PreferenceBallot.id))
        .where(PreferenceBallot.question_id == question.id)
        .group_by(PreferenceBallot.participant_id)
    )
    return db.session.scalars(select(PreferenceBallot).where(PreferenceBallot.id.in_(newest))).all()


def options_for(question: PreferenceQuestion, participant: Participant | None) -> list[PreferenceOption]:
    """The options in the order this person sees them: drawn by lot from the question's seed, unless set otherwise."""
    if not question.is_shuffled or participant is None:
        return list(question.options)
    by_key = {one.key: one for one in question.options}
    return [by_key[key] for key in drawn_order(f"{question.seed}:{participant.public_id}", by_key)]


def option_pages(question: PreferenceQuestion, participant: Participant | None) -> list[list[PreferenceOption]]:
    """The same in pages of at most twelve."""
    return pages_of(options_for(question, participant))


def tie_order(question: PreferenceQuestion) -> list[str]:
    """Options by key in the order that breaks ties, drawn before anybody answered."""
    return drawn_order(question.seed, [one.key for one in question.options])


def acceptance_of_models(question: PreferenceQuestion, participant: Participant) -> dict[str, Acceptance]:
    """Option -> what the person said of the model it stands for when they rated it in the same stage."""
    rated = db.session.execute(
        select(StewardshipModel.public_id, ModelRating.acceptance)
        .join(ModelRating, ModelRating.model_id == StewardshipModel.id)
        .where(ModelRating.stage_id == question.stage_id, ModelRating.participant_id == participant.id)
    )
    said = {ref: acceptance for ref, acceptance in rated if acceptance is not None}
    return {one.key: said[one.ref] for one in question.options if one.ref in said}


def preferences_by(participant: Participant) -> list[Asked]:
    """Every question the person answered, with the answer, oldest first."""
    newest = (
        select(func.max(PreferenceBallot.id))
        .where(PreferenceBallot.participant_id == participant.id)
        .group_by(PreferenceBallot.question_id)
    )
    rows = db.session.execute(
        select(PreferenceQuestion, PreferenceBallot)
        .join(PreferenceBallot, PreferenceBallot.question_id == PreferenceQuestion.id)
        .where(PreferenceBallot.id.in_(newest))
        .order_by(PreferenceBallot.id)
    )
    found = [Asked(question, answer_from(ballot.answer)) for question, ballot in rows]
    return [one for one in found if one.is_answered]
