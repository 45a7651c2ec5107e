"""Voices in comparisons: the sums, and the outlet's own voice counted twice."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from framelens._checks import UnknownNameError
from framelens.compare import contrast, outlets, over_time, told_apart
from framelens.compare.contrast import TABLE_COLUMNS
from framelens.compare.with_indirect import (
    WITH_COLUMNS,
    accuracy_sentence,
    both_sentence,
)
from framelens.corpus import corpus_of
from framelens.measure import terms
from framelens.measure.accuracy import VOICE_ACCURACY, VOICE_ACCURACY_BY_OUTLET
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]
SIDES = ["Daily", "Herald"]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def two(own, indirect, direct=(0, 0)):
    """One article a side, k of "deal" in each voice out of 10 words."""
    voices = {"own": own, "indirect": indirect, "direct": direct}
    rows = [
        ("e", outlet, outlet, voice, "deal", k, 10)
        for voice, ks in voices.items()
        for outlet, k in zip(SIDES, ks, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def drawn(articles=12, events=1, items=3):
    """Random counts in three voices."""
    rng = np.random.default_rng(0)
    rows = []
    for event, outlet, number in itertools.product(
        range(events), SIDES, range(articles)
    ):
        for voice, n in (("own", 200), ("indirect", 100), ("direct", 80)):
            for item in range(items):
                k = int(rng.poisson(n * 0.02 * (item + 1)))
                name = f"{outlet}{event}-{number}"
                rows.append((f"e{event}", outlet, name, voice, f"w{item}", k, n))
    return pd.DataFrame(rows, columns=COLUMNS)


def compared(counts, voice="own", **options):
    sides = {"target": "Daily", "baseline": "Herald"}
    return contrast(counts, voice=voice, **sides, **options)


ks = st.tuples(st.integers(0, 10), st.integers(0, 10))


@settings(max_examples=25)
@given(ks, ks, ks)
def test_a_sum_counts_what_its_voices_count(own, indirect, direct):
    counts = two(own, indirect, direct)
    parts = {"own": own, "indirect": indirect, "direct": direct}
    for voice, names in (
        ("rest", ["own", "indirect"]),
        ("quoted", ["direct", "indirect"]),
        ("all", list(parts)),
    ):
        table = compared(counts, voice).table
        expected = [sum(parts[name][side] for name in names) for side in (0, 1)]
        if table.empty:
            assert expected == [0, 0]
            continue
        row = table.iloc[0]
        assert [row["target_k"], row["baseline_k"]] == expected
        assert row["target_n"] == 10 * len(names)
        assert row["voice"] == voice


def test_the_stored_rest_is_compared_as_the_sum_is():
    counts = drawn()
    keys = ["event", "outlet", "article", "item"]
    outside = counts[counts["voice"] != "direct"]
    marked = outside.groupby(keys, as_index=False)[["k", "n"]].sum()
    marked = pd.concat([marked.assign(voice="rest"), counts.query("voice == 'direct'")])
    one, other = compared(counts, "rest"), compared(marked[COLUMNS], "rest")
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.with_indirect is None


def test_both_are_the_two_comparisons_side_by_side():
    result = compared(drawn())
    both, own = result.with_indirect, result.table
    wider = compared(drawn(), "rest").table.set_index("item").loc[own["item"]]
    assert both.columns.tolist() == WITH_COLUMNS
    assert own.columns.tolist() == TABLE_COLUMNS
    for name in ("difference", "low", "high", "target_k", "baseline_n"):
        np.testing.assert_allclose(both[name], own[name])
        np.testing.assert_allclose(both[f"{name}_with_indirect"], wider[name])
    assert both["low"].notna().all()
    assert result.wider["difference"].tolist() == wider["difference"].tolist()


def test_a_sign_that_hangs_on_reported_speech_is_told():
    result = compared(two(own=(4, 2), indirect=(0, 9)))
    row = result.with_indirect.iloc[0]
    assert row["difference"] == pytest.approx(0.2)
    assert row["difference_with_indirect"] == pytest.approx(4 / 20 - 11 / 20)
    assert row["sign_differs"]
    assert "not the same in both for 1 of 1 items" in result.caption
    assert "not the same in both for 1 of 1 items" in result.alt
    same = compared(two(own=(4, 2), indirect=(3, 2)))
    assert not same.with_indirect["sign_differs"].item()
    level = compared(two(own=(2, 2), indirect=(3, 2)))
    assert level.with_indirect["sign_differs"].isna().all()
    assert both_sentence(level.with_indirect).endswith("reported speech added.")


def test_the_caption_says_how_often_voices_are_wrong():
    assert VOICE_ACCURACY.sentence() in compared(drawn()).caption
    assert VOICE_ACCURACY.sentence() not in compared(drawn(), "direct").caption
    measured = next(iter(VOICE_ACCURACY_BY_OUTLET))
    told = accuracy_sentence(measured, "Daily", measured)
    assert told.count(f"{measured}: of the words called own") == 1
    assert "Daily" not in told
    assert any("stands in both counts" in note for note in compared(drawn()).notes)


def test_an_item_only_in_the_own_voice_of_one_side_keeps_its_row():
    result = compared(two(own=(4, 0), indirect=(0, 0)))
    assert result.with_indirect["baseline_k_with_indirect"].item() == 0
    assert len(result.with_indirect) == len(result.table) == 1


def test_counts_of_marks_alone_have_no_own_voice():
    marked = two((4, 2), (3, 2)).query("voice != 'indirect'")
    marked = marked.replace({"voice": {"own": "rest"}})
    for voice in ("own", "indirect"):
        with pytest.raises(UnknownNameError, match="quotation marks alone") as error:
            compared(marked, voice)
        assert "without marks_only=True" in str(error.value)
    assert compared(marked, "rest").table["target_k"].item() == 4
    note = "No reported speech was counted"
    assert any(one.startswith(note) for one in compared(marked, "quoted").notes)
    full = two((4, 2), (3, 2), (1, 1))
    assert not any(one.startswith(note) for one in compared(full, "quoted").notes)


def test_an_unknown_voice_is_named():
    with pytest.raises(UnknownNameError, match="did you mean 'own'"):
        compared(drawn(), "owm")


def test_evidence_is_of_the_voice_or_sum_asked_for(shipped):
    pair = shipped[shipped["event"] == "un-drones-2022-10"]
    result = contrast(terms(pair), "Mehr News Agency", "The National", voice="own")
    for row in result.with_indirect.head(12).itertuples():
        own, rest = result.evidence(row.item), result.evidence(row.item, voice="rest")
        assert len(own) == row.target_k + row.baseline_k
        assert set(own["voice"]) <= {"own"}
        both = row.target_k_with_indirect + row.baseline_k_with_indirect
        assert len(rest) == both
        assert set(rest["voice"]) <= {"own", "indirect"}


def test_outlets_take_the_sums_and_tell_the_signs():
    counts = drawn()
    for voice in ("rest", "quoted", "own"):
        result = outlets(counts, voice=voice)
        assert result.table["found_in"].gt(0).all()
    assert result.pairs["sign_differs"].notna().all()
    assert any(note.startswith("Counted twice") for note in result.notes)
    assert VOICE_ACCURACY.sentence() in result.notes
    share = outlets(counts, voice="rest").table.set_index("item")["Daily"]["w0"]
    rows = counts.query("voice != 'direct' and item == 'w0' and outlet == 'Daily'")
    assert share == pytest.approx(rows["k"].sum() / rows["n"].sum())


def test_a_change_over_time_is_given_counted_twice():
    counts = drawn(articles=1, events=14)
    articles = counts[["article", "outlet", "event"]].drop_duplicates()
    month = articles["event"].str[1:].astype(int) % 2 + 1
    articles = articles.assign(text=".", date=[f"2024-0{one}-03" for one in month])
    counts = replace(counts_of(counts), corpus=corpus_of(articles))
    result = over_time(counts, *SIDES, voice="own", block="month")
    wider = over_time(counts, *SIDES, voice="rest", block="month")
    np.testing.assert_allclose(
        result.blocks["difference_with_indirect"], wider.blocks["difference"]
    )
    assert "difference_with_indirect" not in wider.blocks
    labels = [one.get_text() for one in result.of("w0").plot().get_legend().get_texts()]
    assert "the same with reported speech added" in labels


def test_telling_apart_by_the_own_voice_says_how_sure_voices_are():
    sides = {"target": "Daily", "baseline": "Herald"}
    told = told_apart(drawn(2, events=20), voice="own", permutations=9, **sides)
    assert VOICE_ACCURACY.sentence() in told.notes


def drawn_marks(ax):
    from matplotlib.collections import PathCollection

    return [one for one in ax.collections if isinstance(one, PathCollection)]


def test_both_counts_are_drawn_filled_and_open():
    result = compared(drawn())
    ax = result.plot()
    own, both = drawn_marks(ax)
    for marks, table in ((own, result.table), (both, result.wider)):
        shown = sorted(marks.get_offsets()[:, 0])
        assert shown == pytest.approx(sorted(100 * table["difference"]))
    assert own.get_facecolor().tolist() != both.get_facecolor().tolist()
    assert both.get_facecolor().tolist() == [[1, 1, 1, 1]]
    assert len(own.get_paths()[0].vertices) != len(both.get_paths()[0].vertices)
    labels = [one.get_text() for one in ax.get_legend().get_texts()]
    assert labels == ["own voice alone", "own voice and reported speech"]
    assert "marks without a line have none" in ax.get_xlabel()
    assert "with reported speech" in result._repr_html_()


def test_both_counts_of_articles_are_drawn():
    result = compared(two(own=(4, 2), indirect=(0, 9)))
    marks = drawn_marks(result.plot())
    at = [one.get_offsets()[0, 0] for one in marks]
    assert at == pytest.approx([40, 20, 20, 55])
    hollow = [not one.get_facecolor().size for one in marks]
    assert hollow == [False, True, False, True]
    assert result.figure().png


def test_the_input_is_left_alone_and_order_does_not_matter():
    counts = drawn()
    before = counts.copy()
    once = compared(counts).with_indirect
    again = compared(counts.sample(frac=1, random_state=1)).with_indirect
    pd.testing.assert_frame_equal(once, again)
    pd.testing.assert_frame_equal(counts, before)
