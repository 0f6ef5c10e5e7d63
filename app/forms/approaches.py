"""The three approaches of a dialogue, in its own words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.forms.base import Form
from deliberation.stewardship import Approach

TEXTS = ("name", "plain", "longer")


class ApproachesForm(Form):
    """Name, plain sentence and longer text of each; the fields are called `delegated_name` and so on."""

    def texts(self) -> dict[str, dict[str, str]]:
        """Key of an approach -> its texts, as typed."""
        return {
            key: {text: (self[f"{key}_{text}"].data or "").replace("\r\n", "\n").strip() for text in TEXTS}
            for key in KEYS
        }


def present(approaches: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the form shows to begin with."""
    rows = {row["key"]: row for row in approaches}
    return {f"{key}_{text}": str(rows.get(key, {}).get(text, "")) for key in KEYS for text in TEXTS}


KEYS = tuple(approach.value for approach in Approach if approach.value in ("delegated", "collective", "individual"))

for _key in KEYS:
    setattr(
        ApproachesForm,
        f"{_key}_name",
        StringField(_l("Name"), validators=[InputRequired(_l("Give it a name.")), Length(max=80)]),
    )
    setattr(
        ApproachesForm,
        f"{_key}_plain",
        TextAreaField(
            _l("In one plain sentence"), validators=[InputRequired(_l("Say it in one sentence.")), Length(max=300)]
        ),
    )
    setattr(
        ApproachesForm, f"{_key}_longer", TextAreaField(_l("Longer text"), validators=[Optional(), Length(max=4000)])
    )
