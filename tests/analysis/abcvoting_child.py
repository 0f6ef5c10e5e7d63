"""Answers of abcvoting (MIT) for profiles read from the standard input; run with a Python that has it, never imported.

abcvoting needs two GPL-3 packages and a commercial solver, so it stays out of the project's own environment.
In and out: JSON. A profile is [candidates, seats, [bit mask of the approved ones, a voter]]; an answer is, for
equal shares and for sequential Phragmen, the sorted bit masks of all tied committees.
"""

import json
import sys

from abcvoting import abcrules, preferences

RULES = ("equal-shares", "seqphragmen")


def answer(candidates: int, seats: int, masks: list[int]) -> list[list[int]]:
    """The committees of both rules for one profile."""
    profile = preferences.Profile(candidates)
    profile.add_voters([[j for j in range(candidates) if mask >> j & 1] for mask in masks])
    found = [abcrules.compute(rule, profile, seats, resolute=False) for rule in RULES]
    return [sorted({sum(1 << int(j) for j in committee) for committee in committees}) for committees in found]


if __name__ == "__main__":
    json.dump([answer(*profile) for profile in json.load(sys.stdin)], sys.stdout)
