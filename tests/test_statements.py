"""Statements that articles share, found and typed; who says them is in the ledger."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from benchmarks.statement_growth import corpus as made_corpus
from framelens._checks import ColumnError, UnknownNameError
from framelens.align import Statements, statements
from framelens.align.statements.alignment import align
from framelens.corpus import corpus_of

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
QUOTED = '"The old ferry will never leave the northern quay again," Ann Orr said.'
CLAUSE = "the old ferry would never leave the northern quay again"
REPORTED = f"Ann Orr warned that {CLAUSE}."
PARTLY = "The ferry would “never leave the northern quay again”, Ann Orr vowed."
LAMPS = '"The lamps on the quay will be mended by Easter," '


def table(*texts, **columns):
    """Make articles of different outlets."""
    rows = {"article": [f"a{n}" for n in range(len(texts))], "text": list(texts)}
    outlets = [f"Outlet {n}" for n in range(len(texts))]
    return pd.DataFrame({**rows, "outlet": outlets, **columns})


def ledger(articles, *rows):
    """Make a ledger by hand of (article, content, cue, source, speaker)."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))

    def pieces(article, words):
        if words is None:
            return None
        start = texts[article].index(words)
        return [[start, start + len(words)]]

    return pd.DataFrame(
        [
            (name, pieces(name, said), pieces(name, cue), pieces(name, source), speaker)
            for name, said, cue, source, speaker in rows
        ],
        columns=["article", "content", "cue", "source", "speaker"],
    )


def find(*texts, **columns):
    """Find statements by quotation marks alone."""
    return statements(corpus_of(table(*texts, **columns), marks_only=True))


def find_unattributed(articles):
    """Find them where the ledger names nobody, which needs no parse."""
    corpus = corpus_of(articles, marks_only=True)
    return statements(corpus.correct(ledger=ledger(articles)))


def find_in(articles, *rows):
    """Find statements where the ledger is made by hand."""
    corpus = fl.read_corpus(articles).correct(ledger=ledger(articles, *rows))
    return statements(corpus)


def typed(result):
    """Give the differences: group, type, words on both sides."""
    rows = result.differences[["group", "type", "text_a", "text_b"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in rows.values
    ]


# The shipped articles


@pytest.fixture(scope="module")
def pair(shipped):
    return statements(shipped)


def groups_with(result, words):
    rows = result.groups[result.groups["text"].str.contains(words, regex=False)]
    names = set(rows["group"])
    assert len(names) == 1
    return names.pop()


def test_all_that_both_outlets_carry_of_the_ambassador_is_found(pair):
    for words in ("We hope that", "We do not want to do it", "reassess"):
        rows = pair.groups[pair.groups["group"].eq(groups_with(pair, words))]
        assert {"000", "001"} <= set(rows["article"])


def test_illegitimate_in_marks_is_unnecessary_outside(pair):
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


def test_the_ambassadors_sentences_are_in_opposite_order(pair):
    hope = groups_with(pair, "We hope that")
    want = groups_with(pair, "We do not want to do it")
    starts = pair.groups.groupby(["group", "article"])["start"].min()
    assert starts[hope, "000"] < starts[want, "000"]
    assert starts[hope, "001"] > starts[want, "001"]
    ordered = pair.differences[pair.differences["type"].eq("order")]
    assert {hope, want} <= set(ordered["group"])


# Who says it: the ledger and nothing else


WORDS = [
    *("harbour", "lamp", "ferry", "school", "bridge", "market", "tower", "garden"),
    *("river", "mill", "orchard", "chapel", "barley", "kiln", "anchor", "meadow"),
]
PEOPLE = ["Ann Orr", "Ben Lisle", "Clara Venn", "Dominic Hale", "the port ministry"]
CREDITING = [
    "“{words},” {name} said.",
    "{name} warned that {words}.",
    "According to {name}, {words}.",
    "{name} called it “{words}”.",
    "“{words},” said {name}. “{more}.”",
]


def invented_articles(number, seed=0):
    """Make articles that quote and report some of the same statements."""
    random = np.random.default_rng(seed)
    said = [list(random.choice(WORDS, 5, replace=False)) for _ in range(12)]
    texts = []
    for _ in range(number):
        paragraphs = []
        for place in random.permutation(12)[:4]:
            one, two, three, four, five = said[place]
            paragraphs.append(
                str(random.choice(CREDITING)).format(
                    words=f"the {one} and the {two} by the {three} will never be sold",
                    more=f"Every {four} has a {five}",
                    name=random.choice(PEOPLE),
                )
            )
        texts.append("\n\n".join(p[:1].upper() + p[1:] for p in paragraphs))
    return table(*texts)


@pytest.mark.parametrize("marks_only", [False, True])
def test_statements_name_the_speakers_of_the_ledger(shipped, marks_only):
    made = invented_articles(20)
    made["event"] = [f"made {number // 5}" for number in range(20)]
    articles = pd.concat([shipped.assign(event="shipped"), made], ignore_index=True)
    corpus = fl.read_corpus(articles, marks_only=marks_only)
    contents = {}
    for row in corpus.ledger.itertuples():
        for start, end in row.content:
            contents.setdefault(row.article, []).append((start, end, row.actor))
    groups = statements(corpus).groups
    alone = ~groups.duplicated(["group", "article"], keep=False)
    assert set(groups["article"]) > {"000", "001", "a0", "a19"}
    checked = 0
    for row in groups[alone].itertuples():
        beside = [
            (start, end, speaker)
            for start, end, speaker in contents.get(row.article, [])
            if start < row.end and row.start < end
        ]
        if len(beside) == 1:  # without one it may be the rest of a quotation
            speaker = beside[0][2]
            assert (row.speaker or None) == speaker
            checked += bool(speaker)
    assert checked > 25


def test_a_corrected_ledger_wins():
    articles = table(LAMPS + "Ann Orr said.", LAMPS + "she said.")
    corpus = fl.read_corpus(articles, marks_only=True)
    right = corpus.ledger.assign(speaker=["Ann Orr", "Lina Moss"])
    result = statements(corpus.correct(ledger=right))
    assert result.groups["speaker"].tolist() == ["Ann Orr", "Lina Moss"]
    assert result.differences["type"].tolist() == ["speaker"]


def test_words_that_somebody_repeats_are_of_whom_the_ledger_gives_them_to():
    inner = "The old ferry will never leave the northern quay again."
    outer = f"“I heard the captain. {inner} Nobody laughed,”"
    articles = table(f"{outer} Ann Orr said.", QUOTED)
    groups = find_in(
        articles,
        ("a0", outer, "said", "Ann Orr", "Ann Orr"),
        ("a0", inner, None, None, "Tom Wilk"),
        ("a1", QUOTED[:-14], "said", "Ann Orr", "Ann Orr"),
    ).groups
    assert groups["speaker"].tolist() == ["Tom Wilk", "Ann Orr"]


def test_affiliation_cue_and_class_come_from_the_ledger():
    articles = table(QUOTED, REPORTED)
    known = ledger(
        articles,
        ("a0", QUOTED[:-14], "said", "Ann Orr", "Ann Orr"),
        ("a1", f"that {CLAUSE}", "warned", "Ann Orr", "Ann Orr"),
    ).assign(affiliation="Farrow")
    groups = statements(fl.read_corpus(articles).correct(ledger=known)).groups
    assert groups["affiliation"].tolist() == ["Farrow", "Farrow"]
    assert groups["cue"].tolist() == ["say", "warn"]
    assert groups["cue_class"].tolist() == ["neutral", "threatening"]
    assert groups["voice"].tolist() == ["direct", "indirect"]


def test_what_nobody_is_credited_with_has_no_speaker_and_is_the_outlets_own():
    articles = table(QUOTED, REPORTED)
    result = find_in(articles, ("a0", QUOTED[:-14], "said", "Ann Orr", "Ann Orr"))
    assert result.groups["voice"].tolist() == ["direct", "own"]
    assert result.groups["speaker"].isna().tolist() == [False, True]
    assert "speaker" not in set(result.differences["type"])


@pytest.mark.parametrize(
    ("one", "other", "types"),
    [
        ("Ann Orr", "Bob Orr", ["speaker"]),
        ("Ann Orr", "the port ministry", ["speaker"]),
        ("Ms Orr", "Ann Orr", []),
        ("Volodymyr Zelensky", "Zelenskyy", []),
        ("Russia", "Moscow", []),
        ("Sudan", "South Sudan", ["speaker"]),
        ("the president", "Ann Orr", []),
    ],
)
def test_a_difference_of_speakers_is_one_of_persons_not_of_spellings(one, other, types):
    articles = table(LAMPS + f"{one} said.", LAMPS + f"{other} said.")
    rows = [
        (name, LAMPS.strip(), "said", source, source)
        for name, source in (("a0", one), ("a1", other))
    ]
    assert find_in(articles, *rows).differences["type"].tolist() == types


# What is found


@pytest.mark.parametrize(
    "texts",
    [
        (
            "The Harbour Board said: “Loans made under Mr Kelt last spring were in the "
            "best interests of the port and consistent with the legal, ethical and "
            "professional duties, as three retired judges, two auditors and a harbour "
            "master found.”",
            "“This was in the best interests of the port and, we were told on Monday, "
            "consistent with a broad discretion to weigh tariffs and other pending "
            "lawsuits before any claim of ferry owners is settled,” Ines Moss said.",
        ),
        (
            "Mr Kelt, a former sailor, received a “bad conduct” discharge in spring.",
            "The sailor was given a “bad conduct” discharge, which is no bar.",
        ),
    ],
    ids=["a phrase in two long sentences", "two words that nobody says"],
)
def test_what_two_articles_share_may_be_no_statement(texts):
    assert find(*texts).groups.empty


def test_who_stopped_and_who_did_are_two_statements():
    reported = "Ann Orr said the insulin would have been exported by wholesalers."
    sizes = {}
    for verb in ("stopped", "began"):
        quoted = (
            f'"I know that the wholesalers {verb} exporting insulin," Ann Orr said.'
        )
        sizes[verb] = len(statements(table(quoted, reported)).groups)
    assert sizes == {"stopped": 0, "began": 2}


@pytest.mark.parametrize(
    ("quoted", "reported"),
    [
        (
            '"I have no objection to the ferryman testifying," Ann Orr said.',
            "Ann Orr said she would not object to the ferryman testifying in court.",
        ),
        (
            '"I met with a group of sheriffs, yesterday," Ann Orr said.',
            "Ann Orr said he met with sheriffs after the flood.",
        ),
    ],
)
def test_a_report_in_other_words_goes_with_what_the_same_speaker_is_quoted_with(
    quoted, reported
):
    result = statements(table(quoted, reported))
    assert result.groups["voice"].tolist() == ["direct", "indirect"]
    assert "in its own words what another quotes" in result.notes[-1]
    for other in (reported.replace("Ann Orr", "Ben Lisle"), "Ann Orr said it rains."):
        assert statements(table(quoted, other)).groups.empty


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It's clear that we won't sell", "It is clear that we will not sell"),
        ("The ceasefire will hold for", "The cease-fire will hold for"),
        ("We'd signed a 10-year lease", "We had signed a ten-year lease"),
        (
            "The US fleet has 10 ferries to sell",
            "The U.S. fleet has ten ferries to sell",
        ),
        (
            "Sen. Moss and the oﬃce didn’t sell",
            "Senator Moss and the office did not sell",
        ),
    ],
)
def test_words_written_in_another_way_are_no_rewording(one, other):
    texts = (f'"{said} the harbour ferry," Ann Orr said.' for said in (one, other))
    result = find(*texts)
    assert result.groups["group"].tolist() == ["s1", "s1"]
    assert result.differences.empty


def test_what_is_quoted_inside_a_report_is_credited_to_who_said_it():
    told = 'Ann Orr wrote that Ben Lisle called the harbour "a scandal without an end".'
    said = '"The harbour is a scandal without an end," Ben Lisle said.'
    assert set(statements(table(told, said)).groups["speaker"]) == {"Ben Lisle"}


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
    assert result.groups["voice"].tolist() == ["direct", "both", "direct", "own"]


@pytest.mark.parametrize(
    "cue", ['," said Ann Orr, "', '," maintained Ann Orr, "', '," Ann Orr said, "']
)
def test_a_statement_parted_by_its_cue_is_two_pieces_and_no_difference(cue):
    whole = '"The lamps on the quay are broken, and nobody mends them," {} Ann Orr.'
    whole = whole.format("maintained" if "maintained" in cue else "said")
    parted = f'"The lamps on the quay are broken{cue}and nobody mends them."'
    result = find(whole, parted)
    assert result.groups["piece"].tolist() == [1, 1, 2]
    assert result.differences.empty


def test_what_two_articles_only_report_is_found():
    articles = table(REPORTED, REPORTED.replace("warned", "insisted"))
    rows = [
        ("a0", f"that {CLAUSE}", "warned", "Ann Orr", "Ann Orr"),
        ("a1", f"that {CLAUSE}", "insisted", "Ann Orr", "Ann Orr"),
    ]
    result = find_in(articles, *rows)
    assert result.groups["text"].tolist() == [CLAUSE, CLAUSE]
    assert result.groups["voice"].tolist() == ["indirect", "indirect"]
    assert result.differences["type"].tolist() == ["cue"]
    assert "quoted or reported in one of 2 articles" in result.caption
    assert find_in(articles, rows[0]).groups.empty  # narration in the other


@pytest.mark.parametrize("cue", ["refused to say", "expect", "did not say"])
def test_what_nobody_said_is_no_statement(cue):
    text = f"Officials {cue} that {CLAUSE}."
    rows = [
        (name, f"that {CLAUSE}", cue, "Officials", "Officials") for name in ("a0", "a1")
    ]
    assert find_in(table(text, text), *rows).groups.empty


def test_the_ledger_says_where_a_report_ends():
    text = f"Ann Orr warned that {CLAUSE} and the crew laughed at her and went home."
    result = find_in(
        table(QUOTED, text), ("a1", f"that {CLAUSE}", "warned", "Ann Orr", "Ann Orr")
    )
    assert result.groups["text"].tolist()[1] == CLAUSE


def test_a_clause_that_the_ledger_cuts_short_is_taken_to_its_end():
    short = f"that {CLAUSE.removesuffix(' quay again')}"
    result = find_in(
        table(QUOTED, REPORTED), ("a1", short, "warned", "Ann Orr", "Ann Orr")
    )
    assert result.groups["text"].tolist()[1] == CLAUSE


def test_those_who_are_told_are_no_part_of_the_statement():
    text = f"Ann Orr told reporters {CLAUSE}."
    rows = [("a1", f"reporters {CLAUSE}", "told", "Ann Orr", "Ann Orr")]
    for result in (find(QUOTED, text), find_in(table(QUOTED, text), *rows)):
        assert result.groups["text"].tolist()[1] == CLAUSE


def test_every_two_printings_of_a_group_have_their_differences():
    result = find(QUOTED, REPORTED, PARTLY)
    assert result.groups["group"].unique().tolist() == ["s1"]
    pairs = result.differences[["article_a", "article_b"]].drop_duplicates()
    assert pairs.values.tolist() == [["a0", "a1"], ["a0", "a2"], ["a1", "a2"]]


def test_another_remark_that_begins_alike_is_not_shared():
    one = '"We will go on asking until somebody mends the lamps," Ann Orr said.'
    other = '"We will go on digging until the last of them is found," Ann Orr said.'
    assert find(one, other).groups.empty
    again = '"The old ferry will never {},” Ann Orr added.'.replace("”", '"')
    texts = [f"{QUOTED}\n\n{again.format(one)}" for one in ("sing", "pay its way")]
    assert set(find(*texts).groups["text"]) == {QUOTED[:-14]}


def test_much_else_in_both_makes_two_statements():
    one = (
        '"The museum will return all nineteen masks because a receipt signed at '
        'gunpoint is worth nothing," Ann Orr said.'
    )
    other = (
        '"The museum will lend nineteen masks to village schools if somebody drives '
        'them there," Ann Orr said.'
    )
    assert find(one, other).groups.empty


def test_what_two_people_say_side_by_side_is_not_run_together():
    leo = "“Rents on the northern quay fall by a quarter,”"
    sara = "“The orchard is sold to developers,”"
    both = f"{leo[1:-2]}. {sara[1:-2]}"
    articles = table(f"{leo} said Leo Brandt. {sara} said Sara Quist.", f"“{both}.”")
    rows = [
        ("a0", leo, "said", "Leo Brandt", "Leo Brandt"),
        ("a0", sara, "said", "Sara Quist", "Sara Quist"),
    ]
    assert find_in(articles, *rows).groups["group"].nunique() == 2
    rows[1] = (*rows[1][:4], "Leo Brandt")
    assert set(find_in(articles, *rows).groups["group"]) == {"s1"}


LEO_AND_SARA = (
    '"This is a historic day," Housing Minister Leo Brandt told MPs. Opposition leader '
    'Sara Quist called it "a bribe to developers".'
)
SARA = "Sara Quist said: “This is a bribe to developers, and voters will remember it.”"


def test_words_of_two_people_are_never_one_statement_nor_is_narration():
    articles = table(LEO_AND_SARA, SARA)
    rows = [
        ("a0", '"This is a historic day,"', "told", "Leo Brandt", "Leo Brandt"),
        ("a0", '"a bribe to developers"', "called", "Sara Quist", "Sara Quist"),
        ("a1", SARA[17:], "said", "Sara Quist", "Sara Quist"),
    ]
    result = find_in(articles, *rows)
    assert result.groups["text"].tolist() == ['"a bribe to developers"', SARA[17:]]
    assert set(result.groups["speaker"]) == {"Sara Quist"}
    words = result.differences
    for text in (*words["text_a"].dropna(), *words["text_b"].dropna()):
        assert "told MPs" not in text
        assert "called it" not in text


def test_narration_behind_a_statement_in_both_is_no_part_of_it():
    said = '"The drills always come back on time and the novels never do."'
    after = "Hardly a week has gone by this year without an angry letter about tools."
    groups = find(*(f"Ann Orr {cue}: {said}\n\n{after}" for cue in ("said", "added")))
    assert groups.groups["text"].tolist() == [said, said]


@pytest.mark.parametrize(
    ("speaker", "word", "articles"),
    [
        ("Ann Orr", "swindle", 2),
        ("Ms Orr", "swindle", 2),
        ("Ben Lisle", "swindle", 0),
        (None, "swindle", 0),
        ("Ann Orr", "day", 0),
    ],
)
def test_one_quoted_word_is_found_if_it_is_rare_and_of_the_same_person(
    speaker, word, articles
):
    said = f"“All of Farrow must see what it is: a {word}. And we shall win,”"
    called = f"the new toll on the northern bridge a “{word}”"
    texts = f"{said} Ann Orr said.", f"The mayor called {called} and left for Ostley."
    result = find_in(
        table(*texts),
        ("a0", said, "said", "Ann Orr", "Ann Orr"),
        ("a1", called, "called", "The mayor", speaker),
    )
    assert result.groups["article"].nunique() == articles


def test_only_articles_of_one_event_are_compared():
    assert find(DAILY, HERALD, event=["e1", "e2"]).groups.empty
    result = find(DAILY, HERALD, DAILY, event=["e1", "e1", None])
    assert set(result.groups["article"]) == {"a0", "a1"}
    assert result.left_out == 1
    assert "1 without an event" in result.caption


def test_articles_of_one_outlet_are_not_compared_with_each_other():
    assert find(DAILY, HERALD, outlet=["Daily", "Daily"]).groups.empty
    assert not find(DAILY, HERALD, outlet=["Daily", None]).groups.empty
    assert not find(DAILY, HERALD, outlet=[None, None]).groups.empty
    three = find(DAILY, HERALD, DAILY, outlet=["Daily", "Herald", "Daily"])
    pairs = three.differences[["article_a", "article_b"]].drop_duplicates()
    assert sorted(map(tuple, pairs.values)) == [("a0", "a1"), ("a1", "a2")]


def test_furniture_is_no_statement():
    line = "“The lamps on the quay will be mended by Easter,” Ann Orr said."
    articles = table(line, line)
    everything = articles[["article"]].assign(start=0, end=len(line))
    corpus = fl.read_corpus(articles, marks_only=True)
    columns = corpus.furniture.columns
    everything = everything.reindex(columns=columns)
    assert statements(corpus.correct(furniture=everything)).groups.empty


def test_accents_that_are_typed_apart_stop_nothing():
    text = unicodedata.normalize("NFD", f"It rained. {LAMPS} the árbitro said.")
    result = find(text, f"It shone. {LAMPS} Ann Orr said.")
    assert result.groups["article"].tolist() == ["a0", "a1"]


def test_of_many_printings_each_is_compared_with_the_fullest():
    texts = [
        QUOTED.replace("again", "again, ever") if n == 7 else QUOTED for n in range(34)
    ]
    result = find(*texts)
    assert set(result.groups["article"]) == {f"a{n}" for n in range(34)}
    pairs = result.differences[["article_a", "article_b"]]
    assert len(pairs) == 33
    assert pairs.eq("a7").any(axis=1).all()
    assert any("compared with the fullest one only" in note for note in result.notes)


@pytest.mark.parametrize("outlets", [2, 40])
def test_all_printings_are_found_however_many(outlets):
    number = 130
    articles = pd.DataFrame(
        {
            "article": [f"a{n:03}" for n in range(number)],
            "outlet": [f"Outlet {n * outlets // number}" for n in range(number)],
            "text": [[QUOTED, REPORTED, PARTLY][n % 3] for n in range(number)],
        }
    )
    result = find_unattributed(articles)
    assert sorted(set(result.groups["article"])) == articles["article"].tolist()
    assert result.groups["group"].unique().tolist() == ["s1"]


# Laws


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


VERBS = ["closed", "painted", "measured", "flooded", "repaired", "rented"]
sentence = st.builds(
    lambda verb, nouns: f"we {verb} the {nouns[0]} and the {nouns[1]} near {nouns[2]}",
    st.sampled_from(VERBS),
    st.permutations(WORDS[:12]),
)
printing = st.builds(
    lambda words, marks, name, cue: (
        f"“{words},” {name} {cue}." if marks else f"{words}, {name} {cue}."
    ),
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


@settings(max_examples=8)
@given(text, text)
def test_swapping_two_articles_mirrors_the_differences(one, other):
    there = find_unattributed(table(one, other))
    back = find_unattributed(table(other, one))
    assert sides(there, swapped=False) == sides(back, swapped=True)


@settings(max_examples=6)
@given(text, text, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_every_slice_is_the_text(
    one, other, random
):
    articles = table(one, other, DAILY)
    there = find_unattributed(articles)
    back = find_unattributed(articles.iloc[random.sample(range(3), 3)])
    pd.testing.assert_frame_equal(there.groups, back.groups)
    pd.testing.assert_frame_equal(there.differences, back.differences)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for row in there.groups.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
    for row in there.differences.itertuples():
        for article, start, end, words in (
            (row.article_a, row.start_a, row.end_a, row.text_a),
            (row.article_b, row.start_b, row.end_b, row.text_b),
        ):
            assert pd.isna(start) == pd.isna(words)
            assert pd.isna(start) or texts[article][start:end] == words


@settings(max_examples=10)
@given(st.lists(sentence, min_size=1, max_size=4, unique=True))
def test_the_same_text_twice_has_every_quotation_and_no_difference(sentences):
    copy = "\n\n".join(
        f"“{words},” Ann Orr said. Then she left." for words in sentences
    )
    result = find_unattributed(table(copy, copy))
    assert result.groups["group"].nunique() == len(sentences)
    assert result.differences.empty


def test_an_event_is_found_alike_alone_and_among_others():
    every = made_corpus("events", 20)
    some = every[every["event"].eq("e000001")]
    groups = {}
    for name, articles in (("every", every), ("some", some)):
        result = find_unattributed(articles)
        rows = result.groups[result.groups["article"].isin(some["article"])]
        groups[name] = rows.drop(columns="group").reset_index(drop=True)
    assert len(groups["some"]) > 2
    pd.testing.assert_frame_equal(groups["every"], groups["some"])


# Errors, and what must not happen


def test_input_is_left_alone():
    articles = table(DAILY, HERALD)
    before = articles.copy(deep=True)
    statements(fl.read_corpus(articles, marks_only=True))
    pd.testing.assert_frame_equal(articles, before)


def test_a_missing_column_and_an_unknown_group_are_named():
    with pytest.raises(ColumnError, match="'text'"):
        statements(table(DAILY).drop(columns="text"))
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
    assert "<table" in result._repr_html_()


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
    articles = table(hostile, hostile, DAILY)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for row in find_unattributed(articles).groups.itertuples():
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
    columns = ["article", "outlet", "voice", "start", "end", "text"]
    assert result.evidence("s1").columns.tolist() == columns
    assert result.changes is None
    assert "reference" not in result.caption + result._repr_html_()


def test_an_article_in_other_letters_is_named():
    arabic = "قال العمدة إن السد القديم لن يباع أبدا."
    note = "Made for English: article a2 is mostly in other letters."
    assert note in find(DAILY, HERALD, arabic).notes
    assert note not in find(DAILY, HERALD).notes


def test_one_is_no_plural():
    words = LAMPS + "Ann Orr said."
    caption = find(words, words.replace("said", "vowed"), event=["e", "e"]).caption
    assert caption.startswith("1 statement quoted in one of 2 articles")
    assert caption.endswith("1 difference.")
