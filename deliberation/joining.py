"""Coming in: what a session code admits to, when a personal link still holds, and who may leave the lobby."""

from datetime import datetime, timedelta
from enum import StrEnum

from deliberation.errors import RuleError
from deliberation.sessions import DialogueMode

INVITATION_LASTS = timedelta(days=90)
"""A link is a one-time enrolment that may wait for the first session; then a device takes over."""
LONGEST_NAME = 200


class Admission(StrEnum):
    """Where a session code leads."""

    STRAIGHT_IN = "straight_in"
    LOBBY = "lobby"


class InvitationState(StrEnum):
    """Whether a personal link can still be used, and if not, why."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


class LobbyState(StrEnum):
    """What has become of somebody who waits."""

    WAITING = "waiting"
    MATCHED = "matched"
    REFUSED = "refused"


def admission(mode: DialogueMode) -> Admission:
    """A code alone admits nobody to a panel; in an open dialogue it is all that is needed."""
    return Admission.STRAIGHT_IN if mode is DialogueMode.OPEN else Admission.LOBBY


def has_roll(mode: DialogueMode) -> bool:
    """Only a panel is recruited, so only a panel has seats."""
    return mode is DialogueMode.PANEL


def check_has_roll(mode: DialogueMode) -> None:
    """RuleError `no_roll` in an open dialogue."""
    if not has_roll(mode):
        raise RuleError("no_roll")


def invitation_state(
    *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> InvitationState:
    """The state of a personal link. Used comes before revoked: it tells its owner more."""
    if used_at is not None:
        return InvitationState.USED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.VALID if now < expires_at else InvitationState.EXPIRED


def check_invitation(state: InvitationState) -> None:
    """RuleError `invitation_used`, `invitation_expired` or `invitation_revoked`."""
    if state is not InvitationState.VALID:
        raise RuleError(f"invitation_{state.value}")


def lobby_state(*, matched_at: datetime | None, refused_at: datetime | None) -> LobbyState:
    """What staff decided about somebody in the lobby."""
    if refused_at is not None:
        return LobbyState.REFUSED
    return LobbyState.WAITING if matched_at is None else LobbyState.MATCHED


def check_waiting(state: LobbyState) -> None:
    """RuleError `already_decided`: staff match or refuse an arrival once."""
    if state is not LobbyState.WAITING:
        raise RuleError("already_decided")


def tidy_name(text: str) -> str:
    """A name as somebody typed it, with single blanks.

    Raises:
        RuleError: `name_missing` or `name_long`.
    """
    name = " ".join(text.split())
    if not name:
        raise RuleError("name_missing")
    if len(name) > LONGEST_NAME:
        raise RuleError("name_long", limit=LONGEST_NAME)
    return name
