"""Counts by outlet and voice: bars, alternative text, and the table of the same."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.measure import Counts
from framelens.show import speakers_list
from framelens.show.counts_view import (
    MOST_DRAWN,
    MOST_LISTED,
    VOCABULARY,
    counts_figure,
    counts_page,
    lanes_of,
    plot_counts,
)

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def counts_of(rows, **totals):
    """Counts of ``outlet, voice, item, k``; n of an outlet and voice is the sum."""
    table = pd.DataFrame(rows, columns=["outlet", "voice", "item", "k"])
    table = table.assign(event="e", article=[f"a {name}" for name in table["outlet"]])
    keys = ["event", "outlet", "article", "voice"]
    n = table.groupby(keys, dropna=False)["k"].sum().rename("n").reset_index()
    n = n.assign(**totals)
    kept = table[table["k"] > 0]
    return Counts(kept, n, measure="speakers", unit="attributed words")


PAIR = [
    ("Daily", "direct", "Ada Bell", 20),
    ("Daily", "indirect", "Ada Bell", 10),
    ("Daily", "indirect", "Tom Roe", 10),
    ("Herald", "direct", "Tom Roe", 5),
]


def texts(ax):
    return [text.get_text().strip() for text in ax.texts]


def test_bars_are_shares_and_numbers_stand_beside_them():
    _, ax = plt.subplots()
    assert plot_counts(counts_of(PAIR), ax=ax) is ax
    bars = [bar for some in ax.containers for bar in some]
    assert [bar.get_width() for bar in bars] == [50, 0, 25, 25, 0, 100, 0, 0]
    heads = ["Daily\n40 attributed words", "Herald\n5 attributed words"]
    assert texts(ax) == ["20 + 10", "0 + 10", heads[0], "0", "5 + 0", heads[1]]
    assert [one.get_text() for one in ax.get_yticklabels()] == ["Ada Bell", "Tom Roe"]


def test_outlets_stand_beside_each_other_and_voices_differ_by_hatching():
    ax = plot_counts(counts_of(PAIR))
    starts = {round(bars.patches[0].get_x(), 6) for bars in ax.containers[::2]}
    first = [bar for bars in ax.containers[:2] for bar in bars]
    assert starts == {0, 150}
    assert max(bar.get_x() + bar.get_width() for bar in first) < 150
    direct, indirect = (bars.patches[0] for bars in ax.containers[:2])
    assert not direct.get_hatch()
    assert indirect.get_hatch()
    names = [one.get_text() for one in ax.get_legend().get_texts()]
    assert names == ["in quotation marks", "reported speech"]


def test_the_rest_of_a_list_is_one_row():
    rows = [
        ("Daily", "direct", f"Person {n:02}", 99 - n) for n in range(MOST_DRAWN + 3)
    ]
    counts = counts_of(rows)
    ax = plot_counts(counts)
    labels = [one.get_text() for one in ax.get_yticklabels()]
    assert len(labels) == MOST_DRAWN
    assert labels[-1] == "others (4)"
    assert str(sum(row[3] for row in rows[-4:])) in texts(ax)
    assert "those that occur most" in counts_figure(counts).caption


WORDS = st.integers(0, 500)


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=30))
def test_no_word_is_lost_in_the_rest(many):
    rows = [
        (outlet, voice, f"P{number}", k)
        for number, ks in enumerate(many)
        for (outlet, voice), k in zip(
            [(o, v) for o in ("Daily", "Herald") for v in ("direct", "indirect")],
            ks,
            strict=True,
        )
    ]
    counts = counts_of(rows)
    lanes = lanes_of(counts, most=MOST_DRAWN)
    assert len(lanes.rows) == len(lanes.k) <= MOST_DRAWN
    assert lanes.k.sum() == counts.counts["k"].sum()
    assert lanes.n.tolist() == [
        counts.totals.loc[counts.totals["outlet"] == name, "n"].sum()
        for name in lanes.outlets
    ]


def test_of_a_vocabulary_function_words_and_the_rest_are_left_out():
    rows = [("Daily", "own", f"word{n:03}", 1) for n in range(VOCABULARY)]
    counts = counts_of([*rows, ("Daily", "own", "the", 99), ("Daily", "own", "US", 9)])
    lanes = lanes_of(counts, most=5)
    assert lanes.items[0] == "US"
    assert lanes.others == 0
    assert len(lanes.items) == 5
    assert "the" not in lanes.items
    assert lanes.n.tolist() == [VOCABULARY + 108]


def test_alt_and_page_hold_the_numbers_of_the_bars():
    figure = counts_figure(counts_of(PAIR))
    daily = "Daily, of 40 attributed words: Ada Bell 20 + 10, Tom Roe 0 + 10."
    assert daily in figure.alt
    assert "Herald, of 5 attributed words: Tom Roe 5 + 0." in figure.alt
    page = counts_page(counts_of(PAIR))
    assert ">20 + 10<" in page
    assert ">75.00<" in page
    assert page.count('scope="colgroup"') == 2
    above, *rows = re.findall(r"<tr>(.*?)</tr>", page)
    spans = sum(map(int, re.findall(r'colspan="(\d+)"', above)))
    assert {len(re.findall("<t[hd]", row)) for row in rows} == {spans + 1}


def test_a_page_says_how_many_it_does_not_list():
    rows = [("Daily", "direct", f"P{n:02}", 1) for n in range(MOST_LISTED + 9)]
    page = counts_page(counts_of(rows))
    assert page.count("<tr>") == 2 + MOST_LISTED
    assert f"The {MOST_LISTED} most frequent of {MOST_LISTED + 9}" in page
    many = [(f"Outlet {n}", "direct", "Ada Bell", n + 1) for n in range(12)]
    assert "4 more outlets" in counts_page(counts_of(many))
    assert len(lanes_of(counts_of(many), most=3).outlets) == 8
    assert "Outlet 0" not in lanes_of(counts_of(many), most=3).outlets


def test_an_outlet_without_a_name_or_a_count_is_shown_as_such():
    counts = counts_of([(None, "direct", "Ada Bell", 3), ("Herald", "direct", "X", 0)])
    assert "outlet not stated\n3 attributed words" in texts(plot_counts(counts))
    assert "Herald, of 0 attributed words: none." in counts_figure(counts).alt
    assert "–" in counts_page(counts)


def test_nothing_counted_is_said():
    counts = counts_of([("Daily", "direct", "X", 0)])
    assert "No speakers" in plot_counts(counts).texts[0].get_text()
    assert counts_figure(counts).caption.startswith("No speakers in these articles")
    assert "<caption>" in counts_page(counts)


def test_names_are_escaped_and_drawn_as_written():
    payload, outlet = "<script>alert(1)</script>", "<b>$_x$"
    counts = counts_of([(outlet, "direct", payload, 3), ("D", "in$^{x", payload, 1)])
    html = counts_page(counts)
    assert "<script" not in html
    assert "<b>" not in html
    ax = plot_counts(counts)
    assert payload in [one.get_text() for one in ax.get_yticklabels()]
    assert counts_figure(counts).png.startswith(b"\x89PNG")


@pytest.mark.parametrize("number", range(2, 9))
def test_outlets_do_not_overlap(number):
    names = [f"The {n} Herald of Somewhere" for n in range(number)]
    voices = {"direct": 11_000, "indirect": 22_000}
    rows = [(name, *voice, k) for name in names for *voice, k in
            [(v, "Ada Bell", k) for v, k in voices.items()]]  # fmt: skip
    ax = plot_counts(counts_of(rows))
    ax.figure.draw_without_rendering()
    for drawn in (ax.texts, ax.get_xticklabels(), ax.get_yticklabels()):
        boxes = [one.get_window_extent() for one in drawn]
        pairs = [(a, b) for a in boxes for b in boxes if a is not b]
        assert not any(a.overlaps(b) for a, b in pairs)


ARTICLES = pd.DataFrame(
    {
        "article": ["a", "b"],
        "outlet": ["Daily", "<b>Herald"],
        "event": ["e", "e"],
        "text": [
            '"We go on," said Ada Bell. She denied that it was late.',
            '"No," said Tom Roe.',
        ],
    }
)


def test_the_list_of_speakers_says_how_and_where_they_are_heard():
    found = speakers_list(ARTICLES)
    listed = found.table.set_index("speaker")
    assert listed.loc["Ada Bell", ["Daily: direct", "Daily: indirect"]].tolist() == [
        3,
        4,
    ]
    assert listed.loc["Ada Bell", "Daily: share, %"] == 100
    assert listed.loc["Ada Bell", "heard only in"] == "Daily"
    assert "denying 1" in listed.loc["Ada Bell", "Daily: cues"]
    assert "3 + 4" in found.html
    assert "<b>Herald" not in found.html
    assert "–" in found.html


def test_the_list_of_speakers_is_narrow_for_many_outlets_and_may_be_empty():
    three = pd.concat([ARTICLES, ARTICLES.assign(article=["c", "d"], outlet="Globe")])
    html = speakers_list(three).html
    assert html.count('colspan="1"') == 3
    assert "3 + 4, 100 %" in html
    silent = ARTICLES.assign(text="It rained.")
    assert speakers_list(silent).table.empty
    assert "<caption>" in speakers_list(silent, by="affiliation").html
