"""The analysis from checked tables to one frozen result, read down the page."""

from collections.abc import Iterable, Sequence

import numpy as np

from analysis.agreement import (
    Counts,
    Figures,
    Listed,
    common_ground,
    count_all,
    count_votes,
    divisiveness,
    figures,
    group_aware_consensus,
    representative,
)
from analysis.bridging import bridging
from analysis.components import OpinionMap, opinion_map
from analysis.digests import inputs_digest
from analysis.frames import Id, Tables, checked
from analysis.groups import Grouping, eligible, find_groups, given_groups
from analysis.matrix import LEFT_OUT_STATES, Bools, OpinionMatrix, opinion_matrix
from analysis.results import (
    Excluded,
    GroupResult,
    GroupStatement,
    ListedStatement,
    ParticipantResult,
    Representative,
    Result,
    Settings,
    StatementResult,
    Structure,
    ThemeMember,
)
from analysis.themes import Text, draft_themes

DEFAULTS = Settings()


def analyse(tables: Tables, settings: Settings = DEFAULTS) -> Result:
    """The result of the tables under the settings. TableError for tables that cannot be used.

    The input is never changed, and neither the order of its rows nor the machine's clock matters: equal
    content and settings give an equal result.
    """
    clean = checked(tables)
    matrix = opinion_matrix(clean)
    placed = opinion_map(matrix)
    who = eligible(matrix, min_votes=settings.min_votes, fill_to=settings.fill_to)
    grouping = _grouping(matrix, placed, who, clean, settings)
    counts = count_votes(matrix, grouping.label, len(grouping.names))
    tests = figures(counts)
    everybody = count_all(matrix)
    agrees, disagrees = common_ground(figures(everybody), matrix.left_out, pick=settings.list_length)
    texts = _texts(clean)
    worded = [one for one in texts if one.text.strip()]
    return Result(
        settings=settings,
        participants=_participants(matrix, placed, grouping),
        statements=_statements(clean, matrix, placed, grouping, counts, tests, everybody),
        groups=_groups(placed, grouping),
        structure=_structure(placed, grouping),
        consensus_agree=_listed(agrees, matrix.statements),
        consensus_disagree=_listed(disagrees, matrix.statements),
        representative=tuple(
            Representative(
                name,
                _listed(
                    representative(counts, tests, g, matrix.left_out, pick=settings.list_length),
                    matrix.statements,
                ),
            )
            for g, name in enumerate(grouping.names)
            if len(grouping.names) > 1
        ),
        themes=draft_themes(worded, seed=settings.seed, min_texts=settings.min_texts, max_themes=settings.max_themes),
        excluded=_excluded(clean, matrix, who, grouping, everybody, texts),
        votes=len(matrix.vote),
        inputs_digest=inputs_digest(clean, settings),
    )


def _grouping(matrix: OpinionMatrix, placed: OpinionMap, who: Bools, tables: Tables, settings: Settings) -> Grouping:
    if tables.groups is not None:
        return given_groups(matrix, tables.groups)
    return find_groups(
        matrix,
        placed,
        who,
        seed=settings.seed,
        k=settings.k,
        max_groups=settings.max_groups,
        min_size=settings.min_group_size,
        starts=settings.starts,
        permutations=settings.permutations,
        level=settings.level,
    )


def _participants(matrix: OpinionMatrix, placed: OpinionMap, grouping: Grouping) -> tuple[ParticipantResult, ...]:
    votes = matrix.votes_per_participant
    return tuple(
        ParticipantResult(
            id=one,
            votes=int(votes[i]),
            x=_plain(placed.people[i, 0]),
            y=_plain(placed.people[i, 1]),
            group=grouping.names[grouping.label[i]] if grouping.label[i] >= 0 else None,
        )
        for i, one in enumerate(matrix.participants)
    )


def _statements(
    tables: Tables,
    matrix: OpinionMatrix,
    placed: OpinionMap,
    grouping: Grouping,
    counts: Counts,
    tests: Figures,
    everybody: Counts,
) -> tuple[StatementResult, ...]:
    grouped = bool(grouping.names)
    consensus = group_aware_consensus(counts)
    least, mean = bridging(counts)
    gap = divisiveness(counts)
    important = np.bincount(matrix.col[matrix.important], minlength=len(matrix.statements))
    states, meta = list(tables.statements["state"]), list(tables.statements["is_meta"])
    result = []
    for j, one in enumerate(matrix.statements):
        seen, agree, disagree = (int(v[0, j]) for v in (everybody.seen, everybody.agree, everybody.disagree))
        x, y = float(placed.statements[j, 0]), float(placed.statements[j, 1])
        result.append(
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
                x=_plain(x),
                y=_plain(y),
                extremity=_plain(np.hypot(x, y)),
                group_aware_consensus=_plain(consensus[j]) if grouped else None,
                bridging_min=_plain(least[j]) if grouped else None,
                bridging_mean=_plain(mean[j]) if grouped else None,
                divisiveness=_plain(gap[j]),
                by_group=tuple(_group_statement(name, g, j, counts, tests) for g, name in enumerate(grouping.names)),
            )
        )
    return tuple(result)


def _group_statement(name: str, g: int, j: int, counts: Counts, tests: Figures) -> GroupStatement:
    return GroupStatement(
        group=name,
        agree=int(counts.agree[g, j]),
        disagree=int(counts.disagree[g, j]),
        seen=int(counts.seen[g, j]),
        p_agree=_plain(tests.p_agree[g, j]),
        p_disagree=_plain(tests.p_disagree[g, j]),
        z_agree=_plain(tests.z_agree[g, j]),
        z_disagree=_plain(tests.z_disagree[g, j]),
        r_agree=_plain(tests.r_agree[g, j]),
        r_disagree=_plain(tests.r_disagree[g, j]),
        zr_agree=_plain(tests.zr_agree[g, j]),
        zr_disagree=_plain(tests.zr_disagree[g, j]),
    )


def _groups(placed: OpinionMap, grouping: Grouping) -> tuple[GroupResult, ...]:
    result = []
    for g, name in enumerate(grouping.names):
        middle = placed.people[grouping.label == g].mean(axis=0)
        size = int((grouping.label == g).sum())
        result.append(GroupResult(label=name, size=size, x=_plain(middle[0]), y=_plain(middle[1])))
    return tuple(result)


def _structure(placed: OpinionMap, grouping: Grouping) -> Structure:
    return Structure(
        verdict=str(grouping.verdict.value),
        groups=len(grouping.names),
        share=(_plain(placed.share[0]), _plain(placed.share[1])),
        silhouettes=tuple((k, _plain(score)) for k, score in grouping.silhouettes),
        null_silhouette=_plain(grouping.null_silhouette),
        groups_p=_plain(grouping.groups_p),
        axis_p=_plain(grouping.axis_p),
    )


def _listed(listed: Sequence[Listed], statements: Sequence[Id]) -> tuple[ListedStatement, ...]:
    return tuple(
        ListedStatement(rank, statements[one.column], one.direction, _plain(one.score))
        for rank, one in enumerate(listed, start=1)
    )


def _texts(tables: Tables) -> list[Text]:
    """Every comment, and every statement that is not refused, withdrawn or meta."""
    rows = tables.statements
    kept = rows[~rows["state"].isin(LEFT_OUT_STATES) & ~rows["is_meta"]]
    texts = [Text("comment", one, text) for one, text in _pairs(tables.comments["comment"], tables.comments["text"])]
    if (rows["text"] != "").any():
        texts += [Text("statement", one, text) for one, text in _pairs(kept["statement"], kept["text"])]
    return texts


def _pairs(ids: Iterable[Id], texts: Iterable[str]) -> list[tuple[Id, str]]:
    return [(one if isinstance(one, str) else int(one), text) for one, text in zip(ids, texts, strict=True)]


def _excluded(
    tables: Tables,
    matrix: OpinionMatrix,
    who: Bools,
    grouping: Grouping,
    everybody: Counts,
    texts: Sequence[Text],
) -> Excluded:
    refused = tables.statements["state"].isin(LEFT_OUT_STATES).to_numpy()
    meta = tables.statements["is_meta"].to_numpy() & ~refused
    given = tables.groups is not None
    ungrouped = grouping.label < 0
    return Excluded(
        refused=_where(matrix.statements, refused),
        meta=_where(matrix.statements, meta),
        without_votes=_where(matrix.statements, everybody.seen[0] == 0),
        below_threshold=() if given else _where(matrix.participants, ~who),
        not_in_given_groups=_where(matrix.participants, ungrouped) if given else (),
        superseded_votes=matrix.superseded,
        empty_texts=tuple(ThemeMember(one.kind, one.id, 0.0) for one in texts if not one.text.strip()),
    )


def _where(ids: Sequence[Id], mask: Bools) -> tuple[Id, ...]:
    return tuple(one for one, yes in zip(ids, mask, strict=True) if yes)


def _plain(value: float) -> float:
    """A Python float; a negative zero becomes 0, so that equal results look equal."""
    return float(value) + 0.0
