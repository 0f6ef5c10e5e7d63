"""Dialogues: the list, making one, its home page, and its words."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import SelectChoice

from app.access import Action, by_staff, may_here, requires, staff
from app.db import transaction, utcnow
from app.forms import access_labels, labels
from app.forms.approaches import KEYS, ApproachesForm, present
from app.forms.dialogues import BLANK, SOURCE_NAMES, DialogueForm, NewDialogueForm
from app.forms.lines import text_of
from app.forms.times import to_utc
from app.models.dialogues import Dialogue
from app.queries import overview
from app.queries.access_applications import waiting_for
from app.queries.oversight_home import OversightHome, oversight_home
from app.queries.tradeoffs import grid_progress
from app.queries.workshops import workshop_of
from app.services.consent import current_text
from app.services.dialogues import (
    edit_approaches,
    edit_consent_texts,
    edit_dialogue,
    has_joined,
    make_blank_dialogue,
)
from app.services.kits import KitError, list_kits, make_dialogue, read_kit
from deliberation.consent import OPTIONAL, Purpose
from deliberation.sessions import DialogueMode

bp = Blueprint("dialogues", __name__)


@bp.get("/dialogues")
@staff()
def index() -> ResponseReturnValue:
    """Your dialogues with your roles, and the way to a new one."""
    found = overview.dialogues_of(by_staff())
    states = {dialogue.id: overview.state_of(dialogue) for dialogue, _ in found}
    return render_template("dialogues/index.html", found=found, states=states, labels=labels)


@bp.get("/dialogues/new")
@staff(Action.CREATE_DIALOGUE)
def new() -> ResponseReturnValue:
    """From a kit or from blank."""
    return _new_page(_new_form())


@bp.post("/dialogues/new")
@staff(Action.CREATE_DIALOGUE)
def create() -> ResponseReturnValue:
    """Makes the dialogue; whoever makes it is its facilitator."""
    form = _new_form()
    if form.validate():
        try:
            with form.catching(), transaction():
                address = url_for("dialogues.show", dialogue_id=_make(form).public_id)
        except KitError as error:
            form.form_errors.extend(error.problems)
        if not form.is_refused:
            flash(gettext("The dialogue is there. Now look it over, and invite people."))
            return redirect(address, 303)
    return _new_page(form), 422


@bp.get("/d/<uuid:dialogue_id>")
@requires(Action.SEE_DIALOGUE)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """The dialogue's home: sessions, what is missing, and what needs a person. For staff: a panel has its own pages."""
    by_staff()
    return render_template(
        "dialogues/show.html",
        labels=labels,
        rows=overview.session_rows(dialogue),
        numbers=overview.numbers_of(dialogue),
        attention=overview.attention_of(dialogue),
        filled=overview.seats_filled(dialogue),
        grids=grid_progress(dialogue),
        state=overview.state_of(dialogue),
        runs=may_here(Action.RUN_SESSION),
        workshop=workshop_of(dialogue),
        access_states=access_labels.STATES,
        access_waits=waiting_for(dialogue, by_staff()) if may_here(Action.SEE_APPLICATION) else [],
        oversight=_oversight(dialogue),
    )


def _oversight(dialogue: Dialogue) -> OversightHome | None:
    if not may_here(Action.SEE_OVERSIGHT):
        return None
    return oversight_home(dialogue, by_staff(), utcnow(), runs=may_here(Action.RUN_OVERSIGHT))


@bp.get("/d/<uuid:dialogue_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """Words and settings of the dialogue."""
    return _edit_page(dialogue, DialogueForm(formdata=None, data=_present(dialogue)))


@bp.post("/d/<uuid:dialogue_id>/edit")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """Saves them; changed consent words become a new version."""
    form = DialogueForm()
    if form.validate():
        with form.catching(), transaction():
            edit_dialogue(dialogue, by=by_staff(), **form.values())
            renewed = edit_consent_texts(dialogue, form.consent_texts(), by=by_staff())
        if not form.is_refused:
            flash(gettext("Saved."))
            if renewed:
                flash(gettext("There is a new version of: %(texts)s.", texts=_named(renewed)))
            return redirect(url_for("dialogues.show", dialogue_id=dialogue.public_id), 303)
    return _edit_page(dialogue, form), 422


@bp.get("/d/<uuid:dialogue_id>/approaches")
@requires(Action.EDIT_DIALOGUE)
def approaches(dialogue: Dialogue) -> ResponseReturnValue:
    """The three approaches in the dialogue's own words."""
    form = ApproachesForm(formdata=None, data=present(dialogue.approaches))
    return render_template("dialogues/approaches.html", form=form, labels=labels, keys=KEYS)


@bp.post("/d/<uuid:dialogue_id>/approaches")
@requires(Action.EDIT_DIALOGUE)
def save_approaches(dialogue: Dialogue) -> ResponseReturnValue:
    """Saves them."""
    form = ApproachesForm()
    if form.validate():
        with form.catching(), transaction():
            edit_approaches(dialogue, form.texts(), by=by_staff())
        if not form.is_refused:
            flash(gettext("Saved."))
            return redirect(url_for(".approaches", dialogue_id=dialogue.public_id), 303)
    return render_template("dialogues/approaches.html", form=form, labels=labels, keys=KEYS), 422


def _new_form() -> NewDialogueForm:
    form = NewDialogueForm()
    form.kit.choices = [SelectChoice(kit.key, kit.title) for kit in list_kits()]
    form.kit.choices.append(SelectChoice(BLANK, gettext("Blank")))
    return form


def _new_page(form: NewDialogueForm) -> str:
    return render_template("dialogues/new.html", form=form, kits={kit.key: kit.question for kit in list_kits()})


def _make(form: NewDialogueForm) -> Dialogue:
    title, question = (form.title.data or "").strip(), (form.question.data or "").strip()
    mode = DialogueMode(form.mode.data)
    if form.kit.data == BLANK:
        return make_blank_dialogue(title=title, question=question, mode=mode, by=by_staff())
    kit = read_kit(form.kit.data)
    return make_dialogue(
        kit,
        title=title or None,
        question=question or None,
        mode=mode,
        by=by_staff(),
        first_starts_at=to_utc(form.starts_at.data, kit.timezone),
    )


def _edit_page(dialogue: Dialogue, form: DialogueForm) -> str:
    return render_template(
        "dialogues/edit.html", form=form, labels=labels, optional=OPTIONAL, mode_is_fixed=has_joined(dialogue)
    )


def _present(dialogue: Dialogue) -> dict[str, object]:
    """What the form shows to begin with."""
    present: dict[str, object] = {
        name: getattr(dialogue, name)
        for name in (
            "title", "short_title", "question", "timezone", "moderates_first", "organiser", "contact_name",
            "contact_phone", "summary", "welcome", "how_it_is_used", "thank_you", "notice",
        )
    }  # fmt: skip
    present["mode"] = dialogue.mode.value
    present["sources"] = text_of(dialogue.sources, SOURCE_NAMES)
    for purpose in Purpose:
        text = current_text(dialogue, purpose, dialogue.lang)
        present[purpose.value] = text.text if text else ""
        present[f"{purpose.value}_label"] = text.label if text else ""
    return present


def _named(purposes: list[Purpose]) -> str:
    return ", ".join(str(labels.PURPOSES[purpose]) for purpose in purposes)
