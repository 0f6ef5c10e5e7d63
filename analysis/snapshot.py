"""Snapshots: a result as a plain dict of ids and counts, its canonical JSON, its digest, and back."""

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from analysis.digests import canonical, inputs_digest
from analysis.results import (
    Excluded,
    FlaggedSet,
    GroupResult,
    GroupStatement,
    ListedStatement,
    MovedStatement,
    ParticipantResult,
    Representative,
    Resistance,
    Result,
    Settings,
    SlateResult,
    SlateSeat,
    StatementResult,
    Structure,
    Theme,
    ThemeMember,
    Themes,
    Without,
)

__all__ = [
    "FORMAT",
    "canonical_json",
    "differences",
    "from_plain",
    "inputs_digest",
    "library_versions",
    "result_digest",
    "to_plain",
]

FORMAT = "folkmoot-snapshot-2"
READABLE = ("folkmoot-snapshot-1", FORMAT)
"""Snapshots of the first format have no stability, intervals, slate or flags; they are read, and never made anew."""
LIBRARIES = ("numpy", "scipy", "pandas", "scikit-learn")


def to_plain(result: Result) -> dict[str, Any]:
    """The result as a dict of plain values: ids, counts and figures, never a word anybody wrote.

    Terms of themes are left out for that reason; `themes.key_terms` makes them anew when shown.
    """
    plain = _listed(asdict(result))
    for theme in plain["themes"]["themes"]:
        del theme["terms"]
    return {"format": FORMAT, **plain}


def from_plain(plain: dict[str, Any]) -> Result:
    """The result of `to_plain`, without terms of themes. ValueError for a format that cannot be read."""
    if plain.get("format") not in READABLE:
        raise ValueError(f"not a {FORMAT}: {plain.get('format')!r}")
    structure = dict(plain["structure"])
    structure["share"] = tuple(structure["share"])
    structure["silhouettes"] = tuple((k, score) for k, score in structure["silhouettes"])
    excluded: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in plain["excluded"].items()
    }
    excluded["empty_texts"] = _members(plain["excluded"]["empty_texts"])
    return Result(
        settings=Settings(**plain["settings"]),
        participants=tuple(ParticipantResult(**one) for one in plain["participants"]),
        statements=tuple(
            StatementResult(**{**one, "by_group": tuple(GroupStatement(**g) for g in one["by_group"])})
            for one in plain["statements"]
        ),
        groups=tuple(GroupResult(**one) for one in plain["groups"]),
        structure=Structure(**structure),
        consensus_agree=_statements(plain["consensus_agree"]),
        consensus_disagree=_statements(plain["consensus_disagree"]),
        representative=tuple(
            Representative(one["group"], _statements(one["statements"])) for one in plain["representative"]
        ),
        themes=Themes(
            tuple(
                Theme(one["label"], _members(one["members"]), _members(one["exemplars"]))
                for one in plain["themes"]["themes"]
            ),
            plain["themes"]["reason"],
        ),
        excluded=Excluded(**excluded),
        votes=plain["votes"],
        inputs_digest=plain["inputs_digest"],
        unsure=_statements(plain.get("unsure", [])),
        minority=_statements(plain.get("minority", [])),
        slate=_slate(plain.get("slate")),
        resistance=_resistance(plain.get("resistance")),
    )


def canonical_json(result: Result) -> str:
    """The one JSON text of a result: sorted keys, no spaces, no NaN. Equal results give equal bytes."""
    return canonical(to_plain(result))


def result_digest(result: Result) -> str:
    """SHA-256 (hex) of the canonical JSON."""
    return hashlib.sha256(canonical_json(result).encode()).hexdigest()


def library_versions() -> dict[str, str]:
    """Versions of Python and of the libraries that a result depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def differences(stored: dict[str, Any], fresh: dict[str, Any], *, tolerance: float = 1e-9) -> list[str]:
    """Where two plain results differ, as paths such as statements[3].agree; empty when they say the same.

    Floats may differ by `tolerance`, since another machine rounds the last bits in another way.
    """
    return list(_differing("", stored, fresh, tolerance))


def _differing(path: str, one: Any, other: Any, tolerance: float) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            place = f"{path}.{key}" if path else key
            if key in one and key in other:
                yield from _differing(place, one[key], other[key], tolerance)
            else:
                yield place
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield path
        for i, (a, b) in enumerate(zip(one, other, strict=False)):
            yield from _differing(f"{path}[{i}]", a, b, tolerance)
    elif isinstance(one, float) and isinstance(other, (int, float)):
        if abs(one - other) > tolerance * max(1.0, abs(one)):
            yield path
    elif one != other or type(one) is not type(other):
        yield path


def _listed(value: Any) -> Any:
    """Tuples as lists, as JSON gives them back."""
    if isinstance(value, dict):
        return {key: _listed(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(one) for one in value]
    return value


def _slate(plain: dict[str, Any] | None) -> SlateResult | None:
    if plain is None:
        return None
    seats = tuple(SlateSeat(**{**one, "tied": tuple(one["tied"])}) for one in plain["seats"])
    return SlateResult(**{**plain, "seats": seats})


def _resistance(plain: dict[str, Any] | None) -> Resistance | None:
    if plain is None:
        return None
    other = plain["without"]
    return Resistance(
        tuple(plain["looked_for"]),
        tuple(FlaggedSet(**one) for one in plain["flagged"]),
        None
        if other is None
        else Without(
            **{
                **other,
                "consensus_agree": tuple(other["consensus_agree"]),
                "consensus_disagree": tuple(other["consensus_disagree"]),
                "moved": tuple(MovedStatement(**one) for one in other["moved"]),
            }
        ),
    )


def _statements(listed: list[dict[str, Any]]) -> tuple[ListedStatement, ...]:
    return tuple(ListedStatement(**one) for one in listed)


def _members(listed: list[dict[str, Any]]) -> tuple[ThemeMember, ...]:
    return tuple(ThemeMember(**one) for one in listed)
