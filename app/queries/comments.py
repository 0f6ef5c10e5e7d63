"""Comments as one participant may read them: their own, their table's at once, everyone's once checked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.queries.frames import people_who_allow
from app.queries.taking_part import table_of
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting

PAGE = 12
"""Comments on one page: a page stays small on a slow phone."""


@dataclass(frozen=True)
class Shown:
    """A comment as a participant reads it. `is_same_table`: shown early because it was said at their own table."""

    comment: Comment
    is_own: bool
    is_same_table: bool
    replies: list["Shown"] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """One page of comments on a prompt or a model: the person's own apart from the others'."""

    own: list[Shown]
    others: list[Shown]
    total_others: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages of others' comments there are; at least one."""
        return max(1, -(-self.total_others // PAGE))


def find_prompt(stage: Stage, public_id: uuid.UUID) -> Prompt | None:
    """A prompt of this stage."""
    return db.session.scalar(select(Prompt).where(Prompt.public_id == public_id, Prompt.stage_id == stage.id))


def find_comment(stage: Stage, public_id: uuid.UUID, reader: Participant) -> Comment | None:
    """A comment written in this stage that the reader may see."""
    return db.session.scalar(
        select(Comment).where(Comment.public_id == public_id, Comment.stage_id == stage.id, _visible_to(stage, reader))
    )


def thread_on(stage: Stage, target: Prompt | StewardshipModel, reader: Participant | None, page: int = 1) -> Thread:
    """Comments on a prompt or a model; for nobody in particular (a preview) only what may be quoted."""
    about = Comment.prompt_id == target.id if isinstance(target, Prompt) else Comment.model_id == target.id
    in_dialogue = Comment.dialogue_id == stage.session.dialogue_id
    mine = Comment.author_id == (reader.id if reader else -1)
    alive = Comment.state != WordState.WITHDRAWN
    own = list(db.session.scalars(select(Comment).where(about, in_dialogue, mine, alive).order_by(Comment.id)))
    others_are = (about, in_dialogue, or_(Comment.author_id.is_(None), ~mine), _visible_to(stage, reader))
    total = db.session.scalar(select(func.count()).select_from(Comment).where(*others_are)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    found = select(Comment).where(*others_are).order_by(Comment.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    others = list(db.session.scalars(found))
    replies = _replies(stage, [*own, *others], reader)
    return Thread(
        [_shown(one, reader, replies) for one in own], [_shown(one, reader, replies) for one in others], total, page
    )


def same_before(author: Participant, text: str, target: dict[str, int], stage: Stage) -> Comment | None:
    """The same words by the same person in answer to the same thing, if they were sent before."""
    return db.session.scalar(
        select(Comment).where(
            Comment.author_id == author.id,
            Comment.stage_id == stage.id,
            Comment.text == text,
            Comment.state != WordState.WITHDRAWN,
            *(getattr(Comment, name) == value for name, value in target.items()),
        )
    )


def answered_prompts(stage: Stage, participant: Participant) -> set[int]:
    """Ids of the prompts of this stage that the participant has answered."""
    return set(
        db.session.scalars(
            select(Comment.prompt_id).where(
                Comment.stage_id == stage.id,
                Comment.author_id == participant.id,
                Comment.prompt_id.is_not(None),
                Comment.state != WordState.WITHDRAWN,
            )
        )
    )


def comments_by(dialogue: Dialogue, participant: Participant) -> list[Comment]:
    """Everything that the participant wrote as a comment, newest first."""
    found = select(Comment).where(Comment.dialogue_id == dialogue.id, Comment.author_id == participant.id)
    return list(db.session.scalars(found.order_by(Comment.id.desc())))


def _visible_to(stage: Stage, reader: Participant | None) -> ColumnElement[bool]:
    """Checked words for everyone; one's own always; in a panel what was said at one's own table at once.

    Words written in a stage that is not held at tables wait for the check: their box said so.
    """
    everyone = Comment.state == WordState.APPROVED
    if reader is None:  # a preview, also by staff who read only words that may be quoted
        return and_(everyone, Comment.author_id.in_(people_who_allow(stage.session.dialogue, Purpose.QUOTES)))
    ways: list[Any] = [everyone, and_(Comment.author_id == reader.id, Comment.state != WordState.WITHDRAWN)]
    table = table_of(stage, reader)
    if table is not None and stage.session.dialogue.mode is DialogueMode.PANEL:
        at_tables = select(Stage.id).where(Stage.session_id == stage.session_id, Stage.setting == Setting.TABLES)
        ways.append(
            and_(Comment.table_id == table, Comment.stage_id.in_(at_tables), Comment.state == WordState.WAITING)
        )
    return or_(*ways)


def _replies(stage: Stage, parents: Sequence[Comment], reader: Participant | None) -> dict[int, list[Comment]]:
    found = (
        select(Comment)
        .where(Comment.parent_id.in_([one.id for one in parents]), _visible_to(stage, reader))
        .order_by(Comment.id)
    )
    replies: dict[int, list[Comment]] = {}
    for one in db.session.scalars(found):
        replies.setdefault(one.parent_id or 0, []).append(one)
    return replies


def _shown(comment: Comment, reader: Participant | None, replies: dict[int, list[Comment]]) -> Shown:
    is_own = reader is not None and comment.author_id == reader.id
    return Shown(
        comment,
        is_own,
        not is_own and comment.state is WordState.WAITING,
        [_shown(one, reader, {}) for one in replies.get(comment.id, [])],
    )
