"""Empty and wrong forms: a page that says what to do, keeps what was typed, and has no violation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page

from deliberation.roles import Role
from tests.browser.conftest import Watched, axe_violations, bring_axe, open_in, sideways_scroll
from tests.browser.living import Living

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)
LONG = "Far too long. " * 400


@dataclass(frozen=True)
class Wrong:
    """A form filled in wrongly. `page` and `form` are endings of addresses below the dialogue's (or from the root).

    `typed`: text fields by name; `picked`: radios and checkboxes by name and value; `chosen`: selects. `status`: of
    the answer; `extra`: hidden values to send, for what no button offers.
    """

    page: str
    form: str
    typed: dict[str, str] = field(default_factory=dict)
    picked: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    status: int = 422

    def __str__(self) -> str:
        return f"{self.form} {'with wrong words' if self.typed or self.picked else 'empty'}"


STRANGER = [
    Wrong("//join", "/join"),
    Wrong("//join", "/join", {"code": "ABCD-EFGH"}),
    Wrong("//return", "/return"),
    Wrong("//return", "/return", {"code": "K7QM-2XHD-9ABC"}),
    Wrong("//sign-in", "/sign-in"),
    Wrong("//sign-in", "/sign-in", {"email": "nobody@example.org"}),
]
PARTICIPANT = [
    Wrong("/leave", "/leave"),
    Wrong("{vote}/say", "/say"),
    Wrong("{vote}/say", "/say", {"text": LONG}),
    Wrong("{discuss}?at=1", "/comment"),
    Wrong("{discuss}?at=1", "/comment", {"text": LONG}),
    Wrong("{rate}", "{rate}", {"reason": "I am not sure yet."}),
    Wrong("{rate}", "{rate}", {"reason": LONG}, {"rating": "support", "acceptance": "could_not"}),
    Wrong("{compare}/combination", "/combination"),
    Wrong("{compare}/combination", "/combination", {"reason": "So far."}, {"who_decides": "each_person"}),
    Wrong("/permissions", "/permissions", extra={"digest": "other words"}),
]
NEWCOMER = [Wrong("/before", "/before", extra={"digest": "other words"})]
FACILITATOR = [
    Wrong("//dialogues/new", "/dialogues/new"),
    Wrong("//dialogues/new", "/dialogues/new", {"question": "Who decides?"}, {"kit": "blank"}),
    Wrong("/edit", "/edit", {"title": "", "welcome": "Be kind."}),
    Wrong("/sessions/new", "/sessions/new"),
    Wrong("/sessions/new", "/sessions/new", {"title": "", "summary": "To look back.", "minutes": "-5"}),
    Wrong("{stage_edit}", "/edit", {"title": "", "intro": "Some words."}),
    Wrong("{stage_new}", "/stages/new", {"intro": "Some words."}),
    Wrong("/statements/new", "/statements/new"),
    Wrong("/statements/new", "/statements/new", {"texts": f"Short.\n{LONG}"}),
    Wrong("/materials/new", "/materials/new"),
    Wrong("/materials/new", "/materials/new", {"title": "", "body": "Read this.", "minutes": "9999"}),
    Wrong("/models/new", "/models/new"),
    Wrong("/models/new", "/models/new", {"plain": "A group decides.", "fact_who_decides": "A group."}),
    Wrong("/glossary", "/glossary"),
    Wrong("/glossary", "/glossary", {"term": "", "definition": "A thing that is explained."}),
    Wrong("/people", "/people"),
    Wrong("/people", "/people", {"name": "Example Person", "email": "no address"}),
    Wrong("/people/many", "/people/many"),
    Wrong("/people/many", "/people/many", {"lines": "Example Person, x@example.org\nAnother, broken@"}),
    Wrong("/staff", "/staff"),
    Wrong("/staff", "/staff", {"email": "nobody@example.org"}),
    Wrong("/sessions", "/move", extra={"move": "reopen"}, status=409),
]
ANALYST = [
    Wrong("/findings/new", "/findings/new"),
    Wrong("/findings/new", "/findings/new", {"text": "People agree.", "limits": "Few voted."}),
    Wrong("//password", "/password"),
    Wrong("//password", "/password", {}, extra={"old": "not this one", "new": "short"}),
]
COMMISSIONER = [
    Wrong("/terms", "/clause"),
    Wrong("{clause}", "/reword", {"text": ""}),
    Wrong("{clause}", "/reword", {"text": "A panel looks first."}),
    Wrong("{clause}", "/link", {"why": "It is here already."}),
]
ADMINISTRATOR = [
    Wrong("//accounts", "/accounts"),
    Wrong("//accounts", "/accounts", {"email": "no address", "display_name": "Ana"}),
]
CASES = [
    *(("stranger", case) for case in STRANGER),
    *(("newcomer", case) for case in NEWCOMER),
    *(("participant", case) for case in PARTICIPANT),
    *(("facilitator", case) for case in FACILITATOR),
    *(("analyst", case) for case in ANALYST),
    *(("commissioner", case) for case in COMMISSIONER),
    *(("administrator", case) for case in ADMINISTRATOR),
]


@pytest.fixture(scope="module")
def comes(living, chromium) -> Iterator[Callable[[str], Watched]]:
    """`comes("facilitator")`: the browser of such a person, the same one for all forms: a refused one keeps nothing."""
    known: dict[str, Watched] = {}

    def make(who: str) -> Watched:
        if who not in known:
            known[who] = open_in(chromium, address=living.server.address)
            bring_axe(known[who].page.context)
            _be(living, known[who].page, who)
        known[who].faults.clear()
        known[who].page.set_viewport_size({"width": 1280, "height": 900})
        return known[who]

    yield make
    for watched in known.values():
        watched.page.context.close()


@pytest.mark.parametrize(("who", "case"), CASES, ids=[f"{who}: {case}" for who, case in CASES])
def test_a_wrong_form_comes_back_with_what_was_typed_and_what_to_do(living, comes, who, case):
    watched = comes(who)
    page = watched.page
    page.goto(_address(living, case.page))
    selector = f'main form[action$="{case.form.format(**living.places)}"]'
    form = _fill(page.locator(selector).first, case)
    with page.expect_response(lambda reply: reply.request.method == "POST") as answer:
        form.locator("button:not([type=button])").last.click()
    page.wait_for_load_state()
    assert answer.value.status == case.status
    assert page.locator(".nhsuk-error-summary").count() == 1, "no error summary"
    assert _dead_links(page) == []
    if case.status == 422 and not case.extra:
        assert _lost(page.locator(selector), case) == []
    assert _problems(page) + watched.faults == []


def test_words_sent_when_a_part_has_closed_are_shown_again_to_be_copied(living, open_page):
    page = open_page(375, address=living.server.address).page
    living.participant(page)
    page.goto(_address(living, "{discuss}?at=1"))
    page.locator("[name=text]").fill("I thought about this for ten minutes.\nAnd then about that.")
    with living.closed("discuss"), page.expect_response(lambda reply: reply.request.method == "POST") as answer:
        page.get_by_role("button", name="Send", exact=True).click()
    assert answer.value.status == 409
    for words in ("I thought about this for ten minutes.", "And then about that."):
        assert page.locator("blockquote").get_by_text(words).count() == 1
    assert _problems(page) == []


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [
        ("stranger", "//no-such-page", 404),
        ("participant", "//d/00000000-0000-7000-8000-000000000000", 404),
        ("facilitator", "//accounts", 403),
        ("stranger", "//join/no-such-link", 404),
    ],
)
def test_pages_that_refuse_have_no_violation(living, comes, who, where, status):
    watched = comes(who)
    reply = watched.page.goto(_address(living, where))
    assert reply is not None
    assert reply.status == status
    assert watched.page.locator("main a").count() >= 1, "no way out"
    assert _problems(watched.page) + watched.faults == []


def _problems(page: Page) -> list[str]:
    """What axe finds, and sideways scroll, at both widths."""
    problems = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        problems += [f"at {width}: {line}" for line in axe_violations(page)]
        if sideways_scroll(page) > 0:
            problems.append(f"at {width}: scrolls sideways by {sideways_scroll(page)}")
    return problems


def _be(living: Living, page: Page, who: str) -> None:
    if who in ("participant", "newcomer"):
        living.participant(page, consented=who == "participant")
    elif who != "stranger":
        living.staff(page, Role(who))


def _address(living: Living, where: str) -> str:
    if where.startswith("//"):
        return living.server.address + where[1:]
    named = {**living.stages, **living.places}
    filled = where.format(**named)
    return living.server.address + (filled if filled.startswith("/d/") else living.path + filled)


def _fill(form: Locator, case: Wrong) -> Locator:
    form.page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    for name, words in case.typed.items():
        form.locator(f'[name="{name}"]').fill(words)
    for name, value in case.picked.items():
        form.locator(f'[name="{name}"][value="{value}"]').check()
    for name, value in case.chosen.items():
        form.locator(f'select[name="{name}"]').select_option(value)
    for name, value in case.extra.items():
        form.locator(f'[name="{name}"]').evaluate("(field, value) => { field.value = value }", value)
    return form


def _lost(form: Locator, case: Wrong) -> list[str]:
    """Names of fields that no longer hold what was typed or picked."""
    lost = []
    for name, words in case.typed.items():
        fields = form.locator(f'[name="{name}"]')
        values = [fields.nth(place).input_value() for place in range(fields.count())]
        if words.replace("\r\n", "\n") not in values:
            lost.append(name)
    lost += [
        name
        for name, value in case.picked.items()
        if not form.locator(f'[name="{name}"][value="{value}"]').first.is_checked()
    ]
    return lost


def _dead_links(page: Page) -> list[str]:
    """Links of the error summary that lead to no field."""
    return page.eval_on_selector_all(
        ".nhsuk-error-summary a[href^='#']",
        "links => links.map(a => a.getAttribute('href')).filter(id => !document.getElementById(id.slice(1)))",
    )
