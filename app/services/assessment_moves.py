"""The one way in which an application for access changes its state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db import db
from app.models.access_applications import AccessApplication, ApplicationMove
from app.models.people import Account
from app.queries.assessment_facts import facts_of
from app.services.assessment_versions import keep_version
from app.services.recording import record
from deliberation.assessment import MOVES, ApplicationState, Mover
from deliberation.assessment_guards import check_move
from deliberation.events import EventKind

KEEPS_VERSION = frozenset({ApplicationState.SUBMITTED, ApplicationState.RESUBMITTED})
_SCREENED = frozenset({ApplicationState.SCREENED_IN, ApplicationState.SCREENED_OUT})


def move(
    application: AccessApplication,
    to: ApplicationState,
    *,
    by: Account | None,
    why: str = "",
    now: datetime,
    said: Mapping[str, Any] | None = None,
) -> ApplicationMove:
    """Moves it, keeps who, when, in which part and why, and a version where something is handed in.

    Args:
        by: who acts; None is the program.
        said: what whoever acts says with it, kept with the move; at the screening `is_complete`.

    Raises:
        RuleError: whatever `check_move` refuses.
    """
    facts = facts_of(application, by, now, said=said)
    check_move(facts, to, why=why, now=now)
    before = application.state
    allowed = MOVES[before][to]
    row = ApplicationMove(
        state_before=before,
        state_after=to,
        moved_as=next(one for one in Mover if one in allowed & facts.movers),
        why=why.strip(),
        facts=dict(said or {}),
        moved_by_id=by.id if by else None,
        moved_at=now,
    )
    application.moves.append(row)
    application.state = to
    db.session.flush()
    kind = EventKind.APPLICATION_SCREENED if to in _SCREENED else EventKind.APPLICATION_MOVED
    told = {"from": before.value, "to": to.value, "as": row.moved_as.value, **(said or {})}
    record(kind, by=by, dialogue_id=application.asset.dialogue_id, about=application, facts=told)
    if to in KEEPS_VERSION:
        keep_version(application, occasion=to, by=by, now=now)
    return row
