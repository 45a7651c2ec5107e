"""The portrait: all that is counted of one actor or thing, by outlet."""

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import UnknownNameError

ONE = (
    "Norland attacked a port, Mudria said on Monday. Mudria accused Norland of theft. "
    "Norland denied that it took it.\n\nThe alleged drones of Norland hit a ship."
)
OTHER = "Sailors went home.\n\nMudria claimed that drones had hit a ship of Norland."


@pytest.fixture(scope="module")
def corpus():
    return fl.read_corpus(
        pd.DataFrame(
            {
                "article": ["a", "b"],
                "outlet": ["Daily", "Herald"],
                "title": ["Norland attacks <b>port</b>", None],
                "text": [ONE, OTHER],
            }
        )
    )


@pytest.fixture(scope="module")
def norland(corpus):
    return fl.portrait(corpus, "Norland")


def numbers(portrait, aspect, item):
    table = portrait.table
    rows = table[table["aspect"].eq(aspect) & table["item"].eq(item)]
    return dict(
        zip(rows["outlet"], zip(rows["k"], rows["n"], strict=True), strict=True)
    )


def test_it_says_where_an_actor_is_named(norland):
    assert numbers(norland, "named", "in the headline") == {
        "Daily": (1, 1),
        "Herald": (0, 1),
    }
    first = numbers(norland, "named", "in the lede")
    assert first == {"Daily": (1, 1), "Herald": (0, 1)}


def test_it_agrees_with_the_measures(corpus, norland):
    roles = fl.roles(corpus, actor="Norland")
    acts = roles.counts[roles.counts["item"].eq("acts")]["k"].sum()
    table = norland.table
    assert table.loc[table["aspect"].eq("acts"), "k"].sum() == acts
    speakers = fl.speakers(corpus).counts
    said = speakers[speakers["item"].eq("Norland")]["k"].sum()
    assert table.loc[table["aspect"].eq("heard"), "k"].sum() == said > 0
    tones = fl.tone(corpus).counts
    tones = tones[tones["item"].str.startswith("Norland: ")]["k"].sum()
    assert table.loc[table["aspect"].eq("tone"), "k"].sum() == tones
    called = fl.labels(corpus, actor="Norland").counts["k"].sum()
    assert table.loc[table["aspect"].eq("called"), "k"].sum() == called > 0
    laid = fl.sourcing(corpus).accusations
    assert numbers(norland, "accused", "heard in the article")["Daily"] == (1, 1)
    assert laid["accused"].tolist() == ["Norland"]


def test_every_count_leads_to_its_places(corpus, norland):
    texts = corpus.articles.set_index("article")["text"]
    table = norland.table[norland.table["k"].gt(0)]
    assert {"acts", "heard", "says by", "tone", "accused"} <= set(table["aspect"])
    for row in table[table["item"].ne("in the headline")].itertuples():
        places = norland.evidence(f"{row.aspect}: {row.item}", outlet=row.outlet)
        assert len(places)
        for place in places.itertuples():
            assert texts[place.article][place.start : place.end] == place.text
    assert norland.evidence("acts: harm")["text"][0].startswith("Norland attacked")


def test_a_thing_has_a_portrait_too(corpus):
    drones = fl.portrait(corpus, "drone*")
    assert set(drones.table["aspect"]) == {
        *("named", "called", "acts", "is acted on", "doubt about it", "tone")
    }
    doubt = drones.evidence("doubt about it")
    assert "alleged" in doubt["text"].tolist()
    assert "claimed" in doubt["text"].tolist()
    assert drones.table.loc[drones.table["aspect"].eq("tone"), "k"].sum() == 2


def test_its_page_escapes_and_its_figure_says_what_it_shows(norland):
    page = norland._repr_html_()
    assert "<details>" in page
    assert "<b>port" not in page
    figure = norland.figure()
    assert "acts, harm, Daily: 1 of" in figure.alt
    assert "Norland in 2 of 2 articles of 2 outlets." in figure.caption


def test_of_many_outlets_those_with_most_are_shown():
    texts = ["Norland attacked a port."] * 5 + ["Bread is dear."]
    table = pd.DataFrame({"article": list("abcdef"), "outlet": list("ABCDEF")})
    found = fl.portrait(table.assign(text=texts), "Norland")
    assert found.table["outlet"].nunique() == 6
    page = found._repr_html_()
    assert "2 more outlets in .table." in page
    assert page.count('scope="col"') == 4
    assert "E, " not in found.figure().alt


@pytest.mark.parametrize("about", ["Norlend", "zebra"])
def test_an_unknown_actor_is_refused(corpus, about):
    with pytest.raises(UnknownNameError, match=f"no actor '{about}'"):
        fl.portrait(corpus, about)


def test_an_unknown_item_is_refused(norland):
    with pytest.raises(UnknownNameError, match="item of the portrait"):
        norland.evidence("acts: harmm")
    with pytest.raises(UnknownNameError, match="outlet"):
        norland.evidence("acts: harm", outlet="Post")


def test_one_article_is_enough_and_who_only_acts_has_a_portrait():
    text = "Norland attacked a port."
    one = pd.DataFrame({"article": ["a"], "text": [text]})
    found = fl.portrait(one, "Norland")
    assert found.table["outlet"].unique().tolist() == ["(outlet not stated)"]
    assert found.evidence("acts: harm")["text"].tolist() == ["Norland attacked a port"]
    assert found.figure().png.startswith(b"\x89PNG")
