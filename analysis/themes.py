"""Draft themes: comments and statements that use the same words, each placed in a theme or in "other"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy import sparse

from analysis.frames import Id
from analysis.kmeans import best_partition, silhouette
from analysis.later import Later
from analysis.matrix import Floats, Ints
from analysis.results import Theme, ThemeMember, Themes
from analysis.words import folded, parts, terms

features_of = Later("sklearn.feature_extraction.text")
linalg = Later("scipy.sparse.linalg")

OTHER = "other"
PART_WEIGHT = 0.35
"""Weight of parts of words beside whole words; as the hybrid of reference/themes gives the weaker signal."""
DIMENSIONS = 40
LEAST_STRENGTH = 0.15
"""A text less like its theme's middle than this is placed in "other"."""
MAX_SILHOUETTE_TEXTS = 1500
EXEMPLARS = 3
TERMS = 6


@dataclass(frozen=True)
class Text:
    """A text to be placed: `kind` is comment or statement."""

    kind: str
    id: Id
    text: str


def draft_themes(
    texts: Sequence[Text], *, seed: int, min_texts: int = 6, max_themes: int = 12, starts: int = 10
) -> Themes:
    """Themes of the texts, the largest first; every text is in exactly one theme or in "other".

    TF-IDF of words and of parts of words, leading components, then k-means by direction, with the number of
    themes chosen by silhouette. Exact repeats shape a theme once and are all placed. These are drafts: a
    person names, changes and finishes themes.
    """
    ordered = sorted(texts, key=lambda one: (one.kind, isinstance(one.id, str), one.id))
    unique = sorted({folded(one.text).strip() for one in ordered})
    if len(unique) < min_texts:
        return Themes((), "too_few_texts")
    features = _features(unique)
    if features is None:
        return Themes((), "no_words")
    points = _reduced(features)
    worded = np.flatnonzero((points**2).sum(axis=1) > 0)
    if len(worded) < min_texts:
        return Themes((), "no_words")
    labels = _clusters(points[worded], max_themes, starts, np.random.default_rng(seed))
    if labels is None:
        return Themes((), "no_difference")
    strength = _strengths(points[worded], labels)
    placed = {unique[w]: (int(g), float(s)) for w, g, s in zip(worded, labels, strength, strict=True)}
    return Themes(_collected(ordered, placed))


def key_terms(texts: Mapping[str, Sequence[str]], *, count: int = TERMS) -> dict[str, tuple[str, ...]]:
    """The words that set each theme's texts apart from the other themes' (label -> terms, best first).

    log-odds ln((own + .02) / (others + .02)) * sqrt(own) of the shares of texts holding a term; a term must
    stand in two texts, so that no single person's wording names a theme. Source: reference/themes, section 3.
    """
    shares: dict[str, dict[str, float]] = {}
    often: dict[str, Counter[str]] = {}
    for label, group in texts.items():
        often[label] = Counter(term for text in {folded(one) for one in group} for term in set(terms(text)))
        size = max(1, len({folded(one) for one in group}))
        shares[label] = {term: number / size for term, number in often[label].items()}
    everywhere = Counter[str]()
    for counted in often.values():
        everywhere.update(counted)
    named = {}
    for label, own in shares.items():
        others = [share for name, share in shares.items() if name != label]
        scored = []
        for term, share in own.items():
            if everywhere[term] < 2:
                continue
            rest = sum(other.get(term, 0.0) for other in others) / max(1, len(others))
            score = log((share + 0.02) / (rest + 0.02)) * sqrt(share)
            if score > 0:
                scored.append((-score, -len(term), term))
        named[label] = _without_overlap([term for _, _, term in sorted(scored)], count)
    return named


def _without_overlap(ranked: Sequence[str], count: int) -> tuple[str, ...]:
    chosen: list[str] = []
    for term in ranked:
        if len(chosen) == count:
            break
        if not any(term in other or other in term for other in chosen):
            chosen.append(term)
    return tuple(chosen)


def _features(texts: Sequence[str]) -> sparse.csr_matrix | None:
    blocks = []
    for analyser, weight in ((terms, 1.0), (parts, PART_WEIGHT)):
        least = 2 if len(texts) >= 20 else 1
        try:
            model = features_of.TfidfVectorizer(analyzer=analyser, min_df=least, max_df=0.5, sublinear_tf=True)
            blocks.append(model.fit_transform(texts) * weight)
        except ValueError:  # scikit-learn's word for "no term is left"
            continue
    return sparse.csr_matrix(sparse.hstack(blocks)) if blocks else None


def _reduced(features: sparse.csr_matrix) -> Floats:
    """Texts on the leading components of their features, each scaled to length 1 (m x d)."""
    wanted = min(DIMENSIONS, min(features.shape) - 1)
    if wanted < 2:
        points: Floats = features.toarray()
    else:
        left, values, _ = linalg.svds(features, k=wanted, v0=np.linspace(1.0, 2.0, min(features.shape)))
        order = np.argsort(-values, kind="stable")
        points = left[:, order] * values[order]
    length = np.sqrt((points**2).sum(axis=1))
    result: Floats = np.where(length[:, None] > 1e-9, points / np.maximum(length, 1e-9)[:, None], 0.0)
    return result


def _clusters(points: Floats, max_themes: int, starts: int, rng: np.random.Generator) -> Ints | None:
    size = len(points)
    sample = np.arange(size)
    if size > MAX_SILHOUETTE_TEXTS:
        sample = np.sort(rng.choice(size, MAX_SILHOUETTE_TEXTS, replace=False))
    distances = np.maximum(1.0 - points[sample] @ points[sample].T, 0.0)
    np.fill_diagonal(distances, 0.0)
    best: tuple[float, Ints] | None = None
    for k in range(2, min(max_themes, size // 3) + 1):
        partition = best_partition(points, k, starts=starts, min_size=1, rng=rng)
        if partition is None:
            continue
        score = silhouette(distances, partition.labels[sample])
        if best is None or score > best[0] + 1e-9:
            best = (score, partition.labels)
    return None if best is None or best[0] <= 0 else best[1]


def _strengths(points: Floats, labels: Ints) -> Floats:
    centres = np.stack([points[labels == g].mean(axis=0) for g in range(int(labels.max()) + 1)])
    length = np.sqrt((centres**2).sum(axis=1))
    centres = centres / np.maximum(length, 1e-9)[:, None]
    result: Floats = np.clip((points * centres[labels]).sum(axis=1), 0.0, 1.0)
    return result


def _collected(texts: Sequence[Text], placed: Mapping[str, tuple[int, float]]) -> tuple[Theme, ...]:
    members: dict[int, list[ThemeMember]] = {}
    words: dict[int, list[str]] = {}
    other: list[ThemeMember] = []
    for one in texts:
        group, strength = placed.get(folded(one.text).strip(), (-1, 0.0))
        # Rounded: a snapshot should not differ over the last bit of a cosine.
        member = ThemeMember(one.kind, one.id, round(strength, 9))
        if group < 0 or strength < LEAST_STRENGTH:
            other.append(member)
            continue
        members.setdefault(group, []).append(member)
        words.setdefault(group, []).append(one.text)
    for group in [g for g in members if len(members[g]) == 1]:
        other.extend(members.pop(group))
        words.pop(group)
    order = sorted(members, key=lambda g: (-len(members[g]), _place(members[g][0])))
    names = {g: f"T{place}" for place, g in enumerate(order, start=1)}
    named = key_terms({names[g]: words[g] for g in order})
    themes = [_theme(names[g], members[g], named[names[g]]) for g in order]
    if other:
        themes.append(_theme(OTHER, other, ()))
    return tuple(themes)


def _place(member: ThemeMember) -> tuple[str, bool, Id]:
    return (member.kind, isinstance(member.id, str), member.id)


def _theme(label: str, members: list[ThemeMember], named: tuple[str, ...]) -> Theme:
    ranked = tuple(sorted(members, key=lambda one: (-one.strength, _place(one))))
    exemplars = () if label == OTHER else ranked[:EXEMPLARS]
    return Theme(label=label, members=ranked, exemplars=exemplars, terms=named)
