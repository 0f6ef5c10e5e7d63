"""The public register and what follows a decision: search, exports, checks, access, results, reminders, versions."""

import csv
import io
import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.db import db, transaction, utcnow
from app.jobs import write_due
from app.models.access_applications import AccessApplication
from app.models.committee import AccessDecision
from app.models.moderating import OutgoingMail
from app.models.register import RegisterEntry, ReviewReminder
from app.queries.assessment import answers_of
from app.queries.register import access_state
from app.services import register as acts
from app.services.new_versions import declare_change
from app.services.reviews import remind
from deliberation.assessment import ApplicationState
from deliberation.committee import Outcome
from deliberation.errors import RuleError
from deliberation.register import AccessState, ChangeOf, Trigger
from tests.app.committee_way import DAY, again, decides, make_sitting, published, publishes, ready, responds, state_of
from tests.factories import be_participant, make_participant, sign_in_as

S = ApplicationState


def _entry() -> RegisterEntry:
    return db.session.query(RegisterEntry).order_by(RegisterEntry.id.desc()).first()


def test_anybody_finds_a_record_and_reads_every_field_of_it(app, client: FlaskClient):
    sitting = published()
    page = client.get("/register").text
    assert sitting.application.title in page
    assert "1 of 1 record" in page
    page = client.get(f"/register/{_entry().public_id}").text
    for words in (
        "Example Ltd", "Train a new product", "We look for nodules.", "Granted with conditions",
        "It is careful, and the panel was heard.", "Report accuracy by skin tone", "Dr Example", "a@example.org",
        "Thank you.", "Tell us when it has missed something.", "We did it (1).", "We follow it (1).",
        "18 to 39, 40 to 64: 5, 65 and over",
        "Looked at again", "Access window",
    ):  # fmt: skip
        assert words in page, words
    for secret in ("REPORT", "Chair", "Sound", "The panel is content."):
        assert secret not in page.split("<main")[1], secret


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=nodules", 1), ("q=NODULES+chest", 1), ("q=liver", 0), ("route=train", 1), ("route=research", 0),
        ("outcome=grant_with_conditions", 1), ("outcome=decline", 0), ("access=active", 1), ("access=revoked", 0),
        ("q=%25&route=nonsense", 0),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(app, client: FlaskClient, query: str, count: int):
    published()
    assert f"{count} of 1 record" in client.get(f"/register?{query}").text


def test_an_empty_register_says_what_will_stand_there(app, client: FlaskClient):
    assert "Nothing has been published yet." in client.get("/register").text
    assert json.loads(client.get("/register.json").text) == {"register": []}


def test_both_exports_open_again_and_no_cell_is_a_formula(app, client: FlaskClient):
    sitting = published(title="=HYPERLINK(\"https://example.org\")", organisation="+44 Ltd")
    rows = list(csv.DictReader(io.StringIO(client.get("/register.csv").text)))
    assert [row["title"] for row in rows] == ["'=HYPERLINK(\"https://example.org\")"]
    assert rows[0]["organisation"] == "'+44 Ltd"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    whole = json.loads(client.get("/register.json").text)["register"]
    assert whole[0]["title"] == sitting.application.title
    assert whole[0]["points"][0]["committee"] == "We follow it (1)."
    assert whole[0]["panel"][0]["bands"] == [
        {"band": "18 to 39", "count": None}, {"band": "40 to 64", "count": 5}, {"band": "65 and over", "count": None}
    ]  # fmt: skip
    assert "REPORT" not in client.get("/register.json").text


def test_a_breach_leads_to_a_suspension_that_the_register_shows_and_a_met_condition_restores_it(
    app, client: FlaskClient
):
    sitting = published()
    condition = db.session.query(AccessDecision).one().conditions[0]
    sign_in_as(client, sitting.chair)
    address, box = sitting.at(f"/conditions/{condition.public_id}"), f"c{condition.public_id.hex}-"
    page = client.post(address, data={f"{box}standing": "not_met", f"{box}evidence": ""})
    assert (page.status_code, "Say what you looked at." in page.text) == (422, True)
    broken = {f"{box}standing": "not_met", f"{box}evidence": "No report came."}
    assert client.post(address, data=broken).status_code == 303
    about = str(condition.public_id)
    move = {"access-move": "suspend", "access-reason": "The report is missing.", "access-condition": about}
    assert client.post(sitting.at("/conditions/access"), data={**move, "access-reason": ""}).status_code == 422
    assert client.post(sitting.at("/conditions/access"), data=move).status_code == 303
    page = client.get(f"/register/{_entry().public_id}").text
    assert "Access is suspended now." in page
    assert "No report came." in page
    back = {**move, "access-move": "restore", "access-reason": "It came."}
    page = client.post(sitting.at("/conditions/access"), data=back)
    assert "A condition is still not met. Check it again first." in page.text
    client.post(address, data={f"{box}standing": "met", f"{box}evidence": "The report of May."})
    assert client.post(sitting.at("/conditions/access"), data=back).status_code == 303
    assert access_state(again(sitting.application)) is AccessState.ACTIVE
    assert client.get("/register?access=active").text.count("<article") == 1


def test_the_result_in_plain_words_is_written_by_the_applicant_alone_and_reaches_the_panel(app, client: FlaskClient):
    sitting = published()
    sign_in_as(client, sitting.lead)
    data = {"result-words": "It found 12 nodules early. It missed 2.", "result-link": "javascript:alert(1)"}
    page = client.post(sitting.at("/outcome/result"), data=data)
    assert (page.status_code, "begins with https://" in page.text) == (422, True)
    assert client.post(sitting.at("/outcome/result"), data={**data, "result-link": ""}).status_code == 303
    assert "It missed 2." in client.get(f"/register/{_entry().public_id}").text
    with pytest.raises(RuleError) as found, transaction():
        acts.write_result(again(sitting.application), words="Mine.", by=again(sitting.member), now=utcnow())
    assert found.value.code == "not_of_the_team"


def test_a_declared_change_begins_a_new_version_that_takes_the_place_of_the_old_one(app, client: FlaskClient):
    sitting = published()
    sign_in_as(client, sitting.lead)
    data = {"change-change_of": "scope", "change-words": "Children too."}
    assert client.post(sitting.at("/outcome/change"), data={**data, "change-words": ""}).status_code == 422
    assert client.post(sitting.at("/outcome/change"), data=data).status_code == 303
    assert state_of(sitting) is S.ITERATING
    new = db.session.query(AccessApplication).filter_by(replaces_id=sitting.application.id).one()
    assert (new.state, new.title) == (S.DRAFT, sitting.application.title)
    assert answers_of(new)["plain_summary"].text == "We look for nodules."
    assert "Children too." in client.get(f"/register/{_entry().public_id}").text
    old_entry = _entry().public_id
    second = _at_the_committee(sitting, new)
    decides(second, Outcome.GRANT)
    responds(second)
    publishes(second)
    assert state_of(sitting) is S.SUPERSEDED
    page = client.get(f"/register/{old_entry}").text
    assert "A newer version stands in its place." in page
    page = client.get(f"/register/{_entry().public_id}").text
    assert "Earlier versions" in page
    assert f"/register/{old_entry}" in page


def _at_the_committee(sitting, new: AccessApplication):
    """The new version, carried to the committee with the workshop of a sitting of its own."""
    other = make_sitting()
    with transaction():
        workshop = again(other.workshop)
        workshop.application_id = new.id
        again(new).state = S.COMMITTEE_REVIEW
    for name in ("dialogue", "asset", "lead", "chair", "member", "facilitator"):
        setattr(other, name, getattr(sitting, name))
    other.application = new
    return ready(other)


def test_a_change_cannot_be_declared_before_anything_was_granted(app):
    sitting = make_sitting()
    with pytest.raises(RuleError) as found, transaction():
        declare_change(
            again(sitting.application), ChangeOf.SCOPE, words="More.", by=again(sitting.lead), now=utcnow()
        )
    assert found.value.code == "nothing_granted"


def test_each_reminder_goes_out_once_and_names_nothing_that_anybody_wrote(app):
    sitting = published()
    start = utcnow()
    for days in (1, 61, 61, 62, 336, 366, 366, 800):
        with transaction():
            remind(start + days * DAY)
    rows = db.session.query(ReviewReminder).order_by(ReviewReminder.due_on, ReviewReminder.id).all()
    assert {row.trigger_kind for row in rows} == {
        Trigger.CONDITION_DUE, Trigger.ACCESS_EXPIRY, Trigger.ANNUAL_NUDGE, Trigger.LAY_RESULT, Trigger.TWO_YEARS,
    }  # fmt: skip
    assert len(rows) == len({(row.trigger_kind, row.due_on, row.about_id) for row in rows})
    mails = db.session.query(OutgoingMail).all()
    assert {mail.account_id for mail in mails} == {sitting.lead.id, sitting.chair.id}
    for mail in mails:
        assert sitting.application.title not in mail.body + mail.subject
        assert "Report accuracy" not in mail.body
    assert state_of(sitting) is S.REVIEW_DUE


def test_the_facilitator_hears_once_that_the_fourteen_days_are_over(app):
    sitting = ready(make_sitting())
    decides(sitting)
    for days in (13, 15, 15, 16):
        with transaction():
            remind(utcnow() + days * DAY)
    assert [row.trigger_kind for row in db.session.query(ReviewReminder)] == [Trigger.PUBLICATION]
    assert [mail.account_id for mail in db.session.query(OutgoingMail)] == [sitting.facilitator.id]


def test_the_worker_writes_reminders_too(app):
    sitting = ready(make_sitting())
    made = decides(sitting)
    with transaction():
        for move in again(sitting.application).moves:
            move.moved_at = utcnow() - timedelta(days=20)
        again(made).decided_at = utcnow() - timedelta(days=20)
    assert write_due() == 1
    assert write_due() == 0


def test_the_panel_reads_what_became_of_it_in_its_own_dialogue(app, client: FlaskClient):
    sitting = ready(make_sitting())
    be_participant(client, make_participant(sitting.d2))
    address = f"/d/{sitting.d2.public_id}/panel/what-became-of-it"
    assert "There is nothing to read yet." in client.get(address).text
    decides(sitting, Outcome.GRANT_WITH_CONDITIONS)
    assert "There is nothing to read yet." in client.get(address).text
    responds(sitting)
    publishes(sitting)
    page = client.get(address).text
    assert "Yes, but only if they keep some rules." in page
    assert "We follow it (1)." in page
    assert client.get(f"/d/{sitting.dialogue.public_id}/panel/what-became-of-it").status_code == 404
