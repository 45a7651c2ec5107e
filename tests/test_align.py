"""The whole layer through its public door, on any corpus a person may have."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens import align
from framelens._checks import FramelensError
from framelens.corpus import corpus_of

DAM = "The old dam above Reddin broke on Monday night and flooded two villages."
TOLD = "Two villages were flooded when the old Reddin dam broke on Sunday night."
BANK = "Critics call the finance minister Ada Brenn a friend of the big bankers."
SAID = "“We have seen nothing like it in forty years,” the mayor of Reddin said."
LINE = "Subscribe to the Daily for six marks a month and read it before all others."
PIECES = [DAM, TOLD, BANK, SAID, LINE, "", " ", "***", "(Reuters)", "👍", "\u2028"]

texts = st.lists(st.sampled_from(PIECES), max_size=4).flatmap(
    lambda pieces: st.sampled_from(["\n\n", " ", "\n"]).map(lambda by: by.join(pieces))
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "outlet": st.sampled_from([None, "Daily", "Herald"]),
            "event": st.sampled_from([None, "dam", "bank"]),
            "date": st.sampled_from([None, "2031-05-01", "2031-05-02", "spring"]),
            "title": st.sampled_from([None, "", "Dam breaks"]),
            "text": texts,
        }
    ),
    max_size=6,
)


def table_of(rows):
    columns = ["outlet", "event", "date", "title", "text"]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    table.insert(0, "article", [f"a{number}" for number in range(len(table))])
    return table


def results_of(corpus):
    """Everything that align gives; of coverage what can be lined up."""
    refused = ""
    try:
        coverage = align.coverage(corpus)
    except FramelensError as error:
        refused = str(error)
    else:
        results = [coverage, coverage.matrix(), align.differing(coverage)]
        return [align.reuse(corpus), *results]
    assert refused.startswith("coverage() needs two articles of different outlets")
    return [align.reuse(corpus)]


@settings(max_examples=25)
@given(rows, st.sets(st.sampled_from(["outlet", "event", "date", "title"])))
def test_any_corpus_goes_through_every_function(rows, absent):
    corpus = corpus_of(table_of(rows).drop(columns=sorted(absent)), marks_only=True)
    names = corpus.articles["article"].tolist()
    assert corpus.events["article"].tolist() == names
    assert align.event_members(corpus)["article"].tolist() == names
    assert set(align.event_terms(corpus)["event"]) <= set(corpus.events["event"])
    lengths = corpus.articles.set_index("article")["text"].str.len()
    lines = corpus.boilerplate
    assert (lines["end"] <= lengths.reindex(lines["article"]).to_numpy()).all()
    assert set(corpus.duplicates["first"]) <= set(names)
    for keep in ("first", "none", "all"):
        once = align.without_duplicates(corpus, keep=keep)
        assert len(once.articles) + len(once.dropped) == len(names)
    for result in results_of(corpus):
        assert result.caption in result._repr_html_().replace("&#x27;", "'")
        assert result.shown() is not None
        assert result.alt


@settings(max_examples=8)
@given(st.permutations(range(5)))
def test_the_order_of_articles_changes_nothing(order):
    table = table_of(
        [
            {"outlet": "Daily", "event": "dam", "text": f"{DAM}\n\n{BANK}\n\n{SAID}"},
            {"outlet": "Herald", "event": "dam", "text": f"{TOLD}\n\n{SAID}"},
            {"outlet": None, "event": "dam", "text": f"{DAM}\n\n{LINE}"},
            {"outlet": "Daily", "event": None, "text": DAM},
            {"outlet": "Herald", "event": "bank", "text": f"{BANK}\n\n{LINE}"},
        ]
    )
    there = corpus_of(table, marks_only=True)
    back = corpus_of(table.iloc[order], marks_only=True)
    for mine, turned, keys in (
        (there.events, back.events, ["article"]),
        (there.duplicates, back.duplicates, ["group", "article"]),
        (there.boilerplate, back.boilerplate, ["article", "start"]),
        (align.event_members(there), align.event_members(back), ["article"]),
        (align.event_terms(there), align.event_terms(back), ["event", "kind", "term"]),
        (align.coverage(there).matrix().cells, align.coverage(back).matrix().cells,
         ["claim", "outlet"]),
    ):  # fmt: skip
        pd.testing.assert_frame_equal(
            mine.sort_values(keys, ignore_index=True),
            turned.sort_values(keys, ignore_index=True),
        )


def test_an_article_of_another_event_changes_nothing():
    table = table_of(
        [
            {"outlet": "Daily", "event": "dam", "text": f"{DAM}\n\n{BANK}"},
            {"outlet": "Herald", "event": "dam", "text": f"{TOLD}\n\n{SAID}"},
        ]
    )
    more = pd.concat(
        [table, table.iloc[:1].assign(article="z", event="rain", text="It rained.")]
    )
    one, both = (corpus_of(each, marks_only=True) for each in (table, more))
    coverage = align.coverage(both)
    pd.testing.assert_frame_equal(align.coverage(one).table, coverage.table)
    pd.testing.assert_frame_equal(
        align.differing(one).table, align.differing(coverage).table
    )
    pd.testing.assert_frame_equal(align.reuse(one).table, align.reuse(both).table)
    pd.testing.assert_frame_equal(one.duplicates, both.duplicates)
    assert both.events["event"].tolist() == ["dam", "dam", "rain"]


def test_an_event_that_only_one_outlet_covers_is_passed_over():
    table = table_of(
        [
            {"outlet": "Daily", "event": "dam", "text": DAM},
            {"outlet": "Herald", "event": "dam", "text": TOLD},
            {"outlet": "Herald", "event": "bank", "text": BANK},
        ]
    )
    assert set(align.coverage(table).units["article"]) == {"a0", "a1"}
    with pytest.raises(FramelensError, match="two articles of different outlets"):
        align.coverage(corpus_of(table).where(event="bank"))


@pytest.mark.parametrize(
    "function",
    [
        align.events,
        align.duplicates,
        align.boilerplate,
        align.event_terms,
        align.event_members,
    ],
)
def test_a_corpus_a_table_and_a_path_give_the_same(function, tmp_path):
    table = table_of(
        [
            {"outlet": "Daily", "event": None, "text": f"{DAM} {BANK}"},
            {"outlet": "Herald", "event": None, "text": f"{DAM} {SAID}"},
        ]
    )
    path = tmp_path / "articles.csv"
    table.to_csv(path, index=False)
    given_table = function(table)
    assert len(given_table) or function is align.boilerplate
    for source in (corpus_of(table), path):
        pd.testing.assert_frame_equal(function(source), given_table)
