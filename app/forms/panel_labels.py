"""Words for a workshop's people, its panel's axes, points, checks, answers and reviews."""

from flask_babel import lazy_gettext as _l

from app.forms.assessment_template_words import QUESTIONS
from app.forms.labels import Labels
from app.queries.panel_answers import HARM
from deliberation.assessment_template import AssessmentQuestion
from deliberation.panel import Axis, ChangeKind, Prompt, ReviewVerdict, Strength, Verdict, WorkshopPart

PARTS: Labels = {
    WorkshopPart.FACILITATOR: _l("Facilitator"),
    WorkshopPart.RAPPORTEUR: _l("Rapporteur"),
    WorkshopPart.SOCIETY_FRIEND: _l("Critical friend (technology and society)"),
    WorkshopPart.CLINICAL_FRIEND: _l("Critical friend (clinical)"),
    WorkshopPart.DEVELOPER: _l("Developer"),
}
ADDED_PARTS = (WorkshopPart.SOCIETY_FRIEND, WorkshopPart.CLINICAL_FRIEND, WorkshopPart.DEVELOPER)
"""Parts that are filled by name alone; facilitator and rapporteur are accounts."""
AXES: Labels = {
    Axis.AGE: _l("Age"),
    Axis.GENDER: _l("Gender"),
    Axis.REGION: _l("Region"),
    Axis.ETHNICITY: _l("Ethnicity"),
    Axis.SOCIO_ECONOMIC: _l("Socio-economic background"),
    Axis.HEALTH: _l("Health condition or access to care"),
}
PROMPTS: Labels = {
    Prompt.WHO: _l("Who is affected?"),
    Prompt.RISKS: _l("What risks, biases or harms do you see?"),
    Prompt.GAINS: _l("Who gains most, and how?"),
    Prompt.FAILS: _l("Who is hurt if it fails?"),
    Prompt.GOOD: _l("What good does it do patients and the NHS?"),
    Prompt.DONE: _l("What would you want done to reduce harm?"),
}
STRENGTHS: Labels = {
    Strength.EVERYONE: _l("Everyone said so"),
    Strength.MOST: _l("Most people said so"),
    Strength.SOME: _l("Some people said so"),
    Strength.FEW: _l("A few people said so"),
}
VERDICTS: Labels = {
    Verdict.RIGHT: _l("This is right"),
    Verdict.NEARLY: _l("Nearly: change this"),
    Verdict.NOT_SAID: _l("This is not what we said"),
}
CHANGE_KINDS: Labels = {
    ChangeKind.CHANGED: _l("We changed something"),
    ChangeKind.NOT_CHANGED: _l("We did not change anything"),
}
REVIEWS: Labels = {
    ReviewVerdict.ANSWERED: _l("Answered"),
    ReviewVerdict.PARTLY: _l("Partly"),
    ReviewVerdict.NOT_ANSWERED: _l("Not answered"),
}
SOURCE_KINDS: Labels = {
    "statement": _l("A sentence that you voted on"),
    "comment": _l("A comment"),
    "note": _l("A note from a table"),
}


def place_words(place: str, harm: str = "") -> str:
    """Where in an assessment something was changed; `harm` is the harm's own words."""
    if place.startswith(HARM):
        return str(_l("The harm “%(harm)s”", harm=harm)) if harm else str(_l("A harm that was taken out"))
    known = {one.value: words[0] for one, words in QUESTIONS.items() if isinstance(one, AssessmentQuestion)}
    return str(known.get(place, place))
