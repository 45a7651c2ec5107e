"""How often voices are wrong: the shipped figures, and how they are computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import layer_of

from benchmarks.voice_figures import TRIPLES, WORDS, differ, figure, in_words
from benchmarks.voices import as_people_mark, as_spans, judged
from framelens.annotate import quotations
from framelens.measure.accuracy import (
    OUTLETS_DIFFER,
    VOICE_ACCURACY,
    VOICE_ACCURACY_BY_OUTLET,
)

EVERY = [VOICE_ACCURACY, *VOICE_ACCURACY_BY_OUTLET.values()]

# own, direct, indirect, as people have it (rows) and as framelens has it (columns)
CELLS = np.array([[[60, 0, 10], [0, 20, 0], [5, 0, 5]]], dtype=float)

TEXT = 'Jane Lake said: "We stay." Paul Hill denied that it rains. It was “late”.'


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {"article": ["a"], "outlet": ["Daily"], "text": [TEXT]}, dtype=object
    )


def pieces(*told: str) -> dict[str, list[list[int]]]:
    places = ([TEXT.index(one), TEXT.index(one) + len(one)] for one in told)
    return {role: [one] for role, one in zip(ROLES, places, strict=True)}


ROLES = ("content", "cue", "source")
SAID = pieces('"We stay."', "said", "Jane Lake")
DENIED = pieces("that it rains", "denied", "Paul Hill")


# The figures that ship.


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.measured_on)
def test_every_value_lies_in_its_interval(one):
    for share in one[2:]:
        assert share.low <= share.value <= share.high
        assert share.n > 0


def test_the_outlets_are_parts_of_the_whole():
    parts = list(VOICE_ACCURACY_BY_OUTLET.values())
    assert sum(one.articles for one in parts) == VOICE_ACCURACY.articles
    assert sum(one.right.n for one in parts) == VOICE_ACCURACY.right.n
    right = sum(one.right.value * one.right.n for one in parts)
    assert right / VOICE_ACCURACY.right.n == pytest.approx(
        VOICE_ACCURACY.right.value, abs=1e-3
    )


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.measured_on)
def test_the_sentence_fits_a_caption(one):
    sentence = one.sentence()
    assert len(sentence.split()) <= 45
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert f"{100 * one.own_precision.value:.0f} %" in sentence


def test_the_sentence_says_on_which_side_it_errs():
    share = VOICE_ACCURACY.too_much_own
    high, low = (
        VOICE_ACCURACY._replace(too_much_own=share._replace(value=value)).sentence()
        for value in (0.02, -0.02)
    )
    assert "2.0 points too high" in high
    assert "2.0 points too low" in low


def test_what_is_said_of_outlets_is_one_sentence():
    assert OUTLETS_DIFFER.endswith(".")
    assert OUTLETS_DIFFER.count(". ") == 0


# How they are computed.


@pytest.mark.parametrize(
    ("metric", "value", "n"),
    [
        ("words right", 0.85, 100),
        ("own: precision", 60 / 65, 65),
        ("own: recall", 60 / 70, 70),
        ("direct: precision", 1.0, 20),
        ("indirect: precision", 5 / 15, 15),
        ("indirect: recall", 0.5, 10),
        ("share of own too high by", -0.05, 100),
    ],
)
def test_figures_of_words_counted_by_hand(metric, value, n):
    found = figure(CELLS, WORDS[metric])
    assert found["value"] == pytest.approx(value)
    assert found["n"] == n
    assert np.isnan(found["low"])  # one article


def test_figures_of_triples_counted_by_hand():
    parts = np.array([[10, 6, 8, 6]], dtype=float)
    found = {name: figure(parts, ratio)["value"] for name, ratio in TRIPLES.items()}
    assert found == pytest.approx(
        {"triples: precision": 6 / 8, "triples: recall": 0.6, "triples: F1": 12 / 18}
    )


def test_articles_that_are_alike_leave_no_doubt():
    found = figure(np.repeat(CELLS, 8, axis=0), WORDS["words right"])
    assert found["low"] == pytest.approx(found["value"])
    assert found["high"] == pytest.approx(found["value"])


def test_nothing_to_count_is_no_figure():
    found = figure(np.zeros((6, 3, 3)), WORDS["own: precision"])
    assert np.isnan(found["value"])


def test_a_planted_difference_between_outlets_is_found_and_none_is_not():
    worse = CELLS + np.array([[[-30, 0, 30], [0, 0, 0], [0, 0, 0]]])
    outlets = ["Daily"] * 8 + ["Herald"] * 8
    apart = np.concatenate([np.repeat(CELLS, 8, axis=0), np.repeat(worse, 8, axis=0)])
    found = differ(apart, outlets, WORDS["words right"])
    assert found["p"] < 0.001
    assert [found["lowest"], found["highest"]] == pytest.approx([0.55, 0.85])
    alike = differ(np.repeat(CELLS, 16, axis=0), outlets, WORDS["words right"])
    assert alike["p"] == 1.0
    told = [
        {"metric": "words right", "holm": one["p"], **one} for one in (found, alike)
    ]
    assert "outlets differ in “words right” (0.550 to 0.850" in in_words(told)
    assert "no figure is shown to differ" in in_words(told[1:])


def test_what_people_marked_decides_what_is_speech():
    told = as_spans({"a": [SAID]})
    marks = as_people_mark(quotations(table()), told)
    assert marks["kind"].tolist() == ["speech", "scare"]
    nobody = as_people_mark(quotations(table()), as_spans({"a": []}))
    assert nobody["kind"].tolist() == ["scare", "scare"]


def test_words_are_compared_by_voice():
    (one,) = judged(table(), {"a": [SAID, DENIED]}, {"a": [SAID]})
    # “that it rains”: people call it indirect, the others own
    assert one.words.tolist() == [[9, 0, 0], [0, 2, 0], [3, 0, 0]]
    assert one.triples.tolist() == [2, 1, 1, 1]
    assert one.words.sum() == len(TEXT.split())


def test_the_tables_that_are_read_do_not_change():
    marked = {"a": [SAID, DENIED]}
    told = as_spans(marked)
    before = told.copy()
    as_people_mark(quotations(table()), told)
    layer_of("voices", table(), attributions=told)
    pd.testing.assert_frame_equal(told, before)
