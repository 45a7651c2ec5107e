"""Terms: words and sequences of words, by voice."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError
from framelens.annotate import voices as mark_voices
from framelens.annotate.words import WORD, counted_form
from framelens.measure import MEASURES, combine, terms
from framelens.measure.terms import occurrences

TEXT = "DAILY, Paris: “Talks will end,” he said. Talks will end."


def articles_of_texts(*texts, outlet="Daily"):
    return pd.DataFrame(
        {
            "article": [f"a{row}" for row in range(len(texts))],
            "outlet": outlet,
            "event": "e",
            "text": list(texts),
        }
    )


def spans(*rows):
    return pd.DataFrame(rows, columns=["article", "start", "end", "voice"])


ARTICLE = articles_of_texts(TEXT)
VOICES = spans(
    ("a0", 0, 14, "furniture"),
    ("a0", 14, 31, "direct"),
    ("a0", 31, len(TEXT), "rest"),
)
SENTENCES = spans(("a0", 0, 40, ""), ("a0", 41, len(TEXT), ""))


def table_of(counts):
    rows = counts.counts[["voice", "item", "k"]]
    return [tuple(row) for row in rows.itertuples(index=False)]


def test_words_are_counted_by_voice_and_furniture_is_left_out():
    counts = terms(ARTICLE, voices=VOICES)
    assert table_of(counts) == [
        ("direct", "end", 1),
        ("direct", "talks", 1),
        ("direct", "will", 1),
        ("rest", "end", 1),
        ("rest", "he", 1),
        ("rest", "said", 1),
        ("rest", "talks", 1),
        ("rest", "will", 1),
    ]
    totals = counts.totals.set_index("voice")["n"]
    assert totals.to_dict() == {"direct": 3, "rest": 5}
    assert counts.unit == "words"


def test_pairs_stay_inside_a_sentence_and_a_voice():
    counts = terms(ARTICLE, order=2, voices=VOICES, sentences=SENTENCES)
    assert table_of(counts) == [
        ("direct", "talks will", 1),
        ("direct", "will end", 1),
        ("rest", "he said", 1),
        ("rest", "talks will", 1),
        ("rest", "will end", 1),
    ]
    assert counts.totals.set_index("voice")["n"].to_dict() == {"direct": 2, "rest": 3}


def test_a_sequence_does_not_jump_over_another_voice():
    text = "They say “no deal” again today"
    voices = spans(
        ("a0", 0, 9, "rest"), ("a0", 9, 18, "direct"), ("a0", 18, 30, "rest")
    )
    whole = spans(("a0", 0, 30, ""))
    counts = terms(articles_of_texts(text), order=2, voices=voices, sentences=whole)
    rest = counts.counts[counts.counts["voice"].eq("rest")]
    assert rest["item"].tolist() == ["again today", "they say"]


def test_a_word_belongs_to_the_voice_in_which_it_starts():
    voices = spans(("a0", 0, 3, "rest"), ("a0", 3, 10, "direct"))
    counts = terms(articles_of_texts("straddling"), voices=voices)
    assert table_of(counts) == [("rest", "straddling", 1)]


def test_what_stands_in_no_voice_is_not_counted():
    counts = terms(articles_of_texts("one two"), voices=spans(("a0", 4, 7, "rest")))
    assert table_of(counts) == [("rest", "two", 1)]


def test_spellings_become_one_item():
    text = "Iran’s U.S. US us IRAN"
    counts = terms(articles_of_texts(text), voices=spans(("a0", 0, 22, "rest")))
    # a word of up to five capitals is an acronym, and keeps them
    assert table_of(counts) == [
        ("rest", "IRAN", 1),
        ("rest", "US", 2),
        ("rest", "iran", 1),
        ("rest", "us", 1),
    ]


def test_occurrences_give_the_text_itself():
    found = occurrences(ARTICLE, "Talks Will", voices=VOICES, sentences=SENTENCES)
    assert found["text"].tolist() == ["Talks will", "Talks will"]
    assert found["voice"].tolist() == ["direct", "rest"]
    direct = occurrences(ARTICLE, "talks", voice="direct", voices=VOICES)
    assert direct[["start", "end"]].to_numpy().tolist() == [[15, 20]]


def test_a_word_that_is_not_there_occurs_nowhere():
    found = occurrences(ARTICLE, "zeppelin", voices=VOICES)
    assert found.empty
    assert found.columns.tolist() == [
        "article", "outlet", "voice", "start", "end", "text",
    ]  # fmt: skip
    assert occurrences(ARTICLE, "", voices=VOICES).empty


def test_counts_find_their_evidence_in_the_voices_they_were_given():
    counts = terms(ARTICLE, voices=VOICES)
    assert len(counts.find(ARTICLE, "talks", voice=None)) == 2


def test_voices_are_found_where_none_are_given():
    table = articles_of_texts("“Talks will end,” he said.", "He said that it rained.")
    counts = terms(table)
    totals = counts.totals.set_index(["article", "voice"])["n"]
    assert totals.to_dict() == {
        ("a0", "direct"): 3,
        ("a0", "own"): 2,
        ("a1", "indirect"): 3,
        ("a1", "own"): 2,
    }
    assert counts.find(table, "rained")["voice"].tolist() == ["indirect"]
    given_ = terms(table, voices=mark_voices(table))
    pd.testing.assert_frame_equal(given_.counts, counts.counts)


def test_with_the_marks_alone_own_and_indirect_are_one_voice(shipped):
    table = articles_of_texts("“Talks will end,” he said.")
    counts = terms(table, voices="marks")
    assert counts.totals.set_index("voice")["n"].to_dict() == {"direct": 3, "rest": 2}
    assert counts.find(table, "said")["voice"].tolist() == ["rest"]
    told = terms(shipped).totals.replace({"own": "rest", "indirect": "rest"})
    keys = ["article", "voice"]
    marked = terms(shipped, voices="marks").totals.groupby(keys)["n"].sum()
    assert told.groupby(keys)["n"].sum().to_dict() == marked.to_dict()


def test_empty_and_wordless_texts_count_nothing():
    counts = terms(articles_of_texts("", "…"), voices=spans(("a1", 0, 1, "rest")))
    assert counts.counts.empty
    assert counts.totals.empty
    assert terms(articles_of_texts("x"), voices=spans()).counts.empty
    none = terms(
        articles_of_texts("", "one"), order=2, voices=spans(("a1", 0, 3, "rest")),
        sentences=spans(("a1", 0, 3, "")),
    )  # fmt: skip
    assert none.totals.empty


@pytest.mark.parametrize("order", [0, -1, 1.5, "2", True])
def test_order_is_a_whole_number_from_one(order):
    with pytest.raises(InputError, match="order must be a whole number"):
        terms(ARTICLE, order=order, voices=VOICES)


def test_a_missing_column_is_named():
    with pytest.raises(ColumnError, match="'voice'"):
        terms(ARTICLE, voices=VOICES.drop(columns="voice"))


def test_input_is_left_alone():
    article, voices = ARTICLE.copy(), VOICES.copy()
    terms(article, voices=voices)
    pd.testing.assert_frame_equal(article, ARTICLE)
    pd.testing.assert_frame_equal(voices, VOICES)


def test_terms_are_registered():
    assert MEASURES["terms"] is terms


word = st.sampled_from(["deal", "war", "US", "U.N.", "don't", "Ça", "x", "3,5", "—"])
texts = st.lists(
    st.lists(word, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4
)
cuts = st.lists(st.integers(0, 40), min_size=2, max_size=2)


def cut_up(articles, cut):
    """A partition of each text into three voices, and sentences of two words or so."""
    rows, whole = [], []
    for article, text in zip(articles["article"], articles["text"], strict=True):
        edges = [0, *sorted(min(one, len(text)) for one in cut), len(text)]
        for voice, start, end in zip(
            ["rest", "direct", "rest"], edges, edges[1:], strict=False
        ):
            rows.append((article, start, end, voice))
        middle = text.find(" ") + 1
        whole += [(article, 0, middle, ""), (article, middle, len(text), "")]
    return spans(*rows), spans(*whole)


def by_hand(articles, voices, sentences, order):
    """Count again, one article and one stretch at a time."""
    found = Counter()
    for article, text in zip(articles["article"], articles["text"], strict=True):
        starts = [match.span() for match in WORD.finditer(text)]
        for first in range(len(starts) - order + 1):
            run = starts[first : first + order]
            places = set()
            for spans_of in (voices, sentences if order > 1 else voices):
                own = spans_of[spans_of["article"].eq(article)]
                places.add(
                    tuple(
                        tuple(own.index[own["start"].le(at) & own["end"].gt(at)])
                        for at, _ in run
                    )
                )
            if all(len(set(place)) == 1 and place[0] for place in places):
                stretch = next(iter(voices.index[
                    voices["article"].eq(article) & voices["start"].le(run[0][0])
                    & voices["end"].gt(run[0][0])
                ]))  # fmt: skip
                item = " ".join(counted_form(text[a:b]) for a, b in run)
                found[article, voices["voice"][stretch], item] += 1
    return found


@given(texts, cuts, st.integers(1, 3))
def test_counts_equal_a_count_by_hand_and_their_occurrences(lines, cut, order):
    articles = articles_of_texts(*lines)
    voices, sentences = cut_up(articles, cut)
    counts = terms(articles, order=order, voices=voices, sentences=sentences)
    keys = counts.counts[["article", "voice", "item"]].itertuples(
        index=False, name=None
    )
    got = dict(zip(keys, counts.counts["k"], strict=True))
    assert got == dict(by_hand(articles, voices, sentences, order))
    summed = counts.counts.groupby(["article", "voice"])["k"].sum()
    totals = counts.totals.set_index(["article", "voice"])["n"]
    assert summed.to_dict() == totals.to_dict()
    text_of = dict(zip(articles["article"], articles["text"], strict=True))
    for item in counts.counts["item"].unique():
        places = counts.find(articles, item, voice=None)
        assert (
            len(places) == counts.counts.loc[counts.counts["item"].eq(item), "k"].sum()
        )
        for row in places.itertuples():
            assert text_of[row.article][row.start : row.end] == row.text


@given(texts, cuts, st.integers(1, 2))
def test_the_whole_is_the_sum_of_its_parts(lines, cut, order):
    articles = articles_of_texts(*lines)
    voices, sentences = cut_up(articles, cut)
    whole = terms(articles, order=order, voices=voices, sentences=sentences)
    parts = combine(
        terms(articles.iloc[[row]], order=order, voices=voices, sentences=sentences)
        for row in range(len(articles))
    )
    pd.testing.assert_frame_equal(whole.counts, parts.counts)
    pd.testing.assert_frame_equal(whole.totals, parts.totals)


def test_the_shipped_articles_add_up(shipped):
    counts = terms(shipped)
    assert not counts.totals["voice"].eq("furniture").any()
    summed = counts.counts.groupby(["article", "voice"])["k"].sum()
    assert (
        summed.to_dict() == counts.totals.set_index(["article", "voice"])["n"].to_dict()
    )
    for item in ("drones", "US", "illegitimate"):
        places = counts.find(shipped, item, voice=None)
        assert (
            len(places) == counts.counts.loc[counts.counts["item"].eq(item), "k"].sum()
        )
        assert set(places["text"].map(counted_form)) == {item}
