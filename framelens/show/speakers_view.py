"""Who is heard: a table with how each speaker is introduced, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.corpus import corpus_of
from framelens.measure import speakers_table
from framelens.show.tables import Fragment, html_table
from framelens.show.text import is_missing

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus
    from framelens.measure.speakers import By

NOTES = {
    "words": "Words: inside + outside quotation marks.",
    "words, share": "Words: inside + outside quotation marks, and their share of the "
    "outlet's attributed words. Where each is first heard, and how introduced, is "
    "in .table.",
    "first at, %": "“First at”: how far into the article the first attribution begins.",
    "cues": "“Cues”: how the words are introduced, by class.",
}
"""Set under the list, for the columns that it shows."""

MOST_LISTED = 40
"""Rows displayed at most; the table has them all."""

WIDE, NARROW = 2, 4
"""Outlets up to which a page shows all columns of each, or what is true of all."""


def speakers_list(
    corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "speaker"
) -> Fragment:
    """List who is heard: one row per speaker, outlets side by side.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    by : {"speaker", "affiliation", "source_type"}, default "speaker"

    Returns
    -------
    Fragment
        Its ``table`` has the item, for each outlet ``direct``,
        ``indirect`` (words), ``share, %``, ``attributions``, ``first at, %`` (where
        in the article) and ``cues``, and at the end ``anonymous``, if anybody is,
        and ``heard only in``. Nobody heard is 0; no place and no cue are a dash.
        A page shows the first 40 rows; of more than two outlets only words and
        shares.

    Raises
    ------
    UnknownNameError
        If `by` is neither of the two.
    """
    corpus = corpus_of(corpus)
    table = speakers_table(corpus, by=by)
    names = table[by].unique()
    items = pd.DataFrame({by: names}, dtype=object)
    sides = [
        (str(outlet), _side(rows.set_index(by).reindex(names)))
        for outlet, rows in table.groupby("outlet", sort=False)
    ]
    rest = _of_all(table, by)
    named = [side.add_prefix(f"{name}: ") for name, side in sides]
    whole = pd.concat([items, *named, rest], axis="columns")
    caption = f"Words inside and outside quotation marks, by {by}"
    few = [(name, _shown(side, wide=len(sides) <= WIDE)) for name, side in sides]
    about = [NOTES[name] for name in NOTES if few and name in few[0][1].columns]
    notes = [" ".join(about)] if about else []
    if (more := len(items) - MOST_LISTED) > 0:
        notes.append(f"{more:,} more, heard less, are in .table.")
    last = [rest] if len(sides) <= NARROW else []
    shown = pd.concat([items, *(side for _, side in few), *last], axis="columns")
    shown_table = html_table(
        shown.head(MOST_LISTED),
        caption=caption,
        notes=notes,
        groups=[(name, side.shape[1]) for name, side in few],
    )
    return Fragment(shown_table.html, whole)


def _side(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of one outlet."""
    cues = [None if is_missing(cue) or not cue else cue for cue in rows["cue_classes"]]
    return pd.DataFrame(
        {
            "direct": rows["direct_words"].to_numpy(),
            "indirect": rows["indirect_words"].to_numpy(),
            "share, %": _percent(rows["share"]),
            "attributions": rows["attributions"].to_numpy(),
            "first at, %": _percent(rows["first"]),
            "cues": pd.Series(cues, dtype=object),
        }
    )


def _shown(side: pd.DataFrame, *, wide: bool) -> pd.DataFrame:
    """Give them as a page has them; of many outlets each has a single column."""
    words = [
        f"{direct:,} + {indirect:,}" if direct + indirect else "0"
        for direct, indirect in zip(side["direct"], side["indirect"], strict=True)
    ]
    if not wide:
        both = zip(words, side["share, %"], strict=True)
        shown = [word if word == "0" else f"{word}, {of} %" for word, of in both]
        return pd.DataFrame({"words, share": pd.Series(shown, dtype=object)})
    page = side.drop(columns=["direct", "indirect", "attributions"])
    page.insert(0, "words", pd.Series(words, dtype=object))
    return page.assign(cues=page["cues"].str.replace("; ", ", "))


def _of_all(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give what is true of an item in all outlets together."""
    rest = pd.DataFrame(index=range(table[by].nunique()))
    if table["anonymous"].any():
        unnamed = table.groupby(by, sort=False)["anonymous"].any()
        rest["anonymous"] = unnamed.to_numpy(dtype=bool)
    if table["heard_only_in"].notna().any():
        alone = table.drop_duplicates(by)["heard_only_in"].tolist()
        rest["heard only in"] = pd.Series(alone, dtype=object)
    return rest


def _percent(shares: pd.Series) -> pd.Series:
    whole = (100 * shares.astype(float)).round().astype("Int64")
    return whole.reset_index(drop=True)
