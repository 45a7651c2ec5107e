import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens._lists import read_list
from framelens.annotate import furniture


def told(text):
    table = furniture(pd.DataFrame({"article": ["a"], "text": [text]}))
    return [
        (text[start:end], kind)
        for start, end, kind in table[["start", "end", "kind"]].itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date 2022-10-20 The dam held.", [("date 2022-10-20 ", "metadata")]),
        ("LIMA (Daily) – The dam held.", [("LIMA (Daily) – ", "dateline")]),
        ("LIMA- The dam held.", [("LIMA- ", "dateline")]),
        (
            "Update at 8:30 a.m. ET. It held.",
            [("Update at 8:30 a.m. ET. ", "dateline")],
        ),
        ("UPDATE, 14:05 GMT: It held.", [("UPDATE, 14:05 GMT: ", "dateline")]),
        ("Update at 8 in the morning.", []),
        ("LIMA, May 3 (Daily) -- The dam", [("LIMA, May 3 (Daily) -- ", "dateline")]),
        ("NATO-led troops came.", []),
        ("US – so it seems – won.", []),
        ("The Minister, Ada Bell. AP", [("The Minister, Ada Bell. AP", "caption")]),
        ("It broke.\n\nAll rights reserved.", [("All rights reserved.", "licence")]),
        (
            "It broke. All of it is licensed under a licence.",
            [("All of it is licensed under a licence.", "licence")],
        ),
        (
            "The dam held for now.\n\nLIMA – The dam held for now.",
            [("LIMA – The dam held for now.", "repeated")],
        ),
        ("Yes.\n\nYes.", []),
        ("It held for now.\n\nIt rained all day.\n\nIt held for now.", []),
        (
            "It held for now\n\nIt rained all day.\n\nIt held for now",
            [("It held for now", "repeated")],
        ),
    ],
)
def test_kinds(text, expected):
    assert told(text) == expected


def test_what_the_shipped_articles_hold(shipped):
    found = furniture(shipped)
    assert found[["article", "kind"]].values.tolist() == [
        ["000", "dateline"],
        ["000", "licence"],
        ["001", "metadata"],
        ["001", "caption"],
        ["003", "repeated"],  # its headline, printed twice
        ["003", "repeated"],
        ["003", "repeated"],
    ]


@given(st.text(alphabet="AB (–-a.\n©1"))
def test_pieces_are_in_order_and_do_not_overlap(text):
    table = furniture(pd.DataFrame({"article": ["a"], "text": [text + "x"]}))
    place = 0
    for start, end in table[["start", "end"]].itertuples(index=False):
        assert place <= start < end <= len(text) + 1
        place = end


STORY = "The dam at Reddin held through the night, the mayor said on Monday."


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        (
            "Media playback is unsupported on your device Media caption The dam",
            "player",
        ),
        (
            "JUST WATCHED Dam holds Replay More Videos ... MUST WATCH Dam holds",
            "player",
        ),
        ("Image copyright Ada Bell Image caption The dam at dusk", "caption"),
        ("Enlarge this image toggle caption Ada Bell/AP Ada Bell/AP", "caption"),
        ("FILE - In this May 3 photo, water stands below the dam.", "caption"),
        ("Ada Bell/Reuters", "caption"),
        ("ADVERTISEMENT", "advert"),
        ("Sign up for Daily Newsletters", "advert"),
        ("CLICK HERE TO GET THE REDDIN APP", "advert"),
        ("Story Continued Below", "advert"),
        ("Villagers tell of the night the dam held Read more", "teaser"),
        ("( PHOTOS: The dam in pictures)", "teaser"),
        ("SEE ALSO: What the engineers knew", "teaser"),
        ("ENGINEERS WARN OF CRACKS IN THE DAM AT REDDIN", "teaser"),
        ("Read or Share this story: http://dam.example/2", "share"),
        ("Follow Ada Bell on Twitter: @adabell", "share"),
        ("By Ada Bell, Reddin Daily", "byline"),
        ("Write to Ada Bell at ada.bell@dam.example", "byline"),
        ("Ada Bell is a fellow at the Institute for Dams.", "bio"),
        ("Ada Bell and Reddin News contributed to this report.", "contributed"),
        ("This story has been updated.", "notice"),
        ("Reprinted from Dam News with permission.", "notice"),
        ("Story continues", "advert"),
        ("[What the engineers knew about the dam]", "teaser"),
        ("Ada Bell (pictured in May) says that she saw the dam crack", "caption"),
        ("Reporter Ada Bell contributed.", "contributed"),
        ("Editor’s note: The name of the dam was misspelled.", "notice"),
    ],
)
def test_what_a_page_prints_between_paragraphs(paragraph, kind):
    found = told(f"{STORY}\n\n{paragraph}\n\nNobody was hurt.")
    assert found == [(paragraph, kind)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Subscribe to the view that dams last, and you will be disappointed.",
        "More than 40 people watched, read and shared what they saw.",
        "The advertisement was withdrawn, the company said.",
        "By Monday the dam had held for two days.",
        "She contributed to the fund for the villagers.",
        "“Read more,” the teacher told them.",
        "Ada Bell was hurt.",
        "The dam was built in 1921 by Reuters and Sons.",
        "THE DAM",
        "[The mayor] left.",
        "Ada Bell (pictured in May) says that she saw the dam crack.",
    ],
)
def test_a_story_that_uses_the_same_words_is_left_alone(paragraph):
    assert told(f"{STORY}\n\n{paragraph}\n\nNobody was hurt.") == []


SEARCHED = [
    (name, pattern)
    for name, part in read_list("furniture").items()
    if isinstance(part, dict)
    for place in ("end", "within")
    for pattern in part.get(place, [])
]


@pytest.mark.parametrize(("name", "pattern"), SEARCHED)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_letters_are_in_whatever_is_searched_for(name, pattern, data):
    printed = data.draw(st.from_regex(pattern, fullmatch=True))
    assert any(one in printed for one in read_list("furniture")[name]["letters"])


def test_headlines_below_a_label_are_links():
    links = "Cracks in the dam\n\nThe mayor resigns"
    found = told(f"{STORY}\n\nMore:\n\n{links}\n\nNobody was hurt.")
    assert [kind for _, kind in found] == ["teaser"] * 3


def test_a_gallery_is_captions_however_long_it_is():
    one = (
        "Photos: The flood The river left its bed and took {} bridges. Hide Caption {}"
    )
    gallery = " ".join(one.format(n, f"{n} of 20") for n in range(1, 21))
    text = f"The dam held.\n\n{gallery}\n\nThey show nothing, the mayor said."
    assert told(text) == [(gallery, "caption")]


def test_pictures_that_a_gallery_numbers_are_captions():
    lines = [
        "3 show all Floods",
        "1/3 The river Mina Dahl",
        "2/3 A boat Getty",
        "3/3 Rain",
    ]
    text = "\n".join(["The dam held.", *lines, "9/11 Families were there, too."])
    assert told(text) == [(line, "caption") for line in lines]
    assert told("The dam held.\n1/3 Voters stayed away.\nThe rest came.") == []


def test_the_headline_and_the_outlet_repeated_in_the_text():
    article = {"article": "a", "title": "The dam holds", "outlet": "Reddin Daily"}
    text = f"The Dam Holds\n\nReddin Daily\n\n{STORY}\n\nNobody was hurt."
    table = furniture(pd.DataFrame([{**article, "text": text}]))
    assert table["kind"].tolist() == ["repeated", "repeated"]


@pytest.mark.parametrize("text", ["WATCH: THE DAM AT REDDIN HOLDS", "The dam holds"])
def test_a_headline_that_is_all_of_the_text_is_the_text(text):
    row = {"article": "a", "title": text, "outlet": "Reddin Daily", "text": text}
    assert furniture(pd.DataFrame([row])).empty


def test_a_headline_with_its_standfirst_is_the_text():
    row = {
        "article": "a",
        "title": "The dam holds",
        "text": f"The dam holds\n\n{STORY}",
    }
    assert furniture(pd.DataFrame([row])).empty


def test_markup_is_no_word_of_the_outlet():
    text = '<p>The pier&nbsp;is <a href="//x.example">shut</a>.</p>\n\nA < B & C.'
    table = pd.DataFrame({"article": ["a"], "outlet": ["Post"], "text": [text]})
    found = furniture(table)
    assert set(found["kind"]) == {"markup"}
    places = zip(found["start"], found["end"], strict=True)
    assert [text[start:end] for start, end in places] == [
        "<p>", "&nbsp;", '<a href="//x.example">', "</a>", "</p>",
    ]  # fmt: skip
    items = fl.terms(fl.read_corpus(table, marks_only=True)).counts["item"]
    assert set(items) == {"the", "pier", "is", "shut", "a", "b", "c"}
