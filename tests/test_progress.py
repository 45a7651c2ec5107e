"""Progress: told in a terminal, with the time left; interrupted work is not lost."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pandas as pd
import pytest

import framelens as fl
from framelens import _computed, _layers, _progress
from framelens._progress import followed, progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(_progress, "sys", SimpleNamespace(stderr=screen))
    monkeypatch.setattr(_progress, "AFTER", 0)
    monkeypatch.setattr(_progress, "EVERY", 0)
    return screen


def articles(number):
    text = "“The pier is shut,” said Ina Roth. She “will not” pay.\n\nIt rains."
    names = [f"a{one}" for one in range(number)]
    return pd.DataFrame({"article": names, "outlet": "Post", "text": text})


def test_a_terminal_is_told_what_is_left_and_cleared(terminal):
    assert list(followed("abcd", "reading", "file")) == list("abcd")
    lines = terminal.getvalue().split("\r")
    assert [line[:20] for line in lines[1:4]] == [
        f"reading: {done} of 4 file" for done in (1, 2, 3)
    ]
    assert lines[1].endswith("s left")
    assert lines[4:] == [" " * len(lines[3]), ""]


def test_only_the_outermost_work_is_told_of(terminal):
    with progress("outer", 2) as tell:
        list(followed("abc", "inner"))
        tell(1)
    assert "inner" not in terminal.getvalue()
    assert "outer: 1 of 2 articles" in terminal.getvalue()


def test_nothing_is_told_where_nobody_looks(terminal, monkeypatch):
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    list(followed("abc", "reading"))
    monkeypatch.setattr(_progress, "sys", SimpleNamespace(stderr=None))
    assert list(followed("abc", "reading")) == list("abc")
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("name", ["paragraphs", "quotations", "marked_voices"])
def test_articles_some_at_a_time_give_the_same_layer(name, monkeypatch, terminal):
    whole = fl.read_corpus(articles(7)).layer(name)
    monkeypatch.setattr(_computed, "_AT_FIRST", 2)
    parts = fl.read_corpus(articles(7)).layer(name)
    pd.testing.assert_frame_equal(parts, whole)
    shown = name.replace("_", " ")
    assert f"marking {shown}: 2 of 7 articles" in terminal.getvalue()


def test_what_was_finished_before_ctrl_c_is_kept(monkeypatch):
    monkeypatch.setattr(_computed, "_AT_FIRST", 2)
    declared = _layers.layer("paragraphs")
    seen = []

    def interrupted(table):
        if len(seen) == 2:
            seen.append("Ctrl-C")
            raise KeyboardInterrupt
        seen.append(table["article"].tolist())
        return declared.compute(table)

    again = _layers.Layer("paragraphs", declared.columns, interrupted)
    monkeypatch.setattr(_computed, "layer", lambda _: again)
    texts = fl.read_corpus(articles(20))
    with pytest.raises(KeyboardInterrupt):
        _ = texts.paragraphs
    assert texts.paragraphs["article"].nunique() == 20
    read = [one for part in seen if part != "Ctrl-C" for one in part]
    assert read == [f"a{one}" for one in range(20)]
