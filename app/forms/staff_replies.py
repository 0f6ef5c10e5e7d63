"""A reply to a comment by the team."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import labels
from app.forms.base import Form
from deliberation.comments import StaffVoice

_LONG = _l("This is much too long.")


class StaffReplyForm(Form):
    """Who speaks, with the interests of a specialist, and the words."""

    refusal_fields = {
        "words_empty": "text",
        "words_too_long": "text",
        "speaker_missing": "speaker",
        "interests_missing": "interests",
    }

    text = TextAreaField(_l("The reply"), validators=[Length(max=20_000, message=_LONG)])
    voice = RadioField(
        _l("Who speaks?"),
        choices=labels.choices(labels.STAFF_VOICES),
        default=StaffVoice.FACILITATOR.value,
        validators=[InputRequired(_l("Choose who speaks."))],
    )
    speaker = StringField(_l("The specialist’s name"), validators=[Length(max=1_000, message=_LONG)])
    interests = TextAreaField(_l("Their interests"), validators=[Length(max=2_000, message=_LONG)])
