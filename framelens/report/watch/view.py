"""The section on what is new since last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.report.findings.view import findings_page
from framelens.show.tables import folded, html_table, scrolling
from framelens.show.text import escape, small

if TYPE_CHECKING:
    from framelens.report.watch.watch import Watch

MOST_ROWS = 60
"""Rows of a table on the page; the files beside it have all."""


def watch_section(watched: Watch | None) -> str:
    """Lead with what is new, then each outlet against itself, and what changed."""
    if watched is None:
        return ""
    parts = [f"<p>{escape(watched.caption)}</p>"]
    parts.append(findings_page(watched))
    if watched.refusal is not None:
        parts.append(small(watched.notes))
    tables = {
        "Then and now, outlet by outlet": compared_shown(watched),
        "What changed in articles that were there before": _changes(watched),
        "The new and changed articles": _articles(watched),
    }
    for heading, table in tables.items():
        if len(table):
            shown = html_table(table.head(MOST_ROWS), caption=heading)
            parts.append(folded(heading, scrolling(shown.html, label=heading)))
    return (
        '<section id="since" class="first" aria-labelledby="since-heading">'
        f'<h2 id="since-heading">Since last time</h2>{"".join(parts)}</section>'
    )


def compared_shown(watched: Watch) -> pd.DataFrame:
    """Lay out each outlet now against itself before, with intervals where there are."""
    table = watched.compared
    made = pd.DataFrame({"watched": table["about"], "outlet": table["outlet"]})
    made["share of"] = table["share_of"]
    for period in ("before", "now"):
        k, n = table[f"{period}_k"], table[f"{period}_n"]
        made[period] = [f"{a:,.0f} of {b:,.0f}" for a, b in zip(k, n, strict=True)]
    made["difference, points"] = 100 * table["difference"].astype(float)
    made["from"] = 100 * table["low"].astype(float)
    made["to"] = 100 * table["high"].astype(float)
    made["p for all"] = table["p_all"].astype(float)
    made["no test because"] = table["refusal"]
    return made


def _changes(watched: Watch) -> pd.DataFrame:
    """Lay out what changed, by outlet and headline."""
    table = watched.changes
    if table.empty:
        return table
    about = watched.articles.set_index("article")
    made = table[["what", "before", "now"]].copy()
    made.insert(0, "outlet", table["article"].map(about["outlet"]))
    made.insert(1, "headline", table["article"].map(about["title"]))
    return made


def _articles(watched: Watch) -> pd.DataFrame:
    """List the articles that are not as they were."""
    table = watched.articles
    table = table[table["status"].ne("unchanged")]
    return table[["status", "outlet", "date", "title", "names"]]
