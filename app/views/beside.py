"""Models side by side: "How it works today" and one or two more, as a page of its own without a form that sends."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import Action, by_participant, requires
from app.models.dialogues import Dialogue, Stage
from app.models.people import Participant
from app.queries.beside import offered_beside, picked, today_of
from app.views.stage_pages import SHORT_FACTS, card, shell
from deliberation.stewardship import CardField

bp = Blueprint("beside", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/side-by-side")
@requires(Action.READ_MATERIAL)
def show(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """Each question with the models' answers; `with` names a model, `and` another, `all` asks every question."""
    return _page(dialogue, stage, by_participant(), is_preview=False)


@bp.get("/d/<uuid:dialogue_id>/preview/s/<uuid:stage_id>/side-by-side")
@requires(Action.PREVIEW)
def preview(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """The same page for staff."""
    return _page(dialogue, stage, None, is_preview=True)


def _page(dialogue: Dialogue, stage: Stage, participant: Participant | None, *, is_preview: bool) -> str:
    offered = offered_beside(stage)
    chosen = picked(offered, [request.args.get("with", ""), request.args.get("and", "")])
    cards = [card(dialogue, model, is_preview=is_preview) for model in (*today_of(stage), *chosen)]
    shows_all = "all" in request.args
    sources = list({one["key"]: one for each in cards for one in each["sources"]}.values())
    return render_template(
        "comparing/beside.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        offered=offered,
        chosen=chosen,
        cards=cards,
        fields=list(CardField) if shows_all else list(SHORT_FACTS),
        shows_all=shows_all,
        sources=sources,
        source_numbers={one["key"]: place for place, one in enumerate(sources, 1)},
        sides=(("points_for", gettext("For it")), ("points_against", gettext("Against it"))),
    )
