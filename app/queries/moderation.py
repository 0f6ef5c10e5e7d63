"""The moderation queue: words of participants by state, kind and stage, with where they came from."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Select, cast, func, literal, null, select, union_all

from app.db import db
from app.models.comments import Comment, CommentWording, ModerationDecision, Prompt
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.learning import MaterialVersion
from app.models.stewardship import StewardshipModel
from app.models.voting import Condition, Statement
from app.queries.comments import earlier_wordings
from deliberation.moderation import WordState
from deliberation.paragraphs import find_paragraph, plain
from deliberation.similar import Known, similar_to
from deliberation.voting import Origin

PAGE = 20
KNOWN = 300
"""How many statements are looked through for similar ones."""


class WordKind(StrEnum):
    """What kind of words wait to be checked."""

    STATEMENT = "statement"
    COMMENT = "comment"
    CONDITION = "condition"


Words = Statement | Comment | Condition
ROWS: dict[WordKind, type[Any]] = {
    WordKind.STATEMENT: Statement,
    WordKind.COMMENT: Comment,
    WordKind.CONDITION: Condition,
}


@dataclass(frozen=True)
class Filters:
    """What the desk shows."""

    state: WordState = WordState.WAITING
    kind: WordKind | None = None
    stage: Stage | None = None


@dataclass(frozen=True)
class Item:
    """Words with where they came from. No author: a moderator decides about words.

    `about_kind` is "prompt", "statement", "said_of", "model", "paragraph", "comment" or "", and `about` its words.
    `earlier` is what a comment said before its author changed it, oldest first.
    """

    kind: WordKind
    row: Words
    stage: Stage | None
    about_kind: str
    about: str
    decision: ModerationDecision | None
    similar: list[Statement]
    earlier: list[CommentWording]


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue, and how many there are by state, kind and stage."""

    items: list[Item]
    total: int
    page: int
    by_state: dict[WordState, int]
    by_kind: dict[WordKind, int]
    by_stage: list[tuple[Stage, int]]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


def find_words(dialogue: Dialogue, kind: WordKind, public_id: uuid.UUID) -> Words | None:
    """Words of this dialogue."""
    found = select(ROWS[kind]).where(ROWS[kind].public_id == public_id)
    if kind is WordKind.CONDITION:
        found = found.join(Statement, Statement.id == Condition.statement_id).where(
            Statement.dialogue_id == dialogue.id
        )
    else:
        found = found.where(ROWS[kind].dialogue_id == dialogue.id)
    return db.session.scalar(found)


def find_decision(dialogue: Dialogue, public_id: uuid.UUID) -> ModerationDecision | None:
    """A decision of this dialogue."""
    return db.session.scalar(
        select(ModerationDecision).where(
            ModerationDecision.public_id == public_id, ModerationDecision.dialogue_id == dialogue.id
        )
    )


def waiting_count(dialogue: Dialogue) -> int:
    """How many words wait to be checked."""
    return _states(dialogue, None, None).get(WordState.WAITING, 0)


def queue(dialogue: Dialogue, filters: Filters, page: int = 1) -> QueuePage:
    """One page of words: those waiting oldest first, the others newest first."""
    union = _union(dialogue, filters.kind, filters.stage).subquery()
    wanted = select(union).where(union.c.state == filters.state)
    oldest_first = filters.state is WordState.WAITING
    order = (
        (union.c.created_at, union.c.id) if oldest_first else (union.c.created_at.desc(), union.c.id.desc())
    )
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    last = max(1, -(-total // PAGE))
    page = min(max(page, 1), last)
    rows = db.session.execute(wanted.order_by(*order).limit(PAGE).offset((page - 1) * PAGE))
    known = _known(dialogue)
    items = [_item(WordKind(row.kind), row.id, known) for row in rows]
    return QueuePage(
        items=items,
        total=total,
        page=page,
        by_state=_states(dialogue, filters.kind, filters.stage),
        by_kind=_kinds(dialogue, filters.state, filters.stage),
        by_stage=_stages(dialogue, filters.state, filters.kind),
    )


def decision_label(decision: ModerationDecision) -> WordKind:
    """Which kind of words a decision was about."""
    if decision.statement_id is not None:
        return WordKind.STATEMENT
    return WordKind.COMMENT if decision.comment_id is not None else WordKind.CONDITION


def decisions_of(dialogue: Dialogue, limit: int = 20) -> list[tuple[ModerationDecision, Words]]:
    """The newest decisions, undone ones too, each with its words."""
    found = (
        select(ModerationDecision)
        .where(ModerationDecision.dialogue_id == dialogue.id)
        .order_by(ModerationDecision.id.desc())
        .limit(limit)
    )
    return [(decision, words_of(decision)) for decision in db.session.scalars(found)]


def words_of(decision: ModerationDecision) -> Words:
    """The words that a decision was about."""
    kind = decision_label(decision)
    words: Words = db.session.get_one(ROWS[kind], getattr(decision, f"{kind.value}_id"))
    return words


def newest_decision(kind: WordKind, words_id: int) -> ModerationDecision | None:
    """The newest decision about words that has not been undone."""
    column = getattr(ModerationDecision, f"{kind.value}_id")
    return db.session.scalar(
        select(ModerationDecision)
        .where(column == words_id, ModerationDecision.undone_at.is_(None))
        .order_by(ModerationDecision.id.desc())
        .limit(1)
    )


def _union(dialogue: Dialogue, kind: WordKind | None, stage: Stage | None) -> Any:
    parts: list[Select[Any]] = []
    if kind in {None, WordKind.STATEMENT}:
        words = _columns(WordKind.STATEMENT, Statement.stage_id)
        parts.append(words.where(Statement.dialogue_id == dialogue.id, Statement.origin == Origin.PARTICIPANT))
    if kind in {None, WordKind.COMMENT}:
        parts.append(_columns(WordKind.COMMENT, Comment.stage_id).where(Comment.dialogue_id == dialogue.id))
    if kind in {None, WordKind.CONDITION}:
        words = _columns(WordKind.CONDITION, cast(null(), Integer).label("stage_id"))
        parts.append(
            words.join(Statement, Statement.id == Condition.statement_id).where(Statement.dialogue_id == dialogue.id)
        )
    both = union_all(*parts).subquery()
    found = select(both)
    return found.where(both.c.stage_id == stage.id) if stage is not None else found


def _columns(kind: WordKind, stage_id: Any) -> Select[Any]:
    row = ROWS[kind]
    return select(
        literal(kind.value).label("kind"), row.id.label("id"), row.state.label("state"),
        row.created_at.label("created_at"), stage_id,
    )  # fmt: skip


def _states(dialogue: Dialogue, kind: WordKind | None, stage: Stage | None) -> dict[WordState, int]:
    union = _union(dialogue, kind, stage).subquery()
    rows = db.session.execute(select(union.c.state, func.count()).group_by(union.c.state))
    return {WordState(state): count for state, count in rows}


def _kinds(dialogue: Dialogue, state: WordState, stage: Stage | None) -> dict[WordKind, int]:
    union = _union(dialogue, None, stage).subquery()
    rows = db.session.execute(
        select(union.c.kind, func.count()).where(union.c.state == state).group_by(union.c.kind)
    )
    return {WordKind(kind): count for kind, count in rows}


def _stages(dialogue: Dialogue, state: WordState, kind: WordKind | None) -> list[tuple[Stage, int]]:
    union = _union(dialogue, kind, None).subquery()
    rows = db.session.execute(
        select(Stage, func.count())
        .join(union, union.c.stage_id == Stage.id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(union.c.state == state)
        .group_by(Stage.id, DialogueSession.number)
        .order_by(DialogueSession.number, Stage.place)
    )
    return [(stage, count) for stage, count in rows]


def _known(dialogue: Dialogue) -> list[Statement]:
    """The newest statements that everyone can see, to find similar ones among."""
    approved = select(Statement).where(Statement.dialogue_id == dialogue.id, Statement.state == WordState.APPROVED)
    return list(db.session.scalars(approved.order_by(Statement.id.desc()).limit(KNOWN)))


def _item(kind: WordKind, key: int, known: list[Statement]) -> Item:
    row: Words = db.session.get_one(ROWS[kind], key)
    stage_id = None if isinstance(row, Condition) else row.stage_id
    stage = db.session.get(Stage, stage_id) if stage_id else None
    about_kind, about = _about(row)
    similar: list[Statement] = []
    if isinstance(row, Statement):
        others = {other.id: other for other in known if other.id != row.id}
        near = similar_to(row.text, [Known(other.id, other.text) for other in others.values()])
        similar = [others[statement_id] for statement_id in near]
    earlier = earlier_wordings(row) if isinstance(row, Comment) and row.edited_at else []
    return Item(kind, row, stage, about_kind, about, newest_decision(kind, key), similar, earlier)


def _about(row: Words) -> tuple[str, str]:
    """What the words answer."""
    if isinstance(row, Statement):
        return "", ""
    if isinstance(row, Comment):
        for kind, table, key, words in (
            ("prompt", Prompt, row.prompt_id, "text"),
            ("model", StewardshipModel, row.model_id, "name"),
            ("comment", Comment, row.parent_id, "text"),
            ("said_of", Statement, row.statement_id, "text"),
        ):
            if key is not None:
                thing = db.session.get_one(table, key)
                gone = isinstance(thing, Comment) and thing.state is WordState.WITHDRAWN
                return kind, "" if gone else str(getattr(thing, words))
        if row.version_id is not None:
            version = db.session.get_one(MaterialVersion, row.version_id)
            found = find_paragraph(version.body, row.anchor)
            return "paragraph", plain(found.text) if found else version.title
    return "statement", db.session.get_one(Statement, row.statement_id).text if row.statement_id else ""
