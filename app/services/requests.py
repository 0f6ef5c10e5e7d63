"""Following a request, saying what one thinks at its stops; and staff who write requests and numbers."""

from collections.abc import Mapping

from app.db import db, utcnow
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.requests import DataRequest, RequestAssumption, StepJudgement
from app.queries.requests import Way, assumption_rows, judgements_on, requests_of
from app.services.learning import free_key
from app.services.order import swap
from app.services.recording import check_stage_act, record
from deliberation.comments import CONDITION_LIMIT, check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.requests import Judgement, RequestFact, RequestKind, Station
from deliberation.requests_burden import check_assumptions
from deliberation.roles import Action

FACT_LIMIT = 400


def follow_request(stage: Stage, request: DataRequest, way: Way, *, by: Participant) -> None:
    """Notes that the participant set off with this request.

    Raises:
        NotAllowed: `stage_not_open`.
    """
    check_stage_act(stage, Action.FOLLOW_REQUEST)
    facts = {"way": way.key}
    record(EventKind.REQUEST_FOLLOWED, by=by, dialogue_id=by.dialogue_id, about=request, facts=facts)


def judge_step(
    stage: Stage, request: DataRequest, way: Way, step: Station, judgement: Judgement, *, by: Participant
) -> StepJudgement:
    """Keeps what the participant says at a stop; saying something else replaces it, and its words go.

    Raises:
        NotAllowed: `stage_not_open`.
    """
    is_late = check_stage_act(stage, Action.FOLLOW_REQUEST)
    row = judgements_on(request, way, by).get(step.value)
    if row is None:
        row = StepJudgement(
            participant_id=by.id,
            request_id=request.id,
            model_id=way.model.id if way.model else None,
            answers=None if way.model else {question.value: answer for question, answer in way.answers.items()},
            way=way.key,
            step=step,
            lang=by.lang,
        )
        db.session.add(row)
    if judgement is not Judgement.ONLY_IF:
        _without_words(row)
    row.judgement = judgement
    row.stage_id, row.is_late, row.created_at = stage.id, is_late, utcnow()
    db.session.flush()
    facts = {"way": way.key, "step": step.value, "judgement": judgement.value, "late": is_late}
    record(EventKind.STEP_JUDGED, by=by, dialogue_id=by.dialogue_id, about=row, facts=facts)
    return row


def say_only_if(stage: Stage, request: DataRequest, way: Way, step: Station, words: str, *, by: Participant) -> None:
    """Keeps the condition of an "only if"; no words are fine, and new words are checked anew.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `judgement_missing` unless the participant says "only if" there; `words_too_long`.
    """
    check_stage_act(stage, Action.FOLLOW_REQUEST)
    row = judgements_on(request, way, by).get(step.value)
    if row is None or row.judgement is not Judgement.ONLY_IF:
        raise RuleError("judgement_missing")
    clean = check_words(words, limit=CONDITION_LIMIT) if tidy(words) else ""
    if clean == row.words:
        return
    _without_words(row)
    row.words, row.lang = clean, by.lang
    if not stage.session.dialogue.moderates_first:
        row.state = WordState.APPROVED
    db.session.flush()
    facts = {"way": way.key, "step": step.value, "judgement": row.judgement.value, "words": bool(clean)}
    record(EventKind.STEP_JUDGED, by=by, dialogue_id=by.dialogue_id, about=row, facts=facts)


def save_request(
    dialogue: Dialogue,
    request: DataRequest | None,
    *,
    title: str,
    kind: RequestKind,
    facts: Mapping[RequestFact, str],
    by: Account,
) -> DataRequest:
    """Adds an invented request after the last one, or changes one.

    Raises:
        RuleError: `words_empty`, `words_too_long`; `request_judged` where people have judged stops that another
            kind does not have.
    """
    checked = {fact.value: check_words(facts[fact], limit=FACT_LIMIT) for fact in RequestFact}
    name = check_words(title, limit=200)
    if request is None:
        others = requests_of(dialogue)
        request = DataRequest(
            dialogue_id=dialogue.id,
            key=free_key(name, {other.key for other in others}),
            place=max((other.place for other in others), default=0) + 1,
            lang=dialogue.lang,
        )
        db.session.add(request)
    elif request.kind is not kind and _is_judged(request):
        raise RuleError("request_judged")
    request.title, request.kind = name, kind
    for fact, words in checked.items():
        setattr(request, fact, words)
    db.session.flush()
    record(EventKind.REQUEST_EDITED, by=by, dialogue_id=dialogue.id, about=request, facts={"key": request.key})
    return request


def shift_request(dialogue: Dialogue, request: DataRequest, step: int, *, by: Account) -> None:
    """Moves a request one place up (-1) or down (+1)."""
    if swap(requests_of(dialogue), request, step, "place"):
        record(EventKind.REQUEST_EDITED, by=by, dialogue_id=dialogue.id, about=request, facts={"key": request.key})


def change_assumptions(dialogue: Dialogue, values: Mapping[str, int | None], *, by: Account) -> None:
    """The numbers that everybody starts from; one that changes loses its source, since nobody gave one for it.

    Raises:
        RuleError: `assumption_out_of_bounds`.
    """
    check_assumptions(values)
    rows = assumption_rows(dialogue)
    changed = {}
    for name, value in values.items():
        row = rows.get(name)
        if row is None:
            row = RequestAssumption(dialogue_id=dialogue.id, name=name)
            db.session.add(row)
        elif row.value == value:
            continue
        row.value, row.source = value, None
        changed[name] = value
    db.session.flush()
    if changed:
        record(EventKind.ASSUMPTION_CHANGED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=changed)


def _without_words(row: StepJudgement) -> None:
    row.words, row.state, row.reason, row.withdrawn_at = "", WordState.WAITING, None, None


def _is_judged(request: DataRequest) -> bool:
    found = db.session.query(StepJudgement.id).filter(StepJudgement.request_id == request.id).first()
    return found is not None
