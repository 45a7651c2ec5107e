"""The ledger of a corpus: its contract, and an analyst's corrections."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import InputError
from framelens.annotate.ledger import LEDGER_COLUMNS

TEXT = (
    '"We go on," said Jane Doe. She denied that it was late. '
    'Mr Doe said: "No." Nobody asked.\n\n"Alone it is, and it goes."'
)
OTHER = 'Doe said: "We went home." Officials say it is late.'


@pytest.fixture(scope="module")
def corpus():
    return fl.read_corpus(
        pd.DataFrame(
            {
                "article": ["01", "02"],
                "outlet": ["Daily", "Herald"],
                "event": ["e", "e"],
                "text": [TEXT, OTHER],
            }
        )
    )


def test_every_row_is_complete_and_cites_its_text(corpus):
    for marks_only in (False, True):
        found = fl.read_corpus(corpus.articles, marks_only=marks_only).ledger
        texts = corpus.articles.set_index("article")["text"]
        assert found.columns.tolist() == LEDGER_COLUMNS
        assert found["article"].unique().tolist() == ["01", "02"]
        for row in found.itertuples():
            assert row.text == texts[row.article][row.start : row.end]
            places = [*row.content, *(row.source or []), *(row.cue or [])]
            assert (min(places)[0], max(end for _, end in places)) == (
                row.start,
                row.end,
            )
            assert row.voice in ("direct", "indirect")
            assert row.direct_words + row.indirect_words > 0 or row.depth


def test_who_says_what_in_which_voice(corpus):
    found = corpus.ledger
    shown = ["speaker", "actor", "voice", "direct_words", "indirect_words"]
    assert found.loc[:1, shown].to_numpy().tolist() == [
        ["Jane Doe", "Jane Doe", "direct", 3, 0],
        ["Jane Doe", "Jane Doe", "indirect", 0, 4],
    ]
    assert found["direct_words"].sum() == 3 + 1 + 6 + 3
    assert found["indirect_words"].sum() == 4 + 3
    assert found.loc[found["speaker"].eq("officials"), "anonymous"].all()


def test_a_surname_is_the_full_name_of_its_event(corpus):
    fresh = fl.read_corpus(corpus.articles)  # nothing of it was computed before
    by_article = fresh.where(article="02").ledger
    assert by_article["speaker"].tolist() == ["Doe", "officials"]
    assert by_article["actor"].tolist() == ["Jane Doe", "officials"]
    apart = corpus.correct(
        events=pd.DataFrame({"article": ["02"], "event": ["another"]})
    )
    assert apart.where(article="02").ledger["actor"].tolist() == ["Doe", "officials"]


@pytest.mark.parametrize("kept_as", ["table", "csv", "jsonl"])
def test_a_ledger_given_back_changes_nothing(corpus, tmp_path, kept_as):
    given = corpus.ledger
    if kept_as == "csv":
        given.to_csv(tmp_path / "mine.csv", index=False)
        given = pd.read_csv(tmp_path / "mine.csv", dtype={"article": str})
    elif kept_as == "jsonl":
        given.to_json(tmp_path / "mine.jsonl", orient="records", lines=True)
        lines = (tmp_path / "mine.jsonl").read_text().splitlines()
        given = pd.DataFrame([json.loads(line) for line in lines])
    again = corpus.correct(ledger=given)
    pd.testing.assert_frame_equal(again.ledger, corpus.ledger)
    pd.testing.assert_frame_equal(again.voices, corpus.voices)


def test_three_columns_are_enough(corpus):
    few = corpus.ledger[["article", "content", "speaker"]]
    same = [*few.columns, "kind", "depth", "voice", "actor", "direct_words"]
    again = corpus.correct(ledger=few).ledger
    pd.testing.assert_frame_equal(again[same], corpus.ledger[same])
    assert again["resolved_by"].dropna().eq("by hand").all()


def test_corrections_win_and_change_voices(corpus):
    mine = corpus.ledger
    mine = mine[~mine["kind"].eq("indirect")].copy()
    mine.loc[mine["speaker"].eq("Doe"), "speaker"] = "Ann Roe"
    corrected = corpus.correct(ledger=mine)
    assert "indirect" not in set(corrected.voices["voice"])
    assert corrected.ledger["indirect_words"].sum() == 0
    assert "Ann Roe" in set(corrected.ledger["actor"])


def test_a_quotation_dropped_from_the_ledger_has_a_row_without_speaker(corpus):
    dropped = corpus.ledger[corpus.ledger["article"].ne("02")]
    rows = corpus.correct(ledger=dropped).where(article="02").ledger
    assert rows["text"].tolist() == ['"We went home."']
    assert rows["speaker"].tolist() == [None]
    assert rows["direct_words"].tolist() == [3]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ([[0, 9999]], "no stretch"),
        ([[5, 5]], "no stretch"),
        ("here", "lists"),
        ([], "no content"),
    ],
)
def test_a_ledger_that_does_not_fit_is_refused(corpus, cell, problem):
    mine = corpus.ledger
    mine["content"] = [cell, *mine["content"][1:]]
    with pytest.raises(InputError, match=problem):
        corpus.correct(ledger=mine)


def test_articles_named_by_numbers_are_refused(corpus):
    mine = corpus.ledger.assign(article=lambda rows: rows["article"].astype(int))
    with pytest.raises(InputError, match="names none of the articles"):
        corpus.correct(ledger=mine)


def test_no_word_counts_twice(corpus):
    mine = pd.DataFrame(
        {
            "article": ["01", "01"],
            "content": [[[0, 11]], [[1, 3]]],
            "speaker": ["Jane Doe", "Ann Roe"],
            "depth": [0, 1],
        }
    )
    rows = corpus.correct(ledger=mine).where(article="01").ledger
    words = rows.set_index("speaker")["direct_words"]
    assert (words["Jane Doe"], words["Ann Roe"]) == (3, 0)
