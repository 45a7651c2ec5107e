import matplotlib.pyplot as plt
import pandas as pd
import pytest

from framelens._checks import ColumnError, InputError
from framelens.show import plot_speakers, speakers_figure, speakers_list
from framelens.show.speakers_view import MOST


def table_of(rows):
    table = pd.DataFrame(rows, columns=["speaker", "outlet", "quotations", "words"])
    said = table.groupby("outlet")["words"].transform("sum")
    return table.assign(share=table["words"] / said.where(said > 0))


@pytest.fixture
def table():
    rows = [("Ada Bell", "Daily", 2, 30), ("Ada Bell", "Herald", 0, 0)]
    return table_of([*rows, ("Tom Roe", "Daily", 1, 10), ("Tom Roe", "Herald", 1, 5)])


@pytest.fixture
def articles():
    return pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": ["Daily", "Herald"],
            "date": ["2026-01-02", None],
        }
    )


def test_bars_are_shares_and_zeros_are_shown(table):
    _, ax = plt.subplots()
    assert plot_speakers(table, ax=ax) is ax
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert widths == [[75.0, 25.0], [0.0, 100.0]]
    assert [one.get_text() for one in ax.texts] == [
        "30 of 40",
        "10 of 40",
        "0 of 5",
        "5 of 5",
    ]
    assert [one.get_text() for one in ax.get_yticklabels()] == ["Ada Bell", "Tom Roe"]
    plt.close("all")


def test_bars_differ_by_hatching_too(table):
    _, ax = plt.subplots()
    plot_speakers(table, ax=ax)
    hatches = {bars.patches[0].get_hatch() for bars in ax.containers}
    assert len(hatches) == 2
    plt.close("all")


def test_caption_and_alt_hold_the_numbers(table, articles):
    figure = speakers_figure(table, articles=articles)
    assert "2 articles (2026-01-02, 1 without a date)" in figure.caption
    assert "Daily, of 40 quoted words: Ada Bell 30, Tom Roe 10." in figure.alt


def test_the_list_has_the_same_numbers_and_a_dash_for_no_place(table):
    found = speakers_list(table.assign(first=[0.1, None, 0.5, 0.25]))
    assert found.table["Daily: share, %"].tolist() == [75, 25]
    assert found.table["Herald: words"].tolist() == [0, 5]
    assert "–" in found.html


def test_an_outlet_that_quotes_nobody_has_no_share(articles):
    table = table_of([("Ada Bell", "Daily", 1, 3), ("Ada Bell", "Herald", 0, 0)])
    assert speakers_list(table).table["Herald: share, %"].isna().all()
    assert "nobody" in speakers_figure(table, articles=articles).alt


def test_at_most_so_many_are_drawn_and_the_caption_says_so(articles):
    table = table_of([(f"Person {n}", "Daily", 1, 99 - n) for n in range(MOST + 3)])
    figure = speakers_figure(table, articles=articles)
    assert f"the {MOST} of {MOST + 3} with most words drawn" in figure.caption


def test_names_are_escaped(table):
    hostile = table.replace({"Ada Bell": "<script>alert(1)</script>", "Daily": "<b>"})
    html = speakers_list(hostile).html
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("draw", [plot_speakers, speakers_list])
def test_a_table_without_its_columns_is_named(table, draw):
    with pytest.raises(ColumnError, match="'words'"):
        draw(table.drop(columns="words"))
    with pytest.raises(ColumnError, match="speakers_table"):
        draw(table.drop(columns="speaker"))


def test_nobody_quoted_is_drawn_as_such(table, articles):
    _, ax = plt.subplots()
    plot_speakers(table.iloc[:0], ax=ax)
    assert "Nobody is quoted" in ax.texts[0].get_text()
    assert "Nobody is quoted." in speakers_figure(table.iloc[:0], articles=articles).alt
    plt.close("all")


def test_too_many_outlets_for_a_figure_is_said():
    table = table_of([("Ada Bell", f"Outlet {n}", 1, 3) for n in range(5)])
    with pytest.raises(InputError, match="5 outlets are too many"):
        plot_speakers(table)


def test_input_is_left_alone(table, articles):
    before = table.copy()
    speakers_figure(table, articles=articles)
    speakers_list(table)
    pd.testing.assert_frame_equal(table, before)
