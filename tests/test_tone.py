"""Tone towards an actor."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.annotate import TONES, tone

TEXT = (
    "Critics tore Mr Hill's reckless plan apart. "
    "Voters adore Ms Lake for her courage. "
    "Mr Reed arrived on Monday."
)
ARTICLES = pd.DataFrame({"article": ["a"], "text": [TEXT]})


def spans(*names: str) -> pd.DataFrame:
    starts = [TEXT.index(name) for name in names]
    ends = [at + len(name) for at, name in zip(starts, names, strict=True)]
    return pd.DataFrame({"article": "a", "start": starts, "end": ends})


def test_plain_cases_are_told_apart():
    found = tone(ARTICLES, spans("Mr Hill", "Ms Lake", "Mr Reed"))
    assert found["tone"].tolist() == ["negative", "positive", "neutral"]


def test_probabilities_add_up_to_one():
    found = tone(ARTICLES, spans("Mr Hill", "Ms Lake"))
    assert np.allclose(found[list(TONES)].sum(axis=1), 1.0)
    assert found[list(TONES)].to_numpy().min() >= 0.0


def test_order_and_own_columns_are_kept():
    given = spans("Ms Lake", "Mr Hill").assign(note=["x", "y"])
    given.index = [7, 3]
    before = given.copy()
    found = tone(ARTICLES, given)
    assert found["note"].tolist() == ["x", "y"]
    assert found.index.tolist() == [7, 3]
    pd.testing.assert_frame_equal(given, before)


def test_a_span_without_words_is_missing():
    given = pd.DataFrame({"article": ["a"], "start": [4], "end": [4]})
    found = tone(ARTICLES, given)
    assert found["tone"].isna().all()
    assert found["negative"].isna().all()


def test_no_spans_give_no_rows():
    found = tone(ARTICLES, spans())
    assert len(found) == 0
    assert {"negative", "neutral", "positive", "tone"} <= set(found.columns)


def test_mistakes_are_told():
    with pytest.raises(ColumnError, match="spans needs column 'end'"):
        tone(ARTICLES, pd.DataFrame({"article": ["a"], "start": [0]}))
    with pytest.raises(UnknownNameError, match="no article 'b'"):
        tone(ARTICLES, spans("Mr Hill").assign(article="b"))
    with pytest.raises(InputError, match="no stretch of article"):
        tone(ARTICLES, spans("Mr Hill").assign(end=10_000))


# Counted by actor


def counted(text):
    articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    counts = fl.tone(articles)
    return counts, counts.counts.set_index(["voice", "item"])["k"].to_dict()


def test_mentions_are_counted_by_actor_and_tone():
    text = (
        "Critics tore Adam Hill's reckless plan apart. Voters adore Eve Lake for her "
        "courage. Bob Reed arrived on Monday."
    )
    counts, found = counted(text)
    assert {item for _, item in found} == {
        "Adam Hill: negative",
        "Eve Lake: positive",
        "Bob Reed: neutral",
    }
    assert counts.totals["n"].sum() == 3
    assert counts.evidence("Eve Lake: positive")["text"].tolist() == ["Eve Lake"]


def test_the_voice_is_that_of_the_mention():
    text = "“The reckless plan of Adam Hill is a disgrace,” said Eve Lake."
    _, found = counted(text)
    assert found[("direct", "Adam Hill: negative")] == 1
    assert ("own", "Eve Lake: neutral") in found


def test_states_are_meant_by_names_and_capitals_but_not_by_adjectives():
    counts, _ = counted("Moscow sent ships. French ships came to Russia.")
    actors = set(counts.counts["item"].str.partition(":")[0])
    assert "Russia" in actors
    assert not {"Moscow", "French", "France"} & actors
