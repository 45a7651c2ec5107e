"""Inference: the numbers of an independent jackknife, laws, and rates of error."""

import sys
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from framelens._checks import InputError, UnknownNameError
from framelens.compare import Floors, contrast
from framelens.compare.design import design_of
from framelens.compare.inference import estimates, p_and_ratio, units_in
from framelens.corpus import corpus_of
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]
SIDES = ("Daily", "Herald")


def frame(sides):
    """Counts from, per outlet, rows of (event, n, k of each item)."""
    rows = [
        (event, outlet, f"{outlet}{row:04}", "rest", f"w{item:03}", int(k), int(n))
        for outlet, articles in zip(SIDES, sides, strict=True)
        for row, (event, n, ks) in enumerate(articles)
        for item, k in enumerate(ks)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def drawn(rng, sizes=(12, 12), bursts=(0.5, 0.5), words=(350, 350), items=40,
          events=1, ratio=1.0):  # fmt: skip
    """Corpora of outlets that may be unlike; `ratio` is in favour of the Daily."""
    rates = np.resize([0.002, 0.005, 0.01], items)
    topic = np.exp(rng.normal(0, 0.5, (events, items))) if events > 1 else None
    sides = []
    for place in (0, 1):
        articles = []
        for event in range(events):
            for _ in range(sizes[place]):
                n = max(int(rng.lognormal(np.log(words[place]), 0.4)), 40)
                mean = n * rates * (ratio if place == 0 else 1)
                mean = mean if topic is None else mean * topic[event]
                size = bursts[place]
                k = rng.negative_binomial(size, size / (size + mean))
                articles.append((f"e{event}", n, np.minimum(k, n)))
        sides.append(articles)
    return frame(sides)


def inferred(counts, **options):
    table = contrast(counts, *SIDES, **options).table
    return table[table["p"].notna()].set_index("item").sort_index()


def summed(counts, column, by):
    """Add up a column: one row per `by`, one column per outlet."""
    table = counts.pivot_table(
        index=by, columns="outlet", values=column, aggfunc="sum", fill_value=0
    )
    return table[list(SIDES)]


def from_limits(a, b, va, vb, together, degrees):
    """p and the interval of the ratio, from the limits of both shares."""

    def far(more, less, v_more, v_less, t):
        low = more / (1 + t * np.sqrt(v_more) / 3) ** 3
        high = less / max(1 - t * np.sqrt(v_less) / 3, 1e-3) ** 3
        return more - low, high - less

    def gap(alpha, ratio=1.0):
        t = stats.t.ppf(1 - alpha / 2, degrees)
        one, two = a, ratio * b
        swapped = one < two
        more, less = (two, one) if swapped else (one, two)
        v_more, v_less = (vb, va) if swapped else (va, vb)
        x, y = far(more, less, v_more, v_less, t)
        return (more - less) ** 2 - (x**2 + y**2 - 2 * together * x * y)

    p = optimize.brentq(gap, 1e-14, 1, xtol=1e-15)
    ends = [a / b * 1e-12, a / b, a / b * 1e12]
    limits = [
        optimize.brentq(lambda ratio: gap(0.05, ratio), *sorted(pair))
        for pair in (ends[:2], ends[1:])
    ]
    return p, *limits


def by_hand(first, second):
    """One item of one event: p and the interval of the ratio, in plain Python."""

    def side(articles):
        k, n = sum(k for k, _ in articles), sum(n for _, n in articles)
        level = k / n + 0.5 / n
        # relative change when an article is left out
        moves = [
            ((k - own_k) / (n - own_n) - k / n) / level for own_k, own_n in articles
        ]
        mean = sum(moves) / len(moves)
        m = len(moves)
        second = (m - 1) / m * sum((move - mean) ** 2 for move in moves)
        fourth = ((m - 1) / m) ** 2 * sum((move - mean) ** 4 for move in moves)
        holders = sum(own_k > 0 for own_k, _ in articles)
        degrees = min(
            m - 1, 1.25 * holders, 2.2 / max(fourth / second**2 - 1 / m, 1e-9)
        )
        least = max(0.25 * (1 - k / n), 3 / (k + 3)) / (k + 0.5)
        heaviest = 0.5 * np.log1p(min(moves)) ** 2
        return level, max(second, least, heaviest), max(degrees, 1), holders, m

    a, va, da, ha, ma = side(first)
    b, vb, db, hb, mb = side(second)
    degrees = (va + vb) ** 2 / (va**2 / da + vb**2 / db)
    p, low, high = from_limits(a, b, va, vb, 0.0, degrees)
    holders, units = (ha, ma) if a > b else (hb, mb)
    expected = holders * min(a / b, b / a) / units
    many = stats.binom.sf(holders - 1, units, expected)
    given_enough = many / stats.binom.sf(2, units, expected)
    return max(p, 1.0 if holders <= 3 else given_enough), low, high


@pytest.mark.parametrize(
    ("sizes", "bursts", "words"),
    [
        ((12, 12), (0.3, 5), (350, 350)),
        ((12, 60), (0.3, 2), (150, 600)),
        ((30, 10), (0.5, 5), (350, 350)),
    ],
)
def test_p_and_interval_are_those_of_a_slow_jackknife(sizes, bursts, words):
    counts = drawn(np.random.default_rng(1), sizes, bursts, words)
    table = inferred(counts)
    compared = 0
    for item, row in table.iterrows():
        rows = counts[counts["item"] == item]
        sides = [
            list(rows.loc[rows["outlet"] == outlet, ["k", "n"]].itertuples(index=False))
            for outlet in SIDES
        ]
        if min(sum(k > 0 for k, _ in side) for side in sides) < 3:
            continue
        p, low, high = by_hand(*sides)
        assert row["p"] == pytest.approx(p, rel=1e-6)
        # where few have an item the limits reach farther
        assert row["ratio_low"] <= low * (1 + 1e-6)
        assert row["ratio_high"] >= high * (1 - 1e-6)
        firm = min(sum(k > 0 for k, _ in side) for side in sides) >= 10
        if firm:
            assert row["ratio_low"] == pytest.approx(low)
            assert row["ratio_high"] == pytest.approx(high)
        compared += 1
    assert compared >= 25


def all_dealings(counts, items, events):
    """How often each difference of shares is exceeded in all ways of dealing anew."""
    wide = counts.pivot_table(index=["outlet", "event", "article"], columns="item",
                              values="k")[items]  # fmt: skip
    first, second = (wide.loc[outlet].to_numpy() for outlet in SIDES)
    if events:
        signs = np.array(list(product([1, -1], repeat=len(first))))
        gaps = signs @ (first - second)
    else:
        chosen = np.array(list(combinations(range(16), 8)))
        into = np.zeros((len(chosen), 16))
        np.put_along_axis(into, chosen, 1, axis=1)
        gaps = (2 * into - 1) @ np.concatenate([first, second])
    there = np.abs(first.sum(axis=0) - second.sum(axis=0)) - 1e-9
    return (np.abs(gaps) >= there).mean(axis=0)


@pytest.mark.parametrize(("sizes", "events"), [((8, 8), 1), ((1, 1), 12)])
def test_where_sides_are_alike_p_is_that_of_all_dealings(sizes, events):
    rng = np.random.default_rng(5)
    counts = drawn(rng, sizes, (20, 20), (3000, 3000), 150, events)
    table = inferred(counts.assign(n=10_000))
    found = table[table["p"] < 0.15]
    exact = all_dealings(counts, list(found.index), events > 1)
    assert len(found) >= 5
    # items that hang on few articles are held against t, and ties are many
    assert np.median(np.abs(np.log(found["p"] / exact))) < 0.3


def test_dealing_articles_out_anew_says_nothing_of_the_far_limit():
    rng = np.random.default_rng(5)
    counts = drawn(rng, (30, 30), (20, 20), (3000, 3000), 150).assign(n=10_000)
    bursts = rng.negative_binomial(0.2, 0.2 / 2.2, len(counts))
    others = counts.assign(
        item="x" + counts["item"], k=np.where(counts["outlet"].eq("Daily"), bursts, 2)
    )
    alike = inferred(counts)
    unlike = inferred(pd.concat([counts, others])).loc[alike.index]
    assert (alike["p"] < 0.9 * unlike["p"]).sum() > 10
    far = {
        one: np.where(table["ratio"] > 1, table["ratio_high"], 1 / table["ratio_low"])
        for one, table in (("alike", alike), ("unlike", unlike))
    }
    assert (far["alike"] >= far["unlike"] * (1 - 1e-9)).all()


def test_events_are_left_out_as_a_whole():
    rng = np.random.default_rng(2)
    counts = drawn(rng, (2, 3), events=12, items=12)
    table = inferred(counts)
    for item in ("w002", "w005", "w011"):
        rows = counts[counts["item"] == item]
        k, n = summed(rows, "k", "event"), summed(rows, "n", "event")
        share = k / n
        moves, level = [], {}
        for outlet in SIDES:
            half = 0.5 * (1 / n[outlet]).sum() / 12**2
            level[outlet] = share[outlet].mean() + half
            left = (share[outlet].sum() - share[outlet]) / 11
            moves.append((left - share[outlet].mean()) / level[outlet])
        gap = moves[0] - moves[1]
        one, two, both = (11 * np.var(move) for move in (*moves, gap))
        together = (one + two - both) / 2
        fourth = (11 / 12) ** 2 * ((gap - gap.mean()) ** 4).sum()
        holders = (share > 0).sum().min()
        degrees = min(11, 1.25 * holders, 1.5 / max(fourth / both**2 - 1 / 12, 1e-9))
        one, two = (
            max(variance, 0.5 * np.log1p(move.min()) ** 2)
            for variance, move in zip((one, two), moves, strict=True)
        )
        together = together / np.sqrt(one * two)
        a, b = (level[outlet] for outlet in SIDES)
        p, low, high = from_limits(a, b, one, two, together, degrees)
        assert table.loc[item, "ratio"] == pytest.approx(a / b)
        assert table.loc[item, "p"] == pytest.approx(p, rel=1e-6)
        assert table.loc[item, "ratio_low"] == pytest.approx(low)
        assert table.loc[item, "ratio_high"] == pytest.approx(high)


def random_tables(seed):
    """Many items with every kind of sparseness, in an odd design."""
    rng = np.random.default_rng(seed)
    events = int(rng.choice([1, 1, 2, 4, 9]))
    sizes = rng.integers(2, 9, 2) if events > 1 else rng.integers(5, 40, 2)
    counts = drawn(
        rng, sizes, rng.choice([0.1, 0.5, 5], 2), rng.choice([60, 200, 900], 2), 60,
        events, float(rng.choice([1, 2, 6, 0.3])),
    )  # fmt: skip
    if rng.random() < 0.2:  # codes of whole articles
        counts = counts.assign(k=counts["k"].clip(upper=1), n=1)
    return counts


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_p_without_intervals_is_the_p_that_intervals_come_with(seed):
    floors = Floors(articles=2, lopsided=2)
    design = design_of(counts_of(random_tables(seed)), *SIDES)
    units = units_in(design, floors, None)
    whole, (p, ratio) = (
        estimates(design, units, floors),
        p_and_ratio(design, units, floors),
    )
    np.testing.assert_array_equal(p, whole.p)
    np.testing.assert_array_equal(ratio, whole.ratio)


@pytest.mark.parametrize("seed", range(4))
def test_tables_are_the_same_however_items_are_cut_into_chunks(monkeypatch, seed):
    counts = random_tables(seed)
    lowest = {"floors": Floors(articles=2, lopsided=2), "min_articles": 1}
    whole = contrast(counts, *SIDES, **lowest).table
    monkeypatch.setattr(sys.modules["framelens.compare.design"], "CHUNK", 7)
    parts = contrast(counts, *SIDES, **lowest).table
    pd.testing.assert_frame_equal(parts, whole, check_exact=True)


def test_with_no_item_in_enough_articles_nothing_is_tested():
    counts = drawn(np.random.default_rng(0))
    result = contrast(counts, *SIDES, min_articles=1_000)
    assert result.refusal is not None
    assert result.table["p"].isna().all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_test_and_interval_never_disagree_and_sides_mirror_each_other(seed):
    counts = random_tables(seed)
    lowest = Floors(articles=2, lopsided=2)
    there = contrast(counts, *SIDES, floors=lowest, min_articles=1).table
    there = there.set_index("item")
    back = contrast(counts, *SIDES[::-1], floors=lowest, min_articles=1).table
    back = back.set_index("item").loc[there.index]
    known = there["p"].notna()
    small = (there["p"] < 0.05)[known]
    difference = ((there["low"] > 0) | (there["high"] < 0))[known]
    ratio = ((there["ratio_low"] > 1) | (there["ratio_high"] < 1))[known]
    assert small.eq(difference).all()
    assert small.eq(ratio).all()
    assert (there["low"] <= there["difference"])[known].all()
    assert (there["high"] >= there["difference"])[known].all()
    assert (there["p_max"] >= there["p"])[known].all()
    more = there["difference"][known & (there["p"] < 0.05)]
    assert (np.sign(more) == np.sign(np.log(there["ratio"][more.index]))).all()
    np.testing.assert_allclose(there["p"], back["p"], rtol=1e-6)
    np.testing.assert_allclose(there["low"], -back["high"], atol=1e-9)
    np.testing.assert_allclose(there["ratio_low"], 1 / back["ratio_high"], rtol=1e-6)


@pytest.mark.parametrize(
    ("sizes", "bursts", "words", "events"),
    [
        ((12, 120), (0.3, 1), (350, 350), 1),
        ((12, 40), (0.3, 5), (150, 750), 1),
        ((1, 3), (0.3, 3), (150, 750), 20),
        ((4, 12), (0.3, 3), (150, 750), 3),
    ],
)
@pytest.mark.parametrize("ratio", [1.0, 3.0, 1 / 3])
def test_level_and_coverage_hold_where_outlets_are_unlike(
    sizes, bursts, words, events, ratio
):
    rng = np.random.default_rng(7)
    tables = [
        inferred(drawn(rng, sizes, bursts, words, 150, events, ratio)) for _ in range(4)
    ]
    table = pd.concat(tables)
    covered = (table["ratio_low"] <= ratio) & (table["ratio_high"] >= ratio)
    assert len(table) > 150
    assert covered.mean() > 0.92
    if ratio == 1:
        assert (table["p"] < 0.05).mean() < 0.08
    else:
        right = np.sign(np.log(table["ratio"])) == np.sign(np.log(ratio))
        assert right[table["p"] < 0.05].mean() > 0.98


def test_a_difference_is_found_in_either_direction():
    rng = np.random.default_rng(3)
    rates = [
        (inferred(drawn(rng, sizes, (1, 1), items=90, ratio=4.0))["p"] < 0.05).mean()
        for sizes in ((12, 120), (120, 12))
    ]
    assert min(rates) > 0.5
    assert max(rates) / min(rates) < 1.5


def merged(counts, by):
    """Put the articles of one label into one article."""
    keys = ["event", "outlet", by, "voice", "item"]
    whole = counts.groupby(keys, as_index=False)[["k", "n"]].sum()
    return whole.rename(columns={by: "article"})[COLUMNS]


def test_copies_count_once_without_texts():
    counts = drawn(np.random.default_rng(4), (8, 20), words=(2000, 350), items=90)
    again = [
        counts[counts["outlet"] == "Daily"].assign(
            article=lambda table, time=time: table["article"] + str(time)
        )
        for time in range(3)
    ]
    printed = pd.concat([*again, counts[counts["outlet"] == "Herald"]])
    once = merged(printed.assign(label=printed["article"].str[:-1].where(
        printed["outlet"].eq("Daily"), printed["article"])), "label")  # fmt: skip
    result = contrast(printed, *SIDES, min_articles=1)
    one = contrast(once, *SIDES, min_articles=1).table.set_index("item")
    several = result.table.set_index("item").loc[one.index]
    np.testing.assert_allclose(several["p"], one["p"])
    np.testing.assert_allclose(several["low"], one["low"])
    assert any("24 articles stand in groups of copies" in note for note in result.notes)


def test_clusters_are_one_unit():
    counts = drawn(np.random.default_rng(5), (30, 30), items=20)
    author = counts["outlet"] + (counts["article"].str[-2:].astype(int) % 7).astype(str)
    articles = counts[["article", "outlet", "event"]].assign(author=author, text=".")
    articles["desk"] = author.str[-1].isin(["0", "1", "2"]).map({True: "a", False: "b"})
    known = replace(counts_of(counts), corpus=corpus_of(articles.drop_duplicates()))
    by_author = inferred(known, cluster="author")
    one = inferred(merged(counts.assign(author=author), "author"), min_articles=1)
    np.testing.assert_allclose(by_author["p"], one["p"].reindex(by_author.index))
    few = contrast(known, *SIDES, cluster="desk")
    assert "5 clusters of each outlet" in few.refusal
    with pytest.raises(UnknownNameError, match="did you mean 'author'"):
        contrast(known, *SIDES, cluster="autor")
    with pytest.raises(InputError, match="do not know their articles"):
        contrast(counts, *SIDES, cluster="author")


def coded(daily, herald, events=None):
    """Articles coded 1 or 0, n = 1."""
    rows = [
        (None if events is None else f"e{row}", outlet, f"{outlet}{row}", "rest",
         "yes", k, 1)
        for outlet, side in zip(SIDES, (daily, herald), strict=True)
        for row, k in enumerate(side)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def test_all_against_none_is_tested_and_the_same_everywhere_is_not():
    for events in (None, True):
        row = contrast(coded([1] * 15, [0] * 15, events), *SIDES).table.iloc[0]
        assert row["p"] < 0.001
        assert 0.4 < row["low"] < row["high"] <= 1
        assert row["ratio_low"] > 1
        assert row["ratio_high"] == np.inf
    same = contrast(coded([1] * 15, [1] * 15), *SIDES)
    assert same.refusal.endswith("every article has the same share")
    few = contrast(coded([1] * 5 + [0] * 10, [0] * 6), *SIDES).table.iloc[0]
    assert few["p"] > 0.05


@pytest.mark.parametrize(("daily", "herald"), [(14, 1), (15, 7), (12, 6), (9, 8)])
def test_codes_agree_with_barnards_exact_test(daily, herald):
    counts = coded([1] * daily + [0] * (15 - daily), [1] * herald + [0] * (15 - herald))
    p = contrast(counts, *SIDES).table["p"].item()
    exact = stats.barnard_exact([[daily, herald], [15 - daily, 15 - herald]]).pvalue
    assert (p < 0.05) == (exact < 0.05)
    assert exact / 3 < p < exact * 3


def test_events_weigh_equally_or_by_precision():
    rng = np.random.default_rng(6)
    events = [event for event in range(10) for _ in range(1 + event)]
    counts = frame(
        [(f"e{event}", 300, rng.poisson([3.0 + event, 2.0])) for event in events]
        for _ in SIDES
    )
    gap = pd.DataFrame(
        {
            item: (summed(rows, "k", "event") / summed(rows, "n", "event")) @ [1, -1]
            for item, rows in counts.groupby("item")
        }
    )
    size = summed(counts.drop_duplicates("article").assign(one=1), "one", "event")
    precision = size.prod(axis=1) / size.sum(axis=1)
    equal = contrast(counts, *SIDES).table.set_index("item")["difference"]
    precise = contrast(counts, *SIDES, weights="precision")
    difference = precise.table.set_index("item")["difference"]
    np.testing.assert_allclose(equal[gap.columns], gap.mean())
    weighted = gap.mul(precision, axis=0).sum() / precision.sum()
    np.testing.assert_allclose(difference[gap.columns], weighted)
    assert not np.allclose(equal, difference[equal.index])
    assert "weighted by precision" in precise.estimand
    with pytest.raises(UnknownNameError, match="did you mean 'equal'"):
        contrast(counts, *SIDES, weights="equall")


def test_a_side_that_hardly_has_an_item_has_no_test_of_it():
    counts = drawn(np.random.default_rng(8), (12, 12), (0.2, 5), items=360)
    table = contrast(counts, *SIDES).table.set_index("item")
    holders = summed(counts.assign(has=counts["k"] > 0), "has", "item")
    few = holders.min(axis=1).between(1, 2) & (holders.sum(axis=1) >= 5)
    said = table.loc[few[few].index, "refusal"].dropna()
    assert len(said) > 5
    assert said.str.contains("article.* of (?:Daily|Herald); a test needs 3").all()
    rare = holders.sum(axis=1) < 5
    assert table.loc[rare[rare].index, "p"].isna().all()


def test_unlike_sides_are_named():
    counts = drawn(np.random.default_rng(9), (12, 40), (0.3, 5), (150, 750))
    told = " ".join(contrast(counts, *SIDES).notes)
    assert "Herald has 3.3 times as many articles as Daily" in told
    assert "times as long as those of Daily" in told
    alike = drawn(np.random.default_rng(9), (20, 20))
    assert "unlike" not in " ".join(contrast(alike, *SIDES).notes)


def test_what_is_picked_from_many_is_held_to_more():
    counts = drawn(np.random.default_rng(10), (30, 30), items=100)
    table = inferred(counts)
    order = table["p"].sort_values()
    holm = np.maximum.accumulate(order * np.arange(len(order), 0, -1)).clip(upper=1)
    np.testing.assert_allclose(table.loc[order.index, "p_max"], holm)
    picked = (table["low_selected"] > 0) | (table["high_selected"] < 0)
    assert picked.sum() <= max((table["q"] <= 0.05).sum(), 1)
    assert (table["low_selected"] <= table["low"]).all()
    assert (table["high_selected"] >= table["high"]).all()


def test_the_order_of_items_and_articles_does_not_matter():
    counts = drawn(np.random.default_rng(11), (10, 14), events=3)
    names = dict(zip(counts["article"].unique(),
                     np.random.default_rng(0).permutation(counts["article"].unique()),
                     strict=True))  # fmt: skip
    other = counts.assign(article=counts["article"].map(names))
    there, back = (inferred(one) for one in (counts, other))
    np.testing.assert_allclose(there["p"], back["p"])
