"""The page around a report: one file, with no script and no request to anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framelens.show.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

Section = tuple[str, str, str]
"""Identifier, heading and HTML of a section."""

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What the browser must obey: run nothing, load nothing. A second wall."""

STYLE = "\n" + Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def page(
    title: str, *, standfirst: str, before: str, sections: Sequence[Section]
) -> str:
    """Assemble a page; `before` and the last of a section are HTML, the rest plain."""
    entries = "".join(
        f'<li><a href="#{escape(name)}">{escape(heading)}</a></li>'
        for name, heading, _ in sections
    )
    parts = "".join(
        f'<section id="{escape(name)}" aria-labelledby="{escape(name)}-heading">'
        f'<h2 id="{escape(name)}-heading">{escape(heading)}</h2>{html}</section>\n'
        for name, heading, html in sections
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        '<body><a class="skip" href="#main">Skip to the report</a><header>'
        '<p class="kicker">framelens · a comparison of articles</p>'
        f'<h1>{escape(title)}</h1></header><main id="main">'
        f'<p class="standfirst">{escape(standfirst)}</p>{before}'
        f'<nav aria-label="Contents"><ul>{entries}</ul></nav>\n{parts}</main>'
        "<footer><p>Made by framelens from the articles named above. The texts belong "
        "to their publishers.</p></footer></body></html>\n"
    )
