"""Everything one participant gave: words with their states, votes, ratings, answers, counted."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, StageProgress
from app.models.drafting import DraftSuggestion
from app.models.learning import MaterialVersion
from app.models.people import Participant
from app.models.questionnaires import Response
from app.models.questions import Question
from app.models.requests import StepJudgement
from app.models.research_questions import ResearchQuestion
from app.models.stewardship import Combination, ModelRating, StewardshipModel
from app.models.terms import TermsOfReference
from app.models.voting import Condition, CurrentVote, Statement
from app.queries.comments import comments_by, is_answered, is_used
from app.queries.held_back import is_held_back
from app.queries.preferences import preferences_by
from app.queries.tasks import task_subject
from deliberation.comments import edit_until
from deliberation.moderation import WordState
from deliberation.paragraphs import find_paragraph, plain
from deliberation.terms import TermsState
from deliberation.voting import Position


@dataclass(frozen=True)
class Given:
    """What somebody gave, counted: for the closing page."""

    votes: int
    statements: int
    comments: int
    ratings: int
    combinations: int
    responses: int
    stages: int
    preferences: int
    suggestions: int

    @property
    def words(self) -> int:
        """Statements and comments together."""
        return self.statements + self.comments


@dataclass(frozen=True)
class WrittenComment:
    """A comment with what it answered. `edit_until`: until when its author may change it; None: no more."""

    comment: Comment
    about: str
    is_reply: bool
    edit_until: datetime | None


def given_by(participant: Participant) -> Given:
    """Counts of what the participant gave and has not taken back."""

    def count(row: type, *where: object) -> int:
        found = select(func.count()).select_from(row).where(*where)  # type: ignore[arg-type]
        return db.session.scalar(found) or 0

    return Given(
        votes=count(CurrentVote, CurrentVote.participant_id == participant.id),
        statements=count(Statement, Statement.author_id == participant.id, Statement.state != WordState.WITHDRAWN),
        comments=count(Comment, Comment.author_id == participant.id, Comment.state != WordState.WITHDRAWN),
        ratings=count(ModelRating, ModelRating.participant_id == participant.id),
        combinations=count(Combination, Combination.participant_id == participant.id),
        responses=count(Response, Response.participant_id == participant.id, Response.completed_at.is_not(None)),
        stages=count(
            StageProgress, StageProgress.participant_id == participant.id, StageProgress.finished_at.is_not(None)
        ),
        preferences=len(preferences_by(participant)),
        suggestions=count(DraftSuggestion, DraftSuggestion.participant_id == participant.id),
    )


def statements_by(participant: Participant) -> list[Statement]:
    """Statements the participant wrote, newest first."""
    found = select(Statement).where(Statement.author_id == participant.id)
    return list(db.session.scalars(found.order_by(Statement.id.desc())))


def written_comments(dialogue: Dialogue, participant: Participant) -> list[WrittenComment]:
    """Comments the participant wrote, newest first, each with what it answered."""
    return [
        WrittenComment(one, _about_own(one), one.parent_id is not None, _may_edit_until(one))
        for one in comments_by(dialogue, participant)
    ]


def conditions_by(participant: Participant) -> list[tuple[Condition, Statement]]:
    """What the participant's "it depends" depended on, each with its statement."""
    rows = db.session.execute(
        select(Condition, Statement)
        .join(Statement, Statement.id == Condition.statement_id)
        .where(Condition.participant_id == participant.id)
        .order_by(Condition.id.desc())
    )
    return [(condition, statement) for condition, statement in rows]


def votes_by(participant: Participant) -> list[tuple[Statement, Position, bool]]:
    """(statement, position, whether it matters a lot) for each current vote, in the order cast."""
    rows = db.session.execute(
        select(Statement, CurrentVote.position, CurrentVote.is_important)
        .join(CurrentVote, CurrentVote.statement_id == Statement.id)
        .where(CurrentVote.participant_id == participant.id)
        .order_by(CurrentVote.cast_at, CurrentVote.id)
    )
    return [(statement, Position(position), important) for statement, position, important in rows]


Own = Statement | Comment | Condition | Question | ResearchQuestion | StepJudgement
"""Words that their author may take back."""


def find_own(participant: Participant, kind: str, public_id: uuid.UUID) -> Own | None:
    """The participant's own statement, comment, condition, question or words at a stop; None for anything else."""
    if kind == "statement":
        return db.session.scalar(
            select(Statement).where(Statement.public_id == public_id, Statement.author_id == participant.id)
        )
    if kind == "comment":
        return db.session.scalar(
            select(Comment).where(Comment.public_id == public_id, Comment.author_id == participant.id)
        )
    if kind == "question":
        return db.session.scalar(
            select(Question).where(Question.public_id == public_id, Question.author_id == participant.id)
        )
    if kind == "research_question":
        return db.session.scalar(
            select(ResearchQuestion).where(
                ResearchQuestion.public_id == public_id, ResearchQuestion.author_id == participant.id
            )
        )
    if kind == "condition":
        return db.session.scalar(
            select(Condition).where(Condition.public_id == public_id, Condition.participant_id == participant.id)
        )
    if kind == "step":
        return db.session.scalar(
            select(StepJudgement).where(
                StepJudgement.public_id == public_id, StepJudgement.participant_id == participant.id
            )
        )
    return None


def terms_are_published(dialogue: Dialogue) -> bool:
    """Whether the dialogue's Terms of Reference can be read by everyone."""
    found = select(TermsOfReference.id).where(
        TermsOfReference.dialogue_id == dialogue.id, TermsOfReference.state == TermsState.PUBLISHED
    )
    return db.session.scalar(found) is not None


def _may_edit_until(comment: Comment) -> datetime | None:
    until = edit_until(comment.created_at)
    is_over = comment.state is WordState.WITHDRAWN or until < utcnow()
    return None if is_over or is_answered(comment) or is_used(comment) else until


def _about_own(comment: Comment) -> str:
    """What one's own comment answers; of a text that is still being checked its title alone."""
    version = db.session.get(MaterialVersion, comment.version_id) if comment.version_id is not None else None
    return version.title if version is not None and is_held_back(version.material) else about_of(comment)


def about_of(comment: Comment) -> str:
    """The words that a comment answers; empty where they are no longer shown."""
    if comment.version_id is not None:
        version = db.session.get_one(MaterialVersion, comment.version_id)
        found = find_paragraph(version.body, comment.anchor)
        return f"{version.title}: {plain(found.text)}" if found else version.title
    if comment.task_id is not None:
        return task_subject(comment)
    for table, key, words in (
        (Prompt, comment.prompt_id, "text"),
        (StewardshipModel, comment.model_id, "name"),
        (Comment, comment.parent_id, "text"),
        (Statement, comment.statement_id, "text"),
    ):
        if key is not None:
            row = db.session.get_one(table, key)
            # what was taken back or refused since is no longer shown to others, here neither
            gone = getattr(row, "state", None) in {WordState.WITHDRAWN, WordState.REFUSED}
            return "" if gone else str(getattr(row, words))
    return ""
