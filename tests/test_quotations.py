import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from framelens.annotate import quotations
from framelens.annotate import speech as module
from framelens.annotate.quotations import surroundings
from framelens.annotate.speech import Quoted, features

GOLD = Path(__file__).parent / "gold" / "quotations.csv"


def kinds(text):
    table = quotations(pd.DataFrame({"article": ["a"], "text": [text]}))
    return table["kind"].tolist()


@pytest.fixture(scope="module")
def gold():
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def found(shipped):
    table = quotations(shipped)
    return table[table["depth"].eq(0)]


def test_boundaries_agree_with_two_readers(gold, found):
    read = {(row["article"], int(row["start"]), int(row["end"])) for row in gold}
    marked = set(zip(found["article"], found["start"], found["end"], strict=True))
    assert len(read) == 60
    assert len(read ^ marked) <= 1


def test_kinds_agree_with_two_readers(gold, found):
    told = {
        (article, start, end): kind
        for article, start, end, kind in found[
            ["article", "start", "end", "kind"]
        ].itertuples(index=False)
    }
    right = sum(
        told.get((row["article"], int(row["start"]), int(row["end"]))) == row["class"]
        for row in gold
    )
    assert right / len(gold) >= 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will go," the mayor said.', ["speech"]),
        ("The mayor said that the dam was “quite safe”.", ["speech"]),
        ("Mayor Orr: 'never again'", ["speech"]),
        ('The mayor called the plan "a farce".', ["speech"]),
        ('The court rejected the plan as "a farce".', ["speech"]),
        ('The town denounced the "ghost tax" law.', ["scare"]),
        ('Their "experts" came late.', ["scare"]),
        ('It took its "step-by-step" way past the "mega-dam" there.', ["scare"] * 2),
        ('They told him to "slow down" the work, she said.', ["speech"]),
        ('The town grew tired of the endless "dam" wars, Orr said.', ["scare"]),
        ('The mayor was dubbed the "iron hand" of Oudtown.', ["scare"]),
        ('He calls it by terms like "mended" or so.', ["scare"]),
        ('Orr told the town of his "dams first" policy.', ["name"]),
        ('They said that Lina "Lin" Orr was ill.', ["name"]),
        ('One may claim too much, e.g., "The dam can never break."', ["scare"]),
        ('She did not say "never" but looked away.', ["scare"]),
        ("Orr said so on NTV's “Meet the Morning.”", ["title"]),
        ("Orr told NTV’s “Meet the Morning” that he stays.", ["title"]),
        ("They answered with shouts of “Stop the Dam!” and said no.", ["speech"]),
        ("“No,” said a man who goes by the name “Lefty.”", ["speech", "name"]),
        ("“No,” said Piet Orr, alias “Lefty.”", ["speech", "name"]),
        ('They held exercises called "East" and "Storm".', ["name", "name"]),
        ('He wrote the novel "Winter Light" there.', ["title"]),
        ('A crate with "made in Ruritania" written on it.', ["name"]),
        ('"We go," she said. "We stay not."', ["speech", "speech"]),
        ('"One thing.\n\n"Another thing," he said.', ["speech", "speech"]),
        (
            'He was "blackmailing" them, she said, and "persecuting" them.',
            ["speech"] * 2,
        ),
        ('""', ["scare"]),
    ],
)
def test_kinds_by_the_words_around(text, expected):
    assert kinds(text) == expected


def test_weights_are_of_features():
    text = 'Orr, 40, said: "We will stay." The "dam" and its "dam" and "dam" are "I".'
    stretches = surroundings(text)
    seen = {
        one
        for here in stretches
        for one in features(here, Quoted.of(stretches), term=True)
    }
    assert {"constant", "len 3", "b :", "b the 1", "again", "term", "person"} <= seen
    path = Path(module.__file__).parents[1] / "models" / "speech.json"
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    known = {"colon", "signed", "alone", "unclosed", "cue", "no", "handed"}
    assert {name.split()[0] for name in weights} <= known | {
        name.split()[0] for name in seen
    }


def test_an_orphan_quotation_carries_on_the_one_before():
    text = '"We have proof," the mission said.\n\n"By doing so they break the law."'
    table = quotations(pd.DataFrame({"article": ["a"], "text": [text]}))
    assert table["continues"].isna().tolist() == [True, False]
    assert table["continues"].iloc[1] == table["annotation"].iloc[0]


def test_offsets_slice_to_what_stands_inside_the_marks(shipped, found):
    texts = shipped.set_index("article")["text"]
    for row in found.itertuples():
        text = texts[row.article]
        assert text[row.inner_start : row.inner_end] in text[row.start : row.end]
        assert text[row.start] in '"“'


def test_a_text_without_marks_has_no_quotations():
    assert kinds("Nothing here.") == []


def test_input_is_left_alone(shipped):
    before = shipped.copy()
    quotations(shipped)
    pd.testing.assert_frame_equal(shipped, before)
