"""Which words beside a choice are taken back."""

from wtforms import HiddenField
from wtforms.validators import AnyOf, DataRequired

from app.forms.base import Form
from app.forms.fields import UuidField


class ReasonForm(Form):
    """A rating or a combination."""

    kind = HiddenField(validators=[AnyOf(["rating", "combination"])])
    words_id = UuidField(validators=[DataRequired()])
