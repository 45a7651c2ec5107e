"""Coverage: what is left out, the matrix in part, and the rates that it prints."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framelens._accuracy import shares_of, wilson
from framelens._checks import UnknownNameError
from framelens._lists import read_list
from framelens.align import coverage
from framelens.annotate import embed
from framelens.annotate.embeddings import rarity
from framelens.corpus import read_corpus

ROOT = Path(__file__).resolve().parents[1]
PAIRS = read_list("coverage_accuracy")["pairs"]
GOLD = os.environ.get("FRAMELENS_GOLD")
JUDGED = ROOT / "tests" / "gold" / "coverage_pairs.csv"

DAM = "The old dam above Reddin broke on Monday night and flooded two villages."
TOLD = "Two villages were flooded when the old Reddin dam broke on Monday night."
BANK = "Critics call the finance minister Ada Brenn a friend of the big bankers."
CHOIR = "A choir of children will sing at the opening of the new hall in Luse."
SAID = "“We have seen nothing like it in forty years,” the mayor of Reddin said."
LINE = "The Daily costs six marks a month and its readers know it before all others."
PRINTED = "Subscribe to the Daily for six marks a month and read it before all others."


def articles_of(*texts):
    return pd.DataFrame(
        {
            "article": list("abcdefgh"[: len(texts)]),
            "outlet": [*("Daily", "Herald", "Post")[: len(texts)]],
            "event": "dam",
            "text": texts,
        },
        dtype=object,
    )


@pytest.fixture(scope="module")
def pair():
    return articles_of(f"{DAM}\n\n{BANK}\n\n{SAID}\n\n{LINE}", f"{TOLD}\n\n{CHOIR}")


@pytest.fixture(scope="module")
def corpus(pair):
    """The pair on the dam, in a corpus that shows what the Daily prints every day."""
    told = ["It rained in Luse all day.", "The hall was full.", "Snow fell on Monday."]
    others = pd.DataFrame(
        {
            "article": ["x", "y", "z"],
            "outlet": "Daily",
            "event": ["rain", "hall", "snow"],
            "text": [f"{one}\n\n{LINE}" for one in told],
        }
    )
    table = pd.concat([pair, others], ignore_index=True)
    return read_corpus(table, marks_only=True).where(event="dam")


@pytest.fixture(scope="module")
def matrix(corpus):
    return coverage(corpus).matrix()


def texts_of(matrix):
    return set(matrix.cells.loc[matrix.cells["status"] == "present", "text"])


def test_boilerplate_is_no_claim_and_is_counted(pair, corpus, matrix):
    plain = coverage(read_corpus(pair, marks_only=True))
    assert LINE in texts_of(plain.matrix())
    assert plain.left_out.empty
    assert texts_of(matrix) == texts_of(plain.matrix()) - {LINE}
    assert matrix.left_out["text"].tolist() == [LINE]
    assert matrix.left_out["kind"].tolist() == ["boilerplate"]
    told = "Left out of the claims: 1 passage of boilerplate and 0 pieces of furniture."
    assert matrix.notes[0] == told
    found = coverage(corpus)
    assert "Left out as boilerplate: 1 passage, of a." in found.notes
    assert LINE not in set(found.evidence("only here")["text"])


def test_furniture_and_boilerplate_may_overlap(corpus):
    text = corpus.articles["text"].iloc[0]
    line = corpus.boilerplate.iloc[0]
    cut = (
        corpus.furniture.iloc[:0]
        .reindex(range(2))
        .assign(
            article="a", start=[0, text.index(LINE) - 5], end=[8, text.index(LINE) + 9]
        )
    )
    found = coverage(corpus.correct(furniture=cut))
    assert found.left_out["kind"].tolist() == ["furniture", "furniture", "boilerplate"]
    units = found.units[found.units["article"] == "a"]
    assert units["start"].min() == 8
    assert units["end"].max() == line["start"] - 5 - 2 + 2


def test_the_boilerplate_of_several_events_is_found_without_being_given():
    told = [DAM, CHOIR, BANK]
    table = pd.DataFrame(
        {
            "article": list("abcd"),
            "outlet": ["Daily", "Daily", "Daily", "Herald"],
            "event": ["dam", "dam", "hall", "dam"],
            "text": [*(f"{one}\n{LINE}" for one in told), TOLD],
        }
    )
    found = coverage(read_corpus(table, marks_only=True))
    assert found.left_out["text"].tolist() == [LINE] * 2  # of a and b; c has no other
    known = table.replace({"text": {LINE: PRINTED}}, regex=True)
    twice = coverage(read_corpus(known, marks_only=True)).left_out  # once each
    assert twice["text"].tolist() == [PRINTED] * 2
    assert set(twice["kind"]) == {"furniture"}
    assert len(found.matrix().cells["claim"].unique()) == 2


def test_the_claims_of_all_and_of_one_outlet(matrix):
    both = matrix.in_all()
    assert texts_of(both) == {DAM, TOLD}
    assert both.caption.startswith(
        "Of 4 claims, those present in every outlet: 1 claim"
    )
    alone = matrix.only_in("Herald")
    assert texts_of(alone) == {CHOIR}
    assert "those present in Herald and absent from every other" in alone.caption
    assert BANK in texts_of(matrix.only_in("Daily"))
    assert alone.left_out.equals(matrix.left_out)
    parts = [both, *(matrix.only_in(one) for one in ("Daily", "Herald"))]
    claims = [set(part.cells["claim"]) for part in parts]
    assert sum(map(len, claims)) == len(set.union(*claims))
    with pytest.raises(UnknownNameError, match="did you mean 'Herald'"):
        matrix.only_in("Heral")


def test_nothing_in_common_is_an_empty_matrix():
    corpus = read_corpus(articles_of(BANK, CHOIR), marks_only=True)
    found = coverage(corpus).matrix().in_all()
    assert found.cells.empty
    assert "0 claims" in found.caption
    assert "<table" in found._repr_html_()


def test_a_cell_counts_its_words_in_each_voice(matrix):
    cells = matrix.cells.set_index("text")
    assert cells.loc[SAID, "words_by_voice"] == "direct 9; rest 5"
    assert "(words: direct 9; rest 5)" in matrix._repr_html_()


def test_every_article_may_be_taken_sentence_by_sentence():
    table = articles_of(
        f"{DAM} {BANK}\n\n{SAID}\n\n{CHOIR}", f"{TOLD}\n\n{CHOIR}\n\n{BANK}"
    )
    whole = coverage(read_corpus(table, marks_only=True))
    cut = coverage(read_corpus(table, marks_only=True), by="sentence")
    assert whole.evidence("counterpart")["text"].iloc[0] == f"{DAM} {BANK}"
    assert cut.evidence("counterpart")["text"].tolist()[:2] == [DAM, BANK]
    assert any(
        note.startswith("Compared sentence by sentence, as asked") for note in cut.notes
    )
    assert not any("Compared sentence" in note for note in whole.notes)
    with pytest.raises(UnknownNameError, match="did you mean 'sentence'"):
        coverage(table, by="sentences")


def test_input_is_left_alone(pair, corpus):
    before, lines = pair.copy(), corpus.boilerplate.copy()
    found = coverage(corpus)
    cells = found.matrix()
    there = cells.cells.copy()
    cells.in_all()
    cells.only_in("Daily")
    pd.testing.assert_frame_equal(cells.cells, there)
    pd.testing.assert_frame_equal(pair, before)
    pd.testing.assert_frame_equal(corpus.boilerplate, lines)


def test_the_matrix_prints_the_rates_of_sentence_pairs(matrix):
    html = matrix._repr_html_()
    for one in PAIRS:
        share = shares_of(one["shares"])
        missed, wrong = share["missed"], share["wrong"]
        assert f"{missed} are missed, of others {wrong} are lined up" in html
    assert "The others of msrp are near-paraphrases" in html
    assert "83 % of 342" in html


def test_no_interval_is_narrower_than_that_of_independent_cases():
    for one in PAIRS:
        for share in shares_of(one["shares"]).values():
            low, high = wilson(round(share.value * share.n), share.n)
            assert share.high - share.low >= high - low - 0.0011


def test_the_judged_pairs_are_what_their_page_says():
    table = pd.read_csv(JUDGED)
    page = JUDGED.with_suffix(".md").read_text(encoding="utf-8")
    assert len(table) == 100
    assert table["event"].nunique() == 20
    places = [
        place
        for side in "ab"
        for place in zip(table[f"article_{side}"], table[f"start_{side}"], strict=True)
    ]
    assert len(set(places)) == 200
    counts = pd.crosstab(table["stratum"], table["label"])
    for stratum, row in counts.iterrows():
        of = table.loc[table["stratum"] == stratum, "of"].iloc[0]
        assert f"| {of} | {row['same']} | {row['part']} | {row['none']} |" in page
    assert (table["first"] == table["second"]).sum() == 97
    agreed = table["first"] == table["second"]
    assert (table["label"] == table["second"])[agreed].all()
    ours, theirs = (
        table[one].value_counts(normalize=True) for one in ("first", "second")
    )
    chance = (ours * theirs).sum()
    assert round((0.97 - chance) / (1 - chance), 2) == 0.95
    text = [name for name in table.columns if "text" in name]
    assert not text
    development = pd.read_csv(ROOT / "tests" / "gold" / "coverage.csv")
    seen = development[development["split"] == "development"]["event"]
    assert not set(seen) & set(table["event"])


@pytest.mark.long
@pytest.mark.skipif(not GOLD, reason="FRAMELENS_GOLD names no folder of gold data")
def test_the_rates_are_what_the_benchmark_finds():
    from benchmarks.coverage_pairs import judged_pairs, pair_figures

    for name, said in zip(("news_cluster", "sts_news"), PAIRS, strict=False):
        found = pair_figures(judged_pairs(Path(str(GOLD)), name)).set_index("metric")
        for metric, share in [
            ("same: not lined up (missed)", "missed"),
            ("not the same: lined up (false alignment)", "wrong"),
        ]:
            figure = said["shares"][share]
            np.testing.assert_allclose(found.loc[metric], figure, atol=0.0006)


def test_what_only_one_has_is_in_no_claim_with_the_other():
    fillers = [
        "Snow fell on the northern hills before dawn, and the passes were closed.",
        "The museum bought a painting of two horses by an unknown master.",
        "Farmers expect a poor harvest of apples after the late frost in April.",
        "A cyclist from Borne won the mountain stage by eleven seconds.",
        "The library in Tarn will open on Sundays from next autumn.",
        "Engineers tested a quieter engine for the night trams.",
    ]
    strike = (
        "Piet Olm, who leads the tram drivers, said that the strike would go on until "
        "Friday."
    )
    table = articles_of(
        "\n\n".join([DAM, *fillers[:2]]),
        "\n\n".join([f"{DAM} {strike}", *fillers[2:4]]),
        "\n\n".join([strike, *fillers[4:]]),
    )
    found = coverage(read_corpus(table, marks_only=True))
    near = found.table.set_index(["article", "counterpart_article", "start"])["status"]
    assert near["a", "b", 0] == near["b", "a", 0] == "counterpart"
    assert near["c", "b", 0] == near["b", "c", 0] == "counterpart"
    assert near["a", "c", 0] == "only here"
    claims = found.matrix().cells["claim"]
    assert claims.nunique() == 9 - 1  # of nine paragraphs two, not three, are one claim


def test_the_score_is_two_thirds_the_cosine_and_one_third_the_shared_words(pair):
    corpus = read_corpus(pair, marks_only=True)
    texts, tokens = dict(zip(pair["article"], pair["text"], strict=True)), corpus.tokens

    def side(article, start, end):
        mine = tokens[tokens["article"].eq(article) & tokens["start"].ge(start)]
        lemmas = {one.lower() for one in mine.loc[mine["end"].le(end), "lemma"]}
        words = {one for one in lemmas if one.isalnum()}
        return texts[article][start:end], words

    for row in coverage(corpus).table.itertuples():
        text, words = side(row.article, row.start, row.end)
        place = row.counterpart_article, row.counterpart_start, row.counterpart_end
        other, theirs = side(*place)
        one, two = embed([text, other])
        share = sum(map(rarity, words & theirs)) / sum(map(rarity, words))
        assert row.score == pytest.approx(2 / 3 * one @ two + share / 3, abs=0.002)
