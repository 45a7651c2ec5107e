"""The numbers of a contrast, against values that others computed."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framelens._checks import UnknownNameError
from framelens.compare import Floors, contrast
from framelens.compare.arrangements import arrangements_of
from framelens.compare.design import design_of
from framelens.compare.estimate import log_odds
from framelens.compare.event_intervals import degrees_of_freedom, weighted_error
from framelens.compare.inference import adjusted
from framelens.compare.statistic import squared_t, weighings
from framelens.measure import Counts

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def one_event(target, baseline):
    rows = [
        ("e", outlet, f"{outlet}{row}", "rest", "deal", k, n)
        for outlet, side in (("Daily", target), ("Herald", baseline))
        for row, (k, n) in enumerate(side)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def many_events(pairs):
    rows = [
        (f"e{event}", outlet, f"{outlet}{event}", "rest", "deal", k, n)
        for event, sides in enumerate(pairs)
        for outlet, (k, n) in zip(("Daily", "Herald"), sides, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def compared(counts, **options):
    return contrast(counts, target="Daily", baseline="Herald", **options)


TARGET = [(5, 40), (9, 60), (3, 35), (7, 50), (12, 55)]
BASELINE = [(2, 45), (4, 50), (6, 65), (1, 30), (3, 40)]
EVENTS = [
    ((5, 40), (2, 45)), ((9, 60), (4, 50)), ((3, 35), (6, 65)), ((7, 50), (1, 30)),
    ((12, 55), (3, 40)), ((8, 70), (6, 52)), ((4, 44), (5, 61)),
]  # fmt: skip


def t_of(k, n, labels):
    """The studentised difference of two ratios of totals, written out plainly."""
    gap, variance = 0.0, 0.0
    for sign, side in ((1, labels), (-1, ~labels)):
        share = k[side].sum() / n[side].sum()
        m = side.sum()
        residuals = k[side] - share * n[side]
        variance += m / (m - 1) * (residuals**2).sum() / n[side].sum() ** 2
        gap += sign * share
    return gap / np.sqrt(variance)


def exact_p(k, n, labels):
    """Two-sided p by scipy's own permutation test."""

    def statistic(rows, others):
        now = np.zeros(len(k), dtype=bool)
        now[rows.astype(int)] = True
        return abs(t_of(k, n, now))

    index = np.arange(len(k))
    return stats.permutation_test(
        (index[labels], index[~labels]), statistic, n_resamples=np.inf,
        alternative="greater", vectorized=False,
    ).pvalue  # fmt: skip


def weights(k, n):
    """The weight of each article: bursts by moments, rounded to a step."""
    share = k.sum() / n.sum()
    beyond_chance = ((k - share * n) ** 2).sum() - k.sum()
    burst = max(beyond_chance, 0) / (share * (n**2).sum()) * np.median(n)
    steps = np.array([0.25, 0.5, 1, 2, 4, 16])
    nearest = steps[np.abs(np.log(steps / max(burst, 1e-9))).argmin()]
    return 1 / (1 + (nearest if burst > 0.125 else 0) * n / np.median(n))


def arrays(target, baseline):
    k, n = np.array([*target, *baseline], dtype=float).T
    return k, n, np.arange(len(k)) < len(target)


def test_p_of_one_event_is_that_of_scipy():
    k, n, labels = arrays(TARGET, BASELINE)
    row = compared(one_event(TARGET, BASELINE)).table.iloc[0]
    assert row["p"] == pytest.approx(exact_p(k, n, labels))
    assert row["q"] == pytest.approx(row["p"])  # a family of one


BURSTY = [(0, 40), (19, 160), (3, 35), (0, 50), (30, 55)]


@pytest.mark.parametrize("target", [TARGET, BURSTY])
def test_p_of_uneven_sides_is_that_of_scipy(target):
    k, n, labels = arrays(target, BASELINE[:4])
    counts = one_event(target, BASELINE[:4])
    row = compared(counts, floors=Floors(articles=4)).table.iloc[0]
    weight = weights(k, n)
    assert row["p"] == pytest.approx(exact_p(weight * k, weight * n, labels))


def test_weights_are_found_by_moments():
    design = design_of(one_event(BURSTY, BASELINE), target="Daily", baseline="Herald",
                       voice="all", articles=None)  # fmt: skip
    k, n, _ = arrays(BURSTY, BASELINE)
    [(weight, places)] = weighings(design.k, design.n)
    assert places.tolist() == [0]
    np.testing.assert_allclose(weight, weights(k, n))
    assert len(set(weight)) > 1


def test_the_interval_holds_what_the_test_does_not_reject():
    k, n, labels = arrays(TARGET, BASELINE)
    counts = one_event(TARGET, BASELINE)
    row = compared(counts, floors=Floors(intervals=5)).table.iloc[0]
    step = 0.002
    for bound, outwards in ((row["low"], -1), (row["high"], 1)):
        for supposed, inside in ((bound - outwards * step, True),
                                 (bound + outwards * step, False)):  # fmt: skip
            p = exact_p(k - supposed * n * labels, n, labels)
            assert (p > 0.05) == inside


def test_interval_over_events_reaches_as_far_as_the_wider_of_two():
    row = compared(many_events(EVENTS)).table.iloc[0]
    shares = np.array([(a / b, c / d) for (a, b), (c, d) in EVENTS])
    gaps = shares[:, 0] - shares[:, 1]
    low, high = stats.ttest_1samp(gaps, 0).confidence_interval(0.95)
    assert row["difference"] == pytest.approx(gaps.mean())
    # Each mean with limits on the logarithmic scale, put together (Zou and others)
    mean, error = shares.mean(axis=0), stats.sem(shares)
    factor = np.exp(stats.t.ppf(0.975, len(EVENTS) - 1) * error / mean)
    down, up = mean - mean / factor, mean * factor - mean
    alike = np.corrcoef(shares.T)[0, 1]

    def reach(one, other):
        return np.sqrt(one**2 + other**2 - 2 * alike * one * other)

    assert row["low"] == pytest.approx(min(low, gaps.mean() - reach(down[0], up[1])))
    assert row["high"] == pytest.approx(max(high, gaps.mean() + reach(up[0], down[1])))


def test_the_largest_statistic_is_stepped_down():
    rng = np.random.default_rng(2)
    k = rng.poisson(np.r_[np.full(5, 9), np.full(5, 4)][:, None] + np.zeros(3))
    rows = [
        ("e", "Daily" if row < 5 else "Herald", f"a{row}", "rest", f"w{item}",
         k[row, item], 50)
        for row in range(10) for item in range(3)
    ]  # fmt: skip
    table = compared(pd.DataFrame(rows, columns=COLUMNS)).table.set_index("item")
    n, labels = np.full(10, 50.0), np.arange(10) < 5
    order = [f"w{one}" for one in range(3)]
    observed = np.array([abs(t_of(k[:, one], n, labels)) for one in range(3)])
    every = arrangements_of(
        design_of(pd.DataFrame(rows, columns=COLUMNS), target="Daily",
                  baseline="Herald", voice="all", articles=None)
    ).every()  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.array(
            [[abs(t_of(k[:, one], n, labels)) for one in range(3)] for labels in every]
        )
    least, expected = 0.0, {}
    for place in np.argsort(-observed):
        left = [one for one in range(3) if observed[one] <= observed[place]]
        largest = values[:, left].max(axis=1)
        least = max(least, np.mean(largest >= observed[place] - 1e-9))
        expected[order[place]] = least
    for item, p_max in expected.items():
        assert table.loc[item, "p_max"] == pytest.approx(p_max)
        assert table.loc[item, "p_max"] >= table.loc[item, "p"]


def test_intervals_of_picked_items_are_wider():
    rng = np.random.default_rng(4)
    rows = []
    for event in range(12):
        for outlet, rate in (("Daily", 40), ("Herald", 10)):
            for item in range(6):
                k = rng.poisson(rate if item == 0 else 10)
                rows.append(
                    (
                        f"e{event}",
                        outlet,
                        f"{outlet}{event}",
                        "rest",
                        f"w{item}",
                        k,
                        300,
                    )
                )
    table = compared(pd.DataFrame(rows, columns=COLUMNS)).table.set_index("item")
    picked = table["q"] <= 0.05
    assert picked["w0"]
    assert (table["low_selected"].notna() == picked).all()
    assert (table["low_selected"] < table["low"])[picked].all()
    assert (table["high_selected"] > table["high"])[picked].all()


def test_p_over_events_with_one_article_each_flips_signs():
    row = compared(many_events(EVENTS)).table.iloc[0]
    gaps = np.array([a / b - c / d for (a, b), (c, d) in EVENTS])
    observed = abs(stats.ttest_1samp(gaps, 0).statistic)
    others = [
        abs(stats.ttest_1samp(gaps * signs, 0).statistic)
        for signs in product([1, -1], repeat=len(gaps))
    ]
    assert row["p"] == pytest.approx(np.mean(np.array(others) >= observed - 1e-9))


def test_random_arrangements_come_near_the_exact_p():
    rng = np.random.default_rng(4)
    target = [(int(rng.poisson(6)), 60) for _ in range(10)]
    baseline = [(int(rng.poisson(4)), 60) for _ in range(10)]
    counts = one_event(target, baseline)
    row = compared(counts, seed=5).table.iloc[0]
    k, n, labels = arrays(target, baseline)
    many = [abs(t_of(k, n, rng.permutation(labels))) for _ in range(5_000)]
    near = np.mean(np.array(many) >= abs(t_of(k, n, labels)) - 1e-9)
    assert row["p"] == pytest.approx(near, abs=0.03)
    assert "a random 2,000 arrangements" in " ".join(compared(counts).notes)


def test_q_is_that_of_scipy():
    p = np.random.default_rng(0).random(40) ** 2
    np.testing.assert_allclose(adjusted(p), stats.false_discovery_control(p))


def test_all_arrangements_stay_within_events():
    counts = many_events(EVENTS[:4])
    design = design_of(
        counts, target="Daily", baseline="Herald", voice="all", articles=None
    )
    arrangements = arrangements_of(design)
    every = arrangements.every()
    assert arrangements.number == len(every) == len(np.unique(every, axis=0)) == 16
    for labels in (every, arrangements.sample(50, np.random.default_rng(0))):
        for rows in arrangements.blocks:
            assert (labels[:, rows].sum(axis=1) == 1).all()


# Admissions to Berkeley by sex and department, 1973 (Bickel, Hammel & O'Connell 1975):
# men admitted and rejected, women admitted and rejected.
BERKELEY = np.array([
    (512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391), (138, 279, 131, 244),
    (53, 138, 94, 299), (22, 351, 24, 317),
])  # fmt: skip


def test_common_odds_ratio_of_the_berkeley_admissions():
    men, women = BERKELEY[:, :1], BERKELEY[:, 2:3]
    n = np.column_stack([BERKELEY[:, :2].sum(axis=1), BERKELEY[:, 2:].sum(axis=1)])
    found = log_odds(men.astype(float), women.astype(float), n, np.array([0.4]), 0.0)
    # R: mantelhaen.test(UCBAdmissions), "common odds ratio 0.9046968"
    assert np.exp(found[0]) == pytest.approx(0.9046968, abs=1e-7)


def test_one_stratum_is_the_log_odds_of_monroe_and_others():
    rows = [
        ("e", "D", "a", "rest", "deal", 6, 40),
        ("e", "H", "b", "rest", "deal", 2, 60),
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    totals = frame[["event", "outlet", "article", "voice", "n"]]
    counts = Counts(frame.drop(columns="n"), totals, "terms", "words")
    result = contrast(counts, target="D", baseline="H")
    prior, whole = 50 * 8 / 100, 50  # the pooled share times one mean article
    expected = np.log((6 + prior) / (40 + whole - 6 - prior)) - np.log(
        (2 + prior) / (60 + whole - 2 - prior)
    )
    assert result.table["log_odds"].item() == pytest.approx(expected)
    assert "prior of 50 words a side" in " ".join(result.notes)


def test_more_evidence_shrinks_less():
    few = log_odds(np.array([[2.0]]), np.array([[1.0]]), np.array([[20, 20]]),
                   np.array([0.075]), 40.0)  # fmt: skip
    many = log_odds(np.array([[200.0]]), np.array([[100.0]]), np.array([[2000, 2000]]),
                    np.array([0.075]), 40.0)  # fmt: skip
    assert 0 < few[0] < many[0] < np.log(2 * (1 - 0.05) / (1 - 0.1))


@pytest.mark.long
def test_a_split_of_one_outlet_finds_as_little_as_it_should():
    rng = np.random.default_rng(11)
    below, tested = 0, 0
    for _ in range(40):
        n = rng.integers(200, 500, 24)
        mean = n[:, None] * np.repeat([0.004, 0.02], 20)
        k = rng.negative_binomial(0.5, 0.5 / (0.5 + mean))
        rows = [
            ("e", "Daily" if row < 12 else "Herald", f"a{row}", "rest", f"w{item}",
             min(k[row, item], n[row]), n[row])
            for row, item in product(range(24), range(40))
        ]  # fmt: skip
        p = compared(pd.DataFrame(rows, columns=COLUMNS)).table["p"].dropna()
        below, tested = below + p.lt(0.05).sum(), tested + len(p)
    assert 0.035 < below / tested < 0.065


UNEVEN = [(1, 3), (2, 2), (4, 1), (1, 1), (5, 5), (2, 6), (3, 3)]


def uneven(seed=0):
    rng = np.random.default_rng(seed)
    rows = [
        (f"e{event}", outlet, f"{outlet}{event}{row}", "rest", "deal",
         int(rng.poisson(rate)), int(rng.integers(40, 90)))
        for event, sides in enumerate(UNEVEN)
        for outlet, number, rate in zip(("Daily", "Herald"), sides, (6, 4), strict=True)
        for row in range(number)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def test_precision_weights_are_those_of_a_weighted_regression():
    counts = uneven()
    row = compared(counts, weights="precision").table.iloc[0]
    share = {
        outlet: side.groupby("event")["k"].sum() / side.groupby("event")["n"].sum()
        for outlet, side in counts.groupby("outlet")
    }
    gap = (share["Daily"] - share["Herald"]).to_numpy()
    weight = np.array([a * b / (a + b) for a, b in UNEVEN])
    weight = weight / weight.sum()
    assert row["difference"] == pytest.approx(np.average(gap, weights=weight))
    # CR2, written out with matrices: weighted least squares on a constant
    one, w = np.ones((7, 1)), np.diag(weight)
    bread = np.linalg.inv(one.T @ w @ one)
    hat = one @ bread @ one.T @ w
    residual = (gap - hat @ gap) / np.sqrt(1 - np.diag(hat))
    error = np.sqrt((bread @ one.T @ w @ np.diag(residual**2) @ w @ one @ bread).item())
    assert weighted_error(gap[:, None], weight).item() == pytest.approx(error)
    assert degrees_of_freedom(weight) < 6
    reach = stats.t.ppf(0.975, degrees_of_freedom(weight)) * error
    assert row["low"] <= row["difference"] - reach + 1e-12
    assert row["high"] >= row["difference"] + reach - 1e-12


def test_p_by_precision_is_that_of_a_plain_permutation():
    design = design_of(uneven(), target="Daily", baseline="Herald", voice="all",
                       articles=None, weights="precision")  # fmt: skip
    labels = arrangements_of(design).sample(30, np.random.default_rng(1))
    found = squared_t(design, np.array([0]), labels, "events")[0]
    k, n = design.k.toarray()[:, 0], design.n
    event = design.articles["event"].to_numpy()
    for dealt, value in zip(labels, found, strict=True):
        gap = np.array([
            k[dealt & here].sum() / n[dealt & here].sum()
            - k[~dealt & here].sum() / n[~dealt & here].sum()
            for here in (event == one for one in np.unique(event))
        ])  # fmt: skip
        error = weighted_error(gap[:, None], design.event_weight).item()
        assert value == pytest.approx((design.event_weight @ gap / error) ** 2)


def test_events_alike_weigh_alike():
    counts = many_events(EVENTS)
    equal, precise = (compared(counts, weights=one) for one in ("equal", "precision"))
    pd.testing.assert_frame_equal(equal.table, precise.table)
    assert "with equal weights" in equal.estimand
    assert "weighted by precision" in precise.estimand
    with pytest.raises(UnknownNameError, match="equal"):
        compared(counts, weights="equall")


def test_a_sign_that_hangs_on_one_event_flips_by_precision_too():
    rows = [("e0", "Daily", f"d{row}", "rest", "deal", 30, 50) for row in range(5)] + [
        ("e0", "Herald", f"h{row}", "rest", "deal", 1, 50) for row in range(5)
    ]
    for event in range(1, 7):
        for outlet, k in (("Daily", 4), ("Herald", 6)):
            rows.append(
                (f"e{event}", outlet, f"{outlet}{event}", "rest", "deal", k, 50)
            )
    counts = pd.DataFrame(rows, columns=COLUMNS)
    row = compared(counts, weights="precision").table.iloc[0]
    assert row["difference"] > 0
    assert row["flips"]
