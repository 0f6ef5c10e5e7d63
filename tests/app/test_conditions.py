"""Conditions travel: from "it depends" to themes, findings, clauses, the walk back and the files."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction, utcnow
from app.exports import terms_docx, terms_html
from app.models.analysis import ConditionCitation, Finding, Theme
from app.models.people import Participant
from app.models.terms import Clause, TermsOfReference
from app.models.voting import Condition
from app.queries.conditions import conditions_until
from app.queries.evidence import Evidence
from app.queries.findings import Cited, cited_by
from app.queries.terms import clause_doc, terms_document
from app.services.analysis import take_snapshot
from app.services.contributions import withdraw
from app.services.findings import edit_finding, write_finding
from app.services.leaving import leave_dialogue
from app.services.terms import publish_terms
from app.services.themes import put_conditions
from deliberation.consent import Purpose
from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.terms import EvidenceKind, LinkStance
from tests.app.test_exports import docx_text
from tests.app.way import fresh, saved
from tests.evidence_builders import Voted, allow, clause_on, make_voted, snapshot_of
from tests.factories import be_participant, sign_in_as

WORDS = "Only if somebody outside checks it."


def _condition(voted: Voted, place: int = 0, text: str = WORDS, **changes) -> Condition:
    values = {"state": WordState.APPROVED, "created_at": utcnow() - timedelta(hours=1), **changes}
    return saved(
        Condition(participant_id=voted.people[place].id, statement_id=voted.statements[1].id, text=text, **values)
    )


def _finding(voted: Voted, *conditions: Condition, snapshot=None, **more) -> Finding:
    cited = [Cited(EvidenceKind.CONDITION, one.public_id) for one in conditions]
    facts = {"text": "It depends.", "limits": "", "by": voted.analyst, **more}
    with transaction():
        on = snapshot or take_snapshot(voted.dialogue, by=voted.analyst)
        return write_finding(voted.dialogue, on, cited=cited, **facts)


def _clause(voted: Voted, *findings: Finding):
    clause = clause_on(voted, *findings)
    db.session.rollback()
    return clause_doc(db.session.get(Clause, clause.id), Evidence(voted.dialogue, exact=False))


def test_a_checked_condition_can_be_cited_alone(app: Flask):
    voted = make_voted(people=4)
    finding = _finding(voted, _condition(voted))
    line = Evidence(voted.dialogue, exact=True).of(fresh(finding))
    assert [(one.text, one.number) for one in line.conditions] == [(WORDS, voted.statements[1].number)]


@pytest.mark.parametrize("state", [WordState.WAITING, WordState.REFUSED, WordState.WITHDRAWN])
def test_words_that_are_not_shown_to_everyone_are_not_cited(app: Flask, state: WordState):
    voted = make_voted(people=4)
    with pytest.raises(RuleError, match="not_shown"):
        _finding(voted, _condition(voted, state=state))


def test_a_condition_of_another_dialogue_or_a_later_moment_is_not_in_the_snapshot(app: Flask):
    voted, other = make_voted(people=4), make_voted(people=4)
    snapshot = snapshot_of(voted)
    for condition in (_condition(other), _condition(voted, created_at=utcnow() + timedelta(hours=1))):
        with pytest.raises(RuleError, match="not_in_snapshot"):
            _finding(voted, condition, snapshot=snapshot)


def test_a_condition_travels_to_the_clause_its_walk_back_and_both_files(app: Flask, client: FlaskClient):
    voted = make_voted(people=6)
    allow(voted.people[0], Purpose.QUOTES)
    doc = _clause(voted, _finding(voted, _condition(voted)))
    assert [one.text for one in doc.conditions] == [WORDS]
    assert doc.resting.conditions == 1
    sign_in_as(client, voted.commissioner)
    base = f"/d/{voted.dialogue.public_id}/terms"
    for address in (base, f"{base}/clause/{doc.public_id}", f"{base}/clause/{doc.public_id}/walk-back"):
        page = client.get(address).text
        assert "Acceptable only if:" in page, address
        assert WORDS in page
    with app.test_request_context():
        document = terms_document(voted.dialogue)
        for text in (docx_text(terms_docx.write(document)), terms_html.write(document)):
            assert "Acceptable only if" in text
            assert WORDS in text
            assert "1 condition" in text


def test_the_public_reads_the_condition_below_the_published_clause(app: Flask, client: FlaskClient):
    voted = make_voted(people=6)
    allow(voted.people[0], Purpose.QUOTES)
    _clause(voted, _finding(voted, _condition(voted)))
    with transaction() as session:
        for section in session.query(TermsOfReference).filter_by(dialogue_id=voted.dialogue.id).one().sections:
            section.is_required = False
        publish_terms(voted.dialogue, by=voted.commissioner)
    be_participant(client, voted.people[2])
    page = client.get(f"/d/{voted.dialogue.public_id}/terms/published").text
    assert "Acceptable only if:" in page
    assert WORDS in page


def test_without_the_quotes_permission_only_analysts_read_the_words_and_the_count_is_told(app: Flask):
    voted = make_voted(people=4)
    finding = fresh(_finding(voted, _condition(voted)))
    (line,) = Evidence(voted.dialogue, exact=False).of(finding).conditions
    assert line.text is None
    (line,) = Evidence(voted.dialogue, exact=True).of(finding).conditions
    assert line.text == WORDS
    assert _clause(voted, finding).resting.conditions == 1


def test_words_taken_back_vanish_and_the_count_stays(app: Flask):
    voted = make_voted(people=4)
    allow(voted.people[0], Purpose.QUOTES)
    condition = _condition(voted)
    finding = _finding(voted, condition)
    with transaction() as session:
        withdraw(session.get(Condition, condition.id), by=voted.people[0])
    doc = _clause(voted, fresh(finding))
    assert [one.text for one in doc.conditions] == [None]
    assert doc.resting.conditions == 1
    assert conditions_until(voted.dialogue, utcnow(), exact=True) == ()


def test_who_leaves_takes_the_words_and_the_count_stays(app: Flask):
    voted = make_voted(people=4)
    finding = _finding(voted, _condition(voted))
    with transaction() as session:
        leave_dialogue(voted.dialogue, by=session.get(Participant, voted.people[0].id))
    db.session.rollback()
    assert db.session.query(Condition).count() == 0
    assert db.session.query(ConditionCitation).one().condition_id is None
    doc = _clause(voted, fresh(finding))
    assert [(one.text, one.number) for one in doc.conditions] == [(None, 0)]


def test_a_condition_in_a_theme_travels_with_it_and_is_counted_once(app: Flask, client: FlaskClient):
    voted = make_voted(people=4)
    condition = _condition(voted)
    snapshot = snapshot_of(voted)
    theme = saved(Theme(snapshot_id=snapshot.id, place=9, title="Checks"))
    sign_in_as(client, voted.analyst)
    address = f"/d/{voted.dialogue.public_id}/themes/{theme.public_id}"
    assert WORDS in client.get(address).text
    assert client.post(f"{address}/conditions", data={"condition": str(condition.public_id)}).status_code == 303
    assert f'value="{condition.public_id}" checked' in client.get(address).text
    cited = [Cited(EvidenceKind.THEME, theme.public_id), Cited(EvidenceKind.CONDITION, condition.public_id)]
    with transaction():
        finding = write_finding(
            voted.dialogue, fresh(snapshot), text="It depends.", limits="", cited=cited, by=voted.analyst
        )
    assert _clause(voted, fresh(finding)).resting.conditions == 1
    with transaction() as session:
        put_conditions(session.get(Theme, theme.id), [], by=voted.analyst)
    assert fresh(theme).conditions == []


def test_a_finding_is_written_and_changed_on_its_page_with_conditions(app: Flask, client: FlaskClient):
    voted = make_voted(people=4)
    first, second = _condition(voted), _condition(voted, 1, "If it is free.")
    snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    base = f"/d/{voted.dialogue.public_id}/findings"
    page = client.get(f"{base}/new?cite=condition-{first.public_id}").text
    assert f'name="condition-{first.public_id}"' in page
    reply = client.post(f"{base}/new", data={"text": "It depends.", f"condition-{first.public_id}": "supports"})
    assert reply.status_code == 303
    finding = db.session.query(Finding).one()
    assert cited_by(finding) == [Cited(EvidenceKind.CONDITION, first.public_id)]
    with transaction():
        cited = [Cited(EvidenceKind.CONDITION, second.public_id, LinkStance.TEMPERS)]
        edit_finding(db.session.merge(finding), text="It depends.", limits="", cited=cited, by=voted.analyst)
    assert cited_by(fresh(finding)) == [Cited(EvidenceKind.CONDITION, second.public_id, LinkStance.TEMPERS)]


def test_the_report_lists_conditions_each_with_a_way_to_cite_it(client: FlaskClient):
    voted = make_voted(people=6)
    condition = _condition(voted)
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").text
    assert WORDS in page
    assert f"cite=condition-{condition.public_id}" in page
