"""Terms: words and sequences of words, by voice."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.annotate.words import WORD, counted_form
from framelens.corpus import corpus_of
from framelens.measure import combine, terms
from framelens.measure.cuts import rule_of
from framelens.measure.terms import counted, read_words

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


def count(articles, voices, sentences=None, order=1):
    """Count in any spans, whatever voices a corpus would have."""
    return counted(read_words(articles, rule_of(voices, sentences)), order)


def table_of(counts):
    rows = counts.counts[["voice", "item", "k"]]
    return [tuple(row) for row in rows.itertuples(index=False)]


def test_words_are_counted_by_voice_and_furniture_is_left_out():
    counts = count(ARTICLE, VOICES)
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
    counts = count(ARTICLE, VOICES, SENTENCES, order=2)
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
    counts = count(articles_of_texts(text), voices, whole, order=2)
    rest = counts.counts[counts.counts["voice"].eq("rest")]
    assert rest["item"].tolist() == ["again today", "they say"]


def test_a_word_belongs_to_the_voice_in_which_it_starts():
    voices = spans(("a0", 0, 3, "rest"), ("a0", 3, 10, "direct"))
    counts = count(articles_of_texts("straddling"), voices)
    assert table_of(counts) == [("rest", "straddling", 1)]


def test_what_stands_in_no_voice_is_not_counted():
    counts = count(articles_of_texts("one two"), spans(("a0", 4, 7, "rest")))
    assert table_of(counts) == [("rest", "two", 1)]


def test_spellings_become_one_item():
    text = "Iran’s U.S. US us IRAN"
    counts = count(articles_of_texts(text), spans(("a0", 0, 22, "rest")))
    # a word of up to five capitals is an acronym, and keeps them
    assert table_of(counts) == [
        ("rest", "IRAN", 1),
        ("rest", "US", 2),
        ("rest", "iran", 1),
        ("rest", "us", 1),
    ]


def corpus(*texts, **options):
    return corpus_of(articles_of_texts(*texts), **options)


def test_evidence_is_the_text_itself():
    counts = terms(corpus(TEXT, marks_only=True), order=2)
    found = counts.evidence("Talks Will")
    assert found.columns.tolist() == [
        "article", "outlet", "voice", "start", "end", "text",
    ]  # fmt: skip
    assert found["text"].tolist() == ["Talks will", "Talks will"]
    assert found["voice"].tolist() == ["direct", "rest"]
    direct = counts.evidence("talks will", voice="direct")
    assert direct[["start", "end"]].to_numpy().tolist() == [[15, 25]]
    with pytest.raises(UnknownNameError, match="zeppelin"):
        counts.evidence("zeppelin will")


def test_voices_are_those_of_the_corpus():
    texts = ("“Talks will end,” he said.", "He said that it rained.")
    counts = terms(corpus(*texts))
    totals = counts.totals.set_index(["article", "voice"])["n"]
    assert totals.to_dict() == {
        ("a0", "direct"): 3,
        ("a0", "own"): 2,
        ("a1", "indirect"): 3,
        ("a1", "own"): 2,
    }
    assert counts.evidence("rained")["voice"].tolist() == ["indirect"]


def test_with_the_marks_alone_own_and_indirect_are_one_voice(shipped):
    counts = terms(corpus("“Talks will end,” he said.", marks_only=True))
    assert counts.totals.set_index("voice")["n"].to_dict() == {"direct": 3, "rest": 2}
    assert counts.evidence("said")["voice"].tolist() == ["rest"]
    totals = terms(shipped).totals.replace({"own": "rest", "indirect": "rest"})
    keys = ["article", "voice"]
    marked = terms(corpus_of(shipped, marks_only=True)).totals
    marked = marked.groupby(keys)["n"].sum().to_dict()
    assert totals.groupby(keys)["n"].sum().to_dict() == marked


def test_corrected_furniture_is_counted():
    whole = corpus("PARIS (Daily) – Talks end.", marks_only=True)
    assert terms(whole).totals["n"].tolist() == [2]
    corrected = whole.correct(furniture=whole.furniture.iloc[:0])
    assert terms(corrected).totals["n"].tolist() == [4]


def test_counts_can_be_confined_to_spans():
    within = pd.DataFrame({"article": "a0", "start": [14, 34], "end": [26, 40]})
    counts = terms(corpus(TEXT, marks_only=True), within=within)
    assert table_of(counts) == [
        ("direct", "talks", 1),
        ("direct", "will", 1),
        ("rest", "said", 1),
    ]
    assert counts.evidence("talks")["start"].tolist() == [15]
    with pytest.raises(ColumnError, match="'end'"):
        terms(ARTICLE, within=within.drop(columns="end"))


def test_empty_and_wordless_texts_count_nothing():
    counts = count(articles_of_texts("", "…"), spans(("a1", 0, 1, "rest")))
    assert counts.counts.empty
    assert counts.totals.empty
    assert count(articles_of_texts("x"), spans()).counts.empty
    none = count(
        articles_of_texts("", "one"), spans(("a1", 0, 3, "rest")),
        spans(("a1", 0, 3, "")), order=2,
    )  # fmt: skip
    assert none.totals.empty


@pytest.mark.parametrize("order", [0, -1, 1.5, "2", True])
def test_order_is_a_whole_number_from_one(order):
    with pytest.raises(InputError, match="order must be a whole number"):
        terms(ARTICLE, order=order)


def test_input_is_left_alone():
    article, voices = ARTICLE.copy(), VOICES.copy()
    terms(article)
    count(article, voices)
    pd.testing.assert_frame_equal(article, ARTICLE)
    pd.testing.assert_frame_equal(voices, VOICES)


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
    counts = count(articles, voices, sentences, order=order)
    keys = counts.counts[["article", "voice", "item"]].itertuples(
        index=False, name=None
    )
    got = dict(zip(keys, counts.counts["k"], strict=True))
    assert got == dict(by_hand(articles, voices, sentences, order))
    summed = counts.counts.groupby(["article", "voice"])["k"].sum()
    totals = counts.totals.set_index(["article", "voice"])["n"]
    assert summed.to_dict() == totals.to_dict()


quoted = texts.map(lambda lines: [f"“{line}” {line[::-1]} x" for line in lines])


@given(quoted, st.integers(0, 20), st.integers(0, 20))
def test_evidence_has_as_many_places_as_are_counted(lines, start, end):
    within = pd.DataFrame({"article": ["a0", "a1"], "start": start, "end": end})
    whole = corpus(*lines, marks_only=True)
    for counts in (terms(whole), terms(whole, within=within)):
        for item, k in counts.counts.groupby("item")["k"].sum().items():
            found = counts.evidence(item)
            assert len(found) == k
            for row in found.itertuples():
                text = lines[int(row.article[1:])]
                assert text[row.start : row.end] == row.text
                assert counted_form(row.text) == item


@given(texts, cuts, st.integers(1, 2))
def test_the_whole_is_the_sum_of_its_parts(lines, cut, order):
    articles = articles_of_texts(*lines)
    voices, sentences = cut_up(articles, cut)
    whole = count(articles, voices, sentences, order=order)
    parts = combine(
        count(articles.iloc[[row]], voices, sentences, order=order)
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
        places = counts.evidence(item)
        k = counts.counts.loc[counts.counts["item"].eq(item), "k"].sum()
        assert len(places) == k
        assert set(places["text"].map(counted_form)) == {item}
