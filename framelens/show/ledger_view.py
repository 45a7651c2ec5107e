"""The ledger view: every attribution in a row, which opens its sentences.

The reader of a page chooses the order of rows, without any script: each row carries its
rank in every order as a number of its style, and a style sheet lets the chosen order
decide. Where a page strips styles, as notebooks that are not trusted do, the choice is
hidden and the rows are as they were given.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_columns
from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.show.evidence import in_sentences
from framelens.show.tables import LEFT, RIGHT, Fragment, found
from framelens.show.text import (
    MISSING,
    escape,
    is_missing,
    one_line,
    plain,
    shortened,
    small,
    stated,
)

if TYPE_CHECKING:
    from framelens.corpus import Corpus


ORDERS = {
    "place": "as given",
    "outlet": "outlet",
    "speaker": "speaker",
    "affiliation": "affiliation",
    "cue": "class of the cue",
    "kind": "kind",
    "words": "most words",
    "position": "position",
}
"""The orders, by name, and what they are called on the page."""

_COLUMNS = {"cue": "cue_class", "speaker": "actor"}

_STYLE = "\n" + Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def ranks(ledger: pd.DataFrame) -> pd.DataFrame:
    """Give every row its rank in each of `ORDERS`, from 0; missing ones are last."""
    order = {"place": list(range(len(ledger)))}
    for name in list(ORDERS)[1:]:
        column = ledger[_COLUMNS.get(name, name)]
        if name not in {"words", "position"}:
            column = column.astype("string").str.casefold()
        rank = column.rank(
            method="dense", ascending=name != "words", na_option="bottom"
        )
        order[name] = (rank - 1).astype("int64").tolist()
    return pd.DataFrame(order, index=ledger.index)


def choice(identifier: str) -> str:
    """Give the choice of orders and its style sheet, for the element `identifier`."""
    ordered = "".join(
        f"#ID:has(.by-{name}:checked) tbody tr {{ order: var(--{name}); }}\n"
        for name in ORDERS
    )
    style = _STYLE.replace("/* ORDERS */\n", ordered).replace("#ID", f"#{identifier}")
    choices = "".join(
        f'<label><input type="radio" name="{identifier}" class="by-{name}"'
        f"{' checked' if name == 'place' else ''}>{escape(called)}</label>"
        for name, called in ORDERS.items()
    )
    return (
        f"<style>{style}</style>"
        f'<fieldset hidden="hidden"><legend>Order:</legend>{choices}</fieldset>'
    )


WIDTH = 110
"""Characters of the text that a row shows before it is opened."""

COLUMNS = [
    *("#", "outlet", "speaker", "affiliation", "cue, class", "in the text"),
    *("kind", "words", "at"),
]
"""The headings of the columns of the page."""

NOTES = (
    "Words: of what is said, inside and outside quotation marks together; those of an "
    "attribution inside another are counted there. At: how far into the article it "
    "begins. The class is what a cue usually does (“denied”: denying), and no verdict "
    "on anybody."
)
"""Set under the table."""

_NEEDED = [
    *("article", "actor", "affiliation", "kind", "cue_text", "cue_class"),
    *("direct_words", "indirect_words", "position", "start", "end", "text"),
    *("anonymous", "depth"),
]


def ledger_view(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    rows: pd.DataFrame | None = None,
    most: int = 200,
) -> Fragment:
    """Show the ledger of attributions: who says what, introduced how, and where.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    rows : DataFrame, optional
        Some rows of ``corpus.ledger``, in any order; all if not given.
    most : int, default 200
        Rows shown; how many there are is always said.

    Returns
    -------
    Fragment
        A table whose reader can choose its order, without any script; each row opens
        the sentences around what is said. Its ``table`` has the rows shown, as they
        were given, with ``outlet``, ``words`` and ``sentence``.

    Raises
    ------
    ColumnError
        If `rows` lacks a column.
    UnknownNameError
        If it names an article that is not there.
    InputError
        If `most` is below 1, or offsets do not lie within these articles.
    """
    if most < 1:
        raise InputError(f"most is {most}; show at least 1 row.")
    corpus = corpus_of(corpus)
    table = corpus.ledger if rows is None else rows
    require_columns(table, _NEEDED, of="a ledger")
    shown = table.head(most).reset_index(drop=True)
    outlet_of = corpus.articles.set_index("article")["outlet"]
    shown = shown.assign(
        words=shown["direct_words"] + shown["indirect_words"],
        outlet=shown["article"].map(outlet_of).astype(object),
    )
    around = in_sentences(shown, corpus)
    total = counted(len(table), "attribution")
    articles = counted(table["article"].nunique(), "article")
    part = "" if len(shown) == len(table) else f"{len(shown):,} of "
    caption = f"Who says what: {part}{total} in {articles}"
    order = ranks(shown).itertuples(index=False, name=None)
    entries: Any = zip(shown.itertuples(), around, order, strict=True)
    body = "".join(_row(number, *entry) for number, entry in enumerate(entries, 1))
    sentences = pd.Series(["".join(parts) for parts in around], dtype=object)
    return Fragment(_html(caption, body), shown.assign(sentence=sentences))


def _html(caption: str, body: str) -> str:
    """Put the table together, with the choice of orders above it."""
    identifier = "ledger-" + hashlib.sha256(body.encode()).hexdigest()[:10]
    if not body:
        return f"<p>{escape(caption)}.</p>"
    head = "".join(
        f'<th scope="col" role="columnheader" {_side(name)}>{escape(name)}</th>'
        for name in COLUMNS
    )
    return (
        f'<div id="{identifier}" class="ledger">{choice(identifier)}'
        f'<table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{small([NOTES])}</div>'
    )


def _side(name: str) -> str:
    """Give the alignment of a column."""
    return RIGHT if name in {"#", "words", "at"} else LEFT


def _row(
    number: int, row: Any, parts: tuple[str, str, str], places: tuple[int, ...]
) -> str:
    """Give one row of the page; `places` are its ranks in every order."""
    before, after = (escape(one_line(part)) for part in parts[::2])
    ranked = zip(ORDERS, places, strict=True)
    style = ";".join(f"--{name}:{rank}" for name, rank in ranked)
    where = f"article {plain(row.article)}, characters {row.start}–{row.end}"
    cells = [
        escape(stated(row.outlet, "outlet")),
        _who(row),
        escape(row.affiliation),
        _cue(row),
        f"<details><summary>{escape(shortened(row.text, width=WIDTH))}</summary>"
        f'<p dir="auto">{before}{found(parts[1])}{after}</p>'
        f"<p><small>{escape(where)}</small></p></details>",
        escape(f"{plain(row.kind)}{', inside another' if row.depth else ''}"),
        "–" if row.depth else f"{row.words:,}",
        escape(_share(row.position)).replace(" ", "&nbsp;"),
    ]
    body = "".join(
        f'<td role="cell" {_side(name)}>{html}</td>'
        for name, html in zip(COLUMNS[1:], cells, strict=True)
    )
    head = f'<th scope="row" role="rowheader" {RIGHT}>{number}</th>'
    return f'<tr role="row" style="{style}">{head}{body}</tr>'


def _who(row: Any) -> str:
    """Name the speaker."""
    who = "<i>not named</i>" if is_missing(row.actor) else escape(row.actor)
    return who + ("<br><small>anonymous</small>" if row.anonymous else "")


def _cue(row: Any) -> str:
    """Give the words that introduce it, and their class."""
    cue = "no cue"
    if not is_missing(row.cue_text):
        cue = f"<i>{escape(one_line(row.cue_text))}</i>"
    if is_missing(row.cue_class):
        return cue
    named = escape(row.cue_class)
    named = named if row.cue_class == "neutral" else f"<b>{named}</b>"
    return f"{cue}<br><small>{named}</small>"


def _share(position: Any) -> str:
    return MISSING if is_missing(position) else f"{100 * float(position):.0f} %"
