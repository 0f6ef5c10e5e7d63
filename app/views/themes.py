"""Themes of a snapshot: drafted by machine, named and finalised by a person."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import Action, by_staff, may_here, requires
from app.db import transaction
from app.forms.themes import ThemeForm
from app.models.dialogues import Dialogue
from app.queries import analysis as queries
from app.queries.conditions import conditions_citable, find_condition
from app.queries.evidence import Evidence
from app.services import themes as service

bp = Blueprint("themes", __name__)


@bp.get("/d/<uuid:dialogue_id>/analysis/<uuid:snapshot_id>/themes")
@requires(Action.SEE_ANALYSIS)
def index(dialogue: Dialogue, snapshot_id: uuid.UUID) -> ResponseReturnValue:
    """The themes of a snapshot, and the comments that people read because their author said no to a machine."""
    snapshot = queries.find_snapshot(dialogue, snapshot_id) or abort(404)
    exact = may_here(Action.RUN_ANALYSIS)
    evidence = Evidence(dialogue, exact=exact)
    apart = snapshot.settings["inputs"]["by_people"]
    return render_template(
        "themes/index.html",
        snapshot=snapshot,
        themes=[evidence.theme(one) for one in queries.themes_of(snapshot)],
        reason=snapshot.result["themes"]["reason"],
        by_people=list(queries.comments_as_read(dialogue, apart, exact=exact).values()),
        unplaced=list(queries.comments_as_read(dialogue, queries.unplaced(snapshot), exact=exact).values()),
    )


@bp.get("/d/<uuid:dialogue_id>/themes/<uuid:theme_id>")
@requires(Action.SEE_FINDINGS)
def show(dialogue: Dialogue, theme_id: uuid.UUID) -> ResponseReturnValue:
    """One theme with everything in it."""
    theme = queries.find_theme(dialogue, theme_id) or abort(404)
    form = ThemeForm(obj=theme, is_final=theme.finalised_at is not None)
    return _page(dialogue, theme_id, form), 200


@bp.post("/d/<uuid:dialogue_id>/themes/<uuid:theme_id>")
@requires(Action.RUN_ANALYSIS)
def edit(dialogue: Dialogue, theme_id: uuid.UUID) -> ResponseReturnValue:
    """Names, describes and finalises a theme."""
    form = ThemeForm()
    if form.validate():
        with form.catching(), transaction():
            theme = queries.find_theme(dialogue, theme_id) or abort(404)
            title, description = form.title.data or "", form.description.data or ""
            service.edit_theme(
                theme, title=title, description=description, is_final=bool(form.is_final.data), by=by_staff()
            )
    if form.is_refused:
        return _page(dialogue, theme_id, form), 422
    flash(_("The theme has been saved."), "done")
    return redirect(url_for("themes.show", dialogue_id=dialogue.public_id, theme_id=theme_id), 303)


@bp.post("/d/<uuid:dialogue_id>/themes/<uuid:theme_id>/conditions")
@requires(Action.RUN_ANALYSIS)
def put_conditions(dialogue: Dialogue, theme_id: uuid.UUID) -> ResponseReturnValue:
    """Says which conditions belong to the theme: exactly those that are ticked."""
    ticked = request.form.getlist("condition", type=uuid.UUID)
    with transaction():
        theme = queries.find_theme(dialogue, theme_id) or abort(404)
        chosen = [find_condition(dialogue, one) or abort(404) for one in ticked]
        service.put_conditions(theme, chosen, by=by_staff())
    flash(_("The theme has been saved."), "done")
    return redirect(url_for("themes.show", dialogue_id=dialogue.public_id, theme_id=theme_id), 303)


def _page(dialogue: Dialogue, theme_id: uuid.UUID, form: ThemeForm) -> str:
    theme = queries.find_theme(dialogue, theme_id) or abort(404)
    exact = may_here(Action.RUN_ANALYSIS)
    line = Evidence(dialogue, exact=exact).theme(theme)
    snapshot = queries.snapshot_of(theme)
    return render_template(
        "themes/show.html",
        theme=line,
        row=theme,
        snapshot=snapshot,
        form=form,
        exact=exact,
        offered=conditions_citable(dialogue, snapshot.taken_at) if exact else (),
        held={one.public_id for one in line.conditions},
    )
