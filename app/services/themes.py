"""Themes: a person names, describes and finalises what the machine drafted."""

from collections.abc import Sequence

from app.db import db, utcnow
from app.models.analysis import Snapshot, Theme, ThemeCondition
from app.models.people import Account
from app.models.voting import Condition
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import showing

TITLE_LIMIT = 200


def put_conditions(theme: Theme, conditions: Sequence[Condition], *, by: Account) -> None:
    """Exactly these conditions belong to the theme, beside those whose author has left.

    Raises:
        RuleError: `not_in_snapshot` for one written after the theme's snapshot; `not_shown` for words that are not
            shown to everyone.
    """
    snapshot = db.session.get_one(Snapshot, theme.snapshot_id)
    for one in conditions:
        if one.created_at > snapshot.taken_at:
            raise RuleError("not_in_snapshot")
        if not showing(one.state, one.reason).shown_to_all:
            raise RuleError("not_shown")
    wanted = {one.id for one in conditions}
    kept = [row for row in theme.conditions if row.condition_id is None or row.condition_id in wanted]
    known = {row.condition_id for row in kept}
    theme.conditions = [*kept, *(ThemeCondition(condition_id=one) for one in sorted(wanted - known))]
    db.session.flush()
    facts = {"conditions": len(theme.conditions)}
    record(EventKind.THEME_EDITED, by=by, dialogue_id=snapshot.dialogue_id, about=theme, facts=facts)


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
