"""The rota (a tick for each moderator and weekday), the safeguarding lead, and whether the ledger is public."""

import uuid
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from app.forms.base import Form
from app.forms.moderation import id_of
from app.models.people import Account


class DutyForm(Form):
    """`duty` is sent as "weekday:public id", once for each tick."""

    lead = SelectField(_l("Safeguarding lead"), validate_choice=False)
    ledger_is_public = BooleanField(_l("Everybody can read the list of what was not shown, from now on"))
    refusal_fields = {"lead_not_here": "lead"}

    def offer(self, moderators: Iterable[Account]) -> None:
        """The people who can be named."""
        self.lead.choices = [
            SelectChoice("", _l("Nobody yet")),
            *(SelectChoice(str(one.public_id), one.display_name) for one in moderators),
        ]

    def lead_id(self) -> uuid.UUID | None:
        """The person chosen; a name that is not there is refused by the act."""
        return id_of(self.lead.data) if self.lead.data else None

    def on_duty(self, ticked: Iterable[str]) -> dict[int, list[uuid.UUID]]:
        """Weekday -> public ids."""
        found: dict[int, list[uuid.UUID]] = {}
        for one in ticked:
            day, _, ref = one.partition(":")
            key = id_of(ref)
            if day in set("0123456") and len(day) == 1 and key is not None:
                found.setdefault(int(day), []).append(key)
        return found
