"""Packs: made and sent by staff, read by members with what changed since they last saw it, and advice on a part."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, current_account, may_here, requires
from app.db import transaction, utcnow
from app.forms import oversight_labels
from app.forms.advice import AdviceForm
from app.forms.base import Form
from app.forms.gates import PackForm
from app.models.advice import ReviewPack
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember, ReviewVersion
from app.queries import packs as reads
from app.queries.advice import advice_on, place_of
from app.queries.gates import gate_rows
from app.queries.oversight import group_of, member_of, members_here
from app.services import advice as advice_acts
from app.services import packs as acts
from app.services.recording import new_client_key
from deliberation.changes import changed_lines, has_changes
from deliberation.oversight import parts_of, readable

bp = Blueprint("packs", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight/packs")
@requires(Action.SEE_OVERSIGHT)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Packs, the newest meeting first; drafts for those who make them."""
    group = _group(dialogue)
    packs = reads.packs_of(group, drafts=may_here(Action.RUN_OVERSIGHT))
    rows = [(pack, reads.timing_of(dialogue, pack, utcnow())) for pack in packs]
    return render_template("packs/index.html", words=oversight_labels, group=group, rows=rows)


@bp.get("/d/<uuid:dialogue_id>/oversight/packs/new")
@requires(Action.RUN_OVERSIGHT)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty pack; what changed since review is ticked already."""
    group = _group(dialogue)
    rows = gate_rows(dialogue, group)
    ticked = [str(row.item.public_id) for gate in rows for row in gate.changed]
    return _edit_page(group, None, PackForm(formdata=None, data={"items": ticked}).offer(rows))


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/new")
@requires(Action.RUN_OVERSIGHT)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Puts it together; nobody sees it before it is sent."""
    return _save(dialogue, None)


@bp.get("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>")
@requires(Action.SEE_OVERSIGHT)
def show(dialogue: Dialogue, pack_id: uuid.UUID) -> ResponseReturnValue:
    """The reading list."""
    return _pack_page(dialogue, _pack(dialogue, pack_id), Form(formdata=None))


@bp.get("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/edit")
@requires(Action.RUN_OVERSIGHT)
def edit(dialogue: Dialogue, pack_id: uuid.UUID) -> ResponseReturnValue:
    """What is in a pack that was not sent."""
    pack = _pack(dialogue, pack_id)
    present = {"title": pack.title, "note": pack.note, "meets_on": pack.meets_on}
    present["items"] = [str(one.version.item.public_id) for one in pack.items]
    return _edit_page(pack.group, pack, PackForm(formdata=None, data=present).offer(gate_rows(dialogue, pack.group)))


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/edit")
@requires(Action.RUN_OVERSIGHT)
def save(dialogue: Dialogue, pack_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    return _save(dialogue, _pack(dialogue, pack_id))


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/send")
@requires(Action.RUN_OVERSIGHT)
def send(dialogue: Dialogue, pack_id: uuid.UUID) -> ResponseReturnValue:
    """Sends it with what everything says now."""
    pack, form = _pack(dialogue, pack_id), Form()
    with form.catching(), transaction():
        acts.send_pack(dialogue, pack, by=by_staff())
    if form.is_refused:
        return _pack_page(dialogue, pack, form), 409
    flash(gettext("The pack is sent. Members see it now."))
    return redirect(url_for(".show", dialogue_id=dialogue.public_id, pack_id=pack_id), 303)


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/delete")
@requires(Action.RUN_OVERSIGHT)
def delete(dialogue: Dialogue, pack_id: uuid.UUID) -> ResponseReturnValue:
    """Takes away a pack that was not sent."""
    pack = _pack(dialogue, pack_id)
    with transaction():
        acts.delete_pack(pack)
    flash(gettext("The pack was taken away."))
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/<uuid:version_id>")
@requires(Action.SEE_OVERSIGHT)
def read(dialogue: Dialogue, pack_id: uuid.UUID, version_id: uuid.UUID) -> ResponseReturnValue:
    """One thing to read, with what changed since this member saw it, and the advice beside each part."""
    pack, version = _found(dialogue, pack_id, version_id)
    me = _me(pack.group)
    before = reads.last_seen_by(version, me)
    lines = changed_lines(_words(before) if before else None, _words(version))
    advice = advice_on([version.id])
    return render_template(
        "packs/read.html",
        words=oversight_labels,
        pack=pack,
        version=version,
        me=me,
        before=before,
        lines=lines,
        has_changes=has_changes(lines),
        advice=advice,
        minutes=reads.minutes_of(version),
        is_read=reads.is_read(version, me),
        others=_neighbours(pack, version),
    )


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/<uuid:version_id>/read")
@requires(Action.GIVE_ADVICE)
def mark_read(dialogue: Dialogue, pack_id: uuid.UUID, version_id: uuid.UUID) -> ResponseReturnValue:
    """ "I have read this"; on to the next thing that is not read."""
    pack, version = _found(dialogue, pack_id, version_id)
    with transaction():
        acts.mark_read(dialogue, version, member=_me(pack.group), by=by_staff())
    unread = next((line.version for line in reads.lines_of(pack, _me(pack.group)) if not line.is_read), None)
    where: dict[str, Any] = {"dialogue_id": dialogue.public_id, "pack_id": pack_id}
    if unread is None:
        flash(gettext("You have read everything in this pack."))
        return redirect(url_for(".show", **where), 303)
    return redirect(url_for(".read", **where, version_id=unread.public_id), 303)


@bp.get("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/<uuid:version_id>/advise")
@requires(Action.GIVE_ADVICE)
def advise(dialogue: Dialogue, pack_id: uuid.UUID, version_id: uuid.UUID) -> ResponseReturnValue:
    """A form for advice on one paragraph (`at`), or on the whole."""
    pack, version = _found(dialogue, pack_id, version_id)
    fresh = {"client_key": new_client_key(), "anchor": request.args.get("at", "")[:40]}
    return _advise_page(pack, version, AdviceForm(formdata=None, data=fresh))


@bp.post("/d/<uuid:dialogue_id>/oversight/packs/<uuid:pack_id>/<uuid:version_id>/advise")
@requires(Action.GIVE_ADVICE)
def give(dialogue: Dialogue, pack_id: uuid.UUID, version_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the advice, once."""
    pack, version = _found(dialogue, pack_id, version_id)
    form = AdviceForm()
    if form.validate():
        with form.catching(), transaction():
            key = form.client_key.data or new_client_key()
            me = _me(pack.group)
            advice_acts.give_advice(dialogue, pack.group, version, form.said(), key=key, member=me, by=by_staff())
        if not form.is_refused:
            flash(gettext("Your advice is kept. Those who run the dialogue answer it."))
            where: dict[str, Any] = {"dialogue_id": dialogue.public_id, "pack_id": pack_id, "version_id": version_id}
            return redirect(url_for(".read", **where, _anchor=f"p-{form.anchor.data or 'whole'}"), 303)
    return _advise_page(pack, version, form), 422


def _group(dialogue: Dialogue) -> OversightGroup:
    return group_of(dialogue) or abort(404)


def _pack(dialogue: Dialogue, pack_id: uuid.UUID) -> ReviewPack:
    return reads.find_pack(_group(dialogue), pack_id, drafts=may_here(Action.RUN_OVERSIGHT)) or abort(404)


def _found(dialogue: Dialogue, pack_id: uuid.UUID, version_id: uuid.UUID) -> tuple[ReviewPack, ReviewVersion]:
    pack = _pack(dialogue, pack_id)
    return pack, reads.find_version(pack, version_id) or abort(404)


def _me(group: OversightGroup) -> OversightMember | None:
    return member_of(group, current_account())


def _words(version: ReviewVersion) -> str:
    return readable(oversight_labels.named(parts_of(version.text)))


def _neighbours(pack: ReviewPack, version: ReviewVersion) -> tuple[ReviewVersion | None, ReviewVersion | None]:
    """What stands before and after it in the pack."""
    versions = [one.version for one in pack.items]
    place = versions.index(version)
    return versions[place - 1] if place else None, versions[place + 1] if place + 1 < len(versions) else None


def _save(dialogue: Dialogue, pack: ReviewPack | None) -> ResponseReturnValue:
    group = _group(dialogue)
    rows = gate_rows(dialogue, group)
    form = PackForm().offer(rows)
    if form.validate():
        with form.catching(), transaction():
            pack = acts.save_pack(
                dialogue, group, pack, title=form.title.data or "", note=form.note.data or "", meets_on=form.day(),
                items=form.chosen(rows), by=by_staff(),
            )  # fmt: skip
        if not form.is_refused and pack is not None:
            return redirect(url_for(".show", dialogue_id=dialogue.public_id, pack_id=pack.public_id), 303)
    return _edit_page(group, pack, form), 422


def _pack_page(dialogue: Dialogue, pack: ReviewPack, form: Form) -> str:
    me = _me(pack.group)
    lines = reads.lines_of(pack, me)
    readers = {line.version.id: reads.readers_of(line.version) for line in lines}
    return render_template(
        "packs/show.html",
        words=oversight_labels,
        pack=pack,
        me=me,
        lines=lines,
        readers=readers,
        timing=reads.timing_of(dialogue, pack, utcnow()),
        members=len(members_here(pack.group)),
        form=form,
    )


def _edit_page(group: OversightGroup, pack: ReviewPack | None, form: PackForm) -> str:
    return render_template("packs/edit.html", group=group, pack=pack, form=form)


def _advise_page(pack: ReviewPack, version: ReviewVersion, form: AdviceForm) -> str:
    number, paragraph = place_of(version, form.anchor.data or "")
    return render_template(
        "packs/advise.html",
        words=oversight_labels,
        pack=pack,
        version=version,
        me=_me(pack.group),
        number=number,
        paragraph=paragraph,
        form=form,
    )
