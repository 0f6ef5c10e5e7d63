"""An assessment's content as a plain sequence of parts, with the words people read: what files are made from."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.exports.assessment_pdf import Part, PartKind
from app.forms import access_labels
from app.forms.assessment_template_words import QUESTIONS, SECTIONS
from deliberation.access_applications import Detail, Route, Safe, details_of
from deliberation.assessment_template import CREDIT, CREDIT_URL, TEMPLATE
from deliberation.harms import HarmRating, Scenario

_H, _Q, _T = PartKind.HEADING, PartKind.QUESTION, PartKind.TEXT


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """The form in Five Safes order, the four sections, and each harm with its ratings side by side."""
    parts = _form(content["application"]) if "application" in content else []
    for number, (section, questions) in enumerate(TEMPLATE.items(), 1):
        parts.append(Part(_H, f"{number}. {SECTIONS[section]}"))
        for question in questions:
            parts.append(Part(_Q, str(QUESTIONS[question][0])))
            parts.append(Part(_T, content.get("answers", {}).get(question, "") or gettext("(no answer)")))
    parts.append(Part(_H, gettext("Register of harms")))
    for place, harm in enumerate(content.get("harms", []), 1):
        parts += _harm(place, harm)
    return [*parts, Part(_T, gettext("The sections follow: %(credit)s, %(url)s", credit=CREDIT, url=CREDIT_URL))]


def _form(form: Mapping[str, Any]) -> list[Part]:
    route = Route(form["route"])
    parts = [Part(_H, gettext("The application")), Part(_T, str(access_labels.ROUTES[route]))]
    plain = {
        Safe.SETTINGS: [("environment", access_labels.ENVIRONMENTS)],
        Safe.DATA: [("opt_out", access_labels.OPT_OUTS)],
    }
    for safe in Safe:
        parts.append(Part(_Q, f"{access_labels.SAFES[safe]}: {access_labels.SAFE_QUESTIONS[safe]}"))
        parts += [Part(_T, str(words[form[key]])) for key, words in plain.get(safe, []) if form.get(key)]
        for detail in details_of(route, safe):
            text = form.get("details", {}).get(detail, "")
            if text:
                parts.append(Part(_T, f"{access_labels.DETAILS[Detail(detail)]}: {text}"))
    if form.get("window_from") and form.get("window_until"):
        window = gettext("Access from %(first)s until %(last)s", first=form["window_from"], last=form["window_until"])
        parts.append(Part(_T, window))
    return parts


def _harm(place: int, harm: Mapping[str, Any]) -> list[Part]:
    rated = [(access_labels.RATINGS[rating], harm.get(rating)) for rating in HarmRating]
    ratings = ", ".join(f"{name} {'–' if value is None else value}" for name, value in rated)
    done = [harm.get("mitigation") or gettext("(nothing yet)"), harm.get("owner"), harm.get("due_on")]
    scenario = access_labels.SCENARIOS[Scenario(harm["scenario"])]
    return [
        Part(_Q, f"{place}. {harm['text']}"),
        Part(_T, f"{harm.get('stakeholder') or '–'} · {scenario} · {ratings}"),
        Part(_T, gettext("What is done: %(done)s", done=" · ".join(str(one) for one in done if one))),
    ]
