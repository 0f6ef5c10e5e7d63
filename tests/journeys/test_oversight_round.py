"""An oversight round: a pack, a must-fix that keeps a text back, an answer, a dispute, an override, and the minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.advice import Advice, ReviewPack
from app.models.dialogues import Dialogue
from app.models.learning import StageMaterial
from app.models.meetings import OversightAction, OversightMeeting
from app.models.minutes import MinutesVersion
from app.models.people import Account
from app.queries.gates import choices_for
from app.queries.oversight import GroupTerms, MemberFacts
from app.services import gates, oversight
from deliberation.oversight import GateKind
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests.browser.conftest import sideways_scroll
from tests.factories import make_staff, sign_in_as
from tests.journeys.gathering import Gathering
from tests.journeys.hands import Touch

pytestmark = pytest.mark.browser
ADVICE = "The text says that scans show everything. They do not. Say what they miss."
ANSWER = "The specialist who wrote it stands by these words."
DISPUTE = "I asked two radiologists. Both say that it is wrong."
REASON = "The new words come next week. Until then a specialist says at each table what scans miss."
NOTE = "The group talked about what scans miss."
ACTION = "Write new words about what scans miss"
BEFORE = date(2026, 1, 5)


@dataclass
class Round:
    """The dialogue, and one browser for each person."""

    gathering: Gathering
    lead: Touch
    member: Touch
    participant: Touch
    anybody: Touch
    text: str

    def goes(self, who: Touch, tail: str = "") -> None:
        """Opens a page of oversight."""
        who.page.goto(f"{self.gathering.address}{self.gathering.path}/oversight{tail}")

    def rows(self, kind: Any) -> list[Any]:
        """Rows as they stand now."""
        return self.gathering.rows(kind)

    def days_pass(self, days: int) -> None:
        """So many days go by: everything with a time happened that much earlier."""
        back = timedelta(days=days)
        with self.gathering.hall.app.app_context(), transaction() as session:
            for meeting in session.scalars(select(OversightMeeting)):
                meeting.starts_at -= back
            for pack in session.scalars(select(ReviewPack)):
                pack.meets_on -= back
                pack.sent_at = pack.sent_at - back if pack.sent_at else None
            for version in session.scalars(select(MinutesVersion).where(MinutesVersion.clear_by.is_not(None))):
                version.circulated_at, version.clear_by = version.circulated_at - back, version.clear_by - back


@pytest.fixture
def played(hall, open_page) -> Iterator[Round]:
    """A group with a chair and a member, and a gate that looks at the text of the learn stage."""
    gathering = hall.gather(StageKind.LEARN)

    def browser(width: int) -> Page:
        watched = open_page(width, 800, address=gathering.address)
        faults.append(watched.faults)
        return watched.page

    faults: list[list[str]] = []
    with hall.app.app_context():
        dialogue = db.session.get_one(Dialogue, gathering.dialogue_id)
        lead = db.session.get_one(Account, gathering.facilitator_id)
        chair, member = (make_staff(dialogue, Role.OVERSEER, name) for name in ("Chair", "Member"))
        with transaction():
            text = _set_up(gathering, lead, chair, member)
        hands = [_signed_in(gathering, browser(width), who) for width, who in ((1280, lead), (375, member))]
    phone, stranger = Touch(browser(375)), Touch(browser(375))
    gathering.lets_in(phone.page)
    made = Round(gathering, *hands, phone, stranger, text)
    yield made
    assert faults == [[]] * 4


def _set_up(gathering: Gathering, lead: Account, chair: Account, member: Account) -> str:
    dialogue = db.session.get_one(Dialogue, gathering.dialogue_id)
    group = oversight.set_up_group(dialogue, GroupTerms("The Oversight Group", lead=lead, quorum=2), by=lead)
    for facts in (MemberFacts("Cleo Chair", account=chair, is_chair=True), MemberFacts("Mo Member", account=member)):
        oversight.add_member(group, facts, today=BEFORE, by=lead)
    gate = gates.save_gate(
        group, None, code="G2", title="Texts", purpose="", kind=GateKind.MATERIALS, due_on=None, by=lead
    )
    shown = _material_of(gathering.places[StageKind.LEARN][0])
    wanted = [one for one in choices_for(dialogue, gate.kind, "") if one.material_id == shown]
    gates.set_items(gate, wanted, by=lead)
    return str(wanted[0].title)


def _material_of(stage_id: int) -> int:
    return db.session.scalars(select(StageMaterial.material_id).where(StageMaterial.stage_id == stage_id)).one()


def _signed_in(gathering: Gathering, page: Page, who: Account) -> Touch:
    client = gathering.hall.app.test_client()
    sign_in_as(client, who)
    cookie = client.get_cookie("folkmoot")
    assert cookie is not None
    page.context.add_cookies([{"name": "folkmoot", "value": cookie.value, "url": gathering.address}])
    return Touch(page)


def _sees(who: Touch, words: str) -> None:
    expect(who.page.locator("main")).to_contain_text(words)
    assert sideways_scroll(who.page) == 0, who.page.url


def _not(who: Touch, words: str) -> None:
    expect(who.page.locator("body")).not_to_contain_text(words)


def test_a_round_from_the_pack_to_published_minutes(played: Round):
    the_lead_plans_a_meeting_and_sends_the_pack(played)
    the_member_reads_it_and_says_what_must_be_fixed(played)
    the_participant_is_not_shown_the_text(played)
    the_lead_answers_and_the_member_disputes_it(played)
    the_participant_is_not_shown_the_text(played)
    the_lead_shows_it_all_the_same_and_says_why(played)
    the_participant_reads_the_text_and_the_reason(played)
    played.days_pass(9)
    the_meeting_is_held_with_declarations_first(played)
    minutes_are_drafted_sent_round_cleared_and_published(played)
    anybody_reads_them_without_signing_in(played)


def the_lead_plans_a_meeting_and_sends_the_pack(played: Round) -> None:
    """A week ahead, with the text as it stands."""
    lead, day = played.lead, utcnow().date() + timedelta(days=8)
    played.goes(lead, "/meetings")
    lead.press("^Plan a meeting$")
    lead.type(f"{day:%Y-%m-%d}T14:00", name="starts_at")
    lead.type("By video", name="place")
    lead.press("^Save$")
    _sees(lead, "Reflection on previous feedback")
    lead.open("Add to the agenda")
    lead.page.locator('select[name="gate"]').select_option(label="G2 Texts")
    lead.press("^Add$")
    _sees(lead, "G2 Texts")
    played.goes(lead, "/packs/new")
    lead.type("Before our first meeting", name="title")
    lead.type(f"{day:%Y-%m-%d}", name="meets_on")
    lead.choose("G2", name="items")
    lead.press("^Save$")
    lead.press("^Send it to")
    played.goes(lead, "/meetings")
    lead.press("^Meeting 1$")
    _sees(lead, "The pack for this meeting: Before our first meeting")


def the_member_reads_it_and_says_what_must_be_fixed(played: Round) -> None:
    """On a phone, with their name."""
    member = played.member
    played.goes(member)
    member.press("^Open the pack$")
    member.press(f"^{played.text}")
    member.press("^Advise on the whole of it$")
    member.choose("^must fix$", name="severity")
    member.choose("^accuracy$", name="type")
    member.type(ADVICE, name="text")
    member.choose("Show my name", name="is_named")
    member.press("^Give this advice$")
    _sees(member, ADVICE)


def the_participant_is_not_shown_the_text(played: Round) -> None:
    """They read that it is being checked, and can go on."""
    person = played.participant
    person.page.goto(played.gathering.page_of(StageKind.LEARN))
    _sees(person, "still being checked")
    _not(person, ADVICE)
    expect(person.page.get_by_role("link", name=played.text)).to_have_count(0)


def the_lead_answers_and_the_member_disputes_it(played: Round) -> None:
    """Not accepted, with a reason; the member does not agree."""
    lead, member = played.lead, played.member
    played.goes(lead, "/advice")
    lead.press("^1[.] The text says")
    lead.choose("^not accepted$", name="response")
    lead.type(ANSWER, name="reason")
    lead.press("^Answer$")
    _sees(lead, ANSWER)
    played.goes(member, "/advice")
    member.press("^1[.] The text says")
    _sees(member, ANSWER)
    member.type(DISPUTE, name="contest-why")
    member.press("^No, I do not agree with the answer$")
    _sees(member, DISPUTE)


def the_lead_shows_it_all_the_same_and_says_why(played: Round) -> None:
    """Only with a reason that everybody reads."""
    lead = played.lead
    played.goes(lead, "/advice")
    lead.press("^1[.] The text says")
    lead.open("Show the text all the same")
    lead.press("^Show it, and publish my reason$")
    _sees(lead, "There is a problem")
    lead.type(REASON, name="override-why")
    lead.press("^Show it, and publish my reason$")
    _sees(lead, REASON)


def the_participant_reads_the_text_and_the_reason(played: Round) -> None:
    """Beside the text."""
    person = played.participant
    person.page.goto(played.gathering.page_of(StageKind.LEARN))
    person.press(f"^{played.text}$")
    _sees(person, REASON)
    _not(person, "still being checked")


def the_meeting_is_held_with_declarations_first(played: Round) -> None:
    """The member declares on their phone; nobody is there before that; then notes and an action."""
    lead, member = played.lead, played.member
    played.goes(lead, "/meetings")
    lead.press("^Keep the record of meeting 1$")
    here = lead.page.url
    lead.page.get_by_label("Cleo Chair", exact=True).select_option("present")
    lead.page.get_by_label("Mo Member", exact=True).select_option("present")
    lead.press("^Save who was there$")
    _sees(lead, "has not declared interests at this meeting yet")
    played.goes(member, "/meetings")
    member.press("^Declare your interests for meeting 1$")
    member.type("I once worked with one of the writers.", name="text")
    member.press("^Declare this$")
    _sees(member, "You declared: I once worked with one of the writers.")
    lead.page.goto(here)
    lead.press("^Nothing to add$")
    lead.page.get_by_label("Cleo Chair", exact=True).select_option("present")
    lead.page.get_by_label("Mo Member", exact=True).select_option("present")
    lead.press("^Save who was there$")
    _sees(lead, "2 of 2 members were there or had a deputy.")
    lead.page.get_by_label("4. G2 Texts").fill(NOTE)
    lead.press("^Save the notes$")
    lead.type(ACTION, name="text")
    lead.page.get_by_label("Who does it").select_option(label="Mo Member")
    lead.press("^Add this action$")
    _sees(lead, "A1")


def minutes_are_drafted_sent_round_cleared_and_published(played: Round) -> None:
    """Silence clears them on the stated date; until then they cannot be published."""
    lead, member = played.lead, played.member
    lead.press("^Go on to the minutes$")
    lead.press("^Draft them from the record$")
    for words in (NOTE, ACTION, ADVICE, ANSWER, "is contested", "I once worked with one of the writers."):
        _sees(lead, words)
    played.goes(member, "/meetings")
    _not(member, "Minutes of meeting 1")
    lead.press("^Send them round$")
    _sees(lead, "with the members")
    expect(lead.page.get_by_role("button", name="Publish these minutes")).to_have_count(0)
    played.goes(member, "/meetings")
    member.press("^Minutes of meeting 1$")
    _sees(member, "unless a member objects before")
    played.days_pass(8)
    lead.page.reload()
    _sees(lead, "no objection stood open")
    lead.press("^Publish these minutes$")
    _sees(lead, "The minutes are published.")
    played.goes(lead, "/public")
    lead.press("^Open the page to everybody$")
    _sees(lead, "The page is open to everybody.")


def anybody_reads_them_without_signing_in(played: Round) -> None:
    """Members, the advice with its answer and its dispute, the reason of the override, and the minutes."""
    anybody, gathering = played.anybody, played.gathering
    anybody.page.goto(f"{gathering.address}/open/{gathering.path.removeprefix('/d/')}/oversight")
    for words in ("Cleo Chair", ADVICE, ANSWER, DISPUTE, REASON):
        _sees(anybody, words)
    anybody.press("^Meeting 1, ")
    for words in (NOTE, ACTION, "Mo Member"):
        _sees(anybody, words)
    assert [one.code for one in played.rows(OversightAction)] == ["A1"]
    assert [one.number for one in played.rows(Advice)] == [1]
    assert played.rows(MinutesVersion)[-1].published_at is not None
