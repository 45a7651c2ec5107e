"""Self-test: where nothing differs, what is claimed, and by whom."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framelens._checks import InputError, UnknownNameError
from framelens.cli import main
from framelens.compare import contrast, self_test
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


def measured(counts, **columns):
    """The same counts, of a corpus whose articles have these columns."""
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    text = table["article"].str.translate(str.maketrans("0123456789", "abcdefghij"))
    table = table.assign(text=text, **columns).reset_index(drop=True)
    return replace(counts_of(counts), corpus=corpus_of(table))


def test_bursty_words_fool_the_pooled_test_only():
    result = self_test(drawn(articles=60), splits=60)
    assert result.table.columns.tolist() == SELF_TEST_COLUMNS
    assert result.table["split"].tolist() == ["unlike halves", "random halves"]
    for row in result.table.itertuples():
        assert row.low < row.rate_p < row.high
        assert 0.01 < row.rate_p < 0.07
        assert row.pooled_p > 0.25
        assert row.any_low <= 0.05
        assert row.pooled_any > 0.9
    assert result.refusal is None


def test_a_placebo_split_is_a_contrast_of_its_two_parts():
    counts = drawn(3, items=8)
    section = np.resize(["a", "b"], counts["article"].nunique())
    found = self_test(measured(counts, section=section), placebo="section", splits=2)
    row = found.table.set_index("split").loc["section"]
    parts = dict(zip(counts["article"].unique(), section, strict=True))
    apart = counts.assign(outlet=counts["article"].map(parts), event=None)
    p = contrast(apart, "a", "b").table["p"].dropna()
    assert row["rate_p"] == pytest.approx((p < 0.05).mean())
    assert row["items"] == len(p)


def test_the_pooled_p_is_that_of_scipy():
    counts = drawn(5, items=1)
    section = np.resize(["a", "b"], counts["article"].nunique())
    found = self_test(measured(counts, section=section), placebo="section", splits=2)
    first = counts["article"].map(
        dict(zip(counts["article"].unique(), section, strict=True))
    )
    sums = counts.groupby(first)[["k", "n"]].sum()
    table = [[k, n - k] for k, n in sums.to_numpy()]
    expected = stats.chi2_contingency(
        table, correction=False, lambda_="log-likelihood"
    ).pvalue
    row = found.table.set_index("split").loc["section"]
    assert row["pooled_p"] == float(expected < 0.05)


def test_placebo_splits_stay_within_events_where_enough_have_both_parts():
    rows = drawn(events=9, articles=4, items=3)
    twin = rows["article"].str[-3:].astype(int) % 2
    # in half of the events section b says everything twice as often
    more = rows["event"].isin(["e0", "e1", "e2", "e3"]) & twin.eq(1)
    rows["k"] = np.where(more, np.minimum(2 * rows["k"], rows["n"]), rows["k"])
    section = rows.drop_duplicates("article")["article"].str[-3:].astype(int) % 2
    counts = measured(rows, section=section.map({0: "a", 1: "b"}).to_numpy())
    found = self_test(counts, placebo="section", splits=2).table
    assert found.set_index("split").loc["section", "splits"] == 1


def test_small_outlets_are_refused_in_one_sentence():
    both = drawn(outlets=("Daily",), items=5)
    small = drawn(articles=3, outlets=("Herald",), items=5)
    result = self_test(pd.concat([both, small]), splits=10)
    table = result.table.drop_duplicates("outlet", keep="last").set_index("outlet")
    assert table.loc["Daily", "refusal"] is None
    assert table.loc["Herald", "refusal"].startswith("Herald has 3 articles: ")
    assert np.isnan(table.loc["Herald", "rate_p"])
    assert any("Herald has 3 articles" in note for note in result.notes)
    alone = self_test(small)
    assert alone.refusal.startswith("Herald has 3 articles")
    assert "not possible here" in alone.caption
    assert alone._repr_html_()


def test_items_that_nobody_has_are_refused():
    counts = drawn(items=1).assign(k=0)
    assert "no item is found in enough articles" in self_test(counts).refusal


def test_no_article_at_all_is_refused():
    assert self_test(drawn().iloc[:0]).refusal == "no outlet to split"


def test_placebo_splits_by_a_column():
    counts = drawn(items=10)
    dates = ["2024-01-02", "2024-01-09"] * 12
    known = measured(counts, section=["a", "b"] * 12, date=dates)
    by_section = self_test(known, placebo="section", splits=10).table
    kinds = ["section", "unlike halves", "random halves"]
    assert by_section["split"].tolist() == kinds
    assert by_section["splits"].tolist() == [1, 10, 10]
    by_week = self_test(known, placebo="date", splits=10)
    assert by_week.table["split"].tolist()[0] == "odd and even weeks"
    assert by_week.table["rate_p"].tolist()[0] == by_section["rate_p"].tolist()[0]
    all_there = self_test(known, splits=10)
    assert all_there.table["split"].tolist()[:2] == ["section", "odd and even weeks"]
    assert "odd and even weeks" in all_there.caption
    assert self_test(counts, splits=10).table["split"].tolist() == kinds[1:]


def test_wrong_options_are_named():
    with pytest.raises(UnknownNameError, match="did you mean 'Daily'"):
        self_test(drawn(), outlet="Dayly")
    with pytest.raises(InputError, match="splits must be"):
        self_test(drawn(), splits=1)
    with pytest.raises(InputError, match="do not know their articles"):
        self_test(drawn(), placebo="section")
    with pytest.raises(UnknownNameError, match="section"):
        self_test(measured(drawn()), placebo="section")


def test_the_same_seed_gives_the_same_numbers_and_the_input_is_left_alone():
    counts = drawn(items=8)
    before = counts.copy()
    once = self_test(counts, splits=10).table
    again = self_test(counts.sample(frac=1, random_state=1), splits=10).table
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(counts, before)


def test_the_verb_of_the_command_line(tmp_path, capsys):
    names = [f"a{one:02}" for one in range(12)]
    texts = [
        f"Talks went on. {'Rain. ' * (one % 5 + 1)}{filler(one)} {filler(one + 12)}"
        for one in range(12)
    ]
    table = pd.DataFrame({"article": names, "outlet": "Daily", "text": texts})
    table.to_csv(tmp_path / "articles.csv", index=False)
    out = tmp_path / "self_test.csv"
    given = ["self-test", "terms", str(tmp_path / "articles.csv"), "--out", str(out)]
    assert main([*given, "--outlet", "Daily", "--splits", "10"]) == 0
    written = pd.read_csv(out)
    assert written.columns.tolist() == SELF_TEST_COLUMNS
    assert written["split"].tolist() == ["unlike halves", "random halves"]
    assert written["outlet"].eq("Daily").all()
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
        self_test(counts, outlet="Daily", splits=10).table["outlet"].eq("Daily").all()
    )


def filler(row):
    """Words of one article alone, so that it is no copy of another."""
    return " ".join(
        f"b{'aeiouy'[row % 6]}{chr(97 + row)}{last}" for last in "dklmnprst"
    )


WRITTEN = (
    "The {0} bridge at Northford was closed on {1}. “We will mend the {0} bridge "
    "soon,” said Jane Lake. John Roe said that the {1} road is safe. It rained on {1}."
)


def written():
    days = ["Monday", "Tuesday", "Friday"]
    rows = [
        (f"{outlet}{row:02}", outlet, f"e{row}",
         WRITTEN.format(["old", "new"][row % 2], days[row % 3]) + " Rain." * row
         + filler(row))
        for outlet in ("Daily", "Herald") for row in range(24)
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
    assert set(result.table["outlet"]) == {"Daily", "Herald"}
    assert result.table["measure"].eq(counts.measure).all()
    tried = result.table["rate_p"].dropna()
    assert tried.between(0, 0.3).all()
    assert bool(len(tried)) == tested


def test_a_voice_is_tested_by_itself():
    counts = terms(corpus_of(written(), marks_only=True))
    alone = self_test(counts.select(voices=["direct"]), splits=20)
    both = self_test(counts, voice="direct", splits=20)
    pd.testing.assert_frame_equal(both.table, alone.table)
    with pytest.raises(UnknownNameError, match="voice"):
        self_test(counts, voice="own")


def test_copies_and_clusters_stay_on_one_side():
    counts = drawn(articles=48, items=12)
    name = counts["article"].str[-3:].astype(int)
    author = (name // 4).astype(str)
    # every article of an author says the same words: nothing differs between authors
    same = counts["item"].str[1:].astype(int) == name // 4
    known = counts.assign(k=np.where(same, 60, 1))
    authors = author[~counts["article"].duplicated()].to_numpy()
    loose = self_test(measured(known, author=authors), splits=30).table
    held = self_test(measured(known, author=authors), splits=30, cluster="author").table
    loose, held = (one.set_index("split")["rate_p"] for one in (loose, held))
    assert held["random halves"] < 0.5 * loose["random halves"]
    few = measured(counts, author=np.resize(list("abc"), 48))
    said = self_test(few, cluster="author").refusal
    assert said.startswith("Daily has 48 articles in 3 groups of one author")
    assert "at least 10" in said


def test_parts_are_compared_within_a_stratum():
    counts = drawn(articles=40, items=20, burst=20)
    name = counts["article"].str[-3:].astype(int)
    genre = np.where(name % 2, "comment", "report")
    # comment pieces say everything four times as often, and one section has most
    more = np.where(genre == "comment", 4, 1) * np.minimum(counts["k"], 50)
    counts = counts.assign(k=more)
    each = counts.drop_duplicates("article")["article"].str[-3:].astype(int)
    section = np.where((each % 2 == 1) ^ (each % 5 == 0), "a", "b")
    kinds = np.where(each % 2, "comment", "report")
    options = {"placebo": "section", "splits": 2}
    bare = self_test(measured(counts, section=section), **options).table
    held = self_test(measured(counts, section=section, genre=kinds), **options).table
    named = self_test(
        measured(counts, section=section, kind=kinds), strata="kind", **options
    ).table
    rates = [one.set_index("split").loc["section", "rate_p"] for one in (bare, held)]
    assert rates[0] > 0.4
    assert rates[1] < 0.2
    pd.testing.assert_frame_equal(held, named)
