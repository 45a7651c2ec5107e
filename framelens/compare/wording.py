"""Wording: what a comparison is of, how it was made, and why something is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._wording import GENRES
from framelens.compare.design import OWN, QUOTED
from framelens.compare.inference import enough
from framelens.compare.units import LOPSIDED, copies_found
from framelens.compare.with_indirect import (
    accuracy_sentence,
    both_sentence,
    voice_notes,
)
from framelens.measure.term_kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from framelens.compare.design import Design
    from framelens.compare.inference import Estimates, Units
    from framelens.compare.units import Floors
    from framelens.measure.fixed_lines import FixedLine

    Sides = tuple[float, float]

VOICES = {
    "all": "all voices",
    "quoted": "quoted and reported speech",
    "direct": "direct speech, in quotation marks",
    "indirect": "reported speech",
    "rest": "what stands outside quotation marks",
    "own": "the outlet's own voice",
}
"""What each voice is called."""

THESE_ONLY = "This describes these articles, not the outlets in general."
"""What every result ends with."""

READ = "sentences to read, no interval and no p-value"
"""What too few articles give."""

HEAVY = 0.75
"""Of a side's counts: an article that has more of them is named in the notes."""

HEAVY_EVENT = 0.5
"""Of the weight of all events: an event that has more of it is named in the notes."""

LARGE = 0.1
"""A share from which on others noticeably fall where it rises."""

MOST_LINES = 5
"""Words in a fixed line that the notes name at most."""

UNLIKE = 2.0
"""Sides that differ by more than this factor are called unlike."""


def number_of(count: int, noun: str) -> str:
    """Write a number and its noun: "1 article", "1,200 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def within(
    value: pd.Series, *limits: pd.Series, times: float = 1, digits: int = 0
) -> list[str]:
    """Write values with their limits, a cell each; "–" where there is none.

    >>> import pandas as pd
    >>> within(*map(pd.Series, ([-0.114], [-0.16], [0.02])), times=100)
    ['−11 (−16 to 2)']
    """
    cells = []
    for row in zip(value, *limits, strict=True):
        known = [float(one) for one in row if one is not None]
        said = [f"{times * one + 0.0:.{digits}f}".replace("-", "−") for one in known]
        if not known or np.isnan(known[0]):
            cells.append("–")
        elif len(said) < 3 or np.isnan(known).any():
            cells.append(said[0])
        else:
            cells.append(f"{said[0]} ({said[1]} to {said[2]})")
    return cells


def side_names(design: Design) -> tuple[str, str]:
    """Name each side: the outlet, or its articles where genres cannot be told apart."""
    if not design.genres_apart:
        return design.target, design.baseline
    chosen = design.is_target
    return (
        _these(design.target, design.articles[chosen]),
        _these(design.baseline, design.articles[~chosen]),
    )


def _these(outlet: str, articles: pd.DataFrame) -> str:
    """Name the articles of an outlet by their genres."""
    plural = len(articles) > 1
    kinds = sorted(set(articles["genre"].fillna("")))
    names = [
        GENRES.get(kind, (f"{kind} article", f"{kind} articles"))[plural]
        for kind in kinds
    ]
    return f"{'these' if plural else 'this'} {' and '.join(names)} ({outlet})"


def refusal(design: Design, units: Units, floors: Floors) -> str | None:
    """Say why there is no test at all; None where there is one."""
    a, b = design.sizes
    articles = f"{a:,} + {b:,} articles"
    if design.target == design.baseline:
        return (
            f"target and baseline are both {design.target}: every difference is 0, "
            "and nothing is tested"
        )
    if not design.strata:
        if design.outside:
            return (
                f"no event is covered by both {design.target} and {design.baseline} "
                "in this voice: nothing to compare within events"
            )
        return f"not both outlets have {design.unit} in this voice: nothing to compare"
    if not len(design.items):
        return f"{articles}: no item was counted in them"
    if not enough(design, units, floors):
        return f"{articles}{_too_few(design, units, floors)}"
    return None


def none_tested(design: Design, reasons: list[str | None]) -> str | None:
    """Say that no item is tested, and why if all have the same reason; else None."""
    if None in reasons:
        return None
    a, b = design.sizes
    why = "no item is in enough articles of both outlets for a test"
    if len(set(reasons)) == 1:
        why = str(reasons[0])
    return f"{a:,} + {b:,} articles: {READ}; {why}"


def _too_few(design: Design, units: Units, floors: Floors) -> str:
    """Say which side has too few units for a test, and how many it takes."""
    names = side_names(design)
    who = ", {} and {}".format(*names) if design.genres_apart else ""
    several = f" in {design.strata} shared events" if design.strata > 1 else ""
    what = "article" if not units.clustered else "cluster"
    small = int(np.argmin(units.sizes))
    fewest, most = min(units.sizes), max(units.sizes)
    needs = f"a test needs at least {floors.articles} {what}s of each outlet"
    if fewest >= floors.articles and most > LOPSIDED * fewest:
        needs = (
            f"a test needs at least {floors.lopsided} {what}s of {names[small]}, since "
            f"the other outlet has more than {LOPSIDED:.0f} times as many"
        )
    elif fewest >= floors.articles:
        needs = (
            "an outlet has a single article of one event or genre, so compare that "
            "by itself"
        )
    elif fewest < floors.articles <= most:
        needs += f", and {names[small]} has {number_of(fewest, what)}"
    elif not units.clustered:
        needs += f", or {floors.events} events that both cover"
    return f"{several}{who}: {READ}; {needs}"


def item_refusals(
    design: Design,
    units: Units,
    made: Estimates,
    found_in: list[int],
    *,
    least: int,
    floors: Floors,
) -> list[str | None]:
    """Say of each item why it is not tested; None where it is."""
    names = side_names(design)
    noun = "event" if units.kind == "events" else "article"
    reasons: list[str | None] = []
    for row, number in enumerate(found_in):
        holders = int(made.target_holders[row]), int(made.baseline_holders[row])
        few = int(holders[0] > holders[1])
        if not np.isnan(made.p[row]):
            reasons.append(None)
        elif made.constant[row]:
            reasons.append("every article has the same share")
        elif number < least:
            reasons.append(f"in {number_of(number, 'article')}; a test needs {least}")
        else:
            reasons.append(
                f"in {number_of(holders[few], noun)} of {names[few]}; a test needs "
                f"{floors.holders}"
            )
    return reasons


def estimand(design: Design) -> str:
    """Say what is estimated, in one sentence."""
    target, baseline = side_names(design)
    text = (
        f"Share of {design.unit} in {VOICES.get(design.voice, design.voice)}, {target} "
        f"minus {baseline}"
    )
    if not design.events_given:
        text += "; no events are given, so all articles are taken together"
    elif design.strata == 1:
        text += ", within the one event that both cover"
    elif design.strata:
        how = (
            "each event counting the same"
            if design.weights == "equal"
            else "events weighted by precision (half the harmonic mean of the articles "
            "of the two sides)"
        )
        text += f", averaged over the {design.strata} events that both cover, {how}"
    if len(design.cells) > design.strata:
        text += f"; within each {design.stratum} that both have"
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
    """Write the first and the last date, and how many are missing."""
    given = sorted(dates.dropna())
    if not len(dates):
        return ""
    if not given:
        return ", date not stated" if len(dates) == 1 else ", dates not stated"
    span = given[0] if given[0] == given[-1] else f"{given[0]} to {given[-1]}"
    missing = len(dates) - len(given)
    return f", {span}" + (f" (date not stated for {missing:,})" if missing else "")


def caption(
    design: Design, units: Units, reason: str | None, both: pd.DataFrame | None
) -> str:
    """Say what table and plot show, and what that rests on."""
    a, b = design.sizes
    n = design.n_by_cell.sum(axis=0) if design.strata else (0, 0)
    lines = [
        estimand(design),
        f"{a:,} + {b:,} articles, {n[0]:,.0f} + {n[1]:,.0f} {design.unit}.",
    ]
    if reason is None:
        lines.append(f"95 % intervals over {_unit_words(units)}.")
        if design.strata > 1 and units.kind == "articles":
            lines.append("They hold for these events only.")
    if both is not None:
        lines.append(both_sentence(both))
        lines.append(accuracy_sentence(design.target, design.baseline))
    return " ".join(lines)


def alt(
    design: Design,
    table: pd.DataFrame,
    reason: str | None,
    both: pd.DataFrame | None,
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
    if both is not None:
        text += f" {both_sentence(both)}"
    if reason:
        return f"{text} No intervals are drawn."
    low, high = table["low_selected"], table["high_selected"]
    away = int(((low > 0) | (high < 0)).sum())
    given = int(low.notna().sum())
    return f"{text} {away:,} of {given:,} intervals leave out zero."


def _first(table: pd.DataFrame) -> str:
    """Name the first items with their counts, the target's in front."""
    return ", ".join(
        f"{row.item} ({row.target_k:,} of {row.target_n:,} against "
        f"{row.baseline_k:,} of {row.baseline_n:,})"
        for row in table.head(3).itertuples()
    )


def notes(
    design: Design,
    units: Units,
    made: Estimates | None,
    settings: Mapping[str, Any],
    *of_terms: str,
) -> tuple[str, ...]:
    """List what was left out, how it was tested, how unlike the sides are."""
    lines = [sources(design)]
    lines += [
        f"{number_of(count, 'article')} {why}: not compared."
        for why, count in design.outside.items()
    ]
    lines += _heavy(design)
    copies = 0 if units.clustered else copies_found(units.groups)
    if copies:
        lines.append(
            f"{number_of(copies, 'article')} stand in groups of copies within their "
            "outlet; a group counts as one article in tests."
        )
    if design.genres_apart:
        lines.append(
            f"The outlets have no {design.stratum} in common here: a difference may "
            f"be one of {design.stratum}, and is between these articles, not between "
            "the outlets."
        )
    if design.voice == OWN:
        lines += voice_notes()
    if design.voice == QUOTED and "indirect" not in design.added_up:
        lines.append("No reported speech was counted: quotation marks alone.")
    if made is not None:
        lines += [*_unlike(design, units, made), _test(units, settings["against"])]
        lines += [*_asked(settings), _family(design, made)]
    lines += _add_up(design, settings["against"])
    if design.measure == "terms" and len(design.items):
        lines.append(
            "Words are ordered by log odds over their rough standard error (Monroe, "
            "Colaresi & Quinn 2008), shrunk by a prior of "
            f"{design.prior_size:,.0f} {design.unit} a side (one mean article), taken "
            "from all articles of the two outlets."
        )
    return (*lines, *of_terms, THESE_ONLY)


def of_terms(
    kinds: pd.Series[str], lines: Sequence[FixedLine], *, set_apart: bool
) -> Iterator[str]:
    """Say which words were set apart, and which mostly stand in one fixed line."""
    many = kinds.value_counts()
    apart = [f"{name} ({many[kind]:,})" for kind, name in KINDS.items() if kind in many]
    if apart and set_apart:
        yield (
            f"Content words come first; after them, {', '.join(apart)}, which mostly "
            "tell of house style (.kinds). set_apart=False puts all in one order."
        )
    if any(" " in item and item != item.lower() for item in kinds.index):
        yield (
            "A name of several words is one item, with the surname alone where only "
            "one person here bears it; terms(join='nothing') counts words alone."
        )
    if lines:
        shown = "; ".join(
            f"{line.item} in {line.places:,} of {line.of:,} places of {line.outlet} "
            f"(“{line.line}”)"
            for line in lines[:MOST_LINES]
        )
        more = f"; {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
        yield (
            "Words listed first that stand mostly in one fixed line of an outlet, so "
            f"perhaps furniture: {shown}{more}."
        )


def _heavy(design: Design) -> list[str]:
    """Name the article, and the event, that has most of the weight."""
    found = []
    for name, is_target in zip(side_names(design), (True, False), strict=True):
        side = design.articles[design.articles["is_target"].eq(is_target)]
        whole, most = int(side["n"].sum()), int(side["n"].max()) if len(side) else 0
        if len(side) > 1 and most > HEAVY * whole:
            article = side["article"].iloc[int(side["n"].to_numpy().argmax())]
            found.append(
                f"Article {article} alone has {most:,} of the {whole:,} {design.unit} "
                f"of {name}: what is said of {name} is mostly said of this article."
            )
    if design.strata > 1 and design.event_weight.max() > HEAVY_EVENT:
        heaviest = int(design.event_weight.argmax())
        rows = design.articles[design.event_of_cell[design.cell] == heaviest]
        found.append(
            f"Event {rows['event'].iloc[0]} alone has "
            f"{100 * design.event_weight.max():.0f} % of the weight of all events."
        )
    return found


def _unlike(design: Design, units: Units, made: Estimates) -> list[str]:
    """Say where the sides differ more than twofold."""
    names = side_names(design)
    n = [float(design.n[side].mean()) for side in (design.is_target, ~design.is_target)]
    tested = ~np.isnan(made.p)
    excess = [float(np.median(one[tested])) for one in made.excess]
    parts = []
    for values, form in (
        (units.sizes, "{0} has {2:.1f} times as many articles as {1}"),
        (n, "articles of {0} are {2:.1f} times as long as those of {1}"),
        (excess, "items come in stronger bursts in {0} than in {1} ({2:.1f} times)"),
    ):
        more, less = (0, 1) if values[0] >= values[1] else (1, 0)
        if values[less] > 0 and values[more] > UNLIKE * values[less]:
            times = values[more] / values[less]
            parts.append(form.format(names[more], names[less], times))
    if not parts:
        return []
    return [
        f"The two sides are unlike: {'; '.join(parts)}. The test allows for that; what "
        "it does then was measured (benchmarks/RESULTS.md)."
    ]


def _unit_words(units: Units) -> str:
    """Name what is left out in turn."""
    if units.kind == "events":
        return "events and clusters" if units.clustered else "events"
    return "clusters" if units.clustered else "articles"


def _test(units: Units, against: str) -> str:
    """Say how p and intervals were made."""
    what = (
        "how low one share and how high the other may be"
        if against == "whole"
        else "the logarithm of the ratio of the odds of the two sides"
    )
    return (
        f"p and intervals are one test: {what}, half a count added to each; standard "
        f"errors by leaving out {_unit_words(units)} one at a time (jackknife); t with "
        "degrees of freedom by Welch and Satterthwaite, fewer where few have the item. "
        "p is below .05 exactly where the interval leaves out no difference."
    )


def _asked(settings: Mapping[str, Any]) -> list[str]:
    """Say what covariates, odds and margins do."""
    lines = []
    if settings["covariates"]:
        lines.append(
            f"Held alike by a quasi-Poisson regression: "
            f"{', '.join(settings['covariates'])}. The ratio is one for all events; "
            "the difference is what it makes at the geometric mean of the two shares."
        )
    if settings["against"] == "rest":
        lines.append(
            "A ratio is of odds: an item against the rest of its side. The limits of "
            "the difference are what the ratio's make midway between the two sides."
        )
    if settings["margin"] is not None:
        lines.append(
            f"p_within: two one-sided tests that the ratio lies between "
            f"{1 / settings['margin']:.2g} and {settings['margin']:g}."
        )
    return lines


def _add_up(design: Design, against: str) -> list[str]:
    """Say that shares add up, where a few items make up most of a side."""
    if not len(design.items) or not len(design.n) or against == "rest":
        return []
    shares = np.asarray(design.k.sum(axis=0)).ravel() / design.n.sum()
    if shares.max() < LARGE or shares.sum() < HEAVY or shares.sum() > 1 + 1e-9:
        return []
    return [
        "These shares add up to a whole: where one item has more, others must have "
        "less, without anything being said of them. against='rest' sets the odds of "
        "each against all others."
    ]


def _family(design: Design, made: Estimates) -> str:
    """Say over what q was adjusted, and what to go by for a picked item."""
    tested = int((~np.isnan(made.p)).sum())
    return (
        f"q: Benjamini-Hochberg over {number_of(tested, 'item')} ({design.measure}, "
        f"voice {design.voice}). For an item that a heading or finding names: p_max, "
        "which holds for all of them at once (Holm 1979), and low_selected to "
        "high_selected (Benjamini & Yekutieli 2005), which figures draw."
    )
