"""Codes: a sample to code, sheets as spreadsheets leave them, corrected comparisons."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from defusedxml.ElementTree import fromstring
from matplotlib import pyplot as plt

from framelens import (
    accuracy,
    agreement,
    contrast,
    outlets,
    over_time,
    read_codes,
    terms,
    to_code,
)
from framelens._checks import ColumnError, InputError, UnknownNameError
from framelens.corpus import corpus_of

OUTLETS = ["Daily", "Herald"]


def passages(seed=0, articles=40, sentences=12, share=(0.3, 0.3)):
    """Sentences of both outlets, with the truth and a machine that errs unlike."""
    rng = np.random.default_rng(seed)
    article = np.repeat(np.arange(2 * articles), sentences)
    side = (article >= articles).astype(int)
    truth = rng.random(len(article)) < np.array(share)[side]
    yes, no = np.array([0.72, 0.93])[side], np.array([0.08, 0.18])[side]
    machine = rng.random(len(article)) < np.where(truth, yes, no)
    return pd.DataFrame(
        {
            "article": [f"{one:03}" for one in article],
            "outlet": np.array(OUTLETS)[side],
            "start": np.arange(len(article)),
            "machine": machine,
            "truth": truth,
        }
    )


def coded(sample, table):
    truth = table["truth"].to_numpy()[sample.sheet["start"].astype(int)]
    return sample.sheet.assign(label=np.where(truth, "yes", "no"))


TABLE = passages(seed=1)
SAMPLE = to_code(TABLE, 160)
CODED = coded(SAMPLE, TABLE)
RESULT = contrast(SAMPLE.counts, *OUTLETS, codes=CODED)


def test_every_passage_can_be_drawn_and_no_probability_is_zero():
    table = SAMPLE.table
    assert table["passages"].sum() == len(TABLE)
    assert (table["probability"] > 0).all()
    assert table["drawn"].sum() == len(SAMPLE.sheet) == 160
    assert set(table["machine"]) == {"yes", "no"}


def test_a_sample_has_its_size_and_probabilities_are_what_they_say():
    small = TABLE.groupby("article").head(3).reset_index(drop=True)
    many = pd.concat([small.assign(item=f"{draw:03}") for draw in range(300)])
    sample = to_code(many, 60)
    assert (sample.table.groupby("item")["drawn"].sum() == 60).all()
    times = sample.sheet.groupby(["outlet", "machine", "start"]).size() / 300
    known = sample.table.query("item == '000'").set_index(["outlet", "machine"])
    for (outlet, machine), drawn in times.groupby(level=[0, 1]):
        said = known.loc[(outlet, machine), "probability"]
        assert len(drawn) == known.loc[(outlet, machine), "passages"]
        assert (drawn - said).abs().max() < 4.5 * np.sqrt(said * (1 - said) / 300)


def test_a_sample_is_spread_over_articles():
    assert SAMPLE.sheet["article"].nunique() > 70
    whole = to_code(TABLE, 120, whole=True)
    assert whole.sheet["article"].nunique() == 10
    assert (whole.sheet.groupby("article").size() == 12).all()


def test_the_same_seed_gives_the_same_sheet():
    pd.testing.assert_frame_equal(to_code(TABLE, 160).sheet, SAMPLE.sheet)
    assert not to_code(TABLE, 160, seed=1).sheet["start"].equals(SAMPLE.sheet["start"])


def test_more_codes_are_asked_for_a_narrower_interval():
    few, many = (len(to_code(TABLE, width=width).sheet) for width in (0.2, 0.15))
    assert few < many
    widths = SAMPLE.widths.set_index("codes")["width"]
    assert widths.is_monotonic_decreasing
    with pytest.raises(InputError, match="no number of codes gives an interval 0"):
        to_code(TABLE, width=0.01)


def test_the_correction_takes_the_machines_error_away():
    table = RESULT.correction.table.set_index("figure")
    true = TABLE.groupby("outlet")["truth"].mean()
    apart = true["Daily"] - true["Herald"]
    assert table.loc["machine", "high"] < 0  # wrong, and sure of it
    assert table.loc["corrected", "low"] < apart < table.loc["corrected", "high"]
    assert RESULT.table["difference"].item() == pytest.approx(
        table.loc["corrected", "difference"]
    )
    width = table["high"] - table["low"]
    assert width["corrected"] < width["codes alone"]
    off = RESULT.correction.off.set_index("outlet")
    assert off.loc["Herald", "off_low"] > 0
    assert "Corrected by codes" in RESULT.caption


def test_where_everything_is_coded_the_correction_is_the_truth():
    sample = to_code(TABLE, 2_000)
    result = contrast(sample.counts, *OUTLETS, codes=coded(sample, TABLE))
    true = TABLE.assign(machine=TABLE["truth"])
    plain = contrast(to_code(true, 40).counts, *OUTLETS)
    assert len(sample.sheet) == len(TABLE)
    assert result.table["difference"].item() == pytest.approx(
        plain.table["difference"].item()
    )
    off = result.correction.off
    assert off["off_low"].tolist() == pytest.approx(off["off"].tolist(), abs=1e-4)
    assert result.table["low"].item() == pytest.approx(
        plain.table["low"].item(), abs=0.01
    )


def test_outlets_swapped_swap_the_correction():
    other = contrast(SAMPLE.counts, *OUTLETS[::-1], codes=CODED).table.iloc[0]
    row = RESULT.table.iloc[0]
    assert other["difference"] == pytest.approx(-row["difference"])
    assert (other["low"], other["high"]) == pytest.approx((-row["high"], -row["low"]))
    assert other["p"] == pytest.approx(row["p"])


def test_few_codes_give_no_interval_and_the_reason():
    few = CODED.assign(label=CODED["label"].where(CODED.index < 6, None))
    table = contrast(SAMPLE.counts, *OUTLETS, codes=few).table
    assert table["p"].isna().all()
    assert "a corrected interval needs 5" in table["refusal"].item()


def test_nothing_is_changed():
    before = CODED.copy()
    contrast(SAMPLE.counts, *OUTLETS, codes=CODED)
    accuracy(CODED)
    pd.testing.assert_frame_equal(CODED, before)


def test_codes_go_with_neither_covariates_nor_odds():
    with pytest.raises(InputError, match="codes correct shares"):
        contrast(SAMPLE.counts, *OUTLETS, codes=CODED, against="rest")


def texts():
    """Articles of two outlets, one of which puts the plan in quotation marks."""
    said = "The plan is a trap. “The plan is a trap,” she said. It rained."
    return corpus_of(
        pd.DataFrame(
            {
                "article": [f"{one:02}" for one in range(12)],
                "outlet": ["Daily"] * 6 + ["Herald"] * 6,
                "event": "talks",
                "text": [said] * 6 + ["“The plan failed,” he said. It rained."] * 6,
            }
        ),
        marks_only=True,
    )


TERMS = terms(texts())


def test_sentences_of_a_corpus_are_coded_in_their_voice(tmp_path):
    sample = to_code(TERMS, 20, item="plan", voice="rest")
    sheet = sample.sheet
    assert set(sheet["machine"]) == {"yes", "other voice", "no"}
    assert sheet.loc[sheet["machine"].eq("no"), "evidence"].isna().all()
    assert sheet.loc[sheet["machine"].ne("no"), "text"].str.contains("plan").all()
    rare = to_code(TERMS, 20, item="plan", voice="rest", missed=False)
    assert "no" not in set(rare.sheet["machine"])
    labels = rare.sheet["machine"].where(rare.sheet["machine"].eq("yes"), "no")
    rare_codes = rare.sheet.assign(label=labels)
    result = contrast(TERMS, *OUTLETS, voice="rest", codes=rare_codes)
    plain = contrast(rare.counts, *OUTLETS)
    assert result.table["difference"].item() == plain.table["difference"].item()
    assert (
        "sentences with the item in what stands outside quotation marks"
        in result.caption
    )
    assert any("they are taken to be without it" in note for note in result.notes)
    assert len(result.evidence("plan")) == plain.table["target_k"].item()
    with pytest.raises(InputError, match="codes are of voice 'rest'"):
        contrast(TERMS, *OUTLETS, codes=rare_codes)
    moved = rare_codes.assign(start=rare_codes["start"] + 1)
    with pytest.raises(InputError, match="no such passage here"):
        contrast(TERMS, *OUTLETS, voice="rest", codes=moved)


def test_a_comparison_names_what_to_code():
    result = contrast(TERMS, *OUTLETS, voice="all")
    sample = to_code(result, 12, item="plan")
    assert set(sample.sheet["outlet"]) == set(OUTLETS)
    with pytest.raises(UnknownNameError, match="did you mean 'plan'"):
        to_code(result, item="plans")
    with pytest.raises(InputError, match="item= is what to code"):
        to_code(TERMS)


# sheets, as spreadsheets leave them


def sheet(**columns):
    table = {"id": [f"s{one}of4" for one in range(1, 5)], "item": "doubt",
             "article": list("aabb"), "outlet": ["Daily", "Daily", "Herald", "Herald"],
             "machine": ["yes", "no", "yes", "no"], "probability": ["0.5"] * 4,
             "label": ["yes", "no", "", "no"]}  # fmt: skip
    return pd.DataFrame(table | columns)


@pytest.mark.parametrize(
    ("separator", "encoding", "labels"),
    [
        (";", "utf-8-sig", ["Yes", " NO ", "", "no"]),
        (",", "utf-16", ["1", "0", "", "0"]),
        ("\t", "cp1252", ["TRUE", "FALSE", "", "FALSCH"]),
    ],
)
def test_sheets_are_read_as_spreadsheets_save_them(
    tmp_path, separator, encoding, labels
):
    table = sheet(label=labels, probability=["0,5"] * 4, note="“Naïve”")
    path = tmp_path / "coded.csv"
    text = table[table.columns[::-1]].to_csv(index=False, sep=separator)
    path.write_bytes(text.encode(encoding))
    found = read_codes(path)
    assert found["label"].where(found["label"].notna(), "").tolist() == [
        *("yes", "no", "", "no")
    ]
    assert found["probability"].tolist() == [0.5] * 4
    assert found["machine"].tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"label": ["yes", "mybe", "", "no"]}, InputError, r"row 2: the label 'mybe'"),
        ({"probability": ["1", "0", "1", "1"]}, InputError, r"row 2: the probability"),
        ({"machine": ["yes", "x", "no", "no"]}, InputError, r"row 2: the machine 'x'"),
        ({"id": ["s1of4", None, "s3of4", "s4of4"]}, InputError, "row 2: the id is bl"),
        ({"id": ["s1of4", "s2of4", "s2of4", "s4of4"]}, InputError, "are missing: 3"),
        ({"id": ["s1of5", "s2of5", "s3of5", "s4of5"]}, InputError, "are missing: 5"),
        ({"label": ""}, InputError, "no row has a label yet"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_with_row_and_reason(
    change, error, message
):
    with pytest.raises(error, match=message):
        read_codes(sheet(**change))


def test_a_column_that_is_missing_is_named():
    with pytest.raises(ColumnError, match="lacks probability"):
        read_codes(sheet().drop(columns="probability"))


def test_two_labels_of_one_coder_are_refused_and_two_coders_are_not():
    two = pd.concat([sheet(coder="Ann"), sheet(coder="Ann")])
    with pytest.raises(InputError, match="two labels of coder 'Ann'"):
        read_codes(two)
    assert len(read_codes([sheet(coder="Ann"), sheet(coder="Bo")])) == 8


def test_a_blind_sheet_is_put_together_with_its_sample(tmp_path):
    whole, blind = tmp_path / "whole.csv", tmp_path / "blind.csv"
    SAMPLE.write(whole)
    SAMPLE.write(blind, blind=True)
    text = blind.read_text(encoding="utf-8-sig")
    assert "Daily" not in text
    assert "machine" not in text
    filled = pd.read_csv(blind).assign(label=CODED["label"].to_numpy(), coder="Ann")
    found = read_codes(filled, sample=whole)
    again = contrast(SAMPLE.counts, *OUTLETS, codes=found).table
    assert again["low"].item() == pytest.approx(RESULT.table["low"].item())
    with pytest.raises(InputError, match="rows of the sample are missing"):
        read_codes(filled.iloc[:-1], sample=whole)
    with pytest.raises(ColumnError, match="Give a blind sheet with sample="):
        read_codes(filled)


def test_a_cell_that_would_run_is_made_harmless_and_read_back(tmp_path):
    live = passages(articles=2, sentences=5).assign(text="=HYPERLINK(1)")
    path = to_code(live, 20).write(tmp_path / "sheet.csv")
    assert "'=HYPERLINK" in path.read_text(encoding="utf-8-sig")
    filled = pd.read_csv(path).assign(label="no")
    assert read_codes(filled)["text"].unique().tolist() == ["=HYPERLINK(1)"]


def test_leading_zeros_that_a_spreadsheet_took_away_are_put_back():
    bare = CODED.assign(
        article=CODED["article"].str.replace(r"^0+(?=\d)", "", regex=True)
    )
    assert not bare["article"].equals(CODED["article"])
    again = contrast(SAMPLE.counts, *OUTLETS, codes=bare).table
    assert again["low"].item() == RESULT.table["low"].item()
    with pytest.raises(InputError, match="none of which is counted"):
        contrast(SAMPLE.counts, *OUTLETS, codes=CODED.assign(article="x"))


def test_yes_and_no_are_alike_however_a_spreadsheet_spelt_them():
    other = CODED["label"].map({"yes": "TRUE", "no": "FALSE"})
    both = [CODED.assign(coder="Ann"), CODED.assign(coder="Bo", label=other)]
    assert agreement(both).table["percent"].item() == 1


def test_what_cannot_be_told_is_left_out_and_said():
    unclear = CODED.assign(label=CODED["label"].where(CODED.index > 4, "cannot tell"))
    result = contrast(SAMPLE.counts, *OUTLETS, codes=unclear)
    assert any("5 passages could not be told" in note for note in result.notes)
    assert result.correction.more["codes"].item() == 155


def test_coders_who_differ_count_by_their_mean_until_it_is_settled():
    other = CODED["label"].map({"yes": "no", "no": "yes"})
    both = [CODED.assign(coder="Ann"), CODED.assign(coder="Bo", label=other)]
    mean = contrast(SAMPLE.counts, *OUTLETS, codes=both)
    assert mean.correction.off["corrected"].tolist() == pytest.approx([0.5, 0.5])
    settled = [*both, CODED.assign(coder="adjudicated")]
    table = contrast(SAMPLE.counts, *OUTLETS, codes=settled).table
    assert table["low"].item() == RESULT.table["low"].item()


# accuracy


def test_accuracy_weighs_what_was_drawn_less_often():
    found = accuracy(CODED).table.set_index("outlet")
    for outlet, rows in TABLE.groupby("outlet"):
        both = (rows["machine"] & rows["truth"]).sum()
        row = found.loc[outlet]
        assert (
            row["precision_low"] < both / rows["machine"].sum() < row["precision_high"]
        )
        assert row["recall_low"] < both / rows["truth"].sum() < row["recall_high"]
        assert row["machine"] == pytest.approx(rows["machine"].mean())
        assert row["corrected_low"] < rows["truth"].mean() < row["corrected_high"]


def test_unlike_errors_are_found_and_like_ones_are_not():
    table = TABLE.assign(truth=TABLE["machine"])
    right = accuracy(coded(SAMPLE, table))
    assert right.table[["precision", "recall", "f1"]].eq(1).all(axis=None)
    assert right.tests["p"].gt(0.05).all()
    worse = table["truth"].mask(table["outlet"].eq("Daily"), TABLE["truth"])
    found = accuracy(coded(SAMPLE, table.assign(truth=worse)))
    assert found.tests.set_index("figure").loc["recall", "p_max"] < 0.05


# agreement

RELIABILITY = """
A 1 2 3 3 2 1 4 1 2 . . .
B 1 2 3 3 2 2 4 1 2 5 . 3
C . 3 3 3 2 3 4 2 2 5 1 .
D 1 2 3 3 2 4 4 1 2 5 1 ."""
"""Krippendorff (2011), section C: four observers, twelve units, missing values."""


def labels(*lines):
    rows = [line.split() for line in lines]
    return pd.DataFrame(
        [
            (f"u{unit}", coder, None if label == "." else label)
            for coder, *given in rows
            for unit, label in enumerate(given)
        ],
        columns=["id", "coder", "label"],
    )


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_the_published_example(level, alpha):
    found = agreement(labels(*RELIABILITY.split("\n")[1:]), level=level)
    assert round(found.table["alpha"].item(), 3) == alpha
    assert found.table[["units", "labels", "coders"]].values.tolist() == [[11, 40, 4]]


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811)]
)
def test_alpha_is_that_of_three_coders_and_fifteen_units(level, alpha):
    """The example of encyclopedias, of which half of the values are missing."""
    lines = (
        "A . . . . . 3 4 1 2 1 1 3 3 . 3",
        "B 1 . 2 1 3 3 4 3 . . . . . . .",
        "C . . 2 1 3 4 4 . 2 1 1 3 3 . 4",
    )
    found = agreement(labels(*lines), level=level)
    assert round(found.table["alpha"].item(), 3) == alpha


@pytest.mark.parametrize(
    ("lines", "alpha"),
    [
        (("Meg 0 1 0 0 0 0 0 0 1 0", "Owen 1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("Ben a a b b d c c c e d d a", "Gerry b a b b b c c c e d d d"), 0.692),
    ],
)
def test_alpha_of_two_observers_is_as_published(lines, alpha):
    """Krippendorff (2011), sections A and B."""
    assert round(agreement(labels(*lines)).table["alpha"].item(), 3) == alpha


def test_agreement_names_who_and_what_disagrees():
    found = agreement(labels("Ann y y n n", "Bo y n n n", "Cy y y n ."))
    assert found.disputed[["id", "Ann", "Bo"]].values.tolist() == [["u1", "y", "n"]]
    percent = found.by_coder.set_index("coder")["percent"]
    assert percent["Bo"] < percent["Ann"]
    assert found.confusion["pairs"].sum() == 2 * 10
    assert found.table["low"].item() <= found.table["alpha"].item()


@pytest.mark.parametrize(
    ("lines", "options", "message"),
    [
        (("Ann y n",), {}, "no unit has labels of two coders"),
        (("Ann y n", "Bo y y"), {"level": "interval"}, "is no number"),
    ],
)
def test_agreement_refuses_what_it_cannot_measure(lines, options, message):
    with pytest.raises(InputError, match=message):
        agreement(labels(*lines), **options)


def test_labels_that_never_vary_have_no_alpha():
    found = agreement(labels("Ann y y", "Bo y y"))
    assert np.isnan(found.table["alpha"].item())
    assert any("alpha is undefined" in note for note in found.notes)


def test_codes_are_drawn_and_shown():
    both = [CODED.assign(coder=name) for name in ("Ann", "Bo")]
    for result in (RESULT, RESULT.correction, accuracy(CODED), agreement(both)):
        assert result.plot().get_xlabel()
        assert escape(result.caption) in result._repr_html_()
        plt.close("all")
    assert "160 passages to code" in SAMPLE._repr_html_()


def test_the_example_of_a_coder_that_is_a_function_runs(tmp_path, capsys):
    from runpy import run_path

    path = tmp_path / "articles.csv"
    texts().articles[["article", "outlet", "event", "text"]].to_csv(path, index=False)
    example = Path(__file__).parents[1] / "examples" / "coding_by_a_function.py"
    run_path(str(example))["main"](str(path), "plan")
    assert "Daily" in capsys.readouterr().out


# several outlets, and over time


def three(seed=1):
    """Sentences of three outlets; a machine that reads each otherwise."""
    two, other = passages(seed, 24), passages(seed + 1, 24)
    post = other[other["outlet"].eq("Daily")]
    post = post.assign(outlet="Post", article="9" + post["article"])
    table = pd.concat([two, post], ignore_index=True)
    return table.assign(start=np.arange(len(table)))


def test_codes_correct_every_pair_of_outlets_as_a_contrast_does():
    table = three()
    sample = to_code(table, 240)
    codes = coded(sample, table)
    result = outlets(sample.counts, codes=codes)
    pair = result.pairs.query("target == 'Daily' and baseline == 'Herald'").iloc[0]
    two = codes[codes["outlet"].ne("Post")].reset_index(drop=True)
    two["id"] = [f"s{one}" for one in range(len(two))]
    alone = contrast(sample.counts.select(outlets=OUTLETS), *OUTLETS, codes=two)
    for name in ("difference", "low", "high", "p"):
        assert pair[name] == pytest.approx(alone.table[name].item())
    true = table.groupby("outlet")["truth"].mean()
    off = result.correction.off.set_index("outlet")
    assert off["machine"].to_dict() == pytest.approx(
        table.groupby("outlet")["machine"].mean().to_dict()
    )
    assert (off["off_low"] < off["machine"] - true).all()
    assert (off["machine"] - true < off["off_high"]).all()
    assert result.table["Post"].item() == pytest.approx(off.loc["Post", "corrected"])
    assert len(result.correction.table) == 3 * 3
    assert len(result.correction.more) == 3
    assert "Corrected by codes" in result.caption


def test_an_outlet_without_codes_is_not_tested_and_has_no_share():
    table = three()
    sample = to_code(table, 160)
    codes = coded(sample, table)
    codes["label"] = codes["label"].where(codes["outlet"].ne("Post"), None)
    result = outlets(sample.counts, codes=codes)
    assert result.table["Post"].isna().all()
    assert result.pairs["p"].notna().sum() == 1


def months(late):
    """Two months of events with the same shares; recall falls in one outlet."""
    rng = np.random.default_rng(5)
    article = np.repeat(np.arange(192), 10)
    side, event = article // 96, article % 96 // 2
    truth = rng.random(len(article)) < np.array([0.4, 0.3])[side]
    yes = 0.95 - late * ((side == 0) & (event >= 24))
    machine = rng.random(len(article)) < np.where(truth, yes, 0.03)
    table = pd.DataFrame(
        {"article": [f"{one:03}" for one in article], "machine": machine,
         "outlet": np.array(OUTLETS)[side], "event": [f"e{one:02}" for one in event],
         "start": np.arange(len(article)), "truth": truth}
    )  # fmt: skip
    articles = table.drop_duplicates("article")[["article", "outlet", "event"]]
    number = articles["event"].str[1:].astype(int)
    date = [f"2024-{1 + one // 24:02}-{1 + one % 24:02}" for one in number]
    return table, corpus_of(articles.assign(text=".", date=date))


def test_a_machine_that_gets_worse_is_no_change_over_time():
    table, corpus = months(late=0.5)
    sample = to_code(table, 480)
    counts = replace(sample.counts, corpus=corpus)
    raw = over_time(counts, *OUTLETS, block="month")
    made = over_time(counts, *OUTLETS, block="month", codes=coded(sample, table))
    assert raw.table["p"].item() < 0.01  # the machine's doing
    assert "Not corrected for the machine's errors" in raw.notes[0]
    assert made.table["p"].item() > 0.05
    rows = made.correction.table.set_index(["block", "figure"])
    assert rows.loc[("2024-02", "machine"), "ratio"] < 1.1
    low, high = rows.loc[("2024-02", "corrected"), ["low", "high"]]
    assert low < 4 / 3 < high
    off = made.correction.off.query("block == '2024-02' and outlet == 'Daily'")
    assert off["off_high"].item() < -0.1
    assert (made.correction.more["to_halve"] > 0).all()
    assert made.plot().get_xlabel() is not None
    plt.close("all")


def test_where_everything_is_coded_change_over_time_is_that_of_the_truth():
    table, corpus = months(late=0.5)
    sample = to_code(table, 10_000)
    counts = replace(sample.counts, corpus=corpus)
    made = over_time(counts, *OUTLETS, block="month", codes=coded(sample, table))
    true = to_code(table.assign(machine=table["truth"]), 40).counts
    plain = over_time(replace(true, corpus=corpus), *OUTLETS, block="month")
    names = ["target_share", "baseline_share", "difference"]
    np.testing.assert_allclose(made.blocks[names], plain.blocks[names])


# published error rates


def judged(recall=(0.72, 0.93), right=(0.92, 0.82), n=400):
    """What somebody published of the machine of `passages`."""
    return {
        outlet: [[round(4 * n * no), round(4 * n * (1 - no))],
                 [round(n * (1 - yes)), round(n * yes)]]
        for outlet, yes, no in zip(OUTLETS, recall, right, strict=True)
    }  # fmt: skip


def test_published_error_rates_correct_a_comparison():
    result = contrast(SAMPLE.counts, *OUTLETS, error=judged())
    table = result.correction.table.set_index("figure")
    true = TABLE.groupby("outlet")["truth"].mean()
    apart = true["Daily"] - true["Herald"]
    assert table.loc["machine", "high"] < apart
    assert table.loc["corrected", "low"] < apart < table.loc["corrected", "high"]
    machine = TABLE.groupby("outlet")["machine"].mean()
    daily = (machine["Daily"] - 0.08) / (0.72 - 0.08)
    assert table.loc["corrected", "target_share"] == pytest.approx(daily)
    assert result.table["low"].item() == table.loc["corrected", "low"]
    assert "recall 0.72 (of 400 judged)" in result.notes[0]
    assert result.settings["corrected_by"] == "published error rates"
    assert result.sensitivity is None


def test_rates_of_fewer_judgements_give_a_wider_interval():
    few, many = (
        contrast(SAMPLE.counts, *OUTLETS, error=judged(n=n)).table.iloc[0]
        for n in (100, 10_000)
    )
    assert few["high"] - few["low"] > 1.2 * (many["high"] - many["low"])
    assert few["difference"] == pytest.approx(many["difference"])


def test_judgements_of_one_article_that_are_alike_count_as_one():
    """Ten judgements each, all right or all wrong: a tenth as many as they look."""
    each = {}
    for outlet, matrix in judged(n=40).items():
        tables = np.zeros((200, 2, 2))
        answers = [
            cell for cell in np.ndindex(2, 2) for _ in range(matrix[cell[0]][cell[1]])
        ]
        for article, cell in enumerate(answers):
            tables[article][cell] = 10
        each[outlet] = tables
    totals = {outlet: tables.sum(axis=0) for outlet, tables in each.items()}
    rows = [
        contrast(SAMPLE.counts, *OUTLETS, error=error)
        for error in (each, judged(n=40), totals)
    ]
    width = [(row.table["high"] - row.table["low"]).item() for row in rows]
    assert width[0] == pytest.approx(width[1], rel=0.03)
    assert width[0] > 1.5 * width[2]
    assert "count as independent" in rows[2].notes[1]
    assert "count as independent" not in " ".join(rows[0].notes)


def test_a_machine_without_errors_needs_no_correction():
    error = judged((1, 1), (1, 1), n=1_000_000)
    row = contrast(SAMPLE.counts, *OUTLETS, error=error).table.iloc[0]
    plain = contrast(SAMPLE.counts, *OUTLETS).table.iloc[0]
    for name in ("difference", "low", "high"):
        assert row[name] == pytest.approx(plain[name], abs=0.005)


def test_outlets_swapped_swap_what_rates_correct():
    error = judged()
    one, two = (
        contrast(SAMPLE.counts, *sides, error=error).table.iloc[0]
        for sides in (OUTLETS, OUTLETS[::-1])
    )
    assert one["difference"] == pytest.approx(-two["difference"])
    assert one["low"] == pytest.approx(-two["high"], abs=0.01)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ([[1, 2], [3, 4]], "a table of judgements for each outlet"),
        ({"Daily": [[9, 1], [1, 9]]}, "no rates of 'Herald'"),
        ({name: [[0.9, 0.1], [0.2, 0.8]] for name in OUTLETS}, "not rates"),
        ({name: [9, 1, 2] for name in OUTLETS}, "two rows"),
        ({name: [[5, 5], [5, 5]] for name in OUTLETS}, "hardly tells them apart"),
        (dict.fromkeys(OUTLETS, "no"), "two rows"),
    ],
)
def test_rates_that_cannot_be_used_are_refused(error, message):
    with pytest.raises(InputError, match=message):
        contrast(SAMPLE.counts, *OUTLETS, error=error)


def test_one_correction_is_enough():
    with pytest.raises(InputError, match="give one, codes if you can"):
        contrast(SAMPLE.counts, *OUTLETS, error=judged(), codes=CODED)
    with pytest.raises(InputError, match="error rates correct shares"):
        contrast(SAMPLE.counts, *OUTLETS, error=judged(), against="rest")


def test_the_gap_in_recall_that_loses_the_sign_does_lose_it():
    result = contrast(SAMPLE.counts, *OUTLETS)
    row = result.sensitivity.iloc[0]
    shares = TABLE.groupby("outlet")["machine"].mean()
    assert (row["better"], row["worse"]) == ("Herald", "Daily")
    assert shares["Daily"] / row["lost_at"] == pytest.approx(shares["Herald"] / 0.9)
    assert f"{100 * row['lost_at']:.0f} % or less in Daily" in result.notes[0]


def test_reported_speech_that_is_missed_loses_the_sign_of_the_own_voice():
    rows = [
        ("e", outlet, f"{outlet}{one}", voice, "deal", k, n)
        for outlet, own, other in (("Daily", 8, 10), ("Herald", 6, 20))
        for one in range(6)
        for voice, k, n in (("own", own, 100), ("indirect", other, 50))
    ]
    columns = ["event", "outlet", "article", "voice", "item", "k", "n"]
    result = contrast(pd.DataFrame(rows, columns=columns), *OUTLETS, voice="own")
    row = result.sensitivity.iloc[0]
    missed = {"Daily": (1 - row["lost_at"]) / row["lost_at"], "Herald": 1 / 9}
    share = [
        (own - missed[outlet] * other) / (100 - missed[outlet] * 50)
        for outlet, own, other in (("Daily", 8, 10), ("Herald", 6, 20))
    ]
    assert row["worse"] == "Daily"
    assert share[0] == pytest.approx(share[1], abs=1e-6)
    assert "of reported speech is recognised in Herald" in result.notes[0]


# projects of other programs

PROJECT = "urn:QDA-XML:project:1.0"


def coded_elsewhere(path, codings):
    """Set codes in a project as another program does: (id, label, user) each."""
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    root = fromstring(held["project.qde"])
    code_of = {
        one.get("name"): one.get("guid") for one in root.iter(f"{{{PROJECT}}}Code")
    }
    users = root.find(f"{{{PROJECT}}}Users")
    for user in {user for _, _, user in codings}:
        ET.SubElement(users, f"{{{PROJECT}}}User", guid=user, name=user)
    for source in root.iter(f"{{{PROJECT}}}TextSource"):
        for id_, label, user in codings:
            if source.get("name").startswith(f"{id_} | "):
                stretch = ET.SubElement(
                    source, f"{{{PROJECT}}}PlainTextSelection", guid=f"{id_}{user}",
                    startPosition="0", endPosition="4",
                )  # fmt: skip
                coding = ET.SubElement(
                    stretch,
                    f"{{{PROJECT}}}Coding",
                    guid=f"{label}{id_}",
                    creatingUser=user,
                )
                ET.SubElement(
                    coding, f"{{{PROJECT}}}CodeRef", targetGUID=code_of[label]
                )
    held["project.qde"] = ET.tostring(root)
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content)


def test_where_all_is_coded_the_share_is_known_and_held():
    """Neither the last digit nor how probable each was can put it elsewhere."""
    for many in range(2, 60, 3):
        labels = np.resize(["yes", "no", "no"], many)
        sheet = pd.DataFrame(
            {
                "id": [f"p{one}" for one in range(many)], "item": "x", "probability": 1,
                "article": [f"a{one}" for one in range(many)], "outlet": "Daily",
                "machine": np.resize(["yes", "no"], many), "label": labels,
                "stratum": "Daily",
            }
        )  # fmt: skip
        row = accuracy(sheet).table.iloc[0]
        true = (labels == "yes").mean()
        assert row["corrected_low"] <= true <= row["corrected_high"]
        assert row["corrected_high"] - row["corrected_low"] < 1e-4
    table = passages(articles=5)
    sample = to_code(table, len(table))
    sheet = coded(sample, table).assign(probability=lambda of: 1 - of.index % 5 / 10)
    made = contrast(sample.counts, *OUTLETS, codes=sheet).table.iloc[0]
    true = table.groupby("outlet")["truth"].mean()
    assert made["difference"] == pytest.approx(true["Daily"] - true["Herald"])


def test_a_project_goes_to_another_program_and_back(tmp_path):
    path = SAMPLE.write(tmp_path / "sample.qdpx")
    assert path.read_bytes() == SAMPLE.write(tmp_path / "again.qdpx").read_bytes()
    with zipfile.ZipFile(path) as parts:
        project = parts.read("project.qde").decode()
        texts = "".join(
            parts.read(name).decode() for name in parts.namelist() if "sources/" in name
        )
        assert len(parts.namelist()) == 1 + len(SAMPLE.sheet)
    for outlet in SAMPLE.sheet["outlet"].unique():
        assert outlet not in project + texts
    ids = SAMPLE.sheet["id"].tolist()
    said = [(one, "yes" if at % 3 else "no", "Ann") for at, one in enumerate(ids)]
    coded_elsewhere(path, [*said, (ids[0], "cannot tell", "Bo")])
    found = read_codes(path, sample=SAMPLE.sheet)
    mine = found[found["coder"].eq("Ann")].set_index("id")["label"]
    assert mine.loc[ids].tolist() == [label for _, label, _ in said]
    assert found.loc[found["coder"].eq("Bo"), "unclear"].tolist() == [True]
    assert set(found["probability"]) == set(SAMPLE.sheet["probability"])

    coded_elsewhere(path, [(ids[1], "no", "Ann")])
    with pytest.raises(InputError, match="has two labels of coder"):
        read_codes(path, sample=SAMPLE.sheet)


def test_what_is_no_project_is_refused_in_one_line(tmp_path):
    path = tmp_path / "x.qdpx"
    for content in (b"no zip", b""):
        path.write_bytes(content)
        with pytest.raises(InputError, match="no REFI-QDA project"):
            read_codes(path, sample=SAMPLE.sheet)
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("project.qde", f'<Project xmlns="{PROJECT}"/>')
    with pytest.raises(InputError, match="holds no passage of a sample"):
        read_codes(path, sample=SAMPLE.sheet)


def test_a_statistic_of_ones_own_has_the_error_of_coding_too():
    def apart(one, other):
        return one["item"] - other["item"]

    machine = contrast(SAMPLE.counts, *OUTLETS).jackknife(apart)
    made = RESULT.jackknife(apart)
    error = {"Daily": [[368, 32], [28, 72]], "Herald": [[328, 72], [7, 93]]}
    rated = contrast(SAMPLE.counts, *OUTLETS, error=error)
    for result, own in ((RESULT, made), (rated, rated.jackknife(apart))):
        row = result.table.iloc[0]
        assert own["error"] > 1.5 * machine["error"]
        width = row["high"] - row["low"]
        assert own["high"] - own["low"] == pytest.approx(width, rel=0.15)
        assert own["value"] == pytest.approx(row["difference"], abs=1e-9)


def test_a_label_of_which_nothing_was_drawn_does_not_lose_the_outlet():
    """Where labels were not drawn from, the rest speaks for it; else nobody knows."""
    from framelens.compare.coded import outlet_share

    codes = pd.DataFrame(
        {
            "article": [f"a{one}" for one in range(8)], "machine": False,
            "elsewhere": False, "code": [1.0, 0, 0, 0] * 2, "weight": 2.0,
        }
    )  # fmt: skip
    number = np.array([15.0, 0.0, 1.0])
    share, low, high = outlet_share(codes, number, whole=True)
    assert share == 0.25
    assert 0 < low < 0.25 < high < 0.6
    assert np.isnan(outlet_share(codes, number, whole=False)[0])
