"""Puts the application together: settings in, a Flask application out."""

import gzip
import os
from pathlib import Path

from flask import Flask, g
from flask.wrappers import Response
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import access, errors, languages, models, views
from app.config import Settings, read_settings
from app.cookies import Cookies
from app.db import db, prepare_engine
from app.exports.sanitise import init_filters
from app.lazy_rules import LazyRule
from app.views.lane import Lane

HERE = Path(__file__).parent
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


TEMPLATES: dict[str, object] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
"""How templates are read. Tests add a cache here: they make an application each, and compile each template once."""


def create_app(settings: Settings | None = None) -> Flask:
    """A new application; each test makes its own."""
    settings = settings or read_settings()
    app = Flask("app", template_folder=str(_folder("templates")), static_folder=str(HERE / "static"))
    app.root_path = str(HERE)
    app.jinja_options = dict(TEMPLATES)
    app.config.update(_config(settings))
    app.session_interface = Cookies()
    app.url_rule_class = LazyRule
    app.extensions["folkmoot"] = settings
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    CSRFProtect(app)
    languages.init_languages(app)
    access.init_access(app)
    errors.init_errors(app)
    init_filters(app)
    views.register(app)
    app.after_request(_headers(settings))
    Compress(app)
    _wrap(app, settings)
    return app


def _folder(name: str) -> Path:
    """`name` inside the installed package, or beside it in a checkout."""
    return next(path for path in (HERE / name, HERE.parent / name) if path.is_dir())


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # one for each thread of the server: a connection beyond the pool is opened anew for each request
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 36, "max_overflow": 10},
        "MAX_CONTENT_LENGTH": settings.max_upload,
        "MAX_FORM_MEMORY_SIZE": settings.max_upload,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_NAME": "folkmoot",
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 60,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "TESTING": settings.is_testing,
        "PROPAGATE_FAULTS": settings.is_testing,
        "RATELIMIT_ENABLED": settings.rate_limits_on,
        "WTF_CSRF_TIME_LIMIT": 60 * 60 * 12,
        "WTF_CSRF_SSL_STRICT": False,  # our own Referrer-Policy makes browsers send no referrer; the token decides
        "COMPRESS_MIN_SIZE": 400,
        "COMPRESS_ALGORITHM": ["gzip"],
        "SERVICE_NAME": settings.service_name,
        "ORGANISATION": settings.organisation,
        "IS_DEMO": settings.is_demo,
    }


POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def _security(settings: Settings) -> list[tuple[str, str]]:
    """The security headers of every reply; a page with a chart has a wider policy."""
    found = [
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]
    if settings.is_secure:
        found.append(("Strict-Transport-Security", "max-age=31536000"))
    return found


def _headers(settings: Settings):  # type: ignore[no-untyped-def]
    """Security headers for each reply; pages of people are never kept by a cache."""
    known = _security(settings)

    def add(response: Response) -> Response:
        if g.get("has_chart"):
            policy = POLICY.replace("data:", "data: blob:") + f"; style-src 'self' {EMPTY_STYLE}"
            response.headers.setdefault("Content-Security-Policy", policy)
        for name, words in known:
            response.headers.setdefault(name, words)
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
        return response

    return add


def _wrap(app: Flask, settings: Settings) -> None:
    """The lane, compressed static files with far-off expiry, and the proxy's word if there is one."""
    files = str(HERE / "static")
    lane = Lane(app, app.wsgi_app, _security(settings))
    served = WhiteNoise(lane, root=files, prefix="static/", max_age=3600, allow_all_origins=False)
    served.add_files(str(_compressed(HERE / "static" / "own", settings.data_folder / "static")), prefix="static/own/")
    app.wsgi_app = served  # type: ignore[method-assign]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(served, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _compressed(folder: Path, into: Path) -> Path:
    """Copies of our own styles and scripts with a gzip copy beside each, for WhiteNoise to choose from; returns `into`.

    A phone on a slow line takes a quarter of the bytes. A copy in the tree would be old after the next edit.
    """
    into.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        plain = file.read_bytes()
        for name, content in ((file.name, plain), (file.name + ".gz", gzip.compress(plain, 9, mtime=0))):
            target = into / name
            if not target.exists() or target.read_bytes() != content:
                fresh = into / f"{name}.{os.getpid()}"
                fresh.write_bytes(content)
                fresh.replace(target)
    return into


__all__ = ["create_app", "models"]
