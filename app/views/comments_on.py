"""What people say about a statement, and about a paragraph of a material: reading it and adding to it."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Action, by_participant, requires
from app.db import db
from app.forms.own_words import WordsForm
from app.models.dialogues import Dialogue, Stage
from app.models.voting import Statement
from app.queries.comments import thread_on
from app.queries.held_back import is_held_back
from app.queries.paragraphs import Place, find_place
from app.queries.reading import find_placed_material
from app.queries.voting import find_votable, last_vote, own_votes
from app.services import comments as acts
from app.views.addresses import here
from app.views.comments import keep
from app.views.stage_pages import held_page, shell
from deliberation.comments import COMMENT_LIMIT, shows_others

bp = Blueprint("comments_on", __name__)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/statement/<uuid:statement_id>/comments")
@requires(Action.READ_MATERIAL)
def statement(dialogue: Dialogue, stage: Stage, statement_id: uuid.UUID) -> ResponseReturnValue:
    """What people say about a statement; others' words only after one's own vote."""
    found = find_votable(stage, statement_id) or abort(404)
    return _statement_page(dialogue, stage, found, WordsForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/statement/<uuid:statement_id>/comments")
@requires(Action.ADD_COMMENT)
def on_statement(dialogue: Dialogue, stage: Stage, statement_id: uuid.UUID) -> ResponseReturnValue:
    """A comment on a statement."""
    found, form = find_votable(stage, statement_id) or abort(404), WordsForm()
    address = url_for(".statement", statement_id=statement_id, **here(dialogue, stage))
    return keep(
        dialogue,
        stage,
        form,
        address=address,
        after=address,
        box=lambda: _statement_page(dialogue, stage, found, form),
        act=lambda text: acts.comment_on_statement(stage, found, text, by=by_participant()),
    )


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/last/comments")
@requires(Action.READ_MATERIAL)
def last(dialogue: Dialogue, stage: Stage) -> ResponseReturnValue:
    """On to what people say about the statement that the person voted on last here; to the list before any vote.

    An address without the statement, so that the voting card can link to it without another query.
    """
    vote, where = last_vote(stage, by_participant()), here(dialogue, stage)
    if vote is None:
        return redirect(url_for("voting.as_list", **where), 303)
    voted = db.session.get_one(Statement, vote.statement_id)
    return redirect(url_for(".statement", statement_id=voted.public_id, **where), 303)


@bp.get("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>/part/<paragraph>")
@requires(Action.READ_MATERIAL)
def paragraph(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID, paragraph: str) -> ResponseReturnValue:
    """What people say about one paragraph of a material."""
    return _paragraph_page(dialogue, stage, _place(stage, material_id, paragraph), WordsForm(formdata=None))


@bp.post("/d/<uuid:dialogue_id>/s/<uuid:stage_id>/read/<uuid:material_id>/part/<paragraph>")
@requires(Action.ADD_COMMENT)
def on_paragraph(dialogue: Dialogue, stage: Stage, material_id: uuid.UUID, paragraph: str) -> ResponseReturnValue:
    """A comment on a paragraph."""
    place, form = _place(stage, material_id, paragraph), WordsForm()
    address = url_for(".paragraph", material_id=material_id, paragraph=paragraph, **here(dialogue, stage))
    return keep(
        dialogue,
        stage,
        form,
        address=address,
        after=address,
        box=lambda: _paragraph_page(dialogue, stage, place, form),
        act=lambda text: acts.comment_on_paragraph(stage, place.material, paragraph, text, by=by_participant()),
    )


def _place(stage: Stage, material_id: uuid.UUID, anchor: str) -> Place:
    material = find_placed_material(stage, material_id) or abort(404)
    return find_place(material, anchor) or abort(404)


def _statement_page(dialogue: Dialogue, stage: Stage, found: Statement, form: WordsForm) -> str:
    by = by_participant()
    values, vote = shell(dialogue, stage, by, is_preview=False), own_votes(by).get(found.id)
    return render_template(
        "comments/statement.html",
        **values,
        statement=found,
        vote=vote,
        shows_others=shows_others(has_voted=vote is not None, is_open=values["is_open"]),
        thread=thread_on(stage, found, by, _more()),
        form=form,
        limit=COMMENT_LIMIT,
    )


def _paragraph_page(dialogue: Dialogue, stage: Stage, place: Place, form: WordsForm) -> str:
    by = by_participant()
    if is_held_back(place.material):
        return held_page(dialogue, stage, place.material, by)
    return render_template(
        "comments/paragraph.html",
        **shell(dialogue, stage, by, is_preview=False),
        place=place,
        thread=thread_on(stage, (place.material, place.anchor), by, _more()),
        form=form,
        limit=COMMENT_LIMIT,
    )


def _more() -> int:
    return max(1, request.args.get("more", default=1, type=int))
