"""A moderator's decision about words, the undoing of one, and what the desk shows."""

import uuid

from wtforms import StringField

from app.forms.base import Form
from deliberation.errors import RuleError
from deliberation.moderation import Decision, ReasonCode


class DecideForm(Form):
    """The button that was pressed: `decision` is approve or refuse; `reason` a code of the policy."""

    kind = StringField()
    words = StringField()
    decision = StringField()
    reason = StringField()

    def wanted(self) -> tuple[Decision, ReasonCode | None]:
        """(decision, reason); RuleError `reason_missing` for a reason that is not in the policy."""
        try:
            decision = Decision(self.decision.data or "")
            return decision, ReasonCode(self.reason.data) if self.reason.data else None
        except ValueError:
            raise RuleError("reason_missing") from None


class UndoForm(Form):
    """The decision to undo."""

    decision = StringField()


def id_of(typed: str | None) -> uuid.UUID | None:
    """A public id, or None for anything else."""
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None
