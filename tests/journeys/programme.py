"""A dialogue that grants access, as a journey plays it: rows by name, people at browsers, time and acts by services."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from app.db import db, transaction
from app.models.access_applications import AccessApplication
from app.models.people import Participant
from deliberation.assessment import ApplicationState
from tests.factories import be_participant, sign_in_as
from tests.journeys.gathering import Hall
from tests.journeys.visitors import Visitor


@dataclass
class Programme:
    """The dialogue that grants access, the application, and everybody at a browser of their own."""

    hall: Hall
    open_page: Callable[..., Any]
    ids: dict[str, int] = field(default_factory=dict)
    path: str = ""
    here: str = ""
    people: dict[str, Visitor] = field(default_factory=dict)
    panel: list[int] = field(default_factory=list)
    watched: list[Any] = field(default_factory=list)

    def row(self, kind: type[Any], name: str) -> Any:
        """A row of the store, inside an application context."""
        return db.session.get_one(kind, self.ids[name])

    def sits_down(self, name: str, who: Any, *, width: int = 1280) -> Visitor:
        """Somebody at a browser, signed in."""
        client = self.hall.app.test_client()
        (be_participant if isinstance(who, Participant) else sign_in_as)(client, who)
        held = client.get_cookie("folkmoot")
        assert held is not None
        watched = self.open_page(width, address=self.hall.server.address)
        self.watched.append(watched)
        page: Page = watched.page
        page.context.add_cookies([{"name": "folkmoot", "value": held.value, "url": self.hall.server.address}])
        self.people[name] = Visitor(page, self.hall.server.address)
        return self.people[name]

    def later(self, act: Callable[[], None]) -> None:
        """What is done by services: repetitive acts, and the time that passes."""
        with self.hall.app.app_context(), transaction():
            act()

    @property
    def state(self) -> ApplicationState:
        """Where the application stands."""
        with self.hall.app.app_context():
            state: ApplicationState = self.row(AccessApplication, "application").state
            return state
