"""Statements against a record of what was said: only there is anything cut."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import InputError
from framelens.align import statements
from framelens.corpus import corpus_of

QUOTED = '"The old ferry will never leave the northern quay again," Ann Orr said.'
REPORTED = (
    "Ann Orr warned that the old ferry would never leave the northern quay again."
)
PARTLY = "The ferry would “never leave the northern quay again”, Ann Orr vowed."
TRANSCRIPT = (
    "ORR: The old ferry will never leave the northern quay again. Its boiler burst in "
    "March. Nobody has paid for another boiler since."
)
NOBODY = pd.DataFrame(columns=["article", "content", "speaker"])


def table(*texts, **columns):
    rows = {"article": [f"a{n}" for n in range(len(texts))], "text": list(texts)}
    outlets = [f"Outlet {n}" for n in range(len(texts))]
    return pd.DataFrame({**rows, "outlet": outlets, **columns})


def against(articles, reference=TRANSCRIPT):
    corpus = corpus_of(articles, marks_only=True).correct(ledger=NOBODY)
    return statements(corpus, reference=reference)


def changes(*texts):
    rows = against(table(*texts)).changes
    rows = rows[["article", "type", "text", "reference_text"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in rows.values
    ]


def test_against_a_reference_words_are_cut_and_reworded():
    text = '"The ferry will never quit the northern quay again, alas," Ann Orr said.'
    assert changes(text) == [
        ("a0", "cut", None, "old"),
        ("a0", "reworded", "quit", "leave"),
        ("a0", "not in reference", "alas", None),
    ]
    result = against(table(text))
    voices = result.groups.set_index("article")["voice"].to_dict()
    assert voices == {"a0": "direct", "reference": "reference"}
    summary = "1 printing compared with the reference: 1 cut, 1 reworded"
    assert summary in result.caption


def test_a_sentence_left_out_of_one_quotation_is_cut():
    text = (
        '"The old ferry will never leave the northern quay again. Nobody has paid for '
        'another boiler since," Ann Orr said.'
    )
    assert changes(text) == [("a0", "cut", None, "Its boiler burst in March")]


def test_statements_in_another_order_than_in_the_reference_are_named():
    text = (
        '"Nobody has paid for another boiler since," Ann Orr said.\n\nThe hall fell '
        'silent.\n\n"The old ferry will never leave the northern quay again," she said.'
    )
    assert [kind for _, kind, *_ in changes(text)] == ["order", "order"]


def test_a_printing_as_in_the_reference_has_no_change():
    result = against(table(QUOTED))
    assert result.changes.empty
    assert "no difference" in result.caption


def test_who_speaks_is_nothing_that_a_printing_adds_to_the_record():
    said = "The old ferry will never leave the northern quay again"
    more = "its boiler burst in March and nobody has paid for another boiler since."
    text = f"“{said},” Mayor Lena Orr said at a conference. She added that {more}"
    added = text.replace("leave", "sadly leave")
    rows = against(table(text, added), f"ORR: {said}. I{more[1:]}").changes
    assert rows[["article", "text"]].to_numpy().tolist() == [["a1", "sadly"]]


def test_a_reference_is_for_its_event_where_it_names_one():
    articles = table(QUOTED, QUOTED, event=["one", "two"])
    record = pd.DataFrame({"article": ["r"], "text": [TRANSCRIPT], "event": ["two"]})
    assert against(articles, record).groups["article"].tolist() == ["a1", "r"]


def test_a_reference_may_be_a_file_and_is_left_alone(tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text(TRANSCRIPT, encoding="utf-8")
    assert against(table(QUOTED), path).checked == 1
    record = pd.DataFrame({"article": ["r"], "text": [TRANSCRIPT]})
    before = record.copy(deep=True)
    against(table(QUOTED), record)
    pd.testing.assert_frame_equal(record, before)


def test_many_printings_of_a_record_make_one_group_each_of_its_sentences():
    sentences = [
        "The old ferry will never leave the northern quay again",
        "Nineteen broken lamps were counted along the southern pier",
        "Nobody has paid for another boiler since March",
    ]
    text = "\n\nRain fell.\n\n".join(f"“{one},” Ann Orr said." for one in sentences)
    articles = table(*[text] * 120, outlet=["Daily"] * 120)
    result = against(articles, ". ".join(sentences))
    sizes = result.groups.groupby("group")["article"].nunique()
    assert sizes.tolist() == [121, 121, 121]
    assert result.checked == 360


TEXTS = st.lists(
    st.sampled_from(
        [QUOTED, REPORTED, PARTLY, f"Rain fell.\n\n{QUOTED}\n\nThen {PARTLY}"]
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=10)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter_and_every_slice_is_the_text(
    texts, random
):
    articles = table(*texts)
    there = against(articles)
    back = against(articles.iloc[random.sample(range(len(texts)), len(texts))])
    pd.testing.assert_frame_equal(there.groups, back.groups)
    pd.testing.assert_frame_equal(there.changes, back.changes)
    known = dict(zip(articles["article"], articles["text"], strict=True))
    for row in there.changes.itertuples():
        if not pd.isna(row.start):
            assert known[row.article][row.start : row.end] == row.text
        if not pd.isna(row.reference_start):
            span = slice(row.reference_start, row.reference_end)
            assert TRANSCRIPT[span] == row.reference_text


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (" \n", "holds no words"),
        ("speech.txt", "looks like a file"),
        (Path("nowhere") / "speech.txt", "speech.txt"),
        (pd.DataFrame({"article": ["a0"], "text": ["We go."]}), "name of an article"),
    ],
)
def test_a_reference_that_is_none_is_refused_in_a_line(reference, message):
    with pytest.raises(InputError, match=message) as caught:
        against(table(QUOTED), reference)
    assert "\n" not in str(caught.value)
