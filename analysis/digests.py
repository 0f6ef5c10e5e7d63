"""Digests: what exactly went into an analysis, as one line that anybody can compute again."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

import numpy as np

from analysis.frames import Tables, checked, plain_ids
from analysis.matrix import opinion_matrix
from analysis.results import Settings


def inputs_digest(tables: Tables, settings: Settings) -> str:
    """SHA-256 (hex) of the current votes, statements, comments, given groups and settings.

    Rows may come in any order. Texts enter as digests of their own. Votes that were changed later enter by
    their number only, as that is all the analysis sees of them.
    """
    clean = checked(tables)
    matrix = opinion_matrix(clean)
    whole = hashlib.sha256()
    head: dict[str, Any] = {
        "settings": asdict(settings),
        "superseded": matrix.superseded,
        "participants": matrix.participants,
        "statements": [
            [one, state, bool(meta), text_digest(text), lang]
            for one, state, meta, text, lang in zip(
                matrix.statements,
                clean.statements["state"],
                clean.statements["is_meta"],
                clean.statements["text"],
                clean.statements["lang"],
                strict=True,
            )
        ],
        "comments": [
            [one, text_digest(text), lang]
            for one, text, lang in zip(
                plain_ids(clean.comments["comment"]),
                clean.comments["text"],
                clean.comments["lang"],
                strict=True,
            )
        ],
        "groups": None
        if clean.groups is None
        else sorted([str(type(key).__name__), str(key), name] for key, name in clean.groups.items()),
    }
    whole.update(canonical(head).encode())
    for array in (matrix.row, matrix.col, matrix.vote, matrix.important):
        whole.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
    return whole.hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 (hex) of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; refuses NaN and infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
