"""Statement diff: one statement as two articles print it, side by side."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.statements.differences import steps
from framelens.align.statements.statements import NOTE
from framelens.show.tables import LEFT, Fragment, grid, html_table
from framelens.show.text import escape, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

NOTHING = "[nothing here]"


def _rows(pair: Shared) -> Iterator[tuple[str, str, str]]:
    """Give the rows of the side-by-side table: what each is called, and two cells."""
    shares = _shares(pair.a), _shares(pair.b)
    walked = [(_standing(step, pair), step) for step in steps(pair.a, pair.b)]
    for (kind, inside), several in groupby(walked, key=lambda one: one[0]):
        run = [step for _, step in several]
        first = [place for step in run for place in step.first]
        second = [place for step in run for place in step.second]
        texts = _words(pair.a, shares[0], first), _words(pair.b, shares[1], second)
        labels = ["", ""]
        if kind in ("marks", "reworded") and inside[0] != inside[1]:
            labels = ["[in marks]" if one else "[outside marks]" for one in inside]
        first_cell, second_cell = map(partial(_cell, kind), texts, labels)
        yield LABELS[kind], first_cell, second_cell


def _cell(kind: str, text: str, label: str) -> str:
    """Give the words of one side with their label, as HTML."""
    if not text:
        return f"<small>{escape(NOTHING)}</small>"
    tag = {"reworded": "u", "only here": "b"}.get(kind)
    words = f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)
    note = f" <small>{escape(label)}</small>" if label else ""
    return f'<span dir="auto">{words}</span>{note}'


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


_SPACES = " \t\n\r\x0b\x0c\u00a0\u2028\u2029"


def _shares(side: Stretch) -> dict[int, tuple[int, int]]:
    """Give each word its part of the text, with the marks and stops at it."""
    words, shares = side.words, {}
    for (first, last), (begin, end) in zip(side.runs, side.offsets, strict=True):
        for place in range(first, last):
            stop = end
            if place + 1 < last:
                stop = int(words.ends[place])
                between = words.text[stop : words.starts[place + 1]]
                stop += len(re.split(f"[{_SPACES}]", between, maxsplit=1)[0])
            shares[place] = (begin, stop)
            begin = stop
    return shares


def _words(
    side: Stretch, shares: dict[int, tuple[int, int]], places: Iterable[int]
) -> str:
    """Give words as printed; where other words stand between them, "[…]"."""
    runs = groupby(enumerate(places), key=lambda one: one[1] - one[0])
    pieces = [[shares[place] for _, place in run] for _, run in runs]
    return _printed(side, [(piece[0][0], piece[-1][1]) for piece in pieces])


def _printed(side: Stretch, pieces: Iterable[tuple[int, int]]) -> str:
    """Give pieces as the article prints them, with "[…]" between."""
    texts = (side.words.text[start:end] for start, end in pieces)
    return " […] ".join(" ".join(text.split()) for text in texts)


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
    >>> for line in str(diff).splitlines()[4:10]:
    ...     print(line)
    Credited to | Ann Orr (cue: say) | Orr (cue: warn)
    Quotation marks | around all of it | around part of it
    same words, marks differ | "The harbour [in marks] | The harbour [outside marks]
    same words | will | “will
    reworded | never | not
    same words | be sold to strangers," | be sold to strangers”
    """
    names = list(statements.printings)
    if group is not None:
        require_known(group, names, kind="group")
        names = [group]
    pairs = [(name, pair) for name in names for pair in statements.printings[name]]
    shown = pairs[:most]
    pairs_ = f"{counted(len(pairs), 'pair')} of printings"
    few = "" if len(shown) == len(pairs) else f", {len(shown)} shown"
    head = f"{counted(len(names), 'statement')} in {pairs_}{few}. {NOTE}"
    differences = statements.differences
    differences = differences[differences["group"].isin(names)].reset_index(drop=True)
    parts = "<hr>".join(_part(statements, name, pair) for name, pair in shown)
    return Fragment(f"<p>{escape(head)}</p>{parts}", differences)


def _part(statements: Statements, name: str, pair: Shared) -> str:
    """Show one pair of printings, as HTML."""
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
    top = [
        ("As printed", [_printed(side, side.offsets) for side in (pair.a, pair.b)]),
        ("Credited to", [_credited(part) for part in of_article]),
        ("Quotation marks", [_marks(part) for part in of_article]),
    ]
    body = [
        [escape(what), *(f'<span dir="auto">{escape(one)}</span>' for one in cells)]
        for what, cells in top
    ]
    body += [[escape(what), *cells] for what, *cells in _rows(pair)]
    columns = [("", LEFT), *((head, f'width="43%" {LEFT}') for head in heads)]
    html = grid("statement-diff", f"Statement {name}, side by side", columns, body)
    return html + _listed(listed, heads, name)


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
            names[0]: [shortened(one, width=120) for one in found["text_a"]],
            names[1]: [shortened(one, width=120) for one in found["text_b"]],
        }
    )
    caption = f"Statement {name}: {counted(len(found), 'difference')}"
    notes = [NOTES[kind] for kind in NOTES if kind in set(found["type"])]
    return html_table(table, caption=caption, notes=notes).html
