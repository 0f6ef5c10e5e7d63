"""Adding an account of staff."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from app.forms.base import Form


class AccountForm(Form):
    """A first password is made and shown once; its owner changes it."""

    refusal_fields = {"uq_account_email": "email", "email_wrong": "email", "name_missing": "display_name"}

    email = StringField(
        _l("E-mail address"), validators=[InputRequired(_l("Enter an e-mail address.")), Length(max=320)]
    )
    display_name = StringField(
        _l("Name that colleagues see"), validators=[InputRequired(_l("Enter a name.")), Length(max=200)]
    )
    creates = BooleanField(_l("May make new dialogues"))
    administrator = BooleanField(_l("Administrator: looks after accounts, reads no views"))
