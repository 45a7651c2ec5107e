"""Attributions: who says what."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.annotate import ATTRIBUTION_KINDS, SPAN_COLUMNS, attributions
from framelens.annotate.candidates import _trimmed
from framelens.annotate.linking import PAIR_FEATURES, Pairs, _elsewhere
from framelens.corpus import corpus_of
from framelens.read import read_articles

ROOT = Path(__file__).resolve().parent.parent

CASES = [
    (
        "The minister said that the bridge is safe.",
        {"content": ["that the bridge is safe"], "cue": ["said"]},
        "The minister",
        "indirect",
    ),
    (
        '"The bridge is safe," said the minister.',
        {"content": ['"The bridge is safe,"'], "cue": ["said"]},
        "the minister",
        "direct",
    ),
    (
        "According to Ms Lake, the river rose by two metres on Sunday.",
        {"content": ["the river rose by two metres on Sunday"]},
        "Ms Lake",
        "indirect",
    ),
    (
        'Ms Lake said the plan was "a disgrace" for the city.',
        {"content": ['the plan was "a disgrace" for the city'], "cue": ["said"]},
        "Ms Lake",
        "mixed",
    ),
]


def of(text: str) -> pd.DataFrame:
    return attributions(pd.DataFrame({"article": ["a"], "text": [text]}, dtype=object))


def pieces(text: str, table: pd.DataFrame, role: str) -> list[str]:
    some = table[table["role"].eq(role)]
    return [text[a:b] for a, b in zip(some["start"], some["end"], strict=True)]


@pytest.mark.parametrize(("text", "parts", "source", "kind"), CASES)
def test_plain_cases(text, parts, source, kind):
    found = of(text)
    assert set(found["annotation"]) == {"a:a1"}
    assert {role: pieces(text, found, role) for role in parts} == parts
    assert pieces(text, found, "source") == [source]
    assert found["kind"].unique().tolist() == [kind]


def test_a_split_quotation_is_one_attribution():
    text = '"The bridge is safe," the minister said. "We checked it twice."'
    found = of(text)
    assert set(found["annotation"]) == {"a:a1"}
    assert pieces(text, found, "content") == [
        '"The bridge is safe,"',
        '"We checked it twice."',
    ]


def test_the_table_is_a_spans_table():
    found = of(CASES[0][0])
    assert found.columns.tolist() == [*SPAN_COLUMNS, "kind", "depth", "probability"]
    assert found["layer"].eq("attribution").all()
    assert found["kind"].isin(ATTRIBUTION_KINDS).all()
    assert found["probability"].between(0, 1).all()


def test_nobody_speaks_in_a_language_that_the_model_has_not_learnt():
    text = (
        "Le directeur a dit : « Nous fermons le port demain matin. » La ville a "
        "confirmé que les habitants devront prendre le bac pendant deux semaines."
    )
    table = pd.DataFrame({"article": ["a"], "text": [text]})
    assert attributions(table).empty
    assert corpus_of(table).ledger["speaker"].isna().all()


def test_nothing_is_found_where_nobody_speaks():
    assert len(of("The bridge opened in May. It is 40 metres long.")) == 0


@pytest.mark.parametrize("text", ["", "\n\n", "\x00", '"', "“”", "\ud800", "?!"])
def test_texts_with_nothing_in_them_give_nothing(text):
    found = of(text)
    assert len(found) == 0
    assert found.columns.tolist() == [*SPAN_COLUMNS, "kind", "depth", "probability"]


def test_articles_do_not_depend_on_each_other_nor_change():
    texts = [one[0] for one in CASES]
    table = pd.DataFrame({"article": list("abcd"), "text": texts})
    before = table.copy()
    together = attributions(table)
    pd.testing.assert_frame_equal(table, before)
    back = attributions(table[::-1].reset_index(drop=True))
    for article in "abcd":
        one, other = (
            some[some["article"].eq(article)].reset_index(drop=True)
            for some in (together, back)
        )
        pd.testing.assert_frame_equal(one, other)


PARTS = [
    *("said", "“We stay,”", "the mayor", "Ms Lake", ".", "\n\n", "that", "it rains"),
    *("according to", "Q:", "MR PRICE:", "denied", '"', "and", "\U0001f600", "told us"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=40))
@settings(max_examples=40, deadline=None)
def test_every_attribution_has_its_parts_inside_the_text(parts):
    text = " ".join(parts)
    found = of(text)
    for _, some in found.groupby("annotation"):
        roles = some["role"].tolist()
        assert roles.count("cue") == 1
        assert roles.count("content") >= 1
        assert roles.count("source") <= 1
        assert len(set(some["depth"])) == 1
    assert (found["start"] >= 0).all()
    assert (found["start"] < found["end"]).all()
    assert (found["end"] <= len(text)).all()
    for role in ("content",):
        mine = found[found["role"].eq(role)].sort_values("start")
        assert (mine["start"].iloc[1:].to_numpy() >= mine["end"].iloc[:-1]).all()


@pytest.mark.parametrize(
    ("text", "cue", "source", "later"),
    [
        ('It left, saying "no." Norwood went.', "saying", "Norwood", True),
        ("She said. He went.", "said", "He", True),
        ("It rose in 2016, they said in 2017. Ines", "said", "Ines", True),
        ('"No," said Mr. Calder of Rep. Hart', "said", "Hart", False),
        ('"No," said former Gov. and Sen. Ines', "said", "Ines", False),
        ('Bo fell, "wrote" in "Go!" the mayor', "wrote", "the mayor", False),
        ("It was said at approx. noon by Hart", "said", "Hart", False),
        ("Ines went. She said", "said", "Ines", False),
        ('"No," said Ines', "said", "Ines", False),
        ("Newsletter\n\nMs Hart rose, saying", "saying", "Newsletter", True),
    ],
)
def test_sources_elsewhere_are_known(text, cue, source, later):
    def spans(piece):
        start = text.index(piece)
        return [SimpleNamespace(start=start, end=start + len(piece))]

    seen = SimpleNamespace(text=text, cues=spans(cue), sources=spans(source))
    pair = Pairs(np.array([0]), np.array([0]), np.zeros((1, len(PAIR_FEATURES))))
    assert _elsewhere(seen, pair).tolist() == [later]


def test_no_source_stands_in_a_later_sentence():
    articles = read_articles(ROOT / "data" / "articles.csv").articles
    (text,) = articles["text"][articles["article"].eq("000")]
    found = of(text)
    spans = [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)]
    quoting = found["annotation"][[one.startswith('"EU ambass') for one in spans]]
    some = found[found["annotation"].isin(quoting)]
    assert pieces(text, some, "source") == ["The Czech presidency of the EU"]


@pytest.mark.parametrize("piece", ["the", "The", "an", "to", " a ", "“to”", "...", ""])
@pytest.mark.parametrize("role", ["source", "content"])
def test_articles_and_to_alone_are_no_source_and_no_content(piece, role):
    start, end = _trimmed(piece, 0, len(piece), role)
    assert start == end


@pytest.mark.parametrize("piece", ["which", "the army", "toad", "No", "A", "An", "thé"])
def test_other_words_alone_may_be_a_source_or_a_content(piece):
    assert _trimmed(piece, 0, len(piece), "content") == (0, len(piece))


def test_pieces_are_of_whole_words_and_no_content_is_its_own_source(monkeypatch):
    text = "Nabarro was quoted as saying that the dam held."
    places = [("source", 0, 3), ("cue", 8, 28), ("content", 0, 7), ("content", 29, 44)]
    pieces = pd.DataFrame(
        [(0, *place, 0.9) for place in places],
        columns=["number", "role", "start", "end", "probability"],
    )
    module = import_module("framelens.annotate.attributions")
    monkeypatch.setattr(module, "load_reader", lambda *_, **__: None)
    monkeypatch.setattr(module, "read_pieces", lambda *_: [pieces])
    table = module.attributions(pd.DataFrame({"article": ["a"], "text": [text]}))
    found = [(row.role, text[row.start : row.end]) for row in table.itertuples()]
    assert found == [
        ("source", "Nabarro"),
        ("cue", "was quoted as saying"),
        ("content", "that the dam held"),
    ]
