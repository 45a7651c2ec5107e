"""Reading: every form of source, what is dropped, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.read import Reading, articles_of, read_articles
from framelens.read.reading import COLUMNS

PAIR = pd.DataFrame(
    {
        "article": ["000", "001"],
        "outlet": ["NA", "Daily"],
        "date": ["2022-10-20", None],
        "text": ["Bread is dear.\r\n", "“Milk” is dearer. \U0001f35e"],
    }
)


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def reasons(reading):
    return dict(reading.dropped.itertuples(index=False, name=None))


# Every form of source


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_table_keeps_keys_and_texts_as_they_are(tmp_path, suffix):
    path = tmp_path / f"articles{suffix}"
    if suffix == ".csv":
        PAIR.to_csv(path, index=False)
    elif suffix == ".jsonl":
        lines = [json.dumps(row) for row in PAIR.to_dict("records")]
        path.write_text("\n".join(lines).replace("NaN", "null"), encoding="utf-8")
    else:
        PAIR.to_parquet(path)
    articles = read_articles(path).articles
    assert list(articles.columns) == COLUMNS
    assert articles["article"].tolist() == ["000", "001"]
    assert articles["outlet"].tolist() == ["NA", "Daily"]
    assert articles["text"].tolist() == PAIR["text"].tolist()
    assert articles["date"].tolist() == ["2022-10-20", None]
    assert articles["title"].tolist() == [None, None]


def test_a_folder_takes_identifiers_from_paths(tmp_path):
    write(tmp_path / "b.txt", "Bread\r")
    write(tmp_path / "a" / "b.TXT", "Milk")
    write(tmp_path / ".hidden.txt", "no")
    write(tmp_path / "notes.log", "no")
    reading = read_articles(tmp_path)
    assert reading.articles["article"].tolist() == ["a/b", "b"]
    assert reading.articles["text"].tolist() == ["Milk", "Bread\r"]
    assert reading.articles["outlet"].isna().all()
    assert "1 other file: not read: notes.log" in reading.account


def test_one_text_file_is_one_article(tmp_path):
    path = write(tmp_path / "first.txt", "Bread")
    assert read_articles(str(path)).articles["article"].tolist() == ["first"]


@pytest.mark.parametrize("place", ["one.txt", "articles/one.txt"])
def test_a_table_finds_its_texts_beside_it(tmp_path, place):
    write(tmp_path / place, "Bread")
    table = write(tmp_path / "t.csv", "article,file,author\n1,one.txt,Ann\n")
    articles = read_articles(table).articles
    assert articles["text"].tolist() == ["Bread"]
    assert list(articles.columns) == [*COLUMNS, "file", "author"]


def test_a_table_of_files_alone_takes_their_names(tmp_path):
    write(tmp_path / "articles/a/one.txt", "Bread")
    write(tmp_path / "two.txt", "Milk")
    table = write(tmp_path / "t.csv", "file,outlet\na/one.txt,Daily\ntwo.txt,\n,x\n")
    reading = read_articles(table)
    assert reading.articles["article"].tolist() == ["a/one", "two"]
    assert len(reading.dropped) == 1


def test_names_are_mapped(tmp_path):
    table = pd.DataFrame({"id": [7.0], "body": ["Bread"], "Paper": ["Daily"]})
    names = {"id": "article", "body": "text", "Paper": "outlet"}
    articles = read_articles(table, columns=names).articles
    found = articles.loc[0, ["article", "text", "outlet"]].tolist()
    assert found == ["7", "Bread", "Daily"]


def test_a_dataframe_is_left_alone():
    before = PAIR.copy()
    read_articles(PAIR)
    copy = articles_of(PAIR)
    copy["outlet"] = "changed"
    pd.testing.assert_frame_equal(PAIR, before)


def test_own_columns_keep_their_kind():
    table = PAIR.assign(year=[2021, 2022])
    assert read_articles(table).articles["year"].dtype == "int64"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2022-10-20", "2022-10-20"),
        ("2022-10-20T23:30:00-05:00", "2022-10-20"),
        (pd.Timestamp("2022-10-20"), "2022-10-20"),
        ("20/10/2022", "2022-10-20"),
        ("10/20/22", "2022-10-20"),
        ("10.10.2022", "2022-10-10"),
        ("03/04/2022", None),
        ("Oct. 20, 2022 4:15 PM", "2022-10-20"),
        ("jeudi 20 octobre 2022", "2022-10-20"),
        ("20221020T233000Z", "2022-10-20"),
        ("1666224000", "2022-10-20"),
        ("2022-02-30", None),
        ("2022", None),
        ("12 hours ago", None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_can_be_read_in_one_way(written, kept):
    reading = read_articles(PAIR.head(1).assign(date=[written]))
    assert reading.articles["date"].tolist() == [kept]
    assert any("missing" in note for note in reading.remarks["note"]) == (
        kept is None and written != ""
    )


@pytest.mark.parametrize(
    ("form", "written", "kept"),
    [
        ("%d/%m/%Y", "03/04/2022", "2022-04-03"),
        ("%m/%d/%Y", "03/04/2022", "2022-03-04"),
        ("%B %d, %Y", " October 20, 2022 ", "2022-10-20"),
        ("%d %b %y", "20 Oct 22", "2022-10-20"),
        ("%d/%m/%Y", "30/02/2022", None),
        ("%d/%m/%Y", "2022-10-20", "2022-10-20"),
        ("%d/%m/%Y", pd.Timestamp("2022-10-20"), "2022-10-20"),
        ("%Y-%d-%m", "2022-10-20", None),
        ("%Y-%d-%m", "2022-10-12", "2022-12-10"),
        (" %d/%m/%Y", "20/10/2022", "2022-10-20"),
        ("%a, %d %b %Y %H:%M:%S %z", "Thu, 20 Oct 2022 23:30:00 -0500", "2022-10-20"),
    ],
)
def test_dates_are_read_in_the_form_that_is_stated(form, written, kept):
    table = PAIR.head(1).assign(date=[written])
    reading = read_articles(table, date_format=form)
    assert reading.articles["date"].tolist() == [kept]
    assert reading.remarks["note"].str.contains("missing").sum() == (kept is None)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_as_it_is_written_in_any_form(day):
    table = PAIR.head(1)
    for form in ("%d.%m.%Y", "%m/%d/%Y", "%A, %d %B %Y", "%Y%j", "%Y-%m-%d"):
        written = table.assign(date=[day.strftime(form)])
        reading = read_articles(written, date_format=form)
        assert reading.articles["date"].tolist() == [day.isoformat()]


@pytest.mark.parametrize("form", ["", "%d/%m", "%Y", "%H:%M", "%q", "%", "\0", 7])
def test_a_form_of_dates_that_tells_no_day_is_refused(form):
    with pytest.raises(InputError, match=r"date_format .*%d/%m/%Y"):
        read_articles(PAIR, date_format=form)


def test_a_date_that_is_lost_says_how_to_state_its_form():
    reading = read_articles(PAIR.head(1).assign(date=["03/04/2022"]))
    assert "03/04/2022 (2022-04-03 or 2022-03-04)" in reading.account
    assert "date_format='%d/%m/%Y' or date_format='%m/%d/%Y'" in reading.account


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_and_told(tmp_path, separator):
    text = f'article{separator}text\n1{separator}"Bread, ""dear""; milk | \r\n\tx"\n'
    reading = read_articles(write(tmp_path / "t.csv", text))
    assert reading.articles["text"].tolist() == ['Bread, "dear"; milk | \r\n\tx']
    assert ("separated by" in reading.account) == (separator != ",")


def test_csv_takes_large_cells_and_restores_the_limit(tmp_path):
    import csv

    limit = csv.field_size_limit()
    path = write(tmp_path / "t.csv", "article,text\n1," + "ab " * 100_000)
    assert len(read_articles(path).articles["text"][0]) == 300_000
    assert csv.field_size_limit() == limit


def test_a_byte_order_mark_is_removed_and_told(tmp_path):
    write(tmp_path / "a.txt", b"\xef\xbb\xbfBread")
    reading = read_articles(tmp_path)
    assert reading.articles["text"].tolist() == ["Bread"]
    assert "Note: a.txt: a byte order mark was removed." in reading.account


# What is dropped, with a reason


def test_faulty_texts_of_a_folder_are_dropped_one_by_one(tmp_path):
    write(tmp_path / "bread.txt", "Bread")
    write(tmp_path / "image.txt", b"\x89PNG\r\n\x1a\n\x00\x00")
    write(tmp_path / "sound.txt", bytes(range(256)))
    write(tmp_path / "utf16.txt", b"\xff\xfeB\x00r")
    write(tmp_path / "nul.txt", "Br\x00ead")
    write(tmp_path / "blank.txt", " \n\u00a0")
    write(tmp_path / "long.txt", "a" * 101)
    reading = read_articles(tmp_path, max_bytes=100)
    assert reading.articles["article"].tolist() == ["bread"]
    found = reasons(reading)
    assert "no text but an image" in found["image.txt"]
    assert "a binary file" in found["sound.txt"]
    assert "says UTF-16, but byte 4 is none" in found["utf16.txt"]
    assert "NUL byte at character 2" in found["nul.txt"]
    assert found["blank.txt"] == "the text is empty"
    assert "101 bytes, more than the 100" in found["long.txt"]
    assert "1 article kept" in reading.account
    assert "6 dropped" in reading.account


def test_fifty_megabytes_are_no_article(tmp_path):
    write(tmp_path / "a.txt", "Bread")
    with (tmp_path / "dump.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert "50,000,000 bytes" in reasons(read_articles(tmp_path))["dump.txt"]


def test_the_limit_counts_bytes():
    table = pd.DataFrame({"article": ["a", "b"], "text": ["éé", "ééé"]})
    reading = read_articles(table, max_bytes=5)
    assert reading.articles["article"].tolist() == ["a"]


def test_files_are_only_followed_inside_the_folder(tmp_path):
    write(tmp_path / "secret.txt", "secret")
    folder = tmp_path / "data"
    write(folder / "a.txt", "Bread")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    names = ["a.txt", "../secret.txt", str(tmp_path / "secret.txt"), "link.txt"]
    names += ["none.txt", "", "a\x00.txt", "x" * 5000]
    rows = [f"{number},{name}" for number, name in enumerate(names)]
    table = write(folder / "t.csv", "\n".join(["article,file", *rows]))
    reading = read_articles(table)
    assert reading.articles["text"].tolist() == ["Bread"]
    told = reading.dropped["reason"].tolist()
    assert [("outside" in one) for one in told] == [True] * 3 + [False] * 4
    assert told[3] == "no such file beside the table, nor in 'articles' beside it"
    assert told[4] == "its 'file' cell names no file"
    assert "link.txt" in reading.dropped["where"][2]


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    write(tmp_path / "secret.txt", "secret")
    write(tmp_path / "data" / "a.txt", "Bread")
    (tmp_path / "data" / "link.txt").symlink_to(tmp_path / "secret.txt")
    reading = read_articles(tmp_path / "data")
    assert reading.articles["text"].tolist() == ["Bread"]
    assert "link to a place outside" in reasons(reading)["link.txt"]


def test_rows_without_text_or_identifier_are_dropped():
    table = pd.DataFrame(
        {
            "article": ["a", None, "c", "d", "e", "f"],
            "text": ["Bread", "x", None, 5, "half \ud83d", "Milk"],
            "outlet": ["Daily", "", "", "", "", "\ud83d"],
        },
        dtype=object,
    )
    reading = read_articles(table)
    assert reading.articles["article"].tolist() == ["a"]
    assert reasons(reading) == {
        "row 2": "it has no identifier in 'article'",
        "row 3": "the text is empty",
        "row 4": "the text is a value of type int, not a string",
        "row 5": "the text holds half a character (U+D83D) at character 5; "
        "export it again as UTF-8",
        "row 6": "'outlet' holds half a character (U+D83D) at character 0; "
        "export it again as UTF-8",
    }


# What is refused, with a way out

REFUSED = {
    "suffix.odp": ("x", "not .odp"),
    "empty.csv": ("", "is empty"),
    "pickle.pkl": (b"\x80", "a pickle can run code"),
    "no.xlsx": ("x", "not readable as zip"),
    "header.csv": ("article,text\n", "has no rows"),
    "empty.jsonl": ("\n", "has no rows"),
    "blank.csv": ("article,text\n1,\n", "no article is left"),
    "zip.csv": (b"PK\x03\x04rest", "zip.csv: it is no text but a zip file"),
    "hebrew.csv": ("article,text\n1,הגשר ייסגר".encode("cp1255"), "cannot be told"),
    "nul.csv": ("article\x00,text\n1,a", "NUL bytes in the column names"),
    "ragged.csv": ("article,text\n1,a\n2,b, c\n", "line 3: 3 cells under 2"),
    "open.csv": ('article,text\n1,"a\n2,b\n', "line 2: unexpected end of data"),
    "twice.csv": ("article,text,text\n1,a,b\n", "more than one column called text"),
    "mac.csv": ("article,text\r1,a\r1," + "b" * 200_000, "1 stands more than once"),
    "bad.jsonl": ('{"article": "1", "text": "a"}\n{"article": \n', "line 2: not JSON"),
    "list.jsonl": ("[1]\n", "line 1: a JSON list"),
    "deep.jsonl": ("[" * 100_000, "line 1: JSON that cannot be read"),
    "digits.jsonl": ('{"article": ' + "1" * 5000 + "}", "line 1: JSON that cannot be"),
    "no.parquet": ("PAR1", "not readable as .parquet"),
    "dup.csv": (
        "article,text\n7,a\n8,b\n7,c\n",
        "7 at dup.csv, line 2; dup.csv, line 4",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_line(tmp_path, name):
    content, message = REFUSED[name]
    with pytest.raises(InputError) as caught:
        read_articles(write(tmp_path / name, content))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("missing.csv", "there is no file or folder missing.csv"),
        ("", "the path of the articles is empty"),
        ("a\x00b", "a\\x00b"),
        ("x" * 5000, "xxx"),
        (5, "not a int"),
    ],
)
def test_paths_that_lead_nowhere(source, message):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    assert message in str(caught.value)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    write(tmp_path / "a.txt", "Bread")
    table = write(tmp_path / "t.csv", "article,text\n1,a\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"a\.txt.*Permission denied"):
        read_articles(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "open", lambda self, *_, **__: refuse(self))
    with pytest.raises(InputError, match=r"t\.csv cannot be read: Permission denied"):
        read_articles(table)


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    import os

    write(tmp_path / "a.txt", "Bread")
    closed = tmp_path / "sub"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    reading = read_articles(tmp_path)
    assert reasons(reading) == {"sub/": "the folder cannot be read: Permission denied"}
    with pytest.raises(InputError, match="sub cannot be read: Permission denied"):
        read_articles(closed)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "it is empty"),
        (["a.odp"], "it holds .odp files: save them as .txt"),
        (["a.docx"], r"1 dropped, the first (a.docx) because is not readable as zip"),
    ],
)
def test_a_folder_without_texts_says_what_is_there(tmp_path, files, message):
    for name in files:
        write(tmp_path / name, "x")
    with pytest.raises(InputError, match="nothing to read") as caught:
        read_articles(tmp_path)
    assert message in str(caught.value)


def test_missing_columns_are_named_with_a_way_out():
    table = pd.DataFrame({"ID": [1], "words": ["Bread"]})
    with pytest.raises(ColumnError, match="'your text': 'text'") as caught:
        read_articles(table)
    assert "it has ID, words" in str(caught.value)
    with pytest.raises(ColumnError, match="'your name': 'text'"):
        articles_of(pd.DataFrame({"article": [1]}))


def test_a_dataframe_cannot_name_files():
    with pytest.raises(ColumnError, match="give a column 'text'"):
        read_articles(pd.DataFrame({"article": ["1"], "file": ["a.txt"]}))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"bdy": "text"}, "did you mean 'body'"),
        ({"body": "txt"}, "did you mean 'text'"),
    ],
)
def test_mappings_must_name_columns(columns, message):
    table = pd.DataFrame({"article": ["1"], "body": ["Bread"]})
    with pytest.raises(UnknownNameError, match=message):
        read_articles(table, columns=columns)


def test_mappings_must_not_collide():
    table = PAIR.assign(body="x")
    with pytest.raises(InputError, match="more than one column would be called text"):
        read_articles(table, columns={"body": "text"})


# The door of every later step


def test_articles_of_completes_and_renumbers():
    table = pd.DataFrame({"article": [3, 4], "text": ["a", "b"], "x": [1, 2]})
    found = articles_of(table[table["article"] == 4])
    assert list(found.columns) == [*COLUMNS, "x"]
    assert found["article"].tolist() == ["4"]
    assert found.index.tolist() == [0]
    pd.testing.assert_frame_equal(articles_of(found), found)


def test_articles_of_takes_readings_and_paths(tmp_path):
    path = write(tmp_path / "t.csv", "article,text\n1,a\n")
    reading = read_articles(path)
    pd.testing.assert_frame_equal(articles_of(reading), articles_of(path))


def test_articles_of_a_path_warns_of_drops(tmp_path):
    path = write(tmp_path / "t.csv", "article,text\n1,a\n2,\n")
    with pytest.warns(UserWarning, match="1 dropped from t.csv, the first") as caught:
        articles_of(path)
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"article": ["1", "1"], "text": ["a", "b"]}, "1 at row 1; row 2"),
        ({"article": ["1", None], "text": ["a", "b"]}, "row 2 of the articles"),
        ({"article": ["1", "2"], "text": ["a", None]}, "a text is missing"),
    ],
)
def test_articles_of_refuses(table, message):
    with pytest.raises(InputError, match=message):
        articles_of(pd.DataFrame(table))


# The account


def test_several_sources_are_one_reading():
    second = pd.DataFrame(
        {"article": ["x", "y"], "text": ["a", ""], "author": ["Ann", None]}
    )
    both = read_articles([PAIR, second])
    assert both.articles["article"].tolist() == ["000", "001", "x"]
    assert both.articles["outlet"].tolist() == ["NA", "Daily", None]
    assert both.articles.columns[-1] == "author"
    assert len(both.dropped) == 1
    with pytest.raises(InputError, match="must be unique"):
        read_articles([PAIR, PAIR])


def test_the_account_is_short_and_harmless():
    table = pd.DataFrame(
        {
            "article": range(40),
            "text": ["a"] * 20 + [""] * 20,
            "outlet": ["Daily\n\x1b[31m"] * 40,
            "genre": ["essay"] * 40,
        }
    )
    account = read_articles(table).account
    assert "Outlets (1): Daily\\n\\x1b[31m 20." in account
    assert "Dropped: 10 more." in account
    assert "genre essay is none of report, comment, editorial, " in account
    assert len(account.splitlines()) < 25


def test_html_escapes_what_it_is_given():
    reading = read_articles(PAIR.assign(outlet="<script>x</script>"))
    assert isinstance(reading, Reading)
    html = reading._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "2 articles" in html
    assert repr(reading) == "Reading(2 articles from the DataFrame, 0 dropped)"


# Laws

readable = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1
).filter(lambda text: not text.isspace())


@given(st.lists(readable, min_size=1, max_size=4))
def test_every_row_is_kept_or_dropped(texts):
    rows = [*texts, " ", None]
    table = pd.DataFrame({"article": range(len(rows)), "text": rows})
    reading = read_articles(table)
    assert reading.articles["text"].tolist() == texts
    assert len(reading.articles) + len(reading.dropped) == len(rows)


@given(readable)
def test_a_text_file_comes_back_as_it_is(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("texts")
    write(folder / "a.txt", text)
    expected = text.removeprefix("\ufeff")
    if expected and not expected.isspace():
        assert read_articles(folder).articles["text"].tolist() == [expected]
