"""Tested: what differs between two outlets though everything looked at is allowed for.

Every measure of the report is compared in every voice that it has, for each pair of
outlets. An item becomes a finding if its p for all items of its comparison, times the
number of comparisons, is at most .05 (Holm 1979 within, Bonferroni over comparisons):
in articles that do not differ, such a finding turns up in at most one corpus of twenty.
"""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import FramelensError
from framelens._wording import counted
from framelens.measure import MEASURES
from framelens.measure.outlet_names import names_an_outlet
from framelens.measure.printed import as_printed
from framelens.measure.speakers import MISSING
from framelens.measure.term_kinds import CONTENT
from framelens.report.findings.finding import CORRECTED, TESTED, Finding
from framelens.report.findings.phrases import named
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.measure import Counts
    from framelens.report.workings import Workings

LEVEL = 0.05
"""Of one false finding in a corpus, over all comparisons together."""

MOST_NAMED = 4
"""Items that one sentence names; how many more there are is said."""

MOST_OUTLETS = 5
"""Outlets of which every pair is compared: those with most articles."""

VOICES = ("own", "all")
"""Voices that are compared, the outlet's own first: what is found there is not said
again of all voices together."""

IN_VOICE = {"own": "In its own voice, {} ", "all": "{} "}
"""How a sentence begins."""


LEAST_CLAUSES = 10
"""Clauses about somebody in each outlet, so that roles can be set side by side."""

THEMES = {"terms": "Choice of words", "speakers": "Who is heard"}
"""The theme of each measure; of others its own label."""

PUT = {
    "terms": "uses {} more often than {}",
    "speakers": "gives {} more room than {}",
    "roles": "shows {} more often than {}",
}
"""What a sentence says of the items of a measure, and against which outlet."""

WHAT = {
    "terms": ("this word or name", "these words or names"),
    "speakers": ("this source", "these sources"),
    "roles": ("this role", "these roles"),
}
"""What one item is called, and several."""


class Apart(NamedTuple):
    """Tested items of one comparison that all lean to the same outlet."""

    result: Contrast
    rows: pd.DataFrame
    comparisons: int
    also: tuple[str, ...] = ()

    @property
    def more(self) -> str:
        """The outlet that has more of them."""
        more = len(self.rows) == 0 or self.rows["difference"].iloc[0] > 0
        return self.result.target if more else self.result.baseline

    @property
    def less(self) -> str:
        """The outlet that has fewer of them."""
        result = self.result
        return result.baseline if self.more == result.target else result.target

    @property
    def of(self) -> tuple[str, str]:
        """What is measured, and the outlet that has more of it."""
        counts = self.result.counts
        return "" if counts is None else counts.measure, self.more


def apart(
    corpus: Corpus, outlets: Sequence[str], workings: Workings
) -> Iterator[Finding]:
    """Propose what each measure shows to differ, for each pair of outlets."""
    results = list(_comparisons(corpus, outlets, workings))
    sides = [
        Apart(result, side, len(results))
        for result in results
        for rows in [_beyond_chance(result, len(results))]
        for side in (rows[rows["difference"] > 0], rows[rows["difference"] < 0])
    ]
    against: dict[tuple[str, str, str], list[str]] = {}
    for side in sides:
        for item in side.rows["item"]:
            others = against.setdefault((*side.of, item), [])
            others += [] if side.less in others else [side.less]
    said: set[tuple[str, str, str]] = set()
    for side in sides:
        keys = [(*side.of, item) for item in side.rows["item"]]
        first = np.array([key not in said for key in keys], dtype=bool)
        said.update(keys)
        if first.any():
            named_here = [key for key, new in zip(keys, first, strict=True) if new]
            more = [set(against[key]) - {side.less} for key in named_here[:MOST_NAMED]]
            also = sorted(set.intersection(*more))
            yield _finding(side._replace(rows=side.rows[first], also=tuple(also)))


def nearest(
    corpus: Corpus, outlets: Sequence[str], workings: Workings
) -> Iterator[str]:
    """Say, where no difference is beyond chance, what was tested and came nearest."""
    results = list(_comparisons(corpus, outlets, workings))
    if not results:
        return
    tables = [_allowed_for(result, len(results)) for result in results]
    smallest = [table["p_everything"].min() for table in tables]
    best = int(np.argmin(np.nan_to_num(smallest, nan=np.inf)))  # of none: no p
    first = tables[best].head(1)
    if (first["p_everything"] <= LEVEL).any():
        return
    tested = sum(int(one.table["p"].notna().sum()) for one in results)
    closest = "none comes near it"
    near: Any = first[first["p_everything"] < 1].itertuples()
    for row in near:
        sides = (results[best].target, results[best].baseline)
        closest = (
            f"the nearest is “{plain(row.item)}”, of which "
            f"{plain(sides[row.difference < 0])} has more than "
            f"{plain(sides[row.difference > 0])} ({_written(row.p_everything)} after "
            "allowing for them all)"
        )
    yield (
        f"No difference in numbers is beyond chance: {counted(tested, 'item')} in "
        f"{counted(len(results), 'comparison')} were tested, and {closest}."
    )


def corrected(results: Iterable[Contrast]) -> Iterator[Finding]:
    """Propose what comparisons show from which codes took out the machine's error."""
    given = [result for result in results if result.refusal is None]
    for result in given:
        rows = _beyond_chance(result, len(given))
        for side in (rows[rows["difference"] > 0], rows[rows["difference"] < 0]):
            if len(side):
                yield _finding(Apart(result, side, len(given)))


def _comparisons(
    corpus: Corpus, outlets: Sequence[str], workings: Workings
) -> Iterator[Contrast]:
    """Compare every pair of outlets, by every measure of the report, in each voice."""
    if len(outlets) < 2:
        return
    for measure, options in _measures():
        if corpus.marks_only and measure == "roles":
            continue  # not in quotation marks, and every sentence would be parsed
        counts = workings.counts(corpus, measure, **options)
        present = set(counts.totals["voice"])
        for voice in VOICES:
            if voice == "own" and "own" not in present:
                continue
            for one, other in combinations(outlets[:MOST_OUTLETS], 2):
                try:
                    result = workings.contrast(
                        corpus, measure, one, other, voice=voice, **options
                    )
                except FramelensError:
                    continue
                if result.refusal is None:
                    yield result


def _measures() -> Iterator[tuple[str, dict[str, str]]]:
    """Give every measure of the report; speakers by each grouping."""
    for measure in MEASURES.values():
        if not measure.in_report:
            continue
        by_each = [{"by": by} for by in MISSING]
        for options in by_each if measure.name == "speakers" else [{}]:
            yield measure.name, options


def _beyond_chance(result: Contrast, comparisons: int) -> pd.DataFrame:
    """Give the items whose p, for everything looked at, is small enough."""
    table = _allowed_for(result, comparisons)
    return table[table["p_everything"] <= LEVEL]


def _allowed_for(result: Contrast, comparisons: int) -> pd.DataFrame:
    """Give the items that may be found, with p for everything, the smallest first."""
    table = result.table
    table = table.assign(p_everything=(table["p_max"] * comparisons).clip(upper=1.0))
    kinds = result.kinds
    if kinds is not None:
        table = table[table["item"].map(kinds).eq(CONTENT)]
    table = table[~table["item"].isin(list(MISSING.values()))]
    sides = (result.target, result.baseline)
    own = [names_an_outlet(item.split(": ")[0], sides) for item in table["item"]]
    table = table[~np.array(own, dtype=bool)]  # what an outlet calls itself
    if result.counts is not None and result.counts.measure == "roles":
        table = table[_of_both(result, result.counts, table)]
    return table.sort_values(["p_everything", "item"], kind="stable")


def _of_both(
    result: Contrast, counts: Counts, table: pd.DataFrame
) -> npt.NDArray[np.bool_]:
    """Whether a role leans as it does among all roles of whom it is about.

    Where one outlet hardly writes of somebody under that name, it is a choice of words
    (*illegal immigrants* for *migrants*) and no role.
    """
    rows = counts.counts
    if result.voice != "all":
        rows = rows[rows["voice"].eq(result.voice)]
    of_item = rows.pivot_table(
        index="item", columns="outlet", values="k", aggfunc="sum", fill_value=0
    ).reindex(columns=[result.target, result.baseline], fill_value=0)
    whose = [str(item).rsplit(": ", 1)[0] for item in of_item.index]
    of_whom = of_item.groupby(whose).transform("sum")
    shares = (of_item / of_whom.clip(lower=1)).diff(axis=1).iloc[:, 1]
    enough = of_whom.min(axis=1).ge(LEAST_CLAUSES)
    leans = table["item"].map(-shares.where(enough, 0.0)).fillna(0.0)
    of_nobody = ~table["item"].str.contains(": ", regex=False)
    return ((leans * table["difference"]).gt(0) | of_nobody).to_numpy(dtype=bool)


def _finding(found: Apart) -> Finding:
    """Put the items of one comparison into a sentence."""
    result, rows, comparisons, also = found
    more, less = found.more, found.less
    name, unit = ("", "words")
    if result.counts is not None:
        name, unit = result.counts.measure, result.counts.unit
    measure = MEASURES.get(name)
    begins = IN_VOICE.get(result.voice, "{} ").format(plain(more))
    called = WHAT.get(name, ("this", "these"))[len(rows) > 1]
    verb = PUT.get(name, "has more of {} than {}").format(called, plain(less))
    first = rows.head(MOST_NAMED)
    printed = as_printed(result.counts, first["item"])
    what = [_each(row, printed[str(row.item)], unit) for row in first.itertuples()]
    if len(rows) > MOST_NAMED:
        what.append(f"{len(rows) - MOST_NAMED:,} more")
    p = float(rows["p_everything"].iloc[0])
    basis = _basis(result, p, comparisons)
    if name == "terms" and rows["item"].str.contains(" ").any():
        basis += " A full name counts the surname by itself, too."
    if also:
        basis += f" The same holds against {named(map(plain, also))}."
    sure = TESTED if result.correction is None else CORRECTED
    return Finding(
        THEMES.get(name, measure.label if measure else "Your own comparisons"),
        f"{begins}{verb}: {named(what)}.",
        basis,
        sure,
        size=_size(rows),
        certainty=1 - p,
        surprise=1.0,
        find=partial(_places, result, rows["item"].head(MOST_NAMED).tolist()),
        about=f"{more}: {rows['item'].iloc[0].split(': ')[0]}",
    )


def _each(row: Any, printed: str, unit: str) -> str:
    """Give an item with how much more of it there is, and the interval for picking."""
    low, high = sorted(
        abs(1000 * edge) for edge in (row.low_selected, row.high_selected)
    )
    more = f"{abs(1000 * row.difference):.1f} more in 1,000 {unit}"
    return f"“{plain(printed)}” ({more}, 95 % interval {low:.1f} to {high:.1f})"


def _size(rows: pd.DataFrame) -> float:
    """Give the largest difference of shares as a part of the larger share."""
    larger = rows[["target_k", "baseline_k"]].to_numpy() / (
        rows[["target_n", "baseline_n"]].to_numpy()
    )
    parts = rows["difference"].abs().to_numpy() / larger.max(axis=1).clip(min=1e-12)
    return float(parts.max().clip(0.0, 1.0))


def _written(p: float) -> str:
    """Write p with three decimals."""
    return "p below .001" if p < 0.001 else f"p {p:.3f}"


def _basis(result: Contrast, p: float, comparisons: int) -> str:
    """Say what a tested finding rests on."""
    first = result.table.iloc[0]
    tested = int(result.table["p"].notna().sum())
    looked = f"{tested:,} items and {counted(comparisons, 'comparison')}"
    over = (
        f" on {counted(int(first['events']), 'event')}"
        if first["events"]
        else ", no event stated: it may be what they chose to report on, or when"
    )
    machine = (
        "corrected by codes"
        if result.correction is not None
        else "the machine's own error is not taken out"
    )
    articles = (
        f"{counted(int(first['articles_target']), 'article')} of "
        f"{plain(result.target)} and {int(first['articles_baseline']):,} of "
        f"{plain(result.baseline)}"
    )
    return f"{articles}{over}; {_written(p)} after allowing for {looked}; {machine}."


def _places(result: Contrast, items: list[str]) -> pd.DataFrame:
    """Give the places of the items that a sentence names."""
    return pd.concat([result.evidence(item) for item in items], ignore_index=True)
