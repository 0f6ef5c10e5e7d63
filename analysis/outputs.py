"""The files of an analysis: snapshot.json and tables as CSV, equal byte for byte for equal results."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from analysis.frames import Id
from analysis.results import ListedStatement, Result, StatementResult
from analysis.snapshot import canonical_json

Cell = str | int | float | None

STATEMENTS = (
    "statement", "text", "state", "seen", "agree", "disagree", "pass", "approval", "approval_low", "approval_high",
    "standardised_approval", "consensus", "bridging_min", "bridging_mean", "bridging_low", "divisiveness", "extremity",
    "priority",
)  # fmt: skip
GROUP_STATEMENTS = (
    "group", "statement", "seen", "agree", "disagree", "p_agree", "p_disagree", "z_agree", "z_disagree", "r_agree",
    "r_disagree", "zr_agree", "zr_disagree", "q_value",
)  # fmt: skip


def tables_of(
    result: Result, texts: Mapping[Id, str], more: Mapping[str, Mapping[Id, Cell]] | None = None
) -> dict[str, str]:
    """File name -> content of every CSV file.

    Args:
        texts: the words of statements; those not named stay empty.
        more: further columns of statements.csv, by name.
    """
    return {
        "participants.csv": _csv(
            ("participant", "votes", "x", "y", "group", "strength"),
            ([one.id, one.votes, one.x, one.y, one.group, one.strength] for one in result.participants),
        ),
        "statements.csv": _statements(result.statements, texts, more or {}),
        "group_statements.csv": _csv(
            GROUP_STATEMENTS,
            (
                [part.group, one.id, *(getattr(part, name) for name in GROUP_STATEMENTS[2:])]
                for group in result.groups
                for one in result.statements
                for part in one.by_group
                if part.group == group.label
            ),
        ),
        "representative.csv": _csv(
            ("group", "rank", "statement", "direction", "score"),
            (
                [part.group, one.rank, one.statement, one.direction, one.score]
                for part in result.representative
                for one in part.statements
            ),
        ),
        "common_ground.csv": _common_ground(result, texts),
        "slate.csv": _csv(
            ("rank", "statement", "text", "supporters", "seen", "newly_covered"),
            (
                [one.rank, one.statement, plain_text(texts.get(one.statement, "")), one.supporters, one.seen,
                 one.newly_covered]
                for one in (result.slate.seats if result.slate else ())
            ),
        ),
    }  # fmt: skip


def files_of(result: Result, texts: Mapping[Id, str]) -> dict[str, str]:
    """The CSV files and snapshot.json (see docs/snapshot-schema.md)."""
    return {"snapshot.json": canonical_json(result) + "\n", **tables_of(result, texts)}


def plain_text(text: str) -> str:
    """The text, with an apostrophe before a beginning that a spreadsheet would compute."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _statements(
    rows: Sequence[StatementResult], texts: Mapping[Id, str], more: Mapping[str, Mapping[Id, Cell]]
) -> str:
    return _csv(
        (*STATEMENTS, *more),
        (
            [
                one.id, plain_text(texts.get(one.id, "")), one.state, one.seen, one.agree, one.disagree, one.passed,
                one.approval, one.approval_low, one.approval_high, one.standardised_approval,
                one.group_aware_consensus, one.bridging_min, one.bridging_mean, one.bridging_min_low, one.divisiveness,
                one.extremity, one.priority, *(column.get(one.id) for column in more.values()),
            ]
            for one in rows
        ),
    )  # fmt: skip


def _common_ground(result: Result, texts: Mapping[Id, str]) -> str:
    known = {one.id: one for one in result.statements}
    listed: Iterable[ListedStatement] = (*result.consensus_agree, *result.consensus_disagree)
    return _csv(
        ("direction", "rank", "statement", "text", "seen", "agree", "disagree", "score", "bridging_min",
         "bridging_low"),
        (
            [
                one.direction, one.rank, one.statement, plain_text(texts.get(one.statement, "")),
                known[one.statement].seen, known[one.statement].agree, known[one.statement].disagree, one.score,
                known[one.statement].bridging_min, known[one.statement].bridging_min_low,
            ]
            for one in listed
        ),
    )  # fmt: skip


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Numbers as Python writes them, so that they read back exactly; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else repr(cell) if isinstance(cell, float) else cell for cell in row])
    return out.getvalue()
