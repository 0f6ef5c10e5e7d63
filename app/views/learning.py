"""Materials in versions, and the glossary, as staff edit them."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels, oversight_labels
from app.forms.learning import MaterialForm, TermForm
from app.forms.sessions import ShiftForm
from app.models.dialogues import Dialogue
from app.models.learning import GlossaryTerm, Material
from app.queries import learning as reads
from app.queries.gates import rows_of_material
from app.queries.materials import material_row, material_rows, version_rows
from app.services import learning as acts

bp = Blueprint("learning", __name__)


@bp.get("/d/<uuid:dialogue_id>/materials")
@requires(Action.EDIT_DIALOGUE)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every material in order, with its version."""
    return render_template(
        "learning/index.html", labels=labels, words=oversight_labels, rows=material_rows(dialogue)
    )


@bp.get("/d/<uuid:dialogue_id>/materials/new")
@requires(Action.EDIT_DIALOGUE)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty material."""
    return _page(None, MaterialForm().offer(dialogue.sources))


@bp.post("/d/<uuid:dialogue_id>/materials/new")
@requires(Action.EDIT_DIALOGUE)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds it after the last one."""
    form = MaterialForm().offer(dialogue.sources)
    if form.validate():
        with form.catching(), transaction():
            acts.add_material(dialogue, by=by_staff(), **form.values())
        if not form.is_refused:
            return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)
    return _page(None, form), 422


@bp.get("/d/<uuid:dialogue_id>/materials/<uuid:material_id>")
@requires(Action.EDIT_DIALOGUE)
def show(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """The words as they stand, every version with what changed in it, and where it stands at the gates."""
    material = reads.find_material(dialogue, material_id) or abort(404)
    titles = {row["key"]: row for row in dialogue.sources}
    return render_template(
        "learning/show.html",
        labels=labels,
        words=oversight_labels,
        material=material,
        sources=titles,
        row=material_row(dialogue, material),
        gates=rows_of_material(dialogue, material),
        versions=version_rows(material),
    )


@bp.get("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """A form with the newest words."""
    material = reads.find_material(dialogue, material_id) or abort(404)
    present = {
        "title": material.current.title,
        "body": material.current.body,
        "sources": material.current.sources,
        "kind": material.kind,
        "minutes": material.minutes,
        "is_invented": material.is_invented,
        "supplied_by": material.current.supplied_by,
    }
    return _page(material, MaterialForm(formdata=None, data=present).offer(dialogue.sources))


@bp.post("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """Changed words become a new version."""
    material = reads.find_material(dialogue, material_id) or abort(404)
    form = MaterialForm().offer(dialogue.sources)
    if form.validate():
        with form.catching(), transaction():
            number = acts.edit_material(material, by=by_staff(), **form.values()).number
        if not form.is_refused:
            flash(gettext("Saved. Version %(number)s is what people read now.", number=number))
            return redirect(url_for(".show", dialogue_id=dialogue.public_id, material_id=material_id), 303)
    return _page(material, form), 422


@bp.post("/d/<uuid:dialogue_id>/materials/<uuid:material_id>/shift")
@requires(Action.EDIT_DIALOGUE)
def shift(dialogue: Dialogue, material_id: uuid.UUID) -> ResponseReturnValue:
    """One place up or down."""
    material = reads.find_material(dialogue, material_id) or abort(404)
    with transaction():
        acts.shift_material(dialogue, material, ShiftForm().wanted(), by=by_staff())
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/glossary")
@requires(Action.EDIT_DIALOGUE)
def glossary(dialogue: Dialogue) -> ResponseReturnValue:
    """Every word, and a form for one more."""
    return _glossary_page(dialogue, TermForm())


@bp.post("/d/<uuid:dialogue_id>/glossary")
@requires(Action.EDIT_DIALOGUE)
def add_term(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds a word."""
    form = TermForm()
    if form.validate():
        with form.catching(), transaction():
            acts.save_term(dialogue, by=by_staff(), **form.values())
        if not form.is_refused:
            return _to_glossary(dialogue)
    return _glossary_page(dialogue, form), 422


@bp.get("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """One word."""
    row = reads.find_term(dialogue, term_id) or abort(404)
    present = {"term": row.term, "definition": row.definition, "also": ", ".join(row.also)}
    return _term_page(row, TermForm(formdata=None, data=present))


@bp.post("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    row = reads.find_term(dialogue, term_id) or abort(404)
    form = TermForm()
    if form.validate():
        with form.catching(), transaction():
            acts.save_term(dialogue, row=row, by=by_staff(), **form.values())
        if not form.is_refused:
            return _to_glossary(dialogue)
    return _term_page(row, form), 422


@bp.post("/d/<uuid:dialogue_id>/glossary/<uuid:term_id>/remove")
@requires(Action.EDIT_DIALOGUE)
def remove_term(dialogue: Dialogue, term_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a word out."""
    row = reads.find_term(dialogue, term_id) or abort(404)
    with transaction():
        acts.remove_term(dialogue, row, by=by_staff())
    flash(gettext("The word was taken out of the glossary."))
    return _to_glossary(dialogue)


def _page(material: Material | None, form: MaterialForm) -> str:
    return render_template("learning/edit.html", form=form, material=material)


def _glossary_page(dialogue: Dialogue, form: TermForm) -> str:
    return render_template("learning/glossary.html", form=form, terms=reads.terms_of_dialogue(dialogue))


def _term_page(row: GlossaryTerm, form: TermForm) -> str:
    return render_template("learning/term.html", form=form, term=row)


def _to_glossary(dialogue: Dialogue) -> ResponseReturnValue:
    return redirect(url_for(".glossary", dialogue_id=dialogue.public_id), 303)
