"""Forms of concerns: raising one, and answering, escalating or deciding it."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField
from wtforms.validators import Length, Optional

from app.forms.base import Form

_LONG = _l("This is much too long.")


class RaiseForm(Form):
    """A concern, and by when an answer is asked for."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "due_in_past": "due_on"}

    text = TextAreaField(_l("What is your concern?"), validators=[Length(max=20_000, message=_LONG)])
    due_on = DateField(_l("Answer by"), validators=[Optional()])


class ConcernWordsForm(Form):
    """The words of an answer, of an escalation or of a decision."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words"}

    words = TextAreaField(_l("Your words"), validators=[Length(max=20_000, message=_LONG)])
