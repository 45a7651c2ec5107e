"""Coverage view: two articles lined up, and what stands only in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.coverage.matrix import SAID_OF
from framelens.align.coverage.result import UNIT, with_texts
from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE, UNCERTAIN
from framelens.show.drawing import legend_beside, new_axes, source_line
from framelens.show.figure import Figure
from framelens.show.tables import LEFT, Fragment, folded
from framelens.show.text import escape, plain, shortened, small, stated

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from framelens.align import Coverage

MOST_UNITS = 60
"""Units displayed of one article at most; the table has them all."""

COLUMNS = [
    "article", "start", "end", "voice", "text", "status", "score",
    "counterpart_article", "counterpart_start", "counterpart_end", "counterpart",
    "shared",
]  # fmt: skip
"""The columns of the table of a view."""

STYLES = {
    COUNTERPART: "border-left:1px solid #777777",
    UNCERTAIN: "border-left:3px dotted #8a5a00",
    ONLY_HERE: "border-left:6px double #0072B2",
}
"""The line beside a unit; the words say the same."""

BARS = {
    ONLY_HERE: ("#0072B2", ""),
    UNCERTAIN: ("#F0E442", ".."),
    COUNTERPART: ("0.85", "//"),
}
"""Colour and hatching of the bars."""


def coverage_view(
    coverage: Coverage,
    *,
    article: str | None = None,
    status: str | None = None,
) -> Fragment:
    """Show each article's paragraphs beside their nearest counterparts.

    Parameters
    ----------
    coverage : Coverage
        As `framelens.align.coverage` gives it.
    article : str, optional
        Only this article's units; all articles, one after another, if not given.
    status : str, optional
        Only units that are "only here", "uncertain" or "counterpart".

    Returns
    -------
    Fragment
        Its ``table`` has ``article, start, end, voice, text, status, score,
        counterpart_article, counterpart_start, counterpart_end, counterpart,
        shared`` for the units shown.

    Raises
    ------
    UnknownNameError
        If there is no such article or status.
    """
    articles, units = coverage.articles, coverage.units
    if article is not None:
        require_known(article, units["article"], kind="article")
        units = units[units["article"] == article]
    if status is not None:
        require_known(status, STYLES, kind="status")
        units = units[units["status"] == status]
    table = with_texts(units, articles)[COLUMNS]
    of_all = coverage.units["article"].value_counts()
    outlets = dict(zip(articles["article"], articles["outlet"], strict=True))
    html = [f"<p>{escape(coverage.caption)}</p>"]
    for name, mine in table.groupby("article", sort=False):
        who = _who(outlets, str(name))
        caption = f"{who}: {_split(mine, int(of_all[name]))}."
        rows: list[Any] = list(mine.head(MOST_UNITS).itertuples())
        body = "".join(_row(row, outlets) for row in rows)
        html.append(
            f'<table class="coverage-view"><caption>{escape(caption)}</caption>'
            f'<thead><tr><th scope="col" {LEFT}>{escape(who)}</th>'
            f'<th scope="col" {LEFT}>status, score</th>'
            f'<th scope="col" {LEFT}>nearest counterpart</th></tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )
        if (more := len(mine) - len(rows)) > 0:
            html.append(small([f"{more:,} more in .table."]))
    if table.empty:
        html.append("<p>No paragraph or sentence to show.</p>")
    if coverage.notes:
        about = "What this cannot say, and how often it errs"
        html.append(folded(about, small(coverage.notes)))
    return Fragment(f"<div>{''.join(html)}</div>", table)


def coverage_figure(coverage: Coverage) -> Figure:
    """Draw how much of each article stands only there; notes are in the caption."""
    return Figure.from_axes(
        plot_coverage(coverage),
        title="How much of each article no other article has",
        caption=" ".join([coverage.caption, *coverage.notes]),
        alt=coverage.alt,
        source=source_line(coverage.articles),
    )


def plot_coverage(coverage: Coverage, *, ax: Axes | None = None) -> Axes:
    """Draw how much of each article stands only there, in percent of its words."""
    summary = coverage.summary
    names = list(dict.fromkeys(summary["article"]))
    ax = new_axes(0.6 * len(names) + 1.6) if ax is None else ax
    shares = summary.pivot_table(index="article", columns="status", values="share")
    places, left = np.arange(len(names)), np.zeros(len(names))
    for status, (colour, hatch) in BARS.items():
        width = 100 * shares.loc[names, status].to_numpy(dtype=float)
        bars = ax.barh(
            places, width, 0.6, left, color=colour, hatch=hatch, edgecolor="0.2",
            linewidth=0.8, label=status,
        )  # fmt: skip
        ink = "white" if status == ONLY_HERE else "black"
        written = [f"{one:.0f} %" if one >= 6 else "" for one in width]
        texts = ax.bar_label(bars, written, label_type="center", color=ink, fontsize=9)
        for text in texts if hatch else []:
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})
        left += width
    outlets = dict(zip(summary["article"], summary["outlet"], strict=True))
    ax.set_yticks(places, [shortened(_who(outlets, one), width=34) for one in names])
    ax.invert_yaxis()
    ax.set_xlim(0, 100)
    ax.set_xlabel("share of the article's words, %")
    ax.spines[["top", "right"]].set_visible(False)
    legend_beside(ax, columns=3)
    return ax


def _who(outlets: dict[str, Any], article: str) -> str:
    return f"{stated(outlets.get(article), 'outlet')} ({plain(article)})"


def _split(units: pd.DataFrame, of_all: int) -> str:
    """Say how many units have which status, and of how many if not all are shown."""
    numbers = units["status"].value_counts()
    parts = [f"{numbers[one]:,} {one}" for one in BARS if one in numbers]
    total = counted(of_all, *UNIT)
    if len(units) == of_all:
        return f"{total}, {', '.join(parts)}"
    kinds = parts if len(parts) > 1 else [str(numbers.index[0])]
    return f"{len(units):,} of {total}: {', '.join(kinds)}"


def _row(row: Any, outlets: dict[str, Any]) -> str:
    name, line = escape(row.status), STYLES[row.status]
    name = f"<b>{name}</b>" if row.status == ONLY_HERE else name
    name += "<br>" if row.status == COUNTERPART else "<br>nearest has "
    shared = f"<br><small>shared: {escape(row.shared)}</small>" if row.shared else ""
    voice = f" · {escape(SAID_OF[row.voice])}" if row.voice in SAID_OF else ""
    nearest = escape(row.counterpart)
    nearest = nearest if row.status == COUNTERPART else f"<small>{nearest}</small>"
    where = f"{_who(outlets, row.counterpart_article)}, characters "
    where += f"{row.counterpart_start}–{row.counterpart_end}"
    return (
        f'<tr><td width="44%" {LEFT}><div dir="auto" style="{line};padding-left:8px">'
        f"{escape(row.text)}<br><small>characters {row.start}–{row.end}{voice}</small>"
        f'</div></td><td width="16%" {LEFT}>{name}score {row.score:.2f}{shared}'
        f'</td><td width="40%" {LEFT}><div dir="auto">{nearest}<br>'
        f"<small>{escape(where)}</small></div></td></tr>"
    )
