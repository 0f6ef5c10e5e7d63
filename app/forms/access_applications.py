"""Forms of access to data: the data asset, beginning an application, its form in Five Safes order, team and dates."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import access_labels, labels
from app.forms.base import Form
from app.models.access_applications import AccessApplication, ApplicationStep
from app.models.people import Account
from deliberation.access_applications import DETAIL_LIMIT, Detail, Environment, OptOut, Route
from deliberation.assessment import Part

_LONG = Length(max=DETAIL_LIMIT, message=_l("Write at most 4,000 characters."))
_SHORT = Length(max=200, message=_l("Write at most 200 characters."))
_NEEDED = InputRequired(_l("Write something first."))
NO_CHAIR = ""


class AssetForm(Form):
    """A data asset."""

    refusal_fields = {"chair_not_on_committee": "chair", "words_empty": "name", "words_too_long": "name"}

    name = StringField(_l("Name"), validators=[_NEEDED, _SHORT])
    description = TextAreaField(_l("What it is, in a few sentences"), validators=[Optional(), _LONG])
    controller = StringField(_l("Controller"), validators=[Optional(), _SHORT])
    holds = TextAreaField(_l("What it holds"), validators=[Optional(), _LONG])
    size = StringField(_l("Size"), validators=[Optional(), _SHORT])
    limits = TextAreaField(_l("What it may be used for, and what not"), validators=[Optional(), _LONG])
    window_limit_days = IntegerField(
        _l("Longest time of access, in days"),
        validators=[Optional(), NumberRange(min=1, max=36_500, message=_l("Write a number of days from 1."))],
    )
    harm_points = RadioField(
        _l("Scale of the ratings of harms"),
        choices=labels.choices({"3": _l("3 points"), "5": _l("5 points")}),
        default="5",
    )
    chair = SelectField(_l("Chair of the committee"), validators=[Optional()])

    def offer(self, committee: Iterable[Account]) -> "AssetForm":
        """Sets whom the chair may be."""
        rows = [SelectChoice(str(one.public_id), one.display_name) for one in committee]
        self.chair.choices = [SelectChoice(NO_CHAIR, gettext("Nobody yet")), *rows]
        return self

    def words(self) -> dict[str, Any]:
        """What `save_asset` takes."""
        names = ("name", "description", "controller", "holds", "size", "limits")
        return {
            **{name: (getattr(self, name).data or "").strip() for name in names},
            "window_limit_days": self.window_limit_days.data,
            "harm_points": int(self.harm_points.data or 5),
        }


class StartForm(Form):
    """The first lines of an application."""

    refusal_fields = {"words_empty": "title", "words_too_long": "title"}

    title = StringField(_l("Title of the project"), validators=[_NEEDED, _SHORT])
    organisation = StringField(_l("Organisation"), validators=[_NEEDED, _SHORT])
    route = RadioField(
        _l("What do you want to do?"),
        choices=labels.choices(access_labels.ROUTES),
        validators=[InputRequired(_l("Choose one."))],
    )


class ApplicationForm(StartForm):
    """The whole form; only the fields that the route asks for are shown and kept."""

    refusal_fields = {
        **StartForm.refusal_fields,
        "window_backwards": "window_until",
        "window_too_long": "window_until",
        "draft_changed": "title",
    }

    based_on = HiddenField()
    environment = RadioField(
        _l("Where would the data be used?"),
        choices=labels.choices(access_labels.ENVIRONMENTS), validators=[Optional()],
    )  # fmt: skip
    opt_out = RadioField(
        _l("Is the national opt-out applied?"),
        choices=labels.choices(access_labels.OPT_OUTS), validators=[Optional()],
    )  # fmt: skip
    window_from = DateField(_l("First day of access"), validators=[Optional()])
    window_until = DateField(_l("Last day of access"), validators=[Optional()])
    contact_name = StringField(_l("Who answers the public"), validators=[Optional(), _SHORT])
    contact_email = StringField(_l("Address the public can write to"), validators=[Optional(), Length(max=320)])

    def values(self) -> dict[str, Any]:
        """What `edit` takes, but for `by`."""
        return {
            "title": self.title.data or "",
            "organisation": self.organisation.data or "",
            "route": Route(self.route.data),
            "details": {detail: self[detail.value].data or "" for detail in Detail},
            "environment": Environment(self.environment.data) if self.environment.data else None,
            "opt_out": OptOut(self.opt_out.data) if self.opt_out.data else None,
            "window_from": self.window_from.data,
            "window_until": self.window_until.data,
            "contact_name": self.contact_name.data or "",
            "contact_email": self.contact_email.data or "",
            "based_on": int(self.based_on.data or 0),
        }


for _detail in Detail:
    setattr(
        ApplicationForm, _detail.value, TextAreaField(access_labels.DETAILS[_detail], validators=[Optional(), _LONG])
    )


def application_data(row: AccessApplication) -> dict[str, Any]:
    """What the form shows of an application."""
    plain = ("title", "organisation", "window_from", "window_until", "contact_name", "contact_email")
    return {
        **{name: getattr(row, name) for name in plain},
        **{detail.value: row.details.get(detail.value, "") for detail in Detail},
        "route": row.route.value,
        "environment": row.environment.value if row.environment else None,
        "opt_out": row.opt_out.value if row.opt_out else None,
        "based_on": str(row.details_version),
    }


class PersonForm(Form):
    """Somebody for the team."""

    refusal_fields = {"no_such_applicant": "email", "already_on_team": "email", "one_lead": "part"}

    email = StringField(
        _l("E-mail address"), validators=[InputRequired(_l("Enter an e-mail address.")), Length(max=320)]
    )
    part = SelectField(
        _l("Part"),
        choices=labels.choices({part: access_labels.PARTS[part] for part in (Part.TEAM, Part.DEVELOPER)}),
        default=Part.TEAM.value,
    )


class MoveForm(Form):
    """Handing in, or taking back: why."""

    refusal_fields = {"move_why_missing": "why", "move_why_too_long": "why"}

    why = TextAreaField(_l("A word with it"), validators=[Optional()])


class ScreenForm(Form):
    """The committee's screening."""

    refusal_fields = {"move_why_missing": "why", "move_why_too_long": "why", "incomplete_stops": "is_complete"}

    is_complete = RadioField(
        _l("Is it complete?"),
        choices=labels.choices(
            {"yes": _l("Yes: everything that is asked is there"), "no": _l("No: something is missing")}
        ),
        validators=[InputRequired(_l("Choose yes or no."))],
    )
    outcome = RadioField(
        _l("Does it go on?"),
        choices=labels.choices(
            {"screened_in": _l("It passes: a workshop can be planned"), "screened_out": _l("It stops here")}
        ),
        validators=[InputRequired(_l("Choose whether it passes or stops."))],
    )
    why = TextAreaField(_l("Reasons"), validators=[Optional()])


class StepForm(Form):
    """Deadline and hours of one step. Hours may have a half: 2.5."""

    step = HiddenField()
    due_on = DateField(_l("Deadline"), validators=[Optional()])
    planned = DecimalField(_l("Hours planned"), places=None, validators=[Optional(), NumberRange(min=0, max=10_000)])
    actual = DecimalField(_l("Hours it took"), places=None, validators=[Optional(), NumberRange(min=0, max=10_000)])

    def changes(self, names: Sequence[str]) -> dict[str, Any]:
        """What `set_step` takes, of these fields."""
        minutes = {
            "planned_minutes": _minutes(self.planned.data),
            "actual_minutes": _minutes(self.actual.data),
        }
        return {name: value for name, value in {**minutes, "due_on": self.due_on.data}.items() if name in names}


def step_data(key: str, row: ApplicationStep | None) -> dict[str, Any]:
    """What the form shows of a step."""
    hours = {name: _hours(getattr(row, f"{name}_minutes") if row else None) for name in ("planned", "actual")}
    return {"step": key, "due_on": row.due_on if row else None, **hours}


def _minutes(hours: Any) -> int | None:
    return None if hours is None else round(float(hours) * 60)


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else minutes / 60
