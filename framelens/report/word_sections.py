"""Sections of the report on words that one outlet uses more than the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.report.page import folded, scrolling
from framelens.show.contrast_view import (
    contrast_height,
    furthest_apart,
    plot_contrast,
)
from framelens.show.evidence import evidence_list
from framelens.show.figure import Figure
from framelens.show.quoted_words import new_axes
from framelens.show.tables import html_table
from framelens.show.text import escape, shortened

if TYPE_CHECKING:
    from framelens.compare import Contrast
    from framelens.report.pair import Pair


def term_section(pair: Pair, result: Contrast | str, sentences: pd.DataFrame) -> str:
    """Words that differ, each with the sentences behind it."""
    if isinstance(result, str):
        return f"<p>No comparison of words: {escape(result)}</p>"
    rows = furthest_apart(result)
    if rows.empty:
        return "<p>No word is left to compare.</p>"
    figure = Figure.from_axes(
        plot_contrast(result, ax=new_axes(contrast_height(result))),
        caption=result.caption,
        alt=result.alt,
        source=result.sources,
    )
    lines = []
    each: Any = rows.itertuples()
    for row in each:
        found = result.evidence(row.item)
        listed = evidence_list(
            found, articles=pair.articles, most=8, sentences=sentences
        )
        lines.append(folded(_both_counts(row, pair), listed.html))
    numbers = html_table(
        _term_table(rows, result), caption="The same numbers", notes=_notes(result)
    )
    return (
        "<p>Counted in all voices together: what the outlet says itself, what it "
        "reports and what it quotes. A word is a place to start reading, and no "
        "finding by itself.</p>"
        + figure.html
        + scrolling(numbers, label="The same numbers")
        + "<h3>The sentences behind each word</h3>"
        + "".join(lines)
    )


def own_section(result: Contrast | str) -> str:
    """Words that differ in what the outlets say themselves, with both bounds."""
    if isinstance(result, str):
        return f"<p>No comparison of the outlets' own words: {escape(result)}</p>"
    rows = furthest_apart(result)
    if rows.empty or result.wider is None:
        return "<p>No word is left to compare in the outlets' own voice.</p>"
    figure = Figure.from_axes(
        plot_contrast(result, ax=new_axes(contrast_height(result))),
        caption=result.caption,
        alt=result.alt,
        source=result.sources,
    )
    names = {name: f"{name}, own words" for name in result.names}
    table = _term_table(rows, result).rename(columns=names)
    wider = result.wider.loc[rows.index, "difference"]
    table.insert(4, "with reported speech", 100 * wider)
    numbers = html_table(table, caption="The same numbers", notes=_notes(result))
    return (
        "<p>Only what the outlet says itself. The open marks have reported speech "
        "added: where they tell another story than the filled ones, the difference "
        "hangs on which words were taken for reported.</p>"
        + figure.html
        + scrolling(numbers, label="The same numbers")
    )


def _term_table(rows: pd.DataFrame, result: Contrast) -> pd.DataFrame:
    table = pd.DataFrame({"word": rows["item"]})
    sides = zip(("target", "baseline"), result.names, strict=True)
    for side, name in sides:
        pairs = zip(rows[f"{side}_k"], rows[f"{side}_n"], strict=True)
        counts = [f"{k:,.0f} of {n:,.0f}" for k, n in pairs]
        table[name if name not in table else f"{name} (again)"] = counts
    table["difference, percentage points"] = 100 * rows["difference"]
    if result.refusal is None:
        table["from"] = 100 * rows["low_selected"]
        table["to"] = 100 * rows["high_selected"]
        table["q"], table["p for all"] = rows["q"], rows["p_max"]
        table["no test because"] = rows["refusal"]
    return table


def _notes(result: Contrast) -> list[str]:
    """Give the notes without the sources, which stand under the figure."""
    return [note for note in result.notes if note != result.sources]


def _both_counts(row: Any, pair: Pair) -> str:
    target, baseline = (shortened(name, width=30) for name in pair.names)
    return (
        f"{shortened(row.item, width=60)} — "
        f"{target} {row.target_k:,.0f} of {row.target_n:,.0f}, "
        f"{baseline} {row.baseline_k:,.0f} of {row.baseline_n:,.0f}"
    )
