"""A model's card: its facts each with a source, points on both sides, and the staff's rungs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field, SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.lines import lines_of
from app.forms.request_words import ASKED_SHORT
from deliberation.requests import Asked
from deliberation.stewardship import CardField, Rung

NOT_KNOWN, BY_DEFINITION = "-not-known", "-by-definition"
"""Choices beside the sources; no source's key begins with a dash."""


class CardForm(Form):
    """All of a card. Each fact has a text and a choice of source (`source_NAME`)."""

    refusal_fields = {"points_unequal": "points_against"}

    name = StringField(_l("Name"), validators=[InputRequired(_l("Give the model a name.")), Length(max=200)])
    plain = TextAreaField(
        _l("In two or three plain sentences"),
        validators=[InputRequired(_l("Say in plain words what it is.")), Length(max=2000)],
    )
    approaches = SelectMultipleField(_l("Approaches"), validators=[Optional()])
    is_current = BooleanField(_l("This is how it works today"))
    points_for = TextAreaField(_l("Points for"), validators=[Optional(), Length(max=8000)])
    points_against = TextAreaField(_l("Points against"), validators=[Optional(), Length(max=8000)])
    asked = SelectField(_l("What does it ask of each person?"), validators=[Optional()])
    rung_claimed = SelectField(_l("Rung that it claims"), validators=[Optional()])
    rung_evidenced = SelectField(_l("Rung that the evidence shows"), validators=[Optional()])

    def offer(self, approaches: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]]) -> "CardForm":
        """Sets what can be chosen, from the dialogue's approaches and sources."""
        self.approaches.choices = [SelectChoice(str(row["key"]), str(row["name"])) for row in approaches]
        rungs = [SelectChoice("", _l("Not said")), *labels.choices(labels.RUNGS)]
        self.rung_claimed.choices = self.rung_evidenced.choices = rungs
        self.asked.choices = [SelectChoice("", _l("The card does not say")), *labels.choices(ASKED_SHORT)]
        known = [SelectChoice(str(row["key"]), str(row.get("title") or row["key"])) for row in sources]
        for field in CardField:
            self[f"source_{field.value}"].choices = [
                SelectChoice("", _l("Choose a source")),
                *known,
                SelectChoice(NOT_KNOWN, _l("It is not known")),
                SelectChoice(BY_DEFINITION, _l("It is what the model is")),
            ]
        return self

    def facts(self) -> dict[str, dict[str, Any]]:
        """Field -> {text, source, not_known, by_definition}, as typed."""
        typed = {}
        for field in CardField:
            chosen = self[f"source_{field.value}"].data or ""
            typed[field.value] = {
                "text": (self[f"fact_{field.value}"].data or "").strip(),
                "source": None if chosen in {"", NOT_KNOWN, BY_DEFINITION} else chosen,
                "not_known": chosen == NOT_KNOWN,
                "by_definition": chosen == BY_DEFINITION,
            }
        return typed

    def fact_fields(self) -> Iterator[tuple[CardField, Field, Field]]:
        """(fact, field of its text, field of its source), in order."""
        for field in CardField:
            yield field, self[f"fact_{field.value}"], self[f"source_{field.value}"]

    def values(self) -> dict[str, Any]:
        """What a card says, as the service takes it."""
        return {
            "name": self.name.data or "",
            "plain": self.plain.data or "",
            "approaches": list(self.approaches.data or []),
            "is_current": bool(self.is_current.data),
            "facts": self.facts(),
            "points_for": lines_of(self.points_for.data),
            "points_against": lines_of(self.points_against.data),
            "asked": Asked(self.asked.data) if self.asked.data else None,
            "rung_claimed": Rung(self.rung_claimed.data) if self.rung_claimed.data else None,
            "rung_evidenced": Rung(self.rung_evidenced.data) if self.rung_evidenced.data else None,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Words of a fact need a source, or a choice that says why there is none."""
        fine = bool(super().validate(extra_validators))
        for _, text, source in self.fact_fields():
            if (text.data or "").strip() and not source.data:
                source.errors = [*source.errors, gettext("Choose a source, or say that it is not known.")]
                fine = False
        return fine


def source_choice(fact: Mapping[str, Any]) -> str:
    """The choice that stands for a fact's source."""
    if fact.get("source"):
        return str(fact["source"])
    if fact.get("by_definition"):
        return BY_DEFINITION
    return NOT_KNOWN if fact.get("not_known") else ""


for _field in CardField:
    setattr(
        CardForm,
        f"fact_{_field.value}",
        TextAreaField(labels.CARD_FIELDS[_field], validators=[Optional(), Length(max=2000)]),
    )
    setattr(CardForm, f"source_{_field.value}", SelectField(_l("Where it comes from"), validators=[Optional()]))
