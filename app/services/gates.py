"""Review gates: making the usual ones, editing them, choosing what they look at, binding exact content, closing."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.db import db, utcnow
from app.models.advice import Advice
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, ReviewGate, ReviewItem, ReviewVersion
from app.models.people import Account
from app.queries.advice import facts_of
from app.queries.gates import Choice, choices_for, gates_of
from app.queries.review_contents import text_of
from app.queries.stages import materials_of
from app.services.recording import record
from deliberation.advice import waits_for_answer
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.oversight import STANDARD_GATES, GateKind, ItemKind, digest_of, gate_of_session

GateWords = Mapping[str, tuple[str, str]]
"""Code of a gate -> (title, purpose), in the dialogue's language."""


def make_standard_gates(
    dialogue: Dialogue, group: OversightGroup, words: GateWords, *, by: Account
) -> list[ReviewGate]:
    """The usual gates that are not there yet, each with what it looks at: sessions' plans and texts by halves."""
    codes = {one.code for one in gates_of(group)}
    made = []
    for place, (code, kind) in enumerate(STANDARD_GATES, 1):
        if code in codes:
            continue
        title, purpose = words[code]
        gate = ReviewGate(group_id=group.id, code=code, kind=kind, title=title, purpose=purpose, place=place)
        db.session.add(gate)
        db.session.flush()
        choices = choices_for(dialogue, kind, title)
        wanted = _of_half(dialogue, code, choices) if kind is GateKind.MATERIALS else choices[:1]
        set_items(gate, wanted, by=by)
        made.append(gate)
        _edited(gate, by, "made")
    return made


def save_gate(
    group: OversightGroup,
    gate: ReviewGate | None,
    *,
    code: str,
    title: str,
    purpose: str,
    kind: GateKind,
    due_on: date | None,
    by: Account,
) -> ReviewGate:
    """A gate of one's own after the last one, or other words for one.

    Raises:
        RuleError: `code_taken`, `words_empty`, `words_too_long`.
    """
    others = [one for one in gates_of(group) if one is not gate]
    if any(one.code.casefold() == code.strip().casefold() for one in others):
        raise RuleError("code_taken")
    how = "changed" if gate else "made"
    if gate is None:
        place = max((one.place for one in others), default=0) + 1
        gate = ReviewGate(group_id=group.id, place=place, kind=kind)
        db.session.add(gate)
    gate.code = check_words(code, limit=10)
    gate.title = check_words(title, limit=200)
    gate.purpose = check_words(purpose, limit=4000) if tidy(purpose) else ""
    gate.kind, gate.due_on = kind, due_on
    db.session.flush()
    _edited(gate, by, how)
    return gate


def set_items(gate: ReviewGate, wanted: Sequence[Choice], *, by: Account) -> None:
    """Exactly these things; what stays is the same item.

    Raises:
        RuleError: `item_reviewed` when a thing that was put before the group would go.
    """
    known = {_key(one.kind, one.material_id, one.session_id): one for one in gate.items}
    kept = {_key(one.kind, one.material_id, one.session_id) for one in wanted}
    for key, item in known.items():
        if key not in kept:
            if item.versions:
                raise RuleError("item_reviewed", title=item.title)
            gate.items.remove(item)
    for place, one in enumerate(wanted, 1):
        row = known.get(_key(one.kind, one.material_id, one.session_id))
        if row is None:
            row = ReviewItem(kind=one.kind, material_id=one.material_id, session_id=one.session_id)
            gate.items.append(row)
        row.place, row.title = place, one.title
    db.session.flush()
    _edited(gate, by, "items chosen")


def bind(dialogue: Dialogue, item: ReviewItem, *, by: Account) -> ReviewVersion:
    """The item's content as it stands now, kept exactly; the newest version again where nothing changed.

    Raises:
        RuleError: `nothing_to_review` when the thing is gone or there is nothing of it yet.
    """
    text = text_of(item, dialogue)
    if text is None:
        raise RuleError("nothing_to_review", title=item.title)
    digest, newest = digest_of(text), item.bound
    if newest is not None and newest.digest == digest:
        return newest
    material = item.material
    version = ReviewVersion(
        number=newest.number + 1 if newest else 1,
        text=text,
        digest=digest,
        material_version_id=material.current.id if material is not None else None,
        bound_by_id=by.id,
    )
    item.versions.append(version)
    if material is not None:
        item.title = material.current.title
    db.session.flush()
    facts = {"gate": item.gate.code, "kind": item.kind.value, "number": version.number, "digest": digest}
    record(EventKind.REVIEW_ITEM_BOUND, by=by, dialogue_id=dialogue.id, about=version, facts=facts)
    return version


def close_gate(dialogue: Dialogue, gate: ReviewGate, *, advice: str, by: Account) -> None:
    """The review at this gate is over; the group's words as a whole are kept. Advice is not approval.

    Answered advice is published where the group publishes its advice.

    Raises:
        RuleError: `gate_closed`; `advice_unanswered` while a piece waits for an answer.
    """
    if gate.closed_at is not None:
        raise RuleError("gate_closed")
    pieces = _advice_at(gate)
    waiting = sum(waits_for_answer(facts_of(one)) for one in pieces)
    if waiting:
        raise RuleError("advice_unanswered", count=waiting)
    gate.advice = check_words(advice, limit=4000) if tidy(advice) else ""
    gate.closed_at, gate.closed_by_id = utcnow(), by.id
    if gate.group.publishes_advice:
        for one in pieces:
            if one.withdrawn_at is None and one.published_at is None:
                one.published_at = gate.closed_at
    db.session.flush()
    facts = {"gate": gate.code, "how": "closed", "advice": len(pieces)}
    record(EventKind.REVIEW_GATE_CLOSED, by=by, dialogue_id=dialogue.id, about=gate, facts=facts)


def reopen_gate(gate: ReviewGate, *, by: Account) -> None:
    """The gate is open again: something is put before the group once more."""
    if gate.closed_at is None:
        return
    gate.closed_at = gate.closed_by_id = None
    db.session.flush()
    _edited(gate, by, "opened again")


def _advice_at(gate: ReviewGate) -> list[Advice]:
    items = [one.id for one in gate.items]
    return list(db.session.scalars(select(Advice).where(Advice.item_id.in_(items))))


def _of_half(dialogue: Dialogue, code: str, choices: Sequence[Choice]) -> list[Choice]:
    """Plans of the sessions that this gate looks at, each followed by the texts placed in it, each text once."""
    count, wanted, seen = len(dialogue.sessions), [], set()
    for session in dialogue.sessions:
        texts = [material.id for stage in session.stages for material in materials_of(stage)]
        first = [one for one in texts if one not in seen]
        seen |= set(texts)
        if gate_of_session(session.number, count) == code:
            wanted += [one for one in choices if one.session_id == session.id and one.kind is ItemKind.STAGE_PLAN]
            wanted += [one for key in dict.fromkeys(first) for one in choices if one.material_id == key]
    return wanted


def _key(kind: ItemKind, material_id: int | None, session_id: int | None) -> tuple[ItemKind, int | None, int | None]:
    return kind, material_id, session_id


def _edited(gate: ReviewGate, by: Account, how: str) -> None:
    facts = {"gate": gate.code, "how": how, "items": len(gate.items)}
    record(EventKind.REVIEW_GATE_EDITED, by=by, dialogue_id=gate.group.dialogue_id, about=gate, facts=facts)
