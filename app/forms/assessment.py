"""Forms of an assessment: a section of questions, one harm, a suggestion."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import access_labels, labels
from app.forms.assessment_template_words import QUESTIONS
from app.forms.base import Form
from app.models.assessment import AssessmentAnswer, Harm
from deliberation.assessment_template import TEMPLATE, AssessmentQuestion, Section
from deliberation.harms import HARM_LIMIT, HarmRating, Scenario

NOT_RATED = ""


class SectionForm(Form):
    """The questions of one section, each with the version of the answer that was seen."""

    def based_on(self, question: AssessmentQuestion) -> int:
        """The version of the answer that the writer saw; 0 for none."""
        typed = str(self[f"{question.value}_seen"].data or "0")
        return int(typed) if typed.isdigit() else 0


def _section_form(section: Section) -> type[SectionForm]:
    fields: dict[str, Any] = {}
    for question in TEMPLATE[section]:
        fields[question.value] = TextAreaField(QUESTIONS[question][0], validators=[Optional()])
        fields[f"{question.value}_seen"] = HiddenField(default="0")
    return type(f"{section.value.title()}Form", (SectionForm,), fields)


SECTION_FORMS = {section: _section_form(section) for section in Section}


def section_data(section: Section, answers: dict[str, AssessmentAnswer]) -> dict[str, str]:
    """What a section's form shows."""
    data = {}
    for question in TEMPLATE[section]:
        row = answers.get(question)
        data[question.value] = row.text if row else ""
        data[f"{question.value}_seen"] = str(row.version if row else 0)
    return data


class HarmForm(Form):
    """One harm. Ratings may stay open."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "harm_changed": "text"}

    based_on = HiddenField(default="0")
    text = TextAreaField(_l("What could go wrong?"), validators=[Optional(), Length(max=4 * HARM_LIMIT)])
    stakeholder = StringField(_l("Who bears it? As exactly as you can"), validators=[Optional(), Length(max=200)])
    scenario = RadioField(
        _l("In which course of events?"),
        choices=labels.choices(access_labels.SCENARIOS),
        validators=[InputRequired(_l("Choose one."))],
    )
    importance = RadioField(access_labels.RATINGS[HarmRating.IMPORTANCE], validators=[Optional()])
    urgency = RadioField(access_labels.RATINGS[HarmRating.URGENCY], validators=[Optional()])
    difficulty = RadioField(access_labels.RATINGS[HarmRating.DIFFICULTY], validators=[Optional()])
    detectability = RadioField(access_labels.RATINGS[HarmRating.DETECTABILITY], validators=[Optional()])
    mitigation = TextAreaField(_l("What is done about it?"), validators=[Optional(), Length(max=4000)])
    owner = StringField(_l("Who sees to it?"), validators=[Optional(), Length(max=200)])
    due_on = DateField(_l("By when?"), validators=[Optional()])

    def offer(self, points: int) -> "HarmForm":
        """Sets the scale."""
        scale = [SelectChoice(str(point), str(point)) for point in range(1, points + 1)]
        for rating in HarmRating:
            self[rating.value].choices = [*scale, SelectChoice(NOT_RATED, gettext("not rated"))]
            self[rating.value].data = self[rating.value].data or NOT_RATED
        return self

    def words(self) -> dict[str, Any]:
        """What `save_harm` takes."""
        return {
            "text": self.text.data or "",
            "stakeholder": (self.stakeholder.data or "").strip(),
            "scenario": Scenario(self.scenario.data),
            **{
                rating.value: int(self[rating.value].data) if self[rating.value].data else None for rating in HarmRating
            },
            "mitigation": (self.mitigation.data or "").strip(),
            "owner": (self.owner.data or "").strip(),
            "due_on": self.due_on.data,
        }


def harm_data(harm: Harm) -> dict[str, Any]:
    """What the form shows of a harm."""
    return {
        **{name: getattr(harm, name) for name in ("text", "stakeholder", "mitigation", "owner", "due_on")},
        "scenario": harm.scenario.value,
        **{rating.value: str(getattr(harm, rating.value) or NOT_RATED) for rating in HarmRating},
        "based_on": str(harm.version),
    }


class AnswerForm(Form):
    """One answer, as the script of the page sends it while somebody writes."""

    question = StringField(validators=[InputRequired()])
    text = TextAreaField(validators=[Optional()])
    based_on = StringField(default="0")


class SuggestForm(Form):
    """Words for one question, from somebody who does not hold the pen."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    question = HiddenField()
    text = TextAreaField(_l("Your words"), validators=[Optional()])
