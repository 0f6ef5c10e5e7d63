"""The whole record of the Oversight Group as plain values, without anything that is private to a few."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models.advice import Advice
from app.models.concerns import OversightConcern
from app.models.dialogues import Dialogue
from app.models.minutes import MinutesVersion
from app.models.oversight import OversightGroup, OversightMember
from app.queries.concerns import facts_of
from app.queries.evaluation import check_rows
from app.queries.meetings import MeetingRecord, actions_of, gates_of, meetings_of, record_of
from app.queries.minutes import rows_of
from app.queries.oversight import group_of
from app.queries.oversight_public import all_advice
from deliberation.concerns import state
from deliberation.meetings import is_overdue

FORMAT = 1
"""Of the file; raised when a part is named or shaped otherwise."""


def oversight_record(dialogue: Dialogue, now: datetime) -> dict[str, Any]:
    """Group, members, gates, advice, meetings with minutes, actions, concerns, evaluation. Times are ISO, in UTC.

    Drafts of minutes that nobody has been shown, accounts, and words of concerns that are not published are left out.
    """
    group = group_of(dialogue)
    today = now.date()
    return {
        "format": FORMAT,
        "dialogue": {"id": str(dialogue.public_id), "title": dialogue.title, "synthetic": dialogue.is_synthetic},
        "written_at": _time(now),
        "group": _group(group) if group else None,
        "members": [_member(one) for one in group.members] if group else [],
        "gates": [
            {"code": one.code, "kind": one.kind.value, "title": one.title, "due_on": _day(one.due_on),
             "closed_at": _time(one.closed_at), "advice": one.advice}
            for one in (gates_of(group) if group else [])
        ],
        "advice": [_advice(one) for one in (all_advice(group) if group else [])],
        "meetings": [_meeting(record_of(one), now) for one in (reversed(meetings_of(group)) if group else [])],
        "actions": [
            {"code": one.code, "text": one.text, "owner": one.member.name if one.member else one.owner,
             "due_on": _day(one.due_on), "done_at": _time(one.done_at), "outcome": one.outcome,
             "overdue": is_overdue(one.due_on, today, is_done=one.done_at is not None)}
            for one in (actions_of(group) if group else [])
        ],
        "concerns": [_concern(one, today) for one in (_concerns(group) if group else [])],
        "evaluation": [
            {"check": row.check.key, "framework": row.check.framework.value, "judge": judge.value,
             "judgement": found.judgement.value, "evidence": found.evidence, "judged_at": _time(found.judged_at),
             "published_at": _time(found.published_at)}
            for row in check_rows(dialogue)
            for judge, found in row.newest.items()
        ],
    }  # fmt: skip


def _group(group: OversightGroup) -> dict[str, Any]:
    return {
        "name": group.name, "remit": group.remit, "terms": group.terms, "quorum": group.quorum,
        "publication_rules": group.publication_rules, "starts_on": _day(group.starts_on),
        "ends_on": _day(group.ends_on),
    }  # fmt: skip


def _member(one: OversightMember) -> dict[str, Any]:
    return {
        "name": one.name, "organisation": one.organisation, "chair": one.is_chair, "observer": one.is_observer,
        "deputy_of": one.deputy_of.name if one.deputy_of else "", "interests": one.interests,
        "joined_on": _day(one.joined_on), "left_on": _day(one.left_on),
    }  # fmt: skip


def _advice(one: Advice) -> dict[str, Any]:
    return {
        "number": one.number, "about": one.item.title, "version": one.version.number, "anchor": one.anchor,
        "type": one.type.value, "severity": one.severity.value, "from": one.member.name if one.is_named else "group",
        "text": one.text, "raised_at": _time(one.raised_at), "closed_at": _time(one.closed_at),
        "overridden_at": _time(one.overridden_at), "overridden_why": one.overridden_why,
        "answers": [
            {"number": answer.number, "response": answer.response.value, "reason": answer.reason,
             "changed_in": answer.changed_in, "answered_at": _time(answer.answered_at),
             "contested_at": _time(answer.contested_at), "contested_why": answer.contested_why}
            for answer in one.answers
        ],
    }  # fmt: skip


def _meeting(record: MeetingRecord, now: datetime) -> dict[str, Any]:
    meeting = record.meeting
    return {
        "number": meeting.number, "starts_at": _time(meeting.starts_at), "standing": record.standing.value,
        "quorum": {"counted": record.quorum.counted, "needed": record.quorum.needed, "seats": record.quorum.seats},
        "attendance": [
            {"name": one.member.name, "presence": one.attendance.presence.value,
             "instead_of": one.attendance.instead_of.name if one.attendance.instead_of else ""}
            for one in record.people if one.attendance is not None
        ],
        "declarations": [
            {"name": one.member.name, "text": one.declaration.text,
             "steps_out_of": sorted(row.number for row in record.items if one.member in row.out)}
            for one in record.people if one.declaration is not None
        ],
        "agenda": [
            {"number": row.number, "kind": row.item.kind.value, "title": row.item.title, "note": row.item.note}
            for row in record.items
        ],
        "minutes": [
            {"version": row.version.number, "state": row.state.value, "text": row.version.text,
             "note": row.version.note, "circulated_at": _time(row.version.circulated_at),
             "clear_by": _time(row.version.clear_by), "published_at": _time(row.version.published_at),
             "objections": _objections(row.version)}
            for row in reversed(rows_of(meeting, now)) if row.version.circulated_at is not None
        ],
    }  # fmt: skip


def _objections(version: MinutesVersion) -> list[dict[str, Any]]:
    return [
        {"text": one.text, "raised_at": _time(one.raised_at), "answer": one.answer,
         "answered_at": _time(one.answered_at)}
        for one in version.objections
    ]  # fmt: skip


def _concerns(group: OversightGroup) -> list[OversightConcern]:
    found = select(OversightConcern).where(OversightConcern.group_id == group.id)
    return list(db.session.scalars(found.order_by(OversightConcern.number)))


def _concern(one: OversightConcern, today: date) -> dict[str, Any]:
    """Its number, days and state; its words once they are published."""
    is_public = one.published_at is not None
    return {
        "number": one.number, "raised_at": _time(one.raised_at), "due_on": _day(one.due_on),
        "state": state(facts_of(one), today).value, "text": one.text if is_public else None,
        "answer": one.answer if is_public else None, "decision": one.decision if is_public else None,
        "published_at": _time(one.published_at),
    }  # fmt: skip


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
