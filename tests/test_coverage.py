"""What stands only in one article, and what both tell."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._accuracy import shares_of, wilson
from framelens._checks import InputError, UnknownNameError
from framelens._lists import read_list
from framelens.align import coverage
from framelens.align.coverage import stories
from framelens.align.coverage.coverage import CAUTION, require_few
from framelens.align.coverage.result import TABLE_COLUMNS
from framelens.align.coverage.stories import (
    STATUSES,
    passages,
    status_of,
    units,
    without,
)
from framelens.corpus import read_corpus
from framelens.show import coverage_view

GOLD = os.environ.get("FRAMELENS_GOLD")
ROOT = Path(__file__).resolve().parents[1]
ACCURACY = read_list("coverage_accuracy")["paragraphs"]
SHARES = shares_of(ACCURACY["shares"])

DAM = "The old dam above Reddin broke on Monday night and flooded two villages."
DAM_TOLD = (
    "Two villages were under water after the ageing Reddin dam gave way on Monday."
)
BANK = "Critics call the finance minister, Ada Brenn, a friend of the big bankers."
CHOIR = "A children's choir will sing at the opening of the new concert hall in Luse."
SAID = "“We warned the company three years ago that the dam would fail,” said Orr."
SCRIPT = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> was sprayed on the wall, "
    "and <marquee onstart=alert(3)> on the gate."  # which is no tag of a page
)


def articles_of(texts, *, outlets=("Daily", "Herald"), events=None):
    names = [chr(ord("a") + place) for place in range(len(texts))]
    table = pd.DataFrame({"article": names, "outlet": list(outlets), "text": texts})
    table["event"] = ["dam"] * len(texts) if events is None else events
    return table


@pytest.fixture(scope="module")
def pair():
    return articles_of(
        ["\n\n".join([DAM, BANK, SAID]), "\n\n".join([CHOIR, DAM_TOLD, SAID])]
    )


@pytest.fixture(scope="module")
def found(pair):
    return coverage(read_corpus(pair, marks_only=True))


def told(found, article):
    table = found.units
    return table.loc[table["article"] == article, "status"].tolist()


def test_what_both_tell_and_what_only_one_tells(found):
    assert told(found, "a") == ["counterpart", "only here", "counterpart"]
    assert told(found, "b") == ["only here", "counterpart", "counterpart"]


def test_a_unit_is_lined_up_with_the_passage_that_tells_it(found, pair):
    texts = dict(zip(pair["article"], pair["text"], strict=True))
    row = found.table.iloc[0]
    assert texts["b"][row["counterpart_start"] : row["counterpart_end"]] == DAM_TOLD
    assert row["counterpart_article"] == "b"
    assert "reddin" in row["shared"]


def test_nothing_is_absent_without_its_nearest_counterpart_and_score(found):
    assert list(found.table.columns) == TABLE_COLUMNS
    assert found.table.notna().all(axis=None)
    assert (found.table["counterpart_end"] > found.table["counterpart_start"]).all()
    assert found.table["status"].isin(STATUSES).all()


def test_voice_by_words(found):
    table = found.table[found.table["article"] == "a"]
    assert table["voice"].tolist() == ["rest", "rest", "mixed"]
    assert table["words"].tolist() == [13, 13, 14]
    assert table["quoted_words"].tolist() == [0, 0, 12]


def test_own_and_indirect_are_named_where_they_are_told_apart(found, pair):
    half = len(BANK) // 2
    corpus = read_corpus(pair)
    said = pd.concat([corpus.ledger.iloc[:1]] * 2, ignore_index=True).assign(
        annotation=["a:a1", "a:a2"],
        content=[[[0, len(DAM)]], [[len(DAM) + 2, len(DAM) + 2 + half]]],
        source=None,
        cue=None,
        kind="indirect",
    )
    table = coverage(corpus.correct(ledger=said)).table
    mine = table[table["article"] == "a"]
    assert mine["voice"].tolist() == ["indirect", "mixed", "mixed"]
    assert table.loc[table["article"] == "b", "voice"].iloc[0] == "own"
    others = found.table.columns.difference(["voice"])
    pd.testing.assert_frame_equal(table[others], found.table[others])


def test_the_same_article_twice_has_a_counterpart_for_everything():
    text = "\n\n".join([DAM, BANK, SAID, CHOIR])
    table = coverage(articles_of([text, text])).table
    assert (table["status"] == "counterpart").all()
    np.testing.assert_allclose(table["score"], 1, atol=1e-5)
    same = table[["start", "end"]].to_numpy()
    assert (table[["counterpart_start", "counterpart_end"]].to_numpy() == same).all()


def test_the_order_of_articles_changes_nothing(pair, found):
    back = coverage(read_corpus(pair.iloc[::-1], marks_only=True)).table
    keys = ["article", "start"]
    pd.testing.assert_frame_equal(
        back.sort_values(keys, ignore_index=True),
        found.table.sort_values(keys, ignore_index=True),
    )


@settings(max_examples=4)
@given(
    st.permutations([DAM, BANK, SAID, CHOIR]), st.permutations([DAM_TOLD, CHOIR, SAID])
)
def test_units_cover_every_word_once_and_scores_are_bounded(one, other):
    table = articles_of(["\n".join(one), "\n".join(other)])
    found = coverage(table)
    assert found.units.groupby("article")["words"].sum().to_dict() == {"a": 55, "b": 43}
    assert found.table["score"].between(-1, 1 + 1e-6).all()
    shares = found.summary.groupby("article")["share"].sum()
    np.testing.assert_allclose(shares, 1)


def test_evidence_is_the_text_at_its_offsets(found, pair):
    texts = dict(zip(pair["article"], pair["text"], strict=True))
    for status in STATUSES:
        for row in found.evidence(status).itertuples():
            assert texts[row.article][row.start : row.end] == row.text
            place = slice(row.counterpart_start, row.counterpart_end)
            assert texts[row.counterpart_article][place] == row.counterpart
    only = found.evidence("only here", article="a")
    assert only["text"].tolist() == [BANK]
    assert only["outlet"].tolist() == ["Daily"]


def test_alignments_pair_each_unit_with_its_counterpart(found):
    groups = found.alignments
    assert list(groups.columns) == ["group", "article", "start", "end", "role", "score"]
    assert (
        groups.groupby("group")["role"].agg(list).tolist()
        == [["unit", "counterpart"]] * (found.table["status"] == "counterpart").sum()
    )
    assert (groups.groupby("group")["article"].nunique() == 2).all()


def test_furniture_is_no_unit_and_no_counterpart():
    text = f"REDDIN (Daily) – {DAM}\n\n{BANK}\n\n{SAID}\n\nA view of the dam. AFP"
    found = coverage(articles_of([text, f"{DAM}\n\n{CHOIR}\n\n{SAID}"]))
    mine = found.table[found.table["article"] == "a"]
    assert [text[a:b] for a, b in zip(mine["start"], mine["end"], strict=True)] == [
        DAM, BANK, SAID
    ]  # fmt: skip
    theirs = found.table[found.table["article"] == "b"]
    end = theirs["counterpart_end"].max()
    assert end <= text.index("A view")


def test_without_paragraphs_sentences_are_the_units():
    text = " ".join([DAM, BANK, CHOIR])
    found = coverage(articles_of([text, f"{DAM}\n\n{SAID}\n\n{CHOIR}"]))
    mine = found.units[found.units["article"] == "a"]
    assert [text[a:b] for a, b in zip(mine["start"], mine["end"], strict=True)] == [
        DAM, BANK, CHOIR
    ]  # fmt: skip
    assert any(
        "sentence by sentence" in note and note.endswith(": a.") for note in found.notes
    )


def test_a_long_paragraph_is_cut_and_a_short_one_is_not():
    text = "\n".join([" ".join(["A dam."] * 61), "One more dam.", "And so on."])
    sentences = [(start, start + 6) for start in range(0, 61 * 7, 7)]
    paragraphs = [(0, 426), (427, 440), (441, 451)]
    assert units(text, paragraphs, sentences) == [*sentences, *paragraphs[1:]]


def test_passages_do_not_reach_across_furniture():
    text = "One two three. AFP photo. Four five six."
    sentences = [(0, 14), (26, 40)]
    assert passages(text, [(0, 14), (26, 40)], sentences, [(15, 25)]) == sentences
    assert (0, 40) in passages(text, sentences, sentences, [])


def test_a_short_unit_and_two_rare_words_in_common_are_never_only_here():
    assert status_of(0.1, words=9, distinctive=0) == "uncertain"
    assert status_of(0.1, words=10, distinctive=1) == "only here"
    assert status_of(0.1, words=10, distinctive=2) == "uncertain"


def test_events_and_outlets_decide_what_is_lined_up():
    texts = [DAM, DAM_TOLD, CHOIR, BANK]
    outlets = ["Daily", "Herald", "Daily", "Herald"]
    table = articles_of(texts, outlets=outlets, events=["dam", "dam", "dam", None])
    found = coverage(table)
    pairs = set(
        zip(found.table["article"], found.table["counterpart_article"], strict=True)
    )
    assert pairs == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")}
    assert "Left out, without an event: d." in found.notes
    assert told(found, "b") == ["counterpart"]  # the nearest of both articles counts


def test_without_any_event_all_articles_are_one(pair):
    found = coverage(pair.assign(event=None))
    assert found.notes[0].startswith("No event is stated")
    assert len(found.units) == 6


def test_articles_of_unstated_outlets_are_lined_up():
    table = articles_of([DAM, DAM_TOLD], outlets=[None, None])
    assert len(coverage(table).table) == 2


@pytest.mark.parametrize(
    "table",
    [
        articles_of([DAM, DAM_TOLD], outlets=["Daily", "Daily"]),
        articles_of([DAM, DAM_TOLD], events=["dam", "choir"]),
        articles_of([DAM, "***"]),
        articles_of([DAM, DAM_TOLD]).iloc[:1],
    ],
)
def test_nothing_to_line_up_is_an_error_that_says_what_to_do(table):
    with pytest.raises(InputError, match="two articles of different outlets") as caught:
        coverage(table)
    assert "\n" not in str(caught.value)


def test_errors_name_what_is_there(found):
    with pytest.raises(UnknownNameError, match="did you mean 'only here'"):
        found.evidence("only there")
    with pytest.raises(UnknownNameError, match="no article 'z'"):
        found.evidence(article="z")


def test_input_is_left_alone(pair):
    before, corpus = pair.copy(), read_corpus(pair)
    spoken = corpus.voices.copy()
    coverage(corpus)
    pd.testing.assert_frame_equal(pair, before)
    pd.testing.assert_frame_equal(corpus.voices, spoken)


def test_the_view_shows_every_unit_with_words_and_score(found):
    view = coverage_view(found)
    assert len(view.table) == 6
    assert view.html.count("<b>only here</b><br>nearest has score 0.") == 2
    assert "<caption>Daily (a): 3 paragraphs or sentences, 1 only here" in view.html
    assert f"score {view.table['score'].iloc[0]:.2f}" in view.html
    assert CAUTION.split("“")[0] in view.html
    assert "only here · nearest has score 0." in repr(view)
    assert found._repr_html_() == view.html


def test_the_view_can_be_narrowed(found):
    view = coverage_view(found, article="a", status="only here")
    assert view.table["text"].tolist() == [BANK]
    none = coverage_view(found, article="a", status="uncertain")
    assert "No paragraph or sentence" in none.html


def test_hostile_text_is_escaped():
    bad = "<b>&\"'</b>"
    texts = [f"{SCRIPT}\n\n{DAM}\n\n{BANK}", f"{SCRIPT}\n\n{CHOIR}\n\n{DAM}"]
    found = coverage(articles_of(texts, outlets=[bad, "Herald"]))
    html = found._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert bad not in html
    assert "&lt;marquee" in html


def test_the_figure_says_what_it_shows(found):
    ax = found.plot()
    assert [one.get_text() for one in ax.get_yticklabels()] == [
        "Daily (a)",
        "Herald (b)",
    ]
    widths = [bar.get_width() for bars in ax.containers for bar in bars]
    np.testing.assert_allclose(sum(widths), 200)
    figure = found.figure()
    assert "Daily (a): 40 words, of them 68 % with a counterpart" in figure.alt
    assert "85 % of 20 (95 % interval 64 to 95 %)" in figure.caption


def test_the_shipped_pair_lines_up_the_ambassadors_words(shipped):
    found = coverage(shipped[shipped["article"].isin(["000", "001"])])
    lined_up = found.evidence("counterpart", article="001")
    both = lined_up[lined_up["text"].str.contains("unnecessary investigation")]
    assert both["counterpart"].str.contains("illegitimate investigation").all()
    assert len(both) == 1
    collaboration = found.units[found.units["shared"].str.contains("reassess")]
    assert "only here" not in set(collaboration["status"])


def test_accuracy_is_named_with_its_set_and_size(found):
    said = found.notes[-1]
    assert "held-out half of tests/gold/coverage.csv" in said
    assert "50 paragraphs of 10 events" in said
    assert "85 % of 20 (95 % interval 64 to 95 %)" in said
    assert "of those with a “counterpart”, 100 % of 17" in said
    assert "One language model judged, once" in said
    assert "  " not in said


def test_no_interval_is_narrower_than_that_of_independent_cases():
    for share in SHARES.values():
        low, high = wilson(round(share.value * share.n), share.n)
        assert share.high - share.low >= high - low - 0.0011


@pytest.mark.long
@pytest.mark.skipif(not GOLD, reason="FRAMELENS_GOLD names no folder of gold data")
def test_the_constants_are_what_the_benchmark_finds():
    from benchmarks.coverage import figures, judged

    table = judged(Path(str(GOLD)), "held_out")
    assert len(table) == ACCURACY["units"]
    assert table["event"].nunique() == ACCURACY["events"]
    found = figures(table).set_index("metric")
    for metric, share in [
        ("only here: precision (part counts as wrong)", "precision"),
        ("only here: precision (part counts as right)", "precision_part"),
        ("only here: missed of none", "missed"),
        ("only here: wrongly called of same and part", "wrong"),
        ("counterpart: precision (part counts as right)", "counterpart"),
    ]:
        np.testing.assert_allclose(found.loc[metric], SHARES[share], atol=0.0006)


def test_the_results_page_gives_the_same_figures():
    page = ROOT / "benchmarks" / "RESULTS.md"
    told = page.read_text(encoding="utf-8")
    assert "benchmarks.coverage" in told
    for share in (SHARES["precision"], SHARES["missed"]):
        assert f"{share.value:.3f}" in told


def test_the_caption_speaks_of_events():
    texts = [DAM, DAM_TOLD, CHOIR, BANK]
    outlets = ["Daily", "Herald", "Daily", "Herald"]
    several = coverage(
        articles_of(texts, outlets=outlets, events=["dam", "dam", "hall", "hall"])
    )
    assert "only one of the articles on its event" in several.caption
    assert "4 articles on 2 events, 4 paragraphs or sentences" in several.caption


def test_a_narrowed_view_says_of_how_many(found):
    view = coverage_view(found, article="a", status="only here")
    assert "1 of 3 paragraphs or sentences: only here" in view.html
    assert "lined up with" not in coverage_view(found).html


def test_a_very_long_article_offers_its_units_only():
    text = "\n".join(["One dam broke. Two dams held."] * 201)
    sentences = [
        span
        for start in range(0, 201 * 30, 30)
        for span in ((start, start + 14), (start + 15, start + 29))
    ]
    paragraphs = [(start, start + 29) for start in range(0, 201 * 30, 30)]
    assert passages(text, paragraphs, sentences, []) == paragraphs
    assert len(passages(text, paragraphs[:200], sentences[:400], [])) > 1000


def test_a_very_long_article_is_named_in_the_notes(monkeypatch, pair):
    monkeypatch.setattr(stories, "MOST_SENTENCES", 2)
    notes = coverage(pair).notes
    assert any("sentences" in note and note.endswith(": a, b.") for note in notes)


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=12, unique=True).map(sorted),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_what_is_left_beside_furniture_is_told_character_by_character(edges, one, two):
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    start, end = sorted((one, two))
    taken = {place for span in spans for place in range(*span)}
    left = [place for span in without(spans, start, end) for place in range(*span)]
    assert left == [place for place in range(start, end) if place not in taken]


def test_an_article_in_other_letters_is_named():
    arabic = "انهار السد القديم فوق القرية ليلة الاثنين وغمرت المياه قريتين."
    found = coverage(articles_of([DAM, arabic]))
    note = "Made for English: article b is mostly in other letters."
    assert note in found.notes
    assert note in found._repr_html_()
    assert not any("letters" in one for one in coverage(articles_of([DAM, BANK])).notes)


FLOOD = "Rescuers in boats brought forty people from the flooded villages below Reddin."
FLOOD_TOLD = "Forty people were brought from the flooded villages near Reddin by boat."
DAM_THIRD = (
    "On Monday the old Reddin dam broke, and water flooded two villages below it."
)


@pytest.fixture(scope="module")
def four():
    texts = [
        [DAM, BANK, SAID],
        [CHOIR, DAM_TOLD, SAID],
        [DAM_THIRD, FLOOD, CHOIR],
        [FLOOD_TOLD, DAM_TOLD],
    ]
    return articles_of(
        ["\n\n".join(one) for one in texts],
        outlets=("Daily", "Herald", "Post", None),
        events=["dam"] * 4,
    )


@pytest.fixture(scope="module")
def matrix(four):
    return coverage(four).matrix()


def row_of(matrix, text):
    claim = matrix.cells.loc[
        (matrix.cells["text"] == text) & (matrix.cells["status"] == "present"), "claim"
    ].iloc[0]
    cells = matrix.evidence(claim).set_index("outlet")
    return cells["status"].to_dict(), cells["text"].to_dict()


def test_the_matrix_by_hand(matrix):
    status, text = row_of(matrix, DAM)
    assert set(status.values()) == {"present"}
    assert text == {
        "Daily": DAM,
        "Herald": DAM_TOLD,
        "Post": DAM_THIRD,
        "article d": DAM_TOLD,
    }
    status, _ = row_of(matrix, BANK)
    assert status == {
        "Daily": "present",
        "Herald": "absent",
        "Post": "absent",
        "article d": "absent",
    }
    status, text = row_of(matrix, CHOIR)
    assert (status["Herald"], status["Post"]) == ("present", "present")
    assert (status["Daily"], status["article d"]) == ("absent", "absent")
    status, text = row_of(matrix, FLOOD)
    assert (status["Post"], status["article d"]) == ("present", "present")
    assert text["article d"] == FLOOD_TOLD


def test_the_matrix_is_wide_and_its_first_claim_is_told_most(matrix):
    table = matrix.table
    assert list(table.columns) == [
        "event",
        "claim",
        "Daily",
        "Herald",
        "Post",
        "article d",
    ]
    assert table["claim"].tolist() == [f"c{n}" for n in range(1, len(table) + 1)]
    told = table.eq("present").sum(axis=1).tolist()
    assert told == sorted(told, reverse=True)
    assert told[0] == 4


def test_every_unit_is_in_one_claim_and_every_cell_is_its_text(four, matrix):
    texts = dict(zip(four["article"], four["text"], strict=True))
    for row in matrix.cells.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
        assert row.voice in {"direct", "indirect", "own", "mixed"}
    places = matrix.cells.loc[matrix.cells["status"] == "present", "text"]
    assert set(places) >= {DAM, BANK, SAID, CHOIR, FLOOD, FLOOD_TOLD}
    assert matrix.cells.groupby("claim")["outlet"].nunique().eq(4).all()


def test_the_matrix_adds_up(matrix):
    summary = matrix.summary
    parts = summary[["present", "uncertain", "absent"]].sum(axis=1)
    assert (parts == summary["claims"]).all()
    assert set(summary["claims"]) == {len(matrix.table)}
    assert summary.set_index("outlet").loc["Daily", "only"] == 1
    assert "1 in one and absent from every other" in matrix.caption
    assert f"{len(matrix.table)} claims on one event, of 4 outlets" in matrix.caption


def test_the_order_of_articles_does_not_change_the_matrix(four, matrix):
    for order in ([3, 2, 1, 0], [2, 0, 3, 1]):
        back = coverage(four.iloc[order]).matrix()
        pd.testing.assert_frame_equal(back.cells, matrix.cells)
        pd.testing.assert_frame_equal(back.table, matrix.table)


def test_the_voice_of_a_cell_is_that_of_its_passage(matrix):
    cells = matrix.cells[matrix.cells["text"] == SAID]
    assert set(cells["voice"]) == {"mixed"}


def test_a_claim_holds_one_paragraph_of_an_article_and_events_stay_apart():
    texts = [f"{DAM}\n{CHOIR}\n{BANK}", f"{DAM}\n{DAM_THIRD}\n{DAM_TOLD}", DAM, DAM]
    table = articles_of(
        texts,
        outlets=("Daily", "Herald", "Daily", "Herald"),
        events=["one", "one", "two", "two"],
    )
    matrix = coverage(table).matrix()
    present = matrix.cells[matrix.cells["status"] == "present"]
    assert present.groupby(["claim", "outlet"]).size().eq(1).all()
    assert set(matrix.summary["event"]) == {"one", "two"}
    assert matrix.cells.groupby("claim")["event"].nunique().eq(1).all()
    two = matrix.cells[matrix.cells["event"] == "two"]
    assert set(two["article"]) == {"c", "d"}
    assert len(two) == 2
    assert "on 2 events" in matrix.caption


def test_outlets_without_an_article_on_the_event_are_missing():
    table = articles_of(
        [DAM, DAM_TOLD, CHOIR, CHOIR],
        outlets=("Daily", "Herald", "Daily", "Post"),
        events=["one", "one", "two", "two"],
    )
    wide = coverage(table).matrix().table.set_index("event")
    assert pd.isna(wide.loc["one", "Post"])
    assert wide.loc["two", "Post"] == "present"


def test_the_matrix_prints_its_error_rates(matrix):
    html = matrix._repr_html_()
    assert "10 % of 30 (95 % interval 0 to 29 %) is called absent" in html
    assert "100 % of 17 (95 % interval 82 to 100 %) is reported there" in html
    assert "held-out half of tests/gold/coverage.csv" in html
    assert "absent, nearest score 0." in html
    assert "they need not agree" in html
    with pytest.raises(UnknownNameError, match="no claim 'c99'"):
        matrix.evidence("c99")


def test_the_matrix_leaves_the_alignment_alone_and_escapes(found):
    before = found.table.copy()
    found.matrix()
    pd.testing.assert_frame_equal(found.table, before)
    texts = [f"{SCRIPT}\n\n{DAM}\n\n{BANK}", f"{SCRIPT}\n\n{CHOIR}\n\n{DAM}"]
    html = coverage(articles_of(texts)).matrix()._repr_html_()
    assert "<script" not in html


def test_a_pair_of_sentences_of_several_parts_has_one_status():
    from benchmarks.coverage_pairs import of_several

    assert of_several(pd.Series(["only here", "counterpart"])) == "counterpart"
    assert of_several(pd.Series(["only here", "only here"])) == "only here"
    assert of_several(pd.Series(["only here", "uncertain"])) == "uncertain"


def many(outlets, event):
    count = len(outlets)
    return pd.DataFrame(
        {
            "article": [f"{number:04}" for number in range(count)],
            "outlet": outlets,
            "event": [event] * count,
            "text": ["The dam broke on Monday."] * count,
        }
    )


@pytest.mark.parametrize(
    ("event", "name"), [(None, "no stated event"), ("fire", "the event 'fire'")]
)
def test_an_event_of_too_many_pairs_is_refused(event, name):
    articles = many([f"outlet {number}" for number in range(501)], event)
    with pytest.raises(InputError, match=f"501 articles of {name} make 125,250"):
        coverage(articles)


@pytest.mark.parametrize(
    "outlets",
    [
        [f"outlet {number}" for number in range(500)],
        [None] * 500,
        ["Daily"] * 5_000 + ["Herald"] * 24,
        ["Daily", "Herald", "Mail"] * 200,
    ],
)
def test_pairs_are_counted_not_articles(outlets):
    require_few(many(outlets, "fire"))


def test_articles_without_an_outlet_are_pairs_with_all():
    outlets = [*["Daily"] * 5_000, *[None] * 25]
    with pytest.raises(InputError, match=r"at most 124,750 .* make 125,300"):
        require_few(many(outlets, "fire"))


def test_an_article_of_one_sign_lines_up():
    articles = articles_of([DAM, "X"])
    table = coverage(read_corpus(articles, marks_only=True)).table
    assert table["status"].tolist() == ["only here", "uncertain"]


def test_an_event_of_one_outlet_and_empty_lines_stand_in_the_way_of_nothing(pair):
    alone = pair.iloc[:1].assign(article="c", event="hall", text=f"\n\n \n{BANK}\n")
    table = pd.concat([pair, alone], ignore_index=True)
    whole, mine = coverage(table), coverage(table[table["event"] == "dam"])
    pd.testing.assert_frame_equal(whole.table, mine.table)
    assert set(whole.articles["article"]) == {"a", "b"}


def test_an_article_of_another_event_changes_nothing(pair, found):
    more = pd.concat([pair, pair.assign(article=["x", "y"], event="hall", text=CHOIR)])
    table = coverage(read_corpus(more, marks_only=True)).table
    mine = table[table["article"].isin(["a", "b"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, found.table)


def test_a_corpus_of_bare_texts_lines_up():
    found = coverage(pd.DataFrame({"article": ["a", "b"], "text": [DAM, DAM_TOLD]}))
    assert set(found.table["status"]) == {"counterpart"}
    assert found.figure() is not None
    assert len(found.matrix().table) == 1
