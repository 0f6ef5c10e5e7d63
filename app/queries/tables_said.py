"""How tables voted, in a panel: numbers of tables for everybody, and intervals of whole tables for analysts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import or_, select

from analysis.by_tables import approval_by_tables
from app.db import db
from app.models.analysis import Snapshot
from app.models.voting import Statement, Vote
from app.queries.results import as_kept, may_be_counted


@dataclass(frozen=True)
class TablesSaid:
    """One statement: in how many tables somebody voted and most agreed; bounds None where they cannot be told."""

    tables: int
    mostly_agree: int
    low: float | None
    high: float | None


def tables_said(snapshot: Snapshot) -> Mapping[int, TablesSaid]:
    """Statement -> how tables voted, by the votes that counted when the snapshot was taken; never which table."""
    rows = db.session.execute(
        select(Vote.participant_id, Vote.statement_id, Vote.table_id, Vote.position)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(
            Statement.dialogue_id == snapshot.dialogue_id,
            Vote.id <= (snapshot.last_vote_id or 0),
            or_(Vote.undone_at.is_(None), Vote.undone_at > snapshot.taken_at),
            may_be_counted(as_kept(snapshot.settings["inputs"].get("hidden", ()))),
        )
        .order_by(Vote.id)
    )
    votes = pd.DataFrame([tuple(row) for row in rows], columns=["person", "statement", "table", "position"])
    votes = votes.drop_duplicates(["person", "statement"], keep="last").dropna(subset=["table"])
    if votes.empty:
        return {}
    table, _ = pd.factorize(votes["table"], sort=True)
    column, ids = pd.factorize(votes["statement"], sort=True)
    agrees = votes["position"].to_numpy() == 1
    found = approval_by_tables(table, column, agrees, len(ids), seed=snapshot.seed)
    return {
        int(one): TablesSaid(
            int(found.tables[j]),
            int(found.mostly_agree[j]),
            None if np.isnan(found.low[j]) else float(found.low[j]),
            None if np.isnan(found.high[j]) else float(found.high[j]),
        )
        for j, one in enumerate(ids)
    }
