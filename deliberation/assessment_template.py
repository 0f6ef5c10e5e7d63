"""The questions of an assessment in their four sections, after the Ada Lovelace Institute's guide (CC-BY-4.0).

The template's own wording is not public; the sections and what each asks for follow the guide, the words are ours
(`app/forms/assessment_template_words.py`).
"""

from collections.abc import Mapping
from enum import StrEnum

ANSWER_LIMIT = 8000
CREDIT = "Ada Lovelace Institute, Algorithmic impact assessment: a user guide, CC-BY-4.0"
CREDIT_URL = "https://www.adalovelaceinstitute.org/resource/aia-user-guide/"


class Section(StrEnum):
    """The four sections, in their order."""

    PROJECT = "project"
    ETHICS = "ethics"
    SCENARIOS = "scenarios"
    HARMS = "harms"


class AssessmentQuestion(StrEnum):
    """Every question by its key; the answer is text."""

    PLAIN_SUMMARY = "plain_summary"
    MISSION = "mission"
    TEAM = "team"
    PURPOSE = "purpose"
    INTENDED_USES = "intended_uses"
    NOT_INTENDED = "not_intended"
    INPUTS = "inputs"
    OUTPUTS = "outputs"
    STAKEHOLDERS = "stakeholders"
    PRIVACY = "privacy"
    STEERING = "steering"
    CONSENT = "consent"
    FAIRNESS = "fairness"
    DESKILLING = "deskilling"
    MISUSE = "misuse"
    ENVIRONMENT = "environment"
    BENEFITS = "benefits"
    BEST = "best"
    MOST_LIKELY = "most_likely"
    WORST_INTENDED = "worst_intended"
    WORST_FAILING = "worst_failing"
    SUCCESS = "success"
    HURDLES = "hurdles"
    DISTRIBUTION = "distribution"
    DESIGN_DECISIONS = "design_decisions"
    MONITORING = "monitoring"
    NOT_KNOWN = "not_known"
    WHAT_CHANGED = "what_changed"


_Q = AssessmentQuestion
TEMPLATE: Mapping[Section, tuple[AssessmentQuestion, ...]] = {
    Section.PROJECT: (
        _Q.PLAIN_SUMMARY, _Q.MISSION, _Q.TEAM, _Q.PURPOSE, _Q.INTENDED_USES, _Q.NOT_INTENDED, _Q.INPUTS, _Q.OUTPUTS,
        _Q.STAKEHOLDERS,
    ),
    Section.ETHICS: (
        _Q.PRIVACY, _Q.STEERING, _Q.CONSENT, _Q.FAIRNESS, _Q.DESKILLING, _Q.MISUSE, _Q.ENVIRONMENT,
    ),
    Section.SCENARIOS: (
        _Q.BENEFITS, _Q.BEST, _Q.MOST_LIKELY, _Q.WORST_INTENDED, _Q.WORST_FAILING, _Q.SUCCESS, _Q.HURDLES,
    ),
    Section.HARMS: (
        _Q.DISTRIBUTION, _Q.DESIGN_DECISIONS, _Q.MONITORING, _Q.NOT_KNOWN, _Q.WHAT_CHANGED,
    ),
}  # fmt: skip
LATER = frozenset({_Q.MOST_LIKELY, _Q.WHAT_CHANGED})
"""What the workshop adds: no gap before it."""


def section_of(question: AssessmentQuestion) -> Section:
    """The section a question stands in."""
    return next(section for section, questions in TEMPLATE.items() if question in questions)
