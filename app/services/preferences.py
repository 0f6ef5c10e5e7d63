"""Putting preference questions to people, and keeping the ballots they send."""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import Stage
from app.models.people import Account, Participant
from app.models.preferences import PreferenceBallot, PreferenceOption, PreferenceQuestion
from app.queries.preferences import KINDS, answer_of, is_answered, questions_of
from app.queries.taking_part import table_of
from app.services.order import renumber
from app.services.recording import check_stage_act, record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind, canonical_json
from deliberation.preferences import (
    Answer,
    OptionWords,
    PreferenceKind,
    QuestionFacts,
    Shift,
    check_dots,
    check_question,
    places_of,
    shifted,
)
from deliberation.roles import Action
from deliberation.stewardship import Acceptance

TITLE_LIMIT = 200
OPTION_LIMIT = 300
EXPLAIN_LIMIT = 600


def add_question(
    stage: Stage, facts: QuestionFacts, options: Sequence[OptionWords], *, by: Account
) -> PreferenceQuestion:
    """One more question at the end of the stage.

    Raises:
        RuleError: `no_preferences_here` for other kinds of stages, and those of `check_question`.
    """
    question = write_question(stage, facts, options)
    _edited(question, by, "added")
    return question


def write_question(stage: Stage, facts: QuestionFacts, options: Sequence[OptionWords]) -> PreferenceQuestion:
    """The same as part of making a whole dialogue, which is one event; its seed is drawn now."""
    if stage.kind not in KINDS:
        raise RuleError("no_preferences_here")
    question = PreferenceQuestion(
        stage_id=stage.id,
        place=len(questions_of(stage)) + 1,
        seed=secrets.token_hex(16),
        kind=facts.kind,
        title="",
        lang=stage.session.dialogue.lang,
    )
    question.stage = stage
    _write(question, facts, options)
    return question


def edit_question(
    question: PreferenceQuestion, facts: QuestionFacts, options: Sequence[OptionWords], *, by: Account
) -> None:
    """Exactly these facts and options, in this order; an option whose words stay is the same option.

    Raises:
        RuleError: `preference_answered` once anybody has answered, and those of `check_question`.
    """
    _check_free(question)
    _write(question, facts, options)
    _edited(question, by, "edited")


def add_options(question: PreferenceQuestion, options: Sequence[OptionWords], *, by: Account) -> int:
    """Adds options after those that are there, whatever they stand for; returns how many were new.

    Words or things that are options already are left out.

    Raises:
        RuleError: `preference_answered`, `too_many_options`, `words_empty`, `words_too_long`.
    """
    _check_free(question)
    known = {one.text for one in question.options}
    refs = {one.ref for one in question.options if one.ref}
    new = [one for one in options if one.text not in known and (one.ref is None or one.ref not in refs)]
    present = [OptionWords(one.text, one.source, one.ref) for one in question.options]
    _write(question, _facts_of(question), [*present, *new])
    _edited(question, by, "options added")
    return len(new)


def remove_question(question: PreferenceQuestion, *, by: Account) -> None:
    """Removes a question that nobody has answered; RuleError `preference_answered` otherwise."""
    _check_free(question)
    stage = question.stage
    _edited(question, by, "removed")
    db.session.delete(question)
    db.session.flush()
    renumber(questions_of(stage), "place")


def give_dots(
    question: PreferenceQuestion,
    ticked: Collection[str],
    *,
    shown: Collection[str],
    is_none: bool = False,
    no_access: bool = False,
    client_key: uuid.UUID,
    by: Participant,
) -> Answer:
    """Keeps the dots of one page; those given on other pages stay.

    Args:
        ticked, shown: options by key; what was shown and not ticked has no dot any more.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `too_many_dots`, `dots_and_none`, `unknown_answer`, `key_reused`.
    """
    _check_kind(question, PreferenceKind.APPROVAL)
    _check_options(question, [*ticked, *shown])
    body = {"ticked": sorted(ticked), "shown": sorted(shown), "none": is_none, "no_access": no_access}

    def change(before: Answer) -> Answer:
        dots = (before.dots - frozenset(shown)) | frozenset(ticked)
        check_dots(dots, dots=question.dots, is_none=is_none)
        return replace(before, dots=dots, is_none=is_none, no_access=no_access)

    return _send(question, body, change, client_key, by)


def put_in_order(
    question: PreferenceQuestion,
    places: Mapping[str, int],
    *,
    press: tuple[str, Shift] | None = None,
    is_none: bool = False,
    no_access: bool = False,
    client_key: uuid.UUID,
    by: Participant,
) -> Answer:
    """Keeps the order: equal numbers share a place, what is left out stands below. `press` is a button on top of it.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `unknown_answer`, `key_reused`, and `nothing_in_order` where nothing at all was said.
    """
    _check_kind(question, PreferenceKind.RANKING)
    _check_options(question, [*places, *([press[0]] if press else [])])
    kept = shifted(places_of(places), *press) if press else places_of(places)
    if not (kept or is_none or no_access or press):
        raise RuleError("nothing_in_order")
    body = {"places": dict(sorted(places.items())), "press": press, "none": is_none, "no_access": no_access}

    def change(before: Answer) -> Answer:
        return replace(before, places=kept, is_none=is_none, no_access=no_access)

    return _send(question, body, change, client_key, by)


def say_acceptance(
    question: PreferenceQuestion, acceptance: Mapping[str, Acceptance], *, client_key: uuid.UUID, by: Participant
) -> Answer:
    """Keeps which options the person could accept and which not; no word on one is no answer, never a yes."""
    _check_kind(question, PreferenceKind.RANKING)
    _check_options(question, acceptance)
    body = {"acceptance": {key: said.value for key, said in sorted(acceptance.items())}}
    return _send(question, body, lambda before: replace(before, acceptance=dict(acceptance)), client_key, by)


def _send(
    question: PreferenceQuestion,
    body: Mapping[str, Any],
    change: Callable[[Answer], Answer],
    client_key: uuid.UUID,
    by: Participant,
) -> Answer:
    """Adds one ballot; the same key with the same body is answered as before and counts once."""
    is_late = check_stage_act(question.stage, Action.STATE_PREFERENCE)
    # One at a time for each person, so that two pages sent at once do not lose each other's dots.
    db.session.execute(select(Participant.id).where(Participant.id == by.id).with_for_update())
    digest = hashlib.sha256(canonical_json([str(question.public_id), by.id, body]).encode()).hexdigest()
    stored = db.session.scalar(select(PreferenceBallot).where(PreferenceBallot.client_key == client_key))
    if stored is not None:
        if stored.sent_digest != digest:
            raise RuleError("key_reused")
        return answer_of(question, by)
    answer = change(answer_of(question, by))
    ballot = PreferenceBallot(
        client_key=client_key,
        question_id=question.id,
        participant_id=by.id,
        answer=answer.as_facts(),
        sent_digest=digest,
        is_late=is_late,
        stage_id=question.stage_id,
        table_id=table_of(question.stage, by),
        sent_at=utcnow(),
    )
    db.session.add(ballot)
    db.session.flush()
    facts = {"kind": question.kind.value, "late": is_late}
    record(EventKind.PREFERENCE_STATED, by=by, dialogue_id=by.dialogue_id, about=question, facts=facts)
    return answer


def _write(question: PreferenceQuestion, facts: QuestionFacts, options: Sequence[OptionWords]) -> None:
    words = [replace(one, text=check_words(" ".join(one.text.split()), limit=OPTION_LIMIT)) for one in options]
    check_question(facts.kind, [one.text for one in words], dots=facts.dots, seats=facts.seats)
    question.kind = facts.kind
    question.title = check_words(facts.title, limit=TITLE_LIMIT)
    question.explain = check_words(facts.explain, limit=EXPLAIN_LIMIT) if facts.explain.strip() else ""
    question.dots, question.seats = facts.dots, facts.seats
    question.asks_acceptance = facts.asks_acceptance and facts.kind is PreferenceKind.RANKING
    question.is_shuffled = facts.is_shuffled
    db.session.add(question)
    known = {one.text: one for one in question.options}
    gone = [row for text, row in known.items() if text not in {one.text for one in words}]
    for row in gone:
        question.options.remove(row)
    db.session.flush()
    for place, one in enumerate(words, 1):
        if one.text in known:
            known[one.text].place = place
        else:
            question.options.append(PreferenceOption(text=one.text, place=place, source=one.source, ref=one.ref))
    db.session.flush()
    db.session.expire(question, ["options"])


def _facts_of(question: PreferenceQuestion) -> QuestionFacts:
    return QuestionFacts(
        kind=question.kind,
        title=question.title,
        explain=question.explain,
        dots=question.dots,
        seats=question.seats,
        asks_acceptance=question.asks_acceptance,
        is_shuffled=question.is_shuffled,
    )


def _check_free(question: PreferenceQuestion) -> None:
    if is_answered(question):
        raise RuleError("preference_answered")


def _check_kind(question: PreferenceQuestion, kind: PreferenceKind) -> None:
    if question.kind is not kind:
        raise RuleError("unknown_answer")


def _check_options(question: PreferenceQuestion, keys: Collection[str]) -> None:
    if not set(keys) <= {one.key for one in question.options}:
        raise RuleError("unknown_answer")


def _edited(question: PreferenceQuestion, by: Account, how: str) -> None:
    facts = {"kind": question.kind.value, "how": how, "options": len(question.options)}
    dialogue_id = question.stage.session.dialogue_id
    record(EventKind.PREFERENCE_QUESTION_EDITED, by=by, dialogue_id=dialogue_id, about=question, facts=facts)
