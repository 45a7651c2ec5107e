"""Coding: a random sample of passages for people to code, in a plain sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.compare.codebook import Codebook, codebook_of
from framelens.compare.codes import (
    ELSEWHERE,
    KEY_COLUMNS,
    SHEET_COLUMNS,
    write_sheet,
    write_whole,
)
from framelens.compare.contrast import Contrast
from framelens.compare.design import ALL
from framelens.compare.passages import (
    GIVEN,
    counts_of_passages,
    given_passages,
    passages_of,
    with_context,
)
from framelens.compare.qda import ENDING, project_of
from framelens.compare.sampling import LABELS, RIGHT, every_so_many, strata_of
from framelens.measure.counts import NO_OUTLET, Counts
from framelens.measure.outlet_names import name_pattern, without_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from framelens.compare.jackknife import Floats
    from framelens.compare.sampling import Strata

CODES = 120
"""How many passages are drawn unless another number is asked for: about an hour."""

TABLE_COLUMNS = ["item", "outlet", "machine", "passages", "drawn", "probability"]
"""The columns of a sample's table."""

COUNTED = {"yes": "counted", ELSEWHERE: "in another voice", "no": "not counted"}
"""What the machine says of a passage, and how that is called in strata."""

NUMBERS = (0.5, 1, 2, 4)
"""Multiples of the number of codes for which the expected width is said."""


@dataclass(frozen=True, eq=False)
class Sample(Result):
    """Passages to code, as `to_code` draws them.

    Attributes
    ----------
    table : DataFrame
        What was drawn: ``item, outlet, machine`` ("yes": the item was counted in
        these passages; "other voice": only in another; "no"), ``passages`` (how many
        there are), ``drawn``, ``probability``.
    sheet : DataFrame
        One row per drawn passage, in random order: ``id, item, voice, before, text,
        after, label, note, coder`` for the coder (the sentence to code, with those
        around it where they are known); then what a blind coder should not see:
        ``evidence`` (what the machine counted), ``article, outlet, unit, start, end,
        machine, probability, stratum``.
    widths : DataFrame
        ``item, codes, width``: how wide the 95 % interval of a difference between two
        of the outlets will be, about, if the machine is right as often as supposed.
    counts : Counts
        Of passages: k of an article's n passages, for `framelens.contrast`.
    codebook : Codebook
        What coders go by: ``name, definition, labels, examples``, all blank if none was
        given. ``codebook.write("book.md")`` writes it for people, ``"book.qdc"`` for
        NVivo, MAXQDA, QualCoder and others.
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    sheet: pd.DataFrame = field(repr=False)
    widths: pd.DataFrame = field(repr=False)
    counts: Counts = field(repr=False)
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    codebook: Codebook = field(default_factory=Codebook, repr=False)

    def write(self, path: str | Path, *, blind: bool = False) -> Path:
        """Write the sheet as CSV that any spreadsheet opens, or as a QDA project.

        The codebook, if there is one, is written with it: beside ``sheet.csv`` as
        ``sheet-codebook.md``, and within a project as its codes.

        Parameters
        ----------
        path : str or Path
            Ends in ``.qdpx`` for a project that NVivo, MAXQDA, QualCoder and others
            open: each passage a source, the labels codes, and always blind.
        blind : bool, default False
            Leave out outlet and machine label, and hide the names of the outlets in
            the texts, as far as they can be known. Keep the whole sheet as well:
            ``read_codes(blind_sheet, sample=whole_sheet)`` puts them together.

        Returns
        -------
        Path
        """
        sheet, path = self.sheet, Path(path)
        project = path.suffix.lower() == ENDING
        if blind or project:
            names = name_pattern(sheet["outlet"].unique())
            texts = {
                name: [without_names(text, names) for text in sheet[name].fillna("")]
                for name in ("before", "text", "after")
            }
            sheet = sheet.drop(columns=KEY_COLUMNS).assign(**texts)
        if project:
            code = self.codebook.code if self.codebook else None
            return write_whole(project_of(sheet, code), path)
        if self.codebook:
            self.codebook.write(path.with_name(f"{path.stem}-codebook.md"))
        write_sheet(sheet, path)
        return path


def to_code(
    source: Contrast | Counts | pd.DataFrame,
    n: int = CODES,
    *,
    item: str | Sequence[str] | None = None,
    voice: str | None = None,
    unit: str = "sentence",
    per_outlet: int | None = None,
    width: float | None = None,
    whole: bool = False,
    missed: bool = True,
    seed: int = 0,
    codebook: Mapping[str, str] | str | Path | None = None,
) -> Sample:
    """Draw passages to code, with known probabilities that are nowhere zero.

    Parameters
    ----------
    source : Contrast, Counts or DataFrame
        A comparison (its two outlets and compared articles are drawn from), what a
        measure returns, or passages of your own, one row each: ``article, outlet,
        machine`` (True where the machine says yes), and if you have them ``item,
        voice, event, text, start, end, evidence``.
    n : int, default 120
        How many passages to draw for each item, in equal parts from the outlets.
    item : str or sequence of str, optional
        What to code: items of `source`. The first of a comparison unless named.
    voice : str, optional
        The voice in which the item was counted, or a sum of voices as in
        `framelens.contrast`; that of the comparison, or "all".
    unit : {"sentence", "article"}, default "sentence"
        What a passage is.
    per_outlet : int, optional
        Passages of each outlet, in the place of `n`.
    width : float, optional
        How wide the interval of a difference may be, such as 0.1 (ten percentage
        points), in the place of `n`.
    whole : bool, default False
        Draw articles, and all passages of each: quicker to read, and less precise.
    missed : bool, default True
        Whether the machine may have missed an item altogether. Not of a word: where
        it does not stand, it is in no voice. With False no passage is drawn in which
        the item was counted in no voice, which spares most of the codes of a rare one.
    seed : int, default 0
    codebook : mapping, path or str, optional
        What is coded and what each label means; shown by `framelens.coding`, and
        written with the sheet. A dict from label to meaning; the text itself; or a
        file: TOML (``name``, ``definition``, a table ``labels``, and ``[[examples]]``
        with ``text`` and ``label``); Markdown or text (the heading is the name, what
        stands under it the definition; under "Labels" and "Examples" points such as
        ``- **yes**: blames somebody``); a table with the columns ``label`` and
        ``meaning``; or a codebook (``.qdc``) or project (``.qdpx``) of REFI-QDA.

    Returns
    -------
    Sample

    Raises
    ------
    UnknownNameError
        If there is no such item, voice or unit.
    InputError
        If nothing can be traced to sentences, no number of codes gives `width`, or the
        codebook cannot be read.

    Notes
    -----
    Strata are outlet and machine label: counted, counted in another voice only, not
    counted. Passages without the item are drawn too, for only they show what the
    machine missed. Within a stratum, passages are in the order of events and articles,
    themselves in random order, and every so many-th is drawn, from a random start: so
    they spread over events and articles, and each has the same probability.
    Counted passages get more codes the more of the error lies with them (Neyman
    allocation, precision and recall supposed to be 0.85), and at least a quarter.
    The order of the sheet is random: whoever stops early has a random sample, too.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "article": [f"a{i % 20}" for i in range(200)],
    ...     "machine": [True, False] * 100,
    ...     "outlet": ["Daily" if i % 20 < 10 else "Herald" for i in range(200)]})
    >>> sample = to_code(passages, 40)
    >>> sample.table[["outlet", "machine", "passages", "drawn", "probability"]]
       outlet  machine  passages  drawn  probability
    0   Daily      no        50     10          0.2
    1   Daily     yes        50     10          0.2
    2  Herald      no        50     10          0.2
    3  Herald     yes        50     10          0.2
    """
    book = codebook_of(codebook)
    passages, unit, given = _passages(source, item, voice, unit)
    passages["outlet"] = passages["outlet"].fillna(NO_OUTLET)
    if not missed and whole:
        raise InputError(
            "whole articles hold all passages: leave out missed= or whole=."
        )
    if not missed and not passages["elsewhere"].any():
        raise InputError(
            "missed=False is of an item in one voice that was counted in another, too; "
            "name a voice=, or leave it out."
        )
    rng = np.random.default_rng(seed)
    strata = strata_of(passages)
    outlets = strata.names["outlet"].nunique()
    expected = partial(strata.width, whole=whole, missed=missed)
    if width is not None:
        each = _codes_for(strata, width, expected)
    else:
        each = max(round(n / outlets) if per_outlet is None else per_outlet, 1)
    rows, table = _drawn(passages, strata, each, rng, whole=whole, missed=missed)
    corpus = None if given is None else given.corpus
    rows = with_context(rows, unit, corpus=corpus, passages=passages)
    sheet = _sheet(rows, unit, rng, whole=whole)
    numbers = [max(round(each * times), 1) for times in NUMBERS]
    widths = pd.concat(
        strata.names[["item"]].assign(codes=outlets * one, width=expected(one))
        for one in numbers
    )
    widths = widths.groupby(["item", "codes"], as_index=False).agg(_mean)
    return Sample(
        table=table,
        sheet=sheet,
        widths=widths,
        counts=counts_of_passages(passages, unit, given),
        caption=(
            f"{counted(len(sheet), 'passage')} to code, of "
            f"{counted(int(table['passages'].sum()), 'passage')} in "
            f"{counted(passages['article'].nunique(), 'article')} of "
            f"{counted(outlets, 'outlet')}. {_expected(widths, each * outlets)}"
        ),
        notes=(
            "Code the whole passage: yes, no, or “cannot tell”. Passages in which the "
            "machine counted nothing are among them: only they show what it missed.",
            "Do not look at the columns outlet and machine while coding; "
            "sample.write(path, blind=True) leaves them out.",
        ),
        codebook=book,
    )


def _drawn(
    passages: pd.DataFrame,
    strata: Strata,
    each: int,
    rng: np.random.Generator,
    *,
    whole: bool,
    missed: bool,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw passages, and say how many of each stratum."""
    names = passages[["event", "article"]].astype(object).fillna("")
    by_article = pd.MultiIndex.from_frame(names)
    article = by_article.factorize()[0].astype(np.int64)
    event = pd.factorize(names["event"])[0].astype(np.int64)
    # in random order, for a rhythm in that of the corpus would be drawn in step with it
    chance, articles, events = (
        rng.permutation(size)
        for size in (len(passages), article.max() + 1, event.max() + 1)
    )
    events, articles = events[event], articles[article]
    if whole:
        share = strata.drawn_articles(each) / strata.articles
        cluster = strata.group * (article.max() + 1) + article
        first = np.unique(cluster, return_index=True)[1]
        order = np.lexsort((articles[first], events[first])).argsort()
        taken = first[every_so_many(strata.group[first], order, share, rng)]
        chosen = np.flatnonzero(np.isin(cluster, cluster[taken]))
        probability = np.repeat(share[:, None], len(LABELS), axis=1)
    else:
        number = strata.drawn(each, missed=missed)
        probability = number / np.maximum(strata.sizes, 1)
        order = np.lexsort((chance, articles, events)).argsort()
        stratum = len(LABELS) * strata.group + strata.label
        chosen = np.sort(every_so_many(stratum, order, probability.ravel(), rng))
    place = len(LABELS) * strata.group[chosen] + strata.label[chosen]
    rows = passages.iloc[chosen].assign(
        said=np.array(LABELS, dtype=object)[strata.label[chosen]],
        probability=probability.ravel()[place],
    )
    table = strata.names.loc[strata.names.index.repeat(len(LABELS))].assign(
        machine=LABELS * len(strata.names),
        passages=strata.sizes.ravel().astype(np.int64),
        drawn=np.bincount(place, minlength=strata.sizes.size),
        probability=probability.ravel(),
    )
    return rows, table[table["passages"] > 0].reset_index(drop=True)


def _passages(
    source: Contrast | Counts | pd.DataFrame,
    item: str | Sequence[str] | None,
    voice: str | None,
    unit: str,
) -> tuple[pd.DataFrame, str, Counts | None]:
    """Give the passages there are, what they are, and the counts they come from."""
    if isinstance(source, pd.DataFrame):
        table = given_passages(source)
        if item is not None:
            names = [item] if isinstance(item, str) else list(item)
            for name in names:
                require_known(name, table["item"], kind="item")
            table = table[table["item"].isin(names)].reset_index(drop=True)
        return table, GIVEN, None
    if isinstance(source, Contrast):
        if source.counts is None:
            raise InputError("there is no article to look in: nothing is compared")
        counts = source.counts.select(articles=source.articles)
        voice = source.voice if voice is None else voice
        names = source.table["item"].tolist()
    else:
        counts, names = source, source.sparse.names().tolist()
    if item is None and (isinstance(source, Contrast) or len(names) == 1):
        item = names[:1]
    if item is None:
        raise InputError(
            f"item= is what to code, one of {len(names):,} items such as "
            f"{names[0] if names else '–'!r}."
        )
    asked = [item] if isinstance(item, str) else list(item)
    for name in asked:
        require_known(name, names, kind="item")
    found = passages_of(counts, asked, voice=voice or ALL, unit=unit)
    return found, unit, counts


def _sheet(
    rows: pd.DataFrame, unit: str, rng: np.random.Generator, *, whole: bool
) -> pd.DataFrame:
    """Lay out what was drawn as a sheet, in random order within each item."""
    rows = rows.assign(chance=rng.random(len(rows))).sort_values(["item", "chance"])
    letter = {"sentence": "s", "article": "a"}.get(unit, "p")
    width = len(str(len(rows)))
    names = [f"{letter}{i:0{width}}of{len(rows)}" for i in range(1, len(rows) + 1)]
    word = rows["said"]
    made = rows.assign(
        id=names, unit=unit, machine=word, label=None, note=None, coder=None,
        stratum=[
            outlet if whole else f"{outlet}, {COUNTED[said]}"
            for outlet, said in zip(rows["outlet"], word, strict=True)
        ],
    )  # fmt: skip
    return made[SHEET_COLUMNS].reset_index(drop=True)


def _mean(widths: pd.Series) -> float:
    """Give the mean width over outlets; NaN where one has none."""
    return float(widths.mean(skipna=False))


def _codes_for(strata: Strata, width: float, expected: Callable[[int], Floats]) -> int:
    """Find how many codes of each outlet give a width, for the item that needs most."""
    items = strata.names["item"].to_numpy()
    largest = max(int(strata.sizes.sum(axis=1).max()), 10)
    least = np.inf
    for each in np.unique(np.geomspace(10, largest, 60).round().astype(int)):
        widths = pd.Series(expected(int(each))).groupby(items).agg(_mean)
        least = min(least, float(widths.max(skipna=False)))
        if least <= width:
            return int(each)
    raise InputError(
        f"no number of codes gives an interval {width:g} wide: with all passages coded "
        f"it is {least:.2f}, since articles differ. Ask for more, or add articles."
    )


def _expected(widths: pd.DataFrame, codes: int) -> str:
    """Say the expected width, for the item that needs most."""
    worst = widths.groupby("codes")["width"].max()
    if worst.isna().any():
        return "An outlet has a single article: no interval of a difference."
    return (
        f"With {codes:,} codes of an item the 95 % interval of a difference between "
        f"two outlets will be about {100 * worst[codes]:.0f} percentage points wide, "
        f"with {worst.index[-1]:,} about {100 * worst.iloc[-1]:.0f} (if precision and "
        f"recall of the machine are {RIGHT:g})."
    )
