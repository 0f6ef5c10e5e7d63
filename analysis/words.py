"""Texts to features: words, word pairs and parts of words, in scripts with and without spaces."""

import re
import unicodedata
from functools import cache

from analysis.later import Later

_ENGLISH = "don didn doesn isn aren wasn won just really think should would could like"
_WELSH = """
a ac ag ai am ar arall at bod bydd byddai cael chi chwi dan dim dros dwi eich ein ei eu ef er fe fel fod
fy fyddai gan gyda gyfer gallu gall hefyd hi hon hwn hyn hynny i iawn ichi ie iddi iddo iddyn inni mae
maen mai mewn mi minnau mwy na nac nad ni nid o oddi oedd oes ond os pan pob pobl rhag rhai rwy rwyf rydw
rydym sy sydd syn trwy ti un wedi wrth y ydi ydw ydy ydym yma yn yna yr yw
"""
features_of = Later("sklearn.feature_extraction.text")
_FUNCTION_SIGNS = frozenset(
    "的了是在和與与或也都而及就不有我你他她它們们這这那個个之於于以為为因所被把對对到要會会可能很更最嗎吗呢吧啊一"
)
_RUNS = re.compile("(?P<run>[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+)|(?P<word>[^\\W_]+)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


@cache
def stop_words() -> frozenset[str]:
    """English and Welsh words that say nothing by themselves."""
    return frozenset(features_of.ENGLISH_STOP_WORDS) | frozenset(f"{_ENGLISH} {_WELSH}".split())


def folded(text: str) -> str:
    """The text in one normal form, lower case, without addresses."""
    return _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)).casefold().replace("’", "'")


def terms(text: str) -> list[str]:
    """Words and pairs of neighbouring words; for scripts without spaces, every two and three signs."""
    found: list[str] = []
    before: str | None = None
    for match in _RUNS.finditer(folded(text)):
        run = match.group("run")
        if run is not None:
            before = None
            found.extend(_sign_groups(run))
            continue
        word = match.group("word")
        if len(word) < 2 or word in stop_words() or word.isdigit():
            before = None
            continue
        found.append(word)
        if before is not None:
            found.append(f"{before} {word}")
        before = word
    return found


def parts(text: str) -> list[str]:
    """Parts of three to five letters of each spaced word: they join forms such as Welsh mutations."""
    found: list[str] = []
    for match in _RUNS.finditer(folded(text)):
        word = match.group("word")
        if word is None or word in stop_words() or len(word) < 3:
            continue
        padded = f" {word} "
        for size in (3, 4, 5):
            found.extend(padded[i : i + size] for i in range(len(padded) - size + 1))
    return found


def _sign_groups(run: str) -> list[str]:
    groups = [run[i : i + size] for size in (2, 3) for i in range(len(run) - size + 1)]
    return [group for group in groups if not _FUNCTION_SIGNS.intersection(group)]
