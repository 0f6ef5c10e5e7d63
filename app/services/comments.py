"""Comments on prompts, statements, models, paragraphs and tasks; replies; changing one's own words."""

from typing import Any

from app.db import db, utcnow
from app.models.comments import Comment, CommentWording, Prompt
from app.models.dialogues import Dialogue, Stage
from app.models.learning import Material
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.models.tasks import StageTask
from app.models.voting import Statement
from app.queries.comments import is_answered, is_used, same_before
from app.queries.held_back import is_held_back
from app.queries.paragraphs import find_place
from app.queries.taking_part import table_of
from app.queries.voting import find_votable
from app.services.recording import check_stage_act, record
from deliberation.comments import COMMENT_LIMIT, CommentTarget, ReplySide, check_edit, check_reply, check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState, state_after_edit
from deliberation.roles import Action
from deliberation.voting import check_votable


def add_comment(stage: Stage, prompt: Prompt, text: str, *, by: Participant) -> Comment:
    """An answer to a prompt, in the person's own words.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_empty`, `words_too_long`.
    """
    return _add(stage, CommentTarget.PROMPT, {"prompt_id": prompt.id}, text, by)


def comment_on_model(stage: Stage, model: StewardshipModel, text: str, *, by: Participant) -> Comment:
    """A comment or a question on a model; errors as in `add_comment`."""
    return _add(stage, CommentTarget.MODEL, {"model_id": model.id}, text, by)


def comment_on_statement(stage: Stage, statement: Statement, text: str, *, by: Participant) -> Comment:
    """A comment on a statement that is put to the vote here; errors as in `add_comment`, and `not_votable`."""
    check_votable(is_approved=True, is_placed=find_votable(stage, statement.public_id) is not None)
    return _add(stage, CommentTarget.STATEMENT, {"statement_id": statement.id}, text, by)


def comment_on_paragraph(stage: Stage, material: Material, anchor: str, text: str, *, by: Participant) -> Comment:
    """A comment on a paragraph, kept with the newest version that holds the paragraph's words.

    Errors as in `add_comment`, `paragraph_missing`, and `material_not_shown` while it is still being checked.
    """
    if is_held_back(material):
        raise RuleError("material_not_shown")
    place = find_place(material, anchor)
    if place is None:
        raise RuleError("paragraph_missing")
    return _add(stage, CommentTarget.PARAGRAPH, {"version_id": place.version.id, "anchor": anchor}, text, by)


def comment_on_task(stage: Stage, task: StageTask, text: str, *, by: Participant) -> Comment:
    """Words that somebody adds to what they chose in a task: why, or what is missing; errors as in `add_comment`."""
    return _add(stage, CommentTarget.TASK, {"task_id": task.id}, text, by)


def reply_to(
    stage: Stage, comment: Comment, text: str, *, side: ReplySide | None = None, by: Participant
) -> Comment:
    """A reply to a comment, one level deep, with the mark that its writer chose.

    Errors as in `add_comment`, `no_reply_here` for a reply to a reply, `already_withdrawn`.
    """
    check_reply(is_reply=comment.parent_id is not None)
    if comment.state is WordState.WITHDRAWN:
        raise RuleError("already_withdrawn")
    return _add(stage, CommentTarget.COMMENT, {"parent_id": comment.id}, text, by, side=side)


def edit_comment(comment: Comment, text: str, *, by: Participant) -> Comment:
    """Changes one's own comment within ten minutes. What it said before is kept for moderators.

    Raises:
        RuleError: `not_yours`, `already_withdrawn`, `edit_answered`, `edit_used`, `edit_too_late`,
            `words_empty`, `words_too_long`.
    """
    if comment.author_id != by.id:
        raise RuleError("not_yours")
    now = utcnow()
    check_edit(
        written_at=comment.created_at,
        now=now,
        is_withdrawn=comment.state is WordState.WITHDRAWN,
        is_answered=is_answered(comment),
        is_used=is_used(comment),
    )
    words = check_words(text, limit=COMMENT_LIMIT)
    if words == comment.text:
        return comment
    db.session.add(CommentWording(comment_id=comment.id, author_id=by.id, text=comment.text, replaced_at=now))
    moderates_first = db.session.get_one(Dialogue, comment.dialogue_id).moderates_first
    comment.text, comment.edited_at = words, now
    comment.state, comment.reason = state_after_edit(comment.state, moderates_first=moderates_first), None
    db.session.flush()
    facts = {"state": comment.state.value}
    record(EventKind.COMMENT_EDITED, by=by, dialogue_id=comment.dialogue_id, about=comment, facts=facts)
    return comment


def keep_comment(
    stage: Stage, target: CommentTarget, answers: dict[str, Any], text: str, *, is_late: bool, by: Participant,
    **more: Any,
) -> Comment:
    """Keeps the words without asking whether the stage is open; sending the same twice keeps them once."""
    words = check_words(text, limit=COMMENT_LIMIT)
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
        **more,
    )
    db.session.add(comment)
    db.session.flush()
    facts = {"what": target.value, "late": is_late}
    record(EventKind.COMMENT_ADDED, by=by, dialogue_id=dialogue.id, about=comment, facts=facts)
    return comment


def _add(
    stage: Stage, target: CommentTarget, answers: dict[str, Any], text: str, by: Participant, **more: Any
) -> Comment:
    is_late = check_stage_act(stage, Action.ADD_COMMENT)
    return keep_comment(stage, target, answers, text, is_late=is_late, by=by, **more)
