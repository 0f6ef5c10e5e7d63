"""Taking back one's own words."""

from wtforms import HiddenField
from wtforms.validators import AnyOf, DataRequired

from app.forms.base import Form
from app.forms.fields import UuidField


class WithdrawForm(Form):
    """Which words."""

    kind = HiddenField(
        validators=[AnyOf(["statement", "comment", "condition", "question", "research_question", "step"])]
    )
    words_id = UuidField(validators=[DataRequired()])
