"""The lane in front of Flask for the few requests that a whole room sends at once: a vote, five more, the vote page.

It reads the same cookie and checks the same token, permission table and rules; it draws the same templates, once
with holes. Whatever is unusual, or goes wrong, goes on to Flask and the ordinary views with the request untouched.
"""

import io
import re
import uuid
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, g, render_template
from flask_babel import gettext
from werkzeug.sansio.utils import host_is_trusted

from app.cookies import Browsers
from app.db import db
from app.forms import labels
from app.forms.voting import PassForm, SentVote, read_vote
from app.queries.people import digest_of
from app.views import quickly
from app.views.ballots import card_values
from app.views.quickly import Outcome, Place
from app.views.skeletons import Count, Skeletons

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Headers = Sequence[tuple[str, str]]

_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ADDRESS = re.compile(f"/d/({_ID})/s/({_ID})(/vote|/vote/more)?")
_VOTED = re.compile(f"(?:voted=({_ID}))?")
LARGEST = 20_000
"""Bytes of a form that are read here; a vote has four hundred."""
SMALLEST_PACKED = 400
MANY = 20
"""From here on numbers of things take the same words in both languages (Welsh has words of its own up to six)."""

_SKELETONS = Skeletons(
    "token", "text", "statement", "client_key", "after", "number", "size", "after_these", "voted", "passed_text",
    "passed",
)


@dataclass(frozen=True)
class _Asked:
    """A request that may be answered here. `form` is None for a page."""

    place: Place
    session: Mapping[str, Any]
    path: str
    is_more: bool
    is_fragment: bool
    form: dict[str, str] | None
    voted: uuid.UUID | None


class Lane:
    """A WSGI application that answers the vote path itself and hands everything else on to `inner`."""

    def __init__(self, app: Flask, inner: Application, headers: Headers) -> None:
        """
        Args:
            headers: the security headers of every reply.
        """
        self._app, self._inner, self._browsers = app, inner, Browsers(app)
        self._headers = [*headers, ("Vary", "Cookie, Accept-Encoding"), ("Cache-Control", "no-store")]
        with app.app_context():
            self._engine = db.engine

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """One request."""
        try:
            answer = self._answer(environ)
        except Exception:
            if self._app.config["PROPAGATE_FAULTS"]:
                raise
            self._app.logger.exception("fault in the lane at %s", environ.get("PATH_INFO"))
            answer = None  # what was kept is kept: the ordinary views know it by its key
        if answer is None:
            return self._inner(environ, start_response)
        status, headers, body = answer
        start_response(status, [*self._headers, *headers, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes] | None:
        asked = self._asked(environ)
        token = None if asked is None else self._browsers.new_token(asked.session)
        if asked is None or token is None:
            return None
        outcome = self._act(asked)
        if outcome is None:
            return None
        if asked.form is not None and not asked.is_fragment:
            return "303 SEE OTHER", [("Location", _next_address(asked, outcome)), _HTML], b""
        page = _SKELETONS.fill(
            _key(asked, outcome), _words(outcome, token), lambda: self._draw(environ, asked, outcome)
        ).encode()
        if len(page) < SMALLEST_PACKED or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
            return "200 OK", [_HTML], page
        return "200 OK", [_HTML, ("Content-Encoding", "gzip")], _packed(page)

    def _asked(self, environ: Environ) -> _Asked | None:
        """The request, where it is one of ours, whole, of a known browser, with its token."""
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        found = _ADDRESS.fullmatch(path)
        if found is None or method not in ("GET", "POST") or (method == "POST") != (found[3] is not None):
            return None
        if environ.get("SCRIPT_NAME"):  # below a folder every address is longer, and skeletons are kept for the root
            return None
        queried = _VOTED.fullmatch(environ.get("QUERY_STRING", ""))
        known = self._browsers.session_of(environ.get("HTTP_COOKIE", ""))
        if queried is None or known is None or not self._host_is_ours(environ):
            return None
        session, is_old = known
        if not session.get("device") or "_flashes" in session or "_user_id" in session:
            return None
        form = _form(environ) if method == "POST" else None
        if method == "POST":
            if form is None or not self._browsers.token_holds(session, form.get("csrf_token", "")):
                return None
        elif is_old:
            return None  # the ordinary page renews the cookie
        return _Asked(
            place=Place(digest_of(session["device"]), uuid.UUID(found[1]), uuid.UUID(found[2])),
            session=session,
            path=path,
            is_more=found[3] == "/vote/more",
            is_fragment=bool(environ.get("HTTP_FOLKMOOT_FRAGMENT")),
            form=form,
            voted=uuid.UUID(queried[1]) if queried[1] else None,
        )

    def _host_is_ours(self, environ: Environ) -> bool:
        trusted = self._app.config["TRUSTED_HOSTS"]
        return trusted is None or host_is_trusted(environ.get("HTTP_HOST"), trusted)

    def _act(self, asked: _Asked) -> Outcome | None:
        if asked.form is None:
            outcome = quickly.look(self._engine, asked.place)
            return None if outcome is None else replace(outcome, voted=asked.voted)
        if asked.is_more:
            return quickly.more(self._engine, asked.place)
        sent: SentVote | None = read_vote(asked.form)
        return None if sent is None else quickly.cast(self._engine, asked.place, sent)

    def _draw(self, environ: Environ, asked: _Asked, outcome: Outcome) -> str:
        """The template with holes, in a request of Flask's that is like this one for everybody."""
        query = f"voted={_SKELETONS['voted'].key}" if outcome.voted and asked.form is None else ""
        with self._app.request_context({**environ, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}):
            g.participant, g.dialogue = outcome.standing.person, outcome.standing.dialogue
            g.csrf_token = _SKELETONS["token"].mark
            values = _values(outcome)
            if asked.form is None:
                return render_template("voting/page.html", **values)
            return render_template("voting/_card.html", **values)


_HTML = ("Content-Type", "text/html; charset=utf-8")


def _form(environ: Environ) -> dict[str, str] | None:
    """The fields of a short plain form, first of each name; the body stays there for whoever comes after."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = environ.get("CONTENT_LENGTH") or "0"
    if length == "0":
        return {}
    if kind != "application/x-www-form-urlencoded" or not length.isdigit() or int(length) > LARGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=20)
    except ValueError:
        return None
    return dict(reversed(fields))


def _next_address(asked: _Asked, outcome: Outcome) -> str:
    stage = asked.path.removesuffix("/vote/more").removesuffix("/vote")
    if outcome.voted is None:
        return stage
    return f"{stage}?{'passed' if outcome.passed else 'voted'}={outcome.voted}"


def _key(asked: _Asked, outcome: Outcome) -> tuple[Any, ...]:
    """Everything that a card or page depends on, apart from its holes."""
    standing, ballot, at_hand = outcome.standing, outcome.ballot, outcome.at_hand
    shown: tuple[Any, ...]
    if outcome.passed is not None:
        shown = ("passed",)
    elif at_hand is not None:
        place = card_values(ballot, None, 0)
        is_own = at_hand.author_id == standing.person.id
        shown = (at_hand.lang, at_hand.origin, is_own, ballot.can_undo, min(place["after_these"], MANY))
    else:
        shown = (ballot.done, ballot.left, ballot.skipped, ballot.can_undo)
    chosen = asked.session.get("lang"), asked.session.get("text_size")
    return (
        asked.form is None, chosen, standing.dialogue, standing.stage, standing.finished_at is None, outcome.state,
        outcome.voted is None, *shown,
    )  # fmt: skip


def _words(outcome: Outcome, token: str) -> dict[str, Any]:
    """What goes into the holes."""
    at_hand, passed = outcome.at_hand, outcome.passed
    place = card_values(outcome.ballot, None, 0)
    return {
        "token": token,
        "text": at_hand and at_hand.text,
        "statement": at_hand and at_hand.public_id,
        "client_key": place["client_key"],
        "after": outcome.after,
        "number": place["number"],
        "size": place["size"],
        "after_these": place["after_these"],
        "voted": outcome.voted,
        "passed_text": passed and passed.text,
        "passed": passed and passed.public_id,
    }


def _values(outcome: Outcome) -> dict[str, Any]:
    """What the templates get: the values of `stage_pages.shell` and `ballots.card_values`, with holes."""
    hole, standing = _SKELETONS.holes, outcome.standing
    at_hand, passed, its = outcome.at_hand, outcome.passed, standing.stage.session
    if at_hand is not None:
        at_hand = replace(at_hand, text=hole["text"].mark, public_id=hole["statement"].key)
    if passed is not None:
        passed = replace(passed, text=hole["passed_text"].mark, public_id=hole["passed"].key)
    place = card_values(outcome.ballot, at_hand, 0)
    if place["after_these"] >= MANY:
        place["after_these"] = Count(MANY, hole["after_these"].mark)
    return {
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
        **place,
        "number": hole["number"].mark,
        "size": hole["size"].mark,
        "client_key": hole["client_key"].key,
        "after": hole["after"].mark,
        "passed": passed,
        "pass_form": PassForm(formdata=None) if passed else None,
        "voted": hole["voted"].key if outcome.voted else None,
    }


def _packed(page: bytes) -> bytes:
    packer = zlib.compressobj(level=4, wbits=31, memLevel=4)  # a small memory is made ready three times faster
    return packer.compress(page) + packer.flush()


__all__ = ["Lane"]
