"""The public register of decisions on access: the list with search, one record, and both exports. No sign-in."""

import uuid

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.access import public
from app.db import utcnow
from app.exports.register_files import register_csv, register_json
from app.forms import committee_labels
from app.queries import register as reads

bp = Blueprint("register", __name__)


@bp.get("/register")
@public
def index() -> ResponseReturnValue:
    """Every published record, newest first; search and filters are in the address."""
    today = utcnow().date()
    every = [reads.live(row, today) for row in reads.entries()]
    words = request.args.get("q", "").strip()[:200]
    route, outcome, access = (request.args.get(name, "") for name in ("route", "outcome", "access"))
    found = [one for one in every if _fits(one, words, route, outcome, access)]
    return render_template(
        "register/index.html",
        found=found,
        total=len(every),
        lessons=reads.lessons_of(),
        asked={"q": words, "route": route, "outcome": outcome, "access": access},
        standing_word=standing_word,
        is_synthetic=any(one.row.record.get("is_synthetic") for one in every),
        committee_labels=committee_labels,
    )


@bp.get("/register/<uuid:register_id>")
@public
def show(register_id: uuid.UUID) -> ResponseReturnValue:
    """One record with its conditions, checks, earlier versions and result."""
    row, today = reads.find_entry(register_id) or abort(404), utcnow().date()
    return render_template(
        "register/show.html",
        entry=reads.live(row, today),
        today=today,
        record=row.record,
        committee_labels=committee_labels,
    )


@bp.get("/register.json")
@public
def as_json() -> ResponseReturnValue:
    """The whole register as JSON."""
    text = register_json([reads.live(row, utcnow().date()) for row in reads.entries()])
    return Response(text, content_type="application/json; charset=utf-8", headers=_file("register.json"))


@bp.get("/register.csv")
@public
def as_csv() -> ResponseReturnValue:
    """The whole register as CSV, one row a record."""
    text = register_csv([reads.live(row, utcnow().date()) for row in reads.entries()])
    return Response(text, content_type="text/csv; charset=utf-8", headers=_file("register.csv"))


def _file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename={name}"}


def _fits(one: reads.Entry, words: str, route: str, outcome: str, access: str) -> bool:
    record = one.row.record
    said = " ".join(str(record[name]) for name in ("title", "organisation", "summary", "data", "purpose")).casefold()
    if any(word not in said for word in words.casefold().split()):
        return False
    if route and record["route"] != route:
        return False
    if outcome and record["outcome"] != outcome:
        return False
    return not access or access == standing_word(one)


def standing_word(one: reads.Entry) -> str:
    """How access stands, in one word: "none", "superseded", "ended", or that of `AccessState`."""
    if not one.is_granted:
        return "none"
    if not one.is_current:
        return "superseded"
    return "ended" if one.has_ended and one.access.value == "active" else one.access.value
