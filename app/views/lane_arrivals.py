"""The lane's answers to whoever comes in: the code, the three screens, what is next, the start of a vote.

The pages are those of `views.consent` and `views.taking_part`, drawn once with a hole for the token of their forms.
"""

import secrets
from collections.abc import Callable, Collection, Hashable
from typing import Any, TypeVar

from flask import g
from sqlalchemy import Connection

from app.access import Action
from app.db import db, utcnow
from app.forms.consent import YES
from app.guesses import has_guessed
from app.languages import LANGUAGES
from app.models.dialogues import Dialogue
from app.models.people import Participant
from app.queries import arriving as queries
from app.queries.arriving import Arrival
from app.queries.ballot import read_ballot
from app.queries.people import digest_of
from app.queries.standing import read_before_begun
from app.services import arriving
from app.services.casting import put_next
from app.views.asked import Answer, Asked, Fields
from app.views.consent import screen_page
from app.views.quickly import PARTICIPANT, RANDOM, GoTheOrdinaryWay, candidates_for, where_of, write
from app.views.skeletons import Skeletons
from app.views.taking_part import way_page
from deliberation.consent import ASKED, OPTIONAL, Purpose, Screen, next_screen
from deliberation.errors import RuleError
from deliberation.progress import NextKind, StageView, what_is_next
from deliberation.pseudonyms import tidy_code
from deliberation.roles import Thing, check_may
from deliberation.stages import StageKind, StageState

Result = TypeVar("Result")
_KEPT = ("lang", "text_size")
_OPEN = frozenset({StageState.OPEN, StageState.CLOSING})
_SKELETONS = Skeletons("token")
LONGEST_CODE = 40


def join(asked: Asked) -> Answer | None:
    """Straight in with the code of an open dialogue; an address that has guessed lately goes the ordinary way."""
    code = tidy_code(_fields(asked).first.get("code", ""))
    if asked.query or not code or len(code) > LONGEST_CODE or has_guessed(asked.environ.get("REMOTE_ADDR", "")):
        return None
    with asked.engine.connect() as connection:
        dialogue = queries.dialogue_of_code(connection, code)
    if dialogue is None:
        return None
    found, chosen = dialogue, asked.session.get("lang")
    lang = str(chosen) if chosen in LANGUAGES else dialogue.lang
    token = _write(asked, lambda connection: arriving.join(connection, found, lang=lang, rng=RANDOM, now=utcnow()))
    if token is None:
        return None
    kept = {name: asked.session[name] for name in _KEPT if name in asked.session}
    session = {**kept, "_permanent": True, "device": token, "csrf_token": secrets.token_hex(20)}
    return Answer(leads_to=f"/d/{dialogue.public_id}/before", session=session)


def screen(asked: Asked) -> Answer | None:
    """The screen that is due."""
    arrival = _look(asked)
    if arrival is None or arrival.screen is None or asked.query:
        return None
    due = arrival.screen
    return _page(asked, arrival, lambda now: _screen_key(now), lambda dialogue, _: screen_page(dialogue, due))


def answer(asked: Asked) -> Answer | None:
    """The answer to the screen that is due; whoever says no goes the ordinary way."""
    if asked.query:
        return None
    fields = _fields(asked)

    def act(connection: Connection) -> Screen | None:
        arrival = queries.read_arrival(connection, digest_of(asked.session["device"]), asked.ids[0], locked=True)
        due = None if arrival is None else arrival.screen
        given = None if due is None else _given(due, fields)
        if arrival is None or due is None or given is None:
            raise GoTheOrdinaryWay
        arriving.keep_answers(connection, arrival, due, given, fields.first.get("digest", ""), now=utcnow())
        answers = {**arrival.answers, **{purpose: purpose in given for purpose in ASKED[due]}}
        return next_screen(answers, answers)

    check_may(PARTICIPANT, Action.TAKE_PART, Thing())
    kept = _write(asked, lambda connection: (act(connection),))
    if kept is None:
        return None
    return Answer(leads_to=f"/d/{asked.ids[0]}/{'next' if kept[0] is None else 'before'}")


def next_page(asked: Asked) -> Answer | None:
    """What is next, where that is something to do now."""
    arrival = _look(asked)
    if arrival is None or arrival.screen is not None or asked.query:
        return None
    return _page(asked, arrival, lambda now: _way_key(asked, now), way_page)


def start(asked: Asked) -> Answer | None:
    """Begins a vote stage and chooses the first statement."""
    digest = digest_of(asked.session["device"])

    def act(connection: Connection) -> str:
        standing = read_before_begun(connection, digest, *asked.ids)
        if standing is None or standing.stage.kind is not StageKind.VOTE:
            raise GoTheOrdinaryWay
        answers, _ = queries.read_asked(connection, standing.person.id, standing.dialogue.id)
        now = utcnow()
        thing = standing.thing(now)
        check_may(PARTICIPANT, Action.READ_MATERIAL, thing)
        if next_screen(answers, answers) is not None or thing.stage_state not in _OPEN:
            raise GoTheOrdinaryWay
        where = where_of(standing, now)
        arriving.begin(connection, standing, now=now)
        ballot = read_ballot(connection, where.stage_id, where.participant_id)
        put_next(connection, where, candidates_for(connection, standing, ballot), ballot, RANDOM, now=now)
        return asked.path.removesuffix("/start")

    stage = None if asked.query else _write(asked, act)
    return None if stage is None else Answer(leads_to=stage)


def _fields(asked: Asked) -> Fields:
    return asked.form or Fields()


def _look(asked: Asked) -> Arrival | None:
    check_may(PARTICIPANT, Action.TAKE_PART, Thing())
    with asked.engine.connect() as connection:
        return queries.read_arrival(connection, digest_of(asked.session["device"]), asked.ids[0])


def _given(due: Screen, fields: Fields) -> Collection[Purpose] | None:
    """What is said yes to; None where the form is not whole, or says no to taking part."""
    if due is Screen.PERMISSIONS:
        ticked, known = fields.all("given"), {purpose.value: purpose for purpose in OPTIONAL}
        return {known[value] for value in ticked} if known.keys() >= set(ticked) else None
    if due is Screen.TAKE_PART and fields.first.get("choice") != YES:
        return None
    return ASKED[due]


def _write(asked: Asked, act: Callable[[Connection], Result]) -> Result | None:
    try:
        return write(asked.engine, act)
    except (RuleError, GoTheOrdinaryWay):
        return None


class _Changed(Exception):
    """Something was edited while its page was drawn."""


def _page(
    asked: Asked, arrival: Arrival, key_of: Callable[[Arrival], Hashable | None],
    draw: Callable[[Dialogue, Participant], str],
) -> Answer | None:  # fmt: skip
    key = key_of(arrival)
    if key is None:
        return None

    def drawn() -> str:
        with asked.request_context():
            g.participant, g.csrf_token = db.session.get_one(Participant, arrival.person.id), _SKELETONS["token"].mark
            g.dialogue = db.session.get_one(Dialogue, arrival.dialogue.id)
            html = draw(g.dialogue, g.participant)
        now = _look(asked)
        if now is None or key_of(now) != key:
            raise _Changed
        return html

    chosen = (asked.chosen, arrival.dialogue, arrival.person.lang)
    try:
        return Answer(_SKELETONS.fill((chosen, key), {"token": asked.token}, drawn))
    except _Changed:
        return None


def _screen_key(arrival: Arrival) -> Hashable | None:
    due = arrival.screen
    texts: dict[Purpose, Any] = {} if due is None else arrival.texts(ASKED[due])
    return None if due is None or len(texts) < len(ASKED[due]) else (due, *texts.values())


def _way_key(asked: Asked, arrival: Arrival) -> Hashable | None:
    person, dialogue = arrival.person, arrival.dialogue
    with asked.engine.connect() as connection:
        steps = queries.read_way(connection, person.id, dialogue.id, utcnow())
        answered = queries.answered_questions(connection, person.id)
    views = [StageView(one.stage_id, one.kind, one.state, one.is_finished) for one in steps]
    if what_is_next(views).kind is not NextKind.DO:
        return None
    return (answered, *(one.facts for one in steps))
