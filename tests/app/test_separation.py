"""Who must not see what: every address of oversight, access, workshop and committee is guessed by everybody.

The rule of who may do what is walked in test_access.py. Here words are looked for: each secret stands somewhere in the
store, and no page that a visitor gets may hold one that is not for them, whatever ids they put in its address.
"""

import itertools
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.access import PUBLIC
from app.config import read_settings
from app.db import db, transaction, utcnow
from app.factory import create_app
from app.models.panel import PanelPointCheck, PanelReportVersion, PanelReview
from app.models.people import Membership
from app.models.vault import Seat, VaultContact, VaultSeatLink, WelfareConcern
from app.services import committee as acts
from app.services import committee_queries
from deliberation.assessment import ApplicationState
from deliberation.panel import ReviewVerdict, Verdict
from deliberation.roles import Action, Role, roles_that_may
from deliberation.rubric import Level
from tests import factories
from tests.app.access_way import make_application
from tests.app.committee_way import Sitting, again, answers, declares, full, make_sitting
from tests.conftest import FreshClient
from tests.factories import be_participant, sign_in_as

HERE = ("/access", "/committee", "/panel", "/rapporteur", "/oversight", "/workshop", "/evaluation", "/register")
"""Addresses that belong to this walk."""

REPORT, SCORE, INTEREST, REASON = "SECRET-REPORT", "SECRET-SCORE", "SECRET-INTEREST", "SECRET-REASON"
PSEUDONYM, NAME, CHECK, OTHERS = "SECRET-PSEUDONYM", "SECRET-NAME", "SECRET-CHECK", "SECRET-OTHERS"
QUESTION, WELFARE = "SECRET-QUESTION", "SECRET-WELFARE"
OF_COMMITTEE = {REPORT, SCORE, INTEREST, REASON}
OF_PEOPLE = {PSEUDONYM, NAME, WELFARE}

FORBIDDEN = {
    "applicant": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS},
    "another applicant": OF_COMMITTEE | OF_PEOPLE | {CHECK, QUESTION},
    "chair": OF_PEOPLE,
    "member who has not scored": OF_PEOPLE | {SCORE, REASON},
    "member who stood aside": OF_PEOPLE | {REPORT, SCORE, REASON, QUESTION},
    "facilitator": OF_COMMITTEE | {PSEUDONYM, NAME, QUESTION},
    "analyst": OF_COMMITTEE | OF_PEOPLE | {CHECK, QUESTION},
    "commissioner": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
    "overseer": OF_COMMITTEE | OF_PEOPLE | {CHECK, QUESTION},
    "evaluator": OF_COMMITTEE | OF_PEOPLE | {CHECK, QUESTION},
    "administrator": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
    "panel member of the programme": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
    "panel": {SCORE, INTEREST, REASON, NAME, WELFARE, OTHERS, QUESTION},
    "participant of the programme": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
    "stranger": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
    "nobody": OF_COMMITTEE | OF_PEOPLE | {CHECK, OTHERS, QUESTION},
}
"""Visitor -> what no page may show them. The panel checks the report, so it may read that; an analyst who chooses
findings for a panel reads the titles of what was submitted."""


@dataclass
class World:
    """The application, its browsers' cookies by visitor, and what stands in addresses."""

    app: Flask
    sitting: Sitting
    cookies: dict[str, str]
    ids: dict[str, list[Any]]

    def ask(self, visitor: str, address: str, method: str = "GET") -> Any:
        """One request by a visitor."""
        browser = self.app.test_client()
        if self.cookies[visitor]:
            browser.set_cookie("folkmoot", self.cookies[visitor])
        return browser.open(address, method=method)

    def rules(self) -> list[Rule]:
        """Every rule of the walk that can be looked at."""
        return [rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and _is_ours(rule)]

    def addresses(self, rule: Rule) -> Iterator[str]:
        """Every combination of what could stand in the address."""
        names = sorted(rule.arguments)
        adapter = self.app.url_map.bind("localhost")
        choices = [self.ids.get(name, [uuid.UUID(int=7)]) for name in names]
        for values in itertools.product(*choices):
            filled = dict(zip(names, values, strict=True))
            if filled.get("dialogue_id") == self.ids["dialogue_id"][1] and filled.get("application_id") == self.theirs:
                continue  # two wrong ids at once show nothing that one does not
            yield adapter.build(rule.endpoint, filled, method="GET")

    @property
    def theirs(self) -> Any:
        """The application of another team."""
        return self.ids["application_id"][1]


def _is_ours(rule: Rule) -> bool:
    return any(f"{part}/" in f"{rule.rule}/" or rule.rule.startswith(part) for part in HERE)


@pytest.fixture(scope="module")
def world(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once; nothing in this module changes it."""
    folder = tmp_path_factory.mktemp("separation")
    shutil.copy(empty_database, folder / "folkmoot.db")
    app = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests())
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FreshClient
    with app.app_context():
        yield _world(app)
        db.session.remove()
        db.engine.dispose()


def _world(app: Flask) -> World:
    sitting = make_sitting()
    dialogue, d2 = sitting.dialogue, sitting.d2
    assert d2 is not None
    with transaction() as session:
        report = session.query(PanelReportVersion).one()
        report.text = f"{REPORT} The room was tense."
    panel = factories.make_participant(d2, "Amber Heron")
    other = factories.make_participant(d2, PSEUDONYM)
    _people(sitting, other)
    aside = factories.make_staff(dialogue, Role.COMMITTEE_MEMBER, "Aside")
    late = factories.make_staff(dialogue, Role.COMMITTEE_MEMBER, "Late")
    declares(sitting, sitting.chair, words=INTEREST)
    declares(sitting, aside, words="My sister works there.", aside=True)
    declares(sitting, late)
    with transaction():
        application, chair, now = again(sitting.application), again(sitting.chair), utcnow()
        acts.hand_in_scores(
            application, levels=full(Level.WEAK), notes={"plain": f"{SCORE} too long"}, by=chair, now=now
        )
        acts.open_spread(application, by=chair, now=now)
    answers(sitting)
    with transaction():
        point = sitting.points[0]
        acts.answer_points(
            again(sitting.application), words={point.id: f"{REASON} we will decline"}, by=again(sitting.chair),
            now=utcnow(),
        )  # fmt: skip
        committee_queries.ask(
            again(sitting.application), words=f"{QUESTION} who watches?", relies_on_report=True,
            due_on=utcnow().date() + timedelta(days=5), by=again(sitting.chair), now=utcnow(),
        )  # fmt: skip
    rival = factories.make_staff(dialogue, Role.APPLICANT, "Rival")
    theirs = make_application(
        sitting.asset, rival, number=2, title=f"{OTHERS} title", state=ApplicationState.SUBMITTED, summary=OTHERS
    )
    elsewhere = factories.make_dialogue()
    accounts = {
        "applicant": sitting.lead,
        "another applicant": rival,
        "chair": sitting.chair,
        "member who has not scored": late,
        "member who stood aside": aside,
        "facilitator": sitting.facilitator,
        **{
            name: factories.make_staff(dialogue, role)
            for name, role in (
                ("analyst", Role.ANALYST), ("commissioner", Role.COMMISSIONER), ("overseer", Role.OVERSEER),
                ("evaluator", Role.EVALUATOR), ("panel member of the programme", Role.PANEL_MEMBER),
            )
        },
        "administrator": factories.make_account("admin", administrator=True),
        "stranger": factories.make_staff(elsewhere, Role.FACILITATOR),
    }  # fmt: skip
    cookies = {name: _cookie(app, account) for name, account in accounts.items()}
    cookies["panel"] = _cookie(app, panel)
    cookies["participant of the programme"] = _cookie(app, factories.make_participant(dialogue))
    cookies["nobody"] = ""
    query = committee_queries.reads.queries_of(again(sitting.application))[0]
    ids: dict[str, list[Any]] = {
        "dialogue_id": [dialogue.public_id, d2.public_id],
        "open_id": [dialogue.public_id, d2.public_id],
        "application_id": [sitting.application.public_id, theirs.public_id],
        "asset_id": [sitting.asset.public_id],
        "panel_point_id": [sitting.points[0].public_id],
        "query_id": [query.public_id],
        "number": [1],
    }
    return World(app, sitting, cookies, ids)


def _people(sitting: Sitting, other: Any) -> None:
    """Another panel member with a name in the vault, an objection, a review, and a welfare note about somebody."""
    d2, point = sitting.d2, sitting.points[0]
    assert d2 is not None
    with transaction() as session:
        seat = Seat(dialogue_id=d2.id, number=1)
        session.add(seat)
        session.flush()
        session.add(VaultContact(seat_id=seat.id, name=NAME, email="secret@example.org"))
        session.add(VaultSeatLink(seat_id=seat.id, participant_id=other.id))
        session.add(
            PanelPointCheck(
                point_id=point.id, version=1, participant_id=other.id, verdict=Verdict.NEARLY, words=CHECK, lang="en"
            )
        )
        for dialogue_id in (d2.id, sitting.dialogue.id):
            session.add(
                WelfareConcern(
                    dialogue_id=dialogue_id, participant_id=other.id, kind="comment", words_ref=uuid.uuid4(),
                    note=WELFARE, raised_by_id=sitting.facilitator.id,
                )
            )  # fmt: skip
        session.add(
            PanelReview(point_id=point.id, participant_id=other.id, verdict=ReviewVerdict.PARTLY, words="", lang="en")
        )


def _cookie(app: Flask, who: Any) -> str:
    browser = app.test_client()
    (be_participant if hasattr(who, "pseudonym") else sign_in_as)(browser, who)
    held = browser.get_cookie("folkmoot")
    assert held is not None
    return held.value


def test_the_walk_has_addresses_to_guess(world: World):
    rules = {rule.endpoint.split(".")[0] for rule in world.rules()}
    assert {"committee", "committee_scores", "committee_decision", "outcomes", "register", "panel"} <= rules
    assert {"rapporteur", "workshops", "access_applications"} <= rules
    assert len(world.rules()) > 40


def test_each_secret_is_there_for_somebody(world: World):
    """Else looking for it in vain would prove nothing."""
    at, d2 = world.sitting.at, world.sitting.d2
    assert d2 is not None
    assert REPORT in world.ask("chair", at("/report")).text
    assert SCORE in world.ask("chair", at("/committee/spread")).text
    assert INTEREST in world.ask("chair", at("/committee")).text
    assert REASON in world.ask("chair", at("/committee/decision")).text
    assert QUESTION in world.ask("applicant", at("/questions")).text
    assert OTHERS in world.ask("chair", f"/d/{world.sitting.dialogue.public_id}/committee").text


@pytest.mark.parametrize("visitor", list(FORBIDDEN))
def test_no_guessed_address_shows_a_visitor_what_is_not_for_them(world: World, visitor: str):
    found = []
    for rule in world.rules():
        for address in world.addresses(rule):
            reply = world.ask(visitor, address)
            text = reply.get_data(as_text=False).decode("utf-8", "replace")
            found += [(address, secret) for secret in FORBIDDEN[visitor] if secret in text]
            assert reply.status_code < 500, address
    assert not found


COMMITTEE = ("committee", "committee_scores", "committee_decision", "access_watch", "rapporteur", "panel")


@pytest.mark.parametrize("visitor", ["applicant", "another applicant"])
def test_an_applicant_opens_no_page_of_the_committee_the_rapporteur_or_the_panel(world: World, visitor: str):
    for rule in world.rules():
        if rule.endpoint.split(".")[0] in COMMITTEE or rule.endpoint == "panel_answers.report":
            for address in world.addresses(rule):
                assert world.ask(visitor, address).status_code in {403, 404}, address


def test_who_stood_aside_opens_neither_scores_nor_report(world: World):
    at = world.sitting.at
    for tail in ("/committee/score", "/committee/spread", "/committee/decision", "/committee/questions", "/report"):
        assert world.ask("member who stood aside", at(tail)).status_code == 403, tail


def _writes(role: Role, app: Flask) -> set[str]:
    """Endpoints at which the role can change something, in a dialogue."""
    found = set()
    for rule in app.url_map.iter_rules():
        audience = getattr(app.view_functions.get(rule.endpoint), "audience", PUBLIC)
        unsafe = (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        if unsafe and isinstance(audience, Action) and role in roles_that_may(audience) and _is_ours(rule):
            found.add(rule.endpoint)
    return found


DOWNLOADS = {"oversight_exports.advice", "oversight_exports.table", "oversight_exports.tree"}
"""Files of what the role reads anyway; asked for by POST, because handing one out is in the record."""


def test_an_overseer_writes_advice_declarations_objections_and_concerns_alone(world: World):
    advice = {"save", "withdraw", "contest", "close", "override"}
    concerns = {"add", "answer", "decide", "escalate", "publish"}
    allowed = {f"advice.{one}" for one in advice} | {f"concerns.{one}" for one in concerns} | DOWNLOADS
    allowed |= {"oversight.declare", "meeting_records.save_declaration", "minutes.object_to"}
    allowed |= {"packs.give", "packs.mark_read"}
    assert _writes(Role.OVERSEER, world.app) <= allowed


def test_an_evaluator_writes_evaluation_alone(world: World):
    written = _writes(Role.EVALUATOR, world.app) - DOWNLOADS
    assert {endpoint.split(".")[0] for endpoint in written} <= {"evaluation"}


def test_a_facilitator_neither_scores_nor_decides_nor_writes_the_panels_record(world: World):
    mine = {endpoint.split(".")[0] for endpoint in _writes(Role.FACILITATOR, world.app)}
    assert not mine & {"committee", "committee_scores", "committee_decision", "committee_queries", "rapporteur"}
    assert "panel" not in mine


def test_the_membership_of_a_committee_member_that_ended_opens_nothing(world: World):
    gone = factories.make_staff(world.sitting.dialogue, Role.COMMITTEE_MEMBER, "Gone")
    with transaction() as session:
        session.query(Membership).filter_by(account_id=gone.id).one().ended_at = utcnow()
    world.cookies["gone"] = _cookie(world.app, gone)
    for tail in ("/committee", "/committee/spread", "/report"):
        assert world.ask("gone", world.sitting.at(tail)).status_code == 404, tail
