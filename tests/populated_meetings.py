"""Meetings of the populated dialogue: held, minuted, objected to, published; a concern; a judgement."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.db import db, utcnow
from app.models import concerns, evaluation, meetings, minutes
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries.oversight import group_of
from deliberation.evaluation import Judge, Judgement
from deliberation.meetings import AgendaKind, Presence
from deliberation.roles import Role

KINDS = (AgendaKind.DECLARATIONS, AgendaKind.REFLECTION, AgendaKind.OTHER, AgendaKind.ACTIONS)


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def meet(dialogue: Dialogue, staff: dict[Role, Account]) -> dict[str, list[uuid.UUID]]:
    """One row in each table of meetings, so that every address leads somewhere for whoever may go there."""
    group = group_of(dialogue) or _add(OversightGroup(dialogue_id=dialogue.id, name="The group"))
    member = _member(group, staff[Role.OVERSEER])
    meeting = _add(
        meetings.OversightMeeting(group_id=group.id, number=1, starts_at=utcnow() - timedelta(days=9))
    )
    items = [
        _add(meetings.AgendaItem(meeting_id=meeting.id, place=place, kind=kind, title=kind.value))
        for place, kind in enumerate(KINDS, 1)
    ]
    declared = _add(
        meetings.MeetingDeclaration(meeting_id=meeting.id, member_id=member.id, text="I know one of them.")
    )
    _add(meetings.MeetingConflict(declaration_id=declared.id, item_id=items[2].id))
    _add(
        meetings.MeetingAttendance(meeting_id=meeting.id, member_id=member.id, presence=Presence.PRESENT)
    )
    action = _add(
        meetings.OversightAction(
            group_id=group.id, number=1, meeting_id=meeting.id, text="Send it.", owner="The team"
        )
    )
    version = _add(
        minutes.MinutesVersion(
            meeting_id=meeting.id, number=1, text="# Minutes", lang="en", circulated_at=utcnow(),
            clear_by=utcnow(), published_at=utcnow(),
        )
    )  # fmt: skip
    objection = _add(minutes.MinutesObjection(version_id=version.id, member_id=member.id, text="Not so."))
    _add(minutes.OversightPage(group_id=group.id))
    concern = _add(
        concerns.OversightConcern(
            group_id=group.id, number=1, raised_by_id=staff[Role.ANALYST].id, text="Too fast.",
            due_on=utcnow().date(), answer="We slow down.", answered_at=utcnow(), published_at=utcnow(),
        )
    )  # fmt: skip
    _add(
        evaluation.EvaluationJudgement(
            dialogue_id=dialogue.id, check_key="balance", judge=Judge.EVALUATOR, number=1,
            judgement=Judgement.PARTLY, evidence="Materials 1 to 4.", published_at=utcnow(),
        )
    )  # fmt: skip
    return {
        "meeting_id": [meeting.public_id],
        "agenda_item_id": [items[2].public_id],
        "oversight_action_id": [action.public_id],
        "minutes_version_id": [version.public_id],
        "minutes_id": [version.public_id],
        "objection_id": [objection.public_id],
        "oversight_concern_id": [concern.public_id],
        "member_id": [member.public_id],
    }


def _member(group: OversightGroup, account: Account) -> OversightMember:
    found = select(OversightMember).where(
        OversightMember.group_id == group.id, OversightMember.account_id == account.id
    )
    member = db.session.scalar(found)
    joined = (utcnow() - timedelta(days=90)).date()
    made: OversightMember = member or _add(
        OversightMember(group_id=group.id, account_id=account.id, name="Olu", joined_on=joined)
    )
    return made
