"""The question log as participants and staff read it: questions, who else asked, answers, what each is about."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.dialogues import Dialogue, DialogueSession, Stage, TableSeat
from app.models.learning import Material, MaterialVersion
from app.models.people import Participant
from app.models.questions import Answer, AnswerVersion, Question, QuestionJoin, Specialist
from app.models.stewardship import StewardshipModel
from app.models.voting import Statement
from app.queries.taking_part import table_of
from deliberation.moderation import WordState
from deliberation.questions import WITHOUT_ANSWER, Asked, Facts, QuestionAbout, Standing, asked_by, standing
from deliberation.sessions import DialogueMode
from deliberation.stages import StageState

Target = MaterialVersion | StewardshipModel | Statement


@dataclass(frozen=True)
class Line:
    """One question with everything that is shown of it. `answers` are the published ones."""

    question: Question
    standing: Standing
    asked: Asked
    answers: list[Answer]
    about: str
    about_lang: str
    is_own: bool
    has_joined: bool
    into: Question | None = None

    @property
    def nobody_knows(self) -> bool:
        """Whether an answer says that nobody knows."""
        return any(one.shown is not None and one.shown.kind.value == "nobody_knows" for one in self.answers)


def find_question(dialogue: Dialogue, public_id: uuid.UUID) -> Question | None:
    """A question of this dialogue."""
    found = select(Question).where(Question.public_id == public_id, Question.dialogue_id == dialogue.id)
    return db.session.scalar(found)


def find_shown(dialogue: Dialogue, public_id: uuid.UUID, reader: Participant) -> Question | None:
    """A question that this participant may read."""
    found = select(Question).where(Question.public_id == public_id, _shown_to(dialogue, reader))
    return db.session.scalar(found)


def find_answer(question: Question, public_id: uuid.UUID) -> Answer | None:
    """An answer to this question, published or not."""
    return next((one for one in question.answers if one.public_id == public_id), None)


def find_target(dialogue: Dialogue, about: str, public_id: uuid.UUID | None) -> Target | None:
    """What a question is about: the material as it reads now, a model, or a statement that everyone can see."""
    if public_id is None:
        return None
    if about == QuestionAbout.MATERIAL:
        material = db.session.scalar(
            select(Material).where(Material.public_id == public_id, Material.dialogue_id == dialogue.id)
        )
        return material.current if material is not None else None
    if about == QuestionAbout.MODEL:
        return db.session.scalar(
            select(StewardshipModel).where(
                StewardshipModel.public_id == public_id, StewardshipModel.dialogue_id == dialogue.id
            )
        )
    if about == QuestionAbout.STATEMENT:
        return db.session.scalar(
            select(Statement).where(
                Statement.public_id == public_id,
                Statement.dialogue_id == dialogue.id,
                Statement.state == WordState.APPROVED,
            )
        )
    return None


def table_now(dialogue: Dialogue, participant: Participant, stage: Stage | None) -> int | None:
    """The table at which the participant sits in the stage's session, or in the one that is open now."""
    if stage is not None:
        return table_of(stage, participant)
    return db.session.scalar(
        select(TableSeat.table_id)
        .join(DialogueSession, DialogueSession.id == TableSeat.session_id)
        .where(
            DialogueSession.dialogue_id == dialogue.id,
            DialogueSession.state == StageState.OPEN,
            TableSeat.participant_id == participant.id,
        )
    )


def log_for(dialogue: Dialogue, reader: Participant | None) -> list[Line]:
    """The log as one participant reads it, newest first: everyone's once checked, their own at once.

    None reads what everyone reads. Questions that were put together with another are under that one.
    """
    found = select(Question).where(_shown_to(dialogue, reader), Question.merged_into_id.is_(None))
    return lines(list(db.session.scalars(found.order_by(Question.id.desc()))), reader)


def desk_lines(dialogue: Dialogue) -> list[Line]:
    """Every question of the dialogue for those who run the log, oldest first."""
    found = select(Question).where(Question.dialogue_id == dialogue.id).order_by(Question.id)
    return lines(list(db.session.scalars(found)), None)


def questions_by(participant: Participant) -> list[Line]:
    """Questions the participant asked, newest first; one that was put together shows the answers of the other."""
    found = select(Question).where(Question.author_id == participant.id).order_by(Question.id.desc())
    return lines(list(db.session.scalars(found)), participant)


def answered_of(participant: Participant) -> int:
    """How many of the participant's own questions have a published answer."""
    return db.session.scalar(count_of_answered(participant.id)) or 0


def count_of_answered(participant_id: Any) -> Select[Any]:
    """The statement of `answered_of`; the participant's id may be a `bindparam`."""
    answered = _has_answer(func.coalesce(Question.merged_into_id, Question.id))
    mine = select(func.count()).where(Question.author_id == participant_id, Question.state == WordState.APPROVED)
    return mine.where(answered)


def without_answer(dialogue: Dialogue) -> int:
    """How many questions still need a person: to be checked, assigned or answered."""
    waiting = select(func.count()).where(
        Question.dialogue_id == dialogue.id,
        Question.state.in_([WordState.WAITING, WordState.APPROVED]),
        Question.merged_into_id.is_(None),
        or_(Question.state == WordState.WAITING, ~_has_answer(Question.id)),
    )
    return db.session.scalar(waiting) or 0


def lines(questions: Sequence[Question], reader: Participant | None) -> list[Line]:
    """Questions with all that is shown of them: a handful of queries however many there are."""
    shown_ids = {one.merged_into_id or one.id for one in questions}
    askers, joined = _askers(shown_ids), _joined(reader)
    answers, abouts = _answers(shown_ids), _abouts(questions)
    heads = {one.id: one for one in questions} | _by_id(shown_ids - {one.id for one in questions})
    return [_line(one, reader, askers, joined, answers, abouts, heads) for one in questions]


def line_of(question: Question, reader: Participant | None = None) -> Line:
    """One question with all that is shown of it."""
    return lines([question], reader)[0]


def specialists_of(dialogue: Dialogue, *, ended: bool = False) -> list[Specialist]:
    """Those who answer questions in this dialogue, by name; with `ended` those too who no longer do."""
    found = select(Specialist).where(Specialist.dialogue_id == dialogue.id)
    if not ended:
        found = found.where(Specialist.ended_at.is_(None))
    return list(db.session.scalars(found.order_by(Specialist.name, Specialist.id)))


def find_specialist(dialogue: Dialogue, public_id: uuid.UUID | None) -> Specialist | None:
    """A specialist of this dialogue."""
    found = select(Specialist).where(Specialist.public_id == public_id, Specialist.dialogue_id == dialogue.id)
    return db.session.scalar(found) if public_id is not None else None


def counts(all_lines: Iterable[Line]) -> Mapping[Standing, int]:
    """How many questions stand at each point."""
    found = dict.fromkeys(Standing, 0)
    for one in all_lines:
        found[one.standing] += 1
    return found


def is_waiting(line: Line) -> bool:
    """Whether a person still has something to do for this question."""
    return line.standing in WITHOUT_ANSWER


def _shown_to(dialogue: Dialogue, reader: Participant | None) -> ColumnElement[bool]:
    """Checked ones; one's own; in a panel those of one's own table; taken back ones while an answer is there."""
    ways = [
        Question.state == WordState.APPROVED,
        and_(Question.state == WordState.WITHDRAWN, _has_answer(Question.id)),
    ]
    if reader is not None:
        ways.append(and_(Question.author_id == reader.id, Question.state != WordState.WITHDRAWN))
        if dialogue.mode is DialogueMode.PANEL:
            mine = select(TableSeat.table_id).where(TableSeat.participant_id == reader.id)
            ways.append(and_(Question.table_id.in_(mine), Question.state == WordState.WAITING))
    return and_(Question.dialogue_id == dialogue.id, or_(*ways))


def _has_answer(question_id: object) -> ColumnElement[bool]:
    return exists(
        select(AnswerVersion.id)
        .join(Answer, Answer.id == AnswerVersion.answer_id)
        .where(
            Answer.question_id == question_id, Answer.taken_out_at.is_(None), AnswerVersion.published_at.is_not(None)
        )
    )


def _askers(shown_ids: set[int]) -> dict[int, set[int]]:
    """Id of a question -> ids of all who asked it, of those put together with it too."""
    head = func.coalesce(Question.merged_into_id, Question.id)
    found: dict[int, set[int]] = {one: set() for one in shown_ids}
    alive = Question.state != WordState.WITHDRAWN
    authors = select(head, Question.author_id).where(head.in_(shown_ids), alive, Question.author_id.is_not(None))
    joiners = (
        select(head, QuestionJoin.participant_id)
        .join(Question, Question.id == QuestionJoin.question_id)
        .where(head.in_(shown_ids))
    )
    for key, person in (*db.session.execute(authors), *db.session.execute(joiners)):
        found[key].add(person)
    return found


def _joined(reader: Participant | None) -> set[int]:
    if reader is None:
        return set()
    head = func.coalesce(Question.merged_into_id, Question.id)
    found = select(head).join(QuestionJoin, QuestionJoin.question_id == Question.id)
    return set(db.session.scalars(found.where(QuestionJoin.participant_id == reader.id)))


def _answers(shown_ids: set[int]) -> dict[int, list[Answer]]:
    found = (
        select(Answer)
        .where(Answer.question_id.in_(shown_ids))
        .options(selectinload(Answer.versions), selectinload(Answer.specialist))
        .order_by(Answer.id)
    )
    answers: dict[int, list[Answer]] = {}
    for one in db.session.scalars(found):
        answers.setdefault(one.question_id, []).append(one)
    return answers


def _abouts(questions: Sequence[Question]) -> dict[tuple[str, int], tuple[str, str]]:
    """(column, id) -> (what it is called, its language)."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    kinds: tuple[tuple[str, Any, str], ...] = (
        ("material_version_id", MaterialVersion, "title"),
        ("model_id", StewardshipModel, "name"),
        ("statement_id", Statement, "text"),
    )
    for column, table, words in kinds:
        ids = {getattr(one, column) for one in questions} - {None}
        for row in db.session.scalars(select(table).where(table.id.in_(ids))) if ids else ():
            # words that were taken back or refused since are no longer shown, here neither
            gone = getattr(row, "state", None) in {WordState.WITHDRAWN, WordState.REFUSED}
            found[column, row.id] = ("", "") if gone else (str(getattr(row, words)), row.lang)
    return found


def _by_id(ids: set[int]) -> dict[int, Question]:
    return {one.id: one for one in db.session.scalars(select(Question).where(Question.id.in_(ids)))} if ids else {}


def _line(
    question: Question,
    reader: Participant | None,
    askers: Mapping[int, set[int]],
    joined: set[int],
    answers: Mapping[int, list[Answer]],
    abouts: Mapping[tuple[str, int], tuple[str, str]],
    heads: Mapping[int, Question],
) -> Line:
    key = question.merged_into_id or question.id
    standing_answers = [one for one in answers.get(key, []) if one.taken_out_at is None]
    shown = [one for one in standing_answers if one.shown is not None]
    columns = ("material_version_id", "model_id", "statement_id")
    about = next((abouts[c, i] for c in columns if (i := getattr(question, c)) and (c, i) in abouts), ("", ""))
    facts = Facts(
        words=question.state,
        is_merged=question.merged_into_id is not None,
        is_assigned=question.specialist_id is not None,
        has_draft=bool(standing_answers),
        is_answered=bool(shown),
    )
    return Line(
        question=question,
        standing=standing(facts),
        asked=asked_by(askers[key], reader.id if reader else None),
        answers=shown,
        about=about[0],
        about_lang=about[1],
        is_own=reader is not None and question.author_id == reader.id,
        has_joined=key in joined,
        into=heads.get(key) if question.merged_into_id is not None else None,
    )
