"""Snapshots as they are read: which there are, counts in one, its themes, and who withdrew since."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer, selectinload

from analysis.disclosure import STANDARD
from app.db import db
from app.models.analysis import Snapshot, Theme
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.events import Job
from app.models.people import Participant
from app.models.voting import Statement
from app.queries.frames import people_who_allow
from deliberation.consent import Purpose
from deliberation.moderation import WordState, showing
from deliberation.sessions import DialogueMode


@dataclass(frozen=True)
class Tally:
    """A statement's counts as they stood in a snapshot. `is_open` is False where this reader may not see them."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0
    seen: int = 0
    important: int = 0
    is_open: bool = True
    group_aware_consensus: float | None = None
    divisiveness: float = 0.0
    left_out: bool = False

    @property
    def against(self) -> int:
        """Votes on the smaller side: those who voted the other way."""
        return min(self.agree, self.disagree)

    @property
    def mostly_agree(self) -> bool:
        """Whether at least as many agree as disagree."""
        return self.agree >= self.disagree


def snapshots_of(dialogue: Dialogue) -> list[Snapshot]:
    """Snapshots, the newest first; their results are loaded only when asked for."""
    return list(
        db.session.scalars(
            select(Snapshot)
            .where(Snapshot.dialogue_id == dialogue.id)
            .order_by(Snapshot.number.desc())
            .options(defer(Snapshot.result))
        )
    )


def find_snapshot(dialogue: Dialogue, public_id: uuid.UUID) -> Snapshot | None:
    """A snapshot of this dialogue."""
    return db.session.scalar(
        select(Snapshot).where(Snapshot.public_id == public_id, Snapshot.dialogue_id == dialogue.id)
    )


def newest_snapshot(dialogue: Dialogue) -> Snapshot | None:
    """The newest snapshot of this dialogue."""
    return db.session.scalar(
        select(Snapshot).where(Snapshot.dialogue_id == dialogue.id).order_by(Snapshot.number.desc()).limit(1)
    )


def newest_job(dialogue: Dialogue) -> Job | None:
    """The newest analysis job of the dialogue, in whatever state."""
    return db.session.scalar(
        select(Job).where(Job.dialogue_id == dialogue.id, Job.kind == "analysis").order_by(Job.id.desc()).limit(1)
    )


def tallies(snapshot: Snapshot, mode: DialogueMode, *, exact: bool) -> dict[int, Tally]:
    """Statement -> its counts in the snapshot.

    Args:
        exact: an analyst reads. Everybody else: whole-panel tallies are exact, and in an open dialogue counts are
            shown once 20 people have voted on a statement.
    """
    is_open = exact or mode is DialogueMode.PANEL
    return {
        one["id"]: Tally(
            agree=one["agree"],
            disagree=one["disagree"],
            passed=one["passed"],
            seen=one["seen"],
            important=one["important"],
            is_open=is_open or one["seen"] >= STANDARD.base,
            group_aware_consensus=one["group_aware_consensus"],
            divisiveness=one["divisiveness"],
            left_out=one["left_out"],
        )
        for one in snapshot.result["statements"]
    }


def people_in(snapshot: Snapshot) -> int:
    """How many people had voted."""
    return len(snapshot.result["participants"])


def statements_of(dialogue: Dialogue) -> dict[int, Statement]:
    """Every statement of the dialogue by inner key, in the order of their numbers."""
    found = db.session.scalars(select(Statement).where(Statement.dialogue_id == dialogue.id).order_by(Statement.number))
    return {one.id: one for one in found}


def find_statement(dialogue: Dialogue, public_id: uuid.UUID) -> Statement | None:
    """A statement of this dialogue."""
    return db.session.scalar(
        select(Statement).where(Statement.public_id == public_id, Statement.dialogue_id == dialogue.id)
    )


def words_of(statement: Statement) -> str | None:
    """The words of a statement that everyone may see, else None. Counts stay when words go."""
    return statement.text if statement.withdrawn_at is None and showing(statement.state).shown_to_all else None


def themes_of(snapshot: Snapshot) -> list[Theme]:
    """The themes of a snapshot with their members, in order."""
    return list(
        db.session.scalars(
            select(Theme)
            .where(Theme.snapshot_id == snapshot.id)
            .order_by(Theme.place)
            .options(selectinload(Theme.members))
        )
    )


def find_theme(dialogue: Dialogue, public_id: uuid.UUID) -> Theme | None:
    """A theme of a snapshot of this dialogue."""
    return db.session.scalar(
        select(Theme)
        .join(Snapshot, Snapshot.id == Theme.snapshot_id)
        .where(Theme.public_id == public_id, Snapshot.dialogue_id == dialogue.id)
        .options(selectinload(Theme.members))
    )


def snapshot_of(theme: Theme) -> Snapshot:
    """The snapshot that a theme belongs to."""
    return db.session.get_one(Snapshot, theme.snapshot_id)


@dataclass(frozen=True)
class Words:
    """A comment as this reader may see it: its words, or None where they are not to be shown."""

    id: int
    public_id: uuid.UUID
    text: str | None
    lang: str
    may_be_quoted: bool


def comments_as_read(dialogue: Dialogue, ids: Collection[int] | None, *, exact: bool) -> dict[int, Words]:
    """Comments by inner key, in order. Never a pseudonym or a table.

    Analysts read every comment that is not kept out; anybody else only words that everyone may see and whose
    author gave the quotes permission.

    Args:
        ids: which comments; None for all of the dialogue.
    """
    if ids is not None and not ids:
        return {}
    quotable = people_who_allow(dialogue, Purpose.QUOTES)
    asked = (
        select(Comment, Participant.left_at)
        .outerjoin(Participant, Participant.id == Comment.author_id)
        .where(Comment.dialogue_id == dialogue.id)
        .order_by(Comment.id)
    )
    if ids is not None:
        asked = asked.where(Comment.id.in_(ids))
    found = {}
    for comment, left_at in db.session.execute(asked):
        stands = comment.withdrawn_at is None and left_at is None
        readable = stands and showing(comment.state, comment.reason).read_by_analysts
        quoted = stands and comment.state is WordState.APPROVED and comment.author_id in quotable
        text = comment.text if (readable if exact else quoted) else None
        found[comment.id] = Words(comment.id, comment.public_id, text, comment.lang, quoted)
    return found


def withdrawn_since(snapshot: Snapshot) -> int:
    """How many people, statements and comments of a snapshot have gone since it was taken."""
    result, kept = snapshot.result, snapshot.settings["inputs"]
    dialogue = db.session.get_one(Dialogue, snapshot.dialogue_id)
    people = {one["id"] for one in result["participants"]}
    staying = set(
        db.session.scalars(
            select(Participant.id).where(Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None))
        )
    )
    return len(people - staying) + _statements_gone(dialogue, result) + _comments_gone(dialogue, kept)


def _statements_gone(dialogue: Dialogue, result: Mapping[str, Any]) -> int:
    ids = {one["id"] for one in result["statements"] if one["state"] != WordState.WITHDRAWN.value}
    standing = set(
        db.session.scalars(
            select(Statement.id).where(Statement.dialogue_id == dialogue.id, Statement.withdrawn_at.is_(None))
        )
    )
    return len(ids - standing)


def _comments_gone(dialogue: Dialogue, kept: Mapping[str, Any]) -> int:
    """Comments taken back, or whose author has left or no longer allows machine sorting."""
    sortable = people_who_allow(dialogue, Purpose.MACHINE_SORTING)
    rows = db.session.execute(
        select(Comment.id, Comment.author_id)
        .outerjoin(Participant, Participant.id == Comment.author_id)
        .where(
            Comment.dialogue_id == dialogue.id,
            Comment.withdrawn_at.is_(None),
            or_(Comment.author_id.is_(None), Participant.left_at.is_(None)),
        )
    )
    standing = {row.id for row in rows if row.author_id is None or row.author_id in sortable}
    return len(set(kept["comments"]) - standing)


def count_current(dialogue: Dialogue) -> tuple[int, int]:
    """(statements everyone may see, comments) of the dialogue now."""
    statements = db.session.scalar(
        select(func.count())
        .select_from(Statement)
        .where(Statement.dialogue_id == dialogue.id, Statement.state == WordState.APPROVED)
    )
    comments = db.session.scalar(select(func.count()).select_from(Comment).where(Comment.dialogue_id == dialogue.id))
    return statements or 0, comments or 0


def comments_on(dialogue: Dialogue, statement: Statement, *, exact: bool) -> list[Words]:
    """Comments on a statement whose words this reader may see."""
    ids = list(db.session.scalars(select(Comment.id).where(Comment.statement_id == statement.id)))
    return [one for one in comments_as_read(dialogue, ids, exact=exact).values() if one.text is not None]


def unplaced(snapshot: Snapshot) -> list[int]:
    """Comments that the machine read and put in no theme; all of them where it drafted none."""
    placed = {
        member["id"]
        for theme in snapshot.result["themes"]["themes"]
        for member in theme["members"]
        if theme["label"] != "other" and member["kind"] == "comment"
    }
    return [one for one in snapshot.settings["inputs"]["comments"] if one not in placed]
