from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from framelens._checks import UnknownNameError
from framelens.align import statements
from framelens.corpus import corpus_of
from framelens.show import statement_diff

ONE = 'The port is old. "The harbour will never be sold to strangers," Ann Orr said.'
OTHER = "The harbour “will not be sold to rich strangers”, Ms Orr warned the council."


def table(one=ONE, other=OTHER, **columns):
    base = {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": [one, other]}
    return pd.DataFrame({**base, "genre": ["comment", "report"], **columns})


def shown(articles, **options):
    return statement_diff(statements(corpus_of(articles, marks_only=True)), **options)


class Cells(HTMLParser):
    """Collects the text of every row, cell by cell."""

    def __init__(self):
        super().__init__()
        self.rows, self.tags, self.scopes = [], [], []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True
            self.scopes.append(dict(attrs).get("scope"))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def cells(fragment):
    parser = Cells()
    parser.feed(fragment.html)
    return parser


def test_rows_stand_side_by_side_and_say_in_words_what_differs():
    rows = cells(shown(table())).rows
    assert rows[0] == ["", "Daily (comment, article a)", "Herald (report, article b)"]
    assert rows[1] == [
        "As printed",
        '"The harbour will never be sold to strangers,"',
        "The harbour “will not be sold to rich strangers”",
    ]
    assert rows[2] == ["Credited to", "Ann Orr (cue: say)", "Orr (cue: warn)"]
    assert rows[3] == ["Quotation marks", "around all of it", "around part of it"]
    assert [
        "same words, marks differ",
        '"The harbour [in marks]',
        "The harbour [outside marks]",
    ] in rows
    assert ["reworded", "never", "not"] in rows
    assert ["only here", "[nothing here]", "rich"] in rows


def test_the_rows_hold_every_printed_word_once():
    result = shown(table())
    rows = cells(result).rows
    first = next(place for place, row in enumerate(rows) if row[0] == "what differs")
    for side in (1, 2):
        words = " ".join(row[side] for row in rows[4:first])
        words = re.sub(r"\[[^]]*\]", "", words)
        assert " ".join(words.split()) == rows[1][side]


def test_typed_differences_follow_as_a_table():
    result = shown(table())
    rows = cells(result).rows
    assert ["cue", "said", "warned"] in rows
    assert set(result.table["type"]) == {"only here", "reworded", "marks", "cue"}
    assert "1 statement in 1 pair of printings" in str(result)
    assert "reworded | never | not" in str(result)


def test_no_colour_no_script_no_hover_is_needed():
    html = shown(table()).html
    assert not re.search(
        r"color|colour|background|title=|onmouse|onclick|<details", html
    )
    parser = cells(shown(table()))
    assert "caption" in parser.tags
    assert {"row", "col"} <= set(parser.scopes)


def test_no_verdict_is_given():
    assert not re.search(
        r"\b(cut|distort\w*|omit\w*|correct\w*)\b", str(shown(table()))
    )


def test_one_group_can_be_chosen_and_an_unknown_one_is_named():
    twice = "\n\n“Nineteen lamps along the northern quay were broken,” said Ben Lisle."
    articles = table(ONE + twice, OTHER + twice)
    assert str(shown(articles)).count(", side by side") == 2
    assert str(shown(articles, group="s2")).count(", side by side") == 1
    assert "2 pairs of printings, 1 shown" in str(shown(articles, most=1))
    with pytest.raises(UnknownNameError, match="group 's9'"):
        shown(articles, group="s9")


def test_identical_printings_say_so():
    assert "no difference found" in shown(table(ONE, ONE)).html


def test_hostile_text_is_escaped_everywhere():
    bad = "<img src=x onerror=alert(1)>"
    one = f"“The lamps on the quay {bad} will be mended by Easter,” Ann Orr said."
    other = f"“The lamps on the quay {bad} will be sold by Easter\u202e,” Ann Orr said."
    articles = table(one, other, outlet=[bad, "<b>"], genre=["<i>", None])
    html = shown(articles).html
    assert "<img" not in html
    assert "<i>" not in html
    assert "\u202e" not in html
    assert "genre not stated" in html


def test_nothing_shared_is_said():
    assert "0 statements in 0 pairs" in str(shown(table("No.", "None.")))


def test_input_is_left_alone():
    result = statements(corpus_of(table(), marks_only=True))
    before = result.groups.copy(), result.differences.copy()
    statement_diff(result)
    pd.testing.assert_frame_equal(result.groups, before[0])
    pd.testing.assert_frame_equal(result.differences, before[1])
