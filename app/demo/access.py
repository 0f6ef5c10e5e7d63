"""Access to data in the example: one invented data asset, and three applications at different places of their way."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from app.db import db, utcnow
from app.demo.access_words import BONES, NODULES, STROKE, Case
from app.models.access_applications import AccessApplication, DataAsset
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.services import access_applications as acts
from app.services.accounts import add_account
from app.services.assessment import save_answer, suggest
from app.services.assessment_moves import move
from app.services.harms import save_harm
from deliberation.assessment import ApplicationState, Part
from deliberation.assessment_template import AssessmentQuestion
from deliberation.harms import HarmRating
from deliberation.roles import Role

COLLEAGUES = (
    ("bo.applicant@example.org", "Bo Example", Part.TEAM),
    ("dee.applicant@example.org", "Dee Example", Part.DEVELOPER),
)
OTHER_LEAD = ("avi.applicant@example.org", "Avi Example")


def apply_for_access(dialogue: Dialogue, staff: dict[str, Account]) -> AccessApplication:
    """The asset; application 1, submitted and well filled (others carry it on); 2, a draft with gaps; 3, submitted.

    Returns application 1.
    """
    asset = make_asset(dialogue, staff)
    alex, other = staff["applicant"], _applicant(dialogue, *OTHER_LEAD)
    now = utcnow()
    first = make_filled(asset, NODULES, lead=alex)
    for email, name, part in COLLEAGUES:
        _applicant(dialogue, email, name)
        acts.add_person(first, email, part, by=alex)
    move(first, ApplicationState.SUBMITTED, by=alex, why="All of us have read it aloud.", now=now - timedelta(days=80))
    acts.set_step(first, "1", {"actual_minutes": 330}, by=alex)
    draft = make_filled(asset, STROKE, lead=alex)
    acts.add_person(draft, COLLEAGUES[0][0], Part.TEAM, by=alex)
    bo = next(one.account for one in draft.people if one.part is Part.TEAM)
    words = "Ambulance crews who bring people in at night: they wait with them until somebody answers the alarm."
    suggest(draft, AssessmentQuestion.STAKEHOLDERS, words, by=bo)
    third = make_filled(asset, BONES, lead=other)
    move(third, ApplicationState.SUBMITTED, by=other, now=now - timedelta(days=6))
    acts.set_step(third, "2", {"due_on": (now + timedelta(days=8)).date()}, by=staff["facilitator"])
    return first


def make_asset(dialogue: Dialogue, staff: dict[str, Account]) -> DataAsset:
    """The invented database; its chair is the committee member of the example."""
    words = {
        "name": "National Example Imaging Store (invented)",
        "description": "Scans that were taken in care, stripped of names. Invented for this example.",
        "controller": "Example Health Data Trust (invented)",
        "holds": "CT and X-ray images of the chest, head and hand with their reports, from 2015 to 2024.",
        "size": "210,000 scans of 90,000 people",
        "limits": "For the health of the public. Not for insurance, marketing, or deciding about one person.",
        "window_limit_days": 365,
        "harm_points": 5,
    }
    return acts.save_asset(dialogue, words, chair=staff["committee_member"], by=staff["facilitator"])


def make_filled(asset: DataAsset, case: Case, *, lead: Account) -> AccessApplication:
    """An application as its team wrote it, still a draft."""
    made = acts.start(asset, title=case.title, organisation=case.organisation, route=case.route, by=lead)
    first, last = case.window or (None, None)
    acts.edit(
        made, title=case.title, organisation=case.organisation, route=case.route, details=case.details,
        environment=case.environment, opt_out=case.opt_out, window_from=first, window_until=last,
        contact_name=case.contact[0], contact_email=case.contact[1], based_on=1, by=lead,
    )  # fmt: skip
    for question, text in case.answers.items():
        save_answer(made, question, text, based_on=0, by=lead)
    for text, stakeholder, scenario, ratings, mitigation, owner, due in case.harms:
        rated = {rating.value: value for rating, value in zip(HarmRating, ratings, strict=True)}
        words = {"text": text, "stakeholder": stakeholder, "scenario": scenario, "mitigation": mitigation}
        save_harm(made, {**words, **rated, "owner": owner, "due_on": due}, by=lead)
    return made


def _applicant(dialogue: Dialogue, email: str, name: str) -> Account:
    found = db.session.scalar(select(Account).where(Account.email == email))
    account = found or add_account(email, name, secrets.token_urlsafe(24), by=None)
    held = select(Membership).where(
        Membership.account_id == account.id, Membership.dialogue_id == dialogue.id, Membership.role == Role.APPLICANT
    )
    if db.session.scalar(held) is None:
        db.session.add(Membership(account_id=account.id, dialogue_id=dialogue.id, role=Role.APPLICANT))
        db.session.flush()
    return account
