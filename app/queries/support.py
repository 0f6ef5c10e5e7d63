"""Combinations gathered by their four answers, what a participant said of them, and everybody's support and dissent."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import db
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.models.stewardship import Combination, CombinationSupport, GatheredCombination
from deliberation.moderation import WordState, showing
from deliberation.support import Offered, Support, next_combination


@dataclass(frozen=True)
class Weighed:
    """A combination with how many people put it together, what people say of it, and why. Nobody's name is here."""

    gathered: GatheredCombination
    made_by: int
    counts: Mapping[Support, int]
    reasons: Mapping[Support, Sequence[Comment]]

    @property
    def total(self) -> int:
        """How many people said anything."""
        return sum(self.counts.values())


def gathered_with(dialogue: Dialogue, key: str) -> GatheredCombination | None:
    """The gathered combination with these four answers."""
    return db.session.scalar(
        select(GatheredCombination).where(
            GatheredCombination.dialogue_id == dialogue.id, GatheredCombination.key == key
        )
    )


def find_gathered(dialogue: Dialogue, public_id: uuid.UUID) -> GatheredCombination | None:
    """A gathered combination of this dialogue."""
    return db.session.scalar(
        select(GatheredCombination).where(
            GatheredCombination.public_id == public_id, GatheredCombination.dialogue_id == dialogue.id
        )
    )


def support_by(participant: Participant) -> dict[int, CombinationSupport]:
    """Gathered combination -> what the participant said of it."""
    rows = db.session.scalars(
        select(CombinationSupport).where(CombinationSupport.participant_id == participant.id)
    )
    return {row.gathered_id: row for row in rows}


def next_for(dialogue: Dialogue, participant: Participant) -> GatheredCombination | None:
    """The combination to ask this person about next; None when nothing is left."""
    mine = support_by(participant)
    made, said = _made(dialogue), _said(dialogue)
    offered = [
        Offered(row.id, sum(said.get(row.id, Counter()).values()), row.id in mine)
        for row in _all(dialogue)
        if made[row.key] or row.id in said
    ]
    chosen = next_combination(offered, str(participant.public_id))
    return db.session.get(GatheredCombination, chosen) if chosen is not None else None


def first_of(dialogue: Dialogue) -> GatheredCombination | None:
    """Any combination, for a preview."""
    return next(iter(_all(dialogue)), None)


def weighed(dialogue: Dialogue, *, shown_only: bool = False) -> list[Weighed]:
    """Every combination that somebody put together or spoke about: most support first, then least dissent.

    Args:
        shown_only: leave out words that not everyone can see.
    """
    made, said, words = _made(dialogue), _said(dialogue), _reasons(dialogue, shown_only)
    found = [
        Weighed(
            row,
            made[row.key],
            {support: said.get(row.id, Counter())[support] for support in Support},
            {support: words.get((row.id, support), []) for support in Support},
        )
        for row in _all(dialogue)
        if made[row.key] or row.id in said
    ]
    return sorted(found, key=lambda one: (-one.counts[Support.SUPPORT], one.counts[Support.DO_NOT_SUPPORT]))


def people_who_weighed(dialogue: Dialogue) -> int:
    """How many people said anything of any combination."""
    found = (
        select(func.count(CombinationSupport.participant_id.distinct()))
        .join(GatheredCombination, GatheredCombination.id == CombinationSupport.gathered_id)
        .where(GatheredCombination.dialogue_id == dialogue.id)
    )
    return db.session.scalar(found) or 0


def supported_by(participant: Participant) -> list[tuple[GatheredCombination, CombinationSupport]]:
    """What the participant said of each combination, in the order said."""
    rows = db.session.execute(
        select(GatheredCombination, CombinationSupport)
        .join(CombinationSupport, CombinationSupport.gathered_id == GatheredCombination.id)
        .where(CombinationSupport.participant_id == participant.id)
        .order_by(CombinationSupport.said_at, CombinationSupport.id)
    )
    return [(gathered, support) for gathered, support in rows]


def _all(dialogue: Dialogue) -> list[GatheredCombination]:
    found = select(GatheredCombination).where(GatheredCombination.dialogue_id == dialogue.id)
    return list(db.session.scalars(found.order_by(GatheredCombination.id)))


def _made(dialogue: Dialogue) -> Counter[str]:
    """Key -> how many people put it together."""
    rows = db.session.execute(
        select(Combination.answers_key, func.count(Combination.participant_id.distinct()))
        .join(Participant, Participant.id == Combination.participant_id)
        .where(Participant.dialogue_id == dialogue.id)
        .group_by(Combination.answers_key)
    )
    return Counter({key: count for key, count in rows})  # noqa: C416 - a Row is no pair to mypy


def _said(dialogue: Dialogue) -> dict[int, Counter[Support]]:
    rows = db.session.execute(
        select(CombinationSupport.gathered_id, CombinationSupport.support, func.count())
        .join(GatheredCombination, GatheredCombination.id == CombinationSupport.gathered_id)
        .where(GatheredCombination.dialogue_id == dialogue.id)
        .group_by(CombinationSupport.gathered_id, CombinationSupport.support)
    )
    found: dict[int, Counter[Support]] = {}
    for gathered_id, support, count in rows:
        found.setdefault(gathered_id, Counter())[support] = count
    return found


def _reasons(dialogue: Dialogue, shown_only: bool) -> dict[tuple[int, Support], list[Comment]]:
    rows = db.session.execute(
        select(CombinationSupport.gathered_id, CombinationSupport.support, Comment)
        .join(Comment, Comment.id == CombinationSupport.comment_id)
        .where(Comment.dialogue_id == dialogue.id)
        .order_by(Comment.id)
    )
    found: dict[tuple[int, Support], list[Comment]] = {}
    for gathered_id, support, comment in rows:
        is_shown = comment.state is WordState.APPROVED
        if is_shown or (not shown_only and showing(comment.state, comment.reason).read_by_analysts):
            found.setdefault((gathered_id, support), []).append(comment)
    return found
