"""Voices: who is speaking, for every character."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest
from conftest import layer_of
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.annotate import VOICES, attributions, furniture, quotations
from framelens.annotate.words import word_offsets
from framelens.measure import terms
from framelens.measure.cuts import rule_of
from framelens.measure.terms import counted, read_words

voices = partial(layer_of, "voices")
marked_voices = partial(layer_of, "marked_voices")
TEXT = st.text(alphabet='“”" ab.,A\n(–', min_size=1).map(lambda text: text + "x")
SAID = "The mayor said on Monday that the bridge is safe. It opened in May."


def articles_of_text(*texts):
    names = [chr(ord("a") + place) for place in range(len(texts))]
    return pd.DataFrame({"article": names, "text": list(texts)}, dtype=object)


def attributed(*pieces, article="a"):
    """Invent attributions: annotation, role, start, end, depth."""
    columns = ["annotation", "role", "start", "end", "depth"]
    return pd.DataFrame(pieces, columns=columns).assign(article=article)


def told(articles, **options):
    """Give each stretch's voice and text."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    return [
        (one.voice, texts[one.article][one.start : one.end])
        for one in voices(articles, **options).itertuples()
    ]


@st.composite
def invented(draw):
    """Articles, and attributions that overlap, stand in one another, in any order."""
    articles = articles_of_text(*draw(st.lists(TEXT, min_size=1, max_size=3)))
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, len(articles) - 1))
        length = len(articles["text"][place])
        first, after = sorted(draw(st.tuples(*[st.integers(0, length)] * 2)))
        rows.append(
            (
                articles["article"][place],
                draw(st.sampled_from(["a1", "a2", "a3"])),
                draw(st.sampled_from(["content", "content", "cue", "source"])),
                first,
                after,
                draw(st.integers(0, 2)),
            )
        )
    columns = ["article", "annotation", "role", "start", "end", "depth"]
    return articles, pd.DataFrame(rows, columns=columns)


def character_by_character(articles, said):
    """Say the voice of each character, the slow and plain way."""
    found = []
    for article in articles["article"]:
        mine = said[said["article"].eq(article) & said["depth"].eq(0)]
        indirect = set()
        for _, pieces in mine.groupby("annotation"):
            content, other = set(), set()
            for one in pieces.itertuples():
                chosen = content if one.role == "content" else other
                chosen.update(range(one.start, one.end))
            indirect |= content - other
        alone = marked_voices(articles[articles["article"].eq(article)])
        marked = every_character(alone)
        found += [
            voice if voice != "rest" else "indirect" if place in indirect else "own"
            for place, voice in enumerate(marked)
        ]
    return found


def every_character(table):
    return [one.voice for one in table.itertuples() for _ in range(one.start, one.end)]


@given(invented())
def test_every_character_has_one_voice(given_):
    articles, said = given_
    table = voices(articles, attributions=said)
    assert every_character(table) == character_by_character(articles, said)
    for article, text in zip(articles["article"], articles["text"], strict=True):
        mine = table[table["article"].eq(article)]
        assert mine["start"].tolist() == [0, *mine["end"].tolist()[:-1]]
        assert mine["end"].iloc[-1] == len(text)
        assert set(mine["voice"]) <= set(VOICES)


@given(invented(), st.randoms())
def test_the_order_of_the_pieces_does_not_matter(given_, random):
    articles, said = given_
    order = list(range(len(said)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        voices(articles, attributions=said),
        voices(articles, attributions=said.iloc[order]),
    )


@settings(max_examples=25)
@given(invented())
def test_words_by_voice_add_up_to_the_words(given_):
    articles, said = given_
    table = voices(articles, attributions=said, furniture=furniture(articles).iloc[:0])
    read = read_words(articles, rule_of(table))
    assert counted(read, 1).totals["n"].sum() == sum(
        len(word_offsets(text)) for text in articles["text"]
    )


def test_words_by_voice_add_up_in_the_shipped_articles(shipped):
    table = voices(shipped)
    assert set(table["voice"]) == set(VOICES)
    texts = dict(zip(shipped["article"], shipped["text"], strict=True))
    for article, mine in table.groupby("article"):
        pieces = zip(mine["start"], mine["end"], strict=True)
        assert "".join(texts[article][a:b] for a, b in pieces) == texts[article]
    whole = counted(read_words(shipped, rule_of(None)), 1)
    everything = whole.totals.groupby("article")["n"].sum()
    beside = terms(shipped).totals.groupby("article")["n"].sum()
    aside = furniture(shipped)
    starts = {one.article: [] for one in aside.itertuples()}
    for one in aside.itertuples():
        starts[one.article].append((one.start, one.end))
    left_out = {
        article: sum(
            any(a <= start < b for a, b in starts.get(article, []))
            for start, _ in word_offsets(texts[article])
        )
        for article in shipped["article"]
    }
    assert (beside + pd.Series(left_out)).to_dict() == everything.to_dict()


def test_what_is_said_in_the_outlets_words_is_indirect():
    articles = articles_of_text(SAID)
    assert told(articles) == [
        ("own", "The mayor said on Monday "),
        ("indirect", "that the bridge is safe"),
        ("own", ". It opened in May."),
    ]


def test_direct_speech_keeps_its_marks_and_wins_over_the_attribution():
    text = 'The plan is "a disgrace" to all, she said.'
    said = attributed(("a1", "content", 0, 31, 0), ("a1", "cue", 37, 41, 0))
    assert told(articles_of_text(text), attributions=said) == [
        ("indirect", "The plan is "),
        ("direct", '"a disgrace"'),
        ("indirect", " to all"),
        ("own", ", she said."),
    ]


def test_an_edge_inside_a_quotation_does_not_cut_it():
    text = 'She said: "We go home now."'
    said = attributed(("a1", "content", 14, 22, 0))
    assert told(articles_of_text(text), attributions=said) == [
        ("own", "She said: "),
        ("direct", '"We go home now."'),
    ]


def test_its_own_cue_and_source_stay_own_and_another_ones_do_not():
    text = "The dam will, she said, break, as he wrote."
    own = attributed(("a1", "content", 0, 29, 0), ("a1", "cue", 18, 22, 0))
    assert told(articles_of_text(text), attributions=own) == [
        ("indirect", "The dam will, she "),
        ("own", "said"),
        ("indirect", ", break"),
        ("own", ", as he wrote."),
    ]
    other = own.assign(annotation=["a1", "a2"])
    assert told(articles_of_text(text), attributions=other)[0] == (
        "indirect",
        "The dam will, she said, break",
    )


def test_nested_ones_take_the_voice_around_them():
    text = "He wrote that she denied that it rained."
    said = attributed(
        ("a2", "content", 25, 39, 1),
        ("a2", "cue", 18, 24, 1),
        ("a1", "content", 9, 39, 0),
        ("a1", "cue", 3, 8, 0),
    )
    assert told(articles_of_text(text), attributions=said) == [
        ("own", "He wrote "),
        ("indirect", "that she denied that it rained"),
        ("own", "."),
    ]


def test_a_scare_quote_keeps_the_voice_around_it():
    articles = articles_of_text('Their "experts" left.')
    assert told(articles) == [("own", 'Their "experts" left.')]
    said = attributed(("a1", "content", 0, 20, 0))
    assert told(articles, attributions=said)[0] == (
        "indirect",
        'Their "experts" left',
    )


def test_speech_is_direct_and_a_scare_quote_is_not():
    articles = articles_of_text('Their "experts" left. "We go," she said.')
    assert ("direct", '"We go,"') in told(articles)
    assert [voice for voice, _ in told(articles)].count("direct") == 1


def test_furniture_wins_over_a_quotation_in_it():
    text = "“We go,” she said at length.\n\n“We go,” she said at length."
    found = marked_voices(articles_of_text(text))["voice"].tolist()
    assert found == ["direct", "rest", "furniture"]


def test_a_correction_by_hand_is_taken():
    articles = articles_of_text('Their "experts" left.')
    by_hand = quotations(articles).assign(kind="speech")
    assert "direct" in set(voices(articles, quotations=by_hand)["voice"])
    articles = articles_of_text(SAID)
    found = attributions(articles)
    assert "indirect" in set(voices(articles, attributions=found)["voice"])
    dropped = voices(articles, attributions=found.iloc[:0])
    assert dropped["voice"].tolist() == ["own"]


def test_pieces_of_other_articles_are_passed_over():
    said = attributed(("a1", "content", 0, 900, 0), article="elsewhere")
    assert told(articles_of_text("One."), attributions=said) == [("own", "One.")]


def test_nothing_given_is_changed():
    articles = articles_of_text(SAID)
    said = attributed(("a1", "content", 25, 48, 0))
    before = articles.copy(), said.copy()
    voices(articles, attributions=said)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(said, before[1])


@pytest.mark.parametrize("texts", [(), ("",), ("", "One.", "")])
def test_no_article_and_no_text(texts):
    articles = articles_of_text(*texts)
    table = voices(articles)
    assert table["voice"].tolist() == ["own"] * sum(map(bool, texts))


def test_time_grows_with_the_pieces_and_no_faster():
    """40,000 contents over one another in one text: a second, not an hour."""
    text = "word " * 40_000
    rows = [("a1", "content", place, len(text), 0) for place in range(40_000)]
    table = voices(articles_of_text(text), attributions=attributed(*rows))
    assert table["voice"].tolist() == ["indirect"]
