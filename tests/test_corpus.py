"""A corpus: every layer once, parts on the same store, and corrections that win."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framelens as fl
from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens._layers import DECLARED, layer, resting_on
from framelens.corpus import corpus_of

TEXTS = [
    'Bread is dear, said Ann Orr. "We bake less," she added.',
    "LUSE (Reuters) – Tea is cheap. The mayor denied that it was smuggled.",
    'Bread and tea. "No," said Leo Brandt.',
    "Nothing happened in Luse on Monday.",
]


def articles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article": ["a", "b", "c", "d"],
            "outlet": ["Daily", "Herald", "Daily", None],
            "event": ["bread", "tea", "bread", None],
            "date": ["2022-10-01", "2022-10-02", None, "2022-10-04"],
            "text": TEXTS,
        }
    )


@pytest.fixture(scope="module")
def corpus() -> fl.Corpus:
    return fl.read_corpus(articles())


def names(corpus: fl.Corpus) -> str:
    return "".join(corpus.articles["article"])


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ({}, "abcd"),
        ({"outlet": "Daily"}, "ac"),
        ({"outlet": ["Herald", "Daily"]}, "abc"),
        ({"event": "tea"}, "b"),
        ({"article": ["d", "a"]}, "ad"),
        ({"about": "bread"}, "ac"),
        ({"about": "tea AND bread"}, "c"),
        ({"since": "2022-10-02"}, "bd"),
        ({"until": "2022-10-02"}, "ab"),
        ({"since": "2022-10-02", "until": "2022-10-03", "outlet": "Herald"}, "b"),
        ({"outlet": "Daily", "event": "tea"}, ""),
    ],
)
def test_where_keeps_what_meets_every_condition(corpus, conditions, kept):
    assert names(corpus.where(**conditions)) == kept


@pytest.mark.parametrize(
    ("conditions", "error"),
    [
        ({"outlet": "Dayly"}, UnknownNameError),
        ({"event": "coffee"}, UnknownNameError),
        ({"since": "2 October"}, InputError),
        ({"until": "2022-13-01"}, InputError),
        ({"about": "("}, InputError),
    ],
)
def test_where_says_what_it_cannot_find(corpus, conditions, error):
    with pytest.raises(error):
        corpus.where(**conditions)


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "outlet": st.sampled_from(["Daily", "Herald"]),
        "since": st.dates().map(str).filter(lambda day: day > "1000"),
        "about": st.sampled_from(["bread", "tea", "luse OR bread"]),
    },
)


@given(CONDITIONS)
def test_conditions_may_come_together_or_one_after_the_other(conditions):
    whole = fl.read_corpus(articles())
    one_by_one = whole
    for name, value in conditions.items():
        try:
            one_by_one = one_by_one.where(**{name: value})
        except UnknownNameError:  # the outlet is not among those that are left
            assert names(whole.where(**conditions)) == ""
            return
    assert names(one_by_one) == names(whole.where(**conditions))


def test_a_layer_is_computed_once_and_only_for_what_is_asked_for(monkeypatch):
    asked: list[str] = []

    def counting(articles):
        asked.extend(articles["article"])
        return declared.compute(articles)

    declared = layer("quotations")
    counted = replace(declared, compute=counting)
    monkeypatch.setattr(
        "framelens._computed.layer",
        lambda name: counted if name == "quotations" else layer(name),
    )
    corpus = fl.read_corpus(articles())
    part = corpus.where(outlet="Daily")
    assert not asked
    assert set(part.quotations["article"]) == {"a", "c"}
    assert asked == ["a", "c"]
    assert set(corpus.quotations["article"]) == {"a", "c"}
    assert set(corpus.voices["article"]) == {"a", "b", "c", "d"}
    assert asked == ["a", "c", "b", "d"]


WHOLE = {name for name in DECLARED if layer(name).whole}
PER_ARTICLE = sorted(set(DECLARED) - WHOLE - resting_on(WHOLE))


@pytest.mark.parametrize("name", PER_ARTICLE)
def test_what_is_marked_in_one_article_does_not_depend_on_the_others(shipped, name):
    whole = fl.read_corpus(shipped).layer(name)
    for article in shipped["article"]:
        alone = fl.read_corpus(shipped[shipped["article"].eq(article)]).layer(name)
        same = whole[whole["article"].eq(article)].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, same, check_dtype=False)


@pytest.mark.parametrize("name", DECLARED)
def test_every_layer_has_the_columns_that_it_declares(shipped, name):
    table = fl.read_corpus(shipped).layer(name)
    assert set(layer(name).columns) <= set(table.columns)


def test_a_table_that_is_changed_by_its_user_changes_no_layer(corpus):
    mine = corpus.quotations
    mine["kind"] = "scare"
    mine["more"] = 1
    assert set(corpus.quotations["kind"]) == {"speech"}
    assert "more" not in corpus.quotations


def test_a_part_of_what_was_read_is_a_whole_of_its_own(tmp_path):
    whole = fl.read_corpus(articles())
    assert len(whole.ledger)
    alone = fl.read_corpus(articles().iloc[:2])
    assert len(alone.ledger)
    assert whole.cut(["a", "b"]).ledger.equals(alone.ledger)
    saved = whole.where(article=["a", "b"]).save(tmp_path / "store")
    assert fl.open_corpus(saved).ledger.equals(alone.ledger)


def test_a_corrected_ledger_wins_everywhere_and_nowhere_else(corpus):
    mine = corpus.ledger.assign(speaker="Somebody Else")
    right = corpus.correct(ledger=mine)
    assert set(fl.speakers(right).counts["item"]) == {"Somebody Else"}
    assert "Ann Orr" in set(fl.speakers(corpus).counts["item"])
    assert set(fl.speakers(right.where(article="c")).counts["item"]) == {
        "Somebody Else"
    }


def test_an_attribution_that_is_taken_out_is_the_outlets_own_voice(corpus):
    denied = corpus.ledger["cue_class"].eq("denying")
    assert denied.sum() == 1
    assert "indirect" in set(corpus.where(article="b").voices["voice"])
    right = corpus.correct(ledger=corpus.ledger[~denied])
    assert "indirect" not in set(right.where(article="b").voices["voice"])


def test_corrected_quotations_and_furniture_change_the_voices(corpus):
    scare = corpus.correct(quotations=corpus.quotations.assign(kind="scare"))
    assert "direct" in set(corpus.voices["voice"])
    assert "direct" not in set(scare.voices["voice"])
    assert "furniture" in set(corpus.voices["voice"])
    bare = corpus.correct(furniture=corpus.furniture[:0])
    assert "furniture" not in set(bare.voices["voice"])
    assert fl.terms(bare).totals["n"].sum() > fl.terms(corpus).totals["n"].sum()


def test_corrected_events_and_actors_win(corpus):
    events = pd.DataFrame({"article": ["d"], "event": ["tea"]})
    right = corpus.correct(events=events)
    assert names(right.where(event="tea")) == "bd"
    assert right.events.set_index("article")["event"]["d"] == "tea"
    assert names(corpus.where(event="tea")) == "b"
    actors = pd.DataFrame(
        {"alias": ["Ann Orr"], "actor": ["Anna Orr"], "affiliation": ["Luse"]}
    ).assign(role=None)
    named = right.correct(actors=actors)
    assert "Anna Orr" in set(named.ledger["speaker"])
    assert names(named.where(event="tea")) == "bd"


def test_a_correction_stays_when_another_is_made(corpus):
    mine = corpus.ledger.assign(speaker="Somebody Else")
    right = corpus.correct(ledger=mine).correct(
        events=pd.DataFrame({"article": ["d"], "event": ["tea"]})
    )
    assert set(right.ledger["speaker"].dropna()) == {"Somebody Else"}


def test_a_correction_that_does_not_fit_is_refused(corpus):
    with pytest.raises(ColumnError):
        corpus.correct(quotations=corpus.quotations.drop(columns="kind"))
    beyond = corpus.furniture.assign(end=10_000)
    with pytest.raises(InputError, match="no stretch of article"):
        corpus.correct(furniture=beyond)
    with pytest.raises(InputError, match="articles that are not there"):
        corpus.correct(events=pd.DataFrame({"article": ["x"], "event": ["tea"]}))
    with pytest.raises(UnknownNameError):
        corpus.layer("quotation")


def test_several_sources_make_one_corpus(tmp_path):
    first, second = articles().iloc[:2], articles().iloc[2:]
    path = tmp_path / "more.csv"
    second.to_csv(path, index=False)
    assert names(fl.read_corpus([first, path])) == "abcd"
    with pytest.raises(InputError, match="must be unique"):
        fl.read_corpus([first, first])
    with pytest.raises(InputError, match="no source"):
        fl.read_corpus([])


def test_what_was_dropped_is_said():
    table = articles()
    table.loc[3, "text"] = " "
    with pytest.warns(UserWarning, match="1 dropped from the DataFrame"):
        corpus = fl.read_corpus(table)
    assert "the text is empty" in corpus.account


def test_every_function_takes_a_corpus_a_table_or_a_path(tmp_path, corpus):
    path = tmp_path / "articles.csv"
    articles().to_csv(path, index=False)
    assert corpus_of(corpus) is corpus
    tables = [fl.terms(one).counts for one in (corpus, articles(), path, str(path))]
    assert all(table.equals(tables[0]) for table in tables)


def test_what_is_given_is_left_alone():
    table = articles()
    before = table.copy(deep=True)
    corpus = fl.read_corpus(table)
    assert len(corpus.ledger) > 0
    corpus.correct(events=pd.DataFrame({"article": ["d"], "event": ["tea"]}))
    pd.testing.assert_frame_equal(table, before)


def test_marks_alone_need_no_model():
    corpus = fl.read_corpus(articles(), marks_only=True)
    assert set(corpus.voices["voice"]) == {"direct", "rest", "furniture"}
    assert set(corpus.ledger["voice"]) == {"direct"}


def test_what_rests_on_what_follows_from_the_declarations():
    assert {"voices", "ledger", "credited"} <= resting_on({"quotations"})
    assert "quotations" not in resting_on({"ledger"})
    assert resting_on(set()) == set()
    assert resting_on({"events"}) & {"tokens", "voices", "quotations"} == set()
