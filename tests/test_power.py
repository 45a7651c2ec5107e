"""Power: what these articles could show, and how far what they show exaggerates."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framelens._checks import InputError, UnknownNameError
from framelens.compare import power
from framelens.compare.design import design_of
from framelens.compare.planting import planted

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def drawn(seed=0, articles=20, items=6, mean=8.0, burst=None):
    rng = np.random.default_rng(seed)
    rows = []
    for outlet in ("Daily", "Herald"):
        for number in range(articles):
            for item in range(items):
                gamma = 1.0 if burst is None else rng.gamma(burst, 1 / burst)
                k = int(rng.poisson(mean * gamma * (item + 1) / items))
                name = f"{outlet}{number:03}"
                rows.append(("e", outlet, name, "rest", f"w{item}", min(k, 400), 400))
    return pd.DataFrame(rows, columns=COLUMNS)


def of(counts, **options):
    return power(counts, target="Daily", baseline="Herald", **options)


def test_power_is_that_of_a_t_test():
    # One item, Poisson counts of mean 8 and 4 in 20 + 20 articles of equal length
    counts = drawn(items=1, articles=20, mean=3.0)
    found = of(counts, cases=400, ratios=[1.5]).table["found"].item()
    rng = np.random.default_rng(1)
    k = counts["k"].to_numpy()
    hits = 0
    for _ in range(1000):
        dealt = rng.permutation(k)
        fewer = rng.binomial(dealt[20:], 1 / 1.5)
        hits += stats.ttest_ind(dealt[:20], fewer, equal_var=False).pvalue < 0.05
    assert found == pytest.approx(hits / 1000, abs=0.08)


def test_larger_ratios_are_found_more_often_and_exaggerate_less():
    result = of(drawn(burst=0.5), cases=60)
    for _, rows in result.table.groupby("band"):
        assert rows["found"].iloc[-1] >= rows["found"].iloc[0]
        times = rows["exaggeration"].dropna()
        assert times.iloc[0] > times.iloc[-1]
    assert (result.table["found_among_all"] <= result.table["found"]).all()
    assert result.smallest["band"].tolist() == ["rare", "middling", "frequent"]
    assert result.smallest["items"].tolist() == [2, 2, 2]


def test_the_smallest_ratio_is_found_in_four_of_five_cases():
    result = of(drawn(), cases=40)
    frequent = result.table[result.table["band"] == "frequent"]
    smallest = result.smallest.set_index("band").loc["frequent", "one_item"]
    assert (frequent["found"][frequent["ratio"] >= smallest] >= 0.8).iloc[0]
    assert (frequent["found"][frequent["ratio"] < smallest] < 0.8).all()
    assert f"{smallest:g} for frequent items" in result.caption


def test_what_the_outlets_differ_in_is_no_part_of_it():
    counts = drawn(items=3)
    lopsided = counts.assign(
        k=np.where(counts["outlet"].eq("Daily"), counts["k"] * 3, counts["k"])
    )
    design = design_of(
        lopsided, target="Daily", baseline="Herald", voice="all", articles=None
    )
    rng = np.random.default_rng(0)
    p = [
        planted(design, np.arange(3), np.full(3, 1.0 + 1e-9), deals=np.arange(3),
                kind="articles", arrangements=2000, least=5, rng=rng).p
        for _ in range(40)
    ]  # fmt: skip
    assert np.mean(np.array(p) < 0.05) < 0.15


def test_too_little_is_refused():
    result = of(drawn(articles=2))
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
        power(drawn(), target="Dailly", baseline="Herald")


def test_the_same_seed_gives_the_same_numbers_and_the_input_is_left_alone():
    counts = drawn(items=2)
    before = counts.copy()
    once, again = of(counts, cases=10), of(counts, cases=10)
    pd.testing.assert_frame_equal(once.table, again.table)
    pd.testing.assert_frame_equal(counts, before)
    assert once.smallest["band"].tolist() == ["all"]


def test_it_is_drawn(tmp_path):
    result = of(drawn(), cases=10)
    assert result.save(tmp_path / "power.png").exists()
    assert result.figure().alt == result.alt
    assert "<caption>" in result._repr_html_()
