"""Damage: noticed by outlet, mended on demand, with a way back to the original."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framelens as fl
from framelens.compare.units import FLOORS
from framelens.read import account, read_articles
from framelens.read.repair import repair_of

PLAIN = (
    "“The pier stays shut,” the harbour master of Málaga, Ina Roth, said on Monday, "
    "and the council’s office confirmed that it would find the money for new planks."
)

DAMAGED = {
    "mojibake": PLAIN.encode().decode("cp1252", "ignore"),
    "html": f"<p>{PLAIN.replace('’', '&rsquo;')}</p>",
    "page": "Access Denied. You do not have permission to see this page.",
    "hidden characters": PLAIN.replace("council", "coun\u00adcil"),
    "ligatures": PLAIN.replace("fi", "ﬁ"),
    "look-alikes": PLAIN.replace("money", "mоney"),
    "accents apart": unicodedata.normalize("NFD", PLAIN),
    "capitals": PLAIN.upper(),
    "language": "Le ponton reste fermé, a dit lundi la capitaine du port, et la ville "
    "a confirmé qu’elle trouverait l’argent pour les planches.",
    "truncated": PLAIN + " The council… [+2731 chars]",
}

MENDED = ["mojibake", "html", "hidden characters", "ligatures", "look-alikes"]


def corpus(texts, outlet="Post"):
    return pd.DataFrame({"outlet": outlet, "text": texts})


def test_a_text_that_is_whole_has_no_damage():
    assert read_articles(corpus([PLAIN])).damage.empty


@pytest.mark.parametrize("kind", DAMAGED)
def test_every_kind_is_noticed(kind):
    reading = read_articles(corpus([PLAIN, DAMAGED[kind]]))
    assert kind in set(reading.damage["kind"])
    assert set(reading.damage["article"]) == {"2"}
    assert "Post 1 of 2" in reading.account


def test_shells_and_copies_are_noticed():
    reading = read_articles(corpus([PLAIN * 3, PLAIN * 3, "Read on."]))
    assert reading.damage[["article", "kind"]].to_numpy().tolist() == [
        ["2", "copy"],
        ["3", "shell"],
    ]


def test_outlets_that_differ_in_damage_are_warned_of():
    both = pd.concat(
        [corpus([DAMAGED["mojibake"]] * 6, "Post"), corpus([PLAIN] * 6, "Shore")]
    )
    reading = read_articles(both)
    assert "Warning: outlets differ in it (mojibake)" in reading.account
    shown = reading.shown().set_index("outlet")
    assert shown["mojibake"].to_dict() == {"Post": 6, "Shore": 0}


def test_comparisons_say_where_outlets_differ_in_damage():
    texts = [DAMAGED["mojibake"]] * 6 + [PLAIN] * 12
    outlets = ["Post"] * 6 + ["Shore"] * 6 + ["Bay"] * 6
    dates = [f"2021-05-0{day}" for day in range(1, 7)] * 3
    names = [f"{event}" for event in range(6)] * 3
    columns = {"outlet": outlets, "event": names, "date": dates, "text": texts}
    corpus = fl.read_corpus(pd.DataFrame(columns), marks_only=True)
    counts = fl.terms(corpus)
    said = "characters decoded wrongly (â€œ, Ã©) in 6 of 6 texts of Post, 0 of 6 texts"
    results = (
        fl.contrast(counts, "Post", "Shore"),
        fl.outlets(counts),
        fl.over_time(counts, "Shore", "Post", block="month"),
    )
    for result in results:
        assert said in next(note for note in result.notes if "damaged alike" in note)
    assert "repair=True" in results[0].notes[0]
    assert "damaged alike" not in " ".join(fl.contrast(counts, "Bay", "Shore").notes)


@pytest.mark.parametrize("kind", [*MENDED, "accents apart"])
def test_repair_gives_the_text_as_it_was_meant(kind):
    reading = read_articles(corpus([DAMAGED[kind]]), repair=True)
    assert reading.articles["text"].tolist() == [PLAIN]
    assert f"repaired in 1 texts: {kind}" in reading.account
    start = PLAIN.index("harbour")
    before = reading.repairs["1"].before
    first, last = reading.original("1", start, start + len("harbour"))
    assert before == DAMAGED[kind]
    assert before[first:last] == "harbour"


def test_repaired_quotations_are_found_again():
    damaged = corpus([DAMAGED["mojibake"]])
    assert fl.read_corpus(damaged, marks_only=True).quotations.empty
    mended = fl.read_corpus(damaged, repair=True, marks_only=True)
    assert len(mended.quotations) == 1


def test_a_letter_decoded_wrongly_inside_a_word_is_mended():
    assert repair_of("Ina ErdoÄŸan, LÄm")[0].after == "Ina Erdoğan, LÄm"


def test_a_lost_closing_mark_is_put_back():
    assert (
        repair_of("â€œItâ€™s over,â€\ufffd she said.")[0].after
        == "“It’s over,” she said."
    )


parts = st.sampled_from(
    ["<p>", "&amp;", "â€™", "\u00ad", "ﬁ", "e\u0301", "а", "Ina ", ". "]
)
texts = st.lists(parts | st.text(max_size=4), max_size=20).map("".join)


@given(texts)
def test_every_place_of_a_repaired_text_leads_back(text):
    repair, _ = repair_of(text)
    places = [repair.original(at, at + 1) for at in range(len(repair.after))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    edited = {at for start, end, _ in repair.edits for at in range(start, end)}
    for (start, _), letter in zip(places, repair.after, strict=True):
        assert start in edited or text[start] == letter


def test_the_account_promises_what_comparisons_hold():
    assert (FLOORS.articles, FLOORS.events) == (account.FOR_TEST, account.FOR_EVENTS)
    small = pd.concat([corpus([PLAIN] * 2, one) for one in ("Post", "Shore")])
    assert "Allows: sentences to read side by side" in read_articles(small).account
    large = pd.concat([corpus([PLAIN] * 12, one) for one in ("Post", "Shore")])
    assert "Allows: tests and intervals" in read_articles(large).account
    assert "Allows: no comparison" in read_articles(corpus([PLAIN])).account
