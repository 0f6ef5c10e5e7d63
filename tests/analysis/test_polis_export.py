"""Polis exports: read whole, or refused with one clear line for each problem."""

from pathlib import Path

import pytest

from analysis.pipeline import analyse
from analysis.polis_export import PolisExport, PolisExportError, read_polis_export
from tests.shared_data import CONVERSATIONS, shared_folder

COMMENTS = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,comment-body\n"
    '1000,1,7,9,9,1,false,true,"First, with a comma\nand a second line"\n'
    "1001,0,8,9,9,-1,true,false,Refused\n"
    "1002,4,8,9,9,0,false,false,\n"
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n30,x,1,7,1\n20,x,1,7,-1\n40,x,0,8,0\n40,x,1,8,1\n40,x,1,8,-1\n"
PEOPLE = "participant,group-id,n-votes,0,1,4\n7,1,1,,1,\n8,0,2,0,-1,\n9,,0,,,\n"
SUMMARY = 'topic,"What, exactly?"\nurl,https://example.org/x\nconversation-description,"Two\nlines"\n'


def _folder(path: Path, **files: str | bytes | None) -> Path:
    whole: dict[str, str | bytes | None] = {
        "comments": COMMENTS,
        "votes": VOTES,
        "participants_votes": PEOPLE,
        "summary": SUMMARY,
    }
    for name, text in {**whole, **files}.items():
        if text is not None:
            raw = text.encode() if isinstance(text, str) else text
            (path / f"{name.replace('_', '-')}.csv").write_bytes(raw)
    return path


def _problems(path: Path, **files: str | bytes | None) -> tuple[str, ...]:
    with pytest.raises(PolisExportError) as caught:
        read_polis_export(_folder(path, **files))
    return caught.value.problems


def test_everything_of_an_export_is_kept(tmp_path: Path) -> None:
    export = read_polis_export(_folder(tmp_path))
    rows = export.statements.set_index("statement")
    assert (export.title, export.description, export.url) == ("What, exactly?", "Two\nlines", "https://example.org/x")
    assert list(rows["moderated"]) == [-1, 1, 0]
    assert list(rows["state"]) == ["refused", "approved", "waiting"]
    assert rows.loc[1, "text"] == "First, with a comma\nand a second line"
    assert (rows.loc[1, "author"], rows.loc[1, "created_at"]) == ("7", 1000)
    assert (list(rows["is_meta"]), list(rows["is_seed"])) == ([True, False, False], [False, True, False])
    assert dict(export.published_groups) == {7: "1", 8: "0"}
    assert (export.participants, export.notes, len(export.votes)) == ((7, 8, 9), (), 5)


def test_the_last_write_wins_by_time_and_then_by_place(tmp_path: Path) -> None:
    result = analyse(read_polis_export(_folder(tmp_path)).tables)
    first = result.statements[1]
    assert (first.id, first.agree, first.disagree) == (1, 1, 1)
    assert result.excluded.superseded_votes == 2


def test_either_votes_file_is_enough_and_gives_the_same_counts(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    log = read_polis_export(_folder(tmp_path / "a", participants_votes=None, summary=None))
    cells = read_polis_export(_folder(tmp_path / "b", votes=None))
    counts = [[(s.agree, s.disagree, s.seen) for s in analyse(one.tables).statements] for one in (log, cells)]
    assert counts[0] == counts[1]
    assert (log.title, dict(log.published_groups)) == ("", {})


def test_files_that_disagree_are_noted(tmp_path: Path) -> None:
    export = read_polis_export(_folder(tmp_path, participants_votes=PEOPLE.replace("7,1,1,,1,", "7,1,1,,-1,")))
    assert export.notes == ("participants-votes.csv differs from votes.csv in 1 votes; votes.csv was used",)


def test_ids_stay_texts_unless_all_are_plain_numbers(tmp_path: Path) -> None:
    people, votes = PEOPLE.replace("9,,0", "009,,0"), VOTES
    export = read_polis_export(_folder(tmp_path, participants_votes=people, votes=votes))
    assert export.participants == ("009", "7", "8")
    assert set(export.votes["participant"]) == {"7", "8"}


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    assert len(read_polis_export(_folder(tmp_path, comments=b"\xef\xbb\xbf" + COMMENTS.encode())).statements) == 3


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    comments = COMMENTS.replace("1002,4,8,9,9,0", "later,1,8,9,9,2")
    votes = VOTES + "50,x,77,8,1\n50,x,1,8,5\n50,x,1,,1\n50,x,1\n"
    people = PEOPLE.replace("n-votes,0,1,4", "n-votes,0,1,88") + "7,1,1,,1,\n"
    assert _problems(tmp_path, comments=comments, votes=votes, participants_votes=people) == (
        "votes.csv row 10: has 3 cells, the header has 5",
        "comments.csv row 4: moderated is '2', not one of -1, 0, 1",
        "comments.csv row 4: timestamp is 'later', not milliseconds since 1970",
        "comments.csv row 4: comment-id 1 was used before in row 2",
        "votes.csv row 7: vote on statement 77, which comments.csv does not have",
        "votes.csv row 8: vote is '5', not one of -1, 0, 1",
        "votes.csv row 9: voter-id is blank",
        "participants-votes.csv: column 88 is a statement that comments.csv does not have",
        "participants-votes.csv row 5: participant 7 was used before in row 2",
    )


def test_of_many_problems_alike_five_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    found = _problems(tmp_path, votes=VOTES + "50,x,1,8,agree\n" * 1000)
    assert len(found) == 6
    assert found[-1] == "votes.csv: and 995 more like the last line"


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"comments": None}, "comments.csv is missing"),
        (
            {"votes": None, "participants_votes": None},
            "votes.csv and participants-votes.csv are both missing; one is needed",
        ),
        ({"comments": ""}, "comments.csv: is empty"),
        ({"votes": VOTES.splitlines()[0] + "\n"}, "votes.csv: has a header but no rows"),
        ({"votes": VOTES.replace("vote\n", "choice\n")}, "votes.csv: column vote is missing"),
        ({"comments": COMMENTS.replace("moderated", "state")}, "comments.csv: column moderated is missing"),
        ({"comments": COMMENTS.encode("utf-8") + b"\xff\xfe"}, "comments.csv: is not UTF-8 (byte 217)"),
        (
            {"comments": COMMENTS.replace("false,true", "maybe,true")},
            "comments.csv row 2: is-meta is 'maybe', not true or false",
        ),
        ({"summary": b"topic,\xff"}, "summary.csv: is not UTF-8 (byte 7)"),
        ({"comments": COMMENTS + '1,"2'}, "comments.csv: is not a readable CSV file (unexpected end of data)"),
        (
            {"participants_votes": PEOPLE.replace("participant,group-id", "participant,participant")},
            "participants-votes.csv: column 'participant' occurs more than once",
        ),
        ({"votes": VOTES.replace("20,x", "-20,x")}, "votes.csv row 3: timestamp is '-20', not milliseconds since 1970"),
    ],
)
def test_a_broken_folder_is_refused_in_a_clear_line(
    tmp_path: Path, files: dict[str, str | bytes | None], line: str
) -> None:
    assert line in _problems(tmp_path, **files)


def test_a_folder_without_votes_or_without_existence_is_refused(tmp_path: Path) -> None:
    empty = "participant,0,1,4\n7,,,\n"
    assert _problems(tmp_path, votes=None, participants_votes=empty) == ("participants-votes.csv: holds no votes",)
    with pytest.raises(PolisExportError, match="there is no such folder"):
        read_polis_export(tmp_path / "nowhere")


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_public_conversations_are_read_whole(name: str) -> None:
    export: PolisExport = read_polis_export(shared_folder(f"opinion/{name}"))
    sizes = {
        "15-per-hour-seattle": (339, 54, 2995),
        "bg2050-volunteers": (126, 371, 14341),
        "brexit-consensus": (204, 50, 5312),
        "canadian-electoral-reform": (448, 174, 12018),
        "football-concussions": (1487, 298, 14924),
        "vtaiwan.uberx": (1921, 197, 49997),
    }
    assert (len(export.participants), len(export.statements), len(export.votes)) == sizes[name]
    assert export.title
    assert export.url.startswith("https://pol.is/")
