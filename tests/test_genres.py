"""Report or comment: what addresses and titles state, and what wording suggests."""

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import InputError

REPORT = (
    "The ministry said on Monday that bread prices rose by a tenth. “We are looking "
    "at it,” a spokesman told reporters on Tuesday. Bakers announced a meeting on "
    "Thursday, according to a statement. "
)
COMMENT = (
    "We should not pretend that bread is simply dear. It is a choice, and the truth is "
    "that nobody must pay for it but us. Perhaps our ministers never eat. Surely that "
    "is not a policy; it is really just a shrug, and we ought to say so. "
)


def read(rows, **columns):
    texts = [text for text, _ in rows]
    table = pd.DataFrame({"article": list("abcdef"[: len(rows)]), "text": texts})
    return fl.read_corpus(table.assign(outlet=[name for _, name in rows], **columns))


@pytest.mark.parametrize(
    ("column", "cell", "genre"),
    [
        ("url", "https://daily.example/opinion/2022/bread", "comment"),
        ("url", "https://opinion.daily.example/2022/bread", "comment"),
        ("url", "https://daily.example/editorials/bread-is-dear", "editorial"),
        ("url", "https://daily.example/news/opinion-polls-say-bread", None),
        ("url", "https://daily.example/news/2022/opinion", None),
        ("title", "Opinion: Bread is dear", "comment"),
        ("title", "Bread is dear | Editorial", "editorial"),
        ("title", "ANALYSIS | Why bread is dear", "analysis"),
        ("title", "Opinion is divided on bread", None),
        ("section", "Commentary", "comment"),
    ],
)
def test_a_genre_is_taken_from_where_it_is_stated_and_the_account_says_so(
    column, cell, genre
):
    corpus = read([("Bread is dear.", "Daily")], **{column: [cell]})
    assert corpus.articles["genre"].tolist() == [genre]
    assert ("genres not given are those stated: 1 by" in corpus.account) == bool(genre)


def test_what_the_source_gives_wins_over_an_address():
    urls = ["https://a.example/opinion/bread"] * 2
    rows = [("Bread is dear.", "Daily"), ("Bread is cheap.", "Daily")]
    corpus = read(rows, url=urls, genre=["report", " "])
    assert corpus.articles["genre"].tolist() == ["report", "comment"]


def test_the_small_print_of_a_comment_states_it():
    text = (
        "Bread is dear.\n\nThe opinions expressed in this commentary are solely those "
        "of the author."
    )
    assert read([(text, "Daily")]).articles["genre"].tolist() == ["comment"]


def test_wording_tells_comment_from_report_and_says_that_it_guesses():
    rows = [(COMMENT * 4, "Daily"), (REPORT * 6, "Herald"), ("Bread is dear.", "Post")]
    table = read(rows).genres
    assert table["genre"].tolist() == ["comment", "report", None]
    assert table["by"].tolist() == ["wording", "wording", None]
    assert table["comment"][0] > 0.5 > table["comment"][1]
    assert table["comment"].isna().tolist() == [False, False, True]


def test_questions_and_answers_under_labels_read_as_an_interview():
    asked = "\n\n".join(f"Q: Is bread dear?\n\nA: {REPORT}" for _ in range(6))
    assert read([(asked, "Daily")]).genres["genre"].tolist() == ["interview"]


def test_another_language_is_not_judged():
    corpus = read([(COMMENT * 4, "Daily")], language=["fr"])
    assert corpus.genres["genre"].tolist() == [None]


def test_quoted_words_do_not_make_a_comment():
    quoted = f"“{COMMENT.strip()}” the minister said on Monday, according to a report. "
    assert read([(quoted * 4, "Daily")]).genres["genre"].tolist() == ["report"]


def test_a_comparison_of_comment_with_reports_is_warned_of():
    rows = [(COMMENT * 4, "Daily"), (REPORT * 6, "Herald")]
    corpus = read(rows)
    (said,) = corpus.unlike("Daily", "Herald")
    assert "1 of 1 of Daily, 0 of 1 of Herald" in said
    assert "guess" in said
    result = fl.contrast(fl.terms(corpus), "Daily", "Herald")
    assert said in result.notes
    stated = read(rows, genre=["comment", "report"])
    assert stated.unlike("Daily", "Herald") == ()
    assert read([rows[0], (COMMENT * 5, "Herald")]).unlike() == ()


def test_a_guess_is_used_where_the_analyst_hands_it_in():
    rows = [(COMMENT * 4, "Daily"), (REPORT * 6, "Herald"), ("Bread.", "Post")]
    corpus = read(rows)
    corrected = corpus.correct(genres=corpus.genres)
    assert corrected.articles["genre"].tolist() == ["comment", "report", None]
    assert corpus.articles["genre"].isna().all()  # left alone
    assert corrected.genres["by"].tolist() == ["stated", "stated", None]
    wrong = pd.DataFrame({"article": ["z"], "genre": ["report"]})
    with pytest.raises(InputError, match="the table of genres names articles"):
        corpus.correct(genres=wrong)
