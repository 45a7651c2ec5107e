import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError
from framelens.annotate import VOICES, furniture, quotations, voices


def articles_of_text(text):
    return pd.DataFrame({"article": ["a"], "text": [text]})


@given(st.text(alphabet='“”" ab.,A\n(–', min_size=1))
def test_every_character_has_one_voice(text):
    articles = articles_of_text(text + "x")
    table = voices(articles)
    place = 0
    for start, end, voice in table[["start", "end", "voice"]].itertuples(index=False):
        assert start == place < end
        assert voice in VOICES
        place = end
    assert place == len(text) + 1


def test_speech_is_direct_and_a_scare_quote_is_not():
    text = 'Their "experts" left. "We go," she said.'
    table = voices(articles_of_text(text))
    direct = table[table["voice"].eq("direct")]
    assert [text[s:e] for s, e in zip(direct["start"], direct["end"], strict=True)] == [
        '"We go,"'
    ]


def test_furniture_wins_over_a_quotation_in_it():
    text = "“We go,” she said at length.\n\n“We go,” she said at length."
    table = voices(articles_of_text(text))
    assert table["voice"].tolist() == ["direct", "rest", "furniture"]


def test_a_correction_by_hand_is_taken():
    articles = articles_of_text('Their "experts" left.')
    by_hand = quotations(articles).assign(kind="speech")
    assert "direct" in set(voices(articles, quotations=by_hand)["voice"])


def test_a_table_without_its_columns_is_named():
    articles = articles_of_text("One.")
    with pytest.raises(ColumnError, match="'kind'"):
        voices(articles, quotations=furniture(articles).drop(columns="kind"))
