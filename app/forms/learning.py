"""A material's words and facts, and a glossary word."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import labels
from app.forms.base import Form


class MaterialForm(Form):
    """One thing to read."""

    refusal_fields = {"words_empty": "body", "words_too_long": "body"}

    title = StringField(_l("Title"), validators=[InputRequired(_l("Give it a title.")), Length(max=200)])
    kind = RadioField(_l("Kind"), choices=labels.choices(labels.MATERIAL_KINDS), default="explainer")
    minutes = IntegerField(
        _l("Minutes to read"),
        default=5,
        validators=[
            InputRequired(_l("Enter the minutes as a whole number.")),
            NumberRange(0, 240, _l("Enter whole minutes, at most 240.")),
        ],
    )
    is_invented = BooleanField(_l("It is invented for discussion"))
    sources = SelectMultipleField(_l("Sources"), validators=[Optional()])
    supplied_by = StringField(_l("Who supplied it"), validators=[Optional(), Length(max=200)])
    body = TextAreaField(_l("Words"), validators=[InputRequired(_l("Write something first."))])

    def offer(self, sources: Sequence[Mapping[str, Any]]) -> "MaterialForm":
        """Sets the sources to choose from."""
        self.sources.choices = [SelectChoice(str(row["key"]), str(row.get("title") or row["key"])) for row in sources]
        return self

    def values(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        return {
            "title": self.title.data or "",
            "kind": self.kind.data,
            "minutes": self.minutes.data,
            "is_invented": bool(self.is_invented.data),
            "sources": list(self.sources.data or []),
            "supplied_by": self.supplied_by.data or "",
            "body": self.body.data or "",
        }


class TermForm(Form):
    """A word that is explained in place."""

    refusal_fields = {"term_exists": "term"}

    term = StringField(_l("Word"), validators=[InputRequired(_l("Enter the word.")), Length(max=200)])
    definition = TextAreaField(
        _l("What it means"), validators=[InputRequired(_l("Say what it means.")), Length(max=1000)]
    )
    also = StringField(_l("Other forms of the word"), validators=[Optional(), Length(max=500)])

    def values(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        return {
            "term": self.term.data or "",
            "definition": self.definition.data or "",
            "also": (self.also.data or "").split(","),
        }
