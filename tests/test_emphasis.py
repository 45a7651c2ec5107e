"""What articles open with, and where things first stand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import InputError, UnknownNameError
from framelens.annotate import VOICES
from framelens.corpus import corpus_of
from framelens.measure import combine, emphasis, terms
from framelens.show import openings

TEXT = (
    "REDDIN (Daily) – “The dam held,” said Orr. Rain fell for two days.\n\n"
    "A view of the dam. AFP\n\n“We were lucky,” she said, and two men agreed at once."
)
"""21 words beside furniture, 6 of them in quotation marks."""


def articles_of(*texts, outlet="Daily"):
    names = [f"{outlet[0].lower()}{place}" for place in range(len(texts))]
    table = pd.DataFrame({"article": names, "text": list(texts)})
    return table.assign(outlet=outlet, event="dam")


@pytest.fixture(scope="module")
def found():
    return emphasis(corpus_of(articles_of(TEXT), marks_only=True))


words = st.lists(
    st.sampled_from(["dam", "rain", "“we go”,", "fell.", "\n\n"]), max_size=25
)
text = words.map(lambda parts: "Orr said " + " ".join(parts))


def test_openings_by_hand(found):
    table = found.table.set_index("part")
    assert table.index.tolist() == ["first 10 %", "first 25 %"]
    assert table["article_words"].tolist() == [21, 21]
    assert table["words"].tolist() == [3, 6]  # a tenth of 21 is 2.1 words: 3
    assert table["quoted_words"].tolist() == [3, 3]
    assert table["article_quoted_words"].tolist() == [6, 6]
    start, end = table.loc["first 10 %", ["start", "end"]]
    assert TEXT[start:end] == "“The dam held"
    start, end = table.loc["first 25 %", ["start", "end"]]
    assert TEXT[start:end] == "“The dam held,” said Orr. Rain"


def test_a_tenth_of_thirty_words_is_three():
    table = emphasis(articles_of(" ".join(["dam"] * 30))).table
    assert table["words"].tolist() == [3, 8]


def test_furniture_parts_an_opening_and_is_not_counted():
    spans = emphasis(articles_of(TEXT), shares=[1]).spans
    pieces = [TEXT[a:b] for a, b in zip(spans["start"], spans["end"], strict=True)]
    assert pieces == [
        "“The dam held,” said Orr. Rain fell for two days.",
        "“We were lucky,” she said, and two men agreed at once",
    ]
    assert spans["annotation"].unique().tolist() == ["d0:o100"]
    assert spans["part"].unique().tolist() == ["first 100 %"]


@settings(max_examples=20)
@given(st.lists(text, min_size=1, max_size=3), st.lists(text, min_size=1, max_size=3))
def test_the_whole_is_the_sum_of_its_parts(ours, theirs):
    a, b = articles_of(*ours), articles_of(*theirs, outlet="Herald")
    both = pd.concat([a, b], ignore_index=True)
    whole = emphasis(corpus_of(both, marks_only=True))
    parts = combine(emphasis(corpus_of(it, marks_only=True)) for it in (a, b))
    pd.testing.assert_frame_equal(whole.counts, parts.counts)
    pd.testing.assert_frame_equal(whole.totals, parts.totals)


@given(text, st.floats(0.01, 1), st.floats(0.01, 1))
def test_openings_grow_with_their_share_up_to_the_whole(one, first, second):
    shares = [first, second, 1]
    table = emphasis(corpus_of(articles_of(one), marks_only=True), shares=shares).table
    assert table["words"].is_monotonic_increasing
    assert table["end"].is_monotonic_increasing
    assert (table["words"] >= table["share"] * table["article_words"] - 1e-6).all()
    assert (table["words"] < table["share"] * table["article_words"] + 1).all()
    assert table["words"].iloc[-1] == table["article_words"].iloc[-1]
    assert table["quoted_words"].iloc[-1] == table["article_quoted_words"].iloc[-1]


def test_counts_are_words_by_voice(found):
    counts = found.counts.set_index(["item", "voice"])["k"].to_dict()
    assert counts == {
        ("first 10 %", "direct"): 3,
        ("first 25 %", "direct"): 3,
        ("first 25 %", "rest"): 3,
    }
    assert found.totals.set_index("voice")["n"].to_dict() == {
        "direct": 6,
        "rest": 15,
    }


def test_own_and_indirect_are_told_apart_where_no_voices_are_given(found):
    told = emphasis(articles_of(TEXT))
    assert set(told.totals["voice"]) <= set(VOICES) - {"furniture"}
    assert "direct" in set(told.totals["voice"])
    pd.testing.assert_frame_equal(told.table, found.table)


def test_evidence_holds_the_words_counted(found):
    places = found.evidence("first 25 %")
    assert places["text"].tolist() == ["“The dam held,”", "said Orr. Rain"]
    assert places["voice"].tolist() == ["direct", "rest"]
    for row in places.itertuples():
        assert TEXT[row.start : row.end] == row.text
    rest = found.evidence("first 25 %", voice="rest")
    pd.testing.assert_frame_equal(rest, places.iloc[[1]].reset_index(drop=True))


def test_another_measure_can_be_confined_to_the_opening(found):
    spans = found.spans[found.spans["part"].eq("first 25 %")]
    inside = terms(found.corpus, within=spans).counts
    assert sorted(inside["item"]) == ["dam", "held", "orr", "rain", "said", "the"]
    assert inside["k"].sum() == 6


def test_articles_without_a_word_have_no_opening():
    found = emphasis(articles_of("***", "One dam."))
    assert found.table["article"].unique().tolist() == ["d1"]
    assert emphasis(articles_of("***")).table.empty
    assert openings(emphasis(articles_of("***"))).html


@pytest.mark.parametrize("shares", [[], [0], [1.5], [0.1, -1], [float("nan")]])
def test_shares_that_are_none_are_refused(shares):
    with pytest.raises(InputError, match="shares are above 0 and at most 1"):
        emphasis(articles_of(TEXT), shares=shares)


def test_errors_name_what_is_there(found):
    with pytest.raises(UnknownNameError, match="first 10 %"):
        found.evidence("first 11 %")


def test_input_is_left_alone():
    table = articles_of(TEXT)
    before = table.copy()
    emphasis(table)
    pd.testing.assert_frame_equal(table, before)


def test_openings_stand_side_by_side_with_marks_where_they_end(found):
    view = openings(found)
    assert "“The dam held,” <small><b>⟦end of the first 10 %⟧</b></small>" in view.html
    assert "first 25 %: 6 words, 3 of them in quotation marks" in view.html
    assert "AFP" not in view.html
    assert view.html == openings(articles_of(TEXT)).html
    assert "⟦end of the first 25 %⟧" in repr(view)


def test_openings_keep_the_stops_between_voices():
    text = "Ada Orr said that the dam held. Nobody saw the crack. " + 9 * "It rained. "
    view = openings(emphasis(articles_of(text), shares=[0.5]))
    assert "said that the dam held. Nobody saw" in view.html
    assert view.html.count('<p dir="auto">') == 1


def test_hostile_text_is_escaped():
    table = articles_of("<script>alert(1)</script> and more", outlet="<b>Daily</b>")
    html = openings(table).html
    assert "<script" not in html
    assert "<b>Daily" not in html


def test_the_shipped_pair_opens_with_other_voices(shipped):
    pair = emphasis(shipped[shipped["article"].isin(["000", "001"])]).table
    quoted = pair[pair["part"] == "first 10 %"].set_index("article")["quoted_words"]
    assert quoted["000"] == 0
    assert quoted["001"] > 0


def test_the_caption_of_one_article_is_no_plural():
    one = pd.DataFrame({"article": ["a"], "text": ["It rained all day."]})
    assert emphasis(one).caption.startswith("What 1 article opens with")
    assert "of its words" in emphasis(one).caption
