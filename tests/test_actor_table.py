"""Actors of the whole corpus: one name for one speaker, and what type of source."""

from __future__ import annotations

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import InputError
from framelens.annotate.source_types import (
    GOVERNMENT,
    SOURCE_TYPES,
    source_type_of,
)
from framelens.measure.speakers import NOT_TOLD
from framelens.read.actors import ACTOR_TABLE_COLUMNS


def corpus(*texts, **columns):
    names = [f"a{number}" for number in range(len(texts))]
    outlets = [f"Outlet {number % 2}" for number in range(len(texts))]
    table = {"article": names, "outlet": outlets, "text": texts, **columns}
    return fl.read_corpus(pd.DataFrame(table), marks_only=True)


def says(*names):
    return [f"“We will go home on Monday,” {name} said." for name in names]


def actors(*names, **columns):
    """Whom the last name of each article means; no article is parsed for that."""
    found = corpus(*says(*names), **columns).layer("names")
    return found.groupby("article", sort=False)["actor"].last().tolist()


FULL = ["Mary Orr", "Mary Orr", "President Mary Orr"]


def test_a_surname_is_who_most_articles_name_in_full():
    assert actors(*FULL, "Orr") == ["Mary Orr"] * 4
    assert actors(*FULL[:2], "Orr")[-1] == "Orr"


def test_two_people_of_one_surname_stay_two_and_the_surname_alone_is_unsure():
    found = corpus(*says(*FULL, *["Carl Orr"] * 3, "Orr")).ledger
    assert found["actor"].tolist() == ["Mary Orr"] * 3 + ["Carl Orr"] * 3 + ["Orr"]
    assert found["sure"].tolist() == [True] * 6 + [False]
    at_event = actors(*FULL, *["Carl Orr"] * 3, "Orr", event=[*"eeeffff"])
    assert at_event[-1] == "Carl Orr"
    assert actors(*FULL, *["Carl Orr"] * 3, "Ms. Orr")[-1] == "Mary Orr"
    assert actors(*FULL, *["David Orr"] * 3, "Mr. Orr")[-1] == "David Orr"


def test_a_title_of_the_other_gender_is_a_namesakes_and_unsure():
    found = corpus(*says(*FULL, "Mr. Orr")).ledger
    assert found["actor"].tolist() == ["Mary Orr"] * 3 + ["Orr"]
    assert found["sure"].tolist() == [True] * 3 + [False]


def test_dates_tell_two_people_of_one_surname_apart():
    days = ["2012-01-05", "2012-01-06", "2012-01-07"]
    days += ["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"]
    found = corpus(*says(*FULL, *["Carl Orr"] * 3, "Orr"), date=days).ledger.iloc[-1]
    assert (found["actor"], found["sure"]) == ("Carl Orr", True)


@pytest.mark.parametrize(
    "forms",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "President Zelenskiy"),
        ("José Núñez", "Jose Nunez", "Mr. Núñez"),
        ("Michael B. Marsh", "Mike Marsh", "Sen. Marsh"),
        ("Mohammad Javad Sharif", "Javad Sharif", "Mohammed Javad Sharif"),
    ],
)
def test_forms_of_one_name_are_one_actor(forms):
    assert len(set(actors(*forms, *forms, *forms))) == 1


def test_other_names_of_a_body_are_one_actor():
    forms = ("The Pentagon", "The Department of Defense", "The FBI", "The F.B.I.")
    found = corpus("\n\n".join(says(*forms))).ledger["actor"].tolist()
    assert found == ["Defense Department"] * 2 + ["FBI"] * 2


@pytest.mark.parametrize(
    "forms",
    [
        ("George W. Marsh", "George H. W. Marsh"),
        ("Donald Marsh", "Donald Marsh Jr."),
        ("Ada Miller", "Ada Mueller"),
        ("Paul Marsh", "Paula Marsh"),
    ],
)
def test_names_of_two_are_two(forms):
    assert len(set(actors(*forms, *forms))) == 2


def test_what_stands_before_a_name_is_no_part_of_it():
    texts = [*says(*FULL), "Team Orr lost. The team, " + says("Team Orr")[0]]
    assert corpus(*texts).ledger["actor"].tolist()[-1] == "Mary Orr"


def test_words_before_a_name_may_stand_before_each_other():
    names = ["Nervous Poor Ann Orr", "Poor Ann Orr", "Ann Orr", "Ann Orr"]
    assert actors(*names) == ["Ann Orr"] * 4


def test_given_names_joined_before_a_surname_are_two_people():
    text = "Jan and Nadia Roth met the mayor. “It is late for all of us,” Roth said."
    assert corpus(text).ledger["sure"].tolist() == [False]
    both = "Mary Orr met Nadia Roth there. “It is late for all of us,” Roth said."
    assert corpus(both).ledger["sure"].tolist() == [True]


def test_a_name_with_an_office_is_a_persons_whatever_the_parse_holds():
    text = "“It is not safe to go,” said the chief of police, Ivo Marten."
    found = corpus(text).ledger.iloc[0]
    told = ("Ivo Marten", "person", "court or law enforcement")
    assert tuple(found[["actor", "speaker_kind", "source_type"]]) == told


# --- source types


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("the Iranian president", "head of state or government"),
        ("president of the University of Riverton", "expert or academic"),
        ("president of the Ploughshares Trust", None),
        ("spokeswoman for the State Department", "minister or ministry"),
        ("Republican senator", "legislator"),
        ("Republican strategist", "party"),
        ("retired general", "military or security"),
        ("lawmakers", "legislator"),
        ("UN special rapporteur", "international body"),
        ("Times columnist", "media"),
        ("women", "witness or citizen"),
        ("social media users", None),
        ("a man who knows the mayor", "witness or citizen"),
        ("her spokesman", None),
        ("", None),
    ],
)
def test_the_words_tell_the_type(words, type_):
    assert source_type_of(words) == type_


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("Secretary of State Ivo Marten’s visit was short.", "minister or ministry"),
        ("It was an interview with the Herald’s Ivo Marten.", "media"),
        ("Govs. Ann Orr of Maine, Bea Lee (D) and Ivo Marten wrote.", GOVERNMENT),
        ("“The dam must go.” — Ivo Marten, Riverton Herald", "media"),
        ("It was the victory of the dam’s Ivo Marten.", None),
    ],
)
def test_the_words_before_a_name_tell_the_type(words, type_):
    text = f"{words}\n\n“It is late for all of us,” Ivo Marten said."
    assert corpus(text).ledger["source_type"].tolist()[-1:] == [type_]


def test_a_type_is_told_by_any_article_and_missing_where_none_tells():
    found = corpus(*says(*FULL, "Orr", "Carl Stone", "the New York Times")).ledger
    told = found["source_type"].tolist()
    assert told == ["head of state or government"] * 4 + [None, "media"]
    assert set(told) - {None} <= set(SOURCE_TYPES)


def test_the_state_of_an_office_is_told_by_any_article():
    texts = says("Italy’s President Mary Orr", "Mary Orr", "Mary Orr", "Carl Stone")
    assert corpus(*texts).ledger["affiliation"].tolist() == ["Italy"] * 3 + [None]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Sen. Ann Orr, R-Texas,", "United States Senate"),
        ("Rep. Ann Orr of Florida", "United States House of Representatives"),
        ("Philippine Senator Ann Orr", "Philippines Senate"),
        ("Texas Gov. Ann Orr", "Texas"),
        ("the mayor of Port Orr, Ann Stone,", "Port Orr"),
        ("White House press secretary Ann Orr", "United States"),
        ("Iran’s foreign minister, Ann Orr,", "Iran"),
        ("Ann Orr, a fellow at the Fund for Peace in Rome,", "Fund for Peace"),
        ("Ann Orr, a professor of law at Orr University,", "Orr University"),
        ("the Riverton Herald’s Ann Orr", "Riverton Herald"),
        ("Ann Orr, who chairs the Harbour Board,", "Harbour Board"),
        ("Anna Moss campaign spokeswoman Ann Orr", "Anna Moss campaign"),
        ("Ann Orr, the Democratic nominee for mayor,", "Ann Orr campaign"),
        ("former Texas Gov. Ann Orr", None),
        ("Russian lawyer Ann Orr", None),
        ("Ann Orr, a resident of Boston,", None),
    ],
)
def test_for_whom_somebody_speaks_is_told_by_the_words_beside_the_name(text, owner):
    found = corpus(f"“We will go home on Monday,” {text} said.").layer("names")
    told = found[found["name"].str.endswith(("ann orr", "ann stone"))]
    assert (told["affiliation"].iloc[0] or None) == owner


@pytest.mark.parametrize(
    "text",
    [
        "“No,” said Ann Orr, an aide to Carl Stone. “Yes,” said Carl Stone, an aide to "
        "Ann Orr. Ann Orr and Carl Stone met.",
        "“No,” said Carl Stone, an adviser to Carl Stone.",
    ],
)
def test_aides_of_each_other_speak_for_nobody_that_is_known(text):
    article = pd.DataFrame({"article": ["a"], "outlet": ["Noon"], "text": [text]})
    ledger = fl.read_corpus(article, marks_only=True).ledger
    assert ledger["affiliation"].isna().all()
    assert ledger["speaker"].notna().all()


def test_an_aide_speaks_for_the_state_or_the_office_of_whom_they_serve():
    text = (
        "Italian President Mary Orr met Sen. Carl Stone, R-Texas. “It is late for all "
        "of us,” said {}."
    )
    owners = {
        "Orr’s spokesman": "Italy",
        "a spokesman for Stone": "office of Carl Stone",
    }
    for words, owner in owners.items():
        ledger = corpus(text.format(words)).ledger
        assert ledger["affiliation"].tolist() == [owner]


def test_an_office_without_a_state_is_of_the_state_that_the_article_is_at_home_in():
    home = " The Orr administration, the White House, Congress and the GOP waited."
    texts = says("President Mary Orr", "Prime Minister Mary Orr")
    found = corpus(*(text + home for text in texts)).layer("names")
    told = found.set_index(["article", "name"])["affiliation"]
    assert told["a0", "mary orr"] == "United States"
    assert corpus(texts[0]).ledger["affiliation"].tolist() == [None]


def test_a_body_speaks_for_itself_and_a_ministry_for_its_state():
    forms = ("Amnesty International", "Iran’s Foreign Ministry", "the Pentagon")
    found = corpus("\n\n".join(says(*forms))).ledger["affiliation"].tolist()
    assert found == ["Amnesty International", "Iran", "United States"]


def test_officials_are_anonymous_and_a_ministry_is_not():
    texts = ["“It is far too late for that,” senior officials said.", *says("Italy")]
    told = corpus(*texts).ledger["source_type"].tolist()
    assert told == ["anonymous official", "head of state or government"]


# --- the table, and its correction


@pytest.fixture(scope="module")
def several():
    return corpus(*says(*FULL, "Orr", "Carl Stone", "Charles Stone", "Orr’s aides"))


def test_the_table_of_actors(several):
    table = several.actors
    assert table.columns.tolist() == ACTOR_TABLE_COLUMNS
    top = table.iloc[0]
    assert tuple(top[["actor", "label", "kind"]]) == ("Mary Orr", "Orr", "person")
    assert tuple(top[["forms", "words", "articles"]]) == ("Mary Orr; Orr", 24, 4)
    assert table["words"].is_monotonic_decreasing
    assert table["words"].sum() == several.ledger["direct_words"].sum()
    assert not hasattr(table[["actor"]], "draft")


def test_a_draft_given_back_changes_no_actor(several, tmp_path):
    path = several.actors.draft(tmp_path / "actors.csv")
    again = several.correct(actors=path).ledger
    same = ["actor", "speaker_kind", "source_type", "sure", "anonymous", "direct_words"]
    pd.testing.assert_frame_equal(again[same], several.ledger[same])
    with pytest.raises(InputError, match="exists, and may hold your corrections"):
        several.actors.draft(path)


def test_a_corrected_draft_wins_everywhere(several, tmp_path):
    path = several.actors.draft(tmp_path / "actors.csv")
    table = pd.read_csv(path, dtype=str)
    orr, stone = table["actor"].eq("Mary Orr"), table["alias"].str.endswith("Stone")
    table.loc[orr, ["actor", "source_type"]] = ["Adele Orr", "party"]
    table.loc[stone, "actor"] = "Charlie Stone"
    table.to_csv(path, index=False)
    found = several.correct(actors=path)
    assert (
        found.ledger["actor"].tolist()[:6] == ["Adele Orr"] * 4 + ["Charlie Stone"] * 2
    )
    assert set(found.ledger["source_type"][:4]) == {"party"}
    assert set(fl.speakers(found).counts["item"]) >= {"Adele Orr", "Charlie Stone"}
    assert {"Adele Orr", "Charlie Stone"} <= set(found.actors["actor"])


def test_the_name_that_the_analyst_gives_a_body_stays():
    mine = {"alias": ["Pentagon"], "actor": ["Pentagon"], "affiliation": [""]}
    table = pd.DataFrame({**mine, "role": [""]})
    found = corpus(*says("The Pentagon")).correct(actors=table)
    assert found.ledger["actor"].tolist() == ["Pentagon"]


def test_words_are_counted_by_type_of_source(several):
    found = fl.speakers(several, by="source_type")
    words = found.counts.groupby("item")["k"].sum().to_dict()
    told = {"head of state or government": 24, "anonymous official": 6}
    assert words == told | {NOT_TOLD: 12}
    shares = fl.speakers_table(several, by="source_type")
    assert shares.groupby("outlet")["share"].sum().round(6).tolist() == [1.0, 1.0]
