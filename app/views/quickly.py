"""The vote path without a detour: one query says who is where, the vote is kept, the next card is drawn.

Each function here may answer instead of the view it stands before (`app.access.first`), or leave it to that view by
returning None: whatever is unusual (a first visit, a refusal, a form that is not whole) goes the ordinary way.
"""

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from typing import Any

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from app.access import Action
from app.db import db, quick_transaction, utcnow
from app.forms import labels
from app.forms.voting import PassForm, SentVote, read_vote
from app.queries.ballot import Ballot, Shown, newest_vote_id, read_ballot, shown_statement
from app.queries.people import digest_of
from app.queries.standing import Standing, read_standing
from app.queries.voting import candidates_on
from app.services.casting import Choice, Where, keep_vote, put_next, statement_sent
from app.views.ballots import card_values, just_voted
from deliberation.errors import RuleError
from deliberation.roles import Actor, Role, check_may
from deliberation.stages import StageKind, StageState
from deliberation.voting import Position

_PARTICIPANT = Actor(frozenset({Role.PARTICIPANT}))
_RANDOM = SystemRandom()


class _GoTheOrdinaryWay(Exception):
    """Something is unusual; nothing has been kept."""


def cast(dialogue_id: uuid.UUID, stage_id: uuid.UUID) -> ResponseReturnValue | None:
    """One vote and what comes next, unless a set of five is full."""
    sent = read_vote(request.form)
    if sent is None:
        return None
    return _act(dialogue_id, stage_id, functools.partial(_keep, sent=sent))


def more(dialogue_id: uuid.UUID, stage_id: uuid.UUID) -> ResponseReturnValue | None:
    """The next set, also of statements that were skipped."""
    return _act(dialogue_id, stage_id, _more)


@dataclass(frozen=True)
class _After:
    """How it stands once the act is done: the ballot, the statement just passed on or voted on, the newest vote."""

    ballot: Ballot
    passed: Shown | None
    newest: int
    voted: uuid.UUID | None = None


def _act(dialogue_id: uuid.UUID, stage_id: uuid.UUID, act: Callable[..., _After]) -> ResponseReturnValue | None:
    token = session.get("device")
    if not token:
        return None
    try:
        with quick_transaction() as connection:
            standing = read_standing(connection, digest_of(token), dialogue_id, stage_id, locked=True)
            if standing is None:
                return None
            now = utcnow()
            after = act(connection, standing, _where(standing, now), now)
            at_hand = after.ballot.at_hand_id and shown_statement(connection, after.ballot.at_hand_id)
    except (RuleError, _GoTheOrdinaryWay):
        return None
    _is_here(standing)
    if not request.headers.get("Folkmoot-Fragment"):
        words: dict[str, Any] = {"dialogue_id": dialogue_id, "stage_id": stage_id}
        if after.voted is not None:
            words["passed" if after.passed else "voted"] = after.voted
        return redirect(url_for("taking_part.stage", **words), 303)
    pass_form = PassForm(formdata=None) if after.passed else None
    values = {**_shell(standing, now), **card_values(after.ballot, at_hand or None, after.newest), "voted": after.voted}
    return render_template("voting/_card.html", **values, passed=after.passed, pass_form=pass_form)


def page(dialogue_id: uuid.UUID, stage_id: uuid.UUID) -> ResponseReturnValue | None:
    """The page of a vote stage that is open and begun."""
    token = session.get("device")
    if not token or request.args.get("passed"):
        return None
    with db.engine.connect() as connection:
        standing = read_standing(connection, digest_of(token), dialogue_id, stage_id)
        if standing is None or standing.stage.kind is not StageKind.VOTE:
            return None
        ballot = read_ballot(connection, standing.stage.id, standing.person.id)
        at_hand = shown_statement(connection, ballot.at_hand_id) if ballot.at_hand_id else None
        after = newest_vote_id(connection, standing.person.id)
    shell = _shell(standing, utcnow())
    if not shell["is_open"]:
        return None
    _is_here(standing)
    card = card_values(ballot, at_hand, after)
    return render_template("voting/page.html", **shell, **card, passed=None, voted=just_voted())


def _where(standing: Standing, now: datetime) -> Where:
    """Who acts, where; refused as everywhere when the stage takes no votes."""
    thing = standing.thing(now)
    check_may(_PARTICIPANT, Action.CAST_VOTE, thing)
    person, stage = standing.person, standing.stage
    is_late = thing.stage_state is StageState.CLOSING
    return Where(
        person.id, person.public_id, person.dialogue_id, stage.session.id, stage.id, standing.table_id, is_late
    )


def _keep(connection: Connection, standing: Standing, where: Where, now: datetime, *, sent: SentVote) -> _After:
    statement_id = statement_sent(connection, where, sent.statement_id)
    if statement_id is None:
        raise _GoTheOrdinaryWay
    ballot = read_ballot(connection, where.stage_id, where.participant_id)
    choice = Choice(statement_id, sent.statement_id, sent.position, sent.is_important, sent.client_key, sent.after)
    kept = keep_vote(connection, where, choice, ballot, now=now)
    if not kept.counts:
        raise _GoTheOrdinaryWay  # sent before, or older than what counts: that is said there
    ballot = ballot.with_line(statement_id, vote_id=kept.vote_id, was_answered=1, open_id=0)
    if not ballot.set_is_full:
        ballot = _next(connection, standing, where, ballot, now)
    passed = shown_statement(connection, statement_id) if sent.position == Position.PASS else None
    return _After(ballot, passed, kept.vote_id, sent.statement_id)


def _more(connection: Connection, standing: Standing, where: Where, now: datetime) -> _After:
    ballot = read_ballot(connection, where.stage_id, where.participant_id)
    ballot = _next(connection, standing, where, ballot, now, again=True)
    return _After(ballot, None, newest_vote_id(connection, where.participant_id))


def _next(
    connection: Connection, standing: Standing, where: Where, ballot: Ballot, now: datetime, *, again: bool = False
) -> Ballot:
    if ballot.at_hand_id is not None:
        return ballot
    known = candidates_on(connection, ballot, standing.dialogue.id, standing.dialogue.mode, where.participant_id)
    shown = put_next(connection, where, known, ballot, _RANDOM, again=again, now=now)
    return ballot if shown is None else ballot.with_line(shown, open_id=1)


def _shell(standing: Standing, now: datetime) -> dict[str, Any]:
    """What `stage_pages.shell` gives, from what is known already."""
    state, its = standing.thing(now).stage_state, standing.stage.session
    return {
        "dialogue": standing.dialogue,
        "stage": standing.stage,
        "is_preview": False,
        "labels": labels,
        "state": state,
        "is_open": state in {StageState.OPEN, StageState.CLOSING},
        "is_finished": standing.finished_at is not None,
        "where": gettext(
            "Session %(number)s of %(count)s · %(title)s", number=its.number, count=its.count, title=its.title
        ),
    }


def _is_here(standing: Standing) -> None:
    """For templates and languages: whose page it is, without asking the database again."""
    g.participant, g.dialogue = standing.person, standing.dialogue
