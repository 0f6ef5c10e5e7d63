"""Who finds an application on which page: the committee, the applicant's own team, or those who run the steps."""

import uuid

from flask import Flask, abort, current_app
from flask_babel import LazyString, gettext

from app.access import by_staff
from app.forms import access_labels
from app.forms.words import sentence
from app.models.access_applications import AccessApplication
from app.models.dialogues import Dialogue
from app.queries.access_applications import find_application
from app.queries.assessment_facts import person_of
from app.queries.committee import is_recused
from deliberation.assessment import ApplicationState


def for_committee(dialogue: Dialogue, application_id: uuid.UUID) -> AccessApplication:
    """A submitted application, for somebody who is not of its team; 404 otherwise, as if there were none."""
    found = find_application(dialogue, application_id) or abort(404)
    if found.state is ApplicationState.DRAFT or person_of(found, by_staff()) is not None:
        abort(404)
    return found


def for_judges(dialogue: Dialogue, application_id: uuid.UUID) -> AccessApplication:
    """As `for_committee`; whoever stood aside is refused with 403."""
    found = for_committee(dialogue, application_id)
    if is_recused(found, by_staff()):
        abort(403)
    return found


def for_team(dialogue: Dialogue, application_id: uuid.UUID) -> AccessApplication:
    """An application of the team that whoever is here belongs to; 404 for anybody else's."""
    found = find_application(dialogue, application_id) or abort(404)
    if person_of(found, by_staff()) is None:
        abort(404)
    return found


def init_words(app: Flask) -> None:
    """What the committee's templates ask: words for states and refusals, and where the papers are."""
    app.jinja_env.globals.update(
        state_words=_state_words, refusal_words=sentence, reading_links=_reading_links, routes=access_labels.ROUTES
    )


def _state_words(state: ApplicationState) -> LazyString:
    return access_labels.STATES[state]


def _reading_links() -> list[tuple[str, str]]:
    links = [
        (gettext("The application and its versions"), "access_applications.show"),
        (gettext("The panel’s points, the answers and the review"), "panel_answers.index"),
        (gettext("The rapporteur’s report"), "panel_answers.report"),
    ]
    return [(label, endpoint) for label, endpoint in links if endpoint in current_app.view_functions]
