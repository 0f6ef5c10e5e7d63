"""Cymraeg on participants' pages: a whole catalogue, the draft notice, content in its own language, the way back."""

import importlib.util
import inspect
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import LazyString, force_locale, gettext

from app.db import transaction
from app.exports.terms_parts import parts
from app.forms import (
    criteria,
    labels,
    panel,
    panel_labels,
    preferences,
    questions,
    requests,
    research_labels,
    research_questions,
    task_labels,
    tradeoffs,
    warnings,
    words,
)
from app.models.dialogues import Stage
from app.models.questionnaires import Questionnaire
from app.queries.terms import terms_document
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from tests.app.staff_words import STAFF_LABELS, STAFF_REFUSALS
from tests.app.way import make_room, saved
from tests.evidence_builders import clause_on, make_voted
from tests.factories import be_participant, make_dialogue, make_participant

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "app" / "translations" / "cy" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
HOLE = re.compile(r"%\((\w+)\)[sd]")

FOLDERS = (
    "taking_part", "voting", "comments", "comparing", "answering", "contributions", "reading", "own_words",
    "statements_own", "joining", "consent", "help", "home", "errors", "drafting", "preferences", "questions",
    "requests", "research_questions", "tally", "vote_reasons", "appeals", "criteria", "ledger", "policy", "tradeoffs",
    "panel",
)  # fmt: skip
STAFF_PAGES = {
    "criteria/desk.html", "policy/edit.html", "questions/desk.html", "questions/desk_one.html",
    "questions/specialists.html", "requests/edit.html", "requests/manage.html", "requests/said.html",
    "research_questions/board.html", "research_questions/board_one.html", "research_questions/board_raise.html",
    "tradeoffs/show.html", "tradeoffs/table.html",
}  # fmt: skip
"""Pages of staff in folders that they share with participants."""

TEMPLATES = [
    *(
        path
        for folder in FOLDERS
        for path in sorted((ROOT / "templates" / folder).glob("*.html"))
        if f"{folder}/{path.name}" not in STAFF_PAGES
    ),
    *(ROOT / "templates" / "terms" / name for name in ("public.html", "reverse.html", "walk_back.html")),
    *(ROOT / "templates" / "layouts" / name for name in ("page.html", "participant.html")),
    *(
        ROOT / "templates" / "macros" / name
        for name in ("evidence.html", "forms.html", "origin.html", "parts.html", "tasks.html", "way.html")
    ),
]
MODULES = [
    ROOT / "app" / "errors.py",
    *(
        ROOT / "app" / "forms" / f"{name}.py"
        for name in (
            "appeals", "combinations", "comparing", "consent", "contributions", "drafting", "fields", "joining",
            "own_reasons", "own_words", "request_words", "support", "vote_reasons", "voting", "why",
        )
    ),
    *(
        ROOT / "app" / "views" / f"{name}.py"
        for name in (
            "answering", "ballots", "beside", "comments", "comments_on", "comparing", "consent", "contributions",
            "drafting", "help", "home", "joining", "ledger", "live", "own_reasons", "own_words", "panel",
            "preference_pages",
            "preferences", "questions", "quickly", "reading", "request_pages", "requests", "research_questions",
            "stage_pages", "statements_own", "support", "taking_part", "tally", "task_pages", "vote_reasons", "voting",
        )
    ),
    *(ROOT / "app" / "exports" / name for name in ("terms_parts.py", "terms_words.py")),
]  # fmt: skip

FORMS = [
    criteria.ListForm, panel.CheckForm, panel.ReviewForm, preferences.AcceptForm, preferences.BallotForm,
    preferences.DotsForm, preferences.OrderForm,
    questions.AskForm, requests.JudgeForm, requests.OnlyIfForm, requests.WayForm, research_questions.RaiseForm,
    tradeoffs.RowForm, tradeoffs.VerdictForm,
]  # fmt: skip
"""Participants' forms in modules that hold forms of staff as well."""

@cache
def catalogue() -> Catalog:
    """The Welsh catalogue, as it is in the project."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="cy")


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    """Compiles the catalogue where that is missing or older than its source, so that a bare pytest works."""
    target = CATALOGUE.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        write_mo(file, catalogue())
    os.replace(file.name, target)


def english_of(path: Path) -> Iterator[str]:
    """The English of each string in a template or module; of a plural its singular, which is its key."""
    kind = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
    options = {"trim_blocks": "true", "lstrip_blocks": "true"} if path.suffix == ".html" else {}
    for found in extract_from_file(kind, path, keywords=KEYWORDS, options=options):
        yield found[1] if isinstance(found[1], str) else found[1][0]


def texts(message: Message) -> tuple[str, ...]:
    """Every form of a translation."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def ids(message: Message) -> tuple[str, ...]:
    """The English, singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def welsh(english: str) -> str:
    """The Welsh of a string without plurals; empty when there is none."""
    message = catalogue().get(english)
    return texts(message)[0] if message else ""


def lacking(strings: Iterator[str] | list[str]) -> list[str]:
    """Those without Welsh in every form."""
    found = ((one, catalogue().get(one)) for one in strings)
    return [one for one, message in found if message is None or not all(texts(message))]


def translated() -> list[Message]:
    """Every message that has Welsh."""
    return [one for one in catalogue() if one.id and any(texts(one))]


def cymraeg(client: FlaskClient, back: str = "/") -> str:
    """Presses "Cymraeg" and gives the page that one lands on."""
    reply = client.post("/language", data={"lang": "cy", "back": back})
    assert reply.status_code == 303
    assert reply.headers["Location"] == back
    page = client.get(back)
    assert page.status_code == 200
    return page.text


# ── the catalogue ──


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_string_of_a_participants_page_has_welsh(path: Path):
    assert lacking(english_of(path)) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_string_of_a_participants_form_has_welsh(form: type):
    found = extract("python", BytesIO(inspect.getsource(form).encode()), keywords=KEYWORDS)
    assert lacking([one[1] if isinstance(one[1], str) else one[1][0] for one in found]) == []


def test_every_label_that_participants_read_has_welsh():
    def in_english(value: object) -> Iterator[str]:
        for one in value.values() if isinstance(value, Mapping) else [value]:
            if isinstance(one, Mapping):
                yield from in_english(one)
            elif isinstance(one, LazyString):
                yield str(one)

    shown = [
        *(value for name, value in vars(labels).items() if name.isupper() and name not in STAFF_LABELS),
        *(research_labels.BECAME, research_labels.DONE, research_labels.ORIGINS, research_labels.JUDGEMENTS),
        *(value for name, value in vars(task_labels).items() if name.isupper() and name != "FILLINGS"),
        *(panel_labels.PROMPTS, panel_labels.STRENGTHS, panel_labels.VERDICTS, panel_labels.REVIEWS),
        *(panel_labels.SOURCE_KINDS, requests.QUESTIONS),
    ]
    assert len(shown) > 15
    assert lacking([text for value in [*shown, warnings.PERSONAL_DATA] for text in in_english(value)]) == []


def test_every_refusal_that_participants_can_meet_has_welsh():
    assert set(words.WORDS) >= STAFF_REFUSALS
    assert lacking([str(text) for code, text in words.WORDS.items() if code not in STAFF_REFUSALS]) == []


def test_the_welsh_keeps_every_placeholder_and_adds_none():
    def differs(message: Message) -> bool:
        wanted = {name for text in ids(message) for name in HOLE.findall(text)}
        return any(set(HOLE.findall(text)) != wanted for text in texts(message))

    assert len(translated()) > 400
    assert [one.id for one in translated() if differs(one)] == []


def test_the_welsh_brings_no_markup_of_its_own():
    def marks(text: str) -> set[str]:
        return set(re.findall(r'[<>&"]|%(?!\(\w+\)[sd])', text))

    bad = [one.id for one in translated() if any(marks(text) - marks("".join(ids(one))) for text in texts(one))]
    assert bad == []


def test_plurals_have_as_many_forms_as_the_header_says():
    assert catalogue().num_plurals == 5
    plurals = [one for one in translated() if not isinstance(one.id, str)]
    assert plurals
    assert [one.id for one in plurals if len(one.string) != 5 or not all(one.string)] == []


def test_the_catalogue_says_that_nobody_has_checked_it():
    head = CATALOGUE.read_text(encoding="utf-8").split('msgid "', 1)[0]
    assert "DRAFT: not checked by a person" in head
    assert not catalogue().fuzzy


def test_collecting_strings_again_keeps_the_header_and_the_welsh(tmp_path: Path):
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    copy = tmp_path / "cy" / "LC_MESSAGES" / "messages.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(CATALOGUE, copy)
    tool.collect(tmp_path)
    once = copy.read_text(encoding="utf-8")
    tool.collect(tmp_path)
    assert copy.read_text(encoding="utf-8") == once
    assert once.split("\n\n", 1)[0] == CATALOGUE.read_text(encoding="utf-8").split("\n\n", 1)[0]
    with copy.open("rb") as file:
        after = read_po(file, locale="cy")
    kept = [one for one in translated() if after.get(ids(one)[0])]
    assert len(kept) > 400
    assert [one.id for one in kept if texts(after.get(ids(one)[0])) != texts(one)] == []


# ── the pages ──


def test_choosing_cymraeg_shows_the_join_page_in_welsh_and_says_that_it_is_a_draft(client: FlaskClient):
    english = client.get("/join").text
    assert '<html lang="en"' in english
    assert "fm-draft" not in english
    page = cymraeg(client, "/join")
    assert '<html lang="cy"' in page
    assert f"{welsh('Join with a code')}</h1>" in page
    assert welsh("The Welsh on these pages is a draft. A person has not checked it yet.") in page
    assert "Join with a code" not in page


def test_a_refused_code_is_explained_in_welsh(client: FlaskClient):
    cymraeg(client, "/join")
    page = client.post("/join", data={"code": "WRONG"}).text
    assert welsh("There is a problem") in page
    assert welsh("We do not know this code. Look at it again, or ask the team.") in page


def test_a_missing_page_is_explained_in_welsh(client: FlaskClient):
    cymraeg(client)
    page = client.get("/nothing-here")
    assert page.status_code == 404
    assert welsh("Page not found") in page.text


def test_consent_is_asked_in_welsh_and_its_words_keep_their_language(client: FlaskClient):
    dialogue = make_dialogue(mode=DialogueMode.OPEN)
    be_participant(client, make_participant(dialogue, consented=False))
    page = cymraeg(client, f"/d/{dialogue.public_id}/before")
    assert '<html lang="cy"' in page
    assert f"{welsh('What we do with what you say')}</h1>" in page
    assert welsh("I have read this") in page
    assert 'class="fm-draft"' in page
    assert '<div lang="en">' in page


def test_what_is_next_is_shown_in_welsh_with_the_stages_title_in_its_language(client: FlaskClient):
    room = make_room(StageKind.VOTE, statements=1, stage={"minutes": 2})
    be_participant(client, room.participant)
    page = cymraeg(client, room.next)
    assert f"{welsh('Start')}</button>" in page
    assert 'lang="en">vote together</h1>' in page
    two = texts(catalogue().get("About %(num)s minute"))[2] % {"num": 2}
    assert two in page
    assert 'class="fm-draft"' in page


def test_the_vote_page_is_in_welsh_and_the_statement_in_its_own_language(client: FlaskClient):
    room = make_room(StageKind.VOTE, statements=2)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    page = cymraeg(client, room.at())
    assert '<html lang="cy"' in page
    for word in ("Cytuno", "Anghytuno", "Pasio"):
        assert f"{word}</button>" in page
    assert re.search(r'<h1 class="fm-statement"[^>]* lang="en">“Claim number', page)
    assert "Who sees this" not in page
    assert 'class="fm-draft"' in page


def test_the_browsers_choice_goes_before_the_language_of_the_dialogue(client: FlaskClient):
    room = make_room(StageKind.VOTE, statements=1, lang="cy")
    be_participant(client, room.participant)
    assert '<html lang="cy"' in client.get(room.next).text
    client.post("/language", data={"lang": "en", "back": room.next})
    assert '<html lang="en"' in client.get(room.next).text


def test_english_is_one_press_away_and_the_draft_notice_goes_with_the_welsh(client: FlaskClient):
    page = cymraeg(client, "/join")
    assert '<button class="fm-link" name="lang" value="en" lang="en">English</button>' in page
    client.post("/language", data={"lang": "en", "back": "/join"})
    page = client.get("/join").text
    assert '<html lang="en"' in page
    assert "Join with a code</h1>" in page
    assert "fm-draft" not in page


@pytest.mark.parametrize("address", ["/", "/join", "/return", "/help", "/accessibility", "/pause"])
def test_an_open_page_has_no_english_left(client: FlaskClient, address: str):
    def sentences(page: str) -> set[str]:
        return {text.strip() for text in re.findall(r">([^<>]{12,})<", page[page.index("<body") :])}

    english = sentences(client.get(address).text)
    assert english
    assert sentences(cymraeg(client, address)) & english == set()


def test_a_question_says_which_language_it_is_in(client: FlaskClient):
    room = make_room(StageKind.SURVEY)
    heard = {"default": "Did you feel heard?", "cy": "Oeddech chi’n teimlo bod rhywun yn gwrando?"}
    elements = [
        {"type": "boolean", "name": "heard", "title": heard},
        {"type": "comment", "name": "why", "title": "Why do you think so?"},
    ]
    definition = {"pages": [{"name": "one", "elements": elements}]}
    asked = saved(Questionnaire(dialogue_id=room.dialogue.id, key="q", title="Q", definition=definition))
    with transaction() as session:
        session.get_one(Stage, room.stage.id).questionnaire_id = asked.id
    be_participant(client, room.participant)
    page = cymraeg(client, room.at("/questions/1"))
    assert f'lang="cy">{heard["cy"]}</legend>' in page
    assert 'lang="en">Why do you think so?</label>' in page
    assert f"{welsh('Send your answers')}</button>" in page


def test_a_file_of_the_terms_is_in_the_language_of_the_document(app: Flask):
    voted = make_voted(people=2)
    clause_on(voted, text="Tell us what you did.")
    with force_locale("cy"):
        heading = str(gettext("Annex A: the evidence under each clause"))
        found = [part.text for part in parts(terms_document(voted.dialogue))]
    assert heading == welsh("Annex A: the evidence under each clause")
    assert "Annex A: the evidence under each clause" in found
    assert heading not in found
