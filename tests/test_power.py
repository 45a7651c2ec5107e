"""Power: what these articles could show, and how far what they show exaggerates."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from framelens._checks import InputError, UnknownNameError
from framelens.compare import contrast, power
from framelens.corpus import corpus_of
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]
SIDES = ("Daily", "Herald")


def drawn(seed=0, sizes=(20, 20), items=6, mean=8.0, burst=None, more=1.0):
    """Counts of words in articles of 400; the Daily has `more` times as many."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, articles, times in zip(SIDES, sizes, (more, 1.0), strict=True):
        for number in range(articles):
            for item in range(items):
                gamma = 1.0 if burst is None else rng.gamma(burst, 1 / burst)
                k = int(rng.poisson(times * mean * gamma * (item + 1) / items))
                name = f"{outlet}{number:03}"
                rows.append(("e", outlet, name, "rest", f"w{item}", min(k, 400), 400))
    return pd.DataFrame(rows, columns=COLUMNS)


def of(counts, **options):
    return power(counts, *SIDES, **options)


def test_power_is_the_share_of_new_corpora_in_which_the_ratio_is_found():
    hits = [
        contrast(drawn(seed, items=1, mean=3.0, more=1.5), *SIDES).table["p"].item()
        < 0.05
        for seed in range(1, 90)
    ]
    table = of(drawn(items=1, mean=4.5), cases=110, ratios=[1.5]).table
    assert table["more_in"].tolist() == ["Daily", "Herald"]
    # planted by thinning: both directions leave 3 and 4.5 an article
    assert table["found"].to_numpy() == pytest.approx(np.mean(hits), abs=0.15)


def test_larger_ratios_are_found_more_often_and_exaggerate_less():
    result = of(drawn(burst=0.5), cases=40)
    for _, rows in result.table.groupby(["band", "more_in"]):
        assert rows["found"].iloc[-1] >= rows["found"].iloc[0]
        times = rows["exaggeration"].dropna()
        assert times.iloc[0] > times.iloc[-1]
    assert (result.table["found_among_all"] <= result.table["found"]).all()
    assert (result.table["found"] <= result.table["tested"]).all()
    bands = ["rare", "rare", "middling", "middling", "frequent", "frequent"]
    assert result.smallest["band"].tolist() == bands
    assert result.smallest["items"].eq(2).all()


def test_the_smallest_ratio_is_found_in_four_of_five_cases():
    result = of(drawn(), cases=40)
    chosen = {"band": "frequent", "more_in": "Herald"}
    frequent, smallest = (
        table.loc[(table[list(chosen)] == pd.Series(chosen)).all(axis=1)]
        for table in (result.table, result.smallest)
    )
    least = smallest["one_item"].item()
    assert (frequent["found"][frequent["ratio"] >= least] >= 0.8).iloc[0]
    assert (frequent["found"][frequent["ratio"] < least] < 0.8).all()
    assert f"{least:g} for frequent items" in result.caption


def test_what_the_outlets_differ_in_is_no_part_of_it():
    result = of(drawn(items=3, more=3.0), cases=100, ratios=[1.0 + 1e-9])
    assert (result.table["found"] < 0.12).all()


def test_cases_that_cannot_be_tested_count_as_not_found():
    result = of(drawn(sizes=(12, 60), mean=0.5, burst=0.3), cases=30, ratios=[4])
    assert result.table["tested"].min() < 0.9
    assert "count as not found" in result.notes[0]


def test_too_little_is_refused():
    result = of(drawn(sizes=(2, 2)))
    assert result.refusal.startswith("2 + 2 articles: sentences to read")
    assert result.table.empty
    assert result.figure().png
    assert result._repr_html_()
    zero = of(drawn().assign(k=0))
    assert "no item was counted" in zero.refusal
    apart = drawn().assign(event=lambda table: table["outlet"])
    assert "no event is covered by both" in of(apart).refusal


def test_wrong_options_are_named():
    with pytest.raises(InputError, match="above 1"):
        of(drawn(), ratios=[0.5])
    with pytest.raises(InputError, match="at least 10"):
        of(drawn(), cases=2)
    with pytest.raises(UnknownNameError, match="did you mean 'Daily'"):
        power(drawn(), "Dailly", "Herald")


def test_the_same_seed_gives_the_same_numbers_and_the_input_is_left_alone():
    counts = drawn(items=2)
    before = counts.copy()
    once, again = of(counts, cases=10), of(counts, cases=10)
    pd.testing.assert_frame_equal(once.table, again.table)
    pd.testing.assert_frame_equal(counts, before)
    assert once.smallest["band"].tolist() == ["all", "all"]


def test_it_is_drawn(tmp_path):
    result = of(drawn(), cases=10)
    assert result.save(tmp_path / "power.png").exists()
    assert result.figure().alt == result.alt
    assert "<caption>" in result._repr_html_()


def test_clusters_are_drawn_whole_and_find_less():
    counts = drawn(sizes=(40, 40), items=4, mean=4.0)
    author = counts["article"].str[-2:].astype(int) % 8
    # every author has a taste: what one of them likes, all of their articles have
    liked = (author * 7 + counts["item"].str[1:].astype(int) * 3) % 8 < 2
    counts = counts.assign(k=np.where(liked, counts["k"] * 4, counts["k"]))
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    text = table["article"].str.translate(str.maketrans("0123456789", "abcdefghij"))
    table = table.assign(text=text, author=author[table.index].astype(str))
    known = replace(counts_of(counts), corpus=corpus_of(table))
    loose, held = (
        of(known, cases=40, ratios=[2.0], cluster=one).table["found"].mean()
        for one in (None, "author")
    )
    assert held < 0.8 * loose
    table["author"] = table["outlet"] + np.resize(list("abc"), len(table))
    few = replace(known, corpus=corpus_of(table))
    assert "5 clusters of each outlet" in of(few, cluster="author").refusal
