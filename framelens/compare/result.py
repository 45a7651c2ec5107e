"""The result of a comparison: a table that knows its caption, plot and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens.compare.bounds import WITH
from framelens.compare.design import ALL, REST, SUMS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

SHOWN = 20
"""Items whose articles are kept as points, and rows that a notebook shows."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """Two outlets side by side, as `contrast` returns them.

    Attributes
    ----------
    target, baseline : str
        The outlets; a positive difference means more in `target`.
    voice : str
    table : DataFrame
        One row per item, those furthest apart first (for terms by log odds over
        their rough standard error, as Monroe, Colaresi & Quinn 2008 order words;
        else by the difference): ``item, voice, target_k,
        target_n, baseline_k, baseline_n`` (counts and totals over the compared
        articles), ``difference`` (of shares, in [-1, 1]), ``low`` and ``high`` (95 %
        interval), ``p``, ``q``, ``articles_target, articles_baseline, events`` (what
        it rests on; 0 events where none are given), ``flips`` (the sign is lost when
        one article or one event is left out; missing where nothing can be left out),
        ``refusal`` (why there is no test; None where there is one), ``found_in``
        (compared articles that have the item), ``dispersion`` (over these articles:
        0 evenly spread, 1 all in one place; Gries's deviation of proportions),
        ``p_max`` (holds for all tested items at once: the one to go by for an item
        that a heading or finding names), ``low_selected`` and ``high_selected``
        (the wider interval of an item picked by its q of at most 0.05), and for
        terms ``log_odds``. Undefined is NaN.
    bounds : DataFrame or None
        Of the voice "own" only, one row per item: ``item``; then ``difference, low,
        high`` and the four counts of the own voice alone, as in `table`; then the
        same seven with reported speech added, their names ending in
        ``_with_indirect``; and ``sign_differs`` (whether the two differences point
        different ways, or one is zero; missing where the own voice has none).
    points : DataFrame
        ``item, voice, outlet, article, event, share, k, n`` of the first 20 items;
        beside "own" also in the voice "rest", which is the other bound.
    estimand : str
        What the difference is of.
    sources : str
        Articles and dates.
    refusal : str or None
        Why nothing is tested; None where something is.
    caption, alt : str
    notes : tuple of str
    names : tuple of str
        What the two sides are called: outlets, or "this report (Daily)" where
        outlet and genre cannot be told apart.
    """

    target: str
    baseline: str
    voice: str
    table: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    estimand: str
    sources: str
    refusal: str | None
    caption: str = field(repr=False)
    alt: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    names: tuple[str, str] = field(repr=False)
    bounds: pd.DataFrame | None = field(default=None, repr=False)
    articles: pd.DataFrame | None = field(default=None, repr=False)
    find: Callable[[str], pd.DataFrame] | None = field(default=None, repr=False)

    @property
    def wider(self) -> pd.DataFrame | None:
        """The other bound under the names of `table`; None except in the own voice."""
        if self.bounds is None:
            return None
        names = [str(one) for one in self.bounds if str(one).endswith(WITH)]
        named = self.bounds[["item", *names]]
        named = named.rename(columns=lambda one: str(one).removesuffix(WITH))
        sizes = self.table[["articles_target", "articles_baseline"]]
        return named.assign(voice=REST).join(sizes)

    def evidence(self, item: str, voice: str | None = None) -> pd.DataFrame:
        """Find what was counted for one item, in the compared articles.

        Parameters
        ----------
        item : str
            One of ``table["item"]``.
        voice : str, optional
            The voice of this comparison unless another is named: a voice, or a sum.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``.

        Raises
        ------
        UnknownNameError
            If the item is not in the table.
        InputError
            If `contrast` was given no articles, or counts that cannot be traced.
        """
        require_known(item, self.table["item"], kind="item")
        if self.articles is None:
            raise InputError("no sentences at hand: give contrast() the articles=.")
        if self.find is None:
            raise InputError(
                "these counts do not say where they come from; pass Counts."
            )
        asked = voice or self.voice
        found = self.find(item)
        found = found[found["article"].isin(self.articles["article"])]
        if asked != ALL:
            found = found[found["voice"].isin(SUMS.get(asked, (asked,)))]
        order = pd.Index(self.articles["article"]).get_indexer(found["article"])
        rows = np.lexsort((found["start"], order))
        return found.iloc[rows].reset_index(drop=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw what the table holds, and return the axes."""
        from framelens.show.contrast_view import plot_contrast

        return plot_contrast(self, ax=ax)

    def figure(self) -> Figure:
        """Draw it as a figure with caption, alt text and source line."""
        from framelens.show.figure import Figure

        return Figure.from_axes(
            self.plot(), caption=self.caption, alt=self.alt, source=self.sources
        )

    def save(self, path: str | Path) -> Path:
        """Save the figure at slide size, as .png or .svg, and return where it is."""
        return self.figure().save(path)

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        rest = len(self.table) - SHOWN
        more = (f"{rest:,} more items stand in .table.",) if rest > 0 else ()
        rests_on = self.caption.removeprefix(self.estimand).strip()
        notes = (*more, *filter(None, [rests_on]), *self.notes)
        return html_table(self._shown(), caption=self.estimand, notes=notes)

    def _shown(self) -> pd.DataFrame:
        """Lay out the first rows as a reader wants them: counts, in few columns."""
        table = self.table.head(SHOWN)
        shown = pd.DataFrame({"item": table["item"]})
        for side, name in zip(("target", "baseline"), self.names, strict=True):
            pairs = zip(table[f"{side}_k"], table[f"{side}_n"], strict=True)
            shown[name if name not in shown else f"{name} again"] = [
                f"{k:,} of {n:,}" for k, n in pairs
            ]
        shown["difference (percentage points)"] = 100 * table["difference"]
        if self.bounds is not None:
            bounds = self.bounds.head(SHOWN)
            shown["with reported speech"] = 100 * bounds[f"difference{WITH}"]
            shown["sign differs"] = bounds["sign_differs"].astype(object)
        if "log_odds" in table:
            shown["log odds"] = table["log_odds"]
        if self.refusal is None:
            shown["from"], shown["to"] = 100 * table["low"], 100 * table["high"]
            shown["p"], shown["q"] = table["p"], table["q"]
            shown["no test because"] = table["refusal"]
        shown["sign lost without one"] = (
            table["flips"].astype(object).where(table["flips"].notna(), None)
        )
        return shown
