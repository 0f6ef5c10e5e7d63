"""Writing an assessment: four sections, saved as one writes, suggestions of colleagues, gaps, and handing it in."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_staff
from app.db import transaction, utcnow
from app.forms.access_applications import MoveForm
from app.forms.assessment import SECTION_FORMS, AnswerForm, SectionForm, SuggestForm, section_data
from app.forms.assessment_template_words import QUESTIONS, SECTION_HELP, SECTIONS
from app.forms.base import Form
from app.forms.words import sentence
from app.models.access_applications import AccessApplication
from app.queries.assessment import answers_of, find_suggestion, suggestions_of
from app.services import assessment as acts
from app.services.assessment_moves import move
from app.views.access_guard import here, page_of, requires_application
from app.views.access_pages import frame
from deliberation.assessment import ApplicationState
from deliberation.assessment_template import CREDIT, CREDIT_URL, TEMPLATE, AssessmentQuestion, Section, section_of
from deliberation.drafting import SuggestionState
from deliberation.errors import RuleError

bp = Blueprint("assessment", __name__)


@dataclass(frozen=True)
class Clash:
    """Somebody saved other words while one wrote: theirs, for a look at both."""

    text: str
    by: str


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/write/<int:number>")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def write(application: AccessApplication, number: int) -> ResponseReturnValue:
    """One section of the four."""
    section = _section(number)
    form = SECTION_FORMS[section](formdata=None, data=section_data(section, answers_of(application)))
    return _page(application, section, form)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/write/<int:number>")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def save(application: AccessApplication, number: int) -> ResponseReturnValue:
    """Saves every answer of the section that can be saved; those that clash stay on the page with both words."""
    section = _section(number)
    form, clashes, by = SECTION_FORMS[section](), {}, by_staff()
    for question in TEMPLATE[section]:
        if (form[question.value].data or "").strip() == "" and form.based_on(question) == 0:
            continue
        try:
            with transaction():
                row = acts.save_answer(
                    application, question, form[question.value].data or "", based_on=form.based_on(question), by=by
                )
            form[f"{question.value}_seen"].data = str(row.version if row else 0)
        except RuleError as refused:
            if refused.code in {"application_fixed", "pen_elsewhere"}:
                form.refuse(refused)
                return _page(application, section, form), 409
            if refused.code == "answer_changed":
                clashes[question] = _clash(application, question)
                form[f"{question.value}_seen"].data = str(refused.facts["newest"])
            form[question.value].errors = [*form[question.value].errors, sentence(refused)]
    if form.errors:
        return _page(application, section, form, clashes), 409
    flash(gettext("Saved."))
    return redirect(url_for(".write", number=number, **here(application)), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/answers")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def autosave(application: AccessApplication) -> ResponseReturnValue:
    """One answer as the page's script sends it: 200 {version, said}, 409 {version, said, theirs}, or 422 {said}."""
    form = AnswerForm()
    asked, seen = form.question.data or "", str(form.based_on.data or "0")
    if asked not in set(AssessmentQuestion) or not seen.isdigit():
        return jsonify(said=gettext("This was not understood. Load the page again.")), 422
    question = AssessmentQuestion(asked)
    try:
        with transaction():
            row = acts.save_answer(application, question, form.text.data or "", based_on=int(seen), by=by_staff())
    except RuleError as refused:
        clash = _clash(application, question)
        version = refused.facts.get("newest", int(seen))
        return jsonify(said=sentence(refused), theirs=clash.text, by=clash.by, version=version), 409
    return jsonify(version=row.version if row else 0, said=gettext("Saved"))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/suggest")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def suggest(application: AccessApplication) -> ResponseReturnValue:
    """Words from somebody who does not hold the pen."""
    form = SuggestForm()
    asked = form.question.data or ""
    if asked not in set(AssessmentQuestion):
        return _page(application, Section.PROJECT, _fresh(application, Section.PROJECT), suggest=form), 422
    question = AssessmentQuestion(asked)
    section = section_of(question)
    with form.catching(), transaction():
        acts.suggest(application, question, form.text.data or "", by=by_staff())
    if form.is_refused:
        return _page(application, section, _fresh(application, section), suggest=form), 422
    flash(gettext("Your words are with whoever holds the pen."))
    return redirect(_at(application, question), 303)


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/suggestions/<uuid:suggested_id>")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def answer(application: AccessApplication, suggested_id: uuid.UUID) -> ResponseReturnValue:
    """Takes suggested words in, or leaves them out."""
    row, form = find_suggestion(application, suggested_id) or abort(404), Form()
    question = AssessmentQuestion(row.question)
    with form.catching(), transaction():
        taken = request.form.get("answer") == SuggestionState.TAKEN
        state = SuggestionState.TAKEN if taken else SuggestionState.NOT_TAKEN
        acts.answer_suggestion(application, row, state, by=by_staff())
    if form.is_refused:
        section = section_of(question)
        shown = _fresh(application, section)
        shown.form_errors.extend(form.form_errors)
        return _page(application, section, shown), 409
    return redirect(_at(application, question), 303)


@bp.get("/d/<uuid:dialogue_id>/access/<uuid:application_id>/hand-in")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def gaps(application: AccessApplication) -> ResponseReturnValue:
    """What is missing, and the button that hands it in."""
    return _hand_in_page(application, MoveForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/hand-in")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def hand_in(application: AccessApplication) -> ResponseReturnValue:
    """Submits it, or submits it again after the workshop; a version is kept."""
    return _go(application, _next_of(application), gettext("It is handed in. A version of it is kept."))


@bp.post("/d/<uuid:dialogue_id>/access/<uuid:application_id>/withdraw")
@requires_application(Action.APPLY_FOR_ACCESS, team=True)
def withdraw(application: AccessApplication) -> ResponseReturnValue:
    """Takes the application back; it is closed."""
    return _go(application, ApplicationState.CLOSED, gettext("The application is taken back."))


def _go(application: AccessApplication, to: ApplicationState, done: str) -> ResponseReturnValue:
    form = MoveForm()
    with form.catching(), transaction():
        move(application, to, by=by_staff(), why=form.why.data or "", now=utcnow())
    if form.is_refused:
        return _hand_in_page(application, form), 409
    flash(done)
    return redirect(page_of(application), 303)


def _next_of(application: AccessApplication) -> ApplicationState:
    again = application.state is ApplicationState.SYNTHESIS
    return ApplicationState.RESUBMITTED if again else ApplicationState.SUBMITTED


def _section(number: int) -> Section:
    sections = list(Section)
    return sections[number - 1] if 1 <= number <= len(sections) else abort(404)


def _at(application: AccessApplication, question: AssessmentQuestion) -> str:
    number = list(Section).index(section_of(question)) + 1
    return f"{url_for('.write', number=number, **here(application))}#q-{question.value}"


def _fresh(application: AccessApplication, section: Section) -> SectionForm:
    return SECTION_FORMS[section](formdata=None, data=section_data(section, answers_of(application)))


def _clash(application: AccessApplication, question: AssessmentQuestion) -> Clash:
    row = answers_of(application).get(question)
    return Clash(row.text if row else "", row.edited_by.display_name if row and row.edited_by else "")


def _page(
    application: AccessApplication,
    section: Section,
    form: SectionForm,
    clashes: dict[AssessmentQuestion, Clash] | None = None,
    suggest: SuggestForm | None = None,
) -> str:
    open_ones = suggestions_of(application)
    values = frame(application)
    return render_template(
        "assessment/write.html",
        **values,
        form=form,
        section=section,
        number=list(Section).index(section) + 1,
        questions=TEMPLATE[section],
        answers=answers_of(application),
        clashes=clashes or {},
        suggest=suggest or SuggestForm(formdata=None),
        suggestions={q: [one for one in open_ones if one.question == q] for q in TEMPLATE[section]},
        section_gaps=[gap for gap in values["gaps"] if gap.place == section],
        **template_words(),
    )


def template_words() -> dict[str, object]:
    """The words of the template and whom it follows, for every page that shows it."""
    return {
        "SECTIONS": SECTIONS, "SECTION_HELP": SECTION_HELP, "QUESTIONS": QUESTIONS, "TEMPLATE": TEMPLATE,
        "credit": CREDIT, "credit_url": CREDIT_URL,
    }  # fmt: skip


def _hand_in_page(application: AccessApplication, form: MoveForm) -> str:
    values = frame(application)
    places = list(dict.fromkeys(gap.place for gap in values["gaps"]))
    return render_template(
        "assessment/hand_in.html", **values, form=form, places=places, to=_next_of(application), **template_words()
    )
