"""How a vote stage works: its form for facilitators."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms.vote_settings import VoteSettingsForm, present
from app.models.dialogues import Dialogue, Stage
from app.services.vote_settings import set_vote_settings
from deliberation.stages import StageKind

bp = Blueprint("vote_settings", __name__)


@bp.get("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/voting")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """When totals are seen, how many statements are asked for, which reasons are offered."""
    if stage.kind is not StageKind.VOTE:
        abort(404)
    return _page(stage, VoteSettingsForm(formdata=None, data=present(stage)))


@bp.post("/d/<uuid:dialogue_id>/stages/<uuid:stage_id>/voting")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Saves it."""
    form = VoteSettingsForm()
    if form.validate():
        with form.catching(), transaction():
            set_vote_settings(
                stage,
                results_early=form.results_early,
                minimum=form.minimum.data or 0,
                chips=form.chips(),
                by=by_staff(),
            )
        if not form.is_refused:
            flash(gettext("Saved: “%(stage)s”.", stage=stage.title))
            return redirect(url_for("sessions.index", dialogue_id=dialogue.public_id), 303)
    return _page(stage, form), 422


def _page(stage: Stage, form: VoteSettingsForm) -> str:
    return render_template("vote_settings/edit.html", stage=stage, form=form)
