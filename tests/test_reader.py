"""The reader: windows, decoding, loading, and readings alone or in company."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import InputError, MissingPartError
from framelens.annotate import attribution_model as reader_model
from framelens.annotate import load_reader
from framelens.annotate.attribution_model import windows
from framelens.annotate.candidates import best_labels, log_softmax, stretches

ODD = (
    "The caf\u0065\u0301 owner said \U0001f600 she\u200d\u2640\ufe0f stays.\x00 "
    "\u0627\u0644\u0645\u062f\u064a\u0646\u0629 said it.\r\n\r\n"
    "MR PRICE: No.\ud800 \u4e2d\u6587 \u2014 ''fine''."
)


@pytest.fixture(scope="module")
def reader():
    return load_reader()


texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("abc .!?\n\"\u201c\u201d'"), st.characters(codec="utf-8")
    ),
    max_size=300,
)


@given(texts, st.integers(2, 40))
@settings(max_examples=150, deadline=None)
def test_every_token_stands_in_exactly_one_window(text, longest):
    tokenizer = load_reader().tokenizer
    found = windows(text, tokenizer, longest=longest)
    whole = tokenizer.encode(text, add_special_tokens=False)
    assert [i for one in found for i in one.ids] == whole.ids
    offsets = [pair for one in found for pair in zip(one.starts, one.ends, strict=True)]
    assert offsets == whole.offsets
    assert all(0 < len(one.ids) <= longest for one in found)


def test_a_paragraph_that_fits_is_not_cut():
    tokenizer = load_reader().tokenizer
    text = "One two three four.\n\nFive six seven eight.\n\nNine ten."
    found = windows(text, tokenizer, longest=8)
    begins = [text[one.starts[0] : one.ends[0]] for one in found]
    assert begins == ["One", "Five"]


def test_a_long_paragraph_is_cut_behind_a_full_stop():
    tokenizer = load_reader().tokenizer
    text = "One two three four five. Six seven eight nine ten eleven."
    found = windows(text, tokenizer, longest=8)
    assert [text[one.starts[0] : one.ends[-1]] for one in found] == [
        "One two three four five.",
        "Six seven eight nine ten eleven.",
    ]


@given(st.integers(1, 6), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_best_labels_are_those_of_trying_all(length, seed):
    chance = np.random.default_rng(seed)
    scores = log_softmax(chance.normal(size=(1, length, 3)) * 2)
    allowed = [
        labels
        for labels in itertools.product(range(3), repeat=length)
        if labels[0] != 2
        and all(not (a == 0 and b == 2) for a, b in itertools.pairwise(labels))
    ]
    best = max(
        allowed, key=lambda labels: sum(scores[0, i, x] for i, x in enumerate(labels))
    )
    assert best_labels(scores)[0].tolist() == list(best)


def test_stretches_are_begin_and_inside_with_their_mean_probability():
    scores = np.log(np.full((5, 3), 1 / 3))
    scores[1, 1], scores[2, 2] = np.log(0.9), np.log(0.4)
    found = stretches(np.array([0, 1, 2, 1, 0]), scores)
    assert [(one.first, one.after) for one in found] == [(1, 3), (3, 4)]
    assert found[0].probability == pytest.approx((0.9 * 0.4) ** 0.5)


def test_a_text_is_read_alike_whatever_else_is_read(reader):
    short, long = "The mayor denied it.", "Ms Lake said that it rains. " * 60
    (before,) = reader.read(short)
    list(reader.read(long))
    (again,) = reader.read(short)
    for name in ("spans", "to_cue", "to_source", "tone", "hidden"):
        assert np.array_equal(getattr(before, name), getattr(again, name))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None)
def test_windows_read_together_are_read_as_each_alone(reader, lengths):
    """Nothing but the order in which they are read depends on the others."""
    cut = [reader.windows("it rains " * length + "there")[0] for length in lengths]
    found = dict(reader.read_windows(cut))
    assert sorted(found) == list(range(len(cut)))
    for place, window in enumerate(cut):
        alone = reader.read_window(window)
        assert found[place].window is window
        for name in ("spans", "to_cue", "to_source", "tone", "hidden"):
            together = getattr(found[place], name)
            assert np.array_equal(together, getattr(alone, name)), name


def test_outputs_have_the_shapes_that_are_told(reader):
    (one,) = reader.read("The mayor denied it.")
    n = len(one.window.ids)
    shapes = [one.spans.shape, one.to_cue.shape, one.to_source.shape, one.tone.shape]
    assert shapes == [(n, 3, 3), (n, n + 1), (n, n + 1), (n, 3)]
    assert len(one.hidden) == n


@pytest.mark.parametrize("text", ["", " \n\t", ODD, "\x00", "\ud800"])
def test_odd_texts_are_read(reader, text):
    for one in reader.read(text):
        assert np.isfinite(one.spans).all()
        for start, end in zip(one.window.starts, one.window.ends, strict=True):
            assert 0 <= start < end <= len(text)


def test_a_missing_file_is_told_in_one_line(tmp_path):
    with pytest.raises(InputError, match=r"no reader at .*nowhere"):
        load_reader(tmp_path / "nowhere.onnx")


def test_a_file_that_is_no_model_is_told(tmp_path):
    file = tmp_path / "odd.onnx"
    file.write_bytes(b"not a model")
    with pytest.raises(InputError, match="no ONNX model"):
        load_reader(file)


def test_a_model_for_something_else_is_told():
    models = reader_model.resources.files("framelens") / "models"
    embedder = str(models / "embedder.onnx")
    with pytest.raises(InputError, match="is no reader: it should take ids"):
        load_reader(embedder)


def test_no_threads_is_told():
    with pytest.raises(InputError, match="threads is 0"):
        load_reader(threads=0)


def test_the_shipped_file_given_by_its_path_is_the_same_reader(reader):
    file = reader_model.resources.files("framelens") / "models" / "reader.onnx"
    assert load_reader(str(file)).version == reader.version


@pytest.fixture
def own(tmp_path):
    """Give a place for the shipped model beside another tokenizer."""
    models = reader_model.resources.files("framelens") / "models"
    (tmp_path / "own.onnx").symlink_to(str(models / "reader.onnx"))
    return tmp_path / "own.onnx", json.loads(
        (models / "reader_tokenizer.json").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("content", [b"{}", b"\xff\xfe", b"", b"[1]"])
def test_a_file_that_is_no_tokenizer_is_told(own, content):
    own[0].with_name("reader_tokenizer.json").write_bytes(content)
    with pytest.raises(InputError, match="is no tokenizer that can be read"):
        load_reader(own[0])


def test_a_tokenizer_without_the_marks_is_told(own):
    path, told = own
    marks = ("<s>", "</s>")
    told["added_tokens"] = [
        one for one in told["added_tokens"] if one["content"] not in marks
    ]
    for mark in marks:
        told["model"]["vocab"].pop(mark)
    told["post_processor"] = None
    path.with_name("reader_tokenizer.json").write_text(json.dumps(told))
    with pytest.raises(InputError, match="lacks <s> and </s>"):
        load_reader(path)


def test_another_tokenizer_is_another_reader(own, reader):
    path, told = own
    told["normalizer"] = None
    path.with_name("reader_tokenizer.json").write_text(json.dumps(told))
    assert load_reader(path).version != reader.version


def test_a_changed_file_is_refused(monkeypatch):
    told = json.loads(json.dumps(reader_model.manifest()))
    told["sha256"]["linker.json"] = "0" * 64
    monkeypatch.setattr(reader_model, "manifest", lambda: told)
    with pytest.raises(MissingPartError, match=r"linker\.json is not the one"):
        reader_model.shipped("linker.json")


def test_a_file_that_was_taken_away_is_told():
    with pytest.raises(MissingPartError, match=r"models/other\.onnx is not there"):
        reader_model.shipped("other.onnx")


@pytest.mark.long
def test_a_text_of_100_000_words_is_read_to_its_end(reader):
    text = " ".join(["said the Lake, it. New"] * 20_000)
    found = reader.windows(text)
    assert found[-1].ends[-1] == len(text)
    assert max(len(one.ids) for one in found) <= 256
