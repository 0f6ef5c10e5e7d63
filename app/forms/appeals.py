"""What an author sends: please look again, and whether new words still say what was meant."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.forms.base import Form


class AppealForm(Form):
    """Which words, and why the team should look again."""

    kind = HiddenField()
    words_id = HiddenField()
    text = TextAreaField(_l("What should we think about?"))
    refusal_fields = {"words_empty": "text", "words_too_long": "text"}


class RewordAnswerForm(Form):
    """`same` is "yes" or "no"."""

    line = HiddenField()
    same = HiddenField()
