"""Builds the pages of following a request, for a participant and for staff who preview them (participant None)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext

from app.forms import request_words as words
from app.forms.combinations import combination_sentence
from app.forms.requests import OnlyIfForm, TriedAssumptionsForm
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.models.requests import DataRequest, StepJudgement
from app.queries.reading import sources_of
from app.queries.requests import (
    Way,
    assumption_rows,
    assumptions_of,
    followed_by,
    judgements_on,
    requests_of,
    ways_in,
)
from app.queries.requests_said import others_only_if
from app.views.addresses import here
from app.views.stage_pages import explained, shell
from deliberation.requests import Judgement, RequestFact, Step, Total, total_of
from deliberation.requests_burden import NAMES, Assumptions, burden_of

Values = dict[str, Any]


@dataclass(frozen=True)
class Walk:
    """Somebody's walk of one request through one way."""

    dialogue: Dialogue
    stage: Stage
    participant: Participant | None
    request: DataRequest
    way: Way
    is_preview: bool = False


@dataclass(frozen=True)
class Stop:
    """A stop as it is drawn on the line."""

    number: int
    step: Step
    title: str
    judgement: StepJudgement | None


@dataclass(frozen=True)
class Path:
    """A whole way as it is drawn beside another, or at the end."""

    way: Way
    name: str
    lang: str
    stops: list[Stop]
    total: Total
    sentences: list[str]
    judged: str


def choose_request_page(
    dialogue: Dialogue, stage: Stage, participant: Participant | None, *, is_preview: bool = False
) -> str:
    """The requests, one of which is followed."""
    return render_template(
        "requests/index.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        requests=requests_of(dialogue),
        followed=followed_by(participant),
        to=_addresses(dialogue, stage, is_preview),
    )


def choose_way_page(
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    chosen: DataRequest,
    *,
    is_preview: bool = False,
) -> str:
    """One request, and the ways through which it can go."""
    near, others = ways_in(stage, participant)
    return render_template(
        "requests/ways.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        request_=chosen,
        fact_rows=_facts(chosen)[:2],
        near=[(way, way_name(way)) for way in near],
        others=[(way, way_name(way)) for way in others],
        to=_addresses(dialogue, stage, is_preview, chosen),
    )


def stop_page(walk: Walk, number: int, form: OnlyIfForm | None = None) -> str:
    """One stop; `only_if` in the address, or a refused form, asks what "only if" depends on."""
    path = _path(walk, walk.way, _assumed(walk.dialogue))
    if not 1 <= number <= len(path.stops):
        abort(404)
    stop = path.stops[number - 1]
    said = stop.judgement
    asks = form is not None or ("only_if" in request.args and said is not None and said.judgement is Judgement.ONLY_IF)
    text = " ".join([*(one.text for one in stop.step.said), *(_fact(walk.request, fact) for fact in stop.step.facts)])
    return render_template(
        "requests/stop.html",
        **_shell(walk, path),
        **explained(walk.dialogue, text),
        stop=stop,
        fact_rows=[(words.fact_label(fact, walk.request.kind), _fact(walk.request, fact)) for fact in stop.step.facts],
        sources=sources_of(walk.dialogue, stop.step.sources),
        asks=asks,
        others=others_only_if(walk.request, walk.way, stop.step, walk.participant) if said and walk.participant else [],
        form=form or OnlyIfForm(formdata=None, data={"words": said.words if said else ""}),
    )


def end_page(walk: Walk) -> str:
    """The end of the line: the whole path, its time, its burden, what was said, and other ways."""
    near, others = ways_in(walk.stage, walk.participant)
    path = _path(walk, walk.way, _assumed(walk.dialogue))
    ways = [(way, way_name(way)) for way in [*near, *others] if way.public_id != walk.way.public_id]
    sentence = words.path_sentence(path.name, len(path.stops), path.total, walk.way.asked)
    return render_template(
        "requests/end.html", **_shell(walk, path), ways=ways, few=len(near) - 1, path_sentence=sentence
    )


def beside_page(walk: Walk, other: Way) -> str:
    """The same request through two ways, beside each other."""
    assumed = _assumed(walk.dialogue)
    paths = [_path(walk, walk.way, assumed), _path(walk, other, assumed)]
    return render_template("requests/beside.html", **_shell(walk, paths[0]), paths=paths)


def burden_page(walk: Walk) -> str:
    """The numbers, which anybody can change, and what they make."""
    assumed = assumptions_of(walk.dialogue)
    form, is_own = _form(assumed)
    fine = not is_own or form.validate()
    path = _path(walk, walk.way, form.assumptions() if fine and is_own else assumed)
    return render_template(
        "requests/burden.html",
        **_shell(walk, path),
        form=form,
        is_own=is_own and fine,
        is_wrong=not fine,
        given=assumption_rows(walk.dialogue),
        hidden=_preview_fields(walk, "burden") if walk.is_preview else {},
    )


def way_name(way: Way) -> str:
    """A model's name; a combination is the person's own mix."""
    return way.model.name if way.model else gettext("Your own mix")


def address_of(walk: Walk, page: str, **more: Any) -> str:
    """The address of a page of this walk."""
    return _addresses(walk.dialogue, walk.stage, walk.is_preview, walk.request, walk.way)(page, **more)


def _shell(walk: Walk, path: Path) -> Values:
    return {
        **shell(walk.dialogue, walk.stage, walk.participant, is_preview=walk.is_preview),
        "request_": walk.request,
        "way": walk.way,
        "way_name": path.name,
        "way_lang": path.lang,
        "mix": combination_sentence(walk.way.combination.answers) if walk.way.combination else "",
        "path": path,
        "stops": path.stops,
        "words": words,
        "to": _addresses(walk.dialogue, walk.stage, walk.is_preview, walk.request, walk.way),
    }


def _path(walk: Walk, way: Way, assumed: Assumptions) -> Path:
    steps = way.steps(walk.request.kind, assumed.waits)
    said = judgements_on(walk.request, way, walk.participant)
    stops = [
        Stop(number, step, words.step_title(step), said.get(step.key.value)) for number, step in enumerate(steps, 1)
    ]
    burden = burden_of(assumed, group_decides=way.group_decides, asked=way.asked)
    counts = Counter(stop.judgement.judgement for stop in stops if stop.judgement)
    return Path(
        way=way,
        name=way_name(way),
        lang=way.model.lang if way.model else "",
        stops=stops,
        total=total_of(steps),
        sentences=words.burden_sentences(burden, requests_a_year=assumed.requests_a_year),
        judged=words.judged_sentence(counts, len(stops)),
    )


def _addresses(
    dialogue: Dialogue,
    stage: Stage,
    is_preview: bool,
    chosen: DataRequest | None = None,
    way: Way | None = None,
) -> Callable[..., str]:
    """`to(page, ...)` for templates; numbers that somebody changed go along from page to page."""
    place = here(dialogue, stage)
    carried = {name: request.args[name] for name in NAMES if name in request.args}

    def to(page: str, **more: Any) -> str:
        values: Values = dict(more)
        if chosen is not None:
            values.setdefault("request_id", chosen.public_id)
        if way is not None:
            values.setdefault("way_id", way.public_id)
        if page in {"index", "choose"}:
            values.pop("way_id", None)
        if page == "index":
            values.pop("request_id", None)
        else:
            values = {**carried, **values}
        if values.pop("plain", False):
            values = {name: value for name, value in values.items() if name not in NAMES}
        if is_preview:
            return url_for("preview.follow", page=page, **place, **values)
        return url_for(f"requests.{page}", **place, **values)

    return to


def _preview_fields(walk: Walk, page: str) -> Values:
    """What a form sent with GET has to carry in a preview, whose address is a query."""
    return {"page": page, "request_id": walk.request.public_id, "way_id": walk.way.public_id}


def _assumed(dialogue: Dialogue) -> Assumptions:
    """The numbers of the address where they are good, else the dialogue's."""
    assumed = assumptions_of(dialogue)
    form, is_own = _form(assumed)
    return form.assumptions() if is_own and form.validate() else assumed


def _form(assumed: Assumptions) -> tuple[TriedAssumptionsForm, bool]:
    """(the form, whether somebody changed a number)."""
    present = {name: getattr(assumed, name) for name in NAMES}
    is_own = any(name in request.args for name in NAMES)
    return TriedAssumptionsForm(request.args if is_own else None, data=present), is_own


def _facts(chosen: DataRequest) -> list[tuple[str, str]]:
    return [(words.fact_label(fact, chosen.kind), _fact(chosen, fact)) for fact in RequestFact]


def _fact(chosen: DataRequest, fact: str) -> str:
    return str(getattr(chosen, fact))
