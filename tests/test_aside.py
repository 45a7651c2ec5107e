"""Texts aside: a large source is read part by part, and gives what it would whole."""

from __future__ import annotations

import json
import random
import tracemalloc
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens import _computed, _store
from framelens.align.people import names, names_in_turn
from framelens.cli import main
from framelens.read import aside, read_articles

pytestmark = pytest.mark.filterwarnings("ignore:.* dropped from")

HALF = "\ud83d"


def table(count: int = 20) -> pd.DataFrame:
    """Articles of which some are dropped, with a column of the source's own."""
    told = "“We bake less,” said Ann Orr, the mayor of Luse. Bread is dear. "
    texts = [f"Part {n}. " + told * (4 + n % 3) for n in range(count)]
    texts[5], texts[12] = "  ", ""
    return pd.DataFrame(
        {
            "outlet": [["Daily", "Herald"][n % 2] for n in range(count)],
            "title": [f"Bread {n}" for n in range(count)],
            "notes": [None, "A note of its own."] * (count // 2),
            "text": [one or None for one in texts],
        }
    )


def written(folder, kind: str):
    path = folder / f"articles.{kind}"
    if kind == "csv":
        table().to_csv(path, index=False)
    elif kind == "jsonl":
        records = table().astype(object).where(table().notna(), None)
        lines = [json.dumps(one) for one in records.to_dict("records")]
        path.write_text("\n\n".join(lines), encoding="utf-8")
    elif kind == "json":
        table().to_json(path, orient="records")
    elif kind == "parquet":
        table().to_parquet(path, row_group_size=7)
    return path


@pytest.fixture
def everything_aside(monkeypatch):
    monkeypatch.setattr(aside, "ROOM", 500)
    monkeypatch.setattr(aside, "PIECE", 700)


def contents(folder) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def plain(articles: pd.DataFrame) -> pd.DataFrame:
    articles = articles.astype(object)
    return articles.where(articles.notna(), None)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet"])
def test_a_source_read_part_by_part_gives_what_it_gives_whole(
    kind, tmp_path, monkeypatch
):
    source = written(tmp_path, kind)
    whole = fl.read_corpus(source, workers=1)
    monkeypatch.setattr(_computed, "MOST", 6)
    whole.save(tmp_path / "whole")
    monkeypatch.setattr(aside, "ROOM", 500)
    monkeypatch.setattr(aside, "PIECE", 700)
    parts = fl.read_corpus(source, workers=1)
    assert parts.articles["text"].dtype == "str"  # Arrow's, over the file
    assert parts.articles["text"].array.__arrow_array__().num_chunks > 3
    pd.testing.assert_frame_equal(plain(parts.articles), plain(whole.articles))
    assert parts.account == whole.account
    pd.testing.assert_frame_equal(parts.reading.dropped, whole.reading.dropped)
    parts.save(tmp_path / "parts")
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")
    opened = fl.open_corpus(tmp_path / "parts")
    assert opened.articles["text"].dtype == "str"
    pd.testing.assert_frame_equal(plain(opened.articles), plain(whole.articles))
    for layer in ("names", "boilerplate", "duplicates"):
        pd.testing.assert_frame_equal(parts.layer(layer), whole.layer(layer))


def test_a_long_column_of_the_sources_own_is_aside_too(tmp_path, everything_aside):
    source = tmp_path / "articles.csv"
    given = table().assign(page=[None, "<p>Bread is dear.</p> " * 20] * 10)
    given.to_csv(source, index=False)
    read = read_articles(source).articles
    assert read["page"].dtype == "str"
    kept = given[given["text"].fillna("").str.strip() != ""]
    assert plain(read)["page"].tolist() == plain(kept)["page"].tolist()


def test_several_sources_and_repair_keep_texts_aside(tmp_path, everything_aside):
    sources = [written(tmp_path, kind) for kind in ("csv", "parquet")]
    articles = read_articles(sources, repair=True).articles
    assert articles["text"].dtype == "str"
    texts = table()["text"].dropna()
    expected = texts[texts.str.strip() != ""].tolist()
    assert articles["text"].tolist() == 2 * expected


@pytest.mark.parametrize(
    ("kind", "last", "message"),
    [
        ("csv", 'Daily,"not closed', "line 22: unexpected end of data"),
        ("csv", "a,b,c,d,e,f", "line 22: 6 cells under 4 column names"),
        ("jsonl", '\n{"text": ', "line 40: not JSON"),
    ],
)
@pytest.mark.parametrize("room", [500, 10**9])
def test_a_fault_in_a_later_part_is_said_and_nothing_is_written(
    kind, last, message, room, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(aside, "ROOM", room)
    monkeypatch.setattr(aside, "PIECE", 700)
    source = written(tmp_path, kind)
    with source.open("a", encoding="utf-8") as file:
        file.write(last)
    assert main(["annotate", str(source), "--out", str(tmp_path / "store")]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_half_a_character_in_a_later_part_is_dropped_with_its_reason(
    tmp_path, monkeypatch
):
    source = written(tmp_path, "jsonl")
    with source.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"text": "Tea " * 90 + HALF}))
    whole = read_articles(source)
    monkeypatch.setattr(aside, "ROOM", 500)
    parts = read_articles(source)
    assert parts.dropped["reason"].str.contains("half a character").sum() == 1
    pd.testing.assert_frame_equal(parts.dropped, whole.dropped)
    pd.testing.assert_frame_equal(plain(parts.articles), plain(whole.articles))


def test_a_run_that_stopped_goes_on_also_with_texts_aside(
    tmp_path, monkeypatch, everything_aside
):
    monkeypatch.setattr(_computed, "MOST", 6)
    source = written(tmp_path, "csv")
    fl.read_corpus(source, workers=1).save(tmp_path / "whole")
    write, done = _store.Store.write, []

    def stopping(self, *given):
        if len(done) == 9:
            raise KeyboardInterrupt
        done.append(given)
        return write(self, *given)

    monkeypatch.setattr(_store.Store, "write", stopping)
    with pytest.raises(KeyboardInterrupt):
        fl.read_corpus(source, workers=1).save(tmp_path / "stopped")
    monkeypatch.setattr(_store.Store, "write", write)
    there = contents(tmp_path / "stopped")
    assert len(there) == 9
    assert there.items() <= contents(tmp_path / "whole").items()
    fl.read_corpus(source, workers=1).save(tmp_path / "stopped")
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


def test_a_first_run_looks_for_articles_in_no_other_part(tmp_path, monkeypatch):
    monkeypatch.setattr(_computed, "MOST", 6)
    looked = []
    told_by = _store._told_by
    monkeypatch.setattr(
        _store, "_told_by", lambda path: looked.append(path) or told_by(path)
    )
    fl.read_corpus(table(), workers=1).save(tmp_path / "store")
    assert not looked
    fl.read_corpus(table().iloc[3:], workers=1).save(tmp_path / "store")
    assert looked  # what is left of another cut is used


def test_reading_a_large_source_takes_no_memory_for_its_texts(tmp_path):
    chance = random.Random(1)  # noqa: S311 - no secret
    words = ["bread", "tea", "mayor", "luse", "dear", "cheap"]
    source = tmp_path / "articles.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write("text\n")
        for _ in range(600):
            file.write(" ".join(chance.choices(words, k=8_000)) + "\n")
    size = source.stat().st_size
    assert size > 20_000_000
    read_articles(pd.DataFrame({"text": ["Tea"]}))  # modules are loaded
    tracemalloc.start()
    reading = read_articles(source)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(reading.articles) == 600
    assert most < size / 2


def test_names_are_the_same_some_articles_at_a_time():
    articles = table().dropna(subset=["text"]).reset_index(drop=True)
    articles = articles.assign(article=[f"a{n}" for n in range(len(articles))])
    sizes = [5, 9, 0, len(articles) - 14]
    given = list(names_in_turn(articles, sizes))
    ends = np.cumsum([0, *sizes])
    for one, (begin, end) in zip(given, pairwise(ends), strict=True):
        assert set(one["article"]) == set(articles["article"].iloc[begin:end])
    pd.testing.assert_frame_equal(
        pd.concat([one for one in given if len(one)], ignore_index=True),
        names(articles),
    )
