"""How a synthetic panel votes on the seeds of a workshop: most see both the good and the harm, one is against all."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from app.db import db, utcnow
from app.demo.bulk import record_many
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.types import new_public_id
from app.models.voting import CurrentVote, StageStatement, Statement, Vote
from deliberation.events import EventKind
from deliberation.stewardship import Stance


def vote_on_seeds(stage: Stage, panel: Sequence[Participant]) -> None:
    """Everybody votes on everything; the last of the panel is against any access."""
    statements = db.session.scalars(
        select(Statement).join(StageStatement).where(StageStatement.stage_id == stage.id).order_by(Statement.number)
    ).all()
    now, votes = utcnow(), []
    for seat, person in enumerate(panel):
        for one in statements:
            votes.append(
                {
                    "client_key": new_public_id(), "participant_id": person.id, "statement_id": one.id,
                    "position": _position(seat, one, len(panel)), "session_id": stage.session_id,
                    "stage_id": stage.id, "cast_at": now, "is_important": False, "is_late": False,
                }
            )  # fmt: skip
    db.session.execute(insert(Vote), votes)
    rows = db.session.scalars(select(Vote).where(Vote.stage_id == stage.id)).all()
    current = [
        {
            "participant_id": row.participant_id, "statement_id": row.statement_id, "vote_id": row.id,
            "position": row.position, "is_important": False, "cast_at": now,
        }
        for row in rows
    ]  # fmt: skip
    db.session.execute(insert(CurrentVote), current)
    people, texts = {one.id: str(one.public_id) for one in panel}, {one.id: str(one.public_id) for one in statements}
    acts = [
        {
            "actor": people[row.participant_id], "object_kind": "statement", "object_ref": texts[row.statement_id],
            "facts": {"position": row.position},
        }
        for row in rows
    ]  # fmt: skip
    record_many(EventKind.VOTE_CAST, stage.session.dialogue_id, acts)


def _position(seat: int, statement: Statement, size: int) -> int:
    against_all = seat == size - 1
    if statement.stance is Stance.SUPPORTS:
        return -1 if against_all else 1 if (seat + statement.number) % 4 else 0
    if statement.stance is Stance.OPPOSES_ACCESS:
        return 1 if against_all else -1 if (seat + statement.number) % 3 else 0
    return 1 if against_all or (seat * 7 + statement.number) % 5 else -1
