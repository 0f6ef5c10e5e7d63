"""Packs as a member reads them: what is in them, what changed since they last saw it, and how long it takes."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.db import db
from app.models.advice import Advice, PackItem, ReviewPack, ReviewReading
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember, ReviewVersion
from deliberation.oversight import parts_of, readable
from deliberation.packs import Timing, timing
from deliberation.readability import minutes_to_read


@dataclass(frozen=True)
class PackLine:
    """One thing to read. `before`: the version that this member read last; `advice`: pieces on it that stand."""

    version: ReviewVersion
    before: ReviewVersion | None
    is_read: bool
    minutes: int
    advice: int

    @property
    def is_new(self) -> bool:
        """Whether this member has read no version of it."""
        return self.before is None and not self.is_read


def today_in(dialogue: Dialogue, now: datetime) -> date:
    """The day it is where the dialogue is."""
    return now.astimezone(ZoneInfo(dialogue.timezone)).date()


def find_pack(group: OversightGroup, public_id: uuid.UUID, *, drafts: bool) -> ReviewPack | None:
    """A pack of this group; one that was not sent only for those who make packs (`drafts`)."""
    found = select(ReviewPack).where(ReviewPack.public_id == public_id, ReviewPack.group_id == group.id)
    return db.session.scalar(found if drafts else found.where(ReviewPack.sent_at.is_not(None)))


def packs_of(group: OversightGroup, *, drafts: bool) -> list[ReviewPack]:
    """Packs, the newest meeting first."""
    found = select(ReviewPack).where(ReviewPack.group_id == group.id)
    found = found if drafts else found.where(ReviewPack.sent_at.is_not(None))
    return list(db.session.scalars(found.order_by(ReviewPack.meets_on.desc(), ReviewPack.id.desc())))


def find_version(pack: ReviewPack, public_id: uuid.UUID) -> ReviewVersion | None:
    """A version that is in this pack."""
    return next((one.version for one in pack.items if one.version.public_id == public_id), None)


def timing_of(dialogue: Dialogue, pack: ReviewPack, now: datetime) -> Timing:
    """When the pack is due and how late it is."""
    sent = today_in(dialogue, pack.sent_at) if pack.sent_at else None
    return timing(pack.meets_on, pack.group.pack_days, today=today_in(dialogue, now), sent_on=sent)


def lines_of(pack: ReviewPack, member: OversightMember | None) -> list[PackLine]:
    """What is in the pack, in order, as this member has it before them; nobody's with None."""
    versions = [one.version for one in pack.items]
    read = _read_by(member)
    counts = _advice_on([one.id for one in versions])
    return [
        PackLine(one, last_seen(one, read), one.id in read, minutes_of(one), counts.get(one.id, 0)) for one in versions
    ]


def last_seen(version: ReviewVersion, read: set[int]) -> ReviewVersion | None:
    """The newest earlier version of the same thing among those read."""
    earlier = [one for one in version.item.versions if one.number < version.number and one.id in read]
    return earlier[-1] if earlier else None


def last_seen_by(version: ReviewVersion, member: OversightMember | None) -> ReviewVersion | None:
    """The newest earlier version that this member said they had read."""
    return last_seen(version, _read_by(member))


def is_read(version: ReviewVersion, member: OversightMember | None) -> bool:
    """Whether this member said "I have read this" of this very version."""
    return version.id in _read_by(member)


def readers_of(version: ReviewVersion) -> int:
    """How many members have read it."""
    found = select(func.count()).select_from(ReviewReading).where(ReviewReading.version_id == version.id)
    return db.session.scalar(found) or 0


def words_of(version: ReviewVersion) -> str:
    """A bound content as one Markdown text, its labels as headings."""
    return readable(parts_of(version.text))


def minutes_of(version: ReviewVersion) -> int:
    """Minutes to read it, at least one."""
    return max(1, minutes_to_read(words_of(version)))


def open_packs(group: OversightGroup) -> list[ReviewPack]:
    """Packs that have not been sent, the nearest meeting first."""
    found = select(ReviewPack).where(ReviewPack.group_id == group.id, ReviewPack.sent_at.is_(None))
    return list(db.session.scalars(found.order_by(ReviewPack.meets_on, ReviewPack.id)))


def was_sent(version: ReviewVersion) -> bool:
    """Whether a pack with it went out."""
    found = select(PackItem.id).join(ReviewPack).where(PackItem.version_id == version.id)
    return db.session.scalar(found.where(ReviewPack.sent_at.is_not(None)).limit(1)) is not None


def _read_by(member: OversightMember | None) -> set[int]:
    if member is None:
        return set()
    return set(db.session.scalars(select(ReviewReading.version_id).where(ReviewReading.member_id == member.id)))


def _advice_on(versions: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Advice.version_id, func.count())
        .where(Advice.version_id.in_(versions), Advice.withdrawn_at.is_(None))
        .group_by(Advice.version_id)
    )
    return {version_id: count for version_id, count in rows}  # noqa: C416 - a Row is no pair to mypy
