"""Escaping, plain forms, tables and fragments."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._wording import counted
from framelens.show import escape, html_table, plain
from framelens.show.tables import cell
from framelens.show.text import shortened, stated


class Reader(HTMLParser):
    """What a browser would see: elements, attributes, and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(st.text(st.characters(), max_size=60))
def test_escaped_text_is_text_again_and_nothing_else(text: str) -> None:
    reader = read(f"<p>{escape(text)}</p>")
    assert reader.elements == ["p"]
    assert reader.text == plain(text)


@given(st.text(st.characters(), max_size=60))
def test_escaped_text_stays_within_its_attribute(text: str) -> None:
    for mark in "\"'":
        reader = read(f"<p title={mark}{escape(text)}{mark}></p>")
        assert reader.elements == ["p"]
        assert reader.attributes == [("title", plain(text))]


@given(st.text(st.characters(), max_size=60))
def test_plain_text_hides_nothing_and_can_be_written(text: str) -> None:
    shown = plain(text)
    shown.encode("utf-8")
    assert not set(shown) & set(map(chr, [0, 8, 27, 127, 0x202E, 0x2066, 0x85]))
    assert plain(shown) == shown


def test_marks_that_arabic_and_hebrew_need_are_kept() -> None:
    assert plain("عربي\u200f, \u200eabc") == "عربي\u200f, \u200eabc"


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_missing_is_a_dash_and_is_said(missing: object) -> None:
    assert plain(missing) == escape(missing) == cell(missing) == "–"
    assert stated(missing, "date") == "date not stated"


def test_numbers_read_as_an_editor_writes_them() -> None:
    shown = [cell(one) for one in (1300, 0.126, -0.5, 0.0, 0.001, -0.001, np.inf, True)]
    assert shown == ["1,300", "0.13", "−0.50", "0.00", "<0.01", ">−0.01", "∞", "yes"]
    assert counted(2, "reply", "replies") == "2 replies"
    assert shortened("a\nb", width=9) == "a b"


def test_table_has_caption_headings_and_notes() -> None:
    frame = pd.DataFrame({"outlet": ["Daily"], "k": [1300], "p": [np.nan]})
    before = frame.copy()
    html = html_table(frame, caption="Words", notes=["Two articles."]).html
    reader = read(html)
    assert reader.elements[:2] == ["table", "caption"]
    assert ("scope", "col") in reader.attributes
    assert ("scope", "row") in reader.attributes
    assert "1,300" in reader.text
    assert "–" in reader.text
    assert "Two articles." in reader.text
    pd.testing.assert_frame_equal(frame, before)


def test_table_without_rows_or_columns_is_a_table() -> None:
    for frame in (pd.DataFrame({"outlet": []}), pd.DataFrame()):
        assert "<caption>Nothing</caption>" in html_table(frame, caption="Nothing").html


def test_table_takes_columns_of_one_name_and_of_any_kind() -> None:
    frame = pd.DataFrame([[1, "a"], [2, "b"]], columns=["x", "x"])
    frame["when"] = pd.to_datetime(["2022-10-20", None])
    assert "2022-10-20" in html_table(frame, caption="Dates").html


def test_a_table_may_have_headings_above_its_headings() -> None:
    frame = pd.DataFrame([["Doe", 3, 0.5, 9]], columns=["who", "k", "share", "all"])
    html = html_table(frame, caption="Words", groups=[("<b>Daily", 2)]).html
    reader = read(html)
    assert ("scope", "colgroup") in reader.attributes
    assert ("colspan", "2") in reader.attributes
    assert "<b>Daily" in reader.text
    assert reader.elements.count("td") == 2 + 3
