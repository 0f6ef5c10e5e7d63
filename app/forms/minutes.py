"""Forms of minutes: the words, the date of clearance, an objection, its answer."""

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms.base import Form
from app.forms.times import FORMAT

_LONG = _l("This is much too long.")


class MinutesForm(Form):
    """A new version in a person's words."""

    refusal_fields = {
        "words_empty": "text",
        "words_too_long": "text",
        "unchanged": "text",
        "correction_note_missing": "note",
    }

    text = TextAreaField(_l("The minutes"), validators=[Length(max=200_000, message=_LONG)])
    note = StringField(_l("What this version changes, and why"), validators=[Optional(), Length(max=2000)])


class DraftForm(Form):
    """A button: draft the minutes from what was recorded."""

    refusal_fields = {"correction_note_missing": "note"}

    note = StringField(_l("What this version changes, and why"), validators=[Optional(), Length(max=2000)])


class CirculateForm(Form):
    """Until when members can object."""

    refusal_fields = {"clearance_too_soon": "clear_by"}

    clear_by = DateTimeLocalField(
        _l("Cleared on, unless a member objects before"),
        format=FORMAT,
        validators=[InputRequired(_l("Enter day and time."))],
    )


class ObjectionForm(Form):
    """What a member objects to."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("What is not right in these minutes?"), validators=[Length(max=20_000, message=_LONG)])


class ObjectionAnswerForm(Form):
    """The answer to an objection."""

    refusal_fields = {"words_empty": "answer", "words_too_long": "answer"}

    answer = TextAreaField(_l("Your answer"), validators=[Length(max=20_000, message=_LONG)])
