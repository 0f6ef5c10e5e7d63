"""Taking part: what is next, one stage at a time, and the closing page."""

from datetime import datetime, timedelta
from random import SystemRandom

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, current_participant, public, requires
from app.db import db, transaction, utcnow
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.queries.comparing import compared
from app.queries.contributions import given_by, terms_are_published
from app.queries.panel_tasks import tasks_of
from app.queries.preferences import asked_in
from app.queries.questions import answered_of
from app.queries.reading import readings_of
from app.queries.taking_part import Way, way_of
from app.queries.workshops import workshop_of
from app.services import taking_part as acts
from app.services.voting import show_next
from app.views.addresses import here
from app.views.stage_pages import shell, stage_page
from deliberation.progress import NextKind
from deliberation.stages import StageKind, StageState

bp = Blueprint("taking_part", __name__)


@bp.get("/me")
@public
def home() -> ResponseReturnValue:
    """A participant's own address: on to what is next; everybody else is asked to join."""
    participant = current_participant()
    if participant is None:
        return redirect(url_for("joining.join"), 303)
    dialogue = db.session.get_one(Dialogue, participant.dialogue_id)
    return redirect(url_for(".next_page", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/next")
@requires(Action.TAKE_PART)
def next_page(dialogue: Dialogue) -> ResponseReturnValue:
    """The one thing that is next, or what to wait for, or the end."""
    return way_page(dialogue, by_participant())


def way_page(dialogue: Dialogue, participant: Participant) -> str:
    """The page of what is next for this person now."""
    way = way_of(dialogue, participant, utcnow())
    stage = way.place.stage if way.place else None
    # between and after the stages of a workshop its panel checks the notes and reads the answers
    workshop = workshop_of(dialogue) if way.next.kind is not NextKind.DO else None
    values = {**shell(dialogue, stage, participant, is_preview=False), "way": way, "workshop": workshop}
    if workshop is not None and (tasks := tasks_of(workshop, participant, utcnow())):
        return render_template("panel/next.html", **values, tasks=tasks, waits=True)
    if way.next.kind is NextKind.FINISHED:
        return render_template(
            "taking_part/closing.html", **values, given=given_by(participant), published=terms_are_published(dialogue)
        )
    opens_at, starts_at = _expected(way)
    return render_template(
        "taking_part/next.html",
        **values,
        minutes=stage.minutes if stage else 0,
        opens_at=opens_at,
        starts_at=starts_at,
        answered=answered_of(participant),
        waits=True,
    )


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/start")
@requires(Action.READ_MATERIAL)
def start(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Begins a stage, and in a vote stage chooses the first statement."""
    participant = by_participant()
    with transaction():
        acts.start_stage(stage, by=participant)
        if stage.kind is StageKind.VOTE:
            show_next(stage, by=participant, rng=SystemRandom())
    return redirect(_first_page(dialogue, stage), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>")
@requires(Action.READ_MATERIAL)
def stage(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The page of the stage's kind."""
    return stage_page(dialogue, stage, by_participant())


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/finish")
@requires(Action.READ_MATERIAL)
def finish(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The person is done with the stage."""
    with transaction():
        acts.finish_stage(stage, by=by_participant())
    return redirect(url_for(".next_page", dialogue_id=dialogue.public_id), 303)


def _first_page(dialogue: Dialogue, stage: Stage) -> str:
    """Where a stage begins: straight at the first thing to read, rate or answer."""
    participant = by_participant()
    if stage.kind is StageKind.LEARN:
        for one in readings_of(stage, participant):
            if not one.is_done and one.is_model:
                return url_for("reading.model", **here(dialogue, stage), model_id=one.thing.public_id)
            if not one.is_done:
                return url_for("reading.material", **here(dialogue, stage), material_id=one.thing.public_id)
    if stage.kind is StageKind.COMPARE:
        for row in compared(stage, participant):
            if row.rating is None:
                return url_for("comparing.model", **here(dialogue, stage), model_id=row.model.public_id)
    if stage.kind is StageKind.PRIORITISE:
        for asked in asked_in(stage, participant):
            if not asked.is_answered:
                return url_for("preferences.ballot", **here(dialogue, stage), preference_id=asked.question.public_id)
    if stage.kind is StageKind.SURVEY and stage.questionnaire_id:
        return url_for("answering.page", **here(dialogue, stage), number=1)
    return url_for(".stage", **here(dialogue, stage))


def _expected(way: Way) -> tuple[datetime | None, datetime | None]:
    """(about when the next stage opens, when its session starts), as far as either is known."""
    place, now = way.place, way.now
    if place is None:
        return None, None
    if now is not None and now.stage.session_id == place.stage.session_id and now.stage.opened_at is not None:
        between = [
            one.stage.minutes
            for one in way.places
            if one.stage.session_id == place.stage.session_id and now.stage.place <= one.stage.place < place.stage.place
        ]
        return now.stage.opened_at + timedelta(minutes=sum(between)), None
    if place.stage.session.state is StageState.PLANNED:
        return None, place.stage.session.starts_at
    return None, None
