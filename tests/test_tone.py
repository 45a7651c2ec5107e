"""Tone towards an actor."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

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
