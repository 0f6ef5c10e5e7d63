"""The Oversight Group: its page, its terms, its members."""

import uuid
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff, current_account, may_here, requires
from app.db import transaction, utcnow
from app.forms import oversight_labels
from app.forms.oversight import GroupForm, InterestsForm, LeaveForm, MemberForm
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries import oversight as reads
from app.queries.advice import advice_of
from app.queries.gates import gate_rows
from app.queries.packs import lines_of, packs_of, timing_of, today_in
from app.services import oversight as acts
from deliberation.roles import Role

bp = Blueprint("oversight", __name__)


@bp.get("/d/<uuid:dialogue_id>/oversight")
@requires(Action.SEE_OVERSIGHT)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """What the group has before it, what waits, and who is in it."""
    group = reads.group_of(dialogue)
    if group is None:
        return render_template("oversight/none.html")
    runs, member = may_here(Action.RUN_OVERSIGHT), reads.member_of(group, current_account())
    packs = packs_of(group, drafts=runs)
    sent = next((one for one in packs if one.sent_at is not None), None)
    return render_template(
        "oversight/index.html",
        words=oversight_labels,
        group=group,
        me=member,
        gates=gate_rows(dialogue, group),
        packs=[(pack, timing_of(dialogue, pack, utcnow())) for pack in packs],
        sent=sent,
        unread=[line for line in lines_of(sent, member) if not line.is_read] if sent and member else [],
        advice=advice_of(group),
        here=reads.members_here(group),
        gone=reads.members_gone(group),
    )


@bp.get("/d/<uuid:dialogue_id>/oversight/group")
@requires(Action.RUN_OVERSIGHT)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """The terms of the group; an empty form makes one."""
    group, leads = reads.group_of(dialogue), _leads(dialogue)
    present = GroupForm.present(group) if group else {"name": gettext("Oversight Group")}
    return _group_page(group, GroupForm(formdata=None, data=present).offer(leads))


@bp.post("/d/<uuid:dialogue_id>/oversight/group")
@requires(Action.RUN_OVERSIGHT)
def save(dialogue: Dialogue) -> ResponseReturnValue:
    """Saves them."""
    leads = _leads(dialogue)
    form = GroupForm().offer(leads)
    if form.validate():
        with form.catching(), transaction():
            acts.set_up_group(dialogue, form.values(_leads(dialogue)), by=by_staff())
        if not form.is_refused:
            return _home(dialogue, gettext("The terms of the group are saved."))
    return _group_page(reads.group_of(dialogue), form), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/members/new")
@requires(Action.RUN_OVERSIGHT)
def new_member(dialogue: Dialogue) -> ResponseReturnValue:
    """An empty form."""
    group = _group(dialogue)
    return _member_page(group, None, _offer(dialogue, MemberForm(formdata=None, data={"joined_on": _today(dialogue)})))


@bp.post("/d/<uuid:dialogue_id>/oversight/members/new")
@requires(Action.RUN_OVERSIGHT)
def add_member(dialogue: Dialogue) -> ResponseReturnValue:
    """Somebody joins the group."""
    group, form = _group(dialogue), _offer(dialogue, MemberForm())
    if form.validate():
        with form.catching(), transaction():
            facts = form.values(_accounts(dialogue), reads.members_here(group))
            acts.add_member(group, facts, today=_today(dialogue), by=by_staff())
        if not form.is_refused:
            return _home(dialogue, gettext("The member is in the group now."))
    return _member_page(group, None, form), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/members/<uuid:member_id>")
@requires(Action.RUN_OVERSIGHT)
def member(dialogue: Dialogue, member_id: uuid.UUID) -> ResponseReturnValue:
    """What is written down about a member."""
    group = _group(dialogue)
    found = reads.find_member(group, member_id) or abort(404)
    form = MemberForm(formdata=None, data=MemberForm.present(found))
    return _member_page(group, found, _offer(dialogue, form, found))


@bp.post("/d/<uuid:dialogue_id>/oversight/members/<uuid:member_id>")
@requires(Action.RUN_OVERSIGHT)
def save_member(dialogue: Dialogue, member_id: uuid.UUID) -> ResponseReturnValue:
    """Saves it."""
    group = _group(dialogue)
    found = reads.find_member(group, member_id) or abort(404)
    form = _offer(dialogue, MemberForm(), found)
    if form.validate():
        with form.catching(), transaction():
            facts = form.values(_accounts(dialogue, found), reads.members_here(group))
            acts.edit_member(found, facts, today=_today(dialogue), by=by_staff())
        if not form.is_refused:
            return _home(dialogue, gettext("Saved."))
    return _member_page(group, found, form), 422


@bp.post("/d/<uuid:dialogue_id>/oversight/members/<uuid:member_id>/leave")
@requires(Action.RUN_OVERSIGHT)
def leave(dialogue: Dialogue, member_id: uuid.UUID) -> ResponseReturnValue:
    """A member leaves; they stay in the record."""
    group, form = _group(dialogue), LeaveForm()
    found = reads.find_member(group, member_id) or abort(404)
    if form.validate():
        with form.catching(), transaction():
            acts.leave_group(dialogue, found, on=form.day(), by=by_staff())
        if not form.is_refused:
            return _home(dialogue, gettext("The member has left. They stay in the record."))
    plain = _offer(dialogue, MemberForm(formdata=None, data=MemberForm.present(found)), found)
    return _member_page(group, found, plain, form), 422


@bp.get("/d/<uuid:dialogue_id>/oversight/interests")
@requires(Action.DECLARE_INTEREST)
def interests(dialogue: Dialogue) -> ResponseReturnValue:
    """A member's own interests."""
    me = _me(dialogue)
    return _interests_page(me, InterestsForm(formdata=None, data={"interests": me.interests if me else ""}))


@bp.post("/d/<uuid:dialogue_id>/oversight/interests")
@requires(Action.DECLARE_INTEREST)
def declare(dialogue: Dialogue) -> ResponseReturnValue:
    """Declares them."""
    me, form = _me(dialogue), InterestsForm()
    if form.validate() and me is not None:
        with form.catching(), transaction():
            acts.declare_interests(me, form.interests.data or "", today=_today(dialogue), by=by_staff())
        if not form.is_refused:
            return _home(dialogue, gettext("Your interests are declared."))
    return _interests_page(me, form), 422


def _group(dialogue: Dialogue) -> OversightGroup:
    return reads.group_of(dialogue) or abort(404)


def _me(dialogue: Dialogue) -> OversightMember | None:
    group = reads.group_of(dialogue)
    return reads.member_of(group, by_staff()) if group else None


def _today(dialogue: Dialogue) -> date:
    return today_in(dialogue, utcnow())


def _leads(dialogue: Dialogue) -> list[Account]:
    return reads.accounts_with(dialogue, [Role.FACILITATOR])


def _accounts(dialogue: Dialogue, member: OversightMember | None = None) -> list[Account]:
    """Overseers, and whoever the member signs in with already."""
    found = reads.accounts_with(dialogue, [Role.OVERSEER])
    kept = member.account if member is not None else None
    return found if kept is None or kept in found else [*found, kept]


def _offer(dialogue: Dialogue, form: MemberForm, member: OversightMember | None = None) -> MemberForm:
    others = [one for one in reads.members_here(_group(dialogue)) if one is not member]
    return form.offer(_accounts(dialogue, member), others)


def _home(dialogue: Dialogue, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for(".index", dialogue_id=dialogue.public_id), 303)


def _group_page(group: OversightGroup | None, form: GroupForm) -> str:
    return render_template("oversight/group.html", group=group, form=form)


def _member_page(
    group: OversightGroup, member: OversightMember | None, form: MemberForm, leaving: LeaveForm | None = None
) -> str:
    leaving = leaving or LeaveForm(formdata=None)
    return render_template("oversight/member.html", group=group, member=member, form=form, leaving=leaving)


def _interests_page(me: OversightMember | None, form: InterestsForm) -> str:
    return render_template("oversight/interests.html", me=me, form=form)
