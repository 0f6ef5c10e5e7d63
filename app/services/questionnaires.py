"""Making, editing and copying questionnaires; what is kept is always what `surveys.parse` accepts."""

import copy

from app.db import db
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.questionnaires import Questionnaire
from app.queries.questionnaires import is_answered
from app.queries.stages import questionnaires_of
from app.services.learning import free_key
from app.services.recording import record
from deliberation.comments import check_words
from deliberation.errors import RuleError
from deliberation.events import EventKind
from surveys import editing, parse
from surveys.questions import Definition

TITLE_LIMIT = 200


def add_questionnaire(dialogue: Dialogue, *, title: str, by: Account) -> Questionnaire:
    """A questionnaire without questions."""
    words = check_words(title, limit=TITLE_LIMIT)
    return _add(dialogue, words, editing.begin(words), dialogue.lang, by, "added")


def copy_questionnaire(dialogue: Dialogue, row: Questionnaire, *, title: str, by: Account) -> Questionnaire:
    """The same questions under another title, which nobody has answered."""
    words = check_words(title[:TITLE_LIMIT], limit=TITLE_LIMIT)
    definition = copy.deepcopy(row.definition)
    heading = editing.with_heading(definition, words, editing.words_of(definition.get("description")))
    return _add(dialogue, words, heading, row.lang, by, "copied")


def edit_heading(row: Questionnaire, *, title: str, description: str, by: Account) -> None:
    """Another title and description. RuleError `questionnaire_answered`."""
    words = check_words(title, limit=TITLE_LIMIT)
    _keep(row, editing.with_heading(row.definition, words, description.strip()), "heading", by)
    row.title = words
    db.session.flush()


def add_question(row: Questionnaire, asked: editing.Asked, *, by: Account) -> str:
    """A question after the last one; the name it was given.

    Raises:
        RuleError: `questionnaire_answered`, or what `surveys.parse` refuses.
    """
    definition, name = editing.with_question(row.definition, asked)
    _keep(row, definition, f"added {name}", by)
    return name


def edit_question(row: Questionnaire, name: str, asked: editing.Asked, *, by: Account) -> None:
    """Changes a question. Raises as `add_question`; `choice_in_condition`."""
    _keep(row, editing.with_changes(row.definition, name, asked), f"edited {name}", by)


def remove_question(row: Questionnaire, name: str, *, by: Account) -> None:
    """Takes a question out. Raises as `add_question`."""
    _keep(row, editing.without_question(row.definition, name), f"removed {name}", by)


def shift_question(row: Questionnaire, name: str, step: int, *, by: Account) -> None:
    """Moves a question one place up (-1) or down (+1). Raises as `add_question`."""
    _keep(row, editing.with_shift(row.definition, name, step), f"moved {name}", by)


def _add(
    dialogue: Dialogue, title: str, definition: Definition, lang: str, by: Account, change: str
) -> Questionnaire:
    parse(definition)
    key = free_key(title, {other.key for other in questionnaires_of(dialogue)})
    row = Questionnaire(dialogue_id=dialogue.id, key=key, title=title, definition=definition, lang=lang)
    db.session.add(row)
    db.session.flush()
    _edited(row, change, by)
    return row


def _keep(row: Questionnaire, definition: Definition, change: str, by: Account) -> None:
    if definition == row.definition:
        return
    if is_answered(row):
        raise RuleError("questionnaire_answered")
    parse(definition)
    row.definition = definition
    db.session.flush()
    _edited(row, change, by)


def _edited(row: Questionnaire, change: str, by: Account) -> None:
    facts = {"key": row.key, "change": change}
    record(EventKind.QUESTIONNAIRE_EDITED, by=by, dialogue_id=row.dialogue_id, about=row, facts=facts)
