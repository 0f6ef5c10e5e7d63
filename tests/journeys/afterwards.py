"""Act three: words are checked, models compared, and views become a finding, a clause and a document."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from docx import Document
from playwright.sync_api import Locator, expect

from tests.browser.conftest import wait_until
from tests.journeys.story import Story
from tests.journeys.taking_part import COMMENTS, OFF_TOPIC, OWN_STATEMENT, begins
from tests.journeys.visitors import Visitor

REASON = "It is about something else"
FINDING = "This panel wants patients to look at what companies ask for before anybody says yes."
CLAUSE = "A panel of patients looks at each request from a company before the fund decides <first & always>."
LIMITS = "Four people voted. Nobody was asked what it would cost."
ANSWERS = {
    "who_sets_rules": "parliament",
    "who_decides": "mixed_committee",
    "can_say_no": "opt_out",
    "who_checks": "public_register",
}


def words_are_checked(story: Story) -> None:
    """The own statement and three comments are shown; one comment is not, with a reason; one act is undone."""
    facilitator = story.people["facilitator"]
    facilitator.opens(f"{story.dialogue}/moderation")
    facilitator.sees("6 contributions")
    _show(story, OWN_STATEMENT)
    facilitator.sees("Everyone can see this now:")
    facilitator.presses(re.compile("^Undo"))
    facilitator.sees("Undone.")
    _show(story, OWN_STATEMENT)
    for name, words in COMMENTS.items():
        if name == OFF_TOPIC:
            card = _found(story, words)
            card.locator("summary", has_text="Do not show to everyone").click()
            facilitator.presses(re.compile(REASON), inside=card)
            facilitator.sees("This is not shown to everyone")
        else:
            _show(story, words)
    facilitator.opens(f"{story.dialogue}/moderation")
    facilitator.sees("1 contribution")


def ideas_are_rated(story: Story, name: str, stage: str, ratings: tuple[str, ...]) -> None:
    """One model a page, then a mix by four plain questions, read back as one sentence."""
    person = begins(story, name, stage)
    for rating in ratings:
        person.picks("rating", rating)
        person.picks("acceptance", "could_accept")
        person.presses("Continue")
    assert person.heading == "Put your own mix together"
    for question, answer in ANSWERS.items():
        person.picks(question, answer)
    person.presses("Continue")
    person.sees("Parliament sets the rules")
    person.sees("you are in until you say no")
    person.presses("I am done with this part")


def a_second_rating_is_asked_about(story: Story, name: str, stage: str, before: str, rating: str) -> None:
    """The same model again in another session: what made the difference?"""
    person = begins(story, name, stage)
    person.picks("rating", rating)
    person.presses("Continue")
    assert person.heading == "You moved. What made the difference?"
    person.sees(f"Before, you said: {before}.")
    person.fills("difference", "I heard how slowly it works.")
    person.presses("Continue")


def the_grace_is_over(story: Story) -> None:
    """Two minutes pass after closing: until then the votes of a stage are shown to nobody, the analyst included."""
    with closing(sqlite3.connect(story.folder / "folkmoot.db", timeout=30)) as database, database:
        database.execute("UPDATE stage SET closed_at = datetime(closed_at, '-3 minutes') WHERE closed_at IS NOT NULL")


def the_analyst_takes_a_snapshot(story: Story) -> None:
    """The job process makes it; the page says how it is getting on."""
    analyst = story.people["analyst"]
    analyst.opens(f"{story.dialogue}/analysis")
    analyst.presses("Take a snapshot")

    def is_there() -> bool:
        analyst.opens(f"{story.dialogue}/analysis")
        return analyst.page.get_by_role("link", name="Snapshot 1: what people said").count() > 0

    assert wait_until(is_there, 90), analyst.page.locator("main").inner_text()


def the_analyst_reads_the_report(story: Story) -> None:
    """A sentence before any figure; groups are not claimed where there are too few people."""
    analyst = story.people["analyst"]
    analyst.follows("Snapshot 1: what people said")
    for words in ("Who took part", "What brings people together", "What was left out, and why"):
        analyst.sees(words)
    analyst.sees("Too few people have voted enough to look for groups.")
    expect(analyst.page.locator(".fm-chart svg").first).to_be_visible()


def the_analyst_writes_a_finding(story: Story, *, tempers: str) -> None:
    """It cites the own statement, a comment, and a statement that pulls the other way."""
    analyst = story.people["analyst"]
    analyst.opens(f"{story.dialogue}/findings/new")
    analyst.presses("Save the finding")
    analyst.sees("Write the finding.")
    analyst.fills("text", FINDING)
    analyst.fills("limits", LIMITS)
    _row(analyst, OWN_STATEMENT).locator("select").select_option("supports")
    _row(analyst, tempers).locator("select").select_option("tempers")
    analyst.page.locator("main summary", has_text="comment").click()
    _row(analyst, "Doctors could find illness sooner").locator("select").select_option("supports")
    assert analyst.page.locator("tr", has_text=COMMENTS[OFF_TOPIC]).count() == 1, "off-topic words stay in the record"
    analyst.presses("Save the finding")
    assert analyst.heading == FINDING
    analyst.sees(counts_in_words(story.counted(OWN_STATEMENT)))


def the_commissioner_writes_a_clause(story: Story) -> None:
    """In section 3; bare at first, then with the finding under it."""
    commissioner = story.people["commissioner"]
    commissioner.opens(f"{story.dialogue}/terms")
    section = commissioner.page.locator("#section-3")
    section.get_by_text("Add a clause to section 3").click()
    section.locator("textarea").fill(CLAUSE)
    commissioner.presses("Add to section 3", inside=section)
    commissioner.sees("No finding supports this clause.")
    commissioner.picks("stance", "supports")
    commissioner.fills("why", "The finding names the same people.")
    commissioner.presses("Link the finding")
    commissioner.sees(FINDING)
    commissioner.sees_no("No finding supports this clause.")


def the_clause_is_walked_back(story: Story, *, tempers: str) -> None:
    """From the clause to whole numbers that are the votes that were cast, and to the page that shows each."""
    commissioner = story.people["commissioner"]
    commissioner.follows("Walk back")
    assert CLAUSE in commissioner.heading
    for words in (FINDING, LIMITS, OWN_STATEMENT, tempers):
        commissioner.sees(words)
    both = [story.counted(OWN_STATEMENT), story.counted(tempers)]
    for counted in both:
        commissioner.sees(counts_in_words(counted))
    commissioner.sees(f"{sum(counted.total() for counted in both)} votes, in a dialogue where 4 people voted")
    assert "%" not in commissioner.page.locator("main").inner_text()
    card = commissioner.page.locator(".fm-evidence", has_text=OWN_STATEMENT)
    commissioner.follows(re.compile("^Check this number"), inside=card)
    table = commissioner.page.locator("main table").first
    shown = dict(zip(table.locator("th").all_inner_texts(), table.locator("td").all_inner_texts(), strict=True))
    own = story.counted(OWN_STATEMENT)
    assert {name: int(shown[name]) for name in ("Agree", "Disagree", "Pass", "Voted")} == {
        "Agree": own["agree"],
        "Disagree": own["disagree"],
        "Pass": own["pass"],
        "Voted": own.total(),
    }
    commissioner.follows("Where this statement went")
    commissioner.sees("It reached 1 clause of the Terms of Reference.")


def the_document_holds_it_all(story: Story, folder: Path, *, tempers: str) -> None:
    """The Word file opens, and holds the clause, its finding and the counts."""
    commissioner = story.people["commissioner"]
    commissioner.opens(f"{story.dialogue}/terms")
    with commissioner.page.expect_download() as download:
        commissioner.page.get_by_role("link", name="Word file").click()
    file = folder / "terms.docx"
    download.value.save_as(file)
    words = text_of(file)
    for wanted in (CLAUSE, FINDING, LIMITS, OWN_STATEMENT, tempers):
        assert wanted in words, wanted
    for counted in (story.counted(OWN_STATEMENT), story.counted(tempers)):
        assert counts_in_words(counted) in words
    for name in story.links:
        assert name not in words, "names never leave the vault"


def counts_in_words(counted: Counter[str]) -> str:
    """Votes as pages and files say them."""
    return (
        f"{counted['agree']} agree, {counted['disagree']} disagree, {counted['pass']} pass, "
        f"of {counted.total()} who voted"
    )


def text_of(file: Path) -> str:
    """Every word of a Word file, tables too."""
    document = Document(str(file))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(words)


def _found(story: Story, words: str) -> Locator:
    """The contribution with these words, looked for at the desk."""
    facilitator = story.people["facilitator"]
    facilitator.opens(f"{story.dialogue}/moderation?{urlencode({'q': words})}")
    return facilitator.page.locator("article", has_text=words)


def _show(story: Story, words: str) -> None:
    facilitator, card = story.people["facilitator"], _found(story, words)
    facilitator.presses(re.compile("^Show to everyone"), inside=card)
    expect(card).to_have_count(0)


def _row(analyst: Visitor, words: str):
    return analyst.page.locator("tr", has_text=words).first
