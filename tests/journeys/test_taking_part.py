"""Everything that one person can give, in one evening: on a phone without JavaScript, with it, and by keyboard."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.models.comments import Comment
from app.models.preferences import PreferenceBallot
from app.models.questions import Question
from app.models.stewardship import Combination, ModelRating
from app.models.voting import Condition, CurrentVote, Statement, Vote
from deliberation.moderation import WordState
from deliberation.stages import StageKind
from deliberation.voting import Position
from tests.browser.conftest import axe_violations, sideways_scroll
from tests.journeys.gathering import DOTS, MODELS, ORDER, SOMEBODY, STATEMENTS, TITLES, TOPICS, Gathering
from tests.journeys.hands import Hands, Keys, Touch

pytestmark = pytest.mark.browser
VOTES = 20
QUESTION = "Who pays for the panel?"
STATEMENT = "Every request from a company should be seen first by a panel of patients."
"""Close to one of the kit, so that the hint about similar ones comes."""
REPLY = "Asking takes long, but I would rather wait than not be asked."
DEPENDS = "Only if the scans stay in this country."
PICTURES = os.environ.get("FOLKMOOT_PICTURES", "")
"""A folder for pictures of each page at 375 and 1280 px; none are taken when it is empty."""


@dataclass
class Eyes:
    """Looks at each page of a journey: sideways scroll always, axe where scripts run, pictures if wanted."""

    page: Page
    scripts: bool
    seen: list[str]
    problems: list[str]

    def look(self, name: str) -> None:
        """Notes what is wrong with the page that is shown."""
        self.seen.append(name)
        if sideways_scroll(self.page) > 0:
            self.problems.append(f"{name}: scrolls sideways by {sideways_scroll(self.page)}")
        if self.scripts:
            self.problems += [f"{name}: {line}" for line in axe_violations(self.page)]
        if PICTURES and self.scripts:
            self._take(name)

    def _take(self, name: str) -> None:
        before = self.page.viewport_size
        assert before is not None
        for width in (375, 1280) if before["width"] > 400 else (320,):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.screenshot(path=Path(PICTURES) / f"{len(self.seen):02d}-{name}-{width}.png", full_page=True)
        self.page.set_viewport_size(before)


@dataclass
class Evening:
    """One person's evening: the dialogue, the hands, the eyes."""

    gathering: Gathering
    hands: Hands
    eyes: Eyes

    @property
    def heading(self) -> str:
        """What the page is about."""
        return self.hands.page.locator("h1").first.inner_text()

    def sees(self, words: str) -> None:
        """The words are on the page, perhaps in a moment."""
        expect(self.hands.page.locator("body")).to_contain_text(words)

    def begins(self, kind: StageKind) -> None:
        """What is next is this stage, and the person starts it."""
        assert self.heading == TITLES[kind]
        self.eyes.look(f"next-{kind.value}")
        self.hands.press("^(Start|Carry on)$")


WAYS: dict[str, tuple[int, int, bool, Callable[[Page], Hands]]] = {
    "phone-without-script": (320, 640, False, Touch),
    "phone-with-script": (320, 640, True, Touch),
    "keyboard-alone": (1280, 900, True, Keys),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_one_person_joins_gives_everything_finds_it_again_and_takes_one_thing_back(way, hall, open_page):
    width, height, scripts, hands_of = WAYS[way]
    gathering = hall.gather(StageKind.LEARN)
    watched = open_page(width, height, scripts=scripts, address=gathering.address)
    hands = hands_of(watched.page)
    evening = Evening(gathering, hands, Eyes(watched.page, scripts, [], []))

    joins(evening)
    learns_and_asks(evening)
    votes(evening)
    adds_a_statement(evening)
    replies(evening)
    compares(evening)
    ranks_and_approves(evening)
    finds_it_all_again_and_takes_the_reply_back(evening)

    assert_that_nothing_was_lost_or_doubled(gathering)
    assert evening.eyes.problems == []
    assert watched.faults == []
    assert getattr(hands, "unseen", []) == []


def joins(evening: Evening) -> None:
    """By a personal link, with three screens before anything else."""
    hands, eyes = evening.hands, evening.eyes
    hands.page.goto(evening.gathering.invites("Example Person"))
    evening.sees("You have been invited to talk about this")
    eyes.look("invited")
    hands.press("^Start$")
    evening.sees("Before we start: 1 of 3")
    eyes.look("notice")
    hands.press("^I have read this$")
    evening.sees("Before we start: 2 of 3")
    hands.choose("^Yes, I want to take part$", name="choice")
    eyes.look("take-part")
    hands.press("^Continue$")
    evening.sees("Before we start: 3 of 3")
    eyes.look("permissions")
    hands.press("^Continue$")


def learns_and_asks(evening: Evening) -> None:
    """A question comes up while reading; afterwards the text is still to be read."""
    hands, eyes = evening.hands, evening.eyes
    evening.begins(StageKind.LEARN)
    text = evening.heading
    eyes.look("read")
    hands.press("^I have a question about this$")
    evening.sees("Ask a question")
    evening.sees(text)
    hands.type(QUESTION, name="text")
    eyes.look("ask")
    hands.press("^Send my question$")
    evening.sees("Your question is in")
    eyes.look("asked")
    assert evening.heading == text
    evening.gathering.move_on(StageKind.VOTE)
    hands.press("^I have read this$")


def votes(evening: Evening) -> None:
    """Twenty votes in sets of five: one skipped, one undone, one that matters, one pass that depends."""
    hands, eyes = evening.hands, evening.eyes
    evening.begins(StageKind.VOTE)
    evening.sees("1 of 5")
    eyes.look("vote")
    first = evening.heading
    hands.press("^Skip for now$")
    expect(hands.page.locator("h1")).not_to_have_text(first)
    for number in range(VOTES):
        if number and number % 5 == 0:
            evening.sees(f"You have voted on {number} statements")
            if number == 5:
                eyes.look("five-done")
            hands.press("^Five more$")
            expect(hands.page.locator("h1.fm-statement")).to_be_visible()
        if number == 3:
            hands.choose("This matters a lot to me", name="important")
        vote(evening, "Pass" if number == 6 else ("Disagree" if number % 3 else "Agree"))
        if number == 1:
            eyes.look("voted")
            undoes_and_votes_again(evening)
    evening.sees(f"You have voted on {VOTES} statements")


def vote(evening: Evening, position: str) -> str:
    """One vote; the next thing comes. After a pass it is said what it depends on. Returns the statement."""
    hands = evening.hands
    words = evening.heading
    hands.press(f"^{position}$")
    expect(hands.page.locator("h1")).not_to_have_text(words)
    if position == "Pass":
        assert evening.heading == "Want to say why?"
        hands.choose("^It depends$", name="reason")
        hands.type(DEPENDS, name="depends_on")
        evening.eyes.look("why-pass")
        hands.press("^Go on$")
        expect(hands.page.locator("h1")).not_to_have_text("Want to say why?")
    return words


def undoes_and_votes_again(evening: Evening) -> None:
    """The last statement comes back without a vote, and gets the other one."""
    before = evening.heading
    evening.hands.press("^Undo last$")
    expect(evening.hands.page.locator("h1")).not_to_have_text(before)
    vote(evening, "Agree")


def adds_a_statement(evening: Evening) -> None:
    """Close ones are shown once; sending one's own is as easy."""
    hands, eyes = evening.hands, evening.eyes
    hands.press("^Say it in your words$")
    eyes.look("say")
    hands.type(STATEMENT, name="text")
    hands.press("^Continue$")
    evening.sees("These are close to yours")
    evening.sees("A panel of patients should see every request from a company.")
    eyes.look("similar")
    hands.press("^Mine is different, send it$")
    evening.sees("Your words are in")
    eyes.look("said")
    evening.gathering.checks(STATEMENT)
    evening.gathering.move_on(StageKind.DISCUSS)
    evening.gathering.somebody_says(SOMEBODY)
    hands.press("^Stop here$")


def replies(evening: Evening) -> None:
    """To what somebody else said; the reply waits to be checked, and its writer sees it."""
    hands, eyes = evening.hands, evening.eyes
    evening.begins(StageKind.DISCUSS)
    hands.open("^Read what 1 other said")
    evening.sees(SOMEBODY)
    eyes.look("talk")
    hands.press("^Reply")
    hands.choose("^Against it$", name="side")
    hands.type(REPLY, name="text")
    eyes.look("reply")
    hands.press("^Send$")
    evening.sees("Your words are in")
    evening.sees(REPLY)
    evening.sees("waiting to be checked")
    eyes.look("replied")
    hands.press("^Back to all comments$")
    evening.gathering.move_on(StageKind.COMPARE)
    hands.press("^I am done with this part$")


def compares(evening: Evening) -> None:
    """Two models, one a page, then a mix of one's own, read back as a sentence."""
    hands, eyes = evening.hands, evening.eyes
    evening.begins(StageKind.COMPARE)
    for rating in ("^Support$", "^Oppose$"):
        evening.sees("What do you think of it?")
        hands.choose(rating, name="rating")
        hands.choose("^I could accept it$", name="acceptance")
        eyes.look("model")
        hands.press("^Continue$")
    evening.sees("Put your own mix together")
    eyes.look("mix")
    for question in ("who_sets_rules", "who_decides", "can_say_no", "who_checks"):
        hands.choose(".", name=question)
    hands.press("^Continue$")
    evening.sees("You said:")
    eyes.look("compared")
    evening.gathering.move_on(StageKind.PRIORITISE)
    hands.press("^I am done with this part$")


def ranks_and_approves(evening: Evening) -> None:
    """An order by buttons, what could be accepted, and dots."""
    hands, eyes = evening.hands, evening.eyes
    evening.begins(StageKind.PRIORITISE)
    assert evening.heading == ORDER
    hands.press("^Put it first")
    hands.press("^Put it next")
    eyes.look("order")
    hands.press("^Keep this order$")
    evening.sees("If others chose it, could you accept it?")
    eyes.look("accept")
    hands.press("^Continue$")
    evening.sees(DOTS)
    eyes.look("first-answered")
    hands.press("^Answer it")
    assert evening.heading == DOTS
    for topic in TOPICS[:2]:
        hands.choose(f"^{topic}$", name="dots")
    eyes.look("dots")
    hands.press("^Keep my dots$")
    evening.sees("You gave 2 of 3 dots")
    eyes.look("both-answered")
    hands.press("^I am done with this part$")
    evening.sees("Nothing to do right now")
    eyes.look("nothing-now")


def finds_it_all_again_and_takes_the_reply_back(evening: Evening) -> None:
    """Under "Your contributions", with where each thing went."""
    hands, eyes = evening.hands, evening.eyes
    hands.press("^Your contributions$")
    for words in (STATEMENT, REPLY, QUESTION, DEPENDS, ORDER, DOTS, *TOPICS[:2], f"Show {VOTES} votes"):
        evening.sees(words)
    evening.sees("Everyone can see it")
    eyes.look("contributions")
    take_back = rf"^Take it back[\s\S]*{REPLY[:20]}"
    hands.press(take_back)
    evening.sees("You have taken these words back")
    expect(hands.page.get_by_role("button", name=re.compile(take_back))).to_have_count(0)
    eyes.look("taken-back")


def assert_that_nothing_was_lost_or_doubled(gathering: Gathering) -> None:
    """What the database holds of the one person who was here."""
    (statement,) = gathering.rows(Statement, dialogue_id=gathering.dialogue_id, text=STATEMENT)
    person = statement.author_id
    assert statement.state is WordState.APPROVED
    current = gathering.rows(CurrentVote, participant_id=person)
    assert len(current) == VOTES
    assert len({one.statement_id for one in current}) == VOTES
    positions = [one.position for one in current]
    assert positions.count(Position.PASS) == 1
    assert sum(one.is_important for one in current) == 1
    history = gathering.rows(Vote, participant_id=person)
    assert len(history) == VOTES + 1
    assert sum(one.undone_at is not None for one in history) == 1
    assert gathering.count(Condition, participant_id=person, text=DEPENDS) == 1
    (reply,) = gathering.rows(Comment, author_id=person)
    assert reply.state is WordState.WITHDRAWN
    assert [one.text for one in gathering.rows(Question, author_id=person)] == [QUESTION]
    assert gathering.count(ModelRating, participant_id=person) == MODELS
    assert gathering.count(Combination, participant_id=person) == 1
    answers = {one.question_id: one for one in gathering.rows(PreferenceBallot, participant_id=person)}
    assert len(answers) == 2
    assert STATEMENTS > VOTES
