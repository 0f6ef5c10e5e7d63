"""Reading: words explained in place, sources shown, rungs never."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, utcnow
from app.models.dialogues import StageProgress
from app.models.learning import GlossaryTerm, Material, MaterialReading, MaterialVersion, ModelReading, StageMaterial
from app.models.stewardship import StageModel, StewardshipModel
from deliberation.stages import StageKind, StageState
from deliberation.stewardship import Rung
from tests import factories
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant


def _material(room: Room, title: str = "Health data", body: str = "A scan is **data** about you.", **more) -> Material:
    material = saved(Material(dialogue_id=room.dialogue.id, key=title.lower(), **more))
    saved(MaterialVersion(material_id=material.id, number=1, title=title, body=body, sources=["src"], digest="0" * 64))
    saved(StageMaterial(stage_id=room.stage.id, material_id=material.id, place=1))
    return material


def make_model(room: Room, name: str = "A data trust", place: int = 1, **more) -> StewardshipModel:
    facts = {
        "who_decides": {"text": "A board decides.", "source": "src", "not_known": False, "by_definition": False},
        "cost_per_decision": {"text": "", "source": None, "not_known": True, "by_definition": False},
    }
    values = {
        "key": name.lower().replace(" ", "-"),
        "plain": "A trust looks after data.",
        "facts": facts,
        "points_for": ["It is calm."],
        "points_against": ["It is slow."],
        "rung_claimed": Rung.CONSULT,
        "rung_evidenced": Rung.INFORM,
    }
    model = saved(StewardshipModel(dialogue_id=room.dialogue.id, name=name, **{**values, **more}))
    saved(StageModel(stage_id=room.stage.id, model_id=model.id, place=place))
    return model


def _room(**changes) -> Room:
    source = {"key": "src", "title": "A study", "url": "https://example.org/study"}
    return make_room(StageKind.LEARN, sources=[source], **changes)


def test_a_material_explains_its_words_and_shows_its_sources(client: FlaskClient):
    room = _room()
    material = _material(room)
    saved(GlossaryTerm(dialogue_id=room.dialogue.id, term="data", definition="Facts that are kept.", also=[]))
    saved(GlossaryTerm(dialogue_id=room.dialogue.id, term="quorum", definition="Enough people.", also=[]))
    be_participant(client, room.participant)
    html = client.get(room.at(f"/read/{material.public_id}")).text
    assert '<dfn class="fm-term"' in html
    assert "Words explained" in html
    assert "Facts that are kept." in html
    assert "Enough people." not in html
    assert "https://example.org/study" in html


def test_an_invented_case_says_so(client: FlaskClient):
    room = _room()
    material = _material(room, is_invented=True)
    be_participant(client, room.participant)
    assert "invented for discussion" in client.get(room.at(f"/read/{material.public_id}")).text


def test_i_have_read_this_is_kept_once_and_the_last_page_ends_the_stage(client: FlaskClient):
    room = _room()
    material, model = _material(room), make_model(room)
    be_participant(client, room.participant)
    assert client.post(room.at("/start")).location == room.at(f"/read/{material.public_id}")
    answer = client.post(room.at(f"/read/{material.public_id}"))
    assert answer.location == room.at(f"/model/{model.public_id}")
    client.post(room.at(f"/read/{material.public_id}"))
    assert db.session.query(MaterialReading).count() == 1
    assert client.post(room.at(f"/model/{model.public_id}")).location == room.next
    assert db.session.query(ModelReading).count() == 1
    assert db.session.scalar(select(StageProgress)).finished_at is not None


def test_how_it_works_today_comes_first(client: FlaskClient):
    room = _room()
    make_model(room, "Opt-out", place=1)
    make_model(room, "How it works today", place=2, is_current=True)
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert html.index("How it works today") < html.index("Opt-out")


def test_a_card_shows_facts_sources_both_sides_and_never_a_rung(client: FlaskClient):
    room = _room()
    model = make_model(room)
    be_participant(client, room.participant)
    html = client.get(room.at(f"/model/{model.public_id}")).text
    for words in ("A board decides.", "(source 1)", "A study", "Not known.", "It is calm.", "It is slow."):
        assert words in html
    for rung in (*Rung, "rung"):
        assert f"{rung}".lower() not in html.lower().replace("information", "")


def test_a_closed_stage_can_still_be_read_without_being_finished(client: FlaskClient):
    room = _room(stage={"state": StageState.CLOSED, "closed_at": utcnow() - timedelta(hours=1)})
    material = _material(room)
    be_participant(client, room.participant)
    assert client.post(room.at(f"/read/{material.public_id}")).status_code == 303
    assert db.session.query(StageProgress).count() == 0


def test_a_material_of_another_stage_is_not_found(client: FlaskClient):
    room, other = _room(), _room()
    material = _material(other)
    be_participant(client, room.participant)
    assert client.get(room.at(f"/read/{material.public_id}")).status_code == 404
    assert client.post(room.at(f"/model/{material.public_id}")).status_code == 404


def test_hostile_words_in_a_material_are_shown_as_text(client: FlaskClient):
    room = _room()
    material = _material(room, title="A & B <c>", body="<script>alert(1)</script> [x](javascript:alert(1))")
    be_participant(client, room.participant)
    html = client.get(room.at(f"/read/{material.public_id}")).text
    assert "<script>alert" not in html
    assert "javascript:alert" not in html.replace("[x](javascript:alert(1))", "")
    assert "A &amp; B &lt;c&gt;" in html


def test_a_question_on_a_card_is_kept_as_a_comment(client: FlaskClient):
    room = _room()
    model = make_model(room)
    be_participant(client, room.participant)
    answer = client.post(room.at(f"/model/{model.public_id}/comment"), data={"text": "Who pays for it?"})
    assert answer.location == room.at(f"/model/{model.public_id}")
    assert "Who pays for it?" in client.get(answer.location).text
    be_participant(client, factories.make_participant(room.dialogue))
    assert "Who pays for it?" not in client.get(answer.location).text
