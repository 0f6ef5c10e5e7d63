"""Comments on prompts and models, and replies to comments."""

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.queries.comments import same_before
from app.queries.taking_part import table_of
from app.services.recording import check_stage_act, record
from deliberation.comments import COMMENT_LIMIT, CommentTarget, check_reply, check_words
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action

_COLUMNS = {
    CommentTarget.PROMPT: "prompt_id",
    CommentTarget.MODEL: "model_id",
    CommentTarget.COMMENT: "parent_id",
}


def add_comment(stage: Stage, prompt: Prompt, text: str, *, by: Participant) -> Comment:
    """An answer to a prompt, in the person's own words.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_empty`, `words_too_long`.
    """
    return _add(stage, CommentTarget.PROMPT, prompt.id, text, by)


def comment_on_model(stage: Stage, model: StewardshipModel, text: str, *, by: Participant) -> Comment:
    """A comment or a question on a model; errors as in `add_comment`."""
    return _add(stage, CommentTarget.MODEL, model.id, text, by)


def reply_to(stage: Stage, comment: Comment, text: str, *, by: Participant) -> Comment:
    """A reply to a comment, one level deep; RuleError `no_reply_here` for a reply to a reply."""
    check_reply(is_reply=comment.parent_id is not None)
    return _add(stage, CommentTarget.COMMENT, comment.id, text, by)


def _add(stage: Stage, target: CommentTarget, target_id: int, text: str, by: Participant) -> Comment:
    """Keeps the words; sending the same twice keeps them once."""
    is_late = check_stage_act(stage, Action.ADD_COMMENT)
    words = check_words(text, limit=COMMENT_LIMIT)
    answers = {_COLUMNS[target]: target_id}
    before = same_before(by, words, answers, stage)
    if before is not None:
        return before
    dialogue = stage.session.dialogue
    comment = Comment(
        dialogue_id=dialogue.id,
        author_id=by.id,
        text=words,
        lang=by.lang,
        state=WordState.WAITING if dialogue.moderates_first else WordState.APPROVED,
        is_late=is_late,
        stage_id=stage.id,
        session_id=stage.session_id,
        table_id=table_of(stage, by),
        **answers,
    )
    db.session.add(comment)
    db.session.flush()
    facts = {"what": target.value, "late": is_late}
    record(EventKind.COMMENT_ADDED, by=by, dialogue_id=dialogue.id, about=comment, facts=facts)
    return comment
