"""The shipped articles: the table, the codebook and the files agree."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from framelens.read import read_articles

DATA = Path(__file__).parent.parent / "data"


def test_four_articles_are_read_and_none_dropped():
    reading = read_articles(DATA / "articles.csv")
    articles = reading.articles.set_index("article")
    assert articles.index.tolist() == ["000", "001", "002", "003"]
    assert reading.dropped.empty
    assert reading.remarks.empty
    assert articles["outlet"].tolist() == [
        "Mehr News Agency",
        "The National",
        "unattributed",
        "Iran News",
    ]
    assert articles["genre"].tolist() == ["comment", "report", "report", "comment"]
    assert articles["event"]["000"] == articles["event"]["001"]
    assert articles["event"].nunique() == 3


def test_only_what_is_stated_is_filled_in():
    articles = read_articles(DATA / "articles.csv").articles.set_index("article")
    assert articles["date"].dropna().to_dict() == {"001": "2022-10-20"}
    assert " date 2022-10-20" in articles["text"]["001"]
    titles = articles["title"].dropna().to_dict()
    assert list(titles) == ["003"]
    assert articles["text"]["003"].startswith(titles["003"] + "\n" + titles["003"])


def test_offsets_count_the_untouched_text():
    articles = read_articles(DATA / "articles.csv").articles
    assert articles["text"].map(len).tolist() == [7897, 4053, 3087, 8416]


@pytest.mark.parametrize("path", sorted((DATA / "articles").iterdir()), ids=str)
def test_files_are_those_of_the_codebook(path):
    codebook = (DATA / "README.md").read_text(encoding="utf-8")
    row = next(
        line for line in codebook.splitlines() if f"`articles/{path.name}`" in line
    )
    assert hashlib.sha256(path.read_bytes()).hexdigest() in row
    assert f"| {path.stat().st_size} |" in row


def test_every_column_is_in_the_codebook():
    codebook = (DATA / "README.md").read_text(encoding="utf-8")
    for column in pd.read_csv(DATA / "articles.csv", dtype=str).columns:
        assert f"| `{column}` |" in codebook
