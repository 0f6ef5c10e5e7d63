"""Signing in, and changing one's own password."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import Form
from deliberation.logins import LONGEST, SHORTEST


class SignInForm(Form):
    """E-mail and password; what is wrong is said above both, never beside one."""

    email = StringField(
        _l("E-mail address"), validators=[InputRequired(_l("Enter your e-mail address.")), Length(max=320)]
    )
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter your password.")), Length(max=1000)])


class PasswordForm(Form):
    """The old password and a new one; typed once, since pasting is allowed."""

    refusal_fields = {
        "password_wrong": "old",
        "password_short": "new",
        "password_long": "new",
        "password_guessable": "new",
    }

    old = PasswordField(
        _l("Your password now"), validators=[InputRequired(_l("Enter your password.")), Length(max=1000)]
    )
    new = PasswordField(
        _l("New password, at least %(shortest)s characters", shortest=SHORTEST),
        validators=[InputRequired(_l("Enter a new password.")), Length(max=LONGEST * 5)],
    )
