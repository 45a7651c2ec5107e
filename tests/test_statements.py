from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.statements import evaluate, figures
from framelens._checks import ColumnError, UnknownNameError
from framelens.align import Statements, statements
from framelens.align.statements.printed_words import printed_words
from framelens.align.statements.same_name import differ
from framelens.align.statements.stretches import Stretch, rows
from framelens.align.statements.word_alignment import align
from framelens.align.statements.wording_differences import Step, _cut

GOLD = Path(__file__).parent / "gold" / "statements.jsonl"
NOBODY = pd.DataFrame(columns=["article", "start", "end", "speaker", "cue"])

DAILY = (
    "The council of Farrow met on Monday.\n\n"
    '"The old harbour will never be sold to strangers," said Ann Orr, the mayor. '
    '"Every boat pays its fair share already."\n\n'
    "“We counted nineteen broken lamps along the northern quay,” said Ben Lisle."
)
HERALD = (
    "Ben Lisle, an engineer, went first. He said they counted nineteen broken lamps "
    "along the northern quay.\n\n"
    "The old harbour “will not be sold to strangers”, Ann Orr warned on Monday. "
    "Nobody voted."
)


def table(*texts, **columns):
    rows = {"article": [f"a{n}" for n in range(len(texts))], "text": list(texts)}
    outlets = [f"Outlet {n}" for n in range(len(texts))]
    return pd.DataFrame({**rows, "outlet": outlets, **columns})


def find(*texts, **columns):
    return statements(table(*texts, **columns), speakers=NOBODY)


def typed(result):
    rows = result.differences[["group", "type", "text_a", "text_b"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in rows.values
    ]


# What others set down


@pytest.mark.long
def test_gold_pairs_are_found_and_typed():
    values = {metric: value for metric, value, *_ in figures(evaluate(GOLD))}
    assert values["statement recall"] >= 0.95
    assert values["statement precision"] >= 0.95
    assert values["difference types F1"] >= 0.9
    assert values["difference types exactly right"] >= 0.9


@pytest.fixture(scope="module")
def pair(shipped):
    return statements(shipped)


def groups_with(result, words):
    rows = result.groups[result.groups["text"].str.contains(words, regex=False)]
    names = set(rows["group"])
    assert len(names) == 1
    return names.pop()


def test_all_that_both_outlets_carry_of_the_ambassador_is_found(pair):
    assert pair.groups["group"].nunique() == 3
    for words in ("We hope that", "We do not want to do it", "reassess"):
        group = groups_with(pair, words)
        rows = pair.groups[pair.groups["group"].eq(group)]
        assert set(rows["article"]) == {"000", "001"}


def test_illegitimate_in_marks_stands_against_unnecessary_outside(pair):
    group = groups_with(pair, "We hope that")
    rows = pair.differences[pair.differences["group"].eq(group)]
    reworded = rows[rows["type"].eq("reworded")]
    assert reworded[["text_a", "text_b"]].values.tolist() == [
        ["illegitimate", "unnecessary"]
    ]
    moved = rows[rows["type"].eq("marks")].iloc[0]
    assert moved["text_a"].endswith("illegitimate investigation")
    assert moved["text_b"].endswith("unnecessary investigation")
    voices = pair.evidence(group).groupby("article")["voice"].first()
    assert voices.to_dict() == {"000": "direct", "001": "both"}


def test_the_ambassadors_sentences_stand_in_opposite_order(pair):
    hope = groups_with(pair, "We hope that")
    want = groups_with(pair, "We do not want to do it")
    starts = pair.groups.groupby(["group", "article"])["start"].min()
    assert starts[hope, "000"] < starts[want, "000"]
    assert starts[hope, "001"] > starts[want, "001"]
    ordered = pair.differences[pair.differences["type"].eq("order")]
    assert {hope, want} <= set(ordered["group"])


def test_an_indirect_report_with_one_quoted_word_is_found(pair):
    group = groups_with(pair, "reassess")
    rows = pair.groups[pair.groups["group"].eq(group)].set_index("article")
    assert '"collaboration"' in rows.loc["001", "text"]
    assert rows["voice"].to_dict() == {"000": "direct", "001": "both"}
    assert rows["speaker"].to_dict() == {"000": "Dmitry Polyanskiy", "001": "Russia"}
    differs = pair.differences[pair.differences["group"].eq(group)]
    assert "speaker" in set(differs["type"])


@given(
    st.lists(st.sampled_from("bdfghk"), max_size=9),
    st.lists(st.sampled_from("bdfghk"), max_size=9),
)
def test_without_costs_the_chain_is_as_long_as_the_longest_common_subsequence(a, b):
    lengths = np.zeros((len(a) + 1, len(b) + 1), dtype=int)
    for i, one in enumerate(a):
        for j, other in enumerate(b):
            lengths[i + 1, j + 1] = (
                lengths[i, j] + 1
                if one == other
                else max(lengths[i, j + 1], lengths[i + 1, j])
            )
    chain = align(a, b, worth=lambda *_: 1.0, opening=0.0, step=0.0)
    assert len(chain) == lengths[-1, -1]
    assert all(a[link.first] == b[link.second] for link in chain)


# Made texts, by hand


def test_every_type_is_found_with_its_words():
    result = find(DAILY, HERALD)
    assert typed(result) == [
        ("s1", "reworded", "never", "not"),
        ("s1", "marks", "The old harbour", "The old harbour"),
        (
            "s1",
            "order",
            '"The old harbour will never be sold to strangers,"',
            "The old harbour “will not be sold to strangers”",
        ),
        ("s1", "cue", "said", "warned"),
        ("s2", "reworded", "We", "they"),
        (
            "s2",
            "marks",
            "We counted nineteen broken lamps along the northern quay",
            "they counted nineteen broken lamps along the northern quay",
        ),
        (
            "s2",
            "order",
            "“We counted nineteen broken lamps along the northern quay,”",
            "they counted nineteen broken lamps along the northern quay",
        ),
    ]
    assert result.groups["speaker"].tolist() == [
        "Ann Orr",
        "Ann Orr",
        "Ben Lisle",
        "Ben Lisle",
    ]
    assert result.groups["voice"].tolist() == ["direct", "both", "direct", "rest"]


def test_a_statement_parted_by_its_cue_is_two_pieces_and_no_difference():
    whole = '"The lamps on the quay are broken, and nobody mends them," said Ann Orr.'
    parted = (
        '"The lamps on the quay are broken," said Ann Orr, "and nobody mends them."'
    )
    result = find(whole, parted)
    assert result.groups["piece"].tolist() == [1, 1, 2]
    assert result.differences.empty


def test_a_quotation_credited_to_another_differs_in_its_speaker():
    words = '"The lamps on the quay will be mended by Easter," '
    result = find(words + "Ann Orr said.", words + "the port ministry said.")
    assert typed(result) == [("s1", "speaker", "Ann Orr", "port ministry")]


def test_a_table_of_speakers_wins_over_the_rules():
    words = '"The lamps on the quay will be mended by Easter," '
    articles = table(words + "Ann Orr said.", words + "she said.")
    known = pd.DataFrame(
        {"article": ["a0", "a1"], "start": 0, "end": 49, "cue": "said"}
    ).assign(speaker=["Ann Orr", "Lina Moss"])
    result = statements(articles, speakers=known)
    assert result.groups["speaker"].tolist() == ["Ann Orr", "Lina Moss"]
    assert result.differences["type"].tolist() == ["speaker"]


def test_another_remark_that_begins_alike_is_not_shared():
    one = '"We will go on asking until somebody mends the lamps," Ann Orr said.'
    other = '"We will go on digging until the last of them is found," Ann Orr said.'
    assert find(one, other).groups.empty


def test_three_articles_make_one_group_and_three_pairs():
    text = '"The lamps on the quay will be mended by Easter," Ann Orr said.'
    result = find(text, text.replace("said", "vowed"), text.replace("will", "would"))
    assert result.groups["article"].tolist() == ["a0", "a1", "a2"]
    assert result.groups["group"].unique().tolist() == ["s1"]
    pairs = result.differences[["article_a", "article_b"]].drop_duplicates()
    assert pairs.values.tolist() == [["a0", "a1"], ["a0", "a2"], ["a1", "a2"]]


def test_only_articles_of_one_event_are_compared():
    assert find(DAILY, HERALD, event=["e1", "e2"]).groups.empty
    result = find(DAILY, HERALD, DAILY, event=["e1", "e1", None])
    assert set(result.groups["article"]) == {"a0", "a1"}
    assert result.left_out == 1
    assert "1 without an event" in result.caption


def test_furniture_is_no_statement():
    line = "“The lamps on the quay will be mended by Easter,” Ann Orr said."
    articles = table(line, line)
    everything = articles[["article"]].assign(start=0, end=len(line))
    found = statements(articles, speakers=NOBODY, furniture=everything)
    assert found.groups.empty


LEO_AND_SARA = (
    '"This is a historic day," Housing Minister Leo Brandt told MPs. Opposition leader '
    'Sara Quist called it "a bribe to developers".'
)
SARA = "Sara Quist said: “This is a bribe to developers, and voters will remember it.”"


def test_quotations_of_two_people_are_never_one_statement():
    result = statements(table(LEO_AND_SARA, SARA))
    assert result.groups["text"].tolist() == ['"a bribe to developers"', SARA[17:]]
    assert set(result.groups["speaker"]) == {"Sara Quist"}
    assert "speaker" not in set(result.differences["type"])


@pytest.mark.parametrize("known", [None, NOBODY])
def test_no_difference_holds_narration(known):
    result = statements(table(LEO_AND_SARA, SARA), speakers=known)
    words = result.differences[result.differences["type"].ne("order")]
    for told in (*words["text_a"].dropna(), *words["text_b"].dropna()):
        assert "told MPs" not in told
        assert "called it" not in told


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=5, unique=True).map(sorted),
    st.lists(st.integers(0, 9), min_size=1, max_size=5, unique=True).map(sorted),
)
def test_a_cut_step_keeps_every_word_and_runs_through_no_gap(first, second):
    words = printed_words("a", "w " * 10)
    a = Stretch(words, tuple(rows(first)))
    b = Stretch(words, tuple(rows(second)))
    cut = list(_cut(Step("reworded", tuple(first), tuple(second)), a, b))
    assert [place for step in cut for place in step.first] == first
    assert [place for step in cut for place in step.second] == second
    for step in cut:
        for places in (step.first, step.second):
            assert all(two == one + 1 for one, two in pairwise(places))


@pytest.mark.parametrize(
    ("one", "other", "are_different"),
    [
        ("Ann Orr", "Bob Orr", True),
        ("Ann Orr", "Ann Lisle", True),
        ("Ms Orr", "Bob Orr", False),
        ("A. Orr", "Ann Orr", False),
        ("Ann Mary Orr", "Mary Orr", False),
        ("US Ambassador Orr", "Ann Orr", False),
        ("Dmitry Polyanskiy", "Dmitri Polyansky", False),
        ("Alex Orr", "Alexander Orr", False),
    ],
)
def test_given_names_tell_people_apart(one, other, are_different):
    assert differ(one, other) is are_different
    assert differ(other, one) is are_different


def test_the_same_words_of_two_orrs_differ_in_their_speaker():
    words = '"The lamps on the quay will be mended by Easter," '
    result = find(words + "Ann Orr said.", words + "Bob Orr said.")
    assert typed(result) == [("s1", "speaker", "Ann Orr", "Bob Orr")]


def test_articles_of_one_outlet_are_not_compared_with_each_other():
    assert find(DAILY, HERALD, outlet=["Daily", "Daily"]).groups.empty
    assert not find(DAILY, HERALD, outlet=["Daily", None]).groups.empty
    assert not find(DAILY, HERALD, outlet=[None, None]).groups.empty
    three = find(DAILY, HERALD, DAILY, outlet=["Daily", "Herald", "Daily"])
    pairs = three.differences[["article_a", "article_b"]].drop_duplicates()
    assert sorted(map(tuple, pairs.values)) == [("a0", "a1"), ("a1", "a2")]


# Laws

NOUNS = [
    *("harbour", "lamp", "ferry", "school", "bridge", "market"),
    *("tower", "garden", "river", "mill", "orchard", "chapel"),
]
VERBS = ["closed", "painted", "measured", "flooded", "repaired", "rented"]


def worded(verb, nouns):
    return f"we {verb} the {nouns[0]} and the {nouns[1]} near the {nouns[2]}"


def printed(words, marks, name, cue):
    return f"“{words},” {name} {cue}." if marks else f"{words}, {name} {cue}."


sentence = st.builds(worded, st.sampled_from(VERBS), st.permutations(NOUNS))
printing = st.builds(
    printed,
    sentence,
    st.booleans(),
    st.sampled_from(["Ann Orr", "Ben Lisle"]),
    st.sampled_from(["said", "warned"]),
)
text = st.lists(printing, min_size=1, max_size=3).map(" ".join)


def sides(result, *, swapped):
    one, other = ("b", "a") if swapped else ("a", "b")
    names = [
        f"{name}_{side}" for side in (one, other) for name in ("start", "end", "text")
    ]
    return sorted(map(str, result.differences[["type", *names]].values.tolist()))


@settings(max_examples=40)
@given(text, text)
def test_swapping_two_articles_mirrors_the_differences(one, other):
    there, back = find(one, other), find(other, one)
    assert sides(there, swapped=False) == sides(back, swapped=True)


@settings(max_examples=25)
@given(text, text, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(one, other, random):
    articles = table(one, other, DAILY)
    order = random.sample(range(3), 3)
    there = statements(articles, speakers=NOBODY)
    back = statements(articles.iloc[order], speakers=NOBODY)
    pd.testing.assert_frame_equal(there.groups, back.groups)
    pd.testing.assert_frame_equal(there.differences, back.differences)


@settings(max_examples=25)
@given(text, text)
def test_offsets_give_the_texts(one, other):
    result = find(one, other)
    texts = {"a0": one, "a1": other}
    for row in result.groups.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
    for row in result.differences.itertuples():
        for article, start, end, found in (
            (row.article_a, row.start_a, row.end_a, row.text_a),
            (row.article_b, row.start_b, row.end_b, row.text_b),
        ):
            assert pd.isna(start) == pd.isna(found)
            if not pd.isna(start):
                assert texts[article][start:end] == found


@settings(max_examples=25)
@given(st.lists(sentence, min_size=1, max_size=4, unique=True))
def test_the_same_text_twice_has_every_quotation_and_no_difference(sentences):
    copy = "\n\n".join(
        f"“{words},” Ann Orr said. Then she left." for words in sentences
    )
    result = find(copy, copy)
    assert result.groups["group"].nunique() == len(sentences)
    assert result.differences.empty


# Errors, and what must not happen


def test_input_is_left_alone():
    articles, known = table(DAILY, HERALD), NOBODY.copy()
    before = articles.copy(deep=True)
    statements(articles, speakers=known)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(known, NOBODY)


def test_missing_columns_are_named():
    with pytest.raises(ColumnError, match="'text'"):
        statements(table(DAILY).drop(columns="text"), speakers=NOBODY)
    with pytest.raises(ColumnError, match="speakers needs column 'cue'"):
        statements(table(DAILY), speakers=NOBODY.drop(columns="cue"))


def test_an_unknown_group_is_named_and_corrected():
    with pytest.raises(UnknownNameError, match="did you mean 's1'"):
        find(DAILY, HERALD).evidence("s11")


@pytest.mark.parametrize("texts", [[], [DAILY], ["No quotation.", "None here."]])
def test_nothing_shared_gives_empty_tables_with_their_columns(texts):
    result = find(*texts)
    assert result.groups.empty
    assert result.differences.empty
    assert {"group", "article", "start", "end", "text"} <= set(result.groups.columns)
    assert result.groups["start"].dtype == "int64"
    assert result.caption.startswith("0 statements")
    assert "<table>" in result._repr_html_()


@pytest.mark.parametrize(
    "hostile",
    [
        "“" + "the lamp on the quay " * 2_000,
        '"a" ' * 3_000,
        "“the quay” said " * 1_000,
        "“\x00\u202e‮quay lamps” \ufffe he said, " * 50,
        "“lamps’ ‘of “the quay",
    ],
    ids=["unclosed", "letters", "cues", "hidden", "nested"],
)
def test_hostile_texts_end_and_slice(hostile):
    result = find(hostile, hostile, DAILY)
    texts = {"a0": hostile, "a1": hostile, "a2": DAILY}
    for row in result.groups.itertuples():
        assert texts[row.article][row.start : row.end] == row.text


def test_html_escapes_what_articles_say():
    script = (
        "“The <script>alert(1)</script> lamps on the quay will be mended,” he said."
    )
    html = find(script, script)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_result_is_frozen_and_says_what_it_is():
    result = find(DAILY, HERALD)
    assert isinstance(result, Statements)
    assert "2 statements" in repr(result)
    with pytest.raises(AttributeError):
        result.articles = 3
    evidence = result.evidence("s1")
    assert evidence.columns.tolist() == [
        "article",
        "outlet",
        "voice",
        "start",
        "end",
        "text",
    ]


def test_an_article_in_other_letters_is_named():
    arabic = "قال العمدة إن السد القديم لن يباع أبدا."
    note = "Made for English: article a2 is mostly in other letters."
    assert find(DAILY, HERALD, arabic).caption.endswith(note)
    assert "letters" not in find(DAILY, HERALD).caption


def test_one_is_no_plural():
    words = '"The lamps on the quay will be mended by Easter," Ann Orr said.'
    caption = find(words, words.replace("said", "vowed"), event=["e", "e"]).caption
    assert caption.startswith("1 statement quoted in one of 2 articles")
    assert caption.endswith("1 difference.")
