"""Builders with defaults: each returns a row that is already committed. Call them inside the app fixture."""

import secrets
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from app.db import db, transaction, utcnow
from app.models.consent import Consent
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Account, Login, Membership, Participant, ParticipantDevice
from app.models.voting import StageStatement, Statement
from app.queries.people import digest_of
from app.services.consent import add_text
from deliberation.consent import NEEDED, OPTIONAL, Purpose
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from deliberation.voting import Origin


def _saved(row: Any) -> Any:
    with transaction() as session:
        session.add(row)
    return row


def make_account(name: str = "Staff", *, administrator: bool = False, creates: bool = False) -> Account:
    """An account that nobody can sign in to with a password."""
    return _saved(
        Account(
            email=f"{name.lower()}-{secrets.token_hex(4)}@example.org",
            display_name=name,
            password_hash="!",
            is_administrator=administrator,
            may_create_dialogues=creates,
        )
    )


def make_dialogue(*, mode: DialogueMode = DialogueMode.PANEL, texts: bool = True, **changes: Any) -> Dialogue:
    """A dialogue with consent texts and no session."""
    defaults: dict[str, Any] = {
        "title": "Scans and AI",
        "short_title": "Scans",
        "question": "How should access be granted?",
        "mode": mode,
        "join_code": secrets.token_hex(4).upper(),
    }
    made: Dialogue = _saved(Dialogue(**{**defaults, **changes}))
    if texts:
        with transaction():
            for purpose in Purpose:
                add_text(made, purpose, f"The words about {purpose.value}.", label=purpose.value)
    return made


def make_staff(dialogue: Dialogue, role: Role, name: str = "") -> Account:
    """An account with one role in the dialogue."""
    account = make_account(name or role.value)
    _saved(Membership(account_id=account.id, dialogue_id=dialogue.id, role=role))
    return account


def make_session(dialogue: Dialogue, *, state: StageState = StageState.OPEN, number: int = 1) -> DialogueSession:
    """A session, open unless said otherwise."""
    return _saved(DialogueSession(dialogue_id=dialogue.id, number=number, title=f"Session {number}", state=state))


def make_stage(
    session: DialogueSession,
    kind: StageKind = StageKind.VOTE,
    *,
    state: StageState = StageState.OPEN,
    place: int = 1,
    **changes: Any,
) -> Stage:
    """A stage, open unless said otherwise."""
    return _saved(
        Stage(session_id=session.id, kind=kind, title=f"{kind.value} together", state=state, place=place, **changes)
    )


def make_statement(dialogue: Dialogue, text: str = "A panel should see each request.", **changes: Any) -> Statement:
    """An approved seed statement, not yet placed."""
    used = db.session.query(Statement).filter_by(dialogue_id=dialogue.id).count()
    defaults: dict[str, Any] = {"number": used + 1, "origin": Origin.SEED, "state": WordState.APPROVED}
    return _saved(Statement(dialogue_id=dialogue.id, text=text, **{**defaults, **changes}))


def place_statement(stage: Stage, statement: Statement, *, place: int = 1, pinned: bool = False) -> StageStatement:
    """Puts a statement into a stage."""
    return _saved(StageStatement(stage_id=stage.id, statement_id=statement.id, place=place, is_pinned=pinned))


def make_participant(dialogue: Dialogue, pseudonym: str = "", *, consented: bool = True) -> Participant:
    """A participant; consent to take part given and all permissions refused unless said otherwise."""
    name = pseudonym or f"Amber Heron {secrets.randbelow(10**9)}"
    person: Participant = _saved(Participant(dialogue_id=dialogue.id, pseudonym=name))
    if consented:
        with transaction() as session:
            for purpose in (*NEEDED, *OPTIONAL):
                session.add(
                    Consent(
                        participant_id=person.id,
                        purpose=purpose,
                        version=1,
                        digest="0" * 64,
                        is_given=purpose in NEEDED,
                        recorded_at=utcnow(),
                    )
                )
    return person


def sign_in_as(client: FlaskClient, account: Account) -> None:
    """Signs the client in as a member of staff."""
    token = secrets.token_urlsafe(32)
    _saved(Login(account_id=account.id, token_digest=digest_of(token), expires_at=utcnow() + timedelta(days=1)))
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def be_participant(client: FlaskClient, participant: Participant) -> None:
    """Makes the client a device of the participant."""
    token = secrets.token_urlsafe(32)
    _saved(ParticipantDevice(participant_id=participant.id, token_digest=digest_of(token)))
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["device"] = token
