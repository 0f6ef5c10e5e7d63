"""The Terms of Reference as one HTML file: a tree of elements, so that nothing in a text becomes markup."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from app.exports.terms_parts import Part, Style, parts
from app.exports.terms_words import SYNTHETIC
from app.queries.terms import TermsDocument

TAGS = {
    Style.TITLE: "h1",
    Style.HEADING: "h2",
    Style.SUBHEADING: "h3",
    Style.TEXT: "p",
    Style.CLAUSE: "p",
    Style.ITEM: "li",
    Style.DEEPER: "li",
    Style.NOTE: "p",
}
LOOK = """
body { font: 17px/1.5 Arial, sans-serif; color: #212b32; max-width: 46em; margin: 0 auto; padding: 24px; }
.clause { font-weight: bold; border-left: 6px solid #005eb8; padding-left: 14px; }
.note { color: #4c6272; font-style: italic; }
.synthetic { background: #ffeb3b; color: #212b32; padding: 6px 12px; font-weight: bold; }
.deeper { margin-left: 24px; list-style-type: circle; }
@media print { .synthetic { position: fixed; top: 0; } body { padding-top: 48px; } }
"""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def write(document: TermsDocument) -> str:
    """The file's text. A synthetic document says so on each printed page."""
    page = Element("html", lang=document.lang)
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = _clean(document.title)
    SubElement(head, "style").text = LOOK
    body = SubElement(page, "body")
    if document.is_synthetic:
        SubElement(body, "p", {"class": "synthetic"}).text = SYNTHETIC
    place: Element = SubElement(body, "main")
    main = place
    for part in parts(document):
        is_item = part.style in (Style.ITEM, Style.DEEPER)
        if is_item and place is main:
            place = SubElement(main, "ul")
        if not is_item:
            place = main
        _add(place, part, document.lang)
    return "<!DOCTYPE html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def _add(place: Element, part: Part, lang: str) -> None:
    attributes = {"class": part.style.value}
    if part.lang and part.lang != lang:
        attributes["lang"] = part.lang
    SubElement(place, TAGS[part.style], attributes).text = _clean(part.text)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
