"""Who stands behind each attribution."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import ColumnError, FramelensError, InputError, UnknownNameError
from framelens.annotate import SPAN_COLUMNS, attributions, quotations
from framelens.annotate import attributions as mark
from framelens.annotate.attributions import spans_of
from framelens.annotate.credited import CREDITED_COLUMNS, credited
from framelens.read.stated import read_actors


def articles_of(*texts: str) -> pd.DataFrame:
    names = [f"00{number}" for number in range(len(texts))]
    return pd.DataFrame({"article": names, "text": texts}, dtype=object)


def attribution_table(
    articles: pd.DataFrame, *, attributions=None, actors=None
) -> pd.DataFrame:
    """Give who is credited, with what is not given computed."""
    return credited(
        articles,
        attributions=mark(articles) if attributions is None else attributions,
        quotations=quotations(articles),
        actors=None if actors is None else read_actors(actors),
    )


def marked(text: str, *told: dict[str, str | list[str]]) -> pd.DataFrame:
    """Mark attributions by hand; each is given as its words by role."""
    pieces = []
    for number, one in enumerate(told, start=1):
        for role, words in one.items():
            for piece in [words] if isinstance(words, str) else words:
                start = text.index(piece)
                pieces.append((start, start + len(piece), f"000:a{number}", role))
    contents = [one for one in pieces if one[3] == "content"]
    depth = {
        name: sum(a <= cue < b for a, b, other, _ in contents if other != name)
        for cue, _, name, role in pieces
        if role == "cue"
    }
    rows = []
    for start, end, name, role in pieces:
        kind = "direct" if text[start] in '"“' else "indirect"
        own = (kind, depth.get(name, 0), 1.0)
        rows.append(("000", start, end, "attribution", name, role, *own))
    return pd.DataFrame(rows, columns=[*SPAN_COLUMNS, "kind", "depth", "probability"])


def behind(text: str, *told: dict[str, str | list[str]], **options) -> pd.DataFrame:
    spans = marked(text, *told)
    return attribution_table(articles_of(text), attributions=spans, **options)


def only(text: str, source: str, **options) -> dict[str, object]:
    told = {"content": "that the bridge is safe", "cue": "said", "source": source}
    found = behind(text, told, **options)
    assert len(found) == 1
    return found.iloc[0].to_dict()


# Whom a source means

MEANT = [
    (
        "Jane Doe, the mayor, came. She said that the bridge is safe.",
        ("She", "Jane Doe", "pronoun", False),
    ),
    (
        "John Roe is the harbour master. Mr Roe said that the bridge is safe.",
        ("Mr Roe", "John Roe", "name", False),
    ),
    (
        "Sweden's ambassador Anna Lind came. The diplomat said that the bridge is "
        "safe.",
        ("The diplomat", "Anna Lind", "description", False),
    ),
    (
        "The Ministry of Transport closed the road. The ministry said that the bridge "
        "is safe.",
        ("The ministry", "Ministry of Transport", "description", False),
    ),
    (
        "Moscow said that the bridge is safe.",
        ("Moscow", "Russia", "name", False),
    ),
    (
        "The US said that the bridge is safe.",
        ("The US", "United States", "name", False),
    ),
    (
        "Spain came. The US left after it said that the bridge is safe.",
        ("it", "United States", "pronoun", False),
    ),
    (
        "The French foreign minister, Anna Lind, said that the bridge is safe.",
        ("The French foreign minister, Anna Lind,", "Anna Lind", "name", False),
    ),
    (
        "The speaker of the lower house of the country, Anna Lind, said that the "
        "bridge is safe.",
        (
            "The speaker of the lower house of the country, Anna Lind",
            "Anna Lind",
            "name",
            False,
        ),
    ),
    (
        "Anna Lind, who said that the bridge is safe, left on Monday.",
        ("who", "Anna Lind", "name", False),
    ),
    (
        "Jane Doe and John Roe said that the bridge is safe.",
        ("Jane Doe and John Roe", "Jane Doe; John Roe", "name", False),
    ),
    (
        "Spain, France and Italy said that the bridge is safe.",
        ("Spain, France and Italy", "Spain; France; Italy", "name", False),
    ),
    (
        "A spokesman for Jane Doe said that the bridge is safe.",
        ("A spokesman for Jane Doe", "spokesman for Jane Doe", "as printed", True),
    ),
    (
        "Experts said that the bridge is safe.",
        ("Experts", "experts", "as printed", True),
    ),
    (
        "A senior official said that the bridge is safe.",
        ("A senior official", "senior official", "as printed", True),
    ),
    (
        "Officials closed the road. They said that the bridge is safe.",
        ("They", "officials", "pronoun", True),
    ),
    (
        "Senior officials said that the bridge is safe.",
        ("Senior officials", "senior officials", "as printed", True),
    ),
    (
        "Pia Holm of the dockers’ union said that the bridge is safe.",
        (*["Pia Holm of the dockers’ union"] * 2, "name", False),
    ),
    (
        "MR PRICE said that the bridge is safe.",
        ("MR PRICE", "PRICE", "name", False),
    ),
    (
        "\x00Jane Lake\x00 said that the bridge is safe.",
        ("\x00Jane Lake\x00", "Jane Lake", "name", False),
    ),
    (
        "👩‍🚒 said that the bridge is safe.",
        ("👩‍🚒", None, None, False),
    ),
    (
        "Police said that the bridge is safe.",
        ("Police", "police", "name", False),
    ),
    (
        "Jane Doe spoke. The survey said that the bridge is safe.",
        ("The survey", "survey", "as printed", False),
    ),
    (
        "U.S. media said that the bridge is safe.",
        ("U.S. media", "U.S. media", "name", True),
    ),
    (
        "A poll said that the bridge is safe.",
        ("A poll", "poll", "as printed", False),
    ),
    (
        "The ambassador to the United Nations Jane Doe said that the bridge is safe.",
        ("The ambassador to the United Nations Jane Doe", "Jane Doe", "name", False),
    ),
    (
        "The mayor said that the bridge is safe.",
        ("The mayor", "mayor", "as printed", False),
    ),
    (
        "Some said that the bridge is safe.",
        ("Some", None, None, True),
    ),
    (
        "The statement said that the bridge is safe.",
        ("The statement", "statement", "as printed", False),
    ),
    (
        "We said that the bridge is safe.",
        ("We", None, None, False),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[one[1][0] for one in MEANT])
def test_whom_a_source_means(text, meant):
    surface, speaker, resolved_by, anonymous = meant
    found = only(text, surface)
    assert (found["source_text"], found["speaker"]) == (surface, speaker)
    assert (found["resolved_by"], found["anonymous"]) == (resolved_by, anonymous)


@pytest.mark.parametrize(
    ("text", "source", "affiliation"),
    [
        ("Sweden's minister Anna Lind said that the bridge is safe.", "Anna Lind",
         "Sweden"),
        ("Jane Doe, a spokeswoman for the Herald, said that the bridge is safe.",
         "Jane Doe, a spokeswoman for the Herald", "Herald"),
        ("Spain and Italy said that the bridge is safe.", "Spain and Italy",
         "Spain; Italy"),
        ("Jane Doe and Italy said that the bridge is safe.", "Jane Doe and Italy",
         None),
        ("Jane Doe said that the bridge is safe.", "Jane Doe", None),
    ],
)  # fmt: skip
def test_whose_a_speaker_is(text, source, affiliation):
    assert only(text, source)["affiliation"] == affiliation


def test_i_and_we_are_those_who_say_it():
    text = "Sweden's minister Anna Lind said: “I hope that we win. We want peace.”"
    found = behind(
        text,
        {
            "content": "“I hope that we win. We want peace.”",
            "cue": "said",
            "source": "Anna Lind",
        },
        {"content": "that we win", "cue": "hope", "source": "I"},
        {"content": "peace", "cue": "want", "source": "We"},
    )
    assert found["speaker"].tolist() == ["Anna Lind", "Anna Lind", "Sweden"]
    assert found["affiliation"].tolist() == ["Sweden"] * 3
    assert found["resolved_by"].tolist() == ["name", "first person", "first person"]


def test_we_of_somebody_who_belongs_nowhere_stays_missing():
    text = "Jane Doe said: “We want peace.”"
    found = behind(
        text,
        {"content": "“We want peace.”", "cue": "said", "source": "Jane Doe"},
        {"content": "peace", "cue": "want", "source": "We"},
    )
    assert found["speaker"].tolist() == ["Jane Doe", None]
    assert found["source_text"].tolist() == ["Jane Doe", "We"]


def test_inside_quotation_marks_a_pronoun_stays_missing():
    text = "John Roe left. Jane Doe said: “He wants peace.”"
    found = behind(
        text,
        {"content": "“He wants peace.”", "cue": "said", "source": "Jane Doe"},
        {"content": "peace", "cue": "wants", "source": "He"},
    )
    assert found["speaker"].tolist() == ["Jane Doe", None]


def test_a_statement_is_of_whoever_spoke_before():
    text = "Jane Doe said that it rained. The statement added that roads were wet."
    found = behind(
        text,
        {"content": "that it rained", "cue": "said", "source": "Jane Doe"},
        {
            "content": "that roads were wet",
            "cue": "added",
            "source": "The statement",
        },
    )
    assert found["speaker"].tolist() == ["Jane Doe", "Jane Doe"]
    assert found["resolved_by"].tolist() == ["name", "description"]


def test_a_quotation_without_source_has_the_speaker_that_the_rules_find():
    text = '"We go on," said Jane Doe. "Always."'
    found = behind(
        text,
        {"content": '"We go on,"', "cue": "said", "source": "Jane Doe"},
        {"content": '"Always."'},
    )
    assert found["speaker"].tolist() == ["Jane Doe", "Jane Doe"]
    assert found["resolved_by"].tolist()[1] == "carried on from the quotation before"
    row = found.iloc[1]
    assert [row[name] for name in ("source", "cue", "source_text", "cue_text")] == [
        None
    ] * 4
    assert row["cue_class"] is None


# The analyst's table

ACTORS = pd.DataFrame(
    [
        ("the premier", "Jane Doe", "Atlantis", ""),
        ("Moscow", "Moscow city hall", "Moscow", ""),
        ("Ann Lee", "Anna Lind", "", ""),
        ("a crowd", "", "", ""),
    ],
    columns=["alias", "actor", "affiliation", "role"],
)


@pytest.mark.parametrize(
    ("text", "source", "who"),
    [
        ("The premier said that the bridge is safe.", "The premier",
         ("Jane Doe", "Atlantis", "actors table")),
        ("Moscow said that the bridge is safe.", "Moscow",
         ("Moscow city hall", "Moscow", "actors table")),
        ("Ann Lee came. She said that the bridge is safe.", "She",
         ("Anna Lind", None, "actors table")),
        ("A crowd said that the bridge is safe.", "A crowd",
         (None, None, "actors table")),
        ("John Roe said that the bridge is safe.", "John Roe",
         ("John Roe", None, "name")),
    ],
)  # fmt: skip
def test_the_analysts_table_wins(text, source, who):
    found = only(text, source, actors=ACTORS)
    assert tuple(found[one] for one in ("speaker", "affiliation", "resolved_by")) == who


def test_whom_the_table_names_is_not_anonymous():
    text = "A senior official said that the bridge is safe."
    actors = ACTORS.assign(alias=["a senior official", "b", "c", "d"])
    assert only(text, "A senior official")["anonymous"]
    assert not only(text, "A senior official", actors=actors)["anonymous"]


def test_what_the_table_leaves_blank_comes_from_the_text():
    text = "Sweden's minister Anna Lind said that the bridge is safe."
    actors = ACTORS.assign(alias=["a", "b", "Anna Lind", "d"])
    found = only(text, "Anna Lind", actors=actors)
    assert (found["speaker"], found["affiliation"]) == ("Anna Lind", "Sweden")
    assert found["resolved_by"] == "name"


# With the reader

PLAIN = [
    "Jane Doe, the mayor, came. She said that the bridge is safe.",
    "The minister denied that the bridge is safe.",
    '"The bridge is safe," Jane Doe said. "We checked it twice."',
]


def test_plain_sentences_from_text_to_speaker():
    found = attribution_table(articles_of(*PLAIN))
    assert found.columns.tolist() == CREDITED_COLUMNS
    assert found["article"].tolist() == ["000", "001", "002"]
    assert found["annotation"].tolist() == ["000:a1", "001:a1", "002:a1"]
    assert found["speaker"].tolist() == ["Jane Doe", "minister", "Jane Doe"]
    assert found["source_text"].tolist() == ["She", "The minister", "Jane Doe"]
    assert found["cue_text"].tolist() == ["said", "denied", "said"]
    assert found["cue_class"].tolist() == ["neutral", "denying", "neutral"]
    assert found["kind"].tolist() == ["indirect", "indirect", "direct"]
    assert found["content"].tolist()[2] == [[0, 21], [37, 59]]


def test_an_article_without_attributions_and_no_article_at_all():
    empty = articles_of("The bridge opened in May. It is 40 metres long.", "")
    for some in (empty, empty.iloc[:0]):
        found = attribution_table(some)
        assert found.columns.tolist() == CREDITED_COLUMNS
        assert len(found) == 0
        assert found["depth"].dtype == "int64"
        assert found["anonymous"].dtype == bool


def test_nothing_given_is_changed():
    table, actors = articles_of(*PLAIN), ACTORS.copy()
    spans = attributions(table)
    before = [table.copy(), spans.copy(), actors.copy()]
    attribution_table(table, attributions=spans, actors=actors)
    for given_, copied in zip((table, spans, actors), before, strict=True):
        pd.testing.assert_frame_equal(given_, copied)


def test_the_order_of_the_spans_does_not_matter():
    table = articles_of(*PLAIN)
    spans = attributions(table)
    shuffled = spans.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(
        attribution_table(table, attributions=shuffled),
        attribution_table(table, attributions=spans),
    )


PARTS = [
    *("said", "“We stay,”", "the mayor", "Ms Lake", ".", "\n\n", "that", "it rains"),
    *("according to", "Q:", "MR PRICE:", "denied", '"', "and", "\U0001f600", "she"),
    *("I", "told us", "Spain", ", who"),
]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=30), min_size=1, max_size=2))
@settings(max_examples=15, deadline=None)
def test_every_attribution_is_one_row_with_its_own_words(parts):
    table = articles_of(*(" ".join(one) for one in parts))
    texts = dict(zip(table["article"], table["text"], strict=True))
    spans = attributions(table)
    found = attribution_table(table, attributions=spans)
    own = found["probability"].isna()
    assert set(found.loc[~own, "annotation"]) == set(spans["annotation"])
    assert found["annotation"].is_unique
    told = {
        (one.annotation, one.role, one.start, one.end) for one in spans.itertuples()
    }
    rows = set()
    for one in found.itertuples():
        text = texts[one.article]
        for role in ("content", "source", "cue"):
            pieces = getattr(one, role) or []
            assert pieces == sorted(pieces)
            rows |= {(one.annotation, role, *piece) for piece in pieces}
        for words, pieces in ((one.source_text, one.source), (one.cue_text, one.cue)):
            slices = " ".join(text[a:b] for a, b in pieces) if pieces else None
            assert words == slices
        assert (one.speaker is None) <= (one.affiliation is None)
    assert told <= rows
    assert {one[1] for one in rows - told} <= {"content", "source", "cue"}
    outer = found[found["depth"].eq(0)]
    for one in quotations(table).query("kind == 'speech' and depth == 0").itertuples():
        pieces = [
            piece
            for several in outer.loc[outer["article"].eq(one.article), "content"]
            for piece in several
        ]
        assert any(start < one.end and one.start < end for start, end in pieces)


# Quotations that no attribution holds

LOOSE = (
    '"We go," Jane Doe said. John Roe said that it rains. '
    '"It is late," he added. "Yes."'
)
RAINS = {"content": "that it rains", "cue": "said that", "source": "John Roe"}


def test_a_quotation_without_an_attribution_is_a_row_by_the_rules():
    found = behind(LOOSE, RAINS).set_index("annotation")
    assert list(found.index) == ["000:q1", "000:a1", "000:q2"]
    first = found.loc["000:q1"]
    assert (first["source_text"], first["cue_text"], first["kind"]) == (
        "Jane Doe",
        "said",
        "direct",
    )
    assert found["speaker"].tolist() == ["Jane Doe", "John Roe", "John Roe"]
    assert found["probability"].isna().tolist() == [True, False, True]


def test_a_quotation_that_carries_one_on_joins_its_attribution():
    found = behind(LOOSE, RAINS).set_index("annotation")
    late, yes = LOOSE.index('"It'), LOOSE.index('"Yes')
    assert found.loc["000:q2", "content"] == [[late, late + 13], [yes, yes + 6]]
    told = {"content": '"It is late,"', "cue": "added", "source": "he"}
    row = behind(LOOSE, told).set_index("annotation").loc["000:a1"]
    assert row["content"] == [[late, late + 13], [yes, yes + 6]]
    assert row["kind"] == "direct"


def test_words_partly_in_marks_without_a_source_are_whose_the_rules_find():
    text = "Jane Doe came. The road is “not safe at all” for her, she said."
    told = {"content": "The road is “not safe at all” for her", "cue": "said"}
    spans = marked(text, told).assign(kind="mixed")
    found = attribution_table(articles_of(text), attributions=spans)
    assert found["speaker"].tolist() == ["Jane Doe"]
    spans = spans.assign(kind="indirect")
    found = attribution_table(articles_of(text), attributions=spans)
    assert found["speaker"].tolist() == [None]


def test_the_pieces_of_a_table_are_the_spans_it_was_made_from():
    spans = marked(LOOSE, RAINS)
    table = attribution_table(articles_of(LOOSE), attributions=spans)
    back = spans_of(table)
    again = attribution_table(articles_of(LOOSE), attributions=back)
    pd.testing.assert_frame_equal(again, table)
    with pytest.raises(InputError, match="lists"):
        spans_of(table.assign(content="0-4"))


# What is refused

SAFE = "Jane Doe said that the bridge is safe."
TOLD = {"content": "that the bridge is safe", "cue": "said", "source": "Jane Doe"}


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        (lambda spans: spans.drop(columns="kind"), ColumnError, "kind"),
        (lambda spans: spans.assign(end=900), InputError, "which has 38 characters"),
        (lambda spans: spans.assign(start=38, end=38), InputError, "no stretch"),
        (lambda spans: spans.assign(role="sorce"), UnknownNameError, "source"),
        (
            lambda spans: spans[spans["role"].ne("content")],
            InputError,
            "has no content",
        ),
    ],
)
def test_attributions_that_do_not_fit_are_refused_in_one_line(change, kind, message):
    spans = change(marked(SAFE, TOLD))
    with pytest.raises(kind, match=message) as caught:
        attribution_table(articles_of(SAFE), attributions=spans)
    assert isinstance(caught.value, FramelensError)
    assert "\n" not in str(caught.value)


def test_a_table_of_actors_that_is_not_there_is_refused():
    with pytest.raises(InputError, match=r"no table of actors at none\.csv"):
        attribution_table(articles_of(SAFE), actors="none.csv")


def test_attributions_of_other_articles_are_left_out():
    spans = marked(SAFE, TOLD).assign(article="other")
    assert len(attribution_table(articles_of(SAFE), attributions=spans)) == 0


def test_a_part_of_a_quotation_is_its_speaker_s():
    text = "Jane Doe said: “It rains in the north. We hope that the old dam holds.”"
    told = marked(text, {"content": "that the old dam holds", "cue": "hope"})
    told["kind"] = "direct"
    found = attribution_table(articles_of(text), attributions=told)
    hoped = found[found["cue_text"].eq("hope")]
    assert hoped["speaker"].tolist() == ["Jane Doe"]
