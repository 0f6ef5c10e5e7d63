"""An assessment as a PDF file, drawn with reportlab in the font that it brings."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

SYNTHETIC = "SYNTHETIC: no real person said this"
_FONTS = Path(reportlab.__file__).parent / "fonts"
_MARGIN = 2 * cm


class PartKind(StrEnum):
    """How a part looks."""

    HEADING = "heading"
    QUESTION = "question"
    TEXT = "text"


@dataclass(frozen=True)
class Part:
    """One piece of the file; line breaks in a text are kept."""

    kind: PartKind
    text: str


def assessment_pdf(
    parts: Sequence[Part], *, title: str, under: Sequence[str], language: str, is_synthetic: bool
) -> bytes:
    """The file's bytes.

    Args:
        under: lines below the title (asset, organisation, version, date).
        is_synthetic: every page then says so.
    """
    _use_fonts()
    styles = _styles()
    story: list[Any] = [Paragraph(_words(title), styles["title"])]
    story += [Paragraph(_words(line), styles["under"]) for line in under]
    story.append(Spacer(1, 0.4 * cm))
    story += [Paragraph(_words(part.text), styles[part.kind.value]) for part in parts]
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=title, author="", subject=" · ".join(under), lang=language, invariant=1,
    )  # fmt: skip

    def every_page(canvas: Any, _document: Any) -> None:
        canvas.setFont("FolkmootSans", 8)
        canvas.drawRightString(A4[0] - _MARGIN, 1.1 * cm, str(canvas.getPageNumber()))
        canvas.drawString(_MARGIN, 1.1 * cm, title[:90])
        if is_synthetic:
            canvas.drawString(_MARGIN, A4[1] - 1.3 * cm, SYNTHETIC)

    document.build(story, onFirstPage=every_page, onLaterPages=every_page)
    return out.getvalue()


def _use_fonts() -> None:
    if "FolkmootSans" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("FolkmootSans", str(_FONTS / "Vera.ttf")))
        pdfmetrics.registerFont(TTFont("FolkmootSans-Bold", str(_FONTS / "VeraBd.ttf")))


def _styles() -> dict[str, ParagraphStyle]:
    text = ParagraphStyle("text", fontName="FolkmootSans", fontSize=9.5, leading=13.5, spaceAfter=5)
    bold = {"fontName": "FolkmootSans-Bold", "keepWithNext": 1}
    return {
        "text": text,
        "under": ParagraphStyle("under", parent=text, fontSize=9, textColor="#4c6272", spaceAfter=2),
        "title": ParagraphStyle("title", parent=text, fontSize=18, leading=23, spaceAfter=6, **bold),
        "heading": ParagraphStyle("heading", parent=text, fontSize=13, leading=17, spaceBefore=14, **bold),
        "question": ParagraphStyle("question", parent=text, spaceBefore=6, spaceAfter=2, **bold),
    }


def _words(text: str) -> str:
    """Plain text for a paragraph: nothing in it is markup, and its line breaks stay."""
    return escape("".join(_drawable(sign) for sign in text if sign >= " " or sign == "\n")).replace("\n", "<br/>")


def _drawable(sign: str) -> str:
    """The sign, or its letter without the accent where the font lacks it (ŵ and ŷ), or a question mark."""
    known = pdfmetrics.getFont("FolkmootSans").face.charToGlyph
    if sign == "\n" or ord(sign) in known:
        return sign
    plain = unicodedata.normalize("NFD", sign)[0]
    return plain if ord(plain) in known else "?"
