"""Answers of pref_voting and abcvoting (MIT) for profiles on the standard input; run in their own environment.

Never imported. In: {"rankings": [[options, [{option: place}, ...]], ...], "approvals": [[options, seats, [[option,
...], ...]], ...]}. Out: the same keys with one answer a profile; see `ranking_answer` and `approval_answer`.
"""

import json
import sys
import types
from unittest.mock import MagicMock

for name in ("gurobipy", "pulp", "nashpy", "matplotlib", "matplotlib.pyplot", "ortools", "ortools.linear_solver"):
    sys.modules[name] = MagicMock(__spec__=None, __path__=[])  # drawing and solvers: imported there, never called here
numba = types.ModuleType("numba")
numba.jit = lambda *given, **_: given[0] if given and callable(given[0]) else (lambda function: function)
sys.modules["numba"] = numba

from abcvoting import abcrules, preferences  # noqa: E402
from pref_voting.margin_based_methods import beat_path, beat_path_defeat  # noqa: E402
from pref_voting.profiles_with_ties import ProfileWithTies  # noqa: E402
from pref_voting.scoring_methods import symmetric_borda_scores  # noqa: E402


def ranking_answer(options: int, ballots: list[dict[str, int]]) -> dict:
    """Pairwise table, Condorcet winners, and who beats whom by Schulze with winning votes."""
    profile = ProfileWithTies([{int(k): v for k, v in one.items()} for one in ballots], candidates=list(range(options)))
    profile.use_extended_strict_preference()  # what is left out stands below all ranked
    beaten = beat_path_defeat(profile, strength_function=profile.support)
    winner = profile.condorcet_winner()
    return {
        "above": [[int(profile.support(a, b)) for b in range(options)] for a in range(options)],
        "condorcet": None if winner is None else int(winner),
        "weak": sorted(int(one) for one in profile.weak_condorcet_winner() or []),
        "beats": sorted([int(a), int(b)] for a, b in beaten.edges),
        "best": sorted(int(one) for one in beat_path(profile, strength_function=profile.support)),
        "borda": [int(symmetric_borda_scores(profile)[one]) for one in range(options)],
    }


def approval_answer(options: int, seats: int, ballots: list[list[int]]) -> list[list[int]]:
    """All tied committees of equal shares, completed by sequential Phragmen, in exact fractions."""
    profile = preferences.Profile(options)
    profile.add_voters(ballots)
    found = abcrules.compute_equal_shares(profile, seats, algorithm="standard-fractions", resolute=False)
    return sorted(sorted(int(one) for one in committee) for committee in found)


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(
        {
            "rankings": [ranking_answer(*profile) for profile in asked["rankings"]],
            "approvals": [approval_answer(*profile) for profile in asked["approvals"]],
        },
        sys.stdout,
    )
