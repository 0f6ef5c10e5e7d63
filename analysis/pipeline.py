"""The analysis from checked tables to one frozen result, read down the page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from analysis.agreement import Listed, common_ground, representative
from analysis.assembling import group_rows, participant_rows, plain, statement_rows
from analysis.core import Core, core_of
from analysis.digests import inputs_digest
from analysis.frames import Id, Tables, checked
from analysis.intervals import q_values
from analysis.matrix import LEFT_OUT_STATES, Bools, Floats, opinion_matrix
from analysis.notable import minority, unsure
from analysis.resistance import Flags, Kind, compare, flags, outline_of, without
from analysis.results import (
    Excluded,
    FlaggedSet,
    ListedStatement,
    MovedStatement,
    Representative,
    Resistance,
    Result,
    Settings,
    SlateResult,
    SlateSeat,
    Structure,
    ThemeMember,
    Without,
)
from analysis.slate import choose_slate, directions
from analysis.themes import Text, draft_themes
from deliberation.sessions import DialogueMode

DEFAULTS = Settings()


def analyse(tables: Tables, settings: Settings = DEFAULTS) -> Result:
    """The result of the tables under the settings. TableError for tables that cannot be used.

    The input is never changed, and neither the order of its rows nor the machine's clock matters: equal
    content and settings give an equal result.
    """
    clean = checked(tables)
    result = _analysed(clean, settings)
    flagged = flags(clean, mode=DialogueMode.PANEL if settings.is_panel else DialogueMode.OPEN)
    return replace(result, resistance=_resistance(clean, settings, result, flagged))


def _analysed(clean: Tables, settings: Settings) -> Result:
    core = core_of(opinion_matrix(clean), settings, clean.groups)
    matrix, kept = core.matrix, core.matrix.left_out
    q = q_values(core.counts, ~kept)
    agrees, disagrees = common_ground(core.overall, kept, pick=settings.list_length)
    texts = _texts(clean)
    worded = [one for one in texts if one.text.strip()]
    statements = statement_rows(clean, core, q)
    return Result(
        settings=settings,
        participants=participant_rows(core),
        statements=statements,
        groups=group_rows(core),
        structure=_structure(core),
        consensus_agree=_listed(agrees, matrix.statements),
        consensus_disagree=_listed(disagrees, matrix.statements),
        representative=tuple(
            Representative(
                name,
                _listed(
                    representative(core.counts, core.tests, g, kept, pick=settings.list_length), matrix.statements, q[g]
                ),
            )
            for g, name in enumerate(core.grouping.names)
            if len(core.grouping.names) > 1
        ),
        themes=draft_themes(worded, seed=settings.seed, min_texts=settings.min_texts, max_themes=settings.max_themes),
        excluded=_excluded(clean, core, texts),
        votes=len(matrix.vote),
        inputs_digest=inputs_digest(clean, settings),
        unsure=_listed(unsure(core.everybody, kept, pick=settings.list_length), matrix.statements),
        minority=_listed(
            minority(
                core.everybody,
                np.array([one.important_agree for one in statements], dtype=np.int64),
                np.array([one.important_disagree for one in statements], dtype=np.int64),
                kept,
                pick=settings.list_length,
            ),
            matrix.statements,
        ),
        slate=_slate(core, settings),
    )


def _structure(core: Core) -> Structure:
    grouping, again = core.grouping, core.stabilities
    return Structure(
        verdict=str(grouping.verdict.value),
        groups=len(grouping.names),
        share=(plain(core.placed.share[0]), plain(core.placed.share[1])),
        silhouettes=tuple((k, plain(score)) for k, score in grouping.silhouettes),
        null_silhouette=plain(grouping.null_silhouette),
        groups_p=plain(grouping.groups_p),
        axis_p=plain(grouping.axis_p),
        dealt_p=plain(grouping.dealt_p),
        cloud_p=plain(grouping.cloud_p),
        cloud_silhouette=plain(grouping.cloud_silhouette),
        tried=core.tried,
        stability=None if again is None else plain(again.rand),
        stability_word=None if again is None else str(again.word.value),
    )


def _slate(core: Core, settings: Settings) -> SlateResult:
    found = choose_slate(core.matrix, alike=directions(core.placed.people), seats=settings.seats)
    ids, passed = core.matrix.statements, found.jr_witness
    return SlateResult(
        method=found.method,
        seats=tuple(
            SlateSeat(
                one.rank,
                ids[one.column],
                one.supporters,
                one.seen,
                one.newly_covered,
                tuple(ids[column] for column in one.tied),
            )
            for one in found.seats
        ),
        covered=found.covered,
        people=found.people,
        is_jr=found.is_jr,
        passed_over=0 if passed is None else passed.people,
        passed_over_statement=None if passed is None else ids[passed.column],
    )


def _resistance(clean: Tables, settings: Settings, result: Result, flagged: Flags) -> Resistance:
    """What was flagged, and what the analysis would say without: told beside the result, never instead of it."""
    sets = [FlaggedSet(Kind.SAME_ANSWERS.value, len(one.people)) for one in flagged.same_answers]
    sets += [FlaggedSet(Kind.TOGETHER.value, len(one.people)) for one in flagged.together]
    if flagged.fast:
        sets.append(FlaggedSet(Kind.FAST.value, len(flagged.fast)))
    looked_for = tuple(sorted(kind.value for kind in flagged.computed))
    if not flagged.set_aside:
        return Resistance(looked_for, tuple(sets))
    other = _analysed(without(clean, flagged), replace(settings, bootstraps=0))
    found = compare(outline_of(result), outline_of(other))
    return Resistance(
        looked_for,
        tuple(sets),
        Without(
            people=len(other.participants),
            verdict=other.verdict,
            groups=other.structure.groups,
            consensus_agree=tuple(one.statement for one in other.consensus_agree),
            consensus_disagree=tuple(one.statement for one in other.consensus_disagree),
            moved=tuple(
                MovedStatement(one.statement, plain(one.share_with), plain(one.share_without)) for one in found.moved
            ),
        ),
    )


def _listed(
    listed: Sequence[Listed], statements: Sequence[Id], q: Floats | None = None
) -> tuple[ListedStatement, ...]:
    return tuple(
        ListedStatement(
            rank,
            statements[one.column],
            one.direction,
            plain(one.score),
            None if q is None else plain(q[one.column]),
        )
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


def _excluded(tables: Tables, core: Core, texts: Sequence[Text]) -> Excluded:
    matrix = core.matrix
    refused = tables.statements["state"].isin(LEFT_OUT_STATES).to_numpy()
    meta = tables.statements["is_meta"].to_numpy() & ~refused
    given = tables.groups is not None
    ungrouped = core.grouping.label < 0
    return Excluded(
        refused=_where(matrix.statements, refused),
        meta=_where(matrix.statements, meta),
        without_votes=_where(matrix.statements, core.everybody.seen[0] == 0),
        below_threshold=() if given else _where(matrix.participants, ~core.who),
        not_in_given_groups=_where(matrix.participants, ungrouped) if given else (),
        superseded_votes=matrix.superseded,
        empty_texts=tuple(ThemeMember(one.kind, one.id, 0.0) for one in texts if not one.text.strip()),
    )


def _where(ids: Sequence[Id], mask: Bools) -> tuple[Id, ...]:
    return tuple(one for one, yes in zip(ids, mask, strict=True) if yes)
