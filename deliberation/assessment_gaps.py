"""What is missing in an assessment before it is handed in: told, not forbidden (the summary alone is needed)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deliberation.access_applications import Environment, OptOut, Route, missing_details
from deliberation.assessment_template import LATER, TEMPLATE, AssessmentQuestion, Section
from deliberation.harms import HarmRating, Scenario
from deliberation.reading_age import is_hard, reading_age

FORM = "form"
"""The place of a gap in the application's own form; every other place is a `Section`."""
VAGUE = frozenset({
    "user", "users", "end user", "end users", "people", "everyone", "everybody", "public", "patient", "patients",
    "stakeholder", "stakeholders", "society", "customer", "customers", "staff", "other", "others", "clinician",
    "clinicians", "community", "communities", "population", "individuals", "persons", "subjects", "humans",
})  # fmt: skip
"""Names of groups so wide that nobody in them is thought of."""
_FILLERS = re.compile(r"\b(the|all|any|our|some|general|various|relevant|other)\b")


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. `place`: a section, or `FORM`; `about`: a question, a detail or a harm's key."""

    code: str
    place: str
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def is_vague(stakeholder: str) -> bool:
    """Whether a group is named so widely that it says nothing: "users" is, "night-shift radiographers" is not."""
    words = re.sub(r"[^a-z ]", " ", stakeholder.lower())
    words = " ".join(_FILLERS.sub(" ", words).split())
    return not words or words in VAGUE


def stakeholders_in(answer: str) -> list[str]:
    """The groups that are named: one a line, or parted by semicolons."""
    return [part.strip(" -*•") for part in re.split(r"[\n;]+", answer) if part.strip(" -*•")]


def find_gaps(content: Mapping[str, Any]) -> list[Gap]:
    """Every gap of an assessment's content (as a version keeps it), in the order of the sections.

    Args:
        content: {"answers": {question: text}, "harms": [...]}; "application" is looked at where it is there.
    """
    answers = {str(key): str(text) for key, text in content.get("answers", {}).items()}
    harms: Sequence[Mapping[str, Any]] = content.get("harms", [])
    gaps = _form_gaps(content["application"]) if "application" in content else []
    for section, questions in TEMPLATE.items():
        for question in questions:
            text = answers.get(question, "").strip()
            if not text and question not in LATER:
                gaps.append(_unanswered(question, section))
            elif question is AssessmentQuestion.STAKEHOLDERS:
                gaps += [_vague(name, section) for name in stakeholders_in(text) if is_vague(name)]
            elif question is AssessmentQuestion.PLAIN_SUMMARY and is_hard(text):
                gaps.append(Gap("summary_hard", section, question, {"age": reading_age(text)}))
    return gaps + _harm_gaps(harms)


def _unanswered(question: AssessmentQuestion, section: Section) -> Gap:
    if question is AssessmentQuestion.PLAIN_SUMMARY:
        return Gap("no_summary", section, question)
    if question is AssessmentQuestion.WORST_FAILING:
        return Gap("no_failure_scenario", section, question)
    return Gap("unanswered", section, question)


def _vague(name: str, section: Section) -> Gap:
    return Gap("vague_stakeholder", section, AssessmentQuestion.STAKEHOLDERS, {"name": name})


def _harm_gaps(harms: Sequence[Mapping[str, Any]]) -> list[Gap]:
    if not harms:
        return [Gap("no_harms", Section.HARMS)]
    gaps = []
    if not any(harm.get("scenario") == Scenario.WORST_FAILING for harm in harms):
        gaps.append(Gap("no_failing_harm", Section.HARMS))
    for number, harm in enumerate(harms, 1):
        key, facts = str(harm.get("key", number)), {"number": number}
        stakeholder = str(harm.get("stakeholder", ""))
        if is_vague(stakeholder):
            gaps.append(Gap("vague_harm_stakeholder", Section.HARMS, key, {**facts, "name": stakeholder or "–"}))
        if any(harm.get(rating) is None for rating in HarmRating):
            gaps.append(Gap("harm_unrated", Section.HARMS, key, facts))
        if not str(harm.get("mitigation", "")).strip():
            gaps.append(Gap("harm_unmitigated", Section.HARMS, key, facts))
            continue
        if not str(harm.get("owner", "")).strip():
            gaps.append(Gap("mitigation_unowned", Section.HARMS, key, facts))
        if not str(harm.get("due_on") or "").strip():
            gaps.append(Gap("mitigation_undated", Section.HARMS, key, facts))
    return gaps


def _form_gaps(form: Mapping[str, Any]) -> list[Gap]:
    environment = Environment(form["environment"]) if form.get("environment") else None
    opt_out = OptOut(form["opt_out"]) if form.get("opt_out") else None
    missing = missing_details(Route(form["route"]), form.get("details", {}), environment, opt_out)
    gaps = [Gap("detail_missing", FORM, detail) for detail in missing]
    if environment is None:
        gaps.append(Gap("environment_missing", FORM, "environment"))
    if opt_out is None:
        gaps.append(Gap("opt_out_missing", FORM, "opt_out"))
    if not (form.get("window_from") and form.get("window_until")):
        gaps.append(Gap("no_window", FORM, "window"))
    return gaps
