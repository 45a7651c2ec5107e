"""The sets that statements are measured on: how they are made, and what they score."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.damaged_attributions import damaged
from benchmarks.printings import metrics
from benchmarks.same_speaker import is_same_speaker
from benchmarks.statement_groups import events
from benchmarks.statement_printings import FOLDER, parsed, texts_of
from benchmarks.statement_scores import figures, scored
from benchmarks.statements import evaluate
from benchmarks.statements import figures as pair_figures
from framelens.corpus import corpus_of

GOLD = Path(__file__).parent / "gold" / "statements.jsonl"
DEVELOPMENT = texts_of("development")


@pytest.fixture(scope="module")
def made():
    return events(DEVELOPMENT, groups=24, seed=5)


def table_of(made):
    return pd.concat([event.articles for event in made], ignore_index=True)


@pytest.mark.long
def test_pairs_that_others_set_down_are_found_and_typed():
    values = {metric: value for metric, value, *_ in pair_figures(evaluate(GOLD))}
    assert values["statement recall"] >= 0.95
    assert values["statement precision"] >= 0.95
    assert values["difference types F1"] >= 0.9
    assert values["difference types exactly right"] >= 0.85


@pytest.mark.long
def test_generated_groups_are_found_and_typed(made):
    rows = figures(scored(made, corpus_of(table_of(made))))
    values = {metric: value for metric, value, *_ in rows}
    assert values["pairs of printings, recall"] >= 0.95
    assert values["pairs of printings, precision"] >= 0.95
    assert values["difference types exactly right"] >= 0.85


def test_generated_groups_are_mostly_found_by_marks_alone(made):
    rows = figures(scored(made, corpus_of(table_of(made), marks_only=True)))
    values = {metric: value for metric, value, *_ in rows}
    assert values["pairs of printings, recall"] >= 0.75
    assert values["pairs of printings, precision"] >= 0.75


def test_real_printings_are_scored_by_event():
    text = '"The old ferry will never leave the northern quay," Ann Orr said.'
    other = "Ms Orr said that the ferry will never leave the northern quay."
    spans = {"a": [[0, 51]], "b": [[17, 61]]}
    record = {
        "id": "e",
        "articles": [
            {"id": name, "outlet": name, "date": None, "title": None, "text": words}
            for name, words in (("a", text), ("b", other))
        ],
        "printings": [
            {
                "statement": "s",
                "article": name,
                "spans": spans[name],
                "form": form,
                "speaker": "Ann Orr",
            }
            for name, form in (("a", "direct"), ("b", "indirect"))
        ],
    }
    values = {name: parts for name, parts, _ in metrics([record])}
    assert values["pairs of printings, recall"] == [(1, 1)]
    assert values["pairs of printings, recall, direct+indirect"] == [(1, 1)]
    assert values["pairs of articles, precision"] == [(1, 1)]
    assert values["speaker right"][0][1] == 2


@pytest.mark.parametrize(
    ("marked", "named", "right"),
    [
        ("Ann Orr", "Ms. Orr", True),
        ("Ann Orr; Ben Lisle", "Lisle", True),
        ("Ann Orr", "the mayor", False),
        ("Ann Orr", None, False),
        (None, "Ann Orr", False),
        ("José Núñez", "Nunez", True),
    ],
)
def test_a_speaker_is_right_by_the_last_word_of_the_name(marked, named, right):
    assert is_same_speaker(marked, named) is right


def test_two_printings_made_alike_differ_in_nothing_and_labels_are_symmetric(made):
    for event in made:
        for one, other, types in event.pairs():
            assert event._differences(other, one) == types
            assert not event._differences(one, one)


def test_made_printings_are_where_they_are_said_to_be(made):
    for event in made:
        columns = event.articles["article"], event.articles["text"]
        texts = dict(zip(*columns, strict=True))
        for one in event.printings:
            words = " ".join(texts[one.article][a:b] for a, b in one.spans).lower()
            for word in one.words:
                assert word is None or word[0].lower() in re.sub(r"[“”]", "", words)


def test_marks_of_a_statement_are_read():
    slots = parsed("The [old] boat {will|would} <never~not> (be sold) / soon // Ever")
    assert [slot.direct for slot in slots] == (
        ["The", "old", "boat", "will", "never", "be", "sold", "soon", "Ever"]
    )
    assert [slot.phrase for slot in slots][:3] == [0, 1, 0]
    assert [slot.sentence for slot in slots][-2:] == [0, 1]
    assert [slot.fragment for slot in slots].count(True) == 2


def test_every_set_has_its_own_sentences_and_people():
    sets = [texts_of(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
    for one, other in combinations(sets, 2):
        for part in ("statements", "people", "remarks", "narration", "outlets"):
            assert not set(getattr(one, part)) & set(getattr(other, part))


def test_a_distractor_is_in_one_article_and_is_not_planted():
    distractors = 0
    for event in events(texts_of("held_out"), groups=12, seed=3):
        texts = event.articles["text"].tolist()
        for one in event.printings:
            block = texts_of("held_out").statements[one.statement].split(" | ")
            if len(block) < 3:
                continue
            ending = " ".join(block[2].split()[-4:])
            holders = sum(ending in text for text in texts)
            assert holders <= 1
            distractors += holders
    assert distractors


def test_damaged_attributions_are_fewer_and_fit_the_text():
    articles = corpus_of(
        pd.DataFrame(
            {
                "article": ["a", "b"],
                "text": [
                    "Ann Orr warned that the old ferry would leave.",
                    "Rain fell on the quay for most of the night.",
                ],
            }
        )
    ).articles
    marked = pd.DataFrame(
        [
            ("a", start, end, "attribution", "a:1", role, "indirect", 0)
            for role, start, end in (
                ("source", 0, 7),
                ("cue", 8, 14),
                ("content", 15, 45),
            )
        ],
        columns=[
            *("article", "start", "end", "layer"),
            *("annotation", "role", "kind", "depth"),
        ],
    )
    assert damaged(marked, articles, share=0.0).equals(marked)
    worse = [damaged(marked, articles, share=0.5, seed=seed) for seed in range(8)]
    assert any(one[one["article"].eq("a")].empty for one in worse)
    for one in worse:
        lengths = one["article"].map(articles.set_index("article")["text"].str.len())
        assert (one["start"] < one["end"]).all()
        assert (one["end"] <= lengths).all()
