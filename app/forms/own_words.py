"""Forms for a person's own words: a statement, a comment, a reply."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from app.forms.base import Form


class WordsForm(Form):
    """A box. `keep` says that the person saw the warning about personal data and wants the words as they are."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("In your own words"), validators=[Length(max=20_000, message=_l("This is much too long."))])
    keep = HiddenField(validators=[Optional(), AnyOf(["yes", "take_out"])])


class StatementWordsForm(WordsForm):
    """A statement; `seen` says that similar ones were shown."""

    seen = HiddenField(validators=[Optional(), AnyOf(["yes"])])
