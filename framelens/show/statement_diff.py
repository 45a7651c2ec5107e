"""Statement diff: one statement as two articles print it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.statements.differences import steps
from framelens.align.statements.statements import NOTE
from framelens.show.tables import LEFT, Fragment, html_table
from framelens.show.text import MISSING, escape, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align import Statements
    from framelens.align.statements.differences import Step
    from framelens.align.statements.printings import Shared, Stretch


LABELS = {
    "same": "same words",
    "marks": "same words, marks differ",
    "reworded": "reworded",
    "only here": "only here",
}
"""What each row of the side-by-side table is called."""

_BETWEEN_PIECES = " […] "
_INSIDE, _OUTSIDE, NOTHING = "[in marks]", "[outside marks]", "[nothing here]"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row: what it is called, and the words on both sides."""

    kind: str
    first: str
    second: str
    inside: tuple[bool, bool]


def as_printed(side: Stretch) -> str:
    """Give a statement's pieces as the article prints them, with "[…]" between."""
    pieces = [side.words.text[start:end] for start, end in side.offsets]
    return _BETWEEN_PIECES.join(_line(piece) for piece in pieces)


def _line(text: str) -> str:
    return " ".join(text.split())


def printed_rows(pair: Shared) -> Iterator[PrintedRow]:
    """Give the rows of the side-by-side table."""
    shares = _shares(pair.a), _shares(pair.b)
    walked = [(_standing(step, pair), step) for step in steps(pair.a, pair.b)]
    for (kind, inside), several in groupby(walked, key=lambda one: one[0]):
        run = [step for _, step in several]
        first = tuple(place for step in run for place in step.first)
        second = tuple(place for step in run for place in step.second)
        yield PrintedRow(
            kind,
            _words(pair.a, shares[0], first),
            _words(pair.b, shares[1], second),
            inside,
        )


def _standing(step: Step, pair: Shared) -> tuple[str, tuple[bool, bool]]:
    """Say what a step is, and on which sides it stands in quotation marks."""
    sides = ((pair.a, step.first), (pair.b, step.second))
    first, second = (
        any(side.words.quotation[place] >= 0 for place in places)
        for side, places in sides
    )
    if step.kind == "same" and first == second:
        return "same", (True, True)
    if step.kind == "only here":
        return step.kind, (bool(step.first), bool(step.second))
    return "marks" if step.kind == "same" else step.kind, (first, second)


def _shares(side: Stretch) -> dict[int, tuple[int, int]]:
    """Give each word its part of the text, with the marks and stops at it."""
    text, words = side.words.text, side.words
    shares = {}
    for (first, last), (start, end) in zip(side.runs, side.offsets, strict=True):
        begin = start
        for place in range(first, last):
            stop = end
            if place + 1 < last:
                stop = int(words.ends[place])
                between = text[stop : words.starts[place + 1]]
                stop += len(between) - len(
                    between.lstrip("".join(set(between) - _SPACES))
                )
            shares[place] = (begin, stop)
            begin = stop
    return shares


_SPACES = set(" \t\n\r\x0b\x0c\u00a0\u2028\u2029")


def _words(
    side: Stretch, shares: dict[int, tuple[int, int]], places: tuple[int, ...]
) -> str:
    """Give words as printed; where other words stand between them, "[…]"."""
    pieces: list[list[int]] = []
    for place in places:
        if pieces and pieces[-1][-1] + 1 == place:
            pieces[-1].append(place)
        else:
            pieces.append([place])
    return _BETWEEN_PIECES.join(
        _line(side.words.text[shares[piece[0]][0] : shares[piece[-1]][1]])
        for piece in pieces
    )


def plain_cells(row: PrintedRow) -> tuple[str, str]:
    """Give the two cells of a row in plain text."""
    first, second = (
        _cell(row, text, side) for side, text in enumerate((row.first, row.second))
    )
    return first, second


def _cell(row: PrintedRow, text: str, side: int) -> str:
    if not text:
        return NOTHING
    label = marks_label(row, side)
    return f"{text} {label}" if label else text


def marks_label(row: PrintedRow, side: int) -> str:
    """Say of words in which marks differ where they stand."""
    if row.kind not in ("marks", "reworded") or row.inside[0] == row.inside[1]:
        return ""
    return _INSIDE if row.inside[side] else _OUTSIDE


NOTES = {
    "marks": "marks: in quotation marks in one article, outside them in the other.",
    "order": "order: before another shared statement in one, behind it in the other.",
}
"""What the less plain of the types mean."""


def statement_diff(
    statements: Statements, group: str | None = None, *, most: int = 10
) -> Fragment:
    """Set the printings of a statement side by side, word by word.

    Every difference is said in words beside the text, so that neither colour nor a
    pointer is needed: it reads the same in print, with a keyboard, and aloud.

    Parameters
    ----------
    statements : Statements
        As `framelens.align.statements` returns them.
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

    Examples
    --------
    >>> from framelens.align import statements
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": ['"The harbour will never be sold to strangers," Ann Orr said.',
    ...              'The harbour “will not be sold to strangers”, Ms Orr warned.']})
    >>> diff = statement_diff(statements(articles))
    >>> for line in str(diff).splitlines()[4:]:
    ...     print(line)
    Credited to: Ann Orr (cue: say) | Orr (cue: warn)
    Quotation marks: around all of it | around part of it
    same words, marks differ: "The harbour [in marks] | The harbour [outside marks]
    same words: will | “will
    reworded: never | not
    same words: be sold to strangers," | be sold to strangers”
    """
    names = list(statements.printings)
    if group is not None:
        require_known(group, names, kind="group")
        names = [group]
    pairs = [(name, pair) for name in names for pair in statements.printings[name]]
    shown = pairs[:most]
    total = f"{counted(len(names), 'statement')} in {_pairs(len(pairs))}"
    head = (
        f"{total}{'' if len(shown) == len(pairs) else f', {len(shown)} shown'}. {NOTE}"
    )
    differences = statements.differences
    differences = differences[differences["group"].isin(names)].reset_index(drop=True)
    parts = [_part(statements, name, pair) for name, pair in shown]
    html = f"<p>{escape(head)}</p>" + "<hr>".join(part.html for part in parts)
    text = "\n\n".join([head, *(part.text for part in parts)])
    return Fragment(html, text, differences)


def _pairs(number: int) -> str:
    return f"{counted(number, 'pair')} of printings"


def _part(statements: Statements, name: str, pair: Shared) -> Fragment:
    """Show one pair of printings."""
    rows = statements.groups
    of_article = [
        rows[rows["group"].eq(name) & rows["article"].eq(side.words.article)]
        for side in (pair.a, pair.b)
    ]
    heads = [_head(part) for part in of_article]
    listed = statements.differences
    for side, letter in ((pair.a, "a"), (pair.b, "b")):
        listed = listed[
            listed["group"].eq(name)
            & listed[f"article_{letter}"].eq(side.words.article)
        ]
    walked = list(printed_rows(pair))
    top = [
        ("As printed", [as_printed(side) for side in (pair.a, pair.b)]),
        ("Credited to", [_credited(part) for part in of_article]),
        ("Quotation marks", [_marks(part) for part in of_article]),
    ]
    caption = f"Statement {name}, side by side"
    html = _table(caption, heads, top, walked) + _listed(listed, heads, name)
    lines = [
        f"Statement {plain(name)}: {' | '.join(heads)}",
        *(f"{what}: {' | '.join(map(plain, cells))}" for what, cells in top),
        *(
            f"{LABELS[row.kind]}: {' | '.join(map(plain, plain_cells(row)))}"
            for row in walked
        ),
    ]
    return Fragment(html, "\n".join(lines))


def _head(part: pd.DataFrame) -> str:
    """Name the article that a printing is in."""
    row = part.iloc[0]
    about = f"{stated(row['genre'], 'genre')}, article {plain(row['article'])}"
    return f"{stated(row['outlet'], 'outlet')} ({about})"


def _credited(part: pd.DataFrame) -> str:
    """Say to whom, and with which word, an article credits a statement."""
    row = part.iloc[0]
    verb = "no cue found" if is_missing(row["cue"]) else f"cue: {row['cue']}"
    return f"{stated(row['speaker'], 'speaker')} ({verb})"


def _marks(part: pd.DataFrame) -> str:
    """Say how much of a statement an article prints inside quotation marks."""
    voices = set(part["voice"])
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
