"""Who says what, from text to the ledger: kinds met in scraped articles."""

from __future__ import annotations

import pandas as pd
import pytest

import framelens as fl


def ledger(text: str) -> pd.DataFrame:
    """Give the ledger of one text."""
    articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    return fl.read_corpus(articles).ledger


KINDS = {
    "a paper only carries the words": (
        "“We were without a plan,” Gen. Paul Orr told interviewers, according to the "
        "Herald Tribune newspaper.",
        ["Paul Orr"],
    ),
    "a description of the last subject": (
        "Anna Stone met voters in Riverton on Monday. Stone spoke for an hour.\n\n"
        "“We will win this town,” the Labour nominee said.",
        ["Anna Stone"],
    ),
    "an acronym explained": (
        "The Northern Office for Bridge Safety (NOBS) closed the road.\n\n"
        "The NOBS said the bridge was unsafe.",
        ["Northern Office for Bridge Safety"],
    ),
    "an acronym of what is no name to the parse": (
        "Organizing for Bridges (OFB) met on Monday. It rained.\n\n"
        "OFB said that the bridge was unsafe.",
        ["Organizing for Bridges"],
    ),
    "a name behind its role": (
        "“It is not safe to cross,” said a spokesman for the police, Ivo Marten.",
        ["Ivo Marten"],
    ),
    "two roles of one person": (
        "“Our results were strong this year,” chairman and chief executive Ivo Marten "
        "said.",
        ["Ivo Marten"],
    ),
    "a firm and its name": (
        "The firm, Northbank plc, said it would pay.",
        ["Northbank plc"],
    ),
    "a pronoun behind a letter": (
        "Paul Orr left in haste. In Mr Hale's letter, he said: “It will not work.”",
        ["Hale"],
    ),
    "a pronoun before its name": (
        "“I have seen the bridge fall,” he said on Monday. Paul Orr had walked home.",
        ["Paul Orr"],
    ),
    "several people as they": (
        "Paul Orr and Anna Stone said the road was safe.\n\n"
        "“We checked it for two weeks,” they said.",
        ["Paul Orr; Anna Stone", "Paul Orr; Anna Stone"],
    ),
    "a role and no body": (
        "Secretary of State Paul Orr went to Riverton. He spoke for long.\n\n"
        "“This must not happen again,” the secretary of state said.",
        ["Paul Orr"],
    ),
    "a title and no end of the sentence": (
        "The council met. “We will close it,” Ms. Stone said.",
        ["Stone"],
    ),
    "a caption between a person and a pronoun": (
        "Mr Orr said the road was safe.\n\nPicture: Leo Brandt on the bridge\n\n"
        "He added: “We checked it for two weeks.”",
        ["Orr", "Orr"],
    ),
    "speech inside speech": (
        "Anna Stone recalled that Leo Brandt told her: “We never sold the harbour.”",
        ["Anna Stone", "Leo Brandt"],
    ),
    "a surname before a relative's full name": (
        "Brandt said it rained. Brandt spoke to Mr Orr. Brandt left. Brandt went home "
        "to his daughter, Clara Brandt.\n\n“We will win,” Brandt told reporters.",
        ["Brandt", "Brandt"],
    ),
    "a letter and who sent it": (
        "The mayor got a letter from the Harbour Board. Leo Brandt read it.\n\n"
        "“We will not sell the harbour,” the letter said.",
        ["Harbour Board"],
    ),
    "an op-ed and who wrote it": (
        "An op-ed by Leo Brandt said the harbour “must never be sold again”.",
        ["Leo Brandt"],
    ),
    "an op-ed, where it was published, and who wrote it": (
        "An op-ed published in the Herald by the law professor Leo Brandt said "
        "the harbour “must never be sold again”.",
        ["Leo Brandt"],
    ),
    "a role between a body and a name": (
        "“It will be a long night for all of us,” said Herald senior analyst Leo "
        "Brandt.",
        ["Leo Brandt"],
    ),
    "people joined behind brackets": (
        "Mayors Leo Brandt (G) of Riverton and Anna Stone (L) of Northbank, who met on "
        "Monday, said: “We cannot wait any longer for it.”",
        ["Leo Brandt; Anna Stone"],
    ),
    "a hospital that is nobody": (
        "“We are thinking of the nurses,” Massachusetts General Hospital said.",
        ["Massachusetts General Hospital"],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_who_speaks(kind):
    text, speakers = KINDS[kind]
    assert ledger(text)["speaker"].tolist() == speakers


def test_of_two_people_of_one_surname_the_subject_is_meant_and_not_sure():
    text = (
        "Governor Lena Harrow met her brother, Paul Harrow, a banker. “I will sign the "
        "law on Monday morning,” Harrow told reporters."
    )
    row = ledger(text).iloc[0]
    assert (row["speaker"], row["sure"]) == ("Lena Harrow", False)


def test_marks_inside_the_name_of_who_speaks_are_no_speech():
    text = "The “experts” said the bridge was safe. “Save It” said it would march."
    found = ledger(text)
    assert found["voice"].iloc[0] == "indirect"
    assert found["direct_words"].iloc[0] == 0


def test_only_sure_speakers_are_sure():
    text = (
        "Mirel Weston met Oru Dunn. “I am tired of it all,” she replied.\n\n"
        "Jane Doe said: “We go home.”"
    )
    assert ledger(text)["sure"].tolist() == [False, True]


def test_what_kind_of_source_it_is():
    text = (
        "Russia said it was late. Officials said it rained. The Defence Ministry said "
        "the road was wet. Jane Doe said she was tired."
    )
    kinds = ["state", "group", "body", "person"]
    assert ledger(text)["speaker_kind"].tolist() == kinds


def test_a_given_name_makes_a_pronoun_sure():
    text = "{} met Mirel Weston. “I am tired of it all,” she replied."
    assert ledger(text.format("Clara Dunn"))["sure"].tolist() == [True]
    assert ledger(text.format("Oru Dunn"))["sure"].tolist() == [False]
