"""Review gates: what the group looks at before it is used, and what changed since."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import oversight_labels
from app.forms.gates import CloseForm, GateForm, ItemsForm
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, ReviewGate
from app.queries import gates as reads
from app.queries.advice import advice_on
from app.queries.oversight import group_of
from app.services import gates as acts
from deliberation.changes import changed_lines, has_changes
from deliberation.oversight import parts_of, readable

bp = Blueprint("gates", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/gates")
@requires(Action.SEE_OVERSIGHT)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Every gate with how its items stand."""
    group = _group(dialogue)
    rows = reads.gate_rows(dialogue, group)
    return render_template("gates/index.html", words=oversight_labels, group=group, rows=rows)


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/usual")
@requires(Action.RUN_OVERSIGHT)
def make_usual(dialogue: Dialogue) -> ResponseReturnValue:
    """The usual gates, with what each looks at; those that are there stay."""
    with force_locale(dialogue.lang):
        words = {code: (str(title), str(asked)) for code, (title, asked) in oversight_labels.GATE_WORDS.items()}
    with transaction():
        made = acts.make_standard_gates(dialogue, _group(dialogue), words, by=by_staff())
    flash(gettext("Gates made: %(count)s. You can change each of them.", count=len(made)))
    return _to_list(dialogue)


@bp.get("/d/<uuid:dialogue_id>/oversight/gates/new")
@requires(Action.RUN_OVERSIGHT)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty gate."""
    return _edit_page(_group(dialogue), None, GateForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/new")
@requires(Action.RUN_OVERSIGHT)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Adds it after the last one, and goes on to what it looks at."""
    group, form = _group(dialogue), GateForm()
    if form.validate():
        with form.catching(), transaction():
            gate = acts.save_gate(group, None, by=by_staff(), **form.values())
        if not form.is_refused:
            return redirect(url_for(".items", dialogue_id=dialogue.public_id, gate_id=gate.public_id), 303)
    return _edit_page(group, None, form), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>")
@requires(Action.SEE_OVERSIGHT)
def show(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """One gate: each item with what was before the group, and the advice on it."""
    return _gate_page(dialogue, _gate(dialogue, gate_id), CloseForm(formdata=None))


@bp.get("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/edit")
@requires(Action.RUN_OVERSIGHT)
def edit(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """The facts of a gate."""
    gate = _gate(dialogue, gate_id)
    return _edit_page(gate.group, gate, GateForm(formdata=None, data=GateForm.present(gate)))


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/edit")
@requires(Action.RUN_OVERSIGHT)
def save(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """Saves them."""
    gate, form = _gate(dialogue, gate_id), GateForm()
    if form.validate():
        with form.catching(), transaction():
            acts.save_gate(gate.group, gate, by=by_staff(), **form.values())
        if not form.is_refused:
            return _to_gate(dialogue, gate, gettext("Saved."))
    return _edit_page(gate.group, gate, form), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/items")
@requires(Action.RUN_OVERSIGHT)
def items(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """What the gate looks at."""
    gate = _gate(dialogue, gate_id)
    choices = _choices(dialogue, gate)
    there = {(one.kind, one.material_id, one.session_id) for one in gate.items}
    ticked = [one.value for one in choices if (one.kind, one.material_id, one.session_id) in there]
    return _items_page(gate, ItemsForm(formdata=None, data={"items": ticked}).offer(choices))


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/items")
@requires(Action.RUN_OVERSIGHT)
def save_items(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """Exactly what is ticked."""
    gate = _gate(dialogue, gate_id)
    choices = _choices(dialogue, gate)
    form = ItemsForm().offer(choices)
    if form.validate():
        with form.catching(), transaction():
            acts.set_items(gate, form.chosen(choices), by=by_staff())
        if not form.is_refused:
            return _to_gate(dialogue, gate, gettext("Saved."))
    return _items_page(gate, form), 422


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/close")
@requires(Action.RUN_OVERSIGHT)
def close(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """The review at this gate is over."""
    gate, form = _gate(dialogue, gate_id), CloseForm()
    if form.validate():
        with form.catching(), transaction():
            acts.close_gate(dialogue, gate, advice=form.advice.data or "", by=by_staff())
        if not form.is_refused:
            return _to_gate(dialogue, gate, gettext("The gate is closed. What was looked at stays bound."))
    return _gate_page(dialogue, gate, form), 409


@bp.post("/d/<uuid:dialogue_id>/oversight/gates/<uuid:gate_id>/reopen")
@requires(Action.RUN_OVERSIGHT)
def reopen(dialogue: Dialogue, gate_id: uuid.UUID) -> ResponseReturnValue:
    """Opens it again."""
    gate = _gate(dialogue, gate_id)
    with transaction():
        acts.reopen_gate(gate, by=by_staff())
    return _to_gate(dialogue, gate, gettext("The gate is open again."))


@bp.get("/d/<uuid:dialogue_id>/oversight/items/<uuid:item_id>")
@requires(Action.SEE_OVERSIGHT)
def difference(dialogue: Dialogue, item_id: uuid.UUID) -> ResponseReturnValue:
    """One item: what was before the group against what it says now, word by word."""
    group = _group(dialogue)
    item = reads.find_item(group, item_id) or abort(404)
    row = reads.item_row(dialogue, item, reads.newest_sent(group).get(item.id))
    before = readable(oversight_labels.named(parts_of(row.sent.text))) if row.sent else None
    now = readable(oversight_labels.named(parts_of(row.text))) if row.text is not None else ""
    lines = changed_lines(before, now)
    return render_template(
        "gates/difference.html", words=oversight_labels, row=row, lines=lines, has_changes=has_changes(lines)
    )


def _group(dialogue: Dialogue) -> OversightGroup:
    return group_of(dialogue) or abort(404)


def _gate(dialogue: Dialogue, gate_id: uuid.UUID) -> ReviewGate:
    return reads.find_gate(_group(dialogue), gate_id) or abort(404)


def _choices(dialogue: Dialogue, gate: ReviewGate) -> list[reads.Choice]:
    return reads.choices_for(dialogue, gate.kind, str(oversight_labels.GATE_KINDS[gate.kind]))


def _to_list(dialogue: Dialogue) -> ResponseReturnValue:
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _to_gate(dialogue: Dialogue, gate: ReviewGate, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, gate_id=gate.public_id), 303)


def _gate_page(dialogue: Dialogue, gate: ReviewGate, form: CloseForm) -> str:
    row = reads.gate_row(dialogue, gate, reads.newest_sent(gate.group))
    advice = advice_on(version.id for item in gate.items for version in item.versions)
    return render_template("gates/show.html", words=oversight_labels, row=row, gate=gate, advice=advice, form=form)


def _edit_page(group: OversightGroup, gate: ReviewGate | None, form: GateForm) -> str:
    return render_template("gates/edit.html", group=group, gate=gate, form=form)


def _items_page(gate: ReviewGate, form: ItemsForm) -> str:
    return render_template("gates/items.html", gate=gate, form=form)
