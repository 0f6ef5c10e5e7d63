"""What came out of a preference question as a CSV file: counts only, and for analysts rows under pseudonyms."""

import csv
import io

import pandas as pd

from app.exports.cells import plain_cell
from app.models.preferences import PreferenceQuestion
from app.queries.preference_results import Results

SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = (
    "question", "option", "note", "answered", "chose", "dots", "first", "first_alone", "mean_place", "could_accept",
    "could_not_accept", "schulze_place", "equal_shares_in_all_sets", "equal_shares_in_some_sets",
)  # fmt: skip


def results_csv(question: PreferenceQuestion, results: Results, *, is_synthetic: bool) -> str:
    """One row an option, then one for each answer that is always offered. No row is about a person."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    note = SYNTHETIC if is_synthetic else ""
    place = {option.id: number for number, level in enumerate(results.order, 1) for option in level}
    for line in results.lines:
        counts = line.counts
        mean = "" if counts is None or counts.mean_place is None else round(float(counts.mean_place), 4)
        writer.writerow([
            plain_cell(question.title), plain_cell(line.option.text), note, results.people, results.chose,
            "" if counts else line.dots, counts.first if counts else "", counts.first_alone if counts else "", mean,
            line.accepted.could if counts else "", line.accepted.could_not if counts else "",
            place.get(line.option.id, ""),
            "" if counts else int(line.option in results.surely), "" if counts else int(line.option in results.maybe),
        ])  # fmt: skip
    for words, count in (("(none of these)", results.none), ("(access should not be granted)", results.no_access)):
        writer.writerow([plain_cell(question.title), words, note, results.people, count, *[""] * (len(HEADER) - 5)])
    return out.getvalue()


def answers_csv(rows: pd.DataFrame, *, is_synthetic: bool) -> str:
    """The rows of `answers_table`, for the analyst's desk."""
    kept = rows.assign(option=rows["option"].map(plain_cell), note=SYNTHETIC if is_synthetic else "")
    return str(kept.to_csv(index=False, lineterminator="\n"))
