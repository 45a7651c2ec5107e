"""Gold data as examples for training: labels, links, and what is set apart."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.sets import held_out
from framelens.annotate import load_reader
from training.gold import (
    NOWHERE,
    Example,
    attribution_examples,
    packed,
    polnear,
    set_apart,
    tone_examples,
)

TEXT = "Ms Lake said that it rains. Nobody came."


@pytest.fixture
def tokenizer():
    return load_reader().tokenizer


def article() -> dict[str, object]:
    def span(name: str, label: str, piece: str) -> dict[str, object]:
        start = TEXT.index(piece)
        return {"id": name, "label": label, "start": start, "end": start + len(piece)}

    return {
        "doc_id": "a",
        "text": TEXT,
        "spans": [
            span("1", "source", "Ms Lake"),
            span("2", "cue", "said"),
            span("3", "content", "that it rains"),
        ],
        "relations": [{"content": ["3"], "cue": ["2"], "source": ["1"]}],
    }


def test_labels_and_links_of_one_window(tokenizer):
    (one,) = attribution_examples(article(), tokenizer, longest=50)
    source, cue, content = one.labels
    # ms lake said that it rains . nobody came .
    assert source == [1, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert cue == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert content == [0, 0, 0, 1, 2, 2, 0, 0, 0, 0]
    assert sorted(one.to_cue) == [(4, 3), (6, 3)]
    assert one.to_source == [(3, 1)]


def test_a_link_that_leaves_the_window_points_nowhere(tokenizer):
    found = attribution_examples(article(), tokenizer, longest=3)
    assert (1, NOWHERE) in found[1].to_cue
    assert sum(len(one.ids) for one in found) == 10


def test_a_tenth_is_set_apart_whatever_the_order():
    names = [f"article {n}" for n in range(5_000)]
    share = sum(map(set_apart, names)) / len(names)
    assert 0.085 < share < 0.115
    assert [set_apart(name) for name in names[::-1]] == [*map(set_apart, names)][::-1]


@pytest.fixture
def gold(tmp_path):
    def write(name: str, rows: list[dict[str, object]]) -> None:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)

    def target(start: int, end: int, polarity: str) -> dict[str, object]:
        return {"start": start, "end": end, "attrs": {"polarity": polarity}}

    def sentence(split: str, text: str, *spans: object) -> dict[str, object]:
        return {"split": split, "text": text, "spans": list(spans)}

    write(
        "newsmtsc",
        [
            sentence("train", "Ms Lake won.", target(0, 7, "positive")),
            sentence("train", "Both.", target(0, 4, "neutral")),
            sentence("devtest_mt", "Both.", target(0, 4, "neutral")),
        ],
    )
    write(
        "polnear",
        [
            {**article(), "split": "train", "annotator": "x"},
            {**article(), "split": "train", "annotator": "y"},
            {**article(), "doc_id": "b", "split": "dev", "annotator": "x"},
        ],
    )
    return tmp_path


def test_sentences_of_another_part_are_not_trained_on(gold, tokenizer):
    found = tone_examples(gold, "train", tokenizer, longest=50)
    assert [text for text, _ in found] == ["Ms Lake won."]
    assert found[0][1].targets == [(1, 3, 2)]


def test_the_first_annotator_counts(gold):
    assert [one["annotator"] for one in polnear(gold, "train")] == ["x"]


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(1, 4), st.integers(9, 30))
def test_packing_loses_no_token_and_shifts_targets(lengths, together, longest):
    examples = [Example(ids=list(range(n)), targets=[(1, n + 1, 0)]) for n in lengths]
    order = list(range(len(examples)))
    found = packed(examples, order, longest=longest, together=together)
    assert [i for one in found for i in one.ids] == [
        i for one in examples for i in one.ids
    ]
    assert all(len(one.ids) <= longest for one in found)
    assert all(len(one.targets) <= together for one in found)
    for one in found:
        covered = [at for a, b, _ in one.targets for at in range(a, b)]
        assert covered == list(range(1, len(one.ids) + 1))


@pytest.mark.parametrize(
    ("name", "record", "expected"),
    [
        ("polnear", {"split": "train"}, False),
        ("polnear", {"split": "dev"}, True),
        ("newsmtsc", {"split": "devtest_mt"}, True),
        ("babe", {"split": "SG2", "topic": "taxes"}, False),
        ("babe", {"split": "SG2", "topic": "gun-control"}, True),
    ],
)
def test_what_is_held_out(name, record, expected):
    assert held_out(name, record) is expected
