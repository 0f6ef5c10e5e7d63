"""Writing an assessment: saved as one writes and never over another's words, suggested, handed in, kept, compared."""

import io

import pypdf

from app.db import db, transaction
from app.models.assessment import AssessmentAnswer, ExampleAssessment
from app.queries.assessment import answers_of, suggestions_of, versions_of
from app.services.assessment import save_answer
from app.services.assessment_moves import move
from app.services.harms import save_harm
from deliberation.assessment import ApplicationState
from deliberation.assessment_template import TEMPLATE, AssessmentQuestion, Section
from deliberation.harms import Scenario
from tests.app.access_way import NOW, add_harm, add_person, make_office
from tests.app.way import fresh, saved
from tests.factories import be_participant, make_participant, sign_in_as

S, Q = ApplicationState, AssessmentQuestion


def _say(office, question, text, based_on=0):
    with transaction():
        save_answer(fresh(office.application), question, text, based_on=based_on, by=office.lead)


def _text(office, question):
    row = answers_of(fresh(office.application)).get(question)
    return row.text if row else None


def _submit(office, to=S.SUBMITTED):
    with transaction():
        move(fresh(office.application), to, by=office.lead, now=NOW)


def test_every_section_asks_its_questions_and_saves_them_without_a_script(app, client):
    office = make_office(summary="")
    sign_in_as(client, office.lead)
    for number, section in enumerate(Section, 1):
        shown = client.get(office.at(f"/write/{number}")).text
        sent = {question.value: f"About {question.value}." for question in TEMPLATE[section]}
        assert all(f'name="{name}"' in shown for name in sent)
        assert client.post(office.at(f"/write/{number}"), data=sent).status_code == 303
    assert {key: row.text for key, row in answers_of(fresh(office.application)).items()} == {
        question.value: f"About {question.value}." for question in AssessmentQuestion
    }
    assert client.get(office.at("/write/5")).status_code == 404


def test_the_script_saves_one_field_and_learns_its_version(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    sent = {"question": "purpose", "text": "To see sooner.", "based_on": "0"}
    assert client.post(office.at("/answers"), data=sent).json["version"] == 1
    assert client.post(office.at("/answers"), data={**sent, "text": "Soon.", "based_on": "1"}).json["version"] == 2
    assert _text(office, Q.PURPOSE) == "Soon."
    assert client.post(office.at("/answers"), data={**sent, "question": "nonsense"}).status_code == 422
    assert client.post(office.at("/answers"), data={**sent, "based_on": "x"}).status_code == 422


def test_two_writers_are_told_of_each_other_by_the_script_and_nothing_is_overwritten(app, client):
    office = make_office()
    _say(office, Q.PURPOSE, "Theirs.")
    sign_in_as(client, office.lead)
    late = client.post(office.at("/answers"), data={"question": "purpose", "text": "Mine.", "based_on": "0"})
    assert late.status_code == 409
    assert (late.json["theirs"], late.json["by"], late.json["version"]) == ("Theirs.", "Lead", 1)
    assert _text(office, Q.PURPOSE) == "Theirs."


def test_two_writers_see_both_words_on_the_page_and_the_rest_of_the_section_is_saved(app, client):
    office = make_office()
    _say(office, Q.PURPOSE, "Theirs stand here.")
    sign_in_as(client, office.lead)
    sent = {"purpose": "Mine stand here.", "purpose_seen": "0", "team": "Two of us.", "team_seen": "0"}
    late = client.post(office.at("/write/1"), data=sent)
    assert late.status_code == 409
    assert "Theirs stand here." in late.text
    assert "Mine stand here." in late.text
    assert (_text(office, Q.PURPOSE), _text(office, Q.TEAM)) == ("Theirs stand here.", "Two of us.")
    both = {"purpose": "Both.", "purpose_seen": "1"}
    assert client.post(office.at("/write/1"), data=both).status_code == 303
    assert _text(office, Q.PURPOSE) == "Both."


def test_the_same_words_again_are_no_new_version(app):
    office = make_office()
    _say(office, Q.PURPOSE, "Once.")
    _say(office, Q.PURPOSE, " Once. ", based_on=0)
    assert answers_of(fresh(office.application))["purpose"].version == 1


def test_an_answer_can_be_emptied_and_a_long_one_says_by_how_much(app, client):
    office = make_office()
    _say(office, Q.PURPOSE, "Once.")
    sign_in_as(client, office.lead)
    assert client.post(office.at("/write/1"), data={"purpose": "", "purpose_seen": "1"}).status_code == 303
    assert _text(office, Q.PURPOSE) == ""
    long = client.post(office.at("/write/1"), data={"purpose": "x" * 8001, "purpose_seen": "2"})
    assert long.status_code == 409
    assert "1 characters too long" in long.text


def test_who_does_not_hold_the_pen_suggests_and_the_holder_puts_the_words_in(app, client):
    office = make_office()
    colleague = add_person(office)
    _say(office, Q.PURPOSE, "To see sooner.")
    sign_in_as(client, colleague)
    shown = client.get(office.at("/write/1")).text
    assert "<textarea" in shown
    assert "Save this section" not in shown
    assert client.post(office.at("/suggest"), data={"question": "purpose", "text": " "}).status_code == 422
    for text in ("And to worry less.", "Something else."):
        assert client.post(office.at("/suggest"), data={"question": "purpose", "text": text}).status_code == 303
    first, second = suggestions_of(fresh(office.application))
    assert client.post(office.at(f"/suggestions/{first.public_id}"), data={"answer": "taken"}).status_code == 409
    sign_in_as(client, office.lead)
    assert "And to worry less." in client.get(office.at("/write/1")).text
    assert client.post(office.at(f"/suggestions/{first.public_id}"), data={"answer": "taken"}).status_code == 303
    assert client.post(office.at(f"/suggestions/{second.public_id}"), data={"answer": "not_taken"}).status_code == 303
    assert client.post(office.at(f"/suggestions/{first.public_id}"), data={"answer": "taken"}).status_code == 409
    assert _text(office, Q.PURPOSE) == "To see sooner.\n\nAnd to worry less."
    assert suggestions_of(fresh(office.application)) == []


def test_the_gaps_are_counted_at_the_top_of_every_page_and_listed_before_handing_in(app, client):
    office = make_office(summary="")
    sign_in_as(client, office.lead)
    listed = client.get(office.at("/hand-in")).text
    assert "There is no summary in plain words." in listed
    assert "The register holds no harm yet." in listed
    assert 'class="fm-gaps"' in client.get(office.at()).text
    refused = client.post(office.at("/hand-in"), data={})
    assert refused.status_code == 409
    assert "Write the summary in plain words first." in refused.text
    assert fresh(office.application).state is S.DRAFT


def test_what_is_handed_in_stays_as_it_was_whatever_is_written_later(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    assert client.post(office.at("/hand-in"), data={"why": "Ready."}).status_code == 303
    refused = client.post(office.at("/write/1"), data={"purpose": "Later.", "purpose_seen": "0"})
    assert refused.status_code == 409
    assert "Later." in refused.text
    assert (
        client.post(office.at("/answers"), data={"question": "purpose", "text": "x", "based_on": "0"}).status_code
        == 409
    )
    (version,) = versions_of(fresh(office.application))
    assert version.content["answers"] == {"plain_summary": "We look for nodules."}


def test_an_application_that_is_taken_back_needs_a_reason_and_ends(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    assert client.post(office.at("/withdraw"), data={"why": ""}).status_code == 409
    assert client.post(office.at("/withdraw"), data={"why": "No money."}).status_code == 303
    assert fresh(office.application).state is S.CLOSED
    assert client.post(office.at("/hand-in"), data={}).status_code == 409


def test_two_versions_are_compared_word_by_word_with_their_harms(app, client):
    office = make_office()
    harm = add_harm(office)
    _say(office, Q.PURPOSE, "We save some time.")
    _submit(office)
    with transaction():
        application = fresh(office.application)
        application.state = S.SYNTHESIS
    _say(office, Q.PURPOSE, "We save much time.", based_on=1)
    words = {
        "text": "A nodule is missed.", "stakeholder": "Night radiographers", "scenario": Scenario.WORST_FAILING,
        "importance": 5,
    }  # fmt: skip
    with transaction():
        save_harm(fresh(office.application), words, harm=fresh(harm), based_on=1, by=office.lead)
    _submit(office, S.RESUBMITTED)
    sign_in_as(client, office.member)
    shown = client.get(office.at("/versions/2?since=1")).text
    assert "some" in shown.split("<del>")[1].split("</del>")[0]
    assert "much" in shown.split("<ins>")[1].split("</ins>")[0]
    assert "Night radiographers" in shown
    assert "We save some time." in client.get(office.at("/versions/1")).text
    assert client.get(office.at("/versions/3")).status_code == 404
    assert client.get(office.at("/versions/2?since=7")).status_code == 404


def test_a_version_opens_as_a_pdf_with_all_answers_and_harms_and_signs_that_no_font_has(app, client):
    office = make_office(summary="Plain words: <b>no</b> markup & Welsh ŵ, 漢.\nA second line.")
    add_harm(office, "A nodule is missed.", importance=4)
    with transaction():
        fresh(office.dialogue).is_synthetic = True
    _submit(office)
    sign_in_as(client, office.member)
    reply = client.get(office.at("/versions/1.pdf"))
    assert reply.content_type == "application/pdf"
    assert "synthetic-assessment-1-v1.pdf" in reply.headers["Content-Disposition"]
    pages = pypdf.PdfReader(io.BytesIO(reply.data)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Nodules", "<b>no</b> markup & Welsh w, ?. A second line.", "A nodule is missed.", "Importance 4",
        "Ada Lovelace",
    ):  # fmt: skip
        assert words in text
    assert all("SYNTHETIC: no real person said this" in page.extract_text() for page in pages)


def test_the_kits_own_example_is_there_for_staff_and_for_whoever_is_asked_to_consent(app, client):
    office = make_office()
    at = f"/d/{office.dialogue.public_id}/example-assessment"
    sign_in_as(client, office.lead)
    assert client.get(at).status_code == 404
    from_kit = {"answers": {"plain_summary": "It sorts votes."}, "harms": []}
    saved(ExampleAssessment(dialogue_id=office.dialogue.id, title="Our own", content=from_kit))
    for account in (office.lead, office.member, office.facilitator):
        sign_in_as(client, account)
        assert "It sorts votes." in client.get(at).text
    be_participant(client, make_participant(office.dialogue))
    assert "It sorts votes." in client.get(at).text
    assert at in client.get(f"/d/{office.dialogue.public_id}/how-we-checked").text


def test_an_answer_has_one_live_row_a_question(app):
    office = make_office()
    for text, seen in (("One.", 0), ("Two.", 1), ("Three.", 2)):
        _say(office, Q.PURPOSE, text, based_on=seen)
    rows = db.session.query(AssessmentAnswer).filter_by(application_id=office.application.id, question="purpose")
    assert [(row.text, row.version) for row in rows] == [("Three.", 3)]
