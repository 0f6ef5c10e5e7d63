"""The decision: every point answered, every reason given; then fourteen days, and a record or none."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db, transaction, utcnow
from app.models.committee import AccessDecision, CommitteePointAnswer
from app.models.register import RegisterEntry
from app.queries import committee as reads
from app.services import committee_queries
from app.services import register as register_acts
from deliberation.assessment import ApplicationState
from deliberation.committee import ConditionDraft, Outcome, ReportUse
from deliberation.errors import RuleError
from tests import factories
from tests.app.committee_way import (
    DAY,
    add_finding,
    again,
    answers,
    decides,
    declares,
    make_sitting,
    publishes,
    ready,
    responds,
    scores,
    state_of,
    version_numbers,
)
from tests.factories import sign_in_as

S = ApplicationState


def _form(**changes: str) -> dict[str, str]:
    today = utcnow().date()
    return {
        "act": "decide", "outcome": "grant", "reasons": "It is careful.", "report_use": "nothing_more",
        "purpose": "Finding nodules", "starts_on": today.isoformat(), "ends_on": (today + 365 * DAY).isoformat(),
        **changes,
    }  # fmt: skip


def _code(act) -> str:
    with pytest.raises(RuleError) as found:
        act()
    return found.value.code


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(but=st.integers(1, 2), outcome=st.sampled_from(list(Outcome)))
def test_no_decision_is_saved_with_an_unanswered_point(app, but, outcome):
    sitting = make_sitting()
    for who in (sitting.chair, sitting.member):
        declares(sitting, who)
        scores(sitting, who)
    answers(sitting, but=but)
    assert _code(lambda: decides(sitting, outcome)) == "points_need_answer"
    assert db.session.query(AccessDecision).filter_by(application_id=sitting.application.id).count() == 0
    assert state_of(sitting) is S.COMMITTEE_REVIEW


def test_points_stand_as_rows_and_what_was_typed_is_kept_when_the_decision_is_refused(app, client: FlaskClient):
    sitting = make_sitting()
    for who in (sitting.chair, sitting.member):
        declares(sitting, who)
        scores(sitting, who)
    sign_in_as(client, sitting.chair)
    page = client.get(sitting.committee("/decision")).text
    assert "Tell us when it has missed something." in page
    assert "2 of 2 points have no answer yet: 1, 2." in page
    first, second = sitting.points
    condition = {"condition-0-words": "Report on accuracy", "condition-0-owner": "Dr Example"}
    sent = _form(outcome="grant_with_conditions", **{f"point-{first.public_id}": "We follow it."}, **condition)
    page = client.post(sitting.committee("/decision"), data=sent)
    assert page.status_code == 422
    assert "Answer each panel point first. Still open: 2." in page.text
    for typed in ("We follow it.", "It is careful.", "Report on accuracy", "Finding nodules"):
        assert typed in page.text, typed
    assert db.session.query(CommitteePointAnswer).count() == 1
    sent[f"point-{second.public_id}"] = "We ask for it as a condition."
    page = client.post(sitting.committee("/decision"), data=sent)
    assert "Condition 1 needs words, somebody who sees to it, and a day." in page.text
    sent["condition-0-due"] = (utcnow().date() + 30 * DAY).isoformat()
    assert client.post(sitting.committee("/decision"), data=sent).status_code == 303
    assert state_of(sitting) is S.RESPONSE_WINDOW
    made = db.session.query(AccessDecision).one()
    assert (made.outcome, made.conditions[0].owner) == (Outcome.GRANT_WITH_CONDITIONS, "Dr Example")


def test_only_the_chair_saves_a_decision(app, client: FlaskClient):
    sitting = ready(make_sitting())
    sign_in_as(client, sitting.member)
    assert "Save the decision" not in client.get(sitting.committee("/decision")).text
    page = client.post(sitting.committee("/decision"), data=_form())
    assert (page.status_code, "Only the chair of this committee does this." in page.text) == (422, True)
    assert db.session.query(AccessDecision).count() == 0


def test_a_decision_waits_until_everybody_has_scored_alone(app):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    declares(sitting, sitting.member)
    scores(sitting, sitting.chair)
    answers(sitting)
    assert _code(lambda: decides(sitting)) == "scores_waiting"
    declares(sitting, sitting.member, words="I am on their board.", aside=True)
    decides(sitting)
    assert state_of(sitting) is S.RESPONSE_WINDOW


def test_what_rests_on_the_report_is_put_to_the_applicant_first(app):
    sitting = ready(make_sitting())
    assert _code(lambda: decides(sitting, report_use=None)) == "report_use_missing"
    assert _code(lambda: decides(sitting, report_use=ReportUse.PUT_TO_APPLICANT)) == "report_not_put"
    with transaction():
        query = committee_queries.ask(
            again(sitting.application), words="The panel felt rushed. What do you say?", relies_on_report=True,
            due_on=utcnow().date() + DAY, by=again(sitting.chair), now=utcnow(),
        )  # fmt: skip
    assert _code(lambda: decides(sitting, report_use=ReportUse.PUT_TO_APPLICANT)) == "questions_open"
    with transaction():
        committee_queries.answer(again(query), words="We agree.", by=again(sitting.lead), now=utcnow())
    decides(sitting, report_use=ReportUse.PUT_TO_APPLICANT)
    assert state_of(sitting) is S.RESPONSE_WINDOW


def test_revise_goes_back_to_synthesis_and_the_next_round_is_scored_anew(app):
    sitting = ready(make_sitting())
    made = decides(sitting, Outcome.REVISE)
    assert state_of(sitting) is S.SYNTHESIS
    application = again(sitting.application)
    assert (made.number, reads.round_of(application)) == (1, 2)
    assert reads.spread_of(application, 1).scored == 2
    assert reads.spread_of(application, 2).scored == 0
    assert not reads.member_at(application, sitting.chair, 2).has_scored
    assert reads.member_at(application, sitting.chair, 2).has_declared


def test_the_decision_cites_findings_and_a_finding_shows_the_decisions_that_cite_it(app, client: FlaskClient):
    sitting = ready(make_sitting())
    finding = add_finding(sitting)
    decides(sitting, cited={finding.public_id: "It asks for the reasons in public."})
    responds(sitting)
    entry = publishes(sitting)
    analyst = factories.make_staff(sitting.dialogue, factories.Role.ANALYST)
    sign_in_as(client, analyst)
    address = f"/d/{sitting.dialogue.public_id}/findings/{finding.public_id}"
    page = client.get(address).text
    assert f"/register/{entry.public_id}" in page
    assert "a decision on access cites it" in page
    assert client.get(f"{address}/edit").status_code == 409
    assert "It asks for the reasons in public." in client.get(f"/register/{entry.public_id}").text


def test_the_applicant_reads_the_reasons_and_responds_once(app, client: FlaskClient):
    sitting = ready(make_sitting())
    sign_in_as(client, sitting.lead)
    assert "There is no decision yet." in client.get(sitting.at("/outcome")).text
    decides(sitting, Outcome.GRANT_WITH_CONDITIONS)
    page = client.get(sitting.at("/outcome")).text
    assert "It is careful, and the panel was heard." in page
    assert "We follow it (1)." in page
    assert "May the record be published?" not in page  # what is granted has to be published
    with transaction():
        again(sitting.application).details = {"purpose": "Changed after the decision."}
    assert client.post(sitting.at("/outcome/response"), data={"response-words": "We thank you."}).status_code == 303
    assert version_numbers(sitting) == [1, 2]
    page = client.post(sitting.at("/outcome/response"), data={"response-words": "And more."})
    assert (page.status_code, "You have responded already." in page.text) == (422, True)


def test_nothing_is_published_before_day_14_unless_the_applicant_answers_early(app, client: FlaskClient):
    sitting = ready(make_sitting())
    decides(sitting)
    sign_in_as(client, sitting.facilitator)
    page = client.get(sitting.at("/publication")).text
    assert "The fourteen days for the applicant’s response are not over." in page
    assert client.post(sitting.at("/publication")).status_code == 422
    assert db.session.query(RegisterEntry).count() == 0
    responds(sitting)
    assert client.post(sitting.at("/publication")).status_code == 303
    assert state_of(sitting) is S.PUBLISHED


def test_after_day_14_silence_does_not_hold_a_grant_back(app):
    sitting = ready(make_sitting())
    decides(sitting, now=utcnow())
    with pytest.raises(RuleError), transaction():
        register_acts.publish(again(sitting.application), by=again(sitting.facilitator), now=utcnow() + 13 * DAY)
    with transaction():
        register_acts.publish(
            again(sitting.application), by=again(sitting.facilitator), now=utcnow() + 14 * DAY + timedelta(minutes=1)
        )
    assert state_of(sitting) is S.PUBLISHED


@pytest.mark.parametrize(("publish", "state"), [(True, S.PUBLISHED), (False, S.UNPUBLISHED_BY_CHOICE)])
def test_what_was_declined_is_published_only_if_the_applicant_wants_it(app, client: FlaskClient, publish, state):
    sitting = ready(make_sitting())
    decides(sitting, Outcome.DECLINE)
    sign_in_as(client, sitting.lead)
    assert "May the record be published?" in client.get(sitting.at("/outcome")).text
    responds(sitting, publish=publish)
    sign_in_as(client, sitting.facilitator)
    wrong, right = ("/private", "") if publish else ("", "/private")
    assert client.post(sitting.at(f"/publication{wrong}")).status_code == 422
    assert client.post(sitting.at(f"/publication{right}")).status_code == 303
    assert state_of(sitting) is state


def test_silence_publishes_nothing_that_was_declined(app):
    sitting = ready(make_sitting())
    decides(sitting, Outcome.DECLINE)
    later = utcnow() + 15 * DAY
    with pytest.raises(RuleError) as found, transaction():
        register_acts.publish(again(sitting.application), by=again(sitting.facilitator), now=later)
    assert found.value.code == "publication_not_wanted"
    with transaction():
        register_acts.keep_private(again(sitting.application), by=again(sitting.facilitator), now=later)
    assert state_of(sitting) is S.UNPUBLISHED_BY_CHOICE


def test_a_lesson_names_nobody(app, client: FlaskClient):
    sitting = ready(make_sitting())
    sign_in_as(client, sitting.chair)
    address = f"/d/{sitting.dialogue.public_id}/committee/lessons"
    page = client.post(address, data={"words": "Example Ltd left the night shift out."})
    assert (page.status_code, "Take out “Example Ltd”." in page.text) == (422, True)
    client.post(address, data={"words": "Say who watches a tool at night."})
    page = client.get("/register").text
    assert "Say who watches a tool at night." in page


def test_conditions_belong_to_a_grant_with_conditions(app):
    sitting = ready(make_sitting())
    one = ConditionDraft("Report", "Dr Example", utcnow().date() + DAY)
    assert _code(lambda: decides(sitting, Outcome.GRANT, conditions=[one])) == "conditions_elsewhere"
    assert _code(lambda: decides(sitting, Outcome.GRANT_WITH_CONDITIONS, conditions=[])) == "conditions_missing"
