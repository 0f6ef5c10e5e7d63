"""Comments as one participant may read them: their own, their table's at once, everyone's once checked."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.db import db, utcnow
from app.models.analysis import Citation, Snapshot
from app.models.comments import Comment, CommentWording, Prompt, StaffReply
from app.models.dialogues import Dialogue, Stage
from app.models.learning import Material
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.models.voting import Statement
from app.queries.frames import people_who_allow
from app.queries.taking_part import table_of
from deliberation.comments import ReplySide, edit_until
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting

PAGE = 12
"""Comments on one page: a page stays small on a slow phone."""

About = Prompt | StewardshipModel | Statement | Comment | tuple[Material, str]
"""What a thread is about; (material, anchor) is a paragraph."""


@dataclass(frozen=True)
class Replies:
    """How many replies a comment has that the reader may see, and how many of them bear each mark."""

    total: int = 0
    by_side: Mapping[ReplySide, int] = field(default_factory=dict)
    by_team: int = 0

    @property
    def are_marked(self) -> bool:
        """Whether any reply bears a mark."""
        return bool(self.by_side)

    def of(self, side: str) -> int:
        """How many bear this mark."""
        return self.by_side.get(ReplySide(side), 0)


@dataclass(frozen=True)
class Shown:
    """A comment as a participant reads it. `is_same_table`: shown early because it was said at their own table.

    `is_gone`: its words are not shown any more; it keeps its place because others replied.
    `edit_until`: until when the reader may change their own words; None when they may not.
    """

    comment: Comment
    is_own: bool
    is_same_table: bool
    is_gone: bool
    replies: Replies
    edit_until: datetime | None = None


@dataclass(frozen=True)
class Thread:
    """One page of comments on one thing: the person's own apart from the others'."""

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
    """A comment that the reader may see: written in this stage, or on a thing that several stages may show."""
    elsewhere = (Comment.model_id, Comment.statement_id, Comment.version_id)
    return db.session.scalar(
        select(Comment).where(
            Comment.public_id == public_id,
            Comment.dialogue_id == stage.session.dialogue_id,
            or_(Comment.stage_id == stage.id, *(column.is_not(None) for column in elsewhere)),
            or_(visible_to(stage, reader), keeps_its_place(stage, reader)),
        )
    )


def shown_one(stage: Stage, comment: Comment, reader: Participant | None) -> Shown:
    """One comment with its replies counted."""
    return _shown([comment], stage, reader)[0]


def thread_on(stage: Stage, target: About, reader: Participant | None, page: int = 1) -> Thread:
    """Comments on a thing; for nobody in particular (a preview) only what may be quoted."""
    about = _about(target)
    in_dialogue = Comment.dialogue_id == stage.session.dialogue_id
    mine = Comment.author_id == (reader.id if reader else -1)
    alive = Comment.state != WordState.WITHDRAWN
    own = list(db.session.scalars(select(Comment).where(*about, in_dialogue, mine, alive).order_by(Comment.id)))
    shown = or_(visible_to(stage, reader), keeps_its_place(stage, reader))
    others_are = (*about, in_dialogue, or_(Comment.author_id.is_(None), ~mine, ~alive), shown)
    total = db.session.scalar(select(func.count()).select_from(Comment).where(*others_are)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    # replies are read in the order in which they were given, everything else newest first
    order = Comment.id if isinstance(target, Comment) else Comment.id.desc()
    found = select(Comment).where(*others_are).order_by(order).limit(PAGE).offset((page - 1) * PAGE)
    others = list(db.session.scalars(found))
    return Thread(_shown(own, stage, reader), _shown(others, stage, reader), total, page)


def same_before(author: Participant, text: str, target: Mapping[str, Any], stage: Stage) -> Comment | None:
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


def is_answered(comment: Comment) -> bool:
    """Whether somebody else replied, or the team did, and the reply stands."""
    reply = select(Comment.id).where(
        Comment.parent_id == comment.id,
        or_(Comment.author_id.is_(None), Comment.author_id != comment.author_id),
        Comment.state.in_([WordState.WAITING, WordState.APPROVED]),
    )
    by_team = select(StaffReply.id).where(StaffReply.comment_id == comment.id, StaffReply.withdrawn_at.is_(None))
    return db.session.scalar(reply.limit(1)) is not None or db.session.scalar(by_team.limit(1)) is not None


def is_used(comment: Comment) -> bool:
    """Whether the words were cited, or may have gone into an analysis, since they were written."""
    cited = select(Citation.id).where(Citation.comment_id == comment.id)
    taken = select(Snapshot.id).where(
        Snapshot.dialogue_id == comment.dialogue_id, Snapshot.taken_at >= comment.created_at
    )
    return db.session.scalar(cited.limit(1)) is not None or db.session.scalar(taken.limit(1)) is not None


def earlier_wordings(comment: Comment) -> list[CommentWording]:
    """What a comment said before its author changed it, oldest first; for moderators."""
    found = select(CommentWording).where(CommentWording.comment_id == comment.id).order_by(CommentWording.id)
    return list(db.session.scalars(found))


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


def visible_to(stage: Stage, reader: Participant | None, row: Any = Comment) -> ColumnElement[bool]:
    """Checked words for everyone; one's own always; in a panel what was said at one's own table at once.

    Words written in a stage that is not held at tables wait for the check: their box said so.
    """
    everyone = row.state == WordState.APPROVED
    if reader is None:  # a preview, also by staff who read only words that may be quoted
        return and_(everyone, row.author_id.in_(people_who_allow(stage.session.dialogue, Purpose.QUOTES)))
    ways: list[Any] = [everyone, and_(row.author_id == reader.id, row.state != WordState.WITHDRAWN)]
    table = table_of(stage, reader)
    if table is not None and stage.session.dialogue.mode is DialogueMode.PANEL:
        at_tables = select(Stage.id).where(Stage.session_id == stage.session_id, Stage.setting == Setting.TABLES)
        ways.append(and_(row.table_id == table, row.stage_id.in_(at_tables), row.state == WordState.WAITING))
    return or_(*ways)


def keeps_its_place(stage: Stage, reader: Participant | None) -> ColumnElement[bool]:
    """Comments that were taken back after others replied: the place stays, so that the replies do."""
    reply = aliased(Comment)
    answered = select(reply.id).where(reply.parent_id == Comment.id, visible_to(stage, reader, reply)).exists()
    return and_(Comment.state == WordState.WITHDRAWN, answered)


def _about(target: About) -> list[ColumnElement[bool]]:
    if isinstance(target, tuple):
        material, anchor = target
        return [Comment.version_id.in_([one.id for one in material.versions]), Comment.anchor == anchor]
    columns = {
        Prompt: Comment.prompt_id,
        StewardshipModel: Comment.model_id,
        Statement: Comment.statement_id,
        Comment: Comment.parent_id,
    }
    return [columns[type(target)] == target.id]


def _replies(stage: Stage, parents: Sequence[Comment], reader: Participant | None) -> dict[int, Replies]:
    """Counts for each comment: two queries however many there are."""
    ids = [one.id for one in parents]
    rows = db.session.execute(
        select(Comment.parent_id, Comment.side, func.count())
        .where(Comment.parent_id.in_(ids), visible_to(stage, reader))
        .group_by(Comment.parent_id, Comment.side)
    )
    sides: dict[int, dict[ReplySide | None, int]] = {}
    for parent_id, side, count in rows:
        sides.setdefault(parent_id or 0, {})[side] = count
    team = db.session.execute(
        select(StaffReply.comment_id, func.count())
        .where(StaffReply.comment_id.in_(ids), StaffReply.withdrawn_at.is_(None))
        .group_by(StaffReply.comment_id)
    )
    by_team = {row[0]: row[1] for row in team}
    return {
        key: Replies(
            total=sum(sides.get(key, {}).values()),
            by_side={side: count for side, count in sides.get(key, {}).items() if side is not None},
            by_team=by_team.get(key, 0),
        )
        for key in ids
    }


def _shown(comments: Sequence[Comment], stage: Stage, reader: Participant | None) -> list[Shown]:
    replies = _replies(stage, comments, reader) if comments else {}
    return [_one(comment, reader, replies[comment.id]) for comment in comments]


def _one(comment: Comment, reader: Participant | None, replies: Replies) -> Shown:
    is_gone = comment.state is WordState.WITHDRAWN
    is_own = reader is not None and comment.author_id == reader.id and not is_gone
    until = edit_until(comment.created_at)
    may_edit = is_own and not replies.total and not replies.by_team and until > utcnow()
    return Shown(
        comment=comment,
        is_own=is_own,
        is_same_table=not is_own and comment.state is WordState.WAITING,
        is_gone=is_gone,
        replies=replies,
        edit_until=until if may_edit else None,
    )


def comment_text(comment_id: int | None) -> str:
    """The words of a comment by its inner key; empty without one, or once they were taken back."""
    row = db.session.get(Comment, comment_id) if comment_id is not None else None
    return row.text if row is not None and row.state is not WordState.WITHDRAWN else ""
