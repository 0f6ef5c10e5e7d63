"""Moderation settings: who is on duty on which weekday, the safeguarding lead, and whether the ledger is public."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import delete

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderating import ModerationSetting, ModeratorDuty
from app.models.people import Account
from app.queries.opinions import moderators_of
from app.queries.welfare import setting_of
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind


def edit_duty(
    dialogue: Dialogue,
    *,
    on_duty: Mapping[int, Collection[uuid.UUID]],
    lead: uuid.UUID | None,
    ledger_is_public: bool,
    by: Account,
) -> None:
    """Replaces rota and settings.

    Args:
        on_duty: weekday (0 is Monday) -> public ids of facilitators; others are left out.

    Raises:
        RuleError: `lead_not_here` when the lead is no facilitator of the dialogue.
    """
    here = {account.public_id: account for account in moderators_of(dialogue)}
    if lead is not None and lead not in here:
        raise RuleError("lead_not_here")
    setting = setting_of(dialogue) or ModerationSetting(dialogue_id=dialogue.id)
    setting.safeguarding_lead_id = here[lead].id if lead is not None else None
    setting.ledger_is_public = ledger_is_public
    db.session.add(setting)
    db.session.execute(delete(ModeratorDuty).where(ModeratorDuty.dialogue_id == dialogue.id))
    rows = [
        ModeratorDuty(dialogue_id=dialogue.id, weekday=weekday, account_id=here[one].id)
        for weekday in range(7)
        for one in dict.fromkeys(on_duty.get(weekday, ()))
        if one in here
    ]
    db.session.add_all(rows)
    db.session.flush()
    facts = {"count": len(rows)}
    record(EventKind.DUTY_EDITED, by=by, dialogue_id=dialogue.id, facts=facts)
