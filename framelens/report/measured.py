"""Sections of the report that follow from the measures: one for each.

A measure that is declared for the report has a section here without any line about
it: its figure and table by outlet and voice, and where two outlets are compared, how
far they are apart, with the sentences behind every number.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import FramelensError
from framelens.compare import power, self_test
from framelens.measure import MEASURES
from framelens.show.contrast_view import furthest_apart
from framelens.show.counts_view import MOST_DRAWN, VOCABULARY, lanes_of
from framelens.show.evidence import evidence_list
from framelens.show.tables import folded, html_table, scrolling
from framelens.show.text import escape, shortened

if TYPE_CHECKING:
    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.measure import Counts, Measure
    from framelens.report.page import Section
    from framelens.report.pair import Pair
    from framelens.report.workings import Workings

HEADINGS = {"all": "Who has which more", "own": "In the outlets' own voice"}
"""What a comparison in each voice is called."""

MOST_PLACES = 8
"""Sentences shown behind a number; how many there are is said."""


def sections(corpus: Corpus, pair: Pair | None, workings: Workings) -> list[Section]:
    """Give the section of every measure that is declared for the report."""
    return [
        (measure.name, measure.label, _section(corpus, pair, measure, workings))
        for measure in MEASURES.values()
        if measure.in_report
    ]


def _section(
    corpus: Corpus, pair: Pair | None, measure: Measure, workings: Workings
) -> str:
    """Show one measure by outlet and voice, and how far two outlets are apart."""
    counts = workings.counts(corpus, measure.name)
    if counts.totals.empty:
        return "<p>Nothing to count in these articles.</p>"
    items = lanes_of(counts, most=MOST_DRAWN).items
    about = f"{measure.label}: the numbers"
    numbers = scrolling(counts._repr_html_(), label=about)
    compared: list[str] = []
    if pair is not None and not pair.articles.empty:
        voices = ["own", "all"] if "own" in set(counts.totals["voice"]) else ["all"]
        shown = (_apart(corpus, measure, pair, one, workings) for one in voices)
        compared = [part for part in shown if part]
    drawn = counts.figure().html
    # one figure a section: the outlet's own voice where it has one, else all counts
    own = len(compared) > 1
    parts = [compared[0] if own else drawn]
    parts += [folded(HEADINGS["all"], part) for part in compared[own:]]
    if own:
        parts.append(folded("By outlet and voice", drawn))
    parts += [
        folded("The same numbers", numbers),
        folded("The sentences behind each of them", _sentences(counts, items)),
    ]
    if not corpus.marks_only:
        sure = f"<p>{escape(measure.accuracy)}</p>"
        parts.append(folded("How often this is wrong", sure))
    return "".join(parts)


def _sentences(counts: Counts, items: list[str]) -> str:
    """Fold the sentences behind each item away under its name."""
    if counts.corpus is None or counts.find is None:
        return "<p>This measure does not say where its counts are in the text.</p>"
    lines = []
    for item in items:
        places = evidence_list(counts.corpus, counts.evidence(item), most=MOST_PLACES)
        lines.append(folded(shortened(item, width=60), places.html))
    return "".join(lines)


def _apart(
    corpus: Corpus, measure: Measure, pair: Pair, voice: str, workings: Workings
) -> str:
    """Say how far two outlets are apart, or why that cannot be said."""
    heading, counts = HEADINGS[voice], workings.counts(corpus, measure.name)
    try:
        result = workings.contrast(corpus, measure.name, *pair.names, voice=voice)
    except FramelensError as error:
        return f"<h3>{heading}</h3><p>Not compared: {escape(error)}</p>"
    if result.refusal is not None and counts.sparse.k.shape[0] <= VOCABULARY:
        return ""
    rows = furthest_apart(result)
    if rows.empty:
        return f"<h3>{heading}</h3><p>Nothing is left to compare.</p>"
    intro = (
        "<p>A difference is a place to start reading, and no finding by itself.</p>"
        if voice == "all"
        else "<p>Only what the outlet says itself. The open marks have reported speech "
        "added: where they point another way than the filled ones, the difference "
        "depends on which words were taken for reported.</p>"
    )
    about = f"{measure.label}, {heading}: the numbers"
    numbers = scrolling(_numbers(rows, result), label=about)
    return (
        f"<h3>{heading}</h3>{intro}{result.figure().html}"
        + folded("The same numbers", numbers)
        + folded(
            "The sentences behind each of them",
            _sentences(counts, rows["item"].tolist()),
        )
    )


def _numbers(rows: pd.DataFrame, result: Contrast) -> str:
    """Set out the numbers of a comparison as the figure has them."""
    table = pd.DataFrame({"item": rows["item"]})
    for side, name in zip(("target", "baseline"), result.names, strict=True):
        pairs = zip(rows[f"{side}_k"], rows[f"{side}_n"], strict=True)
        heading = name if name not in table else f"{name} (again)"
        table[heading] = [f"{k:,.0f} of {n:,.0f}" for k, n in pairs]
    table["difference, percentage points"] = 100 * rows["difference"]
    if result.wider is not None:
        wider = result.wider.set_index("item").loc[rows["item"], "difference"]
        table["with reported speech"] = 100 * wider.to_numpy()
    if result.refusal is None:
        table["from"] = 100 * rows["low_selected"]
        table["to"] = 100 * rows["high_selected"]
        table["q"], table["p for all"] = rows["q"], rows["p_max"]
        table["no test because"] = rows["refusal"]
    notes = [note for note in result.notes if note != result.sources]
    return html_table(table, caption="The same numbers", notes=notes).html


def chance_section(corpus: Corpus, pair: Pair, workings: Workings) -> str:
    """Say what these articles show where nothing differs, and what they could show."""
    counts = workings.counts(corpus, "terms")
    makes: list[Any] = [partial(self_test, counts, outlet=name) for name in pair.names]
    makes.append(partial(power, counts, target=pair.target, baseline=pair.baseline))
    shown, reasons = [], []
    for make in makes:
        try:
            result = make()
        except FramelensError as error:
            reasons.append(str(error))
            continue
        if result.refusal is not None:
            reasons.append(result.refusal)
            continue
        numbers = folded("The numbers", result._repr_html_())
        shown.append(result.figure().html + numbers)
    if reasons:
        points = "".join(
            f"<li>{escape(reason)}</li>" for reason in dict.fromkeys(reasons)
        )
        shown.append(
            "<p>Too little to try an outlet against itself, or to say how large a "
            f"difference must be to show:</p><ul>{points}</ul>"
        )
    return "".join(shown)
