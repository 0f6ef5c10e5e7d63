"""Builders of small and synthetic input tables for the analysis tests."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.frames import Id, Tables

Vote = tuple[Id, Id, int]


def votes(rows: Sequence[Vote], times: Sequence[int] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["participant", "statement", "position"])
    return frame if times is None else frame.assign(cast_at=times)


def statements(ids: Sequence[Id], refused: Sequence[Id] = (), meta: Sequence[Id] = ()) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statement": list(ids),
            "state": ["refused" if one in refused else "approved" for one in ids],
            "is_meta": [one in meta for one in ids],
        }
    )


def tables(rows: Sequence[Vote], ids: Sequence[Id], **kinds: Sequence[Id]) -> Tables:
    return Tables(statements=statements(ids, **kinds), votes=votes(rows))


def planted(groups: int, *, people: int = 60, ids: int = 30, seen: float = 0.8, seed: int = 0) -> Tables:
    """People in `groups` equal camps that differ on two statements of three; with one group, no camps."""
    rng = np.random.default_rng(seed)
    lean = rng.uniform(0.1, 0.9, size=(groups, ids))
    lean[:, ::3] = lean[0, ::3]
    rows = []
    for person in range(people):
        likes = lean[person % groups]
        if groups > 1:
            likes = np.where(likes > 0.5, 0.93, 0.07)
        for one in np.flatnonzero(rng.random(ids) < seen):
            draw = rng.random()
            rows.append((person, int(one), 0 if draw < 0.08 else 1 if rng.random() < likes[one] else -1))
    return Tables(statements=statements(range(ids)), votes=votes(rows))


def continuum(*, people: int = 60, ids: int = 30, seen: float = 0.7, seed: int = 0) -> Tables:
    """People who differ by degrees along one axis, without camps."""
    rng = np.random.default_rng(seed)
    place, slope, middle = rng.normal(size=people), rng.normal(size=ids) * 1.5, rng.normal(size=ids)
    rows = []
    for person in range(people):
        likes = 1 / (1 + np.exp(-(slope * place[person] + middle)))
        for one in np.flatnonzero(rng.random(ids) < seen):
            rows.append((person, int(one), 1 if rng.random() < likes[one] else -1))
    return Tables(statements=statements(range(ids)), votes=votes(rows))


def shuffled(given: Tables, seed: int) -> Tables:
    """The same content with rows and columns in another order."""

    def mix(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.sample(frac=1, random_state=seed)[list(frame.columns)[::-1]]

    return Tables(mix(given.statements), mix(given.votes), mix(given.comments), given.groups)
