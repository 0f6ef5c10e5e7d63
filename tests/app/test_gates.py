"""Review gates: the usual ones, what they look at, exact content, and what changed since."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import transaction
from app.models.dialogues import StageProgress
from app.queries.gates import changed_since_review, choices_for, gate_rows, gates_of
from app.queries.oversight import GroupTerms
from app.services import gates as acts
from app.services.dialogues import edit_dialogue
from app.services.kits import make_dialogue
from app.services.kits_reading import read_kit
from app.services.oversight import set_up_group
from deliberation.errors import RuleError
from deliberation.oversight import GateKind, ItemKind, Severity, Standing
from deliberation.roles import Role
from tests.app.oversee import BODY, Overseen, advise, bound, fresh, make_overseen, reword, send
from tests.factories import make_account, make_participant, make_staff, sign_in_as


@pytest.fixture
def made(app: Flask) -> Overseen:
    return make_overseen()


def _marked(page: str, tag: str, words: str) -> bool:
    return any(words in part.split(f"</{tag}>")[0] for part in page.split(f"<{tag}>")[1:])


def _standing(made: Overseen) -> Standing:
    return gate_rows(fresh(made.dialogue), fresh(made.group))[0].items[0].standing


def test_one_button_makes_seven_gates_each_with_what_it_looks_at(app: Flask, client: FlaskClient) -> None:
    maker = make_account("maker")
    with transaction():
        dialogue = make_dialogue(read_kit("national-medical-imaging"), by=maker)
        group = set_up_group(dialogue, GroupTerms("G"), by=maker)
    sign_in_as(client, maker)
    where = f"/d/{dialogue.public_id}/oversight/gates"
    assert client.post(f"{where}/usual").status_code == 303
    gates = gates_of(fresh(group))
    assert [gate.code for gate in gates] == ["G0", "G1", "G2", "G3", "G4", "G5", "G6"]
    g2, g3 = gates[2], gates[3]
    assert [one.session.number for one in g2.items if one.session] == [1, 2]
    assert [one.session.number for one in g3.items if one.session] == [3, 4]
    texts = [one.material_id for gate in (g2, g3) for one in gate.items if one.material_id]
    assert texts
    assert len(texts) == len(set(texts))
    client.post(f"{where}/usual")
    assert len(gates_of(fresh(group))) == 7
    page = client.get(where)
    assert page.status_code == 200
    assert "not yet before the group" in page.text


def test_every_kind_of_item_of_a_whole_dialogue_can_be_bound_and_is_unchanged_at_once(app: Flask) -> None:
    maker = make_account("maker")
    with transaction():
        dialogue = make_dialogue(read_kit("national-medical-imaging"), by=maker)
        group = set_up_group(dialogue, GroupTerms("G"), by=maker)
        words = {f"G{number}": (f"Gate {number}", "") for number in range(7)}
        made = acts.make_standard_gates(dialogue, group, words, by=maker)
        kinds = set()
        for gate in made:
            for item in gate.items:
                if item.kind in {ItemKind.FINDINGS, ItemKind.REPORT}:  # nothing of these yet
                    with pytest.raises(RuleError, match="nothing_to_review"):
                        acts.bind(dialogue, item, by=maker)
                    continue
                version = acts.bind(dialogue, item, by=maker)
                assert acts.bind(dialogue, item, by=maker) is version
                kinds.add(item.kind)
    assert kinds == set(ItemKind) - {ItemKind.FINDINGS, ItemKind.REPORT}


def test_a_changed_byte_in_a_reviewed_material_is_noticed_at_the_gate(made: Overseen, client: FlaskClient) -> None:
    assert _standing(made) is Standing.NOT_SENT
    send(made)
    assert _standing(made) is Standing.WITH_GROUP
    with transaction():
        acts.close_gate(made.dialogue, made.gate, advice="Go on.", by=made.lead)
    assert _standing(made) is Standing.REVIEWED
    reword(made, BODY.replace("picture.", "picture!"))
    assert _standing(made) is Standing.CHANGED
    sign_in_as(client, made.lead)
    where = made.at(f"/gates/{made.gate.public_id}")
    for address in (where, made.at("/gates"), made.at(), f"/d/{made.dialogue.public_id}"):
        assert "changed since" in client.get(address).text, address
    material = client.get(f"/d/{made.dialogue.public_id}/materials/{made.material.public_id}").text
    assert "changed since review" in material
    page = client.get(made.at(f"/items/{made.item.public_id}")).text
    assert _marked(page, "ins", "picture!")
    assert _marked(page, "del", "picture.")
    reword(made, BODY)
    assert _standing(made) is Standing.REVIEWED


def test_a_blank_that_nobody_sees_is_a_change_too(made: Overseen, client: FlaskClient) -> None:
    send(made)
    reword(made, BODY.replace("\n\nNobody", "\n\n\nNobody"))
    assert _standing(made) is Standing.CHANGED
    sign_in_as(client, made.overseer)
    assert "only blanks" in client.get(made.at(f"/items/{made.item.public_id}")).text


def test_a_change_that_was_sent_again_is_with_the_group_and_a_closed_gate_opens_again(made: Overseen) -> None:
    send(made)
    with transaction():
        acts.close_gate(made.dialogue, made.gate, advice="", by=made.lead)
    reword(made, BODY + "\n\nMore.")
    assert [row.item.id for row in changed_since_review(made.dialogue)] == [made.item.id]
    send(made, "Again")
    assert _standing(made) is Standing.WITH_GROUP
    assert fresh(made.gate).closed_at is None
    assert bound(made).number == 2


def test_a_pack_that_was_not_sent_reviews_nothing(made: Overseen) -> None:
    with transaction():
        acts.bind(made.dialogue, made.item, by=made.lead)
    assert _standing(made) is Standing.NOT_SENT


def test_the_framing_is_bound_with_question_and_consent_words(made: Overseen) -> None:
    with transaction():
        gate = acts.save_gate(
            made.group, None, code="G0", title="Frame", purpose="", kind=GateKind.FRAMING, due_on=None, by=made.lead
        )
        acts.set_items(gate, choices_for(made.dialogue, gate.kind, "Frame")[:1], by=made.lead)
        version = acts.bind(made.dialogue, gate.items[0], by=made.lead)
    assert made.dialogue.question in version.text
    assert "The words about take_part." in version.text
    with transaction():
        edit_dialogue(made.dialogue, question="Should access be granted at all?", by=made.lead)
    with transaction():
        assert acts.bind(made.dialogue, gate.items[0], by=made.lead).number == 2


def test_what_participants_do_is_no_change_of_a_plan(made: Overseen) -> None:
    person = make_participant(made.dialogue)
    with transaction() as session:
        acts.set_items(made.gate, choices_for(made.dialogue, made.gate.kind, ""), by=made.lead)
        plan = next(one for one in made.gate.items if one.session_id)
        before = acts.bind(made.dialogue, plan, by=made.lead)
        session.add(StageProgress(participant_id=person.id, stage_id=made.stage.id))
    with transaction():
        assert acts.bind(made.dialogue, plan, by=made.lead) is before
        made.stage.intro = "Other words."
    with transaction():
        assert acts.bind(made.dialogue, plan, by=made.lead).number == 2


def test_what_was_before_the_group_stays_at_its_gate(made: Overseen, client: FlaskClient) -> None:
    send(made)
    sign_in_as(client, made.lead)
    reply = client.post(made.at(f"/gates/{made.gate.public_id}/items"), data={})
    assert reply.status_code == 422
    assert "so it stays at this gate" in reply.text


def test_two_gates_have_two_codes(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.lead)
    data = {"code": "g2", "title": "Another", "kind": "materials"}
    reply = client.post(made.at("/gates/new"), data=data)
    assert (reply.status_code, "has this code" in reply.text) == (422, True)
    assert client.post(made.at("/gates/new"), data=data | {"code": "G7"}).status_code == 303


def test_a_gate_does_not_close_while_advice_waits_for_an_answer(made: Overseen, client: FlaskClient) -> None:
    advise(made, Severity.CONSIDER)
    sign_in_as(client, made.lead)
    reply = client.post(made.at(f"/gates/{made.gate.public_id}/close"), data={"advice": "These words stay typed."})
    assert reply.status_code == 409
    assert "waits for an answer" in reply.text
    assert "These words stay typed." in reply.text


def test_a_closed_gate_says_that_this_is_no_approval(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.lead)
    where = made.at(f"/gates/{made.gate.public_id}")
    client.post(f"{where}/close", data={"advice": "Fine with the group."})
    page = client.get(where).text
    assert "Fine with the group." in page
    assert "and not approval" in page
    assert client.post(f"{where}/close", data={}).status_code == 409
    assert client.post(f"{where}/reopen").status_code == 303


def test_gates_and_items_of_another_dialogue_are_not_found(made: Overseen, client: FlaskClient) -> None:
    other = make_overseen()
    sign_in_as(client, made.lead)
    assert client.get(made.at(f"/gates/{other.gate.public_id}")).status_code == 404
    assert client.get(made.at(f"/items/{other.item.public_id}")).status_code == 404
    assert client.get(other.at("/gates")).status_code == 404


def test_an_overseer_reads_gates_and_changes_none(made: Overseen, client: FlaskClient) -> None:
    sign_in_as(client, made.chair)
    where = made.at(f"/gates/{made.gate.public_id}")
    assert client.get(where).status_code == 200
    for tail in ("/edit", "/items", "/close", "/reopen"):
        assert client.post(where + tail, data={}).status_code == 403
    assert client.post(made.at("/gates/usual")).status_code == 403


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COMMISSIONER, Role.EVALUATOR])
def test_the_team_and_the_evaluator_read_gates(made: Overseen, client: FlaskClient, role: Role) -> None:
    sign_in_as(client, make_staff(made.dialogue, role))
    assert client.get(made.at("/gates")).status_code == 200
    assert client.post(made.at("/gates/usual")).status_code == 403
