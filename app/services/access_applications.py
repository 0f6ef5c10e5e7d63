"""Data assets; beginning and filling in an application for access; its team, its pen, its dates and hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.db import db
from app.models.access_applications import (
    AccessApplication,
    ApplicationPerson,
    ApplicationStep,
    DataAsset,
)
from app.models.assessment import AssessmentAnswer, Harm
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.queries.access_applications import committee_of, next_number, steps_of
from app.queries.assessment import answers_of, harms_of
from app.queries.assessment_facts import person_of
from app.queries.people import account_by_email, roles_of
from app.services.recording import record
from deliberation.access_applications import Detail, Environment, OptOut, Route, asks, check_window
from deliberation.assessment import EDITABLE, FINAL, Part
from deliberation.assessment_steps import STEP_KEYS, STEPS
from deliberation.comments import check_words
from deliberation.drafting import check_newest
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.harms import HarmRating
from deliberation.roles import Role

COPIED_HARM = (
    "place", "text", "stakeholder", "scenario", *(rating.value for rating in HarmRating), "rated_by_id", "mitigation",
    "owner", "due_on",
)  # fmt: skip


def save_asset(
    dialogue: Dialogue, words: Mapping[str, Any], *, chair: Account | None, asset: DataAsset | None = None, by: Account
) -> DataAsset:
    """Enters a data asset or changes one.

    Args:
        words: name, description, controller, holds, size, limits, window_limit_days, harm_points.

    Raises:
        RuleError: `chair_not_on_committee`, `words_empty` or `words_too_long`.
    """
    if chair is not None and chair.id not in {one.id for one in committee_of(dialogue)}:
        raise RuleError("chair_not_on_committee")
    name = check_words(str(words["name"]), limit=200)
    if asset is None:
        asset = DataAsset(dialogue_id=dialogue.id, name=name)
        db.session.add(asset)
    for key, value in {**words, "name": name}.items():
        setattr(asset, key, value)
    asset.chair_account_id = chair.id if chair else None
    db.session.flush()
    record(EventKind.DATA_ASSET_EDITED, by=by, dialogue_id=dialogue.id, about=asset)
    return asset


def start(
    asset: DataAsset,
    *,
    title: str,
    organisation: str,
    route: Route,
    replaces: AccessApplication | None = None,
    copies: AccessApplication | None = None,
    by: Account,
) -> AccessApplication:
    """Begins an application: `by` leads the team and holds the pen.

    Args:
        replaces: the granted application whose new version this is: form, answers, harms and team are copied.
        copies: one that ended without a grant, to begin again from: copied likewise, and not replaced.

    Raises:
        RuleError: `words_empty` or `words_too_long`; `asset_retired`.
    """
    if asset.retired_at is not None:
        raise RuleError("asset_retired")
    made = AccessApplication(
        asset_id=asset.id,
        number=next_number(asset),
        title=check_words(title, limit=200),
        organisation=check_words(organisation, limit=200),
        route=route,
        pen_account_id=by.id,
        created_by_id=by.id,
    )
    made.people.append(ApplicationPerson(account_id=by.id, part=Part.LEAD))
    db.session.add(made)
    db.session.flush()
    for step in STEPS:
        db.session.add(ApplicationStep(application_id=made.id, step=step.key, planned_minutes=step.minutes))
    old = replaces or copies
    if old is not None:
        made.replaces_id = replaces.id if replaces else None
        _copy(old, made)
    db.session.flush()
    facts = {"number": made.number, "kind": route.value}
    record(EventKind.APPLICATION_STARTED, by=by, dialogue_id=asset.dialogue_id, about=made, facts=facts)
    return made


def begin_again(application: AccessApplication, *, by: Account) -> AccessApplication:
    """A new application from one that has ended. RuleError `not_ended` while it has not; otherwise as `start`."""
    if application.state not in FINAL:
        raise RuleError("not_ended")
    same = {"title": application.title, "organisation": application.organisation, "route": application.route}
    return start(application.asset, **same, copies=application, by=by)  # type: ignore[arg-type]


def edit(
    application: AccessApplication,
    *,
    title: str,
    organisation: str,
    route: Route,
    details: Mapping[Detail, str],
    environment: Environment | None,
    opt_out: OptOut | None,
    window_from: date | None,
    window_until: date | None,
    contact_name: str,
    contact_email: str,
    based_on: int,
    by: Account,
) -> None:
    """Saves the form. What another route asked for stays, in case the route changes back.

    Raises:
        RuleError: `application_fixed`, `pen_elsewhere`, `draft_changed` (newest), `window_backwards`,
            `window_too_long`, `words_empty`, `words_too_long`.
    """
    check_writes(application, by)
    check_newest(based_on, application.details_version)
    check_window(window_from, window_until, application.asset.window_limit_days)
    application.title = check_words(title, limit=200)
    application.organisation = check_words(organisation, limit=200)
    application.route = route
    written = {detail.value: text.strip() for detail, text in details.items() if asks(route, detail)}
    application.details = {**application.details, **written}
    application.environment, application.opt_out = environment, opt_out
    application.window_from, application.window_until = window_from, window_until
    application.contact_name, application.contact_email = contact_name.strip(), contact_email.strip()
    application.details_version += 1
    db.session.flush()
    record(EventKind.APPLICATION_EDITED, by=by, dialogue_id=application.asset.dialogue_id, about=application)


def add_person(application: AccessApplication, email: str, part: Part, *, by: Account) -> ApplicationPerson:
    """Takes somebody who is an applicant of this dialogue into the team.

    Raises:
        RuleError: `not_your_team`, `no_such_applicant`, `already_on_team`, `one_lead`.
    """
    _check_leads(application, by)
    account = account_by_email(email)
    if account is None or account.disabled_at or Role.APPLICANT not in roles_of(account, application.asset.dialogue):
        raise RuleError("no_such_applicant")
    if person_of(application, account) is not None:
        raise RuleError("already_on_team")
    if part is Part.LEAD:
        raise RuleError("one_lead")
    person = ApplicationPerson(account_id=account.id, part=part)
    application.people.append(person)
    _team_changed(application, {"what": "added", "kind": part.value}, by)
    return person


def remove_person(application: AccessApplication, person: ApplicationPerson, *, by: Account) -> None:
    """Takes somebody out of the team; the pen goes back to the lead. RuleError `not_your_team` or `lead_stays`."""
    _check_leads(application, by)
    if person.part is Part.LEAD:
        raise RuleError("lead_stays")
    if application.pen_account_id == person.account_id:
        application.pen_account_id = _lead_of(application)
    application.people.remove(person)
    _team_changed(application, {"what": "removed", "kind": person.part.value}, by)


def hand_pen(application: AccessApplication, to: ApplicationPerson, *, by: Account) -> None:
    """Gives the pen to somebody of the team: whoever holds it, or the lead, may. RuleError `pen_not_yours`."""
    own = person_of(application, by)
    if own is None or (application.pen_account_id != by.id and own.part is not Part.LEAD):
        raise RuleError("pen_not_yours")
    for one in application.people:
        if one.part is Part.NOTE_TAKER:
            one.part = Part.TEAM
    if to.part is Part.TEAM:
        to.part = Part.NOTE_TAKER
    application.pen_account_id = to.account_id
    _team_changed(application, {"what": "pen"}, by)


def set_step(application: AccessApplication, step: str, changes: Mapping[str, Any], *, by: Account) -> ApplicationStep:
    """Sets a step's deadline or hours. `changes`: due_on, planned_minutes, actual_minutes. RuleError `unknown_step`."""
    if step not in STEP_KEYS:
        raise RuleError("unknown_step")
    row = steps_of(application).get(step)
    if row is None:
        row = ApplicationStep(application_id=application.id, step=step)
        db.session.add(row)
    for name, value in changes.items():
        setattr(row, name, value)
    db.session.flush()
    facts = {"what": "step", "key": step}
    record(
        EventKind.APPLICATION_EDITED, by=by, dialogue_id=application.asset.dialogue_id, about=application, facts=facts
    )
    return row


def check_writes(application: AccessApplication, by: Account) -> None:
    """RuleError `application_fixed` (state) unless it is being written; `pen_elsewhere` unless `by` holds the pen."""
    if application.state not in EDITABLE:
        raise RuleError("application_fixed", state=application.state.value)
    if application.pen_account_id != by.id or person_of(application, by) is None:
        raise RuleError("pen_elsewhere")


def _check_leads(application: AccessApplication, by: Account) -> None:
    own = person_of(application, by)
    if own is None or own.part is not Part.LEAD:
        raise RuleError("not_your_team")


def _lead_of(application: AccessApplication) -> int | None:
    return next((one.account_id for one in application.people if one.part is Part.LEAD), None)


def _team_changed(application: AccessApplication, facts: Mapping[str, str], by: Account) -> None:
    db.session.flush()
    dialogue_id = application.asset.dialogue_id
    record(EventKind.APPLICATION_TEAM_EDITED, by=by, dialogue_id=dialogue_id, about=application, facts=facts)


def _copy(old: AccessApplication, made: AccessApplication) -> None:
    for name in ("details", "environment", "opt_out", "window_from", "window_until", "contact_name", "contact_email"):
        setattr(made, name, getattr(old, name))
    lead = {one.account_id for one in made.people}
    for one in (one for one in old.people if one.account_id not in lead):
        part = Part.TEAM if one.part in {Part.LEAD, Part.NOTE_TAKER} else one.part
        made.people.append(ApplicationPerson(account_id=one.account_id, part=part))
    for question, row in answers_of(old).items():
        db.session.add(AssessmentAnswer(application_id=made.id, question=question, text=row.text))
    for harm in harms_of(old):
        db.session.add(Harm(application_id=made.id, **{name: getattr(harm, name) for name in COPIED_HARM}))
