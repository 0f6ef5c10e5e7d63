"""The form of a theme: its name, what it holds, and whether a person stands behind it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms.base import Form


class ThemeForm(Form):
    """A person's words for what the machine drafted."""

    refusal_fields = {"words_empty": "title", "words_too_long": "title"}

    title = StringField(_l("Name"), validators=[InputRequired(_l("Give the theme a name.")), Length(max=200)])
    description = TextAreaField(_l("What people said"), validators=[Optional(), Length(max=4000)])
    is_final = BooleanField(_l("I have read everything in this theme, and it holds together"))
