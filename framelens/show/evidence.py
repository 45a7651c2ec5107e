"""Evidence: the sentences behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens._wording import counted
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import each_text
from framelens.corpus import corpus_of
from framelens.show.tables import Fragment, found
from framelens.show.text import article_label, escape, is_missing, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

COLUMNS = [
    *("article", "outlet", "genre", "paragraph", "start", "end", "text", "sentence")
]


def evidence_list(
    corpus: Corpus | pd.DataFrame | str | Path,
    evidence: pd.DataFrame,
    *,
    most: int = 20,
) -> Fragment:
    """List places in articles, each in its sentence, with where it is.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        With the articles that `evidence` names.
    evidence : DataFrame
        ``article, start, end``, and ``text`` where it is known: what
        ``.evidence()`` of a result gives. A ``note`` is set below its place.
    most : int, default 20
        Places shown; how many there are is always said.

    Returns
    -------
    Fragment
        Its ``table`` has ``article, outlet, genre, paragraph, start, end, text,
        sentence`` for the places shown.

    Raises
    ------
    ColumnError
        If `evidence` lacks a column.
    UnknownNameError
        If it names an article that is not there.
    InputError
        If its offsets or texts do not belong to these articles.
    """
    require_columns(evidence, ["article", "start", "end"], of="evidence")
    corpus = corpus_of(corpus)
    holding = corpus.where(article=list(evidence["article"].unique()))
    shown = evidence.head(most)
    sentences = in_sentences(shown, holding)
    article_of = holding.articles.set_index("article")
    rows, items = [], []
    notes = shown["note"] if "note" in shown else [None] * len(shown)
    for article, start, parts, note in zip(
        shown["article"], shown["start"], sentences, notes, strict=True
    ):
        about = article_of.loc[article]
        paragraph = sum(begin <= start for begin, _ in paragraph_offsets(about["text"]))
        end = int(start) + len(parts[1])
        place = (article, *about[["outlet", "genre"]], paragraph, start, end)
        rows.append((*place, parts[1], "".join(parts)))
        label = article_label(
            article,
            **{name: about[name] for name in ("outlet", "date", "title", "genre")},
        )
        where = f"{label}, paragraph {paragraph}"
        before, words, after = parts
        items.append(
            f'<li><span dir="auto">{escape(one_line(before))}{found(words)}'
            f"{escape(one_line(after))}</span><br><small>{escape(where)}</small>"
            f"{'' if is_missing(note) else f'<p><i>{escape(note)}</i></p>'}</li>"
        )
    total = counted(len(evidence), "place")
    part = "" if len(shown) == len(evidence) else f"{len(shown):,} of "
    caption = f"{part}{total}."
    list_ = f"<p>{escape(caption)}</p><ol>{''.join(items)}</ol>"
    table = pd.DataFrame(rows, columns=COLUMNS)
    return Fragment(list_ if items else "<p>No place.</p>", table)


def in_sentences(places: pd.DataFrame, corpus: Corpus) -> list[tuple[str, str, str]]:
    """Give what is before each place in its sentences, itself, and what is after."""
    holding = corpus.where(article=list(places["article"].unique()))
    texts = dict(each_text(holding.articles))
    sentences = {
        name: (part["start"].to_numpy(), part["end"].to_numpy())
        for name, part in holding.sentences.groupby("article")
    }
    nowhere = np.empty(0, dtype="int64"), np.empty(0, dtype="int64")
    around = []
    said = places["text"] if "text" in places.columns else [None] * len(places)
    columns = (places[name].tolist() for name in ("article", "start", "end"))
    for article, start, end, words in zip(*columns, said, strict=True):
        text = texts[article]
        if not 0 <= start < end <= len(text) or words not in (None, text[start:end]):
            raise InputError(
                f"characters {start}–{end} of article {article!r}: this does not match "
                "its text; take both from the same corpus."
            )
        begins, stops = sentences.get(article, nowhere)
        near = (begins < end) & (stops > start)
        first = min([start, *begins[near]])
        last = max([end, *stops[near]])
        around.append((text[first:start], text[start:end], text[end:last]))
    return around
