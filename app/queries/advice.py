"""Advice as it stands: lists, one piece, what waits for an answer, and who somebody is to it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.models.advice import Advice
from app.models.oversight import OversightGroup, OversightMember, ReviewVersion
from app.models.people import Account
from app.queries.oversight import member_of
from app.queries.packs import words_of
from deliberation.advice import AdviceState, Facts, Who, keeps_back, state_of, waits_for_answer
from deliberation.oversight import Severity
from deliberation.paragraphs import Paragraph, find_paragraph, paragraphs_of

_ORDER = list(Severity)


@dataclass(frozen=True)
class AdviceLine:
    """One piece with what follows from its facts. `where`: the paragraph it is about, as it stood then."""

    advice: Advice
    state: AdviceState
    keeps_back: bool
    waits: bool
    paragraph: Paragraph | None = None
    number: int = 0


@dataclass(frozen=True)
class Filters:
    """What of the list is shown; empty is everything."""

    states: frozenset[AdviceState] = field(default_factory=frozenset)
    severities: frozenset[Severity] = field(default_factory=frozenset)


def facts_of(advice: Advice) -> Facts:
    """What the state of a piece follows from."""
    answer = advice.answer
    return Facts(
        severity=advice.severity,
        is_answered=answer is not None,
        is_contested=answer is not None and answer.contested_at is not None,
        is_closed=advice.closed_at is not None,
        is_withdrawn=advice.withdrawn_at is not None,
        is_overridden=advice.overridden_at is not None,
    )


def line_of(advice: Advice) -> AdviceLine:
    """One piece as pages show it."""
    facts = facts_of(advice)
    keeps = keeps_back(facts) and advice.item.material_id is not None
    number, paragraph = place_of(advice.version, advice.anchor)
    return AdviceLine(advice, state_of(facts), keeps, waits_for_answer(facts), paragraph, number)


def place_of(version: ReviewVersion, anchor: str) -> tuple[int, Paragraph | None]:
    """(number of the paragraph among those that can be commented, the paragraph); (0, None) for the whole."""
    if not anchor:
        return 0, None
    paragraphs = [one for one in paragraphs_of(words_of(version)) if one.anchor]
    return next(((n, one) for n, one in enumerate(paragraphs, 1) if one.anchor == anchor), (0, None))


def has_anchor(version: ReviewVersion, anchor: str) -> bool:
    """Whether the version holds a paragraph of this name."""
    return find_paragraph(words_of(version), anchor) is not None


def find_advice(group: OversightGroup, public_id: uuid.UUID) -> Advice | None:
    """A piece of advice of this group."""
    return db.session.scalar(select(Advice).where(Advice.public_id == public_id, Advice.group_id == group.id))


def advice_of(group: OversightGroup, filters: Filters | None = None) -> list[AdviceLine]:
    """Every piece: must-fix first, the newest first among equals."""
    found = select(Advice).where(Advice.group_id == group.id).options(selectinload(Advice.answers))
    lines = [line_of(one) for one in db.session.scalars(found)]
    wanted = filters or Filters()
    kept = [
        line
        for line in lines
        if (not wanted.states or line.state in wanted.states)
        and (not wanted.severities or line.advice.severity in wanted.severities)
    ]
    return sorted(kept, key=lambda line: (_ORDER.index(line.advice.severity), -line.advice.number))


def advice_on(versions: Iterable[int]) -> list[AdviceLine]:
    """Pieces on these versions that were not taken back, in the order they were given."""
    found = select(Advice).where(Advice.version_id.in_(list(versions)), Advice.withdrawn_at.is_(None))
    return [line_of(one) for one in db.session.scalars(found.order_by(Advice.number))]


def who_is(group: OversightGroup, advice: Advice | None, account: Account) -> Who:
    """Who an account is to a piece of advice, or to the group where there is none yet."""
    member: OversightMember | None = member_of(group, account)
    return Who(
        is_author=member is not None and advice is not None and advice.member_id == member.id,
        is_chair=member is not None and member.is_chair,
        is_lead=group.lead_id == account.id,
    )
