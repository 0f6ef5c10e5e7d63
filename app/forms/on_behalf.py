"""Forms of entering for somebody: whom, the sheet, consent on paper, and how late paper is taken."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.db import utcnow
from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField
from app.models.comments import Prompt
from app.models.voting import Statement
from deliberation.consent import OPTIONAL, Purpose
from deliberation.on_behalf import EntryWay, LateWindow
from deliberation.voting import Position, position_of

_LONG = _l("This is much too long.")


def _today() -> date:
    return utcnow().date()


class WhomForm(Form):
    """Whose sheet it is, and for which stage."""

    refusal_fields = {"nobody_found": "who"}

    stage = SelectField(_l("Part"), validators=[InputRequired(_l("Choose a part."))])
    who = StringField(_l("Seat number, or the code on the sheet"), validators=[InputRequired(_l("Type whose it is."))])


class LateForm(Form):
    """How long after closing paper is taken."""

    window = RadioField(
        _l("After a part has closed, take paper"),
        choices=labels.choices(labels.LATE_WINDOWS),
        validators=[InputRequired(_l("Choose how long."))],
    )

    @property
    def wanted(self) -> LateWindow:
        """What was chosen."""
        return LateWindow(self.window.data)


class SheetForm(Form):
    """Everything on a sheet but the votes, which `votes_in` reads from the fields of the table."""

    refusal_fields = {
        "asked_missing": "was_asked",
        "asked_whom_missing": "asked_whom",
        "entry_before_missing": "was_before",
        "entry_too_late": "was_before",
        "words_empty": "statements",
        "words_too_long": "statements",
    }

    client_key = UuidField(validators=[DataRequired()])
    way = RadioField(
        _l("How did it reach you?"),
        choices=labels.choices(labels.ENTRY_WAYS),
        default=EntryWay.PAPER.value,
        validators=[InputRequired(_l("Choose how it reached you."))],
    )
    was_asked = BooleanField(_l("They asked us to enter it"))
    asked_whom = StringField(_l("Whom did they ask?"), validators=[Length(max=1_000, message=_LONG)])
    asked_on = DateField(_l("When?"), default=_today, validators=[InputRequired(_l("Enter a day."))])
    was_before = BooleanField(_l("It was filled in, or said, before this part closed"))
    statements = TextAreaField(
        _l("Their own statements, one on each line"), validators=[Length(max=20_000, message=_LONG)]
    )


class ConsentOnPaperForm(Form):
    """What somebody signed, or said on the phone."""

    refusal_fields = {"consent_needed": "took_part"}

    took_part = BooleanField(_l("They have had the privacy notice and said yes to taking part"))
    given = SelectMultipleField(
        _l("Extra permissions they said yes to"),
        choices=[SelectChoice(purpose.value, purpose.value) for purpose in OPTIONAL],
        validators=[Optional()],
    )

    def name_choices(self, names: Mapping[str, str]) -> None:
        """Puts the dialogue's own words beside each tick. `names`: purpose -> label."""
        self.given.choices = [SelectChoice(one.value, names.get(one.value, one.value)) for one in OPTIONAL]

    def chosen(self) -> frozenset[Purpose]:
        """The permissions that are ticked."""
        return frozenset(Purpose(value) for value in self.given.data or ())


def votes_in(
    typed: Mapping[str, Any], statements: Iterable[Statement]
) -> tuple[list[tuple[Statement, Position, bool]], frozenset[int]]:
    """(votes, inner keys of statements whose own vote is to be replaced) from the fields `p-N`, `i-N` and `r-N`.

    Raises:
        RuleError: `unknown_position`.
    """
    votes, replace = [], set()
    for one in statements:
        value = typed.get(f"p-{one.number}", "")
        if value != "":
            votes.append((one, position_of(value), f"i-{one.number}" in typed))
        if f"r-{one.number}" in typed:
            replace.add(one.id)
    return votes, frozenset(replace)


def answers_in(typed: Mapping[str, Any], prompts: Iterable[Prompt]) -> list[tuple[Prompt, str]]:
    """(prompt, words) from the fields `a-N`, N being the prompt's place; blank ones are left out."""
    found = [(one, str(typed.get(f"a-{one.place}", ""))) for one in prompts]
    return [(prompt, text) for prompt, text in found if text.strip()]
