"""Questions of the committee to the applicant, and the answers."""

from datetime import date, datetime

from flask_babel import gettext as _

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.committee import CommitteeQuery
from app.models.people import Account
from app.queries import committee as reads
from app.queries.assessment_facts import person_of
from app.services.assessment_moves import move
from app.services.committee import check_sitting
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.committee import ANSWER_LIMIT, check_query, check_takes_part
from deliberation.errors import RuleError
from deliberation.events import EventKind


def ask(
    application: AccessApplication, *, words: str, relies_on_report: bool, due_on: date, by: Account, now: datetime
) -> CommitteeQuery:
    """Puts a question to the applicant; the first that is open moves the application to `query`.

    Args:
        relies_on_report: it puts to the applicant what the committee relies on from the rapporteur's report. The
            report itself is never shown.

    Raises:
        RuleError: `committee_not_sitting`, `declare_first`, `is_recused`, or as `check_query`.
    """
    check_sitting(application)
    number = reads.round_of(application)
    check_takes_part(reads.member_at(application, by, number))
    tidy = check_query(words, due_on=due_on, today=now.date())
    row = CommitteeQuery(
        application_id=application.id,
        round=number,
        number=len(reads.queries_of(application)) + 1,
        words=tidy,
        relies_on_report=relies_on_report,
        due_on=due_on,
        asked_by_id=by.id,
        asked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    facts = {"number": row.number, "relies_on_report": relies_on_report}
    record(EventKind.APPLICATION_QUERY_ASKED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)
    if application.state is not ApplicationState.QUERY:
        move(application, ApplicationState.QUERY, by=by, why=_("Question %(number)s", number=row.number), now=now)
    return row


def answer(query: CommitteeQuery, *, words: str, by: Account, now: datetime) -> None:
    """The applicant's answer; the last one that was open moves the application to `response`.

    Raises:
        RuleError: `not_of_the_team`, `query_answered`, `query_late` once decided, `words_empty`, `words_too_long`.
    """
    application = db.session.get_one(AccessApplication, query.application_id)
    if person_of(application, by) is None:
        raise RuleError("not_of_the_team")
    if query.answered_at is not None:
        raise RuleError("query_answered")
    if application.state not in reads.SITTING:
        raise RuleError("query_late")
    query.answer = check_words(words, limit=ANSWER_LIMIT)
    query.answered_by_id, query.answered_at = by.id, now
    db.session.flush()
    facts = {"number": query.number}
    record(EventKind.APPLICATION_QUERY_ANSWERED, by=by, dialogue_id=_dialogue(application), about=query, facts=facts)
    waiting = [one for one in reads.queries_of(application) if one.answered_at is None and one.round == query.round]
    if application.state is ApplicationState.QUERY and not waiting:
        why = _("Answer to question %(number)s", number=query.number)
        move(application, ApplicationState.RESPONSE, by=by, why=why, now=now)


def go_on(application: AccessApplication, *, why: str, by: Account, now: datetime) -> None:
    """The chair goes on without an answer once the day of every open question has passed.

    Raises:
        RuleError: `query_still_open`, `not_your_move`, `move_why_missing`.
    """
    if reads.open_queries(application, now.date()):
        raise RuleError("query_still_open")
    move(application, ApplicationState.RESPONSE, by=by, why=why, now=now)


def _dialogue(application: AccessApplication) -> int:
    return application.asset.dialogue_id
