"""What changed between two versions of a text: paragraph by paragraph, and word by word where one changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from deliberation.differences import Change, Stretch, differences
from deliberation.paragraphs import Paragraph, paragraphs_of

_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_STRUCTURE = re.compile(r"\s*(?:[-*+|>#]|\d{1,9}[.)])\s?")


@dataclass(frozen=True)
class Line:
    """One paragraph as it stands now, or one that is gone (`paragraph` None). No stretches: it did not change.

    The stretches that were not taken out, put together, are exactly the paragraph's text.
    """

    paragraph: Paragraph | None
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs from before."""
        return bool(self.stretches)

    @property
    def shown(self) -> tuple[Stretch, ...]:
        """The stretches as people read them: without the marks that make a line a heading."""
        return tuple(Stretch(one.change, _HEADING.sub("", one.text)) for one in self.stretches)

    @property
    def is_running(self) -> bool:
        """Whether it is one paragraph of prose, so that its line breaks mean nothing."""
        return not any(_STRUCTURE.match(line) for one in self.stretches for line in one.text.split("\n"))


def changed_lines(before: str | None, after: str) -> tuple[Line, ...]:
    """Every paragraph of `after` with what changed in it, and between them what is gone.

    `before` None: all is new to the reader, and nothing is marked.
    """
    now = paragraphs_of(after)
    if before is None:
        return tuple(Line(one) for one in now)
    old = paragraphs_of(before)
    lines: list[Line] = []
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in now], autojunk=False)
    for act, a, b, c, d in matcher.get_opcodes():
        if act == "equal":
            lines += [Line(one) for one in now[c:d]]
        else:
            lines += _replaced(old[a:b], now[c:d])
    return tuple(lines)


def has_changes(lines: Sequence[Line]) -> bool:
    """Whether any paragraph differs."""
    return any(line.is_changed for line in lines)


def _replaced(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Line]:
    lines = []
    for gone, come in zip_longest(old, new):
        if come is None:
            lines.append(Line(None, (Stretch(Change.OUT, gone.text),)))
        elif gone is None:
            lines.append(Line(come, (Stretch(Change.IN, come.text),)))
        else:
            lines.append(Line(come, tuple(differences(gone.text, come.text))))
    return lines
