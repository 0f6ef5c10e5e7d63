"""From arrays to the rows of a result: participants, groups and statements with all their figures."""

import numpy as np

from analysis.agreement import group_aware_consensus
from analysis.bridging import bridging, bridging_bounds
from analysis.core import Core
from analysis.divisiveness import between_share, pairwise_gap
from analysis.frames import Tables
from analysis.intervals import jeffreys
from analysis.matrix import Floats
from analysis.notable import important_counts
from analysis.priority import priority
from analysis.results import GroupResult, GroupStatement, ParticipantResult, StatementResult
from analysis.stability import word_for
from analysis.standardised import standardised_approval


def participant_rows(core: Core) -> tuple[ParticipantResult, ...]:
    """A row a participant, ids rising."""
    votes, label, names = core.matrix.votes_per_participant, core.grouping.label, core.grouping.names
    strength = None if core.stabilities is None else core.stabilities.strength
    return tuple(
        ParticipantResult(
            id=one,
            votes=int(votes[i]),
            x=plain(core.placed.people[i, 0]),
            y=plain(core.placed.people[i, 1]),
            group=names[label[i]] if label[i] >= 0 else None,
            strength=None if strength is None or label[i] < 0 or np.isnan(strength[i]) else plain(strength[i]),
        )
        for i, one in enumerate(core.matrix.participants)
    )


def group_rows(core: Core) -> tuple[GroupResult, ...]:
    """A row a group: size, middle, and how stable it is."""
    result = []
    for g, name in enumerate(core.grouping.names):
        inside = core.grouping.label == g
        middle = core.placed.people[inside].mean(axis=0)
        again = None if core.stabilities is None or not len(core.stabilities.jaccard) else core.stabilities.jaccard[g]
        result.append(
            GroupResult(
                label=name,
                size=int(inside.sum()),
                x=plain(middle[0]),
                y=plain(middle[1]),
                stability=None if again is None else plain(again),
                stability_word=None if again is None else str(word_for(float(again)).value),
            )
        )
    return tuple(result)


def statement_rows(tables: Tables, core: Core, q: Floats) -> tuple[StatementResult, ...]:
    """A row a statement, ids rising; `q` is G x C."""
    matrix, counts = core.matrix, core.counts
    grouped, several = bool(core.grouping.names), len(core.grouping.names) > 1
    sizes = np.bincount(core.grouping.label[core.grouping.label >= 0], minlength=len(core.grouping.names))
    everybody = core.everybody
    low, high = jeffreys(everybody.agree[0], everybody.seen[0])
    group_low, group_high = jeffreys(counts.agree, counts.seen)
    consensus, gap = group_aware_consensus(counts), pairwise_gap(counts)
    least, mean = bridging(counts)
    least_low, mean_low = bridging_bounds(counts)
    fair = standardised_approval(counts, sizes)
    share = between_share(counts)
    important_agree, important_disagree = important_counts(matrix)
    important = np.bincount(matrix.col[matrix.important], minlength=len(matrix.statements))
    extremity = np.hypot(core.placed.statements[:, 0], core.placed.statements[:, 1])
    meta = tables.statements["is_meta"].to_numpy(dtype=np.bool_)
    first = priority(counts, extremity, meta)
    states = list(tables.statements["state"])
    rows = []
    for j, one in enumerate(matrix.statements):
        seen, agree, disagree = (int(v[0, j]) for v in (everybody.seen, everybody.agree, everybody.disagree))
        rows.append(
            StatementResult(
                id=one,
                state=str(states[j]),
                is_meta=bool(meta[j]),
                left_out=bool(matrix.left_out[j]),
                seen=seen,
                agree=agree,
                disagree=disagree,
                passed=seen - agree - disagree,
                important=int(important[j]),
                x=plain(core.placed.statements[j, 0]),
                y=plain(core.placed.statements[j, 1]),
                extremity=plain(extremity[j]),
                group_aware_consensus=plain(consensus[j]) if grouped else None,
                bridging_min=plain(least[j]) if grouped else None,
                bridging_mean=plain(mean[j]) if grouped else None,
                divisiveness=plain(gap.gap[j]),
                by_group=tuple(
                    _group_statement(core, name, g, j, q, (group_low, group_high))
                    for g, name in enumerate(core.grouping.names)
                ),
                approval=agree / seen if seen else None,
                approval_low=plain(low[j]),
                approval_high=plain(high[j]),
                standardised_approval=plain(fair.approval[j]) if several else None,
                standardised_low=plain(fair.low[j]) if several else None,
                standardised_high=plain(fair.high[j]) if several else None,
                bridging_min_low=plain(least_low[j]) if grouped else None,
                bridging_mean_low=plain(mean_low[j]) if grouped else None,
                gap_low=plain(gap.low[j]) if several else None,
                gap_high=plain(gap.high[j]) if several else None,
                between_share=plain(share[j]) if several else None,
                priority=plain(first[j]),
                important_agree=int(important_agree[j]),
                important_disagree=int(important_disagree[j]),
            )
        )
    return tuple(rows)


def _group_statement(core: Core, name: str, g: int, j: int, q: Floats, bounds: tuple[Floats, Floats]) -> GroupStatement:
    counts, tests = core.counts, core.tests
    return GroupStatement(
        group=name,
        agree=int(counts.agree[g, j]),
        disagree=int(counts.disagree[g, j]),
        seen=int(counts.seen[g, j]),
        p_agree=plain(tests.p_agree[g, j]),
        p_disagree=plain(tests.p_disagree[g, j]),
        z_agree=plain(tests.z_agree[g, j]),
        z_disagree=plain(tests.z_disagree[g, j]),
        r_agree=plain(tests.r_agree[g, j]),
        r_disagree=plain(tests.r_disagree[g, j]),
        zr_agree=plain(tests.zr_agree[g, j]),
        zr_disagree=plain(tests.zr_disagree[g, j]),
        approval_low=plain(bounds[0][g, j]),
        approval_high=plain(bounds[1][g, j]),
        q_value=plain(q[g, j]),
    )


def plain(value: float) -> float:
    """A Python float; a negative zero becomes 0, so that equal results look equal."""
    return float(value) + 0.0
