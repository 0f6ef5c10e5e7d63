"""A declared change, or a review that has come due: the application moves to iterating, and a new version begins."""

from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.people import Account
from app.models.register import AccessChange
from app.queries.assessment_facts import person_of
from app.queries.committee import newest_decision
from app.services.access_applications import start
from app.services.assessment_moves import move
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.committee import ANSWER_LIMIT, GRANTS
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.register import ChangeOf


def declare_change(
    application: AccessApplication, change_of: ChangeOf, *, words: str, by: Account, now: datetime
) -> AccessApplication:
    """What the applicant says has changed; returns the new version, which starts from what was written.

    Raises:
        RuleError: `not_of_the_team`, `nothing_granted`, `words_empty`, `words_too_long`, or as the moves refuse.
    """
    _check_may_begin(application, by)
    tidy = check_words(words, limit=ANSWER_LIMIT)
    row = AccessChange(
        application_id=application.id, change_of=change_of, reason=tidy, changed_by_id=by.id, changed_at=now
    )
    db.session.add(row)
    db.session.flush()
    facts = {"change_of": change_of.value}
    record(
        EventKind.APPLICATION_SCOPE_CHANGED, by=by, dialogue_id=application.asset.dialogue_id, about=row, facts=facts
    )
    if application.state is ApplicationState.PUBLISHED:
        move(application, ApplicationState.REVIEW_DUE, by=by, why=tidy, now=now)
    return begin_version(application, by=by, now=now)


def begin_version(application: AccessApplication, *, by: Account, now: datetime) -> AccessApplication:
    """The new version of an application whose review is due; it stands as a draft beside the old one.

    Raises:
        RuleError: `not_of_the_team`, `nothing_granted`, or as the move to iterating refuses.
    """
    _check_may_begin(application, by)
    move(application, ApplicationState.ITERATING, by=by, now=now)
    return start(
        application.asset, title=application.title, organisation=application.organisation, route=application.route,
        replaces=application, by=by,
    )  # fmt: skip


def successors_of(application: AccessApplication) -> list[AccessApplication]:
    """New versions that began from this one, oldest first."""
    found = select(AccessApplication).where(AccessApplication.replaces_id == application.id)
    return list(db.session.scalars(found.order_by(AccessApplication.id)))


def _check_may_begin(application: AccessApplication, by: Account) -> None:
    if person_of(application, by) is None:
        raise RuleError("not_of_the_team")
    decision = newest_decision(application)
    if decision is None or decision.outcome not in GRANTS:
        raise RuleError("nothing_granted")
