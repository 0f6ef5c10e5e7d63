"""Whoever asks for one application by its address: 404 for other teams, and for readers before it is handed in."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_staff, requires
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries.access_applications import find_application, may_see
from app.queries.assessment_facts import person_of

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def load_application(dialogue: Dialogue, application_id: uuid.UUID) -> AccessApplication:
    """The application, if whoever is signed in may know of it; 404 as if it did not exist otherwise."""
    found = find_application(dialogue, application_id)
    if found is None or not may_see(found, by_staff()):
        abort(404)
    return found


def requires_application(action: Action, *, team: bool = False) -> Callable[[View], View]:
    """As `requires(action)`; the view gets `application` instead of `dialogue` and `application_id`.

    Args:
        team: 404 for everybody who is not on the application's team.
    """

    def decorate(view: View) -> View:
        @requires(action)
        @functools.wraps(view)
        def guarded(dialogue: Dialogue, application_id: uuid.UUID, **kwargs: Any) -> ResponseReturnValue:
            application = load_application(dialogue, application_id)
            if team and person_of(application, by_staff()) is None:
                abort(404)
            return view(application=application, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def here(application: AccessApplication) -> dict[str, Any]:
    """`dialogue_id` and `application_id`, for `url_for`."""
    return {"dialogue_id": application.asset.dialogue.public_id, "application_id": application.public_id}


def page_of(application: AccessApplication) -> str:
    """The address of the application's timeline."""
    return url_for("access_applications.show", **here(application))
