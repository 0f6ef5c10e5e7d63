"""The preference rules equal abcvoting and pref_voting, run in an environment of their own, ties as sets."""

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from bench.oracles import preferences_python
from deliberation.preferences_approval import equal_shares
from deliberation.preferences_ranking import count_rankings

CHILD = Path(__file__).with_name("preferences_oracle.py")


@pytest.fixture(scope="module")
def python() -> str:
    """The oracles' own Python; made when it is not there, which takes about twenty seconds."""
    return preferences_python()


def _rankings(rng: Random) -> tuple[int, list[dict[int, int]]]:
    """Two to six options; people rank some of them, often with ties."""
    options, most = rng.randint(2, 6), rng.choice([2, 3, 9])
    ballots = []
    for _ in range(rng.randint(1, 14)):
        ranked = rng.sample(range(options), rng.randint(1, options))
        ballots.append({one: rng.randint(1, most) for one in ranked})
    return options, ballots


def _approvals(rng: Random) -> tuple[int, int, list[list[int]]]:
    """Two to eight options, each liked by somebody, and up to sixteen people in some likeness to each other."""
    options = rng.randint(2, 8)
    kinds = [rng.sample(range(options), rng.randint(1, min(5, options))) for _ in range(rng.randint(1, 6))]
    many = rng.randint(1, 16)
    people = [list(rng.choice(kinds)) if rng.random() < 0.7 else [rng.randrange(options)] for _ in range(many)]
    liked = sorted({one for ballot in people for one in ballot})
    place = {one: number for number, one in enumerate(liked)}
    return len(liked), rng.randint(1, min(5, len(liked))), [[place[one] for one in ballot] for ballot in people]


def _compare(python: str, count: int, seed: int) -> None:
    rng = Random(seed)
    rankings = [_rankings(rng) for _ in range(count)]
    approvals = [_approvals(rng) for _ in range(count)]
    asked = json.dumps({"rankings": rankings, "approvals": approvals})
    done = subprocess.run([python, "-W", "ignore", str(CHILD)], input=asked, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert len(told["rankings"]) == len(told["approvals"]) == count
    for profile, answer in zip(rankings, told["rankings"], strict=True):
        assert _ranking_view(*profile) == answer, profile
    for (options, seats, ballots), sets in zip(approvals, told["approvals"], strict=True):
        names = [str(one) for one in range(options)]
        chosen = equal_shares(names, [{str(one) for one in ballot} for ballot in ballots], seats, most_states=100_000)
        assert chosen.is_complete
        assert sorted(sorted(int(one) for one in found) for found in chosen.sets) == sets, (options, seats, ballots)
        assert {seat.option for seat in chosen.seats} in chosen.sets


def _ranking_view(options: int, ballots: list[dict[int, int]]) -> dict:
    names = [str(one) for one in range(options)]
    found = count_rankings(names, [{str(key): place for key, place in one.items()} for one in ballots])
    middle, many = Fraction(options + 1, 2), len(ballots)
    return {
        "above": [[found.above.get((a, b), 0) for b in names] for a in names],
        "condorcet": None if found.condorcet is None else int(found.condorcet),
        "weak": sorted(int(one) for one in found.weak_condorcet),
        "beats": sorted([int(a), int(b)] for a, b in found.beats),
        "best": sorted(int(one) for one in found.order[0]),
        # a place on average says the same as symmetric Borda scores
        "borda": [2 * many * (middle - found.counts[name].mean_place) for name in names],
    }


def test_two_hundred_profiles_for_each_rule_equal_the_oracles(python: str):
    _compare(python, 200, seed=0)


@pytest.mark.nightly
def test_two_thousand_profiles_for_each_rule_equal_the_oracles(python: str):
    _compare(python, 2_000, seed=1)
