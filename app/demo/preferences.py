"""The dots and orders of the synthetic panel, given through the services."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.db import db
from app.demo.panel import SyntheticPerson, rating_of
from app.models.dialogues import Stage
from app.models.people import Participant
from app.models.preferences import PreferenceQuestion
from app.models.stewardship import StewardshipModel
from app.models.types import new_public_id
from app.queries.preferences import questions_of
from app.services.preferences import give_dots, put_in_order, say_acceptance
from deliberation.preferences import PreferenceKind
from deliberation.stewardship import Acceptance, Approach, Rating

LIKED: dict[Approach, tuple[int, ...]] = {
    Approach.COLLECTIVE: (9, 3, 5, 3, 1, 2, 3, 2, 6, 2, 5),
    Approach.DELEGATED: (2, 7, 8, 2, 1, 3, 4, 7, 3, 6, 1),
    Approach.INDIVIDUAL: (2, 1, 3, 8, 4, 8, 7, 2, 2, 1, 6),
}
"""How much each leaning likes the kit's eleven questions, in their order; further options count 2."""
PLACES = {
    Rating.STRONGLY_SUPPORT: 1,
    Rating.SUPPORT: 2,
    Rating.NEED_TO_KNOW_MORE: 3,
    Rating.NEITHER: 3,
    Rating.OPPOSE: 4,
}
"""Strongly opposed ones get no place."""


def state_preferences(stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], rng: Random) -> None:
    """Nearly everybody answers each preference question of the stage."""
    for question in questions_of(stage):
        for pid, person in present:
            if rng.random() < 0.05:
                continue
            by = db.session.get_one(Participant, pid)
            if question.kind is PreferenceKind.APPROVAL:
                _dots(question, by, person, rng)
            else:
                _order(question, by, person, rng)


def _dots(question: PreferenceQuestion, by: Participant, person: SyntheticPerson, rng: Random) -> None:
    keys = [one.key for one in question.options]
    weights = dict(zip(keys, [*LIKED[person.leaning], *[2] * len(keys)], strict=False))
    none = person.opposes_access and rng.random() < 0.3
    given: set[str] = set()
    for _ in range(0 if none else rng.choice((3, 4, 5, 5, 5))):
        left = [key for key in keys if key not in given]
        given.add(rng.choices(left, [weights[key] for key in left])[0])
    no_access = person.opposes_access and rng.random() < 0.8
    give_dots(
        question, given, shown=keys, is_none=none, no_access=no_access, client_key=new_public_id(), by=by
    )  # fmt: skip


def _order(question: PreferenceQuestion, by: Participant, person: SyntheticPerson, rng: Random) -> None:
    refs = [one.ref for one in question.options if one.ref]
    models = {
        model.public_id: model
        for model in db.session.scalars(select(StewardshipModel).where(StewardshipModel.public_id.in_(refs)))
    }
    places: dict[str, int] = {}
    accepts: dict[str, Acceptance] = {}
    for one in question.options:
        if one.ref is None or one.ref not in models:
            continue
        model = models[one.ref]
        rating, accepts[one.key] = rating_of(person, model.approaches, model.is_current, rng)
        if rating in PLACES:
            places[one.key] = 10 * PLACES[rating] + (rng.randrange(9) if rng.random() < 0.7 else 0)
    order = {place: number for number, place in enumerate(sorted(set(places.values())), 1)}
    kept = {key: order[place] for key, place in places.items()}
    no_access = person.opposes_access and not kept
    put_in_order(
        question, kept, is_none=not kept, no_access=no_access, client_key=new_public_id(), by=by
    )  # fmt: skip
    if question.asks_acceptance and rng.random() < 0.9:
        say_acceptance(question, accepts, client_key=new_public_id(), by=by)
