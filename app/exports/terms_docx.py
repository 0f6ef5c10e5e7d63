"""The Terms of Reference as a Word file."""

import io
import re

from docx import Document
from docx.document import Document as WordFile
from docx.shared import Cm, Pt, RGBColor

from app.exports.terms_parts import Part, Style, parts
from app.exports.terms_words import SYNTHETIC
from app.queries.terms import TermsDocument

STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.TEXT: "Normal",
    Style.CLAUSE: "Normal",
    Style.ITEM: "List Bullet",
    Style.DEEPER: "List Bullet 2",
    Style.NOTE: "Normal",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that an XML file cannot hold."""


def write(document: TermsDocument) -> bytes:
    """The file's bytes. A synthetic document says so in the header of each page."""
    word = Document()
    word.core_properties.title = _plain(document.title)[:250]
    word.core_properties.subject = _plain(document.dialogue_title)[:250]
    word.core_properties.author = _plain(document.organiser)[:250]
    word.core_properties.comments = ""
    word.styles["Normal"].font.name = "Arial"  # type: ignore[attr-defined]
    word.styles["Normal"].font.size = Pt(11)  # type: ignore[attr-defined]
    _header(word, document)
    for part in parts(document):
        _add(word, part)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _header(word: WordFile, document: TermsDocument) -> None:
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.3)
    words = f"{SYNTHETIC}  ·  {document.title}" if document.is_synthetic else document.title
    section.header.paragraphs[0].text = _plain(words)


def _add(word: WordFile, part: Part) -> None:
    paragraph = word.add_paragraph(style=STYLES[part.style])
    run = paragraph.add_run(_plain(part.text))
    if part.style is Style.CLAUSE:
        run.bold = True
        paragraph.paragraph_format.space_before = Pt(8)
    if part.style is Style.NOTE:
        run.italic = True
        run.font.color.rgb = RGBColor(0x42, 0x55, 0x63)


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
