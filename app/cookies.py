"""The signed cookie of a browser and the token of its forms: their signers are made once.

A vote reads both, and a room of people sends hundreds in a second.
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.http import parse_cookie

RENEWED = timedelta(hours=12)
"""A cookie of this age is sent anew with the next page, so that it lasts 60 days from the last visit."""


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


class Browsers:
    """Reads cookies and checks form tokens where there is no request of Flask's: what Flask and Flask-WTF do."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        assert signer is not None
        self._signer: URLSafeTimedSerializer = signer
        self._tokens = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
        self._name = app.config["SESSION_COOKIE_NAME"]
        self._lasts = int(app.permanent_session_lifetime.total_seconds())

    def session_of(self, cookies: str) -> tuple[Mapping[str, Any], bool] | None:
        """What the signed cookie holds, and whether it is due to be renewed; None without one that is good.

        Args:
            cookies: the header as it came.
        """
        sent = parse_cookie(cookies).get(self._name)
        try:
            kept, made = self._signer.loads(sent or "", max_age=self._lasts, return_timestamp=True)
        except BadData:
            return None
        return kept, datetime.now(UTC) - made > RENEWED

    def token_holds(self, session: Mapping[str, Any], token: str) -> bool:
        """Whether a form came from a page of ours, of this browser, not too long ago."""
        if not self._app.config["WTF_CSRF_ENABLED"]:
            return True
        try:
            known = self._tokens.loads(token, max_age=self._app.config["WTF_CSRF_TIME_LIMIT"])
        except BadData:
            return False
        return hmac.compare_digest(str(session.get("csrf_token", "")), str(known))

    def new_token(self, session: Mapping[str, Any]) -> str | None:
        """A token for the forms of a page; None where this browser has none yet: its cookie would have to change."""
        if "csrf_token" not in session:
            return None if self._app.config["WTF_CSRF_ENABLED"] else ""
        token = self._tokens.dumps(session["csrf_token"])
        return token if isinstance(token, str) else token.decode()
