"""Forms of research questions: raising one, each step of the pipeline, and naming one in a clause."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import labels, research_labels
from app.forms.base import Form
from app.forms.own_words import WordsForm
from app.models.comments import Prompt
from app.queries.research_questions import ResearchLine
from deliberation.research_questions import ResearchOrigin, ResearchStep

_JUDGEMENTS = labels.choices(research_labels.JUDGEMENTS)
_REASON = {"step_reason_missing": "reason", "words_too_long": "reason"}
_WORDS = {"words_empty": "words", "unchanged": "words"}


class RaiseForm(WordsForm):
    """What somebody should find out; `seen` says that similar ones were shown."""

    text = TextAreaField(
        _l("What should somebody find out?"), validators=[Length(max=20_000, message=_l("This is much too long."))]
    )
    seen = StringField(validators=[Optional()])


class StaffRaiseForm(Form):
    """Raised by staff, with where it comes from."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "origin_missing": "note"}

    text = TextAreaField(_l("The words, as they were said"), validators=[Optional()])
    origin = RadioField(
        _l("Where does it come from?"),
        choices=labels.choices(research_labels.STAFF_ORIGINS),
        default=ResearchOrigin.PROMPT.value,
        validators=[InputRequired()],
    )
    prompt = SelectField(_l("The prompt that was talked about"), validators=[Optional()])
    note = StringField(_l("Say where, in a few words"), validators=[Optional(), Length(max=500)])

    def offer(self, prompts: Iterable[Prompt]) -> "StaffRaiseForm":
        """Sets the prompts to choose from."""
        rows = [SelectChoice(str(one.public_id), _short(one.text)) for one in prompts]
        self.prompt.choices = [SelectChoice("", gettext("None of these")), *rows]
        return self


class StepForm(Form):
    """Any step: why."""

    refusal_fields = _REASON

    reason = TextAreaField(_l("Why?"), validators=[Optional()])


class ClarifyForm(StepForm):
    """A clearer wording."""

    refusal_fields = {**_REASON, **_WORDS}

    words = TextAreaField(_l("A clearer wording"), validators=[Optional()])


class MergeResearchForm(StepForm):
    """The one it is put together with."""

    refusal_fields = {**_REASON, "merge_with_itself": "into", "merge_target_gone": "into"}

    into = SelectField(_l("It asks the same as"), validators=[InputRequired(_l("Choose a research question."))])

    def offer(self, rows: Iterable[ResearchLine]) -> "MergeResearchForm":
        """Sets the research questions to choose from."""
        self.into.choices = named(rows)
        return self


class FeasibilityForm(StepForm):
    """Known, in remit, fundable."""

    is_known = RadioField(
        _l("Is the answer known already?"), choices=_JUDGEMENTS, validators=[InputRequired()]
    )
    in_remit = RadioField(
        _l("Is it in the remit of this fund?"), choices=_JUDGEMENTS, validators=[InputRequired()]
    )
    is_fundable = RadioField(
        _l("Could the fund pay for it?"), choices=_JUDGEMENTS, validators=[InputRequired()]
    )


class PriorityForm(StepForm):
    """Its place among the others, and by how many people it was approved."""

    refusal_fields = {**_REASON, "number_too_low": "rank"}

    rank = IntegerField(
        _l("Its place, 1 is first"),
        validators=[Optional(), NumberRange(1, 10_000, _l("Enter a whole number from 1."))],
    )
    approvals = IntegerField(
        _l("How many people approved it"),
        validators=[Optional(), NumberRange(0, 1_000_000, _l("Enter a whole number from 0."))],
    )


class DecideForm(StepForm):
    """What becomes of it, with the reason that everyone reads."""

    refusal_fields = {**_REASON, **_WORDS, "impossible_step": "step", "outside_remit": "step"}

    step = RadioField(_l("What becomes of it?"), validators=[InputRequired(_l("Choose what becomes of it."))])
    words = TextAreaField(_l("The new wording, where it is reframed"), validators=[Optional()])
    reason = TextAreaField(_l("Why? Everyone reads this"), validators=[Optional()])

    def offer(self, steps: Iterable[ResearchStep]) -> "DecideForm":
        """Sets the decisions to choose from."""
        self.step.choices = [SelectChoice(one.value, research_labels.STEPS[one]) for one in steps]
        return self


class NameForm(Form):
    """A research question named in a clause."""

    refusal_fields = {"not_decided_yet": "research_question", "already_linked": "research_question"}

    research_question = SelectField(
        _l("Research question"), validators=[InputRequired(_l("Choose a research question."))]
    )

    def offer(self, rows: Iterable[ResearchLine]) -> "NameForm":
        """Sets the research questions to choose from."""
        self.research_question.choices = [
            SelectChoice(str(one.row.public_id), f"{_choice(one)} ({research_labels.STATES[one.row.state]})")
            for one in rows
        ]
        return self


def named(rows: Iterable[ResearchLine]) -> list[SelectChoice]:
    """Choices with number and words."""
    return [SelectChoice(str(one.row.public_id), _choice(one)) for one in rows]


def _choice(line: ResearchLine) -> str:
    return f"{line.row.number}. {_short(line.words)}"


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
