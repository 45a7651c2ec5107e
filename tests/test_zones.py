"""Zones: headlines, ledes and bodies, counted apart by every measure."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens._checks import InputError, UnknownNameError
from framelens.cli import main
from framelens.compare import self_test

PARAGRAPHS = [
    "PARIS (Daily) – The dam of Norland held, Ann Orr said.",
    "“We built it,” said Ann Orr. “It will hold.”",
    "A view of the dam of Norland. AFP",
    "The mayor denied that the dam had cost too much.",
    " ".join(["Water rose again, the mayor said on Monday."] * 20),
    "“We go on and\n\nnobody stops us,” said Ann Orr.",
]
texts = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4).map("\n\n".join)


@pytest.fixture(scope="module")
def corpus():
    return fl.read_corpus(
        pd.DataFrame(
            {
                "article": ["a", "b", "c"],
                "outlet": ["Daily", "Daily", "Herald"],
                "event": ["dam"] * 3,
                "title": ["Orr claimed it rained", None, "Norland attacked a port"],
                "text": [
                    "Ann Orr spoke.\n\nThe dam held.\n\n“It will,” she said.",
                    "Bread is dear.",
                    "Norland attacked a port.\n\nTwo sailors died.",
                ],
            }
        )
    )


def summed(counts, number):
    """What was counted, or of how much, by article, voice and item."""
    table = counts.counts if number == "k" else counts.totals
    keys = ["article", "voice", *(["item"] if number == "k" else [])]
    return table.set_index(keys)[number]


@settings(max_examples=20)
@given(st.lists(texts, min_size=1, max_size=3), st.sampled_from(["terms", "speakers"]))
def test_ledes_and_bodies_add_up_to_the_texts(several, measure):
    articles = pd.DataFrame({"text": several, "title": "Dam holds", "outlet": "Daily"})
    names = [str(number) for number in range(len(several))]
    corpus = fl.read_corpus(articles.assign(article=names), marks_only=True)
    count = fl.MEASURES[measure]
    zones = [count(corpus.where(zone=zone)) for zone in ("lede", "body")]
    for number in ("n", "k") if measure == "terms" else ("n",):
        parts = pd.concat([summed(zone, number) for zone in zones])
        parts = parts.groupby(parts.index.names).sum()
        whole = summed(count(corpus), number)
        assert parts.to_dict() == whole.to_dict()


def test_the_lede_is_the_first_paragraph_of_the_story():
    text = "\n\n".join(PARAGRAPHS[2::-1])
    corpus = fl.read_corpus(pd.DataFrame({"article": ["a"], "text": [text]}))
    lede = corpus.where(zone="lede")
    inside = lede.voices[lede.voices["voice"].ne("furniture")]
    assert text[: inside["end"].max()].strip().endswith("It will hold.”")
    assert lede.voices["end"].max() == len(text)
    assert lede.articles["text"].tolist() == [text]


def test_a_paragraph_without_breaks_has_a_lede_of_sentences():
    corpus = fl.read_corpus(pd.DataFrame({"article": ["a"], "text": [PARAGRAPHS[4]]}))
    words = [fl.terms(corpus.where(zone=it)).totals["n"].sum() for it in ZONED]
    assert words == [32, 160 - 32]  # the sentence of eight words that holds the 30th


ZONED = ("lede", "body")


def test_headlines_are_counted_as_their_words_are_anywhere(corpus):
    headlines = corpus.where(zone="headline")
    titles = corpus.articles.dropna(subset=["title"])
    alone = fl.read_corpus(titles.assign(text=titles["title"], title=None))
    for measure in (fl.terms, fl.roles, fl.doubt):
        ours, theirs = measure(headlines), measure(alone)
        assert ours.counts["k"].sum() > 0
        pd.testing.assert_frame_equal(ours.totals, theirs.totals)
    pd.testing.assert_frame_equal(fl.terms(headlines).counts, fl.terms(alone).counts)
    assert fl.terms(headlines).unit == "words in headlines"
    assert "words in headlines" in repr(fl.terms(headlines))


def test_a_name_in_a_headline_means_whom_it_means_in_the_article(corpus):
    headlines = corpus.where(zone="headline")
    assert "Ann Orr" in set(headlines.ledger["actor"])
    assert fl.speakers(headlines).evidence("Ann Orr")["article"].tolist() == ["a"]


def test_evidence_stands_in_the_zone(corpus):
    body = fl.roles(corpus.where(zone="body"))
    assert "Norland: acts" not in set(body.counts["item"])
    lede = fl.roles(corpus.where(zone="lede")).evidence("Norland: acts")
    assert lede["text"].tolist() == ["Norland attacked a port"]
    headline = fl.roles(corpus.where(zone="headline")).evidence("Norland: acts")
    assert headline["text"].tolist() == ["Norland attacked a port"]


def test_whoever_is_accused_in_a_headline_may_be_heard_below_it():
    text = "It rained on Monday.\n\nNorland denied that it had taken bread."
    articles = pd.DataFrame(
        {
            "article": ["a"],
            "title": ["Mudria accuses Norland of theft"],
            "text": [text],
        }
    )
    found = fl.sourcing(fl.read_corpus(articles).where(zone="headline")).accusations
    assert found[["accused", "heard", "answers"]].values.tolist() == [
        ["Norland", True, True]
    ]


def test_a_corpus_of_one_zone_is_compared_and_tested_like_any():
    rows = [
        (f"{outlet}{number}", outlet, f"e{number % 6}", f"Dam {word} again", "It held.")
        for outlet, word in (("Daily", "breaks"), ("Herald", "leaks"))
        for number in range(12)
    ]
    names = ["article", "outlet", "event", "title", "text"]
    corpus = fl.read_corpus(pd.DataFrame(rows, columns=names), marks_only=True)
    counts = fl.terms(corpus.where(zone="headline"))
    made = fl.contrast(counts, "Daily", "Herald")
    shares = made.table.set_index("item")["difference"]
    assert shares["breaks"] == pytest.approx(1 / 3)
    assert shares["dam"] == 0
    assert "words in headlines" in made.caption
    turned = fl.contrast(counts, "Herald", "Daily").table.set_index("item")
    assert turned["difference"]["breaks"] == pytest.approx(-1 / 3)
    assert set(self_test(counts, splits=5).table["outlet"]) == {"Daily", "Herald"}


def test_a_portrait_of_headlines_has_its_places_there(corpus):
    found = fl.portrait(corpus.where(zone="headline"), "Norland")
    assert set(found.marks["zone"]) == {"headline"}
    assert found.evidence("acts: harm")["text"].tolist() == ["Norland attacked a port"]
    assert "in headlines" in found.caption


def test_the_whole_comes_back_and_nothing_is_changed(corpus):
    before = corpus.articles.copy()
    cut = corpus.where(zone="headline").where(outlet="Herald")
    assert len(cut) == 1
    assert cut.whole.articles["text"].tolist() == before["text"].tolist()[2:]
    assert corpus.whole is corpus
    pd.testing.assert_frame_equal(corpus.articles, before)


def test_zones_that_are_none_are_refused(corpus, tmp_path):
    with pytest.raises(UnknownNameError, match="did you mean 'headline'"):
        corpus.where(zone="headlines")
    body = corpus.where(zone="body")
    with pytest.raises(InputError, match="choose a zone of the whole corpus"):
        body.where(zone="lede")
    with pytest.raises(InputError, match="correct the whole corpus"):
        body.correct(events=body.articles[["article", "event"]])
    with pytest.raises(InputError, match="save the whole corpus"):
        body.save(tmp_path / "store")
    with pytest.raises(InputError, match="takes whole articles"):
        fl.explore(body)
    with pytest.raises(InputError, match="take whole articles, not one zone"):
        fl.findings(body)
    with pytest.raises(InputError, match="no article has a headline"):
        corpus.where(article="b").where(zone="headline")


def test_the_command_line_counts_in_one_zone(corpus, tmp_path, capsys):
    source, out = tmp_path / "articles.csv", tmp_path / "counts.csv"
    corpus.articles.to_csv(source, index=False)
    tail = [str(source), "--zone", "headline", "--voices", "marks", "--out", str(out)]
    assert main(["measure", "terms", *tail]) == 0
    assert "words in headlines" in capsys.readouterr().out
    assert set(pd.read_csv(out)["item"]) >= {"rained", "attacked"}
    assert main(["measure", "terms", str(source), "--zone", "top", "--out", "x"]) == 2
    assert "invalid choice: 'top'" in capsys.readouterr().err
