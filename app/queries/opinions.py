"""Second opinions and appeals about words, and the people who could give another view."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.moderation import Appeal, AuthorNotice, ModerationDecision, SecondOpinion
from app.models.people import Account, Membership, Participant
from app.queries.word_kinds import Words
from deliberation.roles import Role


def open_opinion(words: Words) -> SecondOpinion | None:
    """The second opinion that is being waited for."""
    return db.session.scalar(
        select(SecondOpinion).where(
            SecondOpinion.words_ref == words.public_id, SecondOpinion.answered_at.is_(None)
        )
    )


def opinions_on(words: Words) -> list[tuple[SecondOpinion, Account, Account | None]]:
    """(opinion, who asked, who answered) about these words, oldest first."""
    found = select(SecondOpinion).where(SecondOpinion.words_ref == words.public_id).order_by(SecondOpinion.id)
    return [
        (
            one,
            db.session.get_one(Account, one.asked_by_id),
            db.session.get(Account, one.answered_by_id) if one.answered_by_id else None,
        )
        for one in db.session.scalars(found)
    ]


def open_appeal(words: Words) -> tuple[Appeal, ModerationDecision] | None:
    """The author's wish to look again that nobody has answered, and the decision it is about."""
    row = db.session.execute(
        select(Appeal, ModerationDecision)
        .join(ModerationDecision, ModerationDecision.id == Appeal.decision_id)
        .where(ModerationDecision.words_ref == words.public_id, Appeal.decided_at.is_(None))
        .order_by(Appeal.id)
    ).first()
    return (row[0], row[1]) if row is not None else None


def appeals_by(participant: Participant) -> dict[int, Appeal]:
    """Decision -> the participant's appeal against it."""
    found = select(Appeal).where(Appeal.participant_id == participant.id)
    return {one.decision_id: one for one in db.session.scalars(found)}


def notes_for(participant: Participant) -> dict[int, str]:
    """Decision -> what a moderator added for the author."""
    found = select(AuthorNotice).where(AuthorNotice.participant_id == participant.id)
    return {one.decision_id: one.note for one in db.session.scalars(found)}


def other_moderators(dialogue: Dialogue, apart_from: int) -> int:
    """How many facilitators there are beside this account."""
    found = select(func.count(Membership.account_id.distinct())).where(
        Membership.dialogue_id == dialogue.id,
        Membership.role == Role.FACILITATOR,
        Membership.ended_at.is_(None),
        Membership.account_id != apart_from,
    )
    return db.session.scalar(found) or 0


def moderators_of(dialogue: Dialogue) -> list[Account]:
    """The dialogue's facilitators, by name."""
    found = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.dialogue_id == dialogue.id, Membership.role == Role.FACILITATOR, Membership.ended_at.is_(None)
        )
        .order_by(Account.display_name)
    )
    return list(db.session.scalars(found))


def refusals_of(refs: Collection[uuid.UUID]) -> dict[uuid.UUID, ModerationDecision]:
    """Words -> the newest decision about them, where it keeps them from being shown."""
    from_newest = select(ModerationDecision).where(
        ModerationDecision.words_ref.in_(refs), ModerationDecision.undone_at.is_(None)
    )
    newest = {one.words_ref: one for one in db.session.scalars(from_newest.order_by(ModerationDecision.id))}
    return {ref: one for ref, one in newest.items() if one.reason is not None}
