"""What comes due after a decision: reminders, each once, by the job process; and reviews that open by their date."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.people import Account, Membership
from app.models.register import ReviewReminder
from app.queries.assessment_facts import facts_of
from app.queries.committee import newest_decision
from app.queries.register import reminded, review_facts, watched_applications
from app.services import mail
from app.services.assessment_moves import move
from app.services.installation import settings_in_use
from app.services.recording import record
from deliberation.assessment import ApplicationState, Part
from deliberation.assessment_guards import what_blocks
from deliberation.events import EventKind
from deliberation.register import Reminder, Trigger, due
from deliberation.roles import Role

_TO_CHAIR = frozenset({
    Trigger.TWO_YEARS, Trigger.COMMITTEE_DATE, Trigger.DECLARED_CHANGE, Trigger.ACCESS_EXPIRY, Trigger.CONDITION_DUE,
})  # fmt: skip
_TO_FACILITATORS = frozenset({Trigger.DECLARED_CHANGE, Trigger.PUBLICATION})


def remind(now: datetime) -> int:
    """Writes what is due by now; returns how many reminders there were. Calling it again writes nothing.

    Inside `transaction()`.
    """
    return sum(_remind_about(application, now) for application in watched_applications())


def _remind_about(application: AccessApplication, now: datetime) -> int:
    found = _due(application, now)
    for one in found:
        row = ReviewReminder(
            application_id=application.id, trigger_kind=one.trigger, due_on=one.on, about_id=one.about,
            reminded_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        facts = {"trigger": one.trigger.value, "on": one.on.isoformat(), "application": application.number}
        record(
            EventKind.REVIEW_REMINDED, by=None, dialogue_id=application.asset.dialogue_id, about=row, facts=facts
        )
        for account in _receivers(application, one.trigger):
            _write(application, account, one)
    _open_review(application, now)
    return len(found)


def _due(application: AccessApplication, now: datetime) -> list[Reminder]:
    sent = reminded(application)
    if application.state is ApplicationState.RESPONSE_WINDOW:
        until = facts_of(application, None, now).response_until
        if until is None or now < until:
            return []
        one = Reminder(until.date(), Trigger.PUBLICATION)
        return [] if one in sent else [one]
    facts = review_facts(application)
    return due(facts, today=now.date(), sent=sent) if facts else []


def _open_review(application: AccessApplication, now: datetime) -> None:
    """A review whose day has come is opened by the program; a declared change was opened by the applicant."""
    if application.state is not ApplicationState.PUBLISHED:
        return
    if what_blocks(facts_of(application, None, now), ApplicationState.REVIEW_DUE, now) is None:
        why = _("The day of the review has come.")
        move(application, ApplicationState.REVIEW_DUE, by=None, why=why, now=now)


def _receivers(application: AccessApplication, trigger: Trigger) -> Iterable[Account]:
    wanted: dict[int, Account] = {}
    if trigger is not Trigger.PUBLICATION:
        for person in application.people:
            if person.part is Part.LEAD or person.account_id == application.pen_account_id:
                wanted[person.account_id] = person.account
    chair = application.asset.chair
    if trigger in _TO_CHAIR and chair is not None:
        wanted[chair.id] = chair
    if trigger in _TO_FACILITATORS:
        found = (
            select(Account)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.dialogue_id == application.asset.dialogue_id,
                Membership.role == Role.FACILITATOR,
                Membership.ended_at.is_(None),
            )
        )
        wanted |= {account.id: account for account in db.session.scalars(found)}
    return [account for account in wanted.values() if account.disabled_at is None]


def _write(application: AccessApplication, account: Account, one: Reminder) -> None:
    dialogue = application.asset.dialogue
    with force_locale(dialogue.lang):
        words = _words(application, one)
    kind = f"review:{application.id}:{one.trigger.value}:{one.about}"[:40]
    mail.write_mail(dialogue, account, kind, words=words)


def _words(application: AccessApplication, one: Reminder) -> tuple[str, str]:
    """(subject, body): a number, a date and a link; nothing that anybody wrote."""
    dialogue, day = application.asset.dialogue, format_date(one.on, "d MMMM y")
    said = {
        Trigger.TWO_YEARS: _("Two years have passed since the decision. A review is due."),
        Trigger.COMMITTEE_DATE: _("The day that the committee set for a review has come."),
        Trigger.DECLARED_CHANGE: _("The applicant has declared a change. A new version begins."),
        Trigger.ANNUAL_NUDGE: _("Another year has passed. Is everything still as the assessment says?"),
        Trigger.ACCESS_EXPIRY: _("Access ends in about 30 days."),
        Trigger.CONDITION_DUE: _("The day of a condition is about 30 days away."),
        Trigger.LAY_RESULT: _("Access has ended. Please write what came of the project, in plain words."),
        Trigger.PUBLICATION: _("The fourteen days for the applicant are over. The record can be published."),
    }[one.trigger]
    decision = newest_decision(application)
    subject = _(
        "%(dialogue)s: application %(number)s, something is due", dialogue=dialogue.short_title,
        number=application.number,
    )  # fmt: skip
    lines = [said, "", _("Counted from: %(day)s.", day=day)]
    if decision is not None:
        lines.append(_("Decided on: %(day)s.", day=format_date(decision.decided_at.date(), "d MMMM y")))
    link = f"{settings_in_use().address}/d/{dialogue.public_id}/access/{application.public_id}"
    return subject, "\n".join([*lines, "", link]) + "\n"
