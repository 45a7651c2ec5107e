"""The ledger view: its rows and orders, and that nothing in it is alive."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.show import ledger_view
from framelens.show.ledger_view import ORDERS, ranks

TEXT = "It rained. The mayor, Ada Bell, denied that the dam leaks.\nTom Roe left."
SAID = "Ada Bell, denied that the dam leaks"
START = TEXT.index(SAID)
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></table><script>alert(1)</script>",
    "' onmouseover='alert(1)' x='",
]


def row(**values):
    found = {
        "article": "a",
        "actor": "Ada Bell",
        "affiliation": "city",
        "anonymous": False,
        "kind": "indirect",
        "depth": 0,
        "cue_text": "denied",
        "cue_class": "denying",
        "direct_words": 0,
        "indirect_words": 4,
        "position": START / len(TEXT),
        "start": START,
        "end": START + len(SAID),
        "text": SAID,
    }
    return {**found, **values}


@pytest.fixture
def table():
    nobody = {"actor": None, "affiliation": None, "cue_text": None, "cue_class": None}
    second = row(**nobody, anonymous=True, kind="mixed", direct_words=9)
    return pd.DataFrame([row(), second, row(depth=1, indirect_words=0, actor="Al")])


@pytest.fixture
def articles():
    names = {"outlet": ["Daily"], "event": ["dam"], "text": [TEXT]}
    return pd.DataFrame({"article": ["a"], **names})


class Elements(HTMLParser):
    """Elements and attributes as a browser takes them, and whether they nest."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open, self.names = [], [], set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        self.names |= {name for name, _ in attrs}
        if tag not in {"br", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_row_says_who_how_and_where(table, articles):
    shown = ledger_view(articles, rows=table)
    assert "<i>denied</i><br><small><b>denying</b></small>" in shown.html
    assert "<i>not named</i><br><small>anonymous</small>" in shown.html
    assert "no cue" in shown.html
    assert f"characters {START}–{START + len(SAID)}" in shown.html
    first = shown.text.splitlines()[2]
    assert first.startswith("1 | Daily | Ada Bell | city | denied · denying |")
    assert f"The mayor, ⟦{SAID}⟧." in shown.text
    assert "indirect | 4 | 31 %" in shown.text
    assert shown.table["words"].tolist() == [4, 13, 0]


def test_a_row_opens_its_sentence_without_a_script(table, articles):
    shown = ledger_view(articles, rows=table)
    sentence = "The mayor, Ada Bell, denied that the dam leaks."
    assert shown.table["sentence"].tolist()[0].strip() == sentence
    assert f'The mayor, <b class="found">{SAID}</b>.' in shown.html
    assert shown.html.count("<details><summary>") == 3
    assert "<script" not in shown.html


def test_words_inside_another_attribution_are_not_counted_twice(table, articles):
    cells = re.findall(
        r"<td role=\"cell\"[^>]*>([^<]*)</td>", ledger_view(articles, rows=table).html
    )
    assert "indirect, inside another" in cells
    assert cells[cells.index("indirect, inside another") + 1] == "–"


def test_how_many_are_not_shown_is_said(table, articles):
    shown = ledger_view(articles, rows=table, most=2)
    assert shown.text.startswith("Who says what: 2 of 3 attributions in 1 article")
    assert len(shown.table) == 2


def test_an_empty_ledger_is_said(table, articles):
    shown = ledger_view(articles, rows=table.iloc[:0])
    assert "0 attributions" in shown.html
    assert shown.table.empty
    assert "sentence" in shown.table


def test_an_outlet_without_a_name_is_shown_as_such(table, articles):
    bare = articles.assign(outlet=None)
    assert "outlet not stated" in ledger_view(bare, rows=table).html


def test_what_is_wrong_is_named(table, articles):
    with pytest.raises(ColumnError, match="'cue_class'"):
        ledger_view(articles, rows=table.drop(columns="cue_class"))
    with pytest.raises(InputError, match="at least 1 row"):
        ledger_view(articles, rows=table, most=0)
    with pytest.raises(UnknownNameError, match="no article 'b'"):
        ledger_view(articles, rows=table.assign(article="b"))
    for wrong in ({"start": -1}, {"end": 10_000}, {"end": START}):
        with pytest.raises(InputError, match="take both from the same corpus") as error:
            ledger_view(articles, rows=table.assign(**wrong))
        assert "\n" not in str(error.value)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(payload, articles):
    names = ["actor", "affiliation", "kind", "cue_text", "cue_class"]
    text = f"{payload} said. {payload}"
    given = pd.DataFrame([row(**dict.fromkeys(names, payload), text=text)])
    given = given.assign(start=0, end=len(text))
    page = Elements(ledger_view(articles.assign(text=text), rows=given).html)
    assert page.open == []
    assert not {"script", "img"} & set(page.found)
    assert not [name for name in page.names if name.startswith("on")]


def test_a_page_can_hold_two_ledgers(table, articles):
    one, two = (
        ledger_view(articles, rows=table).html,
        ledger_view(articles, rows=table.head(1)).html,
    )
    names = [re.findall(r'id="(ledger-\w+)"', html) for html in (one, two)]
    assert [len(found) for found in names] == [1, 1]
    assert names[0] != names[1]
    assert ledger_view(articles, rows=table).html == one
    assert "ID" not in re.findall(r"<style>(.*?)</style>", one, re.DOTALL)[0]


def test_the_choice_of_orders_is_hidden_where_there_is_no_style(table, articles):
    html = ledger_view(articles, rows=table).html
    assert '<fieldset hidden="hidden">' in html
    assert html.count('type="radio"') == len(ORDERS)
    assert html.count(" checked>") == 1


def test_orders_put_the_missing_last_and_most_words_first(table):
    found = ranks(table.assign(words=[4, 13, 0], outlet="Daily"))
    assert found["speaker"].tolist() == [0, 2, 1]
    assert found["words"].tolist() == [1, 0, 2]
    assert found["place"].tolist() == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("aBbc")), max_size=12))
def test_orders_agree_with_sorting(pairs):
    words, names = [one for one, _ in pairs], [one for _, one in pairs]
    columns = ["outlet", "affiliation", "cue_class", "kind", "position"]
    table = pd.DataFrame({"words": words, "actor": pd.Series(names, dtype=object)})
    found = ranks(table.assign(**dict.fromkeys(columns, 0)))
    many = [words[place] for place in found.sort_values("words").index]
    assert many == sorted(words, reverse=True)
    named = [names[place].lower() for place in found.sort_values("speaker").index]
    assert named == sorted(one.lower() for one in names)


def test_input_is_left_alone(table, articles):
    before, texts = table.copy(), articles.copy()
    ledger_view(articles, rows=table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(articles, texts)
