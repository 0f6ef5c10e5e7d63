"""Why the synthetic panel voted so: some tick reasons, and some do not understand one statement."""

from collections.abc import Sequence
from random import Random
from typing import Any

from sqlalchemy import insert

from app.db import db
from app.models.types import new_public_id
from app.models.voting import VoteReason
from deliberation.reasons import USUAL_CHIPS
from deliberation.voting import PassReason, Position

SAID_WHY = 0.12
"""So many votes for or against come with a reason."""
PUZZLED_AT = 4
"""The place, in the last vote, of the statement that several people do not understand."""
PUZZLED = 6


def say_why(votes: Sequence[dict[str, Any]], rng: Random) -> None:
    """Reasons beside votes; a later vote of the same person and position keeps the reason given first."""
    rows = {}
    for vote in votes:
        if vote["position"] == Position.PASS or rng.random() > SAID_WHY:
            continue
        usual = USUAL_CHIPS[Position(vote["position"])]
        rows[vote["participant_id"], vote["statement_id"], vote["position"]] = {
            "public_id": new_public_id(),
            "participant_id": vote["participant_id"],
            "statement_id": vote["statement_id"],
            "stage_id": vote["stage_id"],
            "position": vote["position"],
            "chips": [one.value for one in rng.sample(usual, rng.choice((1, 1, 2)))],
            "given_at": vote["cast_at"],
        }
    for row in db.session.query(VoteReason):
        rows.pop((row.participant_id, row.statement_id, row.position), None)
    if rows:
        db.session.execute(insert(VoteReason), list(rows.values()))


def do_not_understand(votes: Sequence[dict[str, Any]], statement_id: int) -> None:
    """The first people who voted on the statement pass instead, since they do not understand it."""
    for vote in [one for one in votes if one["statement_id"] == statement_id][:PUZZLED]:
        vote |= {"position": int(Position.PASS), "is_important": False, "pass_reason": PassReason.DONT_UNDERSTAND}
