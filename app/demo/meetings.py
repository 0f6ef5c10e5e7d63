"""Meetings of the example's Oversight Group: one with published minutes, one ahead; actions, a concern, judgements."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.meetings import OversightMeeting
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries.meetings import gates_of, seats_of
from app.queries.oversight import group_of, member_of
from app.queries.packs import packs_of
from app.services import concerns, evaluation, meeting_records, meetings, minutes, oversight_actions
from deliberation.evaluation import Judge, Judgement
from deliberation.meetings import Attended, Presence, sits_on
from deliberation.roles import Role

GATES = {"held": ("G2", "G3"), "ahead": ("G4", "G6")}
"""What is on the agenda of the meeting that was held, and of the one ahead."""
NOTES = {
    1: "The chair asked each member in turn.",
    2: "This was the first time that advice came back with answers. The group asked for the answers a day earlier.",
    4: "The group read the texts aloud. Two members found one text too sure of itself. The team will name what is not "
    "known. The group asked that nobody sees it before that is done.",
    5: "The cases were liked. The group asked for one more in which somebody says no.",
}
"""Place on the agenda -> what was said."""
INTEREST = "My brother works for a firm that sells software for reading scans."
ACTIONS = (
    ("Say in the text what is not known yet, and send the new words round.", "The team", -9, "Sent, as version 2."),
    ("Ask a person who reads with a screen reader to try the pack.", "", 3, ""),
    ("Find out who speaks for people who cannot decide for themselves.", "The team", -2, ""),
)
"""(what, who if not a member, days from today, what came of it: then it is done)"""
CONCERN = (
    "The third session comes one week after the second. People who work shifts told me that they had no time to read "
    "the texts in between. I am worried that only those with time will have a say."
)
ANSWER = (
    "You are right. The texts for the third session now go out ten days before, on paper too for those who asked, and "
    "whoever misses the session gets a ten-minute call and a late vote that is marked."
)
JUDGED: tuple[tuple[str, Judgement, str, Judgement | None, str], ...] = (
    ("decision_open", Judgement.MET, "The fund’s terms were not written when the first session began.",
     Judgement.MET, "The first clause is dated after the third session."),
    ("decider_named", Judgement.MET, "The welcome text names who writes the terms.",
     Judgement.MET, "Welcome text, second paragraph."),
    ("own_issues", Judgement.PARTLY, "Research questions that participants raised have their own part; time was short.",
     Judgement.PARTLY, "Eleven were raised; four were talked about in the last session."),
    ("quotas_met", Judgement.PARTLY, "The people are invented: quotas show only how it would look.",
     None, ""),
    ("balance", Judgement.PARTLY, "Each approach has as many statements for it as against; one text was too sure.",
     Judgement.MET, "The group asked for changes and we made them before anybody saw the text."),
    ("access", Judgement.PARTLY, "Paper was entered for two people; no text was there in Easy Read.",
     Judgement.PARTLY, "We had no Easy Read version in time."),
    ("independent", Judgement.MET, "I had no part in running it.", None, ""),
    ("recorded_in_name", Judgement.MET, "Under each box a line says who sees it; the last session read the words back.",
     Judgement.MET, "Ratification was done in the last session."),
    ("small_groups", Judgement.MET, "Seven tables, and all together at the beginning and the end.", None, ""),
    ("skippable", Judgement.MET, "Each question could be skipped.", None, ""),
)  # fmt: skip
"""(check, the evaluator's judgement and evidence, the team's)"""


def hold_meetings(dialogue: Dialogue, staff: Mapping[str, Account]) -> None:
    """After the group, its packs and its advice are there; without two packs nothing happens."""
    group = group_of(dialogue)
    if group is None:
        return
    by = staff[Role.FACILITATOR.value]
    days = sorted(one.meets_on for one in packs_of(group, drafts=False))
    if len(days) < 2:
        return
    held = _plan(group, dialogue, days[-2], by)
    _add_gates(held, GATES["held"], by)
    _hold(held, by)
    _minute(held, by)
    ahead = _plan(group, dialogue, days[-1], by)
    _add_gates(ahead, GATES["ahead"], by)
    overseer = staff[Role.OVERSEER.value]
    member = member_of(group, overseer)
    minutes.open_page(group, is_open=True, by=by)
    if member is not None:
        _raise_concern(group, overseer, by)
    _judge(dialogue, staff)


def _plan(group: OversightGroup, dialogue: Dialogue, day: date, by: Account) -> OversightMeeting:
    """A meeting on the day for which a pack was sent."""
    starts_at = datetime.combine(day, time(14), ZoneInfo(dialogue.timezone))
    return meetings.add_meeting(
        group, starts_at=starts_at, minutes=90, place="By video", link="https://example.org/oversight",
        note="Invented for the example. The pack has everything you need to read.", by=by,
    )  # fmt: skip


def _add_gates(meeting: OversightMeeting, codes: tuple[str, ...], by: Account) -> None:
    """Two gates, so that the meeting ends in time."""
    for gate in [one for one in gates_of(meeting.group) if one.code in codes]:
        meetings.add_item(meeting, title="", gate=gate, by=by)


def _hold(meeting: OversightMeeting, by: Account) -> None:
    day = meeting.starts_at.date()
    seats = seats_of(meeting.group)
    people = [one for one in meeting.group.members if sits_on(seats[one.id], day)]
    voting = [one for one in people if not one.is_observer and one.deputy_of_id is None]
    away = {one.deputy_of_id for one in people if one.deputy_of_id is not None}
    lines = []
    gates = [one for one in meeting.items if one.gate_id is not None]
    for place, member in enumerate(voting):
        if member.id in away or (place and place == len(voting) - 1):
            lines.append(Attended(member.id, Presence.APOLOGIES))
            continue
        touched = place == 1 and len(gates) > 1
        meeting_records.declare(meeting, member, INTEREST if touched else "", gates[1:] if touched else [], by=by)
        lines.append(Attended(member.id, Presence.PRESENT))
    for member in people:
        if member.is_observer:
            lines.append(Attended(member.id, Presence.OBSERVER))
        elif member.deputy_of_id is not None:
            meeting_records.declare(meeting, member, "", by=by)
            lines.append(Attended(member.id, Presence.DEPUTY, member.deputy_of_id))
    meeting_records.record_attendance(meeting, lines, by=by)
    notes = [(one, NOTES.get(place, "")) for place, one in enumerate(meeting.items, 1)]
    meeting_records.write_notes(meeting, notes, by=by)
    for text, owner, days, outcome in ACTIONS:
        _act(meeting, text, owner, days, outcome, voting, by)


def _act(
    meeting: OversightMeeting, text: str, owner: str, days: int, outcome: str, voting: list[OversightMember],
    by: Account,
) -> None:  # fmt: skip
    due = (utcnow() + timedelta(days=days)).date()
    member = None if owner else voting[0]
    row = oversight_actions.add_action(
        meeting.group, text=text, owner=owner, member=member, due_on=due, meeting=meeting, by=by
    )
    if outcome:
        oversight_actions.edit_action(
            row, text=text, owner=owner, member=member, due_on=due, is_done=True, outcome=outcome, by=by
        )


def _minute(meeting: OversightMeeting, by: Account) -> None:
    """Drafted by the program, sent round, cleared while nobody objected, published."""
    minutes.draft_minutes(meeting, by=by)
    version = minutes.circulate(meeting, utcnow() + timedelta(days=7), by=by)
    sent = meeting.starts_at + timedelta(days=1)
    version.circulated_at, version.clear_by = sent, sent + timedelta(days=7)
    db.session.flush()
    minutes.publish_minutes(meeting, by=by)
    version.published_at = version.clear_by + timedelta(days=1)
    db.session.flush()


def _raise_concern(group: OversightGroup, overseer: Account, by: Account) -> None:
    row = concerns.raise_concern(group, CONCERN, today=utcnow().date(), by=overseer)
    concerns.answer_concern(row, ANSWER, roles={Role.FACILITATOR}, by=by)
    concerns.publish_concern(row, roles={Role.FACILITATOR}, by=by)


def _judge(dialogue: Dialogue, staff: Mapping[str, Account]) -> None:
    evaluator, team = staff[Role.EVALUATOR.value], staff[Role.FACILITATOR.value]
    for key, found, evidence, own, words in JUDGED:
        evaluation.judge_check(
            dialogue, key, judge=Judge.EVALUATOR, judgement=found, evidence=evidence, by=evaluator
        )
        if own is not None:
            evaluation.judge_check(dialogue, key, judge=Judge.TEAM, judgement=own, evidence=words, by=team)
    evaluation.publish_judgements(dialogue, judge=Judge.EVALUATOR, by=evaluator)
    evaluation.publish_judgements(dialogue, judge=Judge.TEAM, by=team)
