"""What everybody may read of the Oversight Group, by its own publication rules, once its page is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.advice import Advice
from app.models.concerns import OversightConcern
from app.models.dialogues import Dialogue
from app.models.minutes import MinutesVersion, OversightPage
from app.models.oversight import OversightGroup, OversightMember
from app.queries.concerns import published_concerns
from app.queries.minutes import page_of, published_versions
from app.queries.oversight import group_of


@dataclass(frozen=True)
class PublicPage:
    """The page. `members` is empty where the group does not publish them; `minutes` holds the newest of each meeting.

    `overrides`: a reason for showing something although a must-fix stood open is public whatever the rules say.
    """

    group: OversightGroup
    page: OversightPage
    members: list[OversightMember]
    member_count: int
    minutes: list[MinutesVersion]
    advice: list[Advice]
    overrides: list[Advice]
    concerns: list[OversightConcern]


def public_page(dialogue: Dialogue) -> PublicPage | None:
    """The public page of a dialogue's group; None while it is closed or there is no group."""
    group = group_of(dialogue)
    page = page_of(group)
    if group is None or page is None:
        return None
    return PublicPage(
        group=group,
        page=page,
        members=sorted(group.members, key=_order) if group.publishes_members else [],
        member_count=sum(one.left_on is None and not one.is_observer for one in group.members),
        minutes=newest_of_each(published_versions(group)) if group.publishes_minutes else [],
        advice=published_advice(group) if group.publishes_advice else [],
        overrides=[one for one in all_advice(group) if one.overridden_at is not None],
        concerns=published_concerns(group),
    )


def published_minutes(dialogue: Dialogue) -> list[MinutesVersion]:
    """Every published version that the public page leads to, earlier ones too."""
    group = group_of(dialogue)
    if group is None or page_of(group) is None or not group.publishes_minutes:
        return []
    return published_versions(group)


def all_advice(group: OversightGroup) -> list[Advice]:
    """Advice that was not taken back, by number."""
    found = (
        select(Advice)
        .where(Advice.group_id == group.id, Advice.withdrawn_at.is_(None))
        .options(selectinload(Advice.answers), selectinload(Advice.item), selectinload(Advice.member))
    )
    return list(db.session.scalars(found.order_by(Advice.number)))


def published_advice(group: OversightGroup) -> list[Advice]:
    """Advice that was published, or was overridden in public."""
    shown = or_(Advice.published_at.is_not(None), Advice.overridden_at.is_not(None))
    found = select(Advice).where(Advice.group_id == group.id, Advice.withdrawn_at.is_(None), shown)
    return list(db.session.scalars(found.options(selectinload(Advice.answers)).order_by(Advice.number)))


def newest_of_each(versions: Sequence[MinutesVersion]) -> list[MinutesVersion]:
    """The newest of each meeting among versions that stand newest first."""
    seen: dict[int, MinutesVersion] = {}
    for one in versions:
        seen.setdefault(one.meeting_id, one)
    return list(seen.values())


def _order(member: OversightMember) -> tuple[bool, bool, bool, int]:
    return member.left_on is not None, not member.is_chair, member.is_observer, member.id
