"""The page around a report: one file, with no script and no request to anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.show.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

Section = tuple[str, str, str]
"""Identifier, heading and HTML of a section."""

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What the browser must obey: run nothing, load nothing. A second wall."""

STYLE = """
:root { --ink: #1a1a1a; --soft: #4d4d4d; --line: #d6d6d6; --link: #004f7c;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", Georgia,
    "Liberation Serif", "Times New Roman", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
    "Liberation Sans", Arial, sans-serif; }
* { box-sizing: border-box; }
html { color-scheme: light; background: #fff; color: var(--ink);
  font: 1.0625rem/1.55 var(--sans); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 64rem; padding: 2rem 1.25rem 5rem;
  overflow-wrap: break-word; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.8rem, 5vw, 2.7rem); margin: .3rem 0 .8rem; }
h2 { font-size: 1.6rem; margin: 0 0 .6rem; }
h3 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; }
p, li { max-width: 44rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, mark:focus-visible, .wide:focus-visible
  { outline: 3px solid #0072b2; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem 1rem; }
.kicker { font-size: .85rem; color: var(--soft); margin: 0; }
.standfirst { font: 1.25rem/1.5 var(--serif); }
.caution { border-left: 4px solid #8a5a00; background: #fdf8ec; margin: 1.5rem 0;
  padding: .9rem 1.2rem; max-width: 46rem; }
.caution h2 { font: 600 1rem/1.4 var(--sans); margin: 0 0 .3rem; }
.caution ul { margin: 0; padding-left: 1.2rem; }
nav ul { columns: 2 16rem; padding-left: 1.2rem; }
nav li { break-inside: avoid; }
section { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1.6rem; }
.wide { overflow-x: auto; }
.wide p { margin: .25rem 0; }
table { border-collapse: collapse; font-size: .93rem; margin: 1rem 0 .4rem;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; max-width: 44rem; }
th, td { padding: .38rem .8rem .38rem 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); font-size: .86rem; }
tbody th { font-weight: 500; }
.side-by-side { width: 100%; table-layout: fixed; }
.side-by-side td { padding: .2rem 1.6rem 0 0; border: 0; }
.side-by-side caption { clip-path: inset(50%); height: 1px; overflow: hidden;
  position: absolute; white-space: nowrap; width: 1px; }
.side-by-side td p + p, .side-by-side td > p:not(:first-child),
.article-view p[dir], ol span[dir] { font-family: var(--serif); font-size: 1.08rem; }
.article-view p[dir] > small:first-child { font-family: var(--sans); }
mark { padding: .05em .1em; }
mark small { font: .72rem/1 var(--sans); letter-spacing: .01em; }
ol li { margin-bottom: .6rem; }
small { color: var(--soft); font-size: .85rem; }
mark small { color: #222; }
figure { margin: 1.2rem 0; }
figure img { display: block; max-width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .88rem; max-width: 46rem;
  margin-top: .4rem; }
details { border-bottom: 1px solid var(--line); }
details > summary { cursor: pointer; padding: .55rem 0; }
details[open] > summary { font-weight: 600; }
details > :not(summary) { margin-left: 1.1rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }
@media (max-width: 40rem) {
  html { font-size: 1rem; }
  .side-by-side, .side-by-side tbody, .side-by-side tr, .side-by-side td
    { display: block; width: auto; }
  details > :not(summary) { margin-left: 0; }
  figure { overflow-x: auto; }
  figure img { max-width: none !important; width: 40rem; }
}
@media print {
  html { font-size: 10.5pt; } body { max-width: none; padding: 0; }
  nav, .skip { display: none; } a { color: inherit; }
  .wide { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  figure, tr, .caution { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
}
"""


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


def scrolling(html: str, *, label: str) -> str:
    """Let a wide table scroll by itself on a narrow screen, by keyboard too."""
    about = f'tabindex="0" role="region" aria-label="{escape(label)}"'
    return f'<div class="wide" {about}>{html}</div>'
