"""Keeping a version of an assessment as it was handed in; nothing edits it afterwards."""

import hashlib
from datetime import datetime

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.assessment import AssessmentVersion
from app.models.people import Account
from app.queries.assessment import content_of, next_version_number
from app.services.recording import record
from deliberation.assessment import ApplicationState
from deliberation.events import EventKind, canonical_json


def keep_version(
    application: AccessApplication, *, occasion: ApplicationState, by: Account | None, now: datetime
) -> AssessmentVersion:
    """Keeps answers, harms and form as they are now, under the next number."""
    content = content_of(application)
    digest = hashlib.sha256(canonical_json(content).encode()).hexdigest()
    row = AssessmentVersion(
        application_id=application.id,
        number=next_version_number(application),
        occasion=occasion,
        content=content,
        digest=digest,
        kept_by_id=by.id if by else None,
        kept_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(
        EventKind.ASSESSMENT_VERSIONED,
        by=by,
        dialogue_id=application.asset.dialogue_id,
        about=row,
        facts={"number": row.number, "digest": digest, "occasion": occasion.value},
    )
    return row
