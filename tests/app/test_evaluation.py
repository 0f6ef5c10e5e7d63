"""Evaluation: team and evaluator judge with evidence, both stay; an evaluator writes nothing else."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.evaluation import EvaluationJudgement
from app.models.people import Account, Membership
from app.services.evaluation import judge_check, publish_judgements
from deliberation.evaluation import Judge, Judgement
from deliberation.roles import Role
from tests import factories
from tests.app.meet import Circle, make_circle
from tests.app.way import saved


@pytest.fixture
def circle(client: FlaskClient) -> Circle:
    return make_circle()


@pytest.fixture
def evaluator(client: FlaskClient, circle: Circle) -> Account:
    account = factories.make_staff(circle.dialogue, Role.EVALUATOR, "Eva")
    factories.sign_in_as(client, account)
    return account


def _at(circle: Circle, tail: str = "") -> str:
    return f"/d/{circle.dialogue.public_id}/evaluation{tail}"


def _judge(client: FlaskClient, circle: Circle, key: str = "balance", **more):
    return client.post(_at(circle, f"/{key}"), data={"judgement": "partly", "evidence": "Slides 1 to 9.", **more})


def test_team_and_evaluator_judge_the_same_check_apart(client: FlaskClient, circle: Circle, evaluator):
    assert _judge(client, circle).status_code == 303
    factories.sign_in_as(client, circle.staff)
    assert _judge(client, circle, judgement="met", evidence="We asked everybody.").status_code == 303
    page = client.get(_at(circle)).text
    assert "Slides 1 to 9." in page
    assert "We asked everybody." in page
    assert {row.judge for row in db.session.scalars(select(EvaluationJudgement))} == set(Judge)


def test_a_judgement_without_evidence_is_refused(client: FlaskClient, circle: Circle, evaluator):
    assert _judge(client, circle, evidence="  ").status_code == 422
    assert _judge(client, circle, judgement="fine").status_code == 422
    assert _judge(client, circle, key="made_up").status_code == 404
    assert not db.session.scalars(select(EvaluationJudgement)).all()


def test_whoever_runs_the_dialogue_judges_as_the_team_whatever_else_they_are(client: FlaskClient, circle: Circle):
    saved(Membership(account_id=circle.staff.id, dialogue_id=circle.dialogue.id, role=Role.EVALUATOR))
    factories.sign_in_as(client, circle.staff)
    _judge(client, circle)
    assert db.session.scalars(select(EvaluationJudgement.judge)).one() is Judge.TEAM


def test_an_earlier_judgement_stays_and_the_same_again_is_kept_once(client: FlaskClient, circle: Circle, evaluator):
    for judgement in ("partly", "partly", "met"):
        _judge(client, circle, judgement=judgement)
    rows = db.session.scalars(select(EvaluationJudgement).order_by(EvaluationJudgement.number)).all()
    assert [(row.number, row.judgement) for row in rows] == [(1, Judgement.PARTLY), (2, Judgement.MET)]


def test_everybody_reads_what_was_published_and_not_what_was_changed_since(client: FlaskClient, circle, evaluator):
    anybody = client.application.test_client()
    public = f"/open/{circle.dialogue.public_id}/evaluation"
    _judge(client, circle)
    assert "Nothing has been published yet" in anybody.get(public).text
    assert client.post(_at(circle)).status_code == 303
    assert client.post(_at(circle)).status_code == 409
    _judge(client, circle, judgement="met", evidence="Later I saw more.")
    page = anybody.get(public).text
    assert "Slides 1 to 9." in page
    assert "Later I saw more." not in page


def test_one_judge_does_not_publish_for_the_other(circle: Circle, evaluator):
    with transaction():
        judge_check(
            circle.dialogue, "balance", judge=Judge.TEAM, judgement=Judgement.MET, evidence="So.", by=circle.staff
        )
        judge_check(
            circle.dialogue, "reach", judge=Judge.EVALUATOR, judgement=Judgement.MET, evidence="47.", by=evaluator
        )
        assert publish_judgements(circle.dialogue, judge=Judge.EVALUATOR, by=evaluator) == 1


def test_an_overseer_and_a_commissioner_read_it_and_judge_nothing(client: FlaskClient, circle: Circle):
    for who in (circle.accounts[0], factories.make_staff(circle.dialogue, Role.COMMISSIONER)):
        factories.sign_in_as(client, who)
        assert client.get(_at(circle)).status_code == 200
        assert client.get(_at(circle, "/balance")).status_code == 403
        assert _judge(client, circle).status_code == 403
        assert client.post(_at(circle)).status_code == 403
