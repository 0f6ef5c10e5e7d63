"""A participant as the server meets one: own cookies, real forms with their tokens, one connection."""

import gzip
import re
import socket
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

_INPUT = re.compile(r"<input ([^>]*)>")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_VOTE = re.compile(r'name="(statement_id|client_key|after)" value="([^"]*)"')
_STAGE = re.compile(r'action="(/d/[^"]+/s/[^"]+)/start"')


class Refused(Exception):
    """The server answered with something that a visitor did not expect."""


@dataclass
class Reply:
    """A status, the address it leads on to, and the page."""

    status: int
    location: str
    text: str


@dataclass
class Visitor:
    """One browser. `page` is the newest page; `stage` the address of the stage it votes in."""

    host: str
    port: int
    page: str = ""
    stage: str = ""
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None
    _rest: bytes = b""

    def get(self, path: str) -> Reply:
        """One page, redirects not followed."""
        return self._ask("GET", path, "", False)

    def post(self, path: str, fields: dict[str, str], *, fragment: bool = False, again: bool = True) -> Reply:
        """One form; the token is added. With `again`, a connection that broke is tried once more, as browsers do."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}), fragment, again)

    def follow(self, reply: Reply) -> Reply:
        """The page that a form leads to."""
        while reply.status == 303:
            reply = self.get(reply.location)
        if reply.status != 200:
            raise Refused(f"{reply.status}: {reply.text[:300]}")
        self.page = reply.text
        found = _TOKEN.search(reply.text)
        self.token = found.group(1) if found else self.token
        return reply

    def join(self, code: str) -> None:
        """Comes in with a session code, reads the notice, takes part, gives no permission, begins the open stage."""
        self.follow(self.get("/join"))
        here = self.post("/join", {"code": code})
        self.follow(here)
        for answer in ({}, {"choice": "yes"}, {}):
            here = self.post(here.location if here.status == 303 else "", {**self._hidden(), **answer})
            path = here.location
            self.follow(here)
            here = Reply(303, path, "")
        found = _STAGE.search(self.page)
        if found is None:
            raise Refused(f"no stage to begin: {self.page[-400:]}")
        self.stage = found.group(1)
        self.follow(self.post(f"{self.stage}/start", {}))

    def vote(self, rng: Random, *, fragment: bool) -> int:
        """Votes on what is at hand, or asks for five more where a set is full. Returns the votes cast: 1 or 0.

        Raises:
            Refused: for any answer but the next card, and `StopIteration` when everything has been voted on.
        """
        shown = dict(_VOTE.findall(self.page))
        if "client_key" in shown:
            path, fields = f"{self.stage}/vote", {**shown, "position": rng.choice(("1", "1", "-1"))}
        elif "/vote/more" in self.page:
            path, fields = f"{self.stage}/vote/more", {}
        else:
            raise StopIteration
        reply = self.post(path, fields, fragment=fragment)
        if not fragment:
            self.follow(reply)
        elif reply.status != 200:
            raise Refused(f"{reply.status}: {reply.text[:300]}")
        else:
            self.page = reply.text
        return 1 if "client_key" in shown else 0

    def close(self) -> None:
        """Ends the connection; the cookies stay."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _hidden(self) -> dict[str, str]:
        """The hidden fields of the page, the token aside."""
        found = {}
        for attributes in _INPUT.findall(self.page):
            known = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
            if known.get("type") == "hidden" and known.get("name") == "digest":
                found[known["name"]] = known.get("value", "")
        return found

    def _ask(self, method: str, path: str, body: str, fragment: bool, may_repeat: bool = True) -> Reply:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if fragment:
            lines.append("Folkmoot-Fragment: 1")
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        sent = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
        for again in (not may_repeat, True):
            if self._socket is None:
                self._socket, self._rest = socket.create_connection((self.host, self.port), timeout=60), b""
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                again = True
            try:
                self._socket.sendall(sent)
                return self._read()
            except (ConnectionError, EOFError):
                self.close()  # a connection kept open may have been closed meanwhile: once more on a new one
                if again:
                    raise
        raise EOFError("unreachable")

    def _read(self) -> Reply:
        data = self._rest
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, data = data.partition(b"\r\n\r\n")
        status, headers = _head(head.decode("latin-1"), self.cookies)
        if headers.get("transfer-encoding") == "chunked":
            raise Refused("a chunked reply")
        length = int(headers.get("content-length", "0"))
        while len(data) < length:
            data += self._more()
        self._rest = data[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        body = data[:length]
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Reply(status, headers.get("location", ""), body.decode())

    def _more(self) -> bytes:
        if self._socket is None:
            raise EOFError
        found = self._socket.recv(65536)
        if not found:
            raise EOFError
        return found


def _head(text: str, cookies: dict[str, str]) -> tuple[int, dict[str, str]]:
    first, *lines = text.split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
        if name.lower() == "set-cookie":
            kept, _, value = value.strip().partition(";")[0].partition("=")
            cookies[kept] = value
    return int(first.split()[1]), headers
