"""The question log of the example: invented specialists, questions of the synthetic panel, and answers."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.learning import Material
from app.models.people import Account, Participant
from app.models.questions import Question, Specialist
from app.services import question_desk as desk
from app.services.questions import ask, join
from app.services.specialists import save_specialist
from deliberation.moderation import Decision, ReasonCode
from deliberation.questions import AnswerKind
from deliberation.stages import StageKind

SPECIALISTS = (
    (
        "Dr Noor Example",
        "Radiologist (invented)",
        "Reads scans for a hospital that shares them. Has tested one AI tool, unpaid.",
    ),
    ("Tom Example", "Data protection lawyer (invented)", "Has advised both hospitals and companies."),
    (
        "Bea Example",
        "Runs a patients' group (invented)",
        "The group takes no money from companies. Bea sits on a committee that decides on access.",
    ),
)
"""(name, role and organisation, interests). Invented, as the questions and answers are."""


@dataclass(frozen=True)
class Answered:
    """One answer: by which of `SPECIALISTS`; no words means that nobody knows."""

    by: int
    text: str
    is_draft: bool = False
    nobody_knows: bool = False


@dataclass(frozen=True)
class Asked:
    """One question: its words, how many others wanted to know it too, what became of it."""

    text: str
    joins: int = 0
    fate: str = "approve"
    assigned: int | None = None
    of_table: bool = False
    same_as: int | None = None
    about: str = ""
    answers: tuple[Answered, ...] = ()


QUESTIONS = (
    Asked(
        "When my name is taken off a scan, can somebody still work out that it is mine?",
        joins=11,
        about="health-data-and-ai",
        answers=(
            Answered(
                1,
                "It is much harder, but not impossible. A scan can show something rare, and files around it hold dates "
                "and places. That is why people who use scans must promise not to try, and are checked.",
            ),
            Answered(
                0,
                "For a scan of the head there is a way to rebuild the face. Hospitals can remove it first. Not every "
                "hospital does so.",
            ),
        ),
    ),
    Asked(
        "How long does a request take today, from asking to getting the scans?",
        joins=6,
        of_table=True,
        answers=(
            Answered(
                2,
                "In the committee that I sit on, from six weeks to eight months. Most of the wait is for papers that "
                "are missing.",
            ),
        ),
    ),
    Asked(
        "Does asking ordinary people make access slower, or only feel slower?",
        joins=8,
        answers=(
            Answered(
                0,
                "I know of no study that measured both ways for the same kind of request.",
                nobody_knows=True,
            ),
        ),
    ),
    Asked("If I say no now, are scans that were used before taken out again?", joins=4, assigned=1),
    Asked(
        "Do people who opt out make the tool worse for people like them?",
        joins=3,
        assigned=0,
        answers=(
            Answered(0, "It can. If few scans of a group are there, a tool makes more mistakes for it.", is_draft=True),
        ),
    ),
    Asked("Who pays the people on the committee?", joins=2),
    Asked("How many weeks until a company gets an answer?", same_as=1),
    Asked("Why does the man at my table never stop talking?", fate="off_topic"),
    Asked("Can a company sell on what it learned from our scans?", fate="wait"),
    Asked("Is an AI tool allowed to decide without a doctor looking?", fate="wait", of_table=True),
)


def ask_questions(dialogue: Dialogue, by: Account, rng: Random) -> None:
    """Specialists, questions out of the discussions, who else asked, and what the facilitator did with them."""
    specialists = [
        save_specialist(dialogue, name=name, organisation=role, interests=interests, by=by)
        for name, role, interests in SPECIALISTS
    ]
    people = list(
        db.session.scalars(
            select(Participant)
            .where(Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None))
            .order_by(Participant.id)
        )
    )
    stages = [one for session in dialogue.sessions for one in session.stages if one.kind is StageKind.DISCUSS]
    made: list[Question] = []
    for number, one in enumerate(QUESTIONS):
        author = people[(5 + 7 * number) % len(people)]
        question = _ask(dialogue, one, author, stages[number % len(stages)] if stages else None)
        made.append(question)
        _settle(question, one, made, by)
        if one.fate == "approve" and one.same_as is None:
            for person in rng.sample([p for p in people if p is not author], one.joins):
                join(question, by=person)
        _answer(question, one, specialists, by)


def _ask(dialogue: Dialogue, one: Asked, author: Participant, stage: Stage | None) -> Question:
    material = db.session.scalar(
        select(Material).where(Material.dialogue_id == dialogue.id, Material.key == one.about)
    )
    about = material.current if material is not None else None
    return ask(dialogue, one.text, about=about, stage=stage, is_of_table=one.of_table, by=author)


def _settle(question: Question, one: Asked, made: list[Question], by: Account) -> None:
    if one.fate == "approve":
        desk.decide_words(question, Decision.APPROVE, by=by)
    elif one.fate != "wait":
        desk.decide_words(question, Decision.REFUSE, ReasonCode(one.fate), by=by)
    if one.same_as is not None:
        desk.merge(question, made[one.same_as], by=by)


def _answer(question: Question, one: Asked, specialists: list[Specialist], by: Account) -> None:
    if one.assigned is not None:
        desk.assign(question, specialists[one.assigned], by=by)
    for answer in one.answers:
        kind = AnswerKind.NOBODY_KNOWS if answer.nobody_knows else AnswerKind.KNOWN
        who = specialists[answer.by]
        desk.answer(question, who, kind=kind, text=answer.text, publish=not answer.is_draft, by=by)
