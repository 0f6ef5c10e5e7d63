"""A text with open must-fix advice is not shown to participants, whichever way they come."""


import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.learning import MaterialReading, MaterialShowing, StageMaterial
from app.models.people import Participant
from app.queries.advice import facts_of
from app.queries.held_back import held_back, is_held_back
from app.services import advice as acts
from app.services.comments import comment_on_paragraph
from app.services.leaving import leave_dialogue
from app.services.reading import mark_material_read
from app.services.stages import move_stage
from deliberation.advice import keeps_back
from deliberation.errors import RuleError
from deliberation.oversight import Response, Severity
from deliberation.paragraphs import paragraphs_of
from deliberation.roles import Role
from deliberation.stages import Move, StageState
from tests.app.oversee import BODY, Overseen, advise, bound, fresh, make_overseen, reword
from tests.factories import be_participant, make_participant, make_staff, sign_in_as

SECRET = "A computer can learn from many pictures."


@pytest.fixture
def made(app: Flask) -> Overseen:
    return make_overseen()


@pytest.fixture
def reader(made: Overseen, client: FlaskClient) -> Participant:
    person = make_participant(made.dialogue)
    be_participant(client, person)
    return person


def _at(made: Overseen, tail: str = "") -> str:
    return f"/d/{made.dialogue.public_id}/s/{made.stage.public_id}{tail}"


def _page(made: Overseen) -> str:
    return _at(made, f"/read/{made.material.public_id}")


def _part(made: Overseen) -> str:
    anchor = next(one.anchor for one in paragraphs_of(BODY) if one.text == SECRET)
    return f"{_page(made)}/part/{anchor}"


@pytest.mark.usefixtures("reader")
def test_a_text_with_an_open_must_fix_is_not_shown_by_any_address(made: Overseen, client: FlaskClient) -> None:
    assert SECRET in client.get(_page(made)).text
    assert client.get(_part(made)).status_code == 200
    advise(made)
    home = f"/d/{made.dialogue.public_id}"
    for address in (_page(made), _part(made), _at(made), f"{home}/next", f"{home}/mine"):
        reply = client.get(address)
        assert reply.status_code == 200
        assert SECRET not in reply.text, address
    page = client.get(_page(made)).text
    assert "This text is still being checked" in page
    assert "They asked for a change to this text first" in page
    assert "still being checked" in client.get(_at(made)).text


@pytest.mark.usefixtures("reader")
def test_nobody_marks_read_or_comments_on_what_is_not_shown(made: Overseen, client: FlaskClient) -> None:
    advise(made)
    assert client.post(_page(made), data={"version": "1"}).status_code == 409
    assert client.post(_part(made), data={"text": "Words on it."}).status_code in {409, 422}
    assert db.session.scalar(select(MaterialReading.id)) is None
    person = make_participant(made.dialogue)
    with pytest.raises(RuleError, match="material_not_shown"), transaction():
        mark_material_read(made.stage, made.material, by=person)
    with pytest.raises(RuleError, match="material_not_shown"), transaction():
        comment_on_paragraph(made.stage, made.material, _part(made).rsplit("/", 1)[1], "Hm.", by=person)


@pytest.mark.usefixtures("reader")
def test_own_words_about_a_part_stay_and_the_part_is_not_repeated(made: Overseen, client: FlaskClient) -> None:
    client.post(_part(made), data={"text": "My own words."})
    mine = f"/d/{made.dialogue.public_id}/mine"
    assert SECRET in client.get(mine).text
    advise(made)
    page = client.get(mine).text
    assert "My own words." in page
    assert SECRET not in page


@pytest.mark.usefixtures("reader")
def test_the_way_goes_on_past_what_is_not_shown(made: Overseen, client: FlaskClient) -> None:
    with transaction() as session:
        from_kit = made.material
        other = type(from_kit)(dialogue_id=made.dialogue.id, key="other", place=2)
        other.versions.append(type(from_kit.current)(number=1, title="Other", body="Plain.", digest="0" * 64))
        session.add(other)
        session.flush()
        session.add(StageMaterial(stage_id=made.stage.id, material_id=other.id, place=2))
        other_id = other.public_id
    advise(made)
    assert client.post(_at(made, "/start")).location == _at(made, f"/read/{other_id}")
    assert client.post(_at(made, f"/read/{other_id}")).location == f"/d/{made.dialogue.public_id}/next"


@pytest.mark.usefixtures("reader")
def test_an_answer_shows_nothing_again_but_settling_it_does(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    reword(made, BODY.replace(SECRET, "Other words now."))
    with transaction():
        acts.answer_advice(made.dialogue, advice, Response.ACCEPTED, "Done.", changed_in="version 2", by=made.lead)
    assert "still being checked" in client.get(_page(made)).text
    with transaction():
        acts.close_advice(made.dialogue, advice, "", by=made.overseer)
    assert "Other words now." in client.get(_page(made)).text


@pytest.mark.usefixtures("reader")
def test_an_override_shows_it_again_with_its_reason_for_everyone(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    with transaction():
        acts.override_advice(made.dialogue, advice, "The study comes out next week.", by=made.lead)
    page = client.get(_page(made)).text
    assert SECRET in page
    assert "The study comes out next week." in page
    advise(made, text="Another thing that is wrong.")
    assert "still being checked" in client.get(_page(made)).text


@pytest.mark.parametrize("severity", [Severity.SHOULD, Severity.CONSIDER])
def test_weaker_advice_keeps_nothing_back(made: Overseen, severity: Severity) -> None:
    advise(made, severity)
    assert not is_held_back(made.material)


def test_a_stage_with_such_a_text_does_not_open_and_the_facilitator_is_told_which(
    made: Overseen, client: FlaskClient
) -> None:
    with transaction():
        made.stage.state = StageState.PLANNED
    advice = advise(made)
    sign_in_as(client, made.lead)
    where = f"/d/{made.dialogue.public_id}/stages/{made.stage.public_id}/move"
    reply = client.post(where, data={"move": "open"})
    assert reply.status_code == 409
    assert "“What a scan is”" in reply.text
    assert "must be" in reply.text
    with transaction():
        acts.override_advice(made.dialogue, advice, "It is needed.", by=made.lead)
    assert client.post(where, data={"move": "open"}).status_code == 303


def test_such_a_stage_can_be_paused_and_closed_and_not_opened_again(made: Overseen) -> None:
    advise(made)
    with transaction():
        move_stage(made.stage, Move.CLOSE, by=made.lead)
    with pytest.raises(RuleError, match="material_held"), transaction():
        move_stage(made.stage, Move.REOPEN, by=made.lead)


def test_a_preview_shows_the_text_and_says_that_participants_do_not_see_it(made: Overseen, client: FlaskClient) -> None:
    advise(made)
    for role in (Role.FACILITATOR, Role.OVERSEER):
        sign_in_as(client, make_staff(made.dialogue, role))
        page = client.get(_page(made).replace("/s/", "/preview/s/"))
        assert SECRET in page.text
        assert "Participants are not shown this text now." in page.text


def test_a_text_about_the_platform_is_held_back_too(made: Overseen, client: FlaskClient) -> None:
    with transaction():
        made.material.kind = "transparency"
    person = make_participant(made.dialogue, consented=False)
    be_participant(client, person)
    where = f"/d/{made.dialogue.public_id}/how-we-checked"
    assert SECRET in client.get(where).text
    advise(made)
    assert SECRET not in client.get(where).text


def test_a_must_fix_on_a_plan_keeps_no_text_back(made: Overseen) -> None:
    advice = advise(made)
    with transaction():
        made.item.material_id = None
    assert not is_held_back(made.material)
    assert fresh(advice).severity is Severity.MUST_FIX


def test_a_withdrawn_must_fix_keeps_nothing_back(made: Overseen) -> None:
    advice = advise(made)
    assert is_held_back(made.material)
    with transaction():
        acts.withdraw_advice(made.dialogue, advice, by=made.overseer)
    assert not is_held_back(made.material)


def test_the_database_and_the_rule_agree_on_every_combination_of_facts(made: Overseen) -> None:
    advice = advise(made)
    version = bound(made)

    @given(st.sampled_from(Severity), *[st.booleans()] * 3)
    def agree(severity: Severity, closed: bool, withdrawn: bool, overridden: bool) -> None:
        now = utcnow()
        with transaction():
            advice.severity = severity
            advice.closed_at, advice.withdrawn_at = (now if closed else None), (now if withdrawn else None)
            advice.overridden_at = now if overridden else None
        assert (made.material.id in held_back([made.material.id])) == keeps_back(facts_of(advice))

    agree()
    with transaction():
        advice.closed_at = advice.withdrawn_at = None
        acts.answer_advice(made.dialogue, advice, Response.ACCEPTED, "Yes.", by=made.lead)
    agree()
    assert version.item.material_id == made.material.id


def test_whoever_starts_a_stage_was_shown_the_version_of_that_moment(made: Overseen, client: FlaskClient) -> None:
    person = make_participant(made.dialogue)
    be_participant(client, person)
    client.get(_page(made))
    assert db.session.scalar(select(MaterialShowing.id)) is None  # looking writes nothing
    client.post(_at(made, "/start"))
    shown = db.session.scalars(select(MaterialShowing)).one()
    assert (shown.participant_id, shown.version_id) == (person.id, made.material.current.id)


def test_who_read_version_one_did_not_read_version_two_that_came_meanwhile(made: Overseen, client: FlaskClient) -> None:
    person = make_participant(made.dialogue)
    be_participant(client, person)
    client.post(_at(made, "/start"))
    reword(made, BODY + "\n\nMore.")
    client.post(_page(made), data={"version": "1"})
    reading = db.session.scalars(select(MaterialReading)).one()
    assert reading.version_id == fresh(made.material).versions[0].id


def test_a_text_that_was_not_shown_is_not_said_to_have_been(made: Overseen, client: FlaskClient) -> None:
    advise(made)
    be_participant(client, make_participant(made.dialogue))
    client.post(_at(made, "/start"))
    assert db.session.scalar(select(MaterialShowing.id)) is None


def test_what_a_person_was_shown_goes_with_them(made: Overseen, client: FlaskClient) -> None:
    person = make_participant(made.dialogue)
    be_participant(client, person)
    client.post(_at(made, "/start"))
    with transaction():
        leave_dialogue(made.dialogue, by=person)
    assert db.session.scalar(select(MaterialShowing.id)) is None
