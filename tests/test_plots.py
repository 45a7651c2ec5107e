"""Plots are tested on what their artists hold, not on pixels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framelens.compare import contrast
from framelens.show.contrast_view import MOST, plot_contrast

PATTERN = ["talks", "deal", "strike", "probe", "peace"]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def counts(**articles):
    """Counts of made-up words: per outlet a list of one k per word and article."""
    rows = [
        ("e", outlet, f"{outlet}{number}", "rest", item, k, 100)
        for outlet, sides in articles.items()
        for number, ks in enumerate(sides)
        for item, k in zip(PATTERN, ks, strict=False)
    ]
    columns = ["event", "outlet", "article", "voice", "item", "k", "n"]
    return pd.DataFrame(rows, columns=columns)


TWO = counts(Daily=[[8, 3, 0, 2, 2]], Herald=[[1, 3, 6, 2, 4]])


def many(seed=0, articles=14):
    rng = np.random.default_rng(seed)
    sides = {
        "Daily": rng.binomial(100, [0.3, 0.1, 0.1, 0.1, 0.1], (articles, 5)).tolist(),
        "Herald": rng.binomial(100, [0.1, 0.1, 0.2, 0.1, 0.1], (articles, 5)).tolist(),
    }
    return counts(**sides)


def points(ax):
    from matplotlib.collections import PathCollection

    return [one for one in ax.collections if isinstance(one, PathCollection)]


def texts(ax):
    return [one.get_text() for one in ax.texts]


def test_refused_contrast_shows_articles_hollow_with_their_counts():
    result = contrast(TWO, target="Daily", baseline="Herald")
    assert result.refusal
    ax = result.plot()
    target, baseline = points(ax)
    assert sorted(target.get_offsets()[:, 0]) == [0, 2, 2, 3, 8]
    assert sorted(baseline.get_offsets()[:, 0]) == [1, 2, 3, 4, 6]
    for side in (target, baseline):
        assert not side.get_facecolor().size
    shapes = [len(side.get_paths()[0].vertices) for side in (target, baseline)]
    assert shapes[0] != shapes[1]
    assert "8 of 100" in texts(ax)
    assert "0 of 100" in texts(ax)
    assert [one.get_text() for one in ax.get_legend().get_texts()] == [
        "Daily",
        "Herald",
    ]


def test_refused_contrast_groups_items_by_the_side_that_has_more():
    ax = contrast(TWO, target="Daily", baseline="Herald").plot()
    heads = {text.get_text(): text.get_position()[1] for text in ax.texts}
    at = {
        label.get_text(): place
        for label, place in zip(ax.get_yticklabels(), ax.get_yticks(), strict=True)
    }
    assert heads["more in Daily"] < at["talks"] < heads["more in Herald"] < at["strike"]
    assert (
        heads["more in Herald"] < at["peace"] < heads["the same in both"] < at["deal"]
    )


def test_articles_of_a_refused_contrast_are_drawn_one_by_one():
    table = counts(Daily=[[8, 3], [2, 1]], Herald=[[1, 3], [4, 4]])
    ax = contrast(table, target="Daily", baseline="Herald").plot()
    target, _ = points(ax)
    assert sorted(target.get_offsets()[:, 0]) == [1, 2, 3, 8]


def test_contrast_with_intervals_draws_what_the_table_holds():
    result = contrast(many(), target="Daily", baseline="Herald")
    assert result.table["low"].notna().all()
    ax = plot_contrast(result)
    drawn = np.concatenate([one.get_offsets()[:, 0] for one in points(ax)])
    assert sorted(drawn) == pytest.approx(sorted(100 * result.table["difference"]))
    lines = next(one for one in ax.collections if hasattr(one, "get_segments"))
    ends = sorted(float(segment[0, 0]) for segment in lines.get_segments())
    assert ends == pytest.approx(sorted(100 * result.table["low_selected"].dropna()))
    label = ax.get_xlabel()
    assert label.startswith("← more in Herald  ·  more in Daily →")
    left, right = ax.get_xlim()
    assert left == -right


def test_items_without_interval_are_hollow():
    table = many()
    rare = table.iloc[[0]].assign(item="rare", k=1)
    result = contrast(pd.concat([table, rare]), target="Daily", baseline="Herald")
    assert result.table.set_index("item").loc["rare", "low"] is not None
    filled, hollow = points(plot_contrast(result))
    assert len(hollow.get_offsets()) == int(result.table["low"].isna().sum()) == 1
    assert hollow.get_facecolor().tolist() == [[1, 1, 1, 1]]
    assert filled.get_facecolor().tolist() != [[1, 1, 1, 1]]


def test_both_outlets_get_as_many_rows():
    wide = pd.DataFrame(
        [("e", "Daily", "a", "rest", f"d{n}", 9, 500) for n in range(30)]
        + [("e", "Herald", "b", "rest", f"h{n}", 1, 500) for n in range(30)],
        columns=["event", "outlet", "article", "voice", "item", "k", "n"],
    )
    result = contrast(wide, target="Daily", baseline="Herald")
    ax = plot_contrast(result)
    names = [one.get_text() for one in ax.get_yticklabels()]
    assert len(names) == MOST
    assert sum(name.startswith("d") for name in names) == MOST // 2
    assert f"the {MOST} furthest apart, of 60" in ax.get_xlabel()


def test_plots_draw_on_the_axes_they_are_given():
    _, ax = plt.subplots()
    assert plot_contrast(contrast(TWO, target="Daily", baseline="Herald"), ax=ax) is ax
    assert len(plt.get_fignums()) == 1


def test_names_are_drawn_as_they_are_written():
    table = TWO.replace({"Daily": "_$\\frac{x", "talks": "$^{x\x07"})
    result = contrast(table, target="_$\\frac{x", baseline="Herald")
    assert result.figure().png.startswith(b"\x89PNG")
