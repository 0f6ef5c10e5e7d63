"""What the voting card shows: a ballot, the statement at hand, and the keys that make sending it twice count once."""

import uuid
from typing import Any

from flask import request, url_for

from app.db import db
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.voting import Statement
from app.queries.ballot import Ballot, Shown, newest_vote_id, shown_statement
from app.queries.voting import ballot_of, own_votes, votable, voted_in
from app.services.recording import new_client_key
from app.views.addresses import here
from deliberation.routing import Candidate
from deliberation.voting import place_in_set, remaining_sets

Values = dict[str, Any]
ON_A_PAGE = 25
"""Statements on a page of the list."""


def ballot_values(stage: Stage, participant: Participant | None) -> Values:
    """What the voting card needs, as a page or as a fragment."""
    connection = db.session.connection()
    if participant is not None:
        ballot, after = ballot_of(stage, participant), newest_vote_id(connection, participant.id)
        at_hand = shown_statement(connection, ballot.at_hand_id) if ballot.at_hand_id else None
        return card_values(ballot, at_hand, after)
    rows = votable(stage)
    placed = [Candidate(row.statement_id, row.is_pinned, row.times_shown) for row in rows]
    return card_values(Ballot(placed), shown_statement(connection, rows[0].statement_id) if rows else None, 0)


def just_voted() -> uuid.UUID | None:
    """The statement that was voted on before this page, whose "want to say why?" stands below what comes next."""
    return request.args.get("voted", type=uuid.UUID)


def list_values(stage: Stage, participant: Participant) -> Values:
    """Statements of the stage with one's own votes, a page of them; with `?show=left` only those not yet voted on here.

    A page is light enough for a slow phone however many statements there are.
    """
    rows, voted = votable(stage), voted_in(stage, participant)
    left = [row for row in rows if row.statement_id not in voted]
    only_left = request.args.get("show") == "left"
    shown = left if only_left else rows
    pages = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return {
        "rows": shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "page": page,
        "pages": pages,
        "count": len(rows),
        "left": len(left),
        "only_left": only_left,
        "voted_here": voted,
        "votes": own_votes(participant),
        "new_key": new_client_key,
    }


def list_address(dialogue: Dialogue, stage: Stage, statement: Statement) -> str:
    """Back to the list after a vote in it: at the same statement, or at the next where voted ones are left out."""
    if request.form.get("show") != "left":
        page = request.form.get("page", 1, type=int)
        words: dict[str, Any] = {"page": page} if page > 1 else {}
        return url_for("voting.as_list", _anchor=f"s{statement.number}", **words, **here(dialogue, stage))
    following = request.form.get("following", type=int)
    anchor = f"s{following}" if following else None
    return url_for("voting.as_list", show="left", _anchor=anchor, **here(dialogue, stage))


def card_values(ballot: Ballot, at_hand: Shown | None, after: int) -> Values:
    """What the card shows of a ballot. `after`: the person's newest vote that this page knows of."""
    done, left = ballot.done, ballot.left
    number, size = place_in_set(done)
    # in the last set fewer may be left than a set holds
    size = min(size, number - 1 + left)
    return {
        "ballot": ballot,
        "at_hand": at_hand,
        "number": number,
        "size": size,
        "after_these": max(0, left - (size - number + 1)),
        "next_set": remaining_sets(left),
        "client_key": new_client_key(),
        "after": after,
    }
