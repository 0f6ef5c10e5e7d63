"""Sessions: the plan of a dialogue, and opening and closing them."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.sessions import MoveForm, SessionForm, ShiftForm
from app.forms.times import to_local, to_utc
from app.models.dialogues import Dialogue, DialogueSession
from app.queries.dialogues import find_session, stages_in_order
from app.queries.stages import contents_of, empty_stages, session_happened
from app.services import sessions as acts
from deliberation.stages import StageState, possible_moves

bp = Blueprint("sessions", __name__)


@bp.get("/d/<uuid:dialogue_id>/sessions")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every session with its stages, to run and to edit."""
    return index_page(dialogue)


@bp.get("/d/<uuid:dialogue_id>/sessions/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """A form for one more session."""
    return _edit_page(dialogue, None, SessionForm())


@bp.post("/d/<uuid:dialogue_id>/sessions/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds a session after the last one."""
    form = SessionForm()
    if form.validate():
        with form.catching(), transaction():
            acts.add_session(dialogue, by=by_staff(), **_values(form, dialogue))
        if not form.is_refused:
            return _back(dialogue)
    return _edit_page(dialogue, None, form), 422


@bp.get("/d/<uuid:dialogue_id>/sessions/join-code")
@requires(Action.RUN_SESSION)
def join_code(dialogue: Dialogue) -> ResponseReturnValue:
    """The session code in large letters, for a screen that people see."""
    return render_template("sessions/join_code.html")


@bp.get("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """The facts of a session."""
    session = find_session(dialogue, session_id) or abort(404)
    present = {"title": session.title, "summary": session.summary, "minutes": session.minutes}
    present["starts_at"] = to_local(session.starts_at, dialogue.timezone)
    return _edit_page(dialogue, session, SessionForm(formdata=None, data=present))


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Saves them."""
    session = find_session(dialogue, session_id) or abort(404)
    form = SessionForm()
    if form.validate():
        with form.catching(), transaction():
            acts.edit_session(session, by=by_staff(), **_values(form, dialogue))
        if not form.is_refused:
            return _back(dialogue)
    return _edit_page(dialogue, session, form), 422


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    session = find_session(dialogue, session_id) or abort(404)
    with transaction():
        acts.shift_session(session, ShiftForm().wanted(), by=by_staff())
    return _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/delete")
@requires(Action.EDIT_DIALOGUE)
def delete(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Removes a session in which nothing has happened."""
    session = find_session(dialogue, session_id) or abort(404)
    form = MoveForm()
    with form.catching(), transaction():
        acts.delete_session(session, by=by_staff())
    if form.is_refused:
        return index_page(dialogue, form), 409
    flash(gettext("The session was removed."))
    return _back(dialogue)


@bp.post("/d/<uuid:dialogue_id>/sessions/<uuid:session_id>/move")
@requires(Action.RUN_SESSION)
def move(dialogue: Dialogue, session_id: uuid.UUID) -> ResponseReturnValue:
    """Opens, pauses, closes or reopens a session; an impossible move is refused with the reason."""
    session = find_session(dialogue, session_id) or abort(404)
    form = MoveForm()
    with form.catching(), transaction():
        state = acts.move_session(session, form.wanted(), by=by_staff())
    if form.is_refused:
        return index_page(dialogue, form), 409
    words = gettext("Session %(number)s is now %(state)s.", number=session.number, state=labels.STAGE_STATES[state])
    flash(words)
    return _back(dialogue)


def _values(form: SessionForm, dialogue: Dialogue) -> dict[str, Any]:
    return {
        "title": form.title.data or "",
        "summary": form.summary.data or "",
        "minutes": form.minutes.data,
        "starts_at": to_utc(form.starts_at.data, dialogue.timezone),
    }


def _back(dialogue: Dialogue) -> ResponseReturnValue:
    return redirect(url_for("sessions.index", dialogue_id=dialogue.public_id), 303)


def _shown(dialogue: Dialogue) -> int:
    """The session whose stages are unfolded: the one asked for, else the one that runs or comes next."""
    asked = request.args.get("session", "")
    if asked.isdecimal() and len(asked) < 6:
        return int(asked)
    sessions = list(dialogue.sessions)
    running = [s.number for s in sessions if s.state in {StageState.OPEN, StageState.PAUSED}]
    planned = [s.number for s in sessions if s.state is StageState.PLANNED]
    return next(iter(running + planned), sessions[-1].number if sessions else 0)


def index_page(dialogue: Dialogue, form: MoveForm | None = None, shown: int | None = None) -> str:
    """The plan, with the reason above it when a move was refused."""
    stages = stages_in_order(dialogue)
    return render_template(
        "sessions/index.html",
        labels=labels,
        sessions=list(dialogue.sessions),
        contents=contents_of(stages),
        empty=empty_stages(stages),
        possible_moves=possible_moves,
        form=form,
        shown=shown or _shown(dialogue),
    )


def _edit_page(dialogue: Dialogue, session: DialogueSession | None, form: SessionForm) -> str:
    removable = session is not None and not session_happened(session)
    return render_template("sessions/edit.html", form=form, session=session, removable=removable)
