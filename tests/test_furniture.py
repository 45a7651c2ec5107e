import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate import furniture


def told(text):
    table = furniture(pd.DataFrame({"article": ["a"], "text": [text]}))
    return [
        (text[start:end], kind)
        for start, end, kind in table[["start", "end", "kind"]].itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date 2022-10-20 The dam held.", [("date 2022-10-20 ", "metadata")]),
        ("LIMA (Daily) – The dam held.", [("LIMA (Daily) – ", "dateline")]),
        ("LIMA- The dam held.", [("LIMA- ", "dateline")]),
        ("LIMA, May 3 (Daily) -- The dam", [("LIMA, May 3 (Daily) -- ", "dateline")]),
        ("NATO-led troops came.", []),
        ("US – so it seems – won.", []),
        ("The Minister, Ada Bell. AP", [("The Minister, Ada Bell. AP", "caption")]),
        ("It broke.\n\nAll rights reserved.", [("All rights reserved.", "licence")]),
        (
            "It broke. All of it is licensed under a licence.",
            [("All of it is licensed under a licence.", "licence")],
        ),
        (
            "The dam held for now.\n\nLIMA – The dam held for now.",
            [("LIMA – The dam held for now.", "repeated")],
        ),
        ("Yes.\n\nYes.", []),
    ],
)
def test_kinds(text, expected):
    assert told(text) == expected


def test_what_the_shipped_articles_hold(shipped):
    found = furniture(shipped)
    assert found[["article", "kind"]].values.tolist() == [
        ["000", "dateline"],
        ["000", "licence"],
        ["001", "metadata"],
        ["001", "caption"],
        ["003", "repeated"],
        ["003", "repeated"],
    ]


@given(st.text(alphabet="AB (–-a.\n©1"))
def test_pieces_are_in_order_and_do_not_overlap(text):
    table = furniture(pd.DataFrame({"article": ["a"], "text": [text + "x"]}))
    place = 0
    for start, end in table[["start", "end"]].itertuples(index=False):
        assert place <= start < end <= len(text) + 1
        place = end
