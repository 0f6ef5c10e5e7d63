"""Forms of a vote stage."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField
from app.forms.warnings import MindsPersonalData
from deliberation.comments import CONDITION_LIMIT
from deliberation.voting import Position

_AGAIN = _l("This page is not complete. Load it again and send it once more.")


class StatementForm(Form):
    """Which statement an act is about."""

    statement_id = UuidField(validators=[DataRequired(_AGAIN)])
    back = HiddenField(validators=[Optional(), AnyOf(["list"])])


class VoteForm(StatementForm):
    """A position on one statement, with the key that makes sending it twice count once."""

    client_key = UuidField(validators=[DataRequired(_AGAIN)])
    position = HiddenField(
        validators=[
            InputRequired(_l("Choose agree, disagree or pass.")),
            AnyOf([str(int(p)) for p in Position], _l("Choose agree, disagree or pass.")),
        ]
    )
    important = BooleanField(_l("This matters a lot to me"))
    after = HiddenField()

    @property
    def newest_known(self) -> int | None:
        """The newest vote that the page knew of when it was made."""
        return _whole(self.after.data or "")


@dataclass(frozen=True)
class SentVote:
    """A whole vote form, as `VoteForm` would take it."""

    statement_id: uuid.UUID
    client_key: uuid.UUID
    position: int
    is_important: bool
    after: int | None


def read_vote(sent: Mapping[str, str]) -> SentVote | None:
    """The vote of one statement's card, read without building a form; None for anything that `VoteForm` may refuse.

    A form of the list goes the ordinary way.
    """
    try:
        statement_id, key = uuid.UUID(sent.get("statement_id", "")), uuid.UUID(sent.get("client_key", ""))
    except ValueError:
        return None
    position, after = sent.get("position"), sent.get("after", "")
    if position not in _POSITIONS or sent.get("back") or (after and _whole(after) is None):
        return None
    is_important = sent.get("important", "") not in BooleanField.false_values
    return SentVote(statement_id, key, int(position), is_important, _whole(after))


_POSITIONS = frozenset(str(int(position)) for position in Position)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class PassForm(MindsPersonalData, StatementForm):
    """Why somebody passed; optional, and "it depends" asks on what."""

    reason = RadioField(_l("Want to say why?"), choices=labels.choices(labels.PASS_REASONS), validators=[Optional()])
    depends_on = TextAreaField(
        _l("It depends on what?"),
        validators=[Length(max=CONDITION_LIMIT * 4, message=_l("This is much too long."))],
    )
