"""The public page of the Oversight Group, published minutes and files for everybody, and opening the page."""

import uuid

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, may_here, public, requires
from app.db import transaction
from app.exports import oversight_words
from app.exports.advice_csv import advice_csv
from app.exports.sanitise import when
from app.models.dialogues import Dialogue
from app.models.minutes import MinutesVersion
from app.queries.dialogues import find_dialogue
from app.queries.evaluation import check_rows
from app.queries.minutes import page_of
from app.queries.oversight import group_of
from app.queries.oversight_public import public_page, published_minutes
from app.services.minutes import open_page
from app.views.minutes import word_file
from app.views.oversight_here import group_here

bp = Blueprint("oversight_public", __name__)
_AT = "/open/<uuid:open_id>/oversight"


@bp.get(_AT)
@public
def show(open_id: uuid.UUID) -> ResponseReturnValue:
    """Remit, members, minutes, advice with answers, overrides with reasons; nothing while the page is closed."""
    dialogue = _open(open_id)
    return render_template(
        "oversight_public/show.html",
        dialogue=dialogue,
        page=public_page(dialogue),
        words=oversight_words,
        has_evaluation=any(row.published for row in check_rows(dialogue)),
    )


@bp.get(f"{_AT}/minutes/<uuid:minutes_id>")
@public
def minutes(open_id: uuid.UUID, minutes_id: uuid.UUID) -> ResponseReturnValue:
    """Published minutes, in the version asked for."""
    dialogue = _open(open_id)
    version = _version(dialogue, minutes_id)
    others = [one for one in published_minutes(dialogue) if one.meeting_id == version.meeting_id]
    return render_template(
        "oversight_public/minutes.html", dialogue=dialogue, version=version, versions=others, meeting=version.meeting
    )


@bp.get(f"{_AT}/minutes/<uuid:minutes_id>/file.docx")
@public
def docx(open_id: uuid.UUID, minutes_id: uuid.UUID) -> ResponseReturnValue:
    """Published minutes as a Word file."""
    dialogue = _open(open_id)
    version = _version(dialogue, minutes_id)
    day = when(version.published_at, dialogue.timezone, "d MMMM y")
    return word_file(dialogue, version, gettext("published on %(day)s", day=day))


@bp.get(f"{_AT}/advice.csv")
@public
def advice(open_id: uuid.UUID) -> ResponseReturnValue:
    """Published advice with its answers; only the header while nothing is."""
    dialogue = _open(open_id)
    page = public_page(dialogue)
    text = advice_csv(
        page.advice if page else [],
        is_synthetic=dialogue.is_synthetic,
        names=page is not None and page.group.publishes_members,
    )
    name = "synthetic-advice.csv" if dialogue.is_synthetic else "advice.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)


@bp.get("/d/<uuid:dialogue_id>/oversight/public")
@requires(Action.SEE_MEETINGS)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """What is public and what is not, the button that opens the page, and files."""
    group = group_of(dialogue)
    return render_template(
        "oversight_public/edit.html",
        group=group,
        page=page_of(group),
        shown=public_page(dialogue),
        runs=may_here(Action.RUN_MEETINGS),
    )


@bp.post("/d/<uuid:dialogue_id>/oversight/public")
@requires(Action.RUN_MEETINGS)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """Opens the page, or closes it."""
    group = group_here(dialogue)
    is_open = request.form.get("what") == "open"
    with transaction():
        open_page(group, is_open=is_open, by=by_staff())
    flash(gettext("The page is open to everybody.") if is_open else gettext("The page is closed."), "good")
    return redirect(url_for(".edit", dialogue_id=dialogue.public_id), 303)


def _open(open_id: uuid.UUID) -> Dialogue:
    dialogue = find_dialogue(open_id) or abort(404)
    g.dialogue = dialogue
    return dialogue


def _version(dialogue: Dialogue, minutes_id: uuid.UUID) -> MinutesVersion:
    return next((one for one in published_minutes(dialogue) if one.public_id == minutes_id), None) or abort(404)
