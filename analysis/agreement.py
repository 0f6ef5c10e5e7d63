"""Agreement per statement and group: counts, z values, representative statements and common ground."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.frames import Id
from analysis.matrix import Bools, Floats, Ints, OpinionMatrix

Z_90 = 1.2815515655446004
"""One-sided 90 % point of the normal distribution; the reference rounds it to 1.2816."""


@dataclass(frozen=True)
class Counts:
    """Votes by group and statement, each G x C. `seen` includes passes."""

    agree: Ints
    disagree: Ints
    seen: Ints


@dataclass(frozen=True)
class Figures:
    """Add-one probabilities, their z values, and ratio and z against all other groups; each G x C."""

    p_agree: Floats
    p_disagree: Floats
    z_agree: Floats
    z_disagree: Floats
    r_agree: Floats
    r_disagree: Floats
    zr_agree: Floats
    zr_disagree: Floats


@dataclass(frozen=True)
class Listed:
    """One statement of a list: `column` in the matrix, its direction (agree or disagree) and score."""

    column: int
    direction: str
    score: float


def count_votes(matrix: OpinionMatrix, label: Ints, groups: int) -> Counts:
    """Counts of each group 0..groups-1; -1 is in none. Refused statements are counted too."""
    size = len(matrix.statements)
    group = label[matrix.row]
    inside = group >= 0
    cell = (group[inside] * size + matrix.col[inside]) * 3 + matrix.vote[inside] + 1
    table = np.bincount(cell, minlength=groups * size * 3).reshape(groups, size, 3).astype(np.int64)
    return Counts(agree=table[:, :, 2], disagree=table[:, :, 0], seen=table.sum(axis=2))


def count_all(matrix: OpinionMatrix) -> Counts:
    """Counts of everybody as one group (1 x C)."""
    return count_votes(matrix, np.zeros(len(matrix.participants), dtype=np.int64), 1)


def figures(counts: Counts) -> Figures:
    """The tests of A6. With one group there are no others: ratios compare with an add-one half."""
    return Figures(
        p_agree=probability(counts.agree, counts.seen),
        p_disagree=probability(counts.disagree, counts.seen),
        z_agree=_z(counts.agree, counts.seen),
        z_disagree=_z(counts.disagree, counts.seen),
        r_agree=_ratio(counts.agree, counts.seen),
        r_disagree=_ratio(counts.disagree, counts.seen),
        zr_agree=_ratio_z(counts.agree, counts.seen),
        zr_disagree=_ratio_z(counts.disagree, counts.seen),
    )


def probability(part: Ints, seen: Ints) -> Floats:
    """(part + 1) / (seen + 2): a share that never claims 0 or 1."""
    result: Floats = (part + 1.0) / (seen + 2.0)
    return result


def group_aware_consensus(counts: Counts) -> Floats:
    """Product over groups of the add-one probability of agreeing (C); 1.0 without groups. Source: A9."""
    result: Floats = np.prod(probability(counts.agree, counts.seen), axis=0)
    return result


def representative(
    counts: Counts, tests: Figures, group: int, left_out: Bools, *, pick: int = 5, z: float = Z_90
) -> list[Listed]:
    """Up to `pick` statements that set a group apart, agrees first. Source: A7, ties to the smaller id."""
    agrees = tests.zr_agree[group] > tests.zr_disagree[group]
    metric = _metric(tests, group, agrees)
    p, zp = tests.p_agree[group], tests.z_agree[group]
    r, zr, zr_other = tests.r_agree[group], tests.zr_agree[group], tests.zr_disagree[group]
    sufficient: list[int] = []
    best: int | None = None
    best_agree: int | None = None
    for j in np.flatnonzero(~left_out):
        if (zr[j] > z and zp[j] > z) or (zr_other[j] > z and tests.z_disagree[group][j] > z):
            sufficient.append(int(j))
        if not sufficient and (best is None or max(zr[j], zr_other[j]) > max(zr[best], zr_other[best])):
            best = int(j)
        if counts.agree[group, j] == 0 and counts.disagree[group, j] == 0:
            continue
        if best_agree is None:
            better = zp[j] > z or (r[j] > 1 and p[j] > 0.5)
        elif r[best_agree] > 1:
            better = r[j] * zr[j] * p[j] * zp[j] > r[best_agree] * zr[best_agree] * p[best_agree] * zp[best_agree]
        else:
            better = p[j] * zp[j] > p[best_agree] * zp[best_agree]
        if better:
            best_agree = int(j)
    if not sufficient:
        chosen = [best_agree] if best_agree is not None else [best] if best is not None else []
    else:
        chosen = sorted((j for j in sufficient if j != best_agree), key=lambda j: (-metric[j], j))
        chosen = ([best_agree] if best_agree is not None else []) + chosen
    chosen = chosen[:pick]
    listed = [Listed(j, "agree" if agrees[j] else "disagree", float(metric[j])) for j in chosen]
    return sorted(listed, key=lambda one: one.direction != "agree")


def common_ground(
    tests: Figures, left_out: Bools, *, pick: int = 5, z: float = Z_90
) -> tuple[list[Listed], list[Listed]]:
    """Statements most people agree with, and most disagree with; `tests` are of everybody. Source: A8."""
    return (
        _most(tests.p_agree[0], tests.z_agree[0], left_out, "agree", pick, z),
        _most(tests.p_disagree[0], tests.z_disagree[0], left_out, "disagree", pick, z),
    )


def ids_of(listed: Sequence[Listed], statements: Sequence[Id]) -> list[Id]:
    """The statement ids of a list."""
    return [statements[one.column] for one in listed]


def _most(p: Floats, zp: Floats, left_out: Bools, direction: str, pick: int, z: float) -> list[Listed]:
    kept = np.flatnonzero(~left_out & (p > 0.5) & (zp > z))
    order = sorted(kept, key=lambda j: (-(p[j] * zp[j]), j))[:pick]
    return [Listed(int(j), direction, float(p[j] * zp[j])) for j in order]


def _metric(tests: Figures, group: int, agrees: Bools) -> Floats:
    agree = tests.r_agree[group] * tests.zr_agree[group] * tests.p_agree[group] * tests.z_agree[group]
    other = tests.r_disagree[group] * tests.zr_disagree[group] * tests.p_disagree[group] * tests.z_disagree[group]
    metric: Floats = np.where(agrees, agree, other)
    return metric


def _z(part: Ints, seen: Ints) -> Floats:
    result: Floats = 2 * np.sqrt(seen + 1.0) * ((part + 1.0) / (seen + 1.0) - 0.5)
    return result


def _rest(values: Ints) -> Ints:
    rest: Ints = values.sum(axis=0, keepdims=True) - values
    return rest


def _ratio(part: Ints, seen: Ints) -> Floats:
    result: Floats = probability(part, seen) / probability(_rest(part), _rest(seen))
    return result


def _ratio_z(part: Ints, seen: Ints) -> Floats:
    s, n = part + 1.0, seen + 1.0
    s_rest, n_rest = _rest(part) + 1.0, _rest(seen) + 1.0
    pooled = (s + s_rest) / (n + n_rest)
    variance = pooled * (1 - pooled) * (1 / n + 1 / n_rest)
    usable = pooled < 1
    result: Floats = np.where(usable, (s / n - s_rest / n_rest) / np.sqrt(np.where(usable, variance, 1.0)), 0.0)
    return result
