from pathlib import Path

import pandas as pd
import pytest

from framelens._checks import ColumnError
from framelens.annotate import quotations, speakers
from framelens.read import read_articles
from framelens.read.actors import alias_key

ROOT = Path(__file__).resolve().parent.parent


def table(*texts, outlets=None, events=None):
    names = [f"a{number}" for number, _ in enumerate(texts, start=1)]
    outlets = outlets or ["Daily"] * len(texts)
    return pd.DataFrame(
        {"article": names, "outlet": outlets, "event": "e", "text": list(texts)}
    )


def spoken(text, **options):
    return speakers(table(text), **options)


# --- each rule, on texts made for it

RULES = [
    ('Mary Stone, a doctor, said: "We go."', "subject of the verb"),
    ('"We go," said Mary Stone.', "subject of the verb"),
    ('"We go," Dr Mary Stone told the Herald on Monday.', "subject of the verb"),
    ('"Will we go?" Mary Stone asked.', "subject of the verb"),
    ("Mary Stone “flatly” denied the charge on Monday.", "subject of the verb"),
    ("The plan was called “a bad joke” by Mary Stone on Monday.", "named after by"),
    ("According to Mary Stone, the plan was “a very bad joke indeed”.", "according to"),
    ("Mary Stone arrived. “We will go home tonight,” she said.", "pronoun"),
    ('Mary Stone, a doctor, arrived. "We go," the doctor said.', "description"),
    ('"We go," Mary Stone said. "All of us will go home."', "carried on"),
    ('"We go," Mary Stone said.\n\n"All of us will go home."', "carried on"),
    ('"Go? We will never go." "Not now," Mary Stone said.', "named with"),
    ('Mary Stone: "We will not go home tonight."', "named before a colon"),
    ("Mary Stone spoke on Monday, adding that “we will go”.", "subject of the verb"),
]


@pytest.mark.parametrize(("text", "rule"), RULES)
def test_the_speaker_is_found_by_the_rule(text, rule):
    found = spoken(text)
    assert set(found["speaker"]) == {"Mary Stone"}
    assert any(one.startswith(rule) for one in found["resolved_by"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            '"We go," a senior Harbour Board official said.',
            "senior Harbour Board official",
        ),
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
        "",
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


def test_an_unresolved_pronoun_keeps_its_surface():
    row = spoken('"We will go," he said.').iloc[0]
    assert row["surface"] == "he"
    assert row["cue"] == "said"


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
    assert spoken(text)["speaker"].tolist() == [
        "Mary Stone",
        "Mary Stone",
        "John Roe",
        "John Roe",
        "Mary Stone",
    ]


def test_offsets_are_those_of_the_text():
    text = "\n\nThe mayor, Mary Stone, left. “We go,” Ms Stone said."
    row = spoken(text).iloc[0]
    assert text[row["start"] : row["end"]] == "“We go,”"
    assert text[row["source_start"] : row["source_end"]] == row["surface"] == "Ms Stone"
    assert text[row["cue_start"] : row["cue_end"]] == row["cue"] == "said"


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
    text = "the plan was very long and went on and on " * 10_000 + '"We will go home."'
    assert spoken(text)["speaker"].isna().all()


def test_quotations_without_their_columns_are_refused():
    with pytest.raises(ColumnError, match="kind"):
        speakers(table('"We go."'), quotations=pd.DataFrame({"article": ["a1"]}))


def test_no_quotation_gives_an_empty_table_with_its_columns():
    assert {"speaker", "cue_start", "resolved_by"} <= set(spoken("Nothing.").columns)


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
    "text",
    [
        'Mirel Weston blamed Oru Dunn. "I am tired," she replied.',
        "“We plant late,” said Tarn Hale, a farmer.\n\nCommissioner Uli Okoro told "
        "reporters that the level fell.\n\n“Ten days are left,” he added.",
    ],
)
def test_a_pronoun_that_two_unknown_people_fit_stays_unresolved(text):
    row = spoken(text).iloc[-1]
    assert pd.isna(row["speaker"])
    assert row["surface"] in ("he", "she")


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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            'Paul Weston denied that Clara Dunn had said "I will leave the city now".',
            "Clara Dunn",
        ),
        (
            'Paul Weston said that Clara Dunn had said "I will leave the city now".',
            "Clara Dunn",
        ),
        (
            'Clara Dunn accused Paul Weston of saying "no one should ever come back".',
            "Paul Weston",
        ),
        (
            'Clara Dunn said Paul Weston found the plan "very hard to look past".',
            "Clara Dunn",
        ),
        (
            'Critics say the mayor\'s pledge that "no one will be forgotten" is empty.',
            "mayor",
        ),
    ],
)
def test_words_reported_at_second_hand_are_whose_they_are(text, who):
    assert spoken(text)["speaker"].tolist() == [who]


# --- the shipped articles


@pytest.fixture(scope="module")
def shipped():
    return read_articles(ROOT / "data/articles.csv").articles


@pytest.mark.parametrize("actors", [None, ROOT / "data/actors.csv"])
def test_the_gold_speakers_are_found(shipped, actors):
    gold = pd.read_csv(ROOT / "tests/gold/quotations.csv", dtype={"article": str})
    found = speakers(shipped, actors=actors)
    both = gold.merge(
        found, on=["article", "start", "end"], how="left", suffixes=("_gold", "")
    ).fillna({"speaker": "", "speaker_gold": ""})
    named = both["speaker_gold"].ne("")
    right = [
        alias_key(one) == alias_key(other)
        for one, other in zip(both["speaker"], both["speaker_gold"], strict=True)
    ]
    assert both[named].shape[0] >= 53
    assert pd.Series(right)[named].mean() >= 0.95
    assert both.loc[~named, "speaker"].eq("").all()


def test_inputs_are_left_alone():
    articles = table('"One two," Mary Stone said.')
    marked = quotations(articles)
    before, marks = articles.copy(deep=True), marked.copy(deep=True)
    speakers(articles, quotations=marked)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(marked, marks)
