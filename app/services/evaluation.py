"""Judging how good a dialogue is: one row a judgement, published by whoever judged."""

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.evaluation import EvaluationJudgement
from app.models.people import Account
from app.queries.evaluation import newest_of, unpublished
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.evaluation import Judge, Judgement, check_evidence, check_of
from deliberation.events import EventKind


def judge_check(
    dialogue: Dialogue, key: str, *, judge: Judge, judgement: Judgement, evidence: str, by: Account
) -> EvaluationJudgement:
    """How far a check is met, and on what evidence. Earlier judgements stay; the same again is kept once.

    Raises:
        RuleError: `unknown_check`, `evidence_missing`, `words_too_long`.
    """
    check_of(key)
    words = check_evidence(judgement, evidence)
    before = newest_of(dialogue, key, judge)
    if before is not None and (before.judgement, before.evidence) == (judgement, words):
        return before
    row = EvaluationJudgement(
        dialogue_id=dialogue.id, check_key=key, judge=judge, number=before.number + 1 if before else 1,
        judgement=judgement, evidence=words, judged_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    facts = {"what": "judged", "key": key, "kind": judge.value}
    record(EventKind.EVALUATION_EDITED, by=by, dialogue_id=dialogue.id, facts=facts)
    return row


def publish_judgements(dialogue: Dialogue, *, judge: Judge, by: Account) -> int:
    """Publishes this judge's newest judgements; what was public before stays in the record. Returns how many.

    Raises:
        RuleError: `nothing_to_publish`.
    """
    rows = unpublished(dialogue, judge)
    if not rows:
        raise RuleError("nothing_to_publish")
    for row in rows:
        row.published_at = utcnow()
    db.session.flush()
    facts = {"what": "published", "kind": judge.value, "count": len(rows)}
    record(EventKind.EVALUATION_EDITED, by=by, dialogue_id=dialogue.id, facts=facts)
    return len(rows)
