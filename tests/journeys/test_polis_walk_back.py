"""Real conversations: imported by command, analysed, and a clause walked back to exactly the votes in the export."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import start_server, stop_server
from tests.journeys.afterwards import text_of
from tests.journeys.commands import folkmoot, id_in
from tests.journeys.polis_counts import Counts, comments_of, final_counts, written_counts
from tests.journeys.story import PASSWORD
from tests.journeys.visitors import Visitor
from tests.shared_data import CONVERSATIONS, shared_folder

FINDING = "People who took part want every driver to be insured."
CLAUSE = "Every driver is insured before the first ride."
ROLES = ("analyst", "commissioner")
UBER = "vtaiwan.uberx"
"""The conversation that is walked back in a browser; the others stay on the command line."""


@pytest.mark.parametrize("name", [name for name in CONVERSATIONS if name != UBER])
def test_an_imported_conversation_has_exactly_the_counts_of_its_export(name, tmp_path):
    check_counts_after_import(name, tmp_path)


def check_counts_after_import(name: str, folder: Path) -> str:
    """Imports and analyses a conversation by command; every count is that of the export. Returns the dialogue's id."""
    source = shared_folder(f"opinion/{name}")
    dialogue = id_in(folkmoot(folder / "data", "import", "polis", str(source), "--title", name))
    assert "Snapshot 1" in folkmoot(folder / "data", "analyse", dialogue, "--out", str(folder / "out"))
    expected = final_counts(source)
    found = written_counts(folder / "out" / "statements.csv")
    assert found == {key: expected.get(key, Counts(0, 0, 0)) for key in comments_of(source)}
    assert sum(one.seen for one in found.values()) == sum(one.seen for one in expected.values()) > 0
    return dialogue


@pytest.fixture
def uber(tmp_path: Path) -> tuple[Path, str]:
    """A data folder with vtaiwan.uberx imported, analysed and counted, and staff for it; the dialogue's id."""
    dialogue, folder = check_counts_after_import(UBER, tmp_path), tmp_path / "data"
    for role in ROLES:
        words = ("--name", role.title(), "--role", role, "--dialogue", dialogue, "--password-stdin")
        folkmoot(folder, "user", "add", f"{role}@example.org", *words, typed=f"{PASSWORD} {role}\n")
    return folder, dialogue


@pytest.fixture
def staff(uber, open_page) -> Iterator[dict[str, Visitor]]:
    """An analyst and a commissioner who are signed in and look at the dialogue."""
    folder, dialogue = uber
    server = start_server(folder, "serve", "--port", "0")
    signed_in = {}
    for role in ROLES:
        visitor = Visitor(open_page(1280, address=server.address).page, server.address)
        visitor.opens("/sign-in")
        visitor.fills("email", f"{role}@example.org")
        visitor.fills("password", f"{PASSWORD} {role}")
        visitor.presses("Sign in")
        visitor.opens(f"/d/{dialogue}")
        signed_in[role] = visitor
    yield signed_in
    stop_server(server)


@pytest.mark.browser
def test_uber_is_counted_exactly_and_a_clause_is_walked_back_to_its_votes_in_a_browser(staff, uber, tmp_path):
    source = shared_folder(f"opinion/{UBER}")
    expected, words = final_counts(source), _words(source)
    chosen = sorted(words, key=lambda key: expected[key].seen, reverse=True)[:3]
    _, dialogue = uber

    analyst = staff["analyst"]
    analyst.opens(f"/d/{dialogue}/findings/new")
    analyst.fills("text", FINDING)
    analyst.fills("limits", "Only people who came to the site could vote.")
    for key, stance in zip(chosen, ("supports", "supports", "tempers"), strict=True):
        row = analyst.page.locator("tbody tr").filter(has_text=words[key])
        assert [int(cell) for cell in row.first.locator("td").all_inner_texts()[:3]] == [
            expected[key].agree,
            expected[key].passed,
            expected[key].disagree,
        ]
        row.locator("select").first.select_option(stance)
    analyst.presses("Save the finding")
    assert analyst.heading == FINDING

    commissioner = staff["commissioner"]
    commissioner.opens(f"/d/{dialogue}/terms")
    section = commissioner.page.locator("#section-5")
    section.get_by_text("Add a clause to section 5").click()
    section.locator("textarea").fill(CLAUSE)
    commissioner.presses("Add to section 5", inside=section)
    commissioner.presses("Link the finding")
    commissioner.follows("Walk back")
    assert CLAUSE in commissioner.heading
    total = sum(expected[key].seen for key in chosen)
    commissioner.sees(f"{total:,} votes, in a dialogue where 1,921 people voted")
    for key in chosen:
        card = commissioner.page.locator(".fm-evidence").filter(has_text=words[key])
        assert in_words(expected[key]) in card.first.inner_text()
    for key in chosen:
        commissioner.opens(_check_this_number(commissioner, words[key]))
        shown = commissioner.page.locator("main table").first.locator("td").all_inner_texts()[:4]
        one = expected[key]
        assert [int(number) for number in shown] == [one.agree, one.disagree, one.passed, one.seen]
        commissioner.page.go_back()

    commissioner.opens(f"/d/{dialogue}/terms")
    with commissioner.page.expect_download() as download:
        commissioner.page.get_by_role("link", name="Word file").click()
    download.value.save_as(tmp_path / "terms.docx")
    written = text_of(tmp_path / "terms.docx")
    for wanted in (CLAUSE, FINDING, *(words[key] for key in chosen), *(in_words(expected[key]) for key in chosen)):
        assert wanted in written


def in_words(counts: Counts) -> str:
    """Counts as pages and files say them."""
    parts = f"{counts.agree:,} agree, {counts.disagree:,} disagree, {counts.passed:,} pass"
    return f"{parts}, of {counts.seen:,} who voted"


def _check_this_number(visitor: Visitor, words: str) -> str:
    card = visitor.page.locator(".fm-evidence").filter(has_text=words).first
    address = card.get_by_role("link", name=re.compile("^Check this number")).get_attribute("href")
    assert address
    return address


def _words(source: Path) -> dict[str, str]:
    """comment-id -> a line of the statement long enough to know it by; accepted ones only."""
    found = {}
    for key, row in comments_of(source).items():
        line = max(row["comment-body"].splitlines(), key=len).strip()
        if row["moderated"] == "1" and "  " not in line and len(line) > 12:
            found[key] = line
    return {key: line for key, line in found.items() if sum(line in other for other in found.values()) == 1}
