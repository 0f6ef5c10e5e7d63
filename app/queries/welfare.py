"""Welfare concerns, for the safeguarding lead alone; and who that is."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderating import ModerationSetting
from app.models.people import Account, Participant
from app.models.vault import Seat, VaultContact, VaultSeatLink, WelfareConcern
from app.queries.word_kinds import KINDS, find_words
from deliberation.moderation import WordState


@dataclass(frozen=True)
class Concern:
    """A concern as the safeguarding lead reads it. `contact` and `seat` only where there is a roll."""

    row: WelfareConcern
    raised_by: Account
    participant: Participant
    seat: Seat | None
    contact: VaultContact | None
    words: str


def setting_of(dialogue: Dialogue) -> ModerationSetting | None:
    """The dialogue's moderation settings, once somebody has saved them."""
    return db.session.scalar(select(ModerationSetting).where(ModerationSetting.dialogue_id == dialogue.id))


def lead_of(dialogue: Dialogue) -> Account | None:
    """The safeguarding lead."""
    setting = setting_of(dialogue)
    key = setting.safeguarding_lead_id if setting is not None else None
    return db.session.get(Account, key) if key is not None else None


def is_lead(dialogue: Dialogue, account: Account) -> bool:
    """Whether this account is the safeguarding lead."""
    setting = setting_of(dialogue)
    return setting is not None and setting.safeguarding_lead_id == account.id


def concerns_of(dialogue: Dialogue) -> list[Concern]:
    """Every concern, open ones first, newest first."""
    found = select(WelfareConcern).where(WelfareConcern.dialogue_id == dialogue.id)
    rows = db.session.scalars(
        found.order_by(WelfareConcern.closed_at.is_not(None), WelfareConcern.id.desc())
    )
    return [_concern(dialogue, row) for row in rows]


def find_concern(dialogue: Dialogue, public_id: uuid.UUID) -> WelfareConcern | None:
    """A concern of this dialogue."""
    return db.session.scalar(
        select(WelfareConcern).where(
            WelfareConcern.public_id == public_id, WelfareConcern.dialogue_id == dialogue.id
        )
    )


def _concern(dialogue: Dialogue, row: WelfareConcern) -> Concern:
    kind = KINDS.get(row.kind)
    words = find_words(dialogue, kind, row.words_ref) if kind is not None else None
    shown = kind is not None and words is not None and words.state is not WordState.WITHDRAWN
    seat = db.session.scalar(
        select(Seat).join(VaultSeatLink).where(VaultSeatLink.participant_id == row.participant_id)
    )
    return Concern(
        row=row,
        raised_by=db.session.get_one(Account, row.raised_by_id),
        participant=db.session.get_one(Participant, row.participant_id),
        seat=seat,
        contact=seat.contact if seat is not None else None,
        words=kind.text_of(words) if shown and kind is not None else "",
    )
