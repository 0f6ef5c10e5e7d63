"""The published policy: everybody reads it, facilitators write it in versions, authors read its words."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.moderating import ModerationPolicy
from app.queries.policy import current_policy
from app.services.kits import make_dialogue as make_from_kit
from app.services.kits import read_kit
from app.services.policy import edit_policy
from deliberation.errors import RuleError
from deliberation.moderation import ReasonCode
from deliberation.policy import DEFAULT, Policy, PolicyReason
from deliberation.roles import Role
from tests.app.moderating import address, sent, waiting_statement
from tests.factories import be_participant, make_account, make_dialogue, make_participant, make_staff, sign_in_as


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


def boxes(policy: Policy, **changes: str) -> dict[str, str]:
    data = {"intro": policy.intro}
    for code, reason in policy.reasons.items():
        data |= {f"{code.value}_words": reason.words, f"{code.value}_means": reason.means}
        data[f"{code.value}_examples"] = "\n".join(reason.examples)
    return {**data, **changes}


def test_every_dialogue_has_a_policy_that_anybody_can_read(dialogue: Dialogue, client: FlaskClient) -> None:
    page = client.get(f"/open/{dialogue.public_id}/policy")
    assert page.status_code == 200
    for reason in DEFAULT.reasons.values():
        assert reason.words in page.text
        assert reason.examples[0].replace("“", "“") in page.text
    assert "reject" not in page.text.lower()


def test_the_kit_ships_its_own(app: Flask, client: FlaskClient) -> None:
    by = make_account()
    with transaction():
        made = make_from_kit(read_kit("national-medical-imaging"), by=by)
    policy = current_policy(made)
    assert policy.version == 1
    assert "To be against AI is fine." in policy.intro
    assert all(reason.examples for reason in policy.reasons.values())


def test_a_new_version_is_read_by_authors_and_moderators_and_the_old_one_stays(
    dialogue: Dialogue, client: FlaskClient
) -> None:
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    reply = client.post(address(dialogue, "/policy"), data=boxes(DEFAULT, unclear_words="We could not follow it."))
    assert reply.status_code == 303
    client.post(address(dialogue, "/policy"), data=boxes(DEFAULT, unclear_words="We did not follow it"))
    assert [row.version for row in db.session.scalars(select(ModerationPolicy).order_by(ModerationPolicy.id))] == [1, 2]
    author = make_participant(dialogue)
    words = waiting_statement(dialogue, author_id=author.id)
    assert "We did not follow it" in client.get(address(dialogue)).text
    client.post(address(dialogue, "/decide"), data=sent("statement", words, "refuse", reason="unclear"))
    be_participant(client, author)
    assert "We did not follow it" in client.get(f"/d/{dialogue.public_id}/mine").text


@pytest.mark.parametrize(
    "changes",
    [{"intro": " "}, {"abuse_words": ""}, {"abuse_means": ""}, {"legal_examples": "\n".join("abcdef")},
     {"legal_words": "x" * 121}],
)  # fmt: skip
def test_a_policy_with_a_gap_is_refused_and_nothing_typed_is_lost(
    dialogue: Dialogue, client: FlaskClient, changes: dict[str, str]
) -> None:
    sign_in_as(client, make_staff(dialogue, Role.FACILITATOR))
    reply = client.post(address(dialogue, "/policy"), data=boxes(DEFAULT, repeated_words="Kept as typed", **changes))
    assert reply.status_code == 422
    assert "Kept as typed" in reply.text
    assert "error-summary" in reply.text
    assert db.session.scalar(select(ModerationPolicy)) is None


def test_saving_the_same_words_again_makes_no_version(dialogue: Dialogue) -> None:
    by = make_staff(dialogue, Role.FACILITATOR)
    changed = {**DEFAULT.reasons, ReasonCode.LEGAL: PolicyReason("No law", "It would break one.", ("x",))}
    with transaction():
        edit_policy(dialogue, Policy("Why.", changed), by=by)
    with pytest.raises(RuleError, match="unchanged"), transaction():
        edit_policy(dialogue, Policy("Why.", changed), by=by)


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.EVALUATOR, Role.ANALYST])
def test_only_facilitators_write_it(dialogue: Dialogue, client: FlaskClient, role: Role) -> None:
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(address(dialogue, "/policy")).status_code == 403
    assert client.post(address(dialogue, "/policy"), data=boxes(DEFAULT)).status_code == 403
