"""Words of an analyst's dictionary: its forms, its rule of counting, its evidence."""

from fnmatch import fnmatchcase

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.annotate.words import WORD, counted_form
from framelens.corpus import corpus_of
from framelens.measure import combine, words
from framelens.measure.dictionary import read_dictionary

LAW = {"doubt": ["alleg*", "so-called"], "law": ["court", "judge?"]}


def articles_of(*texts, outlets=None):
    return pd.DataFrame(
        {
            "article": [f"a{number}" for number, _ in enumerate(texts)],
            "outlet": outlets or ["Daily"] * len(texts),
            "event": "e",
            "text": list(texts),
        },
        dtype=object,
    )


def corpus(*texts, **options):
    return corpus_of(articles_of(*texts, **options), marks_only=True)


def counted(text, dictionary, **options):
    counts = words(corpus(text), dictionary, **options).counts
    return counts.groupby("item")["k"].sum().to_dict()


# The forms of a dictionary

LIWC = "%\n1\tdoubt\n2\tlaw\n%\nalleg*\t1\nso-called\t1\ncourt\t2\njudge?  2\n"
YAML = "doubt:\n  - alleg*\n  - so-called\nlaw: [court, 'judge?']\n"
CSV = "category,pattern\ndoubt,alleg*\ndoubt,so-called\n\nlaw,court\nlaw,judge?\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.dic", LIWC), ("a.yml", YAML), ("a.YAML", YAML), ("a.csv", "\ufeff" + CSV)],
)
def test_files_of_every_form_say_the_same(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_dictionary(path) == read_dictionary(str(path)) == LAW


def test_a_table_and_nested_categories():
    table = pd.DataFrame({"category": ["law", "law"], "pattern": ["court", "court"]})
    assert read_dictionary(table) == {"law": ["court"]}
    nested = {"law": ["rule", {"courts": {"high": ["supreme court"]}}], "doubt": "may"}
    assert read_dictionary(nested) == {
        "law": ["rule"],
        "law.courts.high": ["supreme court"],
        "doubt": ["may"],
    }


def test_words_that_yaml_takes_for_truth_values_stay_words(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("denial: [no, off, 1.0, null]", encoding="utf-8")
    assert read_dictionary(path) == {"denial": ["no", "off", "1.0", "null"]}


def test_a_word_of_liwc_may_have_several_categories_and_be_a_number(tmp_path):
    path = tmp_path / "a.dic"
    path.write_text("%\n1 doubt\n2 law\n%\n9 11\t1 2\ngrand jury 2\n", encoding="utf-8")
    assert read_dictionary(path) == {"doubt": ["9 11"], "law": ["9 11", "grand jury"]}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", "is in no known form; its name ends in .csv, .dic"),
        ("a.dic", "court\t1\n", "no categories between two lines of %"),
        ("a.dic", "%\n1\tlaw\n%\ncourt\t2\n", "line 4: no category 2"),
        ("a.dic", "%\n1\tlaw\n%\ncourt\n", "line 4: no category is named"),
        ("a.yml", "law: [", "a.yml"),
        ("a.yml", "court", "has no categories"),
        (
            "a.csv",
            "category,pattern\nlaw,\n",
            "row 1 lacks its category",
        ),
        ("a.csv", "category,pattern\n", "no category with a word"),
        ("a.csv", b"category,pattern\nlaw,caf\xe9\n", "is not in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=message.replace("%", "%")):
        read_dictionary(path)
    with pytest.raises(InputError, match="No such file"):
        read_dictionary(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("dictionary", "message"),
    [
        ({}, "no category with a word"),
        ({"law": ["court", 7]}, "7 is no word of the category 'law'"),
        ({"law": ["—"]}, "the pattern '—' of the category 'law' has no word"),
    ],
)
def test_a_dictionary_without_words_is_refused(dictionary, message):
    with pytest.raises(InputError, match=message):
        words(corpus("x"), dictionary)


def test_columns_are_named():
    with pytest.raises(ColumnError, match="'pattern'"):
        words(corpus("x"), pd.DataFrame({"category": ["law"]}))


# The rule of counting


@pytest.mark.parametrize(
    ("text", "patterns", "k"),
    [
        ("Courts and COURTS, a court’s.", ["court*"], 3),
        ("Courts and courtyards.", ["court?"], 1),
        ("The court.", ["cour"], 0),
        ("A re-run, reruns.", ["re*run*"], 2),
        ("The Supreme Court sat.", ["supreme court"], 2),
        ("The Supreme Court sat.", ["supreme court", "court", "court sat"], 3),
        ("Supreme, court", ["supreme court"], 2),
        ("He was supreme. Court is off.", ["supreme court"], 0),
        ("He spoke in St. Petersburg today.", ["st petersburg"], 2),
        ("“It is supreme,” court clerks said.", ["supreme court"], 0),
        ("no no no", ["no no"], 3),
        ("He told us of the U.S. plan", ["us"], 2),
        ("He told us of the U.S. plan", ["U.S. plan"], 2),
        ("so called, so-called", ["so called"], 2),
        ("Iran’s drones", ["iran drones"], 2),
        ("İstanbul’da", ["*"], 1),
    ],
)
def test_every_word_of_a_category_counts_once(text, patterns, k):
    assert counted(text, {"x": patterns}).get("x", 0) == k


def test_upper_case_matters_where_it_is_asked_for():
    text = "He told us: US troops, U.S. Troops, Apple’s apple."
    assert counted(text, {"x": ["US"], "y": ["Apple*"]}, case=True) == {"x": 2, "y": 1}
    assert counted(text, {"x": ["us"], "y": ["apple*"]}, case=True) == {"x": 1, "y": 1}
    assert counted(text, {"x": ["us troops"]}) == {"x": 4}
    assert counted(text, {"x": ["US Troops"]}, case=True) == {"x": 2}


def test_counts_are_by_voice_with_all_its_words_beside():
    counts = words(corpus("“The court sat,” the judges said. It rained."), LAW)
    assert counts.counts[["voice", "item", "k"]].to_numpy().tolist() == [
        ["direct", "law", 1],
        ["rest", "law", 1],
    ]
    assert counts.totals.set_index("voice")["n"].to_dict() == {"direct": 3, "rest": 5}
    assert (counts.measure, counts.unit) == ("words", "words")
    shown = counts.table.set_index("item")["k"].to_dict()
    assert shown == {"law": 2, "doubt": 0}


def test_evidence_joins_matches_that_share_a_word():
    counts = words(
        corpus("The Supreme Court sat. The court rose.", "A court."),
        {"law": ["supreme court", "court sat", "court"]},
    )
    found = counts.evidence("law")
    assert found["text"].tolist() == ["Supreme Court sat", "court", "court"]
    assert found["article"].tolist() == ["a0", "a0", "a1"]
    assert counts.evidence("law", voice="direct").empty
    with pytest.raises(UnknownNameError, match="did you mean 'law'"):
        counts.evidence("lawn")


WRITTEN = "deal deals ideal US us U.N. so-called so called — “ ” . no Deal’s 3,5"
TOKENS = st.sampled_from([*WRITTEN.split(" "), "\n\n"])
TEXTS = st.lists(st.lists(TOKENS, max_size=14).map(" ".join), min_size=1, max_size=4)
PATTERNS = st.lists(
    st.sampled_from(
        ["deal*", "*deal", "us", "un", "so called", "so*", "no no", "no *", "d?al", "*"]
    ),
    min_size=1,
    max_size=3,
)


def by_hand(whole, patterns):
    """Count again, word by word, with the shell's own wildcards."""
    found = {}
    for article, text in zip(
        whole.articles["article"], whole.articles["text"], strict=True
    ):
        tokens = [match.span() for match in WORD.finditer(text)]
        forms = [counted_form(text[start:end]).lower() for start, end in tokens]
        voices = whole.voices[whole.voices["article"].eq(article)]
        sentences = whole.sentences[whole.sentences["article"].eq(article)]
        hits = set()
        for pattern in patterns:
            wanted = pattern.split(" ")
            for first in range(len(tokens) - len(wanted) + 1):
                run = list(range(first, first + len(wanted)))
                start, end = tokens[run[0]][0], tokens[run[-1]][1]
                gaps = [text[tokens[i][1] : tokens[i + 1][0]] for i in run[:-1]]
                apart = any(sign in gap for gap in gaps for sign in ".!?…\n")
                same = sentences["start"].le(start) & sentences["end"].ge(end)
                begins = [tokens[place][0] for place in run]
                stretches = [
                    tuple(voices.index[voices["start"].le(at) & voices["end"].gt(at)])
                    for at in begins
                ]
                if (
                    all(map(fnmatchcase, (forms[i] for i in run), wanted))
                    and len(set(stretches)) == 1
                    and (not apart or same.any())
                ):
                    hits.update(run)
        for place in hits:
            at = tokens[place][0]
            here = voices[voices["start"].le(at) & voices["end"].gt(at)]
            if len(here) and here["voice"].item() != "furniture":
                key = article, here["voice"].item()
                found[key] = found.get(key, 0) + 1
    return found


@settings(max_examples=60, deadline=None)
@given(TEXTS, PATTERNS)
def test_counts_equal_a_count_by_hand_and_their_evidence(texts, patterns):
    whole = corpus(*texts)
    counts = words(whole, {"x": patterns})
    rows = counts.counts.set_index(["article", "voice"])["k"].to_dict()
    assert rows == by_hand(whole, patterns)
    if not counts.counts.empty:
        places = counts.evidence("x")
        inside = sum(len(WORD.findall(text)) for text in places["text"])
        assert inside == counts.counts["k"].sum()
        for row in places.itertuples():
            assert texts[int(row.article[1:])][row.start : row.end] == row.text


@settings(max_examples=20, deadline=None)
@given(TEXTS, PATTERNS)
def test_the_whole_is_the_sum_of_its_parts_in_any_order(texts, patterns):
    whole = corpus(*texts)
    names = whole.articles["article"].tolist()
    parts = combine(words(whole.where(article=it), {"x": patterns}) for it in names)
    counts = words(whole, {"x": patterns})
    pd.testing.assert_frame_equal(counts.counts, parts.counts)
    pd.testing.assert_frame_equal(counts.totals, parts.totals)
    turned = corpus_of(
        whole.articles.iloc[::-1].reset_index(drop=True), marks_only=True
    )
    again = words(turned, {"x": patterns}).counts
    keys = ["article", "voice", "item", "k"]
    assert sorted(again[keys].to_numpy().tolist()) == sorted(
        counts.counts[keys].to_numpy().tolist()
    )


def test_nothing_is_looked_for_in_nothing():
    counts = words(corpus("", "…"), LAW)
    assert counts.counts.empty
    assert counts.totals.empty
