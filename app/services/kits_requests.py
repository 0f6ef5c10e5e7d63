"""The part of a kit that holds invented data requests, and the numbers that people assume about them."""

from app.services.kits_fields import Fields, Problems
from app.services.kits_format import KitAssumption, KitRequest
from deliberation.requests import RequestKind
from deliberation.requests_burden import BOUNDS, MAY_BE_UNKNOWN

FILE = "requests.yaml"
FACT_LIMIT = 400
"""Characters of one fact of a request: two or three short sentences."""


def requests(problems: Problems) -> tuple[KitRequest, ...]:
    """Invented requests, in the order of the file; a kit without the file has none."""
    head = _head(problems)
    if head is None:
        return ()
    return tuple(_request(row) for row in problems.each(f"{FILE}, requests", head.values.get("requests")))


def assumptions(problems: Problems) -> tuple[KitAssumption, ...]:
    """Numbers that burdens are reckoned from, each with a source or marked as assumed."""
    head = _head(problems)
    if head is None:
        return ()
    rows = problems.each(f"{FILE}, assumptions", head.values.get("assumptions", []))
    return tuple(found for row in rows if (found := _assumption(row)))


def _head(problems: Problems) -> Fields | None:
    if not (problems.folder / FILE).is_file():
        return None
    return problems.fields(FILE, problems.yaml(FILE))


def _request(row: Fields) -> KitRequest:
    if not row.truth("invented"):
        row.problem("a request has to say `invented: true`: people are told that it is invented for discussion")
    return KitRequest(
        key=row.text("key", limit=80),
        kind=row.one_of("kind", RequestKind, RequestKind.NEW),
        title=row.text("title", limit=200),
        who=row.text("who", limit=FACT_LIMIT),
        purpose=row.text("purpose", limit=FACT_LIMIT),
        money=row.text("money", limit=FACT_LIMIT),
        data=row.text("data", limit=FACT_LIMIT),
        wrong=row.text("wrong", limit=FACT_LIMIT),
    )


def _assumption(row: Fields) -> KitAssumption | None:
    name = row.text("name", limit=40)
    if name not in BOUNDS:
        if name:
            row.problem(f"`name` is {name!r}; it has to be one of {', '.join(BOUNDS)}")
        return None
    source = row.text("source", needed=False) or None
    if not source and not row.truth("assumed"):
        row.problem("it has no source and does not say `assumed: true`")
    if row.values.get("value") is None:
        if name not in MAY_BE_UNKNOWN:
            row.problem("`value` is missing")
        return KitAssumption(name, None, source)
    low, high = BOUNDS[name]
    return KitAssumption(name, row.whole("value", least=low, most=high), source)
