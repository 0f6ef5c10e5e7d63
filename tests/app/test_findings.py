"""Findings: they rest on one snapshot, are frozen once a clause uses them, and never show what may not be shown."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.analysis import Finding
from app.models.voting import Statement
from app.queries.analysis import themes_of
from app.queries.evidence import Evidence, resting
from app.queries.findings import Cited, cited_by
from app.services.findings import edit_finding, withdraw_finding, write_finding
from app.services.terms import remove_clause
from deliberation.consent import Purpose
from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from deliberation.terms import EvidenceKind, LinkStance
from tests.evidence_builders import allow, clause_on, comment_by, finding_on, make_voted, snapshot_of
from tests.factories import make_session, make_staff, make_stage, make_statement, sign_in_as


def cites(statement: Statement, stance: LinkStance = LinkStance.SUPPORTS) -> Cited:
    return Cited(EvidenceKind.STATEMENT, statement.public_id, stance)


def test_a_finding_carries_the_counts_of_its_snapshot(app: Flask):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    line = Evidence(voted.dialogue, exact=False).of(finding)
    assert [(one.tally.agree, one.tally.disagree, one.tally.seen) for one in line.statements] == [(22, 2, 24)]
    assert [one.number for one in line.dissent] == [1]


def test_each_statement_is_counted_once_though_a_theme_holds_it_too(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    theme = next(one for one in themes_of(snapshot) if any(m.statement_id for m in one.members))
    member = next(one.statement_id for one in theme.members if one.statement_id)
    statement = db.session.get_one(Statement, member)
    cited = [Cited(EvidenceKind.THEME, theme.public_id), cites(statement)]
    with transaction():
        finding = write_finding(voted.dialogue, snapshot, text="Both.", limits="", cited=cited, by=voted.analyst)
    rest = resting([Evidence(voted.dialogue, exact=True).of(finding)])
    assert rest.statements == len({one.statement_id for one in theme.members if one.statement_id})
    assert rest.votes == 24 * rest.statements


def test_a_finding_without_a_citation_is_refused(app: Flask):
    voted = make_voted(people=6)
    snapshot = snapshot_of(voted)
    with pytest.raises(RuleError, match="nothing_cited"), transaction():
        write_finding(voted.dialogue, snapshot, text="Just so.", limits="", cited=[], by=voted.analyst)


def test_a_finding_cites_things_of_its_own_snapshot_only(app: Flask):
    voted = make_voted()
    first = snapshot_of(voted)
    later = make_statement(voted.dialogue, "A later statement.")
    second = snapshot_of(voted)
    for cited in (cites(later), Cited(EvidenceKind.THEME, themes_of(second)[0].public_id)):
        with pytest.raises(RuleError, match="not_in_snapshot"), transaction():
            write_finding(voted.dialogue, first, text="No.", limits="", cited=[cited], by=voted.analyst)


def test_a_statement_that_is_not_shown_cannot_be_cited(app: Flask):
    voted = make_voted()
    with transaction() as session:
        session.get_one(Statement, voted.statements[1].id).state = WordState.REFUSED
    snapshot = snapshot_of(voted)
    with pytest.raises(RuleError, match="not_shown"), transaction():
        write_finding(
            voted.dialogue, snapshot, text="No.", limits="", cited=[cites(voted.statements[1])], by=voted.analyst
        )


def test_a_finding_may_change_until_a_clause_uses_it(app: Flask):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    cited = [cites(voted.statements[1], LinkStance.TEMPERS)]
    with transaction():
        edit_finding(db.session.merge(finding), text="Changed.", limits="", cited=cited, by=voted.analyst)
    assert finding.text == "Changed."
    assert cited_by(finding) == cited
    clause_on(voted, finding)
    with pytest.raises(RuleError, match="finding_frozen"), transaction():
        edit_finding(db.session.merge(finding), text="Again.", limits="", cited=cited, by=voted.analyst)


def test_a_finding_stays_frozen_when_its_clause_has_been_taken_out(app: Flask):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    clause = clause_on(voted, finding)
    with transaction():
        remove_clause(db.session.merge(clause), by=voted.commissioner)
    with pytest.raises(RuleError, match="finding_frozen"), transaction():
        edit_finding(
            db.session.merge(finding), text="Again.", limits="", cited=[cites(voted.statements[0])], by=voted.analyst
        )


def test_a_withdrawn_finding_stays_readable_and_is_withdrawn_once(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    with transaction():
        withdraw_finding(db.session.merge(finding), by=voted.analyst)
    with pytest.raises(RuleError, match="finding_withdrawn"), transaction():
        withdraw_finding(db.session.merge(finding), by=voted.analyst)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/findings/{finding.public_id}").text
    assert finding.text in page
    assert "withdrawn" in page


def test_a_comment_is_quoted_only_with_its_authors_permission(app: Flask, client: FlaskClient):
    voted = make_voted()
    stage = make_stage(make_session(voted.dialogue), StageKind.DISCUSS)
    quoted = comment_by(voted.people[0], stage, "Words that may be quoted.")
    silent = comment_by(voted.people[1], stage, "Words that may not be quoted.")
    allow(voted.people[0], Purpose.QUOTES)
    snapshot = snapshot_of(voted)
    cited = [Cited(EvidenceKind.COMMENT, one.public_id) for one in (quoted, silent)]
    with transaction():
        finding = write_finding(voted.dialogue, snapshot, text="Said.", limits="", cited=cited, by=voted.analyst)
    address = f"/d/{voted.dialogue.public_id}/findings/{finding.public_id}"
    sign_in_as(client, voted.commissioner)
    page = client.get(address).text
    assert "Words that may be quoted." in page
    assert "Words that may not be quoted." not in page
    assert "1 comment that is not quoted" in page
    sign_in_as(client, voted.analyst)
    assert "Words that may not be quoted." in client.get(address).text
    assert voted.people[0].pseudonym not in client.get(address).text


def test_words_taken_back_vanish_and_counts_stay(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    with transaction() as session:
        session.get_one(Statement, voted.statements[0].id).state = WordState.WITHDRAWN
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/findings/{finding.public_id}").text
    assert voted.statements[0].text not in page
    assert "22 agree, 2 disagree" in page


def test_an_analyst_writes_a_finding_on_a_page(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    address = f"/d/{voted.dialogue.public_id}/findings/new"
    assert f'name="statement-{voted.statements[0].public_id}"' in client.get(address).text
    sent = {
        "text": "Nearly all want to be told.",
        f"statement-{voted.statements[0].public_id}": "supports",
        f"statement-{voted.statements[3].public_id}": "tempers",
        "statement-nonsense": "supports",
        f"statement-{voted.statements[4].public_id}": "",
    }
    reply = client.post(address, data=sent)
    assert reply.status_code == 303
    made = db.session.query(Finding).one()
    assert [(one.statement_id, one.stance) for one in made.citations] == [
        (voted.statements[0].id, LinkStance.SUPPORTS),
        (voted.statements[3].id, LinkStance.TEMPERS),
    ]


def test_a_refused_finding_loses_nothing_that_was_typed(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    name = f"statement-{voted.statements[2].public_id}"
    reply = client.post(
        f"/d/{voted.dialogue.public_id}/findings/new", data={"text": "", "limits": "Kept limits.", name: "tempers"}
    )
    assert reply.status_code == 422
    assert "Kept limits." in reply.text
    assert '<option value="tempers" selected>' in reply.text
    assert db.session.query(Finding).count() == 0


def test_without_a_snapshot_the_page_says_what_comes_first(app: Flask, client: FlaskClient):
    voted = make_voted(people=2)
    sign_in_as(client, voted.analyst)
    assert "Take a snapshot first" in client.get(f"/d/{voted.dialogue.public_id}/findings/new").text


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.FACILITATOR, Role.OVERSEER, Role.EVALUATOR])
def test_nobody_but_an_analyst_writes_findings(app: Flask, client: FlaskClient, role: Role):
    voted = make_voted(people=6)
    snapshot_of(voted)
    sign_in_as(client, make_staff(voted.dialogue, role))
    sent = {"text": "Mine.", f"statement-{voted.statements[0].public_id}": "supports"}
    assert client.post(f"/d/{voted.dialogue.public_id}/findings/new", data=sent).status_code == 403
    assert db.session.query(Finding).count() == 0
