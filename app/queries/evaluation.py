"""Judgements on the checks of a good dialogue: the newest of each judge, those published, and how many of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.evaluation import EvaluationJudgement
from deliberation.evaluation import CHECKS, Check, Judge, Judgement


@dataclass(frozen=True)
class CheckRow:
    """One check with the newest judgement of each judge, and the published one where it is another or the same."""

    check: Check
    newest: Mapping[Judge, EvaluationJudgement]
    published: Mapping[Judge, EvaluationJudgement]


def check_rows(dialogue: Dialogue) -> list[CheckRow]:
    """Every check in the order of its framework."""
    newest: dict[tuple[str, Judge], EvaluationJudgement] = {}
    published: dict[tuple[str, Judge], EvaluationJudgement] = {}
    for row in _all(dialogue):
        newest[row.check_key, row.judge] = row
        if row.published_at is not None:
            published[row.check_key, row.judge] = row
    return [
        CheckRow(
            check,
            {judge: newest[check.key, judge] for judge in Judge if (check.key, judge) in newest},
            {judge: published[check.key, judge] for judge in Judge if (check.key, judge) in published},
        )
        for check in CHECKS
    ]


def newest_of(dialogue: Dialogue, key: str, judge: Judge) -> EvaluationJudgement | None:
    """The judgement that stands."""
    found = select(EvaluationJudgement).where(
        EvaluationJudgement.dialogue_id == dialogue.id,
        EvaluationJudgement.check_key == key,
        EvaluationJudgement.judge == judge,
    )
    return db.session.scalar(found.order_by(EvaluationJudgement.number.desc()).limit(1))


def unpublished(dialogue: Dialogue, judge: Judge) -> list[EvaluationJudgement]:
    """This judge's newest judgements that are not public yet."""
    rows = [row.newest[judge] for row in check_rows(dialogue) if judge in row.newest]
    return [one for one in rows if one.published_at is None]


def tally(rows: list[CheckRow], judge: Judge, *, public: bool = False) -> dict[Judgement, int]:
    """How many checks one judge found met, partly met, not met, not applicable."""
    found = Counter(
        chosen[judge].judgement
        for row in rows
        if judge in (chosen := row.published if public else row.newest)
    )
    return {judgement: found[judgement] for judgement in Judgement}


def _all(dialogue: Dialogue) -> list[EvaluationJudgement]:
    found = select(EvaluationJudgement).where(EvaluationJudgement.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(EvaluationJudgement.number)))
