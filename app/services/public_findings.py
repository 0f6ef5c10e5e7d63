"""Which findings and clauses of the public dialogue the panel and the committee of one application are shown."""

import uuid

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.people import Account
from app.models.register import ApplicationFinding
from app.queries import committee_material as reads
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind

WHY_LIMIT = 1000


def choose(application: AccessApplication, what: str, *, why: str, by: Account) -> ApplicationFinding:
    """Shows one more.

    Args:
        what: "finding:" or "clause:" and its public id.

    Raises:
        RuleError: `nothing_chosen_here` for anything that is not a standing finding or clause of the dialogue, or is
            chosen already; `words_too_long`.
    """
    kind, _, typed = what.partition(":")
    row = ApplicationFinding(application_id=application.id, chosen_by_id=by.id, why="")
    if kind == "finding":
        row.finding_id = next((one.id for one in reads.choosable_findings(application) if _is(one, typed)), None)
    elif kind == "clause":
        row.clause_id = next((one.id for one in reads.choosable_clauses(application) if _is(one, typed)), None)
    if row.finding_id is None and row.clause_id is None:
        raise RuleError("nothing_chosen_here")
    if why.strip():
        row.why = check_words(why, limit=WHY_LIMIT)
    db.session.add(row)
    db.session.flush()
    _record(application, by, "finding_shown")
    return row


def take_out(application: AccessApplication, public_id: uuid.UUID, *, by: Account) -> None:
    """Shows one no longer; nothing happens where it is not there."""
    row = reads.find_chosen(application, public_id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
        _record(application, by, "finding_taken_out")


def _is(one: object, typed: str) -> bool:
    return str(getattr(one, "public_id", "")) == typed


def _record(application: AccessApplication, by: Account, what: str) -> None:
    record(
        EventKind.APPLICATION_EDITED, by=by, dialogue_id=application.asset.dialogue_id, about=application,
        facts={"what": what},
    )  # fmt: skip
