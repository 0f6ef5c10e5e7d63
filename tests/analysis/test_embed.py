"""Vectors of sentences: offline, the same each time, and close where the meaning is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import embed

ASKED = "Patients should be asked before their scans are used."
TEXTS = [
    ASKED,
    "Always ask the sick first before you use their scan.",
    "Companies should pay for access to data.",
    "A panel should meet once a month.",
    "Scans help doctors find illness sooner.",
]


@pytest.fixture(scope="module")
def rows():
    return embed.embed(TEXTS)


def test_a_row_has_length_one_and_comes_out_the_same_alone_and_in_company(rows):
    assert rows.shape == (len(TEXTS), embed.SIZE)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(embed.embed([ASKED])[0], rows[0], atol=1e-4)


def test_the_same_meaning_in_other_words_is_the_closest(rows):
    close = embed.closeness(rows[0], rows[1:])
    assert int(np.argmax(close)) == 0
    assert close[0] > close[1:].max() + 0.1


def test_no_text_gives_no_row():
    assert embed.embed([]).shape == (0, embed.SIZE)
    assert len(embed.closeness(np.ones(embed.SIZE), embed.unpacked([]))) == 0


def test_packing_takes_a_kilobyte_and_keeps_three_digits(rows):
    packed = [embed.packed(row) for row in rows]
    assert {len(one) for one in packed} == {1024}
    assert np.allclose(embed.unpacked(packed) @ rows.T, rows @ rows.T, atol=2e-3)


@settings(max_examples=30)
@given(st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_closeness_is_the_cosine_of_what_sets_each_apart(count, seed):
    rng = np.random.default_rng(seed)
    known = rng.normal(size=(count, embed.SIZE)).astype(np.float32)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    row = known[0] + rng.normal(size=embed.SIZE) * 0.02
    row = (row / np.linalg.norm(row)).astype(np.float32)
    middle = known.mean(axis=0) * count / (count + embed.PRIOR)
    a, b = row - middle, known - middle
    plain = (b @ a) / np.linalg.norm(a) / np.linalg.norm(b, axis=1)
    found = embed.closeness(row, known)
    assert np.allclose(found, plain, atol=1e-4)
    order = rng.permutation(count)
    assert np.allclose(embed.closeness(row, known[order]), found[order], atol=1e-5)


def test_welsh_is_not_among_the_languages_of_the_encoder():
    assert embed.knows("en")
    assert embed.knows("en-GB")
    assert not embed.knows("cy")
