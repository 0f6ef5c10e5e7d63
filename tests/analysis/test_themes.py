"""Draft themes: texts about one thing come together, and every text is placed."""

from analysis.themes import Text, draft_themes, key_terms

HOSPITAL = [
    "The hospital should publish who used our scans",
    "Hospital staff must publish a list of scans they shared",
    "I want the hospital to tell me when scans are shared",
    "Scans shared by a hospital need a public list",
]
MONEY = [
    "Companies should pay money for access to data",
    "Money from companies should go back to the health service",
    "If companies make money they must share the money",
    "Companies that earn money from data should pay more",
]
TEXTS = HOSPITAL + MONEY
CHINESE = [
    "計程車司機的收入減少",
    "計程車司機需要保障",
    "計程車司機的車資太低",
    "乘客保險應該要有",
    "保險公司要賠乘客",
    "乘客需要保險",
]
WELSH = [
    "Rhaid i'r ysbyty ofyn am ganiatâd cleifion",
    "Dylai ysbyty gael caniatâd pob claf",
    "Caniatâd cleifion sydd bwysicaf i'r ysbyty",
    "Mae arian cwmnïau yn bwysig",
    "Dylai cwmnïau dalu arian",
    "Arian y cwmnïau i'r gwasanaeth iechyd",
]


def _texts(words: list[str]) -> list[Text]:
    return [Text("comment", i, text) for i, text in enumerate(words)]


def _home(words: list[str], **settings: int) -> dict[int, str]:
    themes = draft_themes(_texts(words), seed=0, **settings).themes
    return {int(member.id): theme.label for theme in themes for member in theme.members}


def test_texts_about_two_things_make_two_themes() -> None:
    home = _home(TEXTS, max_themes=2)
    assert {home[i] for i in range(4)} != {home[i] for i in range(4, 8)}
    assert len({home[i] for i in range(4)}) == len({home[i] for i in range(4, 8)}) == 1


def test_chinese_and_welsh_texts_are_told_apart_too() -> None:
    for words in (CHINESE, WELSH):
        home = _home(words, max_themes=2)
        assert [home[i] == home[0] for i in range(6)] == [True] * 3 + [False] * 3


def test_key_terms_name_a_theme() -> None:
    named = key_terms({"T1": HOSPITAL, "T2": MONEY})
    assert "companies" in " ".join(named["T2"])
    assert "scans" in " ".join(named["T1"])
    assert key_terms({"T1": CHINESE[:3], "T2": CHINESE[3:]})["T2"][0] in {"保險", "乘客"}


def test_a_word_only_one_text_uses_never_names_a_theme() -> None:
    named = key_terms({"T1": ["My neighbour Llewelyn has scans", "scans again"], "T2": MONEY})
    assert not any("llewelyn" in term for term in named["T1"])


def test_every_text_is_placed_once() -> None:
    words = [*TEXTS, "", "!!!", "zzz", TEXTS[0]]
    home = _home(words)
    assert sorted(home) == list(range(len(words)))
    assert home[8] == home[9] == "other"
    assert home[11] == home[0]


def test_few_texts_give_no_themes_and_the_reason() -> None:
    assert draft_themes(_texts(TEXTS[:5]), seed=0).reason == "too_few_texts"
    assert draft_themes(_texts([TEXTS[0]] * 30), seed=0).reason == "too_few_texts"


def test_texts_without_words_give_no_themes_and_the_reason() -> None:
    assert draft_themes(_texts(["!", "?", "...", "1 2", "--", "+", "%"]), seed=0).reason == "no_words"


def test_themes_do_not_depend_on_the_order_of_texts() -> None:
    one = draft_themes(_texts(TEXTS), seed=0)
    assert draft_themes(_texts(TEXTS)[::-1], seed=0) == one


def test_comments_and_statements_with_the_same_id_are_kept_apart() -> None:
    both = _texts(TEXTS) + [Text("statement", i, text) for i, text in enumerate(reversed(TEXTS))]
    placed = [(m.kind, m.id) for theme in draft_themes(both, seed=0).themes for m in theme.members]
    assert len(placed) == len(set(placed)) == 16


def test_exemplars_are_the_strongest_members() -> None:
    for theme in draft_themes(_texts(TEXTS), seed=0).themes:
        assert theme.exemplars in (theme.members[:3], ())
        assert [m.strength for m in theme.members] == sorted((m.strength for m in theme.members), reverse=True)
