"""Paragraphs of a material: where each begins and ends, and a name that stays while its words stay."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, list or table of a material, as Markdown.

    `anchor` is made from the words: a paragraph that an edit leaves alone keeps it, whatever moves around it.
    Headings have none: nobody comments on a heading.
    """

    text: str
    anchor: str

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return not self.anchor


def paragraphs_of(body: str) -> list[Paragraph]:
    """The paragraphs of a Markdown text in their order. The same words twice have two anchors."""
    seen: Counter[str] = Counter()
    found = []
    for text in _blocks(body):
        if _HEADING.match(text):
            found.append(Paragraph(text, ""))
            continue
        digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
        seen[digest] += 1
        found.append(Paragraph(text, digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"))
    return found


def find_paragraph(body: str, anchor: str) -> Paragraph | None:
    """The paragraph with this anchor."""
    return next((one for one in paragraphs_of(body) if anchor and one.anchor == anchor), None)


def plain(text: str) -> str:
    """A paragraph's words on one line, without the marks of Markdown, to name it in a list."""
    bare = re.sub(r"\*\*|^[ \t]*(?:[-*+>]|\d{1,9}[.)])\s|\|[-: |]+\|$", "", text, flags=re.MULTILINE)
    return " ".join(bare.replace("|", " ").split())


def _blocks(body: str) -> list[str]:
    """Parts between blank lines. A heading stands alone; list items with blank lines between stay one list."""
    blocks: list[str] = []
    for part in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n").strip("\n")):
        rest = part.strip("\n")
        while _HEADING.match(rest):
            heading, _, rest = rest.partition("\n")
            blocks.append(heading.rstrip())
        if not rest.strip():
            continue
        goes_on = bool(_ITEM.match(rest)) or rest.startswith(("  ", "\t"))
        if blocks and goes_on and _ITEM.match(blocks[-1]):
            blocks[-1] = f"{blocks[-1]}\n\n{rest}"
        else:
            blocks.append(rest.rstrip())
    return blocks
