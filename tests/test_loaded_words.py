"""Loaded words."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

from framelens._checks import MissingPartError
from framelens.annotate import (
    attributions,
    loaded_sentences,
    loaded_words,
    recent,
    sentences,
)
from framelens.annotate.attribution_model import least_loaded

TEXT = (
    "The radical mob's outrageous, shameful tantrum disgusted decent people. "
    "The council meets on Tuesday at ten."
)
ARTICLES = pd.DataFrame({"article": ["a"], "text": [TEXT]})


def test_loaded_words_stand_in_the_loaded_sentence():
    found = loaded_words(ARTICLES)
    words = [TEXT[a:b] for a, b in zip(found["start"], found["end"], strict=True)]
    assert {"outrageous", "shameful"} <= set(words)
    assert found["end"].max() < TEXT.index("The council")
    assert found["probability"].between(0, 1).all()


def test_the_loaded_sentence_is_likelier():
    found = loaded_sentences(ARTICLES, sentences(ARTICLES))
    loud, plain = found["probability"].tolist()
    assert loud > 0.5 > plain


def test_without_the_head_one_sentence_says_so(monkeypatch):

    module = sys.modules["framelens.annotate.tone"]
    monkeypatch.setattr(module, "load_head", lambda: None)
    with pytest.raises(MissingPartError, match="is not installed"):
        loaded_words(ARTICLES)


def test_the_bound_is_a_probability():
    assert 0 < least_loaded() < 1


def test_everything_else_works_without_the_head(monkeypatch):
    text = "The mayor said that it rains."
    articles = pd.DataFrame({"article": ["a"], "text": [text]})
    whole = attributions(articles)
    recent.clear()
    monkeypatch.setattr(sys.modules["framelens.annotate.one_pass"], "load_head", bool)
    pd.testing.assert_frame_equal(attributions(articles), whole)
    assert len(whole) == 3
