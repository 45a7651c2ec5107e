"""Blended words: what judges inside indirect speech."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest
from conftest import layer_of
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.annotate import BLENDED_KINDS, SPAN_COLUMNS, quotations
from framelens.annotate.spans import spans_frame

voices = partial(layer_of, "voices")


def blended_words(articles, *, attributions, **given):
    """Blend by given attributions, and the voices that follow from them."""
    divided = voices(articles, attributions=attributions)
    given = {"voices": divided, "attributions": attributions, **given}
    return layer_of("blended_words", articles, **given)


TEXT = (
    "The so-called study is old. Lake said that the so-called study, allegedly the "
    "work of “experts” and a shameful farce, was read. It was not."
)
CONTENT = (
    "that the so-called study, allegedly the work of “experts” and a shameful farce"
)


def table(text: str) -> pd.DataFrame:
    return pd.DataFrame({"article": ["a"], "text": [text]}, dtype=object)


def marked(text: str, **pieces: list[str]) -> pd.DataFrame:
    """One attribution for each content, with the cue and the source of its number."""
    rows = []
    for role, some in pieces.items():
        for number, one in enumerate(some, start=1):
            start = text.index(one)
            rows.append(("a", start, start + len(one), f"a:a{number}", role, 0))
    named = spans_frame(
        [(*row[:4], *row[4:]) for row in rows],
        layer="attribution",
        role="",
        extra=["piece", "depth"],
    )
    return named.assign(role=named["piece"], kind="indirect").drop(columns="piece")


def loaded(text: str, *words: str) -> pd.DataFrame:
    rows = [("a", text.index(one), text.index(one) + len(one), "a:l1") for one in words]
    return spans_frame(rows, layer="loaded", role="word")


def found(text: str, attributions: pd.DataFrame, words: pd.DataFrame) -> list[tuple]:
    articles = table(text)
    marks = quotations(articles)
    scare = marks.assign(kind=marks["kind"].where(marks["start"].eq(0), "scare"))
    spans = blended_words(
        articles,
        voices=voices(articles, quotations=scare, attributions=attributions),
        attributions=attributions,
        loaded_words=words,
    )
    return [
        (text[start:end], kind, attribution)
        for start, end, kind, attribution in zip(
            spans["start"],
            spans["end"],
            spans["kind"],
            spans["attribution"],
            strict=True,
        )
    ]


SAID = marked(TEXT, content=[CONTENT], cue=["said"], source=["Lake"])
NO_WORDS = loaded(TEXT)


def test_each_kind_is_found_inside_indirect_speech_only():
    assert found(TEXT, SAID, loaded(TEXT, "shameful", "old")) == [
        ("so-called", "distancing", "a:a1"),
        ("allegedly", "distancing", "a:a1"),
        ("experts", "scare", "a:a1"),
        ("shameful", "loaded", "a:a1"),
    ]


def test_one_word_has_a_row_for_each_kind():
    words = loaded(TEXT[30:], "so-called").assign(
        start=lambda one: one["start"] + 30, end=lambda one: one["end"] + 30
    )
    both = [one[:2] for one in found(TEXT, SAID, words)]
    assert both.count(("so-called", "loaded")) == 1
    assert both.count(("so-called", "distancing")) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that the alleged thief ran", ["alleged"]),
        ("that the river is supposed to rise", []),
        ("that the mayor has alleged that it rains", []),
        ("the supposedly safe bridge and the self-styled guard", None),
        ("that Purported “friends” came", ["Purported", "friends"]),
    ],
)
def test_what_holds_at_a_distance(content, expected):
    text = f"Lake said {content}."
    told = marked(text, content=[content], cue=["said"], source=["Lake"])
    expected = ["supposedly", "self-styled"] if expected is None else expected
    assert [one[0] for one in found(text, told, NO_WORDS)] == expected


def test_a_cue_inside_is_what_somebody_did_but_an_adverb_holds_at_a_distance():
    text = "Lake said Hill alleged fraud and allegedly ran."
    told = marked(
        text, content=["Hill alleged fraud and allegedly ran", "fraud"], cue=["said"]
    )
    inner = marked(text, cue=["alleged", "allegedly"]).assign(depth=1)
    told = pd.concat([told.iloc[[0, 2]], inner], ignore_index=True)
    assert [one[0] for one in found(text, told, NO_WORDS)] == ["allegedly"]


def test_direct_speech_is_the_speakers():
    text = "“The so-called study is old,” said Lake."
    told = marked(text, content=["“The so-called study is old,”"], cue=["said"])
    assert found(text, told, loaded(text, "old")) == []


def test_an_indirect_voice_without_an_attribution_has_none():
    articles = table(TEXT)
    told = voices(articles, attributions=SAID)
    by_hand = told.assign(voice="indirect")
    spans = blended_words(
        articles, voices=by_hand, loaded_words=loaded(TEXT, "old"), attributions=SAID
    )
    assert spans["attribution"].isna().tolist() == [True, True, False, False, False]
    assert spans["annotation"].tolist() == [f"a:b{number}" for number in range(1, 6)]


def test_a_scare_quotation_is_found_by_itself():
    text = (
        "According to Lake, it was raised again on Monday with the “experts” of a firm."
    )
    content = "it was raised again on Monday with the “experts” of a firm"
    told = marked(text, content=[content], cue=["According to"], source=["Lake"])
    assert quotations(table(text))["kind"].tolist() == ["scare"]
    spans = blended_words(table(text), attributions=told, loaded_words=NO_WORDS)
    assert spans["kind"].tolist() == ["scare"]


def test_overlapping_contents_give_one_that_holds_the_word():
    text = "Lake said that it rains and the alleged thief ran."
    contents = ["that it rains and the alleged thief ran", "rains", "ran"]
    assert found(text, marked(text, content=contents), NO_WORDS) == [
        ("alleged", "distancing", "a:a1")
    ]


def test_a_quotation_that_is_the_whole_content_is_what_was_said():
    text = "Lake called it “late”."
    told = marked(text, content=["“late”"], cue=["called"], source=["Lake"])
    assert found(text, told, NO_WORDS) == []


@given(st.lists(st.sampled_from([*TEXT.split(), "“", "”", "Lake", "said"])))
@settings(max_examples=40, deadline=None)
def test_the_law_every_span_stands_inside_one_indirect_stretch(words):
    text = " ".join(words) + " x"
    halves = pd.DataFrame(
        {
            "article": "a",
            "role": "content",
            "annotation": ["a:a1"],
            "start": 0,
            "end": len(text) // 2,
            "depth": 0,
            "kind": "indirect",
        }
    )
    articles = table(text)
    spans = blended_words(articles, attributions=halves, loaded_words=loaded(text, "x"))
    told = voices(articles, attributions=halves)
    told = told[told["voice"].eq("indirect")]
    assert spans.columns.tolist() == [*SPAN_COLUMNS, "kind", "attribution"]
    assert spans["kind"].isin(BLENDED_KINDS).all()
    for start, end in zip(spans["start"], spans["end"], strict=True):
        assert ((told["start"] <= start) & (start < end) & (end <= told["end"])).any()


def test_nothing_given_changes():
    articles, told, words = table(TEXT), SAID.copy(), loaded(TEXT, "old")
    divided = voices(articles, attributions=told)
    given_tables = [articles, told, words, divided]
    before = [one.copy() for one in given_tables]
    blended_words(articles, voices=divided, loaded_words=words, attributions=told)
    for one, same in zip(given_tables, before, strict=True):
        pd.testing.assert_frame_equal(one, same)


def test_with_the_reader_nothing_is_blended_where_nobody_speaks():
    articles = table("The shameful bridge opened. It is long.")
    assert layer_of("blended_words", articles).empty
