"""Forms of review gates and packs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels, oversight_labels
from app.forms.base import Form
from app.models.oversight import ReviewGate, ReviewItem
from app.queries.gates import Choice, GateRow
from deliberation.oversight import GateKind


class GateForm(Form):
    """What a gate is about."""

    refusal_fields = {"code_taken": "code"}

    code = StringField(_l("Code"), validators=[InputRequired(_l("Give it a short code, such as G7.")), Length(max=10)])
    title = StringField(_l("Title"), validators=[InputRequired(_l("Give it a title.")), Length(max=200)])
    kind = RadioField(
        _l("What it looks at"),
        choices=labels.choices(oversight_labels.GATE_KINDS),
        default=GateKind.MATERIALS.value,
        validators=[InputRequired()],
    )
    purpose = TextAreaField(_l("What is asked of the group"), validators=[Optional(), Length(max=4000)])
    due_on = DateField(_l("Advice is needed by"), validators=[Optional()])

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {
            "code": self.code.data or "",
            "title": self.title.data or "",
            "purpose": self.purpose.data or "",
            "kind": GateKind(self.kind.data),
            "due_on": self.due_on.data,
        }

    @staticmethod
    def present(gate: ReviewGate) -> dict[str, Any]:
        """What stands there now, for a form."""
        names = ("code", "title", "purpose", "due_on")
        return {name: getattr(gate, name) for name in names} | {"kind": gate.kind.value}


class ItemsForm(Form):
    """What a gate looks at."""

    refusal_fields = {"item_reviewed": "items"}

    items = SelectMultipleField(_l("What the group looks at here"), validators=[Optional()])

    def offer(self, choices: Sequence[Choice]) -> "ItemsForm":
        """Sets the things to choose from."""
        words = oversight_labels.ITEM_KINDS
        self.items.choices = [SelectChoice(one.value, f"{words[one.kind]}: {one.title}") for one in choices]
        return self

    def chosen(self, choices: Iterable[Choice]) -> list[Choice]:
        """What was ticked, in the order it was shown."""
        return [one for one in choices if one.value in (self.items.data or [])]


class CloseForm(Form):
    """The group's words as a whole."""

    refusal_fields = {"words_too_long": "advice"}

    advice = TextAreaField(_l("What the group says as a whole"), validators=[Optional(), Length(max=4000)])


class PackForm(Form):
    """A pack: for which meeting, and what is in it."""

    refusal_fields = {"nothing_to_review": "items", "pack_empty": "items", "words_empty": "title"}

    title = StringField(_l("Title"), validators=[InputRequired(_l("Give it a title.")), Length(max=200)])
    meets_on = DateField(_l("The group meets on"), validators=[InputRequired(_l("Say which day the group meets."))])
    note = TextAreaField(_l("A note to the group"), validators=[Optional(), Length(max=4000)])
    items = SelectMultipleField(_l("What is in it"), validators=[InputRequired(_l("Tick at least one thing."))])

    def offer(self, gates: Iterable[GateRow]) -> "PackForm":
        """Sets the items of every gate to choose from; `hints` says how each stands."""
        rows = [(gate.gate, row) for gate in gates for row in gate.items if row.text is not None]
        self.items.choices = [
            SelectChoice(str(row.item.public_id), f"{gate.code} · {row.item.title}") for gate, row in rows
        ]
        self.hints = {
            str(row.item.public_id): f"{oversight_labels.ITEM_KINDS[row.item.kind]}, "
            f"{oversight_labels.STANDINGS[row.standing]}"
            for _gate, row in rows
        }
        return self

    def chosen(self, gates: Iterable[GateRow]) -> list[ReviewItem]:
        """What was ticked, in the order of the gates."""
        ticked = set(self.items.data or [])
        return [row.item for gate in gates for row in gate.items if str(row.item.public_id) in ticked]

    def day(self) -> date:
        """The day of the meeting; only after `validate`."""
        assert self.meets_on.data is not None
        return self.meets_on.data
