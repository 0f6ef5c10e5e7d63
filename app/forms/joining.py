"""Coming in with a code, a name or a return code; and leaving."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.forms.base import Form

DEVICE = "device"
DIALOGUE = "dialogue"


class CodeForm(Form):
    """The code of a dialogue, from a letter or a screen."""

    code = StringField(_l("Your code"), validators=[InputRequired(_l("Type the code you were given.")), Length(max=40)])


class NameForm(Form):
    """The name under which staff look for somebody on the roll."""

    refusal_fields = {"name_missing": "name", "name_long": "name"}

    name = StringField(_l("Your name"), validators=[InputRequired(_l("Type your name.")), Length(max=400)])


class ReturnCodeForm(Form):
    """A return code, from another device or from the team."""

    code = StringField(_l("Your return code"), validators=[InputRequired(_l("Type your return code.")), Length(max=60)])


class LeaveForm(Form):
    """Only this device, or the whole dialogue. Nothing is chosen beforehand."""

    what = RadioField(
        _l("What do you want to do?"),
        choices=[
            SelectChoice(DEVICE, _l("Leave this phone or computer")),
            SelectChoice(DIALOGUE, _l("Leave the dialogue for good")),
        ],
        validators=[InputRequired(_l("Choose what you want to do."))],
    )


class EmptyForm(Form):
    """Nothing but the token: for pages with one button."""
