"""Forms of whoever plans a workshop, recruits its panel, and runs the steps after it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import WholeNumberField
from app.forms.panel_labels import ADDED_PARTS, AXES, PARTS
from app.forms.times import FORMAT

_LONG = Length(max=4000, message=_l("This is much too long."))
_SHORT = Length(max=200, message=_l("This is too long."))
_WHEN = InputRequired(_l("Choose a day and a time."))


class FactsForm(Form):
    """When and where, and what is arranged."""

    refusal_fields = {"workshop_over": "starts_at", "workshop_date_missing": "starts_at"}

    starts_at = DateTimeLocalField(_l("Starts"), format=FORMAT, validators=[_WHEN])
    place = StringField(_l("Where (a place, or “online”)"), validators=[_SHORT])
    access_support = TextAreaField(_l("Access support"), validators=[_LONG])
    fee = StringField(_l("Fee of each panel member"), validators=[_SHORT])


class PlanForm(FactsForm):
    """A new workshop: its facts, and the two accounts that it needs."""

    refusal_fields = {
        **FactsForm.refusal_fields,
        "no_such_facilitator": "facilitator",
        "no_such_rapporteur": "rapporteur",
        "rapporteur_not_apart": "rapporteur",
        "roles_apart": "rapporteur",
        "interest_missing": "facilitator_interest",
    }

    facilitator = StringField(
        _l("E-mail of the facilitator"), validators=[InputRequired(_l("Write an e-mail address.")), _SHORT]
    )
    facilitator_is_from_applicant = BooleanField(_l("The facilitator comes from the applicant’s organisation"))
    facilitator_interest = TextAreaField(_l("Their interest, in words"), validators=[_LONG])
    rapporteur = StringField(
        _l("E-mail of the rapporteur"), validators=[InputRequired(_l("Write an e-mail address.")), _SHORT]
    )


class PersonForm(Form):
    """A critical friend or a developer."""

    refusal_fields = {"name_missing": "name", "interest_missing": "interest", "must_be_independent": "part"}

    part = RadioField(
        _l("Who is it?"),
        choices=labels.choices({part: PARTS[part] for part in ADDED_PARTS}),
        validators=[InputRequired(_l("Choose who it is."))],
    )
    name = StringField(_l("Name"), validators=[InputRequired(_l("Type a name.")), _SHORT])
    organisation = StringField(_l("Organisation"), validators=[_SHORT])
    is_from_applicant = BooleanField(_l("Comes from the applicant’s organisation"))
    interest = TextAreaField(_l("Interest (needed if so)"), validators=[_LONG])


class DueForm(Form):
    """Until when the panel checks or reviews."""

    refusal_fields = {"due_in_past": "due"}

    due = DateTimeLocalField(_l("Until"), format=FORMAT, validators=[_WHEN])


class AddendumForm(Form):
    """What came out of the panel's review."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("Addendum"), validators=[Length(max=20_000, message=_l("This is much too long."))])


class BandForm(Form):
    """One band of one axis: wanted and recruited."""

    refusal_fields = {"band_missing": "band", "words_too_long": "band", "band_too_many": "recruited"}

    axis = SelectField(_l("Axis"), choices=labels.choices(AXES))
    band = StringField(_l("Group"), validators=[Length(max=80, message=_l("This is too long."))])
    target = WholeNumberField(
        _l("Wanted"), words=_l("Write a whole number."), default=0, validators=[Optional(), NumberRange(0, 99)]
    )
    recruited = WholeNumberField(
        _l("Recruited"), words=_l("Write a whole number."), default=0, validators=[Optional(), NumberRange(0, 99)]
    )


class SeatForm(Form):
    """What is arranged for one seat."""

    is_inducted = BooleanField(_l("Induction done (2 hours)"))
    support = StringField(_l("Support (never a diagnosis)"), validators=[Length(max=400)])
    is_fee_confirmed = BooleanField(_l("I confirm the fee"))


class PressForm(Form):
    """A button alone."""
