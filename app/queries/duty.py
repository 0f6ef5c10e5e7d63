"""The rota of a dialogue's moderators, and the mails that were written."""

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderating import ModeratorDuty, OutgoingMail
from app.models.people import Account


def rota_of(dialogue: Dialogue) -> set[tuple[int, int]]:
    """(weekday, account) pairs; 0 is Monday."""
    rows = db.session.scalars(select(ModeratorDuty).where(ModeratorDuty.dialogue_id == dialogue.id))
    return {(row.weekday, row.account_id) for row in rows}


def mails_of(dialogue: Dialogue, limit: int = 20) -> list[tuple[OutgoingMail, Account]]:
    """The newest mails, each with whom it is to."""
    found = (
        select(OutgoingMail, Account)
        .join(Account, Account.id == OutgoingMail.account_id)
        .where(OutgoingMail.dialogue_id == dialogue.id)
        .order_by(OutgoingMail.id.desc())
        .limit(limit)
    )
    return [(mail, account) for mail, account in db.session.execute(found)]
