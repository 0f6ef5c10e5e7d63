"""The moderation policy: a page that everybody can read, and the page on which facilitators write it."""

import uuid

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, public, requires
from app.db import transaction
from app.forms import labels
from app.forms.policy import PolicyForm
from app.models.dialogues import Dialogue
from app.queries.dialogues import find_dialogue
from app.queries.policy import current_policy, policy_versions
from app.services.policy import edit_policy
from deliberation.moderation import ReasonCode

bp = Blueprint("policy", __name__)


@bp.get("/open/<uuid:open_id>/policy")
@public
def show(open_id: uuid.UUID) -> ResponseReturnValue:
    """What is shown to everyone, and for which reasons something is not."""
    dialogue = find_dialogue(open_id) or abort(404)
    g.dialogue = dialogue
    return render_template("policy/show.html", dialogue=dialogue, labels=labels, policy=current_policy(dialogue))


@bp.get("/d/<uuid:dialogue_id>/moderation/policy")
@requires(Action.EDIT_DIALOGUE)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """The policy in boxes."""
    form = PolicyForm(formdata=None)
    form.fill(current_policy(dialogue))
    return _page(dialogue, form)


@bp.post("/d/<uuid:dialogue_id>/moderation/policy")
@requires(Action.EDIT_DIALOGUE)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """A new version of the policy."""
    form = PolicyForm()
    with form.catching(), transaction():
        edit_policy(dialogue, form.wanted(), by=by_staff())
    if form.is_refused:
        return _page(dialogue, form), 422
    flash(gettext("The policy is published in this version. Earlier decisions keep their reasons."), "good")
    return redirect(url_for(".edit", dialogue_id=dialogue.public_id), 303)


def _page(dialogue: Dialogue, form: PolicyForm) -> str:
    return render_template(
        "policy/edit.html",
        labels=labels,
        form=form,
        reasons=list(ReasonCode),
        versions=policy_versions(dialogue),
    )
