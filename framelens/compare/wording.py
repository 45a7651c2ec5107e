"""Wording: what a comparison is of, what it rests on, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.compare.bounds import (
    accuracy_sentence,
    bounds_sentence,
    voice_notes,
)
from framelens.compare.design import OWN, QUOTED
from framelens.compare.inference import LARGEST_Q, MOST_ARRANGEMENTS
from framelens.compare.names import VOICES, number_of, side_names
from framelens.compare.refusals import READ

if TYPE_CHECKING:
    import pandas as pd

    from framelens.compare.design import Design
    from framelens.compare.inference import Inference
    from framelens.compare.statistic import Kind

HEAVY = 0.75
"""Of a side's counts: an article that has more of them is named in the notes."""


def estimand(design: Design) -> str:
    """Say what is estimated, in one sentence."""
    target, baseline = side_names(design)
    text = (
        f"Share of {design.unit} in {VOICES.get(design.voice, design.voice)}: {target} "
        f"minus {baseline}; shares are ratios of totals per outlet"
    )
    if not design.events_given:
        text += "; no events are given, so all articles form one stratum"
    elif design.strata == 1:
        text += ", within the one event that both cover"
    elif design.strata:
        text += (
            f" and event, and the difference is averaged over the {design.strata} "
            "events that both cover, "
        )
        text += (
            "with equal weights"
            if design.weights == "equal"
            else "weighted by precision (half the harmonic mean of the articles of "
            "the two sides)"
        )
    if len(design.cells) > design.strata:
        text += (
            "; differences are within the genres that both have, which weigh by the "
            "harmonic mean of their articles"
        )
    return f"{text}."


def sources(design: Design) -> str:
    """Name the articles the numbers rest on, with their dates."""
    sides = []
    for name, chosen in (
        (design.target, design.is_target),
        (design.baseline, ~design.is_target),
    ):
        rows = design.articles[chosen]
        sides.append(f"{name}: {number_of(len(rows), 'article')}{_dates(rows['date'])}")
    return "; ".join(dict.fromkeys(sides)) + "."


def _dates(dates: pd.Series) -> str:
    given = sorted(dates.dropna())
    if not len(dates):
        return ""
    if not given:
        return ", date not stated" if len(dates) == 1 else ", dates not stated"
    span = given[0] if given[0] == given[-1] else f"{given[0]} to {given[-1]}"
    missing = len(dates) - len(given)
    return f", {span}" + (f" (date not stated for {missing:,})" if missing else "")


def caption(
    design: Design,
    reason: str | None,
    inferred: Inference,
    kind: Kind | None,
    bounds: pd.DataFrame | None,
) -> str:
    """Say what table and plot show, and what that rests on."""
    a, b = design.sizes
    n = design.n_by_cell.sum(axis=0)
    rests = f"{a:,} + {b:,} articles, {n[0]:,.0f} + {n[1]:,.0f} {design.unit}."
    if reason:  # whose sides were named already, so that only its end is needed
        shown = reason[max(reason.find(READ), 0) :]
        shown = f"{shown[0].upper()}{shown[1:]}."
    elif np.isnan(inferred.low).all():
        shown = "Tests over articles; too few articles for intervals."
    else:
        shown = f"95 % intervals over {kind}."
    lines = [estimand(design), rests, shown]
    if bounds is not None:
        lines.append(bounds_sentence(bounds))
        lines.append(accuracy_sentence(design.target, design.baseline))
    return " ".join(lines)


def alt(
    design: Design,
    table: pd.DataFrame,
    reason: str | None,
    bounds: pd.DataFrame | None,
) -> str:
    """Say what is to be seen, in a few sentences."""
    target, baseline = side_names(design)
    if not len(table):
        return f"Nothing to compare between {target} and {baseline}."
    text = f"Shares of {target} beside {baseline}, by item."
    for name, more in (
        (target, table[table["difference"] > 0]),
        (baseline, table[table["difference"] < 0]),
    ):
        if len(more):
            text += f" More in {name}, furthest apart first: {_first(more)}."
    if bounds is not None:
        text += f" {bounds_sentence(bounds)}"
    if reason:
        return f"{text} No intervals are drawn."
    away = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    given = int(table["low"].notna().sum())
    return f"{text} {away:,} of {given:,} intervals leave out zero."


def _first(table: pd.DataFrame) -> str:
    """Name the first items with their counts, the target's in front."""
    return ", ".join(
        f"{row.item} ({row.target_k:,} of {row.target_n:,} against "
        f"{row.baseline_k:,} of {row.baseline_n:,})"
        for row in table.head(3).itertuples()
    )


def notes(
    design: Design, inferred: Inference, kind: Kind | None, opposed: int
) -> tuple[str, ...]:
    """List sources, what was left out, how it was tested, and how far that reaches."""
    lines = [sources(design)]
    lines += [
        f"{number_of(count, 'article')} {why}: not compared."
        for why, count in design.outside.items()
    ]
    lines += _heavy(design)
    if design.genres_apart:
        lines.append(
            "Outlet and genre cannot be told apart here: differences are between these "
            "articles, and not between the outlets."
        )
    if design.voice == OWN:
        lines += voice_notes()
    if design.voice == QUOTED and "indirect" not in design.added_up:
        lines.append("No reported speech was counted: quotation marks alone.")
    if kind is not None and inferred.tested:
        lines += [
            _interval(design, kind),
            _test(design, inferred, kind),
            _family(design, inferred),
        ]
    if design.measure == "terms" and len(design.items):
        strata = "1 stratum" if design.strata == 1 else f"{design.strata:,} strata"
        lines.append(
            "Which words are furthest apart is judged by log odds over their rough "
            "standard error (Monroe, Colaresi & Quinn 2008); log odds: "
            f"Mantel-Haenszel over {strata}, shrunk by an informative "
            f"Dirichlet prior of {design.prior_size:,.0f} {design.unit} a side (one "
            "mean article), taken from all articles of the two outlets, pooled."
        )
    if opposed:
        items = number_of(opposed, "item")
        lines.append(f"For {items} the mean of article shares points the other way.")
    lines.append("Said of these articles only.")
    return tuple(lines)


def _heavy(design: Design) -> list[str]:
    """Name, for each side of several articles, the one that has most of its counts."""
    found = []
    for name, is_target in zip(side_names(design), (True, False), strict=True):
        side = design.articles[design.articles["is_target"].eq(is_target)]
        whole, most = int(side["n"].sum()), int(side["n"].max()) if len(side) else 0
        if len(side) > 1 and most > HEAVY * whole:
            article = side["article"].iloc[int(side["n"].to_numpy().argmax())]
            found.append(
                f"Article {article} alone has {most:,} of the {whole:,} {design.unit} "
                f"of {name}: what is said of that side is mostly said of it."
            )
    return found


def _interval(design: Design, kind: Kind) -> str:
    if kind == "events":
        return (
            f"Intervals: t with {design.strata - 1} degrees of freedom over the "
            "differences of events (with equal weights this is CR2, Bell & McCaffrey "
            "2002), or limits on the logarithmic scale where these reach further "
            "(Zou, Huang & Zhang 2009)."
        )
    return (
        "Intervals, where given: the studentised permutation test, inverted (Janssen "
        "1997; Chung & Romano 2013)."
    )


def _test(design: Design, inferred: Inference, kind: Kind) -> str:
    within = ["event"] if design.events_given else []
    if not design.genres_apart and design.articles["genre"].notna().any():
        within.append("genre")
    where = f"within {' and '.join(within)}" if within else "over all articles"
    tried = "all" if inferred.exact else "a random"
    if kind == "articles":
        where += ", long articles weighing less where an item comes in bursts"
    return (
        f"p: labels of outlets permuted {where}; studentised; {tried} "
        f"{inferred.number:,} arrangements; the smallest p that can be reached is "
        f"{inferred.smallest_p:.2g}."
    )


def _family(design: Design, inferred: Inference) -> str:
    text = (
        f"q: Benjamini-Hochberg within one family ({design.measure}, {design.unit}, "
        f"voice {design.voice}; {number_of(inferred.tested, 'item')}); the smallest q "
        f"that one item can reach is {inferred.smallest_q:.2g}"
    )
    if inferred.smallest_q > LARGEST_Q:
        most = number_of(int(LARGEST_Q / inferred.smallest_p), "item")
        text += (
            f", so none is shown: with at most {most} one could be (raise "
            "min_articles, or select items before you look)"
        )
        if not inferred.exact:
            text += f"; arrangements are capped at {MOST_ARRANGEMENTS:,}"
    text += (
        ". For an item that a heading or a finding names: p_max, the largest statistic "
        "of the family (Westfall & Young 1993)"
    )
    if not np.isnan(inferred.low_selected).all():
        text += (
            "; for items picked by q: the wider low_selected and high_selected "
            "(Benjamini & Yekutieli 2005)"
        )
    return f"{text}."
