"""A combination read back as one sentence, to whoever made it and to others."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext

from app.forms import labels
from deliberation.stewardship import NOBODY, CombinationQuestion, combination_parts


def mix_phrase(answers: Mapping[CombinationQuestion, str]) -> str:
    """Four answers as phrases, whoever gave them."""
    said = [str(labels.COMBINATION_PHRASES[question].get(answer, answer)) for question, answer in answers.items()]
    return ", ".join(said)


def combination_sentence(answers: Mapping[str, str]) -> str:
    """Four answers as one sentence in the page's language; empty for no answers."""
    known = {question: answers[question.value] for question in CombinationQuestion if question.value in answers}
    parts = combination_parts(known)
    if not parts:
        return ""
    if len(parts) == 1 and parts[0][1] == NOBODY:
        return gettext("You said that no one should get the scans for AI.")
    said = _phrases(parts)
    if len(said) == 1:
        return gettext("You said: %(one)s.", one=said[0])
    return gettext("You said: %(first)s, and %(last)s.", first=", ".join(said[:-1]), last=said[-1])


def combination_words(answers: Mapping[str, str]) -> str:
    """Four answers as one sentence that says nothing of who made it; empty for no answers."""
    known = {question: answers[question.value] for question in CombinationQuestion if question.value in answers}
    parts = combination_parts(known)
    if not parts:
        return ""
    if len(parts) == 1 and parts[0][1] == NOBODY:
        return gettext("No one should get the scans for AI.")
    said = _phrases(parts)
    words = said[0] if len(said) == 1 else gettext("%(first)s, and %(last)s", first=", ".join(said[:-1]), last=said[-1])
    return f"{words[:1].upper()}{words[1:]}."


def _phrases(parts: Sequence[tuple[CombinationQuestion, str]]) -> list[str]:
    return [str(labels.COMBINATION_PHRASES[question].get(answer, answer)) for question, answer in parts]
