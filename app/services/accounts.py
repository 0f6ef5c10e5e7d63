"""Accounts of staff: adding, disabling, what they may outside a dialogue, and new passwords."""

import secrets

from flask import current_app
from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.people import Account
from app.services.logins import end_all_logins, hash_password
from deliberation.errors import RuleError
from deliberation.logins import check_password, same_email


def add_account(
    email: str,
    display_name: str,
    password: str,
    *,
    administrator: bool = False,
    creates: bool = False,
    by: Account | None,
) -> Account:
    """A new account. `by` is None for the command line.

    Raises:
        RuleError: `email_wrong`, `name_missing`, `uq_account_email`, or what `check_password` raises.
    """
    address = same_email(email)
    if "@" not in address.strip("@") or any(c.isspace() for c in address):
        raise RuleError("email_wrong")
    if not display_name.strip():
        raise RuleError("name_missing")
    check_password(password, address, display_name)
    if db.session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise RuleError("uq_account_email")
    account = Account(
        email=address,
        display_name=display_name.strip(),
        password_hash=hash_password(password),
        is_administrator=administrator,
        may_create_dialogues=creates,
    )
    db.session.add(account)
    db.session.flush()
    _note(by, "account_added", account)
    return account


def change_account(account: Account, *, disabled: bool, administrator: bool, creates: bool, by: Account | None) -> None:
    """Disables or enables an account (disabling ends its logins), and sets what it may outside a dialogue.

    Raises:
        RuleError: `last_administrator` when nobody would be left who looks after accounts.
    """
    loses = account.is_administrator and account.disabled_at is None and (disabled or not administrator)
    if loses and _other_administrators(account) == 0:
        raise RuleError("last_administrator")
    if disabled:
        account.disabled_at = account.disabled_at or utcnow()
        end_all_logins(account)
    else:
        account.disabled_at = None
    account.is_administrator = administrator
    account.may_create_dialogues = creates
    db.session.flush()
    _note(by, "account_changed", account)


def issue_password(account: Account, *, by: Account | None) -> str:
    """A new random password, returned once; all logins of the account end."""
    password = secrets.token_urlsafe(12)
    account.password_hash = hash_password(password)
    db.session.flush()
    end_all_logins(account)
    _note(by, "password_issued", account)
    return password


def _other_administrators(account: Account) -> int:
    found = db.session.scalar(
        select(func.count(Account.id)).where(
            Account.is_administrator, Account.disabled_at.is_(None), Account.id != account.id
        )
    )
    return found or 0


def _note(by: Account | None, what: str, account: Account) -> None:
    """The event log belongs to dialogues; what happens to accounts goes to the server's log, by id."""
    actor = str(by.public_id) if by is not None else "program"
    current_app.logger.info("%s account=%s by=%s", what, account.public_id, actor)
