"""Entering for somebody: whose sheet it is, consent on paper, and how late paper is taken."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import SelectChoice

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms import labels
from app.forms.on_behalf import ConsentOnPaperForm, LateForm, WhomForm
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.queries import on_behalf as found
from app.queries.joining import participant_in
from app.queries.roll import find_seat
from app.services import on_behalf as acts
from app.services.consent import newest_answers, texts_for
from app.services.sheets import find_by_code
from app.views.addresses import here
from deliberation.consent import NEEDED, OPTIONAL
from deliberation.errors import RuleError
from deliberation.joining import has_roll
from deliberation.stages import StageState

bp = Blueprint("on_behalf", __name__)


@bp.get("/d/<uuid:dialogue_id>/on-behalf")
@requires(Action.ENTER_ON_BEHALF)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Whose sheet, which part; sheets to print; what was entered last."""
    return _index(dialogue, _whom(dialogue, fresh=True))


@bp.post("/d/<uuid:dialogue_id>/on-behalf")
@requires(Action.ENTER_ON_BEHALF)
def choose(dialogue: Dialogue) -> ResponseReturnValue:
    """On to the entry screen of a person, or to their consent where it is missing."""
    form = _whom(dialogue)
    if not form.validate_on_submit():
        return _index(dialogue, form), 422
    typed = (form.who.data or "").strip()
    coded = find_by_code(dialogue, typed)
    stage = next(one for one in found.entry_stages(dialogue) if str(one.public_id) == form.stage.data)
    if coded is not None:
        return _to_entry(dialogue, *coded)
    if not has_roll(dialogue.mode):
        person = found.find_by_name(dialogue, typed)
    else:
        seat = found.find_seat_numbered(dialogue, int(typed)) if typed.isdecimal() and len(typed) < 6 else None
        person = participant_in(seat) if seat is not None else None
        if seat is not None and (person is None or not _has_consented(person)):
            return redirect(url_for(".consent", dialogue_id=dialogue.public_id, seat_id=seat.public_id), 303)
    if person is None:
        form.refuse(RuleError("nobody_found"))
        return _index(dialogue, form), 422
    return _to_entry(dialogue, stage, person)


@bp.post("/d/<uuid:dialogue_id>/on-behalf/late")
@requires(Action.ENTER_ON_BEHALF)
def set_late(dialogue: Dialogue) -> ResponseReturnValue:
    """How long after closing paper is taken."""
    form = LateForm()
    if not form.validate_on_submit():
        return _index(dialogue, _whom(dialogue, fresh=True), form), 422
    with transaction():
        acts.set_late_paper(dialogue, form.wanted, by=by_staff())
    flash(gettext("Saved."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/on-behalf/consent/<uuid:seat_id>")
@requires(Action.ENTER_ON_BEHALF)
def consent(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Consent that somebody gave on paper or by phone; without it nothing is entered."""
    return _consent_page(dialogue, seat_id, ConsentOnPaperForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/on-behalf/consent/<uuid:seat_id>")
@requires(Action.ENTER_ON_BEHALF)
def keep_consent(dialogue: Dialogue, seat_id: uuid.UUID) -> ResponseReturnValue:
    """Records it, and admits the person where they have not joined."""
    form, seat = ConsentOnPaperForm(), find_seat(dialogue, seat_id) or abort(404)
    if not form.validate_on_submit():
        return _consent_page(dialogue, seat_id, form), 422
    with form.catching(), transaction():
        acts.consent_on_paper(dialogue, seat, form.chosen(), took_part=form.took_part.data, by=by_staff())
    if form.is_refused:
        return _consent_page(dialogue, seat_id, form), 422
    flash(gettext("Consent is recorded for seat %(number)s.", number=seat.number), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _index(dialogue: Dialogue, form: WhomForm, late: LateForm | None = None) -> str:
    panel = has_roll(dialogue.mode)
    return render_template(
        "on_behalf/index.html",
        form=form,
        late=late or LateForm(formdata=None, data={"window": dialogue.late_paper.value}),
        stages=found.entry_stages(dialogue),
        sheets=found.newest_sheets(dialogue),
        seats=found.seats_to_enter_for(dialogue) if panel else [],
        has_roll=panel,
        labels=labels,
    )


def _whom(dialogue: Dialogue, *, fresh: bool = False) -> WhomForm:
    """The stage that is open, or else the one that closed last, is chosen beforehand."""
    stages = [one for one in found.entry_stages(dialogue) if one.state is not StageState.PLANNED]
    form = WhomForm(formdata=None) if fresh else WhomForm()
    form.stage.choices = [
        SelectChoice(str(one.public_id), f"{one.session.number}. {one.title} ({labels.STAGE_STATES[one.state]})")
        for one in stages
    ]
    if fresh and stages:
        open_now = [one for one in stages if one.state is StageState.OPEN]
        form.stage.data = str((open_now or stages)[-1].public_id)
    return form


def _to_entry(dialogue: Dialogue, stage: Stage, person: Participant) -> ResponseReturnValue:
    address = url_for("entry_sheets.enter", participant_id=person.public_id, **here(dialogue, stage))
    return redirect(address, 303)


def _has_consented(person: Participant) -> bool:
    answers = newest_answers(person)
    return all(answers.get(one) for one in NEEDED)


def _consent_page(dialogue: Dialogue, seat_id: uuid.UUID, form: ConsentOnPaperForm) -> str:
    seat = find_seat(dialogue, seat_id) or abort(404)
    texts = texts_for(dialogue, (*NEEDED, *OPTIONAL), dialogue.lang)
    form.name_choices({purpose.value: text.label for purpose, text in texts.items()})
    person = participant_in(seat)
    return render_template(
        "on_behalf/consent.html",
        form=form,
        seat=seat,
        texts=texts,
        is_done=person is not None and _has_consented(person),
    )
