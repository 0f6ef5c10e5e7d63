"""What tests of the lane share: whether it answered, and a page drawn both ways."""

import re

from flask.testing import FlaskClient

KEYS = re.compile(r'name="(client_key|csrf_token)" value="[^"]*"')


def plain(html: str) -> str:
    """Without what is new on each page."""
    return KEYS.sub("", html)


def squeezed(html: str) -> str:
    """Without what is new on each page, and without the space between lines."""
    return " ".join(plain(html).split())


def both_ways(client: FlaskClient, lane, address: str) -> tuple[str, str]:
    """The page from the lane, and from the ordinary view."""
    lane.off = False
    quick = client.get(address)
    assert lane.took[-1], "the lane did not answer"
    lane.off = True
    slow = client.get(address)
    lane.off = False
    assert set(quick.headers.keys()) == set(slow.headers.keys()) - {"Set-Cookie"}
    for name in set(quick.headers.keys()) - {"Content-Length"}:
        assert set(quick.headers[name].split(", ")) == set(slow.headers[name].split(", "))
    assert quick.status_code == slow.status_code == 200
    return plain(quick.text), plain(slow.text)
