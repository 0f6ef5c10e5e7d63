"""What pages of meetings share: the group, the meeting of the address, the member who is signed in, today."""

import uuid
from datetime import date
from zoneinfo import ZoneInfo

from flask import abort

from app.access import current_account
from app.db import utcnow
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.oversight import OversightGroup, OversightMember
from app.queries.meetings import find_meeting
from app.queries.oversight import group_of, member_of


def group_here(dialogue: Dialogue) -> OversightGroup:
    """The dialogue's group; 404 where there is none."""
    return group_of(dialogue) or abort(404)


def meeting_here(dialogue: Dialogue, meeting_id: uuid.UUID) -> OversightMeeting:
    """A meeting of the dialogue's group; 404 for one of another dialogue."""
    return find_meeting(group_of(dialogue), meeting_id) or abort(404)


def member_here(group: OversightGroup) -> OversightMember | None:
    """The member who is signed in, unless they have left."""
    return member_of(group, current_account())


def today_in(dialogue: Dialogue) -> date:
    """The day where the dialogue is."""
    return utcnow().astimezone(ZoneInfo(dialogue.timezone)).date()
