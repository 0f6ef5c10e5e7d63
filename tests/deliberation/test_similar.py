"""Which statements are close: symmetry, order, opposites. Words only, milliseconds only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.similar import (
    MOST,
    NEAR,
    NEAR_BY_WORDS,
    Corpus,
    Known,
    content_words,
    likeness,
    nearest,
    rarity,
    says_opposite,
)

PANEL = "A panel of patients should see every request from a company."
_WORDS = ["panel", "patients", "scans", "sell", "ban", "not", "company", "ask", "data", "never", "trust", "allow"]
SENTENCES = st.lists(st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join), max_size=12)


def test_statements_that_share_their_words_are_close():
    known = [
        Known(1, PANEL),
        Known(2, "Doctors know best."),
        Known(3, "Every company request should be seen by a patient panel."),
    ]
    assert {one.key for one in nearest("Patients on a panel should look at company requests", known)} == {1, 3}
    assert nearest("It should cost less.", known) == []


def test_what_means_the_same_in_other_words_is_close_where_the_meaning_is_known():
    other = "Let sick folk check what firms want."
    assert nearest(PANEL, [Known(1, other)]) == []
    assert [one.key for one in nearest(PANEL, [Known(1, other, meaning=0.9)])] == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Selling scans should be allowed.", "Selling scans should not be allowed."),
        ("Selling scans should be allowed.", "Selling scans should be banned."),
        ("Companies should get our scans.", "Companies shouldn’t get our scans."),
        ("Companies may keep scans for ever.", "Companies may never keep scans for ever."),
    ],
)
def test_a_not_more_makes_an_opposite(one, other):
    assert says_opposite(one, other)
    assert says_opposite(other, one)
    assert not says_opposite(one, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PANEL, "Nobody should wait long for a scan."),
        ("No company should get scans without a panel.", "A company should get scans from a panel."),
        ("Panels matter not only for patients but for doctors.", "Panels matter for patients and for doctors."),
    ],
)
def test_another_subject_two_nots_and_not_only_make_none(one, other):
    assert not says_opposite(one, other)


def test_an_opposite_comes_last_and_is_marked():
    known = [Known(1, "Selling scans should not be allowed.", 0.95), Known(2, "Selling scans is fine.", 0.6)]
    assert [(one.key, one.is_opposite) for one in nearest("Selling scans should be allowed.", known)] == [
        (2, False),
        (1, True),
    ]


@given(st.text(max_size=200), st.text(max_size=200), st.lists(st.text(max_size=40), max_size=4))
def test_likeness_is_the_same_both_ways_and_between_nought_and_one(one, other, more):
    a, b = content_words(one), content_words(other)
    weights = rarity([a, b, *map(content_words, more)])
    assert likeness(a, b, weights) == likeness(b, a, weights)
    assert 0 <= likeness(a, b, weights) <= 1 + 1e-9
    assert says_opposite(one, other) == says_opposite(other, one)


@given(st.text(max_size=200))
def test_a_text_is_like_itself_when_it_says_anything(text):
    words = content_words(text)
    assert likeness(words, words) == (1.0 if words else 0.0)
    assert [one.key for one in nearest(text, [Known(7, text)])] == ([7] if words else [])


@given(SENTENCES, st.randoms(use_true_random=False))
def test_the_order_of_the_known_changes_nothing(texts, rng):
    known = [Known(key, text, key / 20) for key, text in enumerate(texts)]
    mixed = known[:]
    rng.shuffle(mixed)
    assert nearest("sell scans not ban panel", known) == nearest("sell scans not ban panel", mixed)


@given(SENTENCES, SENTENCES)
def test_at_most_three_are_named_each_once_and_opposites_last(texts, more):
    known = [Known(key, text) for key, text in enumerate([*texts, *more])]
    found = nearest("never sell scans to a company", known)
    assert len(found) <= MOST
    assert len({one.key for one in found}) == len(found)
    assert [one.is_opposite for one in found] == sorted(one.is_opposite for one in found)
    assert all(one.score >= 1 for one in found)


@given(SENTENCES, st.lists(st.none() | st.floats(-1, 1), max_size=12))
def test_the_short_cut_leaves_out_nothing_that_is_close(texts, meanings):
    text = "never sell scans to a company panel"
    known = [Known(key, words, meaning) for key, (words, meaning) in enumerate(zip(texts, meanings, strict=False))]
    own, worded = content_words(text), [content_words(one.text) for one in known]
    weights = rarity([own, *worded])
    plain = {
        one.key
        for one, words in zip(known, worded, strict=True)
        if likeness(own, words, weights) + (one.meaning or 0.0) >= (NEAR_BY_WORDS if one.meaning is None else NEAR)
    }
    assert {one.key for one in nearest(text, known, limit=99)} == plain


@given(SENTENCES, st.lists(st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join), max_size=4))
def test_texts_made_ready_once_answer_as_if_made_ready_for_each(texts, asked):
    ready = Corpus(range(len(texts)), texts)
    for text in asked:
        assert ready.nearest(text) == nearest(text, [Known(key, one) for key, one in enumerate(texts)])
    for key, text in enumerate(texts):
        others = [Known(other, one) for other, one in enumerate(texts) if other != key]
        assert ready.nearest(text, excluding=key) == nearest(text, others)
