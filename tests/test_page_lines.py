"""Page lines: paragraphs that no pattern knows, and that look like the page's."""

import json
from pathlib import Path

import pandas as pd
import pytest

from framelens.annotate import page_lines as module
from framelens.annotate.furniture import furniture
from framelens.annotate.page_lines import features, page_lines

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
    assert list(page_lines([line, *STORY], [False] * 5)) == []


def test_what_patterns_know_stays_theirs():
    line = "Sign up for our newsletter"
    assert kinds([*STORY, line]) == [(line, "advert")]
    assert list(page_lines([*STORY, line], [False] * 4 + [True])) == []


def test_weights_are_of_features():
    path = Path(module.__file__).parents[1] / "models" / "page_lines.json"
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    seen = {name for _, one in features(STORY, [False] * len(STORY)) for name in one}
    assert {"constant", "from 0", "u dam", "end .", "before none"} <= seen
    assert {name.split()[0] for name in weights} >= {name.split()[0] for name in seen}
    assert path.stat().st_size < 300_000
