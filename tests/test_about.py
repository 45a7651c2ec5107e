"""A filter by topic whose denominator is told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError
from framelens.read.about import about, parsed

TEXTS = [
    "A drone fell near Luse. The U.S. sent two more drones.",
    "Tell us what fell. Bread is dear.",
    "DRONE STRIKE near Luse, the minister’s office said.",
    "The drone’s pilot left. Strike over, says Nato.",
    "Nothing fell.",
]
OUTLETS = ["Daily", "Daily", "Herald", "Herald", None]


def corpus(texts=TEXTS, outlets=OUTLETS):
    names = [f"a{place}" for place in range(len(texts))]
    return pd.DataFrame({"article": names, "outlet": outlets, "text": texts})


def found(query):
    return about(corpus(), query).articles["article"].tolist()


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("drone", ["a0", "a2", "a3"]),
        ("drones", ["a0"]),
        ("drone*", ["a0", "a2", "a3"]),
        ("dron", []),
        ("drone strike", ["a2"]),
        ('"Drone Strike"', ["a2"]),
        ("“drone strike”", ["a2"]),
        ("drone AND bread", []),
        ("drone AND Luse", ["a0", "a2"]),
        ("bread OR drone AND Nato", ["a1", "a3"]),
        ("US", ["a0"]),
        ("U.S.", ["a0"]),
        ("us", ["a1"]),
        ("NATO", ["a3"]),
        ("minister's office", ["a2"]),
        ("left strike", []),
        ("dear.", ["a1"]),
    ],
)
def test_queries_by_hand(query, articles):
    assert found(query) == articles


def test_the_sentence_by_hand():
    kept = about(corpus(), "drone OR drones")
    assert kept.sentence == (
        "3 of 5 articles mention “drone” or “drones”: "
        "1 of 2 in Daily, 2 of 2 in Herald, 0 of 1 without an outlet."
    )
    assert repr(kept) == f"About({kept.sentence})"
    assert "mention “drone” or “drones”" in kept._repr_html_()
    mixed = about(corpus(), "bread OR drone AND Nato").sentence
    assert "mention “bread”, or “drone” and “Nato”:" in mixed


def test_without_outlets_and_with_many():
    bare = about(corpus().drop(columns="outlet"), "drone")
    assert bare.sentence == "3 of 5 articles mention “drone”. No outlet is stated."
    many = corpus(["A drone."] * 12, [f"Outlet {place:02}" for place in range(12)])
    sentence = about(many, "drone").sentence
    assert sentence.startswith("12 of 12 articles mention “drone”: 1 of 1 in Outlet 00")
    assert sentence.endswith("1 of 1 in Outlet 07, 4 of 4 in 4 more.")
    assert about(corpus(["x"], ["Daily"]), "y").sentence.startswith("0 of 1 article ")


def test_places_are_the_texts_at_their_offsets():
    kept = about(corpus(), "drone* OR US")
    texts = dict(zip(corpus()["article"], corpus()["text"], strict=True))
    for row in kept.places.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
    assert kept.places["text"].tolist() == [
        "drone",
        "U.S.",
        "drones",
        "DRONE",
        "drone",
    ]
    assert kept.places["term"].tolist() == ["drone*", "US", *["drone*"] * 3]


@given(
    st.lists(
        st.tuples(
            st.text("ab dU.S", max_size=12), st.sampled_from(["Daily", "Herald", None])
        ),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from(["a", "b OR a", "a AND b", "US", "ab d", "a* AND d"]),
)
def test_denominators_add_up_and_order_changes_nothing(rows, query):
    texts, outlets = zip(*rows, strict=True)
    table = corpus(list(texts), list(outlets))
    kept, back = about(table, query), about(table.iloc[::-1], query)
    assert kept.counts["of"].sum() == len(table)
    assert kept.counts["articles"].sum() == len(kept.articles)
    assert kept.counts["share"].between(0, 1).all()
    assert set(kept.articles["article"]) == set(back.articles["article"])
    pd.testing.assert_frame_equal(kept.counts, back.counts)
    assert set(kept.places["article"]) == set(kept.articles["article"])


@given(st.sampled_from(TEXTS), st.sampled_from(["drone", "us", "strike", "fell"]))
def test_or_is_the_union_and_and_the_intersection(text, word):
    table = corpus([text], ["Daily"])

    def has(query):
        return len(about(table, query).articles) == 1

    assert has(f"{word} OR bread") == (has(word) or has("bread"))
    assert has(f"{word} AND bread") == (has(word) and has("bread"))


@given(st.text(max_size=20))
def test_every_query_is_read_or_refused_in_one_line(query):
    try:
        terms = parsed(query)
    except InputError as error:
        terms, told = [], str(error)
    else:
        told = "read"
    assert told
    assert len(told.splitlines()) == 1
    assert all(term.written for every in terms for term in every)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", "holds no word"),
        (" ", "holds no word"),
        ('"drone', "quotation mark without its partner"),
        ("drone OR", "no word on one side"),
        ("AND drone", "no word on one side"),
        ("drone or drones", "has 'or' among its words"),
        ("drone NOT strike", "has 'NOT' among its words"),
        ("(drone OR raid)", "bracket or bar"),
        ('"air raid" drone', "beside other words"),
        ("*", "which is no word"),
        ("dr*ne", "which is no word"),
        ("—", "which is no word"),
        (7, "a query is text"),
    ],
)
def test_what_cannot_be_read_is_refused(query, wrong):
    with pytest.raises(InputError, match=wrong) as caught:
        about(corpus(), query)
    assert "\n" not in str(caught.value)


def test_a_column_that_is_absent_is_named():
    with pytest.raises(ColumnError, match="text"):
        about(corpus().drop(columns="text"), "drone")


def test_input_is_left_alone():
    table = corpus()
    before = table.copy()
    about(table, "drone*")
    pd.testing.assert_frame_equal(table, before)


def test_hostile_names_are_escaped():
    table = corpus(["A drone."], ["<script>alert(1)</script>"])
    assert "<script" not in about(table, "drone")._repr_html_()


def test_acronyms_do_not_end_inside_longer_ones():
    table = corpus(["The U.S.A. team", "the U.S.", "USA", "US-led"], ["Daily"] * 4)
    assert about(table, "US").articles["article"].tolist() == ["a1", "a3"]
    assert about(table, "USA").articles["article"].tolist() == ["a0", "a2"]
