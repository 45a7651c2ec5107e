"""Headlines: what they assert, and to whom the text attributes it."""

import pandas as pd
import pytest

import framelens as fl
from framelens._accuracy import wilson
from framelens._checks import InputError
from framelens.measure.headlines import ATTRIBUTED, OWN

HID = "Northbank hid the leak in the old dam for years"
TITLE = "Northbank hid leak in old dam for years"
TEXTS = {
    "attributed": f"{HID}, the mayor said.\n\nIt rained all day.",
    "quoted": f"“{HID},” said Ann Orr.\n\nIt rained all day.",
    "own": f"{HID}.\n\nIt rained all day, the mayor said.",
    "both": f"{HID}, the mayor said.\n\n{HID}, and nobody knew.",
    "absent": "It rained all day, the mayor said.",
}


def corpus_of(texts, title=TITLE):
    titles = [title] * len(texts) if isinstance(title, str) else title
    return fl.read_corpus(
        pd.DataFrame(
            {
                "article": list(texts),
                "outlet": ["Daily", "Herald"] * (len(texts) // 2) + ["Daily"],
                "title": titles,
                "text": list(texts.values()),
            }
        )
    )


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(TEXTS)


@pytest.fixture(scope="module")
def found(corpus):
    return fl.headlines(corpus)


def test_it_says_what_the_text_does_with_the_claim(found):
    items = found.claims.set_index("article")["item"]
    assert items["attributed"] == items["quoted"] == ATTRIBUTED
    assert items["own"] == items["both"] == OWN
    assert pd.isna(items["absent"])
    speakers = found.claims.set_index("article")["speaker"]
    assert speakers["quoted"] == "Ann Orr"
    assert found.totals["n"].tolist() == [1] * len(TEXTS)


def test_both_sentences_are_its_evidence(corpus, found):
    texts = corpus.articles.set_index("article")["text"]
    places = found.evidence(ATTRIBUTED)
    assert places["headline"].tolist() == [TITLE] * 2
    for row in places.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
    assert places["text"].tolist()[0] == f"{HID}, the mayor said."


def test_a_headline_that_asserts_nothing_itself_is_left_out():
    titles = {
        "attributing": f"Mayor says {TITLE}",
        "asking": f"{TITLE}?",
        "handing over": f"Mayor: {TITLE}",
        "quoting": "Northbank “hid leak” in old dam for years",
        "without a verb": "The old leak of Northbank dam in winter",
        "short": "Northbank hid leak",
        "naming who speaks": "Northbank mayor: leak hidden",
    }
    texts = dict.fromkeys(titles, TEXTS["attributed"])
    found = fl.headlines(corpus_of(texts, list(titles.values())))
    assert found.claims.empty
    assert found.counts.empty
    assert "0 headlines assert" in found.caption


def test_whoever_the_headline_names_may_speak():
    text = f"{HID}, Northbank said.\n\nIt rained all day."
    found = fl.headlines(corpus_of({"a": text}))
    assert found.claims["item"].isna().all()


def test_shares_by_outlet_have_their_interval(found):
    table = found.by_outlet.set_index("outlet")
    assert table.loc["Daily", ["k", "n"]].tolist() == [1, 3]
    assert table.loc["Herald", ["k", "n"]].tolist() == [1, 2]
    assert table.loc["Herald", ["low", "high"]].tolist() == pytest.approx(wilson(1, 2))
    counts = found.counts[found.counts["item"].eq(ATTRIBUTED)]
    assert counts.groupby("outlet")["k"].sum().to_dict() == table["k"].to_dict()


def test_it_says_that_it_is_not_validated_and_stays_out_of_the_report(found):
    measure = fl.MEASURES["headlines"]
    assert measure.accuracy.startswith("Not validated")
    assert measure.accuracy in found.notes
    assert not measure.in_report


def test_articles_are_left_as_they_are_and_zones_refused(corpus):
    before = corpus.articles.copy()
    fl.headlines(corpus.where(article="own"))
    pd.testing.assert_frame_equal(corpus.articles, before)
    with pytest.raises(InputError, match="against whole texts"):
        fl.headlines(corpus.where(zone="lede"))


def test_articles_without_a_headline_count_nothing():
    found = fl.headlines(corpus_of({"a": HID}, [None]))
    assert found.totals.empty
    assert found.by_outlet.empty
