"""Signing in and out: passwords, logins that can be revoked, and the printed links of the example."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select, update

from app.db import db, utcnow
from app.models.people import Account, Login, Participant
from app.queries.people import account_by_email, digest_of
from app.services.installation import settings_in_use
from deliberation.errors import RuleError
from deliberation.logins import check_password

LOGIN_LASTS = timedelta(hours=12)
"""A working day; after it, one signs in again."""
DEMO_KINDS = ("account", "participant")


@dataclass(frozen=True)
class DemoLink:
    """Whom a printed link of the example signs in: `kind` is "account" or "participant"."""

    kind: str
    public_id: uuid.UUID


@lru_cache(maxsize=8)
def _hasher(time_cost: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)


@lru_cache(maxsize=8)
def _nobodys_hash(time_cost: int, memory_kib: int) -> str:
    """The hash that an unknown e-mail address is checked against: the same work as for a known one."""
    return _hasher(time_cost, memory_kib).hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """argon2id with the costs of the settings."""
    return _hasher(*_costs()).hash(password)


def account_for(email: str, password: str) -> Account | None:
    """The account with this e-mail and password; None, after the same work, for every kind of failure."""
    account = account_by_email(email)
    usable = account is not None and account.password_hash.startswith("$argon2")
    nobodys = _nobodys_hash(*_costs())
    stored = account.password_hash if account is not None and usable else nobodys
    try:
        _hasher(*_costs()).verify(stored, password)
    except (VerificationError, InvalidHashError):
        return None
    return account if account is not None and usable and account.disabled_at is None else None


def start_login(account: Account) -> str:
    """A new login of this account; the token goes into the signed cookie and is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    now = utcnow()
    db.session.add(
        Login(account_id=account.id, token_digest=digest_of(token), created_at=now, expires_at=now + LOGIN_LASTS)
    )
    db.session.flush()
    return token


def end_login(token: str) -> None:
    """Revokes one login; a token nobody knows changes nothing."""
    db.session.execute(
        update(Login)
        .where(Login.token_digest == digest_of(token), Login.revoked_at.is_(None))
        .values(revoked_at=utcnow())
    )


def end_all_logins(account: Account, *, but: str = "") -> None:
    """Revokes every login of an account, except the one with the token `but`."""
    db.session.execute(
        update(Login)
        .where(
            Login.account_id == account.id,
            Login.revoked_at.is_(None),
            Login.token_digest != (digest_of(but) if but else ""),
        )
        .values(revoked_at=utcnow())
    )


def change_password(old: str, new: str, *, keep: str = "", by: Account) -> None:
    """Changes one's own password and ends one's other logins.

    Args:
        keep: the token of the login that stays.

    Raises:
        RuleError: `password_wrong`, `password_short`, `password_long` or `password_guessable`.
    """
    if account_for(by.email, old) is None:
        raise RuleError("password_wrong")
    check_password(new, by.email, by.display_name)
    by.password_hash = hash_password(new)
    db.session.flush()
    end_all_logins(by, but=keep)


def demo_token(kind: str, public_id: uuid.UUID, secret_key: str) -> str:
    """The token of a printed link of the example. It can be used again and again, in demo mode only."""
    if kind not in DEMO_KINDS:
        raise ValueError(f"not a kind of demo link: {kind}")
    return str(_signer(secret_key).dumps([kind, str(public_id)]))


def read_demo_token(token: str, secret_key: str) -> DemoLink | None:
    """Whom the link signs in; None when it was not made with this key."""
    try:
        kind, public_id = _signer(secret_key).loads(token)
        return DemoLink(kind, uuid.UUID(public_id)) if kind in DEMO_KINDS else None
    except (BadSignature, ValueError, TypeError):
        return None


def owner_of_link(link: DemoLink) -> Account | Participant | None:
    """Whom a demo link names, unless the account is disabled or the participant has left."""
    if link.kind == "account":
        return db.session.scalar(
            select(Account).where(Account.public_id == link.public_id, Account.disabled_at.is_(None))
        )
    return db.session.scalar(
        select(Participant).where(Participant.public_id == link.public_id, Participant.left_at.is_(None))
    )


def _costs() -> tuple[int, int]:
    settings = settings_in_use()
    return settings.argon2_time_cost, settings.argon2_memory_kib


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="folkmoot-demo-link")
