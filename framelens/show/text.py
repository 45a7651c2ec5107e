"""Text on its way to a page: escaped once, with nothing hidden in it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from framelens.read.cells import is_missing as is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADLINE = 60
"""Signs of a headline that names an article."""

MISSING = "–"
"""What stands where there is no value: never 0, never an empty cell."""

_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # NUL becomes ␀
    0x7F: "␡",
    **{code: f"[U+{code:04X}]" for code in range(0x80, 0xA0)},
    **{code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), 0x2028, 0x2029)},
    **{code: f"[U+{code:04X}]" for code in (*range(0x2066, 0x206A), 0xFFFE, 0xFFFF)},
}
for _kept in map(ord, "\t\n\r"):
    del _VISIBLE[_kept]


def plain(value: object) -> str:
    r"""Give `value` as text in which nothing is hidden.

    Control characters, lone surrogates, and the marks that turn the direction of
    writing (embeddings, overrides, isolates) are written out, so that a text
    cannot show other than what it holds, nor spill into what stands beside it.
    The weak marks that Arabic and Hebrew need are kept, as are tabs and line ends.

    Parameters
    ----------
    value : object
        A missing value gives "–".

    Returns
    -------
    str
        For plots and plain-text forms; pages need `escape`.

    Examples
    --------
    >>> plain("a\x00b\u202ec")
    'a␀b[U+202E]c'
    >>> plain(None)
    '–'
    """
    if is_missing(value):
        return MISSING
    text = str(value).translate(_VISIBLE)
    return "".join(
        f"[U+{ord(sign):04X}]" if "\ud800" <= sign <= "\udfff" else sign
        for sign in text
    )


def stated(value: object, name: str) -> str:
    """Give `value` in plain text, or say that it is not stated: "outlet not stated"."""
    return f"{name} not stated" if is_missing(value) else plain(value)


def escape(value: object) -> str:
    """Give `value` as text that is safe in a page, in content and in attributes.

    The one function through which anything from an article, a file name or a
    column reaches HTML: text of articles is hostile.

    Parameters
    ----------
    value : object
        A missing value gives "–".

    Returns
    -------
    str
        No ``<``, ``>``, ``&`` or quotation mark that a browser could act on, and
        nothing hidden (see `plain`).

    Examples
    --------
    >>> escape('<img src="x" onerror="alert(1)">')
    '&lt;img src=&quot;x&quot; onerror=&quot;alert(1)&quot;&gt;'
    """
    return html.escape(plain(value), quote=True)


def one_line(value: object) -> str:
    """Give `value` on one line, its edges kept: they touch what stands beside it."""
    return re.sub(r"\s", " ", plain(value))


def small(lines: Iterable[object]) -> str:
    """Set lines in small type below something, as HTML."""
    return "".join(f"<p><small>{escape(line)}</small></p>" for line in lines)


def shortened(value: object, *, width: int) -> str:
    """Give `value` on one line of at most `width` characters, cut between words.

    A word that is longer than a third of the line is cut itself.

    >>> shortened("The harbour opened.", width=15), shortened("Harbourmaster", width=9)
    ('The harbour…', 'Harbourm…')
    """
    text = " ".join(plain(value).split())
    if len(text) <= width:
        return text
    kept = text[: width - 1]
    whole = kept.rfind(" ") if text[width - 1] != " " else len(kept)
    return kept[: whole if whole >= 2 * width / 3 else len(kept)].rstrip() + "…"


def article_label(
    article: object, *, outlet: object, date: object, title: object, genre: object
) -> str:
    """Name an article as a reader would: outlet, date and headline.

    Where it has no headline the genre stands for it, and where it has nothing but an
    outlet, the identifier.

    Examples
    --------
    >>> article_label("13", outlet="Daily", date="2022-10-20", title="Rain", genre=None)
    'Daily, 2022-10-20, “Rain”'
    >>> article_label("13", outlet="Daily", date=None, title=None, genre=None)
    'Daily, article 13'
    """
    parts = [stated(outlet, "outlet")]
    if not is_missing(date):
        parts.append(plain(date)[:10])
    if not is_missing(title):
        parts.append(f"“{shortened(title, width=HEADLINE)}”")
    elif not is_missing(genre):
        parts.append(plain(genre))
    if len(parts) == 1:
        parts.append(f"article {plain(article)}")
    return ", ".join(parts)
