"""The form that takes words of a comment into a card."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length

from app.forms.base import Form
from app.forms.fields import UuidField
from deliberation.points import PointSide


class PointForm(Form):
    """A comment, the words of it that are taken, and the side."""

    refusal_fields = {
        "part_not_said": "words", "words_empty": "words", "words_too_long": "words", "point_taken": "words",
        "not_shown": "words",
    }  # fmt: skip

    comment = UuidField()
    words = TextAreaField(_l("Words to take, as they were said"), validators=[Length(max=20_000)])
    side = HiddenField(validators=[AnyOf([side.value for side in PointSide])])
