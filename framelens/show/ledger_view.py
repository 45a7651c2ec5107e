"""The ledger view: every attribution in a row, which opens its sentences."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens._wording import counted
from framelens.annotate import sentences as find_sentences
from framelens.read import articles_of
from framelens.show.fragment import LEFT, RIGHT, Fragment
from framelens.show.ledger_order import choice, numbers_of, ranks
from framelens.show.text import escape, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 110
"""Characters of the text that stand in a row before it is opened."""

COLUMNS = [
    *("#", "outlet", "speaker", "affiliation", "cue, class", "in the text"),
    *("kind", "words", "at"),
]
"""What stands above the columns of the page."""

NOTES = (
    "Words: of what is said, inside and outside quotation marks together; those of an "
    "attribution that stands inside another are counted there. At: how far into the "
    "article it begins. The class is what a cue usually does (“denied”: denying), and "
    "no verdict on anybody."
)
"""Set under the table."""

_NEEDED = [
    *("outlet", "article", "speaker", "affiliation", "kind", "cue_text", "cue_class"),
    *("direct_words", "indirect_words", "position", "start", "end", "text"),
]


class _Around(NamedTuple):
    """What stands before and after an attribution in its sentences."""

    before: str
    said: str
    after: str


def ledger(
    table: pd.DataFrame,
    *,
    articles: pd.DataFrame | str | Path | None = None,
    sentences: pd.DataFrame | None = None,
    most: int = 200,
) -> Fragment:
    """Show the ledger of attributions: who says what, introduced how, and where.

    Parameters
    ----------
    table : DataFrame
        As `framelens.measure.ledger` gives it, or rows of it in any order:
        ``outlet, article, speaker, affiliation, kind, cue_text, cue_class,
        direct_words, indirect_words, position, start, end, text``, and ``anonymous``
        and ``depth`` where they are known.
    articles : DataFrame or path, optional
        The articles contract; then a row opens the sentences around what is said,
        else what is said alone.
    sentences : DataFrame, optional
        ``article, start, end`` of sentences; found here if not given.
    most : int, default 200
        Rows shown; how many there are is always said.

    Returns
    -------
    Fragment
        A table whose reader can choose its order, without any script. Its ``table``
        has the rows shown, as they were given, with ``words`` and ``sentence``.

    Raises
    ------
    ColumnError
        If `table` lacks a column.
    UnknownNameError
        If it names an article that is not there.
    InputError
        If `most` is below 1, or offsets do not lie within these articles.
    """
    require_columns(table, _NEEDED, of="a ledger")
    if most < 1:
        raise InputError(f"most is {most}; show at least 1 row.")
    shown = table.head(most).reset_index(drop=True)
    shown = shown.assign(words=shown["direct_words"] + shown["indirect_words"])
    around = _sentences(shown, articles, sentences)
    caption = _caption(table, shown)
    order = ranks(shown).itertuples(index=False, name=None)
    rows: list[Any] = list(shown.itertuples())
    body = "".join(
        _row(number, row, said, numbers_of(rank))
        for number, (row, said, rank) in enumerate(
            zip(rows, around, order, strict=True), start=1
        )
    )
    lines = [
        _line(number, row, said)
        for number, (row, said) in enumerate(zip(rows, around, strict=True), start=1)
    ]
    found = shown.assign(
        sentence=pd.Series(["".join(one) for one in around], dtype=object)
    )
    return Fragment(_html(caption, body), "\n".join([caption, *lines]), found)


def _sentences(
    shown: pd.DataFrame,
    articles: pd.DataFrame | str | Path | None,
    sentences: pd.DataFrame | None,
) -> list[_Around]:
    """Give the sentences around each attribution; if no articles, what is said."""
    if articles is None:
        return [_Around("", plain(one), "") for one in shown["text"]]
    articles = articles_of(articles)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for article in shown["article"].unique():
        require_known(article, texts, kind="article")
    if sentences is None and len(shown):
        sentences = find_sentences(articles[articles["article"].isin(shown["article"])])
    starts, ends = _bounds(sentences)
    found = []
    columns = (shown[name].tolist() for name in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        text = texts[article]
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"the ledger has {start}–{end} of article {article!r}, which has "
                f"{len(text):,} characters; take both from the same table."
            )
        begins, stops = starts.get(article, _NONE), ends.get(article, _NONE)
        near = (begins < end) & (stops > start)
        first = min([start, *begins[near][:1]])
        last = max([end, *stops[near][-1:]])
        found.append(_Around(text[first:start], text[start:end], text[end:last]))
    return found


_NONE = np.empty(0, dtype="int64")


def _bounds(
    sentences: pd.DataFrame | None,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Give starts and ends of the sentences of every article, in order."""
    starts: dict[str, np.ndarray] = {}
    ends: dict[str, np.ndarray] = {}
    if sentences is not None:
        require_columns(sentences, ["article", "start", "end"], of="sentences")
        for article, part in sentences.sort_values("start").groupby("article"):
            starts[str(article)] = part["start"].to_numpy()
            ends[str(article)] = part["end"].to_numpy()
    return starts, ends


def _caption(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    total = counted(len(table), "attribution")
    articles = counted(table["article"].nunique(), "article")
    part = "" if len(shown) == len(table) else f"{len(shown):,} of "
    return f"Who says what: {part}{total} in {articles}"


def _html(caption: str, body: str) -> str:
    """Put the table together, with the choice of orders above it."""
    identifier = "ledger-" + hashlib.sha256(body.encode()).hexdigest()[:10]
    if not body:
        return f"<p>{escape(caption)}.</p>"
    head = "".join(
        f'<th scope="col" role="columnheader" {_side(name)}>{escape(name)}</th>'
        for name in COLUMNS
    )
    notes = f"<p><small>{escape(NOTES)}</small></p>"
    return (
        f'<div id="{identifier}" class="ledger">{choice(identifier)}'
        f'<table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{notes}</div>'
    )


def _side(name: str) -> str:
    return RIGHT if name in {"#", "words", "at"} else LEFT


def _row(number: int, row: Any, around: _Around, style: str) -> str:
    before, said, after = (escape(_line_of(part)) if part else "" for part in around)
    where = f"article {plain(row.article)}, characters {row.start}–{row.end}"
    cells = [
        escape(stated(row.outlet, "outlet")),
        _who(row),
        escape(row.affiliation),
        _cue(row),
        f"<details><summary>{escape(shortened(row.text, width=WIDTH))}</summary>"
        f'<p dir="auto">{before}<b>{said}</b>{after}</p>'
        f"<p><small>{escape(where)}</small></p></details>",
        escape(_kind(row)),
        "–" if _nested(row) else f"{row.words:,}",
        escape(_share(row.position)).replace(" ", "&nbsp;"),
    ]
    body = "".join(
        f'<td role="cell" {_side(name)}>{html}</td>'
        for name, html in zip(COLUMNS[1:], cells, strict=True)
    )
    head = f'<th scope="row" role="rowheader" {RIGHT}>{number}</th>'
    return f'<tr role="row" style="{style}">{head}{body}</tr>'


def _who(row: Any) -> str:
    who = "<i>not named</i>" if is_missing(row.speaker) else escape(row.speaker)
    return who + ("<br><small>anonymous</small>" if _anonymous(row) else "")


def _anonymous(row: Any) -> bool:
    flag = getattr(row, "anonymous", False)
    return bool(flag) and not is_missing(flag)


def _cue(row: Any) -> str:
    cue = "no cue"
    if not is_missing(row.cue_text):
        cue = f"<i>{escape(_line_of(row.cue_text))}</i>"
    if is_missing(row.cue_class):
        return cue
    named = escape(row.cue_class)
    named = named if row.cue_class == "neutral" else f"<b>{named}</b>"
    return f"{cue}<br><small>{named}</small>"


def _kind(row: Any) -> str:
    return f"{plain(row.kind)}{', inside another' if _nested(row) else ''}"


def _nested(row: Any) -> bool:
    return bool(getattr(row, "depth", 0))


def _share(position: object) -> str:
    return "–" if is_missing(position) else f"{100 * float(str(position)):.0f} %"


def _line_of(text: object) -> str:
    return " ".join(plain(text).split("\n"))


def _line(number: int, row: Any, around: _Around) -> str:
    """Give one row as plain text."""
    who = "not named" if is_missing(row.speaker) else plain(row.speaker)
    of = "" if is_missing(row.affiliation) else f" ({plain(row.affiliation)})"
    cue = "no cue" if is_missing(row.cue_text) else f"“{_line_of(row.cue_text)}”"
    named = "" if is_missing(row.cue_class) else f" ({plain(row.cue_class)})"
    unnamed = ", anonymous" if _anonymous(row) else ""
    parts = [
        stated(row.outlet, "outlet"),
        f"{who}{unnamed}{of}",
        f"{cue}{named}",
        _kind(row),
        counted(int(row.words), "word"),
        f"at {_share(row.position)}",
    ]
    said = shortened(around.said, width=WIDTH)
    return f"{number}. {' · '.join(parts)}\n   {said}"
