"""The notice, taking part, and permissions: each on its own screen, nothing chosen beforehand."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.forms.base import Form
from deliberation.consent import OPTIONAL, Purpose

YES = "yes"
NO = "no"


class NoticeForm(Form):
    """Says which words were shown."""

    digest = HiddenField()


class TakePartForm(Form):
    """Yes or no, with no default."""

    digest = HiddenField()
    choice = RadioField(
        _l("Do you want to take part?"),
        choices=[
            SelectChoice(YES, _l("Yes, I want to take part")),
            SelectChoice(NO, _l("No, I do not want to take part")),
        ],
        validators=[InputRequired(_l("Choose yes or no."))],
    )


class PermissionsForm(Form):
    """Four ticks, all off to begin with."""

    digest = HiddenField()
    given = SelectMultipleField(
        _l("Extra permissions, all optional"),
        choices=[SelectChoice(purpose.value, purpose.value) for purpose in OPTIONAL],
    )

    def name_choices(self, names: dict[str, str]) -> None:
        """Puts the dialogue's own words beside each tick. `names`: purpose -> label."""
        self.given.choices = [
            SelectChoice(purpose.value, names.get(purpose.value, purpose.value)) for purpose in OPTIONAL
        ]

    def chosen(self) -> frozenset[Purpose]:
        """The permissions that are ticked."""
        return frozenset(Purpose(value) for value in self.given.data or ())
