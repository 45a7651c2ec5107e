from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens.align import statements
from framelens.align.statements import groups
from framelens.align.statements.groups import Shared, grouped
from framelens.align.statements.names import names
from framelens.align.statements.phrases import phrase_of
from framelens.align.statements.printed_words import printed_words
from framelens.align.statements.reporting_verbs import hands_over
from framelens.align.statements.same_name import describes, differ
from framelens.align.statements.sources import (
    clause_before,
    clause_behind,
    speaks,
    speaks_beside,
)
from framelens.align.statements.standing import sentence_ends
from framelens.align.statements.stretches import Stretch
from framelens.annotate.noun_kinds import is_plural, noun_kind

NOBODY = pd.DataFrame(columns=["article", "start", "end", "speaker", "cue"])
COLUMNS = ["article", "start", "end", "annotation", "role", "kind", "depth"]
QUOTED = "“The harbour will never be sold to strangers,”"
SAID = "said the old bridge would be closed to foreign cargo ships for nineteen months."


def table(*texts):
    rows = {"article": ["a", "b"], "outlet": ["Daily", "Herald"], "text": texts}
    return pd.DataFrame(rows)


def reported(source, *, known=("a", "b"), before=""):
    """Find what two articles report of a source; `known` ones with an attribution."""
    texts = [f"It rained. {before}", f"Shops were open. {before}"]
    texts = [f"{text}\n\n{source} {SAID}" for text in texts]
    rows = []
    for article, text in zip("ab", texts, strict=True):
        at = text.index(f"{source} {SAID}")
        content = text.index("the old bridge")
        spans = {
            "source": (at, at + len(source)),
            "cue": (content - 5, content - 1),
            "content": (content, len(text) - 1),
        }
        rows += [
            (article, *span, "1", role, "indirect", 0)
            for role, span in spans.items()
            if article in known
        ]
    told = pd.DataFrame(rows, columns=COLUMNS)
    return statements(table(*texts), speakers=NOBODY, attributions=told)


def quoted(one, other):
    """Give the types of difference of one quotation that two articles credit."""
    texts = (f"It rained. {QUOTED} {one} said.", f"It shone. {QUOTED} {other} said.")
    return set(statements(table(*texts), speakers=NOBODY).differences["type"])


# Values, by hand


@pytest.mark.parametrize(
    "source",
    [
        *("China", "South Korea", "Iran", "Saudi Arabia", "U.S.", "The US", "Moscow"),
        *("BBC", "CNN", "Sky News", "Al Jazeera", "Reuters"),
        *("Hamas", "Islamic Jihad", "Zelensky", "Macron", "Xi", "al-Shabaab"),
        *("Mr. Orr", "Mr Orr", "Ann B. Orr", "Theresa May", "April Jones", "Mrs. May"),
        *("The United Arab Emirates", "The Pew Research Center"),
    ],
)
@pytest.mark.parametrize("known", [("a", "b"), ("a",)])
def test_every_state_outlet_and_person_is_heard_alike(source, known):
    groups = reported(source, known=known).groups
    assert groups["article"].tolist() == ["a", "b"]
    if len(known) == 2:
        named = source.removeprefix("The ").removeprefix("Mr ").removeprefix("Mr. ")
        assert set(groups["speaker"]) == {named.removeprefix("Mrs. ")}


@pytest.mark.parametrize(
    "source",
    [
        *(
            "Forecasts",
            "Rumours",
            "The letter",
            "Everybody",
            "Folklore",
            "The forecast",
        ),
        *("Opinion polls", "The study", "Half of the town"),
    ],
)
def test_what_nobody_says_is_still_no_statement(source):
    assert reported(source).groups.empty


@pytest.mark.parametrize("surname", ["Macron", "Ban", "Page", "Bill", "Story", "Cable"])
def test_a_surname_that_is_also_a_word_for_a_paper_is_a_name(surname):
    text = f"They met President Lena {surname} there. {surname} said so."
    assert speaks(surname, text)
    assert speaks(surname)
    assert not speaks(f"The {surname.lower()}", text)


def test_a_plural_is_a_name_only_where_it_has_a_capital_elsewhere():
    assert not speaks("Sessions", "Sessions said so.")
    assert speaks("Sessions", "They met Jeff Sessions. Sessions said so.")
    assert not speaks("Rumours", "Storm Rumours grew, and rumours. Rumours said so.")
    assert speaks("May", "They met Theresa May. May said so. It may rain.")
    assert not speaks("May", "In May it rained. May said so.")


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("It rained. The U.S. Geological Survey", "The U.S. Geological Survey"),
        ("It rained; Ann B. Orr,", " Ann B. Orr"),
        ("It rained.\n\nGen. Orr", "Gen. Orr"),
        ("It rained. ", ""),
    ],
)
def test_a_clause_ends_at_the_ends_of_sentences_only(text, clause):
    text = f"{text.rstrip()} Said"
    assert clause_before(text, len(text) - 4).strip() == clause.strip()


def test_a_clause_behind_a_cue_ends_with_its_sentence():
    text = "Said Dr. Orr of Reddin. She left."
    assert clause_behind(text, 4) == "Dr. Orr of Reddin. "
    assert speaks_beside(text, 0, 4)
    assert sentence_ends(text) == [24]


@pytest.mark.parametrize(
    "source",
    [
        *("The Bureau of Labor Statistics", "The U.S. Geological Survey"),
        *("The Pew Research Center", "the data commissioner", "the author of a study"),
    ],
)
def test_only_the_noun_of_a_source_shows_and_does_not_say(source):
    assert hands_over("said", source)
    assert speaks(source)


@pytest.mark.parametrize("source", ["Polls", "New research", "the data", "one survey"])
def test_what_shows_hands_over_nothing(source):
    assert not hands_over("suggest", source)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Zelensky", "Zelenskyy", False),
        ("Mr Zelensky", "President Volodymyr Zelenskyy", False),
        ("Gaddafi", "Qaddafi", False),
        ("Assad", "Asad", False),
        ("Hamas", "Haas", True),
        ("Niger", "Nigeria", True),
        ("Austria", "Australia", True),
        ("Sudan", "South Sudan", True),
        ("Guinea", "Equatorial Guinea", True),
        ("Korea", "South Korea", False),
        ("Russia", "Moscow", False),
        ("Britain", "the UK", False),
        ("the United States", "Washington", False),
        ("Kim Jong Un", "Kim Yo Jong", True),
        ("George Bush", "George W. Bush", False),
        ("Ann Orr", "Orr Ann", False),
        ("Julie Bishop", "Penny Wong", True),
        ("Julie Bishop", "Julie Wong", True),
        ("Julie Bishop", "Ms Bishop", False),
        ("Crown Prince", "Lina Orr", False),
        ("Finance Minister", "Lina Orr", False),
    ],
)
def test_whether_two_names_are_those_of_different_speakers(one, other, apart):
    assert differ(one, other) == apart
    assert differ(other, one) == apart


def test_spellings_and_capitals_make_no_difference_of_speakers():
    assert quoted("Mr Zelensky", "Mr Zelenskyy") == set()
    assert quoted("Russia", "Moscow") == set()
    assert quoted("Sudan", "South Sudan") == {"speaker"}


def test_a_surname_that_is_also_a_title_does_not_describe():
    whole = (
        "Julie Bishop",
        "Foreign Minister Erik Prince",
        "the bishop",
        "Crown Prince",
    )
    assert [describes(one) for one in whole] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Theresa May spoke.", ["Theresa May"]),
        ("They met Mrs. May.", ["May"]),
        ("April Jones spoke.", ["April Jones"]),
        ("On 5 May Ann Orr spoke.", ["Ann Orr"]),
        ("In April Ann Orr spoke.", ["Ann Orr"]),
        ("They met Ann Orr May 5.", ["Ann Orr"]),
        ("On Monday Ann Orr spoke.", ["Ann Orr"]),
        ("The United Arab Emirates spoke.", ["United Arab Emirates"]),
        ("The United Nations Ann Orr spoke.", ["Ann Orr"]),
        ("They met al-Shabaab.", ["al-Shabaab"]),
    ],
)
def test_names_with_months_states_and_small_letters(text, named):
    words = printed_words("a", text)
    assert [one.text for one in names(words, 0, len(words))] == named


def test_a_phrase_may_end_in_a_name_that_is_also_a_small_word():
    heads = [phrase_of(one).head for one in ("Mrs May", "Will Smith", "But the mayor")]
    assert heads == ["May", "Smith", "mayor"]


def test_irregular_plurals_are_persons():
    plurals = ("children", "grandchildren", "spokespeople", "wives", "housewives")
    assert {noun_kind(word) for word in plurals} == {"person"}
    assert all(is_plural(word) for word in plurals)
    assert not is_plural("olives")


def test_accents_that_are_typed_apart_stop_nothing():
    text = unicodedata.normalize("NFD", f"It rained. {QUOTED} the árbitro said.")
    result = statements(table(text, f"It shone. {QUOTED} Ann Orr said."))
    assert result.groups["article"].tolist() == ["a", "b"]


def test_a_source_that_is_left_out_as_furniture_names_nobody():
    text = f"It rained. {QUOTED} said the port of Reddin."
    at = text.index("port")
    left_out = pd.DataFrame({"article": ["a"], "start": [at], "end": [at + 4]})
    result = statements(
        table(text, f"It shone. {QUOTED} said the port."),
        speakers=NOBODY,
        furniture=left_out,
    )
    assert result.groups["article"].tolist() == ["a", "b"]


def test_who_speaks_is_nothing_that_a_printing_adds_to_the_record():
    said = "The old ferry will never leave the northern quay again"
    more = "its boiler burst in March and nobody has paid for another boiler since."
    text = f"“{said},” Mayor Lena Orr said at a conference. She added that {more}"
    added = text.replace("leave", "sadly leave")
    changes = statements(
        table(text, added), speakers=NOBODY, reference=f"ORR: {said}. I{more[1:]}"
    ).changes
    assert changes[["article", "text"]].to_numpy().tolist() == [["b", "sadly"]]


# Laws


def against_one(articles):
    """Hold six statements of each article against one reference."""
    text = " ".join(f"w{number}" for number in range(60))
    reference = printed_words("reference", text)
    return [
        Shared(
            Stretch(words, ((10 * at, 10 * at + 9),)),
            Stretch(reference, ((10 * at + number % 2, 10 * at + 9),)),
        )
        for number in range(articles)
        for words in [printed_words(f"a{number}", text)]
        for at in range(6)
    ]


def test_many_printings_of_a_record_are_put_together_without_holding_each_two(
    monkeypatch,
):
    held = []
    unite = groups._unite_overlapping

    def spied(parent, parts):
        held.append(len(parts))
        unite(parent, parts)

    monkeypatch.setattr(groups, "_unite_overlapping", spied)
    found = grouped(against_one(600))
    assert max(held) == 12  # stretches of the reference, of 3,600 pairs
    assert [len(group.pairs) for group in found] == [600] * 6


NAMES = st.sampled_from(
    ["Sudan", "Orr", "Ann Orr", "al-Aim", "May", "the lodge", "Kim Yo"]
)


@settings(max_examples=100)
@given(NAMES, NAMES)
def test_whether_two_differ_does_not_depend_on_their_order(one, other):
    assert differ(one, other) == differ(other, one)
    assert not differ(one, one)


@settings(max_examples=200)
@given(st.text("aO .,;\n“", max_size=40), st.integers(0, 40))
def test_clauses_are_parts_of_the_text_that_touch_the_offset(text, at):
    at = min(at, len(text))
    assert text[:at].rstrip(" ,").endswith(clause_before(text, at))
    assert text[at:].lstrip().startswith(clause_behind(text, at))
