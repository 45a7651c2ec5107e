"""Whose words: bars, caption and table hold the same numbers."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from framelens._checks import InputError
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.show import plot_words, words_figure, words_table

SAID = "“We will go,” said Ada Bell. She denied that it was late. "
ARTICLES = pd.DataFrame(
    {
        "article": ["a", "b"],
        "outlet": ["Daily", None],
        "genre": ["comment", None],
        "date": ["2022-10-20", None],
        "text": [SAID, "It rained all day long. Nobody was out."],
    }
)
CORPUS = corpus_of(ARTICLES)
MARKED = corpus_of(ARTICLES, marks_only=True)


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def texts(ax):
    return [one.get_text() for one in ax.texts]


def test_words_are_stacked_hatched_and_numbered():
    _, ax = plt.subplots()
    assert plot_words(CORPUS, ax=ax) is ax
    assert [bar.get_width() for bar in ax.patches] == [3, 0, 4, 0, 5, 8]
    direct, indirect, own = ax.patches[::2]
    assert not direct.get_hatch()
    assert indirect.get_hatch()
    assert own.get_facecolor() != direct.get_facecolor()
    assert texts(ax) == [
        "in marks 25 %, reported 33 %, own 42 %",
        "in marks 0 %, reported 0 %, own 100 %",
    ]
    labels = [one.get_text() for one in ax.get_yticklabels()]
    assert labels == ["Daily\ncomment, article a", "outlet not stated\narticle b"]
    names = [one.get_text() for one in ax.get_legend().get_texts()]
    assert names == ["in quotation marks", "reported speech", "outlet's own voice"]


def test_table_and_figure_hold_the_same_numbers():
    table, figure = words_table(CORPUS), words_figure(CORPUS)
    assert table["words"].tolist() == [12, 8]
    assert table["outlet's own voice, %"].tolist() == [42, 100]
    assert "Daily (article a) 3 in quotation marks, 4 reported speech," in figure.alt
    assert "outlet not stated (article b) 0 in quotation marks" in figure.alt
    assert "2 articles; 2022-10-20, 1 without a date" in figure.caption
    assert VOICE_ACCURACY.sentence() in figure.caption


def test_by_the_marks_alone_it_is_said_that_the_rest_is_not_the_own_voice():
    table, figure = words_table(MARKED), words_figure(MARKED)
    assert table["in quotation marks"].tolist() == [3, 0]
    assert table["outside quotation marks, %"].tolist() == [75, 100]
    assert "not the outlet's own voice alone" in figure.caption
    assert VOICE_ACCURACY.sentence() not in figure.caption
    assert texts(plot_words(MARKED))[0] == "in marks 25 %, other 75 %"


def test_an_article_without_a_word_has_no_share():
    corpus = corpus_of(ARTICLES.assign(text=["…", SAID]))
    assert texts(plot_words(corpus))[0] == "no word"
    assert words_table(corpus)["reported speech, %"].isna().tolist() == [True, False]
    only = corpus_of(ARTICLES.head(1).assign(text="…"))
    assert words_table(only)["words"].tolist() == [0]
    assert words_figure(only).png


def test_words_of_no_article_are_refused():
    with pytest.raises(InputError, match="no article"):
        plot_words(CORPUS.where(article=[]))


def test_names_are_drawn_as_they_are_written():
    odd = ARTICLES.assign(outlet=["$\\frac{x", "_hidden $y$\x00"])
    assert words_figure(odd).png.startswith(b"\x89PNG")
