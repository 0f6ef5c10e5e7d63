"""A planted brigade: how far 5 people in 100 with the same votes move the common ground, and whom the flags find."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.agreement import common_ground, count_all, figures
from analysis.frames import Tables, checked
from analysis.influence import capped_common_ground, influence
from analysis.matrix import OpinionMatrix, opinion_matrix
from analysis.polis_export import read_polis_export
from analysis.resistance import Kind, flags, without
from bench.simulated import simulate

KINDS = ("hurried", "patient", "varied")
"""Together and fast with the same votes; spread over days at a reader's pace; the same but one vote in ten anew."""
REAL = ("canadian-electoral-reform", "brexit-consensus")
EVERY = (*REAL, "15-per-hour-seattle", "bg2050-volunteers", "football-concussions", "vtaiwan.uberx")
DAY = 86_400.0
BEGIN = 1_700_000_000.0
NEWCOMER = 10_000_000
TOP = 10


def honest(*, people: int = 500, statements: int = 80, seed: int = 0, **others: object) -> Tables:
    """A simulated conversation with believable times (ns): two weeks, busy at first and by day, read before voted."""
    made = simulate(people=people, statements=statements, seed=seed, **others).tables  # type: ignore[arg-type]
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1]))
    texts = [" ".join(["word"] * int(n)) for n in rng.integers(6, 26, statements)]
    frame = made.votes.sort_values(["participant", "cast_at"], kind="stable", ignore_index=True)
    words = np.array([len(text.split()) for text in texts])[frame["statement"]]
    seconds = 1.0 + words / 4 * rng.lognormal(0, 0.5, len(frame))
    total = np.cumsum(seconds)
    person = frame["participant"].to_numpy()
    begins = np.r_[0, np.flatnonzero(np.diff(person)) + 1]
    since = total - np.repeat(total[begins] - seconds[begins], np.diff(np.r_[begins, len(person)]))
    day = np.minimum(rng.exponential(4, people), 13).astype(int)
    hour = np.clip(rng.normal(15, 4, people), 6, 23.5)
    arrival = BEGIN + day * DAY + hour * 3600
    frame["cast_at"] = ((arrival[person] + since) * 1e9).astype(np.int64)
    return Tables(statements=made.statements.assign(text=texts), votes=frame)


def plant(tables: Tables, *, share: float = 0.05, kind: str = "hurried", seed: int = 0, known: int = 30) -> Tables:
    """The conversation with people added who push ten statements up and those of the present top ten down.

    They are `share` of those there, and vote on `known` statements or all. Times are in ns.
    """
    clean = checked(tables)
    matrix = opinion_matrix(clean)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    tests = figures(count_all(matrix))
    score = np.where(matrix.left_out, -np.inf, tests.p_agree[0] * tests.z_agree[0])
    ranked = np.argsort(-score, kind="stable")[: int((~matrix.left_out).sum())]
    vote = np.where(np.arange(len(ranked)) < TOP, -1, 1)[:known]
    columns = ranked[:known]
    extra = max(2, round(share * len(matrix.participants)))
    cast_at = clean.votes["cast_at"].to_numpy()
    middle, whole = float(np.median(cast_at)), float(np.ptp(cast_at))
    frames = []
    for i in range(extra):
        votes = vote.copy()
        if kind == "varied":
            anew = rng.random(len(votes)) < 0.1
            votes[anew] = rng.integers(-1, 2, int(anew.sum()))
        pace = 0.3 if kind == "hurried" else 6.0
        start = middle + rng.random() * 60e9 if kind == "hurried" else cast_at.min() + rng.random() * whole
        when = start + np.cumsum(rng.uniform(0.7, 1.3, len(votes))) * pace * 1e9
        ids = [matrix.statements[int(j)] for j in columns]
        frames.append(
            pd.DataFrame(
                {"participant": NEWCOMER + i, "statement": ids, "position": votes, "cast_at": when.astype(np.int64)}
            )
        )
    votes_now = clean.votes.drop(columns="important")
    return Tables(statements=clean.statements, votes=pd.concat([votes_now, *frames], ignore_index=True))


def measure(*, seeds: int = 10, kinds: Sequence[str] = KINDS, real: bool = True) -> dict[str, Any]:
    """Medians and worst cases over `seeds` simulated conversations, and on real ones where they are at hand."""
    found: dict[str, Any] = {
        "simulated": {kind: _many([honest(seed=seed) for seed in range(seeds)], kind) for kind in kinds},
        "false_flags_simulated": _false([honest(seed=100 + seed, groups=1 + seed % 3) for seed in range(seeds)]),
    }
    if not real:
        return found
    known = {name: tables for name in EVERY if (tables := _real(name)) is not None}
    found["real"] = {
        name: {kind: _many([known[name]], kind, seeds=3) for kind in kinds} for name in REAL if name in known
    }
    found["flags_real"] = {name: _by_kind(tables) for name, tables in known.items()}
    return found


def _many(conversations: list[Tables], kind: str, *, seeds: int = 1) -> dict[str, float]:
    rows = [_one(tables, plant(tables, kind=kind, seed=seed)) for tables in conversations for seed in range(seeds)]
    table = pd.DataFrame(rows)
    answer = {f"{name}_median": float(table[name].median()) for name in table}
    answer["left_worst"] = float(table["left"].max())
    answer["left_capped_worst"] = float(table["left_capped"].max())
    answer["left_without_worst"] = float(table["left_without"].max())
    answer["bound_held"] = float((table["left"] <= table["bound"]).mean())
    return answer


def _one(before: Tables, after: Tables) -> dict[str, float]:
    """Statements that leave the top ten with the brigade, and once the flagged are aside; the bound; who is found.

    `left_capped` leave the list in which nobody weighs more than the median voter; `capped_alone` says how far
    that list differs from the plain one before any brigade came.
    """
    matrix = opinion_matrix(checked(before))
    clean = checked(after)
    flagged = flags(clean)
    brigade = {one for one in clean.votes["participant"].unique().tolist() if one >= NEWCOMER}
    aside = flagged.set_aside
    top = _top(matrix)
    return {
        "listed": len(top),
        "left": len(top - _top(opinion_matrix(clean))),
        "bound": influence(matrix, len(brigade), pick=TOP).may_leave,
        "left_capped": len(_capped(matrix) - _capped(opinion_matrix(clean))),
        "capped_alone": len(top - _capped(matrix)),
        "left_without": len(top - _top(opinion_matrix(checked(without(clean, flagged))))),
        "found": len(brigade & aside) / len(brigade),
        "others_set_aside": len(aside - brigade),
    }


def _top(matrix: OpinionMatrix) -> set[object]:
    agrees, _disagrees = common_ground(figures(count_all(matrix)), matrix.left_out, pick=TOP)
    return {matrix.statements[one.column] for one in agrees}


def _capped(matrix: OpinionMatrix) -> set[object]:
    return {matrix.statements[one.column] for one in capped_common_ground(matrix, pick=TOP)}


def _by_kind(tables: Tables) -> dict[str, int]:
    flagged = flags(tables)
    return {"people": flagged.people, **{kind.value: len(flagged.of(kind)) for kind in Kind}}


def _false(conversations: list[Tables]) -> dict[str, int]:
    """Sums over honest conversations: everybody flagged in them is flagged wrongly."""
    total: dict[str, int] = {}
    for tables in conversations:
        for name, count in _by_kind(tables).items():
            total[name] = total.get(name, 0) + count
    return total


def _real(name: str) -> Tables | None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOLKMOOT_SHARED", beside)) / "opinion" / name
    if not folder.is_dir():
        return None
    tables = read_polis_export(folder).tables
    return Tables(statements=tables.statements, votes=tables.votes.assign(cast_at=tables.votes["cast_at"] * 1_000_000))
