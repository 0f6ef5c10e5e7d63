"""Planning sessions, and opening, pausing and closing them."""

from datetime import datetime

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.dialogues import Dialogue, DialogueSession
from app.models.people import Account
from app.queries.stages import readiness, session_happened
from app.services.order import renumber, swap
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.sessions import check_session_move
from deliberation.stages import Move, StageState

MOVED = {
    Move.OPEN: EventKind.SESSION_OPENED,
    Move.REOPEN: EventKind.SESSION_OPENED,
    Move.PAUSE: EventKind.SESSION_PAUSED,
    Move.CLOSE: EventKind.SESSION_CLOSED,
}


def add_session(
    dialogue: Dialogue,
    *,
    title: str,
    summary: str = "",
    minutes: int = 120,
    starts_at: datetime | None = None,
    by: Account,
) -> DialogueSession:
    """A planned session after the last one."""
    last = db.session.scalar(
        select(func.max(DialogueSession.number)).where(DialogueSession.dialogue_id == dialogue.id)
    )
    session = DialogueSession(
        dialogue_id=dialogue.id,
        number=(last or 0) + 1,
        title=check_words(title, limit=200),
        summary=summary.strip(),
        minutes=minutes,
        starts_at=starts_at,
    )
    db.session.add(session)
    db.session.flush()
    _edited(session, by, "added")
    return session


def edit_session(
    session: DialogueSession, *, title: str, summary: str, minutes: int, starts_at: datetime | None, by: Account
) -> None:
    """Changes the facts of a session."""
    session.title = check_words(title, limit=200)
    session.summary = summary.strip()
    session.minutes = minutes
    session.starts_at = starts_at
    db.session.flush()
    _edited(session, by, "edited")


def shift_session(session: DialogueSession, step: int, *, by: Account) -> None:
    """Moves a session one place up (-1) or down (+1)."""
    if swap(_in_order(session.dialogue_id), session, step, "number"):
        _edited(session, by, "put in another order")


def delete_session(session: DialogueSession, *, by: Account) -> None:
    """Removes a session in which nothing has happened; RuleError `something_happened` otherwise."""
    if session_happened(session):
        raise RuleError("something_happened")
    dialogue_id = session.dialogue_id
    _edited(session, by, "removed")
    db.session.delete(session)
    db.session.flush()
    renumber(_in_order(dialogue_id), "number")


def move_session(session: DialogueSession, move: Move, *, by: Account) -> StageState:
    """Opens, pauses, closes or reopens a session.

    Raises:
        RuleError: why it cannot (see `deliberation.sessions.check_session_move`).
    """
    others = db.session.scalar(
        select(func.count())
        .select_from(DialogueSession)
        .where(
            DialogueSession.dialogue_id == session.dialogue_id,
            DialogueSession.id != session.id,
            DialogueSession.state == StageState.OPEN,
        )
    )
    session.state = check_session_move(move, session.state, readiness(session), others_open=others or 0)
    now = utcnow()
    if session.state is StageState.OPEN:
        session.opened_at = session.opened_at or now
        session.closed_at = None
    if session.state is StageState.CLOSED:
        session.closed_at = now
    db.session.flush()
    facts = {"number": session.number, "move": move.value}
    record(MOVED[move], by=by, dialogue_id=session.dialogue_id, about=session, facts=facts)
    return session.state


def _in_order(dialogue_id: int) -> list[DialogueSession]:
    found = select(DialogueSession).where(DialogueSession.dialogue_id == dialogue_id)
    return list(db.session.scalars(found.order_by(DialogueSession.number)))


def _edited(session: DialogueSession, by: Account, how: str) -> None:
    facts = {"number": session.number, "how": how}
    record(EventKind.SESSION_EDITED, by=by, dialogue_id=session.dialogue_id, about=session, facts=facts)
