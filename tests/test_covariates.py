"""Covariates, odds, margins, the design and the record of a comparison."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.linear_model import PoissonRegressor

from framelens._checks import InputError, UnknownNameError
from framelens.compare import contrast, multiverse
from framelens.corpus import corpus_of
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]
SIDES = ("Daily", "Herald")


def drawn(
    seed=0, events=1, sizes=(20, 30), items=4, mean=9.0, sport=1.0, share=(0.7, 0.3)
):
    """Counts of a corpus in which sport says every item `sport` times as often."""
    rng = np.random.default_rng(seed)
    rows, kinds, years = [], {}, {}
    for event in range(events):
        for outlet, articles, part in zip(SIDES, sizes, share, strict=True):
            for number in range(articles):
                name = f"{outlet}-{event}-{number:03}"
                kinds[name] = "sport" if rng.random() < part else "news"
                years[name] = f"202{number % 2}-05-01"
                n = int(rng.integers(200, 600))
                more = sport if kinds[name] == "sport" else 1.0
                for item in range(items):
                    k = min(int(rng.poisson(mean * more * n / 400)), n)
                    rows.append(
                        (f"e{event:02}", outlet, name, "rest", f"w{item}", k, n)
                    )
    counts = pd.DataFrame(rows, columns=COLUMNS)
    return measured(counts, section=kinds, date=years)


def measured(counts, **columns):
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    text = table["article"].str.translate(str.maketrans("0123456789", "abcdefghij"))
    made = {name: table["article"].map(values) for name, values in columns.items()}
    return replace(counts_of(counts), corpus=corpus_of(table.assign(text=text, **made)))


def of(counts, **options):
    return contrast(counts, *SIDES, **options)


def rows_of(result):
    return result.table.set_index("item").sort_index()


def test_without_anything_to_hold_alike_the_regression_is_the_comparison():
    counts = drawn()
    alike = replace(
        counts, corpus=corpus_of(counts.corpus.articles.assign(desk="news"))
    )
    plain, held = rows_of(of(counts)), rows_of(of(alike, covariates=["desk"]))
    np.testing.assert_allclose(held["ratio"], plain["ratio"], rtol=1e-9)
    np.testing.assert_allclose(held["p"], plain["p"], atol=0.03)
    for name in ("ratio_low", "ratio_high"):
        np.testing.assert_allclose(np.log(held[name]), np.log(plain[name]), atol=0.03)


def test_coefficients_are_those_of_scikit_learn():
    counts = drawn(mean=60.0, sport=2.0)
    result = of(counts, covariates=["section", "length"])
    table = counts.counts.merge(counts.totals).merge(
        counts.corpus.articles[["article", "section"]]
    )
    rows = table[table["item"] == "w1"]
    x = np.column_stack(
        [rows["outlet"].eq("Daily"), rows["section"].eq("sport"), np.log2(rows["n"])]
    )
    model = PoissonRegressor(alpha=0, tol=1e-10, max_iter=10_000)
    model.fit(x, rows["k"] / rows["n"], sample_weight=rows["n"])
    found = result.coefficients.query("item == 'w1'").set_index("term")["ratio"]
    sport = "section sport" if "section sport" in found else "section news"
    expected = np.exp(model.coef_) ** [1, 1 if "sport" in sport else -1, 1]
    got = found[["outlet", sport, "length, doubled"]]
    np.testing.assert_allclose(got, expected, rtol=0.01)


@pytest.mark.parametrize("events", [1, 10])
def test_a_covariate_that_differs_between_outlets_is_held_alike(events):
    counts = drawn(events=events, sizes=(40 // events + 2, 40 // events + 2), sport=3.0)
    bare, held = of(counts), of(counts, covariates=["section"])
    assert (rows_of(bare)["p"] < 0.05).all()
    table = rows_of(held)
    assert (table["p"] > 0.01).all()
    assert table["ratio"].between(0.75, 1.33).all()
    section = held.coefficients[held.coefficients["term"].str.startswith("section")]
    assert (section["low"].le(3) & section["high"].ge(3)).mean() > 0.5 or (
        section["low"].le(1 / 3) & section["high"].ge(1 / 3)
    ).mean() > 0.5
    assert "Held alike by a quasi-Poisson regression: section" in " ".join(held.notes)


def test_each_event_has_a_level_of_its_own():
    # the Daily writes more where every item is said four times as often
    loud = drawn(5, events=6, sizes=(6, 2), mean=20.0).counts
    quiet = drawn(6, events=6, sizes=(2, 6), mean=5.0).counts
    parts = [drawn(5, events=6, sizes=(6, 2), mean=20.0).totals,
             drawn(6, events=6, sizes=(2, 6), mean=5.0).totals]  # fmt: skip
    again = {"event": "x" + quiet["event"], "article": quiet["article"] + "q"}
    totals = parts[1].assign(
        event="x" + parts[1]["event"], article=parts[1]["article"] + "q"
    )
    rows = pd.concat([loud, quiet.assign(**again)]).merge(pd.concat([parts[0], totals]))
    kinds = {name: "news" if name[-1] in "01q" else "sport" for name in rows["article"]}
    table = rows_of(of(measured(rows, section=kinds), covariates=["section"]))
    assert table["ratio"].between(0.8, 1.25).all()


def test_each_stratum_has_a_level_of_its_own():
    counts = drawn(sizes=(40, 40), sport=3.0)
    bare = rows_of(of(counts, covariates=["length"]))
    held = rows_of(of(counts, covariates=["length"], strata="section"))
    assert (bare["ratio"] > 1.25).all()
    assert held["ratio"].between(0.8, 1.25).all()


def test_p_and_intervals_agree_and_swapping_outlets_mirrors_them():
    for options in ({"covariates": ["section", "length"]}, {"against": "rest"}):
        counts = drawn(3, mean=3.0, sport=1.5)
        there = rows_of(of(counts, **options))
        back = rows_of(contrast(counts, *SIDES[::-1], **options))
        np.testing.assert_allclose(there["ratio"], 1 / back["ratio"], rtol=1e-6)
        np.testing.assert_allclose(there["low"], -back["high"], atol=1e-8)
        np.testing.assert_allclose(there["p"], back["p"], rtol=1e-5)
        for low, high, null in (("low", "high", 0), ("ratio_low", "ratio_high", 1)):
            out = (there[low] > null) | (there[high] < null)
            assert (out == (there["p"] < 0.05)).all()


def test_the_ratio_may_differ_between_years():
    counts = drawn(1, sizes=(40, 40), mean=8.0)
    late = counts.corpus.articles.set_index("article")["date"].str.startswith("2021")
    table = counts.counts
    more = (
        table["article"].map(late)
        & table["outlet"].eq("Daily")
        & table["item"].eq("w0")
    )
    changed = replace(counts, counts=table.assign(k=table["k"] * np.where(more, 3, 1)))
    result = of(changed, covariates=["outlet:year"])
    terms = result.coefficients.set_index(["item", "term"])
    assert terms.loc[("w0", "outlet:year 2021"), "p"] < 0.001
    assert terms.loc[("w0", "outlet:year 2021"), "low"] > 1.5
    assert terms.loc[("w1", "outlet:year 2021"), "p"] > 0.01


def test_what_cannot_be_told_apart_is_refused_in_words():
    counts = drawn()
    articles = counts.corpus.articles
    both = replace(counts, corpus=corpus_of(articles.assign(desk=articles["outlet"])))
    said = of(both, covariates=["desk"]).refusal
    assert said == "desk Daily cannot be told apart from outlet, event by event" or (
        said == "desk Herald cannot be told apart from outlet, event by event"
    )
    many = replace(counts, corpus=corpus_of(articles.assign(desk=articles["article"])))
    refused = of(many, covariates=["desk"])
    assert "a regression needs 5 for each" in refused.refusal
    assert refused.table[["ratio", "difference", "p"]].isna().all(axis=None)
    with pytest.raises(UnknownNameError, match="desk"):
        of(counts, covariates=["desk"])
    with pytest.raises(InputError, match="interaction is with the outlet"):
        of(counts, covariates=["section:year"])
    with pytest.raises(InputError, match="covariates are a list"):
        of(counts, covariates="section")
    with pytest.raises(InputError, match="leave out against= or covariates="):
        of(counts, covariates=["section"], against="rest")


def test_odds_are_of_an_item_against_the_rest():
    counts = drawn(mean=120.0, items=2)
    table, plain = rows_of(of(counts, against="rest")), rows_of(of(counts))
    sums = counts.totals.groupby("outlet")["n"].sum()
    for row in table.itertuples():
        odds = [
            (k + 0.5) / (n - k + 0.5)
            for k, n in ((row.target_k, row.target_n), (row.baseline_k, row.baseline_n))
        ]
        assert row.ratio == pytest.approx(odds[0] / odds[1])
    assert sums["Daily"] == table["target_n"].iloc[0]
    away = np.abs(np.log(table["ratio"])) > np.abs(np.log(plain["ratio"]))
    assert away.all()  # the rest falls where the item rises
    np.testing.assert_allclose(table["difference"], plain["difference"])
    few = of(drawn(sizes=(2, 2)), against="rest").table
    assert few["p"].isna().all()
    odds = [few[f"{side}_k"] + 0.5 for side in ("target", "baseline")]
    rest = [
        few[f"{side}_n"] - few[f"{side}_k"] + 0.5 for side in ("target", "baseline")
    ]
    np.testing.assert_allclose(few["ratio"], odds[0] / rest[0] / odds[1] * rest[1])
    with pytest.raises(UnknownNameError, match="kind of ratio"):
        of(counts, against="others")


def test_shares_that_add_up_say_so():
    rng = np.random.default_rng(0)
    rows = []
    for outlet in SIDES:
        for number in range(12):
            k = rng.multinomial(100, [0.5, 0.3, 0.2])
            rows += [
                ("e", outlet, f"{outlet}{number}", "rest", f"w{item}", k[item], 100)
                for item in range(3)
            ]
    counts = pd.DataFrame(rows, columns=COLUMNS)
    assert any("add up to a whole" in note for note in of(counts).notes)
    odds = of(counts, against="rest").notes
    assert not any("add up to a whole" in note for note in odds)
    assert any("A ratio is of odds" in note for note in odds)
    assert not any("add up" in note for note in of(drawn()).notes)


def test_a_margin_asks_whether_the_ratio_is_near_one():
    counts = drawn(sizes=(40, 40), mean=40.0, share=(0.5, 0.5))
    wide, narrow = (rows_of(of(counts, margin=one)) for one in (1.5, 1.05))
    assert (wide["p_within"] < 0.001).all()
    assert (narrow["p_within"] > wide["p_within"]).all()
    apart = narrow[(narrow["ratio"] > 1.05) | (narrow["ratio"] < 1 / 1.05)]
    assert (apart["p_within"] > 0.49).all()
    assert (wide["q_within"] >= wide["p_within"]).all()
    # of two one-sided tests by t, whose error the interval gives
    held = rows_of(of(counts, covariates=["section"], margin=1.1))
    value = np.log(held["ratio"])
    t = stats.t.ppf(0.975, 60)
    error = (np.log(held["ratio_high"]) - value) / t
    p = stats.t.sf((np.log(1.1) - value.abs()) / error, 60)
    np.testing.assert_allclose(held["p_within"], p, rtol=0.15)
    for wrong in (0.8, np.inf):
        with pytest.raises(InputError, match="margin is a ratio above 1"):
            of(counts, margin=wrong)


@pytest.mark.parametrize("events", [1, 9])
def test_the_design_adds_up_to_the_shares(events):
    counts = drawn(events=events, sizes=(6, 9))
    result = of(counts)
    design = result.design()
    assert len(design) == 4 * counts.totals["article"].nunique()
    shares = (
        design.assign(share=design["k"] * design["weight"])
        .pivot_table(index="item", columns="outlet", values="share", aggfunc="sum")
        .sort_index()
    )
    gap = shares["Daily"] - shares["Herald"]
    np.testing.assert_allclose(gap, rows_of(result)["difference"])
    assert design["unit"].nunique() == (15 if events == 1 else 9)
    assert result.design(["w1"])["item"].eq("w1").all()
    with pytest.raises(UnknownNameError, match="no item"):
        result.design(["w9"])


@pytest.mark.parametrize("events", [1, 9])
def test_a_statistic_of_ones_own_is_left_out_in_the_same_way(events):
    counts = drawn(events=events, sizes=(8, 8))
    result = of(counts)
    row = rows_of(result).loc["w1"]
    own = result.jackknife(lambda daily, herald: np.log(daily["w1"] / herald["w1"]))
    assert own["value"] == pytest.approx(np.log(row["ratio"]), abs=0.01)
    # the error of a ratio has a floor, that of a statistic has none
    assert own["p"] == pytest.approx(row["p"], abs=0.05 if events == 1 else 0.12)


def test_the_error_of_a_difference_of_means_is_welchs():
    counts = drawn(sizes=(12, 20))
    one = counts.counts.merge(counts.totals).query("item == 'w0'")
    level = measured(one.assign(n=600, k=one["k"]))
    sides = [level.counts.query("outlet == @name")["k"] / 600 for name in SIDES]
    expected = stats.ttest_ind(*sides, equal_var=False)
    found = of(level).jackknife(lambda daily, herald: daily["w0"] - herald["w0"])
    assert found["error"] == pytest.approx((sides[0].mean() - sides[1].mean())
                                           / expected.statistic)  # fmt: skip
    assert found["degrees"] <= expected.df + 1e-9
    few = of(drawn(sizes=(3, 3)))
    with pytest.raises(InputError, match="nothing is left out in turn"):
        few.jackknife(lambda daily, _: daily["w0"])


def test_the_record_says_what_was_compared():
    counts = drawn()
    result = of(counts, covariates=["section"], margin=1.5)
    record = json.loads(json.dumps(result.record()))
    assert record["settings"]["covariates"] == ["section"]
    assert record["settings"]["floors"]["articles"] == 5
    assert record["family"] == sorted(result.table["item"])
    assert record["design"]["articles"] == [20, 30]
    assert record["made_with"].keys() == {
        "framelens",
        "python",
        "numpy",
        "pandas",
        "scipy",
    }
    mixed = counts.counts.sample(frac=1, random_state=1)
    again = of(replace(counts, counts=mixed)).record()["input"]
    assert again == record["input"]
    first = counts.counts.index[0]
    other = counts.counts.assign(
        k=counts.counts["k"].where(counts.counts.index != first, 1)
    )
    changed = of(replace(counts, counts=other)).record()["input"]
    assert changed["counts_sha256"] != again["counts_sha256"]
    assert changed["texts_sha256"] == again["texts_sha256"]
    few = of(drawn(sizes=(2, 2))).record()
    assert few["family"] == []
    assert few["refusal"].startswith("2 + 2 articles")


def test_a_multiverse_holds_every_combination():
    counts = drawn(events=10, sizes=(3, 4), sport=2.0)
    vary = {"weights": ["equal", "precision"], "covariates": [(), ("section",)]}
    result = multiverse(counts, *SIDES, ["w0", "w1"], vary=vary)
    assert len(result.table) == 8
    alone = of(counts, weights="precision", covariates=["section"])
    row = result.table.query("item == 'w1' and specification == 3").iloc[0]
    assert row["differs"] == "weights: precision; covariates: section"
    assert row["ratio"] == rows_of(alone).loc["w1", "ratio"]
    assert row["p"] == rows_of(alone).loc["w1", "p"]
    assert result.curve["ratio"].is_monotonic_increasing
    assert result.of("w1").curve["item"].eq("w1").all()
    assert "4 specifications, 4 of them tested" in result.caption
    assert result.figure().png
    assert "as asked" in result._repr_html_()


def test_a_multiverse_varies_what_the_counts_know():
    counts = drawn(events=9, sizes=(3, 4))
    articles = counts.corpus.articles
    texts = articles["text"].where(
        ~articles["article"].str.endswith("001"), "The same dispatch was printed. " * 9
    )
    known = articles.assign(author=articles["article"].str[-1], text=texts)
    result = multiverse(replace(counts, corpus=corpus_of(known)), *SIDES, ["w0"])
    varied = ["voice", "weights", "cluster", "strata", "covariates", "copies"]
    assert result.table.columns[1:7].tolist() == varied
    assert result.table["specification"].nunique() == 32
    fewer = result.table.query("copies == 'left out'")["articles_target"].max()
    assert fewer < result.table["articles_target"].max()
    few = multiverse(drawn(sizes=(2, 2)), *SIDES, ["w0"])
    assert few.refusal.startswith("2 + 2 articles")
    assert "none of which can be tested" in few.caption


def test_wrong_multiverses_are_named():
    counts = drawn()
    with pytest.raises(InputError, match="items are a list"):
        multiverse(counts, *SIDES, "w0")
    with pytest.raises(UnknownNameError, match="no item"):
        multiverse(counts, *SIDES, ["w9"])
    with pytest.raises(UnknownNameError, match="setting to vary"):
        multiverse(counts, *SIDES, ["w0"], vary={"colour": [1]})
    with pytest.raises(UnknownNameError, match="way with copies"):
        multiverse(counts, *SIDES, ["w0"], vary={"copies": ["twice"]})
    with pytest.raises(InputError, match="give a list of values"):
        multiverse(counts, *SIDES, ["w0"], vary={"weights": "equal"})
    with pytest.raises(InputError, match="at most 96"):
        multiverse(counts, *SIDES, ["w0"], vary={"min_articles": range(97)})
