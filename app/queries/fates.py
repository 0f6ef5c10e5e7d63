"""Where a person's own words went: what was decided, what was added, their wish to look again, and new wordings."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import select

from app.db import db
from app.models.moderation import Appeal, ModerationDecision
from app.models.people import Participant
from app.queries.lineage import Line, lines_from, lines_into
from app.queries.opinions import appeals_by, notes_for, refusals_of
from app.queries.word_kinds import KINDS
from deliberation.moderation import Decision


@dataclass(frozen=True)
class Fate:
    """refusal    the decision by which the words are not shown, None where they are not kept back
    note       what a moderator added for the author
    appeal     the author's wish to look again at it
    answered   an earlier wish that was answered, after which something else was decided
    stands_as  what stands in the place of the words
    came_from  what these words were reworded from
    """

    refusal: ModerationDecision | None = None
    note: str = ""
    appeal: Appeal | None = None
    answered: Appeal | None = None
    stands_as: list[Line] = field(default_factory=list)
    came_from: Line | None = None


def fates_of(participant: Participant) -> dict[uuid.UUID, Fate]:
    """Public id of own words of every kind -> what became of them; left out where nothing did."""
    statements: dict[uuid.UUID, int] = {}
    refs: list[uuid.UUID] = []
    for kind in KINDS.values():
        if kind.author is None:
            continue
        for ref, key in db.session.execute(
            select(kind.model.public_id, kind.model.id).where(kind.author == participant.id)
        ):
            refs.append(ref)
            if kind.key == "statement":
                statements[ref] = key
    refusals, appeals, notes = refusals_of(refs), appeals_by(participant), notes_for(participant)
    answered = _answered(appeals)
    olds, news = lines_from(list(statements.values())), lines_into(list(statements.values()))
    fates = {}
    for ref in refs:
        refusal = refusals.get(ref)
        is_refused = refusal is not None and refusal.decision is Decision.REFUSE
        fate = Fate(
            refusal=refusal if is_refused else None,
            note=notes.get(refusal.id, "") if is_refused and refusal is not None else "",
            appeal=appeals.get(refusal.id) if is_refused and refusal is not None else None,
            answered=None if is_refused else answered.get(ref),
            stands_as=olds.get(statements.get(ref, 0), []),
            came_from=news.get(statements.get(ref, 0)),
        )
        if fate != Fate():
            fates[ref] = fate
    return fates


def _answered(appeals: dict[int, Appeal]) -> dict[uuid.UUID, Appeal]:
    done = [key for key, one in appeals.items() if one.decided_at is not None]
    rows = db.session.scalars(select(ModerationDecision).where(ModerationDecision.id.in_(done)))
    return {row.words_ref: appeals[row.id] for row in rows}
