"""Packs: put together from items of gates, sent once with what the items say at that moment, and read."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.db import db, utcnow
from app.models.advice import PackItem, ReviewPack, ReviewReading
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember, ReviewItem, ReviewVersion
from app.models.people import Account
from app.queries.oversight import members_here
from app.queries.packs import timing_of, was_sent
from app.services.gates import bind, reopen_gate
from app.services.mail import PACK, write_mail
from app.services.recording import record
from deliberation.comments import check_words, tidy
from deliberation.errors import NotAllowed, RuleError
from deliberation.events import EventKind
from deliberation.packs import check_send


def save_pack(
    dialogue: Dialogue,
    group: OversightGroup,
    pack: ReviewPack | None,
    *,
    title: str,
    note: str,
    meets_on: date,
    items: Sequence[ReviewItem],
    by: Account,
) -> ReviewPack:
    """A pack with these items in this order, or other contents for one that has not been sent.

    Raises:
        RuleError: `pack_sent`; `nothing_to_review` for an item of which nothing is there.
    """
    if pack is not None and pack.sent_at is not None:
        raise RuleError("pack_sent")
    if pack is None:
        pack = ReviewPack(group_id=group.id)
        db.session.add(pack)
    pack.title = check_words(title, limit=200)
    pack.note = check_words(note, limit=4000) if tidy(note) else ""
    pack.meets_on = meets_on
    db.session.flush()
    _fill(dialogue, pack, items, by)
    return pack


def delete_pack(pack: ReviewPack) -> None:
    """Takes away a pack that nobody has seen; RuleError `pack_sent`."""
    if pack.sent_at is not None:
        raise RuleError("pack_sent")
    db.session.delete(pack)
    db.session.flush()


def send_pack(dialogue: Dialogue, pack: ReviewPack, *, by: Account) -> None:
    """Sends it: every item with what it says now. Members with an account get a mail; a closed gate opens again.

    Raises:
        RuleError: `pack_sent`, `pack_empty`, `nobody_in_group`, `nothing_to_review`.
    """
    members = members_here(pack.group)
    check_send(is_sent=pack.sent_at is not None, items=len(pack.items), members=len(members))
    items = [one.version.item for one in pack.items]
    _fill(dialogue, pack, items, by)
    pack.sent_at, pack.sent_by_id = utcnow(), by.id
    for gate in dict.fromkeys(item.gate for item in items):
        reopen_gate(gate, by=by)
    db.session.flush()
    when = timing_of(dialogue, pack, pack.sent_at)
    facts = {"items": len(items), "members": len(members), "days_late": when.days}
    record(EventKind.REVIEW_PACK_SENT, by=by, dialogue_id=dialogue.id, about=pack, facts=facts)
    for member in members:
        if member.account is not None:
            write_mail(dialogue, member.account, PACK)


def mark_read(dialogue: Dialogue, version: ReviewVersion, *, member: OversightMember | None, by: Account) -> None:
    """ "I have read this", by a member, of exactly this version; again changes nothing.

    Raises:
        NotAllowed: `not_a_member`.
        RuleError: `pack_not_sent`.
    """
    if member is None:
        raise NotAllowed("not_a_member")
    if not was_sent(version):
        raise RuleError("pack_not_sent")
    found = select(ReviewReading.id).where(
        ReviewReading.member_id == member.id, ReviewReading.version_id == version.id
    )
    if db.session.scalar(found) is None:
        db.session.add(ReviewReading(member_id=member.id, version_id=version.id))
        db.session.flush()
        facts = {"gate": version.item.gate.code, "number": version.number}
        record(EventKind.REVIEW_PACK_READ, by=by, dialogue_id=dialogue.id, about=version, facts=facts)


def _fill(dialogue: Dialogue, pack: ReviewPack, items: Sequence[ReviewItem], by: Account) -> None:
    """Exactly these items with what they say now."""
    versions = [bind(dialogue, item, by=by) for item in dict.fromkeys(items)]
    wanted = {version.id for version in versions}
    for row in list(pack.items):
        if row.version_id not in wanted:
            pack.items.remove(row)
    db.session.flush()
    known = {row.version_id: row for row in pack.items}
    for place, version in enumerate(versions, 1):
        item = known.get(version.id)
        if item is None:
            item = PackItem(version=version)
            pack.items.append(item)
        item.place = place
    db.session.flush()
