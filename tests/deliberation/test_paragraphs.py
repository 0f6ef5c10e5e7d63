"""Paragraphs: where they begin and end, and names that stay while the words stay."""

from deliberation.paragraphs import find_paragraph, paragraphs_of, plain

BODY = """## Health data

Health data is what is stored
about your health.

- one
- two

- three

It is kept."""


def _texts(body: str) -> list[str]:
    return [one.text for one in paragraphs_of(body)]


def test_blank_lines_part_paragraphs_and_a_heading_has_no_name():
    found = paragraphs_of(BODY)
    assert [one.is_heading for one in found] == [True, False, False, False]
    assert found[1].text == "Health data is what is stored\nabout your health."


def test_a_list_with_blank_lines_between_its_items_stays_one_list():
    assert "- three" in _texts(BODY)[2]
    assert "- one" in _texts(BODY)[2]


def test_a_heading_right_above_its_words_stands_alone():
    assert _texts("# One\nWords.") == ["# One", "Words."]


def test_a_name_stays_while_its_words_stay():
    before = {one.text: one.anchor for one in paragraphs_of(BODY)}
    after = {one.text: one.anchor for one in paragraphs_of("New at the top.\n\n" + BODY.replace("It is kept", "Gone"))}
    kept = "Health data is what is stored\nabout your health."
    assert before[kept] == after[kept]
    assert find_paragraph("Gone.", before["It is kept."]) is None


def test_breaking_lines_elsewhere_changes_no_name():
    assert paragraphs_of("One two\nthree.")[0].anchor == paragraphs_of("One\ntwo three.")[0].anchor


def test_the_same_words_twice_have_two_names():
    first, second = (one.anchor for one in paragraphs_of("Same.\n\nSame."))
    assert first != second
    assert find_paragraph("Same.\n\nSame.", second).text == "Same."


def test_nothing_holds_no_paragraph():
    assert paragraphs_of("\n\n  \n") == []
    assert find_paragraph("Words.", "") is None


def test_plain_words_lose_the_marks():
    assert plain("- **Hospitals** want\n- more") == "Hospitals want more"
    assert plain("| a | b |\n|---|---|\n| c | d |") == "a b c d"
