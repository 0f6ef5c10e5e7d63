"""What the workshop and its panel add to the facts of an application."""

from typing import Any

from app.models.access_applications import AccessApplication
from app.models.people import Account
from deliberation.assessment import Mover


def workshop_facts(application: AccessApplication) -> dict[str, Any]:
    """Fields of `deliberation.assessment.Facts`; of the newest round where there were several."""
    return {}


def workshop_movers(application: AccessApplication, account: Account) -> set[Mover]:
    """In which parts the account may act because of the workshop."""
    return set()
