"""Encodings: what is not UTF-8 is read as it was meant, said, or refused."""

from __future__ import annotations

import pytest
import test_read_formats as made
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import FramelensError
from framelens.read import read_articles
from framelens.read.encodings import decode

ENGLISH = "“The pier’s shut,” said Zoë – the café’s owner – and it costs £3 or €4…"
WRITTEN = {
    "cp1252": ENGLISH,
    "mac_roman": ENGLISH,
    "cp850": "La mairie a décidé que l'été serait gratuit là où la fête a lieu.",
    "latin-1": "Der Bürgermeister schließt die Brücke für Fußgänger.",
    "cp1250": "Burmistrz powiedział, że most będzie zamknięty aż do środy.",
    "iso8859-2": "Mieszkańcy już się skarżą na hałas i brak światła po południu.",
    "cp1254": "Köprünün çarşambaya kadar kapalı kalacağını, halkın şikâyetçi olduğunu",
    "cp1251": "Мэр сказал, что мост будет закрыт до среды, а жители жалуются на шум.",
    "koi8_r": "Мэр сказал, что мост будет закрыт до среды, а жители жалуются на шум.",
    "cp1253": "Ο δήμαρχος είπε ότι η γέφυρα θα μείνει κλειστή ως την Τετάρτη.",
    "cp932": "市長は橋が水曜日まで閉鎖されると述べ、"
    "住民はすでに騒音について不満を述べている。",
    "gb18030": "市长说，大桥将关闭至星期三，居民已经在抱怨噪音和照明不足。",
    "cp949": "시장은 다리가 수요일까지 폐쇄될 것이라고 말했으며 주민들은 불평 있다.",
    "utf-16": ENGLISH,
    "utf-16-le": ENGLISH,
    "utf-16-be": ENGLISH,
    "utf-32": ENGLISH,
}


@pytest.mark.parametrize("encoding", WRITTEN)
def test_texts_are_read_as_they_were_meant(encoding, tmp_path):
    text = WRITTEN[encoding]
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    reading = read_articles(tmp_path)
    assert reading.articles["text"].tolist() == [text]
    assert "Note: a.txt: read as " in reading.account


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.html"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_tables_and_pages_too(name, encoding, tmp_path):
    written = {
        "a.csv": f'article,text\n1,"{ENGLISH}"\n',
        "a.jsonl": f'{{"article": "1", "text": "{ENGLISH}"}}\n',
        "a.html": f"<html><article><p>{(ENGLISH + ' ') * 6}</p></article></html>",
    }[name]
    (tmp_path / name).write_bytes(written.encode(encoding))
    reading = read_articles(tmp_path / name)
    assert ENGLISH in reading.articles["text"].item()
    assert f"{name}: read as " in reading.account


def test_a_page_is_read_as_it_states(tmp_path):
    page = made.PAGE.replace("<head>", '<head><meta charset="cp1250">', 1)
    page = page.replace("{text}", f"Zoltán Kő shut it. {made.STORY}")
    (tmp_path / "a.html").write_bytes(page.encode("cp1250"))
    reading = read_articles(tmp_path / "a.html")
    assert "Kő" in reading.articles["text"].item()
    assert "read as Windows-1250, as it states" in reading.account


def test_the_account_says_once_for_how_many(tmp_path):
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_bytes(ENGLISH.encode("cp1252"))
    account = read_articles(tmp_path).account
    assert "00.txt, 01.txt, 02.txt and 9 more: read as Windows-1252" in account
    assert account.count("Windows-1252") == 1


def test_a_few_foreign_bytes_in_utf_8_are_said():
    text, how = decode(f"{ENGLISH}\n".encode() + "“Café”".encode("cp1252"))
    assert text == f"{ENGLISH}\n“Café”"
    assert how == "read as UTF-8 but for 3 bytes of Windows-1252"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufeff")))
def test_utf_8_stays_utf_8(text):
    if not text.startswith(("PK\x03\x04", "%PDF-")):
        assert decode(text.encode()) == (text, None)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_in_one_line(data):
    try:
        text = decode(data)[0]
    except FramelensError as fault:
        text = str(fault)
        assert "\n" not in text
    assert data or not text
