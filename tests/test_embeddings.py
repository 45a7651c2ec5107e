"""Texts as vectors: the model and its parts."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import MissingPartError
from framelens.annotate import embed, embeddings, recent
from framelens.annotate.embeddings import at_length_1, piecewise

DAM = "The dam above Reddin broke on Monday night."
SONG = "A choir sang for the mayor's birthday."


@pytest.fixture
def fresh():
    recent.clear()
    embeddings._session.cache_clear()
    embeddings._tokenizer.cache_clear()
    yield
    embeddings._session.cache_clear()
    embeddings._tokenizer.cache_clear()


def test_shape_kind_and_length():
    vectors = embed([DAM, SONG])
    assert vectors.shape == (2, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert embed([]).shape == (0, 384)


def test_similarities_are_those_of_the_published_model():
    # Sentences and scores from the model card of all-MiniLM-L6-v2 as used in the
    # documentation of sentence-transformers ("Usage", semantic textual similarity).
    one, two, three = embed(
        [
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
        ]
    )
    assert float(one @ two) == pytest.approx(0.6660, abs=0.03)
    assert float(one @ three) == pytest.approx(0.1046, abs=0.03)
    assert float(two @ three) == pytest.approx(0.1411, abs=0.03)


def test_it_does_not_tell_agreement_from_contradiction():
    denied, admitted, other = embed(["She denied it.", "She admitted it.", SONG])
    assert denied @ admitted > 0.6 > denied @ other


@settings(max_examples=10)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.randoms())
def test_no_text_depends_on_the_others_or_on_their_order(texts, random):
    together = embed(texts)
    order = list(range(len(texts)))
    random.shuffle(order)
    np.testing.assert_allclose(
        embed([texts[i] for i in order]), together[order], atol=1e-3
    )
    np.testing.assert_allclose(embed(texts[:1])[0], together[0], atol=1e-3)
    assert np.isfinite(together).all()


def test_a_long_text_is_read_to_its_end():
    long = " ".join([DAM] * 40)
    plain, with_end = embed([long, f"{long} {' '.join([SONG] * 40)}"])
    assert plain @ embed([DAM])[0] > 0.6
    assert plain @ with_end < 0.95
    assert with_end @ embed([SONG])[0] > plain @ embed([SONG])[0] + 0.2


def test_the_pieces_of_a_text_add_up_to_it_and_are_like_what_they_are_alone():
    text = f"{DAM} {SONG}"
    whole, cut = piecewise([(text, ()), (text, (len(DAM) + 1,))])
    np.testing.assert_array_equal(cut[0], whole[0])
    np.testing.assert_allclose(cut[1] + cut[2], whole[1], atol=1e-3)
    alone = embed([DAM, SONG])
    near = at_length_1(cut[1:]) @ alone.T  # read in one go, each colours the other
    assert near.diagonal().min() > 0.7 > 0.6 > max(near[0, 1], near[1, 0])
    assert at_length_1(cut)[0] == pytest.approx(embed([text])[0], abs=1e-5)


def test_short_texts_are_the_same_together_and_alone(fresh):
    texts = [f"{one} {other}" for one in DAM.split() for other in SONG.split()]
    together = embed(texts)
    for place in (0, 7, len(texts) - 1):
        recent.clear()
        np.testing.assert_array_equal(
            embed(texts[place : place + 1])[0], together[place]
        )


def test_hostile_text_has_a_vector():
    texts = ["", " ", "\x00\ud800\u202e", "<script>alert(1)</script>", "😀" * 300]
    assert np.isfinite(embed(texts)).all()


def test_what_was_just_read_needs_no_model_and_is_the_same(fresh, monkeypatch):
    cold = embed([DAM, SONG, DAM])
    monkeypatch.setattr(embeddings, "_read", None)
    np.testing.assert_array_equal(embed([DAM, SONG, DAM]), cold)


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("onnxruntime", "pip install onnxruntime"),
        ("tokenizers", "pip install tokenizers"),
    ],
)
def test_a_part_that_is_not_installed_is_named_in_one_line(
    fresh, monkeypatch, part, named
):
    monkeypatch.setitem(sys.modules, part, None)
    with pytest.raises(MissingPartError, match=named) as caught:
        embed([DAM])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("which", ["MODEL_SHA256", "TOKENIZER_SHA256"])
def test_another_model_or_tokenizer_is_refused(fresh, monkeypatch, which):
    monkeypatch.setattr(embeddings, which, "0" * 64)
    with pytest.raises(
        MissingPartError, match="not the one that framelens was measured"
    ):
        embed([DAM])


def test_the_hashes_are_the_documented_ones():
    assert embeddings.MODEL_SHA256.startswith("cd9ea0ee")
    assert embeddings.TOKENIZER_SHA256.startswith("be50c362")


def test_rarity_rises_from_the_to_names():
    words = ["the", "city", "mandate", "Reddin"]
    found = [embeddings.rarity(word) for word in words]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, 1)
    assert embeddings.rarity("a") == 0
    assert embeddings.rarity("2231") == 1
    assert embeddings.rarity("CITY") == embeddings.rarity("city")


@given(st.text())
def test_rarity_lies_between_0_and_1(word):
    assert 0 <= embeddings.rarity(word) <= 1
