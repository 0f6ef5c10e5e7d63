"""The applicant after a decision: the response within 14 days, and what to publish of what was not granted."""

from datetime import datetime

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.committee import AccessDecision
from app.models.people import Account
from app.queries import committee as reads
from app.queries.assessment import content_of, versions_of
from app.queries.assessment_facts import person_of
from app.services.assessment_versions import keep_version
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.comments import check_words
from deliberation.committee import REASON_LIMIT
from deliberation.errors import RuleError
from deliberation.events import EventKind


def respond(
    application: AccessApplication, *, words: str, wants_publication: bool | None, by: Account, now: datetime
) -> AccessDecision:
    """The applicant's answer to the decision, once; what was changed in the assessment is kept as a version.

    Args:
        words: empty: nothing to add, so that publication need not wait for day 14.
        wants_publication: of what was not granted; silence publishes nothing.

    Raises:
        RuleError: `not_of_the_team`, `response_closed`, `responded_before`, `words_too_long`.
    """
    if person_of(application, by) is None:
        raise RuleError("not_of_the_team")
    row = reads.newest_decision(application)
    if row is None or application.state is not ApplicationState.RESPONSE_WINDOW:
        raise RuleError("response_closed")
    if row.responded_at is not None:
        raise RuleError("responded_before")
    row.response = check_words(words, limit=REASON_LIMIT) if words.strip() else ""
    row.responded_by_id, row.responded_at = by.id, now
    application.wants_publication = wants_publication
    versions = versions_of(application)
    if versions and content_of(application) != versions[-1].content:
        kept = keep_version(application, occasion=ApplicationState.RESPONSE_WINDOW, by=by, now=now)
        row.response_version_id = kept.id
    db.session.flush()
    facts = {"has_words": bool(row.response), "wants_publication": wants_publication}
    record(
        EventKind.APPLICANT_RESPONDED, by=by, dialogue_id=application.asset.dialogue_id, about=row, facts=facts
    )
    return row
