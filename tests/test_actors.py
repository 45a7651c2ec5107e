import re

import numpy as np
import pandas as pd
import pytest
from conftest import layer_of

from framelens._checks import ColumnError, InputError
from framelens._lists import read_list
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.entities import Aliases, known_actors
from framelens.annotate.noun_phrases import role_in
from framelens.annotate.pipeline import each_tokens, phrase
from framelens.read import articles_of, read_actors
from framelens.read.stated import alias_key

ROWS = {
    "alias": ["the premier", "Harbour Board"],
    "actor": ["Jane Doe", "Harbour Board"],
    "affiliation": ["Atlantis", ""],
    "role": ["prime minister", None],
}


def articles(*texts):
    names = [f"a{number}" for number, _ in enumerate(texts, start=1)]
    return pd.DataFrame({"article": names, "text": texts})


def marked(text, **options):
    found = layer_of("mentions", articles(text), **options)
    spans = zip(found["start"], found["end"], strict=True)
    words = [text[start:end] for start, end in spans]
    return dict(zip(words, found["actor"], strict=True)), found


# --- the analyst's table


def test_a_table_of_actors_is_read_from_a_file_and_from_a_frame(tmp_path):
    path = tmp_path / "actors.csv"
    pd.DataFrame(ROWS).to_csv(path, index=False)
    pd.testing.assert_frame_equal(read_actors(path), read_actors(pd.DataFrame(ROWS)))
    assert read_actors(path)["affiliation"].tolist() == ["Atlantis", None]


def test_codes_that_look_like_numbers_or_missing_values_stay_text(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text("alias,actor,affiliation,role\nNA,NA,007,\n", encoding="utf-8")
    row = read_actors(path).iloc[0]
    assert (row["alias"], row["affiliation"]) == ("NA", "007")


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"actor": None}, ColumnError, "lacks actor"),
        ({"alias": ["the premier", " "]}, InputError, "alias is blank .row 2."),
        ({"alias": ["the premier", "Premier"]}, InputError, "two actors.*keep one"),
    ],
)
def test_a_wrong_table_is_refused_in_one_line(change, error, says):
    rows = {name: values for name, values in {**ROWS, **change}.items() if values}
    with pytest.raises(error, match=says) as caught:
        read_actors(pd.DataFrame(rows))
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="no table of actors at"):
        read_actors(tmp_path / "none.csv")


def test_the_table_is_left_alone():
    table = pd.DataFrame(ROWS)
    before = table.copy(deep=True)
    layer_of("mentions", articles("The premier left."), actors=table)
    pd.testing.assert_frame_equal(table, before)


# --- entities


def test_a_surname_means_the_fullest_name_in_the_article():
    text = "Mr Doe left early. John Doe, the mayor, had spoken to Mary Roe. Roe agreed."
    actors, found = marked(text)
    assert actors["Doe"] == "John Doe"
    assert actors["Roe"] == "Mary Roe"
    assert set(found["kind"]) == {"person"}


def test_two_of_a_name_are_told_apart_by_their_titles():
    text = "Mr John Doe met Mrs Mary Doe there. Later Mrs Doe spoke, and Mr Doe sang."
    found = layer_of("mentions", articles(text))
    assert found["actor"].tolist() == ["John Doe", "Mary Doe", "Mary Doe", "John Doe"]


def test_affiliation_and_position_are_those_that_the_text_gives():
    text = (
        "France's deputy UN ambassador Paul Martin met Harbour Board chief Ann Lee. "
        "The spokeswoman for the Herald, Mary Stone, was there."
    )
    _, found = marked(text)
    told = found.set_index("actor")[["affiliation", "position"]].to_dict("index")
    assert told["Paul Martin"] == {
        "affiliation": "France",
        "position": "deputy UN ambassador",
    }
    assert told["Mary Stone"]["affiliation"] == "Herald"


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe, a spokeswoman for Mr Weston, left.",
        "Paul Weston left. Weston's spokeswoman Jane Doe stayed.",
    ],
)
def test_a_person_is_no_affiliation(text):
    _, found = marked(text)
    assert found.loc[found["actor"].eq("Jane Doe"), "affiliation"].isna().all()


def test_an_alias_wins_over_the_parse_and_a_blank_actor_is_left_out():
    text = "Jane Doe spoke. The premier of Paris left; France was silent."
    table = pd.DataFrame(
        {
            "alias": ["Jane Doe", "the premier", "France"],
            "actor": ["Jane Q. Doe", "Jane Q. Doe", ""],
            "affiliation": ["Atlantis", "Atlantis", ""],
            "role": ["", "", ""],
        }
    )
    actors, found = marked(text, actors=table)
    assert actors["Jane Doe"] == actors["The premier"] == "Jane Q. Doe"
    assert "France" not in actors
    assert (
        found.loc[found["actor"].eq("Jane Q. Doe"), "affiliation"].eq("Atlantis").all()
    )


def test_aliases_are_found_where_one_pattern_of_all_of_them_finds_them():
    words = ["the", "O'Hara", "o’hara", "U.S.", "élan", "@ann", "Ann", "ann", "ßa", "("]
    chance = np.random.default_rng(4)

    def drawn(most):
        return " ".join(chance.choice(words, size=chance.integers(1, most + 1)))

    aliases = sorted({alias_key(one): one for one in map(drawn, [3] * 60)}.values())
    table = pd.DataFrame({"alias": aliases, "actor": aliases}).assign(
        affiliation=None, role=None
    )
    texts = [drawn(30).replace("(", sign) for sign in ("(", ") ", "'") * 13]
    spelled = [
        re.escape(" ".join(one.replace("’", "'").split())).replace("'", "['’]")
        for one in sorted(aliases, key=len, reverse=True)
    ]
    spelled = [
        f"[{one[0]}{one[0].upper()}]{one[1:]}" if one[0].islower() else one
        for one in spelled
    ]
    every = re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")
    found = Aliases(known_actors(table))
    for text in texts:
        spans = [(one.start, one.end) for one in found.within(text)]
        assert spans == [match.span() for match in every.finditer(text)]
    assert any(every.search(text) for text in texts)


def test_an_acronym_in_the_table_is_not_the_pronoun():
    table = pd.DataFrame(
        {"alias": ["US"], "actor": ["United States"], "affiliation": [""], "role": [""]}
    )
    actors, _ = marked("It helped us. The US did not.", actors=table)
    assert actors == {"US": "United States"}


def test_entities_do_not_overlap_and_are_what_the_text_has():
    text = "US Secretary of State Jane Doe met Iran's foreign ministry in New York."
    found = layer_of("mentions", articles(text, "", "“”"))
    assert (found["end"].to_numpy()[:-1] <= found["start"].to_numpy()[1:]).all()
    assert set(found["article"]) == {"a1"}
    assert found["annotation"].tolist()[0] == "a1:e1"


def test_articles_are_left_alone():
    table = articles("Jane Doe spoke.")
    before = table.copy(deep=True)
    layer_of("mentions", table)
    pd.testing.assert_frame_equal(table, before)


# --- what it stands on


@pytest.mark.parametrize(
    ("name", "state"),
    [("Russian", "Russia"), ("U.S.", "United States"), ("Moscow", None), ("us", None)],
)
def test_adjectives_stand_for_states_and_capitals_only_when_asked(name, state):
    assert state_of(name) == state
    assert state_of("Moscow", capitals=True) == "Russia"


def test_a_portfolio_is_no_affiliation():
    tokens = next(each_tokens(articles_of(articles("Defense Minister Jane Doe left."))))
    role = role_in(tokens, [0, 1])
    assert (role.words, role.affiliation) == ("Defense Minister", None)
    assert tokens.span(*phrase(tokens, 3)) == "Defense Minister Jane Doe"


def test_every_state_is_known_and_no_name_means_two():
    states = read_list("states")["states"]
    assert len(states) == 193 + 4  # members of the United Nations, and four more
    names = [name for parts in states.values() for part in parts for name in part]
    assert len(names) == len(set(names))
    assert (state_of("Niger"), state_of("Nigeria")) == ("Niger", "Nigeria")
