"""The signed cookie of a browser: its signer is made once, and it is not sent again with each fragment."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class Cookies(SecureCookieSessionInterface):
    """Flask's cookie, cheaper: a vote sends and reads one, and a room of people sends hundreds in a second.

    A page still renews the cookie, so that it lasts 60 days from the last visit.
    """

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
