"""The question that a waiting phone asks each five seconds: has anything moved?"""

import uuid

from flask import Blueprint, request, session
from flask.typing import ResponseReturnValue

from app.access import Action, first, requires
from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.queries.live import version_of
from app.queries.people import digest_of

bp = Blueprint("live", __name__)

_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def _quickly(dialogue_id: uuid.UUID) -> ResponseReturnValue | None:
    token = session.get("device")
    if not token:
        return None
    with db.engine.connect() as connection:
        version = version_of(connection, digest_of(token), dialogue_id, utcnow())
    return None if version is None else _answer(version)


@bp.get("/d/<uuid:dialogue_id>/live")
@first(_quickly)
@requires(Action.TAKE_PART)
def look(dialogue: Dialogue) -> ResponseReturnValue:
    """204 when nothing has moved since `seen`; else the new version (`-` in a dialogue without a stage)."""
    return _answer("-")


def _answer(version: str) -> ResponseReturnValue:
    return ("", 204) if request.args.get("seen") == version else (version, 200, _PLAIN)
