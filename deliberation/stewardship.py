"""Stewardship models: approaches, the fields of a card, five words, and combinations."""

from collections.abc import Mapping
from enum import StrEnum

from deliberation.errors import RuleError

MODELS_A_SITTING = 6


class Approach(StrEnum):
    """The three approaches, and `general` for statements that belong to none of them."""

    DELEGATED = "delegated"
    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    GENERAL = "general"


class Stance(StrEnum):
    """What a seed statement does to its approach; kept so that balance can be checked."""

    SUPPORTS = "supports"
    CRITICISES = "criticises"
    OPPOSES_ACCESS = "opposes_access"


class CardField(StrEnum):
    """The facts on a model's card, in the order they are shown."""

    WHO_DECIDES = "who_decides"
    HOW_CHOSEN = "how_chosen"
    WHAT_THEY_SEE = "what_they_see"
    DECISION_RULE = "decision_rule"
    TIME_PER_DECISION = "time_per_decision"
    COST_PER_DECISION = "cost_per_decision"
    SAY_NO = "say_no"
    APPEAL = "appeal"
    IF_IT_GOES_WRONG = "if_it_goes_wrong"
    CANNOT_TAKE_PART = "cannot_take_part"
    PARTNERS = "partners"
    REAL_EXAMPLE = "real_example"
    EVIDENCE = "evidence"


class Rung(StrEnum):
    """Rungs of participation, claimed and evidenced; never shown to participants."""

    BELOW_INFORM = "below_inform"
    INFORM = "inform"
    CONSULT = "consult"
    INVOLVE = "involve"
    COLLABORATE = "collaborate"
    EMPOWER = "empower"


class Rating(StrEnum):
    """Five words and "need to know more"; participants never see a score."""

    STRONGLY_SUPPORT = "strongly_support"
    SUPPORT = "support"
    NEITHER = "neither"
    OPPOSE = "oppose"
    STRONGLY_OPPOSE = "strongly_oppose"
    NEED_TO_KNOW_MORE = "need_to_know_more"


class Acceptance(StrEnum):
    """Could this person accept the model if others chose it?"""

    COULD_ACCEPT = "could_accept"
    COULD_NOT = "could_not"


class CombinationQuestion(StrEnum):
    """The four plain questions of which a combination is made."""

    WHO_SETS_RULES = "who_sets_rules"
    WHO_DECIDES = "who_decides"
    CAN_SAY_NO = "can_say_no"
    WHO_CHECKS = "who_checks"


NOBODY = "access_should_not_be_granted"
"""An answer to each of the four questions: no access for AI at all."""

COMBINATION_ANSWERS: Mapping[CombinationQuestion, tuple[str, ...]] = {
    CombinationQuestion.WHO_SETS_RULES: ("experts", "panel_of_people", "parliament", "patients_vote", NOBODY),
    CombinationQuestion.WHO_DECIDES: (
        "expert_committee",
        "mixed_committee",
        "panel_of_people",
        "independent_guardian",
        "each_person",
        NOBODY,
    ),
    CombinationQuestion.CAN_SAY_NO: ("opt_out", "opt_in", "each_time", "no_choice", NOBODY),
    CombinationQuestion.WHO_CHECKS: ("independent_body", "panel_of_people", "public_register", "courts", NOBODY),
}
"""Answers offered to each question; `none_of_these` with words is always offered too."""

NONE_OF_THESE = "none_of_these"


def check_combination(answers: Mapping[str, str]) -> dict[CombinationQuestion, str]:
    """The four answers; RuleError `combination_incomplete` (missing) or `unknown_answer`."""
    checked: dict[CombinationQuestion, str] = {}
    for question, offered in COMBINATION_ANSWERS.items():
        answer = answers.get(question.value, "")
        if not answer:
            raise RuleError("combination_incomplete", missing=question.value)
        if answer not in offered and answer != NONE_OF_THESE:
            raise RuleError("unknown_answer", question=question.value)
        checked[question] = answer
    return checked


def combination_parts(answers: Mapping[CombinationQuestion, str]) -> list[tuple[CombinationQuestion, str]]:
    """What is read back as one sentence: (question, answer) in the order of the questions.

    One pair alone when the whole answer is that no access should be granted.
    """
    ordered = [(question, answers[question]) for question in CombinationQuestion if question in answers]
    if ordered and all(answer == NOBODY for _, answer in ordered):
        return ordered[:1]
    return ordered


class Movement(StrEnum):
    """How a second rating compares with the one before it."""

    MOVED = "moved"
    SAME = "same"


def movement(before: Rating | None, now: Rating) -> Movement | None:
    """None for a first rating: only a second one is asked about."""
    if before is None:
        return None
    return Movement.SAME if before is now else Movement.MOVED
