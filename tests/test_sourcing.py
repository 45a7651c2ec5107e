"""Sourcing: who is accused, who is heard, and how many voices there are."""

import numpy as np
import pandas as pd
import pytest

import framelens as fl


def corpus(*texts, outlets=None):
    return fl.read_corpus(
        pd.DataFrame(
            {
                "article": [f"a{number}" for number in range(len(texts))],
                "outlet": outlets or ["Daily"] * len(texts),
                "text": texts,
            }
        )
    )


def accusations(text):
    return fl.sourcing(corpus(text)).accusations


@pytest.mark.parametrize(
    ("text", "accuser", "accused"),
    [
        ("Ukraine accused Russia of theft.", "Ukraine", "Russia"),
        ("Russia was accused of theft.", None, "Russia"),
        ("Ukraine alleged that Russia fired on a port.", "Ukraine", "Russia"),
        ("Jane Doe blamed France for the fire.", "Jane Doe", "France"),
        ("The accusation against France is old.", None, "France"),
    ],
)
def test_who_accuses_whom(text, accuser, accused):
    (row,) = accusations(text).itertuples()
    assert (row.accuser if isinstance(row.accuser, str) else None) == accuser
    assert row.accused == accused


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine did not accuse Russia of theft.",
        "Ukraine said that Russia fired on a port.",
        "Ukraine praised France.",
    ],
)
def test_what_is_no_accusation(text):
    assert accusations(text).empty


def test_who_is_not_heard_and_who_answers():
    silent = "Ukraine accused Russia of theft. It was a cold day in the port."
    before = (
        "Russia said on Monday that it had no ships. Ukraine accused Russia of theft."
    )
    after = "Ukraine accused Russia of theft. Russia denied that it took any bread."
    found = fl.sourcing(corpus(silent, before, after))
    table = found.accusations.set_index("article")
    assert table["heard"].to_dict() == {"a0": False, "a1": True, "a2": True}
    assert table["answers"].to_dict() == {"a0": False, "a1": False, "a2": True}
    assert table["denials"].to_dict() == {"a0": 0, "a1": 0, "a2": 1}
    assert np.isnan(table.loc["a0", "first_heard"])
    assert table.loc["a1", "first_heard"] == 0.0 or table.loc["a1", "first_heard"] < 0.5
    assert table.loc["a0", "words"] == 0 < table.loc["a2", "words"]
    ledger = found.corpus.ledger
    own = ledger[ledger["article"].eq("a2") & ledger["actor"].eq("Russia")]
    said = own["direct_words"].sum() + own["indirect_words"].sum()
    assert table.loc["a2", "words"] == said
    assert "3 accusations of named actors in 3 articles; in 1" in found.caption


def test_a_spokesman_is_heard_for_the_accused():
    text = (
        "Ukraine accused Russia of theft. “We took no bread,” said Ivan Petrov, a "
        "spokesman for the Russian foreign ministry."
    )
    assert accusations(text)["heard"].tolist() == [True]


def test_the_counts_are_those_of_the_table():
    text = "Ukraine accused Russia of theft. France was accused of theft, too."
    found = fl.sourcing(corpus(text, text, outlets=["Daily", "Herald"]))
    assert found.counts["k"].sum() == found.totals["n"].sum() == len(found.accusations)
    item = "Russia: accused, not heard"
    places = found.evidence(item)
    assert len(places) == 2
    assert places["text"].str.contains("accused Russia").all()


def test_the_effective_number_of_voices_is_simpsons():
    said = "“We bake and bake bread,” said Jane Doe. “We sell and sell bread,” said "
    alike = fl.sourcing(corpus(said + "John Roe.")).voices.iloc[0]
    assert (alike["speakers"], alike["effective_speakers"]) == (2, 2.0)
    again = said + "John Roe. “We wait and wait here,” said John Roe."
    words = np.array([5, 10]) / 15
    unlike = fl.sourcing(corpus(again)).voices.iloc[0]
    assert unlike["effective_speakers"] == pytest.approx(1 / (words**2).sum())
    none = fl.sourcing(corpus("Bread is dear.")).voices.iloc[0]
    assert none["speakers"] == 0
    assert np.isnan(none["effective_speakers"])
    assert np.isnan(none["anonymous"])


def test_anonymous_words_are_a_share():
    text = (
        "“We bake and bake bread,” said Jane Doe. Experts said that bread is dear now."
    )
    row = fl.sourcing(corpus(text)).voices.iloc[0]
    assert 0 < row["anonymous"] < 0.6
    assert row["not_named"] == 0
