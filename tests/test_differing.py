"""What differs between lined-up passages, for a person to read."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import InputError, UnknownNameError
from framelens._lists import read_list
from framelens.align import coverage, differing, what_differs
from framelens.align.differing.differing import CAUTION, TABLE_COLUMNS
from framelens.align.differing.marks import dates, numbers
from framelens.align.differing.rules import KINDS, negations, poles, sentences_of
from framelens.corpus import read_corpus

TOLD = "Police confirmed on Monday that 21 girls had fled the burning school in Luse."
DENIED = "Police denied on Sunday that seventeen girls had fled the school in Luse."
DAM = "The old dam above Reddin broke on Monday night and flooded two villages."
DAM_HELD = "The old dam above Reddin did not break, and no villages were flooded."
CHOIR = "A children's choir will sing at the opening of the new concert hall."


def values(marks):
    return [mark.value for mark in marks]


def found(one, other):
    return {
        each.kind: (values(each.here), values(each.there))
        for each in what_differs(one, other)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve men and a dozen boats.", ["12", "12"]),
        ("Two dozen men, twenty-one boats, three hundred sheep.", ["24", "21", "300"]),
        ("2,500 and 2500 and 2.5 thousand", ["2500"] * 3),
        ("2.5 million, 2.5m, 2,500,000, a million", ["2500000"] * 3 + ["1000000"]),
        ("40 %, 40 per cent, forty percent", ["40 %"] * 3),
        ("$3m, 3 million dollars, €2.50, £1bn", ["3000000 $"] * 2
         + ["2.5 €", "1000000000 £"]),
        ("the 54-year-old", ["54"]),
        ("an F-16, a Su-35, the A4 and Apollo 11", []),
        ("the 3rd man of the 1990s, the first", []),
        ("on 3 May 2016 at 4.30 p.m., 3/5/2016", []),
        ("from 20-30 to 1.50", ["20", "30", "1.5"]),
    ],
)  # fmt: skip
def test_numbers_by_hand(text, expected):
    assert [number.mark.value for number in numbers(text)] == expected


def test_what_a_number_counts():
    one, two, three = numbers("21 of the missing girls, two villages and 54-year-olds")
    assert one.counted == {"missi", "girls"}
    assert two.counted == {"villa"}
    assert three.counted == {"year", "olds"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday and TUESDAY", {"weekday": ["monday"]}),
        ("3 May, May 3rd, the 3rd of May, 3 May 2016", {"day": ["05-03"] * 4,
                                                       "year": ["2016"]}),
        ("Sept. 11, 2001", {"day": ["09-11"], "year": ["2001"]}),
        ("in May 2014, it may be 2015", {"month": ["05"], "year": ["2014", "2015"]}),
        ("2016-05-03", {"day": ["05-03"], "year": ["2016"]}),
        ("at 4.30 p.m., 12am, 16:30 and 9 AM", {"hour": ["16:30", "00:00", "16:30"]}),
        ("2,016 or $2016 or 2016 %", {}),
        ("3/5/2016", {}),
    ],
)  # fmt: skip
def test_dates_by_hand(text, expected):
    kinds = {kind: values(marks) for kind, marks in dates(text).items() if marks}
    assert kinds == expected


def test_negations_by_hand():
    text = "Not only once. No. 3 can’t; no one denied it, without end. Notable."
    assert values(negations(text)) == ["n't", "no", "denied", "without"]


def test_poles_leave_out_what_is_negated():
    assert poles("It was legal.").keys() == {(7, 0)}
    assert not poles("It was not legal.")
    assert not poles("They rowed ashore.")


def test_each_opposite_stands_on_one_side_only():
    for pair, (one, other) in enumerate(read_list("opposites")["pairs"]):
        for side, words in enumerate((one, other)):
            for word in words.replace("*", "").split():
                mine = {key for key in poles(word) if key[0] == pair}
                assert mine == {(pair, side)}, word


def test_differences_by_hand():
    assert found(TOLD, DENIED) == {
        "number": (["21"], ["17"]),
        "date": (["monday"], ["sunday"]),
        "negation": ([], ["denied"]),
        "opposite words": (["confirmed"], ["denied"]),
    }
    assert found(DAM, DAM_HELD) == {"negation": ([], ["not", "no"])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two villages near Luse were flooded.", "2 villages near Luse were flooded."),
        ("Orr said 40 % of voters left.", "Orr said forty per cent of voters left."),
        ("The dam in Luse broke on 3 May.", "The dam in Luse broke on May 3rd."),
        ("Orr did not deny it in Luse court.", "Orr in Luse court did not deny it."),
        ("Orr left Luse with 21 girls.", "Orr left Luse with three boats."),
        ("Nine men sang. The dam in Luse broke.", "The dam in Luse broke. Ten sang."),
        (DAM, CHOIR),
        ("", DAM),
    ],
)
def test_nothing_differs(one, other):
    assert what_differs(one, other) == []


@pytest.mark.parametrize(
    "other",
    [
        "«We do not ask for money, we ask to sleep,» said Tomas Brandt of the union.",
        "According to Tomas Brandt the union does not ask for money but for sleep.",
    ],
)
def test_a_negation_in_another_sentence_of_the_passage_is_seen(other):
    one = '"We do not ask for money. We ask to sleep," Tomas Brandt of the union said.'
    assert found(one, other) == found(other, one) == {}
    denied = (
        '"We do not ask for help. We ask for money," Tomas Brandt of the union said.'
    )
    there = "Tomas Brandt of the union said that the men do not ask for money."
    kept = 'It was not late. "We ask for money," Tomas Brandt of the union said.'
    assert found(kept, there) == {"negation": ([], ["not"])}
    assert found(denied, there) == {}


def test_nothing_lined_up_is_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="two articles of different outlets"):
        differing(articles().iloc[:1])


def test_a_corpus_is_lined_up_first(lined_up):
    table = differing(read_corpus(articles(), marks_only=True)).table
    pd.testing.assert_frame_equal(table, differing(lined_up).table)


def test_a_number_that_names_nothing_counted():
    one, other = "Ada Brenn, 54, left Luse.", "Ada Brenn, 45, left Luse."
    assert found(one, other) == {"number": (["54"], ["45"])}


def test_the_same_figures_the_other_way_round():
    one = "In Luse two houses and three barns burned."
    other = "In Luse three houses and two barns burned."
    assert found(one, other)["number"] == (["2", "3"], ["3", "2"])


def test_opposed_reporting_verbs():
    one = "The minister Ada Brenn praised the new law on Luse."
    other = "The minister Ada Brenn criticised the new law on Luse."
    assert found(one, other) == {"opposite words": (["praised"], ["criticised"])}


PIECES = [
    TOLD,
    DENIED,
    DAM,
    DAM_HELD,
    CHOIR,
    "Orr, 54, said no.",
    "It cost $3m, not 4.",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
)
def test_swapping_swaps_the_sides_and_places_lie_in_the_texts(one, other):
    there, back = what_differs(one, other), what_differs(other, one)
    assert [(e.kind, e.here, e.there) for e in there] == [
        (e.kind, e.there, e.here) for e in back
    ]
    for each in there:
        for text, marks in ((one, each.here), (other, each.there)):
            assert all(0 <= m.start < m.end <= len(text) for m in marks)
            assert list(marks) == sorted(set(marks))


@given(st.text("aB1 2.,$%-:'’\n30", max_size=40))
def test_any_text_is_read_and_differs_not_from_itself(text):
    assert what_differs(text, text) == []
    for number in numbers(text):
        assert 0 <= number.mark.start < number.mark.end <= len(text)
    for start, end in sentences_of(text):
        assert 0 <= start < end <= len(text)


def articles():
    texts = [f"{CHOIR}\n\n{TOLD}\n\n{DAM}", f"{DENIED}\n\n{DAM}\n\n{CHOIR}"]
    return pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": ["Daily", "Herald"],
            "event": ["e", "e"],
            "text": texts,
        }
    )


FLED = "Police said {} 21 girls had fled the burning school in Luse."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("only", "as many as", (["small"], ["large"])),
        ("only", "", (["small"], [])),
        ("", "at least", ([], ["large"])),
        ("only", "just", None),
        ("", "", None),
    ],
)
def test_the_same_figure_can_be_made_to_look_large_or_small(one, other, expected):
    kind = "wording of a number"
    here, there = (" ".join(FLED.format(words).split()) for words in (one, other))
    assert found(here, there).get(kind) == expected
    swapped = None if expected is None else expected[::-1]
    assert found(there, here).get(kind) == swapped


def test_figures_that_differ_are_no_wording():
    one, other = FLED.format("only"), FLED.format("at least").replace("21", "17")
    assert set(found(one, other)) == {"number"}


@pytest.fixture(scope="module")
def lined_up():
    return coverage(read_corpus(articles(), marks_only=True))


def test_candidates_show_both_passages_and_what_differs(lined_up):
    result = differing(lined_up)
    table = result.table
    assert list(table.columns) == TABLE_COLUMNS
    assert table["kind"].tolist() == list(KINDS[:4])
    assert table["here"].tolist() == ["21", "Monday", "", "confirmed"]
    assert table["there"].tolist() == ["seventeen", "Sunday", "denied", "denied"]
    assert table["there_value"].tolist() == ["17", "sunday", "denied", "denied"]
    assert set(table["text"]) == {TOLD}
    assert set(table["other_text"]) == {DENIED}
    assert set(table["voice"]) == {"rest"}
    assert result.pairs == 3
    assert result.compared == 3
    assert result.caption == (
        "3 lined-up pairs of passages, 3 with sentences worded alike enough to be "
        "compared: 1 differ in a number, a date, a negation or opposite words "
        "(number 1, date 1, negation 1, opposite words 1)."
    )
    assert result.evidence("date")["here"].tolist() == ["Monday"]
    assert len(result.evidence()) == 4
    assert CAUTION in result._repr_html_()


def test_every_passage_is_the_text_at_its_offsets(lined_up):
    texts = dict(zip(articles()["article"], articles()["text"], strict=True))
    for row in differing(lined_up).table.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
        assert texts[row.other_article][row.other_start : row.other_end] == (
            row.other_text
        )
        assert all(word in row.text for word in row.here.split(", "))


def test_swapping_the_articles_swaps_the_columns(lined_up):
    there = differing(lined_up).table
    back = differing(read_corpus(articles().iloc[::-1], marks_only=True)).table
    side = ["article", "outlet", "voice", "start", "end", "text"]
    swapped = back.rename(
        columns={
            **{one: f"other_{one}" for one in side},
            **{f"other_{one}": one for one in side},
            "here": "there",
            "there": "here",
            "here_value": "there_value",
            "there_value": "here_value",
        }
    )
    pd.testing.assert_frame_equal(swapped[TABLE_COLUMNS], there)


def test_a_kind_that_there_is_not(lined_up):
    with pytest.raises(UnknownNameError, match="no kind 'numbers'"):
        differing(lined_up).evidence("numbers")


def test_nothing_to_list_and_hostile_text():
    bad = "<script>alert(1)</script> "
    table = articles()
    table["text"] = [f"{bad}{TOLD}", f"{bad}{DENIED}"]
    html = differing(table)._repr_html_()
    assert "<script" not in html
    table["text"] = [DAM, DAM]
    none = differing(table)
    assert none.table.empty
    assert none.caption.startswith("1 lined-up pair of passages, 1 with sentences")
    assert none.caption.endswith(
        "0 differ in a number, a date, a negation or opposite words."
    )


def test_the_alignment_is_left_alone(lined_up):
    before, kept = lined_up.table.copy(), lined_up.articles.copy()
    differing(lined_up)
    pd.testing.assert_frame_equal(lined_up.table, before)
    pd.testing.assert_frame_equal(lined_up.articles, kept)
