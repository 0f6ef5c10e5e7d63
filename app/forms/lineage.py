"""New words for a statement (one box, or several to split it), or another statement that says the same."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from app.forms.base import Form


class RewordForm(Form):
    """One new statement on each line: one rewords, several split."""

    texts = TextAreaField(_l("New words: one statement on each line"))
    refusal_fields = dict.fromkeys(("words_empty", "words_too_long", "unchanged", "parts_repeated"), "texts")


class MergeForm(Form):
    """The number of the statement that says the same."""

    number = StringField(_l("Number of the statement that stays"))
    refusal_fields = dict.fromkeys(("not_a_number", "same_statement", "not_shown", "already_decided"), "number")
