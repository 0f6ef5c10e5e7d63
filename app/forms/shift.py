"""Choosing two moments, from a list or typed, and whom to compare."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from app.forms.base import Form
from app.forms.times import FORMAT, to_utc

NOW, TYPED = "now", "typed"
AGAIN, ALL = "again", "all"


class ChangeForm(Form):
    """Sent with GET: it changes nothing, so it carries no token."""

    class Meta:
        csrf = False

    first = SelectField(_l("First moment"), name="from", validate_choice=False)
    first_at = DateTimeLocalField(
        _l("Another first moment"), name="from_at", format=[FORMAT, FORMAT + ":%S"], validators=[Optional()]
    )
    second = SelectField(_l("Second moment"), name="to", validate_choice=False)
    second_at = DateTimeLocalField(
        _l("Another second moment"), name="to_at", format=[FORMAT, FORMAT + ":%S"], validators=[Optional()]
    )
    who = RadioField(
        _l("Whose answers are compared"),
        choices=[
            SelectChoice(AGAIN, _l("People who voted on the statement again in between")),
            SelectChoice(ALL, _l("Everybody with a vote at both moments, whether or not they voted again")),
        ],
        default=AGAIN,
        validate_choice=False,
    )

    def offer(self, groups: Mapping[str, list[tuple[str, str]]], known: Mapping[str, datetime]) -> "ChangeForm":
        """Sets the moments to choose from: heading -> (key, words), and each key's moment."""
        self.known = {**known}
        self.first.choices = self.second.choices = {
            heading: [SelectChoice(*one) for one in rows] for heading, rows in groups.items()
        }
        for chosen, typed in ((self.first, self.first_at), (self.second, self.second_at)):
            written = _written(chosen.data)
            if written is not None:
                chosen.data, typed.data = TYPED, written
        if self.who.data not in (AGAIN, ALL):
            self.who.data = AGAIN
        return self

    def moments(self, zone: str) -> tuple[datetime, datetime] | None:
        """The two moments in UTC, or None with errors beside the fields."""
        self.validate()
        first = self._moment(self.first, self.first_at, zone)
        second = self._moment(self.second, self.second_at, zone)
        if first is None or second is None:
            return None
        if first >= second:
            typed = self.second.data == TYPED
            self._refuse(self.second_at if typed else self.second, _l("Choose a second moment after the first."))
            return None
        return first, second

    @property
    def recast(self) -> bool:
        """Whether only people who voted again are compared."""
        return self.who.data != ALL

    def _moment(self, chosen: SelectField, typed: DateTimeLocalField, zone: str) -> datetime | None:
        if chosen.data in self.known:
            typed.errors = []
            return self.known[chosen.data]
        if chosen.data != TYPED:
            self._refuse(chosen, _l("Choose a moment from the list."))
        elif typed.data is None:
            self._refuse(typed, _l("Enter a date and a time, such as 2026-11-24T18:30."))
        else:
            return to_utc(typed.data, zone)
        return None

    def _refuse(self, field: Any, words: Any) -> None:
        field.errors = [words]


def _written(key: str | None) -> datetime | None:
    """A time of the dialogue's zone in place of a key, so that an address can be written by hand."""
    try:
        written = datetime.fromisoformat(key or "")
    except ValueError:
        return None
    return written if written.tzinfo is None else None
