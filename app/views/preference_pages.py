"""Builds the ballot pages of preference questions, for a participant and for staff who preview them."""

from typing import Any

from flask import render_template, request

from app.forms.base import Form
from app.forms.preferences import AcceptForm, DotsForm, OrderForm
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.preferences import PreferenceOption, PreferenceQuestion
from app.queries.preferences import acceptance_of_models, answer_of, option_pages, options_for
from app.services.recording import new_client_key
from app.views.stage_pages import shell
from deliberation.preferences import PreferenceKind, dots_left

Values = dict[str, Any]


def ballot_page(
    dialogue: Dialogue,
    stage: Stage,
    question: PreferenceQuestion,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    form: Form | None = None,
    places: dict[str, int] | None = None,
) -> str:
    """The page on which one question is answered; `form` and `places` carry what was refused."""
    values = {**shell(dialogue, stage, participant, is_preview=is_preview), "question": question}
    if question.kind is PreferenceKind.APPROVAL:
        return render_template("preferences/dots.html", **values, **_dots(question, participant, form))
    return render_template("preferences/order.html", **values, **_order(question, participant, form, places))


def accept_page(
    dialogue: Dialogue, stage: Stage, question: PreferenceQuestion, participant: Participant, form: Form | None = None
) -> str:
    """Which options the person could accept, in the order they put them."""
    answer = answer_of(question, participant)
    return render_template(
        "preferences/accept.html",
        **shell(dialogue, stage, participant, is_preview=False),
        question=question,
        options=_in_order(options_for(question, participant), answer.places),
        said=answer.acceptance or acceptance_of_models(question, participant),
        form=form or AcceptForm(formdata=None, data={"client_key": new_client_key()}),
    )


def page_number(question: PreferenceQuestion) -> int:
    """The page of a long list that is asked for, from 1 on."""
    wanted = request.args.get("page", default=1, type=int)
    return min(max(1, wanted), -(-len(question.options) // 12))


def _dots(question: PreferenceQuestion, participant: Participant | None, form: Form | None) -> Values:
    answer = answer_of(question, participant)
    pages = option_pages(question, participant)
    number = page_number(question)
    if form is None:
        given = {"dots": list(answer.dots), "none": answer.is_none, "no_access": answer.no_access}
        form = DotsForm(formdata=None, data={**given, "client_key": new_client_key()})
        form.offer(question, pages[number - 1])
    texts = {one.key: one.text for one in question.options}
    here = {one.key for one in pages[number - 1]}
    return {
        "form": form,
        "number": number,
        "count": len(pages),
        "given": len(answer.dots),
        "left": dots_left(answer.dots, question.dots),
        "elsewhere": sorted(texts[key] for key in answer.dots - here),
    }


def _order(
    question: PreferenceQuestion, participant: Participant | None, form: Form | None, places: dict[str, int] | None
) -> Values:
    answer = answer_of(question, participant)
    if form is None:
        given = {"none": answer.is_none, "no_access": answer.no_access, "client_key": new_client_key()}
        form = OrderForm(formdata=None, data=given)
    shown = dict(answer.places) if places is None else places
    options = _in_order(options_for(question, participant), shown)
    return {"form": form, "options": options, "places": shown, "ranked": len(shown)}


def _in_order(options: list[PreferenceOption], places: Any) -> list[PreferenceOption]:
    return sorted(options, key=lambda one: places.get(one.key, len(options) + 1))
