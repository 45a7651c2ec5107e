"""Multiverse: one comparison under every setting that a reviewer would vary."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_known
from framelens._progress import followed
from framelens._result import Result
from framelens.compare.contrast import contrast
from framelens.compare.design import ALL, OWN, QUOTED, REST, SUMS
from framelens.compare.units import FLOORS
from framelens.compare.wording import THESE_ONLY, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from framelens.compare.design import Source
    from framelens.measure.counts import Counts

COPIES = ("as one", "left out")
"""What may be done with copies: count a group as one in tests, or keep its first."""

VARIED = ("voice", "weights", "cluster", "strata", "covariates", "against", "copies",
          "min_articles", "floors")  # fmt: skip
"""What may be varied: options of `contrast`, and copies."""

MOST = 96
"""Specifications at most: more are no longer looked at one by one."""

FOUND_COLUMNS = ["item", "ratio", "ratio_low", "ratio_high", "difference", "low",
                 "high", "p", "articles_target", "articles_baseline", "events",
                 "refusal"]  # fmt: skip
"""What each specification gives, beside its settings."""


@dataclass(frozen=True, eq=False)
class Multiverse(Result):
    """A comparison under many settings, as `multiverse` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per specification and item: ``specification`` (a number), one column
        for each setting that is varied, ``differs`` (in words, what is unlike the
        first specification), then as in `Contrast.table`: ``item, ratio, ratio_low,
        ratio_high, difference, low, high, p, articles_target, articles_baseline,
        events, refusal``.
    item : str
        The item that is drawn; the first one unless `of` was asked.
    refusal : str or None
        Why nothing is tested in any specification.
    caption, alt : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    item: str
    refusal: str | None
    title: str
    notes: tuple[str, ...] = field(repr=False)

    def of(self, item: str) -> Multiverse:
        """Give the same result, with another item to be drawn.

        Raises
        ------
        UnknownNameError
            If there is no such item.
        """
        require_known(item, self.table["item"], kind="item")
        return replace(self, item=item)

    @property
    def curve(self) -> pd.DataFrame:
        """The rows of the item that is drawn, smallest ratio first."""
        rows = self.table[self.table["item"] == self.item]
        return rows.sort_values("ratio", kind="stable").reset_index(drop=True)

    @property
    def caption(self) -> str:
        """How many specifications agree, of the item that is drawn."""
        curve = self.curve
        tested = curve[curve["p"].notna()]
        text = f"{self.title}: {self.item}, {number_of(len(curve), 'specification')}"
        if tested.empty:
            return f"{text}, none of which can be tested."
        more = (tested["ratio"] > 1).sum()
        return (
            f"{text}, {len(tested):,} of them tested: ratios from "
            f"{tested['ratio'].min():.2f} to {tested['ratio'].max():.2f}, above 1 in "
            f"{more:,}, p below .05 in {(tested['p'] < 0.05).sum():,}."
        )

    def shown(self) -> pd.DataFrame:
        """Lay out the curve: what differs, the ratio and its interval."""
        curve = self.curve
        names = ["differs", "ratio", "ratio_low", "ratio_high", "p", "refusal"]
        return curve[names].rename(columns={"differs": "specification"})


def multiverse(
    counts: Source,
    target: str,
    baseline: str,
    items: Sequence[str],
    *,
    vary: Mapping[str, Sequence[Any]] | None = None,
) -> Multiverse:
    """Compare two outlets under every combination of settings.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them.
    target, baseline : str
        Names of outlets.
    items : sequence of str
        Items named beforehand.
    vary : mapping of str to sequence, optional
        Options of `contrast` (``voice, weights, cluster, strata, covariates, against,
        min_articles, floors``) or ``copies`` ("as one", "left out") and the values of
        each; the first is that of the specification which the others are held
        against. Unless given: the voices, both weights of events, clusters by author,
        strata by section, the length of articles as a covariate, and copies, as far as
        the counts know them.

    Returns
    -------
    Multiverse

    Raises
    ------
    InputError
        If no item is named, an option cannot be varied, or more than 96
        specifications come of it.
    UnknownNameError
        If an outlet, an item or a voice does not occur.

    Notes
    -----
    Specifications share their articles: how many of them lie below .05 is a
    description and no test [1]_ [2]_. Of voices each is a question of its own.

    References
    ----------
    .. [1] Steegen, Tuerlinckx, Gelman & Vanpaemel (2016), Perspectives on
       Psychological Science 11, 702-712. https://doi.org/10.1177/1745691616658637
    .. [2] Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4, 1208-1214.
       https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily"] * 6 + ["Herald"] * 6,
    ...     "article": list("abcdefghijkl"), "voice": "rest", "item": "deal",
    ...     "k": [3, 4, 5, 3, 4, 5, 1, 2, 1, 2, 1, 2], "n": 10})
    >>> result = multiverse(counts, "Daily", "Herald", ["deal"],
    ...                     vary={"against": ["whole", "rest"]})
    >>> result.table[["differs", "ratio"]].round(2)
             differs  ratio
    0       as asked   2.58
    1  against: rest   3.64
    """
    given = counts_of(counts)
    if isinstance(items, str) or not len(items):
        raise InputError("items are a list of names, as ['drones'].")
    for item in items:
        require_known(item, given.sparse.names(), kind="item")
    varied = _defaults(given) if vary is None else {**vary}
    specifications = _specifications(varied)
    alone = _without_copies(given) if "copies" in varied else given
    parts = []
    for number, chosen in enumerate(followed(specifications, "comparing", "setting")):
        options = {name: value for name, value in chosen.items() if name != "copies"}
        source = alone if chosen.get("copies") == COPIES[1] else given
        table = contrast(source, target, baseline, **options).table
        rows = table.set_index("item").reindex(list(items)).reset_index()
        missing = rows["difference"].isna() & rows["refusal"].isna()
        why = rows["refusal"].astype(object).mask(missing, "nothing was counted")
        rows["refusal"] = why.where(why.notna(), None)
        settings = {name: _said(value) for name, value in chosen.items()}
        differs = _differs(chosen, specifications[0])
        parts.append(
            rows[FOUND_COLUMNS].assign(
                specification=number, **settings, differs=differs
            )
        )
    table = pd.concat(parts, ignore_index=True)
    table = table[["specification", *varied, "differs", *FOUND_COLUMNS]]
    reason = None
    if table["p"].isna().all():
        reason = str(table["refusal"].iloc[0])
    return Multiverse(
        table=table,
        item=str(items[0]),
        refusal=reason,
        title=f"{target} against {baseline} ({given.measure})",
        notes=(
            "Specifications share their articles: how many lie below .05 is a "
            "description and no test (Steegen and others 2016).",
            THESE_ONLY,
        ),
    )


def _defaults(counts: Counts) -> dict[str, Sequence[Any]]:
    """Say what is varied unless told otherwise."""
    known = set(counts.totals["voice"].dropna()) - {"furniture"}
    voices = [OWN, REST, QUOTED] if OWN in known else [REST, QUOTED]
    parts = {one: known & {*SUMS.get(one, (one,))} for one in voices}
    named = [one for one, part in parts.items() if part and part != known]
    varied: dict[str, Sequence[Any]] = {"voice": [ALL, *named]}
    if counts.totals["event"].dropna().unique().size > 1:
        varied["weights"] = ["equal", "precision"]
    columns = [] if counts.corpus is None else [*counts.corpus.articles.columns]
    if "author" in columns:
        varied["cluster"] = [None, "author"]
    if "section" in columns:
        varied["strata"] = ["genre", "section"]
    varied["covariates"] = [(), ("length",)]
    if counts.corpus is not None and len(counts.corpus.duplicates):
        varied["copies"] = COPIES
    return varied


def _specifications(varied: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Combine all values of all settings."""
    for name, values in varied.items():
        require_known(name, VARIED, kind="setting to vary")
        if isinstance(values, str) or not len(values):
            raise InputError(f"{name}: give a list of values; found {values!r}.")
    for value in varied.get("copies", ()):
        require_known(value, COPIES, kind="way with copies")
    found = [
        dict(zip(varied, values, strict=True)) for values in product(*varied.values())
    ]
    if len(found) > MOST:
        raise InputError(
            f"{len(found):,} specifications, at most {MOST}: vary fewer settings."
        )
    return found


def _without_copies(counts: Counts) -> Counts:
    """Keep the first of each group of copies within an outlet."""
    if counts.corpus is None:
        raise InputError("copies are not known: measure a corpus, or do not vary them.")
    outlets = counts.totals.drop_duplicates("article")[["article", "outlet"]]
    found = counts.corpus.duplicates[["article", "group"]].merge(outlets, on="article")
    away = found.loc[found.duplicated(["group", "outlet"]), "article"]
    kept = outlets.loc[~outlets["article"].isin(away), "article"]
    return counts.select(articles=kept.tolist())


def _said(value: Any) -> str:
    """Write a value of a setting."""
    if value is None or value == ():
        return "none"
    if value == FLOORS:
        return "as usual"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _differs(chosen: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Say in what a specification is unlike the first."""
    parts = [
        f"{name}: {_said(value)}"
        for name, value in chosen.items()
        if value != first[name]
    ]
    return "; ".join(parts) or "as asked"
