"""The document as files: whole, escaped, marked where it is synthetic, readable by other programs."""

import io
from html.parser import HTMLParser

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.exports import terms_docx, terms_html
from app.exports.terms_words import SYNTHETIC
from app.models.terms import Clause
from app.queries.analysis import themes_of
from app.queries.findings import Cited
from app.queries.terms import terms_document
from app.services.findings import write_finding
from app.services.terms import reword_clause
from deliberation.consent import Purpose
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from deliberation.terms import EvidenceKind, WordingKind
from tests.evidence_builders import Voted, allow, clause_on, comment_by, finding_on, make_voted, snapshot_of
from tests.factories import be_participant, make_session, make_stage, sign_in_as


class TextOf(HTMLParser):
    """The words of a page, and the tags it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.words)


def drafted(**changes: object) -> Voted:
    """A dialogue with one clause on one finding, and one finding that no clause uses."""
    voted = make_voted(**changes)  # type: ignore[arg-type]
    snapshot = snapshot_of(voted)
    clause_on(voted, finding_on(voted, snapshot, 0, 3, text="Nearly all want to be told."))
    finding_on(voted, snapshot, 1, text="Left over.")
    return voted


def docx_text(content: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def both(app: Flask, voted: Voted) -> dict[str, str]:
    """The words of both files."""
    with app.test_request_context():
        document = terms_document(voted.dialogue)
        return {
            "docx": docx_text(terms_docx.write(document)),
            "html": TextOf(terms_html.write(document)).text,
        }


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_file_holds_clause_finding_counts_and_dissent(app: Flask, kind: str):
    text = both(app, drafted())[kind]
    assert "3.1  Bidders tell people what was decided." in text
    assert "Finding 1 (supports): Nearly all want to be told." in text
    assert "22 agree, 2 disagree, 0 pass, of 24 who voted" in text
    assert "2 of 24 disagreed" in text
    assert "Only this panel was asked." in text


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_what_was_not_taken_forward_is_in_its_own_annex(app: Flask, kind: str):
    text = both(app, drafted())[kind]
    assert text.index("Annex B: not taken forward") < text.index("Left over.")


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_signs_of_markup_arrive_as_they_were_typed(app: Flask, kind: str):
    voted = drafted()
    words = "A & B <c> </p> <script>x</script> \x0b]]> “q”"
    with transaction():
        reword_clause(db.session.query(Clause).one(), text=words, kind=WordingKind.PARTICIPANTS, by=voted.commissioner)
    text = both(app, voted)[kind]
    assert "A & B <c> </p> <script>x</script> ]]> “q”" in text
    assert "The commissioner's wording: Bidders tell people" in text


def test_no_word_becomes_an_element_of_the_html_file(app: Flask):
    voted = drafted(words=["<script>alert(1)</script>", *["<b>b</b>"] * 6])
    with app.test_request_context():
        page = TextOf(terms_html.write(terms_document(voted.dialogue)))
    assert not page.tags & {"script", "b", "img"}


def test_a_synthetic_document_says_so_on_each_page(app: Flask):
    voted = drafted(is_synthetic=True)
    with app.test_request_context():
        document = terms_document(voted.dialogue)
        word = Document(io.BytesIO(terms_docx.write(document)))
        page = terms_html.write(document)
    assert all(SYNTHETIC in one.header.paragraphs[0].text for one in word.sections)
    assert page.count(SYNTHETIC) >= 2


def test_a_real_document_does_not_say_synthetic(app: Flask):
    voted = drafted()
    with app.test_request_context():
        document = terms_document(voted.dialogue)
        assert "SYNTHETIC" not in terms_html.write(document)
        assert "SYNTHETIC" not in docx_text(terms_docx.write(document))


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_no_person_and_no_percentage_is_in_a_file(app: Flask, kind: str):
    voted = drafted()
    text = both(app, voted)[kind].split("max-width")[-1]
    assert not [one.pseudonym for one in voted.people if one.pseudonym in text]
    assert "%" not in text


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_file_quotes_nobody_without_permission(app: Flask, kind: str):
    voted = make_voted()
    stage = make_stage(make_session(voted.dialogue), StageKind.DISCUSS)
    for person in voted.people[:2]:
        allow(person, Purpose.MACHINE_SORTING)
    allow(voted.people[0], Purpose.QUOTES)
    comment_by(voted.people[0], stage, "Quote these words.")
    comment_by(voted.people[1], stage, "Never quote these words.")
    snapshot = snapshot_of(voted)
    cited = [Cited(EvidenceKind.THEME, one.public_id) for one in themes_of(snapshot)]
    with transaction():
        finding = write_finding(voted.dialogue, snapshot, text="F.", limits="", cited=cited, by=voted.analyst)
    clause_on(voted, finding)
    assert "Never quote these words." not in both(app, voted)[kind]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_small_numbers_of_an_open_dialogue_are_in_no_file(app: Flask, kind: str):
    text = both(app, drafted(people=12, mode=DialogueMode.OPEN))[kind]
    assert "Fewer than 20 people voted on this" in text
    assert "10 agree" not in text


def test_files_are_sent_with_their_names_and_kinds(app: Flask, client: FlaskClient):
    voted = drafted()
    sign_in_as(client, voted.commissioner)
    base = f"/d/{voted.dialogue.public_id}/terms/export"
    word, page = client.get(f"{base}.docx"), client.get(f"{base}.html")
    assert word.headers["Content-Disposition"] == 'attachment; filename="terms-of-reference.docx"'
    assert "Nearly all want to be told." in docx_text(word.data)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    be_participant(client, voted.people[0])
    assert client.get(f"{base}.docx").status_code == 404
