"""Paragraphs of a material and what was said about each, also about words that a newer version changed."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.models.dialogues import Stage
from app.models.learning import Material, MaterialVersion
from app.models.people import Participant
from app.queries.comments import visible_to
from deliberation.paragraphs import Paragraph, find_paragraph, paragraphs_of, plain


@dataclass(frozen=True)
class Place:
    """A paragraph in the newest version that holds its words. `is_current`: that version is the newest of all."""

    material: Material
    version: MaterialVersion
    paragraph: Paragraph
    is_current: bool

    @property
    def anchor(self) -> str:
        """The paragraph's name in addresses and rows."""
        return self.paragraph.anchor

    @property
    def words(self) -> str:
        """The paragraph's words on one line."""
        return plain(self.paragraph.text)


@dataclass(frozen=True)
class TalkedAbout:
    """A paragraph with the number of comments on it that the reader may see."""

    place: Place
    comments: int


def find_place(material: Material, anchor: str) -> Place | None:
    """The paragraph with this anchor, in the newest version that holds it."""
    for version in reversed(material.versions):
        found = find_paragraph(version.body, anchor)
        if found is not None:
            return Place(material, version, found, version is material.current)
    return None


def current_paragraphs(material: Material) -> list[Paragraph]:
    """The paragraphs of the newest version in their order, headings too."""
    return paragraphs_of(material.current.body)


def talked_about(stage: Stage, material: Material, reader: Participant | None) -> list[TalkedAbout]:
    """Paragraphs that somebody commented on: those of the newest version in their order, then older words."""
    versions = [version.id for version in material.versions]
    counts: Counter[str] = Counter(
        db.session.scalars(
            select(Comment.anchor).where(Comment.version_id.in_(versions), visible_to(stage, reader))
        )
    )
    order = {one.anchor: place for place, one in enumerate(current_paragraphs(material))}
    anchors = sorted(counts, key=lambda anchor: (order.get(anchor, len(order)), anchor))
    places = [(find_place(material, anchor), counts[anchor]) for anchor in anchors]
    return [TalkedAbout(place, count) for place, count in places if place is not None]

