"""Words worth comparing: names as one item, content words first, fixed lines named."""

import pandas as pd
import polars as pl
import pytest

from framelens._checks import UnknownNameError
from framelens.annotate.joined_names import joined_names
from framelens.compare import contrast
from framelens.corpus import corpus_of
from framelens.measure import terms
from framelens.measure.fixed_lines import fixed_lines
from framelens.measure.term_kinds import term_kinds

TOLD = [
    "On Monday Boris A. Orr left the White House. Orr spoke of defence, they say.",
    "The guests saw Boris Orr at the White House’s door. “Mr. Orr is here,” he said.",
    "Then Boris Orr praised the White House defense. White houses are dear.",
    "At noon the White House rang Boris Orr and Boris A. Orr, as Boris A. Orr wished.",
    "They asked Boris A. Orr whether grey is a colour in the White House.",
    "Nobody but Boris Orr saw the White House burn.",
    "She told Boris A. Orr so.",
    "He told Boris A. Orr so.",
]


def corpus(lines, outlets=("Daily",)):
    many = len(lines)
    names = [outlets[place * len(outlets) // many] for place in range(many)]
    table = {"article": [f"a{row}" for row in range(many)], "outlet": names}
    return corpus_of(pd.DataFrame({**table, "text": lines}), marks_only=True)


def test_a_name_of_several_words_is_one_item_with_its_surname_and_initials():
    counts = terms(corpus(TOLD))
    k = counts.sparse.sums()
    found = dict(zip(counts.sparse.names(), k, strict=True))
    assert found["White House"] == 6
    assert found["Boris Orr"] == 12
    assert not {"orr", "boris", "house"} & set(found)
    assert found["white"] == found["houses"] == 1
    assert k.sum() == counts.totals["n"].sum()
    for item in ("Boris Orr", "orr", "boris a. orr"):
        places = counts.evidence(item)
        assert len(places) == 12
        assert set(places["text"]) == {"Boris Orr", "Boris A. Orr", "Orr"}
    texts = dict(enumerate(TOLD))
    for row in counts.evidence("White House").itertuples():
        assert texts[int(row.article[1:])][row.start : row.end] == row.text


def test_a_surname_that_a_namesake_bears_does_not_stand_for_a_name():
    told = [f"The {word} Anna Stone rang the mayor." for word in "aeiouy"]
    assert joined_names(pl.Series(told)).surnames == {"stone": "Anna Stone"}
    told += ["Then Mr. Stone left."] * 2
    assert joined_names(pl.Series(told)).surnames == {}


def test_spellings_of_one_word_are_one_item():
    counts = terms(corpus(TOLD))
    assert sorted(counts.evidence("defense")["text"]) == ["defence", "defense"]
    assert counts.evidence("defence")["text"].tolist() == ["defence", "defense"]
    assert counts.evidence("color")["text"].tolist() == ["colour"]


def test_words_alone_are_counted_where_nothing_is_joined():
    whole = corpus(TOLD)
    found = set(terms(whole, join="nothing").sparse.names())
    assert {"orr", "white", "house", "defence", "defense"} <= found
    assert set(terms(whole, order=2).sparse.names()) >= {"white house", "boris orr"}
    with pytest.raises(UnknownNameError, match="nothing"):
        terms(whole, join="words")


def test_kinds_of_words():
    items = [
        "ordered",
        "orders",
        "drones",
        "wasn't",
        "2016",
        "tuesday",
        "Washington Times",
    ]
    kinds = ["reporting", "content", "content", "function", "date", "date", "outlet"]
    assert term_kinds(items, outlets=["Washington Times"]) == kinds
    found = term_kinds(
        ["washington", "US", "CNN"], outlets=["Washington CNN", "US Now"]
    )
    assert found == ["content", "content", "outlet"]


WORDS = ["praised", "bought", "sold", "hid", "flew", "cut"]


def of_two(extra=""):
    ours = [f"{word} saw the drones {word} made.{extra}" for word in WORDS]
    theirs = [f"They {word} drones said {word}, on drones." for word in WORDS]
    return corpus([*ours, *theirs], outlets=("Daily", "Herald"))


def test_content_words_come_first_and_all_are_tested():
    counts = terms(of_two())
    result, mixed = (
        contrast(counts, "Daily", "Herald", set_apart=apart) for apart in (True, False)
    )
    kinds = result.kinds.reset_index(drop=True)
    first = int(kinds.eq("content").sum())
    assert kinds.head(first).eq("content").all()
    assert not kinds.iloc[first:].eq("content").any()
    assert not mixed.kinds.reset_index(drop=True).equals(kinds)
    together = [
        one.table.sort_values("item", ignore_index=True) for one in (result, mixed)
    ]
    pd.testing.assert_frame_equal(*together)
    assert any("Content words come first" in note for note in result.notes)
    assert not any("Content words come first" in note for note in mixed.notes)


def test_a_word_in_a_fixed_line_is_named():
    counts = terms(of_two(extra=" For this playback your browser is too old."))
    result = contrast(counts, "Daily", "Herald")
    (note,) = (note for note in result.notes if "fixed line" in note)
    assert (
        "playback in 6 of 6 places of Daily (“for this playback your browser”)" in note
    )
    assert "drones" not in note
    assert not fixed_lines(of_two(), ["drones", "sold"], outlets=["Daily"])
