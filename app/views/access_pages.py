"""What every page of one application shows: the timeline at the left, its own menu, and who is looking."""

from typing import Any

from app.access import by_staff
from app.db import utcnow
from app.forms import access_labels
from app.models.access_applications import AccessApplication
from app.queries.access_applications import timeline_of
from app.queries.assessment import content_of, newest_version
from app.queries.assessment_facts import movers_of, person_of
from app.views.access_guard import here
from deliberation.assessment import EDITABLE
from deliberation.assessment_gaps import find_gaps
from deliberation.assessment_steps import holder_of


def frame(application: AccessApplication) -> dict[str, Any]:
    """Values for `access_applications/_frame.html`.

    `content` and `gaps` are those of the live words for the team, of the newest version for everybody else.
    """
    account = by_staff()
    person = person_of(application, account)
    newest = newest_version(application)
    content = content_of(application) if person is not None else (newest.content if newest else None)
    return {
        "application": application,
        "asset": application.asset,
        "at": here(application),
        "words": access_labels,
        "timeline": timeline_of(application, utcnow()),
        "turn": holder_of(application.state),
        "person": person,
        "holds_pen": person is not None and application.pen_account_id == account.id,
        "is_editable": application.state in EDITABLE,
        "movers": movers_of(application, account),
        "newest": newest,
        "content": content,
        "gaps": find_gaps(content) if content else [],
    }
