"""Themes: a person names, describes and finalises what the machine drafted."""

from app.db import db, utcnow
from app.models.analysis import Snapshot, Theme
from app.models.people import Account
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind

TITLE_LIMIT = 200


def edit_theme(theme: Theme, *, title: str, description: str, is_final: bool, by: Account) -> None:
    """Sets the words of a theme; `is_final` says that a person now stands behind them.

    Raises:
        RuleError: `words_empty` or `words_too_long` for the title.
    """
    title = title.strip()
    if not title:
        raise RuleError("words_empty")
    if len(title) > TITLE_LIMIT:
        raise RuleError("words_too_long", over=len(title) - TITLE_LIMIT, limit=TITLE_LIMIT)
    theme.title, theme.description = title, description.strip()
    if is_final and theme.finalised_at is None:
        theme.finalised_at, theme.finalised_by_id = utcnow(), by.id
    if not is_final:
        theme.finalised_at = theme.finalised_by_id = None
    db.session.flush()
    dialogue_id = db.session.get_one(Snapshot, theme.snapshot_id).dialogue_id
    record(EventKind.THEME_EDITED, by=by, dialogue_id=dialogue_id, about=theme, facts={"final": is_final})
