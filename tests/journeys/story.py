"""What the acts of a story share: the server, the people at their browsers, and every vote that was cast."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.conftest import RunningServer, Watched
from tests.journeys.visitors import Visitor

PASSWORD = "seven calm herons by the river"
STAFF = {"facilitator": "Faye", "analyst": "Anan", "commissioner": "Cora"}
PANEL = ("Example Person One", "Example Person Two", "Example Person Three", "Example Person Four")
"""The first three come without JavaScript on a phone, the fourth with it."""


@dataclass
class Story:
    """One dialogue as it is played. `votes`: who -> statement's words -> agree, disagree or pass, as it counts."""

    folder: Path
    open_page: Callable[..., Watched]
    server: RunningServer | None = None
    dialogue: str = ""
    people: dict[str, Visitor] = field(default_factory=dict)
    watched: list[Watched] = field(default_factory=list)
    votes: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the server answers."""
        assert self.server is not None
        return self.server.address

    def arrives(self, name: str, *, width: int = 1280, scripts: bool = True) -> Visitor:
        """Somebody sits down at a browser of their own."""
        watched = self.open_page(width, scripts=scripts, address=self.address)
        self.watched.append(watched)
        self.people[name] = Visitor(watched.page, self.address)
        return self.people[name]

    def counted(self, statement: str) -> Counter[str]:
        """How often each position was taken on the statement, over everybody."""
        return Counter(votes[statement] for votes in self.votes.values() if statement in votes)

    @property
    def faults(self) -> list[str]:
        """Script errors, refusals by the content policy and requests to others, in any browser."""
        return [fault for watched in self.watched for fault in watched.faults]
