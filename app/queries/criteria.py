"""Criteria with the comments they come from, the comments that could be gathered, and what people say of the list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.criteria import CriteriaCheck, Criterion, CriterionSource
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.tasks import StageTask
from app.queries.criteria_list import criteria_of
from deliberation.criteria import CriteriaAnswer, words_not_said
from deliberation.moderation import WordState
from deliberation.tasks import Task

PAGE = 20
"""Comments on one page of the desk."""


@dataclass(frozen=True)
class Drafted:
    """A criterion with its sources; `gone` sources were taken back or are no longer shown.

    `not_said` are words of the criterion that none of its sources says.
    """

    criterion: Criterion
    sources: list[Comment]
    gone: int
    not_said: list[str]


@dataclass(frozen=True)
class Gatherable:
    """One page of comments that everyone can see; `used` are ids of those in a criterion already."""

    comments: list[Comment]
    used: frozenset[int]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Said:
    """What people say of the list, and the words of those who miss something."""

    counts: dict[CriteriaAnswer, int]
    words: list[Comment]


def newest_place(dialogue: Dialogue) -> int:
    """The place of the last criterion ever put on the list."""
    return db.session.scalar(select(func.max(Criterion.place)).where(Criterion.dialogue_id == dialogue.id)) or 0


def find_criterion(dialogue: Dialogue, public_id: uuid.UUID) -> Criterion | None:
    """A criterion that is on the list now."""
    return db.session.scalar(
        select(Criterion).where(
            Criterion.public_id == public_id,
            Criterion.dialogue_id == dialogue.id,
            Criterion.replaced_at.is_(None),
            Criterion.dropped_at.is_(None),
        )
    )


def drafted(dialogue: Dialogue) -> list[Drafted]:
    """The list with its sources."""
    rows = criteria_of(dialogue)
    found: dict[int, list[Comment]] = {}
    for criterion_id, comment in db.session.execute(
        select(CriterionSource.criterion_id, Comment)
        .join(Comment, Comment.id == CriterionSource.comment_id)
        .where(CriterionSource.criterion_id.in_([row.id for row in rows]))
        .order_by(CriterionSource.id)
    ):
        found.setdefault(criterion_id, []).append(comment)
    return [_drafted(row, found.get(row.id, [])) for row in rows]


def earlier_versions(criterion: Criterion) -> list[Criterion]:
    """The wordings that this one replaced, the newest first."""
    found, row = [], criterion
    while row.replaces_id is not None:
        row = db.session.get_one(Criterion, row.replaces_id)
        found.append(row)
    return found


def gatherable(dialogue: Dialogue, prompt: Prompt | None, page: int) -> Gatherable:
    """Comments that answer the prompt; without one, any prompt or the question what is missing."""
    missing = select(StageTask.id).where(StageTask.task == Task.CHECK_CRITERIA)
    about = Comment.prompt_id == prompt.id if prompt else or_(
        Comment.prompt_id.is_not(None), Comment.task_id.in_(missing)
    )
    where = (about, Comment.dialogue_id == dialogue.id, Comment.state == WordState.APPROVED)
    total = db.session.scalar(select(func.count()).select_from(Comment).where(*where)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = select(Comment).where(*where).order_by(Comment.id).limit(PAGE).offset((page - 1) * PAGE)
    current = select(Criterion.id).where(
        Criterion.dialogue_id == dialogue.id, Criterion.replaced_at.is_(None), Criterion.dropped_at.is_(None)
    )
    used = db.session.scalars(select(CriterionSource.comment_id).where(CriterionSource.criterion_id.in_(current)))
    return Gatherable(list(db.session.scalars(rows)), frozenset(used), total, page)


def prompts_in(dialogue: Dialogue) -> list[tuple[Stage, Prompt]]:
    """Every prompt of the dialogue with its stage, in order."""
    rows = db.session.execute(
        select(Stage, Prompt)
        .join(Prompt, Prompt.stage_id == Stage.id)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id)
        .order_by(DialogueSession.number, Stage.place, Prompt.place)
    )
    return [(stage, prompt) for stage, prompt in rows]


def comments_by_ids(dialogue: Dialogue, public_ids: Sequence[uuid.UUID]) -> list[Comment]:
    """Comments of this dialogue, in the order they were written."""
    found = select(Comment).where(Comment.public_id.in_(public_ids), Comment.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(Comment.id)))


def check_by(stage: Stage, participant: Participant) -> CriteriaCheck | None:
    """What the participant said of the list in this stage."""
    return db.session.scalar(
        select(CriteriaCheck).where(
            CriteriaCheck.stage_id == stage.id, CriteriaCheck.participant_id == participant.id
        )
    )


def said_of_list(dialogue: Dialogue) -> Said:
    """Each person's newest answer, counted, and the words that were added and not taken back."""
    rows = db.session.scalars(
        select(CriteriaCheck)
        .join(Participant, Participant.id == CriteriaCheck.participant_id)
        .where(Participant.dialogue_id == dialogue.id)
        .order_by(CriteriaCheck.answered_at, CriteriaCheck.id)
    )
    newest = {row.participant_id: row for row in rows}
    answers = [row.answer for row in newest.values()]
    ids = [row.comment_id for row in newest.values() if row.comment_id is not None]
    words = select(Comment).where(Comment.id.in_(ids), Comment.state != WordState.WITHDRAWN).order_by(Comment.id)
    return Said({answer: answers.count(answer) for answer in CriteriaAnswer}, list(db.session.scalars(words)))


def _drafted(row: Criterion, comments: list[Comment]) -> Drafted:
    shown = [one for one in comments if one.state is WordState.APPROVED]
    return Drafted(row, shown, len(comments) - len(shown), words_not_said(row.text, [one.text for one in shown]))
