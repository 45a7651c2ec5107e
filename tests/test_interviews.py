"""Words that a label, a line or a dash gives to a speaker; and what was not said."""

import pandas as pd
import pytest

import framelens as fl
from framelens.annotate import quotations, sentences
from framelens.annotate.interviews import answers

INTERVIEW = (
    "The Courier met Lina Orr, who runs the dam at Oudtown.\n\n"
    "Q: Did you see the crack?\n\n"
    "A: Yes. I called it “a scratch” at first.\n\n"
    "Q: Is it safe now?\n\n"
    "A: It is safe. The town may sleep."
)
DESK = (
    "From the desk of Piet Oudt, an engineer at Damworks.\n\n"
    "“Walls such as this one have to be looked at in every month of the year”"
)
UNSAID = (
    "The mayor did not say that the wall was cracked. She said it was old.\n\n"
    "Lina Orr waited. She never said “it will hold” but he added it himself."
)


@pytest.fixture(scope="module")
def corpus():
    texts = {"interview": INTERVIEW, "desk": DESK, "unsaid": UNSAID}
    table = pd.DataFrame({"article": list(texts), "text": list(texts.values())})
    return fl.read_corpus(table)


def said(corpus, article):
    text = corpus.articles.set_index("article")["text"][article]
    rows = corpus.ledger[
        corpus.ledger["article"].eq(article) & corpus.ledger["depth"].eq(0)
    ]
    return [
        (row.speaker, " ".join(text[start:end] for start, end in row.content))
        for row in rows.itertuples()
    ]


def test_answers_are_the_words_of_who_is_interviewed(corpus):
    assert said(corpus, "interview") == [
        ("Lina Orr", "Yes. I called it “a scratch” at first."),
        ("Lina Orr", "It is safe. The town may sleep."),
    ]
    voices = corpus.voices[corpus.voices["article"].eq("interview")]
    own = [INTERVIEW[a:b] for a, b in zip(voices["start"], voices["end"], strict=True)]
    assert all("?" not in text for text, voice in zip(own, voices["voice"], strict=True)
               if voice == "direct")  # fmt: skip


def test_a_line_says_from_whose_desk_words_come(corpus):
    assert [speaker for speaker, _ in said(corpus, "desk")] == ["Piet Oudt"]


def test_what_nobody_said_is_nobodys_words(corpus):
    assert [text for _, text in said(corpus, "unsaid")] == ["it was old"]
    voices = corpus.voices[corpus.voices["article"].eq("unsaid")]
    assert "direct" not in set(voices["voice"])


def test_transcripts_give_each_paragraph_to_its_name():
    text = "LINA ORR: It held.\n\nADA BELL (HOST): Did it?\n\nLINA ORR: It did."
    assert [text[one.start : one.end] for one in answers(text)] == [
        "It held.", "Did it?", "It did.",
    ]  # fmt: skip
    table = fl.read_corpus(pd.DataFrame({"article": ["a"], "text": [text]})).ledger
    assert table["speaker"].str.upper().tolist() == [
        "LINA ORR",
        "ADA BELL",
        "LINA ORR",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: One.\n\nNOTE: Two.\n\nNOTE: Three.",
        "A: One.\n\nB: Two.",
        "The dam: a wall.\n\nThe river: wide.\n\nThe town: small.",
    ],
)
def test_lists_are_no_interviews(text):
    assert answers(text) == []


def test_quotations_in_answers_stand_inside_them():
    table = quotations(pd.DataFrame({"article": ["a"], "text": [INTERVIEW]}))
    assert table[["kind", "depth", "mark"]].values.tolist() == [
        ["speech", 0, "label"], ["speech", 1, "paired"], ["speech", 0, "label"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["“Well . . . no,” she said.", "He said . . . nothing.", "Lina: « I am here. »"],
)
def test_dots_and_marks_begin_no_sentence(text):
    table = sentences(pd.DataFrame({"article": ["a"], "text": [text]}))
    assert [text[row.start : row.end] for row in table.itertuples()] == [text]
