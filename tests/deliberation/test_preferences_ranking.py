"""Rankings: the published example, and properties that hold for every profile."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from deliberation.preferences_ranking import count_rankings

NAMES = ("a", "b", "c", "d", "e")
rankings = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4), max_size=5), max_size=9)


def _line(words: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(words.split(), 1)}


TENNESSEE = (
    [_line("Memphis Nashville Chattanooga Knoxville")] * 42
    + [_line("Nashville Chattanooga Knoxville Memphis")] * 26
    + [_line("Chattanooga Knoxville Nashville Memphis")] * 15
    + [_line("Knoxville Chattanooga Nashville Memphis")] * 17
)


def test_in_tennessee_most_put_memphis_first_and_nashville_beats_each_other_city():
    found = count_rankings(("Memphis", "Nashville", "Chattanooga", "Knoxville"), TENNESSEE)
    assert found.condorcet == "Nashville"
    assert max(found.counts, key=lambda name: found.counts[name].first) == "Memphis"
    assert [set(level) for level in found.order] == [{"Nashville"}, {"Chattanooga"}, {"Knoxville"}, {"Memphis"}]
    assert found.above["Nashville", "Memphis"] == 58
    assert min(found.counts, key=lambda name: found.counts[name].mean_place) == "Nashville"
    assert found.counts["Nashville"].mean_place == Fraction(194, 100) + Fraction(12, 100)


def test_what_is_left_out_stands_below_all_ranked_and_level_among_itself():
    found = count_rankings(NAMES, [{"b": 3}])
    assert found.above["b", "a"] == 1
    assert found.above["a", "c"] == found.above["c", "a"] == 0
    assert found.counts["b"].mean_place == 1
    assert found.counts["a"].mean_place == Fraction(7, 2)


def test_a_circle_has_no_winner_and_all_are_level():
    found = count_rankings(("a", "b", "c"), [_line("a b c"), _line("b c a"), _line("c a b")])
    assert found.condorcet is None
    assert found.weak_condorcet == ()
    assert found.order == (frozenset("abc"),)


def test_two_that_are_level_with_each_other_and_beat_the_rest_are_weak_winners():
    found = count_rankings(("a", "b", "c"), [_line("a b c"), _line("b a c")])
    assert found.condorcet is None
    assert found.weak_condorcet == ("a", "b")
    assert found.order == (frozenset("ab"), frozenset("c"))


def test_without_any_ranking_nobody_has_won():
    found = count_rankings(NAMES, [{}, {}])
    assert (found.voters, found.condorcet, found.weak_condorcet) == (0, None, ())
    assert found.counts["a"].mean_place is None


def test_a_shared_first_place_counts_for_each_and_is_told_apart():
    counts = count_rankings(("a", "b"), [{"a": 1, "b": 1}, {"a": 2}]).counts
    assert (counts["a"].first, counts["a"].first_alone) == (2, 1)
    assert (counts["b"].first, counts["b"].first_alone) == (1, 0)


@given(rankings, st.randoms(use_true_random=False))
def test_who_ranked_what_does_not_matter(ballots, rng):
    mixed = [dict(rng.sample(list(one.items()), len(one))) for one in rng.sample(ballots, len(ballots))]
    assert count_rankings(NAMES, mixed) == count_rankings(NAMES, ballots)


@given(rankings, st.permutations(NAMES))
def test_no_option_is_treated_differently_for_its_name_or_place_in_the_list(ballots, others):
    as_other = dict(zip(NAMES, others, strict=True))
    plain = count_rankings(NAMES, ballots)
    renamed = count_rankings(others[::-1], [{as_other[key]: place for key, place in one.items()} for one in ballots])
    assert renamed.condorcet == (as_other[plain.condorcet] if plain.condorcet else None)
    assert set(renamed.weak_condorcet) == {as_other[one] for one in plain.weak_condorcet}
    assert renamed.order == tuple(frozenset(as_other[one] for one in level) for level in plain.order)
    assert all(renamed.counts[as_other[key]] == plain.counts[key] for key in NAMES)


@given(rankings)
def test_what_beats_each_other_option_stands_first_and_alone(ballots):
    found = count_rankings(NAMES, ballots)
    if found.condorcet:
        assert found.order[0] == {found.condorcet}
        assert found.weak_condorcet == (found.condorcet,)


@given(rankings)
def test_the_order_holds_each_option_once_and_follows_the_widest_paths(ballots):
    found = count_rankings(NAMES, ballots)
    assert sorted(key for level in found.order for key in level) == sorted(NAMES)
    place = {key: number for number, level in enumerate(found.order) for key in level}
    assert all(place[a] < place[b] for a, b in found.beats)
    assert all((a, c) in found.beats for a, b in found.beats for other, c in found.beats if other == b)


@given(rankings, st.data())
def test_moving_a_first_option_up_on_a_ballot_never_puts_it_behind(ballots, data):
    """Schulze is monotone: an unbeaten option that somebody raises, all else equal, stays unbeaten."""
    cast = [one for one in ballots if one]
    if not cast:
        return
    best = data.draw(st.sampled_from(sorted(count_rankings(NAMES, cast).order[0])))
    number = data.draw(st.integers(0, len(cast) - 1))
    raised = {**cast[number], best: 0}
    assert best in count_rankings(NAMES, [*cast[:number], raised, *cast[number + 1 :]]).order[0]
