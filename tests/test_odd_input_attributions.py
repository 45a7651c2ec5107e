"""Odd input: no crash, nothing outside the text, no speaker that it does not name."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from conftest import layer_of
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.annotate import attributions
from framelens.annotate.blended_words import BLENDED_KINDS
from framelens.corpus import corpus_of

ODD = {
    "no quotation marks": (
        "The mayor, Jane Lake, said the bridge is safe. Paul Hill denied it.\n\n"
        "He told reporters that it is not. Reportedly, the river rose."
    ),
    "only marks": '“” " " «» ‘’ \'\' `` „“ \n\n “ ” """" ”“',
    "every word in marks": "“The” “bridge” “is” “safe” “.”",
    "unclosed marks": (
        "Jane Lake said: “The bridge is safe. It opened in May.\n\nPaul Hill said "
        '"it is not safe.\n\nThe river rose.'
    ),
    "marks inside marks": "“She said ‘he said “they said ‘no’”’,” Jane Lake said.",
    "all capitals": (
        "MAYOR JANE LAKE SAID THE BRIDGE IS SAFE. “IT IS NOT,” PAUL HILL SAID. THE "
        "RIVER ROSE."
    ),
    "questions and answers": (
        "Q: Will the bridge open?\n\nMR PRICE: It will. It is safe.\n\nQ: And the "
        "river?\n\nMR PRICE: The river rose. I have nothing to add.\n\nMS LAKE: I "
        "agree with him."
    ),
    "a transcript": (
        "QUESTION: Is it safe?\nPRICE: Yes.\nQUESTION: When?\nPRICE: In May.\n"
        "[Laughter]\nMODERATOR: Thank you."
    ),
    "tweets": (
        "The mayor wrote:\n\nThe bridge is SAFE!!! #bridge @lake https://t.co/abc\n\n"
        "— Jane Lake (@janelake) May 3, 2021\n\nRT @paulhill: No it is not 😡"
    ),
    "a list": (
        "What the mayor said:\n\n- The bridge is safe\n- The river rose\n* It opened "
        "in May\n1. It will close\n2) It may not\n• Paul Hill denied it"
    ),
    "no text": "",
    "a space": " ",
    "white space": "\n\t\r\n \u00a0\u2003\u200b\ufeff\n",
    "right to left": (
        "قال الوزير إن الجسر آمن. \u202b“الجسر آمن”\u202c قالت جين ليك. אמר השר: "
        '"הגשר בטוח".'
    ),
    "both directions": "Jane Lake said: “الجسر آمن”, and left. שלום she added.",
    "emoji": (
        "😀 said 😡. \U0001f469\u200d\U0001f692 told 👪 that 🌉 is “🔥”. Jane Lake 😀 "
        "said it is safe 🎉."
    ),
    "NUL": "\x00Jane Lake\x00 said\x00 that it\x00 is safe.\x00",
    "halves of characters": "Jane Lake said \ud800that it is safe\udfff. “\ud83d”",
    "no white space": "a" * 20_000 + " said that " + "b" * 20_000,
    "marks of all kinds": "?!?! ... ,,, --- ;;; ::: () [] {} “...” said ...",
    "numbers": "1 2 3 4,000 5.6 7% 8/9/2010 said 9.",
    "markup": "<p>Jane Lake <b>said</b> that <script>x('y')</script> it is safe.</p>",
    "empty lines": "\n" * 5_000 + "Jane Lake said it is safe." + "\n" * 5_000,
    "old line ends": "Jane Lake said it is safe.\r\rPaul Hill denied it.\r\n\r\n“No.”",
    "another script": "市长说桥很安全。“桥很安全”，李女士说。",
    "accents typed apart": "Jane Lake sa\u0301id that it is safe. " + "e\u0301" * 50,
    "nothing but cues": "said said said said. said, said: said “said” said. said",
    "a cue alone": "According to",
    "pronouns alone": "He said that she said that they denied that it said so.",
    "nobody named": "It was said that it fell. It is alleged that “it” did not. No.",
}

NAMELESS = [
    *("only marks", "no text", "a space", "white space", "every word in marks"),
    *("marks of all kinds", "numbers", "a cue alone", "another script"),
]


def table(*texts: str) -> pd.DataFrame:
    names = [f"{place:03}" for place in range(len(texts))]
    return pd.DataFrame({"article": names, "text": texts}, dtype=object)


def check_places(text: str, spans: pd.DataFrame) -> None:
    assert (spans["start"] >= 0).all()
    assert (spans["start"] < spans["end"]).all()
    assert (spans["end"] <= len(text)).all()


def check_voices(text: str, divided: pd.DataFrame) -> None:
    edges = [0, *divided["end"]]
    assert divided["start"].tolist() == edges[:-1]
    assert edges[-1] == len(text)


def check_speakers(text: str, told: pd.DataFrame) -> None:
    """Every speaker has words in the text, and stands behind some of them.

    Common nouns are written small, wherever they stand.
    """
    for speaker, surface in zip(told["speaker"], told["source_text"], strict=True):
        if pd.isna(speaker):
            continue
        assert surface is None or surface in text  # None: a rule says who speaks
        assert any(letter.isalpha() for letter in speaker)
        for word in re.findall(r"\w+", speaker):
            assert word.lower() in text.lower()


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read(name):
    text = ODD[name]
    articles = table(text)
    found = attributions(articles)
    check_places(text, found)
    check_voices(text, layer_of("voices", articles, attributions=found))
    told = corpus_of(articles).ledger
    check_speakers(text, told)
    check_speakers(text, corpus_of(articles, marks_only=True).ledger)
    blended = layer_of("blended_words", articles, attributions=found)
    check_places(text, blended)
    assert blended["kind"].isin(BLENDED_KINDS).all()


@pytest.mark.parametrize("name", NAMELESS)
def test_nobody_is_named_where_no_name_stands(name):
    articles = table(ODD[name])
    assert corpus_of(articles).ledger["speaker"].isna().all()
    assert corpus_of(articles, marks_only=True).ledger["speaker"].isna().all()


def test_a_text_without_attributions_has_no_speaker_and_one_voice():
    text = "The bridge opened in May. It is 40 metres long. Jane Lake cut the ribbon."
    assert attributions(table(text)).empty
    assert corpus_of(table(text)).ledger.empty
    assert layer_of("voices", table(text))["voice"].tolist() == ["own"]


def test_odd_texts_do_not_touch_each_other():
    names = ["all capitals", "no text", "NUL", "unclosed marks", "emoji"]
    together = attributions(table(*(ODD[name] for name in names)))
    for place, name in enumerate(names):
        alone = attributions(table(ODD[name]))
        mine = together[together["article"].eq(f"{place:03}")]
        columns = ["start", "end", "role", "kind", "depth", "probability"]
        pd.testing.assert_frame_equal(
            mine[columns].reset_index(drop=True), alone[columns]
        )


def test_in_capitals_the_speakers_are_who_they_are():
    told = corpus_of(table(ODD["all capitals"])).ledger
    assert set(told["speaker"].dropna()) <= {"JANE LAKE", "PAUL HILL"}


@pytest.mark.parametrize("mark", ["“", '"', "«"])
def test_an_unclosed_mark_does_not_swallow_the_rest(mark):
    rest = "\n\n".join(["The river rose by two metres on Sunday."] * 40)
    text = f"Jane Lake said: {mark}The bridge is safe.\n\n{rest}"
    divided = layer_of("voices", table(text))
    direct = divided[divided["voice"].eq("direct")]
    told = [text[a:b] for a, b in zip(direct["start"], direct["end"], strict=True)]
    assert told == [f"{mark}The bridge is safe."]


PIECES = [
    *("said", "“We stay,”", "the mayor", "Jane Lake", ".", "\n\n", "that", "it rains"),
    *("according to", "Q:", "MR PRICE:", "DENIED", '"', "he", "\U0001f600", "told us"),
    *("\x00", "- ", "@lake", "#bridge", "RT", "”", "‘", "so-called", "قال", "\r\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=30, deadline=None)
def test_whatever_is_thrown_together_nobody_is_invented(pieces):
    text = " ".join(pieces)
    articles = table(text)
    found = attributions(articles)
    check_places(text, found)
    check_voices(text, layer_of("voices", articles, attributions=found))
    check_speakers(text, corpus_of(articles).ledger)
    check_places(text, layer_of("blended_words", articles, attributions=found))


@pytest.mark.long
def test_one_paragraph_of_12_000_words():
    chance = np.random.default_rng(3)
    words = ["The", "mayor", "said", "that", "it", "rains", ".", "Ms", "Lake", ","]
    text = " ".join(chance.choice(words, size=12_000))
    articles = table(text)
    found = attributions(articles)
    check_places(text, found)
    check_voices(text, layer_of("voices", articles, attributions=found))
    check_speakers(text, corpus_of(articles).ledger)
