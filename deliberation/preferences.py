"""Preferences: the two kinds of ballot, what makes one complete, and orders drawn by lot that anybody can check."""

import hashlib
import uuid
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from deliberation.errors import RuleError
from deliberation.stages import StageState
from deliberation.stewardship import Acceptance

PAGE_SIZE = 12
"""Options a person sees at a time; a longer list is split over pages."""
DOTS = 5
"""Dots a person may give, unless the question says otherwise."""
MOST_OPTIONS = 60
MOST_RANKED = 12
"""A ranking is one page: nobody puts more than these in order."""

Key = TypeVar("Key", bound=Hashable)


class PreferenceKind(StrEnum):
    """How people answer: by putting options in order, or by giving dots."""

    RANKING = "ranking"
    APPROVAL = "approval"


class OptionSource(StrEnum):
    """Where an option's words came from; kept beside it with the public id of what it stands for."""

    TYPED = "typed"
    MODEL = "model"
    STATEMENT = "statement"
    RESEARCH_QUESTION = "research_question"
    DRAFT = "draft"


@dataclass(frozen=True)
class Answer:
    """What one person said to one question; half an answer is an answer too. Options by their keys.

    `is_none`: none of these; `no_access`: access should not be granted. Both are offered with every question.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    dots: frozenset[str] = frozenset()
    acceptance: Mapping[str, Acceptance] = field(default_factory=dict)
    is_none: bool = False
    no_access: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said, or all was taken back."""
        return not (self.places or self.dots or self.acceptance or self.is_none or self.no_access)

    def as_facts(self) -> dict[str, Any]:
        """JSON values; `answer_from` reads them back."""
        return {
            "places": dict(sorted(self.places.items())),
            "dots": sorted(self.dots),
            "acceptance": {key: said.value for key, said in sorted(self.acceptance.items())},
            "none": self.is_none,
            "no_access": self.no_access,
        }


@dataclass(frozen=True)
class OptionWords:
    """An option before it is a row: its words, and what it stands for, if anything."""

    text: str
    source: OptionSource = OptionSource.TYPED
    ref: uuid.UUID | None = None


@dataclass(frozen=True)
class QuestionFacts:
    """What a facilitator says about a preference question."""

    kind: PreferenceKind
    title: str
    explain: str = ""
    dots: int = DOTS
    seats: int = DOTS
    asks_acceptance: bool = True
    is_shuffled: bool = True


def answer_from(facts: Mapping[str, Any]) -> Answer:
    """The answer that `Answer.as_facts` wrote."""
    return Answer(
        places=dict(facts["places"]),
        dots=frozenset(facts["dots"]),
        acceptance={key: Acceptance(said) for key, said in facts["acceptance"].items()},
        is_none=bool(facts["none"]),
        no_access=bool(facts["no_access"]),
    )


def results_show(state: StageState | None) -> bool:
    """Nobody sees any count, staff neither, before the stage has closed and late answers are in."""
    return state is StageState.CLOSED


class Shift(StrEnum):
    """One place up or down, or beside the one above."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


def check_question(kind: PreferenceKind, options: Sequence[str], *, dots: int, seats: int) -> None:
    """Whether a question can be put to people.

    Raises:
        RuleError: `too_few_options`, `too_many_options`, `same_option_twice`, `impossible_dots` (more dots than
            options, or none), `impossible_seats`.
    """
    if len(options) < 2:
        raise RuleError("too_few_options", least=2)
    most = MOST_RANKED if kind is PreferenceKind.RANKING else MOST_OPTIONS
    if len(options) > most:
        raise RuleError("too_many_options", most=most)
    known = [" ".join(one.casefold().split()) for one in options]
    if len(set(known)) < len(known):
        raise RuleError("same_option_twice")
    if kind is PreferenceKind.APPROVAL:
        if not 1 <= dots <= len(options):
            raise RuleError("impossible_dots", most=len(options))
        if not 1 <= seats < len(options):
            raise RuleError("impossible_seats", most=len(options) - 1)


def check_dots(given: Iterable[Hashable], *, dots: int, is_none: bool) -> None:
    """RuleError `too_many_dots` (facts: given, dots), or `dots_and_none` where "none of these" stands beside dots."""
    count = len(set(given))
    if count > dots:
        raise RuleError("too_many_dots", given=count, dots=dots, over=count - dots)
    if is_none and count:
        raise RuleError("dots_and_none", given=count)


def dots_left(given: Iterable[Hashable], dots: int) -> int:
    """How many dots are left; never below 0."""
    return max(0, dots - len(set(given)))


def pages_of(options: Sequence[Key], size: int = PAGE_SIZE) -> list[list[Key]]:
    """The options in pages of at most `size`, as even as can be: 13 make 7 and 6, not 12 and 1."""
    count = -(-len(options) // size)
    even = [len(options) // count + (number < len(options) % count) for number in range(count)]
    starts = [sum(even[:number]) for number in range(count)]
    return [list(options[start : start + many]) for start, many in zip(starts, even, strict=True)]


def drawn_order(seed: str, keys: Iterable[str]) -> list[str]:
    """An order drawn by lot: by SHA-256 of "seed:key". The same seed gives everybody the same draw."""
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).hexdigest(), key))


def places_of(ranks: Mapping[Key, int]) -> dict[Key, int]:
    """Ranks as places 1, 2, 3 ... without gaps: equal ranks share a place, and the next place is the next number."""
    order = {rank: place for place, rank in enumerate(sorted(set(ranks.values())), 1)}
    return {key: order[rank] for key, rank in ranks.items()}


def shifted(places: Mapping[Key, int], key: Key, shift: Shift) -> dict[Key, int]:
    """Places after one press of a button.

    Up: out of a shared place to a place of its own just above it, else past the place above. Down likewise.
    Same: into the place above (for the first place nothing changes). Something not ranked yet: up and same put it
    last in a place of its own; down changes nothing.
    """
    ranks = {one: 2 * place for one, place in places.items()}
    last = max(ranks.values(), default=0)
    if key not in ranks:
        return places_of(ranks) if shift is Shift.DOWN else places_of({**ranks, key: last + 2})
    here = ranks[key]
    shared = sum(rank == here for rank in ranks.values()) > 1
    if shift is Shift.SAME:
        ranks[key] = max(here - 2, 2)
    elif shift is Shift.UP:
        ranks[key] = here - (1 if shared else 3)
    else:
        ranks[key] = here + (1 if shared else 3)
    return places_of(ranks)
