"""The lane in front of Flask for the few requests that a whole room sends at once: coming in, a vote, the vote page.

It reads the same cookie and checks the same token, permission table and rules; it draws the same templates, once
with holes. Whatever is unusual, or goes wrong, goes on to Flask and the ordinary views with the request untouched.
"""

import re
import uuid
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from app.cookies import Browsers
from app.db import db
from app.views import lane_arrivals, lane_votes
from app.views.asked import Answer, Application, Asked, Environ, Handler, read_form

Headers = Sequence[tuple[str, str]]

_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_ADDRESS = re.compile(f"/d/({_ID})(?:/s/({_ID}))?(/[a-z/]+)?|/join")
_STAGE = "stage"
_HANDLERS: dict[tuple[str, str], Handler] = {
    ("POST", "/join"): lane_arrivals.join,
    ("GET", "/before"): lane_arrivals.screen,
    ("POST", "/before"): lane_arrivals.answer,
    ("GET", "/next"): lane_arrivals.next_page,
    ("POST", f"{_STAGE}/start"): lane_arrivals.start,
    ("GET", _STAGE): lane_votes.page,
    ("POST", f"{_STAGE}/vote"): lane_votes.vote,
    ("POST", f"{_STAGE}/vote/more"): lane_votes.more,
}
_WITHOUT_DEVICE = frozenset({lane_arrivals.join})
"""Whoever comes in has none yet; everybody else has one."""
SMALLEST_PACKED = 400


class Lane:
    """A WSGI application that answers what has a handler and hands everything else on to `inner`."""

    def __init__(self, app: Flask, inner: Application, headers: Headers) -> None:
        """
        Args:
            headers: the security headers of every reply.
        """
        self._app, self._inner, self._browsers = app, inner, Browsers(app)
        self._headers = [*headers, ("Vary", "Cookie, Accept-Encoding"), ("Cache-Control", "no-store"), _HTML]
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
        headers = list(self._headers)
        if answer.session is not None:
            headers.append(("Set-Cookie", self._browsers.cookie_of(answer.session)))
        if answer.leads_to:
            start_response("303 SEE OTHER", [*headers, ("Location", answer.leads_to), ("Content-Length", "0")])
            return [b""]
        body = answer.page.encode()
        if len(body) >= SMALLEST_PACKED and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = _packed(body)
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: Environ) -> Answer | None:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        found = _ADDRESS.fullmatch(path)
        if found is None or environ.get("SCRIPT_NAME"):  # below a folder every address is longer than ours
            return None
        dialogue, stage, tail = found.groups()
        handler = _HANDLERS.get((method, f"{_STAGE}{tail or ''}" if stage else tail or path))
        if handler is None:
            return None
        asked = self._asked(environ, tuple(uuid.UUID(one) for one in (dialogue, stage) if one), handler)
        return None if asked is None else handler(asked)

    def _asked(self, environ: Environ, ids: tuple[uuid.UUID, ...], handler: Handler) -> Asked | None:
        """The request, where it is whole, of a browser that we know, with its token."""
        known = self._browsers.session_of(environ.get("HTTP_COOKIE", ""))
        if known is None or not self._host_is_ours(environ):
            return None
        session, is_old = known
        if bool(session.get("device")) is (handler in _WITHOUT_DEVICE) or "_flashes" in session:
            return None
        if "_user_id" in session:
            return None
        form = None
        if environ["REQUEST_METHOD"] == "POST":
            form = read_form(environ)
            if form is None or not self._browsers.token_holds(session, form.first.get("csrf_token", "")):
                return None
        elif is_old:
            return None  # the ordinary page renews the cookie
        token = self._browsers.new_token(session)
        if token is None:
            return None
        query = environ.get("QUERY_STRING", "")
        return Asked(
            self._app, self._engine, environ, environ["PATH_INFO"], ids, query, session, token, form
        )

    def _host_is_ours(self, environ: Environ) -> bool:
        trusted = self._app.config["TRUSTED_HOSTS"]
        return trusted is None or host_is_trusted(environ.get("HTTP_HOST"), trusted)


_HTML = ("Content-Type", "text/html; charset=utf-8")


def _packed(page: bytes) -> bytes:
    packer = zlib.compressobj(level=4, wbits=31, memLevel=4)  # a small memory is made ready three times faster
    return packer.compress(page) + packer.flush()


__all__ = ["Lane"]
