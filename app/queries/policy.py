"""The moderation policy of a dialogue as it stands, and its earlier versions."""

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderating import ModerationPolicy
from deliberation.policy import DEFAULT, Policy, policy_of


def current_policy(dialogue: Dialogue) -> Policy:
    """The newest version; the one that every dialogue starts with where nobody has written another."""
    row = db.session.scalar(_versions(dialogue).limit(1))
    return DEFAULT if row is None else policy_of(row.intro, row.reasons, row.version)


def policy_versions(dialogue: Dialogue) -> list[ModerationPolicy]:
    """Every version, newest first."""
    return list(db.session.scalars(_versions(dialogue)))


def _versions(dialogue: Dialogue):  # type: ignore[no-untyped-def]
    return (
        select(ModerationPolicy)
        .where(ModerationPolicy.dialogue_id == dialogue.id)
        .order_by(ModerationPolicy.version.desc())
    )
