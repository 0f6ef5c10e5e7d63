"""A panel's own record: who sits on it, when a point or a report counts as checked, answers, and the review of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deliberation.errors import RuleError

PANEL_LEAST = 8
PANEL_MOST = 12
WORKSHOP_MINUTES = 180
INDUCTION_MINUTES = 120
POINT_LIMIT = 600
DISSENT_LIMIT = 600
NOTE_LIMIT = 1000
REPORT_LIMIT = 20_000
HIDDEN_BELOW = 5
"""Counts of 1 to 4 in a split are never shown."""


class Prompt(StrEnum):
    """The six prompts of the workshop, by what they ask."""

    WHO = "who"
    RISKS = "risks"
    GAINS = "gains"
    FAILS = "fails"
    GOOD = "good"
    DONE = "done"


class WorkshopPart(StrEnum):
    """What somebody does in a workshop who is not on the panel."""

    FACILITATOR = "facilitator"
    RAPPORTEUR = "rapporteur"
    SOCIETY_FRIEND = "society_friend"
    CLINICAL_FRIEND = "clinical_friend"
    DEVELOPER = "developer"


class Axis(StrEnum):
    """In which ways a panel is to differ. Numbers only, never by person."""

    AGE = "age"
    GENDER = "gender"
    REGION = "region"
    ETHNICITY = "ethnicity"
    SOCIO_ECONOMIC = "socio_economic"
    HEALTH = "health"


class Strength(StrEnum):
    """How strongly a panel point was held."""

    EVERYONE = "everyone"
    MOST = "most"
    SOME = "some"
    FEW = "few"


class Verdict(StrEnum):
    """What a panel member says of the words at hand."""

    RIGHT = "right"
    NEARLY = "nearly"
    NOT_SAID = "not_said"


class ChangeKind(StrEnum):
    """How an applicant answers a panel point: with a change, or with a reason why not."""

    CHANGED = "changed"
    NOT_CHANGED = "not_changed"


class ReviewVerdict(StrEnum):
    """Whether a panel member finds a point answered."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True)
class PointWords:
    """What a point says."""

    text: str
    strength: Strength
    prompts: Sequence[Prompt]
    dissent: str = ""
    change_note: str = ""


@dataclass(frozen=True)
class Tally:
    """What the panel said of the newest words of one thing.

    `right` people agreed; `open` people asked for other words and nobody has dealt with it; `kept` people asked for
    other words and their objection stands beside the words as dissent. Whoever said nothing is in none of them.
    """

    panel: int
    right: int = 0
    open: int = 0
    kept: int = 0

    @property
    def checked(self) -> int:
        """How many have looked at these words and said something."""
        return self.right + self.open + self.kept


def needed(panel: int) -> int:
    """At least half of the panel, rounded up, and never nobody."""
    return max(1, (panel + 1) // 2)


def check_checked(tally: Tally, *, due: datetime | None, now: datetime) -> None:
    """Whether the words count as checked by the panel. Silence is never yes.

    Raises:
        RuleError: `check_open` while somebody's objection has not been dealt with; `check_disputed` when no more than
            half of those who looked agree, or, after the deadline with fewer than half of the panel, anybody disagrees;
            `check_too_few` when too few have looked and the deadline has not passed, or nobody has looked at all.
    """
    if tally.open:
        raise RuleError("check_open", count=tally.open)
    if tally.checked >= needed(tally.panel):
        if 2 * tally.right <= tally.checked:
            raise RuleError("check_disputed", right=tally.right, checked=tally.checked)
        return
    if due is None or now < due or not tally.checked:
        raise RuleError("check_too_few", checked=tally.checked, panel=tally.panel, needed=needed(tally.panel))
    if tally.kept:
        raise RuleError("check_disputed", right=tally.right, checked=tally.checked)


def is_checked(tally: Tally, *, due: datetime | None, now: datetime) -> bool:
    """As `check_checked`, for pages."""
    try:
        check_checked(tally, due=due, now=now)
    except RuleError:
        return False
    return True


def check_releasable(points: Mapping[int, Tally], *, due: datetime | None, now: datetime) -> None:
    """Whether all panel points can go to applicant and committee.

    Args:
        points: number of a point -> what was said of its newest words.

    Raises:
        RuleError: `points_missing`, or `points_unchecked` with the numbers of those that are not checked.
    """
    if not points:
        raise RuleError("points_missing")
    left = [number for number, tally in points.items() if not is_checked(tally, due=due, now=now)]
    if left:
        raise RuleError("points_unchecked", points=named(left))


def check_verdict(verdict: Verdict, words: str) -> None:
    """RuleError `change_missing` when somebody says "nearly" and does not say what to change."""
    if verdict is Verdict.NEARLY and not words.strip():
        raise RuleError("change_missing")


def check_point(prompts: Sequence[Prompt]) -> None:
    """RuleError `prompt_missing`: each point answers at least one of the prompts."""
    if not prompts:
        raise RuleError("prompt_missing")


def check_part(part: WorkshopPart, *, is_from_applicant: bool, interest: str) -> None:
    """Who may do what when they come from the applicant's organisation.

    A facilitator may, if it is recorded as an interest. Whoever writes the panel's record or is there to criticise
    may not.

    Raises:
        RuleError: `interest_missing`, `must_be_independent`.
    """
    if not is_from_applicant:
        return
    if part in {WorkshopPart.RAPPORTEUR, WorkshopPart.SOCIETY_FRIEND, WorkshopPart.CLINICAL_FRIEND}:
        raise RuleError("must_be_independent")
    if not interest.strip():
        raise RuleError("interest_missing")


def missing_parts(parts: Sequence[WorkshopPart]) -> list[WorkshopPart]:
    """What a workshop still lacks before it can be held: a clinical friend is ideal and never required."""
    wanted = (WorkshopPart.FACILITATOR, WorkshopPart.RAPPORTEUR, WorkshopPart.SOCIETY_FRIEND, WorkshopPart.DEVELOPER)
    return [part for part in wanted if part not in parts]


def check_answer(kind: ChangeKind, *, place: str, reason: str) -> None:
    """RuleError `place_missing` for a change that does not say where; `why_missing` for no change without reason."""
    if kind is ChangeKind.CHANGED and not place.strip():
        raise RuleError("place_missing")
    if kind is ChangeKind.NOT_CHANGED and not reason.strip():
        raise RuleError("why_missing")


def is_review_over(*, panel: int, reviewers: int, due: datetime | None, now: datetime) -> bool:
    """Whether the panel's review of the answers has ended: everybody has said something of it, or time is up."""
    return (0 < panel <= reviewers) or (due is not None and now >= due)


def check_review_open(due: datetime | None, now: datetime) -> None:
    """RuleError `review_closed` after the deadline."""
    if due is not None and now >= due:
        raise RuleError("review_closed")


def check_review_over(*, panel: int, reviewers: int, due: datetime | None, now: datetime) -> None:
    """RuleError `review_running`: an addendum sums up a review that has ended."""
    if not is_review_over(panel=panel, reviewers=reviewers, due=due, now=now):
        raise RuleError("review_running", reviewers=reviewers, panel=panel)


def shown_count(count: int) -> int | None:
    """A count in a split as it is shown; None stands for "1 to 4"."""
    return count if count == 0 or count >= HIDDEN_BELOW else None


def shown_bands(counts: Sequence[int]) -> list[int | None]:
    """Counts of the bands of one axis as they are shown; None stands for a small number that is kept back.

    Where one count alone would be kept back, it could be reckoned from the size of the panel, so the smallest of
    the others is kept back too.
    """
    shown = [shown_count(count) for count in counts]
    hidden = shown.count(None)
    others = [(count, place) for place, count in enumerate(counts) if shown[place] is not None]
    if hidden == 1 and others:
        above = [one for one in others if one[0]] or others
        shown[min(above)[1]] = None
    return shown


def named(numbers: Sequence[int]) -> str:
    """Points as people call them: P1, P3."""
    return ", ".join(f"P{number}" for number in numbers)
