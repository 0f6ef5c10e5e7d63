"""The form of one judgement: how far a check is met, and on what evidence."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import labels, meeting_labels
from app.forms.base import Form


class JudgeForm(Form):
    """How far, and on what evidence."""

    refusal_fields = {"evidence_missing": "evidence", "words_too_long": "evidence"}

    judgement = RadioField(
        _l("How far is it met?"),
        choices=labels.choices(meeting_labels.JUDGEMENTS),
        validators=[InputRequired(_l("Choose how far it is met."))],
    )
    evidence = TextAreaField(
        _l("On what evidence?"), validators=[Length(max=20_000, message=_l("This is much too long."))]
    )
