"""How words moved: pairs only, directions only on the scale, who is missing is counted."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.rating_shift import rating_shift, transitions
from deliberation.stewardship import Rating

RATINGS = st.dictionaries(st.integers(1, 12), st.sampled_from(list(Rating)))


def test_people_move_towards_support_away_from_it_or_stay():
    first = {1: Rating.OPPOSE, 2: Rating.SUPPORT, 3: Rating.NEITHER, 4: Rating.SUPPORT}
    later = {1: Rating.STRONGLY_SUPPORT, 2: Rating.OPPOSE, 3: Rating.NEITHER, 5: Rating.SUPPORT}
    found = rating_shift(first, later)
    assert (found.towards, found.away, found.same, found.beside) == (1, 1, 1, 0)
    assert (found.first_only, found.later_only, found.both) == (1, 1, 3)


def test_needing_to_know_more_is_no_direction():
    unsure = Rating.NEED_TO_KNOW_MORE
    found = rating_shift({1: unsure, 2: Rating.SUPPORT}, {1: Rating.SUPPORT, 2: unsure})
    assert (found.towards, found.away, found.beside) == (0, 0, 2)


def test_rows_are_the_first_word_and_columns_the_later_one():
    table = transitions({1: "a", 2: "a", 3: "b"}, {1: "a", 2: "b", 4: "a"}, ("a", "b"))
    assert table == ((1, 1), (0, 0))


@given(RATINGS, RATINGS)
def test_the_table_holds_everybody_who_answered_twice_and_nobody_else(first, later):
    found = rating_shift(first, later)
    both = first.keys() & later.keys()
    assert sum(map(sum, found.table)) == found.both == len(both)
    assert found.first_only + found.both == len(first)
    assert found.later_only + found.both == len(later)
    back = rating_shift(later, first)
    assert (back.towards, back.away, back.same, back.beside) == (found.away, found.towards, found.same, found.beside)
