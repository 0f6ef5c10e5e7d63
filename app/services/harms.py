"""The register of harms of one application: entering, rating, changing and taking out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.db import db, utcnow
from app.models.access_applications import AccessApplication
from app.models.assessment import Harm
from app.models.people import Account
from app.services.access_applications import check_writes
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.harms import HARM_LIMIT, HarmRating, check_rating

RATINGS = tuple(rating.value for rating in HarmRating)


def save_harm(
    application: AccessApplication,
    words: Mapping[str, Any],
    *,
    harm: Harm | None = None,
    based_on: int = 0,
    by: Account,
) -> Harm:
    """Enters a harm or changes one; whoever changes a rating is kept as its rater.

    Args:
        words: text, stakeholder, scenario, the four ratings (or None), mitigation, owner, due_on.
        based_on: the version of the harm that the writer saw.

    Raises:
        RuleError: `application_fixed`, `pen_elsewhere`, `harm_changed`, `rating_off_scale`, `words_empty`,
            `words_too_long`.
    """
    check_writes(application, by)
    text = check_words(str(words["text"]), limit=HARM_LIMIT)
    ratings = {name: check_rating(words.get(name), application.asset.harm_points) for name in RATINGS}
    if harm is None:
        newest = select(func.max(Harm.place)).where(Harm.application_id == application.id)
        harm = Harm(application_id=application.id, place=(db.session.scalar(newest) or 0) + 1, version=0)
        db.session.add(harm)
    elif harm.version != based_on:
        raise RuleError("harm_changed", newest=harm.version)
    if any(getattr(harm, name) != value for name, value in ratings.items()):
        harm.rated_by_id = by.id
    for name, value in {**words, **ratings, "text": text}.items():
        setattr(harm, name, value)
    harm.version, harm.edited_by_id, harm.edited_at = harm.version + 1, by.id, utcnow()
    db.session.flush()
    _edited(application, harm, "saved", by)
    return harm


def remove_harm(application: AccessApplication, harm: Harm, *, by: Account) -> None:
    """Takes a harm out; versions that were kept still hold it. RuleError as `check_writes`."""
    check_writes(application, by)
    harm.removed_at = utcnow()
    db.session.flush()
    _edited(application, harm, "removed", by)


def _edited(application: AccessApplication, harm: Harm, what: str, by: Account) -> None:
    facts = {"number": harm.place, "what": what}
    record(EventKind.HARM_EDITED, by=by, dialogue_id=application.asset.dialogue_id, about=harm, facts=facts)
