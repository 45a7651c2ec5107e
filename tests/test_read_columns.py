"""Columns: twenty layouts of public tables, mapped without a word from the user."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError
from framelens.read import read_articles

LONG = "The council shut the ferry pier on Monday, and the harbour master agreed. " * 4

# header; cells, with T for the text; what outlet, date, title and url come to be
LAYOUTS = {
    "plain": (
        "headline,body,source,published,link",
        ["Pier shut", "T", "Post", "2021-05-03", "https://post.example/1"],
        ("Post", "2021-05-03", "Pier shut", "https://post.example/1"),
    ),
    "gdelt": (
        "title,text,domain,url,seendate,language",
        [
            "Pier",
            "T",
            "post.example",
            "https://post.example/1",
            "20210503T091500Z",
            "English",
        ],
        ("post.example", "2021-05-03", "Pier", "https://post.example/1"),
    ),
    "media cloud": (
        "stories_id,media_name,publish_date,title,url,story_text",
        ["5", "Post", "2021-05-03 09:20:00", "Pier", "https://post.example/1", "T"],
        ("Post", "2021-05-03", "Pier", "https://post.example/1"),
    ),
    "all the news": (
        ",id,title,publication,author,date,year,month,url,content",
        ["0", "17", "Pier", "Post", "A", "2021-05-03", "2021.0", "5.0", "", "T"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "word count": (
        "Headline,Publication,Publication Date,Full Text,Word Count",
        ["Pier", "Post", "May 3, 2021", "T", "52"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "proquest": (
        "id,Full_text,Title,Full_Text2,Publication_title,Publication_date",
        ["1", "  ", "Pier", "T", "Post", "May 3, 2021"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "guardian": (
        "id,webTitle,webPublicationDate,webUrl,fields.bodyText,publication",
        ["c/pier", "Pier", "2021-05-03T09:20:00Z", "https://p.example/1", "T", "Post"],
        ("Post", "2021-05-03", "Pier", "https://p.example/1"),
    ),
    "nyt": (
        "headline.main,pub_date,lead_paragraph,snippet,web_url,source",
        [
            "Pier",
            "2021-05-03T09:20:00+0000",
            "T",
            "Shut.",
            "https://p.example/1",
            "Post",
        ],
        ("Post", "2021-05-03", "Pier", "https://p.example/1"),
    ),
    "capitals": (
        "Article,Outlet,Date,Title,Text",
        ["1", "Post", "2021-05-03", "Pier", "T"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "lexis in R": (
        "newspaper,section,byline,length,hlead",
        ["Post", "City", "A. Writer", "52", "T"],
        ("Post", None, None, None),
    ),
    "newsapi": (
        "source.id,source.name,author,title,url,publishedAt,content",
        [
            "post",
            "Post",
            "A",
            "Pier",
            "https://p.example/1",
            "2021-05-03T09:20:00Z",
            "T",
        ],
        ("Post", "2021-05-03", "Pier", "https://p.example/1"),
    ),
    "gkg": (
        "GKGRECORDID,DATE,SourceCommonName,DocumentIdentifier,Text",
        ["20210503-1", "20210503091500", "post.example", "https://post.example/1", "T"],
        ("post.example", "2021-05-03", None, "https://post.example/1"),
    ),
    "scraper": (
        "site,author,article_text,scraped_at",
        ["Post", "A. Writer", "T", "2026-01-01"],
        ("Post", None, None, None),
    ),
    "blanks": (
        "id,title ,publications,author, content ",
        ["0", "Pier", "Post", "A. Writer", "T"],
        ("Post", None, "Pier", None),
    ),
    "addresses": (
        "url,headline,text",
        ["https://www.post.example/1", "Pier", "T"],
        ("post.example", None, "Pier", "https://www.post.example/1"),
    ),
    "article is the text": (
        "article,newspaper,date",
        ["T", "Post", "03.05.2021"],
        ("Post", None, None, None),
    ),
    "german date": (
        "titel,title,medium,publishedOn,fulltext",
        ["x", "Pier", "Post", "23. Mai 2021", "T"],
        ("Post", "2021-05-23", "Pier", None),
    ),
    "no name for the text": (
        "source,pubDate,heading,blob",
        ["Post", "Mon, 03 May 2021 09:20:00 GMT", "Pier", "T"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "uuid": (
        "uuid,outlet_name,published_at,article_title,article_body",
        ["u-1", "Post", "2021/05/03", "Pier", "T"],
        ("Post", "2021-05-03", "Pier", None),
    ),
    "epoch": (
        "docid,publisher,timestamp,headlines,full text",
        ["d1", "Post", "1620033600", "Pier", "T"],
        ("Post", "2021-05-03", "Pier", None),
    ),
}


def table(layout, *, text=LONG):
    header, cells, _ = LAYOUTS[layout]
    names = header.split(",")
    return pd.DataFrame(
        [[text if c == "T" else c or None for c in cells]], columns=names
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["as they are", "capitals", "semicolons"])
def test_columns_are_found(tmp_path, layout, form):
    found = table(layout)
    if form == "capitals":
        found = found.rename(columns=str.upper)
    path = tmp_path / "t.csv"
    separator = ";" if form == "semicolons" else ","
    found.to_csv(path, index=False, sep=separator, encoding="utf-8-sig")
    articles = read_articles(path).articles
    outlet, date, title, url = LAYOUTS[layout][2]
    assert articles.loc[0, ["outlet", "date", "title", "url", "text"]].tolist() == [
        *(outlet, date, title, url),
        LONG,
    ]
    assert articles["article"].notna().all()


def test_what_is_mapped_is_said_and_can_be_overridden():
    found = table("plain").assign(desk="City Post")
    assert "headline as title" in read_articles(found).account
    mine = read_articles(found, columns={"desk": "outlet"}).articles
    assert mine["outlet"].tolist() == ["City Post"]
    assert mine["source"].tolist() == ["Post"]


def test_texts_that_are_summaries_are_said():
    assert (
        "the texts are summaries (lead_paragraph)"
        in read_articles(table("nyt")).account
    )


def test_numbers_that_come_twice_are_no_identifiers():
    twice = pd.DataFrame({"id": [1, 1], "body": [LONG, LONG]})
    assert read_articles(twice).articles["article"].tolist() == ["1", "2"]


def test_a_table_without_texts_asks_for_one_column():
    found = pd.DataFrame({"paper": ["Post"], "words": ["few"]})
    with pytest.raises(ColumnError, match="'your text': 'text'"):
        read_articles(found)


def test_a_table_of_headlines_is_told_how_they_become_the_texts():
    found = pd.DataFrame({"paper": ["Post", "Mail"], "Headline": ["A dam", "A bridge"]})
    with pytest.raises(ColumnError, match="'Headline': 'text'} to compare headlines"):
        read_articles(found)
    read = read_articles(found, columns={"Headline": "text"}).articles
    assert read["text"].tolist() == ["A dam", "A bridge"]


def test_excel_marks_and_titles_are_passed_over(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "\ufeffsep=;\narticle;outlet;date;text\n1;Post;2021-05-03;The pier is shut.\n",
        encoding="utf-8",
    )
    assert read_articles(path).articles["text"].tolist() == ["The pier is shut."]
    path.write_text(
        "Table 1\n,,,\noutlet,title,text,\nPost,Pier,The pier is shut.,\n",
        encoding="utf-8",
    )
    reading = read_articles(path)
    assert reading.articles["outlet"].tolist() == ["Post"]
    assert "above the column names stands Table 1" in reading.account
    path.write_text("Table 1\n,,\nPost,Pier,The pier is shut.\n", encoding="utf-8")
    with pytest.raises(InputError, match="no line of column names, and none follows"):
        read_articles(path)


def test_an_address_that_would_run_code_is_left_out():
    found = pd.DataFrame({"link": ["JavaScript:alert(1).x"], "body": [LONG]})
    reading = read_articles(found)
    assert reading.articles["url"].tolist() == [None]
    assert "1 addresses would run code" in reading.account


WRITTEN = ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m-%d-%y"]


@given(st.lists(st.dates(), min_size=1, max_size=12), st.sampled_from(WRITTEN))
def test_a_column_of_dates_is_read_right_or_not_at_all(days, form):
    days = [day.replace(year=2000 + day.year % 60) for day in days if day.day != 29]
    written = [day.strftime(form) for day in days]
    if not written:
        return
    reading = read_articles(pd.DataFrame({"date": written, "text": "Bread is dear."}))
    read = reading.articles["date"].tolist()
    told = any(day.day > 12 for day in days) or all(
        day.day == day.month for day in days
    )
    assert read == ([day.isoformat() for day in days] if told else [None] * len(days))
    assert told or "state date_format=" in reading.account
