"""Who is in the example: one account for each staff role, and 47 synthetic participants with invented names."""

import secrets
from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.db import db, utcnow
from app.demo.panel import SIZE, TABLES, SyntheticPerson
from app.models.consent import Consent
from app.models.dialogues import BreakoutTable, Dialogue, TableSeat
from app.models.people import Account, Membership, Participant
from app.models.vault import Seat, VaultContact, VaultLobbyEntry, VaultSeatLink
from app.queries.people import digest_of
from app.services.accounts import add_account
from app.services.consent import current_text
from app.services.recording import record
from deliberation.consent import NEEDED, OPTIONAL, Purpose
from deliberation.events import EventKind
from deliberation.pseudonyms import draw_pseudonym
from deliberation.roles import Role

STAFF = {
    Role.FACILITATOR: "Fay Example",
    Role.ANALYST: "Anil Example",
    Role.COMMISSIONER: "Carys Example",
    Role.OVERSEER: "Olu Example",
    Role.APPLICANT: "Alex Example",
    Role.PANEL_MEMBER: "Pat Example",
    Role.RAPPORTEUR: "Rani Example",
    Role.COMMITTEE_MEMBER: "Chris Example",
    Role.EVALUATOR: "Eva Example",
    Role.ADMINISTRATOR: "Ada Example",
}
SEATS = SIZE + 3
DEMO_PERSON = 5
"""The place in the panel of the participant whom the printed link signs in."""


def add_staff() -> dict[str, Account]:
    """One account for each staff role, found again by address; nobody knows their passwords."""
    found = {}
    for role, name in STAFF.items():
        email = f"{role.value.replace('_', '-')}@example.org"
        account = db.session.scalar(select(Account).where(Account.email == email))
        found[role.value] = account or add_account(
            email,
            name,
            secrets.token_urlsafe(24),
            administrator=role is Role.ADMINISTRATOR,
            creates=role in {Role.FACILITATOR, Role.ADMINISTRATOR},
            by=None,
        )
    return found


def staff_links(dialogue: Dialogue) -> dict[str, Account]:
    """Role -> the account of the example that has it."""
    emails = {f"{role.value.replace('_', '-')}@example.org": role.value for role in STAFF}
    accounts = db.session.scalars(select(Account).where(Account.email.in_(emails)).order_by(Account.id))
    return {emails[account.email]: account for account in accounts}


def demo_participant(dialogue: Dialogue) -> Participant:
    """The participant of the printed link."""
    return db.session.scalars(
        select(Participant).where(Participant.dialogue_id == dialogue.id).order_by(Participant.id).offset(DEMO_PERSON)
    ).first() or db.session.scalars(select(Participant).where(Participant.dialogue_id == dialogue.id)).one()


def add_panel(
    dialogue: Dialogue, people: Sequence[SyntheticPerson], staff: dict[str, Account], rng: Random
) -> list[int]:
    """Staff memberships, a roll of 50 seats, 47 participants who consented, tables, one person in the lobby.

    Returns ids of the participants, in the order of `people`.
    """
    # the rapporteur belongs to the workshops alone
    for role in (r for r in STAFF if r not in {Role.FACILITATOR, Role.RAPPORTEUR, Role.ADMINISTRATOR}):
        db.session.add(Membership(account_id=staff[role.value].id, dialogue_id=dialogue.id, role=role))
        facts = {"role": role.value}
        record(EventKind.MEMBERSHIP_GRANTED, by=staff["facilitator"], dialogue_id=dialogue.id, facts=facts)
    seats = [Seat(dialogue_id=dialogue.id, number=number) for number in range(1, SEATS + 1)]
    db.session.add_all(seats)
    db.session.flush()
    for seat in seats:
        db.session.add(_contact(seat))
    panel = [_join(dialogue, person, rng) for person in people]
    db.session.flush()
    places = rng.sample(seats, SIZE)  # who sits where says nothing about the order of pseudonyms
    for participant, seat in zip(panel, places, strict=True):
        db.session.add(VaultSeatLink(seat_id=seat.id, participant_id=participant.id))
    db.session.add(
        VaultLobbyEntry(dialogue_id=dialogue.id, name=_empty_seat_name(seats, places), token_digest=_nobodys_token())
    )
    _sit_down(dialogue, panel, people)
    for participant, person in zip(panel, people, strict=True):
        record(EventKind.PARTICIPANT_JOINED, by=participant, dialogue_id=dialogue.id, about=participant)
        _consent(dialogue, participant, person)
    return [participant.id for participant in panel]


def _empty_seat_name(seats: Sequence[Seat], taken: Sequence[Seat]) -> str:
    """The name of somebody on the roll who has not come yet, as they would type it."""
    return f"Example Person {next(seat.number for seat in seats if seat not in taken)}"


def _nobodys_token() -> str:
    return digest_of(secrets.token_hex())


def _contact(seat: Seat) -> VaultContact:
    number = seat.number
    email = f"person{number:02d}@example.org"
    return VaultContact(seat_id=seat.id, name=f"Example Person {number}", email=email, phone="")


def _join(dialogue: Dialogue, person: SyntheticPerson, rng: Random) -> Participant:
    taken = set(db.session.scalars(select(Participant.pseudonym).where(Participant.dialogue_id == dialogue.id)))
    participant = Participant(dialogue_id=dialogue.id, pseudonym=draw_pseudonym(taken, rng), lang="en")
    db.session.add(participant)
    db.session.flush()
    return participant


def _consent(dialogue: Dialogue, participant: Participant, person: SyntheticPerson) -> None:
    given = dict.fromkeys(NEEDED, True) | {
        Purpose.QUOTES: person.quotes,
        Purpose.MACHINE_SORTING: person.machine,
        Purpose.RECORDING: person.number % 3 == 0,
        Purpose.CONTACT_LATER: person.number % 2 == 0,
    }
    for purpose in (*NEEDED, *OPTIONAL):
        text = current_text(dialogue, purpose, "en")
        if text is None:
            continue
        db.session.add(
            Consent(
                participant_id=participant.id,
                purpose=purpose,
                version=text.version,
                digest=text.digest,
                is_given=given[purpose],
                recorded_at=utcnow(),
            )
        )
        facts = {"purpose": purpose.value, "version": text.version, "given": given[purpose]}
        record(EventKind.CONSENT_RECORDED, by=participant, dialogue_id=dialogue.id, facts=facts)


def _sit_down(dialogue: Dialogue, panel: Sequence[Participant], people: Sequence[SyntheticPerson]) -> None:
    """Tables stay together for two sessions and are mixed once, for the third and fourth."""
    for session in dialogue.sessions:
        tables = [BreakoutTable(session_id=session.id, number=number) for number in range(1, TABLES + 1)]
        db.session.add_all(tables)
        db.session.flush()
        for participant, person in zip(panel, people, strict=True):
            place = person.table - 1 if session.number <= 2 else (person.number // TABLES + person.number) % TABLES
            db.session.add(
                TableSeat(session_id=session.id, table_id=tables[place].id, participant_id=participant.id)
            )
    db.session.flush()
