"""Forms of a vote stage."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField
from deliberation.comments import CONDITION_LIMIT
from deliberation.voting import Position

_AGAIN = _l("This page is not complete. Load it again and send it once more.")


class StatementForm(Form):
    """Which statement an act is about."""

    statement_id = UuidField(validators=[DataRequired(_AGAIN)])
    back = HiddenField(validators=[Optional(), AnyOf(["list"])])


class VoteForm(StatementForm):
    """A position on one statement, with the key that makes sending it twice count once."""

    client_key = UuidField(validators=[DataRequired(_AGAIN)])
    position = HiddenField(
        validators=[
            InputRequired(_l("Choose agree, disagree or pass.")),
            AnyOf([str(int(p)) for p in Position], _l("Choose agree, disagree or pass.")),
        ]
    )
    important = BooleanField(_l("This matters a lot to me"))


class PassForm(StatementForm):
    """Why somebody passed; optional, and "it depends" asks on what."""

    reason = RadioField(_l("Want to say why?"), choices=labels.choices(labels.PASS_REASONS), validators=[Optional()])
    depends_on = TextAreaField(
        _l("It depends on what?"),
        validators=[Length(max=CONDITION_LIMIT * 4, message=_l("This is much too long."))],
    )
