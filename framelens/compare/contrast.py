"""Contrast: how far apart two outlets are, and how sure one may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens.compare import wording
from framelens.compare.as_counted import AsCounted
from framelens.compare.coded import coded_of
from framelens.compare.design import ALL, OWN, REST, SUMS, design_of
from framelens.compare.inference import (
    LEVEL,
    adjusted,
    enough,
    for_all,
    selected_level,
    units_in,
)
from framelens.compare.leaving import jackknife
from framelens.compare.odds import odds_of, odds_ratios
from framelens.compare.rates import Rated, rates_of
from framelens.compare.record import record_of
from framelens.compare.regression import regression, terms_of, terms_refusal
from framelens.compare.sensitivity import (
    SENSITIVITY_COLUMNS,
    by_machine,
    sensitivity_of,
    sensitivity_sentence,
)
from framelens.compare.units import FLOORS
from framelens.compare.with_indirect import WITH, with_indirect_of
from framelens.measure.counts import counts_of
from framelens.measure.fixed_lines import fixed_lines
from framelens.measure.printed import as_printed
from framelens.measure.term_kinds import CONTENT, term_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from framelens.compare.coded import Coded, Correction
    from framelens.compare.codes import Codes
    from framelens.compare.design import Design, Floats, Source, Whole
    from framelens.compare.inference import Estimates, Units
    from framelens.compare.leaving import Statistic
    from framelens.compare.rates import Errors
    from framelens.compare.units import Floors
    from framelens.measure.counts import Counts
    from framelens.measure.fixed_lines import FixedLine

TABLE_COLUMNS = [
    "item", "voice", "target_k", "target_n", "baseline_k", "baseline_n", "difference",
    "low", "high", "ratio", "ratio_low", "ratio_high", "p", "q", "articles_target",
    "articles_baseline", "events", "flips", "refusal", "found_in", "dispersion",
    "p_max", "low_selected", "high_selected",
]  # fmt: skip
"""The columns of every comparison; that of terms has ``log_odds`` as well."""

POINT_COLUMNS = ["item", "voice", "outlet", "article", "event", "share", "k", "n"]

MIN_ARTICLES = 5
"""An item is tested if so many of the compared articles have it, on whichever side."""

AGAINST = ("whole", "rest")
"""What a ratio may be of: shares of the whole, or odds against the rest."""

TRIED_P = np.sort(np.append(np.geomspace(1e-6, 0.4999, 24), 0.05))
"""Levels at which intervals are held against a margin; in between by interpolation."""

SHOWN = 20
"""Items whose articles are kept as points, and rows that a notebook shows."""


@dataclass(frozen=True, eq=False)
class Contrast(Result):
    """Two outlets side by side, as `contrast` returns them.

    Attributes
    ----------
    target, baseline : str
        The outlets; a positive difference means more in `target`.
    voice : str
    table : DataFrame
        One row per item, those furthest apart first (for terms content words before
        all others, and by log odds over their rough standard error, as Monroe,
        Colaresi & Quinn 2008 order words; else by the difference): ``item, voice,
        target_k, target_n, baseline_k, baseline_n`` (counts and totals over the
        compared articles), ``difference`` (of shares, in [-1, 1]), ``low`` and
        ``high`` (95 % interval), ``ratio`` (of shares, half a count added to each),
        ``ratio_low`` and ``ratio_high`` (95 % interval), ``p``, ``q``,
        ``articles_target, articles_baseline, events`` (what it rests on; 0 events
        where none are given), ``flips`` (the sign is lost when one article, or one
        event, is left out; missing where nothing can be left out), ``refusal`` (why
        there is no test; None where there is one), ``found_in`` (compared articles
        that have the item), ``dispersion`` (over these articles: 0 evenly spread, 1
        all in one place; Gries's deviation of proportions), ``p_max`` (for all tested
        items at once: the one to go by for an item that a heading or finding names),
        ``low_selected`` and ``high_selected`` (the wider interval of an item that is
        picked from the table, which figures draw), and for terms ``log_odds``.
        Undefined is NaN. ``p`` is below 0.05 exactly where the intervals leave out a
        difference of 0 and a ratio of 1.
    with_indirect : DataFrame or None
        Of the voice "own" only, for voices are sometimes wrong, one row per item:
        ``item``; then ``difference, low, high`` and the four counts of the own voice
        alone, as in `table`; then the same seven with reported speech added, their
        names ending in ``_with_indirect``; and ``sign_differs`` (whether the two
        differences point different ways, or one is zero; missing where the own voice
        has none).
    points : DataFrame
        ``item, voice, outlet, article, event, share, k, n`` of the first 20 items;
        beside "own" also in the voice "rest", with reported speech added.
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
    articles : tuple of str
        The compared articles.
    coefficients : DataFrame or None
        With covariates, one row per tested item and term of the regression: ``item,
        term`` ("outlet" first), ``ratio, low, high`` (of rates; 95 % interval), ``p``.
    settings : dict
        What `contrast` was asked for.
    correction : Correction or None
        With codes: the machine's figures, what the codes alone say and the corrected
        ones side by side, how far each outlet's machine figure was off, and how many
        more codes would halve the interval; with published error rates, the machine's
        and the corrected ones. `table` has the corrected ones; `points` are the
        machine's.
    sensitivity : DataFrame or None
        Where nothing is corrected, of the first 20 items, unless words were counted
        in all voices: ``item, better, recall`` (0.9, supposed of this outlet),
        ``worse, lost_at`` (the recall in that outlet at which the two shares are the
        same), ``gap`` (recall less that; NaN where no recall loses the sign). In the
        voice "own" it is the recall of reported speech.
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
    with_indirect: pd.DataFrame | None = field(default=None, repr=False)
    counts: Counts | None = field(default=None, repr=False)
    articles: tuple[str, ...] = field(default=(), repr=False)
    coefficients: pd.DataFrame | None = field(default=None, repr=False)
    settings: dict[str, Any] = field(default_factory=dict, repr=False)
    correction: Correction | None = field(default=None, repr=False)
    sensitivity: pd.DataFrame | None = field(default=None, repr=False)
    made: AsCounted | None = field(default=None, repr=False)

    @property
    def kinds(self) -> pd.Series[str] | None:
        """The kind of each word, by item; None where no words are compared.

        ``content``; or ``function``, ``reporting``, ``title``, ``date``, ``outlet``:
        words that mostly tell of house style.
        """
        if self.counts is None or self.counts.measure != "terms":
            return None
        return _kinds(self.table, self.counts)

    @property
    def wider(self) -> pd.DataFrame | None:
        """`with_indirect` under the names of `table`; None except in the own voice."""
        both = self.with_indirect
        if both is None:
            return None
        named = both[["item", *(name for name in both if str(name).endswith(WITH))]]
        named = named.rename(columns=lambda name: str(name).removesuffix(WITH))
        sizes = self.table[["articles_target", "articles_baseline"]]
        return named.assign(voice=REST).join(sizes)

    def evidence(self, item: str, voice: str | None = None) -> pd.DataFrame:
        """Find what was counted for one item, in the compared articles.

        Parameters
        ----------
        item : str
            One of ``table["item"]``; a term also as a figure prints it.
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
            If these counts cannot be traced to articles.
        """
        known = set(self.table["item"])
        item = item.lower() if item not in known and item.lower() in known else item
        require_known(item, self.table["item"], kind="item")
        if self.counts is None:
            raise InputError("there is no article to look in: nothing is compared")
        found = self.counts.evidence(item)
        found = found[found["article"].isin(self.articles)]
        asked = voice or self.voice
        if asked != ALL:
            found = found[found["voice"].isin(SUMS.get(asked, (asked,)))]
        return found.reset_index(drop=True)

    def design(self, items: Sequence[str] | None = None) -> pd.DataFrame:
        """Give what the comparison rests on, article by article, for another tool.

        Parameters
        ----------
        items : sequence of str, optional
            Some of ``table["item"]``; all of them where none are named.

        Returns
        -------
        DataFrame
            One row per compared article and item: ``article, outlet, event, genre,
            date``, the column of clusters, ``unit`` (a number; what has the same one is
            left out together), ``item, k, n, weight`` (of one count in the share of
            its outlet: ``weight * k`` add up to it).

        Raises
        ------
        UnknownNameError
            If an item is not in the table.
        """
        for item in items or ():
            require_known(item, self.table["item"], kind="item")
        made = self._compared()
        design, units = made.design, made.units
        chosen = design.items if items is None else pd.Index(list(items))
        table = design.articles.drop(columns=["is_target", "cell"])
        unit = units.groups
        if units.kind == "events" and not units.clustered:
            unit = design.event_of_cell[design.cell]
        table = table.assign(unit=unit, weight=design.weight)
        table = table.rename(columns={"genre": design.stratum})
        k = design.k[:, design.items.get_indexer(chosen)].toarray()
        place = np.repeat(np.arange(len(table)), len(chosen))
        rows = table.iloc[place].reset_index(drop=True)
        rows = rows.assign(item=np.tile(chosen.to_numpy(object), len(table)))
        rows = rows.assign(k=k.ravel())
        last = ["unit", "item", "k", "n", "weight"]
        return rows[[*rows.columns.difference(last, sort=False), *last]]

    def jackknife(self, statistic: Statistic) -> pd.Series:
        """Give a statistic of your own with its interval, leaving out the same units.

        Parameters
        ----------
        statistic : function
            Takes the shares of `target` and of `baseline`, each a Series by item,
            averaged over events; gives a number. 0 should mean no difference.

        Returns
        -------
        Series
            ``value, low, high`` (95 %), ``p`` (of 0), ``error, degrees``: the jackknife
            and t, as for the ratio, with the error of coding a sample or of published
            rates where they correct the shares. How well it holds was measured for
            ratios alone.

        Raises
        ------
        InputError
            Where nothing is tested.

        Examples
        --------
        >>> counts = pd.DataFrame({
        ...     "event": "talks", "outlet": ["Daily"] * 6 + ["Herald"] * 6,
        ...     "article": list("abcdefghijkl"), "voice": "rest", "item": "deal",
        ...     "k": [3, 4, 5, 3, 4, 5, 1, 2, 1, 2, 1, 2], "n": 10})
        >>> result = contrast(counts, "Daily", "Herald")
        >>> apart = result.jackknife(lambda one, other: one["deal"] - other["deal"])
        >>> apart[["value", "low", "high"]].round(2).tolist()
        [0.25, 0.15, 0.35]
        """
        made = self._compared()
        if not enough(made.design, made.units, self.settings["floors"]):
            raise InputError(f"nothing is left out in turn: {self.refusal}.")
        return jackknife(made, statistic)

    def record(self) -> dict[str, Any]:
        """Write down what was compared and how, for a preregistration or an appendix.

        Returns
        -------
        dict
            What JSON can hold: ``made_with`` (versions), ``input`` (SHA-256 of counts
            and of the articles' texts, and how many there are), ``settings``,
            ``seed`` (None: nothing is drawn), ``design`` (articles a side, events,
            units), ``family`` (the tested items; q holds over them), ``refusal`` and
            ``refused`` (how many items, by reason), ``estimand``, ``notes``.
        """
        made = self._compared()
        design, units = made.design, made.units
        return record_of(self, self.settings, self.counts, design, units)

    def _compared(self) -> AsCounted:
        """Give what this comparison estimates and tests."""
        if self.counts is None or self.made is None:
            raise InputError("there is no article to look in: nothing is compared")
        return self.made

    def shown(self) -> pd.DataFrame:
        """Lay out the rows as a reader wants them: counts, in few columns."""
        table = self.table
        printed = as_printed(self.counts, table["item"])
        shown = pd.DataFrame({"item": table["item"].map(printed)})
        for side, name in zip(("target", "baseline"), self.names, strict=True):
            pairs = zip(table[f"{side}_k"], table[f"{side}_n"], strict=True)
            shown[name if name not in shown else f"{name} again"] = [
                f"{k:,} of {n:,}" for k, n in pairs
            ]
        shown["difference (percentage points)"] = 100 * table["difference"]
        both = self.with_indirect
        if both is not None:
            shown["with reported speech"] = 100 * both[f"difference{WITH}"]
            shown["sign differs"] = both["sign_differs"].astype(object)
        if "log_odds" in table:
            shown["log odds"] = table["log_odds"]
        if self.refusal is None:
            shown["from"] = 100 * table["low_selected"]
            shown["to"] = 100 * table["high_selected"]
            shown["ratio"], shown["p_max"] = table["ratio"], table["p_max"]
            shown["q"] = table["q"]
            if "p_within" in table:
                shown["p of a ratio within the margin"] = table["p_within"]
            shown["no test because"] = table["refusal"]
        shown["sign lost without one"] = (
            table["flips"].astype(object).where(table["flips"].notna(), None)
        )
        return shown


def contrast(
    counts: Source,
    target: str,
    baseline: str,
    *,
    voice: str = ALL,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
    covariates: Sequence[str] = (),
    against: str = "whole",
    margin: float | None = None,
    min_articles: int = MIN_ARTICLES,
    set_apart: bool = True,
    floors: Floors = FLOORS,
    codes: Codes | Coded | None = None,
    error: Errors | None = None,
) -> Contrast:
    """Compare the shares of two outlets, item by item, within the events both cover.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        What a measure returns; or its counts and totals; or one frame with n beside
        k. Where events are given, only events of both outlets are compared, and
        within them only genres of both.
    target, baseline : str
        Names of outlets.
    voice : str, default "all"
        A voice of the counts, or a sum: "all" adds up all of them, "quoted" direct
        and indirect, "rest" own and indirect (what stands outside quotation marks).
        "own" comes with reported speech added as well, since voices are sometimes
        wrong.
    weights : {"equal", "precision"}, default "equal"
        How events weigh in the difference: all alike; or by how many articles stand
        behind each (half the harmonic mean of the two sides), which finds more
        where the outlets differ alike in every event, and is another quantity where
        they do not.
    cluster : str, optional
        A column of the articles, such as "author": articles with the same value are
        one unit in tests. Copies within an outlet always are.
    strata : str, default "genre"
        A column of the articles: only articles with the same value are compared.
    covariates : sequence of str, optional
        Columns of the articles to hold alike, by a quasi-Poisson regression [4]_;
        ``length`` (of the article), ``month``, ``quarter`` and ``year`` need no
        column. ``outlet:year`` also asks how the ratio differs between years. The
        ratio is then one for all events, and the difference is what this ratio makes
        at the geometric mean of the two shares.
    against : {"whole", "rest"}, default "whole"
        What a ratio is of: shares, or odds, an item against the rest of its side. Of
        shares that add up to a whole, as those of speakers, one must fall where
        another rises; odds set each against all others.
    margin : float, optional
        A ratio above 1. Adds ``p_within`` and ``q_within`` to the table: that the
        ratio lies between 1 / margin and margin, by two one-sided tests [5]_, which
        are the intervals of 1 - 2 p.
    min_articles : int, default 5
        Items found in fewer compared articles are shown but not tested: a filter
        that does not look at outlets, so that it costs no error [1]_. Raise it to
        test fewer items.
    set_apart : bool, default True
        Of terms: content words come first; function words, reporting verbs, courtesy
        titles, days and the outlets' own names after them. All are tested alike.
    floors : Floors
        The smallest designs that are tested.
    codes : DataFrame, path or list of them, optional
        Sheets of `framelens.to_code`, filled in. The coded items are compared by
        passages (the share of sentences that have the item in that voice), and what
        the machine counted is corrected by the codes [8]_; see ``correction``.
    error : dict, optional
        Where nobody coded a sample, and somebody published how often the machine is
        wrong: for each of the two outlets a table of judgements, rows the truth (no,
        yes), columns the machine (no, yes), as ``{"Daily": [[900, 40], [20, 80]],
        "Herald": ...}``, and as scikit-learn's ``confusion_matrix`` gives it: numbers,
        not rates, since how many were judged says how sure the rates are. Where it is
        known which judgements are of one article, a table for each (an array of
        ``(articles, 2, 2)``), since they are alike. The same for every item, of what n
        counts. Shares are corrected by them [9]_, and rates and
        articles are drawn anew thousands of times for p and intervals, which hold if
        the machine errs here as it did there.

    Returns
    -------
    Contrast

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur; counts made from quotation marks
        alone have no "own". Or if `weights` is another word.
    ColumnError, InputError
        If the counts break their contract, or there is no column of clusters; if codes
        or error rates cannot be used.

    Notes
    -----
    One test gives p, q and intervals. For the share of each side, half a count added,
    there are limits: a variance by leaving out one unit at a time within its side and
    event [2]_, or one event where the outlets share at least 8 [3]_; t with Welch and
    Satterthwaite's degrees of freedom, fewer where few units have the item or a few
    of them carry it; on the scale of the cube root. The limits that look at each
    other are put together for the difference and for the ratio [6]_; p is the level
    at which they leave out no difference. Where the sides are alike over all items, in
    number, length and variance, t is stretched until p is that of dealing the articles
    out to the sides anew, or of swapping the sides of events [7]_; where they are less
    alike, in part; where they are unlike, or few articles carry an item, not at all.
    That tells of no difference: the limit on its far side stays that of t.
    Codes of whole articles (n = 1) and items that hardly any unit of a side has take
    the limits from how many units have them. Outlets may differ in number, length,
    burstiness and copies: see ``benchmarks/RESULTS.md`` for the error rates that were
    measured there. An item needs 3 units of each outlet that have it, unless its
    absence from one of them is itself telling. Below the floors there is neither p nor
    interval, and ``refusal`` says so.

    References
    ----------
    .. [1] Bourgon, Gentleman & Huber (2010), PNAS 107, 9546-9551.
       https://doi.org/10.1073/pnas.0914005107
    .. [2] Miller (1974), "The jackknife", Biometrika 61, 1-15.
       https://doi.org/10.1093/biomet/61.1.1
    .. [3] Cameron & Miller (2015), J. of Human Resources 50, 317-372.
       https://doi.org/10.3368/jhr.50.2.317
    .. [4] Firth (1993), "Bias reduction of maximum likelihood estimates", Biometrika
       80, 27-38. https://doi.org/10.1093/biomet/80.1.27
    .. [5] Schuirmann (1987), J. of Pharmacokinetics and Biopharmaceutics 15, 657-680.
       https://doi.org/10.1007/BF01068419
    .. [6] Zou & Donner (2008), Statistics in Medicine 27, 1693-1702.
       https://doi.org/10.1002/sim.3095
    .. [7] Kolassa & Robinson (2011), Annals of Statistics 39(6).
       https://doi.org/10.1214/11-AOS945
    .. [8] Egami, Hinck, Stewart & Wei (2023), NeurIPS 36.
       https://arxiv.org/abs/2306.04746
    .. [9] Rogan & Gladen (1978), American J. of Epidemiology 107, 71-76.
       https://doi.org/10.1093/oxfordjournals.aje.a112510

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> result = contrast(counts, "Daily", "Herald")
    >>> result.table["difference"].item()
    0.5
    >>> print(result.refusal)
    1 + 1 articles: sentences to read, no interval and no p-value; a test needs at least
    5 articles of each outlet, or 8 events that both cover
    """
    pa.default_memory_pool().release_unused()  # what articles let go have left behind
    given = counts_of(counts)
    _check(covariates, against, margin, codes, error)
    coded = None if codes is None else coded_of(given, codes, voice)
    what = given if coded is None else coded.counts
    comparing = partial(
        compared, what, target, baseline,
        weights=weights, cluster=cluster, strata=strata, floors=floors,
    )  # fmt: skip
    design, units = comparing(voice if coded is None else ALL)
    if coded is not None:
        counted: AsCounted = coded.of(design, units, floors)
    elif error is not None:
        rates = rates_of(error, target, baseline)
        counted = Rated(design, units, floors, min_articles, rates)
    else:
        counted = AsCounted(design, units, floors, min_articles)
    settings = {
        "target": target, "baseline": baseline, "voice": voice, "weights": weights,
        "cluster": cluster, "strata": strata, "covariates": list(covariates),
        "against": against, "margin": margin, "min_articles": min_articles,
        "set_apart": set_apart, "floors": floors, "corrected_by": counted.corrected_by,
    }  # fmt: skip
    found, which = counted.estimated.copy(), counted.which
    reason = wording.refusal(design, units, floors)
    plain, test, made, fitted = against == "whole" and not covariates, None, None, None
    if reason is None and covariates:
        terms = terms_of(design, given, covariates)
        reason = terms_refusal(design, units, terms)
        if reason is None:
            fitted = regression(design, units, floors, which, terms)
            test = fitted.test.at
    elif reason is None and not plain:
        test = odds_of(design, units, floors, which).at
    elif reason is None:
        test = counted.test
    made = None if test is None else test(which)
    reasons: list[str | None] = [reason] * len(found)
    if made is not None:
        reasons = counted.reasons(made)
        reason = wording.none_tested(design, reasons)
        made = made if reason is None else None
    if covariates:
        found["difference"] = np.nan
    if fitted is not None:
        found["difference"] = fitted.test.difference(fitted.test.value)
    table = _table(design, found, made or counted.untested, reasons)
    if made is None and not plain and len(design.items):
        table["ratio"] = np.nan if covariates else odds_ratios(design)
    for_many = {} if made is None or test is None else _for_many(made, test, margin)
    table = _ordered(table.assign(**for_many), design, given, set_apart=set_apart)
    shown = table["item"].head(SHOWN)
    points, both, wider = _points(design, shown), None, None
    if voice == OWN and plain and counted.corrected_by is None:
        wider, _ = comparing(REST)
        both = with_indirect_of(table, wider, floors=floors, cluster=cluster)
        points = pd.concat([points, _points(wider, shown)], ignore_index=True)
    sensitivity, said = None, counted.notes()
    if counted.corrected_by is None and len(shown) and by_machine(given.measure, voice):
        sensitivity = pd.DataFrame(columns=SENSITIVITY_COLUMNS)
        if voice != OWN or wider is not None:
            sensitivity = sensitivity_of(design, shown.tolist(), wider)
        said = (sensitivity_sentence(sensitivity, voice),)
    caption = counted.reworded(wording.caption(design, units, reason, both))
    notes = (
        *said,
        *given.unlike(target, baseline),
        *wording.notes(design, units, made, settings,
                       *_of_terms(table, what, settings)),
    )  # fmt: skip
    return Contrast(
        target=target,
        baseline=baseline,
        voice=voice,
        table=table,
        with_indirect=both,
        points=points,
        estimand=counted.reworded(wording.estimand(design)),
        sources=wording.sources(design),
        refusal=reason,
        caption=caption,
        alt=wording.alt(design, table, reason, both),
        notes=notes,
        names=wording.side_names(design),
        counts=given,
        articles=tuple(design.articles["article"]),
        coefficients=None if fitted is None else fitted.coefficients(design.items),
        settings=settings,
        correction=counted.correction(caption, tested=reason is None),
        sensitivity=sensitivity,
        made=counted,
    )


def _check(
    covariates: Sequence[str],
    against: str,
    margin: float | None,
    codes: Codes | Coded | None,
    error: Errors | None,
) -> None:
    """Raise where what is asked for cannot be."""
    require_known(against, AGAINST, kind="kind of ratio")
    if isinstance(covariates, str):
        raise InputError(f"covariates are a list, as [{covariates!r}].")
    if covariates and against != AGAINST[0]:
        raise InputError(
            "a regression is of shares: leave out against= or covariates=."
        )
    if codes is not None and error is not None:
        raise InputError("codes= and error= both correct: give one, codes if you can.")
    corrects = codes is not None or error is not None
    if corrects and (covariates or against != AGAINST[0]):
        which = "codes" if codes is not None else "error rates"
        raise InputError(f"{which} correct shares: leave out against= or covariates=.")
    if margin is not None and not 1 < margin < np.inf:
        raise InputError(f"margin is a ratio above 1, as 1.5; found {margin!r}.")


def compared(
    counts: Counts,
    target: str,
    baseline: str,
    voice: str,
    *,
    floors: Floors,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
) -> tuple[Design, Units]:
    """Find what is compared, and what its units are."""
    design = design_of(
        counts,
        target,
        baseline,
        voice=voice,
        weights=weights,
        cluster=cluster,
        strata=strata,
        few_events=floors.events,
        least_articles=floors.articles,
    )
    return design, units_in(design, floors, cluster)


def _table(
    design: Design,
    found: pd.DataFrame,
    made: Estimates,
    reasons: list[str | None],
) -> pd.DataFrame:
    """Put estimates and inference side by side, one row per item."""
    table = found
    for name in ("target_k", "target_n", "baseline_k", "baseline_n"):
        if (table[name] % 1 == 0).all():
            table[name] = table[name].astype(np.int64)
    given = {
        name: getattr(made, name)
        for name in ("low", "high", "ratio", "ratio_low", "ratio_high", "p")
    }
    alone = min(design.sizes, default=0) < 2 and design.strata < 2
    unknown = (found["difference"] == 0).to_numpy() | alone
    nothing = dict.fromkeys(("q", "p_max", "low_selected", "high_selected"), np.nan)
    return table.assign(
        item=np.asarray(design.items, dtype=object),
        voice=design.voice,
        **given,
        **nothing,
        flips=pd.arrays.BooleanArray(made.flips, unknown),
        articles_target=design.sizes[0],
        articles_baseline=design.sizes[1],
        events=design.events,
        refusal=pd.Series(reasons, dtype=object),
    )


def _for_many(
    made: Estimates, test: Callable[..., Estimates], margin: float | None
) -> dict[str, Floats]:
    """Give what allows for the number of items: q, p_max and wider intervals."""
    which = np.flatnonzero(~np.isnan(made.p))
    p = made.p[which]
    found = {"q": adjusted(p), "p_max": for_all(p)}
    level = max(selected_level(found["q"]), LEVEL)
    wider = test(which, level=level, untested=made)
    found |= {"low_selected": wider.low[which], "high_selected": wider.high[which]}
    if margin is not None:
        outside = _within(made, test, margin, which)
        found |= {"p_within": outside, "q_within": adjusted(outside)}
    values = {name: np.full(len(made.p), np.nan) for name in found}
    for name, numbers in found.items():
        values[name][which] = numbers
    return values


def _within(
    made: Estimates, test: Callable[..., Estimates], margin: float, which: Whole
) -> Floats:
    """Give p that the ratio is outside the margin: where 1 - 2 p just reaches it."""
    room = []
    for tried in TRIED_P:
        at = test(which, level=1 - 2 * tried, untested=made)
        low, high = np.log(at.ratio_low[which]), np.log(at.ratio_high[which])
        room.append(np.minimum(low, -high) + np.log(margin))
    rooms = np.maximum.accumulate(np.array(room), axis=0).T
    found = [np.interp(0.0, one, np.log(TRIED_P), right=0.0) for one in rooms]
    p: Floats = np.exp(np.array(found, dtype=float))
    return p


def _ordered(
    table: pd.DataFrame, design: Design, counts: Counts, *, set_apart: bool
) -> pd.DataFrame:
    """Put those furthest apart first; of terms, content words before all others."""
    terms = design.measure == "terms"
    size = table["strength" if terms else "difference"].abs().round(12)
    table = table.assign(apart=False)
    if terms and set_apart:
        table["apart"] = _kinds(table, counts).ne(CONTENT).to_numpy()
    rows = pd.DataFrame({"apart": table["apart"], "size": -size})
    rows = rows.sort_values(["apart", "size"], kind="stable", na_position="last")
    more = [name for name in ("p_within", "q_within") if name in table]
    columns = [*TABLE_COLUMNS, *more, *(["log_odds"] if terms else [])]
    return table.loc[rows.index, columns].reset_index(drop=True)


def _of_terms(
    table: pd.DataFrame, counts: Counts, settings: Mapping[str, Any]
) -> list[str]:
    """Say what holds of words alone: which are set apart, and which in a fixed line."""
    if counts.measure != "terms":
        return []
    kinds = _kinds(table, counts)
    lines: list[FixedLine] = []
    if counts.corpus is not None:
        outlets = dict.fromkeys([settings["target"], settings["baseline"]])
        listed = kinds.head(SHOWN).index[kinds.head(SHOWN).eq(CONTENT)].tolist()
        lines = fixed_lines(counts.corpus, listed, outlets=outlets)
    return [*wording.of_terms(kinds, lines, set_apart=settings["set_apart"])]


def _kinds(table: pd.DataFrame, counts: Counts) -> pd.Series[str]:
    """Give the kind of each word of a table, by item, in its order."""
    outlets = counts.totals["outlet"].dropna().unique()
    items = table["item"].tolist()
    return pd.Series(term_kinds(items, outlets=outlets), items)


def _points(design: Design, items: pd.Series) -> pd.DataFrame:
    """Give the share of each article, for the items that are drawn."""
    places = design.items.get_indexer(pd.Index(items))
    items, places = items[places >= 0], places[places >= 0]
    articles = design.articles[["outlet", "article", "event", "n"]]
    drawn = design.k[:, places].toarray()
    parts = [
        articles.assign(item=item, k=drawn[:, column])
        for column, item in enumerate(items)
    ]
    points = (
        pd.concat(parts, ignore_index=True)
        if parts
        else articles.assign(item="", k=0.0)
    )
    points = points.assign(share=points["k"] / points["n"], voice=design.voice)
    return points[POINT_COLUMNS]
