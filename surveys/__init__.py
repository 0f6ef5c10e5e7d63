"""Questionnaires as data: read a definition, say what is shown, check the answers. It knows no web and no database.

What the app calls: `parse(definition) -> Questionnaire`, `visible_questions(questionnaire, answers)`,
`check(questionnaire, raw_answers) -> Checked`. The subset of SurveyJS JSON is written down in `surveys.questions`.
"""

from surveys.errors import SurveyDefinitionError
from surveys.evaluation import Checked, check, required_questions, visible_questions
from surveys.parsing import parse
from surveys.questions import Choice, Page, Question, QuestionKind, Questionnaire, Text, text_in
from surveys.responses import next_page, percent_complete, visible_pages

__all__ = [
    "Checked",
    "Choice",
    "Page",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "SurveyDefinitionError",
    "Text",
    "check",
    "next_page",
    "parse",
    "percent_complete",
    "required_questions",
    "text_in",
    "visible_pages",
    "visible_questions",
]
