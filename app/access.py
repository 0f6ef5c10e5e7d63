"""Who is here, and whether they may: every endpoint declares its audience, and closed is the default."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user

from app.db import utcnow
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.queries import people as people_queries
from app.queries.dialogues import find_dialogue, find_stage
from app.queries.workshops import is_workshop
from app.services import consent as consent_service
from app.services.recording import stage_thing
from deliberation.roles import Action, Actor, Relation, Role, Thing, check_may, may, roles_that_may

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
By = Account | Participant

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
login_manager = LoginManager()

PUBLIC = "public"
STAFF = "staff"


class LoggedIn:
    """What flask-login calls a user: an account that has a login which is not revoked."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, account: Account, token: str) -> None:
        self.account = account
        self.token = token

    def get_id(self) -> str:
        """The login's token; the cookie that holds it is signed."""
        return self.token


@login_manager.user_loader
def _load_login(token: str) -> LoggedIn | None:
    account = people_queries.account_of_login(token, utcnow())
    return LoggedIn(account, token) if account else None


def current_account() -> Account | None:
    """The member of staff who is signed in, if any."""
    return current_user.account if current_user and current_user.is_authenticated else None


def current_participant() -> Participant | None:
    """The participant whose device this is, if any."""
    if "participant" not in g:
        token = session.get("device")
        g.participant = people_queries.participant_of_device(token) if token else None
    found: Participant | None = g.participant
    return found


def public(view: View) -> View:
    """Audience: anybody. For pages that say nothing about any person or unpublished thing."""
    view.audience = PUBLIC  # type: ignore[attr-defined]
    return view


def staff(action: Action | None = None) -> Callable[[View], View]:
    """Audience: anybody who is signed in as staff; with `action`, those who may do it outside a dialogue."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            account = current_account()
            if account is None:
                return _ask_to_sign_in()
            if action is not None and not may_globally(account, action):
                abort(403)
            return view(*args, **kwargs)

        guarded.audience = action or STAFF  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def requires(action: Action, *, own: bool = False, before_consent: bool = False) -> Callable[[View], View]:
    """Audience: whoever the permission table lets do `action` in the dialogue of the address.

    The address holds `dialogue_id` and perhaps `stage_id`; the view gets the loaded `dialogue` and `stage`
    instead. A person without any tie to the dialogue gets 404, as if it did not exist.

    Args:
        own: the address leads to the actor's own things only.
        before_consent: participants reach it before they have consented to take part.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(dialogue_id: uuid.UUID, **kwargs: Any) -> ResponseReturnValue:
            if current_account() is None and current_participant() is None:
                return _ask_to_join() if roles_that_may(action) == {Role.PARTICIPANT} else _ask_to_sign_in()
            dialogue = find_dialogue(dialogue_id) or abort(404)
            actor = actor_in(dialogue)
            if not actor.roles:
                abort(404)
            thing = Thing(Relation.OWN if own else Relation.SAME_DIALOGUE)
            if "stage_id" in kwargs:
                stage = find_stage(dialogue, kwargs.pop("stage_id")) or abort(404)
                thing = stage_thing(stage, thing.relation)
                kwargs["stage"] = stage
            g.dialogue = dialogue
            check_may(actor, action, thing)
            if not before_consent and Role.PARTICIPANT in actor.roles:
                screen = consent_service.screen_before(current_participant())  # type: ignore[arg-type]
                if screen is not None:
                    return redirect(url_for("consent.show", dialogue_id=dialogue.public_id), 303)
            return view(dialogue=dialogue, **kwargs)

        guarded.audience = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def first(attempt: Callable[..., ResponseReturnValue | None]) -> Callable[[View], View]:
    """Lets `attempt` answer before the view is asked; where it returns None the view answers, guards and all.

    For the few paths that a whole room takes at once. `attempt` checks the same permission table itself; the
    audience stays the one the view declares.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def quick(**kwargs: Any) -> ResponseReturnValue:
            answer = attempt(**kwargs)
            return view(**kwargs) if answer is None else answer

        return quick  # type: ignore[return-value]

    return decorate


def actor_in(dialogue: Dialogue) -> Actor:
    """The roles that whoever is here holds in this dialogue; none at all for a stranger.

    Participants of a workshop's dialogue are its panel.
    """
    participant = current_participant()
    if participant is not None:
        return Actor(_participants_roles(dialogue) if participant.dialogue_id == dialogue.id else frozenset())
    account = current_account()
    if account is None:
        return Actor(frozenset())
    known = g.setdefault("roles", {})  # a menu asks twenty times: the table is read once for each request
    key = (account.id, dialogue.id)
    if key not in known:
        known[key] = people_queries.roles_of(account, dialogue)
    return Actor(known[key])


def _participants_roles(dialogue: Dialogue) -> frozenset[Role]:
    known = g.setdefault("participants_roles", {})  # once for each request
    if dialogue.id not in known:
        panel = {Role.PANEL_MEMBER} if is_workshop(dialogue.id) else set()
        known[dialogue.id] = frozenset({Role.PARTICIPANT, *panel})
    roles: frozenset[Role] = known[dialogue.id]
    return roles


def may_globally(account: Account, action: Action) -> bool:
    """Whether an account may do something that lies outside any dialogue."""
    roles = set()
    if account.is_administrator:
        roles.add(Role.ADMINISTRATOR)
    if account.may_create_dialogues:
        roles.add(Role.FACILITATOR)
    return may(Actor(frozenset(roles)), action, Thing())


def may_here(action: Action | str, stage: Stage | None = None, *, own: bool = False) -> bool:
    """For templates: whether whoever is here may do this, by the same table, so that a shown button works."""
    wanted = Action(action)
    dialogue = g.get("dialogue")
    if dialogue is None:
        account = current_account()
        return account is not None and may_globally(account, wanted)
    relation = Relation.OWN if own else Relation.SAME_DIALOGUE
    thing = stage_thing(stage, relation) if stage is not None else Thing(relation)
    return may(actor_in(dialogue), wanted, thing)


def keep_login(account: Account, token: str) -> None:
    """This browser is signed in; its session starts afresh, so that none planted before is worth anything."""
    start_afresh()
    login_user(LoggedIn(account, token))


def keep_device(token: str) -> None:
    """This browser is a participant's device; its session starts afresh."""
    start_afresh()
    session["device"] = token


def login_token() -> str:
    """The token of the login of this browser; empty when nobody is signed in."""
    return str(current_user.get_id()) if current_account() is not None else ""


def start_afresh() -> None:
    """Empties this browser's session, but for the choice of language and text size."""
    kept = {name: session[name] for name in ("lang", "text_size") if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    g.pop("participant", None)


def by_staff() -> Account:
    """The account that acts; 403 for anybody else."""
    return current_account() or abort(403)


def by_participant() -> Participant:
    """The participant that acts; 403 for anybody else."""
    return current_participant() or abort(403)


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET":
        abort(403)
    return redirect(url_for("logins.sign_in"), 303)


def _ask_to_join() -> ResponseReturnValue:
    if request.method != "GET":
        abort(403)
    return redirect(url_for("joining.join"), 303)


def refuse_undeclared() -> None:
    """Before each request: an endpoint that has not declared its audience is closed."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and request.endpoint != "static" and not hasattr(view, "audience"):
        abort(403)


def init_access(app: Flask) -> None:
    """Ties logins, limits and the default refusal to the application."""
    login_manager.init_app(app)
    limiter.init_app(app)
    app.before_request(refuse_undeclared)
    app.jinja_env.globals["may_here"] = may_here
    app.context_processor(
        lambda: {
            "account": current_account(),
            "participant": current_participant(),
            "dialogue": g.get("dialogue"),
        }
    )


__all__ = ["Action", "By", "by_participant", "by_staff", "limiter", "public", "requires", "staff"]
