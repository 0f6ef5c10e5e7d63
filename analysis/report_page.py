"""The report of an analysis as one HTML file that needs no network: for each figure one sentence, a chart, a table."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from plotly.offline import get_plotlyjs

from analysis.charts import agreement_bars, opinion_map_dots
from analysis.frames import Id
from analysis.results import Result, StatementResult

MAY_BE_CHANCE = 0.1
STYLE = """body{font:1.1rem/1.5 Arial,sans-serif;color:#212b32;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border-bottom:1px solid #aeb7bd;padding:.4rem;
text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:bold}
.fig{min-height:20rem}.wide{overflow-x:auto}@media print{.fig{break-inside:avoid}}"""
DRAW = """document.querySelectorAll('.fig').forEach(function(b){var f=JSON.parse(b.nextElementSibling.textContent);
Plotly.newPlot(b,f.data,f.layout,{responsive:true,displayModeBar:false})})"""
VERDICTS = {
    "groups": "People fall into {n} groups by how they voted, more clearly than chance and than one crowd would make.",
    "axis_only": "People differ along a line, by degrees. They do not fall into separate groups.",
    "one_group": "There is one group: differences are no larger than chance would make.",
    "too_few": "Too few people have voted enough to look for groups.",
    "given": "The {n} groups came from outside; whether people vote by them was not tested.",
    "untested": "The method made {n} groups; whether chance would make them too was not tested.",
}
SURE = {
    "stable": "stable: they come again when other people like these are drawn",
    "tentative": "tentative: they may not come again with other people like these",
    "not_distinguishable": "not distinguishable: they do not come again with other people like these",
}
METHODS = (
    ("Share and interval", "agree / voted, with the 95 % Jeffreys interval: how far luck may put it off."),
    ("Groups", "k-means on the opinion map, told only where they beat votes dealt anew and one simulated crowd."),
    ("Stability", "the map and groups made again from people drawn again, 100 times."),
    ("Brings together", "shares of everybody clearly above half; bridging is the lowest welcome in any group."),
    ("Divides", "the mean difference of the groups' shares agreeing."),
    ("Slate", "method of equal shares: each tenth, fifth or half of the people gets its part of the list."),
)  # fmt: skip


def report_page(result: Result, texts: Mapping[Id, str], *, title: str) -> str:
    """The page. `texts` are the words of statements; every text is escaped. Equal results give equal bytes."""
    known = {one.id: one for one in result.statements}
    parts = [
        f"<p><strong>For analysts: each sign on the map is one person.</strong> {len(result.participants):,} people "
        f"cast {result.votes:,} votes on {len(result.statements):,} statements. Numbers are about those who took "
        "part.</p>",
        _map(result),
        _together(result, known, texts),
        _listing("What divides", "Groups differ most on the first of these.", _dividing(result), texts),
        _listing(
            "What people are unsure about",
            "People pass on these clearly more often than on others.",
            [known[one.statement] for one in result.unsure],
            texts,
        ),
        _listing(
            "Minority views held strongly",
            "Few hold these, and they matter a lot to those who do.",
            [known[one.statement] for one in result.minority],
            texts,
        ),
        _slate(result, texts),
        _how_sure(result, texts),
        _left_out(result),
        _resistance(result),
        "<h2>Methods</h2><ul>" + "".join(f"<li><b>{a}</b>: {escape(b)}</li>" for a, b in METHODS) + "</ul>",
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}: what people said</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body><main>'
        f"<h1>{escape(title)}: what people said</h1>{''.join(parts)}</main>"
        f"<script>{get_plotlyjs()}</script><script>{DRAW}</script></body></html>\n"
    )


def _map(result: Result) -> str:
    structure = result.structure
    said = VERDICTS[structure.verdict].format(n=structure.groups)
    if structure.stability_word:
        said += f" {structure.tried} groups are {SURE[structure.stability_word]}."
    rows = [[one.label, one.size, one.stability_word or "not asked", one.stability] for one in result.groups]
    drawn = opinion_map_dots(result, title="People who voted alike are near each other")
    chart = _chart(drawn, "Opinion map of people")
    tests = [
        ["Main axis against votes dealt anew", structure.axis_p],
        ["Groups against votes dealt anew", structure.dealt_p],
        ["Groups against one crowd", structure.cloud_p],
    ]
    return (
        f"<h2>Opinion map and groups</h2><p>{said}</p>{chart if result.participants else ''}"
        + _table("Groups", ("Group", "People", "Comes again", "Median overlap"), rows)
        + _table("How often chance did as well (1 where not asked)", ("Question", "p"), tests)
        + "".join(_apart(result, g) for g in range(len(result.representative)))
    )


def _apart(result: Result, place: int) -> str:
    part = result.representative[place]
    rows = [
        [one.statement, one.direction, one.score, one.q_value,
         "could be chance" if one.q_value is None or one.q_value > MAY_BE_CHANCE else "holds after correction"]
        for one in part.statements
    ]  # fmt: skip
    return _table(f"What sets group {part.group} apart", ("Statement", "They", "Score", "q", "Chance?"), rows)


def _together(result: Result, known: Mapping[Id, StatementResult], texts: Mapping[Id, str]) -> str:
    agree = [known[one.statement] for one in result.consensus_agree]
    other = [known[one.statement] for one in result.consensus_disagree]
    return _listing(
        "What brings people together", "Clearly more than half agree with these.", agree, texts
    ) + _listing("What most people reject", "Clearly more than half disagree with these.", other, texts)


def _dividing(result: Result) -> list[StatementResult]:
    kept = [one for one in result.statements if not one.left_out and one.seen and one.divisiveness > 0]
    return sorted(kept, key=lambda one: -one.divisiveness)[: result.settings.list_length]


def _listing(heading: str, sentence: str, rows: Sequence[StatementResult], texts: Mapping[Id, str]) -> str:
    if not rows:
        return f"<h2>{heading}</h2><p>No statement stands out here.</p>"
    chart = agreement_bars(rows, title=heading, labels={one.id: f"No. {one.id}" for one in rows})
    return f"<h2>{heading}</h2><p>{sentence}</p>{_chart(chart, heading)}" + _table(
        heading,
        ("No.", "Statement", "Agree", "Pass", "Disagree", "Voted"),
        [[one.id, texts.get(one.id, ""), one.agree, one.passed, one.disagree, one.seen] for one in rows],
    )


def _slate(result: Result, texts: Mapping[Id, str]) -> str:
    slate = result.slate
    if slate is None or not slate.seats:
        return "<h2>A slate that represents everybody</h2><p>No statement has supporters.</p>"
    passed = (
        "No group large enough for a place is passed over."
        if slate.is_jr
        else f"{slate.passed_over:,} people agree on No. {slate.passed_over_statement} and with nothing chosen."
    )
    return (
        f"<h2>A slate that represents everybody</h2><p>These statements together speak for {slate.covered:,} of "
        f"{slate.people:,} people. {escape(passed)}</p>"
        + _table(
            f"Slate ({slate.method})",
            ("Place", "No.", "Statement", "Agree", "Voted", "Of these with none before"),
            [
                [one.rank, one.statement, texts.get(one.statement, ""), one.supporters, one.seen, one.newly_covered]
                for one in slate.seats
            ],
        )
    )


def _how_sure(result: Result, texts: Mapping[Id, str]) -> str:
    rows = [
        [one.id, texts.get(one.id, ""), one.seen, one.approval, one.approval_low, one.approval_high,
         one.standardised_approval, one.bridging_min_low, one.gap_low, one.gap_high]
        for one in result.statements if not one.left_out
    ]  # fmt: skip
    names = ("No.", "Statement", "Voted", "Share", "from", "to", "Standardised", "Bridging at least", "Gap from", "to")
    return (
        "<h2>How sure is it?</h2><p>Nineteen intervals of twenty hold the share that people like these would give. "
        "They do not cover who chose to come, nor people who sat together.</p>"
        + _table("Each statement with its interval", names, rows)
    )  # fmt: skip


def _left_out(result: Result) -> str:
    out = result.excluded
    rows = [
        ["Statements refused or withdrawn (votes counted, on no list)", len(out.refused)],
        ["Statements about the person or the process", len(out.meta)],
        ["Statements without votes", len(out.without_votes)],
        ["People with too few votes to be grouped", len(out.below_threshold)],
        ["People in no given group", len(out.not_in_given_groups)],
        ["Votes changed later", out.superseded_votes],
    ]
    return "<h2>What was left out</h2>" + _table("Left out, and why", ("What", "How many"), rows)


def _resistance(result: Result) -> str:
    flagged = result.resistance
    if flagged is None or not flagged.flagged:
        return "<h2>Votes worth a second look</h2><p>None was flagged.</p>"
    rows = [[one.kind.replace("_", " "), one.people] for one in flagged.flagged]
    said = "<p>Nothing has been removed.</p>"
    if flagged.without is not None:
        other = flagged.without
        lists = (other.consensus_agree, other.consensus_disagree)
        own = tuple(tuple(s.statement for s in part) for part in (result.consensus_agree, result.consensus_disagree))
        same = "the same" if own == lists else "other"
        said += (
            f"<p>Without those flagged, {other.people:,} people remain; verdict {escape(other.verdict)} "
            f"with {other.groups} group(s); {same} common ground; {len(other.moved)} statements move "
            "by more than 5 in 100.</p>"
        )
    return "<h2>Votes worth a second look</h2>" + said + _table("Flagged together", ("Why", "People"), rows)


def _chart(figure: str, label: str) -> str:
    data = figure.replace("<", "\\u003c")
    return (
        f'<div class="fig" role="img" aria-label="{escape(label)}; the table below holds the same numbers"></div>'
        f'<script type="application/json">{data}</script>'
    )


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: object) -> str:
    if isinstance(cell, float):
        return f'<td class="n">{cell:.2f}</td>'
    if cell is None:
        return "<td>–</td>"
    return f'<td class="n">{cell:,}</td>' if isinstance(cell, int) else f"<td>{escape(str(cell))}</td>"
