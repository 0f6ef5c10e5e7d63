"""The three short screens before a dialogue, and changing permissions later."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires, start_afresh
from app.db import transaction
from app.forms.base import Form
from app.forms.consent import YES, NoticeForm, PermissionsForm, TakePartForm
from app.models.dialogues import Dialogue
from app.queries.access_applications import example_of
from app.queries.held_back import held_back
from app.queries.learning import transparency_texts
from app.services import consent, leaving
from deliberation.consent import ASKED, OPTIONAL, Screen, notice_parts, shown_digest, without_title

bp = Blueprint("consent", __name__)


@bp.get("/d/<uuid:dialogue_id>/before")
@requires(Action.TAKE_PART, before_consent=True)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """The one screen that is due; what is next when none is."""
    screen = consent.screen_before(by_participant())
    if screen is None:
        return redirect(url_for("taking_part.next_page", dialogue_id=dialogue.public_id), 303)
    return screen_page(dialogue, screen)


@bp.post("/d/<uuid:dialogue_id>/before")
@requires(Action.TAKE_PART, before_consent=True)
def answer(dialogue: Dialogue) -> ResponseReturnValue:
    """Records the answer to the screen that is due, as long as its words are those that were shown."""
    here = redirect(url_for("consent.show", dialogue_id=dialogue.public_id), 303)
    screen = consent.screen_before(by_participant())
    if screen is None:
        return here
    form = FORMS[screen]()
    if form.validate_on_submit():
        with form.catching(), transaction():
            goes = _record(dialogue, screen, form)
        if not form.is_refused:
            if not goes:
                return _after(dialogue, here)
            start_afresh()
            return render_template("consent/thanks.html", dialogue=None, participant=None, title=dialogue.title)
    return _screen(dialogue, screen, form), 422


@bp.get("/d/<uuid:dialogue_id>/how-we-checked")
@requires(Action.TAKE_PART, before_consent=True)
def transparency(dialogue: Dialogue) -> ResponseReturnValue:
    """The platform's own assessment and transparency record, as the dialogue holds them."""
    texts = transparency_texts(dialogue)
    held = held_back([material.id for material in texts])
    shown = [material.current for material in texts if material.id not in held]
    has_example = example_of(dialogue) is not None
    return render_template("consent/transparency.html", texts=shown, waits=bool(held), has_example=has_example)


@bp.get("/d/<uuid:dialogue_id>/permissions")
@requires(Action.CHANGE_OWN_PERMISSIONS, own=True)
def permissions(dialogue: Dialogue) -> ResponseReturnValue:
    """The permissions as they are now."""
    answers = consent.newest_answers(by_participant())
    given = [purpose.value for purpose in OPTIONAL if answers.get(purpose)]
    return _screen(dialogue, Screen.PERMISSIONS, PermissionsForm(formdata=None, given=given), is_change=True)


@bp.post("/d/<uuid:dialogue_id>/permissions")
@requires(Action.CHANGE_OWN_PERMISSIONS, own=True)
def save_permissions(dialogue: Dialogue) -> ResponseReturnValue:
    """Records what changed, and nothing else."""
    form = PermissionsForm()
    if form.validate_on_submit():
        with form.catching(), transaction():
            consent.check_shown(dialogue, OPTIONAL, form.digest.data or "", by=by_participant())
            consent.change_permissions(dialogue, form.chosen(), by=by_participant())
        if not form.is_refused:
            flash(gettext("Your permissions are saved."))
            return redirect(url_for("consent.permissions", dialogue_id=dialogue.public_id), 303)
    return _screen(dialogue, Screen.PERMISSIONS, form, is_change=True), 422


def _after(dialogue: Dialogue, here: ResponseReturnValue) -> ResponseReturnValue:
    """The next screen, or straight on to what is next after the last one."""
    if consent.screen_before(by_participant()) is not None:
        return here
    return redirect(url_for("taking_part.next_page", dialogue_id=dialogue.public_id), 303)


def screen_page(dialogue: Dialogue, screen: Screen) -> str:
    """A screen that nobody has answered yet."""
    return _screen(dialogue, screen, FORMS[screen](formdata=None))


FORMS: dict[Screen, type[NoticeForm | TakePartForm | PermissionsForm]] = {
    Screen.NOTICE: NoticeForm,
    Screen.TAKE_PART: TakePartForm,
    Screen.PERMISSIONS: PermissionsForm,
}


def _record(dialogue: Dialogue, screen: Screen, form: Form) -> bool:
    """Inside the transaction; True when the person goes, because they do not want to take part."""
    person = by_participant()
    texts = consent.check_shown(dialogue, ASKED[screen], str(form["digest"].data or ""), by=person)
    if isinstance(form, TakePartForm) and form.choice.data != YES:
        leaving.decline(dialogue, by=person)
        return True
    given = form.chosen() if isinstance(form, PermissionsForm) else ASKED[screen]
    for purpose in ASKED[screen]:
        consent.record_consent(dialogue, purpose, purpose in given, by=person, text=texts[purpose])
    return False


def _screen(dialogue: Dialogue, screen: Screen, form: Form, *, is_change: bool = False) -> str:
    texts = consent.texts_for(dialogue, ASKED[screen], by_participant().lang)
    form["digest"].data = shown_digest(texts)
    if isinstance(form, PermissionsForm):
        form.name_choices({purpose.value: text.label for purpose, text in texts.items()})
    first = next(iter(texts.values()), None)
    words, written_in = (first.text, first.lang) if first else ("", dialogue.lang)
    short, rest = notice_parts(words) if screen is Screen.NOTICE else (without_title(words), "")
    hints = {purpose.value: text.text for purpose, text in texts.items()}
    template = f"consent/{screen.value}.html"
    values = {"short": short, "rest": rest, "hints": hints, "written_in": written_in}
    return render_template(template, form=form, is_change=is_change, **values)
