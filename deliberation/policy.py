"""The published moderation policy: for each reason, the words its author reads, what it means, and examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.moderation import ReasonCode

WORDS_LIMIT = 120
MEANS_LIMIT = 600
INTRO_LIMIT = 2000
EXAMPLES_MOST = 5


@dataclass(frozen=True)
class PolicyReason:
    """One reason. `words`: the sentence an author reads; `means`: when it holds; `examples`: invented ones."""

    words: str
    means: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Policy:
    """What is shown, and the six reasons for which it is not. `version` 0: nobody has edited it yet."""

    intro: str
    reasons: Mapping[ReasonCode, PolicyReason]
    version: int = 0

    def as_rows(self) -> dict[str, dict[str, Any]]:
        """The reasons as plain values, for the database."""
        return {
            code.value: {"words": one.words, "means": one.means, "examples": list(one.examples)}
            for code, one in self.reasons.items()
        }


def policy_of(intro: str, rows: Mapping[str, Mapping[str, Any]], version: int = 0) -> Policy:
    """The policy that these plain values hold; what is missing is filled from `DEFAULT`."""
    reasons = {}
    for code in ReasonCode:
        row = rows.get(code.value)
        reasons[code] = (
            DEFAULT.reasons[code]
            if row is None
            else PolicyReason(str(row["words"]), str(row.get("means", "")), tuple(row.get("examples", ())))
        )
    return Policy(intro, reasons, version)


def check_reason(words: str, means: str, examples: Sequence[str]) -> PolicyReason:
    """The tidied reason; RuleError `words_empty`, `words_too_long` or `too_many_examples` (limit)."""
    kept = tuple(tidy(one) for one in examples if tidy(one))
    if len(kept) > EXAMPLES_MOST:
        raise RuleError("too_many_examples", limit=EXAMPLES_MOST)
    for one in kept:
        check_words(one, limit=MEANS_LIMIT)
    clean = check_words(" ".join(words.split()), limit=WORDS_LIMIT).rstrip(".")
    return PolicyReason(clean, check_words(means, limit=MEANS_LIMIT), kept)


DEFAULT = Policy(
    "Your words are shown to everyone unless one of six reasons holds. We decide about words, never about people, and "
    "never because of the view you hold. A person on the team decides, not a program. You can read the reason, and you "
    "can ask us to look again.",
    {
        ReasonCode.OFF_TOPIC: PolicyReason(
            "It is about something else", "It has nothing to do with the question of this dialogue.",
            ("The car park at the hospital is too small.",),
        ),
        ReasonCode.REPEATED: PolicyReason(
            "Somebody has already said the same", "Another contribution makes the same point. Yours stands with it.",
            ("“Ask patients first”, when “Patients should be asked first” is there already.",),
        ),
        ReasonCode.UNCLEAR: PolicyReason(
            "We could not be sure what it means", "Two people could read it in two ways, or it holds several ideas.",
            ("They should not, except when it is like last time.",),
        ),
        ReasonCode.ABUSE: PolicyReason(
            "It attacks or insults people", "It insults or threatens somebody, or a group of people. Strong views are "
            "fine; attacks on people are not.",
            ("Anyone who thinks so is an idiot.",),
        ),
        ReasonCode.PERSONAL_DATA: PolicyReason(
            "It could show who somebody is", "It names a person, or holds an address, a phone number or details that "
            "point to one.",
            ("My neighbour at number 12 had a scan in May.",),
        ),
        ReasonCode.LEGAL: PolicyReason(
            "The law does not let us show it", "Showing it would break the law, for example because it accuses a named "
            "body of a crime.",
            ("The firm so-and-so steals scans.",),
        ),
    },
)  # fmt: skip
"""What a dialogue starts with."""
