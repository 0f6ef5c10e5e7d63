"""The kinds of words that people write and the moderation desk checks: one entry each, and nothing else to do.

A new kind is one entry in `KINDS`. Queue, counts, search, decisions, undo, personal-data marks, second opinions,
appeals, the log and "what it answers" follow from it. Its table has to hold, under these names:

    id, public_id (`PublicId`), state (`WordState`), reason (`ReasonCode | None`), created_at, lang

and the entry says where the rest is:

    text        the column with the words
    author      the column with the participant's inner key (None where nobody's is kept)
    through     joins that lead to the dialogue, when the table has no `dialogue_id` of its own:
                ((Statement, Statement.id == Condition.statement_id),); the last table's `dialogue_id` is used
    stage       the column with the stage it was written in, None where there is none
    late        the column that says it came late, None where there is none
    only        which rows are words of participants that need checking, None for all
    about       row -> (lead-in, words) of what it answers, ("", "") for nothing
    earlier     row -> what it said before its author changed it, oldest first; nothing where that is not kept

Give the table an index on (dialogue_id, state, created_at, public_id): the queue reads in that order. Whoever shows
the words asks `deliberation.moderation.showing(state, reason)`, as everywhere.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue
from app.models.learning import MaterialVersion
from app.models.questions import Question
from app.models.requests import DataRequest, StepJudgement
from app.models.stewardship import StewardshipModel
from app.models.voting import Condition, Statement
from app.queries.comments import earlier_wordings
from app.queries.tasks import task_subject
from deliberation.moderation import WordState
from deliberation.paragraphs import find_paragraph, plain
from deliberation.voting import Origin

Words = Any
"""A row of one of the tables below."""
Column = InstrumentedAttribute[Any]
About = tuple[LazyString | str, str]
Earlier = tuple[str, datetime]
"""(words, until when they stood)."""


def _never_changed(_row: Any) -> list[Earlier]:
    return []


@dataclass(frozen=True)
class WordKind:
    """One kind of words; see the top of this file."""

    key: str
    one: LazyString
    many: LazyString
    model: type[Any]
    text: Column
    author: Column | None
    about: Callable[[Any], About]
    stage: Column | None = None
    late: Column | None = None
    through: tuple[tuple[type[Any], ColumnElement[bool]], ...] = ()
    only: ColumnElement[bool] | None = None
    earlier: Callable[[Any], list[Earlier]] = _never_changed

    @property
    def dialogue_id(self) -> Column:
        """The column that says which dialogue the words belong to, after the joins of `through`."""
        column: Column = (self.through[-1][0] if self.through else self.model).dialogue_id
        return column

    def within(self, dialogue_id: int, found: Select[Any]) -> Select[Any]:
        """A selection from this kind's table, kept to words of participants in one dialogue."""
        found = self.joined(found).where(self.dialogue_id == dialogue_id)
        return found if self.only is None else found.where(self.only)

    def joined(self, found: Select[Any]) -> Select[Any]:
        """A selection from this kind's table with the joins that lead to the dialogue."""
        found = found.select_from(self.model)
        for table, on in self.through:
            found = found.join(table, on)
        return found

    def text_of(self, words: Words) -> str:
        """The words themselves."""
        return str(getattr(words, self.text.key) or "")

    def author_of(self, words: Words) -> int | None:
        """Inner key of the participant who wrote them."""
        return None if self.author is None else getattr(words, self.author.key)


def _nothing(_row: Any) -> About:
    return "", ""


def _earlier(comment: Comment) -> list[Earlier]:
    if comment.edited_at is None:
        return []
    return [(one.text, one.replaced_at) for one in earlier_wordings(comment)]


def _answered_by(comment: Comment) -> About:
    """What a comment answers; words that were taken back or refused are not repeated."""
    for lead, table, key, words in (
        (_l("Answer to:"), Prompt, comment.prompt_id, "text"),
        (_l("About the model:"), StewardshipModel, comment.model_id, "name"),
        (_l("About the statement:"), Statement, comment.statement_id, "text"),
        (_l("Reply to:"), Comment, comment.parent_id, "text"),
    ):
        if key is not None:
            thing = db.session.get_one(table, key)  # type: ignore[type-var]
            gone = getattr(thing, "state", None) is WordState.WITHDRAWN
            return lead, "" if gone else str(getattr(thing, words))
    if comment.version_id is not None:
        version = db.session.get_one(MaterialVersion, comment.version_id)
        found = find_paragraph(version.body, comment.anchor)
        return _l("About:"), plain(found.text) if found else version.title
    if comment.task_id is not None:
        return _l("About:"), task_subject(comment)
    return "", ""


def _passed_on(condition: Condition) -> About:
    statement = db.session.get_one(Statement, condition.statement_id)
    return _l("Passed on this statement; what it depends on:"), statement.text


def _at_a_stop(said: StepJudgement) -> About:
    return _l("At a stop of this request; only if:"), db.session.get_one(DataRequest, said.request_id).title


def _asked_about(question: Question) -> About:
    for lead, table, key, words in (
        (_l("Question about:"), MaterialVersion, question.material_version_id, "title"),
        (_l("Question about the model:"), StewardshipModel, question.model_id, "name"),
        (_l("Question about the statement:"), Statement, question.statement_id, "text"),
    ):
        if key is not None:
            thing = db.session.get_one(table, key)  # type: ignore[type-var]
            gone = getattr(thing, "state", None) is WordState.WITHDRAWN
            return lead, "" if gone else str(getattr(thing, words))
    return "", ""


KINDS: Mapping[str, WordKind] = {
    kind.key: kind
    for kind in (
        WordKind(
            key="statement", one=_l("Statement"), many=_l("Statements"), model=Statement, text=Statement.text,
            author=Statement.author_id, stage=Statement.stage_id, late=Statement.is_late,
            only=Statement.origin == Origin.PARTICIPANT, about=_nothing,
        ),
        WordKind(
            key="comment", one=_l("Comment"), many=_l("Comments"), model=Comment, text=Comment.text,
            author=Comment.author_id, stage=Comment.stage_id, late=Comment.is_late, about=_answered_by,
            earlier=_earlier,
        ),
        WordKind(
            key="condition", one=_l("“It depends on …”"), many=_l("“It depends on …”"), model=Condition,
            text=Condition.text, author=Condition.participant_id,
            through=((Statement, Statement.id == Condition.statement_id),), about=_passed_on,
        ),
        WordKind(
            key="step", one=_l("“Only if …”"), many=_l("“Only if …”"), model=StepJudgement, text=StepJudgement.words,
            author=StepJudgement.participant_id, stage=StepJudgement.stage_id, late=StepJudgement.is_late,
            through=((DataRequest, DataRequest.id == StepJudgement.request_id),), only=StepJudgement.words != "",
            about=_at_a_stop,
        ),
        WordKind(
            key="question", one=_l("Question"), many=_l("Questions"), model=Question, text=Question.text,
            author=Question.author_id, stage=Question.stage_id, about=_asked_about,
        ),
    )
}  # fmt: skip
"""Key -> kind, in the order of the desk."""


def kind_of(words: Words) -> WordKind:
    """The kind that a row is of."""
    return next(kind for kind in KINDS.values() if type(words) is kind.model)


def find_words(dialogue: Dialogue, kind: WordKind, public_id: uuid.UUID) -> Words | None:
    """Words of this dialogue, those too that need no checking."""
    found = kind.joined(select(kind.model)).where(kind.model.public_id == public_id, kind.dialogue_id == dialogue.id)
    return db.session.scalar(found)
