"""Labels: what the same person, body, state or thing is called, and by whom."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from conftest import layer_of
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

import framelens as fl
from benchmarks.labels import b_cubed, counted, pair_f1
from framelens._checks import InputError, UnknownNameError
from framelens.align.linkage import average_linkage

DAILY = (
    "The regime in Tehran sold drones. Tehran denied that. Iran is a threat, Ann Orr "
    "said. Ms Orr left Kiev. Kiev was dark. “The Islamic Republic has no drones,” said "
    "Bob Lee. Lee spoke twice."
)
HERALD = (
    "The Islamic Republic sold no drones. Iran denied the claim. Ann Orr was in Kyiv. "
    "Kyiv was dark. Iranian officials spoke. Bob Lee, a lawyer, listened to Orr."
)


def articles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": ["Daily", "Herald"],
            "event": ["e", "e"],
            "text": [DAILY, HERALD],
        }
    )


@pytest.fixture(scope="module")
def corpus() -> fl.Corpus:
    return fl.read_corpus(articles())


@pytest.fixture(scope="module")
def found(corpus):
    return fl.labels(corpus)


def test_names_descriptions_and_capitals_of_a_state_are_one_group(found):
    groups = found.mentions.groupby("group")["label"].agg(set)
    assert {"regime in Tehran", "Tehran", "Islamic Republic", "Iran"} <= groups["Iran"]
    assert {"Kiev", "Kyiv"} <= groups["Ukraine"]


def test_no_group_mixes_people_or_states_that_are_named(found):
    surnames = {"Ann Orr": "Orr", "Bob Lee": "Lee", "Ukraine": "Kyiv", "Iran": "Tehran"}
    for one, name in surnames.items():
        there = found.mentions["label"].str.contains(name)
        assert found.mentions.loc[there, "group"].unique().tolist() == [one]
    text = (
        "French minister Jan Koller spoke. French minister Jan Kollar listened. "
        "Minister Koller left. Minister Kollar stayed. "
        "North Korea and South Korea met. North Korea left. South Korea stayed."
    )
    near = fl.labels(articles().assign(text=text)).mentions
    for name in ("North", "South", "Koller", "Kollar"):
        assert len(set(near.loc[near["label"].str.contains(name), "group"])) == 1
    assert near["group"].nunique() >= 4


def test_what_is_shown_is_what_one_uses_and_the_other_never(found):
    table = found.differing
    assert set(table.loc[table["label"].eq("Kiev"), "k"]) == {0, 2}
    kept = found.mentions.groupby(["group", "voice", "label", "outlet"]).size()
    for row in table.itertuples():
        key = (row.group, row.voice, row.label, row.outlet)
        assert kept.get(key, 0) == row.k
    both = table.groupby(["group", "voice", "label"])["k"]
    assert (both.min() == 0).all()
    assert (both.max() > 0).all()
    assert "Kiev" in found._repr_html_()
    assert "Kiev" in found.figure().alt


def test_voices_are_told_apart(corpus):
    counts = fl.labels(corpus, actor="Iran").counts.set_index(["article", "item"])
    assert counts.loc[("a", "Islamic Republic"), "voice"] == "direct"
    assert counts.loc[("b", "Islamic Republic"), "voice"] == "own"


def test_nouns_and_modifiers_are_counted_too(corpus):
    nouns = fl.labels(corpus, actor="Iran", by="noun")
    assert {"regime", "official"} <= set(nouns.counts["item"])
    modifiers = fl.labels(corpus, actor="Iran", by="modifier")
    assert "iranian" in set(modifiers.counts["item"])
    assert modifiers.totals["n"].sum() == nouns.totals["n"].sum()
    place = modifiers.evidence("iranian")
    assert place["text"].tolist() == ["Iranian officials"]


def test_the_analyst_merges_splits_and_leaves_out(corpus, tmp_path):
    path = fl.labels(corpus).draft(tmp_path / "labels.csv")
    with pytest.raises(InputError, match="exists"):
        fl.labels(corpus).draft(path)
    table = pd.read_csv(path)
    table.loc[table["label"].eq("regime in Tehran"), "group"] = "the rulers"
    table.loc[table["label"].eq("Kiev"), "group"] = None
    table.loc[table["found"].eq("Bob Lee"), "group"] = "Ann Orr"
    before = table.copy()
    corrected = corpus.correct(labels=table)
    pd.testing.assert_frame_equal(table, before)
    groups = fl.labels(corrected).mentions.groupby("group")["label"].agg(set)
    assert groups["the rulers"] == {"regime in Tehran"}
    assert "Kiev" not in groups["Ukraine"]
    assert "Bob Lee" in groups["Ann Orr"]
    opened = fl.open_corpus(corrected.save(tmp_path / "store"))
    again = fl.labels(opened).mentions.groupby("group")["label"].agg(set)
    assert again.to_dict() == groups.to_dict()


def test_a_table_that_does_not_fit_is_refused(corpus):
    row = {"label": ["Kiev"], "found": ["Ukraine"], "group": ["Ukraine"]}
    corpus.correct(labels=pd.DataFrame(row))
    for other, said in (
        ({"found": ["Iran"]}, "not there"),
        ({"label": [None]}, "blank"),
    ):
        with pytest.raises(InputError, match=said):
            corpus.correct(labels=pd.DataFrame(row | other))
    twice = pd.DataFrame({name: cells * 2 for name, cells in row.items()})
    twice.loc[1, "group"] = "Kiev"
    with pytest.raises(InputError, match="two groups"):
        corpus.correct(labels=twice)


def test_names_that_are_not_there_are_refused(corpus):
    with pytest.raises(UnknownNameError, match="group of labels"):
        fl.labels(corpus, actor="Sutland")
    with pytest.raises(UnknownNameError, match="grouping"):
        fl.labels(corpus, by="verb")


def test_one_word_and_no_phrase_at_all_are_no_error():
    for text in ("Bread.", "It rained.", " "):
        table = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
        assert fl.labels(table).counts.empty


def test_numbers_and_joined_words_belong_to_their_label():
    text = "The text of Resolution 2231 is short. A Norland-made drone fell."
    found = layer_of("phrases", articles().assign(text=text))
    assert {"Resolution 2231", "Norland-made drone"} <= set(found["label"])


@given(st.data())
def test_average_linkage_is_that_of_scipy_with_things_repeated(data):
    many = data.draw(st.integers(2, 7))
    weights = data.draw(st.lists(st.integers(1, 3), min_size=many, max_size=many))
    numbers = st.integers(1, 10**6)
    cells = data.draw(st.lists(numbers, min_size=many**2, max_size=many**2))
    apart = np.array(cells, dtype=float).reshape(many, many) / 10**6
    apart = np.triu(apart, 1) + np.triu(apart, 1).T
    cut = data.draw(st.integers(1, 99)) / 100
    ours = average_linkage(apart.astype(np.float32), np.array(weights, float), cut=cut)
    of = np.repeat(np.arange(many), weights)
    theirs = fcluster(
        linkage(squareform(apart[np.ix_(of, of)]), "average"), cut, "distance"
    )
    heights = linkage(squareform(apart[np.ix_(of, of)]), "average")[:, 2]
    if np.abs(heights - cut).min() < 1e-3 or len(np.unique(cells)) < len(cells):
        return  # ties: either tree is right
    pairs = {(a, b) for a, b in zip(ours[of], theirs, strict=True)}
    assert len(pairs) == len(set(ours)) == len(set(theirs))


def test_scores_are_those_of_a_worked_example():
    # Bagga & Baldwin (1998): {1..5} {6, 7} {8..12}, found {1..5} and {6..12}
    gold = ["x"] * 5 + ["y"] * 2 + ["z"] * 5
    parts = [counted(gold, [1] * 5 + [2] * 7)]
    precision, recall = (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 1.0
    assert math.isclose(b_cubed(parts), 2 * precision * recall / (precision + recall))
    assert math.isclose(pair_f1(parts), 2 * 21 / (31 + 21))
