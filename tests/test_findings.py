"""Findings: sentences that the articles bear out, in one order, with their places."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import zipfile
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

import framelens as fl
from framelens._checks import InputError, UnknownNameError
from framelens.measure import Counts
from framelens.report.exports import EXPORTS
from framelens.report.findings.close import MOST_CLOSE, closest
from framelens.report.findings.finding import FIRST, Finding, ranked
from framelens.report.workings import Workings
from framelens.simulate import Plan, simulate

SAID = "The harbour will never be sold to strangers from the capital,"
DAILY = (
    f'"{SAID}" Ann Orr said. "We shall keep every one of its old cranes, its ropes and '
    'its boats for those who work here," she added. Two ships left Kiev. The ships '
    "belong to Ukraine, and Ukraine paid for them."
)
HERALD = (
    "The harbour “will not be sold to strangers from the capital”, Ms Orr warned. "
    '"The town has waited long enough for a buyer, and the price is a good one for '
    'everybody who has a boat," said Bob Lee. Two ships left Kyiv. The ships belong to '
    "Ukraine, and Ukraine paid for them."
)


def pair(first: str = "Daily", second: str = "Herald") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": [first, second],
            "event": ["e", "e"],
            "title": ["Harbour", "=Harbour()"],
            "url": ["https://example.org/a", "https://example.org/b"],
            "text": [DAILY, HERALD],
        }
    )


@pytest.fixture(scope="module")
def found() -> fl.Findings:
    return fl.findings(pair())


def test_each_theme_finds_what_was_put_there(found):
    by_theme = found.table.set_index("theme")["finding"]
    assert "never be sold" in by_theme["One statement, two printings"]
    assert by_theme["What it is called"] == (
        "For Ukraine, only Daily writes “Kiev”; only Herald writes “Kyiv”."
    )
    heard = " ".join(by_theme[["Who is heard"]])
    assert "Herald cites Bob Lee, and Daily does not" in heard


def test_one_body_in_two_forms_is_named_by_both():
    first = (
        "BEIJING (Daily) - The U.N. met. The U.N. voted. The U.N. left. China paid. "
        "Officials in Beijing waited, the Daily wrote. The Daily asked. The Daily knew."
    )
    second = (
        "The United Nations met. The United Nations voted. The United Nations left. "
        "Chinese officials paid. Bob Lee saw it. Bob Lee left. Bob Lee paid. China had "
        "paid in BEIJING, in BEIJING alone. A crowd in China sang."
    )
    articles = pair().assign(text=[first, second], title=None)
    table = fl.findings(articles).table
    themes = ("Who and what is named", "What it is called")
    said = table.loc[table["theme"].isin(themes), "finding"].tolist()
    assert said == [
        "Herald names Bob Lee (3 times in 1 article), and Daily never does."
    ]


def test_numbers_of_who_is_heard_are_those_of_the_table(found):
    table = fl.speakers_table(found.corpus).set_index(["speaker", "outlet"])
    lee = next(one for one in found.found if "cites Bob Lee" in one.sentence)
    k, n = (int(number) for number in re.findall(r"(\d+) of (\d+)", lee.sentence)[0])
    row = table.loc[("Bob Lee", "Herald")]
    assert k == row["words"]
    assert k / n == pytest.approx(row["share"])


def test_places_are_in_the_text_and_of_both_outlets_by_turns(found):
    texts = found.corpus.articles.set_index("article")["text"]
    for number in found.table["number"]:
        for row in found.evidence(number).itertuples():
            assert texts[row.article][row.start : row.end] == row.text
    printed = found.table.loc[found.table["theme"].str.startswith("One stat"), "number"]
    assert found.evidence(printed.iloc[0])["article"].tolist()[:2] == ["a", "b"]


def test_swapping_the_sides_changes_nothing(found):
    other = fl.findings(pair(), target="Herald", baseline="Daily")
    assert other.table.equals(found.table)


def test_renaming_the_outlets_changes_nothing_but_their_names(found):
    other = fl.findings(pair("Zulu", "Alpha"))
    named = other.table["finding"].str.replace("Zulu", "Daily")
    assert named.str.replace("Alpha", "Herald").tolist() == (
        found.table["finding"].tolist()
    )


def test_no_theme_fills_the_first_seven():
    none = pd.DataFrame(columns=["article", "start", "end", "text"])
    many = [
        Finding(theme, f"{theme} {at}", "", "to read", 1.0, 1.0, at / 10, lambda: none)
        for theme in ("a", "b", "c", "d")
        for at in range(9)
    ]
    first = ranked(many)[:FIRST]
    assert max(pd.Series([one.theme for one in first]).value_counts()) == 2
    assert len(ranked(many)) == len(many)


def test_of_findings_about_the_same_one_is_among_the_first():
    none = pd.DataFrame(columns=["article", "start", "end", "text"])
    many = [
        Finding(
            theme,
            f"{theme} {at}",
            "",
            "tested",
            1,
            1,
            1 - at / 10,
            lambda: none,
            f"{at // 2}",
        )
        for theme in ("a", "b", "c")
        for at in range(4)
    ]
    order = ranked(many)
    assert [one.about for one in order[:2]] in (["0", "1"], ["1", "0"])
    assert len(order) == len(many)


def given(counts):
    """Workings that have their counts from elsewhere."""
    workings = Workings()
    workings.counts = lambda *_, **__: counts
    return workings


def three_outlets(words):
    """Articles of three outlets that draw from one list, Gamma from its own too."""
    said = ["harbour", "council", "village", "bridge", "market", "river", "school"]
    rng = np.random.default_rng(0)
    rows = []
    for outlet, own in [("Alpha", []), ("Beta", []), ("Gamma", words)]:
        for at in range(12):
            drawn = [*rng.choice(said, 60), *own * 10]
            rows.append((f"{outlet} {at}", outlet, " ".join(drawn) + "."))
    table = pd.DataFrame(rows, columns=["article", "outlet", "text"])
    return fl.read_corpus(table, marks_only=True)


def test_a_finding_about_a_third_outlet_is_shown_with_its_places():
    found = fl.findings(three_outlets(["storm"]))
    assert found.names == ("Alpha", "Beta")
    assert "Gamma" in found.found[0].sentence
    assert "Gamma 0" in set(found.evidence(1)["article"])
    assert '<b class="found">storm</b>' in found._repr_html_()


def test_a_comparison_without_items_hides_no_difference(monkeypatch):
    module = import_module("framelens.report.findings.apart")
    corpus, outlets = three_outlets(["storm"]), ["Alpha", "Gamma"]
    (result,) = list(module._comparisons(corpus, outlets, Workings()))[:1]
    nothing = dataclasses.replace(result, table=result.table.iloc[:0])
    monkeypatch.setattr(module, "_comparisons", lambda *_: iter([nothing, result]))
    assert list(module.nearest(corpus, outlets, Workings())) == []


def test_where_nothing_is_beyond_chance_it_is_said_what_was_tested():
    found = fl.findings(three_outlets([]))
    assert found.table.empty
    said = " ".join(found.notes)
    assert re.search(r"No difference .* chance: \d+ items in \d+ comparisons", said)
    p = re.search(r"\(p (\S+) after", said)
    assert p is None or float(p.group(1)) > 0.05
    assert "No difference in numbers is beyond chance" in found._repr_html_()


def test_events_of_any_two_outlets_are_read_unless_two_are_asked_for():
    table = pd.concat([pair(), pair("Mail", "Post")], ignore_index=True)
    table = table.assign(article=[*"abcd"], event=["e", "e", "f", "f"])

    def carried(found):
        theme = found["theme"].eq("One statement, two printings")
        return found.loc[theme, "finding"].str.contains("Mail").sum(), theme.sum()

    (mail, every), (none, two) = (
        carried(fl.findings(table, **sides).table)
        for sides in ({}, {"target": "Daily", "baseline": "Herald"})
    )
    assert (mail, every) == (two, 2 * two)
    assert not none
    assert two


def test_what_is_planted_is_a_tested_finding_and_nothing_else_is(monkeypatch):
    corpus = fl.read_corpus(pair())
    module = import_module("framelens.report.findings.apart")
    monkeypatch.setattr(module, "_measures", lambda: iter([("terms", {})]))
    plan = Plan(events=8, articles=4, length=150, vocabulary=400)
    counts, outlets = simulate(plan, seed=5).counts, list(plan.outlets)
    assert list(module.apart(corpus, outlets, given(counts))) == []
    planted = Plan(
        events=8, articles=6, length=200, vocabulary=200, planted=0.1, ratio=6.0
    )
    drawn = simulate(planted, seed=5)
    found = module.apart(corpus, outlets, given(drawn.counts))
    named = set(re.findall("“(.+?)”", " ".join(one.sentence for one in found)))
    assert named
    assert named <= set(drawn.truth["word"])


def test_of_one_outlet_an_item_is_said_once_over_all_pairs(monkeypatch):
    module = import_module("framelens.report.findings.apart")
    monkeypatch.setattr(module, "_measures", lambda: iter([("terms", {})]))
    outlets = ["Daily", "Globe", "Mail"]
    totals = pd.DataFrame(
        [("e", one, f"{one} {n}", "own", 100) for one in outlets for n in range(12)],
        columns=["event", "outlet", "article", "voice", "n"],
    )
    rows = totals["outlet"].eq("Daily")
    counts = totals[rows].drop(columns="n").assign(item="harbour", k=9)
    made = given(Counts(counts, totals, measure="terms", unit="words"))
    found = list(module.apart(fl.read_corpus(pair()), outlets, made))
    assert len(found) == 1
    assert "The same holds against Mail." in found[0].basis
    assert found[0].sentence.startswith("In its own voice, Daily ")
    assert "Daily uses this word or name more often than Globe" in found[0].sentence
    assert "12 articles of Daily and 12 of Globe" in found[0].basis
    turned = list(module.apart(fl.read_corpus(pair()), outlets[::-1], made))
    assert turned[0].about == found[0].about
    swap = [
        one.replace("Globe", "Mail") for one in (found[0].sentence, turned[0].sentence)
    ]
    assert swap[0] == swap[1]


def comparing(monkeypatch, measure, unit, *items):
    """Tested findings on two outlets, 12 articles each, from ``(item, k, k)``."""
    module = import_module("framelens.report.findings.apart")
    monkeypatch.setattr(module, "_measures", lambda: iter([(measure, {})]))
    names = ["Daily News", "Herald"]
    totals = pd.DataFrame(
        [("e", name, f"{name} {n}", "own", 100) for name in names for n in range(12)],
        columns=["event", "outlet", "article", "voice", "n"],
    )
    each = [
        totals.drop(columns="n").assign(
            item=item, k=totals["outlet"].map(dict(zip(names, k, strict=True)))
        )
        for item, *k in items
    ]
    counts = pd.concat(each).query("k > 0")
    made = given(Counts(counts, totals, measure=measure, unit=unit))
    return list(module.apart(fl.read_corpus(pair()), names, made))


@pytest.mark.parametrize(("speaker", "told"), [("Daily", 1), ("Daily Bread", 2)])
def test_what_an_outlet_calls_itself_is_no_finding(monkeypatch, speaker, told):
    items = (speaker, 5, 0), ("Herald and Sons", 0, 5)
    assert len(comparing(monkeypatch, "speakers", "attributed words", *items)) == told


def test_a_choice_of_words_is_no_role(monkeypatch):
    def told(*items):
        return comparing(monkeypatch, "roles", "clauses", *items)

    assert told(("settlers: acts", 8, 1), ("settlers: is acted on", 1, 8))
    assert not told(("settlers: acts", 8, 0), ("colonists: acts", 0, 8))
    more_of_all = ("settlers: acts", 8, 2), ("settlers: is acted on", 8, 2)
    assert not told(*more_of_all)


def test_only_figures_of_the_same_people_and_days_are_set_against_each_other():
    texts = [
        "The old dam above Reddin broke on {} and killed {} villagers at the mill.",
        "The dam above Reddin broke on {}, and {} villagers at the mill were killed.",
    ]

    def figures(*sides, dates=("2031-03-01", "2031-03-02")):
        rows = [text.format(*side) for text, side in zip(texts, sides, strict=True)]
        table = pd.DataFrame({"text": rows, "outlet": ["Daily", "Herald"]})
        table = table.assign(event="e", article=["a", "b"], date=list(dates))
        found = fl.findings(table).table
        return found.loc[found["theme"].eq("Figures that differ"), "finding"].tolist()

    (said,) = figures(("Monday", "six"), ("Monday", "nine"))
    assert "“six” where Herald writes “nine”" in said
    undated = figures(("Monday", "six"), ("Monday", "nine"), dates=("2031-03-01", None))
    assert undated == [said]
    assert not figures(("Monday", "six"), ("Sunday", "six"))
    assert not figures(("Monday", "six"), ("Monday", "600"))
    assert not figures(
        ("Monday", "six"), ("Monday", "nine"), dates=("2031-03-01", "2031-03-09")
    )


def test_the_dead_are_no_other_count_of_the_wounded_and_one_difference_is_told_once():
    here = "The dam above Reddin broke on Monday and {} {} villagers by the mill."
    there = (
        "The dam above Reddin broke on Monday, and {} villagers at the mill were {}."
    )

    def figures(*more, fate="killed"):
        rows = [here.format("killed", "six"), there.format("nine", fate), *more]
        table = pd.DataFrame(
            {"text": rows, "outlet": ["Daily", "Herald", "Mail"][: len(rows)]}
        )
        table = table.assign(event="e", article=list("abc")[: len(rows)])
        found = fl.findings(table).table
        return found.loc[found["theme"].eq("Figures that differ"), "basis"].tolist()

    (basis,) = figures()
    assert "more pair" not in basis
    assert not figures(fate="injured")
    (basis,) = figures(there.format("nine", "killed").replace("dam", "dam wall"))
    assert "(and 1 more pair of passages)" in basis


RAIN = "Rain fell on the hills for nine days, {} said, and all the hay was lost again."


def alone(*texts, outlets=("Daily", "Herald"), dates=(None, None), more=None):
    """Sentences of what is only here, in two articles on one event."""
    table = pair().assign(text=list(texts), outlet=list(outlets), date=list(dates))
    if more is not None:
        table = pd.concat([table, table.tail(1).assign(article="c", text=more)])
    found = fl.findings(table.reset_index(drop=True)).table
    return found.loc[found["theme"].eq("Only here"), "finding"].tolist()


def test_only_here_are_names_that_the_other_outlet_does_not_have():
    rain = RAIN.format("Mina Dahl")
    (said,) = alone(DAILY, f"{rain} {HERALD.replace('Bob Lee', 'a fisherman')}")
    begins = "Herald names Mina Dahl; on the same event Daily does not: “Rain fell on"
    assert said.startswith(begins)
    assert said.endswith("the hay was lost again.”")
    nameless = RAIN.format("farmers")
    herald = HERALD.replace("Bob Lee", "a fisherman")
    assert not alone(DAILY, f"{nameless} {herald}")
    assert not alone(f"{DAILY} Ms Dahl was away.", f"{rain} {herald}")
    assert not alone(f"{DAILY} Iran paid.", f"{RAIN.format('Tehran')} {herald}")
    assert not alone(f"{DAILY} Mina Dhal was away.", f"{rain} {herald}")
    ours = rain.replace("Mina Dahl", "the Herald's Mina Dahl")
    assert not alone(DAILY, f"{ours} {herald}")


def test_what_is_only_in_an_article_of_a_later_day_is_no_finding():
    texts = DAILY, f"{RAIN.format('Mina Dahl')} {HERALD}"
    same, later, earlier = (
        alone(*texts, dates=("2031-03-02", day))
        for day in ("2031-03-02", "2031-03-03", "2031-03-01")
    )
    assert same == earlier
    assert same
    assert not later


def test_what_is_only_in_an_article_of_other_days_is_no_finding():
    texts = DAILY, f"{RAIN.format('Mina Dahl')} {HERALD}"
    assert alone(*texts, dates=("2031-03-05", "2031-03-02"))
    assert not alone(*texts, dates=("2031-03-06", "2031-03-02"))


def test_only_outlets_with_an_article_of_the_same_days_are_said_to_lack_a_name():
    rain = f"{RAIN.format('Mina Dahl')} {HERALD}"
    table = pair().assign(text=[DAILY, rain], date="2031-03-02")
    mail = table.head(1).assign(article="c", outlet="Mail", date="2031-02-27")

    def told(mail):
        found = fl.findings(pd.concat([table, mail], ignore_index=True)).table
        said = found.loc[found["theme"].eq("Only here"), "finding"]
        return [one.split(":")[0] for one in said if one.startswith("Herald")]

    assert told(mail) == [
        "Herald names Mina Dahl and Bob Lee; on the same event Daily names none of them"
    ]
    named = mail.assign(text=f"{DAILY} Mina Dahl and Bob Lee slept.")
    assert told(named) == []


def test_a_fragment_of_an_article_lacks_nothing():
    rain = f"{RAIN.format('Mina Dahl')} {HERALD}"
    assert alone(DAILY, rain)
    first = DAILY.split('" Ann')[0] + '."'
    assert not alone(first, f"{rain} {RAIN.format('farmers')}")
    assert not alone(f"{DAILY} The mayor told the...", rain)


def test_only_here_lists_no_more_names_than_a_reader_can_look_up():
    people = ["Mina Dahl", "Olaf Tveit", "Rosa Quist", "Emil Brandt", "Nils Hovde"]
    text = " ".join(map(RAIN.format, people))
    (said,) = alone(DAILY, f"{text} {HERALD}")
    sentence = said.split(":")[0]
    assert sum(name in sentence for name in people) == 4
    assert "more" not in sentence


def test_who_is_named_in_full_is_not_named_again_by_surname():
    text = f"{RAIN.format('Mina Kara-Dahl Jr.')} {RAIN.format('Kara-Dahl')} {HERALD}"
    (said,) = alone(DAILY, text)
    assert said.split(";")[0] == "Herald names Mina Kara-Dahl Jr. and Bob Lee"


def test_a_place_by_itself_is_not_told():
    rain = "Rain fell on Las Vegas for nine days, and all the hay was lost once again."
    assert not alone(DAILY, f"{rain} {HERALD.replace('Bob Lee', 'a fisherman')}")


def test_a_credit_of_pictures_names_nobody():
    pictures = "\n".join(f"{n}/4 Rain on the hills Mina Dahl" for n in range(1, 5))
    table = pair().assign(text=[DAILY, f"{HERALD}\n{pictures}\nNobody saw it."])
    assert not fl.findings(table).table["finding"].str.contains("Mina Dahl").any()
    told = " ".join(f"Mina Dahl saw rain on day {n}." for n in range(1, 5))
    table = pair().assign(text=[DAILY, f"{HERALD}\n{told}\nNobody saw it."])
    assert fl.findings(table).table["finding"].str.contains("Mina Dahl").any()


def test_a_party_by_its_short_name_is_named_where_its_members_are():
    herald = f"{RAIN.format('the GOP and Mina Dahl')} {HERALD}"
    (said,) = alone(DAILY, herald)
    assert "GOP" in said.split(":")[0]
    (said,) = alone(f"{DAILY} Many Republicans agreed.", herald)
    assert "GOP" not in said.split(":")[0]


def test_articles_that_have_nothing_in_common_hold_nothing_only_here():
    rain = RAIN.format("Mina Dahl")
    assert not alone(
        DAILY, f"{rain} A shepherd counted his flock twice and bought a new dog."
    )
    assert alone(DAILY, f"{HERALD} {rain}")


def test_a_line_of_several_articles_is_only_here_once():
    line = f"{HERALD} {RAIN.format('Mina Dahl')}"
    said = alone(DAILY, line, more=f"The mayor was away. {line}")
    assert sum("Mina Dahl" in one for one in said) == 1


def test_a_few_words_are_not_one_statement_in_two_printings():
    def printed(daily, herald):
        table = pair().assign(text=[daily, herald])
        theme = fl.findings(table).table["theme"]
        return theme.eq("One statement, two printings").any()

    whole = '"The mayor is an honest {} and will remain one," Ann Orr said.'
    assert printed(whole.format("man"), whole.format("woman"))
    named = 'Ann Orr called the mayor a "{}".'
    assert not printed(named.format("liar"), named.format("cheat"))


def in_two_wordings(daily, herald):
    """Whether a statement in two texts is told to have two wordings."""
    found = fl.findings(pair().assign(text=[daily, herald])).table["finding"]
    return found.str.contains("in two wordings").any()


def test_a_wording_is_shown_between_words_that_both_have():
    """Not spelling, and not what two parts of a statement happen to say."""

    def reworded(daily, herald):
        said = (
            "“The sale would {} this harbour and everybody who works here,” Orr said."
        )
        return in_two_wordings(said.format(daily), said.format(herald))

    assert reworded("destabilise", "strengthen")
    assert not reworded("take 12 mph from", "take 12mph from")
    assert not reworded("destabilise", "destabilize")


def test_speech_that_is_turned_into_a_report_is_no_other_wording():
    said = "“{} would never sell the harbour to strangers from the capital,” Orr said."
    told = "Orr said that {} would never sell {} harbour to strangers from the capital."

    def reworded(harbour):
        return in_two_wordings(said.format("I"), told.format("she", harbour))

    assert reworded("every")
    assert not reworded("the")


def test_a_paper_that_quotes_the_other_is_no_second_printing():
    def printed(source):
        words = "a house by the water is a house of the town and of everybody in it"
        texts = [
            f"It was said that {words}.",
            f"“{words.capitalize()},” {source} said.",
        ]
        table = pair("Daily News").assign(text=texts)
        return (
            fl.findings(table).table["theme"].eq("One statement, two printings").any()
        )

    assert printed("Ann Orr")
    assert not printed("the Daily News")


def test_one_statement_has_two_speakers_only_where_both_are_named():
    def credited(daily, herald):
        said = (
            "“The harbour will never be sold to strangers from the capital,” {} said."
        )
        table = pair().assign(text=[said.format(daily), said.format(herald)])
        found = fl.findings(table).table["finding"]
        return found.str.contains("has two speakers").any()

    assert credited("Ann Orr", "Bob Lee")
    assert not credited("Ann Orr", "a fisherman")
    assert not credited("Ann Orr", "")
    assert not credited("Russian ambassador Ann Orr", "Russia")


def test_a_report_with_words_in_marks_or_figures_is_no_other_wording():
    said = (
        "“I think the sale of this {} harbour is a threat to the town,” Ann Orr said."
    )
    told = "Ann Orr said the sale of this {} harbour remains a {}."

    def reworded(threat, here="old", there="old"):
        return in_two_wordings(said.format(here), told.format(there, threat))

    assert reworded("threat to the town")
    assert not reworded("“threat to the town”")
    assert reworded("threat to the town", "fine", "fair")
    said = said.replace(" is a ", " remains a ")
    assert not reworded("threat to the town", "six", "nine")


def test_of_a_story_that_more_follows_nothing_is_said_to_be_missing():
    long = DAILY.replace("Two ships", "The mayor was away. Two ships")
    themes = [
        set(fl.findings(pair().assign(text=[text, HERALD])).table["theme"])
        for text in (long, f"{long} This is a breaking news story, more follows.")
    ]
    assert "Who is heard" in themes[0]
    assert not {"Who is heard", "Who and what is named", "Only here"} & themes[1]


def test_a_slogan_of_two_people_is_not_one_statement():
    texts = [
        'Ann Orr spoke of a "zero tolerance" policy at the harbour wall.',
        'Bob Lee wants "zero tolerance" for whoever sleeps in the park.',
    ]
    table = pair().assign(text=texts)
    found = fl.findings(table).table
    assert "One statement, two printings" not in set(found["theme"])


def test_articles_that_are_of_no_certain_event_are_read_for_statements(monkeypatch):
    """Whatever event they are of, a statement is one; what is only here is not told."""
    rain = f"{RAIN.format('Mina Dahl')} {HERALD}"
    table = pair().assign(text=[DAILY, rain], event=None)
    table = pd.concat([table, table.tail(1).assign(article="c", text="Hay was dear.")])

    def themes(*, certain):
        events = pd.DataFrame({"article": [*"abc"], "event": "e", "certain": certain})
        monkeypatch.setattr(fl.Corpus, "events", property(lambda _: events))
        found = fl.findings(table.reset_index(drop=True))
        return set(found.table["theme"]), " ".join(found.notes)

    told, notes = themes(certain=True)
    assert {"One statement, two printings", "Only here"} <= told
    told, notes = themes(certain=False)
    assert "One statement, two printings" in told
    assert "Only here" not in told
    assert "not certain that these tell of the same event" in notes


def test_of_an_event_too_large_to_read_whole_a_day_of_it_is_read():
    rest = [
        (f"x{at}", ["Mail", "Post"][at % 2], f"Rain fell on day {at}.", "2031-04-02")
        for at in range(40)
    ]
    columns = ["article", "outlet", "text", "date"]
    table = pd.concat(
        [
            pair().assign(date=["2031-03-02", "2031-03-02"]).drop(columns="event"),
            pd.DataFrame(rest, columns=columns),
        ]
    ).assign(event="e")
    close = closest(fl.read_corpus(table.reset_index(drop=True)), ())
    assert len(close) == 1
    assert len(close[0].read) == MOST_CLOSE
    outlets = close[0].read.articles["outlet"].value_counts()
    assert outlets.to_dict() == {"Mail": 11, "Post": 11, "Daily": 1, "Herald": 1}


def test_only_marks_that_nobody_can_miss_are_a_difference():
    """Single quotation marks are marks, too, and so are those around the sentence."""

    def differ(herald):
        said = (
            "“A house by the water is a house of the town and of us all,” Ann Orr said."
        )
        table = pair().assign(text=[said, herald])
        found = fl.findings(table).table["finding"]
        return found.str.contains("in and outside the marks").any()

    bare = "A house by the water is a house of the town and of all, {}Ann Orr said."
    assert differ(bare.format(""))
    assert not differ("'" + bare.format("' "))
    assert not differ(bare.format("") + " — Ann Orr (@annorr) 3 March")
    whole = "A house by the water is a house of the town and of us all"
    assert differ(f"Nobody listened. {whole}\nThe mayor was away.")
    assert not differ(f"Nobody listened.\n{whole}\nThe mayor was away.")


def test_a_body_is_given_words_once_and_by_its_name():
    text = (
        'Harbour Watch said: "The old cranes are a danger to everybody who walks '
        'below them, and nobody has looked at them since spring." An airline said it '
        "would fly no more to the town until all of it had been told of what happened."
    )
    table = pair().assign(text=[text, HERALD])
    said = " ".join(fl.findings(table).table["finding"])
    assert "Daily cites Harbour Watch, and Herald does not" in said
    assert "speakers for Harbour Watch" not in said
    assert "airline" not in said


def test_a_share_that_one_missed_speaker_would_turn_is_no_finding():
    """Both outlets hear her; one gives her 12 more words in 100, or 4 more."""
    said = '"{}," Ann Orr said. "{}," Bob Lee said.'
    words = [f"{word} harbour" for word in ("old", "wide", "cold", "deep") * 13]

    def heard(mine):
        texts = [
            said.format(" and ".join(words[:n]), " and ".join(words[n : n + rest]))
            for n, rest in ((20, 20), (mine, 40 - mine))
        ]
        found = fl.findings(pair().assign(text=texts)).table["finding"]
        return found.str.contains("gives Ann Orr").any()

    assert heard(26)
    assert not heard(21)


def test_a_place_or_a_platform_says_nothing_by_itself():
    said = "The cranes will stand until all of the town has been asked what it thinks"
    daily = f'"{said} of them and of the ships," {{}} said.'

    def cited(who):
        found = fl.findings(pair().assign(text=[daily.format(who), HERALD])).table
        return found["finding"].str.contains(f"cites {who}").any()

    assert cited("Mina Dahl")
    assert not cited("Twitter")
    assert not cited("Russia")


def test_words_that_take_sides_are_told_only_where_they_surprise(monkeypatch):
    def told(daily, herald):
        texts = [
            "The {} council met by the {} river and sat. ".replace("{}", word) * 12
            for word in (daily, herald)
        ]
        table = pair().assign(text=texts)
        return "Words that take sides" in set(fl.findings(table).table["theme"])

    assert told("disgraceful", "old")
    assert not told("disgraceful", "disgraceful")


def test_articles_of_one_outlet_have_no_finding():
    one = fl.findings(pair().head(1))
    assert one.table.empty
    assert "nothing is compared" in one.refusal


def test_numbers_and_names_that_are_not_there_are_refused(found):
    with pytest.raises(InputError, match="give a number from 1 to"):
        found.evidence(99)
    with pytest.raises(UnknownNameError):
        fl.findings(pair(), target="Daily", baseline="Mail")


def check_in_office(folder):
    """Open document and workbook as a reader does, where there is LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        return
    private = f"-env:UserInstallation=file://{folder}/office"
    files = ["findings.docx", "tables.xlsx"]
    asked = [office, "--headless", private, "--convert-to", "pdf", *files]
    subprocess.run(asked, cwd=folder, check=True, capture_output=True, timeout=120)
    for name in ("findings.pdf", "tables.pdf"):
        words = "".join(page.extract_text() for page in PdfReader(folder / name).pages)
        assert "Kyiv" in words
        assert "Pinned" in words or "pinned" in words


def test_every_file_beside_the_report_opens_and_runs_nothing(tmp_path):
    corpus = fl.read_corpus(pair())
    note = '=HYPERLINK("http://evil.example")'
    pins = pd.DataFrame({"article": ["b"], "start": [4], "end": [11], "note": [note]})
    with pytest.raises(UnknownNameError):
        corpus.report(tmp_path / "no", also=["pptx"])
    assert not (tmp_path / "no").exists()
    corpus.report(tmp_path, also=list(EXPORTS), pins=pins)

    book = load_workbook(tmp_path / "tables.xlsx")
    assert {"findings", "evidence", "articles", "method"} <= set(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=Harbour()" in {cell.value for cell in cells}
    assert note in {cell.value for cell in book["pinned"]["A"]}
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "b"}  # no "f"

    document = Document(tmp_path / "findings.docx")
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "only Daily writes “Kiev”" in words
    assert f"Pinned by the reader\n{note}\nThe harbour" in words
    with zipfile.ZipFile(tmp_path / "findings.docx") as parts:
        notes = parts.read("word/footnotes.xml").decode()
        body = parts.read("word/document.xml").decode()
    assert "https://example.org/a" in notes
    assert notes.count("<w:footnote ") - 2 == body.count("w:footnoteReference ")

    evidence = pd.read_csv(tmp_path / "tables" / "evidence.csv", dtype=str)
    assert "'=Harbour()" in set(evidence["title"])
    whole = pd.read_parquet(tmp_path / "tables" / "evidence.parquet")
    assert "=Harbour()" in set(whole["title"])
    method = (tmp_path / "method.md").read_text("utf-8")
    for part in ("framelens", "nothing tested", "weights equal", "seed", "SHA-256"):
        assert part in method
    check_in_office(tmp_path)
    assert (tmp_path / "figures" / "whose-words.svg").is_file()
