"""The warning about personal data that comes before somebody's words are kept. It never blocks."""

from collections.abc import Callable

from flask import render_template

from app.forms.own_words import WordsForm
from app.forms.warnings import PERSONAL_DATA
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.views.stage_pages import shell
from deliberation.personal_data import find_personal_data, without


def warning_page(
    dialogue: Dialogue,
    stage: Stage | None,
    by: Participant,
    form: WordsForm,
    *,
    address: str,
    with_box: Callable[[], str],
) -> str | None:
    """The page to show instead of keeping the words; None when they can be kept as they are.

    Args:
        address: where "take it out" and "keep it" are sent.
        with_box: renders the page with the box, once what was found has been taken out.
    """
    text = form.text.data or ""
    found = find_personal_data(text)
    if form.keep.data == "take_out":
        form.text.data = without(text, found)
        return with_box()
    if not found or form.keep.data == "yes":
        return None
    return render_template(
        "own_words/warning.html",
        **shell(dialogue, stage, by, is_preview=False),
        form=form,
        address=address,
        found=[(PERSONAL_DATA[one.kind], text[one.start : one.end]) for one in found],
    )
