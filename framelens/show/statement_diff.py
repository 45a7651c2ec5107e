"""Statement diff: one statement as two articles print it, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError, require_known
from framelens._wording import counted
from framelens.read import articles_of
from framelens.show.fragment import LEFT, Fragment
from framelens.show.statement_rows import (
    LABELS,
    NOTHING,
    PrintedRow,
    as_printed,
    marks_label,
    plain_cells,
    printed_rows,
)
from framelens.show.tables import html_table
from framelens.show.text import MISSING, escape, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.align import Statements
    from framelens.align.statements.printings import Shared

NOTES = {
    "marks": "marks: in quotation marks in one article, outside them in the other.",
    "order": "order: before another shared statement in one, behind it in the other.",
}
"""What the less plain of the types mean."""

NOTE = "What was said cannot be told from the printings: they only differ."


def statement_diff(
    statements: Statements,
    articles: pd.DataFrame | str | Path,
    group: str | None = None,
    *,
    most: int = 10,
) -> Fragment:
    """Set the printings of a statement side by side, word by word.

    Every difference is said in words beside the text, so that neither colour nor a
    pointer is needed: it reads the same in print, with a keyboard, and aloud.

    Parameters
    ----------
    statements : Statements
        As `framelens.align.statements` returns them.
    articles : DataFrame or path
        The articles that they were found in.
    group : str, optional
        A name found in ``statements.groups["group"]``; all of them if not given.
    most : int, default 10
        Pairs of printings shown; how many there are is always said.

    Returns
    -------
    Fragment
        For each pair of printings a table: both as printed, to whom they are
        credited, whether it stands in quotation marks, then row by row what is the
        same and what differs; under it the list
        of typed differences. Its ``table`` holds the differences as data.

    Raises
    ------
    UnknownNameError
        If there is no such group.
    InputError
        If the articles are not those that the statements were found in.

    Examples
    --------
    >>> from framelens.align import statements
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": ['"The harbour will never be sold to strangers," Ann Orr said.',
    ...              'The harbour “will not be sold to strangers”, Ms Orr warned.']})
    >>> diff = statement_diff(statements(articles), articles)
    >>> for line in str(diff).splitlines()[4:]:
    ...     print(line)
    Credited to: Ann Orr (cue: say) | Orr (cue: warn)
    Quotation marks: around all of it | around part of it
    same words, marks differ: "The harbour [in marks] | The harbour [outside marks]
    same words: will | “will
    reworded: never | not
    same words: be sold to strangers," | be sold to strangers”
    """
    articles = articles_of(articles)
    names = list(statements.printings)
    if group is not None:
        require_known(group, names, kind="group")
        names = [group]
    pairs = [(name, pair) for name in names for pair in statements.printings[name]]
    shown = pairs[:most]
    titles = _titles(articles, shown)
    total = f"{counted(len(names), 'statement')} in {_pairs(len(pairs))}"
    head = (
        f"{total}{'' if len(shown) == len(pairs) else f', {len(shown)} shown'}. {NOTE}"
    )
    differences = statements.differences
    differences = differences[differences["group"].isin(names)].reset_index(drop=True)
    parts = [_part(statements, name, pair, titles) for name, pair in shown]
    html = f"<p>{escape(head)}</p>" + "<hr>".join(part.html for part in parts)
    text = "\n\n".join([head, *(part.text for part in parts)])
    return Fragment(html, text, differences)


def _pairs(number: int) -> str:
    return f"{counted(number, 'pair')} of printings"


def _titles(articles: pd.DataFrame, pairs: list[tuple[str, Shared]]) -> dict[str, str]:
    """Give a heading for each article, and make sure that it is the right one."""
    columns = (
        articles[name].tolist() for name in ("article", "outlet", "genre", "text")
    )
    rows = {article: rest for article, *rest in zip(*columns, strict=True)}
    titles = {}
    for side in (side for _, pair in pairs for side in (pair.a, pair.b)):
        article = side.words.article
        outlet, genre, text = rows.get(article, (None, None, None))
        if text != side.words.text:
            raise InputError(
                f"article {article!r} is not there, or its text is another; show "
                "statements with the articles that they were found in."
            )
        about = f"{stated(genre, 'genre')}, article {plain(article)}"
        titles[article] = f"{stated(outlet, 'outlet')} ({about})"
    return titles


def _part(
    statements: Statements, name: str, pair: Shared, titles: dict[str, str]
) -> Fragment:
    """Show one pair of printings."""
    articles = [side.words.article for side in (pair.a, pair.b)]
    heads = [titles[article] for article in articles]
    printed = [as_printed(side) for side in (pair.a, pair.b)]
    credit = [_credited(statements, name, article) for article in articles]
    found = statements.differences
    found = found[
        found["group"].eq(name)
        & found["article_a"].eq(articles[0])
        & found["article_b"].eq(articles[1])
    ]
    rows = list(printed_rows(pair))
    caption = f"Statement {name}, side by side"
    top = [
        ("As printed", printed),
        ("Credited to", credit),
        ("Quotation marks", [_marks(statements, name, one) for one in articles]),
    ]
    html = _table(caption, heads, top, rows) + _listed(found, heads, name)
    lines = [
        f"Statement {plain(name)}: {' | '.join(heads)}",
        *(f"{what}: {' | '.join(map(plain, cells))}" for what, cells in top),
        *(
            f"{LABELS[row.kind]}: {' | '.join(map(plain, plain_cells(row)))}"
            for row in rows
        ),
    ]
    return Fragment(html, "\n".join(lines))


def _credited(statements: Statements, name: str, article: str) -> str:
    """Say to whom, and with which word, an article credits a statement."""
    rows = statements.groups
    row = rows[rows["group"].eq(name) & rows["article"].eq(article)].iloc[0]
    cue = row["cue"]
    verb = "no cue found" if pd.isna(cue) else f"cue: {cue}"
    return f"{stated(row['speaker'], 'speaker')} ({verb})"


def _marks(statements: Statements, name: str, article: str) -> str:
    """Say how much of a statement an article prints inside quotation marks."""
    rows = statements.groups
    rows = rows[rows["group"].eq(name) & rows["article"].eq(article)]
    voices = set(rows["voice"])
    if voices == {"reference"}:
        return MISSING
    if voices & {"direct", "both"}:
        return "around all of it" if voices == {"direct"} else "around part of it"
    return "around none of it"


_TAGS = {"reworded": "u", "only here": "b"}


def _html_cell(row: PrintedRow, text: str, side: int) -> str:
    if not text:
        return f"<td {LEFT}><small>{escape(NOTHING)}</small></td>"
    tag, label = _TAGS.get(row.kind), marks_label(row, side)
    words = f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)
    note = f" <small>{escape(label)}</small>" if label else ""
    return f'<td {LEFT}><span dir="auto">{words}</span>{note}</td>'


def _table(
    caption: str,
    heads: list[str],
    top: list[tuple[str, list[str]]],
    rows: list[PrintedRow],
) -> str:
    """Lay out both printings, what is said of each as a whole, and the rows."""
    columns = "".join(
        f'<th scope="col" width="43%" {LEFT}>{escape(one)}</th>' for one in heads
    )
    body = [
        f'<tr><th scope="row" {LEFT}>{escape(name)}</th>'
        + "".join(
            f'<td {LEFT}><span dir="auto">{escape(cell)}</span></td>' for cell in cells
        )
        + "</tr>"
        for name, cells in top
    ]
    body += [
        f'<tr><th scope="row" {LEFT}>{escape(LABELS[row.kind])}</th>'
        f"{_html_cell(row, row.first, 0)}{_html_cell(row, row.second, 1)}</tr>"
        for row in rows
    ]
    return (
        f'<table class="statement-diff"><caption>{escape(caption)}</caption>'
        f"<thead><tr><td {LEFT}></td>{columns}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _listed(found: pd.DataFrame, heads: list[str], name: str) -> str:
    """List the typed differences."""
    if found.empty:
        return f"<p>{escape(f'Statement {name}: no difference found.')}</p>"
    names = (
        heads if heads[0] != heads[1] else [f"{heads[0]}, first", f"{heads[1]}, second"]
    )
    table = pd.DataFrame(
        {
            "what differs": found["type"].tolist(),
            names[0]: [_short(text) for text in found["text_a"].tolist()],
            names[1]: [_short(text) for text in found["text_b"].tolist()],
        }
    )
    caption = f"Statement {name}: {counted(len(found), 'difference')}"
    notes = [NOTES[kind] for kind in NOTES if kind in set(found["type"])]
    return html_table(table, caption=caption, notes=notes)


def _short(text: object) -> str:
    return MISSING if is_missing(text) else shortened(text, width=120)
