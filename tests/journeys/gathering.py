"""A dialogue made by services, with a stage of each kind, which its facilitator opens one after another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import func, select

from app.config import read_settings
from app.db import db, transaction
from app.factory import create_app
from app.models.comments import Prompt
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.learning import Material
from app.models.people import Account
from app.models.stewardship import StewardshipModel
from app.models.voting import Statement
from app.services.comments import add_comment
from app.services.kits import make_dialogue, read_kit
from app.services.moderation import decide
from app.services.preferences import add_question
from app.services.roll import add_seat, issue_link
from app.services.sessions import add_session, move_session
from app.services.stage_contents import place_materials, place_models, place_statements, set_prompts
from app.services.stages import add_stage, move_stage
from app.services.storage import migrate, open_engine
from deliberation.moderation import Decision
from deliberation.preferences import OptionWords, PreferenceKind, QuestionFacts
from deliberation.stages import Move, StageKind
from tests.factories import be_participant, make_account, make_participant

TITLES = {
    StageKind.LEARN: "Read about it",
    StageKind.VOTE: "Vote on what people say",
    StageKind.DISCUSS: "Talk about it",
    StageKind.COMPARE: "Two ways to decide",
    StageKind.PRIORITISE: "What comes first",
}
STATEMENTS, MODELS = 25, 2
SOMEBODY = "I hope that illness is found sooner. I fear that nobody asks us."
"""What another participant said in the talk."""
ORDER = "Which way would you put first?"
DOTS = "What should be looked into?"
TOPICS = ("What it costs", "Who has gained so far", "How often it goes wrong", "What other countries do")


@dataclass
class Hall:
    """A database and the server on it; each journey has a dialogue of its own in it."""

    app: Flask
    server: Any

    def gather(self, opened: StageKind | None = None) -> "Gathering":
        """A new dialogue of a panel with a session that is open, and one stage of it if wanted."""
        with self.app.app_context():
            by = make_account("Facilitator", creates=True)
            with transaction():
                account = db.session.get_one(Account, by.id)
                dialogue = make_dialogue(read_kit("national-medical-imaging"), by=account)
                session = add_session(dialogue, title="Everything in one evening", by=account)
                stages = {
                    kind: add_stage(session, kind=kind, title=words, by=account) for kind, words in TITLES.items()
                }
                _fill(dialogue, stages, account)
                move_session(session, Move.OPEN, by=account)
            path = f"/d/{dialogue.public_id}"
            places = {kind: (stage.id, f"{path}/s/{stage.public_id}") for kind, stage in stages.items()}
            made = Gathering(self, dialogue.id, account.id, path, places)
        if opened is not None:
            made.move_on(opened)
        return made


@dataclass
class Gathering:
    """One dialogue as its facilitator leads it. `places`: kind -> inner key and path of its stage."""

    hall: Hall
    dialogue_id: int
    facilitator_id: int
    path: str
    places: dict[StageKind, tuple[int, str]]

    @property
    def address(self) -> str:
        """Where the server answers."""
        return str(self.hall.server.address)

    def page_of(self, kind: StageKind) -> str:
        """The whole address of a stage."""
        return self.address + self.places[kind][1]

    def invites(self, name: str) -> str:
        """The address of a personal link."""
        with self.hall.app.app_context(), transaction():
            by = db.session.get_one(Account, self.facilitator_id)
            seat = add_seat(db.session.get_one(Dialogue, self.dialogue_id), name, by=by)
            return f"{self.address}/join/{issue_link(seat, by=by)}"

    def move_on(self, kind: StageKind) -> None:
        """Closes the stage that is open, if any, and opens this one."""
        with self.hall.app.app_context(), transaction():
            by = db.session.get_one(Account, self.facilitator_id)
            wanted = db.session.get_one(Stage, self.places[kind][0])
            session = db.session.get_one(DialogueSession, wanted.session_id)
            for stage in session.stages:
                if stage.state.value == "open":
                    move_stage(stage, Move.CLOSE, by=by)
            move_stage(wanted, Move.OPEN, by=by)

    def somebody_says(self, text: str) -> None:
        """Another participant answers the question of the talk, and it is shown to everyone."""
        with self.hall.app.app_context():
            person = make_participant(db.session.get_one(Dialogue, self.dialogue_id))
            with transaction():
                stage = db.session.get_one(Stage, self.places[StageKind.DISCUSS][0])
                prompt = db.session.scalars(select(Prompt).where(Prompt.stage_id == stage.id)).one()
                comment = add_comment(stage, prompt, text, by=person)
                self._approve(comment)

    def checks(self, text: str) -> None:
        """The moderator shows a participant's statement to everyone."""
        with self.hall.app.app_context(), transaction():
            wanted = select(Statement).where(Statement.text == text, Statement.dialogue_id == self.dialogue_id)
            self._approve(db.session.scalars(wanted).one())

    def lets_in(self, page: Page) -> int:
        """Makes the browser the device of somebody who has joined already; returns their inner key."""
        with self.hall.app.app_context():
            person = make_participant(db.session.get_one(Dialogue, self.dialogue_id))
            client = self.hall.app.test_client()
            be_participant(client, person)
            cookie = client.get_cookie("folkmoot")
            assert cookie is not None
            page.context.add_cookies([{"name": "folkmoot", "value": cookie.value, "url": self.address}])
            return person.id

    def rows(self, row: type[Any], **equal: object) -> list[Any]:
        """Rows as the database has them now, detached."""
        with self.hall.app.app_context():
            found = list(db.session.scalars(select(row).filter_by(**equal)))
            db.session.expunge_all()
            return found

    def count(self, row: type[Any], **equal: object) -> int:
        """How many rows there are now."""
        with self.hall.app.app_context():
            return db.session.scalar(select(func.count()).select_from(row).filter_by(**equal)) or 0

    def _approve(self, words: Any) -> None:
        by = db.session.get_one(Account, self.facilitator_id)
        decide(db.session.get_one(Dialogue, self.dialogue_id), words, Decision.APPROVE, by=by)


def build(folder: Path, start_server: Callable[..., Any]) -> Hall:
    """Makes an empty database in `folder` and starts a server on it."""
    settings = read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests()
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    migrate(engine)
    engine.dispose()
    app = create_app(settings)
    return Hall(app, start_server(folder, "serve", "--port", "0", extra={"FOLKMOOT_NO_RATE_LIMITS": "1"}))


def _fill(dialogue: Dialogue, stages: dict[StageKind, Stage], by: Account) -> None:
    """One text, 25 statements, one question to talk about, two models, an order and dots."""
    texts = _of(dialogue, Material, Material.place)
    models = _of(dialogue, StewardshipModel, StewardshipModel.place)
    statements = _of(dialogue, Statement, Statement.number)[:STATEMENTS]
    place_materials(stages[StageKind.LEARN], texts[:1], by=by)
    place_statements(stages[StageKind.VOTE], [(one, False) for one in statements], by=by)
    set_prompts(stages[StageKind.DISCUSS], ["What do you hope for, and what do you fear?"], by=by)
    place_models(stages[StageKind.COMPARE], models[:MODELS], by=by)
    order = QuestionFacts(PreferenceKind.RANKING, ORDER)
    add_question(stages[StageKind.PRIORITISE], order, [OptionWords(one.name) for one in models[:3]], by=by)
    dots = QuestionFacts(PreferenceKind.APPROVAL, DOTS, dots=3, seats=2)
    add_question(stages[StageKind.PRIORITISE], dots, [OptionWords(one) for one in TOPICS], by=by)


def _of(dialogue: Dialogue, row: Any, order: Any) -> list[Any]:
    return list(db.session.scalars(select(row).where(row.dialogue_id == dialogue.id).order_by(order)))
