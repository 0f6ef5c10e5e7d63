"""The lane's answers in a vote stage: a vote, five more, the page; the card is drawn once with holes."""

import re
import uuid
from dataclasses import replace
from typing import Any

from flask import g, render_template
from flask_babel import gettext

from app.forms import labels
from app.forms.voting import PassForm, read_vote
from app.queries.people import digest_of
from app.views import quickly
from app.views.asked import Answer, Asked
from app.views.ballots import card_values
from app.views.quickly import Outcome, Place
from app.views.skeletons import Count, Skeletons

_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_VOTED = re.compile(f"(?:voted=({_ID}))?")
MANY = 20
"""From here on numbers of things take the same words in both languages (Welsh has words of its own up to six)."""

_SKELETONS = Skeletons(
    "token", "text", "statement", "client_key", "after", "number", "size", "after_these", "voted", "passed_text",
    "passed",
)


def page(asked: Asked) -> Answer | None:
    """Where somebody stands in a vote stage."""
    queried = _VOTED.fullmatch(asked.query)
    if queried is None:
        return None
    outcome = quickly.look(asked.engine, _place(asked))
    if outcome is None:
        return None
    return _shown(asked, replace(outcome, voted=uuid.UUID(queried[1]) if queried[1] else None))


def vote(asked: Asked) -> Answer | None:
    """One vote; the next card, or the way to it."""
    sent = None if asked.form is None or asked.query else read_vote(asked.form.first)
    return None if sent is None else _after(asked, quickly.cast(asked.engine, _place(asked), sent))


def more(asked: Asked) -> Answer | None:
    """The next set."""
    return None if asked.query else _after(asked, quickly.more(asked.engine, _place(asked)))


def _place(asked: Asked) -> Place:
    return Place(digest_of(asked.session["device"]), *asked.ids)


def _after(asked: Asked, outcome: Outcome | None) -> Answer | None:
    if outcome is None or asked.is_fragment:
        return None if outcome is None else _shown(asked, outcome)
    stage = asked.path.removesuffix("/vote/more").removesuffix("/vote")
    if outcome.voted is None:
        return Answer(leads_to=stage)
    return Answer(leads_to=f"{stage}?{'passed' if outcome.passed else 'voted'}={outcome.voted}")


def _shown(asked: Asked, outcome: Outcome) -> Answer:
    card = card_values(outcome.ballot, None, 0)
    key, words = _key(asked, outcome, card), _words(outcome, card, asked.token)
    return Answer(_SKELETONS.fill(key, words, lambda: _draw(asked, outcome, card)))


def _draw(asked: Asked, outcome: Outcome, card: dict[str, Any]) -> str:
    """The template with holes, in a request of Flask's that is like this one for everybody."""
    with asked.request_context(f"voted={_SKELETONS['voted'].key}" if outcome.voted and asked.form is None else ""):
        g.participant, g.dialogue = outcome.standing.person, outcome.standing.dialogue
        g.csrf_token = _SKELETONS["token"].mark
        values = _values(outcome, card)
        return render_template("voting/page.html" if asked.form is None else "voting/_card.html", **values)


def _key(asked: Asked, outcome: Outcome, card: dict[str, Any]) -> tuple[Any, ...]:
    """Everything that a card or page depends on, apart from its holes."""
    standing, ballot, at_hand = outcome.standing, outcome.ballot, outcome.at_hand
    shown: tuple[Any, ...]
    if outcome.passed is not None:
        shown = ("passed",)
    elif at_hand is not None:
        is_own = at_hand.author_id == standing.person.id
        shown = (at_hand.lang, at_hand.origin, is_own, ballot.can_undo, min(card["after_these"], MANY))
    else:
        shown = (ballot.done, ballot.left, ballot.skipped, ballot.can_undo)
    return (
        asked.form is None, asked.chosen, standing.dialogue, standing.stage, standing.finished_at is None,
        outcome.state, outcome.voted is None, *shown,
    )  # fmt: skip


def _words(outcome: Outcome, card: dict[str, Any], token: str) -> dict[str, Any]:
    """What goes into the holes."""
    at_hand, passed = outcome.at_hand, outcome.passed
    return {
        "token": token,
        "text": at_hand and at_hand.text,
        "statement": at_hand and at_hand.public_id,
        "client_key": card["client_key"],
        "after": outcome.after,
        "number": card["number"],
        "size": card["size"],
        "after_these": card["after_these"],
        "voted": outcome.voted,
        "passed_text": passed and passed.text,
        "passed": passed and passed.public_id,
    }


def _values(outcome: Outcome, card: dict[str, Any]) -> dict[str, Any]:
    """What the templates get: the values of `stage_pages.shell` and `ballots.card_values`, with holes."""
    hole, standing = _SKELETONS.holes, outcome.standing
    at_hand, passed, its = outcome.at_hand, outcome.passed, standing.stage.session
    if at_hand is not None:
        at_hand = replace(at_hand, text=hole["text"].mark, public_id=hole["statement"].key)
    if passed is not None:
        passed = replace(passed, text=hole["passed_text"].mark, public_id=hole["passed"].key)
    after_these = card["after_these"]
    return {
        **card,
        "at_hand": at_hand,
        "after_these": Count(MANY, hole["after_these"].mark) if after_these >= MANY else after_these,
        "dialogue": standing.dialogue,
        "stage": standing.stage,
        "is_preview": False,
        "labels": labels,
        "state": outcome.state,
        "is_open": True,
        "is_finished": standing.finished_at is not None,
        "where": gettext(
            "Session %(number)s of %(count)s · %(title)s", number=its.number, count=its.count, title=its.title
        ),
        "number": hole["number"].mark,
        "size": hole["size"].mark,
        "client_key": hole["client_key"].key,
        "after": hole["after"].mark,
        "passed": passed,
        "pass_form": PassForm(formdata=None) if passed else None,
        "voted": hole["voted"].key if outcome.voted else None,
    }
