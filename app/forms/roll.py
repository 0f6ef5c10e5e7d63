"""Seats of the roll, one or many, and matching an arrival to a seat."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms.base import Form
from app.forms.words import sentence
from app.models.vault import VaultLobbyEntry
from app.queries.roll import SeatRow
from deliberation.errors import RuleError


class SeatForm(Form):
    """Who was recruited to a seat."""

    refusal_fields = {
        "name_missing": "name",
        "name_long": "name",
        "email_wrong": "email",
        "email_on_roll": "email",
        "phone_long": "phone",
    }

    name = StringField(_l("Name"), validators=[InputRequired(_l("Enter a name.")), Length(max=400)])
    email = StringField(_l("E-mail address (if you have it)"), validators=[Optional(), Length(max=320)])
    phone = StringField(_l("Phone (if you have it)"), validators=[Optional(), Length(max=80)])


class ManySeatsForm(Form):
    """A pasted list."""

    refusal_fields = {"nothing_on_roll": "lines", "roll_lines_wrong": "lines"}

    lines = TextAreaField(_l("People, one on each line"), validators=[InputRequired(_l("Paste at least one line."))])

    def refuse(self, refusal: RuleError) -> None:
        """A sentence for each line that needs a look."""
        super().refuse(refusal)
        for number, why in refusal.facts.get("wrong", ()):
            words = gettext("Line %(number)s: %(why)s", number=number, why=sentence(why))
            self.lines.errors = [*self.lines.errors, words]


class MatchForm(Form):
    """Which seat somebody in the lobby was recruited to."""

    seat = SelectField(_l("Seat"), validators=[InputRequired(_l("Choose a seat."))])

    def offer(self, rows: Sequence[SeatRow], entry: VaultLobbyEntry) -> None:
        """Seats in the order of their numbers; those that are taken say so, since a person may come twice."""
        self.seat.id = f"seat-{entry.public_id}"  # several of these forms stand on one page
        self.seat.choices = [
            SelectChoice("", gettext("Choose a seat")),
            *(SelectChoice(str(row.public_id), _seat_words(row)) for row in rows),
        ]


def _seat_words(row: SeatRow) -> str:
    if row.has_joined:
        return gettext("%(number)s: %(name)s (has joined already)", number=row.number, name=row.name)
    return gettext("%(number)s: %(name)s", number=row.number, name=row.name)
