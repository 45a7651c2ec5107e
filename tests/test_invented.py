"""The invented articles: they hold what was planted, and most of it is found."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from framelens import align
from framelens._lists import read_list
from framelens.align.agencies import agency_named
from framelens.corpus import read_corpus
from framelens.read import read_articles

DATA = Path(__file__).parent.parent / "data"
INVENTED = DATA / "invented"
OUTLETS = {"Dunvarra Courier", "Inland Ledger", "Ostrane Post", "Radio Tamber"}

# Enough to notice that a real one slipped in.
REAL = """ABC|Al Jazeera|BBC|Bloomberg|Breitbart|CBS|CNBC|CNN|Daily Mail|Economist|
Financial Times|Fox|Guardian|HuffPost|Independent|Le Monde|Los Angeles Times|Mirror|
MSNBC|NBC|New York Times|NPR|Politico|Spiegel|Sputnik|Telegraph|USA Today|
Wall Street Journal|Washington Post""".replace("\n", "")


@pytest.fixture(scope="module")
def articles():
    return read_corpus(INVENTED / "articles.csv").articles


@pytest.fixture(scope="module")
def texts(articles):
    return articles.set_index("article")["text"]


@pytest.fixture(scope="module")
def planted():
    table = pd.read_csv(INVENTED / "planted.csv", dtype=str, keep_default_na=False)
    return table.set_index("plant")


@pytest.fixture(scope="module")
def duplicates(articles):
    return read_corpus(articles).duplicates


def pairs_of(planted, *kinds):
    """Every pair of articles of which a copy of these kinds was planted."""
    chosen = planted[planted["kind"].isin(kinds)]
    groups = [
        {article, *others.split()}
        for article, others in zip(chosen["article"], chosen["other"], strict=True)
    ]
    return {(a, b) for group in groups for a in group for b in group if a < b}


COPIES = ("exact copy", "wire copy", "near-copy", "version")


# The set itself.


def test_the_table_is_read_whole(articles):
    reading = read_articles(INVENTED / "articles.csv")
    assert reading.dropped.empty
    assert reading.remarks.empty
    assert set(articles["outlet"]) == OUTLETS
    assert articles["event"].nunique() == 3
    assert articles.groupby("event")["outlet"].nunique().eq(4).all()
    filled = articles[["date", "title", "genre", "licence", "source"]]
    assert filled.notna().all(axis=None)
    files = {f"articles/{path.name}" for path in (INVENTED / "articles").iterdir()}
    assert set(articles["file"]) == files


def test_every_article_is_marked_as_invented(articles):
    assert articles["source"].str.startswith("INVENTED").all()
    assert articles["text"].str.split().str.len().between(90, 220).all()


def test_every_column_and_kind_is_in_the_codebook(planted):
    codebook = (DATA / "README.md").read_text(encoding="utf-8")
    for column in pd.read_csv(INVENTED / "planted.csv", dtype=str).columns:
        assert f"| `{column}` |" in codebook
    for kind in planted["kind"].unique():
        assert f"`{kind}`" in codebook


def test_no_real_outlet_or_agency_is_named(articles):
    agencies = "|".join(chain(*read_list("agencies")["written"].values()))
    real = re.compile(rf"\b(?:{REAL}|{agencies})\b")
    given = read_articles(DATA / "articles.csv").articles
    assert not OUTLETS & set(given["outlet"])
    for column in ("text", "title", "outlet"):
        assert not [one for one in articles[column] if real.search(one)]


def test_every_passage_stands_where_the_list_says(planted, texts):
    assert planted.index.tolist() == [f"p{n:02}" for n in range(1, 22)]
    for row in planted.itertuples():
        assert row.passage in texts[row.article], row.Index
        for other in row.other.split():
            if row.other_passage:
                assert row.other_passage in texts[other], row.Index
            else:
                assert row.kind == "omission"
                assert row.passage not in texts[other], row.Index


def test_what_is_planted_lies_within_one_event_or_outlet(planted, articles):
    about = articles.set_index("article")
    for row in planted.itertuples():
        rows = about.loc[[row.article, *row.other.split()]]
        apart = row.kind in ("look-alike events", "agency named")
        one = "outlet" if row.kind in ("boilerplate", "agency named") else "event"
        assert (len(set(rows[one])) == 1) != (row.kind == "look-alike events")
        assert not apart or rows["event"].nunique() == 2


# What is found.


def test_the_events_are_found_without_being_given(articles):
    found = align.events(articles.assign(event=None))
    both = set(zip(articles["event"], found["event"], strict=True))
    assert len(both) == found["event"].nunique() == 3


def test_the_events_do_not_depend_on_the_order(articles):
    blind = articles.assign(event=None)
    found = align.events(blind).set_index("article")["event"]
    turned = align.events(blind.iloc[::-1]).set_index("article")["event"]
    assert turned.loc[found.index].tolist() == found.tolist()


def test_one_article_shares_the_dispute_and_not_the_occasion(articles, planted):
    members = align.event_members(articles)
    only = planted[planted["kind"] == "dispute only"]["article"].tolist()
    assert members[members["shares"] != "occasion"]["article"].tolist() == only


@pytest.mark.parametrize("kind", ["exact copy", "wire copy", "version"])
def test_copies_are_called_what_they_are(kind, duplicates, planted):
    row = planted[planted["kind"] == kind].iloc[0]
    found = duplicates.set_index("article")
    assert found.loc[row["article"], "kind"] == "first"
    for other in row["other"].split():
        assert found.loc[other, ["kind", "first"]].tolist() == [kind, row["article"]]


def test_nothing_else_is_a_copy(duplicates, planted):
    found = duplicates[duplicates["kind"] != "first"]
    pairs = set(zip(found["first"], found["article"], strict=True))
    assert pairs <= pairs_of(planted, *COPIES)
    assert len(found) == 5


def test_an_agency_is_named_once_it_is_added(articles, planted):
    row = planted[planted["kind"] == "agency named"].iloc[0]
    found = align.duplicates(articles, agencies=["Saltmark Wire"])
    named = found[found["agency"] == "Saltmark Wire"]
    assert named["article"].tolist() == [row["article"], row["other"]]
    assert found.set_index("article")["kind"]["h2"] == "wire copy"


def test_the_closing_lines_of_two_outlets_are_boilerplate(articles, planted, texts):
    found = read_corpus(articles).boilerplate
    places = zip(found["article"], found["start"], found["end"], strict=True)
    there = {(texts[one][start:end], one) for one, start, end in places}
    rows = planted[planted["kind"] == "boilerplate"].itertuples()
    lines = {
        (row.passage, one) for row in rows for one in (row.article, *row.other.split())
    }
    assert there == lines


def test_an_agency_that_is_not_known_is_not_named(texts, duplicates):
    assert agency_named(texts["f1"]) is None
    assert agency_named(texts["f1"].replace("Saltmark Wire", "AP")).agency == "AP"
    assert duplicates["agency"].isna().all()
    kinds = duplicates.set_index("article")["kind"]
    assert kinds["h2"] == "near-duplicate"


def test_without_duplicates_each_copied_text_counts_once(articles, planted):
    kept = set(align.without_duplicates(articles).articles["article"])
    assert len(kept) == 10
    assert not [pair for pair in pairs_of(planted, *COPIES) if set(pair) <= kept]


def test_half_of_the_words_are_shared_only_by_copies(articles, planted):
    pairs = align.reuse(articles).pairs()
    most = pairs[["share", "other_share"]].max(axis="columns")
    half = pairs[most >= 0.5]
    found = set(zip(half["article"], half["other"], strict=True))
    assert found == pairs_of(planted, *COPIES)
    assert most[most < 0.5].max() < 0.25


def test_boilerplate_is_a_line_of_five_articles_but_not_of_four(articles, planted):
    groups = align.reuse(articles).groups
    long, short = planted[planted["kind"] == "boilerplate"]["passage"].str.rstrip(".")
    kinds = groups.set_index("text")["kind"]
    assert kinds[long] == "boilerplate"
    assert short not in kinds  # furniture of each of the four, by itself


@pytest.mark.parametrize("plant", ["p10", "p11", "p12", "p13"])
def test_statements_are_found_cut_and_paraphrased(plant, statements, planted):
    row = planted.loc[plant]
    places = statements.groups[statements.groups["article"] == row["other"]]
    texts = places["text"].str.contains(row["other_passage"], regex=False)
    assert texts.any()


@pytest.fixture(scope="module")
def statements(articles):
    return align.statements(align.without_duplicates(articles).articles)
