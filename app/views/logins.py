"""Staff sign in and out, change their password, and (in the example only) sign in by a printed link."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext
from flask_limiter.util import get_remote_address

from app.access import by_staff, keep_device, keep_login, limiter, login_token, public, staff, start_afresh
from app.db import transaction
from app.forms import labels
from app.forms.logins import PasswordForm, SignInForm
from app.models.people import Account, Participant
from app.queries.people import roles_anywhere
from app.services import joining, logins
from deliberation.logins import same_email

bp = Blueprint("logins", __name__)


def _tried_email() -> str:
    return same_email(request.form.get("email", ""))[:320] or get_remote_address()


def _failed(response: Response) -> bool:
    return response.status_code == 422


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """E-mail and password, for staff."""
    return render_template("logins/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
@public
@limiter.limit("20/minute;100/hour", deduct_when=_failed)
@limiter.limit("10/15minutes", key_func=_tried_email, deduct_when=_failed)
def sign_in_post() -> ResponseReturnValue:
    """The same reply and the same work, whether the address or the password is wrong."""
    form = SignInForm()
    account = None
    if form.validate_on_submit():
        account = logins.account_for(form.email.data or "", form.password.data or "")
        if account is None:
            form.form_errors.append(gettext("The e-mail address or the password is not right."))
    if account is None:
        return render_template("logins/sign_in.html", form=form), 422
    _start(account)
    return redirect(url_for("dialogues.index"), 303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Revokes the login of this browser and forgets it."""
    token = login_token()
    if token:
        with transaction():
            logins.end_login(token)
    start_afresh()
    return redirect(url_for("home.index"), 303)


@bp.get("/password")
@staff()
def password() -> ResponseReturnValue:
    """Change one's own password."""
    return render_template("logins/password.html", form=PasswordForm())


@bp.post("/password")
@staff()
@limiter.limit("10/15minutes", key_func=login_token, deduct_when=_failed)
def password_post() -> ResponseReturnValue:
    """Keeps this login and ends all others of the account."""
    form = PasswordForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            logins.change_password(form.old.data or "", form.new.data or "", keep=login_token(), by=by_staff())
        if not form.is_refused:
            flash(gettext("Your password is changed. Other browsers are signed out."))
            return redirect(url_for("dialogues.index"), 303)
    return render_template("logins/password.html", form=form), 422


@bp.get("/demo/<token>")
@public
def demo(token: str) -> ResponseReturnValue:
    """One button, in the example only; the link can be used again."""
    found = _found(token)
    is_staff = isinstance(found, Account)
    roles = [labels.ROLES[role] for role in roles_anywhere(found)] if isinstance(found, Account) else []
    name = found.display_name if isinstance(found, Account) else found.pseudonym
    return render_template("logins/demo.html", token=token, name=name, role_words=roles, is_staff=is_staff)


@bp.post("/demo/<token>")
@public
def demo_post(token: str) -> ResponseReturnValue:
    """Signs in as whom the link names."""
    found = _found(token)
    if isinstance(found, Account):
        _start(found)
        return redirect(url_for("dialogues.index"), 303)
    with transaction():
        device = joining.add_device(found)
    keep_device(device)
    return redirect(url_for("taking_part.home"), 303)


def _start(account: Account) -> None:
    with transaction():
        token = logins.start_login(account)
    keep_login(account, token)


def _found(token: str) -> Account | Participant:
    if not current_app.config["IS_DEMO"]:
        abort(404)
    link = logins.read_demo_token(token, str(current_app.config["SECRET_KEY"]))
    return (logins.owner_of_link(link) if link else None) or abort(404)
