"""Who is given a voice, in how many words: counts of speakers, and their tables."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import UnknownNameError
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of, read_corpus
from framelens.measure import combine, cues_table, speakers, speakers_table, terms
from framelens.measure.counts import NO_OUTLET
from framelens.measure.speakers import NOT_NAMED, NOT_STATED

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


def credited(articles, *rows):
    """Credit words by hand: article, words of the content, speaker, and what else."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    table = []
    for article, contents, speaker, *rest in rows:
        pieces = []
        for content in [contents] if isinstance(contents, str) else contents:
            start = texts[article].index(content)
            pieces.append([start, start + len(content)])
        row = {"article": article, "content": pieces, "speaker": speaker, "depth": 0}
        table.append(row | (rest[0] if rest else {}))
    return corpus_of(articles).correct(ledger=pd.DataFrame(table))


PAIR = articles_of(
    'Leo Brandt said that it rains. "We stay," he added.',
    'Mr Brandt denied that it was late. "Go home," officials said.',
    outlets=["Daily", "Herald"],
)
CREDIT = credited(
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
    counts = speakers(CREDIT)
    rows = counts.counts.set_index(["article", "voice", "item"])["k"].to_dict()
    assert rows == {
        ("a1", "indirect", "Leo Brandt"): 3,
        ("a1", "direct", "Leo Brandt"): 2,
        ("a2", "indirect", "Leo Brandt"): 4,
        ("a2", "direct", "officials"): 2,
    }
    assert counts.unit == "attributed words"
    totals = counts.totals.set_index(["article", "voice"])["n"].to_dict()
    assert totals["a1", "direct"] == 2
    assert totals["a2", "indirect"] == 4


def test_affiliations_gather_and_the_rest_is_not_stated():
    rows = speakers(CREDIT, by="affiliation").counts
    assert rows.groupby("item")["k"].sum().to_dict() == {"Atlantis": 4, NOT_STATED: 7}


def test_a_quotation_without_a_row_is_nobodys():
    corpus = credited(PAIR, ("a1", "that it rains", "Leo Brandt"))
    items = speakers(corpus).counts.groupby("item")["k"].sum().to_dict()
    assert items == {"Leo Brandt": 3, NOT_NAMED: 4}


def test_a_quotation_is_credited_as_a_whole():
    corpus = credited(PAIR.iloc[:1], ("a1", "stay", "Leo Brandt"))
    assert speakers(corpus).counts["k"].tolist() == [2]


def test_what_is_said_inside_anothers_words_counts_once():
    corpus = credited(
        articles_of("Ann said that Bob said that it rains."),
        ("a1", "that Bob said that it rains", "Ann"),
        ("a1", "that it rains", "Bob", {"depth": 1}),
    )
    assert speakers(corpus).counts["item"].tolist() == ["Ann"]
    assert speakers_table(corpus)["speaker"].tolist() == ["Ann"]


def test_of_two_contents_the_shorter_one_holds_a_word():
    corpus = credited(
        articles_of("Ann and Bob said that it rains in May."),
        ("a1", "that it rains in May", "Ann"),
        ("a1", "in May", "Bob"),
    )
    counts = speakers(corpus).counts
    assert counts.set_index("item")["k"].to_dict() == {"Ann": 3, "Bob": 2}


def test_by_the_marks_only_direct_words_are_credited():
    articles = articles_of('"We go," said Jane Doe. She said that it rains.')
    counts = speakers(corpus_of(articles, marks_only=True)).counts
    assert counts[["voice", "item", "k"]].to_numpy().tolist() == [
        ["direct", "Jane Doe", 2]
    ]


def test_evidence_is_the_words_that_were_counted():
    counts = speakers(CREDIT)
    found = counts.evidence("Leo Brandt")
    assert found["text"].tolist() == ["that it rains", '"We stay,"', "that it was late"]
    assert counts.evidence("Leo Brandt", voice="direct")["start"].tolist() == [31]
    assert counts.evidence("Leo Brandt", voice="own").empty
    with pytest.raises(UnknownNameError, match="did you mean 'Leo Brandt'"):
        counts.evidence("Leo Brand")


# Laws

NAMES = ["Mary Stone", "John Roe", None]
PIECES = st.sampled_from(
    ['"', "we go", "it rains", ".", "she said", "\n\n", "“now”", "\U0001f600", ","]
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)


@st.composite
def corpora(draw):
    """Corpora in which attributions are credited anywhere."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    articles = articles_of(*texts, outlets=["Daily", "Herald", "Post"][: len(texts)])
    rows = []
    for number in range(draw(st.integers(0, 5))):
        article = draw(st.integers(0, len(texts) - 1))
        edges = st.integers(0, len(texts[article]))
        start, end = sorted((draw(edges), draw(edges)))
        if start < end:
            speaker = draw(st.sampled_from(NAMES))
            rows.append((f"a{article + 1}", [[start, end]], speaker, number % 2))
    columns = ["article", "content", "speaker", "depth"]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return corpus_of(articles).correct(ledger=table)


@settings(max_examples=15, deadline=None)
@given(corpora())
def test_words_add_up_to_those_of_the_voices(corpus):
    said = corpus.voices[corpus.voices["voice"].isin(VOICES)]
    expected = {}
    rows = corpus.articles.itertuples()
    for article, start in [
        (r.article, s) for r in rows for s, _ in word_offsets(r.text)
    ]:
        for span in said[said["article"].eq(article)].itertuples():
            if span.start <= start < span.end:
                key = article, span.voice
                expected[key] = expected.get(key, 0) + 1
    counts = speakers(corpus)
    assert counts.totals.set_index(["article", "voice"])["n"].to_dict() == expected
    k = counts.counts.groupby(["article", "voice"])["k"].sum().to_dict()
    assert k == expected
    assert speakers_table(corpus)["words"].sum() == sum(expected.values())


@settings(max_examples=15, deadline=None)
@given(corpora())
def test_the_counts_and_the_table_agree(corpus):
    for by in ("speaker", "affiliation"):
        counts, table = speakers(corpus, by=by), speakers_table(corpus, by=by)
        rows = counts.table.set_index(["item", "outlet"])
        words_of = table.set_index([by, "outlet"])["words"]
        assert words_of[words_of > 0].to_dict() == rows["k"][rows["k"] > 0].to_dict()
        for (item, outlet), share in rows["share"].items():
            shown = table.set_index([by, "outlet"])["share"][item, outlet]
            assert shown == pytest.approx(share, nan_ok=True)
        for item in counts.counts["item"].unique():
            places = counts.evidence(item)
            assert len(places) > 0


@settings(max_examples=12, deadline=None)
@given(corpora())
def test_the_counts_of_the_whole_are_the_sum_of_those_of_its_parts(corpus):
    whole = speakers(corpus)
    parts = combine(
        speakers(corpus.where(article=name)) for name in corpus.articles["article"]
    )
    pd.testing.assert_frame_equal(whole.counts, parts.counts)
    pd.testing.assert_frame_equal(whole.totals, parts.totals)


# The tables


def test_the_table_adds_the_ledger_up():
    rows = speakers_table(CREDIT).set_index(["speaker", "outlet"])
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
    corpus = credited(
        articles_of("Ann said A, denied B, denied C and vowed D."),
        ("a1", "A", "Ann", {"cue_class": "neutral"}),
        ("a1", "B", "Ann", {"cue_class": "denying"}),
        ("a1", "C", "Ann", {"cue_class": "denying"}),
        ("a1", "D", "Ann"),
    )
    assert speakers_table(corpus)["cue_classes"].tolist() == ["denying 2; neutral 1"]


def test_who_denies_in_which_outlet_only_is_told():
    rows = cues_table(CREDIT).set_index(["speaker", "cue_class"])
    assert rows.loc[("Leo Brandt", "denying"), "only_in"] == "Herald"
    assert rows.loc[("Leo Brandt", "neutral"), "attributions"] == 2
    both = CREDIT.correct(ledger=CREDIT.ledger.assign(cue_class="neutral"))
    again = cues_table(both)
    assert again[again["speaker"].eq("Leo Brandt")]["only_in"].isna().all()
    assert cues_table(CREDIT.where(outlet="Daily"))["only_in"].isna().all()


def test_several_speakers_in_one_are_heard_where_each_of_them_is():
    corpus = credited(
        articles_of("Said A.", "Said A. Said B.", outlets=["Daily", "Herald"]),
        ("a1", "A", "Ann; Bob", {"cue_class": "denying"}),
        ("a2", "A", "Ann", {"cue_class": "denying"}),
        ("a2", "B", "Eve; Ann", {"cue_class": "neutral"}),
    )
    rows = speakers_table(corpus).drop_duplicates("speaker")
    only = rows.set_index("speaker")["heard_only_in"].to_dict()
    assert only == {"Ann": None, "Ann; Bob": "Daily", "Eve; Ann": "Herald"}
    cues = cues_table(corpus)
    denied = cues[cues["cue_class"].eq("denying")]
    assert denied["speaker"].tolist() == ["Ann", "Ann", "Bob"]
    assert denied["only_in"].fillna("").tolist() == ["", "", "Daily"]


def test_an_outlet_that_gives_nobody_a_voice_has_no_share():
    articles = articles_of("Ann said A.", "Nothing.", outlets=["Daily", None])
    rows = speakers_table(credited(articles, ("a1", "A", "Ann")))
    assert rows["outlet"].tolist() == [NO_OUTLET, "Daily"]
    assert rows["share"].isna().tolist() == [True, False]


# The shipped articles


@pytest.fixture(scope="module")
def shipped():
    return read_corpus("data/articles.csv", actors="data/actors.csv")


def test_irans_ambassador_has_one_word_in_marks_in_one_article_and_none_in_the_other(
    shipped,
):
    pair = shipped.where(article=["000", "001"])
    rows = speakers_table(pair).set_index(["speaker", "outlet"])
    iravani = rows.loc["Amir Saeid Iravani"]
    assert iravani.loc["The National", "direct_words"] == 1
    assert iravani.loc["Mehr News Agency", "words"] == 0
    assert iravani["heard_only_in"].eq("The National").all()
    share = rows["direct_words"] / rows.groupby("outlet")["direct_words"].transform(
        "sum"
    )
    assert share["Dmitry Polyanskiy", "Mehr News Agency"] > 0.9


def test_direct_words_are_those_between_the_marks(shipped):
    ours = speakers(shipped).totals
    ours = ours[ours["voice"].eq("direct")].set_index("article")["n"]
    theirs = terms(corpus_of(shipped.articles, marks_only=True)).totals
    theirs = theirs[theirs["voice"].eq("direct")].set_index("article")["n"]
    pd.testing.assert_series_equal(ours, theirs, check_names=False)


@pytest.mark.parametrize("count", [speakers, speakers_table, cues_table])
def test_another_grouping_is_refused(count):
    with pytest.raises(UnknownNameError, match="grouping"):
        count(CREDIT, by="party")
