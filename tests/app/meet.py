"""What tests of meetings share: a dialogue with a group, its people, a meeting that was held, and addresses."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.db import transaction, utcnow
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.services import meeting_records, meetings, minutes
from deliberation.meetings import Attended, Presence
from deliberation.roles import Role
from tests import factories
from tests.app.way import saved

JOINED = date(2026, 1, 5)


@dataclass
class Circle:
    """A dialogue with its Oversight Group: three members, the first of them the chair, a deputy and an observer."""

    dialogue: Dialogue
    group: OversightGroup
    staff: Account
    accounts: list[Account]
    members: list[OversightMember]
    deputy: OversightMember
    observer: OversightMember
    meetings: list[OversightMeeting] = field(default_factory=list)

    @property
    def at(self) -> str:
        """The beginning of every address."""
        return f"/d/{self.dialogue.public_id}/oversight"

    @property
    def open(self) -> str:
        """The public page."""
        return f"/open/{self.dialogue.public_id}/oversight"

    @property
    def meeting(self) -> OversightMeeting:
        """The meeting made last."""
        return self.meetings[-1]

    @property
    def there(self) -> str:
        """The address of that meeting."""
        return f"{self.at}/meetings/{self.meeting.public_id}"


def make_circle(**changes: Any) -> Circle:
    """The group, without a meeting."""
    dialogue = factories.make_dialogue()
    staff = factories.make_staff(dialogue, Role.FACILITATOR, "Fay")
    defaults = {"name": "The Oversight Group", "quorum": 2, "lead_id": staff.id}
    group = saved(OversightGroup(dialogue_id=dialogue.id, **{**defaults, **changes}))
    accounts = [factories.make_staff(dialogue, Role.OVERSEER, name) for name in ("Ann", "Ben", "Cat")]
    members = [
        make_member(group, one.display_name, account_id=one.id, is_chair=not place)
        for place, one in enumerate(accounts)
    ]
    deputy = make_member(group, "Dee", deputy_of_id=members[2].id)
    observer = make_member(group, "Obi", is_observer=True)
    return Circle(dialogue, group, staff, accounts, members, deputy, observer)


def make_member(group: OversightGroup, name: str, **changes: Any) -> OversightMember:
    """A member since January, with an organisation."""
    defaults = {"organisation": f"{name} and Sons", "joined_on": JOINED, "interests": f"{name} owns shares."}
    return saved(OversightMember(group_id=group.id, name=name, **{**defaults, **changes}))


def plan(circle: Circle, days: int = -1) -> OversightMeeting:
    """A meeting so many days from now."""
    with transaction():
        row = meetings.add_meeting(
            circle.group, starts_at=utcnow() + timedelta(days=days), minutes=60, place="Room 1",
            by=circle.staff,
        )  # fmt: skip
    circle.meetings.append(row)
    return row


def hold(circle: Circle, days: int = -1, present: int = 2) -> OversightMeeting:
    """A meeting that was held: so many members declared that there is nothing to add, and were there."""
    row = plan(circle, days)
    with transaction():
        for member in circle.members[:present]:
            meeting_records.declare(row, member, "", by=circle.staff)
        lines = [Attended(one.id, Presence.PRESENT) for one in circle.members[:present]]
        meeting_records.record_attendance(row, lines, by=circle.staff)
    return row


def minute(circle: Circle, text: str = "") -> None:
    """Minutes of the meeting made last: drafted by the program, or these words."""
    with transaction():
        if text:
            minutes.write_minutes(circle.meeting, text, by=circle.staff)
        else:
            minutes.draft_minutes(circle.meeting, by=circle.staff)


def send_round(circle: Circle, days: float = 3) -> None:
    """The newest version, with that many days to object."""
    with transaction():
        minutes.circulate(circle.meeting, utcnow() + timedelta(days=days), by=circle.staff)

