"""Who is given a voice, in how many words: counts, their table, and the ledger."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.annotate import attribution_table, voices, words
from framelens.annotate import speakers as find_speakers
from framelens.annotate.attributions import spans_of
from framelens.measure import (
    LEDGER_COLUMNS,
    combine,
    cues_table,
    ledger,
    speakers,
    speakers_table,
    terms,
)
from framelens.measure.speakers import NOT_NAMED, NOT_STATED
from framelens.measure.speakers_table import NO_OUTLET
from framelens.read import read_articles

ROOT = Path(__file__).resolve().parent.parent
VOICES = ["direct", "indirect"]


def articles_of(*texts, outlets=None, events=None):
    return pd.DataFrame(
        {
            "article": [f"a{number}" for number, _ in enumerate(texts, start=1)],
            "outlet": outlets or ["Daily"] * len(texts),
            "event": events or ["e"] * len(texts),
            "text": list(texts),
        },
        dtype=object,
    )


def spoken(articles, *rows):
    """Credit words by hand: article, words of the content, speaker, and what else."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    table = []
    for number, (article, contents, speaker, *rest) in enumerate(rows, start=1):
        pieces = []
        for one in [contents] if isinstance(contents, str) else contents:
            start = texts[article].index(one)
            pieces.append([start, start + len(one)])
        told = {
            "article": article,
            "annotation": f"{article}:a{number}",
            "content": pieces,
            "source": None,
            "cue": None,
            "kind": "indirect",
            "depth": 0,
            "probability": 1.0,
            "speaker": speaker,
            "affiliation": None,
            "anonymous": False,
            "cue_text": None,
            "cue_class": None,
        }
        table.append(told | (rest[0] if rest else {}))
    return pd.DataFrame(table)


PAIR = articles_of(
    'Leo Brandt said that it rains. "We stay," he added.',
    'Mr Brandt denied that it was late. "Go home," officials said.',
    outlets=["Daily", "Herald"],
)
CREDIT = spoken(
    PAIR,
    ("a1", "that it rains", "Leo Brandt", {"cue_class": "neutral"}),
    ("a1", '"We stay,"', "Leo Brandt", {"cue_class": "neutral"}),
    (
        *("a2", "that it was late", "Brandt"),
        {"cue_class": "denying", "affiliation": "Atlantis"},
    ),
    ("a2", '"Go home,"', "officials", {"anonymous": True}),
)


# What is counted


def test_words_are_counted_by_voice():
    counts = speakers(PAIR, spoken=CREDIT)
    rows = counts.counts.set_index(["article", "voice", "item"])["k"].to_dict()
    assert rows == {
        ("a1", "indirect", "Leo Brandt"): 3,
        ("a1", "direct", "Leo Brandt"): 2,
        ("a2", "indirect", "Brandt"): 4,
        ("a2", "direct", "officials"): 2,
    }
    assert counts.unit == "attributed words"
    totals = counts.totals.set_index(["article", "voice"])["n"].to_dict()
    assert totals["a1", "direct"] == 2
    assert totals["a2", "indirect"] == 4


def test_affiliations_gather_and_the_rest_is_not_stated():
    rows = speakers(PAIR, by="affiliation", spoken=CREDIT).counts
    assert rows.groupby("item")["k"].sum().to_dict() == {"Atlantis": 4, NOT_STATED: 7}


def test_a_quotation_without_a_row_is_nobodys():
    counts = speakers(PAIR, spoken=CREDIT.iloc[:1])
    told = counts.counts.groupby("item")["k"].sum().to_dict()
    assert told == {"Leo Brandt": 3, NOT_NAMED: 4}
    assert ledger(PAIR, spoken=CREDIT.iloc[:1])["direct_words"].tolist() == [0, 2, 2]


def test_a_quotation_is_credited_as_a_whole():
    part = spoken(PAIR, ("a1", "stay", "Leo Brandt"))
    assert speakers(PAIR.iloc[:1], spoken=part).counts["k"].tolist() == [2]


def test_what_is_said_inside_anothers_words_counts_once():
    articles = articles_of("Ann said that Bob said that it rains.")
    inner = {"depth": 1, "cue_class": "neutral"}
    table = spoken(
        articles,
        ("a1", "that Bob said that it rains", "Ann"),
        ("a1", "that it rains", "Bob", inner),
    )
    assert speakers(articles, spoken=table).counts["item"].tolist() == ["Ann"]
    rows = ledger(articles, spoken=table)
    assert rows["speaker"].tolist() == ["Ann", "Bob"]
    assert rows["indirect_words"].tolist() == [6, 0]
    assert rows["depth"].tolist() == [0, 1]
    assert speakers_table(articles, spoken=table)["speaker"].tolist() == ["Ann"]


def test_of_two_contents_the_shorter_one_holds_a_word():
    articles = articles_of("Ann and Bob said that it rains in May.")
    table = spoken(
        articles,
        ("a1", "that it rains in May", "Ann"),
        ("a1", "in May", "Bob"),
    )
    counts = speakers(articles, spoken=table).counts
    assert counts.set_index("item")["k"].to_dict() == {"Ann": 3, "Bob": 2}


def test_furniture_is_left_out():
    line = "Jane Doe said that the bridge is safe."
    articles = articles_of(f"{line}\n\n{line}\n\nNothing else happened on that day.")
    table = spoken(articles, ("a1", "that the bridge is safe", "Jane Doe"))
    again = table.assign(content=[[[54, 77]]], annotation="a1:a2")
    twice = pd.concat([table, again])
    rows = ledger(articles, spoken=twice)
    assert len(rows) == 1
    assert rows["indirect_words"].tolist() == [5]


def test_a_table_of_quotations_alone_gives_direct_words_alone():
    articles = articles_of('"We go," Ann said. She said that it rains.')
    quoted = find_speakers(articles).assign(speaker="Ann")
    counts = speakers(articles, spoken=quoted)
    assert counts.counts[["voice", "k"]].to_numpy().tolist() == [["direct", 2]]
    row = ledger(articles, spoken=quoted).iloc[0]
    assert (row["text"], row["cue_class"], row["kind"]) == (
        '"We go,"',
        "neutral",
        "direct",
    )


def test_what_the_command_writes_can_be_read_again(tmp_path):
    kept = ["article", "content", "source", "cue", "kind", "speaker", "affiliation"]
    path = tmp_path / "told.jsonl"
    CREDIT[[*kept, "cue_class", "depth"]].to_json(path, orient="records", lines=True)
    told = pd.read_json(path, lines=True, dtype={"article": str})
    counts = speakers(PAIR, spoken=told)
    pd.testing.assert_frame_equal(counts.counts, speakers(PAIR, spoken=CREDIT).counts)
    words = ledger(PAIR, spoken=told)["indirect_words"].sum()
    assert words == ledger(PAIR, spoken=CREDIT)["indirect_words"].sum()


def test_occurrences_are_the_words_that_were_counted():
    counts = speakers(PAIR, spoken=CREDIT)
    found = counts.find(PAIR, "Leo Brandt")
    assert found["text"].tolist() == ["that it rains", '"We stay,"']
    assert counts.find(PAIR, "Leo Brandt", voice="direct")["start"].tolist() == [31]
    assert counts.find(PAIR, "Leo Brandt", voice="own").empty


# Laws

NAMES = ["Mary Stone", "John Roe", None]
PIECES = st.sampled_from(
    ['"', "we go", "it rains", ".", "she said", "\n\n", "“now”", "\U0001f600", ","]
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)


@st.composite
def credited(draw):
    """Texts, and attributions with contents anywhere in them."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    articles = articles_of(*texts, outlets=["Daily", "Herald", "Post"][: len(texts)])
    rows = []
    for number in range(draw(st.integers(0, 5))):
        article = draw(st.integers(0, len(texts) - 1))
        if not texts[article]:
            continue
        edges = st.integers(0, len(texts[article]))
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            speaker = draw(st.sampled_from(NAMES))
            rows.append((f"a{article + 1}", start, end, speaker, number % 2))
    table = pd.DataFrame(
        {
            "article": [one[0] for one in rows],
            "annotation": [f"n{place}" for place, _ in enumerate(rows)],
            "content": [[[one[1], one[2]]] for one in rows],
            "source": None,
            "cue": None,
            "kind": "indirect",
            "depth": [one[4] for one in rows],
            "probability": 1.0,
            "speaker": pd.Series([one[3] for one in rows], dtype=object),
            "affiliation": None,
            "anonymous": False,
            "cue_text": None,
            "cue_class": None,
        }
    )
    return articles, table


@settings(max_examples=15, deadline=None)
@given(credited())
def test_words_add_up_to_those_of_the_voices(given):
    articles, table = given
    divided = voices(articles, attributions=spans_of(table))
    said = divided[divided["voice"].isin(VOICES)]
    expected = {
        (article, voice): 0 for article in articles["article"] for voice in VOICES
    }
    for word in words(articles).itertuples():
        here = said[said["article"].eq(word.article)]
        for one in here.itertuples():
            if one.start <= word.start < one.end:
                expected[word.article, one.voice] += 1
    expected = {key: n for key, n in expected.items() if n}
    counts = speakers(articles, spoken=table)
    assert counts.totals.set_index(["article", "voice"])["n"].to_dict() == expected
    k = counts.counts.groupby(["article", "voice"])["k"].sum().to_dict()
    assert k == expected
    rows = ledger(articles, spoken=table)
    for voice in VOICES:
        told = rows.groupby("article")[f"{voice}_words"].sum()
        for article in articles["article"]:
            assert told.get(article, 0) == expected.get((article, voice), 0)
    totals = speakers_table(articles, spoken=table)
    assert totals["words"].sum() == sum(expected.values())
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for one in rows.itertuples():
        assert texts[one.article][one.start : one.end] == one.text
        assert 0 <= one.position < 1


@settings(max_examples=12, deadline=None)
@given(credited())
def test_the_counts_of_the_whole_are_the_sum_of_those_of_its_parts(given):
    articles, table = given
    whole = speakers(articles, spoken=table)
    rows = [articles.iloc[[row]] for row in range(len(articles))]
    parts = combine([speakers(one, spoken=table) for one in rows])
    pd.testing.assert_frame_equal(whole.counts, parts.counts)
    pd.testing.assert_frame_equal(whole.totals, parts.totals)


# The ledger and its totals


def test_the_ledger_says_who_hands_over_what_and_where():
    rows = ledger(PAIR, spoken=CREDIT)
    assert list(rows.columns) == LEDGER_COLUMNS
    denied = rows.query("cue_class == 'denying'").iloc[0]
    assert (denied["speaker"], denied["outlet"]) == ("Leo Brandt", "Herald")
    assert denied["text"] == "that it was late"
    assert denied["position"] == pytest.approx(17 / len(PAIR["text"][1]))
    assert rows["anonymous"].tolist() == [False, False, False, True]


def test_the_table_adds_the_ledger_up():
    rows = speakers_table(PAIR, spoken=CREDIT).set_index(["speaker", "outlet"])
    brandt = rows.loc["Leo Brandt"]
    assert brandt["words"].to_dict() == {"Daily": 5, "Herald": 4}
    assert brandt["attributions"].to_dict() == {"Daily": 2, "Herald": 1}
    assert brandt["cue_classes"].to_dict() == {
        "Daily": "neutral 2",
        "Herald": "denying 1",
    }
    assert brandt["share"].to_dict() == pytest.approx({"Daily": 1, "Herald": 4 / 6})
    assert brandt["heard_only_in"].isna().all()
    officials = rows.loc["officials"]
    assert officials["words"].to_dict() == {"Daily": 0, "Herald": 2}
    assert officials["anonymous"].all()
    assert officials["heard_only_in"].eq("Herald").all()
    assert pd.isna(officials.loc["Daily", "first"])
    assert pd.isna(officials.loc["Daily", "cue_classes"])


def test_classes_of_cues_are_told_the_most_frequent_first():
    articles = articles_of("Ann said A, denied B, denied C and vowed D.")
    table = spoken(
        articles,
        ("a1", "A", "Ann", {"cue_class": "neutral"}),
        ("a1", "B", "Ann", {"cue_class": "denying"}),
        ("a1", "C", "Ann", {"cue_class": "denying"}),
        ("a1", "D", "Ann"),
    )
    told = speakers_table(articles, spoken=table)["cue_classes"].tolist()
    assert told == ["denying 2; neutral 1"]


def test_who_denies_in_which_outlet_only_is_told():
    rows = cues_table(ledger(PAIR, spoken=CREDIT)).set_index(["speaker", "cue_class"])
    assert rows.loc[("Leo Brandt", "denying"), "only_in"] == "Herald"
    assert rows.loc[("Leo Brandt", "neutral"), "attributions"] == 2
    both = pd.concat([ledger(PAIR, spoken=CREDIT).assign(cue_class="neutral")])
    again = cues_table(both[both["speaker"].eq("Leo Brandt")])
    assert again["only_in"].isna().all()
    alone = cues_table(ledger(PAIR.iloc[:1], spoken=CREDIT))
    assert alone["only_in"].isna().all()
    with pytest.raises(ColumnError, match="cue_class"):
        cues_table(both.drop(columns="cue_class"))
    with pytest.raises(ColumnError, match=r"measure\.ledger\(articles\), not articles"):
        cues_table(PAIR)


def test_several_speakers_in_one_are_heard_where_each_of_them_is():
    articles = articles_of("Said A.", "Said A. Said B.", outlets=["Daily", "Herald"])
    table = spoken(
        articles,
        ("a1", "A", "Ann; Bob", {"cue_class": "denying"}),
        ("a2", "A", "Ann", {"cue_class": "denying"}),
        ("a2", "B", "Eve; Ann", {"cue_class": "neutral"}),
    )
    rows = speakers_table(articles, spoken=table).drop_duplicates("speaker")
    only = rows.set_index("speaker")["heard_only_in"].to_dict()
    assert only == {"Ann": None, "Ann; Bob": "Daily", "Eve; Ann": "Herald"}
    cues = cues_table(ledger(articles, spoken=table))
    denied = cues[cues["cue_class"].eq("denying")]
    assert denied["speaker"].tolist() == ["Ann", "Ann", "Bob"]
    assert denied["only_in"].fillna("").tolist() == ["", "", "Daily"]


def test_an_outlet_that_gives_nobody_a_voice_has_no_share():
    articles = articles_of("Ann said A.", "Nothing.", outlets=["Daily", None])
    rows = speakers_table(articles, spoken=spoken(articles, ("a1", "A", "Ann")))
    assert rows["outlet"].tolist() == [NO_OUTLET, "Daily"]
    assert rows["share"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("names", "events"),
    [
        (["Leo Brandt", "Brandt", "Mia Brandt"], ["e", "e", "e"]),
        (["Leo Brandt", "Brandt", "Mia Stone"], ["e", "f", "e"]),
        (["Ann Lee; Leo Brandt", "Brandt", "Mia Stone"], ["e", "e", "e"]),
        (["Harbour Board", "Board", "Ann Lee"], ["e", "e", "e"]),
    ],
)
def test_a_name_that_may_be_another_ones_is_left(names, events):
    articles = articles_of("Said A.", "Said A.", "Said A.", events=events)
    rows = [(f"a{n}", "A", name) for n, name in enumerate(names, start=1)]
    found = speakers_table(articles, spoken=spoken(articles, *rows))["speaker"]
    assert set(names) == set(found)


# The shipped articles


@pytest.fixture(scope="module")
def shipped():
    articles = read_articles(ROOT / "data/articles.csv").articles
    return articles, attribution_table(articles, actors=ROOT / "data/actors.csv")


def test_irans_ambassador_has_one_word_in_marks_in_one_article_and_none_in_the_other(
    shipped,
):
    articles, table = shipped
    pair = articles[articles["article"].isin(["000", "001"])]
    rows = speakers_table(pair, spoken=table).set_index(["speaker", "outlet"])
    iravani = rows.loc["Amir Saeid Iravani"]
    assert iravani.loc["The National", "direct_words"] == 1
    assert iravani.loc["Mehr News Agency", "words"] == 0
    assert iravani["heard_only_in"].eq("The National").all()
    share = rows["direct_words"] / rows.groupby("outlet")["direct_words"].transform(
        "sum"
    )
    assert share["Dmitry Polyanskiy", "Mehr News Agency"] > 0.9


def test_direct_words_are_those_between_the_marks(shipped):
    articles, table = shipped
    ours = speakers(articles, spoken=table).totals
    ours = ours[ours["voice"].eq("direct")].set_index("article")["n"]
    theirs = terms(articles, voices=voices(articles, attributions="none")).totals
    theirs = theirs[theirs["voice"].eq("direct")].set_index("article")["n"]
    pd.testing.assert_series_equal(ours, theirs, check_names=False)


# What is refused, and what stays as it is


@pytest.mark.parametrize("count", [speakers, speakers_table])
def test_another_grouping_is_refused(count):
    with pytest.raises(UnknownNameError, match="grouping"):
        count(PAIR, by="party", spoken=CREDIT)


def test_a_table_that_lacks_a_column_or_does_not_fit_is_refused():
    with pytest.raises(ColumnError, match="speaker"):
        speakers(PAIR, spoken=CREDIT.drop(columns="speaker"))
    with pytest.raises(ColumnError, match="affiliation"):
        ledger(PAIR, spoken=CREDIT.drop(columns="affiliation"))
    with pytest.raises(InputError, match="900"):
        ledger(PAIR, spoken=CREDIT.assign(content=[[[0, 900]]] * 4))


def test_inputs_are_left_alone():
    articles, table = PAIR.copy(deep=True), CREDIT.copy(deep=True)
    for count in (speakers, speakers_table, ledger):
        count(articles, spoken=table)
    pd.testing.assert_frame_equal(articles, PAIR)
    pd.testing.assert_frame_equal(table, CREDIT)


NUMBERED = PAIR.assign(article=["001", "002"])


@pytest.mark.parametrize("count", [speakers, speakers_table, ledger])
@pytest.mark.parametrize("named", [[1, 1, 2, 2], ["1", "1", "2", "2"]])
def test_identifiers_that_were_read_as_numbers_are_refused(count, named):
    table = CREDIT.assign(article=named)
    with pytest.raises(InputError, match=r"'001'.*dtype=\{'article': str\}"):
        count(NUMBERED, spoken=table)


def test_a_table_of_other_articles_is_let_through():
    other = CREDIT.assign(article="b7")
    assert set(speakers(NUMBERED, spoken=other).counts["item"]) == {NOT_NAMED}
    assert ledger(NUMBERED, spoken=CREDIT.iloc[:0])["speaker"].isna().all()


@pytest.mark.parametrize("count", [speakers, speakers_table, ledger])
def test_a_missing_depth_is_refused(count):
    table = CREDIT.assign(depth=[0, None, 0, 0])
    with pytest.raises(InputError, match="no depth in row 1, of article 'a1'"):
        count(PAIR, spoken=table)
    told = count(PAIR, spoken=CREDIT.assign(depth="0"))
    assert repr(told) == repr(count(PAIR, spoken=CREDIT))
