"""Over time: a change of the difference, and not of the news."""

import itertools

import numpy as np
import pandas as pd
import pytest

from framelens._checks import InputError, UnknownNameError
from framelens.compare import over_time
from framelens.compare.over_time import BLOCK_COLUMNS, _welch

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
    return over_time(
        counts, target="Daily", baseline="Herald", articles=articles, **options
    )


def test_a_change_of_the_difference_is_found():
    result = of(*drawn(more="Daily"))
    table = result.table.set_index("item")
    assert table["p"].idxmin() == "w0"
    assert table.loc["w0", "q"] < 0.01
    blocks = result.blocks[result.blocks["item"] == "w0"].set_index("block")
    assert blocks["difference"]["2024-02"] > 0.04
    assert blocks["events"].tolist() == [8, 8]
    assert result.blocks.columns.tolist() == BLOCK_COLUMNS
    assert result.alt("w0").count("events") == 2


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


def test_the_statistic_of_two_blocks_is_the_square_of_welchs_t():
    from scipy import stats

    gaps = np.random.default_rng(0).normal(size=(14, 1))
    codes = np.repeat([0, 1], 7)
    expected = stats.ttest_ind(gaps[:7, 0], gaps[7:, 0], equal_var=False).statistic
    assert _welch(gaps, codes[None]).item() == pytest.approx(expected**2)


def test_few_events_are_drawn_and_not_tested():
    result = of(*drawn(events=4))
    assert "a test needs two months with at least 6 of them each" in result.refusal
    assert result.table["p"].isna().all()
    assert result.blocks["low"].isna().all()
    assert "Not tested" in result.caption
    assert result.figure("w0").alt == result.alt("w0")


def test_what_cannot_be_placed_in_time_is_refused():
    counts, articles = drawn()
    assert "two months" in of(counts, articles.assign(date=None)).refusal
    bare = counts.assign(event=None)
    assert "needs events" in of(bare, articles.assign(event=None)).refusal
    zero = of(counts.assign(k=0), articles)
    assert zero.refusal == "no item is found in enough articles"
    apart = counts.assign(event=counts["outlet"])
    result = of(apart, articles)
    assert "needs events that both outlets cover" in result.refusal
    assert result._repr_html_()
    constant = of(counts.assign(k=2), articles)
    assert constant.refusal == "no item is found in enough articles"


def test_wrong_options_are_named():
    with pytest.raises(InputError, match="block must be one of"):
        of(*drawn(), block="week")
    with pytest.raises(UnknownNameError, match="no item"):
        of(*drawn()).plot("w9")


def test_it_is_drawn_and_the_input_is_left_alone():
    counts, articles = drawn()
    before = counts.copy()
    result = of(counts, articles)
    assert result.figure("w0").png
    assert "<caption>" in result._repr_html_()
    pd.testing.assert_frame_equal(counts, before)
