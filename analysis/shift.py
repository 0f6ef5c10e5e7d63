"""Change of mind: the same people's votes on a statement at two moments, with tests, intervals and who is missing."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import Id, TableError, plain_ids, votes_table
from analysis.later import Later
from analysis.matrix import Bools, Floats, Ints
from analysis.paired import (
    POSITIONS,
    corrected,
    exact_share,
    leaving,
    mcnemar,
    mean_shift,
    stuart_maxwell,
    total,
)

stats = Later("scipy.stats")

Moment: TypeAlias = datetime | int | float
"""A date and time (without a zone: UTC), or a number in the unit of a numeric `cast_at`."""

NEVER = np.iinfo(np.int64).max
FEWEST_TABLES = 3
"""From fewer whole tables no interval is drawn."""


@dataclass(frozen=True)
class Pairs:
    """Votes in force at two moments: one entry a (person, statement) with a vote at either, sorted by both.

    `row` and `col` index `participants` and `statements`. `before` and `after` are -1, 0, 1 and mean something only
    where `had_before` and `had_after` are true. `again`: a vote at both, and the later one was cast in between.
    """

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    row: Ints
    col: Ints
    before: Ints
    after: Ints
    had_before: Bools
    had_after: Bools
    again: Bools

    def compared(self, *, recast: bool) -> Bools:
        """Entries with both votes; with `recast` only those that were voted on again in between."""
        return self.again if recast else self.had_before & self.had_after


@dataclass(frozen=True)
class Shifts:
    """Figures of each statement (C each; numbers of people unless said). NaN where there is nothing to tell.

    table            C x 3 x 3: rows before, columns after, each disagree, pass, agree
    towards, away    moved up or down the order disagree, pass, agree; `same` kept their answer
    mean, low, high  mean of after - before (-2 to 2), and its interval; no interval where all moved alike
    effect           mean divided by the standard deviation of the differences (Cohen's d_z)
    changed_low, changed_high   exact interval of the share who changed their answer (0 to 1)
    mcnemar_p        exact two-sided p of "agree" against "not agree"; mcnemar_q after Benjamini-Hochberg
    homogeneity, df, homogeneity_p, homogeneity_q   Stuart-Maxwell: chi-squared of the three shares before and after
    before_only, after_only, both   voted by the first moment and not again; first voted after it; voted again
    left_before, stayed_before      C x 3: how those who did not, and those who did, vote again had voted before
    left_p           Fisher's exact p of "agree" against "not agree" between the two
    """

    statements: tuple[Id, ...]
    table: Ints
    towards: Ints
    away: Ints
    same: Ints
    mean: Floats
    low: Floats
    high: Floats
    effect: Floats
    changed_low: Floats
    changed_high: Floats
    mcnemar_p: Floats
    mcnemar_q: Floats
    homogeneity: Floats
    df: Ints
    homogeneity_p: Floats
    homogeneity_q: Floats
    before_only: Ints
    after_only: Ints
    both: Ints
    left_before: Ints
    stayed_before: Ints
    left_p: Floats

    @property
    def compared(self) -> Ints:
        """People in the transition table of each statement (C)."""
        return np.asarray(self.table.sum(axis=(1, 2)), dtype=np.int64)

    @property
    def changed(self) -> Ints:
        """People whose answer is another one than before (C)."""
        return self.towards + self.away


@dataclass(frozen=True)
class TableIntervals:
    """Intervals of the mean shift from resampling whole tables (C each); NaN with fewer than three tables."""

    low: Floats
    high: Floats
    tables: Ints


def pairs_between(history: pd.DataFrame, first: Moment, second: Moment) -> Pairs:
    """The vote of each person on each statement in force at two moments (a vote cast at the moment counts).

    Args:
        history: every vote event: participant, statement, position, cast_at; optional undone_at, empty for votes
            that stand. An undone vote counts until then, and the one before it again from then on.
        first, second: the two moments, the first before the second.

    Raises:
        TableError: `no_times` without cast_at, `moments_out_of_order`, or what `frames.votes_table` refuses.
    """
    if "cast_at" not in history.columns:
        raise TableError("no_times", "votes: cast_at is needed to compare two moments")
    early, late = _number(first), _number(second)
    if not early < late:
        raise TableError("moments_out_of_order", "the first moment must lie before the second")
    votes = votes_table(history)
    people = pd.Index(votes["participant"].unique()).sort_values()
    statements = pd.Index(votes["statement"].unique()).sort_values()
    row = people.get_indexer(pd.Index(votes["participant"])).astype(np.int64)
    col = statements.get_indexer(pd.Index(votes["statement"])).astype(np.int64)
    cast, position = votes["cast_at"].to_numpy(), votes["position"].to_numpy(dtype=np.int64)
    undone = _undone(history)
    order = np.lexsort((cast, col, row))
    cell = (row * max(len(statements), 1) + col)[order]
    at_first = _in_force(cell, cast[order], undone[order], early)
    at_second = _in_force(cell, cast[order], undone[order], late)
    kept = np.union1d(cell[at_first], cell[at_second])
    before, had_before, _ = _placed(kept, cell[at_first], position[order][at_first], cast[order][at_first])
    after, had_after, when = _placed(kept, cell[at_second], position[order][at_second], cast[order][at_second])
    return Pairs(
        participants=plain_ids(people),
        statements=plain_ids(statements),
        row=kept // max(len(statements), 1),
        col=kept % max(len(statements), 1),
        before=before,
        after=after,
        had_before=had_before,
        had_after=had_after,
        again=had_before & had_after & (when > early),
    )


def shifts(pairs: Pairs, *, recast: bool = True, level: float = 0.95) -> Shifts:
    """What changed on each statement.

    Args:
        recast: compare only people who voted on the statement again; somebody who was never asked again cannot
            show a change. False: everybody with a vote in force at both moments.
        level: of the intervals, between 0 and 1.
    """
    size = len(pairs.statements)
    use = pairs.compared(recast=recast)
    table = _counts(size, pairs.col[use], pairs.before[use], pairs.after[use])
    upper, lower = np.triu(np.ones((3, 3), np.int64), 1), np.tril(np.ones((3, 3), np.int64), -1)
    towards, away = total(table * upper), total(table * lower)
    count = total(table)
    mean, low, high, effect = mean_shift(table, level)
    changed_low, changed_high = exact_share(towards + away, count, level)
    mcnemar_p = mcnemar(table)
    homogeneity, df, homogeneity_p = stuart_maxwell(table)
    # Attrition always asks who voted again: with votes merely in force, nobody would ever be missing.
    gone = pairs.had_before & ~pairs.again
    left = _sides(size, pairs.col[gone], pairs.before[gone])
    stayed = _sides(size, pairs.col[pairs.again], pairs.before[pairs.again])
    return Shifts(
        statements=pairs.statements,
        table=table,
        towards=towards,
        away=away,
        same=count - towards - away,
        mean=mean,
        low=low,
        high=high,
        effect=effect,
        changed_low=changed_low,
        changed_high=changed_high,
        mcnemar_p=mcnemar_p,
        mcnemar_q=corrected(mcnemar_p),
        homogeneity=homogeneity,
        df=df,
        homogeneity_p=homogeneity_p,
        homogeneity_q=corrected(homogeneity_p),
        before_only=left.sum(axis=1),
        after_only=np.bincount(pairs.col[~pairs.had_before], minlength=size).astype(np.int64),
        both=stayed.sum(axis=1),
        left_before=left,
        stayed_before=stayed,
        left_p=leaving(left, stayed),
    )


def shift_interval_by_tables(
    pairs: Pairs,
    clusters: Mapping[Any, Hashable],
    seed: int,
    resamples: int = 1000,
    *,
    recast: bool = True,
    level: float = 0.95,
) -> TableIntervals:
    """Intervals of the mean shift when whole tables are drawn again with replacement (cluster bootstrap).

    The spread of the resampled means, widened by the t value of one table fewer: with the seven or so tables of a
    panel, percentiles alone are too narrow. It covers that people at one table move together. It does not cover how
    the panel was chosen, who stayed away, what happened outside, nor a cause.

    Args:
        clusters: participant -> the table they sat at; somebody without one counts as a table of their own.
        seed: of the draws; the same for every statement, so that statements can be compared.
    """
    use = pairs.compared(recast=recast)
    size = len(pairs.statements)
    seats: dict[Hashable, int] = {}
    places = [("table", clusters[one]) if one in clusters else ("alone", one) for one in pairs.participants]
    place = np.array([seats.setdefault(one, len(seats)) for one in places], dtype=np.int64)
    cell = place[pairs.row[use]] * size + pairs.col[use]
    shape = (len(seats), size)
    moved = np.bincount(cell, weights=(pairs.after - pairs.before)[use], minlength=len(seats) * size).reshape(shape)
    people = np.bincount(cell, minlength=len(seats) * size).reshape(shape).astype(np.float64)
    low, high = np.full(size, np.nan), np.full(size, np.nan)
    tables = np.asarray((people > 0).sum(axis=0), dtype=np.int64)
    draws = np.random.default_rng(np.random.SeedSequence(seed)).random((resamples, len(seats)))
    for column in np.flatnonzero(tables >= FEWEST_TABLES):
        here = people[:, column] > 0
        # The tables with pairs on this statement are drawn among themselves: an empty table says nothing of it.
        chosen = (draws[:, : tables[column]] * tables[column]).astype(np.int64)
        sums, counts = moved[here, column], people[here, column]
        means = sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1)
        wide = np.sqrt(tables[column] / (tables[column] - 1)) * stats.t.ppf((1 + level) / 2, tables[column] - 1)
        spread = float(means.std())
        if spread > 0:
            centre = sums.sum() / counts.sum()
            low[column], high[column] = centre - wide * spread, centre + wide * spread
    return TableIntervals(low=np.maximum(low, -2.0), high=np.minimum(high, 2.0), tables=tables)


def _number(moment: Moment) -> int | float:
    if not isinstance(moment, datetime):
        return moment
    stamp = pd.Timestamp(moment)
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    return int(stamp.as_unit("ns").value)


def _undone(history: pd.DataFrame) -> NDArray[Any]:
    if "undone_at" not in history.columns:
        return np.full(len(history), NEVER, dtype=np.int64)
    column = history["undone_at"]
    if pd.api.types.is_numeric_dtype(column):
        return column.fillna(np.inf).to_numpy(dtype=np.float64)
    try:
        read = pd.DatetimeIndex(pd.to_datetime(column, utc=True)).as_unit("ns")
    except (ValueError, TypeError) as error:
        raise TableError("bad_time", f"votes: undone_at cannot be read as a time ({error})") from error
    return np.where(read.isna(), NEVER, read.asi8)


def _in_force(cell: Ints, cast: NDArray[Any], undone: NDArray[Any], moment: int | float) -> Ints:
    """Places of the vote in force in each cell; the arrays are sorted by cell, then time, then the log."""
    known = np.flatnonzero((cast <= moment) & (undone > moment))
    last = np.ones(len(known), dtype=np.bool_)
    last[:-1] = cell[known][1:] != cell[known][:-1]
    return known[last]


def _placed(kept: Ints, cell: Ints, position: Ints, cast: NDArray[Any]) -> tuple[Ints, Bools, NDArray[Any]]:
    """Votes in the order of `kept`: (position, whether there is one, when it was cast)."""
    where = np.searchsorted(kept, cell)
    placed, had = np.zeros(len(kept), dtype=np.int64), np.zeros(len(kept), dtype=np.bool_)
    when = np.zeros(len(kept), dtype=cast.dtype)
    placed[where], had[where], when[where] = position, True, cast
    return placed, had, when


def _counts(size: int, col: Ints, before: Ints, after: Ints) -> Ints:
    cell = (col * POSITIONS + before + 1) * POSITIONS + after + 1
    counted = np.bincount(cell, minlength=size * POSITIONS**2).astype(np.int64)
    return counted.reshape(size, POSITIONS, POSITIONS)


def _sides(size: int, col: Ints, position: Ints) -> Ints:
    counted = np.bincount(col * POSITIONS + position + 1, minlength=size * POSITIONS).astype(np.int64)
    return counted.reshape(size, POSITIONS)
