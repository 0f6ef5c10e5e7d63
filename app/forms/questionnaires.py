"""A questionnaire's heading, and one question of it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.lines import lines_of
from surveys import QuestionKind
from surveys.editing import Asked, asked_of
from surveys.questions import Definition

_TITLE = [InputRequired(_l("Give it a title.")), Length(max=200)]
_LINE = [Optional(), Length(max=1000)]


class NewQuestionnaireForm(Form):
    """Only a title."""

    refusal_fields = {"words_empty": "title", "words_too_long": "title"}

    title = StringField(_l("Title"), validators=_TITLE)


class HeadingForm(NewQuestionnaireForm):
    """What people read above the first question."""

    description = TextAreaField(_l("What people read first"), validators=[Optional(), Length(max=2000)])


class QuestionForm(Form):
    """One question."""

    refusal_fields = {
        "choices_missing": "answers",
        "choice_repeated": "answers",
        "choice_in_condition": "answers",
        "expression_list_arithmetic": "kind",
        "bad_text": "title",
        "empty": "title",
    }

    title = TextAreaField(
        _l("The question"), validators=[InputRequired(_l("Write the question.")), Length(max=1000)]
    )
    description = StringField(_l("Help line"), validators=_LINE)
    kind = RadioField(
        _l("How people answer"),
        choices=labels.choices(labels.QUESTION_KINDS),
        default=QuestionKind.RADIOGROUP.value,
        validators=[InputRequired(_l("Choose how people answer."))],
    )
    answers = TextAreaField(_l("Answers offered"), validators=[Optional(), Length(max=20_000)])
    has_none = BooleanField(_l("Also offer “None of these”"))
    has_other = BooleanField(_l("Also offer “Something else”, with a box for words"))
    low = StringField(_l("Words at the low end of a scale"), validators=_LINE)
    high = StringField(_l("Words at the high end of a scale"), validators=_LINE)
    is_required = BooleanField(_l("This question has to be answered"))

    def asked(self) -> Asked:
        """What was typed."""
        return Asked(
            kind=QuestionKind(self.kind.data),
            title=_joined(self.title.data),
            description=_joined(self.description.data),
            is_required=bool(self.is_required.data),
            answers=tuple(lines_of(self.answers.data)),
            has_other=bool(self.has_other.data),
            has_none=bool(self.has_none.data),
            low=_joined(self.low.data),
            high=_joined(self.high.data),
        )


def present(element: Definition) -> dict[str, object]:
    """What the form shows of a question to begin with."""
    asked = asked_of(element)
    return {**vars(asked), "kind": asked.kind.value, "answers": "\n".join(asked.answers)}


def _joined(text: str | None) -> str:
    """The words with each line break and blank made one blank."""
    return " ".join((text or "").split())
