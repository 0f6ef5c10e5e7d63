"""Why people voted as they did, as a CSV file for analysts: no person, no pseudonym, no table."""

import csv
import io
from collections import Counter
from collections.abc import Callable

import pandas as pd

from app.exports.cells import plain_cell
from app.models.voting import Statement

SYNTHETIC = "SYNTHETIC: no real person said this"
HEADER = ("number", "position", "reason", "words", "people", "note")
POSITIONS = {1: "agree", -1: "disagree"}


def reasons_csv(
    frame: pd.DataFrame, statements: dict[int, Statement], words_for: Callable[[str], str], *, is_synthetic: bool
) -> str:
    """One row for each reason that people ticked, with their number; one for each text, by number of the statement.

    Args:
        frame: as `app.queries.vote_reasons.reasons_frame` gives it.
        words_for: a kept chip -> its words.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    note = SYNTHETIC if is_synthetic else ""
    said = frame.astype({"statement": int, "position": int, "comment": int}).to_dict("records")
    ticked = Counter((one["statement"], one["position"], one["chip"]) for one in said if one["chip"])
    rows = [
        (statements[statement].number, POSITIONS[position], words_for(chip), "", people)
        for (statement, position, chip), people in ticked.items()
    ]
    rows += [
        (statements[one["statement"]].number, POSITIONS[one["position"]], "", str(one["text"]), 1)
        for one in said
        if one["comment"]
    ]
    for number, position, reason, words, people in sorted(rows):
        writer.writerow([number, position, plain_cell(reason), plain_cell(words), people, note])
    return out.getvalue()
