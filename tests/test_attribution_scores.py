"""The scorer of attributions, on cases that were counted by hand."""

from __future__ import annotations

import pytest

from benchmarks.attribution_scores import (
    Text,
    agree,
    aligned,
    attribution,
    counts,
    exact_f1,
    f1,
    gold_rows,
)

TEXT = 'Ms Lake, the mayor, said: "We stay here." Mr Hill hopes that it rains soon.'


def at(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(one), TEXT.index(one) + len(one)] for one in pieces]


def row(content: str, cue: str, source: str | None) -> dict[str, list[list[int]]]:
    return {
        "content": at(content),
        "cue": at(cue),
        "source": at(source) if source else [],
    }


@pytest.fixture
def text():
    return Text(TEXT)


@pytest.fixture
def gold(text):
    return [
        attribution(text, row('"We stay here."', "said", "Ms Lake, the mayor")),
        attribution(text, row("that it rains soon", "hopes", "Mr Hill")),
    ]


def test_kinds_and_heads(text, gold):
    assert [one.kind for one in gold] == ["direct", "indirect"]
    assert [text.words[one.head] for one in gold] == ["lake", "hill"]
    assert [one.speech for one in gold] == [True, False]


def test_punctuation_at_an_edge_does_not_matter(text, gold):
    given = attribution(text, row("We stay here", "said:", "Ms Lake"))
    assert given.content == gold[0].content
    assert agree(gold[0], given)


def test_another_source_is_not_the_same(text, gold):
    assert not agree(gold[0], attribution(text, row("We stay", "said", "Mr Hill")))
    assert not agree(gold[0], attribution(text, row("We stay", "said", None)))


def test_what_is_right_counts_once(text, gold):
    found = [
        attribution(text, row("We stay here", "said", "Ms Lake")),
        attribution(text, row("it rains", "hopes", "Mr Hill")),
        attribution(text, row("soon", "hopes", "Mr Hill")),
    ]
    assert [(a, b) for a, b, _ in aligned(gold, found)] == [(0, 0), (1, 1)]
    total = counts(gold, found)
    # it rains: 2 of 4 and 2 words, Dice 4/6; both triples right, one too many
    assert f1(total) == pytest.approx(2 * (2 / 3) * 1 / (2 / 3 + 1))
    assert exact_f1(total) == pytest.approx(2 * 1 / 5)
    assert f1(total, "direct") == 1.0


def test_speech_only_leaves_out_beliefs_on_both_sides(text, gold):
    found = [attribution(text, row("that it rains soon", "hopes", "Mr Hill"))]
    total = counts(gold, found, speech=True)
    assert total["gold"] == 1
    assert total["found"] == 0


def test_nothing_found_is_zero(gold):
    assert f1(counts(gold, [])) == 0.0
    assert f1(counts([], [])) == 0.0


def test_rows_of_an_annotated_article():
    record = {
        "doc_id": "a",
        "spans": [
            {"id": "1", "start": 5, "end": 9},
            {"id": "2", "start": 0, "end": 2},
        ],
        "relations": [
            {"content": ["1"], "cue": ["2"], "source": ["gone"]},
            {"content": [], "cue": ["2"], "source": []},
        ],
    }
    assert gold_rows(record) == [
        {"article": "a", "content": [[5, 9]], "source": [], "cue": [[0, 2]]}
    ]
