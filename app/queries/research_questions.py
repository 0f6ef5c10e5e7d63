"""Research questions as participants and staff read them: words, origins, who wants to know, steps, clauses."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.questions import Question
from app.models.research_questions import (
    ClauseResearchQuestion,
    ResearchQuestion,
    ResearchQuestionSupport,
    ResearchWording,
)
from app.models.terms import Clause, TermsSection
from deliberation.moderation import WordState
from deliberation.questions import Asked, asked_by
from deliberation.research_questions import ResearchState, Standing


@dataclass(frozen=True)
class ResearchLine:
    """One research question with everything that is shown of it.

    words: as it reads now. verbatim: as it was raised, empty where that was taken back. about: what it came from.
    merged: those that were put together with it, each with its own verbatim words.
    """

    row: ResearchQuestion
    words: str
    words_lang: str
    verbatim: str
    verbatim_lang: str
    about: str
    wanted: Asked
    is_own: bool
    is_supported: bool
    merged: tuple[tuple[ResearchQuestion, str, str], ...]
    into: ResearchQuestion | None
    standing: Standing

    @property
    def is_reworded(self) -> bool:
        """Whether it reads otherwise than it was raised."""
        return bool(self.row.wordings)


def find_research_question(dialogue: Dialogue, public_id: uuid.UUID | None) -> ResearchQuestion | None:
    """A research question of this dialogue."""
    found = select(ResearchQuestion).where(
        ResearchQuestion.public_id == public_id, ResearchQuestion.dialogue_id == dialogue.id
    )
    return db.session.scalar(found) if public_id is not None else None


def find_shown(dialogue: Dialogue, public_id: uuid.UUID, reader: Participant | None) -> ResearchQuestion | None:
    """A research question that this reader may see; None reads what everyone reads."""
    found = select(ResearchQuestion).where(ResearchQuestion.public_id == public_id, _shown_to(dialogue, reader))
    return db.session.scalar(found)


def shown_lines(dialogue: Dialogue, reader: Participant | None) -> list[ResearchLine]:
    """What everyone reads, and one's own, newest first; what was put together with another stands under that one."""
    found = select(ResearchQuestion).where(
        _shown_to(dialogue, reader), ResearchQuestion.state != ResearchState.MERGED
    )
    return lines(list(db.session.scalars(found.order_by(ResearchQuestion.number.desc()))), reader)


def board_lines(dialogue: Dialogue, *, unchecked: bool) -> list[ResearchLine]:
    """All of the dialogue's, by number; with `unchecked` those too whose words wait to be checked or are not shown."""
    found = select(ResearchQuestion).where(ResearchQuestion.dialogue_id == dialogue.id)
    if not unchecked:
        found = found.where(_shown_to(dialogue, None))
    return lines(list(db.session.scalars(found.order_by(ResearchQuestion.number))), None)


def raised_by(participant: Participant) -> list[ResearchLine]:
    """Those that the participant raised, newest first."""
    found = select(ResearchQuestion).where(ResearchQuestion.author_id == participant.id)
    return lines(list(db.session.scalars(found.order_by(ResearchQuestion.number.desc()))), participant)


def from_question(dialogue: Dialogue, question: Question, reader: Participant | None) -> list[ResearchLine]:
    """Those that came out of a question of the question log."""
    found = select(ResearchQuestion).where(
        ResearchQuestion.question_id == question.id, _shown_to(dialogue, reader)
    )
    return lines(list(db.session.scalars(found.order_by(ResearchQuestion.number))), reader)


def to_check(dialogue: Dialogue) -> int:
    """How many wait for their words to be checked."""
    found = select(func.count()).where(
        ResearchQuestion.dialogue_id == dialogue.id, ResearchQuestion.words_state == WordState.WAITING
    )
    return db.session.scalar(found) or 0


def counts(all_lines: Iterable[ResearchLine]) -> Mapping[ResearchState, int]:
    """How many stand at each point of the pipeline."""
    found = dict.fromkeys(ResearchState, 0)
    for one in all_lines:
        found[one.row.state] += 1
    return found


def line_of(row: ResearchQuestion, reader: Participant | None = None) -> ResearchLine:
    """One research question with everything that is shown of it."""
    return lines([row], reader)[0]


def lines(rows: Sequence[ResearchQuestion], reader: Participant | None) -> list[ResearchLine]:
    """Research questions with all that is shown of them: a handful of queries however many there are."""
    ids = {one.id for one in rows}
    heads = {one.merged_into_id or one.id for one in rows}
    merged = _merged(ids)
    everything = [*rows, *(one for several in merged.values() for one in several)]
    sources = _sources(everything)
    wanted, supported = _wanted(heads), _supported(reader)
    others = {one.id: one for one in everything} | _by_id(heads - ids)
    _load_wordings(ids)
    cited = _cited(ids)
    return [
        _line(one, reader, merged.get(one.id, []), sources, wanted, supported, others, one.id in cited) for one in rows
    ]


def clauses_of(row: ResearchQuestion) -> list[Clause]:
    """Standing clauses that name it, in order."""
    found = (
        select(Clause)
        .join(ClauseResearchQuestion, ClauseResearchQuestion.clause_id == Clause.id)
        .join(TermsSection, TermsSection.id == Clause.section_id)
        .where(ClauseResearchQuestion.research_question_id == row.id, Clause.removed_at.is_(None))
        .order_by(TermsSection.number, Clause.place)
    )
    return list(db.session.scalars(found))


def prompts_of_dialogue(dialogue: Dialogue) -> list[Prompt]:
    """Every prompt put to people, for the origin of a question that a table raised by talking."""
    stages = {stage.id: stage for session in dialogue.sessions for stage in session.stages}
    found = select(Prompt).where(Prompt.stage_id.in_(stages)).order_by(Prompt.stage_id, Prompt.place)
    return list(db.session.scalars(found))


def find_comment(dialogue: Dialogue, public_id: uuid.UUID | None) -> Comment | None:
    """A comment that everyone can see."""
    found = select(Comment).where(
        Comment.public_id == public_id, Comment.dialogue_id == dialogue.id, Comment.state == WordState.APPROVED
    )
    return db.session.scalar(found) if public_id is not None else None


def _shown_to(dialogue: Dialogue, reader: Participant | None) -> ColumnElement[bool]:
    """Checked words; a standing wording even where the verbatim was taken back; one's own."""
    reworded = exists(select(ResearchWording.id).where(ResearchWording.research_question_id == ResearchQuestion.id))
    ways = [
        ResearchQuestion.words_state == WordState.APPROVED,
        and_(ResearchQuestion.words_state == WordState.WITHDRAWN, reworded),
    ]
    if reader is not None:
        own = ResearchQuestion.author_id == reader.id
        ways.append(and_(own, ResearchQuestion.words_state != WordState.WITHDRAWN))
    return and_(ResearchQuestion.dialogue_id == dialogue.id, or_(*ways))


def _line(
    row: ResearchQuestion,
    reader: Participant | None,
    merged: Sequence[ResearchQuestion],
    sources: Mapping[int, tuple[str, str, str]],
    wanted: Mapping[int, set[int]],
    supported: set[int],
    others: Mapping[int, ResearchQuestion],
    is_cited: bool,
) -> ResearchLine:
    verbatim, verbatim_lang, about = sources[row.id]
    newest = row.wordings[-1] if row.wordings else None
    head = row.merged_into_id or row.id
    return ResearchLine(
        row=row,
        words=newest.text if newest else verbatim,
        words_lang=newest.lang if newest else verbatim_lang,
        verbatim=verbatim,
        verbatim_lang=verbatim_lang,
        about=about,
        wanted=asked_by(wanted.get(head, set()), reader.id if reader else None),
        is_own=reader is not None and row.author_id == reader.id,
        is_supported=head in supported,
        merged=tuple((one, *sources[one.id][:2]) for one in merged),
        into=others.get(row.merged_into_id) if row.merged_into_id else None,
        standing=Standing(
            state=row.state,
            words=row.words_state if verbatim or row.words_state is not WordState.APPROVED else WordState.WITHDRAWN,
            has_wording=newest is not None,
            in_remit=row.in_remit,
            cited=is_cited,
        ),
    )


def _merged(ids: set[int]) -> dict[int, list[ResearchQuestion]]:
    found = select(ResearchQuestion).where(ResearchQuestion.merged_into_id.in_(ids)).order_by(ResearchQuestion.number)
    merged: dict[int, list[ResearchQuestion]] = {}
    for one in db.session.scalars(found):
        merged.setdefault(one.merged_into_id or 0, []).append(one)
    return merged


def _sources(rows: Iterable[ResearchQuestion]) -> dict[int, tuple[str, str, str]]:
    """Id -> (verbatim words, their language, what it came from). Words taken back since are not shown."""
    rows = list(rows)
    questions = _rows(Question, {one.question_id for one in rows})
    comments = _rows(Comment, {one.comment_id for one in rows})
    prompts = _rows(Prompt, {one.prompt_id for one in rows})
    found = {}
    for one in rows:
        source = questions.get(one.question_id) or comments.get(one.comment_id)
        shown = source if source is not None and source.state is WordState.APPROVED else None
        prompt = prompts.get(one.prompt_id)
        about = shown.text if shown is not None else prompt.text if prompt is not None else ""
        if one.words_state is WordState.WITHDRAWN:
            found[one.id] = ("", one.lang, about)
        elif one.text or shown is None:
            found[one.id] = (one.text, one.lang, about)
        else:
            found[one.id] = (shown.text, shown.lang, about)
    return found


def _rows(kind: Any, ids: set[int | None]) -> dict[int | None, Any]:
    wanted = ids - {None}
    return {one.id: one for one in db.session.scalars(select(kind).where(kind.id.in_(wanted)))} if wanted else {}


def _wanted(heads: set[int]) -> dict[int, set[int]]:
    """Id -> ids of all who raised it or want it found out, of those put together with it too."""
    head = func.coalesce(ResearchQuestion.merged_into_id, ResearchQuestion.id)
    found: dict[int, set[int]] = {one: set() for one in heads}
    authors = select(head, ResearchQuestion.author_id).where(
        head.in_(heads), ResearchQuestion.author_id.is_not(None), ResearchQuestion.words_state != WordState.WITHDRAWN
    )
    supporters = (
        select(head, ResearchQuestionSupport.participant_id)
        .join(ResearchQuestion, ResearchQuestion.id == ResearchQuestionSupport.research_question_id)
        .where(head.in_(heads))
    )
    for key, person in (*db.session.execute(authors), *db.session.execute(supporters)):
        found[key].add(person)
    return found


def _supported(reader: Participant | None) -> set[int]:
    if reader is None:
        return set()
    head = func.coalesce(ResearchQuestion.merged_into_id, ResearchQuestion.id)
    found = select(head).join(
        ResearchQuestionSupport, ResearchQuestionSupport.research_question_id == ResearchQuestion.id
    )
    return set(db.session.scalars(found.where(ResearchQuestionSupport.participant_id == reader.id)))


def _cited(ids: set[int]) -> set[int]:
    found = select(ClauseResearchQuestion.research_question_id)
    return set(db.session.scalars(found.where(ClauseResearchQuestion.research_question_id.in_(ids))))


def _load_wordings(ids: set[int]) -> None:
    """Loads all wordings at once, so that no line asks on its own."""
    found = select(ResearchQuestion).where(ResearchQuestion.id.in_(ids))
    db.session.scalars(found.options(selectinload(ResearchQuestion.wordings))).all()


def _by_id(ids: set[int]) -> dict[int, ResearchQuestion]:
    if not ids:
        return {}
    return {one.id: one for one in db.session.scalars(select(ResearchQuestion).where(ResearchQuestion.id.in_(ids)))}
