"""Who is heard: the bars, their alternative text, and the table of the same numbers."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError
from framelens.show import plot_speakers, speakers_figure, speakers_list
from framelens.show.heard_bars import MOST, most_words

COLUMNS = ["speaker", "outlet", "attributions", "direct_words", "indirect_words"]


def table_of(rows):
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["words"] = table["direct_words"] + table["indirect_words"]
    said = table.groupby("outlet", dropna=False)["words"].transform("sum")
    return table.assign(share=table["words"] / said.where(said > 0))


@pytest.fixture
def table():
    rows = [("Ada Bell", "Daily", 2, 20, 10), ("Ada Bell", "Herald", 0, 0, 0)]
    more = [("Tom Roe", "Daily", 1, 0, 10), ("Tom Roe", "Herald", 1, 5, 0)]
    return table_of([*rows, *more])


@pytest.fixture
def articles():
    return pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": ["Daily", "Herald"],
            "date": ["2026-01-02", None],
        }
    )


def texts(ax):
    return [one.get_text().strip() for one in ax.texts]


def test_bars_are_shares_and_words_stand_beside_them(table):
    _, ax = plt.subplots()
    assert plot_speakers(table, ax=ax) is ax
    bars = [bar for some in ax.containers for bar in some]
    assert [bar.get_width() for bar in bars] == [50, 0, 25, 25, 0, 100, 0, 0]
    told = ["Daily\n40 attributed words", "Herald\n5 attributed words"]
    assert texts(ax) == ["20 + 10", "0 + 10", told[0], "0", "5 + 0", told[1]]
    assert [one.get_text() for one in ax.get_yticklabels()] == ["Ada Bell", "Tom Roe"]
    plt.close("all")


def test_outlets_stand_beside_each_other(table):
    ax = plot_speakers(table)
    starts = {round(bars.patches[0].get_x(), 6) for bars in ax.containers[::2]}
    widest = max(
        bar.get_x() + bar.get_width() for bars in ax.containers[:2] for bar in bars
    )
    assert starts == {0, 150}
    assert widest < 150


def test_voices_differ_by_hatching_and_are_named(table):
    ax = plot_speakers(table)
    direct, indirect = (bars.patches[0] for bars in ax.containers[:2])
    assert direct.get_hatch() is None
    assert indirect.get_hatch()
    names = [one.get_text() for one in ax.get_legend().get_texts()]
    assert names == ["inside quotation marks", "reported without marks"]


def test_the_rest_is_one_row(articles):
    rows = [(f"Person {n}", "Daily", 1, 99 - n, n) for n in range(MOST + 3)]
    table = table_of(rows)
    ax = plot_speakers(table)
    labels = [one.get_text() for one in ax.get_yticklabels()]
    assert len(labels) == MOST
    assert labels[-1] == "others (4)"
    last = table.tail(4)
    shown = f"{last['direct_words'].sum()} + {last['indirect_words'].sum()}"
    assert shown in texts(ax)
    caption = speakers_figure(table, articles=articles).caption
    assert f"(the {MOST - 1} of {MOST + 3} heard most)" in caption


WORDS = st.integers(0, 500)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=30))
def test_no_word_is_lost_in_the_rest(many):
    rows = []
    for number, (one, two, three, four) in enumerate(many):
        rows.append((f"P{number}", "Daily", 1, one, two))
        rows.append((f"P{number}", "Herald", 1, three, four))
    table = table_of(rows)
    drawn = most_words(table, by="speaker")
    assert drawn["item"].nunique() <= MOST
    assert drawn["direct"].sum() == table["direct_words"].sum()
    assert drawn["indirect"].sum() == table["indirect_words"].sum()


def test_caption_and_alt_hold_the_numbers_of_the_table(table, articles):
    figure = speakers_figure(table, articles=articles)
    assert "2 articles (2026-01-02, 1 without a date)" in figure.caption
    daily = "Daily, of 40 attributed words: Ada Bell 30 (20 in quotation marks)"
    assert f"{daily}, Tom Roe 10 (0 in quotation marks)." in figure.alt
    assert "Herald, of 5 attributed words: Tom Roe 5 (5 in" in figure.alt
    listed = speakers_list(table).table
    sums = listed["Daily: direct"] + listed["Daily: indirect"]
    assert sums.tolist() == [30, 10]
    assert all(f" {one} (" in figure.alt for one in sums)


def test_the_list_has_the_same_numbers_and_a_dash_for_no_place(table):
    cues = ["neutral 2; denying 1", None, "neutral 1", "neutral 1"]
    given = table.assign(first=[0.1, None, 0.5, 0.25], cue_classes=cues)
    found = speakers_list(given.assign(heard_only_in=["Daily", "Daily", None, None]))
    assert found.table["Daily: share, %"].tolist() == [75, 25]
    assert found.table["Herald: direct"].tolist() == [0, 5]
    assert found.table["Daily: cues"].tolist()[0] == "neutral 2; denying 1"
    assert found.table["heard only in"].tolist()[0] == "Daily"
    assert "–" in found.html
    assert ">20 + 10<" in found.html
    assert '<th scope="colgroup" colspan="4"' in found.html


def test_rows_of_the_page_have_as_many_cells_as_headings(table):
    html = speakers_list(table.assign(anonymous=[False, False, True, True])).html
    above, *rows = re.findall(r"<tr>(.*?)</tr>", html)
    spans = sum(map(int, re.findall(r'colspan="(\d+)"', above)))
    assert {len(re.findall("<t[hd]", row)) for row in rows} == {spans + 1}
    assert "anonymous" in html


def test_an_outlet_that_lets_nobody_speak_has_no_share(articles):
    table = table_of([("Ada Bell", "Daily", 1, 3, 0), ("Ada Bell", "Herald", 0, 0, 0)])
    assert speakers_list(table).table["Herald: share, %"].isna().all()
    assert "nobody" in speakers_figure(table, articles=articles).alt


def test_one_outlet_has_one_lane(table, articles):
    alone = table[table["outlet"] == "Daily"].assign(heard_only_in=None)
    assert len(plot_speakers(alone).containers) == 2
    assert "Daily, of 40" in speakers_figure(alone, articles=articles).alt
    assert "heard only in" not in speakers_list(alone).table


def test_an_outlet_without_a_name_is_shown_as_such(articles):
    table = table_of([("Ada Bell", None, 1, 3, 0), ("Ada Bell", "Herald", 1, 1, 1)])
    assert "outlet not stated\n3 attributed words" in texts(plot_speakers(table))
    assert "outlet not stated, of 3" in speakers_figure(table, articles=articles).alt
    assert speakers_list(table).table["outlet not stated: direct"].tolist() == [3]


def test_names_are_escaped_and_drawn_as_written(table):
    payload = "<script>alert(1)</script>"
    hostile = table.replace({"Ada Bell": payload, "Daily": "<b>$_x$"})
    html = speakers_list(hostile).html
    assert "<script" not in html
    assert "<b>" not in html
    assert payload in [
        one.get_text() for one in plot_speakers(hostile).get_yticklabels()
    ]


@pytest.mark.parametrize("draw", [plot_speakers, speakers_list])
def test_a_table_without_its_columns_is_named(table, draw):
    with pytest.raises(ColumnError, match="'indirect_words'"):
        draw(table.drop(columns="indirect_words"))
    with pytest.raises(ColumnError, match="speakers_table"):
        draw(table.drop(columns="speaker"))


def test_nobody_heard_is_drawn_as_such(table, articles):
    assert "Nobody is heard" in plot_speakers(table.iloc[:0]).texts[0].get_text()
    figure = speakers_figure(table.iloc[:0], articles=articles)
    assert "Nobody is heard." in figure.alt
    assert figure.caption.startswith("Nobody is said to have said")
    assert speakers_list(table.iloc[:0]).table.empty


def test_too_many_outlets_for_a_figure_is_said():
    table = table_of([("Ada Bell", f"Outlet {n}", 1, 3, 0) for n in range(9)])
    with pytest.raises(InputError, match="9 outlets are too many"):
        plot_speakers(table)


def test_of_many_outlets_a_page_shows_words_and_the_table_all():
    rows = [(f"Ada {n}", f"Outlet {m}", 1, 3, 1) for n in range(50) for m in range(5)]
    for outlets, columns in ((2, 2), (4, 1), (5, 1)):
        some = [row for row in rows if row[1] < f"Outlet {outlets}"]
        shown = speakers_list(table_of(some))
        assert shown.html.count(f'colspan="{columns}"') >= outlets
        assert shown.html.count("<tr>") == 2 + 40
        assert "10 more, heard less, stand in .table" in shown.html
        assert shown.table.shape[0] == 50
        assert ("3 + 1, 2 %" in shown.html) == (outlets > 2)


@pytest.mark.parametrize("number", range(2, 9))
def test_outlets_do_not_overlap(number):
    outlets = [f"The {n} Herald of Somewhere" for n in range(number)]
    table = table_of([("Ada Bell", outlet, 1, 11_000, 22_000) for outlet in outlets])
    ax = plot_speakers(table)
    ax.figure.draw_without_rendering()
    for texts in (ax.texts, ax.get_xticklabels(), ax.get_yticklabels()):
        boxes = [one.get_window_extent() for one in texts]
        pairs = [(a, b) for a in boxes for b in boxes if a is not b]
        assert not any(a.overlaps(b) for a, b in pairs)


def test_input_is_left_alone(table, articles):
    before = table.copy()
    speakers_figure(table, articles=articles)
    speakers_list(table)
    pd.testing.assert_frame_equal(table, before)
