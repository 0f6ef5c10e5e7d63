"""Coming in and going: session codes, personal links, the lobby, return codes, and leaving."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext

from app.access import Action, by_participant, current_participant, keep_device, limiter, public, requires, start_afresh
from app.db import db, transaction, utcnow
from app.forms.joining import DIALOGUE, CodeForm, EmptyForm, LeaveForm, NameForm, ReturnCodeForm
from app.guesses import note_guess
from app.languages import LANGUAGES
from app.models.dialogues import Dialogue
from app.models.vault import Invitation
from app.queries import joining as queries
from app.queries.dialogues import find_dialogue_by_text
from app.services import consent, joining, leaving
from deliberation.consent import Purpose, notice_parts
from deliberation.joining import (
    Admission,
    InvitationState,
    LobbyState,
    admission,
    invitation_state,
    lobby_state,
)

bp = Blueprint("joining", __name__)


def _failed(response: Response) -> bool:
    is_wrong = response.status_code == 422
    if is_wrong:
        note_guess(request.remote_addr or "")
    return is_wrong


guesses = limiter.shared_limit("40/minute;400/hour", scope="codes", deduct_when=_failed)
"""Failed codes from one address. A whole panel may sit behind one, so the limit is wide; codes are long."""


@bp.get("/join")
@public
def join() -> ResponseReturnValue:
    """Asks for the code of a dialogue."""
    return render_template("joining/join.html", form=CodeForm())


@bp.post("/join")
@public
@guesses
def join_post() -> ResponseReturnValue:
    """To the lobby in a panel, straight in where anyone may take part."""
    form = CodeForm()
    dialogue = queries.dialogue_of_code(form.code.data or "") if form.validate_on_submit() else None
    if dialogue is None:
        if not form.is_refused:
            form.code.errors = [gettext("We do not know this code. Look at it again, or ask the team.")]
        return render_template("joining/join.html", form=form), 422
    if admission(dialogue.mode) is Admission.LOBBY:
        session["wants_in"] = str(dialogue.public_id)
        return redirect(url_for("joining.lobby_notice"), 303)
    here = current_participant()
    if here is not None and here.dialogue_id == dialogue.id:  # the code typed again makes no second person
        return redirect(url_for("taking_part.home"), 303)
    with transaction():
        device = joining.join_with_code(dialogue, lang=_language(dialogue))
    return _in(dialogue, device)


@bp.get("/join/<token>")
@public
def invited(token: str) -> ResponseReturnValue:
    """What the dialogue is, and one button. Mail scanners open links, so looking uses nothing up."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return render_template("joining/ended.html", state="unknown"), 404
    state = _state(invitation)
    if state is not InvitationState.VALID:
        return render_template("joining/ended.html", state=state.value), 410
    dialogue = queries.dialogue_of_seat(queries.seat_of(invitation))
    upcoming = queries.next_session(dialogue)
    return render_template(
        "joining/invited.html", token=token, dialogue=dialogue, participant=None, form=EmptyForm(), upcoming=upcoming
    )


@bp.post("/join/<token>")
@public
def invited_post(token: str) -> ResponseReturnValue:
    """Uses the link up and makes this browser the person's device."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return render_template("joining/ended.html", state="unknown"), 404
    dialogue = queries.dialogue_of_seat(queries.seat_of(invitation))
    device, form = "", EmptyForm()
    with form.catching(), transaction():
        device = joining.accept_invitation(invitation, lang=_language(dialogue))
    if not device:
        return render_template("joining/ended.html", state=_state(invitation).value), 410
    return _in(dialogue, device)


@bp.get("/lobby/notice")
@public
def lobby_notice() -> ResponseReturnValue:
    """The privacy notice, before anybody is asked for a name."""
    dialogue = _wanted()
    if dialogue is None:
        return redirect(url_for("joining.join"), 303)
    text = consent.current_text(dialogue, Purpose.PRIVACY_NOTICE, _language(dialogue))
    short, rest = notice_parts(text.text if text else "")
    values = {"dialogue": dialogue, "participant": None, "short": short, "rest": rest}
    return render_template("joining/notice.html", **values, written_in=text.lang if text else dialogue.lang)


@bp.get("/lobby/name")
@public
def lobby_name() -> ResponseReturnValue:
    """Asks for the name that the team looks for."""
    dialogue = _wanted()
    if dialogue is None:
        return redirect(url_for("joining.join"), 303)
    return render_template("joining/name.html", dialogue=dialogue, participant=None, form=NameForm())


@bp.post("/lobby/name")
@public
@limiter.limit("120/minute")
def lobby_name_post() -> ResponseReturnValue:
    """Into the lobby."""
    dialogue, form, token = _wanted(), NameForm(), ""
    if dialogue is None:
        return redirect(url_for("joining.join"), 303)
    if form.validate_on_submit():
        with form.catching(), transaction():
            token = joining.enter_lobby(dialogue, form.name.data or "")
    if not token:
        return render_template("joining/name.html", dialogue=dialogue, participant=None, form=form), 422
    start_afresh()
    session["lobby"] = token
    return redirect(url_for("joining.lobby"), 303)


@bp.get("/lobby")
@public
def lobby() -> ResponseReturnValue:
    """Waiting, matched, or not on the roll."""
    entry = queries.lobby_entry_of(session.get("lobby", ""))
    if entry is None:
        return redirect(url_for("joining.join"), 303)
    state = lobby_state(matched_at=entry.matched_at, refused_at=entry.refused_at)
    dialogue = db.session.get(Dialogue, entry.dialogue_id)
    return render_template("joining/lobby.html", state=state.value, dialogue=dialogue, participant=None)


@bp.post("/lobby")
@public
def come_in() -> ResponseReturnValue:
    """From the lobby to one's seat."""
    entry = queries.lobby_entry_of(session.get("lobby", ""))
    if entry is None:
        return redirect(url_for("joining.join"), 303)
    if lobby_state(matched_at=entry.matched_at, refused_at=entry.refused_at) is not LobbyState.MATCHED:
        return redirect(url_for("joining.lobby"), 303)
    dialogue = db.session.get_one(Dialogue, entry.dialogue_id)
    with transaction():
        device = joining.come_in(entry, lang=_language(dialogue))
    return _in(dialogue, device)


@bp.get("/return")
@public
def come_back() -> ResponseReturnValue:
    """Asks for a return code."""
    return render_template("joining/come_back.html", form=ReturnCodeForm())


@bp.post("/return")
@public
@guesses
def come_back_post() -> ResponseReturnValue:
    """A return code makes this browser one more device of the person."""
    form, device = ReturnCodeForm(), None
    if form.validate_on_submit():
        with transaction():
            device = joining.come_back(form.code.data or "")
        if device is None:
            form.code.errors = [gettext("We do not know this code. Look at it again, or ask the team for a new one.")]
    if device is None:
        return render_template("joining/come_back.html", form=form), 422
    keep_device(device)
    return redirect(url_for("taking_part.home"), 303)


@bp.post("/d/<uuid:dialogue_id>/return-code")
@requires(Action.TAKE_PART)
def new_return_code(dialogue: Dialogue) -> ResponseReturnValue:
    """A new return code, shown once."""
    with transaction():
        person = by_participant()
        code = joining.issue_return_code(person, by=person)
    return render_template("joining/return_code.html", code=code)


@bp.get("/d/<uuid:dialogue_id>/leave")
@requires(Action.LEAVE, own=True, before_consent=True)
def leave(dialogue: Dialogue) -> ResponseReturnValue:
    """Says what each way of leaving means, before it is chosen."""
    return render_template("joining/leave.html", form=LeaveForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/leave")
@requires(Action.LEAVE, own=True, before_consent=True)
def leave_post(dialogue: Dialogue) -> ResponseReturnValue:
    """Leaves this device, or the dialogue for good."""
    form = LeaveForm()
    if not form.validate_on_submit():
        return render_template("joining/leave.html", form=form), 422
    with transaction():
        if form.what.data == DIALOGUE:
            leaving.leave_dialogue(dialogue, by=by_participant())
        else:
            leaving.leave_device(session["device"], by=by_participant())
    start_afresh()
    gone_for_good = form.what.data == DIALOGUE
    return render_template("joining/left.html", dialogue=None, participant=None, gone_for_good=gone_for_good)


def _in(dialogue: Dialogue, device: str) -> ResponseReturnValue:
    keep_device(device)
    return redirect(url_for("consent.show", dialogue_id=dialogue.public_id), 303)


def _state(invitation: Invitation) -> InvitationState:
    return invitation_state(
        expires_at=invitation.expires_at,
        used_at=invitation.used_at,
        revoked_at=invitation.revoked_at,
        now=utcnow(),
    )


def _wanted() -> Dialogue | None:
    return find_dialogue_by_text(session.get("wants_in", ""))


def _language(dialogue: Dialogue) -> str:
    """The language a person chose on these pages, else the dialogue's."""
    chosen = session.get("lang")
    return str(chosen) if chosen in LANGUAGES else dialogue.lang
