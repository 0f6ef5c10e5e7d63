"""Forms of the trade-off grid: one criterion a page for people, the whole grid on one page for staff."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf, InputRequired, Optional

from app.forms import labels, task_labels
from app.forms.why import WhyForm
from app.models.criteria import Criterion
from deliberation.stewardship import Approach
from deliberation.tradeoffs import APPROACHES, Mark, Verdict

TABLE, SELF = "table", "self"


def approach_names(approaches: Sequence[Mapping[str, Any]]) -> dict[Approach, str]:
    """The three approaches in the dialogue's own words, else in ours."""
    own = {str(row.get("key")): str(row.get("name") or "") for row in approaches}
    return {one: own.get(one.value) or str(labels.APPROACHES[one]) for one in APPROACHES}


class _GridForm(WhyForm):
    """`by` says for whom: oneself or one's table."""

    by = HiddenField(validators=[Optional(), AnyOf([TABLE, SELF])])

    @property
    def for_table(self) -> bool:
        """Whether the table is meant."""
        return bool(self.by.data == TABLE)


class RowForm(_GridForm):
    """One criterion: a word for each approach; any of them can be left out."""

    refusal_fields = {"words_too_long": "why", "grid_row_empty": APPROACHES[0].value}

    def name(self, names: Mapping[Approach, str]) -> "RowForm":
        """Gives the three questions the dialogue's own names of the approaches."""
        for approach in APPROACHES:
            self[approach.value].label.text = names[approach]
        return self

    def marks(self) -> dict[str, str]:
        """Approach -> mark, as sent; empty where nothing was chosen."""
        return {one.value: self[one.value].data or "" for one in APPROACHES}


for _approach in APPROACHES:
    setattr(
        RowForm,
        _approach.value,
        RadioField(
            labels.APPROACHES[_approach], choices=labels.choices(task_labels.MARKS), validators=[Optional()]
        ),
    )


class VerdictForm(_GridForm):
    """What is said of the whole grid. "None of the three" and "no one should get the scans" are answers too."""

    verdict = RadioField(
        _l("When you look at all of it, what do you say?"),
        choices=labels.choices(task_labels.VERDICTS),
        validators=[InputRequired(_l("Choose one of the answers first."))],
    )


class TableGrid:
    """A whole grid as a facilitator types it: `mark-CRITERION-APPROACH`, `why-CRITERION` and `verdict`."""

    def __init__(self, sent: Mapping[str, str], criteria: Sequence[Criterion]) -> None:
        self.sent = sent
        self.criteria = criteria
        self.errors: list[str] = []

    def marks(self, criterion: Criterion) -> dict[str, str]:
        """Approach -> mark of one row."""
        return {one.value: self.sent.get(mark_field(criterion, one), "") for one in APPROACHES}

    def why(self, criterion: Criterion) -> str:
        """The words of one row."""
        return self.sent.get(f"why-{criterion.public_id}", "")

    def verdict(self) -> Verdict | None:
        """What was chosen for the whole grid."""
        chosen = self.sent.get("verdict", "")
        return Verdict(chosen) if chosen in set(Verdict) else None

    def validate(self) -> bool:
        """Each mark is one of the four; something was chosen somewhere."""
        given = [mark for one in self.criteria for mark in self.marks(one).values() if mark]
        if any(mark not in set(Mark) for mark in given):
            self.errors.append(gettext("Choose one of the answers shown."))
        if not given and self.verdict() is None:
            self.errors.append(gettext("Choose at least one answer."))
        return not self.errors


def mark_field(criterion: Criterion, approach: Approach) -> str:
    """The name of the field of one cell."""
    return f"mark-{criterion.public_id}-{approach.value}"
