"""Charts as plotly figures in JSON: the opinion map (dots for analysts, areas for others) and agreement bars."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

import numpy as np
import plotly.graph_objects as go

from analysis.frames import Id
from analysis.matrix import Floats
from analysis.results import ParticipantResult, Result, StatementResult

GROUP_COLOURS = ("#005eb8", "#d5281b", "#007f3b", "#7c2855", "#ed8b00")
"""NHS blue, red, green, plum and orange; each group also has its own sign, so colour never stands alone."""
GROUP_SIGNS = ("circle", "square", "diamond", "triangle-up", "cross")
AGREE, PASS, DISAGREE = "#005eb8", "#aeb7bd", "#ed8b00"
"""Blue, grey and orange: told apart with every common colour blindness, and when printed grey."""
INK, GREY, LINE = "#212b32", "#4c6272", "#d8dde0"
FONT = {"family": "Arial, sans-serif", "size": 16, "color": INK}
X_WORDS = "Main difference in how people voted"
Y_WORDS = "Second difference in how people voted"


def opinion_map_dots(result: Result, *, title: str, x_words: str = X_WORDS, y_words: str = Y_WORDS) -> str:
    """The map with one dot a person, for analysts only. Hovering says the group and number of votes, no id."""
    figure = go.Figure()
    for place, group in enumerate([*(one.label for one in result.groups), None]):
        people = [one for one in result.participants if one.group == group]
        if not people:
            continue
        name = "In no group" if group is None else f"Group {group}"
        colour = GREY if group is None else GROUP_COLOURS[place % len(GROUP_COLOURS)]
        figure.add_trace(
            go.Scatter(
                x=[one.x for one in people],
                y=[one.y for one in people],
                mode="markers",
                name=f"{name} ({len(people)})",
                marker={
                    "color": colour,
                    "symbol": "x" if group is None else GROUP_SIGNS[place % len(GROUP_SIGNS)],
                    "size": 9,
                    "opacity": 0.75,
                },
                text=[f"{name}, {one.votes} votes" for one in people],
                hoverinfo="text",
            )
        )
    return _finished(figure, title, x_words, y_words)


def opinion_map_areas(
    result: Result,
    *,
    title: str,
    least: int = 5,
    sizes: Mapping[str, str] | None = None,
    x_words: str = X_WORDS,
    y_words: str = Y_WORDS,
) -> str:
    """The map with one area a group and nobody's place on it, for participants and the public.

    An area is an oval about the middle half of a group, so no corner of it is a person. Groups of fewer than
    `least` are not drawn. `sizes` are the words shown for each group's size (rounded by the caller), if any.
    """
    figure = go.Figure()
    for place, group in enumerate(result.groups):
        people = [one for one in result.participants if one.group == group.label]
        if len(people) < max(least, 3):
            continue
        outline = _oval(people)
        size = (sizes or {}).get(group.label)
        figure.add_trace(
            go.Scatter(
                x=[x for x, _ in outline],
                y=[y for _, y in outline],
                mode="lines",
                fill="toself",
                opacity=0.6,
                name=f"Group {group.label}" + (f" ({size})" if size else ""),
                line={
                    "color": GROUP_COLOURS[place % len(GROUP_COLOURS)],
                    "width": 3,
                    "dash": ("solid", "dash", "dot", "dashdot", "longdash")[place % 5],
                },
                hoverinfo="name",
            )
        )
        figure.add_annotation(
            x=round(group.x, 1), y=round(group.y, 1), text=group.label, showarrow=False,
            font={"size": 22, "weight": "bold"},  # markup in the text would be an inline style
        )
    return _finished(figure, title, x_words, y_words)


def agreement_bars(
    statements: Sequence[StatementResult],
    *,
    title: str,
    labels: Mapping[Id, str],
    words: tuple[str, str, str] = ("Agree", "Pass", "Disagree"),
    x_words: str = "Number of people",
) -> str:
    """One bar a statement, in the order given: how many agree, pass and disagree. `labels` name statements."""
    figure = go.Figure()
    names = [labels.get(one.id, str(one.id)) for one in statements]
    counts = ([s.agree for s in statements], [s.passed for s in statements], [s.disagree for s in statements])
    colours, patterns = (AGREE, PASS, DISAGREE), ("", "", "/")
    for word, values, colour, pattern in zip(words, counts, colours, patterns, strict=True):
        figure.add_trace(
            go.Bar(
                y=list(range(len(names))),
                x=values,
                orientation="h",
                name=word,
                marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": INK, "solidity": 0.15}},
                text=[str(value) if value else "" for value in values],
                textposition="inside",
                textfont={"color": "#ffffff" if colour == AGREE else INK},
                hovertext=[f"{name}: {word} {value}" for name, value in zip(names, values, strict=True)],
                hoverinfo="text",
            )
        )
    figure.update_layout(barmode="stack", height=max(320, 150 + 44 * len(names)))
    figure.update_yaxes(tickvals=list(range(len(names))), ticktext=names, autorange="reversed", automargin=True)
    return _finished(figure, title, x_words, "", bars=True)


def _oval(people: Sequence[ParticipantResult]) -> list[tuple[float, float]]:
    """An ellipse round the middle half of the people, as 48 points rounded to a tenth."""
    points: Floats = np.array([(one.x, one.y) for one in people])
    middle = np.median(points, axis=0)
    near = points[np.argsort(((points - middle) ** 2).sum(axis=1), kind="stable")[: max(3, (len(points) + 1) // 2)]]
    centre = near.mean(axis=0)
    spread = np.cov(near.T) + np.eye(2) * 1e-3
    values, vectors = np.linalg.eigh(spread)
    radii = np.maximum(2.0 * np.sqrt(values), 0.2)
    angles = [2 * pi * step / 48 for step in range(49)]
    ring = [centre + vectors @ (radii * np.array([cos(a), sin(a)])) for a in angles]
    return [(round(float(x), 1), round(float(y), 1)) for x, y in ring]


def _finished(figure: go.Figure, title: str, x_words: str, y_words: str, *, bars: bool = False) -> str:
    figure.update_layout(
        title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 20}},
        font=FONT,
        template="none",
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        legend={"orientation": "h", "y": -0.2, "x": 0, "traceorder": "normal"},
        margin={"l": 60, "r": 20, "t": 70, "b": 90},
        showlegend=True,
    )
    figure.update_xaxes(title={"text": x_words}, gridcolor=LINE, zerolinecolor=GREY, showticklabels=bars)
    figure.update_yaxes(gridcolor=LINE, zerolinecolor=GREY)
    if not bars:
        figure.update_layout(height=560)
        figure.update_yaxes(title={"text": y_words}, showticklabels=False)
    return str(figure.to_json(engine="json"))
