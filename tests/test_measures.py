"""The register of measures: what is declared once is found everywhere."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import InputError
from framelens._declared import NOT_VALIDATED
from framelens.align import ALIGNMENTS
from framelens.cli import main
from framelens.compare import self_test
from framelens.corpus import corpus_of
from framelens.measure import MEASURES, Counts, Measure, Option, combine, register
from framelens.report import report

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "adding_a_measure.py"
LINES = [
    "Why is bread dear? It is. “Who paid for it?” said Ann Orr. Nobody knows!",
    "Bread is dear. “We paid,” said Ann Orr. Who would have thought so?",
]
OPTIONS = {
    "terms": {"join": "nothing"},  # names are joined where several articles have them
    "words": {"dictionary": {"bread": ["bread", "dear", "paid"]}},
}


@pytest.fixture(scope="module")
def articles():
    rows = [
        (f"{outlet[0]}{number}", outlet, f"e{number % 6}", LINES[number % 2] + extra)
        for outlet in ("Daily", "Herald")
        for number, extra in enumerate(["", " Really?", " So it is.", " No."] * 3)
    ]
    return pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])


@pytest.fixture(scope="module")
def corpus(articles):
    return corpus_of(articles, marks_only=True)


@pytest.fixture
def added():
    """Register the measure of the example, as its reader would."""
    measure = runpy.run_path(str(EXAMPLE))["QUESTIONS"]
    yield register(measure)
    del MEASURES[measure.name]


def test_the_example_is_short_and_lists_itself_in_one_place():
    text = EXAMPLE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert text.count("register(QUESTIONS)") == 1


def test_a_measure_added_at_run_time_counts_and_shows_its_sentences(added, corpus):
    counts = added(corpus)
    assert set(counts.totals["voice"]) == {"direct", "rest"}
    assert set(counts.counts["item"]) == {"question", "exclamation"}
    places = counts.evidence("question")
    assert {"Why is bread dear?", "Really?"} <= set(places["text"])
    asked = counts.counts[counts.counts["item"].eq("question")]
    assert len(places) == asked["k"].sum() == 30


def test_it_is_found_by_the_command_line(added, articles, tmp_path, capsys):
    source = tmp_path / "articles.csv"
    articles.to_csv(source, index=False)
    tail = [str(source), "--voices", "marks", "--out"]
    out = {verb: str(tmp_path / f"{verb}.csv") for verb in ("measure", "self", "sides")}
    assert main(["measure", "questions", *tail, out["measure"]]) == 0
    table = pd.read_csv(out["measure"])
    assert list(table)[-3:] == ["item", "k", "n"]
    assert table["k"].sum() > 0
    sides = ["--target", "Daily", "--baseline", "Herald"]
    assert main(["compare", "questions", *tail, out["sides"], *sides]) == 0
    assert pd.read_csv(out["sides"])["item"].notna().all()
    splits = ["--splits", "5"]
    assert main(["self-test", "questions", *tail, out["self"], *splits]) == 0
    assert set(pd.read_csv(out["self"])["measure"]) == {"questions"}
    with pytest.raises(SystemExit):
        main(["measure", "--help"])
    assert "questions" in capsys.readouterr().out


def test_it_has_a_section_of_the_report(added, corpus, tmp_path):
    page = report(corpus, tmp_path).read_text(encoding="utf-8")
    assert added.label in page
    assert "Why is bread dear?" in page


def test_it_is_tested_on_itself(added, corpus):
    result = self_test(added(corpus), splits=5)
    assert set(result.table["outlet"]) == {"Daily", "Herald"}


# What holds of every measure


@pytest.fixture(params=sorted(MEASURES))
def measure(request):
    return MEASURES[request.param]


def keyed(counts):
    return counts.counts.set_index(["article", "voice", "item"])["k"].to_dict()


def test_every_measure_adds_up_in_any_order(measure, corpus):
    options = OPTIONS.get(measure.name, {})
    whole = measure(corpus, **options)
    assert isinstance(whole, Counts)
    assert (whole.measure, whole.unit) == (measure.name, measure.unit)
    names = corpus.articles["article"].tolist()
    parts = combine(measure(corpus.where(article=it), **options) for it in names[::-1])
    assert keyed(parts) == keyed(whole)
    keys = ["article", "voice"]
    totals = whole.totals.set_index(keys)["n"].to_dict()
    assert parts.totals.set_index(keys)["n"].to_dict() == totals


def test_every_measure_adds_up_over_the_zones(measure):
    options = OPTIONS.get(measure.name, {})
    first = "Norland accused Mudria of theft. “We know,” said Ann Orr."
    text = "\n\n".join([first, *LINES * 2, "Norland left."])
    articles = pd.DataFrame({"article": ["a"], "text": [text]})
    corpus = corpus_of(articles, marks_only=True)
    if measure.name == "headlines":  # it sets them against what stands below
        with pytest.raises(InputError, match="sets headlines against whole"):
            measure(corpus.where(zone="lede"), **options)
        return
    whole = measure(corpus, **options)
    zones = [measure(corpus.where(zone=it), **options) for it in ("lede", "body")]
    assert zones[0].totals["n"].sum() > 0
    for number in ("counts", "totals"):
        if number == "counts" and measure.name == "emphasis":
            continue  # each zone has an opening of its own
        table = pd.concat([getattr(zone, number) for zone in zones])
        keys = ["article", "voice", *(["item"] if number == "counts" else [])]
        name = table.columns[-1]
        added = table.groupby(keys)[name].sum().to_dict()
        assert added == getattr(whole, number).set_index(keys)[name].to_dict()


def test_every_measure_swaps_with_the_outlets(measure, articles):
    options = OPTIONS.get(measure.name, {})
    turned = articles.assign(
        outlet=articles["outlet"].map({"Daily": "Herald", "Herald": "Daily"})
    )
    ours, theirs = (
        measure(corpus_of(it, marks_only=True), **options) for it in (articles, turned)
    )
    assert keyed(ours) == keyed(theirs)
    swapped = theirs.totals["outlet"].map({"Daily": "Herald", "Herald": "Daily"})
    assert ours.totals["outlet"].tolist() == swapped.tolist()


def test_every_measure_leads_back_to_the_text(measure, corpus):
    counts = measure(corpus, **OPTIONS.get(measure.name, {}))
    texts = corpus.articles.set_index("article")["text"]
    for item, rows in counts.counts.groupby("item"):
        places = counts.evidence(item)
        assert set(places["article"]) == set(rows["article"])
        assert set(places["voice"]) == set(rows["voice"])
        for row in places.itertuples():
            assert texts[row.article][row.start : row.end] == row.text
        some = counts.select(articles=rows["article"].tolist()[:1])
        assert set(some.evidence(item)["article"]) == set(rows["article"][:1])
        for voice in set(rows["voice"]):
            alone = counts.select(voices=[voice]).evidence(item)
            assert set(alone["voice"]) == {voice}


def test_every_declaration_says_what_it_shows_and_how_often_it_errs():
    for declared in (*MEASURES.values(), *ALIGNMENTS.values()):
        assert declared.label[0].isupper()
        assert declared.accuracy.endswith(".")
        measured = any(sign.isdigit() for sign in declared.accuracy)
        assert measured or "not validated" in declared.accuracy.lower()


# What is refused


def none(corpus, *, item=""):
    """Count nothing."""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"options": (Option("size", ""),)}, "'size', which its function does not"),
        ({"options": (Option("out", ""),)}, "'out', which the commands have"),
        ({"name": "terms"}, "there is a measure 'terms' already"),
        (
            {"in_report": True, "options": (Option("item", "", required=True),)},
            "needs --item, which a report cannot give",
        ),
    ],
)
def test_a_measure_that_cannot_be_used_is_refused(changes, message):
    def function(corpus, *, item="", out=""):
        """Count nothing."""

    given = {"name": "mine", "function": function, "label": "Mine"}
    before = dict(MEASURES)
    with pytest.raises(InputError, match=message):
        register(Measure(**given | changes))
    assert before == MEASURES


def test_a_required_option_is_asked_for(articles, tmp_path, capsys):
    source = tmp_path / "articles.csv"
    articles.to_csv(source, index=False)
    asked = ["measure", "words", str(source), "--out", str(tmp_path / "w.csv")]
    assert main(asked) == 2
    assert "the measure 'words' needs --dictionary" in capsys.readouterr().err
    terms = tmp_path / "mine.csv"
    terms.write_text("category,pattern\nbread,bread*\n", encoding="utf-8")
    marks = ["--voices", "marks", "--dictionary", str(terms)]
    assert main([*asked, *marks]) == 0
    table = pd.read_csv(tmp_path / "w.csv")
    assert table.loc[table["item"].eq("bread"), "k"].sum() == 24
    assert main([*asked[:-1], str(terms), *marks]) == 2
    assert "would overwrite its own source" in capsys.readouterr().err


def test_the_register_is_the_one_of_the_package():
    assert fl.MEASURES is MEASURES
    assert Measure("mine", none, label="Mine").accuracy == NOT_VALIDATED
