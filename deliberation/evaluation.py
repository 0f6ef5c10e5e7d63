"""The checks of a good dialogue, after Sciencewise, Involve and the OECD, and what a judgement on one needs."""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError

EVIDENCE_LIMIT = 2000


class Framework(StrEnum):
    """Whose principles a check follows; the words are ours."""

    SCIENCEWISE = "sciencewise"
    INVOLVE = "involve"
    OECD = "oecd"


class Judgement(StrEnum):
    """How far a check is met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Judge(StrEnum):
    """Who judged: the team that runs the dialogue, or an evaluator who does not."""

    TEAM = "team"
    EVALUATOR = "evaluator"


@dataclass(frozen=True)
class Check:
    """One check. Its words live with the pages, under `key`; `part` is the heading it stands under."""

    key: str
    framework: Framework
    part: str


def _checks(framework: Framework, **parts: str) -> tuple[Check, ...]:
    return tuple(Check(key, framework, part) for part, keys in parts.items() for key in keys.split())


CHECKS: tuple[Check, ...] = (
    *_checks(
        Framework.SCIENCEWISE,
        context="decision_open decider_named resources",
        scope="own_issues exclusions_declared",
        delivery="quotas_met balance talk_time access reach specialists_inform part_in_reporting",
        impact="route_to_decision response feedback follow_up",
        evaluation="independent baseline evaluation_published",
    ),
    *_checks(
        Framework.INVOLVE,
        standards="clear_purpose enough_time inclusive_paid run_independently transparent balanced_inputs "
        "small_groups recorded_in_name",
    ),
    *_checks(
        Framework.OECD,
        design="framing governance representative",
        experience="facilitation clear_information range_of_views equal_chance respect free_decision",
        influence="influence public_response aftercare",
        surveys="exact_wording before_and_after confidential skippable aggregate_only",
    ),
)
BY_KEY = {check.key: check for check in CHECKS}


def check_of(key: str) -> Check:
    """The check with this key; RuleError `unknown_check`."""
    found = BY_KEY.get(key)
    if found is None:
        raise RuleError("unknown_check")
    return found


def check_evidence(judgement: Judgement, evidence: str) -> str:
    """The tidied evidence; RuleError `evidence_missing` or `words_too_long`: a judgement without a reason is none."""
    if not tidy(evidence):
        raise RuleError("evidence_missing")
    return check_words(evidence, limit=EVIDENCE_LIMIT)
