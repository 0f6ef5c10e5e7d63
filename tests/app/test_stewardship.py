"""Model cards as staff edit them: facts with sources, both sides equal, order, rungs for staff."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.stewardship import StewardshipModel
from app.queries.stewardship import models_of_dialogue
from app.services.kits import make_dialogue as make_from_kit
from app.services.kits import read_kit
from app.services.stewardship import CardContent, add_model
from deliberation.cards import check_facts
from deliberation.errors import RuleError
from deliberation.roles import Role
from deliberation.stewardship import CardField, Rung
from tests.app.test_dialogues import fields_of
from tests.factories import make_account, make_dialogue, make_staff, sign_in_as

SOURCES = [{"key": "report", "title": "A report", "url": "https://example.org/"}]
APPROACHES = [{"key": "delegated", "name": "Someone decides for us", "plain": "", "longer": ""}]


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue(sources=SOURCES, approaches=APPROACHES)


@pytest.fixture
def page(dialogue: Dialogue, client: FlaskClient) -> FlaskClient:
    """A browser of the facilitator."""
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    return client


def address(dialogue: Dialogue, rest: str = "") -> str:
    return f"/d/{dialogue.public_id}/models{rest}"


CARD = {
    "name": "A data trust",
    "plain": "Some people look after the data.",
    "approaches": "delegated",
    "fact_who_decides": "The trustees.",
    "source_who_decides": "report",
    "fact_how_chosen": "By the members.",
    "source_how_chosen": "-by-definition",
    "fact_appeal": "",
    "source_appeal": "-not-known",
    "points_for": "Somebody is in charge.",
    "points_against": "It is new.",
    "asked": "opt_out",
    "rung_claimed": "consult",
    "rung_evidenced": "",
}


def test_a_card_is_added_with_a_source_for_each_fact(dialogue: Dialogue, page: FlaskClient) -> None:
    assert page.post(address(dialogue, "/new"), data=CARD).status_code == 303
    model = db.session.scalars(select(StewardshipModel)).one()
    assert model.key == "a-data-trust"
    assert model.facts["who_decides"] == {
        "text": "The trustees.", "source": "report", "not_known": False, "by_definition": False,
    }  # fmt: skip
    assert model.facts["how_chosen"]["by_definition"]
    assert model.facts["appeal"]["not_known"]
    assert model.facts["partners"]["not_known"]
    assert list(model.facts) == [field.value for field in CardField]
    assert (model.rung_claimed, model.rung_evidenced) == (Rung.CONSULT, None)
    assert model.asked == "opt_out"


def test_a_fact_without_a_source_is_refused_and_nothing_typed_is_lost(dialogue: Dialogue, page: FlaskClient) -> None:
    reply = page.post(address(dialogue, "/new"), data=CARD | {"source_who_decides": ""})
    assert reply.status_code == 422
    assert "Choose a source, or say that it is not known." in reply.text
    assert "The trustees." in reply.text
    with pytest.raises(RuleError, match="fact_unsourced"):
        check_facts({"who_decides": {"text": "The trustees."}})


def test_unequal_points_are_refused(dialogue: Dialogue, page: FlaskClient) -> None:
    reply = page.post(address(dialogue, "/new"), data=CARD | {"points_against": "It is new.\nIt is slow."})
    assert reply.status_code == 422
    assert "equally many points" in reply.text


def test_saving_a_card_of_the_kit_unchanged_changes_nothing(app: Flask, client: FlaskClient) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_from_kit(read_kit("national-medical-imaging"), by=maker)
    sign_in_as(client, maker)
    for model in models_of_dialogue(dialogue):
        where = address(dialogue, f"/{model.public_id}/edit")
        before = _card(model)
        sent = fields_of(client.get(where).text) | {"approaches": list(model.approaches)}
        assert client.post(where, data=sent).status_code == 303
        db.session.expire_all()
        assert _card(model) == before


def test_cards_change_places(dialogue: Dialogue, page: FlaskClient) -> None:
    by = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        for name in ("One", "Two", "Three"):
            add_model(dialogue, CardContent(name=name, plain="P"), by=by)
    last = models_of_dialogue(dialogue)[2]
    for _ in range(4):
        page.post(address(dialogue, f"/{last.public_id}/shift"), data={"step": "-1"})
    db.session.expire_all()
    assert [model.name for model in models_of_dialogue(dialogue)] == ["Three", "One", "Two"]
    assert "Three" in page.get(address(dialogue)).text


def test_two_cards_of_one_name_have_different_keys(dialogue: Dialogue) -> None:
    by: Account = make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        keys = [add_model(dialogue, CardContent(name="Trust!", plain="P"), by=by).key for _ in range(2)]
    assert keys == ["trust", "trust-2"]


def test_a_card_of_another_dialogue_is_not_found(dialogue: Dialogue, page: FlaskClient) -> None:
    other = make_dialogue()
    by = make_staff(other, Role.FACILITATOR)
    with transaction():
        model = add_model(other, CardContent(name="Other", plain="P"), by=by)
    assert page.get(address(dialogue, f"/{model.public_id}/edit")).status_code == 404


def _card(model: StewardshipModel) -> tuple[object, ...]:
    facts = {name: {**fact, "text": fact["text"].strip()} for name, fact in model.facts.items()}
    return (
        model.name, model.plain, model.approaches, model.is_current, facts, model.points_for,
        model.points_against, model.rung_claimed, model.rung_evidenced,
    )  # fmt: skip
