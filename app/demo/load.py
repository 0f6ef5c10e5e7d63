"""Loads the example through the services, part by part, and says who can sign in with which link."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.config import Settings
from app.db import db, transaction, utcnow
from app.demo.access import apply_for_access
from app.demo.committee import sit
from app.demo.conclusions import write_conclusions
from app.demo.meetings import hold_meetings
from app.demo.moderating import run_desk
from app.demo.oversight import begin_oversight, go_on_with_oversight
from app.demo.panel import SEED, make_panel
from app.demo.paper import enter_sheets
from app.demo.people import add_panel, add_staff, demo_participant, staff_links
from app.demo.questions import ask_questions
from app.demo.replies import talk_about_things
from app.demo.research import name_in_terms, raise_research_questions
from app.demo.stages import open_to_late_ones, play_sessions
from app.demo.threads import moderate_words
from app.demo.weighing import talk_about_models
from app.demo.workshop import demo_member, hold_workshops
from app.jobs import seal_waiting
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.services.dialogues import edit_dialogue
from app.services.installation import settings_in_use
from app.services.kits import make_dialogue
from app.services.kits_reading import read_kit
from app.services.logins import demo_token
from deliberation.roles import Role

KIT = "national-medical-imaging"
ORGANISER = "The Folkmoot example"
"""Set by the last part of a load, so it also says that the load was whole. The phone number is a fictional one."""


def demo_settings(settings: Settings) -> Settings:
    """The same settings with demo mode on: the printed links sign in."""
    return replace(settings, is_demo=True)


def load(say: Callable[[str], None]) -> Mapping[str, str]:
    """Loads the example unless it is there; returns role -> token of its sign-in link.

    Every part is one transaction. A load that was cut short is finished by nothing: the next call finds
    the dialogue without its last part and starts a new one, so that the links always lead to a whole example.
    """
    dialogue = _loaded()
    if dialogue is None:
        dialogue = _load(say)
    return _links(dialogue)


def welcome(address: str, links: Mapping[str, str]) -> str:
    """What is printed once the server answers."""
    width = max(len(role) for role in links) + 2
    lines = [
        "",
        f"Folkmoot answers at {address}",
        "The example's people are synthetic: no real person said this. Sign in as:",
        "",
        *(f"  {role.replace('_', ' '):<{width}}{address}/demo/{token}" for role, token in links.items()),
        "",
        "Each link opens a page with one button. They work in this demo only. Ctrl-C stops it.",
    ]
    return "\n".join(lines)


def _loaded() -> Dialogue | None:
    return db.session.scalar(
        select(Dialogue)
        .where(Dialogue.is_synthetic, Dialogue.kit.startswith(KIT), Dialogue.organiser == ORGANISER)
        .order_by(Dialogue.id.desc())
        .limit(1)
    )


def _load(say: Callable[[str], None]) -> Dialogue:
    rng = Random(SEED)
    people = make_panel(rng)
    say("Loading the example: the dialogue from its kit ...")
    with transaction():
        staff = add_staff()
        start = utcnow().replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=22)
        dialogue = make_dialogue(read_kit(KIT), by=staff["facilitator"], is_synthetic=True, first_starts_at=start)
        dialogue_id = dialogue.id
    say("  a synthetic panel of 47 joins ...")
    with transaction():
        panel = add_panel(_again(dialogue_id), people, staff, rng)
    say("  an oversight group reads its first packs ...")
    with transaction():
        begin_oversight(_again(dialogue_id), {role: _again_account(account) for role, account in staff.items()})
    say("  four sessions: reading, voting, talking, comparing ...")
    play_sessions(dialogue_id, panel, people, rng, say)
    say("  moderation ...")
    with transaction():
        moderate_words(_again(dialogue_id), staff["facilitator"], rng)
        talk_about_models(_again(dialogue_id), panel, moderator=_again_account(staff["facilitator"]))
        run_desk(_again(dialogue_id), _again_account(staff["facilitator"]))
    say("  questions and answers ...")
    with transaction():
        ask_questions(_again(dialogue_id), _again_account(staff["facilitator"]), rng)
    with transaction():
        accounts = {role: _again_account(account) for role, account in staff.items()}
        raise_research_questions(_again(dialogue_id), accounts, rng)
    say("  a snapshot, findings and clauses ...")
    write_conclusions(dialogue_id, staff)
    with transaction():
        name_in_terms(_again(dialogue_id), _again_account(staff["commissioner"]))
    with transaction():
        talk_about_things(_again(dialogue_id), by=_again_account(staff["facilitator"]))
        open_to_late_ones(_again(dialogue_id))
        enter_sheets(_again(dialogue_id), by=_again_account(staff["facilitator"]))
    with transaction():
        go_on_with_oversight(_again(dialogue_id), {role: _again_account(account) for role, account in staff.items()})
        accounts = {role: _again_account(account) for role, account in staff.items()}
        hold_meetings(_again(dialogue_id), accounts)
    say("  applications for access to data ...")
    with transaction():
        accounts = {role: _again_account(account) for role, account in staff.items()}
        first = apply_for_access(_again(dialogue_id), accounts)
    say("  two workshops with their panels ...")
    with transaction():
        accounts = {role: _again_account(account) for role, account in staff.items()}
        hold_workshops(db.session.get_one(AccessApplication, first.id), accounts)
    with transaction():
        accounts = {role: _again_account(account) for role, account in staff.items()}
        sit(_again(dialogue_id), accounts)
    with transaction():
        words = {"organiser": ORGANISER, "contact_name": "Sam Example", "contact_phone": "01632 960 123"}
        edit_dialogue(_again(dialogue_id), by=_again_account(staff["facilitator"]), **words)
    seal_waiting()
    return _again(dialogue_id)


def _again(dialogue_id: int) -> Dialogue:
    return db.session.get_one(Dialogue, dialogue_id)


def _again_account(account: Account) -> Account:
    return db.session.get_one(Account, account.id)


def _links(dialogue: Dialogue) -> dict[str, str]:
    secret = settings_in_use().secret_key
    links = {"participant": demo_token("participant", demo_participant(dialogue).public_id, secret)}
    for role, account in staff_links(dialogue).items():
        links[role] = demo_token("account", account.public_id, secret)
    member = demo_member()
    if member is not None:  # a panel member takes part in a workshop, on a phone and without an account
        links[Role.PANEL_MEMBER.value] = demo_token("participant", member.public_id, secret)
    return links
