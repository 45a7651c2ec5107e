"""Documents, ledes, the article view, concordance and evidence."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.read.languages import language_note
from framelens.show import (
    Fragment,
    article_view,
    concordance,
    documents,
    evidence_list,
    ledes,
    side_by_side,
)
from framelens.show.article import MEANINGS, STYLES, Mark, marked, marks_of

TEXT = (
    "VIENNA, May 3 (Daily) – Talks on the strait ended in anger. The envoy called "
    "the plan “a trap for drones”.\n\n“We will not sign,” she said. Drone makers "
    "said nothing.\n\nAll rights reserved. (c) 2022 Daily."
)
ARTICLES = pd.DataFrame(
    {
        "article": ["000", "b"],
        "outlet": ["Daily", None],
        "event": ["talks", "talks"],
        "date": ["2022-05-03", None],
        "title": [None, "Drones, and us"],
        "genre": ["report", "comment"],
        "text": [TEXT, "Nobody asked us. The US asked nobody.\nThe U.S. has drones."],
    }
)


CORPUS = corpus_of(ARTICLES)


def spans(*rows, **columns):
    return pd.DataFrame(rows, columns=["start", "end"]).assign(article="000", **columns)


def test_documents_say_what_is_missing_and_invent_nothing():
    before = ARTICLES.copy()
    shown = documents(ARTICLES)
    assert shown.table["headline"].isna().tolist() == [True, False]
    assert shown.table["article"].tolist() == ["000", "b"]
    assert shown.table["in quotation marks"].tolist() == [8, 0]
    assert "Missing, and not filled in: outlet of 1 of 2, date of 1 of 2" in shown.text
    assert "–" in shown.html
    pd.testing.assert_frame_equal(ARTICLES, before)


def test_documents_by_the_marks_alone_have_no_reported_speech():
    shown = documents(corpus_of(ARTICLES, marks_only=True))
    assert shown.table["in quotation marks"].tolist() == [8, 0]
    assert "reported speech" not in shown.table
    assert "reported" not in shown.html


def test_documents_have_the_words_of_every_voice():
    table = documents(ARTICLES).table
    voices = ["in quotation marks", "reported speech", "outlet's own voice"]
    assert table[voices].sum(axis=1).tolist() == table["words"].tolist()
    shares = table[[f"{voice}, %" for voice in voices]].sum(axis=1)
    assert shares.between(99, 101).all()


def test_documents_say_which_are_not_in_english():
    german = "Der Minister sagte am Montag, dass die Brücke sicher sei und halte. " * 3
    told = "1 article is not in English"
    assert told in documents(ARTICLES.head(1).assign(text=german)).text
    assert told in documents(ARTICLES.head(1).assign(language="de")).text
    assert told not in documents(ARTICLES.head(1).assign(language="en-GB")).text
    assert "not in English" not in documents(ARTICLES).text
    assert language_note(ARTICLES.assign(text="…")) is None


def test_two_outlets_with_few_articles_are_sentences_to_read():
    table = ARTICLES.assign(outlet=["Daily", "Herald"])
    assert (
        "1 + 1 articles: enough to read side by side, too few" in documents(table).text
    )


def test_ledes_leave_furniture_out_and_stand_side_by_side():
    shown = ledes(ARTICLES, length=1)
    assert "Talks on the strait ended in anger." in shown.text
    assert "VIENNA" not in shown.text
    assert "outlet not stated" in shown.text
    assert shown.html.count("<td") == 2
    assert shown.html.count("<tr>") == 1


def test_lengths_leave_furniture_out_everywhere():
    words = documents(ARTICLES).table["words"].tolist()[0]
    assert f"{words} words" in ledes(ARTICLES).text
    assert f"{words} words" in article_view(ARTICLES, "000").text


def test_a_headline_in_the_text_is_shown_and_not_counted():
    table = ARTICLES.head(1).assign(
        text="Talks end in anger\n\nOne side left. It rained."
    )
    shown = ledes(table, length=1)
    assert "<b>Talks end in anger</b>" in shown.html
    assert "One side left." in shown.text
    assert "It rained" not in shown.text


def test_article_view_marks_voices_with_names_and_offsets():
    view = article_view(ARTICLES, "000")
    assert re.search(r"⟦direct 2[^:]*: “We will not sign,”⟧ she said.", view.text)
    assert re.search(
        r'<mark tabindex="0"[^>]*aria-label="direct 1[^"]*, characters', view.html
    )
    assert "¶ 2" in view.html
    for row in view.table.itertuples():
        assert TEXT[row.start : row.end] == row.text
    assert "⟦own" not in view.text
    assert "⟦furniture 1: VIENNA" in view.text
    assert "left without a mark" in view.html
    assert all(MEANINGS[kind] in view.html for kind in view.table["kind"].unique())


def test_the_legend_begins_with_those_who_are_heard():
    html = article_view(HEARD, "a").html
    places = [html.index(f"⟦{kind}⟧") for kind in ("direct", "indirect", "furniture")]
    assert places == sorted(places)
    assert html.index("<b>own</b>") > places[-1]


def test_voices_differ_without_colour():
    lines = [STYLES[voice][1] for voice in ("direct", "indirect", "furniture")]
    assert len({line.split("#")[0] for line in lines}) == 3


HEARD = pd.DataFrame(
    {
        "article": ["a"],
        "outlet": ["Daily"],
        "text": [
            "DAM, May 3 – Ada Bell said that it leaks. “It does not,” said Tom Roe."
        ],
    }
)


def test_speakers_are_named_beside_their_words_and_corrections_win():
    corpus = corpus_of(HEARD)
    text = article_view(corpus, "a").text
    assert "⟦indirect 1, Ada Bell: that it leaks⟧" in text
    assert "⟦direct 1, Tom Roe: “It does not,”⟧" in text
    ledger = corpus.ledger
    payload = "<script>alert(1)</script>\n" + 9 * "long name "
    mine = corpus.correct(ledger=ledger.assign(speaker=payload))
    html = article_view(mine, "a").html
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; long" in html
    assert 9 * "long name " not in html


def test_article_view_takes_a_title_and_the_kinds_of_the_spans():
    view = article_view(
        ARTICLES, "000", spans=spans((24, 29), voice="own"), title="See"
    )
    assert "See · Daily" in view.html
    assert "⟦own 1: Talks⟧" in view.text
    assert "<li>" in view.html
    assert "Nothing marked" in article_view(ARTICLES, "b", spans=spans()).html


def test_article_view_names_what_is_wrong():
    with pytest.raises(UnknownNameError, match="no article '00'"):
        article_view(ARTICLES, "00")
    with pytest.raises(ColumnError, match="'end'"):
        article_view(ARTICLES, "000", spans=spans((1, 2)).drop(columns="end"))
    for wrong in ((-1, 3), (5, 3), (0, 10_000), (None, 4)):
        with pytest.raises(InputError, match="no stretch of article") as error:
            article_view(ARTICLES, "000", spans=spans(wrong))
        assert "\n" not in str(error.value)


class Nesting(HTMLParser):
    """Checks that elements close in the order in which they were opened."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, _):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


SPAN = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted)


@given(st.lists(SPAN, max_size=6), SPAN)
def test_any_spans_give_well_formed_marks_and_the_whole_text(pairs, window):
    text = "a<b>&\"'c” d\n e–f ghijk"
    frame = spans(*[tuple(pair) for pair in pairs], kind="speech")
    marks = marks_of(frame, article="000", text=text)
    reader = Nesting()
    reader.feed(marked(text, *window, marks))
    reader.close()
    assert reader.open == []
    label = re.compile(r"⟦speech \d+(?:, continued)?: ?|⟧ ?")
    bare = label.sub("", reader.text)
    assert bare.replace(" ", "") == text[slice(*window)].replace(" ", "")
    assert reader.text.count("⟦") == reader.text.count("⟧")


def test_nested_and_crossing_marks_keep_their_names():
    marks = [Mark(0, 8, "speech", 1), Mark(2, 4, "name", 1), Mark(6, 10, "scare", 1)]
    html = marked("abcdefghij", 0, 10, marks)
    assert Fragment(html).text == "⟦speech 1: ab⟦name 1: cd⟧ef⟦scare 1: gh⟧ij⟧"
    assert html.count("<mark") == 4  # the crossing one is cut in two
    shown = Fragment(marked("abcdefghij", 3, 10, marks)).text
    assert shown.startswith("⟦speech 1, continued: ")


def test_concordance_finds_whole_words_in_any_case():
    found = concordance(ARTICLES, "drones")
    assert found.table["match"].tolist() == ["drones", "drones"]
    assert concordance(ARTICLES, "DRONES*").table["match"].str.lower().tolist() == [
        "drones",
        "drones",
    ]
    assert concordance(ARTICLES, "drone").table["match"].tolist() == ["Drone"]
    assert concordance(ARTICLES, "drone*").table.shape[0] == 3


def test_concordance_tells_the_acronym_from_the_pronoun():
    assert concordance(ARTICLES, "US").table["match"].tolist() == ["US", "U.S."]
    assert concordance(ARTICLES, "us").table["match"].tolist() == ["us", "US", "U.S."]


def test_concordance_takes_several_words_within_a_sentence():
    assert len(concordance(ARTICLES, "will not sign").table) == 1
    assert len(concordance(ARTICLES, "the plan a trap for drone*").table) == 1
    assert concordance(ARTICLES, "asked us the us").table.empty
    assert concordance(ARTICLES, "nobody the").table.empty


def test_concordance_is_by_voice_and_leaves_furniture_out():
    assert concordance(ARTICLES, "drones", voice="direct").table[
        "article"
    ].tolist() == ["000"]
    assert concordance(ARTICLES, "rights").table.empty
    assert len(concordance(ARTICLES, "rights", voice="furniture").table) == 1
    with pytest.raises(UnknownNameError, match="did you mean 'direct'"):
        concordance(ARTICLES, "drones", voice="dirct")


def test_concordance_takes_voices_and_their_sums():
    corpus = corpus_of(ARTICLES)

    def places(voice):
        return concordance(corpus, "the", voice=voice).table["voice"]

    numbers = {voice: len(places(voice)) for voice in ("own", "indirect", "direct")}
    assert all(set(places(voice)) <= {voice} for voice in numbers)
    assert len(places("rest")) == numbers["own"] + numbers["indirect"]
    assert len(places("quoted")) == numbers["direct"] + numbers["indirect"]
    assert len(places("all")) == len(places(None)) == sum(numbers.values()) > 3


def test_concordance_by_the_marks_alone_has_no_own_voice():
    corpus = corpus_of(ARTICLES, marks_only=True)
    found = concordance(corpus, "drones", voice="rest")
    assert set(found.table["voice"]) == {"rest"}
    said = concordance(corpus, "drones").caption
    assert "(1 in quotation marks, 1 outside quotation marks)" in said
    with pytest.raises(UnknownNameError, match="no voice 'own'"):
        concordance(corpus, "drones", voice="own")


@pytest.mark.parametrize("query", ["", "  ", "*", "…"])
def test_concordance_needs_a_word(query):
    with pytest.raises(InputError, match="holds no word"):
        concordance(ARTICLES, query)


def test_concordance_needs_a_width():
    with pytest.raises(InputError, match="width is -1"):
        concordance(ARTICLES, "drones", width=-1)


@given(st.integers(0, 30))
@settings(max_examples=20)
def test_concordance_gives_the_text_back(width):
    found = concordance(CORPUS, "drone*", width=width)
    texts = ARTICLES.set_index("article")["text"]
    for row in found.table.itertuples():
        text = texts[row.article]
        assert text[row.start : row.end] == row.match
        assert row.left + row.match + row.right in text
        assert len(row.left) <= width
    assert found.evidence().columns.tolist() == [
        "article",
        "outlet",
        "voice",
        "start",
        "end",
        "text",
    ]


@given(st.integers(0, 60))
@settings(max_examples=20)
def test_concordance_cuts_no_word_in_two(width):
    found = concordance(CORPUS, "drone*", width=width)
    texts = ARTICLES.set_index("article")["text"]
    for row in found.table.itertuples():
        edges = {row.start - len(row.left), row.end + len(row.right)}
        for start, end in word_offsets(texts[row.article]):
            assert not any(start < edge < end for edge in edges)


def test_concordance_lines_up_and_says_how_many():
    found = concordance(ARTICLES, "drones", width=20)
    lines = repr(found).splitlines()
    assert lines[0].startswith("“drones”: 2 places in 2 articles")
    assert len({line.index("⟦") for line in lines[1:]}) == 1
    assert "<caption>" in found._repr_html_()
    assert "0 places" in repr(concordance(ARTICLES, "zebra"))


def test_evidence_stands_in_its_sentence_with_its_place():
    evidence = concordance(ARTICLES, "drones").evidence()
    shown = evidence_list(ARTICLES, evidence)
    assert 'a trap for <b class="found">drones</b>”.' in shown.html
    assert "a trap for ⟦drones⟧”." in shown.text
    assert "outlet not stated, “Drones, and us”, paragraph 2" in shown.html
    assert shown.table["sentence"].tolist()[1] == "The U.S. has drones."
    assert shown.table["paragraph"].tolist() == [1, 2]
    assert shown.text.startswith("2 places.")


def test_evidence_says_how_much_is_not_shown():
    evidence = concordance(ARTICLES, "the").evidence()
    shown = evidence_list(ARTICLES, evidence, most=1)
    assert shown.text.startswith(f"1 of {len(evidence)} places")
    assert "No place" in evidence_list(ARTICLES, evidence.head(0)).html


def test_evidence_of_other_texts_is_refused():
    evidence = concordance(ARTICLES, "drones").evidence()
    for wrong in (
        evidence.assign(text="tanks"),
        evidence.assign(start=-1),
        evidence.assign(end=10_000).drop(columns="text"),
    ):
        with pytest.raises(InputError, match="does not match its text"):
            evidence_list(ARTICLES, wrong)
    with pytest.raises(UnknownNameError, match="no article 'x'"):
        evidence_list(ARTICLES, evidence.assign(article="x"))
    with pytest.raises(ColumnError):
        evidence_list(ARTICLES, evidence.drop(columns="start"))


def test_side_by_side_says_what_is_missing_and_who_is_heard():
    articles = pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": ["Daily", "<b>Herald</b>"],
            "title": ["Dam holds", None],
            "text": ['"It holds," said Ada Bell.', "The dam broke."],
        }
    )
    found = side_by_side(articles)
    assert "Words given to others: 2 (2 in quotation marks): Ada Bell 2." in found.text
    assert "Words given to others: none." in found.text
    assert found.text.count("no headline") == 1
    assert "<b>Herald" not in found.html
    assert "headline of 1 of 2" in found.text
    bare = articles.head(1)[["article", "text"]]
    assert "Ada Bell 2" in side_by_side(bare).text


def test_a_corpus_shows_what_was_read_and_whose_words_it_prints():
    corpus = corpus_of(ARTICLES)
    page = corpus._repr_html_()
    assert "<caption>2 articles of 1 outlet</caption>" in page
    assert all(line.split()[0] in page for line in corpus.account.splitlines())
    assert corpus.figure().title == "Whose words"
    assert len(corpus.plot(plt.figure().subplots()).get_yticklabels()) == 2
    plt.close("all")
