"""Materials in versions, and the glossary, as staff edit them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.learning import GlossaryTerm, Material
from app.services.learning import add_material, free_key
from deliberation.roles import Role
from tests.factories import make_dialogue, make_staff, sign_in_as

TEXT = {"title": "What a scan is", "kind": "explainer", "minutes": "4", "body": "A **picture**.", "sources": "report"}
WORD = {"term": "scan", "definition": "A picture of the body.", "also": "scans, image ,"}


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue(sources=[{"key": "report", "title": "A report", "url": "https://example.org/"}])


@pytest.fixture
def page(dialogue: Dialogue, client: FlaskClient) -> FlaskClient:
    """A browser of the facilitator."""
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    return client


def address(dialogue: Dialogue, rest: str) -> str:
    return f"/d/{dialogue.public_id}/{rest}"


def test_each_change_of_words_is_a_new_version_and_earlier_ones_are_kept_and_shown(
    dialogue: Dialogue, page: FlaskClient
) -> None:
    assert page.post(address(dialogue, "materials/new"), data=TEXT).status_code == 303
    material = db.session.scalars(select(Material)).one()
    where = address(dialogue, f"materials/{material.public_id}")
    page.post(f"{where}/edit", data=TEXT | {"body": "Another **picture**."})
    db.session.expire_all()
    assert [version.body for version in material.versions] == ["A **picture**.", "Another **picture**."]
    assert material.versions[0].digest != material.versions[1].digest
    text = page.get(where).text
    assert "<strong>picture</strong>" in text
    assert "Version 1 of" in text
    assert "Version 2 of" in text


def test_changing_only_the_minutes_makes_no_version(dialogue: Dialogue, page: FlaskClient) -> None:
    page.post(address(dialogue, "materials/new"), data=TEXT)
    material = db.session.scalars(select(Material)).one()
    page.post(address(dialogue, f"materials/{material.public_id}/edit"), data=TEXT | {"minutes": "9"})
    db.session.expire_all()
    assert (material.minutes, len(material.versions)) == (9, 1)


def test_a_text_without_words_is_refused_and_its_title_stays_typed(dialogue: Dialogue, page: FlaskClient) -> None:
    reply = page.post(address(dialogue, "materials/new"), data=TEXT | {"body": "  "})
    assert reply.status_code == 422
    assert "What a scan is" in reply.text
    assert db.session.scalar(select(Material.id)) is None


def test_an_invented_case_says_so_in_the_list(dialogue: Dialogue, page: FlaskClient) -> None:
    page.post(address(dialogue, "materials/new"), data=TEXT | {"kind": "case", "is_invented": "y"})
    assert "Invented for discussion" in page.get(address(dialogue, "materials")).text


def test_texts_change_places(dialogue: Dialogue, page: FlaskClient) -> None:
    by = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        rows = [add_material(dialogue, title=title, body="B", by=by) for title in ("One", "Two")]
    page.post(address(dialogue, f"materials/{rows[1].public_id}/shift"), data={"step": "-1"})
    text = page.get(address(dialogue, "materials")).text
    assert text.index(">Two<") < text.index(">One<")


def test_a_word_is_added_edited_and_taken_out(dialogue: Dialogue, page: FlaskClient) -> None:
    where = address(dialogue, "glossary")
    assert page.post(where, data=WORD).status_code == 303
    row = db.session.scalars(select(GlossaryTerm)).one()
    assert row.also == ["scans", "image"]
    page.post(f"{where}/{row.public_id}/edit", data=WORD | {"definition": "A picture."})
    db.session.expire_all()
    assert row.definition == "A picture."
    assert "A picture." in page.get(where).text
    page.post(f"{where}/{row.public_id}/remove")
    assert db.session.scalar(select(GlossaryTerm.id)) is None


def test_a_word_that_is_there_already_is_refused_whatever_its_capitals(
    dialogue: Dialogue, page: FlaskClient
) -> None:
    page.post(address(dialogue, "glossary"), data=WORD)
    reply = page.post(address(dialogue, "glossary"), data=WORD | {"term": "SCAN"})
    assert reply.status_code == 422
    assert "in the glossary already" in reply.text


def test_things_of_another_dialogue_are_not_found(dialogue: Dialogue, page: FlaskClient) -> None:
    other = make_dialogue()
    by = make_staff(other, Role.FACILITATOR)
    with transaction():
        material = add_material(other, title="T", body="B", by=by)
    assert page.get(address(dialogue, f"materials/{material.public_id}")).status_code == 404
    assert page.post(address(dialogue, f"materials/{material.public_id}/edit"), data=TEXT).status_code == 404


def test_a_key_is_made_of_the_letters_of_a_title() -> None:
    assert free_key("Été & co-op: 2", ()) == "ete-co-op-2"
    assert free_key("???", ("item",)) == "item-2"
