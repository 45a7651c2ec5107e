"""Who utters a quotation where only the marks are looked at: the fallback rules."""

from pathlib import Path

import pandas as pd
import pytest

import framelens as fl
from framelens.read.stated import alias_key

ROOT = Path(__file__).resolve().parent.parent


def spoken(text, **options):
    """Give the ledger of one text, by its quotation marks alone."""
    articles = pd.DataFrame({"article": ["a1"], "outlet": ["Daily"], "text": [text]})
    return fl.read_corpus(articles, marks_only=True, **options).ledger


# --- each rule, on texts made for it

RULES = [
    ('Mary Stone, a doctor, said: "We go."', "subject of the verb"),
    ('"We go," said Mary Stone.', "subject of the verb"),
    ('"We go," Dr Mary Stone told the Herald on Monday.', "subject of the verb"),
    ('"Will we go?" Mary Stone asked.', "subject of the verb"),
    ("Mary Stone “flatly and fully” denied the charge.", "subject of the verb"),
    ("According to Mary Stone, the plan was “a very bad joke indeed”.", "according to"),
    ("Mary Stone arrived. “We will go home tonight,” she said.", "pronoun"),
    ('Mary Stone, a doctor, arrived. "We go," the doctor said.', "description"),
    ('"Go? We will never go." "Not now," Mary Stone said.', "named with"),
    ("Mary Stone spoke on Monday, adding that “we will go”.", "subject of the verb"),
    ("What they say:\n\n“We will go home” – Mary Stone, mayor", "named behind a dash"),
    ('"We go," Mary Stone, founder of the Dam Trust. "Now."', "named behind a dash"),
    (
        "Mary Stone left, and “It was a long and winding road home.”",
        "subject of the",
    ),
]


@pytest.mark.parametrize(("text", "rule"), RULES)
def test_the_speaker_is_found_by_the_rule(text, rule):
    found = spoken(text)
    assert set(found["speaker"]) == {"Mary Stone"}
    assert any(one.startswith(rule) for one in found["resolved_by"])


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_quotation_carried_on_joins_the_one_before(gap):
    found = spoken(f'"We go," Mary Stone said.{gap}"All of us will go home."')
    assert found["speaker"].tolist() == ["Mary Stone"]
    assert found["direct_words"].tolist() == [8]
    assert len(found["content"][0]) == 2


@pytest.mark.parametrize("end", [" said this:", " spoke to the council on Monday."])
def test_the_sentence_before_announces_a_quotation_that_stands_alone(end):
    found = spoken(f'Then Mary Stone{end}\n\n"We will all go home tonight."')
    assert found["speaker"].tolist() == ["Mary Stone"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            '"We go," a senior Harbour Board official said.',
            "senior Harbour Board official",
        ),
        ("“The dam must go.” — Editorial, Riverton Herald", "Riverton Herald"),
        ('Russia warned of "grave" consequences on Monday.', "Russia"),
        ("Moscow says it is “ready”.", "Russia"),
        ('"We regret it," the French embassy in Oslo said.', "French embassy in Oslo"),
        (
            "The French embassy in Oslo spoke. "
            "The embassy’s statement added “we regret it”.",
            "French embassy in Oslo",
        ),
        (
            "The French embassy in Oslo was closed. “We regret it,” the mission said.",
            "French embassy in Oslo",
        ),
        ('"We go," unnamed officials said.', "unnamed officials"),
    ],
)
def test_bodies_states_and_the_unnamed_speak_by_name_or_as_printed(text, speaker):
    assert spoken(text)["speaker"].tolist() == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“”",
        '"' * 50,
        "No quotation here, said nobody.",
        '"We will never go home again."',
        '"We will go," he said.',
        '"WE WILL NOT GO HOME NOW OR EVER"',
        '"We will go," I said.',
        'The plan was called "a joke".',
    ],
)
def test_nobody_is_invented(text):
    found = spoken(text)
    assert found["speaker"].isna().all()
    assert found["resolved_by"].isna().all()
    assert not found["sure"].any()


def test_an_unresolved_pronoun_stays_as_the_source():
    row = spoken('"We will go," he said.').iloc[0]
    assert (row["source_text"], row["cue_text"]) == ("he", "said")


def test_an_unnamed_official_is_not_merged_with_a_named_one():
    text = (
        '"We go," a senior official said.\n\n'
        "Education official Mary Stone told the Herald it was “a very bad idea”."
    )
    assert spoken(text)["speaker"].tolist() == ["senior official", "Mary Stone"]


def test_two_speakers_in_turn_keep_their_words():
    text = (
        '"We go," Mary Stone said. "Now."\n\n'
        '"We stay," answered John Roe. "Always."\n\n'
        '"Never," Mrs Stone replied.'
    )
    assert spoken(text)["speaker"].tolist() == ["Mary Stone", "John Roe", "Mary Stone"]


def test_the_table_of_actors_wins():
    actors = pd.DataFrame(
        {
            "alias": ["Mary Stone", "the ministry", "John Roe"],
            "actor": ["Mary B. Stone", "Ministry of Tides", None],
            "affiliation": ["Atlantis", "Atlantis", None],
            "role": [None, None, None],
        }
    )
    text = (
        '"One day," Mary Stone said.\n\n"Two days," the ministry said.\n\n'
        '"Three," John Roe said.'
    )
    found = spoken(text, actors=actors)
    assert found["speaker"].tolist()[:2] == ["Mary B. Stone", "Ministry of Tides"]
    assert found["affiliation"].tolist()[:2] == ["Atlantis", "Atlantis"]
    assert pd.isna(found["speaker"].tolist()[2])
    assert set(found["resolved_by"]) == {"actors table"}


def test_a_long_paragraph_takes_linear_time_and_invents_nobody():
    text = "the plan was very long and went on and on " * 2_500 + '"We will go home."'
    assert spoken(text)["speaker"].isna().all()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Paul Weston blamed Clara Dunn. "I am tired," she replied.', "Clara Dunn"),
        (
            "“We plant late,” said Simon Hale, an oat farmer.\n\n"
            "Harbour commissioner Diana Okoro told reporters that the level fell.\n\n"
            "“Ten days are left,” he added.",
            "Simon Hale",
        ),
        ("Karl Voss met Ann Petty. “It is too late for us,” he said.", "Karl Voss"),
        (
            "The minister resigned on Friday. “I have no regrets,” Anna Price said. "
            "“The inquiry found nothing,” she added.",
            "Anna Price",
        ),
    ],
)
def test_a_pronoun_goes_to_a_given_name_of_its_gender(text, who):
    assert spoken(text)["speaker"].tolist()[-1] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Mirel Weston blamed Oru Dunn. "I am tired," she replied.', "Mirel Weston"),
        (
            "“We plant late,” said Tarn Hale, a farmer.\n\nCommissioner Uli Okoro told "
            "reporters that the level fell.\n\n“Ten days are left,” he added.",
            "Tarn Hale",
        ),
    ],
)
def test_a_pronoun_that_two_unknown_people_fit_is_not_sure(text, who):
    row = spoken(text).iloc[-1]
    assert (row["speaker"], row["sure"]) == (who, False)


@pytest.mark.parametrize("name", ["Chad Moore", "Jordan Price", "Georgia Stone"])
def test_a_given_name_that_is_a_states_stays_in_the_name(name):
    found = spoken(f'"We go home," said {name}, the minister. All left.')
    assert found["speaker"].tolist() == [name]


def test_a_title_outweighs_a_given_name():
    text = "Mrs Peter Weston spoke to the press. “It is too late for us,” she said."
    assert spoken(text)["speaker"].tolist() == ["Peter Weston"]


@pytest.mark.parametrize(
    "text",
    [
        'Mr Weston said: "No." Asked by Clara Dunn of the Herald if he was sure, he '
        "left.",
        'Mr Weston said, "Yes, it is over." Asked by Clara Dunn if he was sure, he '
        "sat down.",
    ],
)
def test_who_is_named_before_a_quotation_keeps_it(text):
    assert spoken(text)["speaker"].tolist() == ["Weston"]


# --- the shipped articles


@pytest.mark.parametrize("actors", [None, ROOT / "data/actors.csv"])
def test_the_gold_speakers_are_found(actors):
    gold = pd.read_csv(ROOT / "tests/gold/quotations.csv", dtype={"article": str})
    corpus = fl.read_corpus(ROOT / "data/articles.csv", actors=actors, marks_only=True)
    pieces = corpus.ledger.explode("content")
    places = pd.DataFrame(pieces["content"].tolist(), columns=["start", "end"])
    found = pieces[["article", "speaker"]].reset_index(drop=True).join(places)
    both = gold.merge(found, on=["article", "start", "end"], suffixes=("_gold", ""))
    named = both.dropna(subset="speaker_gold").fillna({"speaker": ""})
    right = [
        alias_key(one) == alias_key(other)
        for one, other in zip(named["speaker"], named["speaker_gold"], strict=True)
    ]
    assert len(right) >= 50
    assert sum(right) / len(right) >= 0.9
    assert both.loc[both["speaker_gold"].isna(), "speaker"].isna().all()
