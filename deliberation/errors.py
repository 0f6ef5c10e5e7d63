"""What a rule says when it refuses: a code and facts, never a sentence for people."""

from collections.abc import Mapping
from typing import Any


class RuleError(Exception):
    """A refusal by a rule. `code` is a stable word; `facts` are the values its sentence needs.

    The words people read live with the pages (`app/forms/words.py`), so that one refusal
    reads well beside a field, on a page and on the command line, in each language.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Any] = facts

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({said})" if said else self.code


class NotAllowed(RuleError):
    """The permission table has no row for what was tried."""
