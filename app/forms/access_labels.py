"""The words of access to data: states, steps, parts, routes, the Five Safes, ratings and gaps."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, format_date, gettext
from flask_babel import lazy_gettext as _l

from app.forms.assessment_template_words import QUESTIONS
from deliberation.access_applications import Detail, Environment, OptOut, Route, Safe
from deliberation.assessment import ApplicationState, Mover, Part
from deliberation.assessment_gaps import Gap
from deliberation.assessment_steps import Holder, StepState
from deliberation.assessment_template import AssessmentQuestion
from deliberation.harms import HarmRating, Scenario

Labels = Mapping[str, LazyString]

STATES: Labels = {
    ApplicationState.DRAFT: _l("being written"),
    ApplicationState.SUBMITTED: _l("submitted"),
    ApplicationState.SCREENED_OUT: _l("stopped at the screening"),
    ApplicationState.SCREENED_IN: _l("passed the screening"),
    ApplicationState.WORKSHOP_SCHEDULED: _l("workshop planned"),
    ApplicationState.WORKSHOP_HELD: _l("workshop held"),
    ApplicationState.NOTES_CHECKED: _l("notes checked by the panel"),
    ApplicationState.SYNTHESIS: _l("being worked over"),
    ApplicationState.RESUBMITTED: _l("handed in again"),
    ApplicationState.PANEL_REVIEW: _l("with the panel"),
    ApplicationState.COMMITTEE_REVIEW: _l("with the committee"),
    ApplicationState.QUERY: _l("a question to the applicant"),
    ApplicationState.RESPONSE: _l("the question is answered"),
    ApplicationState.GRANTED: _l("granted"),
    ApplicationState.GRANTED_WITH_CONDITIONS: _l("granted with conditions"),
    ApplicationState.REVISE: _l("to be revised"),
    ApplicationState.DECLINED: _l("declined"),
    ApplicationState.RESPONSE_WINDOW: _l("fourteen days to respond"),
    ApplicationState.PUBLISHED: _l("published"),
    ApplicationState.UNPUBLISHED_BY_CHOICE: _l("not published, by choice"),
    ApplicationState.REVIEW_DUE: _l("review due"),
    ApplicationState.ITERATING: _l("a new version is being made"),
    ApplicationState.SUPERSEDED: _l("superseded by a new version"),
    ApplicationState.CLOSED: _l("closed"),
}
MOVERS: Labels = {
    Mover.APPLICANT: _l("for the applicant"),
    Mover.FACILITATOR: _l("as facilitator"),
    Mover.RAPPORTEUR: _l("as rapporteur"),
    Mover.COMMITTEE: _l("for the committee"),
    Mover.CHAIR: _l("as chair of the committee"),
    Mover.PROGRAM: _l("by the program, as dates came"),
}
PARTS: Labels = {
    Part.LEAD: _l("Lead"),
    Part.NOTE_TAKER: _l("Note-taker"),
    Part.TEAM: _l("Team"),
    Part.DEVELOPER: _l("Developer"),
}
HOLDERS: Labels = {
    Holder.APPLICANT: _l("the applicant’s team"),
    Holder.COMMITTEE: _l("the committee"),
    Holder.FACILITATOR: _l("the facilitator"),
    Holder.PANEL: _l("the panel"),
    Holder.NOBODY: _l("nobody: nothing has to be done now"),
}
STEPS: Labels = {
    "1": _l("Reflect and write"),
    "2": _l("Screening"),
    "3": _l("Workshop with a panel"),
    "4": _l("Work it over"),
    "4b": _l("The panel looks again"),
    "5": _l("Decision"),
    "5b": _l("Response"),
    "6": _l("Publication"),
    "7": _l("Review and new version"),
}
GATES: Labels = {
    "1": _l("Needs a lead, a note-taker and a summary in plain words."),
    "2": _l("What is incomplete, or not fit, stops here."),
    "3": _l("The panel checks the notes before anything goes on."),
    "4": _l("Each panel point gets a change or a reason."),
    "4b": _l("No decision before the panel’s comments, or their last day."),
    "5": _l("Reasons answer the panel’s points one by one."),
    "5b": _l("Fourteen days before anything is published."),
    "6": _l("What is granted is published; other outcomes only if the applicant agrees."),
    "7": _l("After two years, or when the use, the people or the data change."),
}
STEP_STATES: Labels = {
    StepState.DONE: _l("done"),
    StepState.NOW: _l("now"),
    StepState.NEXT: _l("to come"),
    StepState.LEFT_OUT: _l("left out"),
}
ROUTES: Labels = {
    Route.RESEARCH: _l("Research on the data"),
    Route.TRAIN: _l("Train a new product"),
    Route.TEST: _l("Test a product that exists"),
}
ENVIRONMENTS: Labels = {
    Environment.SECURE: _l("In a secure environment: the data stays where it is"),
    Environment.EXTRACT: _l("As an extract: a copy leaves"),
}
OPT_OUTS: Labels = {
    OptOut.APPLIED: _l("Applied: people who opted out are not in the data"),
    OptOut.NOT_APPLIED: _l("Not applied"),
}
SAFES: Labels = {
    Safe.PROJECT: _l("Safe project"),
    Safe.PEOPLE: _l("Safe people"),
    Safe.SETTINGS: _l("Safe settings"),
    Safe.DATA: _l("Safe data"),
    Safe.OUTPUTS: _l("Safe outputs"),
}
SAFE_QUESTIONS: Labels = {
    Safe.PROJECT: _l("Is this a fit use of the data?"),
    Safe.PEOPLE: _l("Can the people be trusted to use it well?"),
    Safe.SETTINGS: _l("Does the place keep it safe?"),
    Safe.DATA: _l("Is it the least that is needed, and lawful?"),
    Safe.OUTPUTS: _l("Does nothing leave that tells on anybody?"),
}
DETAILS: Labels = {
    Detail.PURPOSE: _l("What is the data for?"),
    Detail.RESEARCH_QUESTION: _l("The research question, and how it is answered"),
    Detail.PRODUCT: _l("The product, and how far it is"),
    Detail.REGULATION: _l("Medical device regulation: class, and where it stands"),
    Detail.TEST_PLAN: _l("What is tested, against what, and what counts as passed"),
    Detail.PUBLIC_BENEFIT: _l("What does the public gain?"),
    Detail.ETHICS: _l("Ethics approval: reference, or why none is needed"),
    Detail.COMMERCIAL_TERMS: _l("Commercial terms: who pays what, who owns what comes out, what goes back"),
    Detail.WHO_USES: _l("Who touches the data, and where do they work?"),
    Detail.TRAINING: _l("Their training and standing"),
    Detail.AGREEMENT: _l("Who signs the agreement"),
    Detail.SECURITY: _l("How it is kept safe: certificates and checks"),
    Detail.WHY_EXTRACT: _l("Why a secure environment is not enough (for an extract)"),
    Detail.DATA_WANTED: _l("Which data: kinds, years, how many, and why no fewer"),
    Detail.LEGAL_BASIS: _l("Lawful basis in data protection law"),
    Detail.CONFIDENTIALITY_BASIS: _l("Basis in the duty of confidentiality"),
    Detail.OPT_OUT_WHY: _l("Why the national opt-out is not applied (if it is not)"),
    Detail.DPIA: _l("Data protection impact assessment: reference and date"),
    Detail.OUTPUTS: _l("What leaves: results, models, figures"),
    Detail.OUTPUT_CHECKS: _l("Who checks what leaves, and how"),
    Detail.MODEL_AFTERWARDS: _l("What becomes of the model and of copies when access ends"),
}
SCENARIOS: Labels = {
    Scenario.BEST: _l("Best case"),
    Scenario.MOST_LIKELY: _l("Most likely"),
    Scenario.WORST_INTENDED: _l("Worst, as intended"),
    Scenario.WORST_FAILING: _l("Worst, failing"),
}
RATINGS: Labels = {
    HarmRating.IMPORTANCE: _l("Importance"),
    HarmRating.URGENCY: _l("Urgency"),
    HarmRating.DIFFICULTY: _l("Difficulty"),
    HarmRating.DETECTABILITY: _l("Detectability"),
}
RATING_HELP: Labels = {
    HarmRating.IMPORTANCE: _l("1: matters little; highest: matters most"),
    HarmRating.URGENCY: _l("1: can wait; highest: before anything else"),
    HarmRating.DIFFICULTY: _l("1: easy to prevent; highest: very hard"),
    HarmRating.DETECTABILITY: _l("1: would hardly be noticed; highest: noticed at once"),
}
HARM_FIELDS: Labels = {
    "text": _l("Harm"),
    "stakeholder": _l("Who bears it"),
    "scenario": _l("Scenario"),
    **{str(rating): words for rating, words in RATINGS.items()},
    "mitigation": _l("What is done about it"),
    "owner": _l("Owner"),
    "due_on": _l("By when"),
}
FORM_FIELDS: Labels = {
    "title": _l("Title"),
    "organisation": _l("Organisation"),
    "route": _l("Route"),
    "environment": _l("Where the data is used"),
    "opt_out": _l("National opt-out"),
    "window_from": _l("From"),
    "window_until": _l("Until"),
}
_GAPS: Labels = {
    "no_summary": _l("There is no summary in plain words. Nothing can be handed in without it."),
    "summary_hard": _l("The summary is hard to read: about right for readers of %(age)s. Shorter sentences help most."),
    "no_failure_scenario": _l("The worst case, failing, is not described."),
    "vague_stakeholder": _l("“%(name)s” is too wide to think of anybody. Say who exactly."),
    "no_harms": _l("The register holds no harm yet."),
    "no_failing_harm": _l("No harm comes from the system failing."),
    "vague_harm_stakeholder": _l("Harm %(number)s: “%(name)s” is too wide. Say who exactly bears it."),
    "harm_unrated": _l("Harm %(number)s lacks a rating."),
    "harm_unmitigated": _l("Nothing is said about what is done about harm %(number)s."),
    "mitigation_unowned": _l("What is done about harm %(number)s has no owner."),
    "mitigation_undated": _l("What is done about harm %(number)s has no date."),
    "environment_missing": _l("The form does not say where the data is used."),
    "opt_out_missing": _l("The form does not say whether the national opt-out is applied."),
    "no_window": _l("The form does not say from when until when."),
}


def gap_words(gap: Gap) -> str:
    """The sentence for a gap."""
    if gap.code == "unanswered":
        return gettext("“%(question)s” has no answer.", question=QUESTIONS[AssessmentQuestion(gap.about)][0])
    if gap.code == "detail_missing":
        return gettext("“%(question)s” has no answer.", question=DETAILS[Detail(gap.about)])
    return str(_GAPS[gap.code]) % dict(gap.facts)


def day(value: date | str) -> str:
    """A day as people write it; `value` may be ISO text, as versions keep it."""
    return str(format_date(date.fromisoformat(value) if isinstance(value, str) else value, "d MMM y"))


def minutes_words(minutes: int | None) -> str:
    """Hours as people say them: "4 h", "2 h 30 min", "–"."""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest)
    return " ".join(parts) or "0 h"
