"""Advice: given, changed, taken back, answered, contested, settled, overridden, published."""

import uuid
from collections.abc import Mapping

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.advice import Advice, AdviceAnswer
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember, ReviewVersion
from app.models.people import Account
from app.queries.advice import facts_of, has_anchor, who_is
from app.queries.packs import was_sent
from app.services.recording import record
from deliberation.advice import (
    ADVICE_LIMIT,
    Said,
    check_answer,
    check_close,
    check_contest,
    check_edit,
    check_override,
    check_withdraw,
)
from deliberation.comments import check_words, tidy
from deliberation.errors import NotAllowed, RuleError
from deliberation.events import EventKind
from deliberation.oversight import Response


def give_advice(
    dialogue: Dialogue,
    group: OversightGroup,
    version: ReviewVersion,
    said: Said,
    *,
    key: uuid.UUID,
    member: OversightMember | None,
    by: Account,
) -> Advice:
    """Keeps a piece of advice on exactly this version; the same key again is the same piece.

    Raises:
        NotAllowed: `not_a_member`, also for an observer.
        RuleError: `pack_not_sent`, `paragraph_missing`, `words_empty`, `words_too_long`, `key_reused`.
    """
    if member is None or member.is_observer:
        raise NotAllowed("not_a_member")
    before = db.session.scalar(select(Advice).where(Advice.client_key == key))
    if before is not None:
        if before.member_id != member.id or before.text != tidy(said.text):
            raise RuleError("key_reused")
        return before
    if not was_sent(version):
        raise RuleError("pack_not_sent")
    if said.anchor and not has_anchor(version, said.anchor):
        raise RuleError("paragraph_missing")
    newest = select(func.max(Advice.number)).where(Advice.group_id == group.id)
    advice = Advice(
        group_id=group.id,
        number=(db.session.scalar(newest) or 0) + 1,
        client_key=key,
        item_id=version.item_id,
        version_id=version.id,
        member_id=member.id,
        anchor=said.anchor,
        type=said.type,
        severity=said.severity,
        text=check_words(said.text, limit=ADVICE_LIMIT),
        is_named=said.is_named,
    )
    db.session.add(advice)
    db.session.flush()
    facts = {"number": advice.number, "severity": said.severity.value, "type": said.type.value}
    _record(dialogue, EventKind.ADVICE_GIVEN, advice, by, facts)
    return advice


def edit_advice(dialogue: Dialogue, advice: Advice, said: Said, *, by: Account) -> None:
    """Other words by the member who gave it, until it is answered; the place stays.

    Raises:
        RuleError: `not_your_advice`, `answered_before`, `advice_closed`, `advice_withdrawn`, `words_empty` ...
    """
    check_edit(facts_of(advice), who_is(advice.group, advice, by))
    advice.text = check_words(said.text, limit=ADVICE_LIMIT)
    advice.type, advice.severity, advice.is_named = said.type, said.severity, said.is_named
    advice.edited_at = utcnow()
    facts = {"number": advice.number, "how": "changed", "severity": said.severity.value}
    _record(dialogue, EventKind.ADVICE_EDITED, advice, by, facts)


def withdraw_advice(dialogue: Dialogue, advice: Advice, *, by: Account) -> None:
    """The member takes it back; that it was there stays in the record."""
    check_withdraw(facts_of(advice), who_is(advice.group, advice, by))
    advice.withdrawn_at = utcnow()
    _record(dialogue, EventKind.ADVICE_EDITED, advice, by, {"number": advice.number, "how": "taken back"})


def answer_advice(
    dialogue: Dialogue, advice: Advice, response: Response, reason: str, *, changed_in: str = "", by: Account
) -> AdviceAnswer:
    """One more answer, with its reason and the version in which something changed, if it did.

    Raises:
        RuleError: `advice_closed`, `advice_withdrawn`, `words_empty`, `words_too_long`.
    """
    answer = AdviceAnswer(
        number=len(advice.answers) + 1,
        response=response,
        reason=check_answer(facts_of(advice), reason),
        changed_in=check_words(changed_in, limit=200) if tidy(changed_in) else "",
        answered_by_id=by.id,
    )
    advice.answers.append(answer)
    facts = {"number": advice.number, "response": response.value}
    _record(dialogue, EventKind.ADVICE_ANSWERED, advice, by, facts)
    return answer


def contest_answer(dialogue: Dialogue, advice: Advice, why: str, *, by: Account) -> None:
    """The member or the chair does not agree with the newest answer; both stay in the record.

    Raises:
        RuleError: as `deliberation.advice.check_contest`.
    """
    words = check_contest(facts_of(advice), who_is(advice.group, advice, by), why)
    answer = advice.answers[-1]
    answer.contested_at, answer.contested_by_id, answer.contested_why = utcnow(), by.id, words
    _record(dialogue, EventKind.ADVICE_CONTESTED, advice, by, {"number": advice.number})


def close_advice(dialogue: Dialogue, advice: Advice, why: str, *, by: Account) -> None:
    """The member or the chair says that it is settled, whatever the answer was.

    Raises:
        RuleError: as `deliberation.advice.check_close`.
    """
    check_close(facts_of(advice), who_is(advice.group, advice, by))
    advice.closed_at, advice.closed_by_id = utcnow(), by.id
    advice.closed_why = check_words(why, limit=ADVICE_LIMIT) if tidy(why) else ""
    _record(dialogue, EventKind.ADVICE_CLOSED, advice, by, {"number": advice.number})


def override_advice(dialogue: Dialogue, advice: Advice, reason: str, *, by: Account) -> None:
    """Participants are shown the material although the must-fix stands open; the reason is public from now on.

    Raises:
        RuleError: as `deliberation.advice.check_override`.
    """
    who = who_is(advice.group, advice, by)
    advice.overridden_why = check_override(facts_of(advice), advice.item.kind, who, reason)
    advice.overridden_at, advice.overridden_by_id = utcnow(), by.id
    advice.published_at = advice.published_at or advice.overridden_at
    facts = {"number": advice.number, "as": "lead" if who.is_lead else "chair"}
    _record(dialogue, EventKind.MATERIAL_RELEASED, advice, by, facts)


def publish_advice(dialogue: Dialogue, advice: Advice, *, by: Account) -> None:
    """Anybody may read it with its answers.

    Raises:
        RuleError: `advice_withdrawn`; `not_answered`; `group_keeps_advice` when the group does not publish it.
    """
    if advice.withdrawn_at is not None:
        raise RuleError("advice_withdrawn")
    if not advice.group.publishes_advice:
        raise RuleError("group_keeps_advice")
    if not advice.answers:
        raise RuleError("not_answered")
    advice.published_at = advice.published_at or utcnow()
    _record(dialogue, EventKind.ADVICE_EDITED, advice, by, {"number": advice.number, "how": "published"})


def _record(dialogue: Dialogue, kind: EventKind, advice: Advice, by: Account, facts: Mapping[str, object]) -> None:
    db.session.flush()
    record(kind, by=by, dialogue_id=dialogue.id, about=advice, facts=facts)
