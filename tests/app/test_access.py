"""Every (role, address) pair is decided by the table; no token, no write; a GET changes nothing."""

import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.access import PUBLIC, STAFF, public
from app.config import read_settings
from app.db import Base, db
from app.factory import create_app
from app.models.people import Account, Participant
from app.services.logins import demo_token
from deliberation.roles import Action, Role, roles_that_may
from deliberation.sessions import DialogueMode
from tests.conftest import FreshClient
from tests.factories import (
    be_participant,
    make_account,
    make_dialogue,
    make_participant,
    make_staff,
    sign_in_as,
)
from tests.populated import Populated, make_populated

REFUSED = {403, 404}
ENTRANCES = ("/sign-in", "/join")
MOST_TRIES = 3_000


def _discover() -> list[tuple[str, str]]:
    """(endpoint, method) of every route of the application, as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"FOLKMOOT_DATA": folder}).for_tests())
        return sorted(
            (rule.endpoint, method)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
            if rule.endpoint != "static"
        )


ROUTES = _discover()
GETS = [endpoint for endpoint, method in ROUTES if method == "GET"]
UNSAFE = [route for route in ROUTES if route[1] != "GET"]


@dataclass
class House:
    """A populated dialogue, the cookie of each kind of visitor, and the rules of the application."""

    app: Flask
    made: Populated
    visitors: dict[Role, str]
    strangers: dict[str, str]
    words: dict[str, str]
    forms: dict[str, dict[str, str]]
    found: dict[tuple[str, str], str]

    def rule(self, endpoint: str, method: str) -> Rule:
        """The route's address pattern."""
        return next(r for r in self.app.url_map.iter_rules(endpoint) if method in (r.methods or set()))

    def audience(self, endpoint: str) -> Any:
        """What the endpoint declares."""
        return getattr(self.app.view_functions[endpoint], "audience", None)

    def addresses(self, endpoint: str, method: str) -> Iterator[str]:
        """Addresses that fit the rule, likeliest first; a name nobody can fill fails the test."""
        rule = self.rule(endpoint, method)
        names = sorted(rule.arguments)
        choices: list[list[Any]] = []
        for name in names:
            word = self.words.get(f"{endpoint}:{name}") or self.words.get(name)
            candidates: list[Any] = list(self.made.ids.get(name, ())) or ([word] if word else [])
            assert candidates, f"tests/populated.py has nothing for <{name}> of {rule.rule}"
            choices.append(candidates)
        adapter = self.app.url_map.bind("localhost")
        for values in itertools.islice(itertools.product(*choices), MOST_TRIES):
            yield adapter.build(endpoint, dict(zip(names, values, strict=True)), method=method)

    def ask(self, cookie: str, method: str, address: str, endpoint: str = "", data: Any = None) -> Any:
        """One request from a browser that holds nothing but this cookie."""
        browser = self.app.test_client()
        if cookie:
            browser.set_cookie("folkmoot", cookie)
        sent = self.forms.get(endpoint, {}) if data is None and method != "GET" else data
        return browser.open(address, method=method, data=sent)

    def address(self, endpoint: str, method: str) -> str:
        """An address that somebody who may reach the endpoint does reach."""
        if (endpoint, method) not in self.found:
            cookie = self.who_comes(endpoint)[sorted(self.allowed(endpoint))[0]]
            tried = ""
            for tried in self.addresses(endpoint, method):
                if self.ask(cookie, method, tried, endpoint).status_code not in REFUSED:
                    break
            self.found[endpoint, method] = tried
        return self.found[endpoint, method]

    def who_comes(self, endpoint: str) -> dict[Role, str]:
        """A cookie for each role. On a panel's pages the participant is its member, and an account of that name is not.

        The populated dialogue is a workshop's too, so its participant is on the panel.
        """
        if self.allowed(endpoint) != {Role.PANEL_MEMBER}:
            return self.visitors
        member, account = self.visitors[Role.PARTICIPANT], self.visitors[Role.PANEL_MEMBER]
        return {**self.visitors, Role.PANEL_MEMBER: member, Role.PARTICIPANT: account}

    def allowed(self, endpoint: str) -> frozenset[Role]:
        """Roles that the table lets in."""
        audience = self.audience(endpoint)
        if audience == PUBLIC:
            return frozenset(Role)
        if audience == STAFF:
            return frozenset(Role) - {Role.PARTICIPANT}
        assert isinstance(audience, Action), f"{endpoint} declares no audience"
        roles = roles_that_may(audience)
        outside = "dialogue_id" not in next(self.app.url_map.iter_rules(endpoint)).arguments
        return roles & {Role.ADMINISTRATOR} if outside else roles


@pytest.fixture(scope="module")
def built(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Made once for the walk; nobody writes to it, see `house`."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(empty_database, folder / "folkmoot.db")
    app = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests(is_demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FreshClient
    with app.app_context():
        yield _house(app)
        db.session.remove()
        db.engine.dispose()


def _house(app: Flask) -> House:
    made = make_populated()
    visitors = {role: _cookie(app, account) for role, account in made.staff.items()}
    visitors[Role.PARTICIPANT] = _cookie(app, made.participant)
    elsewhere = make_dialogue(mode=DialogueMode.OPEN)
    strangers = {
        "participant elsewhere": _cookie(app, make_participant(elsewhere)),
        "facilitator elsewhere": _cookie(app, make_staff(elsewhere, Role.FACILITATOR)),
        "no role at all": _cookie(app, make_account("nobody", creates=True)),
    }
    shown = demo_token("account", made.staff[Role.ANALYST].public_id, app.config["SECRET_KEY"])
    statement, model = made.ids["statement_id"][0], made.ids["model_id"][0]
    return House(
        app=app,
        made=made,
        visitors=visitors,
        strangers=strangers,
        words={
            **made.texts,
            "logins.demo:token": shown,
            "logins.demo_post:token": shown,
            "name": "opinion-map",
            "number": "1",
            "question_name": "pair_use_for_ai",
            "check_key": "balance",
        },
        forms={
            "accounts.change": {"what": "allow_creating"},
            "contributions.withdraw": {"kind": "statement", "id": str(made.ids["statement_id"][1])},
            "moderation.decide": {"kind": "statement", "words": str(statement), "decision": "approve"},
            **{
                endpoint: {"kind": "statement", "words": str(made.ids["statement_id"][1])}
                for endpoint in ("second_looks.ask", "second_looks.give", "second_looks.answer", "welfare.worry")
            },
            "moderation.flag": {"kind": "statement", "words": str(statement)},
            "moderation.look": {"kind": "statement", "words": str(statement)},
            "moderation.undo": {"decision": str(made.ids["decision_id"][0])},
            "voting.cast": {"statement": str(statement), "position": "1"},
            "voting.skip": {"statement": str(statement)},
            "voting.explain": {"statement": str(statement)},
            "requests.follow": {"way": str(model)},
            "requests.judge": {"judgement": "fine"},
            "comparing.rate": {"model": str(model)},
        },
        found={},
    )


def _cookie(app: Flask, who: Account | Participant) -> str:
    """The cookie of a browser on which somebody is signed in."""
    browser = app.test_client()
    if isinstance(who, Account):
        sign_in_as(browser, who)
    else:
        be_participant(browser, who)
    held = browser.get_cookie("folkmoot")
    assert held is not None
    return held.value


@pytest.fixture
def house(built: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house, in which every transaction is undone at its end, so that each visitor finds the same."""
    monkeypatch.setattr(Session, "commit", Session.rollback)
    return built


def _is_sent_to_an_entrance(reply: Any) -> bool:
    return reply.status_code == 303 and reply.headers["Location"] in ENTRANCES


def test_there_is_something_of_each_table_to_walk_over(built: House):
    empty = [
        table.name
        for table in Base.metadata.sorted_tables
        if not db.session.scalar(select(func.count()).select_from(table))
    ]
    assert not empty


def test_every_endpoint_declares_its_audience(built: House):
    declared = [built.audience(endpoint) for endpoint, _method in ROUTES]
    assert len(ROUTES) > 100
    assert not [audience for audience in declared if audience not in (PUBLIC, STAFF) and audience not in Action]


@pytest.mark.parametrize(("endpoint", "method"), ROUTES)
def test_each_role_reaches_what_the_table_says_and_nothing_else(house: House, endpoint: str, method: str):
    address, allowed = house.address(endpoint, method), house.allowed(endpoint)
    assert allowed
    for role, cookie in house.who_comes(endpoint).items():
        reply = house.ask(cookie, method, address, endpoint)
        if role in allowed:
            assert reply.status_code not in REFUSED, (role, address, reply.status_code)
            sent_away = _is_sent_to_an_entrance(reply) and house.audience(endpoint) != PUBLIC
            assert not sent_away, (role, address)
        elif role is Role.PARTICIPANT and "dialogue_id" not in house.rule(endpoint, method).arguments:
            _is_asked_to_sign_in(reply, method, address)
        else:
            assert reply.status_code == 403, (role, address, reply.status_code)


@pytest.mark.parametrize(("endpoint", "method"), ROUTES)
def test_nobody_who_has_not_signed_in_gets_further_than_an_entrance(house: House, endpoint: str, method: str):
    reply = house.ask("", method, house.address(endpoint, method), endpoint)
    if house.audience(endpoint) == PUBLIC:
        assert reply.status_code not in REFUSED
    else:
        _is_asked_to_sign_in(reply, method, endpoint)


def _is_asked_to_sign_in(reply: Any, method: str, where: str) -> None:
    if method == "GET":
        assert _is_sent_to_an_entrance(reply), (where, reply.status_code)
    else:
        assert reply.status_code == 403, (where, reply.status_code)


@pytest.mark.parametrize(("endpoint", "method"), ROUTES)
def test_who_belongs_to_another_dialogue_finds_nothing_here(house: House, endpoint: str, method: str):
    if "dialogue_id" not in house.rule(endpoint, method).arguments:
        assert not house.rule(endpoint, method).rule.startswith("/d/")
        return
    address = house.address(endpoint, method)
    for name, cookie in house.strangers.items():
        assert house.ask(cookie, method, address, endpoint).status_code == 404, (name, address)


@pytest.mark.parametrize(("endpoint", "method"), UNSAFE)
def test_every_unsafe_request_needs_its_token(house: House, endpoint: str, method: str, monkeypatch):
    address, role = house.address(endpoint, method), sorted(house.allowed(endpoint))[0]
    monkeypatch.setitem(house.app.config, "WTF_CSRF_ENABLED", True)
    for data in ({}, {"csrf_token": "made up"}, {"csrf_token": ""}):
        assert house.ask(house.who_comes(endpoint)[role], method, address, data=data).status_code == 400, address


@pytest.mark.parametrize("endpoint", GETS)
def test_looking_at_a_page_writes_nothing(built: House, endpoint: str):
    address = built.address(endpoint, "GET")
    with closing(sqlite3.connect(_file(built.app))) as watcher:
        before = _data_version(watcher)
        for role in sorted(built.allowed(endpoint)):
            built.ask(built.who_comes(endpoint)[role], "GET", address)
        assert _data_version(watcher) == before


@pytest.fixture
def own_app(app: Flask) -> Flask:
    """An application whose routes are its own, on the store of `app`."""
    made = create_app(app.extensions["folkmoot"])
    made.config["WTF_CSRF_ENABLED"] = False
    return made


def test_a_page_that_wrote_would_be_noticed(own_app: Flask):
    @public
    def writes() -> str:
        make_account()
        return "done"

    own_app.add_url_rule("/writes", "writes", writes)
    with closing(sqlite3.connect(_file(own_app))) as watcher, own_app.app_context():
        before = _data_version(watcher)
        assert own_app.test_client().get("/writes").status_code == 200
        assert _data_version(watcher) != before


def test_a_route_without_audience_is_closed_to_everybody(own_app: Flask):
    own_app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = own_app.test_client()
    sign_in_as(client, make_account(administrator=True))
    assert client.get("/forgotten").status_code == 403
    assert own_app.test_client().get("/forgotten").status_code == 403


def test_a_cookie_changed_by_hand_is_worth_nothing(built: House):
    cookie = built.visitors[Role.FACILITATOR]
    address = built.address("roll.index", "GET")
    assert built.ask(cookie, "GET", address).status_code == 200
    assert _is_sent_to_an_entrance(built.ask(cookie[:-4] + "AAAA", "GET", address))


def _file(app: Flask) -> Path:
    folder: Path = app.extensions["folkmoot"].data_folder
    return folder / "folkmoot.db"


def _data_version(watcher: sqlite3.Connection) -> int:
    """A number that SQLite changes whenever another connection has committed a change."""
    version: int = watcher.execute("PRAGMA data_version").fetchone()[0]
    return version
