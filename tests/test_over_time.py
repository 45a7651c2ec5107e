"""Over time: a change of the ratio, and not of the news."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framelens._checks import InputError, UnknownNameError
from framelens.compare import over_time
from framelens.compare.over_time import BLOCK_COLUMNS
from framelens.corpus import corpus_of
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def drawn(seed=0, months=2, events=8, more=None, news=None, items=3):
    """Events of some months; in the last month `more` says w0 more, or all do."""
    rng = np.random.default_rng(seed)
    rows, dates = [], {}
    for month, event, outlet in itertools.product(
        range(months), range(events), ["Daily", "Herald"]
    ):
        name = f"{outlet}-{month}-{event}"
        dates[name] = f"2024-{month + 1:02}-{event + 1:02}"
        for item in range(items):
            last = month == months - 1 and item == 0
            times = 4 if last and (news or outlet == more) else 1
            k = min(int(rng.poisson(6 * times)), 300)
            rows.append((f"e{month}-{event}", outlet, name, "rest", f"w{item}", k, 300))
    counts = pd.DataFrame(rows, columns=COLUMNS)
    articles = counts[["article", "outlet", "event"]].drop_duplicates()
    return counts, articles.assign(text=".", date=articles["article"].map(dates))


def of(counts, articles, **options):
    options = {"block": "month", **options}
    known = replace(counts_of(counts), corpus=corpus_of(articles))
    return over_time(known, "Daily", "Herald", **options)


def test_a_change_of_the_ratio_is_found():
    result = of(*drawn(more="Daily", events=16))
    table = result.table.set_index("item")
    assert table["p"].idxmin() == "w0"
    assert table.loc["w0", "q"] < 0.01
    blocks = result.blocks[result.blocks["item"] == "w0"].set_index("block")
    assert blocks["difference"]["2024-02"] > 0.04
    assert blocks["events"].tolist() == [16, 16]
    assert blocks["low"]["2024-02"] > blocks["ratio"]["2024-01"]
    assert result.blocks.columns.tolist() == BLOCK_COLUMNS
    assert result.of("w0").alt.count("events") == 2


def test_what_changes_in_both_outlets_is_no_change():
    p = [of(*drawn(seed, news=True)).table.set_index("item")["p"] for seed in range(25)]
    assert np.mean([one["w0"] < 0.05 for one in p]) <= 0.16
    assert np.mean([(one < 0.05).mean() for one in p]) < 0.1


def test_blocks_are_means_over_their_events():
    counts, articles = drawn()
    result = of(counts, articles)
    shares = counts.assign(share=counts["k"] / counts["n"]).pivot_table(
        index=["event", "item"], columns="outlet", values="share"
    )
    gaps = (shares["Daily"] - shares["Herald"]).xs("w1", level="item")
    first = gaps[gaps.index.str.startswith("e0")].mean()
    row = result.blocks.query("item == 'w1' and block == '2024-01'").iloc[0]
    assert row["difference"] == pytest.approx(first)
    points = result.points.query("item == 'w1'").set_index("event")["difference"]
    np.testing.assert_allclose(points, gaps.reindex(points.index))


def test_p_of_two_blocks_is_that_of_welchs_t_of_their_logarithms():
    counts, articles = drawn(events=12, months=2)
    result = of(counts, articles).table.set_index("item")
    rows = counts[counts["item"] == "w1"]
    shares = rows.assign(share=rows["k"] / rows["n"]).pivot_table(
        index="event", columns="outlet", values="share"
    )
    number = shares.index.str.split("-").str[1].astype(int)
    moves = []
    for month in ("e0", "e1"):
        block = shares[shares.index.str.startswith(month)]
        order = number[shares.index.str.startswith(month)]
        half = 0.5 / (12 * 300)
        value = np.log((block["Daily"].mean() + half) / (block["Herald"].mean() + half))
        left = []
        for run in range(6):  # the cube root of 12 is 2: neighbours, two by two
            kept = block[~np.isin(order, [2 * run, 2 * run + 1])]
            change = {
                outlet: block[outlet].mean() - kept[outlet].mean() for outlet in block
            }
            logs = {
                outlet: np.log1p(-change[outlet] / (block[outlet].mean() + half))
                if change[outlet] > 0
                else -change[outlet] / (block[outlet].mean() + half)
                for outlet in block
            }
            left.append(logs["Daily"] - logs["Herald"])
        variance = 5 / 6 * np.sum((np.array(left) - np.mean(left)) ** 2)
        moves.append((value, variance, 5))
    (a, va, da), (b, vb, db) = moves
    degrees = (va + vb) ** 2 / (va**2 / da + vb**2 / db)
    expected = 2 * stats.t.sf(abs(a - b) / np.sqrt(va + vb), degrees)
    assert result.loc["w1", "p"] == pytest.approx(expected, abs=0.02)


def test_few_events_are_drawn_and_not_tested():
    result = of(*drawn(events=4))
    assert "a test needs two months with at least 8 of them each" in result.refusal
    assert result.table["p"].isna().all()
    assert result.blocks["low"].isna().all()
    assert result.figure().alt == result.alt


def test_what_cannot_be_placed_in_time_is_refused():
    counts, articles = drawn()
    assert "needs dates" in of(counts, articles.assign(date=None)).refusal
    bare = counts.assign(event=None)
    assert "needs events" in of(bare, articles.assign(event=None)).refusal
    zero = of(counts.assign(k=0), articles)
    assert zero.refusal == "no item is found in enough articles"
    apart = counts.assign(event=counts["outlet"])
    result = of(apart, articles)
    assert "needs events that both outlets cover" in result.refusal
    assert result._repr_html_()
    constant = of(counts.assign(k=2), articles)
    assert constant.table["p"].to_numpy() == pytest.approx(1)


def test_wrong_options_are_named():
    with pytest.raises(InputError, match="block must be one of"):
        of(*drawn(), block="week")
    with pytest.raises(UnknownNameError, match="no item"):
        of(*drawn()).of("w9")


def test_it_is_drawn_and_the_input_is_left_alone():
    counts, articles = drawn()
    before = counts.copy()
    result = of(counts, articles)
    assert result.of("w0").figure().png
    assert "<caption>" in result._repr_html_()
    pd.testing.assert_frame_equal(counts, before)


def test_clusters_widen_intervals_and_too_few_are_refused():
    counts, articles = drawn(events=24)
    number = articles["article"].str.rpartition("-")[2].astype(int)
    author = articles["outlet"] + (number % 6).astype(str)
    # authors of the Daily differ: each says w1 as often in all of their articles
    taste = counts["article"].str.rpartition("-")[2].astype(int) % 6 % 2
    daily = counts["outlet"].eq("Daily") & counts["item"].eq("w1")
    counts.loc[daily, "k"] = 2 + 20 * taste[daily]
    loose = of(counts, articles)
    held = of(counts, articles.assign(author=author.to_numpy()), cluster="author")
    rows = [one.blocks.query("item == 'w1'") for one in (loose, held)]
    width = [np.log(one["high"] / one["low"]).to_numpy() for one in rows]
    assert (width[1] > 1.2 * width[0]).all()
    few = articles.assign(author=(articles["outlet"] + (number % 3).astype(str)))
    said = of(counts, few, cluster="author").refusal
    assert said.startswith("a test needs two months with at least 5 clusters by author")


def test_events_are_compared_within_a_stratum():
    counts, articles = drawn(events=10)
    twin = counts.assign(article=counts["article"] + "x", k=counts["k"] * 3)
    alone = twin[~(twin["outlet"].eq("Herald") & twin["event"].str.endswith("3"))]
    both = pd.concat([counts, alone])
    table = pd.concat([articles, articles.assign(article=articles["article"] + "x")])
    table = table[table["article"].isin(both["article"])].reset_index(drop=True)
    desk = np.where(table["article"].str.endswith("x"), "sport", "news")
    result = of(both, table.assign(desk=desk), strata="desk")
    row = result.points.query("item == 'w1'").set_index("event")["difference"]
    shares = counts.assign(share=counts["k"] / counts["n"]).pivot_table(
        index=["event", "item"], columns="outlet", values="share"
    )
    gap = (shares["Daily"] - shares["Herald"]).xs("w1", level="item")
    np.testing.assert_allclose(row["e0-3"], gap["e0-3"])
    np.testing.assert_allclose(row["e0-4"], 2 * gap["e0-4"])
