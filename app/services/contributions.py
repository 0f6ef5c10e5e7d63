"""Taking back one's own words: they are no longer shown, and the record keeps only that it happened."""

from sqlalchemy import delete

from app.db import db, utcnow
from app.models.comments import Comment, CommentWording
from app.models.people import Participant
from app.models.questions import Question
from app.models.requests import StepJudgement
from app.models.research_questions import ResearchQuestion
from app.models.voting import Condition, Statement
from app.services.recording import record
from app.services.similar import forget
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState

_EVENTS = {
    Statement: EventKind.STATEMENT_WITHDRAWN,
    Comment: EventKind.COMMENT_WITHDRAWN,
    Condition: EventKind.COMMENT_WITHDRAWN,
    Question: EventKind.QUESTION_WITHDRAWN,
    ResearchQuestion: EventKind.QUESTION_WITHDRAWN,
    StepJudgement: EventKind.COMMENT_WITHDRAWN,
}


def withdraw(
    words: Statement | Comment | Condition | Question | ResearchQuestion | StepJudgement, *, by: Participant
) -> None:
    """Takes words back: nobody sees them or votes on them any more, and analysts no longer read them.

    Earlier wordings of a comment are erased. What was said at a stop of a request stays, without its words.

    Raises:
        RuleError: `not_yours`, `already_withdrawn`.
    """
    author_id = words.participant_id if isinstance(words, Condition | StepJudgement) else words.author_id
    if author_id != by.id:
        raise RuleError("not_yours")
    # the state of a research question is its place in the pipeline
    column = "words_state" if isinstance(words, ResearchQuestion) else "state"
    if getattr(words, column) is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    setattr(words, column, WordState.WITHDRAWN)
    if not isinstance(words, Condition):
        words.withdrawn_at = utcnow()
    if isinstance(words, Comment):
        db.session.execute(delete(CommentWording).where(CommentWording.comment_id == words.id))
    if isinstance(words, Statement):
        forget([words.id])
    db.session.flush()
    facts = {"what": words.__tablename__}
    record(_EVENTS[type(words)], by=by, dialogue_id=by.dialogue_id, about=words, facts=facts)
