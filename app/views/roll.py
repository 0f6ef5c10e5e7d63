"""The roll: seats, personal links, the lobby's queue, and lost return codes. Never a pseudonym."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.access import Action, by_staff, requires
from app.db import transaction, utcnow
from app.forms.base import Form
from app.forms.roll import ManySeatsForm, MatchForm, SeatForm
from app.models.dialogues import Dialogue
from app.models.vault import VaultLobbyEntry
from app.queries import roll as queries
from app.services import roll
from deliberation.joining import has_roll

bp = Blueprint("roll", __name__)


@bp.get("/d/<uuid:dialogue_id>/people")
@requires(Action.MANAGE_ROLL)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """The roll and who waits in the lobby."""
    return _page(dialogue, SeatForm())


@bp.post("/d/<uuid:dialogue_id>/people")
@requires(Action.MANAGE_ROLL)
def add(dialogue: Dialogue) -> ResponseReturnValue:
    """One more seat."""
    form = SeatForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            roll.add_seat(dialogue, *_contact(form), by=by_staff())
        if not form.is_refused:
            flash(gettext("%(name)s is on the roll.", name=form.name.data))
            return _home(dialogue)
    return _page(dialogue, form), 422


@bp.get("/d/<uuid:dialogue_id>/people/many")
@requires(Action.MANAGE_ROLL)
def many(dialogue: Dialogue) -> ResponseReturnValue:
    """A box for a pasted list."""
    return render_template("roll/many.html", form=ManySeatsForm())


@bp.post("/d/<uuid:dialogue_id>/people/many")
@requires(Action.MANAGE_ROLL)
def add_many(dialogue: Dialogue) -> ResponseReturnValue:
    """A seat for each line, all or none."""
    form, count = ManySeatsForm(), 0
    if form.validate_on_submit():
        with form.catching(), transaction():
            count = len(roll.add_many(dialogue, form.lines.data or "", by=by_staff()))
        if not form.is_refused:
            flash(ngettext("%(num)s person is added.", "%(num)s people are added.", count))
            return _home(dialogue)
    return render_template("roll/many.html", form=form), 422


@bp.get("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/edit")
@requires(Action.MANAGE_ROLL)
def edit(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Puts a contact right."""
    seat = queries.find_seat(dialogue, seat_id) or abort(404)
    return render_template("roll/edit.html", seat=seat, form=SeatForm(formdata=None, obj=seat.contact))


@bp.post("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/edit")
@requires(Action.MANAGE_ROLL)
def save(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Saves a contact."""
    seat, form = queries.find_seat(dialogue, seat_id) or abort(404), SeatForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            roll.change_contact(seat, *_contact(form), by=by_staff())
        if not form.is_refused:
            flash(gettext("Seat %(number)s is saved.", number=seat.number))
            return _home(dialogue)
    return render_template("roll/edit.html", seat=seat, form=form), 422


@bp.post("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/link")
@requires(Action.MANAGE_ROLL)
def issue_link(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """A personal link, shown once; the one before ends."""
    seat = queries.find_seat(dialogue, seat_id) or abort(404)
    with transaction():
        token = roll.issue_link(seat, by=by_staff())
    address = url_for("joining.invited", token=token, _external=True)
    return render_template("roll/link.html", seat=seat, address=address)


@bp.post("/d/<uuid:dialogue_id>/people/<uuid:seat_id>/return-code")
@requires(Action.MANAGE_ROLL)
def issue_return_code(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """A new return code for whoever sits here, shown once."""
    seat, form, code = queries.find_seat(dialogue, seat_id) or abort(404), Form(), ""
    with form.catching(), transaction():
        code = roll.reissue_return_code(seat, by=by_staff())
    if not code:
        return _refused(dialogue, form)
    return render_template("roll/return_code.html", seat=seat, code=code)


@bp.post("/d/<uuid:dialogue_id>/lobby/<uuid:entry_id>/match")
@requires(Action.MANAGE_ROLL)
def match(dialogue: Dialogue, entry_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody in the lobby is the person of a seat."""
    entry, form = queries.find_entry(dialogue, entry_id) or abort(404), MatchForm()
    form.offer(queries.roll_of(dialogue, utcnow()), entry)
    if not form.validate_on_submit():
        return _page(dialogue, SeatForm(formdata=None), {entry.public_id: form}), 422
    seat = queries.find_seat(dialogue, uuid.UUID(form.seat.data)) or abort(404)
    with form.catching(), transaction():
        roll.match_entry(entry, seat, by=by_staff())
    if form.form_errors:
        return _refused(dialogue, form)
    flash(gettext("%(name)s can come in.", name=entry.name))
    return _home(dialogue)


@bp.post("/d/<uuid:dialogue_id>/lobby/<uuid:entry_id>/refuse")
@requires(Action.MANAGE_ROLL)
def refuse(dialogue: Dialogue, entry_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody in the lobby is not on the roll."""
    entry, form = queries.find_entry(dialogue, entry_id) or abort(404), Form()
    with form.catching(), transaction():
        roll.refuse_entry(entry, by=by_staff())
    if form.form_errors:
        return _refused(dialogue, form)
    flash(gettext("%(name)s is told to speak to the team.", name=entry.name))
    return _home(dialogue)


def _page(dialogue: Dialogue, form: SeatForm, tried: dict[uuid.UUID, MatchForm] | None = None) -> str:
    rows = queries.roll_of(dialogue, utcnow())
    waiting = queries.waiting_in_lobby(dialogue)
    return render_template(
        "roll/index.html",
        form=form,
        rows=rows,
        arrivals=[(entry, (tried or {}).get(entry.public_id) or _match_form(entry, rows)) for entry in waiting],
        counts=queries.counts_of(dialogue),
        has_roll=has_roll(dialogue.mode),
    )


def _match_form(entry: VaultLobbyEntry, rows: list[queries.SeatRow]) -> MatchForm:
    """The seat whose name is the same is chosen beforehand; a person still presses the button."""
    same = [str(row.public_id) for row in rows if row.name.casefold() == entry.name.casefold()]
    form = MatchForm(formdata=None, seat=same[0] if len(same) == 1 else "")
    form.offer(rows, entry)
    return form


def _contact(form: SeatForm) -> tuple[str, str, str]:
    return form.name.data or "", form.email.data or "", form.phone.data or ""


def _home(dialogue: Dialogue) -> ResponseReturnValue:
    return redirect(url_for("roll.index", dialogue_id=dialogue.public_id), 303)


def _refused(dialogue: Dialogue, form: Form) -> ResponseReturnValue:
    flash(" ".join(str(words) for words in form.form_errors), "error")
    return _home(dialogue)
