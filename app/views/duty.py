"""Moderation settings: the rota, the safeguarding lead, the ledger, and the mails that were written."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, requires
from app.db import transaction
from app.forms.duty import DutyForm
from app.models.dialogues import Dialogue
from app.queries.duty import mails_of, rota_of
from app.queries.opinions import moderators_of
from app.queries.welfare import lead_of, setting_of
from app.services.duty import edit_duty
from app.services.installation import settings_in_use
from app.services.mail import is_set_up

bp = Blueprint("duty", __name__)


@bp.get("/d/<uuid:dialogue_id>/moderation/settings")
@requires(Action.MANAGE_STAFF)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Who is on duty, who is the lead, and which mails were written."""
    return _page(dialogue, DutyForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/moderation/settings")
@requires(Action.MANAGE_STAFF)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """Replaces rota and settings."""
    form = DutyForm()
    with form.catching(), transaction():
        edit_duty(
            dialogue,
            on_duty=form.on_duty(request.form.getlist("duty")),
            lead=form.lead_id(),
            ledger_is_public=bool(form.ledger_is_public.data),
            by=by_staff(),
        )
    if form.is_refused:
        return _page(dialogue, form), 422
    flash(gettext("Saved."), "good")
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _page(dialogue: Dialogue, form: DutyForm) -> str:
    setting, lead = setting_of(dialogue), lead_of(dialogue)
    moderators = moderators_of(dialogue)
    form.offer(moderators)
    if not form.is_submitted():
        form.lead.data = str(lead.public_id) if lead is not None else ""
        form.ledger_is_public.data = setting is not None and setting.ledger_is_public
    return render_template(
        "duty/index.html",
        form=form,
        moderators=moderators,
        rota=rota_of(dialogue),
        mails=mails_of(dialogue),
        mail_is_set_up=is_set_up(settings_in_use()),
    )
