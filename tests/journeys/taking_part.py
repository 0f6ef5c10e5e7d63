"""Act two: four people take part in session 1, three on a phone without JavaScript and one with it."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.conftest import sideways_scroll
from tests.journeys.story import PANEL, Story
from tests.journeys.visitors import Visitor

POSITIONS = ("agree", "disagree", "pass")
OWN_STATEMENT = "Every request from a company should be seen first by a panel of patients."
"""Close to a statement of the kit, so that the hint about similar ones comes."""
COMMENTS = {
    PANEL[0]: "Doctors could find illness sooner, and that would spare people a lot of worry.",
    PANEL[1]: "The buses to my hospital are always late.",
    PANEL[2]: "I worry that companies make money from my scans and give nothing back.",
    PANEL[3]: "My mother waited for weeks. A tool that reads scans at night would have helped her.",
}
OFF_TOPIC = PANEL[1]


@dataclass
class Plan:
    """How somebody votes: a position for each statement as it comes, and marks by place in that order."""

    positions: tuple[str, ...]
    important: frozenset[int] = field(default_factory=frozenset)
    reasons: dict[int, str] = field(default_factory=dict)
    depends_on: str = ""


def a_person_joins(story: Story, name: str) -> None:
    """By the personal link: the notice, taking part and extra permissions are three screens, nothing chosen."""
    with_scripts = name == PANEL[3]
    person = story.arrives(name, width=375, scripts=with_scripts)
    person.opens(story.links[name])
    person.sees("You have been invited to talk about this")
    person.presses("Start")
    person.sees("Before we start: 1 of 3")
    person.presses("I have read this")
    person.sees("Before we start: 2 of 3")
    person.presses("Continue")
    person.sees("Choose yes or no.")
    person.ticks("Yes, I want to take part")
    person.presses("Continue")
    person.sees("Before we start: 3 of 3")
    assert person.page.locator("main input:checked").count() == 0
    if name != PANEL[2]:
        person.picks("given", "quotes")
        person.picks("given", "machine_sorting")
    person.presses("Continue")
    assert person.page.url.endswith("/next")
    story.votes[name] = {}


def a_used_link_is_kind(story: Story, name: str) -> None:
    """The same link again, in another browser: it works once, and the page says what to do."""
    stranger = story.arrives("a stranger", width=375)
    reply = stranger.page.goto(story.links[name])
    assert reply is not None
    assert reply.status == 410
    stranger.sees("nothing is lost")


def begins(story: Story, name: str, stage: str) -> Visitor:
    """What is next is this stage, and the person starts it."""
    person = story.people[name]
    person.opens(f"{story.dialogue}/next")
    assert person.heading == stage
    assert sideways_scroll(person.page) == 0
    person.presses(re.compile("^(Start|Carry on)$"))
    return person


def answers_the_questions(story: Story, name: str, stage: str) -> None:
    """Page by page; most are skipped, which is fine."""
    person = begins(story, name, stage)
    person.page.locator("main input[type=radio]").first.check()
    while person.page.get_by_role("button", name="Continue").count():
        person.presses("Continue")
    person.presses("Send your answers")
    person.sees("Your answers are in.")


def reads(story: Story, name: str, stage: str) -> None:
    """Everything of a learn stage, with words explained."""
    person = begins(story, name, stage)
    while person.page.get_by_role("button", name="I have read this").count():
        person.presses("I have read this")
    person.sees(stage)
    person.sees("Done")


def comments(story: Story, name: str, stage: str) -> None:
    """On the first question; the second is skipped."""
    person = begins(story, name, stage)
    person.sees("1 of 2")
    person.sees("Your name is never with it")
    person.fills("text", COMMENTS[name])
    person.presses("Send")
    person.sees("Your words are in")
    person.sees("waiting to be checked")
    person.follows("Next question")
    person.presses("I am done with this part")
    assert person.page.url.endswith("/next")


def votes(story: Story, name: str, plan: Plan) -> None:
    """One statement at a time, as planned; what was cast is noted by the statement's words."""
    person = story.people[name]
    for place, position in enumerate(plan.positions):
        words = statement_at_hand(person)
        if place in plan.important:
            person.ticks("This matters a lot to me")
        person.presses(re.compile(f"^{position}$", re.IGNORECASE))
        expect(person.page.locator("h1")).not_to_have_text(f"“{words}”")
        story.votes[name][words] = position
        if position == "pass":
            _says_why(person, plan.reasons.get(place, ""), plan.depends_on)


def undoes_the_last_vote(story: Story, name: str) -> None:
    """The statement comes back, and the vote is gone."""
    person = story.people[name]
    last = list(story.votes[name])[-1]
    person.presses("Undo last")
    expect(person.page.locator("h1")).to_have_text(f"“{last}”")
    del story.votes[name][last]


def votes_in_the_list(story: Story, name: str, statement: str, position: str) -> None:
    """Any statement can be voted on, or the vote changed, in the list of all."""
    person = story.people[name]
    person.follows("See all as a list")
    card = person.page.locator("section", has_text=statement)
    person.presses(re.compile(f"^{position}$", re.IGNORECASE), inside=card)
    expect(person.page.locator("section", has_text=statement)).to_contain_text(
        re.compile(f"You said: {position}", re.IGNORECASE)
    )
    story.votes[name][statement] = position
    person.follows("One at a time")


def says_it_in_own_words(story: Story, name: str) -> None:
    """A statement of one's own: similar ones are shown once, and "mine is different" is as easy."""
    person = story.people[name]
    person.follows("Say it in your words")
    person.presses("Continue")
    assert person.page.locator(".nhsuk-error-summary, .nhsuk-error-message").count() > 0
    person.fills("text", f"{OWN_STATEMENT} Call me on 07700 900123.")
    person.presses("Continue")
    person.sees("Your words may show who somebody is")
    person.sees("With it taken out:")
    person.presses("Change my words")
    person.fills("text", OWN_STATEMENT)
    person.presses("Continue")
    person.sees("These are close to yours")
    person.sees("A panel of patients should see every request from a company.")
    person.presses("Mine is different, send it")
    person.sees("Your words are in")


def stops(story: Story, name: str) -> None:
    """Enough for now: nobody has to vote on everything."""
    person = story.people[name]
    person.presses("Stop here")
    expect(person.page).to_have_url(re.compile("/next$"))


def sees_own_contributions(story: Story, name: str, *words: str) -> None:
    """The page that only this person sees."""
    person = story.people[name]
    person.follows("Your contributions")
    for one in words:
        person.sees(one)
    for statement in story.votes[name]:
        assert statement in (person.page.locator("main").text_content() or ""), statement


def statement_at_hand(person: Visitor) -> str:
    """The words of the one statement on the page."""
    return person.page.locator("h1.fm-statement").inner_text().strip("“”")


def _says_why(person: Visitor, reason: str, depends_on: str) -> None:
    expect(person.page.locator("h1")).to_have_text("Want to say why?")
    if reason:
        person.picks("reason", reason)
    if reason == "it_depends":
        person.fills("depends_on", depends_on)
    person.presses("Go on")
    expect(person.page.locator("h1")).not_to_have_text("Want to say why?")
