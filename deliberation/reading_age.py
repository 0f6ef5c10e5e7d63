"""How hard a text is to read, by formula: a hint for its writer, never a verdict."""

import re

HARD_GRADE = 9.0
"""School grade from which a text counts as hard: its readers would have to be about 14."""
_AGE_OF_GRADE = 5


def syllables(word: str) -> int:
    """A rough count for English words."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith(("es", "ed")) and not word.endswith(("ted", "ded", "ses", "ces", "zes", "ges", "xes", "shes")):
        count -= 1
    if word.endswith("e") and not word.endswith("le"):
        count -= 1
    return max(count, 1)


def reading_grade(text: str) -> float:
    """School grade: the mean of Flesch-Kincaid and the Automated Readability Index; 0.0 for no words."""
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9'’-]*", text)
    if not words:
        return 0.0
    sentences = max(1, sum(1 for part in re.split(r"[.!?:\n]+", text) if re.search(r"[A-Za-z]", part)))
    length = len(words) / sentences
    kincaid = 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    ari = 4.71 * sum(len(re.sub(r"\W", "", word)) for word in words) / len(words) + 0.5 * length - 21.43
    return (kincaid + ari) / 2


def reading_age(text: str) -> int:
    """The age of readers for whom it is about right, in whole years."""
    return max(5, round(reading_grade(text)) + _AGE_OF_GRADE)


def is_hard(text: str) -> bool:
    """Whether a summary in plain words should be made plainer."""
    return reading_grade(text) > HARD_GRADE
