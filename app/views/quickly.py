"""The vote path without a detour: one query says who is where, the vote is kept, the next card is drawn.

Each function here may answer instead of the view it stands before (`app.access.first`), or leave it to that view by
returning None: whatever is unusual (a first visit, a refusal, a form that is not whole) goes the ordinary way.
"""

import uuid
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
    sent, token = read_vote(request.form), session.get("device")
    if sent is None or not token:
        return None
    try:
        with quick_transaction() as connection:
            standing = read_standing(connection, digest_of(token), dialogue_id, stage_id, locked=True)
            if standing is None:
                return None
            ballot, passed, after = _keep(connection, standing, sent)
            at_hand = shown_statement(connection, ballot.at_hand_id) if ballot.at_hand_id else None
    except (RuleError, _GoTheOrdinaryWay):
        return None
    _is_here(standing)
    if not request.headers.get("Folkmoot-Fragment"):
        more: dict[str, Any] = {"passed" if passed else "voted": sent.statement_id}
        here: dict[str, Any] = {"dialogue_id": standing.dialogue.public_id, "stage_id": standing.stage.public_id}
        return redirect(url_for("taking_part.stage", **here, **more), 303)
    pass_form = PassForm(formdata=None) if passed else None
    values = {**_shell(standing, utcnow()), **card_values(ballot, at_hand, after), "voted": sent.statement_id}
    return render_template("voting/_card.html", **values, passed=passed, pass_form=pass_form)


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


def _keep(connection: Connection, standing: Standing, sent: SentVote) -> tuple[Ballot, Shown | None, int]:
    """The ballot after the vote, with what comes next; the statement that was passed on, if so; the newest vote."""
    now = utcnow()
    thing = standing.thing(now)
    check_may(_PARTICIPANT, Action.CAST_VOTE, thing)
    person, stage = standing.person, standing.stage
    where = Where(
        person.id, person.public_id, person.dialogue_id, stage.session.id, stage.id, standing.table_id,
        thing.stage_state is StageState.CLOSING,
    )  # fmt: skip
    statement_id = statement_sent(connection, where, sent.statement_id)
    if statement_id is None:
        raise _GoTheOrdinaryWay
    ballot = read_ballot(connection, stage.id, person.id)
    choice = Choice(statement_id, sent.statement_id, sent.position, sent.is_important, sent.client_key, sent.after)
    kept = keep_vote(connection, where, choice, ballot, now=now)
    if kept.is_new and not kept.counts:
        raise _GoTheOrdinaryWay
    if kept.is_new:
        ballot = ballot.with_line(statement_id, vote_id=kept.vote_id, was_answered=1, open_id=0)
        after = kept.vote_id
    else:
        after = newest_vote_id(connection, person.id)
    if not ballot.set_is_full and ballot.at_hand_id is None:
        known = candidates_on(connection, ballot, standing.dialogue.id, standing.dialogue.mode, person.id)
        shown = put_next(connection, where, known, ballot, _RANDOM, now=now)
        if shown is not None:
            ballot = ballot.with_line(shown, open_id=1)
    passed = shown_statement(connection, statement_id) if sent.position == Position.PASS else None
    return ballot, passed, after


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
