"""Where one person stands in a questionnaire: the pages they see, how far they are, what comes next."""

from collections.abc import Mapping
from typing import Any

from surveys.evaluation import check, visible_questions
from surveys.questions import Page, Questionnaire


def visible_pages(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages with something to show, in order."""
    shown = {question.name for question in visible_questions(questionnaire, answers)}
    return tuple(page for page in questionnaire.pages if any(question.name in shown for question in page.questions))


def next_page(questionnaire: Questionnaire, answers: Mapping[str, Any], after: str | None = None) -> Page | None:
    """The first page with something to show after the page named `after` (None: from the start), else None.

    Raises ValueError when no page has that name.
    """
    names = [page.name for page in questionnaire.pages]
    start = 0 if after is None else names.index(after) + 1
    shown = {page.name for page in visible_pages(questionnaire, answers)}
    return next((page for page in questionnaire.pages[start:] if page.name in shown), None)


def percent_complete(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> int:
    """Of the questions shown, how many in a hundred have a good answer, rounded down. Nothing to ask counts as 100."""
    items = [question for question in visible_questions(questionnaire, answers) if question.is_item]
    good = check(questionnaire, answers).answers
    return 100 * sum(question.name in good for question in items) // len(items) if items else 100
