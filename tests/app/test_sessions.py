"""Sessions and stages: planning them, what is in them, moving them, and why a move is refused."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.forms.times import to_local, to_utc
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue, DialogueSession, Stage, StageProgress
from app.models.events import Event
from app.models.learning import Material
from app.models.people import Account
from app.queries.stages import contents_of, empty_stages, materials_of, models_of, placed_statements, prompts_of
from app.services import learning, sessions, stage_contents, stages
from app.services.kits import make_dialogue as make_from_kit
from app.services.kits import read_kit
from app.services.stewardship import CardContent, add_model
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role
from deliberation.stages import Move, Setting, StageKind, StageState
from tests.factories import (
    make_account,
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    place_statement,
    sign_in_as,
)

PLANNED, OPEN = StageState.PLANNED, StageState.OPEN


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR)


@pytest.fixture
def page(client: FlaskClient, by: Account) -> FlaskClient:
    """A browser of the facilitator."""
    sign_in_as(client, by)
    return client


def address(dialogue: Dialogue, rest: str) -> str:
    return f"/d/{dialogue.public_id}/{rest}"


def add_material(dialogue: Dialogue, by: Account, title: str) -> Material:
    with transaction():
        return learning.add_material(dialogue, title=title, body="Some words.", by=by)


def test_a_session_can_be_added_edited_ordered_and_removed(dialogue: Dialogue, page: FlaskClient) -> None:
    for title in ("One", "Two"):
        sent = {"title": title, "minutes": "90", "starts_at": "2030-07-01T18:30"}
        assert page.post(address(dialogue, "sessions/new"), data=sent).status_code == 303
    one, two = db.session.scalars(select(DialogueSession).order_by(DialogueSession.number))
    assert one.starts_at == datetime(2030, 7, 1, 17, 30, tzinfo=UTC)
    edit = address(dialogue, f"sessions/{two.public_id}/edit")
    assert 'value="2030-07-01T18:30"' in page.get(edit).text
    page.post(edit, data={"title": "Second", "minutes": "45", "starts_at": ""})
    page.post(address(dialogue, f"sessions/{two.public_id}/shift"), data={"step": "-1"})
    db.session.expire_all()
    assert [s.title for s in dialogue.sessions] == ["Second", "One"]
    assert [s.number for s in dialogue.sessions] == [1, 2]
    assert dialogue.sessions[0].starts_at is None
    page.post(address(dialogue, f"sessions/{two.public_id}/delete"))
    db.session.expire_all()
    assert [(s.title, s.number) for s in dialogue.sessions] == [("One", 1)]


def test_a_session_without_a_title_is_refused_and_what_was_typed_stays(
    dialogue: Dialogue, page: FlaskClient
) -> None:
    reply = page.post(address(dialogue, "sessions/new"), data={"title": "", "minutes": "x", "summary": "Stays"})
    assert reply.status_code == 422
    assert "Give it a title." in reply.text
    assert "Stays" in reply.text
    assert db.session.scalar(select(DialogueSession.id)) is None


def test_a_session_in_which_something_happened_is_not_removed(
    dialogue: Dialogue, by: Account, page: FlaskClient
) -> None:
    session = make_session(dialogue, state=PLANNED)
    stage = make_stage(session, StageKind.BREAK, state=PLANNED)
    person = make_participant(dialogue)
    with transaction() as store:
        store.add(StageProgress(participant_id=person.id, stage_id=stage.id))
    with pytest.raises(RuleError, match="something_happened"), transaction():
        sessions.delete_session(session, by=by)
    with pytest.raises(RuleError, match="something_happened"), transaction():
        stages.delete_stage(stage, by=by)
    reply = page.post(address(dialogue, f"sessions/{session.public_id}/delete"))
    assert reply.status_code == 409
    assert "Something has already happened here" in reply.text


def test_a_session_opens_pauses_closes_and_opens_again_and_each_is_recorded(
    dialogue: Dialogue, by: Account
) -> None:
    session = make_session(dialogue, state=PLANNED)
    make_stage(session, StageKind.BREAK, state=PLANNED)
    for move, state in ((Move.OPEN, "open"), (Move.PAUSE, "paused"), (Move.CLOSE, "closed"), (Move.REOPEN, "open")):
        with transaction():
            assert sessions.move_session(session, move, by=by).value == state
    kinds = [event.kind for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert kinds == [
        EventKind.SESSION_OPENED, EventKind.SESSION_PAUSED, EventKind.SESSION_CLOSED, EventKind.SESSION_OPENED,
    ]  # fmt: skip
    assert session.opened_at is not None
    assert session.closed_at is None


def test_each_impossible_move_of_a_session_is_refused_with_its_reason(dialogue: Dialogue, by: Account) -> None:
    bare = make_session(dialogue, state=PLANNED)
    running = make_session(dialogue, number=2)
    make_stage(running, StageKind.BREAK)
    third = make_session(dialogue, state=PLANNED, number=3)
    make_stage(third, StageKind.BREAK, state=PLANNED)
    for session, move, code in (
        (bare, Move.OPEN, "no_stages"),
        (bare, Move.CLOSE, "impossible_move"),
        (third, Move.OPEN, "another_session_is_open"),
        (running, Move.CLOSE, "stages_still_open"),
        (running, Move.REOPEN, "impossible_move"),
    ):
        with pytest.raises(RuleError) as refusal, transaction():
            sessions.move_session(session, move, by=by)
        assert refusal.value.code == code


def test_a_session_with_a_text_without_words_does_not_open(dialogue: Dialogue, by: Account) -> None:
    session = make_session(dialogue, state=PLANNED)
    stage = make_stage(session, StageKind.LEARN, state=PLANNED)
    material = add_material(dialogue, by, "Promised")
    with transaction():
        stage_contents.place_materials(stage, [material], by=by)
        material.current.body = "  "
    with pytest.raises(RuleError, match="material_missing"), transaction():
        sessions.move_session(session, Move.OPEN, by=by)


def test_an_impossible_move_is_shown_on_the_page_with_its_reason(dialogue: Dialogue, page: FlaskClient) -> None:
    session = make_session(dialogue, state=PLANNED)
    stage = make_stage(session, StageKind.VOTE, state=PLANNED)
    reply = page.post(address(dialogue, f"stages/{stage.public_id}/move"), data={"move": "open"})
    assert reply.status_code == 409
    assert "Open the session first" in reply.text
    reply = page.post(address(dialogue, f"sessions/{session.public_id}/move"), data={"move": "fly"})
    assert reply.status_code == 409
    assert "Choose open, pause, close or open again." in reply.text
    page.post(address(dialogue, f"sessions/{session.public_id}/move"), data={"move": "open"})
    reply = page.post(address(dialogue, f"stages/{stage.public_id}/move"), data={"move": "open"})
    assert "There is nothing in this stage yet" in reply.text
    place_statement(stage, make_statement(dialogue))
    reply = page.post(
        address(dialogue, f"stages/{stage.public_id}/move"), data={"move": "open"}, follow_redirects=True
    )
    assert "is now open" in reply.text


def test_two_stages_of_a_session_are_never_open_at_once(dialogue: Dialogue, by: Account) -> None:
    session = make_session(dialogue)
    make_stage(session, StageKind.BREAK)
    second = make_stage(session, StageKind.BREAK, state=PLANNED, place=2)
    with pytest.raises(RuleError, match="another_stage_is_open"), transaction():
        stages.move_stage(second, Move.OPEN, by=by)


def test_every_kind_that_needs_something_is_empty_without_it_and_full_in_the_kit(
    dialogue: Dialogue, by: Account
) -> None:
    session = make_session(dialogue)
    bare = {kind: make_stage(session, kind, state=PLANNED) for kind in StageKind}
    empty = empty_stages(list(bare.values()))
    assert {kind for kind, stage in bare.items() if stage.id in empty} == {
        StageKind.LEARN, StageKind.SURVEY, StageKind.DISCUSS, StageKind.DRAFT, StageKind.VOTE, StageKind.COMPARE,
    }  # fmt: skip
    maker = make_account(creates=True)
    with transaction():
        full = make_from_kit(read_kit("national-medical-imaging"), by=maker)
    everything = [stage for session in full.sessions for stage in session.stages]
    assert empty_stages(everything) == set()


def test_a_stage_whose_only_statement_waits_to_be_checked_is_empty(dialogue: Dialogue) -> None:
    stage = make_stage(make_session(dialogue), state=PLANNED)
    place_statement(stage, make_statement(dialogue, state="waiting"))
    assert contents_of([stage])[stage.id].votable == 0
    assert stage.id in empty_stages([stage])


def test_a_stage_is_added_and_edited_on_pages(dialogue: Dialogue, page: FlaskClient) -> None:
    session = make_session(dialogue, state=PLANNED)
    sent = {"kind": "discuss", "title": "Talk", "minutes": "20", "setting": "tables", "questionnaire": ""}
    reply = page.post(address(dialogue, f"sessions/{session.public_id}/stages/new"), data=sent)
    assert reply.status_code == 303
    assert reply.location.endswith("/contents")
    stage = db.session.scalars(select(Stage)).one()
    assert (stage.kind, stage.setting, stage.place) == (StageKind.DISCUSS, Setting.TABLES, 1)
    edit = address(dialogue, f"stages/{stage.public_id}/edit")
    assert 'value="discuss" checked' in page.get(edit).text
    assert page.post(edit, data=sent | {"title": "Talk more", "minutes": "-1"}).status_code == 422
    assert page.post(edit, data=sent | {"title": "Talk more"}).status_code == 303
    db.session.expire_all()
    assert stage.title == "Talk more"


def test_the_kind_of_a_stage_is_fixed_once_somebody_did_something_in_it(dialogue: Dialogue, by: Account) -> None:
    stage = make_stage(make_session(dialogue), StageKind.DISCUSS)
    person = make_participant(dialogue)
    with transaction() as store:
        store.add(StageProgress(participant_id=person.id, stage_id=stage.id))
    facts = {"title": "T", "intro": "", "minutes": 5, "setting": Setting.ALONE, "questionnaire": None}
    with pytest.raises(RuleError, match="kind_fixed"), transaction():
        stages.edit_stage(stage, kind=StageKind.VOTE, by=by, **facts)  # type: ignore[arg-type]
    with transaction():
        stages.edit_stage(stage, kind=StageKind.DISCUSS, by=by, **facts)  # type: ignore[arg-type]
    assert stage.title == "T"


def test_stages_change_places_and_a_removed_one_leaves_no_gap(dialogue: Dialogue, page: FlaskClient) -> None:
    session = make_session(dialogue, state=PLANNED)
    rows = [make_stage(session, StageKind.BREAK, state=PLANNED, place=n, intro=str(n)) for n in (1, 2, 3)]
    page.post(address(dialogue, f"stages/{rows[2].public_id}/shift"), data={"step": "-1"})
    page.post(address(dialogue, f"stages/{rows[0].public_id}/shift"), data={"step": "-1"})
    db.session.expire_all()
    assert [stage.intro for stage in session.stages] == ["1", "3", "2"]
    page.post(address(dialogue, f"stages/{rows[0].public_id}/delete"))
    db.session.expire_all()
    assert [(stage.intro, stage.place) for stage in session.stages] == [("3", 1), ("2", 2)]


def test_statements_are_placed_pinned_and_ordered_on_the_page(dialogue: Dialogue, page: FlaskClient) -> None:
    stage = make_stage(make_session(dialogue), state=PLANNED)
    a, b, c = (make_statement(dialogue, text) for text in ("First words.", "Second words.", "Third words."))
    make_statement(dialogue, "Still waiting.", state="waiting")
    where = address(dialogue, f"stages/{stage.public_id}/contents")
    assert "Still waiting." not in page.get(where).text
    sent = {
        "statement": [str(a.public_id), str(b.public_id), str(c.public_id)],
        f"statement-place-{a.public_id}": "2",
        f"statement-place-{b.public_id}": "1",
        f"statement-place-{c.public_id}": "3",
        "statement-first": [str(c.public_id)],
        "prompts": "",
    }
    assert page.post(where, data=sent).status_code == 303
    placed = placed_statements(stage)
    assert [(row.statement.text, row.is_pinned) for row in placed] == [
        ("Third words.", True), ("Second words.", False), ("First words.", False),
    ]  # fmt: skip
    page.post(where, data={"statement": [str(a.public_id)], "prompts": ""})
    db.session.expire_all()
    assert [row.statement.text for row in placed_statements(stage)] == ["First words."]


def test_materials_models_and_prompts_are_placed_on_the_page(
    dialogue: Dialogue, by: Account, page: FlaskClient
) -> None:
    stage = make_stage(make_session(dialogue), StageKind.DISCUSS, state=PLANNED)
    one, two = add_material(dialogue, by, "One"), add_material(dialogue, by, "Two")
    with transaction():
        card = add_model(dialogue, CardContent(name="A card", plain="It decides."), by=by)
    sent = {
        "material": [str(one.public_id), str(two.public_id)],
        f"material-place-{one.public_id}": "9",
        f"material-place-{two.public_id}": "1",
        "model": str(card.public_id),
        "prompts": "What now?\r\n\r\n  And then?  \r\n",
    }
    where = address(dialogue, f"stages/{stage.public_id}/contents")
    assert page.post(where, data=sent).status_code == 303
    assert [m.key for m in materials_of(stage)] == ["two", "one"]
    assert [m.name for m in models_of(stage)] == ["A card"]
    assert [p.text for p in prompts_of(stage)] == ["What now?", "And then?"]
    assert "What now?" in page.get(where).text


def test_a_question_that_people_answered_keeps_its_words_and_can_move(dialogue: Dialogue, by: Account) -> None:
    stage = make_stage(make_session(dialogue), StageKind.DISCUSS)
    with transaction():
        stage_contents.set_prompts(stage, ["One?", "Two?"], by=by)
    first = prompts_of(stage)[0]
    with transaction() as store:
        store.add(Comment(dialogue_id=dialogue.id, prompt_id=first.id, text="Yes."))
    with pytest.raises(RuleError, match="prompt_answered"), transaction():
        stage_contents.set_prompts(stage, ["Two?"], by=by)
    with transaction():
        stage_contents.set_prompts(stage, ["Three?", "One?"], by=by)
    assert [(p.text, p.place) for p in prompts_of(stage)] == [("Three?", 1), ("One?", 2)]
    assert db.session.get_one(Prompt, first.id).text == "One?"


def test_at_most_six_models_are_compared_at_a_sitting(dialogue: Dialogue, by: Account) -> None:
    stage = make_stage(make_session(dialogue), StageKind.COMPARE, state=PLANNED)
    with transaction():
        cards = [add_model(dialogue, CardContent(name=f"Card {n}", plain="P"), by=by) for n in range(7)]
    with pytest.raises(RuleError, match="too_many_models"), transaction():
        stage_contents.place_models(stage, cards, by=by)
    with transaction():
        stage_contents.place_models(stage, cards[:6], by=by)
    assert len(models_of(stage)) == 6


def test_the_join_code_stands_large_on_its_own_page(dialogue: Dialogue, page: FlaskClient) -> None:
    text = page.get(address(dialogue, "sessions/join-code")).text
    assert dialogue.join_code in text
    assert "/join" in text


def test_a_session_of_another_dialogue_is_not_found(dialogue: Dialogue, page: FlaskClient) -> None:
    other = make_session(make_dialogue(), state=PLANNED)
    stage = make_stage(other, StageKind.BREAK, state=PLANNED)
    assert page.get(address(dialogue, f"sessions/{other.public_id}/edit")).status_code == 404
    assert page.post(address(dialogue, f"sessions/{other.public_id}/move"), data={"move": "open"}).status_code == 404
    assert page.get(address(dialogue, f"stages/{stage.public_id}/contents")).status_code == 404


def test_a_commissioner_runs_nothing(dialogue: Dialogue, client: FlaskClient) -> None:
    session = make_session(dialogue, state=PLANNED)
    sign_in_as(client, make_staff(dialogue, Role.COMMISSIONER))
    assert client.get(address(dialogue, "sessions")).status_code == 403
    move = address(dialogue, f"sessions/{session.public_id}/move")
    assert client.post(move, data={"move": "open"}).status_code == 403


def test_a_typed_time_is_read_in_the_zone_of_the_dialogue_and_comes_back_the_same() -> None:
    for zone in ("Europe/London", "Asia/Kathmandu", "America/St_Johns"):
        typed = datetime(2030, 7, 1, 18, 30)
        assert to_local(to_utc(typed, zone), zone) == typed
    assert to_utc(None, "Europe/London") is None
