"""Forms of advice: a piece of it, an answer, and a reason."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels, oversight_labels
from app.forms.base import Form
from app.forms.fields import UuidField
from deliberation.advice import Said
from deliberation.oversight import AdviceType, Response, Severity


class AdviceForm(Form):
    """What a member says about a paragraph or the whole."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    client_key = UuidField()
    anchor = HiddenField(validators=[Optional(), Length(max=40)])
    severity = RadioField(
        _l("How much hangs on it?"),
        choices=labels.choices(oversight_labels.SEVERITIES),
        validators=[InputRequired(_l("Choose must fix, should or consider."))],
    )
    type = RadioField(
        _l("What is it about?"),
        choices=labels.choices(oversight_labels.ADVICE_TYPES),
        validators=[InputRequired(_l("Choose what it is about."))],
    )
    text = TextAreaField(
        _l("Your advice"), validators=[InputRequired(_l("Write something first.")), Length(max=20_000)]
    )
    is_named = BooleanField(_l("Show my name with it, also where it is published"))

    def said(self) -> Said:
        """What was typed, as the service takes it; only after `validate`."""
        return Said(
            text=self.text.data or "",
            type=AdviceType(self.type.data),
            severity=Severity(self.severity.data),
            anchor=self.anchor.data or "",
            is_named=bool(self.is_named.data),
        )


class AnswerForm(Form):
    """What is done with a piece of advice, and why."""

    refusal_fields = {"words_empty": "reason", "words_too_long": "reason"}

    response = RadioField(
        _l("What do you do with it?"),
        choices=labels.choices(oversight_labels.RESPONSES),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    reason = TextAreaField(_l("Why"), validators=[InputRequired(_l("Say why.")), Length(max=20_000)])
    changed_in = StringField(_l("The version that changed"), validators=[Optional(), Length(max=200)])

    def chosen(self) -> Response:
        """The answer; only after `validate`."""
        return Response(self.response.data)


class WhyForm(Form):
    """A reason: why an answer is disputed, how it was settled, why a text is shown all the same."""

    refusal_fields = {"words_empty": "why", "words_too_long": "why"}

    why = TextAreaField(_l("Why"), validators=[Optional(), Length(max=20_000)])
