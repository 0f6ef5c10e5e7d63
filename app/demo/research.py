"""Research questions of the example: the seed topics of the kit's design, what the panel raised, and what became."""

from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant
from app.models.questions import Question
from app.models.research_questions import ResearchQuestion
from app.queries.terms import terms_of
from app.services import research_pipeline as pipeline
from app.services.research_questions import raise_for, raise_question, support
from app.services.research_terms import name_in_clause
from app.services.terms import add_clause
from deliberation.moderation import Decision
from deliberation.research_questions import DECIDED, TAKEN_UP, Judgement, ResearchOrigin, ResearchStep
from deliberation.terms import WordingKind

SEED_NOTE = "A topic that the team put on the list before the dialogue began."
SEEDS = (
    "How many decisions can a panel of lay people take a year, and what training do they need?",
    "Does mixing ways of deciding make access slower?",
    "How should the people who decide be chosen?",
    "Who speaks for children, for people who cannot decide, and for the dead?",
    "When people opt out, do tools become less accurate for some groups?",
    "How are things put right when a decision does harm?",
    "How much checking is in proportion to which risk?",
    "What makes people outside a decision trust it?",
    "What does one decision cost?",
    "Who is left out when choices are made online?",
)
"""Invented for the example, from the topics that its design names."""
SLOWER = 1
OPT_OUT = 4


@dataclass(frozen=True)
class Fate:
    """What becomes of a seed question: each part is a step, in this order."""

    clearer: str = ""
    judged: tuple[Judgement, Judgement, Judgement] | None = None
    rank: int | None = None
    approvals: int | None = None
    step: ResearchStep | None = None
    reason: str = ""
    words: str = ""


YES, PARTLY, NO, UNSURE = Judgement.YES, Judgement.PARTLY, Judgement.NO, Judgement.UNSURE
FATES: dict[int, Fate] = {
    0: Fate(
        clearer="How many requests a year can a panel of lay people decide well, and with what training?",
        judged=(PARTLY, YES, YES),
        rank=2,
        approvals=29,
        step=ResearchStep.INCLUDE,
        reason="Almost every table asked for a panel. Nobody could say how much work it is.",
    ),
    SLOWER: Fate(
        judged=(NO, YES, YES),
        rank=1,
        approvals=34,
        step=ResearchStep.INCLUDE,
        reason="It came first with participants, and no study has measured it.",
    ),
    3: Fate(
        judged=(PARTLY, PARTLY, UNSURE),
        rank=5,
        approvals=18,
        step=ResearchStep.REFRAME,
        words="Who should speak for people who cannot decide for themselves when their scans are asked for?",
        reason="The law on people who have died is settled elsewhere, so the question is about the living.",
    ),
    OPT_OUT: Fate(judged=(PARTLY, YES, YES), rank=4, approvals=22),
    6: Fate(judged=(UNSURE, YES, PARTLY)),
    7: Fate(
        step=ResearchStep.PARK,
        reason="It needs a survey of many people. The fund looks at it again in its second year.",
    ),
    8: Fate(
        judged=(NO, YES, YES),
        rank=3,
        approvals=24,
        step=ResearchStep.INCLUDE,
        reason="Tables saw it very differently, and nobody had a number.",
    ),
    9: Fate(
        judged=(YES, PARTLY, NO),
        step=ResearchStep.DECLINE,
        reason="A national survey asks this each year. We link to it from the report.",
    ),
}


@dataclass(frozen=True)
class Raised:
    """What somebody of the panel raised, how many others want it found out, and whether it has been checked."""

    text: str
    support: int = 0
    is_checked: bool = True
    same_as: int | None = None


RAISED = (
    Raised("Do people at a hospital far from a city get the same good out of these tools?", support=6),
    Raised("Has anyone tried a panel for this before, and was it slow?", support=4, same_as=SLOWER),
    Raised("What do people who said no in the past think today?", is_checked=False),
)


def raise_research_questions(dialogue: Dialogue, staff: dict[str, Account], rng: Random) -> None:
    """Seed topics by the team; questions by the panel; steps by facilitator, analyst and commissioner."""
    facilitator = staff["facilitator"]
    seeds = [
        raise_for(dialogue, text, origin=ResearchOrigin.SEED, note=SEED_NOTE, by=facilitator) for text in SEEDS
    ]
    people = list(
        db.session.scalars(select(Participant).where(Participant.dialogue_id == dialogue.id).order_by(Participant.id))
    )
    for number, one in enumerate(RAISED):
        author = people[(9 + 11 * number) % len(people)]
        row = raise_question(dialogue, one.text, by=author)
        if one.is_checked:
            pipeline.decide_words(row, Decision.APPROVE, by=facilitator)
        _support(row, [p for p in people if p is not author], one.support, rng)
        if one.same_as is not None:
            pipeline.merge(row, seeds[one.same_as], reason="Both ask how fast it is.", by=staff["analyst"])
    _from_the_log(dialogue, people, seeds[SLOWER], staff)
    for number, fate in FATES.items():
        _go(seeds[number], fate, staff)


def _from_the_log(
    dialogue: Dialogue, people: list[Participant], into: ResearchQuestion, staff: dict[str, Account]
) -> None:
    """Somebody pressed "Somebody should find out" where nobody knows."""
    question = db.session.scalar(
        select(Question).where(Question.dialogue_id == dialogue.id, Question.text.startswith("Does asking ordinary"))
    )
    if question is None:
        return
    author = next(one for one in people[5:] if one.id != question.author_id)
    row = raise_question(dialogue, "", question=question, by=author)
    pipeline.merge(row, into, reason="The question log asks the same.", by=staff["facilitator"])


def _support(row: ResearchQuestion, people: list[Participant], count: int, rng: Random) -> None:
    for person in rng.sample(people, count):
        support(row, by=person)


def _go(row: ResearchQuestion, fate: Fate, staff: dict[str, Account]) -> None:
    if fate.clearer:
        pipeline.clarify(row, fate.clearer, reason="Said so that it can be studied.", by=staff["analyst"])
    if fate.judged is not None:
        known, remit, fundable = fate.judged
        pipeline.note_feasibility(
            row, is_known=known, in_remit=remit, is_fundable=fundable, by=staff["commissioner"]
        )
    if fate.rank is not None:
        pipeline.prioritise(row, rank=fate.rank, approvals=fate.approvals, by=staff["facilitator"])
    if fate.step is not None:
        pipeline.decide(row, fate.step, reason=fate.reason, words=fate.words, by=staff["commissioner"])


def name_in_terms(dialogue: Dialogue, by: Account) -> None:
    """Clauses of the questions of interest, and of what is left out, name what was decided on."""
    decided = list(
        db.session.scalars(
            select(ResearchQuestion)
            .where(ResearchQuestion.dialogue_id == dialogue.id, ResearchQuestion.state.in_(DECIDED))
            .order_by(ResearchQuestion.number)
        )
    )
    sections = {section.number: section for section in terms_of(dialogue).sections}
    for number, text, states in (
        (5, "Bids answer at least one of these questions, which participants put first.", TAKEN_UP),
        (6, "These questions are left out of this round, for the reasons given.", DECIDED - TAKEN_UP),
    ):
        clause = add_clause(sections[number], text=text, kind=WordingKind.COMMISSIONER, by=by)
        for row in decided:
            if row.state in states:
                name_in_clause(clause, row, by=by)
