"""Classes of reporting cues."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import InputError
from framelens.annotate.cues import (
    COLUMNS,
    CUE_CLASSES,
    CUES,
    cue_class,
    cue_classes,
    cue_words,
    hits,
)

LEXICON = cue_classes()

BY_HAND = {
    "neutral": "said|says|told reporters|according to|In the words of|:|added|asked|"
    "described|is quoted as saying|went on to say|insisted|wrote in a letter",
    "endorsing": "has revealed|pointed out|makes it clear|confirmed|noting|showed|knew",
    "doubting": "claims that|claiming|alleged|argued|has cast doubt on|so-called|"
    "reportedly|seems to|questioned|remains sceptical",
    "denying": "has repeatedly denied|disputes|refuted|dismissed|brushed off|"
    "pushed back",
    "accusing": "accusing|blamed|was charged with|called out|the accusation",
    "opposing": "criticised|criticizes|slammed|mocking|lashed out|"
    "voted against|opposes",
    "supporting": "praised|welcomes|hailed|endorsed|agreed|spoke in favour of|backed",
    "demanding": "demanded|urging|called for|calls on|ordered|recommends|a plea for",
    "promising": "promised|has vowed|pledges|swore|offered|assured",
    "threatening": "threatened|threats of|warned|warns of|sounded the alarm",
    "conceding": "admits|acknowledged|conceded|confessed|apologised|pleaded guilty",
    "believing": "thinks|believed|felt|fears|hoping|is expected|wants|in the view of",
}

NEGATED = {
    "did not say": "neutral",
    "would not comment": "neutral",
    "declined to comment": "neutral",
    "didn’t respond to a request for comment": "neutral",
    "cannot confirm": "neutral",
    "failed to mention": "neutral",
    "refused to say": "neutral",
    "refused to confirm or deny": "neutral",
    "refused": "opposing",
    "refused, saying": "opposing",
    "refused to attend": "opposing",
    "refused to apologise": "opposing",
    "refuses to endorse": "opposing",
    "does not support": "opposing",
    "refused to admit": "denying",
    "refuses to believe": "denying",
    "did not deny": "conceding",
    "has never disputed": "conceding",
    "declined to deny": "conceding",
    "doesn't believe": "believing",
    "not only denied": "denying",
    "never failed to praise": "supporting",
    "said he did not": "neutral",
}

GOVERNED = {
    "issued a statement denying": "denying",
    "wrote an open letter urging": "demanding",
    "voiced support for": "supporting",
    "decided to back": "supporting",
    "released a video that accuses": "accusing",
    "said at a rally of supporters": "neutral",
    "said in answer to a question": "neutral",
    "told a gathering of critics": "neutral",
    "told supporters": "neutral",
    "told supporters, denying": "denying",
    "according to a critic": "neutral",
}


@pytest.mark.parametrize(
    ("surface", "expected"),
    [(one, name) for name, line in BY_HAND.items() for one in line.split("|")],
)
def test_classes_given_by_hand(surface, expected):
    assert cue_class(surface) == expected


@pytest.mark.parametrize(("surface", "expected"), (NEGATED | GOVERNED).items())
def test_negation_and_what_a_neutral_cue_governs(surface, expected):
    assert cue_class(surface) == expected


@pytest.mark.parametrize(
    "surface", ["", " ", "baked a cake", "of", "“", "42", "🙂", "not"]
)
def test_what_is_not_in_the_lexicon_has_no_class(surface):
    assert cue_class(surface) is None


@pytest.mark.parametrize("wrong", [None, 3, float("nan"), ["said"]])
def test_a_cue_that_is_not_text_is_refused(wrong):
    with pytest.raises(InputError, match="a cue is text"):
        cue_class(wrong)


def test_every_cue_maps_to_its_own_class():
    found = [cue_class(cue) for cue in LEXICON["cue"]]
    assert found == LEXICON["class"].tolist()


def test_every_form_of_every_reporting_verb_has_the_class_of_its_verb():
    assert all(cue_class(lemma) in CUE_CLASSES for lemma in CUES.values())
    assert {form: cue_class(form) for form in CUES} == {
        form: cue_class(lemma) for form, lemma in CUES.items()
    }


def test_the_lexicon_is_large_enough_and_has_no_duplicates():
    assert len(LEXICON) >= 250
    assert LEXICON["cue"].is_unique
    assert tuple(LEXICON.columns) == COLUMNS
    assert list(LEXICON["class"].unique()) == list(CUE_CLASSES)
    assert len(CUE_CLASSES) <= 12
    assert set(LEXICON["part_of_speech"]) == {
        *("verb", "noun", "adjective", "adverb", "preposition", "phrase", "mark")
    }
    for _, rows in LEXICON.groupby("class"):
        assert rows["cue"].tolist() == sorted(rows["cue"])
    assert LEXICON["cue"].eq(LEXICON["cue"].str.strip().str.lower()).all()


def test_changing_the_table_does_not_change_the_lexicon():
    table = cue_classes()
    table["class"] = "denying"
    assert cue_class("said") == "neutral"


def test_the_class_does_not_depend_on_who_speaks():
    """The rule sees the cue alone: no outlet, no speaker, no party."""
    assert cue_class.__code__.co_varnames[: cue_class.__code__.co_argcount] == ("cue",)


def test_a_very_long_cue_is_no_trouble():
    assert cue_class("said " * 3000) == "neutral"
    assert cue_class("said " * 3000 + "denying") == "denying"


@given(st.sampled_from(LEXICON["cue"].tolist()))
def test_capitals_spaces_and_auxiliaries_do_not_matter(cue):
    expected = cue_class(cue)
    assert cue_class(f"  {cue.upper()} ") == expected
    if cue_words(cue) and LEXICON.set_index("cue").at[cue, "part_of_speech"] == "verb":
        assert cue_class(f"has also {cue}") == expected


@given(st.text(max_size=80))
def test_any_text_gives_a_known_class_or_none(text):
    assert cue_class(text) in {None, *CUE_CLASSES}


@given(
    st.lists(st.sampled_from(["not", "said", "deny", "cast", "doubt", "on", "point"]))
)
def test_hits_stand_in_order_and_do_not_overlap(words):
    ends = [0]
    for hit in hits(words):
        assert hit.place >= ends[-1]
        ends.append(hit.place + len(hit.entry.cue.split()))
    assert ends[-1] <= len(words)
