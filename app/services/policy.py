"""Writing the next version of a dialogue's moderation policy."""

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderating import ModerationPolicy
from app.models.people import Account
from app.queries.policy import current_policy
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.policy import Policy


def start_policy(dialogue: Dialogue, policy: Policy) -> ModerationPolicy:
    """The first version, part of the making of a dialogue, which is an event of its own."""
    row = ModerationPolicy(dialogue_id=dialogue.id, version=1, intro=policy.intro, reasons=policy.as_rows())
    db.session.add(row)
    return row


def edit_policy(dialogue: Dialogue, policy: Policy, *, by: Account) -> ModerationPolicy:
    """The next version; earlier ones stay as they are.

    Raises:
        RuleError: `unchanged`.
    """
    before = current_policy(dialogue)
    if before.version and (before.intro, before.reasons) == (policy.intro, policy.reasons):
        raise RuleError("unchanged")
    row = ModerationPolicy(
        dialogue_id=dialogue.id,
        version=before.version + 1,
        intro=policy.intro,
        reasons=policy.as_rows(),
        edited_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    facts = {"version": row.version}
    record(EventKind.POLICY_EDITED, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row
