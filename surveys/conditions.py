"""Whether the conditions of a questionnaire hold together: each asks about questions that come before it."""

from collections.abc import Iterator

from surveys.errors import SurveyDefinitionError
from surveys.expressions import ARITHMETIC, Binary, ListOf, Node, Reference, references, walk
from surveys.questions import Condition, Question, QuestionKind, Questionnaire


def check_conditions(questionnaire: Questionnaire) -> None:
    """Refuse an unknown name, a question not yet asked, and sums over a list. Raises SurveyDefinitionError.

    Asking only about earlier questions means that one pass in order settles what is shown, with no circles.
    """
    known = {name for question in questionnaire.questions for name in answer_names(question)}
    lists = {question.name for question in questionnaire.questions if question.kind is QuestionKind.CHECKBOX}
    earlier: set[str] = set()
    for page in questionnaire.pages:
        for property, condition in _named(visibleIf=page.visible_if):
            _check(page.name, property, condition, earlier, known, lists)
        for question in page.questions:
            for property, condition in _named(visibleIf=question.visible_if, requiredIf=question.required_if):
                _check(question.name, property, condition, earlier, known, lists)
            earlier.update(answer_names(question))


def answer_names(question: Question) -> tuple[str, ...]:
    """The names under which a question is answered: none, its own, and that of "something else"."""
    if not question.is_item:
        return ()
    return (question.name, question.comment_name) if question.has_other else (question.name,)


def _named(**conditions: Condition | None) -> Iterator[tuple[str, Condition]]:
    yield from ((property, condition) for property, condition in conditions.items() if condition is not None)


def _check(
    element: str, property: str, condition: Condition, earlier: set[str], known: set[str], lists: set[str]
) -> None:
    for name in sorted(references(condition.tree) - earlier):
        code = "expression_later_question" if name in known else "expression_unknown_question"
        raise SurveyDefinitionError(code, element, property, found=name)
    for node in walk(condition.tree):
        if isinstance(node, Binary) and node.operator in ARITHMETIC:
            for side in (node.left, node.right):
                if _is_list(side, lists):
                    raise SurveyDefinitionError("expression_list_arithmetic", element, property, found=node.operator)


def _is_list(node: Node, lists: set[str]) -> bool:
    """Whether a value may be a list: written so, a question with several answers, or `and`/`or` handing one on."""
    if isinstance(node, Binary) and node.operator in ("and", "or"):
        return _is_list(node.left, lists) or _is_list(node.right, lists)
    return isinstance(node, ListOf) or (isinstance(node, Reference) and node.name in lists)
