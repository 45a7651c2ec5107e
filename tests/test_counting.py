"""The counting engine: the same as counting by hand, whatever the text."""

import sys
from collections import Counter
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from framelens.annotate import word_codes
from framelens.annotate.word_codes import words_of
from framelens.annotate.words import counted_form, word_offsets
from framelens.corpus import corpus_of
from framelens.measure import Counts
from framelens.measure.cuts import cuts, rule_of
from framelens.measure.sparse import Sparse, positions, sequences
from framelens.measure.terms import counted, counted_words, read_words, terms

# what the token pattern and its neighbours are about, beside any character there is
near = st.sampled_from(list("aZß9.,'’-_ \n\t\r\u00a0\u0301\u2028½²ʰªⅣ٣漢‿\u200d𝒳İ"))
texts = st.lists(
    st.text(st.one_of(near, st.characters(codec=None)), max_size=30), max_size=6
)


def forms_of(text):
    return [counted_form(text[start:end]) for start, end in word_offsets(text)]


@given(texts)
@settings(max_examples=300)
def test_words_are_those_of_the_token_pattern_for_any_character(written):
    words = words_of(written)
    assert words.names == sorted(set(words.names))
    found = [words.names[code] for code in words.code]
    for number, text in enumerate(written):
        assert found[words.edges[number] : words.edges[number + 1]] == forms_of(text)


@given(st.lists(st.text(st.sampled_from("abS“”‘’\"'([)].,;:!?…–— "), max_size=20)))
def test_marks_around_a_word_change_nothing(written):
    words = words_of(written)
    found = [words.names[code] for code in words.code]
    assert found == [form for text in written for form in forms_of(text)]


def test_every_character_is_taken_as_the_token_pattern_takes_it():
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    text = " ".join(f"a{one}b" for one in characters)
    words = words_of([text])
    assert [words.names[code] for code in words.code] == forms_of(text)


@given(texts, st.integers(1, 4))
def test_sequences_are_those_counted_by_hand(written, order):
    words = words_of(written)
    rows = np.arange(len(written)) // 2
    by_hand = Counter()
    for row, text in zip(rows.tolist(), written, strict=True):
        forms = forms_of(text)
        for place in range(len(forms) - order + 1):
            by_hand[" ".join(forms[place : place + order]), row] += 1
    counts = sequences(words, rows, order=order)
    names = counts.names().tolist()
    assert names == sorted(names)
    k = counts.k.tocoo()
    found = zip(k.row.tolist(), k.col.tolist(), k.data.tolist(), strict=True)
    assert {(names[item], row): n for item, row, n in found} == dict(by_hand)
    assert positions(words, order).sum() == sum(by_hand.values())


def test_batches_change_nothing(monkeypatch):
    rng = np.random.default_rng(0)
    written = [
        " ".join(f"w{word}" for word in rng.zipf(1.3, 300) % 5_000) for _ in range(40)
    ]
    whole = words_of(written)
    monkeypatch.setattr(word_codes, "BATCH", 3)
    monkeypatch.setattr(word_codes, "BATCH_BYTES", 2_000)
    parts = words_of(written)
    assert parts.names == whole.names
    np.testing.assert_array_equal(parts.code, whole.code)
    np.testing.assert_array_equal(parts.edges, whole.edges)


def test_pieces_of_several_words_are_taken_apart_wherever_they_stand():
    written = ["x".join(f"{one}y" for one in range(40)), "a—b—c a—b d—e", "a—b—c"]
    for given_again in (written, written * 3):
        words = words_of(given_again)
        found = [words.names[code] for code in words.code]
        assert found == [form for text in given_again for form in forms_of(text)]
        assert np.diff(words.edges)[1:3].tolist() == [7, 3]


def test_a_word_may_stand_more_often_than_16_bits_hold():
    counts = sequences(words_of(["no " * 70_000 + "yes"]), np.array([0]), order=1)
    assert counts.k.toarray().tolist() == [[70_000], [1]]


def test_nothing_is_nothing():
    for written in ([], [""], ["", " — "]):
        words = words_of(written)
        counts = sequences(words, np.zeros(len(written), int) - 1, order=2)
        assert counts.k.shape[0] == 0
        assert counts.names().empty


ARTICLES = pd.DataFrame(
    {
        "article": ["a", "b", "c"],
        "outlet": ["Daily", "Herald", None],
        "event": ["e", "e", None],
        "text": [
            "PARIS (Daily) – “Talks will end today, we hope,” he said. Talks end.",
            "Talks end.\n\nTalks fail!",
            "…",
        ],
    }
)


def count(articles, order=1):
    """Count whole texts, voices not told apart."""
    return counted(read_words(articles, rule_of(None)), order)


@given(texts, st.integers(1, 5))
def test_counting_batch_by_batch_changes_nothing(written, size):
    names = [f"a{number:04}" for number in range(len(written))]
    articles = pd.DataFrame({"article": names, "text": written}).assign(
        outlet="Daily", event="e"
    )
    half = [len(text) // 2 for text in written]
    voices = pd.concat(
        pd.DataFrame({"article": names, "start": a, "end": b, "voice": voice})
        for a, b, voice in (
            (0, half, "direct"),
            (half, [len(text) for text in written], "own"),
        )
    )
    for rule in (rule_of(None), rule_of(voices)):
        whole = counted(read_words(articles, rule), 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(import_module("framelens.measure.terms"), "BATCH", size)
            parts = counted_words(articles, rule)
        pd.testing.assert_frame_equal(parts.totals, whole.totals)
        pd.testing.assert_frame_equal(parts.counts, whole.counts)


def test_without_voices_everything_on_the_page_counts():
    counts = count(ARTICLES)
    assert counts.totals[["article", "voice", "n"]].to_numpy().tolist() == [
        ["a", "whole", 12],
        ["b", "whole", 4],
    ]
    assert "PARIS" in set(counts.counts["item"])
    assert "PARIS" not in set(terms(ARTICLES).counts["item"])


@pytest.mark.parametrize("dtype", ["str", "string[python]", object])
def test_texts_may_be_held_in_any_way(dtype):
    held = ARTICLES.astype({"text": dtype})
    pd.testing.assert_frame_equal(count(held).counts, count(ARTICLES).counts)


def test_pairs_stay_within_sentences():
    assert "end talks" in set(count(ARTICLES, 2).counts["item"])
    assert "end talks" not in set(terms(ARTICLES, order=2).counts["item"])


def test_articles_are_read_once_for_sequences_of_any_length():
    read = read_words(ARTICLES, rule_of(None))
    for order in (1, 2, 3):
        again = count(ARTICLES, order)
        pd.testing.assert_frame_equal(counted(read, order).counts, again.counts)
        pd.testing.assert_frame_equal(counted(read, order).totals, again.totals)


def test_articles_are_read_in_batches(monkeypatch, shipped):
    whole = terms(shipped)
    monkeypatch.setattr(sys.modules["framelens.measure.terms"], "BATCH", 2)
    parts = terms(shipped)
    pd.testing.assert_frame_equal(whole.counts, parts.counts)
    pd.testing.assert_frame_equal(whole.totals, parts.totals)


def test_a_word_more_often_than_a_byte_holds_in_a_later_batch(monkeypatch):
    times = [3, 255, 256, 1, 70_000, 2]
    texts = ["many " * k + "few" for k in times]
    table = pd.DataFrame({"article": list("abcdef"), "text": texts})
    corpus = corpus_of(table, marks_only=True).unmarked()
    monkeypatch.setattr(sys.modules["framelens.measure.terms"], "BATCH", 1)
    counts = terms(corpus).counts
    many = counts[counts["item"] == "many"].set_index("article")["k"]
    assert many.to_dict() == dict(zip("abcdef", times, strict=True))
    assert counts["k"].sum() == sum(times) + len(times)


def test_counts_are_the_same_as_integers_and_as_a_table():
    held = terms(ARTICLES)
    given = held.counts, held.totals, "terms", "words", held.find, held.corpus
    table = Counts(*given)
    assert (held.sparse.k != table.sparse.k).nnz == 0
    assert held.sparse.names().tolist() == table.sparse.names().tolist()
    assert repr(held) == repr(table)
    assert held._repr_html_() == table._repr_html_()
    with pytest.raises(AttributeError, match="nothing"):
        held.nothing  # noqa: B018


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), max_size=9))
def test_sums_are_those_of_the_matrix(rows):
    matrix = np.array(rows, dtype=np.int64).reshape(-1, 4)
    matrix = matrix[matrix.any(axis=1)]
    parts = np.arange(len(matrix), dtype=np.int32)[None]
    some = np.array([True, False, True, False])
    sparse = Sparse(csr_array(matrix), [], parts)
    assert sparse.sums().tolist() == matrix.sum(axis=1).tolist()
    assert sparse.sums(some).tolist() == matrix[:, some].sum(axis=1).tolist()


def test_weights_of_articles_give_a_resample():
    sparse = count(ARTICLES).sparse
    weights = np.array([[2.0, 0.0], [1.0, 3.0]], dtype=np.float32)
    assert isinstance(sparse.k, csc_array)
    by_hand = sparse.k.toarray() @ weights
    np.testing.assert_array_equal(sparse.k.astype(np.float32) @ weights, by_hand)


any_place = st.integers(0, 30)
spans = st.lists(st.tuples(any_place, any_place), max_size=6)


@given(st.text(st.sampled_from("ab.,'- “\n9"), max_size=30), spans)
def test_a_word_stands_in_the_stretch_in_which_it_starts(text, places):
    rows = [("a", start, end, "rest") for start, end in places]
    voices = pd.DataFrame(rows, columns=["article", "start", "end", "voice"])
    found = cuts(["a"], [text], rule_of(voices))
    got = [
        (begin + start, begin + end)
        for begin, cut in zip(found.start.tolist(), found.texts, strict=True)
        for start, end in word_offsets(cut)
    ]
    inside = []
    for start, end in word_offsets(text):
        before = sorted((a, b) for a, b in places if a <= start)
        if before and start < before[-1][1]:  # the span that began last decides
            inside.append((start, end))
    assert got == inside


@given(st.text(st.sampled_from("aAsSkKß.'’ \u212aİ"), max_size=20))
def test_every_word_is_found_again(text):
    articles = pd.DataFrame({"article": ["a"], "outlet": ["D"], "text": [text]})
    counts = terms(corpus_of(articles, marks_only=True))
    for item, k in zip(counts.counts["item"], counts.counts["k"], strict=True):
        assert len(counts.evidence(item)) == k
