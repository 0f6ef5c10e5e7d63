"""The form of a finding: its sentence, its limits, and what it cites."""

import uuid
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Optional

from app.forms.base import Form
from app.forms.fields import UuidField
from app.queries.findings import Cited
from deliberation.terms import EvidenceKind, LinkStance

_KINDS = {one.value for one in EvidenceKind}
_STANCES = {one.value for one in LinkStance}


class FindingForm(Form):
    """A sentence that a person stands behind; citations are fields such as `statement-<id>` (see `citations`)."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("The finding, in one sentence"), validators=[InputRequired(_l("Write the finding."))])
    limits = TextAreaField(_l("What it does not say"), validators=[Optional()])
    draft = UuidField(validators=[Optional()])


def citations(sent: Mapping[str, str]) -> list[Cited]:
    """What a sent form cites; fields left at "no", and nonsense, are passed over."""
    found = []
    for name, value in sent.items():
        kind, _, ref = name.partition("-")
        if kind not in _KINDS or value not in _STANCES:
            continue
        try:
            found.append(Cited(EvidenceKind(kind), uuid.UUID(ref), LinkStance(value)))
        except ValueError:
            continue
    return found


def citation_fields(cited: list[Cited]) -> dict[str, str]:
    """The other way round: field name -> stance, to fill a form with."""
    return {f"{one.kind.value}-{one.public_id}": one.stance.value for one in cited}


class EmptyForm(Form):
    """A button: nothing but its token."""
