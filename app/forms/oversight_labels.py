"""The words people read for gates, items, packs, advice and scores, in each language. Keys are enum members."""

from collections.abc import Mapping, Sequence

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from app.forms.labels import PURPOSES, Labels
from deliberation.advice import AdviceState
from deliberation.oversight import AdviceType, GateKind, ItemKind, Part, Response, Severity, Standing
from deliberation.packs import PackState
from deliberation.readability import Band

GATE_KINDS: Labels = {
    GateKind.FRAMING: _l("Terms and framing question"),
    GateKind.RECRUITMENT: _l("Recruitment"),
    GateKind.MATERIALS: _l("Texts and session plans"),
    GateKind.FINDINGS: _l("Emerging findings"),
    GateKind.REPORT: _l("Draft report"),
    GateKind.TERMS: _l("Draft Terms of Reference"),
}
ITEM_KINDS: Labels = {
    ItemKind.FRAMING: _l("The question and the words around it"),
    ItemKind.RECRUITMENT: _l("The recruitment plan"),
    ItemKind.MATERIAL: _l("Text"),
    ItemKind.STAGE_PLAN: _l("Session plan"),
    ItemKind.FINDINGS: _l("Findings"),
    ItemKind.REPORT: _l("Report"),
    ItemKind.TERMS: _l("Terms of Reference"),
}
STANDINGS: Labels = {
    Standing.NOT_SENT: _l("not yet before the group"),
    Standing.WITH_GROUP: _l("with the group"),
    Standing.REVIEWED: _l("reviewed"),
    Standing.CHANGED: _l("changed since review"),
    Standing.GONE: _l("not there"),
}
STANDING_COLOURS: Mapping[str, str] = {
    Standing.NOT_SENT: "grey",
    Standing.WITH_GROUP: "blue",
    Standing.REVIEWED: "green",
    Standing.CHANGED: "orange",
    Standing.GONE: "grey",
}
ADVICE_TYPES: Labels = {
    AdviceType.ACCURACY: _l("accuracy"),
    AdviceType.BALANCE: _l("balance"),
    AdviceType.CLARITY: _l("clarity"),
    AdviceType.OMISSION: _l("something is missing"),
    AdviceType.ACCESSIBILITY: _l("accessibility"),
    AdviceType.LEGAL: _l("law"),
    AdviceType.PROCESS: _l("process"),
    AdviceType.CONCERN: _l("a concern"),
}
SEVERITIES: Labels = {
    Severity.MUST_FIX: _l("must fix"),
    Severity.SHOULD: _l("should"),
    Severity.CONSIDER: _l("consider"),
}
SEVERITY_HINTS: Labels = {
    Severity.MUST_FIX: _l("Until this is settled, a text is not shown to participants."),
    Severity.SHOULD: _l("It should change before it is used."),
    Severity.CONSIDER: _l("A thought for whoever writes it."),
}
SEVERITY_COLOURS: Mapping[str, str] = {
    Severity.MUST_FIX: "red",
    Severity.SHOULD: "orange",
    Severity.CONSIDER: "grey",
}
RESPONSES: Labels = {
    Response.ACCEPTED: _l("accepted"),
    Response.PARTLY: _l("partly accepted"),
    Response.NOT_ACCEPTED: _l("not accepted"),
    Response.OUT_OF_SCOPE: _l("out of scope"),
    Response.DEFERRED: _l("deferred"),
}
ADVICE_STATES: Labels = {
    AdviceState.OPEN: _l("waits for an answer"),
    AdviceState.ANSWERED: _l("answered"),
    AdviceState.CONTESTED: _l("disputed"),
    AdviceState.CLOSED: _l("settled"),
    AdviceState.WITHDRAWN: _l("taken back"),
}
ADVICE_COLOURS: Mapping[str, str] = {
    AdviceState.OPEN: "yellow",
    AdviceState.ANSWERED: "blue",
    AdviceState.CONTESTED: "orange",
    AdviceState.CLOSED: "green",
    AdviceState.WITHDRAWN: "grey",
}
PACK_STATES: Labels = {
    PackState.EARLY: _l("not sent yet"),
    PackState.SOON: _l("due now"),
    PackState.LATE: _l("late"),
    PackState.SENT_IN_TIME: _l("sent in time"),
    PackState.SENT_LATE: _l("sent late"),
}
PACK_COLOURS: Mapping[str, str] = {
    PackState.EARLY: "grey",
    PackState.SOON: "yellow",
    PackState.LATE: "red",
    PackState.SENT_IN_TIME: "green",
    PackState.SENT_LATE: "orange",
}
BANDS: Labels = {
    Band.FITS: _l("as promised"),
    Band.HARDER: _l("harder than promised"),
    Band.TOO_HARD: _l("too hard"),
}
BAND_COLOURS: Mapping[str, str] = {Band.FITS: "green", Band.HARDER: "yellow", Band.TOO_HARD: "orange"}
PARTS: Mapping[str, LazyString] = {
    "title": _l("Title"),
    "body": _l("Words"),
    "sources": _l("Sources"),
    "supplied_by": _l("Supplied by"),
    "invented": _l("Invented for discussion"),
    "question": _l("The central question"),
    "summary": _l("Summary"),
    "welcome": _l("Welcome"),
    "how_it_is_used": _l("What becomes of it"),
    "thank_you": _l("Thanks"),
    "notice": _l("Notice"),
    "organiser": _l("Organiser"),
    "mode": _l("Who takes part"),
    "seats": _l("Seats on the roll"),
    "starts_at": _l("Starts"),
    "minutes": _l("Minutes"),
    "introduction": _l("Introduction"),
    "snapshot": _l("Snapshot"),
}
"""Labels of canonical parts that are our own words; others are the thing's own and are shown as they are."""

GATE_WORDS: Mapping[str, tuple[LazyString, LazyString]] = {
    "G0": (
        _l("Terms and framing question"),
        _l("Is the question fair and open? Does anything in the words around it push people one way?"),
    ),
    "G1": (
        _l("Recruitment"),
        _l("Who is asked to take part, and who may be missing? Is taking part possible for everyone asked?"),
    ),
    "G2": (
        _l("Texts and plans, first half of the sessions"),
        _l("Are the texts right, balanced and clear? Do the plans leave time to talk?"),
    ),
    "G3": (
        _l("Texts and plans, second half of the sessions"),
        _l("Are the texts right, balanced and clear? Do the plans leave time to talk?"),
    ),
    "G4": (
        _l("Emerging findings"),
        _l("Do the findings follow from what people said? Is anybody's dissent missing?"),
    ),
    "G5": (
        _l("Draft report"),
        _l("Does the report say no more than people said, and no less?"),
    ),
    "G6": (
        _l("Draft Terms of Reference"),
        _l("Does each clause rest on what people said? Is what was left out named with its reason?"),
    ),
}
"""Code of a usual gate -> (title, purpose)."""


def named(parts: Sequence[Part]) -> list[Part]:
    """The parts with labels as people read them."""
    return [Part(_name(one.label), one.words) for one in parts]


def _name(label: str) -> str:
    if label in PARTS:
        return str(PARTS[label])
    kind, _, rest = label.partition(": ")
    if kind == "approach":
        return gettext("Approach: %(name)s", name=rest)
    if kind == "theme":
        return gettext("Theme: %(title)s", title=rest)
    if kind == "consent":
        purpose, _, lang = rest.partition(" ")
        return gettext("Consent: %(purpose)s %(lang)s", purpose=PURPOSES.get(purpose, purpose), lang=lang)
    if kind.startswith("finding "):
        return gettext("Finding %(number)s", number=kind.removeprefix("finding "))
    return label
