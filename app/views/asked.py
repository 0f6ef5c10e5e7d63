"""A request that the lane may answer itself, and what it answers: read from cookie, form and address, without Flask."""

import io
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from sqlalchemy import Engine

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
LARGEST = 20_000
"""Bytes of a form that are read here; a vote has four hundred."""


@dataclass(frozen=True)
class Answer:
    """A page, or the address that it leads on to; `session` is what the browser's cookie holds from now on."""

    page: str = ""
    leads_to: str = ""
    session: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Fields:
    """A short plain form: (name, value) in the order sent."""

    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> dict[str, str]:
        """The first value of each name."""
        return dict(reversed(self.pairs))

    def all(self, name: str) -> list[str]:
        """Every value of a name."""
        return [value for known, value in self.pairs if known == name]


@dataclass(frozen=True)
class Asked:
    """A request of a known browser, whole, with its token if it is a form. `form` is None for a page.

    `ids` are those of the address; `token` goes into the forms of the page that answers.
    """

    app: Flask
    engine: Engine
    environ: Environ
    path: str
    ids: tuple[uuid.UUID, ...]
    query: str
    session: Mapping[str, Any]
    token: str
    form: Fields | None

    @property
    def is_fragment(self) -> bool:
        """Whether a script asks for a part of the page."""
        return bool(self.environ.get("HTTP_FOLKMOOT_FRAGMENT"))

    @property
    def chosen(self) -> tuple[Any, Any]:
        """The language and the size of text that this browser chose."""
        return self.session.get("lang"), self.session.get("text_size")

    def request_context(self, query: str = "") -> Any:
        """A request of Flask's that is like this one, for drawing a template."""
        return self.app.request_context({
            **self.environ, "REQUEST_METHOD": "GET", "QUERY_STRING": query, "wsgi.input": io.BytesIO(),
        })  # fmt: skip


Handler = Callable[[Asked], Answer | None]
"""Answers, or returns None for whatever is unusual: nothing has been kept then that the ordinary views would miss."""


def read_form(environ: Environ) -> Fields | None:
    """The fields of a short plain form; the body stays there for whoever comes after. None for any other body."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = environ.get("CONTENT_LENGTH") or "0"
    if length == "0":
        return Fields()
    if kind != "application/x-www-form-urlencoded" or not length.isdigit() or int(length) > LARGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=20)
    except ValueError:
        return None
    return Fields(tuple(fields))


__all__ = ["Answer", "Application", "Asked", "Environ", "Fields", "Handler", "read_form"]
