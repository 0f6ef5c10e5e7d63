"""Mails to staff: written in an act's own transaction, sent by the job process. Never a word of a participant.

Nothing is sent where no SMTP server is set: the mail then stays on the page of mails, marked as held.
"""

import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from app.config import Settings
from app.db import db, transaction, utcnow
from app.models.dialogues import Dialogue
from app.models.moderating import ModeratorDuty, OutgoingMail
from app.models.people import Account
from app.queries.moderation import Filters, Mark, counts
from app.services import jobs
from app.services.installation import settings_in_use
from deliberation.moderation import WordState

DUTY, WELFARE, PACK = "duty", "welfare", "pack"
HOUR = 7
"""From this hour of the dialogue's day on, the mail of the day is written."""
WAITING, SENT, HELD, FAILED = "waiting", "sent", "held", "failed"
SECONDS = 20


def write_mail(
    dialogue: Dialogue, account: Account, kind: str, *, words: tuple[str, str] | None = None, **facts: Any
) -> OutgoingMail | None:
    """Writes the mail of this kind to this account, once a day; None when today's is there already.

    Args:
        words: (subject, body) of a kind that is not about moderation.
    """
    day = utcnow().astimezone(ZoneInfo(dialogue.timezone)).date()
    there = select(OutgoingMail.id).where(
        OutgoingMail.dialogue_id == dialogue.id,
        OutgoingMail.account_id == account.id,
        OutgoingMail.kind == kind,
        OutgoingMail.day == day,
    )
    if db.session.scalar(there) is not None:
        return None
    with force_locale(dialogue.lang):
        subject, body = words or _words(dialogue, kind, facts)
    mail = OutgoingMail(
        dialogue_id=dialogue.id, account_id=account.id, kind=kind, day=day, subject=subject, body=body,
        state=WAITING if is_set_up(settings_in_use()) else HELD,
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()
    if mail.state == WAITING:
        jobs.ask("mail", dialogue_id=dialogue.id, mail=mail.id)
    return mail


def write_daily(now: datetime) -> int:
    """One mail to whoever is on duty today in each dialogue where something waits; returns how many were written.

    Inside `transaction()`. Calling it again on the same day writes nothing.
    """
    written = 0
    for dialogue_id in db.session.scalars(select(ModeratorDuty.dialogue_id).distinct()).all():
        dialogue = db.session.get_one(Dialogue, dialogue_id)
        here = now.astimezone(ZoneInfo(dialogue.timezone))
        if here.hour < HOUR:
            continue
        found = counts(dialogue, Filters())
        waiting = found.states.get(WordState.WAITING, 0)
        others: dict[str, Any] = {mark.value: found.marks.get(mark, 0) for mark in (Mark.APPEALED, Mark.OPINION)}
        if not waiting and not any(others.values()):
            continue
        on_duty = select(Account).join(ModeratorDuty, ModeratorDuty.account_id == Account.id)
        on_duty = on_duty.where(ModeratorDuty.dialogue_id == dialogue.id, ModeratorDuty.weekday == here.weekday())
        for account in db.session.scalars(on_duty.where(Account.disabled_at.is_(None))):
            written += write_mail(dialogue, account, DUTY, waiting=waiting, **others) is not None
    return written


def is_set_up(settings: Settings) -> bool:
    """Whether mails can be sent at all."""
    return bool(settings.smtp_host and settings.mail_from)


def send_job(arguments: Mapping[str, Any]) -> None:
    """Sends one mail; a fault is kept on its row and the job is tried again."""
    row = db.session.get(OutgoingMail, int(arguments["mail"]))
    if row is None or row.state == SENT:
        return
    key, to, subject, body = row.id, db.session.get_one(Account, row.account_id).email, row.subject, row.body
    db.session.rollback()
    fault = ""
    try:
        _send(settings_in_use(), to, subject, body)
    except (OSError, smtplib.SMTPException) as error:
        fault = f"{type(error).__name__}: {error}"[:500]
    with transaction():
        row = db.session.get_one(OutgoingMail, key)
        row.attempts, row.error = row.attempts + 1, fault
        row.state = SENT if not fault else FAILED if row.attempts >= jobs.TRIES else WAITING
        row.sent_at = None if fault else utcnow()
    if fault:
        raise ConnectionError(fault)


def _send(settings: Settings, to: str, subject: str, body: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    safe = ssl.create_default_context()
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=safe)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _words(dialogue: Dialogue, kind: str, facts: Mapping[str, int]) -> tuple[str, str]:
    """(subject, body). Counts and a link, and nothing that anybody wrote."""
    link = f"{settings_in_use().address}/d/{dialogue.public_id}/moderation"
    if kind == WELFARE:
        subject = _("%(dialogue)s: something was passed on to you", dialogue=dialogue.short_title)
        lines = [_("A moderator has passed on a worry about a person. Only you can read it."), "", f"{link}/welfare"]
        return subject, "\n".join(lines) + "\n"
    if kind == PACK:
        subject = _("%(dialogue)s: a pack for the oversight group", dialogue=dialogue.short_title)
        lines = [_("There is something to read before the group meets."), ""]
        return subject, "\n".join([*lines, f"{settings_in_use().address}/d/{dialogue.public_id}/oversight"]) + "\n"
    waiting, appealed, opinion = (facts.get(name, 0) for name in ("waiting", "appealed", "opinion"))
    subject = ngettext(
        "%(dialogue)s: %(num)s contribution to check", "%(dialogue)s: %(num)s contributions to check",
        waiting, dialogue=dialogue.short_title,
    )  # fmt: skip
    lines = [
        _("You are on duty for moderation today."),
        "",
        ngettext("%(num)s contribution waits to be checked.", "%(num)s contributions wait to be checked.", waiting),
    ]
    if appealed:
        lines.append(ngettext("%(num)s author asks to look again.", "%(num)s authors ask to look again.", appealed))
    if opinion:
        lines.append(ngettext("%(num)s second opinion is asked.", "%(num)s second opinions are asked.", opinion))
    return subject, "\n".join([*lines, "", link]) + "\n"
