"""Questionnaires as data: read, checked, and evaluated without a web or a database."""

from surveys.evaluation import Checked, check, visible_questions
from surveys.questions import Choice, Page, Question, QuestionKind, Questionnaire, SurveyDefinitionError, parse

__all__ = [
    "Checked",
    "Choice",
    "Page",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "SurveyDefinitionError",
    "check",
    "parse",
    "visible_questions",
]
