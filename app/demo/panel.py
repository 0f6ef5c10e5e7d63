"""A synthetic panel with planted opinion groups: who leans where, how they vote, what they write."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.demo.words import COMMENTS, OPENERS, PROMPT_SUBJECTS
from deliberation.stewardship import Acceptance, Approach, Rating, Stance
from deliberation.voting import Position

SIZE = 47
TABLES = 7
SEED = 20_221_105

LEANINGS = ((Approach.COLLECTIVE, 20), (Approach.DELEGATED, 16), (Approach.INDIVIDUAL, 11))
"""The planted groups and their sizes."""


@dataclass(frozen=True)
class SyntheticPerson:
    """One invented participant. `quotes` and `machine` are the optional permissions they gave."""

    number: int
    leaning: Approach
    table: int
    is_firm: bool
    opposes_access: bool
    quotes: bool
    machine: bool


def make_panel(rng: Random) -> list[SyntheticPerson]:
    """47 people: leanings by `LEANINGS`, mixed over tables, four against any access."""
    leanings = [leaning for leaning, size in LEANINGS for _ in range(size)]
    rng.shuffle(leanings)
    against = set(rng.sample(range(SIZE), 4))
    return [
        SyntheticPerson(
            number=number,
            leaning=leanings[number],
            table=number % TABLES + 1,
            is_firm=rng.random() < 0.6,
            opposes_access=number in against,
            quotes=rng.random() < 0.75,
            machine=rng.random() < 0.9,
        )
        for number in range(SIZE)
    ]


def chance_of(person: SyntheticPerson, approach: Approach, stance: Stance | None) -> tuple[float, float]:
    """(chance to agree, chance to disagree) with a statement of this approach and stance; the rest passes."""
    if stance is Stance.OPPOSES_ACCESS:
        return (0.9, 0.05) if person.opposes_access else (0.12, 0.7)
    if approach is Approach.GENERAL or stance is None:
        return (0.2, 0.6) if person.opposes_access else (0.84, 0.06)
    own = approach is person.leaning
    if stance is Stance.SUPPORTS:
        if own:
            return (0.93, 0.03) if person.is_firm else (0.82, 0.06)
        return (0.3, 0.52) if person.is_firm else (0.42, 0.4)
    if own:
        return (0.12, 0.72) if person.is_firm else (0.28, 0.5)
    return (0.8, 0.08) if person.is_firm else (0.62, 0.18)


def position_on(
    person: SyntheticPerson, approach: Approach, stance: Stance | None, rng: Random
) -> tuple[Position, bool]:
    """How the person votes, and whether it matters a lot to them."""
    agree, disagree = chance_of(person, approach, stance)
    draw = rng.random()
    position = Position.AGREE if draw < agree else Position.DISAGREE if draw < agree + disagree else Position.PASS
    strong = position is not Position.PASS and rng.random() < (0.35 if approach is person.leaning else 0.1)
    return position, strong


def comment_on(person: SyntheticPerson, prompt: str, rng: Random) -> str:
    """A comment that answers the prompt, in the person's leaning."""
    subjects = subjects_of(prompt)
    if person.opposes_access and rng.random() < 0.5 and "against" in subjects:
        subjects = ("against",)
    elif not person.opposes_access:
        subjects = tuple(s for s in subjects if s != "against") or subjects
    text = rng.choice(COMMENTS[rng.choice(subjects)])
    return rng.choice(OPENERS) + text[0].upper() + text[1:]


def subjects_of(prompt: str) -> tuple[str, ...]:
    """The subjects that answer a prompt."""
    lower = prompt.lower()
    for piece, subjects in PROMPT_SUBJECTS:
        if piece in lower:
            return subjects
    return ("openness", "panel", "trust_experts")


def rating_of(
    person: SyntheticPerson, approaches: Sequence[str], is_current: bool, rng: Random
) -> tuple[Rating, Acceptance]:
    """How the person rates a model of these approaches."""
    if person.opposes_access and rng.random() < 0.8:
        return Rating.STRONGLY_OPPOSE, Acceptance.COULD_NOT
    if is_current:
        words: Sequence[Rating] = (Rating.NEITHER, Rating.OPPOSE, Rating.SUPPORT, Rating.NEED_TO_KNOW_MORE)
        weights: Sequence[int] = (4, 4, 2, 3)
    elif person.leaning.value in approaches:
        words, weights = (Rating.STRONGLY_SUPPORT, Rating.SUPPORT, Rating.NEITHER), (5, 5, 1)
    else:
        words = (Rating.SUPPORT, Rating.NEITHER, Rating.OPPOSE, Rating.STRONGLY_OPPOSE, Rating.NEED_TO_KNOW_MORE)
        weights = (3, 3, 3, 1, 1)
    rating = rng.choices(words, weights)[0]
    refuses = rating is Rating.STRONGLY_OPPOSE or (rating is Rating.OPPOSE and rng.random() < 0.4)
    return rating, Acceptance.COULD_NOT if refuses else Acceptance.COULD_ACCEPT
