import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framelens as fl
from framelens.annotate.words import counted_form, word_offsets


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The U.S.-led talks", ["the", "US", "led", "talks"]),
        ("Iran's and Iran’s", ["iran", "and", "iran"]),
        ("us or the US or NATO", ["us", "or", "the", "US", "or", "NATO"]),
        ("2,000 km at 3.5%", ["2,000", "km", "at", "3.5"]),
        ("so-called experts don’t", ["so-called", "experts", "don't"]),
        ("TEHRAN said", ["tehran", "said"]),
        ("naïve cafe\u0301", ["naïve", "café"]),
        ("the govern\u00adment’s oﬃce", ["the", "government", "office"]),
        ("we didn‘t, anti\u2011war", ["we", "didn't", "anti-war"]),
        ("👍 … — “”", []),
    ],
)
def test_forms_that_are_counted(text, counted):
    assert [
        counted_form(text[start:end]) for start, end in word_offsets(text)
    ] == counted


@given(st.text())
def test_words_do_not_overlap_and_hold_no_space(text):
    place = 0
    for start, end in word_offsets(text):
        assert place <= start < end
        assert not any(character.isspace() for character in text[start:end])
        place = end


@given(st.text(), st.text())
def test_words_of_two_texts_are_those_of_both(one, other):
    joined = [(s + len(one) + 1, e + len(one) + 1) for s, e in word_offsets(other)]
    assert word_offsets(one + "\n" + other) == word_offsets(one) + joined


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True))
def test_a_possessive_counts_as_its_noun(word):
    assert counted_form(word + "'s") == counted_form(word + "’s") == counted_form(word)


def test_lines_in_capitals_and_hidden_characters_make_no_other_words():
    plain = "we never meet the government at noon, it didn't say"
    odd = "WE NEVER MEET THE govern\u00adment at noon, it didn‘t say"
    table = pd.DataFrame({"outlet": ["Post", "Shore"], "text": [plain, odd]})
    counts = fl.terms(fl.read_corpus(table, marks_only=True)).counts
    first, second = (
        dict(zip(part["item"], part["k"], strict=True))
        for _, part in counts.groupby("outlet")
    )
    assert first == second


SEEN_ALIKE = {
    "capitals": str.upper,
    "ligatures": lambda text: text.replace("ff", "ﬀ").replace("fi", "ﬁ"),
    "soft hyphens": lambda text: text.replace("harbour", "har\u00adbour"),
    "nothing as wide": lambda text: text.replace("planks", "pla\u200dnks\u200e"),
    "look-alikes": lambda text: text.replace("money", "mоnеy"),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "marks": lambda text: text.replace("’", "ʼ").replace("anti-", "anti\u2011"),
}


def test_statements_show_no_difference_that_nobody_can_see():
    said = (
        "The harbour office of Málaga will not find the money for the council’s "
        "new anti-flood planks before March, says Ina Roth."
    )
    texts = [said, *(change(said) for change in SEEN_ALIKE.values())]
    assert len(set(texts)) == len(texts)
    rows = [(f"P{n}", "shut", f"“{text}”") for n, text in enumerate(texts)]
    table = pd.DataFrame(rows, columns=["outlet", "event", "text"])
    found = fl.statements(fl.read_corpus(table, marks_only=True))
    assert len(found.table)
    assert found.differences.empty
