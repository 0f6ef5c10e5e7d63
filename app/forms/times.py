"""Times as people type them: in the dialogue's zone, kept in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

FORMAT = "%Y-%m-%dT%H:%M"
"""What a browser sends for a `datetime-local` input."""


def to_utc(typed: datetime | None, zone: str) -> datetime | None:
    """A typed time without a zone, as a moment; None for none.

    In the hour that a clock change repeats the first of the two is meant; a time that a clock change
    skips is read as it would have been before the change.
    """
    if typed is None:
        return None
    return typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def to_local(moment: datetime | None, zone: str) -> datetime | None:
    """A moment as the time on the wall in this zone, to be typed over; None for none."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
