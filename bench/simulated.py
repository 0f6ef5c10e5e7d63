"""Simulated conversations with a known truth: groups in a plane of opinions, passes, and three kinds of blanks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Simulated:
    """A conversation and what is true of it.

    `truth` is the group of each participant (n); `p_agree`, `p_disagree` (G x C) the share of each group that
    would agree, disagree if all of it were asked.
    """

    tables: Tables
    truth: Ints
    p_agree: Floats
    p_disagree: Floats


def simulate(
    *,
    people: int = 500,
    statements: int = 80,
    groups: int = 2,
    density: float = 0.2,
    blanks: str = "mcar",
    tie: float = 0.0,
    seed: int = 0,
    radius: float = 1.5,
    spread: float = 0.6,
    slope: float = 1.2,
    passes: float = 0.12,
) -> Simulated:
    """`groups` clouds of people at `radius` from the middle, `spread` wide, who vote by a logit of slope `slope`.

    A fifth of the statements find everybody on one side, a fifth divide along one line, the rest lie between.
    `blanks` says who sees what: mcar at random; arrival: statements and people come one after another and only
    later people see late statements (`tie` from 0 to 1 is how far arrival goes with the group); routed: a
    person is rather shown what the people before agreed with. `density` is the share of cells seen; numbers of
    votes by person are heavy-tailed. `groups=1` is one round cloud: an axis may show, separate groups may not.
    """
    rng = np.random.default_rng(seed)
    truth = np.sort(rng.integers(groups, size=people)) if groups > 1 else np.zeros(people, dtype=np.int64)
    truth = rng.permutation(truth)
    angles = 2 * np.pi * np.arange(groups) / max(groups, 1) + rng.uniform(0, 2 * np.pi)
    centres = radius * np.column_stack([np.cos(angles), np.sin(angles)]) if groups > 1 else np.zeros((1, 2))
    places = centres[truth] + spread * rng.normal(size=(people, 2))
    bias, loading = _statements(statements, rng)
    logit = bias[None, :] + slope * places @ loading.T
    agree = 1 / (1 + np.exp(-logit))
    hesitation = np.clip(passes * (0.4 + 2.4 * agree * (1 - agree)), 0, 0.9)
    seen = _seen(people, statements, density, blanks, tie, truth, groups, agree, rng)
    draw = rng.random((people, statements))
    votes = np.where(draw < hesitation, 0, np.where(draw < hesitation + (1 - hesitation) * agree, 1, -1))
    row, col = np.nonzero(seen)
    when = rng.permutation(len(row)) if blanks == "mcar" else np.arange(len(row))
    frame = pd.DataFrame({"participant": row, "statement": col, "position": votes[row, col], "cast_at": when})
    known = pd.DataFrame({"statement": np.arange(statements), "state": "approved"})
    mean = [_mean_by(truth, groups, part) for part in ((1 - hesitation) * agree, (1 - hesitation) * (1 - agree))]
    return Simulated(Tables(statements=known, votes=frame), truth, mean[0], mean[1])


def _statements(size: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Biases (C) and loadings (C x 2) of consensual, divisive and ordinary statements."""
    bias, loading = rng.normal(0, 0.8, size), rng.normal(0, 0.7, (size, 2))
    fifth = size // 5
    bias[:fifth] = rng.choice([-2.0, 2.0], fifth)
    loading[:fifth] *= 0.2
    direction = rng.uniform(0, 2 * np.pi, fifth)
    loading[fifth : 2 * fifth] = 1.4 * np.column_stack([np.cos(direction), np.sin(direction)])
    order = rng.permutation(size)
    return bias[order], loading[order]


def _seen(
    people: int,
    statements: int,
    density: float,
    blanks: str,
    tie: float,
    truth: Ints,
    groups: int,
    agree: Floats,
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    effort = rng.lognormal(0, 0.6, people)
    share = np.clip(density * effort / effort.mean(), 1.0 / statements, 1.0)
    if blanks == "mcar":
        return np.asarray(rng.random((people, statements)) < share[:, None])
    arrival = rng.random(people)
    if tie:
        arrival = (1 - tie) * arrival + tie * (truth + rng.random(people)) / max(groups, 1)
    arrival = np.argsort(np.argsort(arrival)) / max(people - 1, 1)
    born = np.where(rng.random(statements) < 0.3, 0.0, rng.random(statements))
    seen = np.zeros((people, statements), dtype=np.bool_)
    likes = np.ones(statements)
    for i in np.argsort(arrival, kind="stable"):
        open_now = np.flatnonzero(born <= arrival[i])
        wanted = min(len(open_now), max(1, round(share[i] * statements)))
        weight = likes[open_now] if blanks == "routed" else np.ones(len(open_now))
        chosen = rng.choice(open_now, wanted, replace=False, p=weight / weight.sum())
        seen[i, chosen] = True
        if blanks == "routed":
            likes[chosen] += agree[i, chosen]
    return seen


def _mean_by(truth: Ints, groups: int, values: Floats) -> Floats:
    return np.stack([values[truth == g].mean(axis=0) for g in range(groups)])
