from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import ColumnError, UnknownNameError
from framelens.annotate import quotations, speakers
from framelens.measure import combine, speakers_table, terms
from framelens.measure import speakers as count_speakers
from framelens.measure.speakers import NOT_NAMED, NOT_STATED
from framelens.read import read_articles
from framelens.read.actors import alias_key

ROOT = Path(__file__).resolve().parent.parent


def table(*texts, outlets=None, events=None):
    names = [f"a{number}" for number, _ in enumerate(texts, start=1)]
    outlets = outlets or ["Daily"] * len(texts)
    return pd.DataFrame(
        {"article": names, "outlet": outlets, "event": "e", "text": list(texts)}
    )


def spoken(text, **options):
    return speakers(table(text), **options)


# --- each rule, on texts made for it

RULES = [
    ('Mary Stone, a doctor, said: "We go."', "subject of the verb"),
    ('"We go," said Mary Stone.', "subject of the verb"),
    ('"We go," Dr Mary Stone told the Herald on Monday.', "subject of the verb"),
    ('"Will we go?" Mary Stone asked.', "subject of the verb"),
    ("Mary Stone “flatly” denied the charge on Monday.", "subject of the verb"),
    ("The plan was called “a bad joke” by Mary Stone on Monday.", "named after by"),
    ("According to Mary Stone, the plan was “a very bad joke indeed”.", "according to"),
    ("Mary Stone arrived. “We will go home tonight,” she said.", "pronoun"),
    ('Mary Stone, a doctor, arrived. "We go," the doctor said.', "description"),
    ('"We go," Mary Stone said. "All of us will go home."', "carried on"),
    ('"We go," Mary Stone said.\n\n"All of us will go home."', "carried on"),
    ('"Go? We will never go." "Not now," Mary Stone said.', "named with"),
    ('Mary Stone: "We will not go home tonight."', "named before a colon"),
    ("Mary Stone spoke on Monday, adding that “we will go”.", "subject of the verb"),
]


@pytest.mark.parametrize(("text", "rule"), RULES)
def test_the_speaker_is_found_by_the_rule(text, rule):
    found = spoken(text)
    assert set(found["speaker"]) == {"Mary Stone"}
    assert any(one.startswith(rule) for one in found["resolved_by"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            '"We go," a senior Harbour Board official said.',
            "senior Harbour Board official",
        ),
        ('Russia warned of "grave" consequences on Monday.', "Russia"),
        ("Moscow says it is “ready”.", "Moscow"),
        ('"We regret it," the French embassy in Oslo said.', "French embassy in Oslo"),
        (
            "The French embassy in Oslo spoke. "
            "The embassy’s statement added “we regret it”.",
            "French embassy in Oslo",
        ),
        (
            "The French embassy in Oslo was closed. “We regret it,” the mission said.",
            "French embassy in Oslo",
        ),
        ('"We go," unnamed officials said.', "unnamed officials"),
    ],
)
def test_bodies_states_and_the_unnamed_speak_as_they_are_printed(text, speaker):
    assert spoken(text)["speaker"].tolist() == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“”",
        '"' * 50,
        "",
        "No quotation here, said nobody.",
        '"We will never go home again."',
        '"We will go," he said.',
        '"WE WILL NOT GO HOME NOW OR EVER"',
        '"We will go," I said.',
        'The plan was called "a joke".',
    ],
)
def test_nobody_is_invented(text):
    found = spoken(text)
    assert found["speaker"].isna().all()
    assert found["resolved_by"].isna().all()


def test_an_unresolved_pronoun_keeps_its_surface():
    row = spoken('"We will go," he said.').iloc[0]
    assert row["surface"] == "he"
    assert row["cue"] == "said"


def test_an_unnamed_official_is_not_merged_with_a_named_one():
    text = (
        '"We go," a senior official said.\n\n'
        "Education official Mary Stone told the Herald it was “a very bad idea”."
    )
    assert spoken(text)["speaker"].tolist() == ["senior official", "Mary Stone"]


def test_two_speakers_in_turn_keep_their_words():
    text = (
        '"We go," Mary Stone said. "Now."\n\n'
        '"We stay," answered John Roe. "Always."\n\n'
        '"Never," Mrs Stone replied.'
    )
    assert spoken(text)["speaker"].tolist() == [
        "Mary Stone",
        "Mary Stone",
        "John Roe",
        "John Roe",
        "Mary Stone",
    ]


def test_offsets_are_those_of_the_text():
    text = "\n\nThe mayor, Mary Stone, left. “We go,” Ms Stone said."
    row = spoken(text).iloc[0]
    assert text[row["start"] : row["end"]] == "“We go,”"
    assert text[row["source_start"] : row["source_end"]] == row["surface"] == "Ms Stone"
    assert text[row["cue_start"] : row["cue_end"]] == row["cue"] == "said"


def test_the_table_of_actors_wins():
    actors = pd.DataFrame(
        {
            "alias": ["Mary Stone", "the ministry", "John Roe"],
            "actor": ["Mary B. Stone", "Ministry of Tides", None],
            "affiliation": ["Atlantis", "Atlantis", None],
            "role": [None, None, None],
        }
    )
    text = (
        '"One day," Mary Stone said.\n\n"Two days," the ministry said.\n\n'
        '"Three," John Roe said.'
    )
    found = spoken(text, actors=actors)
    assert found["speaker"].tolist()[:2] == ["Mary B. Stone", "Ministry of Tides"]
    assert found["affiliation"].tolist()[:2] == ["Atlantis", "Atlantis"]
    assert pd.isna(found["speaker"].tolist()[2])
    assert set(found["resolved_by"]) == {"actors table"}


def test_a_long_paragraph_takes_linear_time_and_invents_nobody():
    text = "the plan was very long and went on and on " * 10_000 + '"We will go home."'
    assert spoken(text)["speaker"].isna().all()


def test_quotations_without_their_columns_are_refused():
    with pytest.raises(ColumnError, match="kind"):
        speakers(table('"We go."'), quotations=pd.DataFrame({"article": ["a1"]}))


def test_no_quotation_gives_an_empty_table_with_its_columns():
    assert {"speaker", "cue_start", "resolved_by"} <= set(spoken("Nothing.").columns)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Paul Weston blamed Clara Dunn. "I am tired," she replied.', "Clara Dunn"),
        (
            "“We plant late,” said Simon Hale, an oat farmer.\n\n"
            "Harbour commissioner Diana Okoro told reporters that the level fell.\n\n"
            "“Ten days are left,” he added.",
            "Simon Hale",
        ),
        ("Karl Voss met Ann Petty. “It is too late for us,” he said.", "Karl Voss"),
    ],
)
def test_a_pronoun_goes_to_a_given_name_of_its_gender(text, who):
    assert spoken(text)["speaker"].tolist()[-1] == who


@pytest.mark.parametrize(
    "text",
    [
        'Mirel Weston blamed Oru Dunn. "I am tired," she replied.',
        "“We plant late,” said Tarn Hale, a farmer.\n\nCommissioner Uli Okoro told "
        "reporters that the level fell.\n\n“Ten days are left,” he added.",
    ],
)
def test_a_pronoun_that_two_unknown_people_fit_stays_unresolved(text):
    row = spoken(text).iloc[-1]
    assert pd.isna(row["speaker"])
    assert row["surface"] in ("he", "she")


def test_a_title_outweighs_a_given_name():
    text = "Mrs Peter Weston spoke to the press. “It is too late for us,” she said."
    assert spoken(text)["speaker"].tolist() == ["Peter Weston"]


@pytest.mark.parametrize(
    "text",
    [
        'Mr Weston said: "No." Asked by Clara Dunn of the Herald if he was sure, he '
        "left.",
        'Mr Weston said, "Yes, it is over." Asked by Clara Dunn if he was sure, he '
        "sat down.",
    ],
)
def test_who_is_named_before_a_quotation_keeps_it(text):
    assert spoken(text)["speaker"].tolist() == ["Weston"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            'Paul Weston denied that Clara Dunn had said "I will leave the city now".',
            "Clara Dunn",
        ),
        (
            'Paul Weston said that Clara Dunn had said "I will leave the city now".',
            "Clara Dunn",
        ),
        (
            'Clara Dunn accused Paul Weston of saying "no one should ever come back".',
            "Paul Weston",
        ),
        (
            'Clara Dunn said Paul Weston found the plan "very hard to look past".',
            "Clara Dunn",
        ),
        (
            'Critics say the mayor\'s pledge that "no one will be forgotten" is empty.',
            "mayor",
        ),
    ],
)
def test_words_reported_at_second_hand_are_whose_they_are(text, who):
    assert spoken(text)["speaker"].tolist() == [who]


# --- the shipped articles


@pytest.fixture(scope="module")
def shipped():
    return read_articles(ROOT / "data/articles.csv").articles


@pytest.mark.parametrize("actors", [None, ROOT / "data/actors.csv"])
def test_the_gold_speakers_are_found(shipped, actors):
    gold = pd.read_csv(ROOT / "tests/gold/quotations.csv", dtype={"article": str})
    found = speakers(shipped, actors=actors)
    both = gold.merge(
        found, on=["article", "start", "end"], how="left", suffixes=("_gold", "")
    ).fillna({"speaker": "", "speaker_gold": ""})
    named = both["speaker_gold"].ne("")
    right = [
        alias_key(one) == alias_key(other)
        for one, other in zip(both["speaker"], both["speaker_gold"], strict=True)
    ]
    assert both[named].shape[0] >= 53
    assert pd.Series(right)[named].mean() >= 0.95
    assert both.loc[~named, "speaker"].eq("").all()


def test_irans_ambassador_has_one_word_in_one_article_and_none_in_the_other(shipped):
    pair = shipped[shipped["article"].isin(["000", "001"])]
    rows = speakers_table(pair).set_index(["speaker", "outlet"])
    assert rows.loc[("Amir Saeid Iravani", "The National"), "words"] == 1
    assert rows.loc[("Amir Saeid Iravani", "Mehr News Agency"), "words"] == 0
    assert rows.loc[("Amir Saeid Iravani", "Mehr News Agency"), "share"] == 0
    only = rows.loc[("Amir Saeid Iravani", "The National"), "heard_only_in"]
    assert only == "The National"


def test_no_more_and_no_fewer_words_than_the_direct_voice_has(shipped):
    ours = count_speakers(shipped).totals.set_index("article")["n"]
    theirs = terms(shipped).totals
    theirs = theirs[theirs["voice"].eq("direct")].set_index("article")["n"]
    pd.testing.assert_series_equal(ours, theirs, check_names=False)


# --- the measure

NAMES = ["Mary Stone", "John Roe", "Ann Lee"]
said = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 6)), max_size=4)


def article_of(statements):
    lines = ["Nothing else."]
    for number, (name, n) in enumerate(statements):
        words = " ".join(f"word{number}{one}" for one in range(n))
        lines.append(f'"{words}," {name} said.')
    return "\n\n".join(lines)


@settings(max_examples=10, deadline=None)
@given(st.lists(said, min_size=2, max_size=4))
def test_counts_are_the_words_that_were_given_and_add_up(all_said):
    articles = table(*map(article_of, all_said))
    whole = count_speakers(articles)
    planted = {
        (f"a{number}", name): sum(n for one, n in statements if one == name)
        for number, statements in enumerate(all_said, start=1)
        for name, _ in statements
    }
    counted = whole.counts.set_index(["article", "item"])["k"].to_dict()
    assert counted == planted
    parts = [count_speakers(articles.iloc[[row]]) for row in range(len(articles))]
    pd.testing.assert_frame_equal(whole.counts, combine(parts).counts)
    pd.testing.assert_frame_equal(whole.totals, combine(parts).totals)


def test_an_affiliation_gathers_its_speakers_and_the_rest_is_not_stated():
    text = (
        '"One two," France\'s ambassador Paul Martin said.\n\n'
        '"Three," the French embassy said.\n\n"Four five six," Mary Stone said.'
    )
    counts = count_speakers(table(text), by="affiliation").counts
    assert counts.set_index("item")["k"].to_dict() == {"France": 3, NOT_STATED: 3}


def test_occurrences_are_the_quotations_that_were_counted():
    articles = table('"One two," Mary Stone said. "Three."', '"Four," John Roe said.')
    counts = count_speakers(articles)
    rows = counts.find(articles, "Mary Stone")
    assert rows["text"].tolist() == ['"One two,"', '"Three."']
    assert rows["voice"].unique().tolist() == ["direct"]
    assert counts.find(articles, "Mary Stone", voice="rest").empty


def test_a_corrected_speaker_is_counted_as_corrected():
    articles = table('"One two," she said.')
    corrected = speakers(articles).assign(speaker="Mary Stone")
    counts = count_speakers(articles, spoken=corrected)
    assert counts.counts["item"].tolist() == ["Mary Stone"]
    assert count_speakers(articles).counts["item"].tolist() == [NOT_NAMED]


def test_the_table_shows_zeros_shares_and_the_first_place():
    articles = table(
        '"One two," Mary Stone said. "Three," John Roe said.',
        '"Four," John Roe said.',
        "Nobody is quoted.",
        outlets=["Daily", "Herald", "Post"],
    )
    rows = speakers_table(articles).set_index(["speaker", "outlet"])
    assert rows.loc[("Mary Stone", "Daily"), "share"] == pytest.approx(2 / 3)
    assert rows.loc[("Mary Stone", "Daily"), "heard_only_in"] == "Daily"
    assert rows.loc[("Mary Stone", "Herald"), "quotations"] == 0
    assert pd.isna(rows.loc[("Mary Stone", "Herald"), "first"])
    assert pd.isna(rows.loc[("Mary Stone", "Post"), "share"])
    assert pd.isna(rows.loc[("John Roe", "Daily"), "heard_only_in"])
    assert rows.loc[("John Roe", "Herald"), "first"] == 0


def test_a_surname_is_joined_to_the_only_full_name_of_its_event():
    articles = table(
        '"One two," Leo Brandt said.',
        '"Three," Mr Brandt said.',
        outlets=["Daily", "Herald"],
    )
    rows = speakers_table(articles).set_index(["speaker", "outlet"])
    assert rows["words"].to_dict() == {
        ("Leo Brandt", "Daily"): 2,
        ("Leo Brandt", "Herald"): 1,
    }
    assert rows["heard_only_in"].isna().all()
    items = count_speakers(articles).counts["item"].tolist()
    assert items == ["Leo Brandt", "Brandt"]


@pytest.mark.parametrize(
    ("other", "events"),
    [
        ('"Four," Mia Brandt said.', ["e", "e", "e"]),
        ('"Four," Mia Stone said.', ["e", "f", "e"]),
    ],
)
def test_a_surname_of_two_people_or_of_another_event_is_left(other, events):
    articles = table('"One two," Leo Brandt said.', '"Three," Mr Brandt said.', other)
    articles["event"] = events
    names = set(speakers_table(articles)["speaker"])
    assert {"Leo Brandt", "Brandt"} < names


def test_a_body_is_no_surname():
    articles = table('"One," the Harbour Board said.', '"Three," the board said.')
    found = speakers(articles).assign(speaker=["Harbour Board", "Board"])
    names = set(speakers_table(articles, spoken=found)["speaker"])
    assert names == {"Harbour Board", "Board"}


def test_another_grouping_is_refused():
    with pytest.raises(UnknownNameError, match="grouping"):
        count_speakers(table('"We go," Mary Stone said.'), by="party")


def test_inputs_are_left_alone():
    articles = table('"One two," Mary Stone said.')
    marked = quotations(articles)
    before, marks = articles.copy(deep=True), marked.copy(deep=True)
    found = speakers(articles, quotations=marked)
    kept = found.copy(deep=True)
    count_speakers(articles, spoken=found)
    speakers_table(articles, spoken=found)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(marked, marks)
    pd.testing.assert_frame_equal(found, kept)
