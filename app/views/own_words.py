"""The warning about personal data that comes before somebody's words are kept. It never blocks."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request

from app.forms.warnings import warning_about
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.views.stage_pages import shell
from deliberation.personal_data import find_personal_data, without


def warning_page(
    dialogue: Dialogue,
    stage: Stage | None,
    by: Participant,
    form: Any,
    *,
    address: str,
    with_box: Callable[[], str],
    field: str = "text",
    as_fragment: bool = False,
) -> str | None:
    """The page to show instead of keeping the words; None when they can be kept as the field of the form now has them.

    "Take it out" changes the field and goes on: the page before has shown what will be kept.

    Args:
        form: a form with `keep` (see `MindsPersonalData`).
        address: where the choice is sent, with everything else that the form was sent with.
        with_box: renders the page with the box, for those who would rather change their words.
        field: the name of the field with the words.
        as_fragment: only the card, for the script that swaps it in.
    """
    box = getattr(form, field)
    text = box.data or ""
    if form.keep.data == "change":
        return with_box()
    if form.keep.data == "take_out":
        box.data = without(text, find_personal_data(text))
    if form.keep.data:
        return None
    warning = warning_about(text, request.form.items(multi=True))
    if warning is None:
        return None
    values = shell(dialogue, stage, by, is_preview=False)
    name = "own_words/card.html" if as_fragment else "own_words/warning.html"
    return render_template(name, **values, address=address, warning=warning)
