"""Minutes as they are read: versions with their states, objections, and what of them is public."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.meetings import OversightMeeting
from app.models.minutes import MinutesObjection, MinutesVersion, OversightPage
from app.models.oversight import OversightGroup
from deliberation.minutes import Facts, MinutesState, Objected, clears_at, state, unanswered


@dataclass(frozen=True)
class VersionRow:
    """One version: how it stands now, and when it is cleared unless a member objects."""

    version: MinutesVersion
    state: MinutesState
    clears_at: datetime | None


def versions_of(meeting: OversightMeeting) -> list[MinutesVersion]:
    """Every version of a meeting's minutes, in order."""
    found = select(MinutesVersion).where(MinutesVersion.meeting_id == meeting.id)
    return list(db.session.scalars(found.order_by(MinutesVersion.number)))


def facts_of(version: MinutesVersion, versions: Sequence[MinutesVersion]) -> Facts:
    """What the rule needs to know of one version among all of its meeting."""
    earlier = [one for one in versions if one.number < version.number]
    return Facts(
        is_newest=version.number == versions[-1].number,
        circulated_at=version.circulated_at,
        clear_by=version.clear_by,
        objections=_objected(version),
        published_at=version.published_at,
        open_before=sum(unanswered(_objected(one)) for one in earlier),
    )


def rows_of(meeting: OversightMeeting, now: datetime) -> list[VersionRow]:
    """Every version with its state, the newest first."""
    versions = versions_of(meeting)
    rows = []
    for one in reversed(versions):
        facts = facts_of(one, versions)
        rows.append(VersionRow(one, state(facts, now), clears_at(facts)))
    return rows


def newest_row(meeting: OversightMeeting, now: datetime) -> VersionRow | None:
    """The newest version with its state; None before there is any."""
    rows = rows_of(meeting, now)
    return rows[0] if rows else None


def find_version(meeting: OversightMeeting, public_id: uuid.UUID) -> MinutesVersion | None:
    """A version of this meeting's minutes."""
    found = select(MinutesVersion).where(MinutesVersion.public_id == public_id)
    return db.session.scalar(found.where(MinutesVersion.meeting_id == meeting.id))


def find_objection(meeting: OversightMeeting, public_id: uuid.UUID) -> MinutesObjection | None:
    """An objection to a version of this meeting's minutes."""
    return db.session.scalar(
        select(MinutesObjection)
        .join(MinutesVersion, MinutesVersion.id == MinutesObjection.version_id)
        .where(MinutesObjection.public_id == public_id, MinutesVersion.meeting_id == meeting.id)
    )


def published_versions(group: OversightGroup) -> list[MinutesVersion]:
    """Every published version of the group's minutes: the latest meeting first, its newest version first."""
    return list(
        db.session.scalars(
            select(MinutesVersion)
            .join(OversightMeeting, OversightMeeting.id == MinutesVersion.meeting_id)
            .where(OversightMeeting.group_id == group.id, MinutesVersion.published_at.is_not(None))
            .order_by(OversightMeeting.starts_at.desc(), MinutesVersion.number.desc())
        )
    )


def find_published(group: OversightGroup, public_id: uuid.UUID) -> MinutesVersion | None:
    """A published version of the group's minutes."""
    return next((one for one in published_versions(group) if one.public_id == public_id), None)


def page_of(group: OversightGroup | None) -> OversightPage | None:
    """The row that says that the public page is open."""
    if group is None:
        return None
    return db.session.scalar(select(OversightPage).where(OversightPage.group_id == group.id))


def _objected(version: MinutesVersion) -> tuple[Objected, ...]:
    return tuple(Objected(one.raised_at, one.answered_at) for one in version.objections)
