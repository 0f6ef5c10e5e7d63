"""Snapshots: taking one, asking the worker for one, checking one again, and its files."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select

from analysis.digests import canonical
from analysis.frames import Id
from analysis.groups_file import read_groups
from analysis.outputs import tables_of
from analysis.pipeline import analyse
from analysis.report_page import report_page
from analysis.results import Result, Settings
from analysis.snapshot import FORMAT, differences, from_plain, library_versions, result_digest, to_plain
from app.db import db, transaction
from app.exports.cells import plain_cell
from app.models.analysis import Snapshot, Theme, ThemeMember
from app.models.dialogues import Dialogue
from app.models.events import Job
from app.models.people import Account
from app.models.voting import Statement
from app.queries.analysis import snapshots_of, withdrawn_since
from app.queries.frames import Inputs, inputs_again, inputs_now
from app.queries.results import as_kept, to_keep
from app.services import jobs
from app.services.recording import record
from deliberation.consent import text_digest
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode

JOB = "analysis"
SEED = 20_221_105
UNSORTED = "other"
"""The label of what was placed in no theme; it makes no row."""


def request_analysis(dialogue: Dialogue, *, by: Account, settings: Mapping[str, Any] | None = None) -> Job:
    """Writes the job in the transaction at hand; a job that still waits is answered again instead of a second.

    Args:
        settings: fields of `analysis.results.Settings` that differ from the defaults.
    """
    waiting = db.session.scalar(
        select(Job).where(Job.dialogue_id == dialogue.id, Job.kind == JOB, Job.state == "waiting").limit(1)
    )
    if waiting is not None:
        return waiting
    job = jobs.ask(JOB, dialogue_id=dialogue.id, dialogue=dialogue.id, account=by.id, settings=dict(settings or {}))
    record(EventKind.ANALYSIS_REQUESTED, by=by, dialogue_id=dialogue.id, facts=dict(settings or {}))
    return job


def run_job(arguments: Mapping[str, Any]) -> None:
    """What the worker does: it reads and thinks first, and opens a transaction only to store what it found."""
    dialogue = db.session.get_one(Dialogue, arguments["dialogue"])
    wanted = settings_for(dialogue, arguments.get("settings", {}))
    inputs = inputs_now(dialogue)
    result = analyse(inputs.tables, wanted)
    with transaction():
        account = db.session.get(Account, arguments["account"]) if arguments.get("account") else None
        store_snapshot(db.session.get_one(Dialogue, arguments["dialogue"]), inputs, result, by=account)


def take_snapshot(dialogue: Dialogue, *, by: Account | None, settings: Settings | None = None) -> Snapshot:
    """Analyses the dialogue as it stands and stores the result, its themes with it, in the open transaction."""
    inputs = inputs_now(dialogue)
    return store_snapshot(dialogue, inputs, analyse(inputs.tables, settings or settings_for(dialogue)), by=by)


def settings_for(dialogue: Dialogue, asked: Mapping[str, Any] | None = None) -> Settings:
    """The settings of an analysis of this dialogue: its mode, one seed for all, and what was asked for."""
    return Settings(**{"seed": SEED, "is_panel": dialogue.mode is DialogueMode.PANEL, **(asked or {})})


def store_snapshot(dialogue: Dialogue, inputs: Inputs, result: Result, *, by: Account | None) -> Snapshot:
    """Keeps a result for ever: ids and counts, digests, seed and versions. Themes become rows that people edit."""
    number = db.session.scalar(select(func.max(Snapshot.number)).where(Snapshot.dialogue_id == dialogue.id)) or 0
    snapshot = Snapshot(
        dialogue_id=dialogue.id,
        number=number + 1,
        settings={
            **asdict(result.settings),
            "inputs": {
                "read_at": inputs.read_at.isoformat(),
                "comments": list(inputs.comments),
                "statements": list(inputs.statements),
                "by_people": list(inputs.by_people),
                "statements_by_people": list(inputs.statements_by_people),
                "hidden": to_keep(inputs.hidden),
            },
        },
        seed=result.seed,
        versions=library_versions(),
        inputs_digest=result.inputs_digest,
        result_digest=result_digest(result),
        result=to_plain(result),
        last_vote_id=inputs.last_vote_id,
        is_synthetic=dialogue.is_synthetic,
        taken_by_id=by.id if by is not None else None,
    )
    db.session.add(snapshot)
    db.session.flush()
    _draft_themes(dialogue, snapshot, inputs, result)
    facts = {"number": snapshot.number, "votes": result.votes, "result_digest": snapshot.result_digest}
    record(EventKind.SNAPSHOT_TAKEN, by=by, dialogue_id=dialogue.id, about=snapshot, facts=facts)
    return snapshot


def _draft_themes(dialogue: Dialogue, snapshot: Snapshot, inputs: Inputs, result: Result) -> None:
    worded = set(inputs.statements)
    drafts = [theme for theme in result.themes.themes if theme.label != UNSORTED]
    for place, draft in enumerate(drafts, 1):
        theme = Theme(
            snapshot_id=snapshot.id,
            place=place,
            title=(" · ".join(draft.terms[:3]) or f"{draft.label}")[:200],
            terms=list(draft.terms),
            lang=dialogue.lang,
        )
        theme.members = [
            ThemeMember(
                statement_id=member.id if member.kind == "statement" else None,
                comment_id=member.id if member.kind == "comment" else None,
                strength=member.strength,
            )
            for member in draft.members
            if member.kind == "comment" or member.id in worded
        ]
        db.session.add(theme)
    db.session.flush()


class Outcome(StrEnum):
    """What checking a snapshot again can answer; never a false alarm."""

    EQUAL = "equal"
    DIFFERS = "differs"
    KEPT = "published_figures_kept"
    EARLIER = "earlier_method"


@dataclass(frozen=True)
class Verification:
    """The answer: where it differs (paths in the result), or how many have withdrawn since."""

    outcome: Outcome
    places: tuple[str, ...] = ()
    withdrawn: int = 0

    @property
    def holds(self) -> bool:
        """False only where figures differ without a reason."""
        return self.outcome is not Outcome.DIFFERS

    @property
    def words(self) -> str:
        """One sentence."""
        if self.outcome is Outcome.EQUAL:
            return str(gettext("equal: the same votes and words give the same figures again"))
        if self.outcome is Outcome.KEPT:
            return str(
                gettext("published figures kept; %(count)s withdrawn since, cannot be recomputed", count=self.withdrawn)
            )
        if self.outcome is Outcome.EARLIER:
            return str(gettext("whole, and made by an earlier method, which this version does not compute again"))
        return str(gettext("differs at %(places)s", places=", ".join(self.places[:10])))


def verify_snapshot(snapshot: Snapshot) -> Verification:
    """Computes a snapshot again from the votes, statements and words it was made of.

    Where somebody has left or taken words back since, the published figures stay and cannot be recomputed.
    """
    stored = snapshot.result
    if text_digest(canonical(stored)) != snapshot.result_digest:
        return Verification(Outcome.DIFFERS, ("result_digest",))
    withdrawn = withdrawn_since(snapshot)
    if withdrawn:
        return Verification(Outcome.KEPT, withdrawn=withdrawn)
    if stored.get("format") != FORMAT:
        return Verification(Outcome.EARLIER)
    dialogue = db.session.get_one(Dialogue, snapshot.dialogue_id)
    states = {one["id"]: (one["state"], one["is_meta"]) for one in stored["statements"]}
    kept = snapshot.settings["inputs"]
    tables = inputs_again(
        dialogue,
        snapshot.last_vote_id,
        datetime.fromisoformat(kept["read_at"]),
        states,
        kept["statements"],
        kept["comments"],
        as_kept(kept.get("hidden", ())),
    )
    fresh = to_plain(analyse(tables, Settings(**stored["settings"])))
    places = differences(stored, fresh)
    return Verification(Outcome.DIFFERS, tuple(places)) if places else Verification(Outcome.EQUAL)


def verify_all(dialogue: Dialogue) -> list[tuple[int, str, bool]]:
    """(number, words, whether it holds) of each snapshot of the dialogue."""
    answers = []
    for snapshot in snapshots_of(dialogue):
        found = verify_snapshot(snapshot)
        answers.append((snapshot.number, found.words, found.holds))
    return answers


def snapshot_files(snapshot: Snapshot) -> dict[str, str]:
    """Files for an analyst: snapshot.json (without a row per person), the tables and the report.

    Refused words stay out; participants.csv names people by their inner keys.
    """
    result = {key: value for key, value in snapshot.result.items() if key != "participants"}
    result["people"] = len(snapshot.result["participants"])
    whole = {
        "number": snapshot.number,
        "taken_at": snapshot.taken_at.isoformat(),
        "seed": snapshot.seed,
        "versions": snapshot.versions,
        "inputs_digest": snapshot.inputs_digest,
        "result_digest": snapshot.result_digest,
        "synthetic": snapshot.is_synthetic,
        **result,
    }
    dialogue = db.session.get_one(Dialogue, snapshot.dialogue_id)
    return {"snapshot.json": canonical(whole) + "\n", **_tables(dialogue, from_plain(snapshot.result))}


def dialogue_files(dialogue: Dialogue, asked: Mapping[str, Any], groups: Path) -> dict[str, str]:
    """The same files for groups from outside, by participants' inner keys; nothing is stored."""
    inputs = inputs_now(dialogue)
    given = read_groups(groups, {int(one) for one in inputs.tables.votes["participant"].unique()})
    result = analyse(replace(inputs.tables, groups=given), settings_for(dialogue, asked))
    return {"snapshot.json": canonical(to_plain(result)) + "\n", **_tables(dialogue, result)}


def _tables(dialogue: Dialogue, result: Result) -> dict[str, str]:
    """CSV files and report of a dialogue; statements are named by their numbers, and have their source's id."""
    found = list(db.session.scalars(select(Statement).where(Statement.dialogue_id == dialogue.id)))
    notice = "SYNTHETIC: " if dialogue.is_synthetic else ""
    texts: dict[Id, str] = {one.id: notice + one.text for one in found if one.state is WordState.APPROVED}
    more: dict[str, dict[Id, str | int]] = {
        "number": {one.id: one.number for one in found},
        "source_id": {one.id: plain_cell(one.external_id or "") for one in found},
        "important": {one.id: one.important for one in result.statements},
    }
    title = f"{notice}{dialogue.title}"
    return {**tables_of(result, texts, more), "report.html": report_page(result, texts, title=title)}
