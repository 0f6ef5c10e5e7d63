"""How often intervals hold the truth, how many differences are false, and how far early voters bias approval."""

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.agreement import Counts, count_all, count_votes
from analysis.bridging import bridging_bounds
from analysis.components import opinion_map
from analysis.divisiveness import pairwise_gap
from analysis.frames import checked
from analysis.groups import eligible, find_groups
from analysis.intervals import jeffreys, q_values, wilson
from analysis.matrix import OpinionMatrix, opinion_matrix
from analysis.standardised import standardised_approval
from bench.simulated import Simulated, simulate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Known:
    """A simulated conversation as the analysis sees it, with the group of each row and the true shares."""

    matrix: OpinionMatrix
    label: Ints
    sizes: Ints
    agree: Floats
    disagree: Floats

    @property
    def counts(self) -> Counts:
        """Votes by true group (G x C)."""
        return count_votes(self.matrix, self.label, len(self.sizes))

    @property
    def everybody(self) -> Floats:
        """The share of all people who would agree (C)."""
        return np.asarray((self.sizes / self.sizes.sum()) @ self.agree)


def known(made: Simulated) -> Known:
    """The matrix and the truth in its order of rows and columns."""
    matrix = opinion_matrix(checked(made.tables))
    label = np.asarray(made.truth)[np.asarray(matrix.participants, dtype=np.int64)]
    columns = np.asarray(matrix.statements, dtype=np.int64)
    sizes = np.bincount(label, minlength=len(made.p_agree))
    return Known(matrix, label, sizes, made.p_agree[:, columns], made.p_disagree[:, columns])


def held(low: Floats, high: Floats, truth: Floats, told: NDArray[np.bool_]) -> tuple[int, int]:
    """How many of the told intervals hold the truth, and how many there are."""
    return int(((low <= truth) & (truth <= high) & told).sum()), int(told.sum())


def given_groups(conversations: int = 40, people: int = 400, density: float = 0.1) -> dict[str, float]:
    """Share of intervals that hold the truth when it is known who is in which group; blanks at random."""
    found: dict[str, list[tuple[int, int]]] = {}

    def note(name: str, low: Floats, high: Floats, truth: Floats, told: NDArray[np.bool_]) -> None:
        found.setdefault(name, []).append(held(low, high, truth, told))

    for seed in range(conversations):
        real = known(simulate(people=people, groups=2 + seed % 2, density=density, seed=seed))
        counts, all_ = real.counts, count_all(real.matrix)
        heard, nothing = counts.seen > 0, np.ones(len(real.everybody))
        note("overall_jeffreys", *jeffreys(all_.agree[0], all_.seen[0]), real.everybody, all_.seen[0] > 0)
        note("overall_wilson", *wilson(all_.agree[0], all_.seen[0]), real.everybody, all_.seen[0] > 0)
        note("group_jeffreys", *jeffreys(counts.agree, counts.seen), real.agree, heard)
        note("group_wilson", *wilson(counts.agree, counts.seen), real.agree, heard)
        standard = standardised_approval(counts, real.sizes)
        note("standardised", standard.low, standard.high, real.everybody, heard.all(axis=0))
        welcome = real.agree * (1 - real.disagree)
        least, mean = bridging_bounds(counts)
        note("bridging_least_low_90", least, nothing, welcome.min(axis=0), heard.all(axis=0))
        note("bridging_mean_low_90", mean, nothing, np.exp(np.log(welcome).mean(axis=0)), heard.all(axis=0))
        gap = pairwise_gap(counts)
        note("gap", gap.low, gap.high, true_gap(real.agree), heard.all(axis=0))
    return {name: rate(pairs) for name, pairs in found.items()}


def found_groups(conversations: int = 120, people: int = 300) -> dict[str, dict[str, float]]:
    """Share of a found group's Jeffreys intervals that hold the share of the true group it stands for.

    Number of groups given; by how well the groups were found (adjusted Rand index at least or under .85).
    """
    found: dict[str, list[tuple[int, int]]] = {}
    missed: dict[str, list[float]] = {}
    for seed in range(conversations):
        real = known(simulate(people=people, groups=2 + seed % 2, density=(0.2, 0.5, 0.8)[seed % 3], seed=seed))
        k = len(real.sizes)
        placed = opinion_map(real.matrix)
        label = find_groups(real.matrix, placed, eligible(real.matrix, min_votes=7, fill_to=15), seed=seed, k=k).label
        label = matched(label, real.label, k)
        counts = count_votes(real.matrix, label, k)
        name = "rand_index_at_least_.85" if rand_index(label, real.label) >= 0.85 else "rand_index_under_.85"
        found.setdefault(name, []).append(
            held(*jeffreys(counts.agree, counts.seen), real.agree, counts.seen > 0),
        )
        missed.setdefault(name, []).append(float(np.abs(counts.agree / np.maximum(counts.seen, 1) - real.agree).mean()))
    return {
        name: {
            "conversations": len(pairs),
            "coverage": rate(pairs),
            "mean_miss": round(float(np.mean(missed[name])), 4),
        }
        for name, pairs in sorted(found.items())
    }


def false_discoveries(conversations: int = 200, people: int = 200, level: float = 0.05) -> dict[str, float]:
    """Share of conversations with any q value at or under the level when groups have nothing to do with votes."""
    wrong = 0
    for seed in range(conversations):
        wrong += bool((null_q_values(seed, people) <= level).any())
    return {"level": level, "conversations": conversations, "with_a_false_discovery": round(wrong / conversations, 4)}


def forced_split(conversations: int = 30, people: int = 300, level: float = 0.05) -> dict[str, float]:
    """Share of cells with a q value at or under the level when people who differ in nothing are cut in two by force.

    Everybody votes by the same chances. The two groups are made from the very votes that are then tested, so every
    difference is false: q values mean what they say only for groups from outside.
    """
    found = []
    for seed in range(conversations):
        real = known(simulate(people=people, groups=1, density=0.3, slope=0.0, seed=seed))
        placed = opinion_map(real.matrix)
        label = find_groups(real.matrix, placed, eligible(real.matrix, min_votes=7, fill_to=15), seed=seed, k=2).label
        q = q_values(count_votes(real.matrix, label, 2), np.ones(len(real.everybody), dtype=np.bool_))
        found.append(float((q <= level).mean()))
    return {"level": level, "conversations": conversations, "cells_called_different": round(float(np.mean(found)), 4)}


def null_q_values(seed: int, people: int = 200, statements: int = 60) -> Floats:
    """q values of groups drawn without looking at the votes (G x C)."""
    real = known(simulate(people=people, statements=statements, groups=1, density=0.2, seed=seed))
    groups = 2 + seed % 4
    drawn = np.random.default_rng([seed, 1]).integers(groups, size=len(real.label))
    return q_values(count_votes(real.matrix, drawn, groups), np.ones(statements, dtype=np.bool_))


def early_voters(conversations: int = 10, people: int = 500) -> dict[str, dict[str, float]]:
    """Error of raw and standardised approval when statements arrive one by one and groups come at other times.

    `bias` is the mean size of the error that remains when every group answers at exactly its true share, so that
    only who was asked matters; `error` the root mean square with the draw of votes. `asked` are statements on
    which somebody of every group voted.
    """
    result = {}
    for name, tie in (("unrelated", 0.0), ("half_related", 0.5), ("fully_related", 1.0)):
        rows = [early_voter_errors(seed, tie, people) for seed in range(conversations)]
        result[name] = {key: round(float(np.mean([row[key] for row in rows])), 4) for key in rows[0]}
    return result


def early_voter_errors(seed: int, tie: float, people: int = 500) -> dict[str, float]:
    """The figures of `early_voters` for one conversation."""
    real = known(simulate(people=people, groups=2, density=0.2, blanks="arrival", tie=tie, seed=seed))
    counts, truth = real.counts, real.everybody
    heard, by_all = counts.seen.any(axis=0), (counts.seen > 0).all(axis=0)
    expected = Counts(counts.seen * real.agree, counts.seen * real.disagree, counts.seen)
    row: dict[str, float] = {"asked_by_all": float(by_all.sum() / heard.sum())}
    for name, used in (("bias", expected), ("error", counts)):
        raw = used.agree.sum(axis=0) / np.maximum(used.seen.sum(axis=0), 1) - truth
        fair = standardised_approval(used, real.sizes).approval - truth
        size = np.abs if name == "bias" else np.square
        done = np.asarray if name == "bias" else np.sqrt
        for kind, miss in (("raw", raw), ("standardised", fair)):
            row[f"{name}_{kind}"] = float(done(size(miss[heard]).mean()))
            row[f"{name}_{kind}_asked"] = float(done(size(miss[by_all]).mean()))
    return row


def true_gap(agree: Floats) -> Floats:
    """Mean absolute difference of pairs of groups (C)."""
    groups = len(agree)
    pairs = [np.abs(agree[g] - agree[h]) for g in range(groups) for h in range(g + 1, groups)]
    return np.asarray(np.mean(pairs, axis=0))


def matched(label: Ints, truth: Ints, groups: int) -> Ints:
    """Found labels renamed to the true groups that they share most people with; -1 stays."""
    overlap = np.zeros((groups, groups), dtype=np.int64)
    np.add.at(overlap, (label[label >= 0], truth[label >= 0]), 1)
    best = max(permutations(range(groups)), key=lambda way: sum(overlap[g, way[g]] for g in range(groups)))
    return np.where(label >= 0, np.asarray(best)[label], -1)


def rand_index(label: Ints, truth: Ints) -> float:
    """Adjusted Rand index of two partitions, over people in a group of the first."""
    inside = label >= 0
    table = np.zeros((label.max() + 1, truth.max() + 1))
    np.add.at(table, (label[inside], truth[inside]), 1)

    def pairs(sizes: Floats) -> float:
        return float((sizes * (sizes - 1) / 2).sum())

    rows, columns, whole = pairs(table.sum(axis=1)), pairs(table.sum(axis=0)), pairs(table.sum(keepdims=True))
    expected = rows * columns / whole
    return (pairs(table) - expected) / ((rows + columns) / 2 - expected)


def rate(pairs: list[tuple[int, int]]) -> float:
    """Share held, over all."""
    return round(sum(hit for hit, _ in pairs) / max(1, sum(size for _, size in pairs)), 4)


def measure() -> dict[str, Any]:
    """Every figure of docs/methods that says how sure a number is (about half a minute)."""
    return {
        "given_groups": given_groups(),
        "found_groups": found_groups(),
        "false_discoveries": false_discoveries(),
        "forced_split": forced_split(),
        "early_voters": early_voters(),
    }
