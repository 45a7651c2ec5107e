"""Roles: who acts, who is acted on, and who is left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import layer_of

import framelens as fl
from framelens._checks import UnknownNameError
from framelens.annotate.nominals import class_of
from framelens.measure.roles import NOBODY

TEXT = (
    "Norland shelled the port of Eastville. Three sailors died. The governor was "
    "arrested and charged. Sutland's army said that it had been warned by Norland. "
    "Norland did not attack the hall. The killing of a guard angered Sutland. "
    "Norland launched strikes on Eastville. Police entered the hall and left."
)


def articles(*texts: str) -> pd.DataFrame:
    names = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article": names, "outlet": "Daily", "text": texts})


@pytest.fixture(scope="module")
def clauses():
    return layer_of("clauses", articles(TEXT))


def roles_of(table: pd.DataFrame, predicate: str) -> dict[str, list[str]]:
    rows = table[table["predicate"].eq(predicate)]
    return {role: some["head"].tolist() for role, some in rows.groupby("role")}


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ("shell", {"agent": ["norland"], "patient": ["port"]}),
        ("die", {"patient": ["sailor"]}),
        ("arrest", {"patient": ["governor"], "no agent": ["arrest"]}),
        ("charge", {"patient": ["governor"], "no agent": ["charge"]}),
        ("say", {"speaker": ["army"]}),
        ("warn", {"agent": ["norland"], "patient": ["it"]}),
        ("killing", {"patient": ["guard"], "no agent": ["killing"]}),
        ("strike", {"agent": ["norland"], "patient": ["eastville"]}),
        ("leave", {"agent": ["police"]}),
    ],
)
def test_each_verb_has_its_parts(clauses, predicate, expected):
    assert roles_of(clauses, predicate) == expected


def test_it_says_what_is_negated_and_of_which_class(clauses):
    attack = clauses[clauses["predicate"].eq("attack")]
    assert attack["negated"].all()
    assert set(attack["verb_class"]) == {"harm"}
    assert not clauses.loc[clauses["predicate"].ne("attack"), "negated"].any()


def test_no_denies_what_its_noun_takes_part_in():
    text = "No drones were supplied by Norland. Norland fired no shot. Norland fired."
    articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    table = layer_of("clauses", articles)
    assert table[table["negated"]].groupby("predicate").size().to_dict() == {
        "fire": 2,
        "supply": 2,
    }
    counts = fl.roles(articles).counts
    assert counts["k"].tolist() == [1]  # Norland acts once


def test_every_span_is_a_stretch_of_the_text(clauses):
    named = clauses[clauses["role"].eq("patient") & clauses["predicate"].eq("shell")]
    assert TEXT[named["start"].iloc[0] : named["end"].iloc[0]] == (
        "the port of Eastville"
    )
    bounds = zip(clauses["verb_start"], clauses["verb_end"], strict=True)
    verbs = [TEXT[start:end] for start, end in bounds]
    assert {"shelled", "died", "arrested"} <= set(verbs)


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("Ann Orr asked them to leave.", "leave", {"agent": ["they"]}),
        ("The drones that Norland sold fell.", "sell", {"agent": ["norland"]}),
        ("The town is easy to defend.", "defend", {"patient": ["town"]}),
        ("Ann Orr gave the guard a book.", "give", {"addressee": ["guard"]}),
        ("Norland made an announcement.", "announcement", {"agent": ["norland"]}),
        ("Orr's arrest shocked many.", "arrest", {"patient": ["orr"]}),
        ("Orr's attack shocked many.", "attack", {"agent": ["orr"]}),
        ("Prices rose.", "rise", {"patient": ["price"]}),
        ("Norland raised prices.", "raise", {"agent": ["norland"]}),
        ("It was hit by Tuesday.", "hit", {"no agent": ["hit"]}),
    ],
)
def test_who_is_not_where_one_looks_first(text, predicate, expected):
    table = layer_of("clauses", articles(text))
    found = roles_of(table, predicate)
    assert {role: found.get(role) for role in expected} == expected


def test_a_measure_counts_actors_and_leaves_out_what_is_denied():
    found = fl.roles(fl.corpus.corpus_of(articles(TEXT), marks_only=True))
    k = found.counts.set_index("item")["k"]
    assert k["Norland: acts"] == 3  # shelled, warned, strikes; not the attack denied
    assert k[NOBODY] == 3
    assert found.totals["n"].tolist() == [
        found.clauses["annotation"].nunique(),
    ]
    assert "2 of 3 passives do not say who acts" in found.caption


def test_one_actor_is_counted_by_what_is_done():
    corpus = fl.corpus.corpus_of(articles(TEXT), marks_only=True)
    found = fl.roles(corpus, actor="Norland")
    k = found.counts.set_index("item")["k"].to_dict()
    assert k == {"acts": 3, "acts: harm": 2, "acts: threat": 1}
    assert found.totals["n"].tolist() == [3]
    assert found.evidence("acts: harm")["text"].tolist()[0].startswith("Norland shell")
    with pytest.raises(UnknownNameError, match="Norlnd"):
        fl.roles(corpus, actor="Norlnd")


def test_the_figure_names_both_ends_and_bears_hostile_names():
    text = "Norland attacked Sutland. <b>Norland</b> threatened Sutland."
    found = fl.roles(fl.corpus.corpus_of(articles(text), marks_only=True))
    drawn = [one.get_text() for one in found.plot().texts]
    assert {"Norland", "Sutland", "harm"} <= set(drawn)
    assert "<b>" not in found.figure().html


def test_articles_without_a_clause_count_nothing():
    found = fl.roles(fl.corpus.corpus_of(articles("Rain. Snow."), marks_only=True))
    assert found.counts.empty
    assert "no named actor" in found.plot().texts[0].get_text()


def test_no_word_is_in_two_classes():
    listed = fl._lists.read_list("verb_classes")
    parts = {name: part for name, part in listed.items() if isinstance(part, dict)}
    for kind in ("verbs", "nouns"):
        words = [word for part in parts.values() for word in part[kind].split()]
        assert len(words) == len(set(words))
    assert class_of("kill") == "harm"
    assert Path(fl._lists.FOLDER / "predicates.toml").is_file()
