"""Tables write together: one pen, nothing lost, other tables suggest, and nobody learns which table wrote it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.dialogues import BreakoutTable, TableSeat
from app.models.drafting import Draft, DraftAgreement, DraftSuggestion, DraftVersion
from app.models.people import Participant
from app.services.drafting import show_draft, take_over
from app.services.leaving import leave_dialogue
from deliberation.roles import Role
from deliberation.stages import Setting, StageKind
from tests.app.way import Room, fresh, key, make_room, saved
from tests.evidence_builders import finding_on, make_voted, snapshot_of
from tests.factories import be_participant, make_participant, make_staff, sign_in_as


@dataclass
class Tables:
    """Two tables of two: `one` and `two` sit together, `other` at the other table."""

    room: Room
    one: Participant
    two: Participant
    other: Participant


@pytest.fixture
def tables(app) -> Tables:
    """An open stage in which tables write."""
    room = make_room(StageKind.DRAFT, stage={"setting": Setting.TABLES})
    people = [room.participant, make_participant(room.dialogue), make_participant(room.dialogue)]
    for number, seated in ((1, people[:2]), (2, people[2:])):
        table = saved(BreakoutTable(session_id=room.stage.session_id, number=number))
        for person in seated:
            saved(TableSeat(session_id=room.stage.session_id, table_id=table.id, participant_id=person.id))
    return Tables(room, *people)


def begin(client: FlaskClient, tables: Tables, text: str = "We want to be asked.", kind: str = "finding") -> Draft:
    """The first person writes a draft for their table."""
    be_participant(client, tables.one)
    answer = client.post(tables.room.at("/drafts/new"), data={"kind": kind, "text": text})
    assert answer.status_code == 303
    db.session.rollback()
    return db.session.scalars(select(Draft).order_by(Draft.id.desc())).first()


def at(tables: Tables, draft: Draft, tail: str = "") -> str:
    """The address of a draft, or of an act on it."""
    return tables.room.at(f"/drafts/{draft.public_id}{tail}")


def shown(tables: Tables, draft: Draft) -> Draft:
    """The draft after staff have shown its newest version to everyone."""
    by = make_staff(tables.room.dialogue, Role.FACILITATOR)
    with transaction():
        show_draft(db.session.get_one(Draft, draft.id), by=by)
    return draft


def suggest(client: FlaskClient, tables: Tables, draft: Draft, text: str = "Asked first.", **more) -> DraftSuggestion:
    """Somebody of the other table suggests other words."""
    be_participant(client, tables.other)
    answer = client.post(at(tables, draft, "/suggest"), data={"text": text, "client_key": key(), **more})
    assert answer.status_code == 303
    db.session.rollback()
    return db.session.scalars(select(DraftSuggestion).order_by(DraftSuggestion.id.desc())).first()


def test_a_table_writes_and_sees_its_words_at_once_while_others_wait_for_a_check(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    be_participant(client, tables.two)
    assert "We want to be asked." in client.get(tables.room.at()).text
    assert "written by your table" in client.get(at(tables, draft)).text
    be_participant(client, tables.other)
    assert "We want to be asked." not in client.get(tables.room.at()).text
    assert client.get(at(tables, draft)).status_code == 404
    shown(tables, draft)
    html = client.get(tables.room.at()).text
    assert "What other tables wrote" in html
    assert "written by a table" in client.get(at(tables, draft)).text


def test_one_pen_at_a_table_and_it_is_free_after_ten_silent_minutes(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    be_participant(client, tables.two)
    refused = client.post(at(tables, draft, "/pen"))
    assert refused.status_code == 422
    assert "If they stop for 10 minutes" in refused.text
    with transaction():
        db.session.get_one(Draft, draft.id).pen_used_at = utcnow() - timedelta(minutes=11)
    assert "Take the pen" in client.get(at(tables, draft)).text
    assert client.post(at(tables, draft, "/pen")).status_code == 303
    assert fresh(draft).pen_holder_id == tables.two.id
    be_participant(client, tables.one)
    answer = client.post(at(tables, draft, "/save"), data={"text": "My own words.", "based_on": 1})
    assert answer.status_code == 422
    assert "My own words." in answer.text


def test_putting_the_pen_down_frees_it(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    client.post(at(tables, draft, "/pen/down"))
    be_participant(client, tables.two)
    assert client.post(at(tables, draft, "/pen")).status_code == 303


def test_a_newer_version_is_noticed_and_both_texts_are_shown(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    assert client.post(at(tables, draft, "/save"), data={"text": "Ask us first.", "based_on": 1}).status_code == 303
    answer = client.post(at(tables, draft, "/save"), data={"text": "Ask us always.", "based_on": 1})
    assert answer.status_code == 422
    assert "Somebody saved other words meanwhile" in answer.text
    assert "Ask us first." in answer.text
    assert "Ask us always." in answer.text
    assert 'name="based_on" value="2"' in answer.text
    assert client.post(at(tables, draft, "/save"), data={"text": "Ask us always.", "based_on": 2}).status_code == 303
    db.session.rollback()
    texts = db.session.scalars(select(DraftVersion.text).order_by(DraftVersion.number)).all()
    assert texts == ["We want to be asked.", "Ask us first.", "Ask us always."]


def test_the_same_words_again_are_no_new_version(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    client.post(at(tables, draft, "/save"), data={"text": "We want to be asked.", "based_on": 1})
    assert len(fresh(draft).versions) == 1


@pytest.mark.parametrize("sent", [{"kind": "finding", "text": " "}, {"kind": "", "text": "Kept words."}])
def test_what_is_missing_is_told_and_nothing_typed_is_lost(client: FlaskClient, tables: Tables, sent):
    be_participant(client, tables.one)
    answer = client.post(tables.room.at("/drafts/new"), data=sent)
    assert answer.status_code == 422
    assert sent["text"].strip() in answer.text
    assert db.session.query(Draft).count() == 0


def test_another_table_suggests_words_for_a_part_and_reads_the_answer(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    one = suggest(client, tables, draft, "asked first", quote="asked")
    be_participant(client, tables.one)
    html = client.get(at(tables, draft)).text
    assert "Instead of: “asked”" in html
    where = at(tables, draft, f"/suggestions/{one.public_id}/answer")
    refused = client.post(where, data={"state": "not_taken", "reason": ""})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert client.post(where, data={"state": "not_taken", "reason": "Too early."}).status_code == 303
    be_participant(client, tables.other)
    html = client.get(at(tables, draft)).text
    assert "not taken: Too early." in html
    assert "asked first" in client.get(tables.room.mine).text


def test_a_part_that_does_not_stand_in_the_text_is_refused_beside_it(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    be_participant(client, tables.other)
    data = {"quote": "be told", "text": "be asked", "client_key": key()}
    answer = client.post(at(tables, draft, "/suggest"), data=data)
    assert answer.status_code == 422
    assert "These words are not in the text" in answer.text
    assert "be told" in answer.text


def test_sending_a_suggestion_twice_counts_once(client: FlaskClient, tables: Tables):
    draft, used = shown(tables, begin(client, tables)), key()
    suggest(client, tables, draft, client_key=used)
    suggest(client, tables, draft, client_key=used)
    assert db.session.query(DraftSuggestion).count() == 1


def test_ones_own_table_changes_the_words_and_suggests_none(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    be_participant(client, tables.two)
    answer = client.post(at(tables, draft, "/suggest"), data={"text": "Other.", "client_key": key()})
    assert answer.status_code == 422
    be_participant(client, tables.other)
    assert client.post(at(tables, draft, "/pen")).status_code == 422


def test_a_suggestion_can_be_taken_back_by_its_author_alone(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    one = suggest(client, tables, draft)
    where = at(tables, draft, f"/suggestions/{one.public_id}/withdraw")
    be_participant(client, tables.one)
    assert client.post(where).status_code == 422
    be_participant(client, tables.other)
    assert client.post(where).status_code == 303
    assert db.session.query(DraftSuggestion).count() == 0


def test_agreed_except_needs_words_and_a_changed_mind_replaces_it(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    be_participant(client, tables.other)
    assert client.post(at(tables, draft, "/agree"), data={"said": "agreed_except", "words": ""}).status_code == 422
    client.post(at(tables, draft, "/agree"), data={"said": "agreed_except", "words": "Not children."})
    be_participant(client, tables.one)
    html = client.get(at(tables, draft)).text
    assert "1 agrees except for something." in html
    assert "Not children." in html
    be_participant(client, tables.other)
    client.post(at(tables, draft, "/agree"), data={"said": "agreed", "words": "Not children."})
    row = db.session.scalar(select(DraftAgreement))
    assert (row.said.value, row.words) == ("agreed", "")


def test_without_tables_the_whole_dialogue_writes_as_one(client: FlaskClient):
    room = make_room(StageKind.DRAFT)
    everyone = Tables(room, room.participant, make_participant(room.dialogue), make_participant(room.dialogue))
    draft = begin(client, everyone)
    be_participant(client, everyone.other)
    assert "We want to be asked." in client.get(room.at()).text
    assert client.get(at(everyone, draft)).status_code == 200


def test_a_facilitator_sees_drafts_by_table_and_shows_them(client: FlaskClient, tables: Tables):
    draft = begin(client, tables)
    sign_in_as(client, make_staff(tables.room.dialogue, Role.FACILITATOR))
    base = f"/d/{tables.room.dialogue.public_id}/drafts"
    html = client.get(base).text
    assert "table 1" in html
    assert "waiting to be checked" in html
    client.post(f"{base}/{draft.public_id}/show")
    assert fresh(draft).shown is not None
    sign_in_as(client, make_staff(tables.room.dialogue, Role.COMMISSIONER))
    assert client.get(base).status_code == 403


def test_which_table_wrote_it_is_told_to_no_participant(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    for person in (tables.one, tables.other):
        be_participant(client, person)
        for page in (tables.room.at(), at(tables, draft)):
            assert "able 1" not in client.get(page).text


def test_a_finding_taken_over_says_that_a_table_wrote_it(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 1)
    with transaction():
        take_over(db.session.get_one(Draft, draft.id), finding, by=voted.analyst)
    sign_in_as(client, voted.analyst)
    html = client.get(f"/d/{voted.dialogue.public_id}/findings/{finding.public_id}").text
    assert "written by a table of participants" in html


def test_leaving_takes_ones_suggestions_and_agreement_and_leaves_the_tables_words(client: FlaskClient, tables: Tables):
    draft = shown(tables, begin(client, tables))
    suggest(client, tables, draft)
    client.post(at(tables, draft, "/agree"), data={"said": "agreed"})
    for person in (tables.other, tables.one):
        with transaction():
            leave_dialogue(tables.room.dialogue, by=db.session.get_one(Participant, person.id))
    db.session.rollback()
    assert db.session.query(DraftSuggestion).count() == db.session.query(DraftAgreement).count() == 0
    kept = fresh(draft)
    assert kept.current.text == "We want to be asked."
    assert (kept.pen_holder_id, kept.current.written_by_id) == (None, None)
