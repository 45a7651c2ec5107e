from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damaged_attributions import damaged
from benchmarks.statement_groups import events
from benchmarks.statement_printings import parsed
from benchmarks.statement_scores import figures, scored
from benchmarks.statement_texts import FOLDER, texts_of
from framelens._checks import ColumnError, InputError
from framelens.align import statements
from framelens.align.statements.groups import MOST_PAIRED
from framelens.annotate import attributions as mark_attributions

DEVELOPMENT = texts_of("development")
NOBODY = pd.DataFrame(columns=["article", "start", "end", "speaker", "cue"])
COLUMNS = ["article", "start", "end", "annotation", "role", "kind", "depth"]

QUOTED = '"The old ferry will never leave the northern quay again," Ann Orr said.'
REPORTED = (
    "Ann Orr warned that the old ferry would never leave the northern quay again."
)
PARTLY = "The ferry would “never leave the northern quay again”, Ann Orr vowed."
TRANSCRIPT = (
    "ORR: The old ferry will never leave the northern quay again. Its boiler burst in "
    "March. Nobody has paid for another boiler since."
)


def table(*texts, **columns):
    rows = {"article": [f"a{n}" for n in range(len(texts))], "text": list(texts)}
    outlets = [f"Outlet {n}" for n in range(len(texts))]
    return pd.DataFrame({**rows, "outlet": outlets, **columns})


def find(*texts, speakers=NOBODY, **options):
    return statements(table(*texts), speakers=speakers, **options)


def attribution(articles, *rows):
    """Make a table of attributions: (article, content, cue, source, kind)."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    found = []
    for number, (article, content, cue, source, kind) in enumerate(rows):
        pieces = {"content": content, "cue": cue, "source": source}
        for role, words in pieces.items():
            start = texts[article].index(words)
            name = f"{article}:a{number}"
            found.append((article, start, start + len(words), name, role, kind, 0))
    return pd.DataFrame(found, columns=COLUMNS)


CLAUSE = "the old ferry would never leave the northern quay again"
BOTH = table(REPORTED, REPORTED.replace("warned", "insisted"))
TOLD = attribution(
    BOTH,
    ("a0", f"that {CLAUSE}", "warned", "Ann Orr", "indirect"),
    ("a1", f"that {CLAUSE}", "insisted", "Ann Orr", "indirect"),
)


# Values, by hand


def test_what_two_articles_only_report_is_found_with_attributions():
    assert statements(BOTH, speakers=NOBODY).groups.empty
    result = statements(BOTH, speakers=NOBODY, attributions=TOLD)
    assert result.groups["text"].tolist() == [CLAUSE, CLAUSE]
    assert result.groups["voice"].tolist() == ["indirect", "indirect"]
    assert result.groups["speaker"].tolist() == ["Ann Orr", "Ann Orr"]
    assert result.differences["type"].tolist() == ["cue"]
    assert "quoted or reported in one of 2 articles" in result.caption


def test_the_attribution_says_where_a_report_ends():
    told = f"Ann Orr warned that {CLAUSE} and the crew laughed at her and went home."
    articles = table(QUOTED, told)
    known = attribution(
        articles, ("a1", f"that {CLAUSE}", "warned", "Ann Orr", "indirect")
    )
    result = statements(articles, speakers=NOBODY, attributions=known)
    assert result.groups["text"].tolist()[1] == CLAUSE
    assert set(result.differences["type"]) == {"reworded", "marks", "cue"}


def test_what_was_not_said_is_no_report():
    seen = TOLD[~TOLD["role"].eq("cue")]
    assert statements(BOTH, speakers=NOBODY, attributions=seen).groups.empty


def test_a_pronoun_in_a_source_is_led_back_to_a_name():
    articles = table(QUOTED, f"Ann Orr came late. She warned that {CLAUSE}.")
    known = attribution(articles, ("a1", f"that {CLAUSE}", "warned", "She", "indirect"))
    result = statements(articles, speakers=NOBODY, attributions=known)
    assert result.groups["speaker"].tolist() == ["Ann Orr", "Ann Orr"]


def test_the_one_named_behind_according_to_is_credited():
    result = find(
        QUOTED, f"{CLAUSE.capitalize()}, according to Ann Orr, a union leader."
    )
    assert result.groups["speaker"].tolist() == ["Ann Orr", "Ann Orr"]
    assert "speaker" not in set(result.differences["type"])


def test_every_two_printings_of_a_group_have_their_differences():
    result = find(QUOTED, REPORTED, PARTLY)
    assert result.groups["group"].unique().tolist() == ["s1"]
    pairs = {
        (one.a.words.article, one.b.words.article) for one in result.printings["s1"]
    }
    assert pairs == {("a0", "a1"), ("a0", "a2"), ("a1", "a2")}
    rows = result.differences
    rows = rows[rows["article_a"].eq("a1") & rows["article_b"].eq("a2")]
    assert set(rows["type"]) == {"only here", "marks", "cue"}


def test_a_group_spans_many_articles_and_no_pair_is_left_out():
    texts = [QUOTED, REPORTED, PARTLY] * 8
    result = find(*texts)
    assert set(result.groups["group"]) == {"s1"}
    assert result.groups["article"].nunique() == 24
    assert len(result.printings["s1"]) == 24 * 23 // 2


MAINTAINED = REPORTED.replace("warned that", "maintained")


def test_a_rare_reporting_verb_is_no_part_of_the_statement():
    for told in (MAINTAINED, MAINTAINED.replace("Ann Orr", "Ann Orr spoke last. She")):
        result = find(QUOTED, told)
        assert result.groups["text"].tolist()[1] == CLAUSE
        assert result.groups["cue"].tolist() == ["say", "maintain"]
        assert "only here" not in set(result.differences["type"])


def test_a_rare_reporting_verb_parts_a_quotation():
    parted = (
        '"The old ferry," maintained Ann Orr, "will never leave the northern quay '
        'again."'
    )
    result = find(QUOTED, parted)
    assert result.groups["voice"].tolist() == ["direct"] * 3
    assert set(result.differences["type"]) == {"cue"}


def test_those_who_are_told_are_no_part_of_the_statement():
    articles = table(QUOTED, f"Ann Orr told reporters {CLAUSE}.")
    known = attribution(
        articles, ("a1", f"reporters {CLAUSE}", "told", "Ann Orr", "indirect")
    )
    for options in ({}, {"attributions": known}):
        result = statements(articles, speakers=NOBODY, **options)
        assert result.groups["text"].tolist()[1] == CLAUSE


@pytest.mark.parametrize(
    ("source", "cue"),
    [
        ("Officials", "refused to say"),
        ("Opinion polls", "suggest"),
        ("It", "showed"),
        ("No document", "reveals"),
    ],
)
def test_what_nobody_says_is_no_statement(source, cue):
    text = f"{source} {cue} that {CLAUSE}."
    articles = table(text, text)
    rows = [(name, f"that {CLAUSE}", cue, source, "indirect") for name in ("a0", "a1")]
    known = attribution(articles, *rows)
    found = statements(articles, speakers=NOBODY, attributions=known)
    assert found.groups.empty


def test_a_subject_that_is_argued_about_is_no_statement():
    topic = "the old ferry and the northern quay and the boiler that burst in March"
    text = f"Residents argued about {topic}."
    articles = table(text, text)
    for content in (topic, f"about {topic}"):
        rows = [(n, content, "argued", "Residents", "indirect") for n in ("a0", "a1")]
        known = attribution(articles, *rows)
        found = statements(articles, speakers=NOBODY, attributions=known)
        assert found.groups.empty


def test_a_body_that_an_attribution_names_is_credited():
    articles = table(QUOTED, REPORTED.replace("Ann Orr", "The northern command"))
    rows = ("a1", f"that {CLAUSE}", "warned", "The northern command", "indirect")
    result = statements(
        articles, speakers=NOBODY, attributions=attribution(articles, rows)
    )
    assert result.groups["speaker"].tolist() == ["Ann Orr", "northern command"]
    assert "speaker" in set(result.differences["type"])


def test_narration_that_one_attribution_errs_on_is_no_statement():
    told = "Rain fell all night, and " + CLAUSE.replace("would never", "did not") + "."
    articles = table(told, told)
    wrong = attribution(articles, ("a0", told[25:-1], "fell", "Rain", "indirect"))
    wrong.loc[wrong["role"].eq("cue"), ["start", "end"]] = None
    wrong = wrong.dropna(subset="start").astype({"start": int, "end": int})
    wrong["kind"] = "mixed"  # the worst case: taken at its word
    found = statements(articles, speakers=NOBODY, attributions=wrong)
    assert found.groups.empty


def test_a_clause_that_an_attribution_cuts_short_is_taken_to_its_end():
    articles = table(QUOTED, REPORTED)
    short = f"that {CLAUSE.removesuffix(' quay again')}"
    known = attribution(articles, ("a1", short, "warned", "Ann Orr", "indirect"))
    result = statements(articles, speakers=NOBODY, attributions=known)
    assert result.groups["text"].tolist()[1] == CLAUSE


def test_what_begins_alike_in_the_next_paragraph_is_not_joined():
    again = '"The old ferry will never {},” Ann Orr added.'.replace("”", '"')
    texts = [f"{QUOTED}\n\n{again.format(one)}" for one in ("sing", "pay its way")]
    result = find(*texts)
    assert set(result.groups["text"]) == {QUOTED[:-14]}


def test_of_many_printings_each_is_held_against_the_fullest():
    number = MOST_PAIRED + 4
    texts = [
        QUOTED.replace("again", "again, ever") if n == 7 else QUOTED
        for n in range(number)
    ]
    result = find(*texts)
    names = {f"a{n}" for n in range(number)}
    assert set(result.groups["article"]) == names
    pairs = result.printings["s1"]
    assert len(pairs) == number - 1
    assert all("a7" in (one.a.words.article, one.b.words.article) for one in pairs)
    assert result.differences["type"].tolist() == ["only here"] * (number - 1)
    assert "held against the fullest one only" in result.caption


@pytest.mark.parametrize("outlets", [2, 40])
def test_all_printings_are_found_however_many(outlets):
    number = 130
    names = [f"a{n:03}" for n in range(number)]
    articles = pd.DataFrame(
        {
            "article": names,
            "outlet": [f"Outlet {n * outlets // number}" for n in range(number)],
            "text": [[QUOTED, REPORTED, PARTLY][n % 3] for n in range(number)],
        }
    )
    result = statements(articles, speakers=NOBODY, reference=TRANSCRIPT)
    assert sorted(set(result.groups["article"])) == [*names, "reference"]
    assert result.groups["group"].unique().tolist() == ["s1"]
    assert result.held == number


def changes(result):
    rows = result.changes[["article", "type", "text", "reference_text"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows.itertuples(index=False)
    ]


def test_against_a_reference_words_are_cut_and_reworded():
    text = '"The ferry will never quit the northern quay again, alas," Ann Orr said.'
    result = find(text, reference=TRANSCRIPT)
    assert changes(result) == [
        ("a0", "cut", None, "old"),
        ("a0", "reworded", "quit", "leave"),
        ("a0", "not in reference", "alas", None),
    ]
    voices = result.groups.set_index("article")["voice"].to_dict()
    assert voices == {"a0": "direct", "reference": "reference"}
    told = "1 printing held against the reference: 1 cut, 1 reworded"
    assert told in result.caption


def test_a_sentence_left_out_of_one_quotation_is_cut():
    text = (
        '"The old ferry will never leave the northern quay again. Nobody has paid for '
        'another boiler since," Ann Orr said.'
    )
    result = find(text, reference=TRANSCRIPT)
    assert changes(result) == [("a0", "cut", None, "Its boiler burst in March")]
    assert result.held == 1


def test_statements_in_another_order_than_in_the_reference_are_named():
    text = (
        '"Nobody has paid for another boiler since," Ann Orr said.\n\nThe hall fell '
        'silent.\n\n"The old ferry will never leave the northern quay again," she said.'
    )
    result = find(text, reference=TRANSCRIPT)
    assert result.changes["type"].tolist() == ["order", "order"]


def test_a_printing_as_in_the_reference_has_no_change():
    result = find(QUOTED, reference=TRANSCRIPT)
    assert result.changes.empty
    assert "no difference" in result.caption
    assert result.printings == {"s1": ()}


def test_a_reference_is_for_its_event_where_it_names_one():
    articles = table(QUOTED, QUOTED, event=["one", "two"])
    record = pd.DataFrame({"article": ["r"], "text": [TRANSCRIPT], "event": ["two"]})
    result = statements(articles, speakers=NOBODY, reference=record)
    assert result.groups["article"].tolist() == ["a1", "r"]


def test_a_reference_may_be_a_file(tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text(TRANSCRIPT, encoding="utf-8")
    assert find(QUOTED, reference=path).held == 1


def test_without_a_reference_nothing_is_called_cut():
    result = find(QUOTED, REPORTED, PARTLY)
    assert result.changes is None
    assert not re.search(r"\bcut\b|reference", result.caption + result._repr_html_())


# Laws

TEXTS = st.lists(
    st.sampled_from(
        [QUOTED, REPORTED, PARTLY, f"Rain fell.\n\n{QUOTED}\n\nThen {PARTLY}"]
    ),
    min_size=2,
    max_size=5,
)


def frames(articles):
    rows = [
        (name, f"that {CLAUSE}", "warned", "Ann Orr", "indirect")
        for name, text in zip(articles["article"], articles["text"], strict=True)
        if text == REPORTED
    ]
    return attribution(articles, *rows)


@settings(max_examples=20, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(texts, random):
    articles = table(*texts)
    options = {
        "speakers": NOBODY,
        "attributions": frames(articles),
        "reference": TRANSCRIPT,
    }
    there = statements(articles, **options)
    order = random.sample(range(len(texts)), len(texts))
    back = statements(articles.iloc[order], **options)
    for one, other in (
        (there.groups, back.groups),
        (there.differences, back.differences),
        (there.changes, back.changes),
    ):
        pd.testing.assert_frame_equal(one, other)


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_every_slice_is_the_text(texts):
    articles = table(*texts)
    result = statements(
        articles,
        speakers=NOBODY,
        attributions=frames(articles),
        reference=TRANSCRIPT,
    )
    known = dict(zip(articles["article"], articles["text"], strict=True))
    known["reference"] = TRANSCRIPT
    for row in result.groups.itertuples():
        assert known[row.article][row.start : row.end] == row.text
    for row in result.changes.itertuples():
        if not pd.isna(row.start):
            assert known[row.article][row.start : row.end] == row.text
        if not pd.isna(row.reference_start):
            span = slice(row.reference_start, row.reference_end)
            assert TRANSCRIPT[span] == row.reference_text


def test_other_events_change_nothing():
    alone = find(QUOTED, REPORTED)
    many = table(*[QUOTED, REPORTED] * 30, event=[f"e{n // 2:02}" for n in range(60)])
    result = statements(many, speakers=NOBODY)
    assert result.groups["group"].nunique() == 30
    first = result.groups[result.groups["group"].eq("s1")]
    assert first["text"].tolist() == alone.groups["text"].tolist()


def test_two_printings_made_alike_differ_in_nothing_and_labels_are_symmetric():
    for event in events(DEVELOPMENT, groups=12, seed=3):
        for one, other, types in event.pairs():
            assert event._differences(other, one) == types
            assert not event._differences(one, one)


def test_made_printings_stand_where_they_are_said_to():
    for event in events(DEVELOPMENT, groups=12, seed=3):
        texts = dict(
            zip(event.articles["article"], event.articles["text"], strict=True)
        )
        for one in event.printings:
            held = " ".join(texts[one.article][a:b] for a, b in one.spans).lower()
            for word in one.words:
                assert word is None or word[0].lower() in re.sub(r"[“”]", "", held)


def test_marks_of_a_statement_are_read():
    slots = parsed("The [old] boat {will|would} <never~not> (be sold) / soon // Ever")
    assert [slot.direct for slot in slots] == (
        ["The", "old", "boat", "will", "never", "be", "sold", "soon", "Ever"]
    )
    assert [slot.phrase for slot in slots][:3] == [0, 1, 0]
    assert [slot.sentence for slot in slots][-2:] == [0, 1]
    assert [slot.fragment for slot in slots].count(True) == 2


def test_every_set_has_its_own_sentences_and_people():
    sets = [texts_of(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
    for one, other in combinations(sets, 2):
        for part in ("statements", "people", "remarks", "narration", "outlets"):
            assert not set(getattr(one, part)) & set(getattr(other, part))


def test_a_distractor_stands_in_one_article_and_is_not_planted():
    found = 0
    for event in events(texts_of("held_out"), groups=12, seed=3):
        texts = event.articles["text"].tolist()
        for one in event.printings:
            block = texts_of("held_out").statements[one.statement].split(" | ")
            if len(block) < 3:
                continue
            ending = " ".join(block[2].split()[-4:])
            holders = sum(ending in text for text in texts)
            assert holders <= 1
            found += holders
    assert found


def test_damaged_attributions_are_fewer_and_stand_in_the_text():
    articles = table(REPORTED, QUOTED, "Rain fell on the quay for most of the night.")
    rows = [("a0", f"that {CLAUSE}", "warned", "Ann Orr", "indirect")]
    known = attribution(articles, *rows)
    assert damaged(known, articles, share=0.0).equals(known)
    worse = [damaged(known, articles, share=0.5, seed=seed) for seed in range(8)]
    assert any(one[one["article"].eq("a0")].empty for one in worse)
    for one in worse:
        lengths = one["article"].map(articles.set_index("article")["text"].str.len())
        assert (one["start"] < one["end"]).all()
        assert (one["end"] <= lengths).all()


@pytest.mark.long
def test_generated_groups_are_found_and_typed():
    made = events(DEVELOPMENT, groups=24, seed=5)
    articles = pd.concat([event.articles for event in made], ignore_index=True)
    rows = figures(scored(made, attributions=mark_attributions(articles)))
    values = {metric: value for metric, value, *_ in rows}
    assert values["pairs of printings, recall"] >= 0.95
    assert values["pairs of printings, precision"] >= 0.95
    assert values["difference types exactly right"] >= 0.93


# Errors, and what must not happen


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (" \n", "holds no words"),
        ("speech.txt", "looks like a file"),
        (Path("nowhere") / "speech.txt", "speech.txt"),
        (pd.DataFrame({"article": ["a0"], "text": ["We go."]}), "name of an article"),
    ],
)
def test_a_reference_that_is_none_is_refused_in_a_line(reference, message):
    with pytest.raises(InputError, match=message) as caught:
        find(QUOTED, reference=reference)
    assert "\n" not in str(caught.value)


def test_a_table_of_attributions_without_a_column_is_refused():
    with pytest.raises(ColumnError, match="attributions needs column 'kind'"):
        find(QUOTED, attributions=TOLD.drop(columns="kind"))


def test_input_is_left_alone():
    record = pd.DataFrame({"article": ["r"], "text": [TRANSCRIPT]})
    before = [frame.copy(deep=True) for frame in (BOTH, TOLD, record, NOBODY)]
    statements(BOTH, speakers=NOBODY, attributions=TOLD, reference=record)
    for one, other in zip((BOTH, TOLD, record, NOBODY), before, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_articles_of_one_outlet_are_not_paired_in_a_group():
    articles = table(QUOTED, REPORTED, PARTLY, outlet=["Daily", "Herald", "Daily"])
    result = statements(articles, speakers=NOBODY)
    pairs = [(p.a.words.article, p.b.words.article) for p in result.printings["s1"]]
    assert ("a0", "a2") not in pairs
    assert set(pairs) <= set(combinations(["a0", "a1", "a2"], 2))
