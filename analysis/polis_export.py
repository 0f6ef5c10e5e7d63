"""Reading a folder in the Polis export layout, or saying everything that is wrong with it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.export_files import ID, Problems, Sheet, read_pairs, read_sheet
from analysis.frames import Id, Tables

STATES = {1: "approved", 0: "waiting", -1: "refused"}
PERSON_COLUMNS = frozenset(
    {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "n-pass"}
)


class PolisExportError(ValueError):
    """The folder cannot be imported. `problems` has one clear line per problem."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class PolisExport:
    """A conversation. Nothing is dropped: refused statements and changed votes are all here.

    statements  statement, text, author, moderated (-1, 0, 1), state, is_meta, is_seed, created_at (ms)
    votes       participant, statement, position, cast_at (ms since 1970, UTC; 0 when unknown): vote events
    published_groups  participant -> the group Polis showed; participants: everybody named by the export
    notes       oddities that do not stop an import
    """

    title: str
    description: str
    url: str
    statements: pd.DataFrame
    votes: pd.DataFrame
    participants: tuple[Id, ...]
    published_groups: Mapping[Id, str]
    notes: tuple[str, ...]

    @property
    def tables(self) -> Tables:
        """The tables that `analyse` reads."""
        return Tables(statements=self.statements[["statement", "state", "is_meta", "text"]], votes=self.votes)


def read_polis_export(folder: Path) -> PolisExport:
    """The conversation in `folder`; PolisExportError with every problem found.

    Needs comments.csv, and votes.csv or participants-votes.csv; with both, votes.csv is the log and the other
    gives the groups. summary.csv is optional. Agree is +1, as Polis exports it.
    """
    problems = Problems()
    if not folder.is_dir():
        raise PolisExportError((f"{folder.name}: there is no such folder",))
    comments = read_sheet(folder / "comments.csv", ("comment-id", "comment-body", "moderated"), problems)
    has_log, has_people = ((folder / name).is_file() for name in ("votes.csv", "participants-votes.csv"))
    if not has_log and not has_people:
        problems.add("votes.csv and participants-votes.csv are both missing; one is needed")
    log = read_sheet(folder / "votes.csv", ("comment-id", "voter-id", "vote"), problems) if has_log else None
    people = read_sheet(folder / "participants-votes.csv", ("participant",), problems) if has_people else None
    statements = _statements(comments, problems) if comments else []
    known = {str(one["id"]) for one in statements} if comments else None
    events = _log(log, known, problems) if log else []
    cells = _cells(people, known, problems) if people else []
    summary = read_pairs(folder / "summary.csv", problems)
    if problems.lines:
        raise PolisExportError(tuple(problems.lines))
    votes = events if has_log else cells
    if not votes:
        raise PolisExportError((f"{'votes.csv' if has_log else 'participants-votes.csv'}: holds no votes",))
    frame = _votes_frame(votes)
    return PolisExport(
        title=summary.get("topic", "").strip(),
        description=summary.get("conversation-description", "").strip(),
        url=summary.get("url", "").strip(),
        statements=_statements_frame(statements, _typed([str(one["id"]) for one in statements])),
        votes=_retyped(frame, statements, people),
        participants=_people_ids(frame, people),
        published_groups=_groups(people, _people_type(frame, people)),
        notes=_notes(frame, cells) if has_log and has_people else (),
    )


def _statements(sheet: Sheet, problems: Problems) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        one = row.id("comment-id", problems)
        moderated = row.choice("moderated", (-1, 0, 1), problems)
        meta, seed = row.flag("is-meta", problems), row.flag("is-seed", problems)
        created = row.time("timestamp", problems)
        if one is None:
            continue
        if one in seen:
            problems.add(f"{row.place}: comment-id {one} was used before in row {seen[one]}", "duplicate")
            continue
        seen[one] = row.number
        found.append(
            {
                "id": one,
                "text": row.get("comment-body"),
                "author": row.get("author-id").strip(),
                "moderated": moderated,
                "is_meta": meta,
                "is_seed": seed,
                "created_at": created,
            }
        )
    return found


def _log(sheet: Sheet, known: set[str] | None, problems: Problems) -> list[tuple[str, str, int, int]]:
    events = []
    for row in sheet.rows:
        voter, statement = row.id("voter-id", problems), row.id("comment-id", problems)
        vote = row.choice("vote", (-1, 0, 1), problems)
        cast_at = row.time("timestamp", problems)
        if statement is not None and known is not None and statement not in known:
            problems.add(f"{row.place}: vote on statement {statement}, which comments.csv does not have", "unknown")
            continue
        if voter is not None and statement is not None and vote is not None:
            events.append((voter, statement, vote, cast_at))
    return events


def _cells(sheet: Sheet, known: set[str] | None, problems: Problems) -> list[tuple[str, str, int, int]]:
    columns = [name for name in sheet.columns if name not in PERSON_COLUMNS]
    if known is not None:
        for name in columns:
            if name not in known and ID.fullmatch(name):
                problems.add(f"{sheet.name}: column {name} is a statement that comments.csv does not have", "unknown")
        columns = [name for name in columns if name in known]
    cells = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        voter = row.id("participant", problems)
        if voter is not None and voter in seen:
            problems.add(f"{row.place}: participant {voter} was used before in row {seen[voter]}", "duplicate")
            continue
        if voter is not None:
            seen[voter] = row.number
        for name in columns:
            if row.get(name).strip():
                vote = row.choice(name, (-1, 0, 1), problems)
                if vote is not None and voter is not None:
                    cells.append((voter, name, vote, 0))
    return cells


def _votes_frame(votes: list[tuple[str, str, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(votes, columns=["participant", "statement", "position", "cast_at"])


def _statements_frame(statements: list[dict[str, object]], ids: list[Id]) -> pd.DataFrame:
    frame = pd.DataFrame(statements)
    frame["statement"] = ids
    frame["state"] = frame["moderated"].map(STATES)
    frame["author"] = [author or None for author in frame["author"]]
    columns = ["statement", "text", "author", "moderated", "state", "is_meta", "is_seed", "created_at"]
    return frame[columns].sort_values("statement", ignore_index=True)


def _typed(ids: list[str]) -> list[Id]:
    """Whole numbers when every id is one as Polis writes it; else all stay texts."""
    return [int(one) for one in ids] if all(_is_number(one) for one in ids) else list(ids)


def _is_number(one: str) -> bool:
    return one.isascii() and one.isdigit() and str(int(one)) == one


def _retyped(votes: pd.DataFrame, statements: list[dict[str, object]], people: Sheet | None) -> pd.DataFrame:
    numbered = all(_is_number(str(one["id"])) for one in statements)
    whole = _people_type(votes, people)
    return votes.assign(
        participant=[int(one) if whole else one for one in votes["participant"]],
        statement=[int(one) if numbered else one for one in votes["statement"]],
    )


def _people_type(votes: pd.DataFrame, people: Sheet | None) -> bool:
    """Whether every participant's id is a whole number."""
    named = {row.get("participant").strip() for row in people.rows} if people else set()
    return all(_is_number(one) for one in named.union(votes["participant"]))


def _people_ids(votes: pd.DataFrame, people: Sheet | None) -> tuple[Id, ...]:
    named = {row.get("participant").strip() for row in people.rows} if people else set()
    everybody = named.union(votes["participant"])
    return tuple(sorted(map(int, everybody))) if _people_type(votes, people) else tuple(sorted(everybody))


def _groups(people: Sheet | None, whole: bool) -> dict[Id, str]:
    groups: dict[Id, str] = {}
    for row in people.rows if people else []:
        name = row.get("group-id").strip()
        if name:
            one = row.get("participant").strip()
            groups[int(one) if whole else one] = name
    return groups


def _notes(events: pd.DataFrame, cells: list[tuple[str, str, int, int]]) -> tuple[str, ...]:
    """Whether the last votes of the log are the cells of the matrix."""
    last = events.sort_values("cast_at", kind="stable").drop_duplicates(["participant", "statement"], keep="last")
    ours = {(a, b): c for a, b, c in zip(last["participant"], last["statement"], last["position"], strict=True)}
    theirs = {(a, b): c for a, b, c, _ in cells}
    different = sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())
    if not different:
        return ()
    return (f"participants-votes.csv differs from votes.csv in {different} votes; votes.csv was used",)
