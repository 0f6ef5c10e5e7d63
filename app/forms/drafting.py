"""Forms of writing together at a table."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField

_AGAIN = _l("This page is not complete. Load it again and send it once more.")
_LONG = Length(max=20_000, message=_l("This is much too long."))


class BeginForm(Form):
    """The first words of a new draft."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    kind = RadioField(
        _l("What is it?"),
        choices=labels.choices(labels.DRAFT_KINDS),
        validators=[InputRequired(_l("Choose what it is."))],
    )
    text = TextAreaField(_l("In the words of your table"), validators=[_LONG])


class SaveForm(Form):
    """New words; `based_on` is the version they were written on."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "draft_changed": "text", "pen_missing": "text"}

    text = TextAreaField(_l("In the words of your table"), validators=[_LONG])
    based_on = IntegerField(widget=HiddenInput(), validators=[InputRequired(_AGAIN)])


class SuggestForm(Form):
    """Other words, for all of it or for a part."""

    refusal_fields = {"quote_missing": "quote", "words_empty": "text", "words_too_long": "text", "key_reused": "text"}

    quote = TextAreaField(_l("Which words? (copy them, or leave this empty for all of it)"), validators=[_LONG])
    text = TextAreaField(_l("What should it say instead?"), validators=[_LONG])
    client_key = UuidField(validators=[DataRequired(_AGAIN)])


class AnswerForm(Form):
    """What the table did with a suggestion."""

    refusal_fields = {"why_missing": "reason", "words_too_long": "reason"}

    state = RadioField(
        _l("What did your table do with it?"),
        choices=labels.choices(labels.SUGGESTION_ANSWERS),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    reason = TextAreaField(_l("Why? (needed unless you took it)"), validators=[_LONG])


class AgreeForm(Form):
    """Agreed, or agreed except for something."""

    refusal_fields = {"except_missing": "words", "words_too_long": "words"}

    said = RadioField(
        _l("Do you agree with it?"),
        choices=labels.choices(labels.AGREEMENTS),
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    words = TextAreaField(_l("Except for what?"), validators=[_LONG])


class PenForm(Form):
    """A button: nothing but its token."""

    back = HiddenField(validators=[Optional()])
