"""Advice: given on exactly one version, answered, disputed, settled, overridden, published."""

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.advice import Advice
from app.queries.advice import line_of
from app.services import advice as acts
from app.services import gates
from deliberation.advice import AdviceState, Said
from deliberation.errors import RuleError
from deliberation.oversight import AdviceType, Response, Severity
from deliberation.roles import Role
from tests.app.oversee import Overseen, advise, bound, fresh, make_overseen, send
from tests.factories import be_participant, make_participant, make_staff, sign_in_as


@pytest.fixture
def made(app: Flask) -> Overseen:
    return make_overseen()


def _answer(made: Overseen, advice: Advice, response: Response = Response.ACCEPTED, reason: str = "Yes.") -> None:
    with transaction():
        acts.answer_advice(made.dialogue, advice, response, reason, by=made.lead)


def _state(advice: Advice) -> AdviceState:
    return line_of(fresh(advice)).state


def test_a_member_advises_on_one_paragraph_and_everyone_in_the_group_sees_it_beside(
    made: Overseen, client: FlaskClient
) -> None:
    pack = send(made)
    where = made.at(f"/packs/{pack.public_id}/{bound(made).public_id}")
    sign_in_as(client, made.overseer)
    page = client.get(where).text
    at = page.split("/advise?at=")[3].split('"')[0]
    form = client.get(f"{where}/advise?at={at}").text
    assert "A computer can learn" in form
    key = str(uuid.uuid4())
    data = {"severity": "must_fix", "type": "accuracy", "text": "It needs labels.", "anchor": at, "client_key": key}
    for _twice in range(2):
        assert client.post(f"{where}/advise", data=data).status_code == 303
    advice = db.session.scalars(select(Advice)).one()
    assert (advice.severity, advice.type, advice.anchor) == (Severity.MUST_FIX, AdviceType.ACCURACY, at)
    assert advice.version_id == bound(made).id
    sign_in_as(client, made.chair)
    assert "It needs labels." in client.get(where).text
    assert "the group" in client.get(where).text
    assert "Mo Member" not in client.get(where).text


def test_the_same_key_with_other_words_is_refused(made: Overseen) -> None:
    send(made)
    key = uuid.uuid4()

    def give(text: str) -> Advice:
        said = Said(text, AdviceType.CLARITY, Severity.CONSIDER)
        with transaction():
            return acts.give_advice(
                made.dialogue, made.group, bound(made), said, key=key, member=made.member, by=made.overseer
            )

    assert give("One.").id == give("One.").id
    with pytest.raises(RuleError, match="key_reused"):
        give("Two.")
    assert db.session.scalar(select(func.count()).select_from(Advice)) == 1


def test_an_incomplete_form_keeps_what_was_typed_and_says_what_is_missing(made: Overseen, client: FlaskClient) -> None:
    pack = send(made)
    sign_in_as(client, made.overseer)
    where = made.at(f"/packs/{pack.public_id}/{bound(made).public_id}/advise")
    reply = client.post(where, data={"text": "Words that stay."})
    assert reply.status_code == 422
    assert "Choose must fix, should or consider." in reply.text
    assert "Words that stay." in reply.text


def test_a_paragraph_that_is_not_there_is_refused(made: Overseen) -> None:
    with pytest.raises(RuleError, match="paragraph_missing"):
        advise(made, anchor="000000000000")


def test_a_named_piece_shows_the_name_and_an_unnamed_one_the_group(made: Overseen, client: FlaskClient) -> None:
    named, plain = advise(made, is_named=True), advise(made, text="Other.")
    sign_in_as(client, made.lead)
    assert "Mo Member, A charity" in client.get(made.at(f"/advice/{named.public_id}")).text
    assert "Mo Member" not in client.get(made.at(f"/advice/{plain.public_id}")).text


def test_each_piece_is_answered_with_a_reason_and_the_version_that_changed(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    where = made.at(f"/advice/{advice.public_id}")
    sign_in_as(client, made.lead)
    reply = client.post(f"{where}/answer", data={"response": "accepted", "changed_in": "version 2"})
    assert (reply.status_code, "version 2" in reply.text, "Say why." in reply.text) == (422, True, True)
    data = {"response": "accepted", "reason": "You are right.", "changed_in": "version 2"}
    assert client.post(f"{where}/answer", data=data).status_code == 303
    page = client.get(where).text
    assert "You are right." in page
    assert "Changed in: version 2" in page
    assert _state(advice) is AdviceState.ANSWERED


def test_an_answer_is_disputed_by_the_member_answered_again_and_all_of_it_stays(
    made: Overseen, client: FlaskClient
) -> None:
    advice = advise(made)
    where = made.at(f"/advice/{advice.public_id}")
    _answer(made, advice, Response.NOT_ACCEPTED, "We think it is fine.")
    sign_in_as(client, made.overseer)
    assert client.post(f"{where}/contest", data={"contest-why": ""}).status_code == 409
    assert client.post(f"{where}/contest", data={"contest-why": "It is not."}).status_code == 303
    assert _state(advice) is AdviceState.CONTESTED
    assert client.post(f"{where}/contest", data={"contest-why": "Twice."}).status_code == 409
    _answer(made, advice, Response.PARTLY, "Half of it.")
    assert _state(advice) is AdviceState.ANSWERED
    assert client.post(f"{where}/close", data={"close-why": "Good now."}).status_code == 303
    assert _state(advice) is AdviceState.CLOSED
    for address in (where, made.at("/reflection")):
        page = client.get(address).text
        for words in ("We think it is fine.", "It is not.", "Half of it.", "Good now."):
            assert words in page, (address, words)


def test_whoever_answers_never_settles(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    _answer(made, advice)
    for account in (made.lead, make_staff(made.dialogue, Role.COMMISSIONER)):
        sign_in_as(client, account)
        for tail in ("close", "contest", "withdraw"):
            assert client.post(made.at(f"/advice/{advice.public_id}/{tail}"), data={}).status_code == 403
    other = make_staff(made.dialogue, Role.OVERSEER, "Third")
    sign_in_as(client, other)
    assert client.post(made.at(f"/advice/{advice.public_id}/close"), data={}).status_code == 409
    assert _state(advice) is AdviceState.ANSWERED


def test_an_overseer_answers_nothing(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    sign_in_as(client, made.chair)
    data = {"response": "accepted", "reason": "Fine."}
    assert client.post(made.at(f"/advice/{advice.public_id}/answer"), data=data).status_code == 403
    assert client.post(made.at(f"/advice/{advice.public_id}/publish")).status_code == 403


def test_a_member_changes_their_words_until_they_are_answered_and_takes_back_only_their_own(
    made: Overseen, client: FlaskClient
) -> None:
    advice = advise(made)
    where = made.at(f"/advice/{advice.public_id}")
    data = {"severity": "should", "type": "balance", "text": "Better words."}
    sign_in_as(client, made.chair)
    assert client.post(f"{where}/edit", data=data).status_code == 422
    assert client.post(f"{where}/withdraw").status_code == 409
    sign_in_as(client, made.overseer)
    assert client.post(f"{where}/edit", data=data).status_code == 303
    assert (fresh(advice).text, advice.severity) == ("Better words.", Severity.SHOULD)
    _answer(made, advice)
    reply = client.post(f"{where}/edit", data=data | {"text": "Third words."})
    assert (reply.status_code, "Third words." in reply.text) == (422, True)
    assert client.post(f"{where}/withdraw").status_code == 303
    assert _state(advice) is AdviceState.WITHDRAWN


def test_only_the_lead_or_the_chair_override_and_only_with_a_reason(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    where = made.at(f"/advice/{advice.public_id}/override")
    for account in (made.overseer, make_staff(made.dialogue, Role.FACILITATOR, "Second")):
        sign_in_as(client, account)
        reply = client.post(where, data={"override-why": "Because."})
        assert (reply.status_code, "Only the lead" in reply.text) == (409, True)
    sign_in_as(client, make_staff(made.dialogue, Role.COMMISSIONER))
    assert client.post(where, data={"override-why": "Because."}).status_code == 403
    sign_in_as(client, made.lead)
    assert client.post(where, data={"override-why": "  "}).status_code == 409
    assert client.post(where, data={"override-why": "The session is tonight."}).status_code == 303
    assert fresh(advice).published_at is not None
    assert client.post(where, data={"override-why": "Again."}).status_code == 409


def test_advice_is_published_with_its_answer_when_its_gate_closes(made: Overseen, client: FlaskClient) -> None:
    advice = advise(made)
    sign_in_as(client, made.lead)
    assert client.post(made.at(f"/advice/{advice.public_id}/publish")).status_code == 409  # no answer yet
    _answer(made, advice)
    assert fresh(advice).published_at is None
    with transaction():
        gates.close_gate(made.dialogue, made.gate, advice="", by=made.lead)
    assert fresh(advice).published_at is not None


def test_a_group_that_keeps_its_advice_publishes_none(made: Overseen) -> None:
    advice = advise(made)
    _answer(made, advice)
    with transaction():
        made.group.publishes_advice = False
    with pytest.raises(RuleError, match="group_keeps_advice"), transaction():
        acts.publish_advice(made.dialogue, advice, by=made.lead)
    with transaction():
        gates.close_gate(made.dialogue, made.gate, advice="", by=made.lead)
    assert fresh(advice).published_at is None


def test_the_list_is_filtered_by_state_and_severity(made: Overseen, client: FlaskClient) -> None:
    first, _second = advise(made, text="The first thing."), advise(made, Severity.CONSIDER, "The second thing.")
    _answer(made, first)
    sign_in_as(client, made.lead)
    page = client.get(made.at("/advice?state=answered")).text
    assert "The first thing." in page
    assert "The second thing." not in page
    page = client.get(made.at("/advice?severity=must_fix&state=nonsense")).text
    assert "The second thing." not in page


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PANEL_MEMBER, Role.COMMITTEE_MEMBER, Role.PARTICIPANT])
def test_no_advice_is_read_from_outside_the_team_and_the_group(made: Overseen, client: FlaskClient, role: Role) -> None:
    advice = advise(made)
    if role is Role.PARTICIPANT:
        be_participant(client, make_participant(made.dialogue))
    else:
        sign_in_as(client, make_staff(made.dialogue, role))
    for tail in ("/advice", "/reflection", f"/advice/{advice.public_id}", f"/advice/{advice.public_id}/edit"):
        assert client.get(made.at(tail)).status_code == 403
    for tail in ("answer", "contest", "close", "withdraw", "override", "publish", "edit"):
        assert client.post(made.at(f"/advice/{advice.public_id}/{tail}"), data={}).status_code == 403


def test_advice_of_another_dialogue_is_not_found(made: Overseen, client: FlaskClient) -> None:
    other = make_overseen()
    theirs = advise(other)
    sign_in_as(client, made.overseer)
    assert client.get(made.at(f"/advice/{theirs.public_id}")).status_code == 404
    assert client.post(made.at(f"/advice/{theirs.public_id}/close"), data={}).status_code == 404
    assert client.get(other.at(f"/advice/{theirs.public_id}")).status_code == 404
