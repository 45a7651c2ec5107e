"""Outlets: every pair, Holm over the pairs of an item, q over items."""

import itertools

import numpy as np
import pandas as pd
import pytest

from framelens._checks import InputError, UnknownNameError
from framelens.compare import contrast, outlets
from framelens.compare.outlets import PAIR_COLUMNS

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]
NAMES = ("Daily", "Herald", "Post")


def drawn(seed=0, events=1, articles=8, items=4, names=NAMES, more=None):
    """Counts of a few words; `more` names an outlet with three times as much of w0."""
    rng = np.random.default_rng(seed)
    rows = []
    for event, outlet, number in itertools.product(
        range(events), names, range(articles)
    ):
        n = int(rng.integers(100, 200))
        for item in range(items):
            mean = n * 0.03 * (3 if (outlet, item) == (more, 0) else 1)
            k = min(int(rng.poisson(mean)), n)
            article = f"{outlet}{event}-{number}"
            rows.append((f"e{event}", outlet, article, "rest", f"w{item}", k, n))
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize(("events", "articles"), [(1, 6), (8, 1), (3, 4)])
def test_two_outlets_are_tested_as_a_contrast_does(events, articles):
    counts = drawn(1, events, articles, names=NAMES[:2])
    table = outlets(counts).table.set_index("item")
    pair = contrast(counts, target="Daily", baseline="Herald").table.set_index("item")
    np.testing.assert_allclose(table["p"], pair["p"].reindex(table.index))


def test_the_outlet_that_differs_is_found_in_its_pairs():
    result = outlets(drawn(events=8, articles=3, more="Post"))
    table = result.table.set_index("item")
    assert table["q"].idxmin() == "w0"
    assert table.loc["w0", "q"] < 0.01
    pairs = result.pairs[result.pairs["item"] == "w0"].set_index(["target", "baseline"])
    assert pairs.columns.tolist() == [
        name for name in PAIR_COLUMNS if name not in ("target", "baseline")
    ]
    assert (pairs["p_holm"] < 0.05).tolist() == [False, True, True]
    assert (pairs["p_holm"] >= pairs["p"]).all()


def test_pairs_are_adjusted_by_holm():
    pairs = outlets(drawn(events=8, articles=3)).pairs
    for _, rows in pairs.groupby("item"):
        p = np.sort(rows["p"])
        expected = np.minimum(np.maximum.accumulate(p * [3, 2, 1]), 1)
        np.testing.assert_allclose(np.sort(rows["p_holm"]), expected)


def test_nothing_differs_between_twins():
    one = drawn(names=("Daily",))
    twins = [one.assign(outlet=name, article=name + one["article"]) for name in NAMES]
    result = outlets(pd.concat(twins))
    assert result.table["p"].to_numpy() == pytest.approx(1)
    assert result.pairs["difference"].eq(0).all()


def test_an_outlet_that_is_absent_from_an_event_takes_no_part_there():
    counts = drawn(events=10, articles=2)
    counts = counts[~(counts["outlet"].eq("Post") & counts["event"].isin(["e0", "e1"]))]
    pairs = outlets(counts).pairs.drop_duplicates(["target", "baseline"])
    events = pairs.set_index(["target", "baseline"])["events"].to_dict()
    assert events[("Daily", "Herald")] == 10
    assert events[("Daily", "Post")] == events[("Herald", "Post")] == 8


def test_a_pair_with_too_few_articles_is_left_out_and_told():
    counts = pd.concat([drawn(names=NAMES[:2]), drawn(articles=2, names=("Post",))])
    result = outlets(counts)
    assert result.pairs["baseline"].unique().tolist() == ["Herald"]
    assert any(note.startswith("2 pairs with too few") for note in result.notes)


def test_too_little_is_refused_in_one_sentence():
    few = outlets(drawn(articles=2))
    assert few.refusal.startswith("3 outlets, 6 articles: no two of them have enough")
    assert few.pairs.empty
    assert outlets(drawn(articles=2, names=NAMES[:2])).refusal.startswith("2 + 2 art")
    zero = outlets(drawn().assign(k=0))
    assert "no two of them" in zero.refusal
    constant = outlets(drawn().assign(k=1, n=100))
    assert constant.table["p"].isna().all()
    assert few._repr_html_()


def test_wrong_names_are_named():
    with pytest.raises(InputError, match="2 to 12 outlets; there are 1"):
        outlets(drawn(), names=["Daily"])
    with pytest.raises(UnknownNameError, match="did you mean 'Herald'"):
        outlets(drawn(), names=["Daily", "Herold"])


def test_the_input_is_left_alone_and_the_order_of_rows_does_not_matter():
    counts = drawn()
    before = counts.copy()
    once = outlets(counts).table
    again = outlets(counts.sample(frac=1, random_state=1)).table
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(counts, before)


def test_what_is_displayed_is_escaped():
    counts = drawn().replace({"Post": "<i>Post"})
    assert "<i>" not in outlets(counts)._repr_html_()
