"""Lines that an outlet prints in many articles."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import InputError
from framelens.align import boilerplate
from framelens.annotate.spans import SPAN_COLUMNS

LINE = "Subscribe to the Daily today, and pay for nothing."
NAME = "The Daily, Reddin."
FOOTER = (
    "Write to us with your story of the valley and we will read it before all else."
)
TOLD = [
    "The old dam above Reddin broke on Monday night.",
    "A choir of children will sing in Luse.",
    "It has rained in the valley for nine days.",
    "Critics call the minister a friend of bankers.",
    "Two boats sank in the harbour of Port Orr.",
]


def articles_of(texts, *, outlet="Daily", events=None):
    return pd.DataFrame(
        {
            "article": [f"a{n}" for n in range(len(texts))],
            "outlet": outlet,
            "event": events,
            "text": texts,
        },
        dtype=object,
    )


def cut(table, found):
    texts = dict(zip(table["article"], table["text"], strict=True))
    rows = zip(found["article"], found["start"], found["end"], strict=True)
    return [texts[article][start:end] for article, start, end in rows]


def test_a_closing_line_of_three_articles():
    table = articles_of([f"{told}\n\n{LINE}" for told in TOLD[:3]])
    found = boilerplate(table)
    assert list(found.columns) == [*SPAN_COLUMNS, "kind"]
    assert cut(table, found) == [LINE] * 3
    assert set(found["kind"]) == {"closing"}
    assert found["annotation"].tolist() == ["a0:b1", "a1:b1", "a2:b1"]
    assert boilerplate(table.iloc[:2]).empty


def test_two_closing_lines_one_before_the_other():
    table = articles_of([f"{told}\n{LINE}\n{FOOTER}" for told in TOLD[:3]])
    assert cut(table, boilerplate(table)) == [LINE, FOOTER] * 3


def test_versions_of_one_article_are_no_boilerplate():
    texts = [f"{TOLD[4]}\n{told}\n{LINE}" for told in TOLD[:3]]
    assert boilerplate(articles_of(texts)).empty


def test_what_ends_the_articles_of_one_event_is_no_boilerplate():
    texts = [f"{told}\n{LINE}" for told in TOLD[:3]]
    assert boilerplate(articles_of(texts, events=["dam"] * 3)).empty
    assert len(boilerplate(articles_of(texts, events=["dam", "dam", "choir"]))) == 3
    assert len(boilerplate(articles_of(texts, events=["dam", "dam", None]))) == 3


def test_a_last_line_of_several_outlets_is_no_boilerplate():
    table = articles_of([f"{told}\n{LINE}" for told in TOLD[:3]])
    table["outlet"] = ["Daily", "Herald", "Post"]
    assert boilerplate(table).empty


def test_a_short_last_line_and_a_rare_one_are_left_as_they_are():
    assert boilerplate(articles_of([f"{told}\n{NAME}" for told in TOLD[:3]])).empty
    many = [f"{TOLD[n % 5]} It was day {n}." for n in range(13)]
    table = articles_of([*many, *(f"{told}\n{LINE}" for told in TOLD[:3])])
    assert boilerplate(table).empty
    assert len(boilerplate(table, share=0.1)) == 3


def test_words_in_the_middle_of_five_articles():
    table = articles_of([f"{told} {FOOTER} And so on." for told in TOLD])
    found = boilerplate(table)
    assert set(found["kind"]) == {"frequent"}
    assert cut(table, found) == [FOOTER.rstrip(".") + ". And so on"] * 5
    assert boilerplate(table.iloc[:4]).empty


def test_a_sentence_of_one_event_is_no_boilerplate():
    texts = [f"{told} {FOOTER} It was day {n}." for n, told in enumerate(TOLD)]
    assert boilerplate(articles_of(texts, events=["dam"] * 5)).empty
    assert (
        len(boilerplate(articles_of(texts, events=["dam", "choir", *["x"] * 3]))) == 5
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(TOLD), st.lists(st.sampled_from([LINE, FOOTER]))),
        max_size=9,
    ),
    st.randoms(),
)
def test_spans_lie_in_the_text_apart_and_whatever_the_order(parts, random):
    table = articles_of(["\n".join([told, *lines]) for told, lines in parts])
    found = boilerplate(table)
    sizes = dict(zip(table["article"], table["text"].str.len(), strict=True))
    for article, mine in found.groupby("article"):
        ends = [0, *mine["end"].tolist()]
        assert all(a <= b for a, b in zip(ends, mine["start"], strict=False))
        assert ends[-1] <= sizes[article]
    order = random.sample(range(len(table)), len(table))
    back = boilerplate(table.iloc[order]).sort_values(
        ["article", "start"], ignore_index=True
    )
    pd.testing.assert_frame_equal(back, found)


@pytest.mark.parametrize("wrong", [0, 1.1, True, "half"])
def test_a_share_that_is_none(wrong):
    with pytest.raises(InputError, match="above 0 and at most 1") as caught:
        boilerplate(articles_of(TOLD), share=wrong)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("texts", [[], [""], ["\n", "\n", "\n"], [LINE]])
def test_nothing_to_find(texts):
    assert boilerplate(articles_of(texts)).empty


def test_input_is_left_alone():
    table = articles_of([f"{told}\n{LINE}" for told in TOLD])
    before = table.copy()
    boilerplate(table)
    pd.testing.assert_frame_equal(table, before)
