"""How a panel is made up and what is arranged for its seats: numbers by axis, induction, support, a confirmed fee."""

from app.db import db, utcnow
from app.models.people import Account
from app.models.vault import Seat
from app.models.workshops import AssessmentWorkshop, PanelQuota, PanelSeat
from app.queries.workshops import arrangement_of, quotas_of
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.panel import PANEL_MOST, Axis

BAND_LIMIT = 80


def set_band(
    workshop: AssessmentWorkshop, axis: Axis, band: str, target: int, recruited: int, *, by: Account
) -> PanelQuota:
    """How many of one band are wanted and were recruited; the same band again replaces the numbers.

    Raises:
        RuleError: `band_missing`, `words_too_long`, `band_too_many` for more than a panel can hold.
    """
    name = " ".join(band.split())
    if not name:
        raise RuleError("band_missing")
    if len(name) > BAND_LIMIT:
        raise RuleError("words_too_long", over=len(name) - BAND_LIMIT, limit=BAND_LIMIT)
    if not (0 <= target <= PANEL_MOST * 2 and 0 <= recruited <= PANEL_MOST * 2):
        raise RuleError("band_too_many", most=PANEL_MOST * 2)
    row = next((one for one in quotas_of(workshop)[axis] if one.band.casefold() == name.casefold()), None)
    if row is None:
        row = PanelQuota(workshop_id=workshop.id, axis=axis, band=name)
        db.session.add(row)
    row.target, row.recruited = target, recruited
    db.session.flush()
    # the log says which axis was touched, never the numbers: those of small bands are kept back
    _record(workshop, by, {"how": "make-up", "axis": axis.value})
    return row


def remove_band(workshop: AssessmentWorkshop, quota: PanelQuota, *, by: Account) -> None:
    """One band less."""
    axis = quota.axis
    db.session.delete(quota)
    db.session.flush()
    _record(workshop, by, {"how": "make-up", "axis": axis.value})


def arrange_seat(
    workshop: AssessmentWorkshop, seat: Seat, *, is_inducted: bool, support: str, is_fee_confirmed: bool, by: Account
) -> None:
    """Keeps what is arranged for a seat; who confirmed the fee is kept, and the clock never does."""
    row = arrangement_of(seat)
    if row is None:
        row = PanelSeat(seat_id=seat.id)
        db.session.add(row)
    row.inducted_at = (row.inducted_at or utcnow()) if is_inducted else None
    row.support = support.strip()
    if is_fee_confirmed and row.fee_confirmed_at is None:
        row.fee_confirmed_at, row.fee_confirmed_by_id = utcnow(), by.id
    elif not is_fee_confirmed:
        row.fee_confirmed_at = row.fee_confirmed_by_id = None
    db.session.flush()
    _record(workshop, by, {"how": "seat", "inducted": is_inducted, "fee_confirmed": is_fee_confirmed})


def _record(workshop: AssessmentWorkshop, by: Account, facts: dict[str, object]) -> None:
    record(EventKind.PANEL_EDITED, by=by, dialogue_id=workshop.dialogue_id, about=workshop, facts=facts)
