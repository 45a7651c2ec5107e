"""Own frame: what is drawn to code, what is learned, and the corrected share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framelens import contrast, frame
from framelens._checks import InputError, UnknownNameError
from framelens.compare.learning import guessed, parts_of, regression
from framelens.corpus import corpus_of

OUTLETS = ["Daily", "Herald"]
SIZE = 40


@pytest.fixture
def vectors(monkeypatch):
    """Vectors that tell the truth more or less, in the place of the model's."""

    def embed(texts):
        rng = np.random.default_rng(3)
        made = rng.standard_normal((len(texts), 24))
        made[:, 0] += [2.5 * ("blame" in text) for text in texts]
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    monkeypatch.setattr("framelens.annotate.embeddings.embed", embed)


def articles(share=(0.5, 0.2), seed=0):
    """Short articles, one passage each; some of them blame somebody."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"{outlet}{one:03}", outlet,
         f"{'They blame' if rng.random() < of else 'He saw'} number {one}.")
        for outlet, of in zip(OUTLETS, share, strict=True)
        for one in range(3 * SIZE)
    ]  # fmt: skip
    return corpus_of(
        pd.DataFrame(rows, columns=["article", "outlet", "text"]), marks_only=True
    )


def filled(sheet):
    told = sheet["text"].str.contains("blame").map({True: "yes", False: "no"})
    return sheet.assign(label=sheet["label"].where(sheet["label"].notna(), told))


CORPUS = articles()
OPTIONS = {"name": "blame", "unit": "article"}


def rounds(*numbers, corpus=CORPUS, seed=0):
    own, sheet = frame(corpus, seed=seed, **OPTIONS), None
    for number in numbers:
        sheet = filled(own.next(number).sheet)
        own = frame(corpus, sheet, seed=seed, **OPTIONS)
    return own, sheet


def test_a_frame_is_learned_and_its_share_corrected(vectors):
    own, sheet = rounds(60, 40)
    texts = CORPUS.articles
    true = texts["text"].str.contains("blame").groupby(texts["outlet"]).mean()
    table = own.table.set_index("outlet")
    assert table["passages"].tolist() == [3 * SIZE] * 2
    assert table["codes"].sum() == len(sheet) == 100
    assert (table["low"] < true).all()
    assert (true < table["high"]).all()
    assert 0.6 < own.macro_f1 < 0.98
    assert own.accuracy.table["outlet"].tolist() == OUTLETS
    assert "macro F1" in own.notes[0]
    result = contrast(own.counts, *OUTLETS, codes=own.codes)
    assert result.table["low"].item() < 0.3 < result.table["high"].item()
    assert result.table["difference"].item() == pytest.approx(
        table.loc["Daily", "corrected"] - table.loc["Herald", "corrected"]
    )
    found = own.evidence("blame")
    assert found["guess"].is_monotonic_decreasing
    assert own.counts.counts["k"].sum() == len(found)
    assert own.plot().get_xlabel().startswith("% with “blame”")
    plt.close("all")
    with pytest.raises(UnknownNameError):
        own.evidence("praise")


def test_the_corrected_share_is_right_on_average_whatever_is_preferred(vectors):
    """Passages of which the guess is unsure are drawn more often; that is undone."""
    texts = CORPUS.articles["text"]
    off, held = [], []
    for seed in range(5):
        own, _ = rounds(40, 30, seed=seed)
        true = texts.str.contains("blame").groupby(CORPUS.articles["outlet"]).mean()
        table = own.table.set_index("outlet")
        off.append(table["corrected"] - true)
        held += ((table["low"] <= true) & (true <= table["high"])).tolist()
    mean = pd.concat(off, axis=1)
    error = mean.std(axis=1) / np.sqrt(5)
    assert (mean.mean(axis=1).abs() < 4 * error).all()
    assert np.mean(held) > 0.7


def test_every_passage_can_be_drawn_and_probabilities_are_what_they_say(vectors):
    own, sheet = rounds(60)
    drawn = np.zeros(len(own.passages))
    for seed in range(40):
        new = replace(own, seed=seed).next(40).sheet
        new = new[new["label"].isna()]
        place = own.passages.set_index("article").index.get_indexer(new["article"])
        drawn[place] += 1
    assert (own.next(40).sheet["probability"] > 0).all()
    assert len(own.next(40).sheet) == 100
    fresh = ~own.passages["article"].isin(sheet["article"]).to_numpy()
    unsure = np.abs(own.passages["guess"].to_numpy() - 0.5) < 0.25
    assert drawn[fresh & unsure].mean() > drawn[fresh & ~unsure].mean()
    assert drawn[~fresh].sum() == 0
    # where the last round takes all that is left, each was sure to be drawn
    assert own.next(180).sheet["probability"].tolist() == [1] * 240


def test_a_guess_never_sees_the_code_of_its_own_article():
    rng = np.random.default_rng(0)
    vectors, article = rng.standard_normal((60, 8)), np.repeat(np.arange(30), 2)
    code = rng.random(40) < 0.5
    one = guessed(vectors, article, np.arange(40), code)
    other = code.copy()
    other[0] = not other[0]
    two = guessed(vectors, article, np.arange(40), other)
    part = parts_of(article, article[:40], 5, np.random.default_rng(0))
    same = part[article] == part[0]
    np.testing.assert_array_equal(one[same], two[same])
    assert (one[~same] != two[~same]).any()


def test_the_regression_is_that_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((80, 30)), rng.random(80) < 0.4
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    known = LogisticRegression(C=10, class_weight="balanced", max_iter=1_000).fit(x, y)
    mine = regression(x, y, 10)(x)
    np.testing.assert_allclose(mine, known.predict_proba(x)[:, 1], atol=0.01)


def test_too_few_codes_say_how_many_are_needed(vectors):
    own = frame(CORPUS, **OPTIONS)
    assert own.refusal.endswith("so far 0 and 0")
    own, _ = rounds(12)
    assert "so far" in own.refusal
    assert own.counts is None
    with pytest.raises(InputError, match="a frame is learned from 10"):
        own.evidence()
    assert len(own.next(10).sheet) == 22


def test_what_cannot_be_told_stays_so_and_is_left_out(vectors):
    _, sheet = rounds(60)
    label = sheet["label"].where(sheet.index > 2, "cannot tell")
    again = frame(CORPUS, sheet.assign(label=label), **OPTIONS)
    assert again.table["codes"].sum() == 57
    assert again.next(4).sheet["label"].eq("cannot tell").sum() == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stratum": "Daily"}, "was not drawn by frame"),
        ({"start": 3}, "no such passage here"),
        ({"item": "praise"}, "has no code of 'blame'"),
    ],
)
def test_a_sheet_of_something_else_is_refused(vectors, change, message):
    _, sheet = rounds(20)
    with pytest.raises(InputError, match=message):
        frame(CORPUS, sheet.assign(**change), **OPTIONS)


def test_only_sentences_of_one_voice_are_passages():
    text = "The plan is a trap, they wrote. “It will fail badly,” she said."
    table = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    read = corpus_of(table, marks_only=True)
    own = frame(read, name="doubt", voice="direct")
    assert own.next(5).sheet["text"].tolist() == ["“It will fail badly,” she said."]
    with pytest.raises(UnknownNameError):
        frame(read, voice="loud")


def test_a_rhythm_in_the_order_of_articles_is_not_drawn_in_step():
    """Each fourth article of an outlet blames, and each fourth is drawn."""
    rows = [
        (f"{outlet}{one:03}", outlet, f"{'They blame' if one % 4 else 'He saw'} {one}.")
        for outlet in OUTLETS
        for one in range(80)
    ]
    corpus = corpus_of(
        pd.DataFrame(rows, columns=["article", "outlet", "text"]), marks_only=True
    )
    drawn = [frame(corpus, seed=seed, **OPTIONS).next(40).sheet for seed in range(5)]
    found = [filled(sheet)["label"].eq("no").sum() for sheet in drawn]
    assert all(0 < one < 25 for one in found)
