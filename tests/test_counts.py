"""Counts: what every measure returns."""

import numpy as np
import pandas as pd
import pytest

from framelens._checks import ColumnError, InputError
from framelens.corpus import corpus_of
from framelens.measure import Counts, combine, terms
from framelens.measure.counts import counts_of


def frame(rows, last):
    names = ["event", "outlet", "article", "voice", *last]
    return pd.DataFrame(rows, columns=names)


def small(article="a", outlet="Daily", k=2, n=10):
    return Counts(
        frame([("e", outlet, article, "rest", "deal", k)], ["item", "k"]),
        frame([("e", outlet, article, "rest", n)], ["n"]),
        "terms",
        "words",
    )


def test_counts_say_what_they_hold():
    assert repr(small()) == (
        "Counts(terms: 1 items, 10 words, 1 articles of 1 outlets)"
    )


@pytest.mark.parametrize(
    ("counts", "totals", "message"),
    [
        ([("deal", 0)], [10], "k must be above 0"),
        ([("deal", np.nan)], [10], "k must be above 0"),
        ([("deal", 11)], [10], "exceeds its total"),
        ([("deal", 1), ("deal", 2)], [10], "stands twice"),
        ([("deal", 1)], [], "no total"),
        ([(None, 1)], [10], "a key is missing"),
        ([("deal", 1)], [10, 10], "two totals"),
        ([("deal", 1)], [-1], "below 0"),
        ([("deal", 1)], [np.inf], "infinite"),
        ([("deal", np.inf)], [10], "exceeds its total"),
    ],
)
def test_rows_that_break_the_contract_are_refused(counts, totals, message):
    rows = [("e", "Daily", "a", "rest", item, k) for item, k in counts]
    sums = [("e", "Daily", "a", "rest", n) for n in totals]
    with pytest.raises(InputError, match=message):
        Counts(frame(rows, ["item", "k"]), frame(sums, ["n"]), "terms", "words")


def test_an_article_has_one_outlet_and_one_event():
    totals = frame(
        [("e", "Daily", "a", "rest", 5), ("e", "Herald", "a", "direct", 5)], ["n"]
    )
    with pytest.raises(InputError, match="two outlets"):
        Counts(frame([], ["item", "k"]), totals, "terms", "words")


def test_a_count_agrees_with_its_total():
    counts = frame([("other", "Daily", "a", "rest", "deal", 1)], ["item", "k"])
    with pytest.raises(InputError, match="differ in event"):
        Counts(counts, small().totals, "terms", "words")


def test_a_missing_column_is_named():
    with pytest.raises(ColumnError, match="'voice'"):
        Counts(small().counts.drop(columns="voice"), small().totals, "terms", "words")


def test_numbers_must_be_numbers():
    with pytest.raises(InputError, match="must hold numbers"):
        Counts(small().counts.assign(k="two"), small().totals, "terms", "words")


def test_counts_add_up_over_articles():
    both = combine([small("a"), small("b", "Herald", k=3)])
    assert both.counts["k"].tolist() == [2, 3]
    assert both.totals["article"].tolist() == ["a", "b"]


def test_the_same_article_is_not_added_twice():
    with pytest.raises(InputError, match="two totals"):
        combine([small("a"), small("a")])


def test_only_one_measure_adds_up():
    other = Counts(small("b").counts, small("b").totals, "speakers", "words")
    with pytest.raises(InputError, match="one measure and unit"):
        combine([small("a"), other])
    with pytest.raises(InputError, match="none"):
        combine([])


def test_evidence_survives_adding_up():
    whole = corpus_of(
        pd.DataFrame(
            {
                "article": ["a", "b", "c"],
                "outlet": ["Daily", "Herald", "Daily"],
                "event": "e",
                "genre": "report",
                "text": "It rained. It rained.",
            }
        )
    )
    parts = [terms(whole.where(article=name)) for name in ("b", "a")]
    both = combine(parts)
    assert both.evidence("rained")["article"].tolist() == ["b", "b", "a", "a"]
    assert both.corpus.articles["genre"].tolist() == ["report", "report"]
    again = terms(whole).select(articles=["b"])
    assert again.evidence("rained")["article"].tolist() == ["b", "b"]
    assert again.corpus is not None


def test_counts_made_by_hand_have_no_evidence():
    with pytest.raises(InputError, match="cannot be traced to sentences"):
        small().evidence("deal")


def test_the_table_has_zeros():
    both = combine([small("a"), small("b", "Herald", k=1).select(items=[])])
    assert both.table.to_dict("list") == {
        "item": ["deal", "deal"],
        "outlet": ["Daily", "Herald"],
        "k": [2, 0],
        "n": [10, 10],
        "share": [0.2, 0.0],
    }
    assert both.shown().to_dict("list") == {
        "item": ["deal"], "Daily": [2], "Herald": [0],
    }  # fmt: skip


def test_selecting_items_keeps_totals():
    both = combine([small("a"), small("b", "Herald")])
    assert both.select(items=["other"]).counts.empty
    assert len(both.select(items=["other"]).totals) == 2
    assert both.select(outlets=["Herald"]).totals["article"].tolist() == ["b"]
    assert both.select(events=["none"]).totals.empty


def test_one_frame_with_n_beside_k():
    rows = [("e", "D", "a", "rest", "deal", 2, 9), ("e", "H", "b", "rest", None, 0, 7)]
    counts = counts_of(frame(rows, ["item", "k", "n"]))
    assert counts.counts["k"].tolist() == [2]
    assert counts.totals["n"].tolist() == [9, 7]


def test_n_must_not_differ_within_an_article_and_voice():
    rows = [("e", "D", "a", "rest", "deal", 2, 9), ("e", "D", "a", "rest", "war", 2, 8)]
    with pytest.raises(InputError, match="two totals"):
        counts_of(frame(rows, ["item", "k", "n"]))


def test_a_pair_of_frames_and_nothing_else():
    assert counts_of((small().counts, small().totals)).totals["n"].tolist() == [10]
    with pytest.raises(InputError, match="got str"):
        counts_of("counts.csv")


def test_input_is_left_alone():
    rows = frame([("e", "D", "a", "rest", "deal", 2, 9)], ["item", "k", "n"])
    before = rows.copy()
    counts_of(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_what_is_displayed_is_escaped():
    hostile = Counts(
        small().counts.assign(item="<b>", outlet="<i>"),
        small().totals.assign(outlet="<i>"),
        "terms",
        "words",
    )
    html = hostile._repr_html_()
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in html


def test_no_counts_at_all_are_counts():
    empty = Counts(frame([], ["item", "k"]), frame([], ["n"]), "terms", "words")
    assert len(combine([empty, small()]).counts) == 1
    assert "<table>" in empty._repr_html_()
