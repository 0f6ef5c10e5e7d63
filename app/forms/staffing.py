"""Giving an existing account a role in a dialogue."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.forms import labels
from app.forms.base import Form
from deliberation.staffing import STAFF_ROLES


class RoleForm(Form):
    """Who, by e-mail address, and which role."""

    refusal_fields = {
        "no_such_account": "email",
        "role_held": "role",
        "roles_apart": "role",
        "not_a_staff_role": "role",
    }

    email = StringField(
        _l("E-mail address"), validators=[InputRequired(_l("Enter an e-mail address.")), Length(max=320)]
    )
    role = SelectField(_l("Role"), choices=labels.choices({role: labels.ROLES[role] for role in STAFF_ROLES}))
