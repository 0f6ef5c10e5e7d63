"""Builds the page of a stage for a participant, and the same page for staff who preview it (participant None)."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask_babel import get_locale, gettext

from app.forms import labels, task_labels
from app.forms.combinations import combination_sentence
from app.forms.comparing import CombinationForm, RatingForm
from app.forms.own_words import WordsForm
from app.forms.preferences import said_in_words
from app.forms.voting import PassForm
from app.models.dialogues import Dialogue, Stage
from app.models.learning import Material
from app.models.people import Participant
from app.models.stewardship import StewardshipModel
from app.queries.answering import response_in
from app.queries.comments import answered_prompts, thread_on
from app.queries.comparing import combination_in, compared
from app.queries.drafting import own_and_others
from app.queries.held_back import is_held_back, overrides_on
from app.queries.paragraphs import current_paragraphs, talked_about
from app.queries.points import points_shown
from app.queries.preferences import asked_in
from app.queries.reading import glossary_of, readings_of, sources_of, terms_in
from app.queries.requests import can_follow
from app.queries.stages import prompts_of, questionnaire_of
from app.queries.taking_part import progress_in, session_count
from app.queries.tally import tally_of
from app.queries.task_progress import tasks_for
from app.queries.voting import current_pass, find_votable
from app.services.recording import stage_thing
from app.views.ballots import ballot_values, just_voted
from deliberation.comments import COMMENT_LIMIT
from deliberation.stages import Setting, StageKind, StageState
from deliberation.stewardship import CardField
from surveys import parse, visible_pages, visible_questions

Values = dict[str, Any]
SHORT_FACTS = (
    CardField.WHO_DECIDES,
    CardField.HOW_CHOSEN,
    CardField.WHAT_THEY_SEE,
    CardField.TIME_PER_DECISION,
    CardField.SAY_NO,
    CardField.IF_IT_GOES_WRONG,
)
"""What is shown of a model while it is compared; the rest opens below."""


_UNKNOWN: Values = {"text": "", "source": None, "not_known": True}


def shell(dialogue: Dialogue, stage: Stage | None, participant: Participant | None, *, is_preview: bool) -> Values:
    """What every page of a participant's way needs."""
    values: Values = {
        "dialogue": dialogue,
        "stage": stage,
        "is_preview": is_preview,
        "is_open": is_preview,
        "labels": labels,
    }
    if stage is None:
        return values
    state = stage_thing(stage).stage_state
    values["state"] = state
    values["is_open"] = is_preview or state in {StageState.OPEN, StageState.CLOSING}
    values["where"] = gettext(
        "Session %(number)s of %(count)s · %(title)s",
        number=stage.session.number,
        count=session_count(dialogue),
        title=stage.session.title,
    )
    progress = progress_in(stage, participant) if participant else None
    values["is_finished"] = progress is not None and progress.finished_at is not None
    return values


def stage_page(dialogue: Dialogue, stage: Stage, participant: Participant | None, *, is_preview: bool = False) -> str:
    """The page of the stage's kind, as HTML."""
    values = shell(dialogue, stage, participant, is_preview=is_preview)
    values |= {"tasks": tasks_for(stage, participant), "task_labels": task_labels}
    template, build = _KINDS.get(stage.kind, ("taking_part/plain.html", _nothing))
    if build is _draft and "at" in request.args:
        template, build = "comments/prompt.html", _talk
    if build is _prioritise and ("at" in request.args or not asked_in(stage, None)):
        template, build = "comments/prompt.html", _talk
    if build is _talk and not prompts_of(stage):
        template = "taking_part/plain.html"
    return render_template(template, **values, **build(stage, participant))


def talk_page(dialogue: Dialogue, stage: Stage, participant: Participant, *, number: int, form: WordsForm) -> str:
    """One prompt with a form that was refused, so that nothing typed is lost."""
    values = shell(dialogue, stage, participant, is_preview=False)
    return render_template("comments/prompt.html", **values, **{**_talk(stage, participant, number), "form": form})


def material_page(
    dialogue: Dialogue, stage: Stage, material: Material, participant: Participant | None, *, is_preview: bool = False
) -> str:
    """One material to read."""
    version, held = material.current, is_held_back(material)
    if held and not is_preview:
        return held_page(dialogue, stage, material, participant)
    talked = talked_about(stage, material, participant)
    return render_template(
        "reading/material.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        **explained(dialogue, f"{version.title} {version.body}"),
        material=material,
        version=version,
        parts=_parts(dialogue, material, {one.place.anchor: one.comments for one in talked}),
        talked=talked,
        is_read=_is_read(stage, material, participant),
        is_held=held,
        overrides=overrides_on(material),
        sources=sources_of(dialogue, version.sources),
    )


def held_page(dialogue: Dialogue, stage: Stage, material: Material, participant: Participant | None) -> str:
    """In place of a material that is still being checked: none of its words."""
    values = shell(dialogue, stage, participant, is_preview=False)
    return render_template("reading/held.html", **values, readings=readings_of(stage, participant))


def model_page(
    dialogue: Dialogue,
    stage: Stage,
    model: StewardshipModel,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    form: WordsForm | None = None,
) -> str:
    """One model card to read, with comments and questions on it."""
    return render_template(
        "reading/model.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        **card(dialogue, model, is_preview=is_preview),
        is_read=_is_read(stage, model, participant),
        thread=thread_on(stage, model, participant, _page_number("more")),
        form=form or WordsForm(formdata=None),
        limit=COMMENT_LIMIT,
    )


def rating_page(
    dialogue: Dialogue,
    stage: Stage,
    model: StewardshipModel,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    form: RatingForm | None = None,
) -> str:
    """One model with five words; what was said here before is filled in."""
    all_compared = compared(stage, participant)
    row = next((one.rating for one in all_compared if one.model.id == model.id), None)
    if form is None:
        form = RatingForm(formdata=None, data=_rating_data(row))
    return render_template(
        "comparing/model.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        **card(dialogue, model, is_preview=is_preview),
        form=form,
        short_facts=SHORT_FACTS,
        number=[one.model.id for one in all_compared].index(model.id) + 1,
        count=len(all_compared),
        compared=all_compared,
    )


def combination_page(
    dialogue: Dialogue,
    stage: Stage,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    form: CombinationForm | None = None,
) -> str:
    """Four plain questions; what was answered here before is filled in."""
    made = combination_in(stage, participant) if participant else None
    if form is None:
        form = CombinationForm(formdata=None, data={**made.answers, "reason": made.reason} if made else {})
    values = shell(dialogue, stage, participant, is_preview=is_preview)
    return render_template("comparing/combination.html", **values, form=form)


def questions_page(
    dialogue: Dialogue,
    stage: Stage,
    number: int,
    participant: Participant | None,
    *,
    is_preview: bool = False,
    answers: Values | None = None,
    errors: dict[str, str] | None = None,
) -> str | None:
    """One page of the stage's questionnaire; None when it has no such page."""
    row = questionnaire_of(stage)
    if row is None:
        return None
    asked = parse(row.definition)
    stored = response_in(stage, participant) if participant else None
    given = answers if answers is not None else dict(stored.answers) if stored else {}
    pages = visible_pages(asked, given)
    if not 1 <= number <= len(pages):
        return None
    page = pages[number - 1]
    shown = {question.name for question in visible_questions(asked, given)}
    return render_template(
        "answering/page.html",
        **shell(dialogue, stage, participant, is_preview=is_preview),
        questionnaire=asked,
        written_in=row.lang,
        page=page,
        questions=[question for question in page.questions if question.name in shown],
        number=number,
        count=len(pages),
        answers=given,
        problems=errors or {},
        is_complete=stored is not None and stored.completed_at is not None,
    )


def explained(dialogue: Dialogue, text: str) -> Values:
    """Glossary words that stand in the text: as rows, and as `with_glossary` wants them."""
    found = terms_in(glossary_of(dialogue, str(get_locale() or "en")), text)
    return {"terms": found, "glossary": [(term.term, term.definition, term.also) for term in found]}


def card(dialogue: Dialogue, model: StewardshipModel, *, is_preview: bool) -> Values:
    """A model card: facts in order with the number of their source. Rungs are not for participants."""
    facts = {name: {**_UNKNOWN, **model.facts.get(name.value, {})} for name in CardField}
    keys = [str(fact.get("source")) for fact in facts.values() if fact.get("source")]
    sources = sources_of(dialogue, keys)
    words = " ".join([model.plain, *(str(fact.get("text", "")) for fact in facts.values())])
    return {
        "model": model,
        "from_people": points_shown(dialogue, model, is_preview=is_preview),
        "facts": facts,
        "sources": sources,
        "source_numbers": {one["key"]: place for place, one in enumerate(sources, 1)},
        **explained(dialogue, words),
    }


def _parts(dialogue: Dialogue, material: Material, comments: dict[str, int]) -> list[Any]:
    """(paragraph, glossary words first used in it, comments on it) for each paragraph, headings too."""
    known, used, parts = glossary_of(dialogue, str(get_locale() or "en")), set(), []
    for one in current_paragraphs(material):
        found = [term for term in terms_in(known, one.text) if term.id not in used and not one.is_heading]
        used |= {term.id for term in found}
        words = [(term.term, term.definition, term.also) for term in found]
        parts.append((one, words, comments.get(one.anchor, 0)))
    return parts


def _nothing(stage: Stage, participant: Participant | None) -> Values:
    return {"readings": readings_of(stage, participant)}


def _learn(stage: Stage, participant: Participant | None) -> Values:
    readings = readings_of(stage, participant)
    unread = next((one for one in readings if not one.is_done), None)
    return {"readings": readings, "unread": unread, "can_follow": can_follow(stage)}


def _vote(stage: Stage, participant: Participant | None) -> Values:
    tally = tally_of(stage, participant) if stage.state is StageState.CLOSED else None
    return {**ballot_values(stage, participant), **_passed(stage, participant), "tally": tally, "voted": just_voted()}


def _passed(stage: Stage, participant: Participant | None) -> Values:
    """The statement just passed on, whose "want to say why?" is shown before the next one."""
    wanted = request.args.get("passed", type=uuid.UUID)
    statement = find_votable(stage, wanted) if wanted and participant else None
    if statement is None or participant is None or current_pass(participant, statement) is None:
        return {"passed": None}
    return {"passed": statement, "pass_form": PassForm(formdata=None)}


def _talk(stage: Stage, participant: Participant | None, at: int | None = None) -> Values:
    prompts = prompts_of(stage)
    if not prompts:
        return _nothing(stage, participant)
    answered = answered_prompts(stage, participant) if participant else set()
    number = min(at or _page_number("at"), len(prompts))
    if at is None and "at" not in request.args:
        number = next((place for place, one in enumerate(prompts, 1) if one.id not in answered), number)
    return {
        "readings": readings_of(stage, participant),
        "prompt": prompts[number - 1],
        "number": number,
        "count": len(prompts),
        "thread": thread_on(stage, prompts[number - 1], participant, _page_number("more")),
        "form": WordsForm(formdata=None),
        "limit": COMMENT_LIMIT,
    }


def _compare(stage: Stage, participant: Participant | None) -> Values:
    made = combination_in(stage, participant) if participant else None
    rows = compared(stage, participant)
    return {
        "compared": rows,
        "can_follow": can_follow(stage),
        "unrated": next((one.model for one in rows if one.rating is None), None),
        "made": made,
        "sentence": combination_sentence(made.answers) if made else "",
        **_asked(stage, participant),
    }


def _asked(stage: Stage, participant: Participant | None) -> Values:
    """The preference questions of the stage, each with the person's answer in words."""
    found = asked_in(stage, participant)
    rows = [
        {"question": one.question, "answer": one.answer, "lines": said_in_words(one.question, one.answer)}
        for one in found
    ]
    return {"asked": rows, "all_answered": all(one.is_answered for one in found)}


def _draft(stage: Stage, participant: Participant | None) -> Values:
    own, others = own_and_others(stage, participant)
    return {
        "own": own,
        "others": others,
        "by_tables": stage.setting is Setting.TABLES,
        "prompts": prompts_of(stage),
        "readings": readings_of(stage, participant),
    }


def _prioritise(stage: Stage, participant: Participant | None) -> Values:
    return {
        **_asked(stage, participant),
        "prompts": prompts_of(stage),
        "readings": readings_of(stage, participant),
    }


def _survey(stage: Stage, participant: Participant | None) -> Values:
    row = questionnaire_of(stage)
    stored = response_in(stage, participant) if participant else None
    return {
        "questionnaire": parse(row.definition) if row else None,
        "is_complete": stored is not None and stored.completed_at is not None,
        "is_begun": stored is not None,
    }


def _rating_data(row: Any) -> Values:
    if row is None:
        return {}
    return {
        "rating": row.rating.value,
        "acceptance": row.acceptance.value if row.acceptance else None,
        "reason": row.reason,
    }


def _is_read(stage: Stage, thing: Material | StewardshipModel, participant: Participant | None) -> bool:
    return any(one.is_read for one in readings_of(stage, participant) if one.thing is thing)


def _page_number(name: str) -> int:
    return max(1, request.args.get(name, default=1, type=int))


_KINDS: dict[StageKind, tuple[str, Callable[[Stage, Participant | None], Values]]] = {
    StageKind.LEARN: ("reading/index.html", _learn),
    StageKind.SURVEY: ("answering/index.html", _survey),
    StageKind.VOTE: ("voting/page.html", _vote),
    StageKind.COMPARE: ("comparing/index.html", _compare),
    StageKind.DISCUSS: ("comments/prompt.html", _talk),
    StageKind.DRAFT: ("drafting/index.html", _draft),
    StageKind.PRIORITISE: ("preferences/index.html", _prioritise),
    StageKind.RATIFY: ("comments/prompt.html", _talk),
}
