"""Rungs are for staff: whatever they are, no page or file that others may reach changes with them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.config import read_settings
from app.db import db, transaction
from app.factory import create_app
from app.models.stewardship import StewardshipModel
from deliberation.roles import Action, Role, roles_that_may
from deliberation.stewardship import Rung
from tests.conftest import FreshClient
from tests.factories import be_participant, make_staff, sign_in_as
from tests.populated import Populated, make_populated

WORDS = {"name": "opinion-map", "number": "1", "question_name": "pair_use_for_ai", "token": "nothing"}
STAFF_ONLY = {"stewardship.index", "stewardship.edit", "stewardship.new"}
EVERYWHERE = {"comparing.model", "reading.model", "taking_part.stage", "preview.stage", "preview.model", "beside.show"}
"""Pages that are looked at in each stage, since cards stand on them."""
CHANGING = re.compile(r'(name="(?:csrf_token|client_key)" value=")[^"]*')


@pytest.fixture(scope="module")
def made(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Populated]]:
    folder = tmp_path_factory.mktemp("rungs")
    shutil.copy(empty_database, folder / "folkmoot.db")
    app = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests())
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = FreshClient
    with app.app_context():
        yield app, make_populated()
        db.session.remove()
        db.engine.dispose()


def _set(claimed: Rung | None, evidenced: Rung | None) -> None:
    with transaction() as session:
        session.execute(update(StewardshipModel).values(rung_claimed=claimed, rung_evidenced=evidenced))


def _addresses(app: Flask, populated: Populated) -> Iterator[tuple[str, str]]:
    """Every address that is read, with a few of the things it can be about."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        stages = populated.ids["stage_id"] if rule.endpoint in EVERYWHERE else populated.ids["stage_id"][:1]
        for stage in stages if "stage_id" in names else [None]:
            for model in populated.ids["model_id"][:2] if "model_id" in names else [None]:
                chosen = {"stage_id": stage, "model_id": model}
                words = {**WORDS, **populated.texts}
                values = {
                    one: chosen.get(one) or (populated.ids.get(one) or [words.get(one, "1")])[0] for one in names
                }
                yield rule.endpoint, adapter.build(rule.endpoint, values)


def _read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    return CHANGING.sub(r"\1", answer.text) if answer.status_code == 200 and "text" in answer.content_type else ""


def _pages(client: FlaskClient, addresses: list[tuple[str, str]]) -> dict[str, str]:
    return {address: _read(client, address) for _, address in addresses}


@pytest.mark.parametrize("who", ["participant", "public", Role.OVERSEER])
def test_no_page_preview_or_export_for_others_changes_with_the_rungs(made, who):
    app, populated = made
    client = app.test_client()
    if who == "participant":
        be_participant(client, populated.participant)
    elif who != "public":
        sign_in_as(client, make_staff(populated.dialogue, who))
    addresses = [one for one in _addresses(app, populated) if one[0] not in STAFF_ONLY]
    if who == Role.OVERSEER:
        addresses = [one for one in addresses if one[0].startswith(("preview.", "beside.", "terms."))]
    _set(Rung.EMPOWER, Rung.COLLABORATE)
    before = _pages(client, addresses)
    _set(Rung.BELOW_INFORM, None)
    after = _pages(client, addresses)
    assert sum(bool(page) for page in before.values()) >= 10
    assert [address for address in before if before[address] != after[address]] == []


def test_staff_who_edit_and_analyse_see_them_and_nobody_else_may(made):
    app, populated = made
    _set(Rung.EMPOWER, Rung.COLLABORATE)
    client = app.test_client()
    for role in (Role.FACILITATOR, Role.ANALYST):
        sign_in_as(client, make_staff(populated.dialogue, role))
        html = client.get(f"/d/{populated.dialogue.public_id}/models").text
        assert "Empower, Collaborate" in html
    assert roles_that_may(Action.GATHER_WORDS) == {Role.FACILITATOR, Role.ANALYST}
