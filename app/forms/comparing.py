"""Forms of a compare stage."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.forms import labels
from app.forms.base import Form
from deliberation.stewardship import CombinationQuestion


class RatingForm(Form):
    """One of five words or "I need to know more"; the rest is optional."""

    refusal_fields = {"words_too_long": "reason"}

    rating = RadioField(
        _l("What do you think of it?"),
        choices=labels.choices(labels.RATINGS),
        validators=[InputRequired(_l("Choose one of the words first."))],
    )
    acceptance = RadioField(
        _l("If others chose it, could you accept it?"),
        choices=labels.choices(labels.ACCEPTANCES),
        validators=[Optional()],
    )
    reason = TextAreaField(_l("Why? (you can leave this out)"), validators=[Optional()])


class DifferenceForm(Form):
    """What made the difference, or what confirmed it."""

    refusal_fields = {"words_too_long": "difference"}

    difference = TextAreaField(_l("In your own words (you can leave this out)"), validators=[Optional()])


def _question(question: CombinationQuestion) -> RadioField:
    return RadioField(
        labels.COMBINATION_QUESTIONS[question],
        choices=labels.choices(labels.COMBINATION_ANSWERS[question]),
        validators=[InputRequired(_l("Choose an answer. “None of these” is one too."))],
    )


class CombinationForm(Form):
    """Four plain questions, and words for whatever they leave out."""

    refusal_fields = {"words_too_long": "reason"}

    who_sets_rules = _question(CombinationQuestion.WHO_SETS_RULES)
    who_decides = _question(CombinationQuestion.WHO_DECIDES)
    can_say_no = _question(CombinationQuestion.CAN_SAY_NO)
    who_checks = _question(CombinationQuestion.WHO_CHECKS)
    reason = TextAreaField(_l("Do you want to add something? (you can leave this out)"), validators=[Optional()])

    @property
    def answers(self) -> dict[str, str]:
        """Question -> answer, as sent."""
        return {question.value: self[question.value].data or "" for question in CombinationQuestion}
