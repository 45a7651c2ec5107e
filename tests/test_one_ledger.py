"""Whoever is asked who says something, the answer is the ledger's."""

from __future__ import annotations

import html
import json

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.annotate.words import word_offsets
from framelens.cli import main

PEOPLE = ["Ann Orr", "Lina Moss", "Ms Orr", "the mayor, Leo Brandt", "Brandt", "Farrow"]
WAYS = [
    '"{0}," {1} said.',
    '{1} said: "{0}."',
    "{1} denied that {2}.",
    'According to {1}, "{0}".',
    "“{0},” said {1}, who added that {2}.",
]
SENTENCES = [
    "the harbour will never be sold to strangers",
    "every lamp on the quay has a keeper",
    "the council counted the boats twice",
    "no ferry left the island on Sunday",
]


def made(number: int) -> pd.DataFrame:
    """Make articles of three outlets in which people say some of the same things."""
    random = np.random.default_rng(7)
    texts = []
    for _ in range(number):
        lines = [
            str(random.choice(WAYS)).format(
                *(str(random.choice(SENTENCES)), str(random.choice(PEOPLE))),
                str(random.choice(SENTENCES)),
            )
            for _ in range(4)
        ]
        texts.append("\n".join(f"{line[:1].upper()}{line[1:]}" for line in lines))
    return pd.DataFrame(
        {
            "article": [f"m{place}" for place in range(number)],
            "outlet": [f"Outlet {place % 3}" for place in range(number)],
            "event": [f"made {place // 5}" for place in range(number)],
            "text": texts,
        }
    )


@pytest.fixture(scope="module", params=[False, True], ids=["attributions", "marks"])
def corpus(shipped, request):
    articles = pd.concat([shipped, made(50)], ignore_index=True)
    return fl.read_corpus(articles, marks_only=request.param)


@pytest.fixture(scope="module")
def texts(corpus):
    return dict(zip(corpus.articles["article"], corpus.articles["text"], strict=True))


def words_in(text: str, start: int, end: int) -> list[int]:
    """Where the words of a stretch begin."""
    return [start + begin for begin, _ in word_offsets(text[start:end])]


@pytest.fixture(scope="module")
def speaker_at(corpus, texts):
    """Whom the ledger names at every word; only words of one attribution."""
    names: dict[tuple[str, int], set[object]] = {}
    for row in corpus.ledger[corpus.ledger["depth"].eq(0)].itertuples():
        for start, end in row.content:
            for word in words_in(texts[row.article], start, end):
                names.setdefault((row.article, word), set()).add(row.actor)
    # What is left of a quotation is credited with the part that the ledger holds.
    for row in corpus.quotations.query("depth == 0 and kind == 'speech'").itertuples():
        words = [(row.article, one) for one in words_in(texts[row.article], *row[2:4])]
        inside = [names[word] for word in words if word in names]
        if inside and all(some == inside[0] for some in inside):
            names |= dict.fromkeys(words, inside[0])
    single = {place: some for place, some in names.items() if len(some) == 1}
    return {place: next(iter(some)) for place, some in single.items()}


def test_the_measure_of_speakers_names_them(corpus, texts, speaker_at):
    counts = fl.measure.speakers(corpus)
    checked = 0
    for item in counts.counts["item"].unique():
        for row in counts.evidence(item).itertuples():
            places = words_in(texts[row.article], row.start, row.end)
            names = {speaker_at.get((row.article, word), item) for word in places}
            names = {"(not named)" if name is None else name for name in names}
            assert item in names
            checked += len(places)
    assert checked > 500


def test_the_table_of_speakers_adds_up_to_the_measure(corpus):
    counts = fl.measure.speakers(corpus).counts
    table = fl.measure.speakers_table(corpus)
    words = table[table["words"] > 0].set_index(["speaker", "outlet"])["words"]
    counted = counts.groupby(["item", "outlet"])["k"].sum()
    counted.index.names = words.index.names
    assert words.sort_index().equals(counted.sort_index().rename("words"))


def test_the_rest_of_a_quotation_is_its_speakers():
    text = (
        'Dana Holm argues that "the harbour is too shallow for ferries. We hope that '
        'the council will stop the dredging. Otherwise we leave the port for good."'
    )
    other = 'Dana Holm said: "Otherwise we leave the port for good."'
    articles = pd.DataFrame(
        {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": [text, other]}
    )
    groups = fl.statements(articles).groups
    assert groups["speaker"].tolist() == ["Dana Holm", "Dana Holm"]


def test_statements_name_them(corpus, texts, speaker_at):
    groups = fl.align.statements(corpus).groups
    alone = groups[~groups.duplicated(["group", "article"], keep=False)]
    checked = 0
    for row in alone.itertuples():
        places = words_in(texts[row.article], row.start, row.end)
        names = {speaker_at.get((row.article, word)) for word in places} - {None}
        if len(names) == 1:
            assert row.speaker in names
            checked += 1
    assert checked > 30


def test_the_report_names_them(corpus, tmp_path):
    pair = corpus.where(event="un-drones-2022-10")
    page = html.unescape(fl.report.report(pair, tmp_path).read_text(encoding="utf-8"))
    table = fl.measure.speakers_table(pair)
    for speaker in table[table["words"] > 0]["speaker"].unique():
        assert speaker in page


def test_the_command_line_names_them(shipped, tmp_path):
    corpus = fl.read_corpus(pd.concat([shipped, made(50)], ignore_index=True))
    source, out = tmp_path / "articles.parquet", tmp_path / "said.jsonl"
    corpus.articles.to_parquet(source)
    assert main(["attributions", str(source), "--out", str(out)]) in (0, None)
    written = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    ledger = corpus.ledger[corpus.ledger["probability"].notna()]
    said = {
        (row.article, json.dumps([list(map(int, one)) for one in row.content])): (
            row.actor
        )
        for row in ledger.itertuples()
    }
    assert len(written) == len(said)
    for row in written:
        assert said[row["article"], json.dumps(row["content"])] == row["speaker"]


def test_a_quotation_of_which_the_ledger_holds_a_part_is_one_speakers():
    text = 'Ann Orr said: "We go on. The harbour stays."'
    articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    part = text.index("We"), text.index(" The")
    mine = pd.DataFrame(
        {"article": ["a"], "content": [[list(part)]], "speaker": ["Ann Orr"]}
    )
    counts = fl.speakers(fl.read_corpus(articles).correct(ledger=mine)).counts
    assert counts[["voice", "item", "k"]].values.tolist() == [["direct", "Ann Orr", 6]]
