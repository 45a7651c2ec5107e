"""Voices in the article view: marked with and without colour, their speakers named."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from framelens._checks import ColumnError
from framelens.show import article_view, with_speakers
from framelens.show.marking import MEANINGS, STYLES

TEXT = "DAM, May 3 – Ada Bell said that it leaks. “It does not,” said Tom Roe."
INDIRECT = (TEXT.index("that"), TEXT.index(". “"))
DIRECT = (TEXT.index("“"), TEXT.index("”") + 1)
ARTICLES = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [TEXT]})


@pytest.fixture
def voices():
    edges = [0, 13, *INDIRECT, *DIRECT, len(TEXT)]
    names = ["furniture", "own", "indirect", "own", "direct", "own"]
    places = list(pairwise(edges))
    table = pd.DataFrame(places, columns=["start", "end"])
    return table.assign(article="a", layer="voice", voice=names)


@pytest.fixture
def told():
    rows = [(13, INDIRECT[1], 0, "Ada Bell"), (DIRECT[0], len(TEXT) - 1, 0, None)]
    rows.append((INDIRECT[0] + 5, INDIRECT[1], 1, "somebody inside"))
    columns = ["start", "end", "depth", "speaker"]
    return pd.DataFrame(rows, columns=columns).assign(article="a")


def test_own_words_are_the_ground_and_named_in_the_legend(voices):
    view = article_view(ARTICLES, "a", spans=voices)
    assert "⟦indirect 1: that it leaks⟧. ⟦direct 1: “It does not,”⟧ said" in view.text
    assert "⟦own" not in view.text
    words = view.table.groupby("kind")["words"].sum()
    assert words[["own", "direct", "indirect"]].tolist() == [6, 3, 3]
    assert "<b>own</b> 6 words left without a mark" in view.html
    assert view.html.count("3 words, marked in 1 place") == 3  # furniture too
    assert view.table["kind"].tolist().count("own") == 3
    assert all(MEANINGS[kind] in view.html for kind in view.table["kind"].unique())


def test_the_legend_begins_with_those_who_are_heard(voices):
    html = article_view(ARTICLES, "a", spans=voices).html
    places = [html.index(f"⟦{kind}⟧") for kind in ("direct", "indirect", "furniture")]
    assert places == sorted(places)
    assert html.index("<b>own</b>") > places[-1]


def test_voices_differ_without_colour():
    lines = [STYLES[voice][1] for voice in ("direct", "indirect", "furniture")]
    kinds = [line.split("#")[0] for line in lines]
    assert len(set(kinds)) == 3


def test_speakers_are_named_beside_their_words(voices, told):
    spans = with_speakers(voices, told)
    view = article_view(ARTICLES, "a", spans=spans)
    assert "⟦indirect 1, Ada Bell: that it leaks⟧" in view.text
    assert "⟦direct 1: “It does not,”⟧" in view.text


def test_the_outermost_attribution_is_credited(voices, told):
    found = with_speakers(voices, told).set_index("voice")["speaker"]
    assert found["indirect"] == "Ada Bell"
    assert found["direct"] is None
    assert found["own"].isna().all()
    inner = with_speakers(voices, told[told["depth"] == 1])
    assert inner["speaker"].tolist()[2] == "somebody inside"


def test_a_long_or_hostile_name_stays_text_on_one_line(voices, told):
    payload = "<script>alert(1)</script>\n" + 9 * "long name "
    html = article_view(
        ARTICLES, "a", spans=with_speakers(voices, told.assign(speaker=payload))
    ).html
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; long" in html
    assert 9 * "long name " not in html


def test_without_voices_or_attributions_nothing_is_credited(voices, told):
    assert with_speakers(voices, told.iloc[:0])["speaker"].isna().all()
    assert with_speakers(voices.iloc[:0], told).empty
    ledger = told.drop(columns="depth")
    assert with_speakers(voices, ledger)["speaker"].notna().sum() == 1


def test_missing_columns_are_named(voices, told):
    with pytest.raises(ColumnError, match="'voice'"):
        with_speakers(voices.drop(columns="voice"), told)
    with pytest.raises(ColumnError, match="'speaker'"):
        with_speakers(voices, told.drop(columns="speaker"))


def test_input_is_left_alone(voices, told):
    before, ledger = voices.copy(), told.copy()
    article_view(ARTICLES, "a", spans=with_speakers(voices, told))
    pd.testing.assert_frame_equal(voices, before)
    pd.testing.assert_frame_equal(told, ledger)
