from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.statement_growth import corpus
from framelens.align import statements
from framelens.align.statements.phrases import phrase_of
from framelens.align.statements.reporting_verbs import is_passive
from framelens.align.statements.same_name import describes, differ
from framelens.align.statements.sources import speaks
from framelens.annotate import quotations
from framelens.annotate.noun_kinds import is_plural, noun_kind

NOBODY = pd.DataFrame(columns=["article", "start", "end", "speaker", "cue"])
COLUMNS = ["article", "start", "end", "annotation", "role", "kind", "depth"]


def reporting(source, cue, content):
    """Make two articles that report the same, and the table of attributions."""
    texts = [
        f"{source} {cue} {content}.",
        f"The hall was full. {source} {cue} {content}.",
    ]
    articles = pd.DataFrame(
        {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": texts}
    )
    rows = [
        (article, text.index(words), text.index(words) + len(words), "1", role, kind, 0)
        for article, text in zip("ab", texts, strict=True)
        for role, words, kind in (
            ("source", source, "indirect"),
            ("cue", cue, "indirect"),
            ("content", content, "indirect"),
        )
    ]
    return articles, pd.DataFrame(rows, columns=COLUMNS)


def found(source, cue, content):
    articles, told = reporting(source, cue, content)
    return statements(articles, speakers=NOBODY, attributions=told).groups


CONTENT = "a cold wind and heavy snow would close the northern pass before Sunday"


# Values, by hand


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("imam", "person"),
        ("gamekeepers", "person"),
        ("constabulary", "body"),
        ("breweries", "body"),
        ("timetable", "document"),
        ("wind", None),
        ("", None),
    ],
)
def test_a_noun_names_a_person_a_body_a_document_or_something_else(noun, kind):
    assert noun_kind(noun) == kind


def test_plurals_are_told_from_singulars_that_end_alike():
    words = ("hauliers", "princess", "boss", "women", "wind")
    assert [is_plural(word) for word in words] == [True, False, False, True, False]


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("the spokesman for the lodge", "spokesman"),
        ("one of the pilots", "pilots"),
        ("On Friday the constabulary", "constabulary"),
        ("the pilots' lodge", "lodge"),
        ("Ann Orr, the mayor", "Orr"),
        ("", ""),
    ],
)
def test_the_head_of_a_source(source, head):
    assert phrase_of(source).head == head


@pytest.mark.parametrize(
    ("source", "is_somebody"),
    [
        ("Ann Orr", True),
        ("who", True),
        ("the timber lodge", True),
        ("The ministry's report", True),
        ("a letter from the bishop", True),
        ("The sign at the gate", False),
        ("the rules of the house", False),
        ("Half of the town", False),
        ("a report", False),
    ],
)
def test_who_can_speak(source, is_somebody):
    assert speaks(source) == is_somebody


def test_a_first_word_is_a_name_only_where_it_has_its_capital_elsewhere_too():
    assert not speaks("Folklore", "Folklore says that it sank. Much folklore is wrong.")
    assert speaks("Orr", "Orr says that it sank. On Friday Ann Orr had left.")


def test_the_one_who_is_asked_or_expected_does_not_speak():
    assert is_passive("are expected to discuss")
    assert is_passive("was later told")
    assert not is_passive("was quoted as saying")
    assert not is_passive("said it was expected")
    assert not is_passive("")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("constabulary", "Oskar Berg", True),
        ("pilots' lodge", "Corentin Roe", True),
        ("hauliers", "Tom Wilk", True),  # several are not one
        ("haulier", "Tom Wilk", False),
        ("letter", "Tom Wilk", False),
        ("audit court", "court", False),
    ],
)
def test_a_body_in_no_list_is_another_speaker_than_a_person(one, other, apart):
    assert differ(one, other) == apart
    assert differ(other, one) == apart


def test_what_only_says_what_somebody_is_describes():
    assert [describes(one) for one in ("detective superintendent", "constabulary")] == (
        [True, False]
    )


def test_what_nobody_says_is_no_statement():
    assert len(found("Ann Orr", "said that", CONTENT)) == 2
    assert len(found("The pilots' lodge", "said that", CONTENT)) == 2
    assert found("The forecast", "said that", CONTENT).empty
    assert found("Folklore", "says that", CONTENT).empty
    assert found("Ministers", "are expected to say that", CONTENT).empty


def test_a_body_is_named_by_what_it_is():
    groups = found("The pilots' lodge", "said that", CONTENT)
    assert groups["speaker"].tolist() == ["pilots' lodge", "pilots' lodge"]


def test_much_else_in_both_makes_two_statements():
    texts = [
        '"The museum will return all nineteen masks because a receipt signed at '
        'gunpoint is worth nothing," Ann Orr said.',
        '"The museum will lend nineteen masks to village schools if somebody drives '
        'them there," Ann Orr said.',
    ]
    articles = pd.DataFrame(
        {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": texts}
    )
    assert statements(articles, speakers=NOBODY).groups.empty


def test_narration_behind_a_statement_in_both_is_no_part_of_it():
    said = '"The drills always come back on time and the novels never do," Orr said:'
    said = said.replace(" Orr said:", "").replace(",", ".")
    told = "Hardly a week has gone by this year without an angry letter about tools."
    texts = [f"Ann Orr said: {said}\n\n{told}", f"Orr added: {said}\n\n{told}"]
    articles = pd.DataFrame(
        {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": texts}
    )
    groups = statements(articles, speakers=NOBODY).groups
    assert groups["text"].str.contains("drills").all()
    assert not groups["text"].str.contains("Hardly").any()


# Laws


def test_an_event_is_found_alike_alone_and_among_others():
    every = corpus("events", 40)
    some = every[every["event"].eq("e000001")]
    groups = {}
    for name, articles in (("every", every), ("some", some)):
        result = statements(
            articles,
            speakers=NOBODY,
            quotations=quotations(articles),
            furniture=NOBODY[["article", "start", "end"]],
        )
        kept = result.groups[result.groups["article"].isin(some["article"])]
        groups[name] = kept.drop(columns="group").reset_index(drop=True)
    assert len(groups["some"]) > 2
    pd.testing.assert_frame_equal(groups["every"], groups["some"])


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_source_has_a_head_that_stands_in_it(source):
    phrase = phrase_of(source)
    assert phrase.head in source
    assert isinstance(speaks(source), bool)
    assert not phrase.head or source[slice(*phrase.at)].endswith(phrase.head)
