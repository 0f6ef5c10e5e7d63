"""Preview: staff see each page as a participant does; nothing is sent, nothing is kept."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.comments import Comment, Prompt
from app.models.dialogues import Stage, StageProgress
from app.models.voting import Exposure
from app.queries.dialogues import stages_in_order
from app.queries.stages import materials_of, models_of
from app.services.consent import record_consent
from app.services.kits import make_dialogue
from app.services.kits_reading import read_kit
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind, StageState
from tests import factories
from tests.factories import be_participant, sign_in_as

STATIC = Path(__file__).resolve().parents[2] / "app" / "static"


def _from_kit():
    account = factories.make_account(creates=True)
    with transaction():
        return make_dialogue(read_kit("national-medical-imaging"), by=account)


def _main(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def test_every_page_of_the_kit_can_be_previewed_before_anything_is_open(client: FlaskClient):
    dialogue = _from_kit()
    sign_in_as(client, factories.make_staff(dialogue, Role.FACILITATOR))
    base = f"/d/{dialogue.public_id}/preview"
    stages = stages_in_order(dialogue)
    index = client.get(base).text
    pages = [base]
    for stage in stages:
        assert f"{base}/s/{stage.public_id}" in index
        pages.append(f"{base}/s/{stage.public_id}")
        pages += [f"{base}/s/{stage.public_id}/read/{one.public_id}" for one in materials_of(stage)[:1]]
        pages += [f"{base}/s/{stage.public_id}/model/{one.public_id}" for one in models_of(stage)[:1]]
        pages += [f"{base}/s/{stage.public_id}?page=1"] if stage.kind is StageKind.SURVEY else []
        pages += [f"{base}/s/{stage.public_id}?mix=1"] if stage.kind is StageKind.COMPARE else []
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Nothing is saved" in answer.text
        assert "<form" not in _main(answer.text), page
    assert db.session.query(StageProgress).count() == 0
    assert db.session.query(Exposure).count() == 0


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR])
def test_those_who_may_preview_see_a_stage(client: FlaskClient, role):
    dialogue = factories.make_dialogue()
    stage = factories.make_stage(factories.make_session(dialogue), StageKind.VOTE, state=StageState.PLANNED)
    sign_in_as(client, factories.make_staff(dialogue, role))
    assert client.get(f"/d/{dialogue.public_id}/preview/s/{stage.public_id}").status_code == 200


def test_others_may_not_preview(client: FlaskClient):
    dialogue = factories.make_dialogue()
    be_participant(client, factories.make_participant(dialogue))
    assert client.get(f"/d/{dialogue.public_id}/preview").status_code == 403
    sign_in_as(client, factories.make_staff(factories.make_dialogue(), Role.FACILITATOR))
    assert client.get(f"/d/{dialogue.public_id}/preview").status_code == 404


def test_a_preview_shows_the_voting_card_with_its_three_buttons(client: FlaskClient):
    dialogue = factories.make_dialogue()
    stage = factories.make_stage(factories.make_session(dialogue), StageKind.VOTE, state=StageState.PLANNED)
    factories.place_statement(stage, factories.make_statement(dialogue, "Scans help us all."))
    sign_in_as(client, factories.make_staff(dialogue, Role.FACILITATOR))
    html = client.get(f"/d/{dialogue.public_id}/preview/s/{stage.public_id}").text
    assert "Scans help us all." in html
    assert html.count('class="fm-vote"') == 3


def test_a_participant_walks_the_whole_kit_and_no_page_weighs_more_than_50_kb(client: FlaskClient):
    dialogue = _from_kit()
    be_participant(client, factories.make_participant(dialogue))
    styles = [
        STATIC / "vendor/nhsuk/nhsuk-frontend.min.css",
        STATIC / "own/folkmoot.css",
        STATIC / "own/participant.js",
    ]
    fixed = sum(len(gzip.compress(path.read_bytes())) for path in styles)
    base = f"/d/{dialogue.public_id}"
    for stage in stages_in_order(dialogue):
        with transaction() as session:
            row = session.get_one(Stage, stage.id)
            row.state = row.session.state = StageState.OPEN
        answer = client.post(f"{base}/s/{stage.public_id}/start", follow_redirects=True)
        assert answer.status_code == 200, stage.title
        assert fixed + len(gzip.compress(answer.data)) < 50_000, stage.title
        assert answer.text.count("<h1") == 1, stage.title
        client.post(f"{base}/s/{stage.public_id}/finish")
        with transaction() as session:
            session.get_one(Stage, stage.id).state = StageState.CLOSED
    assert "Thank you" in client.get(f"{base}/next").text
    assert (STATIC / "own/participant.js").stat().st_size <= 5_000


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR])
def test_a_preview_shows_people_s_words_only_where_they_may_be_quoted(client: FlaskClient, role):
    dialogue = factories.make_dialogue()
    stage = factories.make_stage(factories.make_session(dialogue), StageKind.DISCUSS)
    prompt = factories._saved(Prompt(stage_id=stage.id, place=1, text="What worries you?"))
    for text, quotable in (("My aunt Flo told me.", False), ("It could leak.", True)):
        author = factories.make_participant(dialogue)
        if quotable:
            with transaction():
                record_consent(dialogue, Purpose.QUOTES, True, by=author)
        where = {"dialogue_id": dialogue.id, "prompt_id": prompt.id, "stage_id": stage.id}
        factories._saved(Comment(**where, author_id=author.id, text=text, state=WordState.APPROVED))
    sign_in_as(client, factories.make_staff(dialogue, role))
    html = client.get(f"/d/{dialogue.public_id}/preview/s/{stage.public_id}").text
    assert "It could leak." in html
    assert "My aunt Flo told me." not in html
