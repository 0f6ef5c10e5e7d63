"""What a questionnaire is refused for: a code, the element and the property, never a sentence for people."""

from typing import Any

from deliberation.errors import RuleError


class SurveyDefinitionError(RuleError):
    """A definition outside the subset. `element` is a name or a place such as "pages[0]"; `property` is what was wrong.

    `code` is one of: not_an_object, unknown_property, wrong_type, missing, empty, unknown_type, bad_text,
    not_a_number, name_missing, bad_name, name_repeated, choices_missing, choice_repeated, bad_limits, too_long,
    too_many, has_markup, and the codes of ExpressionError for a condition that does not hold together.
    """

    def __init__(self, code: str, element: str, property: str, **facts: Any) -> None:
        super().__init__(code, element=element, property=property, **facts)
        self.element = element
        self.property = property


class ExpressionError(RuleError):
    """A condition that cannot be used. `facts["position"]` is where in the text; `facts["found"]` is what stood there.

    `code` is one of: expression_too_long, expression_too_deep, expression_character, expression_unclosed_text,
    expression_function, expression_bare_word, expression_operator, expression_reference, expression_unexpected,
    expression_ends_early; and, found when the questionnaire is read: expression_unknown_question,
    expression_later_question, expression_list_arithmetic.
    """
