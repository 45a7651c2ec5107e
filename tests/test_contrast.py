"""Contrast: what is compared, what comes out, and when nothing may be said."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import InputError, UnknownNameError
from framelens.compare import Floors, contrast
from framelens.compare.contrast import TABLE_COLUMNS
from framelens.corpus import corpus_of
from framelens.measure import Counts, terms
from framelens.measure.counts import counts_of
from framelens.simulate import Plan, simulate

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def counted(*rows):
    """Rows of (event, outlet, k, n), one article each, of the one item "deal"."""
    return pd.DataFrame(
        [
            (event, outlet, f"a{row}", "rest", "deal", k, n)
            for row, (event, outlet, k, n) in enumerate(rows)
        ],
        columns=COLUMNS,
    )


def measured(counts, **columns):
    """The same counts, of a corpus whose articles have these columns."""
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    table = table.assign(text="Deal.", **columns)
    return replace(counts_of(counts), corpus=corpus_of(table))


def compared(counts, **options):
    return contrast(counts, target="Daily", baseline="Herald", **options)


def row_of(counts, **options):
    return compared(counts, **options).table.iloc[0]


def drawn(seed=0, events=1, articles=12, items=6):
    """Random counts of several items, as one frame."""
    rng = np.random.default_rng(seed)
    rows = []
    for event, outlet, number in itertools.product(
        range(events), ["Daily", "Herald"], range(articles)
    ):
        n = int(rng.integers(50, 150))
        for item in range(items):
            k = int(rng.poisson(n * 0.01 * (item + 1)))
            name = f"{outlet}{event}-{number}"
            rows.append((f"e{event}", outlet, name, "rest", f"w{item}", k, n))
    return pd.DataFrame(rows, columns=COLUMNS)


def test_shares_are_ratios_of_totals():
    counts = counted(
        ("e", "Daily", 1, 10), ("e", "Daily", 5, 30), ("e", "Herald", 2, 20)
    )
    row = row_of(counts)
    assert row["difference"] == pytest.approx(6 / 40 - 2 / 20)
    assert row[["target_k", "target_n", "baseline_k", "baseline_n"]].tolist() == [
        6, 40, 2, 20,
    ]  # fmt: skip
    assert row[["articles_target", "articles_baseline", "events"]].tolist() == [2, 1, 1]


def test_events_weigh_alike_and_pooling_would_mislead():
    counts = counted(
        ("quiet", "Daily", 1, 10), ("quiet", "Herald", 90, 900),
        ("loud", "Daily", 450, 900), ("loud", "Herald", 5, 10),
    )  # fmt: skip
    row = row_of(counts)
    assert row["difference"] == 0  # within each event the outlets agree
    assert row["target_k"] / row["target_n"] > 4 * row["baseline_k"] / row["baseline_n"]
    assert row["events"] == 2


def test_the_columns_are_those_of_the_contract():
    assert compared(drawn()).table.columns.tolist() == TABLE_COLUMNS
    frame = drawn()
    totals = frame[["event", "outlet", "article", "voice", "n"]].drop_duplicates()
    counts = Counts(frame[frame["k"] > 0].drop(columns="n"), totals, "terms", "words")
    assert compared(counts).table.columns.tolist() == [*TABLE_COLUMNS, "log_odds"]


def test_an_article_with_most_of_a_sides_words_is_named():
    rows = [("e", "Daily", 1, 10), ("e", "Daily", 5, 50), ("e", "Herald", 2, 20)]
    named = [one for one in compared(counted(*rows)).notes if "alone has" in one]
    assert len(named) == 1
    assert "alone has 50 of the 60" in named[0]
    assert "of Daily: what is said" in named[0]
    rows[1] = ("e", "Daily", 5, 30)
    assert "alone has" not in " ".join(compared(counted(*rows)).notes)


def test_one_article_a_side_is_refused_in_words():
    result = compared(counted(("e", "Daily", 3, 10), ("e", "Herald", 1, 10)))
    sentence = (
        "1 + 1 articles: sentences to read, no interval and no p-value; a test needs "
        "at least 5 articles of each outlet, or 8 events that both cover"
    )
    assert result.refusal == sentence
    assert result.table["refusal"].tolist() == [sentence]
    assert result.table[["low", "high", "p", "q"]].isna().all(axis=None)
    assert result.table["flips"].isna().all()
    assert "No intervals are drawn" in result.alt
    assert "More in Daily, furthest apart first: deal (3 of 10 against" in result.alt
    assert "More in Herald" not in result.alt


def test_the_shipped_pair_speaks_of_this_comment_piece_and_this_report(shipped):
    result = contrast(terms(shipped), "Mehr News Agency", "The National")
    both = "this comment piece (Mehr News Agency) and this report (The National)"
    assert result.refusal.startswith(f"1 + 1 articles, {both}: sentences to read")
    assert "this comment piece (Mehr News Agency) minus this report" in result.caption
    assert "not between the outlets" in " ".join(result.notes)
    assert "Mehr News Agency: 1 article, date not stated" in result.sources
    assert "The National: 1 article, 2022-10-20" in result.sources
    assert result.table[["low", "high", "p", "q"]].isna().all(axis=None)
    text_of = dict(zip(shipped["article"], shipped["text"], strict=True))
    for row in result.table.head(30).itertuples():
        found = result.evidence(row.item)
        assert len(found) == row.target_k + row.baseline_k
        assert set(found["article"]) <= {"000", "001"}
        for place in found.itertuples():
            assert text_of[place.article][place.start : place.end] == place.text


def test_evidence_of_one_voice(shipped):
    result = contrast(terms(shipped), "Mehr News Agency", "The National")
    everywhere, direct = (
        result.evidence("russia"),
        result.evidence("russia", voice="direct"),
    )
    assert set(direct["voice"]) <= {"direct"}
    assert len(direct) + len(result.evidence("russia", voice="rest")) == len(everywhere)
    indirect = result.evidence("russia", voice="indirect")
    quoted = result.evidence("russia", voice="quoted")
    assert len(quoted) == len(direct) + len(indirect)


def test_evidence_says_what_it_lacks():
    result = compared(drawn())
    with pytest.raises(UnknownNameError, match="did you mean 'w1'"):
        result.evidence("w1x")
    with pytest.raises(InputError, match="cannot be traced"):
        result.evidence("w1")


def test_outlets_whose_genres_never_meet_are_not_compared_as_outlets():
    counts = counted(*[("e", outlet, 2, 10) for outlet in ["Daily", "Herald"] * 6])
    genre = np.where(counts["outlet"].eq("Daily"), "comment", "report")
    result = compared(measured(counts, genre=genre))
    assert result.names == ("these comment pieces (Daily)", "these reports (Herald)")
    assert "these comment pieces (Daily) minus these reports (Herald)" in result.caption


def test_genre_is_a_stratum_where_both_outlets_have_it():
    rows, genres = [], []
    for outlet, comments, reports in (("Daily", 4, 2), ("Herald", 2, 4)):
        rows += [("e", outlet, 8, 10)] * comments + [("e", outlet, 1, 10)] * reports
        genres += ["comment"] * comments + ["report"] * reports
    counts = counted(*rows)
    assert row_of(counts)["difference"] > 0.2  # it is the genres that differ
    assert row_of(measured(counts, genre=genres))["difference"] == 0


def test_articles_of_a_genre_that_only_one_outlet_has_are_told():
    counts = counted(*[("e", outlet, 2, 10) for outlet in ["Daily", "Herald"] * 2])
    genres = ["report", "report", "interview", "report"]
    result = compared(measured(counts, genre=genres))
    assert result.table["articles_target"].item() == 1
    assert any(
        note.startswith("1 article of a genre that only one") for note in result.notes
    )


def test_articles_outside_shared_events_are_told():
    counts = counted(
        ("e1", "Daily", 3, 10), ("e1", "Herald", 1, 10), ("e2", "Daily", 9, 10),
        (None, "Herald", 9, 10),
    )  # fmt: skip
    result = compared(counts)
    assert result.table["difference"].item() == pytest.approx(0.2)
    told = " ".join(result.notes)
    assert "1 article of events that only one of the two outlets covers" in told
    assert "1 article without an event" in told


def test_without_any_event_all_articles_form_one_stratum():
    counts = counted((None, "Daily", 3, 10), (None, "Herald", 1, 10))
    result = compared(counts)
    assert result.table["difference"].item() == pytest.approx(0.2)
    assert result.table["events"].item() == 0
    assert "no events are given" in result.caption


def test_no_shared_event_is_refused():
    result = compared(counted(("e1", "Daily", 3, 10), ("e2", "Herald", 1, 10)))
    assert result.table.empty
    assert "no event is covered by both" in result.refusal
    assert result.alt.startswith("Nothing to compare")
    assert result.points.empty


def test_an_outlet_without_words_in_a_voice_is_refused():
    counts = counted(("e", "Daily", 3, 10), ("e", "Herald", 1, 10))
    counts.loc[0, "voice"] = "direct"
    for voice in ("direct", "rest", "quoted"):
        result = compared(counts, voice=voice)
        assert result.table.empty
        assert result.refusal is not None


def test_all_counts_zero_is_refused():
    counts = counted(("e", "Daily", 0, 10), ("e", "Herald", 0, 10))
    assert "no item was counted" in compared(counts).refusal


def test_an_outlet_against_itself_differs_in_nothing():
    result = contrast(drawn(), target="Daily", baseline="Daily")
    assert result.table["difference"].eq(0).all()
    assert "both Daily" in result.refusal
    twin = drawn().query("outlet == 'Daily'")
    other = twin.assign(outlet="Herald", article=twin["article"] + "x")
    table = compared(pd.concat([twin, other])).table
    assert table["difference"].eq(0).all()
    assert table["p"].to_numpy() == pytest.approx(1)


def test_items_that_never_vary_have_no_test():
    counts = counted(*[("e", outlet, 2, 10) for outlet in ["Daily", "Herald"] * 12])
    row = row_of(counts)
    assert row["difference"] == 0
    assert np.isnan(row["p"])
    assert np.isnan(row["low"])
    assert "every article has the same share" in row["refusal"]
    everywhere = counted(*[("e", one, 10, 10) for one in ["Daily", "Herald"] * 12])
    assert np.isnan(row_of(everywhere)["p"])


def test_unknown_names_are_corrected():
    with pytest.raises(UnknownNameError, match="did you mean 'Herald'"):
        contrast(drawn(), target="Daily", baseline="Heralt")
    with pytest.raises(UnknownNameError, match="no voice 'own'"):
        compared(drawn(), voice="own")


def test_voices_are_added_up():
    counts = counted(("e", "Daily", 3, 10), ("e", "Herald", 1, 10))
    quoted = pd.concat(
        [
            counts.assign(voice="direct"),
            counts.assign(voice="indirect", k=[1, 0]),
            counts.assign(voice="own", k=[0, 9]),
        ]
    )
    for voice, target, baseline in (("quoted", 4, 1), ("all", 4, 10), ("own", 0, 9)):
        row = row_of(quoted, voice=voice)
        assert (row["target_k"], row["baseline_k"]) == (target, baseline)
        assert row["voice"] == voice


def test_rare_items_are_shown_and_not_tested():
    counts = drawn()
    rare = counts.query("item == 'w0'").assign(item="rare", k=0)
    rare.loc[rare.index[0], "k"] = 1
    table = compared(pd.concat([counts, rare])).table.set_index("item")
    assert np.isnan(table.loc["rare", "p"])
    assert table.loc["rare", "refusal"] == "in 1 article; a test needs 5"
    assert table.drop(index="rare")["p"].notna().all()


def test_too_few_articles_are_refused_by_side():
    few = pd.concat([drawn(articles=3).query("outlet == 'Daily'"), drawn()])
    few = few.drop_duplicates(["article", "item"]).query(
        "outlet == 'Herald' or article in ['Daily0-0', 'Daily0-1']"
    )
    said = compared(few).refusal
    assert said.endswith("5 articles of each outlet, and Daily has 2 articles")
    many = pd.concat(
        [drawn(articles=40).query("outlet == 'Herald'"), drawn(articles=8)]
    )
    many = many.drop_duplicates(["article", "item"])
    said = compared(many).refusal
    assert "at least 10 articles of Daily, since the other outlet has more" in said
    assert compared(drawn(articles=6), floors=Floors(7, 7)).refusal
    assert compared(drawn(articles=5)).refusal is None


def test_a_few_events_are_tested_as_these_events_only():
    result = compared(drawn(events=3, articles=5))
    assert result.refusal is None
    assert "They hold for these events only." in result.caption
    assert result.table["p"].notna().all()
    single = pd.concat([drawn(events=2, articles=5), drawn(1, events=4, articles=1)])
    result = compared(single.drop_duplicates(["article", "item"]))
    assert result.table["events"].eq(2).all()
    assert any("has a single article" in note for note in result.notes)


def without(counts, column, name):
    table = compared(counts[counts[column].ne(name)]).table
    return table.set_index("item")["difference"]


@pytest.mark.parametrize(("events", "articles"), [(1, 6), (9, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_flips_are_those_of_leaving_each_one_out(events, articles, seed):
    counts = drawn(seed, events, articles)
    table = compared(counts).table.set_index("item")
    signs = []
    column = "event" if events > 1 else "article"
    signs += [
        np.sign(without(counts, column, name)).reindex(table.index).fillna(0)
        for name in counts[column].unique()
    ]
    whole = np.sign(table["difference"])
    expected = pd.concat([sign.ne(whole) for sign in signs], axis=1).any(axis=1)
    known = whole.ne(0)
    assert table["flips"][known].astype(bool).tolist() == expected[known].tolist()
    assert table["flips"][~known].isna().all()


def test_points_are_the_articles_themselves():
    counts = drawn(articles=3)
    points = compared(counts).points
    assert len(points) == 6 * 6
    joined = points.merge(counts, on=["item", "article"])
    assert joined["k_x"].eq(joined["k_y"]).all()
    assert np.allclose(points["share"], points["k"] / points["n"])


@pytest.mark.parametrize(("events", "articles"), [(1, 1), (1, 12), (7, 1)])
def test_the_order_of_rows_does_not_matter(events, articles):
    counts = drawn(1, events, articles)
    shuffled = counts.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(compared(counts).table, compared(shuffled).table)


@pytest.mark.parametrize(("events", "articles"), [(1, 1), (1, 12), (3, 4), (9, 2)])
def test_swapping_outlets_flips_signs(events, articles):
    counts = drawn(2, events, articles)
    there = compared(counts).table.set_index("item")
    back = contrast(counts, target="Herald", baseline="Daily").table.set_index("item")
    back = back.loc[there.index]
    for one, other in (("difference", "difference"), ("low", "high"), ("high", "low")):
        np.testing.assert_allclose(there[one], -back[other], atol=1e-9)
    for one in ("p", "q", "p_max"):
        np.testing.assert_allclose(there[one], back[one], rtol=1e-9)
    np.testing.assert_allclose(there["ratio_low"], 1 / back["ratio_high"])
    assert there["flips"].equals(back["flips"])


pairs = st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
sides = st.lists(pairs, min_size=1, max_size=7)


@given(sides, sides, st.integers(1, 3))
def test_every_small_design_gives_an_answer(target, baseline, events):
    rows = [
        (f"e{row % events}", outlet, k, n)
        for outlet, side in (("Daily", target), ("Herald", baseline))
        for row, (k, n) in enumerate(side)
    ]
    result = compared(counted(*rows), min_articles=1, floors=Floors(2, 2, 2, 1))
    table = result.table
    assert table["difference"].dropna().between(-1, 1).all()
    assert (table["low"].isna() | table["low"].le(table["difference"] + 1e-9)).all()
    assert (table["high"].isna() | table["high"].ge(table["difference"] - 1e-9)).all()
    assert table["p"].dropna().between(0, 1).all()
    assert result.caption
    assert result.alt


def test_input_is_left_alone():
    counts = drawn()
    before = counts.copy()
    compared(counts)
    pd.testing.assert_frame_equal(counts, before)


def test_what_is_displayed_is_escaped():
    counts = drawn().replace({"w1": "<b>", "Herald": "<i>"})
    html = contrast(counts, target="Daily", baseline="<i>")._repr_html_()
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in html


def test_it_is_drawn_and_saved(tmp_path):
    result = compared(drawn())
    assert result.plot().get_yticklabels()
    assert result.save(tmp_path / "figure.svg").exists()
    assert result.figure().alt == result.alt
    assert compared(drawn(articles=1)).figure().png


def test_what_stands_in_fewer_articles_than_asked_for_is_not_tested():
    counts = simulate(Plan(events=1, articles=20), seed=3).counts
    usual = contrast(counts, "Daily", "Herald").table.set_index("item")
    strict = contrast(counts, "Daily", "Herald", min_articles=25).table
    strict = strict.set_index("item")
    few = strict["found_in"] < 25
    assert strict.loc[few, "p"].isna().all()
    assert usual["p"].notna().sum() > strict["p"].notna().sum() > 0


def test_a_term_is_found_as_the_table_has_it_and_as_it_is_printed():
    rows = [
        (
            f"{outlet}{n}",
            outlet,
            f"Envoys spoke of Iran on day {n}." + " Rain fell." * n,
        )
        for outlet in ("Daily", "Herald")
        for n in range(6)
    ]
    table = pd.DataFrame(rows, columns=["article", "outlet", "text"])
    counts = terms(corpus_of(table, marks_only=True))
    result = contrast(counts, target="Daily", baseline="Herald")
    assert "iran" in set(result.table["item"])
    assert {"Iran", "rain"} & set(result.shown()["item"]) == {"Iran", "rain"}
    found = result.evidence("Iran")
    assert len(found) == 12
    pd.testing.assert_frame_equal(found, result.evidence("iran"))
