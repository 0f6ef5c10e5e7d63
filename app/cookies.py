"""The signed cookie of a browser and the token of its forms: their signers are made once.

A vote reads both, and a room of people sends hundreds in a second.
"""

import hmac
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.http import dump_cookie, parse_cookie

RENEWED = 12 * 60 * 60.0
"""Seconds. A cookie of this age is sent anew with the next page, so that it lasts 60 days from the last visit."""
REMEMBERED = 5_000
"""Signed words that are remembered; each takes half a kilobyte."""


class Cookies(SecureCookieSessionInterface):
    """Flask's cookie; with a fragment alone it is not sent again."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Flask's own, kept: the key never changes while the program runs."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """As Flask decides, but a fragment alone renews nothing."""
        if not session.modified and request.headers.get("Folkmoot-Fragment"):
            return False
        return super().should_set_cookie(app, session)


class _Signed:
    """Signed words. A signature that was found good once stays good: the last few thousand are remembered."""

    def __init__(self, signer: URLSafeTimedSerializer) -> None:
        self._signer = signer
        self._known: dict[str, tuple[Any, float]] = {}

    def read(self, words: str) -> tuple[Any, float] | None:
        """What was signed and when (seconds since 1970), whatever its age; None for a signature that is not ours."""
        known = self._known.get(words)
        if known is None:
            try:
                kept, made = self._signer.loads(words, return_timestamp=True)
            except BadData:
                return None
            known = kept, made.timestamp()
            self._remember(words, known)
        return known

    def write(self, kept: Any) -> str:
        """New signed words."""
        made = self._signer.dumps(kept)
        words = made if isinstance(made, str) else made.decode()
        self._remember(words, (kept, float(int(time.time()))))
        return words

    def _remember(self, words: str, known: tuple[Any, float]) -> None:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[words] = known


class Browsers:
    """Reads cookies and checks form tokens where there is no request of Flask's: what Flask and Flask-WTF do."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        assert signer is not None
        self._sessions = _Signed(signer)
        self._tokens = _Signed(URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token"))
        self._name = app.config["SESSION_COOKIE_NAME"]
        self._lasts = int(app.permanent_session_lifetime.total_seconds())

    def session_of(self, cookies: str) -> tuple[Mapping[str, Any], bool] | None:
        """What the signed cookie holds, and whether it is due to be renewed; None without one that is good.

        Args:
            cookies: the header as it came.
        """
        sent = parse_cookie(cookies).get(self._name)
        known = self._sessions.read(sent or "")
        if known is None:
            return None
        kept, made = known
        age = time.time() - made
        return None if age > self._lasts else (kept, age > RENEWED)

    def cookie_of(self, session: Mapping[str, Any]) -> str:
        """The header that gives a browser this session, as Flask would set it."""
        config = self._app.config
        return dump_cookie(
            self._name,
            self._sessions.write(dict(session)),
            expires=datetime.now(UTC) + self._app.permanent_session_lifetime,
            path=config["APPLICATION_ROOT"],
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=config["SESSION_COOKIE_HTTPONLY"],
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )

    def token_holds(self, session: Mapping[str, Any], token: str) -> bool:
        """Whether a form came from a page of ours, of this browser, not too long ago."""
        if not self._app.config["WTF_CSRF_ENABLED"]:
            return True
        known = self._tokens.read(token)
        if known is None or time.time() - known[1] > self._app.config["WTF_CSRF_TIME_LIMIT"]:
            return False
        return hmac.compare_digest(str(session.get("csrf_token", "")), str(known[0]))

    def new_token(self, session: Mapping[str, Any]) -> str | None:
        """A token for the forms of a page; None where this browser has none yet: its cookie would have to change."""
        if "csrf_token" not in session:
            return None if self._app.config["WTF_CSRF_ENABLED"] else ""
        return self._tokens.write(session["csrf_token"])
