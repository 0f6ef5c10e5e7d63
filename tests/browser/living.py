"""A dialogue that is going on: made from the kit, with one open stage of each kind, served to browsers.

Tests get people without walking through joining (the journeys do that): a cookie of a participant's device or of a
member of staff, made by the same factories as everywhere.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from app.config import read_settings
from app.db import db, transaction, utcnow
from app.factory import create_app
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.terms import TermsSection
from app.models.voting import StageStatement, Statement
from app.queries.dialogues import stages_in_order
from app.queries.stages import models_of
from app.services.analysis import take_snapshot
from app.services.findings import Cited, write_finding
from app.services.kits import make_dialogue, read_kit
from app.services.storage import migrate, open_engine
from app.services.terms import add_clause, link_evidence
from app.services.voting import cast_vote
from deliberation.roles import Role
from deliberation.stages import StageState
from deliberation.terms import EvidenceKind, LinkStance, WordingKind
from deliberation.voting import Position
from tests.factories import be_participant, make_account, make_participant, make_staff, sign_in_as

KIT = "national-medical-imaging"
OPEN = {
    "survey": "A few questions before we start",
    "learn": "Health data and AI that reads scans",
    "models": "Someone decides for us",
    "discuss": "Hopes and fears",
    "vote": "Your first votes",
    "compare": "Three ways side by side",
}
"""Short name -> title of the stage of the kit that is open."""
VOTERS = 6


@dataclass
class Living:
    """The dialogue and its server.

    `stages`: short name -> path of the stage's page for a participant; `places`: paths of single things.
    """

    app: Flask
    server: Any
    path: str
    dialogue_id: int
    stages: dict[str, str]
    stage_ids: dict[str, int]
    places: dict[str, str]

    def participant(self, page: Page, *, consented: bool = True) -> int:
        """Makes the browser the device of a new participant; returns the participant's inner key."""
        with self.app.app_context():
            person = make_participant(db.session.get_one(Dialogue, self.dialogue_id), consented=consented)
            client = self.app.test_client()
            be_participant(client, person)
            self._keep(page, client)
            return person.id

    def staff(self, page: Page, role: Role) -> None:
        """Signs the browser in as a new member of staff with the role."""
        with self.app.app_context():
            if role is Role.ADMINISTRATOR:
                account = make_account("Administrator", administrator=True)
            else:
                account = make_staff(db.session.get_one(Dialogue, self.dialogue_id), role)
            if role is Role.FACILITATOR:
                with transaction():
                    account.may_create_dialogues = True
            client = self.app.test_client()
            sign_in_as(client, account)
            self._keep(page, client)

    def count(self, row: type, **equal: object) -> int:
        """How many rows there are, as the database has them now."""
        with self.app.app_context():
            asked = select(func.count()).select_from(row).filter_by(**equal)
            return db.session.scalar(asked) or 0

    @contextmanager
    def closed(self, stage: str) -> Iterator[None]:
        """The stage has been closed for an hour; afterwards it is open again."""
        self._set(stage, StageState.CLOSED, utcnow() - timedelta(hours=1))
        try:
            yield
        finally:
            self._set(stage, StageState.OPEN, None)

    def _set(self, stage: str, state: StageState, closed_at: datetime | None) -> None:
        with self.app.app_context(), transaction() as session:
            row = session.get_one(Stage, self.stage_ids[stage])
            row.state, row.closed_at = state, closed_at

    def _keep(self, page: Page, client) -> None:
        cookie = client.get_cookie("folkmoot")
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "folkmoot", "value": cookie.value, "url": self.server.address}])


def build(folder: Path, start_server: Callable[..., Any]) -> Living:
    """Makes the dialogue in `folder` and starts a server on it."""
    settings = read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests()
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    app = create_app(settings)
    with app.app_context():
        with transaction():
            maker = _maker()
            dialogue = make_dialogue(read_kit(KIT), by=maker)
        opened = _open_stages(dialogue)
        finding, clause = _conclude(dialogue, opened["vote"])
        base = f"/d/{dialogue.public_id}"
        stages = {name: f"{base}/s/{stage.public_id}" for name, stage in opened.items()}
        ids = {name: stage.id for name, stage in opened.items()}
        rated = models_of(opened["compare"])[0].public_id
        inner, places = (
            dialogue.id,
            {
                "finding": f"{base}/findings/{finding}",
                "clause": f"{base}/terms/clause/{clause}",
                "rate": f"{stages['compare']}/compare/{rated}",
                "stage_edit": f"{base}/stages/{opened['vote'].public_id}/edit",
                "stage_new": f"{base}/sessions/{opened['vote'].session.public_id}/stages/new",
            },
        )
    server = start_server(folder, "serve", "--port", "0", extra={"FOLKMOOT_NO_RATE_LIMITS": "1"})
    return Living(app, server, base, inner, stages, ids, places)


def _maker() -> Account:
    """The account that makes the dialogue, added in the transaction that is open."""
    account = Account(email="maker@example.org", display_name="Maker", password_hash="!", may_create_dialogues=True)
    db.session.add(account)
    db.session.flush()
    return account


def _open_stages(dialogue: Dialogue) -> dict[str, Stage]:
    by_title = {stage.title: stage for stage in stages_in_order(dialogue)}
    opened = {name: by_title[title] for name, title in OPEN.items()}
    with transaction():
        for stage in opened.values():
            stage.state = stage.session.state = StageState.OPEN
    return opened


def _conclude(dialogue: Dialogue, stage: Stage) -> tuple[object, object]:
    """A few votes, a snapshot, one finding on it and one clause on the finding; their public ids."""
    people = [make_participant(dialogue) for _ in range(VOTERS)]
    placed = db.session.scalars(select(StageStatement.statement_id).where(StageStatement.stage_id == stage.id)).all()
    with transaction():
        for place, person in enumerate(people):
            for key in placed:
                statement, by = db.session.get_one(Statement, key), db.session.get_one(Participant, person.id)
                position = Position.AGREE if place % 3 else Position.DISAGREE
                cast_vote(stage, statement, position, client_key=uuid4(), by=by)
    analyst, commissioner = make_staff(dialogue, Role.ANALYST), make_staff(dialogue, Role.COMMISSIONER)
    with transaction():
        snapshot = take_snapshot(dialogue, by=analyst)
        statement = db.session.get_one(Statement, placed[0])
        cited = [Cited(EvidenceKind.STATEMENT, statement.public_id)]
        finding = write_finding(dialogue, snapshot, text="Four of six agreed.", limits="", cited=cited, by=analyst)
        section = db.session.scalars(select(TermsSection).order_by(TermsSection.number)).first()
        assert section is not None
        clause = add_clause(section, text="A panel looks first.", kind=WordingKind.COMMISSIONER, by=commissioner)
        link_evidence(clause, finding, stance=LinkStance.SUPPORTS, why="", by=commissioner)
        return finding.public_id, clause.public_id
