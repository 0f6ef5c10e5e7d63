"""What the committee, the decision and the register add to the facts of an application."""

from datetime import datetime
from typing import Any

from app.models.access_applications import AccessApplication
from app.models.people import Account


def committee_facts(application: AccessApplication, account: Account | None, now: datetime) -> dict[str, Any]:
    """Fields of `deliberation.assessment.Facts`; `is_stood_aside` is about `account`."""
    return {}
