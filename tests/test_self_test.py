"""Self-test: where nothing differs, what is claimed, and by whom."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.cli import main
from framelens.compare import contrast, self_test
from framelens.compare.arrangements import arrangements_of
from framelens.compare.false_findings import claims, pooled_p
from framelens.compare.halves import SIDES, chosen_items, halves
from framelens.compare.inference import FLOORS
from framelens.compare.self_test import SELF_TEST_COLUMNS
from framelens.corpus import corpus_of
from framelens.measure import emphasis, speakers, terms
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def drawn(seed=0, events=1, articles=24, items=30, outlets=("Daily",), burst=0.5):
    rng = np.random.default_rng(seed)
    rows = []
    for outlet in outlets:
        for event in range(events):
            for number in range(articles):
                n = int(rng.integers(200, 500))
                name = f"{outlet}-{event}-{number:03}"
                for item in range(items):
                    mean = n * (0.004 if item % 2 else 0.02)
                    k = int(rng.negative_binomial(burst, burst / (burst + mean)))
                    row = (f"e{event}", outlet, name, "rest", f"w{item}", min(k, n), n)
                    rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS)


def details(counts, **columns):
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    return table.assign(text="Deal.", **columns).reset_index(drop=True)


def test_bursty_words_fool_the_pooled_test_only():
    result = self_test(drawn(), splits=100)
    row = result.table.iloc[0]
    assert result.table.columns.tolist() == SELF_TEST_COLUMNS
    assert row["low"] < row["rate_p"] < row["high"]
    assert 0.03 < row["rate_p"] < 0.07
    assert row["pooled_p"] > 0.25
    assert row["any_low"] <= 0.05
    assert row["pooled_any"] > 0.9
    assert row["pooled_items"] == pytest.approx(row["pooled_p"] * row["items"])
    assert result.refusal is None


@pytest.mark.parametrize(("events", "articles"), [(1, 10), (7, 2)])
def test_each_p_is_that_of_a_contrast_of_the_same_split(events, articles):
    counts = counts_of(drawn(3, events, articles, items=4))
    design = halves(counts, "Daily", articles=None, floors=FLOORS)
    which = chosen_items(design, 5)
    assert design.events == events
    rng, again = np.random.default_rng(1), np.random.default_rng(1)
    found = claims(design, which, splits=3, rng=rng)
    labels = arrangements_of(design).sample(3, again)
    for split in range(3):
        names = design.articles["article"][labels[split]]
        frames = [
            frame.assign(outlet=np.where(frame["article"].isin(names), "A", "B"))
            for frame in (counts.counts, counts.totals)
        ]
        table = contrast(tuple(frames), target="A", baseline="B").table
        p = table.set_index("item")["p"].reindex(design.items[which])
        np.testing.assert_allclose(found.p[:, split], p)


def test_the_pooled_p_is_that_of_scipy():
    counts = counts_of(drawn(5, items=4))
    design = halves(counts, "Daily", articles=None, floors=FLOORS)
    which = chosen_items(design, 5)
    found = pooled_p(design, which, design.is_target[None, :])[:, 0]
    here = design.is_target
    n = design.n[here].sum(), design.n[~here].sum()
    for place, item in enumerate(which):
        k = design.k[:, [item]].toarray()[:, 0]
        table = [[k[side].sum(), whole - k[side].sum()]
                 for side, whole in ((here, n[0]), (~here, n[1]))]  # fmt: skip
        expected = stats.chi2_contingency(
            table, correction=False, lambda_="log-likelihood"
        ).pvalue
        assert found[place] == pytest.approx(expected)


def test_halves_stay_within_events_and_genres():
    counts = drawn(events=7, articles=4, items=3)
    genre = ["report", "comment"] * 14
    design = halves(
        counts_of(counts), "Daily", articles=details(counts, genre=genre), floors=FLOORS
    )
    sides = design.articles.groupby(["event", "genre"])["is_target"].agg(
        ["sum", "size"]
    )
    assert design.events == 7
    assert (sides["sum"] * 2 == sides["size"]).all()
    assert (design.target, design.baseline) == SIDES


def test_single_articles_of_events_are_split_over_all_articles():
    result = self_test(drawn(events=12, articles=1, items=5), splits=20)
    row = result.table.iloc[0]
    assert (row["events"], row["articles"]) == (0, 12)


def test_small_outlets_are_refused_in_one_sentence():
    both = drawn(outlets=("Daily",), items=5)
    small = drawn(articles=3, outlets=("Herald",), items=5)
    result = self_test(pd.concat([both, small]), splits=10)
    table = result.table.set_index("outlet")
    assert table.loc["Daily", "refusal"] is None
    assert table.loc["Herald", "refusal"].startswith("Herald has 3 articles: ")
    assert np.isnan(table.loc["Herald", "rate_p"])
    assert any("Herald has 3 articles" in note for note in result.notes)
    alone = self_test(small)
    assert alone.refusal.startswith("Herald has 3 articles")
    assert "not possible here" in alone.caption
    assert alone._repr_html_()


@pytest.mark.parametrize("k", [0, 2])
def test_items_that_never_vary_are_refused(k):
    counts = drawn(items=1).assign(k=k, n=100)
    assert "no item is found in 5 articles, and varies" in self_test(counts).refusal


def test_no_article_at_all_is_refused():
    assert self_test(drawn().iloc[:0]).refusal == "no outlet to split"


def test_few_items_and_few_arrangements_show_no_finding():
    result = self_test(drawn(articles=10, items=30), splits=10)
    assert np.isnan(result.table["any_q"].item())
    assert any("could not reach .05" in note for note in result.notes)


def test_placebo_splits_by_a_column():
    counts = drawn(items=10)
    table = details(
        counts, section=["a", "b"] * 12, date=["2024-01-02", "2024-02-03"] * 12
    )
    by_section = self_test(counts, articles=table, placebo="section", splits=10).table
    assert by_section["split"].tolist() == ["random halves", "section"]
    assert by_section["splits"].tolist() == [10, 1]
    by_month = self_test(counts, articles=table, placebo="date", splits=10)
    assert by_month.table["split"].tolist()[1] == "odd and even months"
    rate = 100 * by_month.table["rate_p"].tolist()[1]
    assert by_month.caption.endswith(
        f"Split by odd and even months, below p = .05: Daily {rate:.1f} % of items "
        "(1 split)."
    )
    assert "Split by" not in self_test(counts, articles=table, splits=10).caption
    assert by_month.table["rate_p"].tolist()[1] == by_section["rate_p"].tolist()[1]
    constant = self_test(counts, articles=table, placebo="text", splits=10)
    assert "no two parts by text" in constant.table["refusal"].tolist()[1]
    assert constant.caption.endswith("Split by text, below p = .05: Daily not tested.")


def test_wrong_options_are_named():
    with pytest.raises(UnknownNameError, match="did you mean 'Daily'"):
        self_test(drawn(), outlet="Dayly")
    with pytest.raises(InputError, match="splits must be"):
        self_test(drawn(), splits=1)
    with pytest.raises(InputError, match="give it"):
        self_test(drawn(), placebo="section")
    with pytest.raises(ColumnError, match="section"):
        self_test(drawn(), articles=details(drawn()), placebo="section")


def test_the_same_seed_gives_the_same_numbers_and_the_input_is_left_alone():
    counts = drawn(items=8)
    before = counts.copy()
    once = self_test(counts, splits=10).table
    again = self_test(counts.sample(frac=1, random_state=1), splits=10).table
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(counts, before)


def test_the_verb_of_the_command_line(tmp_path, capsys):
    names = [f"a{one:02}" for one in range(12)]
    texts = [f"Talks went on. {'Rain fell. ' * (one % 5 + 1)}" for one in range(12)]
    table = pd.DataFrame({"article": names, "outlet": "Daily", "text": texts})
    table.to_csv(tmp_path / "articles.csv", index=False)
    out = tmp_path / "self_test.csv"
    given = ["self-test", "terms", str(tmp_path / "articles.csv"), "--out", str(out)]
    assert main([*given, "--outlet", "Daily", "--splits", "10"]) == 0
    written = pd.read_csv(out)
    first = ["measure", "outlet", "splits", "items", "rate_p", "low", "high", "any_q"]
    assert written.columns.tolist()[:8] == first
    assert written[["outlet", "splits"]].to_numpy().tolist() == [["Daily", 10]]
    assert "Each outlet against itself" in capsys.readouterr().out
    assert main([*given, "--outlet", "Herald"]) != 0
    assert "no outlet 'Herald'" in capsys.readouterr().err


def test_it_is_drawn_and_displayed(tmp_path):
    counts = drawn(items=8, outlets=("Daily", "<i>Herald"))
    result = self_test(counts, splits=10)
    assert result.save(tmp_path / "self_test.svg").exists()
    assert result.figure().alt == result.alt
    assert "<i>" not in result._repr_html_()
    assert (
        self_test(counts, outlet="Daily", splits=10).table["outlet"].item() == "Daily"
    )


WRITTEN = (
    "The {0} bridge at Northford was closed on {1}. “We will mend the {0} bridge "
    "soon,” said Jane Lake. John Roe said that the {1} road is safe. It rained on {1}."
)


def written():
    days = ["Monday", "Tuesday", "Friday"]
    rows = [
        (f"{outlet}{row:02}", outlet, f"e{row}",
         WRITTEN.format(["old", "new"][row % 2], days[row % 3]) + " Rain." * row)
        for outlet in ("Daily", "Herald") for row in range(10)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])


def credited():
    """Give a corpus by its marks, in which one person utters every quotation."""
    corpus = corpus_of(written(), marks_only=True)
    names = {"speaker": "Jane Lake", "affiliation": "Ministry"}
    return corpus.correct(ledger=corpus.ledger.assign(**names))


@pytest.mark.parametrize(
    ("measure", "voice", "tested"),
    [
        (terms, "all", True),
        (terms, "direct", True),
        (partial(terms, order=2), "all", True),
        (emphasis, "direct", True),
        # one speaker has all words of every article: nothing that could differ
        (speakers, "direct", False),
        (partial(speakers, by="affiliation"), "all", False),
    ],
)
def test_every_measure_that_counts_can_be_tested_on_itself(measure, voice, tested):
    counts = measure(credited())
    before = counts.totals.copy()
    result = self_test(counts, voice=voice, splits=20)
    pd.testing.assert_frame_equal(counts.totals, before)
    assert result.table["outlet"].tolist() == ["Daily", "Herald"]
    assert result.table["measure"].eq(counts.measure).all()
    if tested:
        assert result.refusal is None
        assert result.table["rate_p"].between(0, 0.3).all()
    else:
        assert "no item is found in 5 articles, and varies" in result.refusal


def test_a_voice_is_tested_by_itself():
    counts = terms(corpus_of(written(), marks_only=True))
    alone = self_test(counts.select(voices=["direct"]), splits=20)
    both = self_test(counts, voice="direct", splits=20)
    pd.testing.assert_frame_equal(both.table, alone.table)
    with pytest.raises(UnknownNameError, match="voice"):
        self_test(counts, voice="own")
