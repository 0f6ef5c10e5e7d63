"""Criteria: gathered from comments, edited in versions, closed as a list of at most seven, and checked by people."""

from collections.abc import Sequence

from app.db import db, utcnow
from app.models.comments import Comment
from app.models.criteria import CriteriaCheck, Criterion, CriterionSource
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.tasks import StageTask
from app.queries.criteria import check_by, newest_place
from app.queries.criteria_list import criteria_of, list_is_closed
from app.queries.tradeoffs import marks_on_criteria
from app.services.order import swap
from app.services.recording import check_stage_act, record
from app.services.tasks import keep_words
from deliberation.criteria import CriteriaAnswer, check_criterion, check_is_draft, check_list, check_reopen
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.roles import Action


def gather(dialogue: Dialogue, text: str, comments: Sequence[Comment], *, by: Account) -> Criterion:
    """A draft criterion after the last one, from these comments.

    Raises:
        RuleError: `criteria_closed`, `words_empty`, `words_too_long`; `no_source` without a comment that
            everyone can see.
    """
    check_is_draft(is_closed=list_is_closed(dialogue))
    made = Criterion(
        dialogue_id=dialogue.id,
        place=newest_place(dialogue) + 1,
        text=check_criterion(text),
        lang=dialogue.lang,
        written_by_id=by.id,
        sources=_sources(comments),
    )
    if not made.sources:
        raise RuleError("no_source")
    db.session.add(made)
    db.session.flush()
    _raised(made, by, "gathered")
    return made


def add_sources(criterion: Criterion, comments: Sequence[Comment], *, by: Account) -> None:
    """Gathers more comments into a draft; RuleError `criteria_closed` or `no_source`."""
    _check_draft(criterion)
    known = {source.comment_id for source in criterion.sources}
    added = [source for source in _sources(comments) if source.comment_id not in known]
    if not added:
        raise RuleError("no_source")
    criterion.sources.extend(added)
    db.session.flush()
    _raised(criterion, by, "sources added")


def edit(criterion: Criterion, text: str, *, by: Account) -> Criterion:
    """The same criterion in other words: a new version with the same sources.

    Raises:
        RuleError: `criteria_closed`, `unchanged`, `words_empty`, `words_too_long`.
    """
    _check_draft(criterion)
    words = check_criterion(text)
    if words == criterion.text:
        raise RuleError("unchanged")
    criterion.replaced_at = utcnow()
    made = Criterion(
        dialogue_id=criterion.dialogue_id,
        place=criterion.place,
        version=criterion.version + 1,
        text=words,
        lang=criterion.lang,
        replaces_id=criterion.id,
        written_by_id=by.id,
        sources=[CriterionSource(comment_id=source.comment_id) for source in criterion.sources],
    )
    db.session.add(made)
    db.session.flush()
    _raised(made, by, "edited")
    return made


def drop(criterion: Criterion, *, by: Account) -> None:
    """Takes a draft off the list; its row stays."""
    _check_draft(criterion)
    criterion.dropped_at = utcnow()
    db.session.flush()
    _raised(criterion, by, "dropped")


def shift(dialogue: Dialogue, criterion: Criterion, step: int, *, by: Account) -> None:
    """One place up (-1) or down (+1); RuleError `criteria_closed`."""
    _check_draft(criterion)
    if swap(criteria_of(dialogue), criterion, step, "place"):
        _raised(criterion, by, "put in another order")


def close_list(dialogue: Dialogue, *, by: Account) -> None:
    """The list as it is now is what the grid stands on.

    Raises:
        RuleError: `criteria_closed`, `no_criteria`, `too_many_criteria`, `criterion_repeated`.
    """
    check_is_draft(is_closed=list_is_closed(dialogue))
    rows = criteria_of(dialogue)
    check_list([row.text for row in rows])
    now = utcnow()
    for row in rows:
        row.chosen_at = now
    db.session.flush()
    facts = {"how": "closed", "count": len(rows)}
    record(EventKind.CRITERIA_CHOSEN, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)


def reopen_list(dialogue: Dialogue, *, by: Account) -> None:
    """The list is a draft again; RuleError `criteria_open` or `grid_begun`."""
    check_reopen(is_closed=list_is_closed(dialogue), marks=marks_on_criteria(dialogue))
    rows = criteria_of(dialogue)
    for row in rows:
        row.chosen_at = None
    db.session.flush()
    facts = {"how": "opened again", "count": len(rows)}
    record(EventKind.CRITERIA_CHOSEN, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)


def say(stage: Stage, task: StageTask, answer: CriteriaAnswer, *, words: str = "", by: Participant) -> CriteriaCheck:
    """Keeps what a participant says of the list; a changed mind replaces it.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `no_criteria` while there is no list; `words_too_long`.
    """
    is_late = check_stage_act(stage, Action.CHECK_CRITERIA)
    if not criteria_of(stage.session.dialogue):
        raise RuleError("no_criteria")
    row = check_by(stage, by)
    comment_id = keep_words(stage, task, words, row.comment_id if row else None, by=by)
    if row is None:
        row = CriteriaCheck(participant_id=by.id, stage_id=stage.id)
        db.session.add(row)
    row.answer, row.comment_id, row.is_late, row.answered_at = answer, comment_id, is_late, utcnow()
    db.session.flush()
    facts = {"how": "list answered", "answer": answer.value, "late": is_late}
    record(EventKind.CRITERION_RAISED, by=by, dialogue_id=by.dialogue_id, about=stage, facts=facts)
    return row


def _sources(comments: Sequence[Comment]) -> list[CriterionSource]:
    approved = (one for one in comments if one.state is WordState.APPROVED)
    return [CriterionSource(comment_id=one.id) for one in approved]


def _check_draft(criterion: Criterion) -> None:
    check_is_draft(is_closed=criterion.chosen_at is not None)


def _raised(criterion: Criterion, by: Account, how: str) -> None:
    facts = {"how": how, "version": criterion.version, "sources": len(criterion.sources)}
    record(EventKind.CRITERION_RAISED, by=by, dialogue_id=criterion.dialogue_id, about=criterion, facts=facts)
