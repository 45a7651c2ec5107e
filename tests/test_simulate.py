"""Simulated corpora: what is drawn is what was planned."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from framelens._checks import InputError
from framelens.corpus import corpus_of
from framelens.measure.cuts import rule_of
from framelens.measure.terms import counted, read_words
from framelens.simulate import Plan, simulate

plans = st.builds(
    Plan,
    outlets=st.sampled_from([("Daily",), ("Daily", "Herald"), ("A", "B", "C")]),
    events=st.integers(1, 4),
    articles=st.integers(1, 3),
    length=st.sampled_from([30.0, 80.0]),
    vocabulary=st.sampled_from([20, 300]),
    burst=st.sampled_from([0.3, 1.0, np.inf]),
    choice=st.sampled_from([0.0, 1.0]),
    comments=st.sampled_from([(0.0,), (0.4,), (1.0,)]),
    wire=st.sampled_from([0.0, 0.5, 1.0]),
    planted=st.sampled_from([0.0, 0.1]),
    named=st.sampled_from([{}, {"drones": 4.0, "US": 0.5}]),
    quoted=st.sampled_from([0.0, 0.3]),
)


def dense(simulated):
    """Articles by items, as a table."""
    k = simulated.counts.sparse.k.toarray().T
    names = simulated.counts.sparse.names()
    return pd.DataFrame(k, columns=names, index=simulated.articles.index)


@given(plans, st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_texts_hold_the_counts_and_the_same_seed_gives_the_same_corpus(plan, seed):
    written = simulate(plan, texts=True, seed=seed)
    bare = simulate(plan, seed=seed)
    pd.testing.assert_frame_equal(bare.counts.counts, written.counts.counts)
    pd.testing.assert_frame_equal(bare.truth, written.truth)
    pd.testing.assert_frame_equal(bare.articles, written.articles.drop(columns="text"))
    found = counted(read_words(written.articles, rule_of(None)), 1)
    pd.testing.assert_frame_equal(found.counts, written.counts.counts)
    pd.testing.assert_frame_equal(found.totals, written.counts.totals)
    again = simulate(plan, texts=True, seed=seed)
    assert again.articles["text"].tolist() == written.articles["text"].tolist()


@given(plans, st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_totals_are_sums_and_wire_copy_is_the_same_everywhere(plan, seed):
    simulated = simulate(plan, seed=seed)
    summed = simulated.counts.counts.groupby("article")["k"].sum()
    totals = simulated.counts.totals.set_index("article")["n"]
    pd.testing.assert_series_equal(summed, totals, check_names=False)
    assert totals.min() >= 30
    articles, k = simulated.articles, dense(simulated)
    assert len(articles) == plan.events * plan.articles * len(plan.outlets)
    wire = articles[articles["wire"]]
    assert not wire["genre"].eq("comment").any()
    several = wire.groupby("event")["outlet"].nunique().gt(1)
    for event in several.index[several]:
        rows = wire.index[wire["event"].eq(event)]
        assert len(k.loc[rows].drop_duplicates()) < len(rows) or plan.articles > 1


def test_another_seed_gives_another_corpus():
    one, other = (simulate(seed=seed).counts.totals["n"] for seed in (1, 2))
    assert not one.equals(other)


@pytest.mark.parametrize("burst", [0.3, 1.0, np.inf])
def test_counts_within_articles_are_negative_binomial(burst):
    plan = Plan(
        outlets=("Daily",), events=1, articles=20_000, length=400, vocabulary=1000,
        length_log_sd=0, event_log_sd=0, burst=burst, named={"drones": 1.0},
    )  # fmt: skip
    k = dense(simulate(plan, seed=3))["drones"].to_numpy()
    weight = 1 / (np.arange(1000) + 2.7)
    mean = 400 * weight[100] / weight.sum()
    law = (
        stats.nbinom(burst, burst / (burst + mean))
        if np.isfinite(burst)
        else stats.poisson(mean)
    )
    assert k.mean() == pytest.approx(law.mean(), rel=0.06)
    assert k.var() == pytest.approx(law.var(), rel=0.12)
    top = int(law.ppf(0.995))
    seen = np.bincount(np.minimum(k, top), minlength=top + 1)
    expected = len(k) * np.append(law.pmf(np.arange(top)), law.sf(top - 1))
    assert stats.chisquare(seen, expected).pvalue > 0.001


def test_lengths_are_lognormal():
    n = simulate(Plan(events=500, articles=10), seed=4).counts.totals["n"]
    logs = np.log(n)
    assert logs.median() == pytest.approx(np.log(350), abs=0.02)
    assert logs.std() == pytest.approx(0.4, abs=0.02)


def test_rates_differ_between_events_by_the_log_sd():
    plan = Plan(
        outlets=("Daily",), events=1_500, articles=5, length=4_000, vocabulary=200,
        length_log_sd=0, burst=np.inf, named={"drones": 1.0},
    )  # fmt: skip
    simulated = simulate(plan, seed=5)
    k = dense(simulated)["drones"].groupby(simulated.articles["event"]).sum()
    assert np.log(k).std() == pytest.approx(0.7, abs=0.04)
    weight = 1 / (np.arange(200) + 2.7)
    assert k.mean() == pytest.approx(20_000 * weight[20] / weight.sum(), rel=0.06)


@pytest.mark.parametrize("texts", [False, True])
def test_planted_ratios_are_found_again_and_nothing_else(texts):
    plan = Plan(
        events=60, articles=20, vocabulary=600, planted=0.1, ratio=3.0,
        named={"drones": 0.5}, burst=np.inf, event_log_sd=0.3,
    )  # fmt: skip
    simulated = simulate(plan, texts=texts, seed=6)
    k = dense(simulated)
    daily = simulated.articles["outlet"].eq("Daily")
    n = k.sum(axis=1)
    share = (k[daily].sum() / n[daily].sum(), k[~daily].sum() / n[~daily].sum())
    found = np.log(share[0] / share[1])
    truth = simulated.truth.set_index("word")["ratio"]
    assert truth["drones"] == 0.5
    assert len(truth) == 1 + round(0.1 * 539)
    planted = found[truth.index] - np.log(truth)
    assert planted.abs().median() < 0.05
    rest = found.drop(truth.index)
    function_words = k.columns[k.sum().argsort()[::-1][:30]]
    assert rest.drop(function_words, errors="ignore").mean() == pytest.approx(
        0, abs=0.02
    )


def test_outlets_choose_events_where_they_are_to():
    alike = simulate(Plan(events=10, articles=7)).articles
    assert alike.groupby(["event", "outlet"]).size().eq(7).all()
    chosen = simulate(Plan(events=10, articles=7, choice=1.0)).articles
    sizes = pd.crosstab(chosen["event"], chosen["outlet"])
    assert sizes.sum().eq(70).all()
    assert (sizes["Daily"] != sizes["Herald"]).sum() > 5


def test_outlets_choose_genres_and_wire_copy():
    plan = Plan(events=100, articles=20, comments=(0.1, 0.5), wire=0.3)
    articles = simulate(plan).articles
    comment = articles["genre"].eq("comment").groupby(articles["outlet"]).mean()
    assert comment["Daily"] == pytest.approx(0.1, abs=0.02)
    assert comment["Herald"] == pytest.approx(0.5, abs=0.03)
    reports = articles[articles["genre"].eq("report")]
    assert reports["wire"].mean() == pytest.approx(0.3, abs=0.03)


def test_what_is_quoted_is_marked_as_speech():
    articles = simulate(Plan(events=10, quoted=0.3), texts=True).articles
    found = corpus_of(articles, marks_only=True).voices
    length = found["end"] - found["start"]
    share = length[found["voice"].eq("direct")].sum() / length.sum()
    assert share == pytest.approx(0.3, abs=0.04)
    assert not found["voice"].eq("furniture").any()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"wire": 1.5}, "wire must lie between 0 and 1"),
        ({"comments": (0.1, 2)}, r"comments\[1\] must lie"),
        ({"comments": (0.1, 0.2, 0.3)}, "one share, or one for each outlet"),
        ({"events": 0}, "events must be at least 1"),
        ({"length": 3}, "length must be at least 30"),
        ({"burst": 0}, "above 0"),
        ({"named": {"x": 0}}, "above 0"),
        ({"choice": -1}, "not be below 0"),
        ({"event_log_sd": float("nan")}, "event_log_sd"),
        ({"outlets": ("Daily", "Daily")}, "different names"),
        ({"outlets": ()}, "at least one"),
        ({"named": {"Drones": 2.0}}, "'Drones' is no word in the form"),
        ({"named": {"two words": 2.0}}, "is no word"),
        ({"named": {f"w{n}": 2.0 for n in range(20)}, "vocabulary": 30}, "half"),
    ],
)
def test_plans_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(InputError, match=message):
        Plan(**wrong)
