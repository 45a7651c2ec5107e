"""Copies, versions and wire copy, and comparisons without them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.align import DUPLICATE_COLUMNS, duplicates, without_duplicates
from framelens.align.agencies import agency_named, known_agencies
from framelens.corpus import read_corpus

DAM = "The old dam above Reddin broke on Monday night and flooded two villages."
BANK = "Critics call the finance minister Ada Brenn a friend of the big bankers."
CHOIR = "A choir of children will sing at the opening of the new hall in Luse."
RAIN = "It has rained in the whole valley for nine days and will go on to rain."


def articles_of(*rows):
    columns = ["article", "outlet", "date", "text"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


@pytest.fixture
def corpus():
    return articles_of(
        ("late", "Daily", "2031-05-03", f"{DAM} {BANK} {CHOIR}"),
        ("copy", "Herald", "2031-05-02", f"{DAM.upper()}\n\n{BANK} {CHOIR}"),
        ("first", "Post", "2031-05-01", f"{DAM} {BANK} {CHOIR}"),
        ("version", "Post", "2031-05-04", f"{DAM} {BANK}"),
        ("near", "Globe", None, f"{DAM} {BANK} {RAIN}"),
        ("other", "Globe", "2031-05-01", RAIN.replace("for nine", "since ten")),
        ("wire", "Mirror", "2031-05-01", "LUSE (Reuters) – Nothing else is new here."),
    )


def kinds(table):
    return dict(zip(table["article"], table["kind"], strict=True))


def test_every_kind_is_told(corpus):
    found = duplicates(corpus)
    assert list(found.columns) == DUPLICATE_COLUMNS
    assert kinds(found) == {
        "first": "first",
        "copy": "exact copy",
        "late": "exact copy",
        "version": "version",
        "near": "wire copy",  # four outlets have the text
        "wire": "wire copy",
    }
    assert found["group"].tolist() == ["d1"] * 5 + ["d2"]
    assert found["first"].tolist() == ["first"] * 5 + ["wire"]


def test_two_outlets_without_an_agency_are_near_duplicates():
    table = articles_of(
        ("a", "Daily", None, f"{DAM} {BANK}"),
        ("b", "Herald", None, f"{DAM} {BANK} {RAIN}"),
    )
    found = duplicates(table)
    assert kinds(found) == {"a": "first", "b": "near-duplicate"}
    assert not found["wire"].any()
    row = found.iloc[1]
    # 13 + 13 of 13 + 13 + 16 words, all of the first article's
    assert (row["shared_words"], row["longest"]) == (26, 26)
    assert row["share"] == pytest.approx(26 / 42)
    assert row["first_share"] == 1
    assert found.iloc[0][["shared_words", "share"]].isna().all()


def test_less_than_half_is_no_duplicate():
    table = articles_of(
        ("a", "Daily", None, f"{DAM} {CHOIR} {RAIN}"),
        ("b", "Herald", None, f"{DAM} {BANK} {RAIN.replace('nine', 'ten')}"),
    )
    assert duplicates(table, least=0.9).empty
    assert len(duplicates(table, least=0.3)) == 2


def test_a_short_article_within_a_long_one_belongs_to_it():
    table = articles_of(
        ("a", "Daily", "2031-05-01", f"{DAM} {BANK} {CHOIR} {RAIN}"),
        ("b", "Herald", "2031-05-02", f"{DAM}"),
    )
    row = duplicates(table).iloc[1]
    assert (row["share"], row["shared_words"]) == (1, 13)
    assert row["first_share"] < 0.3


def test_no_article_is_in_a_group_for_the_sake_of_a_third():
    table = articles_of(
        ("a", "Daily", "2031-05-01", f"{DAM} {BANK}"),
        ("b", "Herald", "2031-05-02", f"{BANK} {CHOIR}"),
        ("c", "Post", "2031-05-03", f"{CHOIR} {RAIN}"),
    )
    found = duplicates(table)
    assert found["article"].tolist() == ["a", "b"]  # c is like b, and b is not first


def test_the_agency_is_named_with_its_place(corpus):
    found = duplicates(corpus).set_index("article").loc["wire"]
    text = corpus["text"].iloc[-1]
    assert found["agency"] == "Reuters"
    assert found["agency_place"] == "dateline"
    assert text[found["agency_start"] : found["agency_end"]] == "Reuters"


@pytest.mark.parametrize(
    ("text", "agency", "place"),
    [
        ("LUSE, May 1 (Reuters) - The dam held.", "Reuters", "dateline"),
        ("(AP) — The dam held.", "AP", "dateline"),
        ("By Ada Brenn, Associated Press\n\nThe dam held.", "AP", "byline"),
        ("The dam held\nAFP\n\nLUSE: The dam held.", "AFP", "byline"),
        ("The dam held. (Xinhua)", "Xinhua", "ending"),
        ("The dam held.\n\n— dpa", "DPA", "ending"),
        ("The dam held, Reuters reported.", None, None),
        ("A view of the dam. AFP", None, None),
        ("He told the AP (Associated Press) that the dam held.", None, None),
        ("PA systems failed at the dam.", None, None),
        ("", None, None),
    ],
)
def test_agencies_that_wrote_and_agencies_that_are_cited(text, agency, place):
    found = agency_named(text)
    assert (found and found.agency, found and found.place) == (agency, place)


def test_an_agency_has_no_wire_copy_of_its_own():
    table = articles_of(
        ("a", "Reuters", "2031-05-01", f"LUSE (Reuters) – {DAM} {BANK}"),
        ("b", "Daily", "2031-05-02", f"LUSE (Reuters) – {DAM} {BANK} {RAIN}"),
    )
    assert kinds(duplicates(table)) == {"a": "first", "b": "wire copy"}
    assert duplicates(table.iloc[:1]).empty


def test_footers_make_no_duplicates():
    footer = "Subscribe to our letter and get the best of the whole day for free now"
    texts = [
        f"Story {' '.join(f'w{n}x{m}' for m in range(9))}. {footer}" for n in range(12)
    ]
    rows = [(f"a{n}", "Daily", None, text) for n, text in enumerate(texts)]
    assert duplicates(articles_of(*rows)).empty


def test_a_text_counts_once_or_not_at_all(corpus):
    found = duplicates(corpus)
    once = without_duplicates(corpus, table=found)
    assert once.articles["article"].tolist() == ["first", "other", "wire"]
    assert once.sentence.startswith("A text printed in several articles counts once")
    assert "4 of 7 articles left out." in once.sentence
    none = without_duplicates(corpus, table=found, keep="none")
    assert none.articles["article"].tolist() == ["other"]
    assert sorted(none.dropped["article"]) == sorted(found["article"])
    every = without_duplicates(corpus, table=found, keep="all")
    assert len(every.articles) == 7
    assert every.dropped.empty
    assert len({once.sentence, none.sentence, every.sentence}) == 3


def test_where_a_date_is_missing_the_direction_is_not_known(corpus):
    found = duplicates(corpus)
    by = dict(zip(found["article"], found["first_by"], strict=True))
    assert [by[one] for one in ("first", "wire")] == [None, None]
    assert [by[one] for one in ("copy", "version", "near")] == [
        *["earlier date"] * 2,
        "date missing",
    ]
    assert "not known for 1 of them" in without_duplicates(corpus, table=found).sentence
    dated = corpus.assign(date="2031-05-01")
    found = duplicates(dated)
    assert set(found["first_by"].dropna()) == {"same date"}
    assert "not known" not in without_duplicates(dated, table=found).sentence


def test_of_two_texts_one_without_a_date_neither_is_said_to_be_the_copy():
    texts = [("b", "Daily", "2031-05-01", DAM), ("a", "Herald", None, DAM)]
    found = duplicates(articles_of(*texts))
    assert found[["article", "first_by"]].to_numpy().tolist() == [
        ["b", None],
        ["a", "date missing"],
    ]
    once = without_duplicates(articles_of(*texts), table=found)
    assert once.articles["article"].tolist() == ["b"]
    assert once.sentence.endswith("has a date, or else comes first in the alphabet.")
    every = without_duplicates(articles_of(*texts), table=found, keep="all")
    assert "not known" not in every.sentence


def test_of_chosen_articles_the_first_of_them_stays():
    table = articles_of(
        ("a", "Daily", "2031-05-01", f"{DAM} {BANK}"),
        ("b", "Herald", "2031-05-02", f"{DAM} {BANK}"),
        ("c", "Post", "2031-05-03", f"{DAM} {BANK} {CHOIR}"),
    )
    corpus = read_corpus(table)
    chosen = without_duplicates(corpus.where(outlet=["Post", "Herald"]))
    assert chosen.articles["article"].tolist() == ["b"]
    assert chosen.dropped["first"].tolist() == ["b"]
    alone = without_duplicates(corpus.where(outlet="Post"))
    assert alone.articles["article"].tolist() == ["c"]
    assert "0 of 1 article left out" in alone.sentence


def test_versions_of_one_outlet_are_never_left_out_whole():
    table = articles_of(
        ("a", "Daily", "2031-05-01", f"{DAM} {BANK}"),
        ("b", "Daily", "2031-05-02", f"{DAM} {BANK} {CHOIR}"),
    )
    found = duplicates(table)
    assert kinds(found) == {"a": "first", "b": "version"}
    kept = without_duplicates(table, table=found, keep="none").articles
    assert kept["article"].tolist() == ["a"]


def test_the_order_of_articles_changes_nothing_where_dates_decide(corpus):
    keys = ["article", "kind", "first", "shared_words"]
    there = duplicates(corpus)[keys].sort_values("article", ignore_index=True)
    back = duplicates(corpus.iloc[::-1])[keys]
    pd.testing.assert_frame_equal(there, back.sort_values("article", ignore_index=True))


PARTS = [DAM, BANK, CHOIR, RAIN]


@settings(max_examples=15)
@given(st.data())
def test_the_order_of_articles_never_changes_anything(data):
    pieces = st.lists(st.sampled_from(PARTS), max_size=3)
    days = st.sampled_from([None, "2031-05-01", "2031-05-02"])
    outlets = st.sampled_from([None, "Daily", "Post"])
    rows = [
        (f"a{n}", data.draw(outlets), data.draw(days), " ".join(data.draw(pieces)))
        for n in range(data.draw(st.integers(2, 9)))
    ]
    there = articles_of(*rows)
    back = articles_of(*data.draw(st.permutations(rows)))
    found = duplicates(there)
    pd.testing.assert_frame_equal(duplicates(back), found)
    for keep in ("first", "none"):
        kept = without_duplicates(there, table=found, keep=keep).articles["article"]
        turned = without_duplicates(back, table=found, keep=keep).articles["article"]
        assert sorted(turned) == sorted(kept)


def test_in_a_passage_of_very_many_articles_the_order_changes_nothing():
    rows = [
        (
            f"a{n:03}",
            f"o{n % 9}",
            None,
            f"{DAM} {' '.join(f'w{n}x{m}' for m in range(9))}",
        )
        for n in range(60)
    ]
    found = duplicates(articles_of(*rows))
    assert set(found["first"]) == {"a000"}
    assert len(found) == 60
    pd.testing.assert_frame_equal(duplicates(articles_of(*rows[::-1])), found)


def test_of_one_day_the_alphabet_decides():
    table = articles_of(
        ("b", "Daily", "2031-05-01", DAM), ("a", "Post", "2031-05-01", DAM)
    )
    assert duplicates(table)["first"].tolist() == ["a", "a"]


@pytest.mark.parametrize(
    ("further", "text", "agency"),
    [
        (["Coast Wire"], "LUSE (Coast Wire) – The dam held.", "Coast Wire"),
        (["Coast Wire"], "COAST WIRE - The dam held.", "Coast Wire"),
        (["Coast Wire"], "The dam held, Coast Wire reported.", None),
        (["Coast Wire"], "LUSE (AP) – The dam held.", "AP"),
        (["C.W. (Luse)"], "The dam held.\n\n— C.W. (Luse)", "C.W. (Luse)"),
        (
            pd.DataFrame({"agency": ["CW", "CW"], "written": ["Coast Wire", "CoWi"]}),
            "By Ada Brenn, CoWi\n\nThe dam held.",
            "CW",
        ),
        (
            pd.DataFrame({"agency": ["AP"], "written": ["Ay-Pee"]}),
            "(Ay-Pee) — The dam held.",
            "AP",
        ),
        ([], "LUSE (Coast Wire) – The dam held.", None),
    ],
)
def test_an_agency_can_be_added(further, text, agency):
    found = agency_named(text, known_agencies(further))
    assert (found and found.agency) == agency
    table = articles_of(("a", "Daily", None, text), ("b", "Coast Wire", None, RAIN))
    listed = duplicates(table, agencies=further)
    assert listed["agency"].tolist() == ([agency] if agency else [])
    assert list(listed.columns) == DUPLICATE_COLUMNS


def test_an_added_agency_makes_wire_copy_and_is_an_outlet_of_its_own():
    table = articles_of(
        ("a", "Coast Wire", "2031-05-01", f"LUSE (Coast Wire) – {DAM} {BANK}"),
        ("b", "Daily", "2031-05-02", f"LUSE (Coast Wire) – {DAM} {BANK} {RAIN}"),
    )
    assert kinds(duplicates(table)) == {"a": "first", "b": "near-duplicate"}
    known = duplicates(table, agencies=["Coast Wire"])
    assert kinds(known) == {"a": "first", "b": "wire copy"}
    assert known["agency"].tolist() == [None, "Coast Wire"]


@pytest.mark.parametrize("wrong", ["Coast Wire", [""], [None], [3], ["–"]])
def test_agencies_that_are_none(wrong):
    with pytest.raises(InputError, match="agencies") as caught:
        duplicates(articles_of(("a", None, None, DAM)), agencies=wrong)
    assert "\n" not in str(caught.value)


def test_a_table_of_agencies_that_lacks_a_column():
    with pytest.raises(ColumnError, match="agencies needs column 'written'"):
        duplicates(
            articles_of(("a", None, None, DAM)),
            agencies=pd.DataFrame({"agency": ["CW"]}),
        )


@pytest.mark.parametrize("texts", [[], [""], ["", ""], [DAM], ["👍", "👍"]])
def test_nothing_to_find(texts):
    rows = [(f"a{n}", None, None, text) for n, text in enumerate(texts)]
    found = duplicates(articles_of(*rows))
    assert found.empty
    assert list(found.columns) == DUPLICATE_COLUMNS
    table = articles_of(*rows)
    assert len(without_duplicates(table, table=found).articles) == len(texts)


@pytest.mark.parametrize("wrong", [0, 1.1, True, "half"])
def test_a_share_that_is_none(wrong):
    with pytest.raises(InputError, match="above 0 and at most 1") as caught:
        duplicates(articles_of(("a", None, None, DAM)), least=wrong)
    assert "\n" not in str(caught.value)


def test_errors_name_what_is_there(corpus):
    found = duplicates(corpus)
    with pytest.raises(UnknownNameError, match="did you mean 'first'"):
        without_duplicates(corpus, table=found, keep="frist")
    with pytest.raises(ColumnError, match="duplicates needs column 'wire'"):
        without_duplicates(corpus, table=found.drop(columns="wire"))


def test_input_is_left_alone(corpus):
    before = corpus.copy()
    found = duplicates(corpus)
    kept = found.copy()
    further = pd.DataFrame({"agency": ["CW"], "written": ["Coast Wire"]})
    written = further.copy()
    duplicates(corpus, agencies=further)
    pd.testing.assert_frame_equal(further, written)
    without_duplicates(corpus, table=found, keep="none")
    pd.testing.assert_frame_equal(corpus, before)
    pd.testing.assert_frame_equal(found, kept)
