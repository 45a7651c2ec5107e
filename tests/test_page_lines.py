"""Page lines: paragraphs that no pattern knows, and that look like the page's."""

import json
from math import exp
from pathlib import Path

import pandas as pd
import pytest

from framelens.annotate import page_lines as module
from framelens.annotate.furniture import furniture
from framelens.annotate.page_features import Page, features
from framelens.annotate.page_lines import page_lines, possible
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.corpus import read_corpus
from framelens.simulate import Plan, simulate

STORY = [
    "The dam above the village held through the night, the mayor said on Monday.",
    "Rain had fallen for nine days, and the river had risen by three metres.",
    "Nobody was hurt, but forty families left their homes before midnight.",
    "They are to go back when engineers have looked at the wall.",
]


def kinds(paragraphs):
    text = "\n\n".join(paragraphs)
    table = furniture(pd.DataFrame({"article": ["a"], "text": [text]}))
    return [(text[row.start : row.end], row.kind) for row in table.itertuples()]


@pytest.mark.parametrize(
    "line",
    [
        "Lina Orr and Piet Oudt",
        "Watch The Morning Show with Lina Orr weekdays at 6 a.m. on our channel.",
        "Villagers walk home behind the dam in Oudtown, April 19, 2016. | Daily",
    ],
)
def test_a_line_of_the_page_is_furniture_at_the_edge(line):
    assert kinds([line, *STORY]) == [(line, "likely")]


def test_a_dated_picture_with_a_credit_is_a_caption_anywhere():
    line = "Villagers walk home behind the dam in Oudtown, April 19, 2016. | Orr/Daily"
    other = [f"{text[:-1]} again." for text in STORY]
    assert kinds([*STORY, line, *other]) == [(line, "likely")]


@pytest.mark.parametrize(
    "line", ["Nine days of rain", "1) The wall", "“We stayed awake,” one of them said."]
)
def test_headings_items_and_speech_inside_the_story_are_left(line):
    assert kinds([*STORY[:2], line, *STORY[2:]]) == []


def test_the_story_alone_and_short_texts_are_left():
    assert kinds(STORY) == []
    assert kinds(["Lina Orr and Piet Oudt", *STORY[:2]]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Lina Orr waves as she arrives with her sister at the dam in Oudtown on Monday",
        "Opinion:What the mayor will not say about the dam at Oudtown",
        "Orr News Agency/Handout via Daily",
        "Get our Dam Newsletter. Sign up to receive news of the wall. Enter email.",
    ],
)
def test_links_and_captions_between_paragraphs_of_the_story(line):
    told = [*STORY[:2], line, *STORY[2:]]
    assert [text for text, _ in kinds(told)] == [line]


def test_a_paragraph_of_more_than_a_hundred_words_is_never_asked_about():
    line = " ".join(["Photo: Lina Orr/Daily"] * 40)
    assert page_lines([Page([line, *STORY], [False] * 5)]) == [[]]


def test_what_patterns_know_stays_theirs():
    line = "Sign up for our newsletter"
    assert kinds([*STORY, line]) == [(line, "advert")]
    assert page_lines([Page([*STORY, line], [False] * 4 + [True])]) == [[]]


def test_what_is_seen_of_a_paragraph_is_named():
    lines = [
        "Lina Orr, Photo: AP",
        "The dam held on Monday, the mayor said.",
        "",
        "It rained",
    ]
    seen = dict(features(lines, [False, False, False, True]))
    assert [*seen] == [0, 1, 3]
    assert " | ".join(sorted(seen[3])) == (
        "after none | before none | cap 2 | cap 2 o 4 | common 4 | constant"
        " | elsewhere 0 7 | end w | f Aa a | f it | f it rained | from 2 2 | from 3"
        " | from 3 w | l Aa a | l rained | len 2 | len 2 w | opens 1 4 w | title 0 o"
        " | to 0 | to 0 2 | to 0 w | u it | u rained"
    )
    assert " | ".join(sorted(seen[0])) == (
        "after 10 True | after shares 0 7 w | before none | cap 4 | cap 4 o 4"
        " | common 0 | constant | elsewhere 0 7 | end w | f Aa Aa , | f lina"
        " | f lina orr | from 0 | from 0 4 | from 0 w | l Aa , Aa : AA | l Aa : AA"
        " | l ap | len 4 | len 4 w | opens 1 4 w | s , Aa : | s Aa , Aa | s Aa : AA"
        " | s Aa Aa , | title 4 o | to 3 | to 3 4 | to 3 w | u , | u : | u ap | u lina"
        " | u orr | u photo"
    )


def shipped():
    folder = Path(__file__).parents[1] / "data" / "articles"
    return read_corpus(folder, marks_only=True).articles["text"].tolist()


def generated():
    plan = Plan(events=4, articles=5, length=150, quoted=0.2)
    told = simulate(plan, texts=True, seed=1).articles["text"].tolist()
    lines = ["Lina Orr and Piet Oudt", "Orr News Agency/Handout via Daily", "Nine days"]
    return ["\n\n".join([*lines[:1], text, *lines[1:]]) for text in told]


@pytest.mark.parametrize("texts", [shipped, generated])
def test_many_articles_at_once_are_judged_as_weights_of_names_say(texts):
    path = Path(module.__file__).parents[1] / "models" / "page_lines.json"
    model = json.loads(path.read_text(encoding="utf-8"))
    pages, alone = [], []
    for text in texts():
        lines = [text[start:end] for start, end in paragraph_offsets(text)]
        pages.append(Page(lines, [number % 5 == 4 for number in range(len(lines))]))
        alone.append([])
        for place, seen in features(*pages[-1]):
            score = sum(model["weights"].get(name, 0.0) for name in sorted(seen))
            likely = 1 / (1 + exp(-score)) >= model["least"]
            if likely and not pages[-1].known[place] and possible(lines[place]):
                alone[-1].append(place)
    assert page_lines(pages) == alone
    assert any(alone)


def test_pages_without_a_word_are_left():
    assert page_lines([Page([], []), Page(["", " "], [False, False])]) == [[], []]


def test_weights_are_of_features():
    path = Path(module.__file__).parents[1] / "models" / "page_lines.json"
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    seen = {name for _, one in features(STORY, [False] * len(STORY)) for name in one}
    assert {"constant", "from 0", "u dam", "end .", "before none"} <= seen
    assert {name.split()[0] for name in weights} >= {name.split()[0] for name in seen}
    assert path.stat().st_size < 300_000
