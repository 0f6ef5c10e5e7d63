"""Sheets: printing them, the fast entry screen, what was saved, and undoing it."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.base import Form
from app.forms.lines import lines_of
from app.forms.on_behalf import SheetForm, answers_in, votes_in
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.queries import on_behalf as found
from app.queries.stages import prompts_of
from app.services import on_behalf as acts
from app.services.recording import new_client_key, stage_thing
from app.services.sheets import sheet_code
from deliberation.joining import has_roll
from deliberation.on_behalf import EntryWay, late_until
from deliberation.stages import StageKind, StageState

bp = Blueprint("entry_sheets", __name__)

@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/on-behalf/<uuid:participant_id>")
@requires(Action.ENTER_ON_BEHALF)
def enter(dialogue: Dialogue, stage: Stage, participant_id: uuid.UUID) -> ResponseReturnValue:
    """The fast entry screen: a table of radio buttons, or keys where the script runs."""
    form = SheetForm(formdata=None, data={"client_key": new_client_key(), "asked_whom": by_staff().display_name})
    return _entry_page(stage, _person(dialogue, participant_id), form)


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/on-behalf/<uuid:participant_id>")
@requires(Action.ENTER_ON_BEHALF)
def save(dialogue: Dialogue, stage: Stage, participant_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps a sheet."""
    person, form = _person(dialogue, participant_id), SheetForm()
    if not form.validate_on_submit():
        return _entry_page(stage, person, form), 422
    saved = None
    with form.catching(), transaction():
        votes, replace = votes_in(request.form, found.statements_to_enter(stage))
        sheet = acts.Sheet(votes, lines_of(form.statements.data), answers_in(request.form, prompts_of(stage)), replace)
        saved = acts.enter_sheet(
            stage, person, sheet, way=EntryWay(form.way.data), was_asked=form.was_asked.data,
            asked_whom=form.asked_whom.data or "", asked_on=form.asked_on.data, was_before=form.was_before.data,
            client_key=form.client_key.data or abort(400), by=by_staff(),
        )  # fmt: skip
    if saved is None:
        return _entry_page(stage, person, form), 422
    kept = len(votes) - len(found.contents_of(saved).votes)
    if kept:
        flash(ngettext("%(num)s vote of their own stays.", "%(num)s votes of their own stay.", kept), "good")
    return redirect(url_for(".sheet", dialogue_id=dialogue.public_id, sheet_id=saved.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/on-behalf/sheets/<uuid:sheet_id>")
@requires(Action.ENTER_ON_BEHALF)
def sheet(dialogue: Dialogue, sheet_id: uuid.UUID) -> ResponseReturnValue:
    """What was saved. Who entered it reads it against the paper; others of the team see counts."""
    row = found.find_sheet(dialogue, sheet_id) or abort(404)
    return render_template(
        "on_behalf/sheet.html",
        sheet=row,
        stage=found.stage_of(row),
        seat=found.seat_of(row.participant_id),
        contents=found.contents_of(row),
        asked_on=format_date(row.asked_on, "d MMMM y"),
        is_own=row.entered_by_id == by_staff().id,
        labels=labels,
    )


@bp.post("/d/<uuid:dialogue_id>/on-behalf/sheets/<uuid:sheet_id>/undo")
@requires(Action.ENTER_ON_BEHALF)
def undo(dialogue: Dialogue, sheet_id: uuid.UUID) -> ResponseReturnValue:
    """Takes out what came of a sheet."""
    row, form = found.find_sheet(dialogue, sheet_id) or abort(404), Form()
    with form.catching(), transaction():
        acts.undo_sheet(row, by=by_staff())
    for words in form.form_errors:
        flash(str(words), "error")
    if not form.form_errors:
        flash(gettext("Undone. What was there before counts again."), "good")
    return redirect(url_for("on_behalf.index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/sheets")
@requires(Action.ENTER_ON_BEHALF)
def printed(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Sheets to print: one without a name, or one for each person, each with its code; large print too."""
    wanted = request.args.get("who", "")
    people = found.people_of(dialogue) if wanted == "everyone" else []
    seats = found.seat_numbers(dialogue) if has_roll(dialogue.mode) else {}
    sheets = [(sheet_code(stage, one), seats.get(one.id)) for one in people] or [("", None)]
    return render_template(
        "on_behalf/print.html",
        stage=stage,
        statements=found.statements_to_enter(stage),
        prompts=prompts_of(stage),
        sheets=sorted(sheets, key=lambda one: (one[1] or 0, one[0])),
        wanted=wanted,
        is_large=request.args.get("size") == "large",
        labels=labels,
    )


def _person(dialogue: Dialogue, participant_id: uuid.UUID) -> Participant:
    return found.find_person(dialogue, participant_id) or abort(404)


def _entry_page(stage: Stage, person: Participant, form: SheetForm) -> str:
    dialogue, state = stage.session.dialogue, stage_thing(stage).stage_state
    closed_at = stage.closed_at if state is StageState.CLOSED else None
    return render_template(
        "on_behalf/enter.html",
        stage=stage,
        person=person,
        seat=found.seat_of(person.id),
        has_roll=has_roll(dialogue.mode),
        statements=found.statements_to_enter(stage),
        prompts=prompts_of(stage),
        earlier=found.votes_that_stand(person),
        form=form,
        typed=request.form,
        late_until=late_until(closed_at, dialogue.late_paper, dialogue.timezone) if closed_at else None,
        takes_statements=stage.kind is StageKind.VOTE,
        labels=labels,
    )
