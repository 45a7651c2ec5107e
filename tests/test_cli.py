"""The command line: what it writes, what it says, and how it refuses."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens import __version__, cli, contrast, read_corpus, terms
from framelens._checks import InputError
from framelens.align import statements
from framelens.align.coverage.result import paragraph_rates
from framelens.cli import main, output
from framelens.cli.arguments import pieces_in_a_cell
from framelens.cli.output import (
    WRITERS,
    check_file,
    staged_folder,
    write_table,
    write_tables,
)
from framelens.cli.verbs import VERBS
from framelens.corpus import corpus_of
from framelens.measure import Counts
from framelens.measure.counts import in_parts
from framelens.read import read_articles

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = (
    "article,outlet,event,text\n"
    '1,Daily,fair,"The mayor said: “Bread is dear.” It rained."\n'
    "2,Herald,fair,Bread is cheap in the town. Milk is dear.\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("articles.csv").write_text(ARTICLES, encoding="utf-8")
    Path("out").mkdir()
    return tmp_path


def run(*arguments, capsys):
    code = main([str(one) for one in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def process(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "framelens", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)} | options,
    )


def refuse_the_model(monkeypatch):
    def refuse(*_, **__):
        raise InputError("the model was asked")

    for name, module in list(sys.modules.items()):
        if name.startswith("framelens.") and "load_reader" in vars(module):
            monkeypatch.setattr(module, "load_reader", refuse)


def left_in(path):
    return sorted(one.name for one in Path(path).iterdir())


# What the verbs write


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_read_writes_what_read_takes(folder, capsys, suffix):
    code, said, _ = run(
        "read", "articles.csv", "--out", f"out/a{suffix}", capsys=capsys
    )
    assert code == 0
    assert said.startswith("2 articles kept from articles.csv; none dropped.\n")
    assert left_in("out") == [f"a{suffix}"]
    again = read_articles(f"out/a{suffix}").articles.astype({"text": object})
    pd.testing.assert_frame_equal(again, read_articles("articles.csv").articles)


def test_read_joins_sources_and_says_all_that_was_dropped(folder, capsys):
    rows = "\n".join(f"x{number}, " for number in range(15))
    Path("more.csv").write_text("article,text\ny,Milk\n" + rows, encoding="utf-8")
    sources = ["articles.csv", "more.csv"]
    code, said, _ = run("read", *sources, "--out", "out/a.csv", capsys=capsys)
    assert code == 0
    assert "3 articles kept from articles.csv, more.csv; 15 dropped." in said
    assert all(f"more.csv, line {number}: " in said for number in range(3, 18))
    assert len(pd.read_csv("out/a.csv")) == 3


def test_read_maps_names(folder, capsys):
    Path("t.csv").write_text("id,body\n1,Bread\n", encoding="utf-8")
    names = "body=text,id=article"
    code, _, _ = run(
        "read", "t.csv", "--columns", names, "--out", "out/a.jsonl", capsys=capsys
    )
    assert code == 0
    record = json.loads(Path("out/a.jsonl").read_text(encoding="utf-8"))
    assert (record["article"], record["text"], record["outlet"]) == ("1", "Bread", None)


def test_measure_has_n_beside_k(folder, capsys):
    code, _, _ = run(
        "measure", "terms", "articles.csv", "--out", "out/t.csv", capsys=capsys
    )
    table = pd.read_csv("out/t.csv", dtype={"article": str})
    assert code == 0
    assert list(table.columns) == [
        "event", "outlet", "article", "voice", "item", "k", "n",
    ]  # fmt: skip
    own = table[(table["article"] == "2") & (table["voice"] == "own")]
    assert own["n"].unique().tolist() == [9]
    assert own["k"].sum() == 9


def test_voices_are_read_or_seen_by_their_marks(folder, capsys):
    Path("told.csv").write_text(ATTRIBUTED, encoding="utf-8")
    found = {}
    for way in ("attributions", "marks"):
        arguments = ["told.csv", "--voices", way, "--out", f"out/{way}.csv"]
        assert run("measure", "terms", *arguments, capsys=capsys)[0] == 0
        table = pd.read_csv(f"out/{way}.csv").drop_duplicates(["article", "voice"])
        found[way] = set(table["voice"])
    assert found == {"attributions": {"own", "indirect"}, "marks": {"rest"}}


def test_speakers_by_marks_are_those_of_quotations(folder, capsys):
    text = "“Bread is dear,” said Jane Doe. She denied that milk is dear."
    Path("said.csv").write_text(f'article,text\n1,"{text}"\n', encoding="utf-8")
    found = {}
    for way in ("attributions", "marks"):
        arguments = ["said.csv", "--voices", way, "--out", f"out/{way}.csv"]
        assert run("measure", "speakers", *arguments, capsys=capsys)[0] == 0
        table = pd.read_csv(f"out/{way}.csv")
        found[way] = table[["voice", "item", "k"]].to_numpy().tolist()
    assert found["marks"] == [["direct", "Jane Doe", 3]]
    assert ["direct", "Jane Doe", 3] in found["attributions"]
    assert "indirect" in {voice for voice, _, _ in found["attributions"]}


@pytest.mark.parametrize("measure", ["emphasis", "coverage"])
def test_what_lines_up_takes_its_voices_from_the_marks(folder, capsys, measure):
    arguments = [measure, "articles.csv", "--voices", "marks", "--out", "out/e.csv"]
    assert run("measure", *arguments, capsys=capsys)[0] == 0
    table = pd.read_csv("out/e.csv")
    assert set(table.get("voice", ["rest"])) <= {"direct", "mixed", "rest"}


def test_measure_keeps_totals_in_which_nothing_counts():
    keys = {"event": ["e"], "outlet": ["Daily"], "article": ["1"], "voice": ["rest"]}
    empty = pd.DataFrame({**keys, "item": ["x"], "k": [1]}).iloc[:0]
    found = Counts(empty, pd.DataFrame({**keys, "n": [7]}), "terms", "words")
    (table,) = in_parts(found)
    assert table[["k", "n"]].to_numpy().tolist() == [[0, 7]]
    assert table["item"].isna().all()


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_a_table_in_parts_is_the_same_table(tmp_path, suffix):
    articles = pd.DataFrame(
        {
            "article": ["b", "a", "c", "d"],
            "outlet": ["Daily", "Herald", "Daily", None],
            "event": ["e", None, "e", "e"],
            "text": ["Rain fell. “Rain,” he said.", "Rain", "…", "“No,” she said."],
        }
    )
    found = terms(read_corpus(articles, marks_only=True))
    keys = ["event", "outlet", "article", "voice"]
    whole = found.counts.merge(found.totals, on=keys, how="outer", sort=False)
    whole = whole[[*keys, "item", "k", "n"]]
    whole = whole.astype({"k": "int64"})
    write_tables(
        {tmp_path / f"a{suffix}": whole, tmp_path / f"b{suffix}": in_parts(found, 1)}
    )
    read = {
        ".parquet": pd.read_parquet,
        ".csv": pd.read_csv,
        ".jsonl": partial(pd.read_json, lines=True),
    }[suffix]
    pd.testing.assert_frame_equal(
        read(tmp_path / f"b{suffix}"), read(tmp_path / f"a{suffix}")
    )


def test_measure_takes_the_order(folder, capsys):
    arguments = ["terms", "articles.csv", "--order", 2, "--out", "out/t.jsonl"]
    assert run("measure", *arguments, capsys=capsys)[0] == 0
    items = pd.read_json("out/t.jsonl", lines=True)["item"]
    assert "bread is" in set(items)


def test_compare_writes_the_table_of_the_result(folder, capsys):
    sides = ["--target", "Daily", "--baseline", "Herald", "--out", "out/c.csv"]
    code, said, _ = run("compare", "terms", "articles.csv", *sides, capsys=capsys)
    table = pd.read_csv("out/c.csv")
    assert code == 0
    assert "Daily" in said
    assert set(table["voice"]) == {"all"}
    assert said.count("no p-value") == 1
    assert {"item", "target_k", "target_n", "difference", "refusal"} <= set(table)
    assert table["p"].isna().all()


SIDES = ["--target", "Daily", "--baseline", "Herald"]


@pytest.mark.parametrize("asked", [None, 7])
def test_compare_takes_in_how_many_articles_an_item_must_be(
    folder, capsys, monkeypatch, asked
):
    def refuse(*_, min_articles, **__):
        raise InputError(f"asked for {min_articles}")

    monkeypatch.setattr("framelens.compare.contrast", refuse)
    more = [] if asked is None else ["--min-articles", asked]
    compare = ("compare", "terms", "articles.csv", *SIDES, "--out", "out/c.csv", *more)
    assert run(*compare, capsys=capsys)[2] == f"framelens: asked for {asked or 5}\n"


def test_compare_takes_clusters_and_strata_as_contrast_does(folder, capsys):
    rows = [
        f"{side}{n},{side},{author},{n % 2},{'bread ' * (n % 3 + 1)}{side}{n}"
        for side in ("Daily", "Herald")
        for n, author in enumerate("aabbccddeeffgg")
    ]
    Path("by.csv").write_text("article,outlet,author,desk,text\n" + "\n".join(rows))
    units = ["--cluster", "author", "--strata", "desk", "--out", "out/by.csv"]
    code, said, _ = run("compare", "terms", "by.csv", *SIDES, *units, capsys=capsys)
    ours = contrast(
        terms(read_corpus("by.csv", marks_only=True)),
        target="Daily", baseline="Herald", cluster="author", strata="desk",
    )  # fmt: skip
    assert code == 0
    assert ours.caption in said
    assert "95 % intervals over clusters" in said
    shown = ["item", "difference", "p", "low"]
    written = pd.read_csv("out/by.csv")[shown]
    pd.testing.assert_frame_equal(written, ours.table[shown], check_dtype=False)
    code, _, told = run(
        "compare", "terms", "by.csv", *SIDES, "--cluster", "writer", *units[2:],
        capsys=capsys,
    )  # fmt: skip
    assert code == 2
    assert "writer" in told


@pytest.mark.parametrize("voice", ["all", "direct", "rest"])
def test_marks_are_enough_for_words_in_sums_of_voices(folder, capsys, voice, shipped):
    pair = shipped[shipped["article"].isin(["000", "001"])]
    pair.assign(outlet=["Daily", "Herald"]).to_csv("pair.csv", index=False)
    said = []
    for number, ways in enumerate(
        ([], ["--voices", "marks"], ["--voices", "attributions"])
    ):
        options = [*SIDES, "--voice", voice, *ways, "--out", f"out/{number}.csv"]
        code, told, _ = run("compare", "terms", "pair.csv", *options, capsys=capsys)
        said.append((code, told, Path(f"out/{number}.csv").read_text("utf-8")))
    assert said[0][0] == 0
    assert said[0] == said[1] == said[2]


def test_where_the_marks_are_enough_nothing_is_read(folder, capsys, monkeypatch):
    refuse_the_model(monkeypatch)
    compare = ["compare", "terms", "articles.csv", *SIDES, "--out", "out/c.csv"]
    assert run(*compare, capsys=capsys)[0] == 0
    assert run(*compare, "--voice", "rest", capsys=capsys)[0] == 0
    for more in (["--voice", "own"], ["--voices", "attributions"], ["--order", "2"]):
        code, _, told = run(*compare, *more, capsys=capsys)
        assert (code, told) == (2, "framelens: the model was asked\n")


@pytest.mark.parametrize("voice", ["own", "indirect", "quoted"])
def test_compare_in_voices_that_are_read(folder, capsys, voice):
    text = "The mayor said that bread is dear. “Milk is dear,” said the baker."
    rows = "".join(
        f'{outlet},{outlet},fair,"{text}"\n' for outlet in ("Daily", "Herald")
    )
    Path("told.csv").write_text("article,outlet,event,text\n" + rows, "utf-8")
    options = [*SIDES, "--voice", voice, "--out", "out/c.csv"]
    code, said, _ = run("compare", "terms", "told.csv", *options, capsys=capsys)
    table = pd.read_csv("out/c.csv")
    assert code == 0
    assert set(table["voice"]) == {voice}
    assert table["difference"].eq(0).all()
    both = {"difference_with_indirect", "sign_differs"}
    assert both & set(table) == (both if voice == "own" else set())
    if voice == "own":
        assert "reported speech added" in said


def test_annotate_writes_a_table_for_every_layer(folder, capsys):
    code, _, _ = run("annotate", "articles.csv", "--out", "out/spans", capsys=capsys)
    assert code == 0
    assert left_in("out") == ["spans"]
    assert left_in("out/spans") == [
        "_framelens.json",
        *(
            f"{layer}.parquet"
            for layer in [
                "articles", "attributions", "credited", "furniture", "ledger",
                "names", "paragraphs", "quotations", "sentences", "voices",
            ]
        ),
    ]  # fmt: skip
    quotations = pd.read_parquet("out/spans/quotations.parquet")
    text = read_articles("articles.csv").articles["text"][0]
    assert text[quotations["start"][0] : quotations["end"][0]] == "“Bread is dear.”"
    attributions = pd.read_parquet("out/spans/attributions.parquet")
    assert {"role", "kind", "depth", "probability"} <= set(attributions)
    found = pd.read_parquet("out/spans/voices.parquet")
    expected = corpus_of("articles.csv").voices
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_another_language_is_told_where_speech_is_read(folder, capsys):
    german = (
        "Der Minister sagte am Montag, die Brücke sei sicher und bleibe offen. " * 3
    )
    table = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [german]})
    table.to_csv("german.csv", index=False)
    for verb in (["attributions"], ["measure", "terms"]):
        code, out, _ = run(*verb, "german.csv", "--out", "out/x.csv", capsys=capsys)
        assert code == 0
        assert "1 article is not in English: voices and speakers are made for" in out
        code, out, _ = run(*verb, "articles.csv", "--out", "out/x.csv", capsys=capsys)
        assert "not in English" not in out


def test_annotate_keeps_its_tables_where_nothing_is_marked(folder, capsys):
    Path("told.csv").write_text("article,text\n2,Milk is dear.\n", encoding="utf-8")
    code, _, _ = run("annotate", "told.csv", "--out", "out/spans", capsys=capsys)
    assert code == 0
    assert pd.read_parquet("out/spans/attributions.parquet").empty
    assert pd.read_parquet("out/spans/voices.parquet")["voice"].tolist() == ["own"]


ATTRIBUTED = """\
article,outlet,text
1,Daily,"The premier said that bread is dear. It rained."
2,Herald,Milk is dear.
"""
ACTORS = "alias,actor,affiliation,role\nthe premier,Jane Doe,Atlantis,\n"


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_attributions_are_one_row_each(folder, capsys, suffix):
    Path("told.csv").write_text(ATTRIBUTED, encoding="utf-8")
    Path("actors.csv").write_text(ACTORS, encoding="utf-8")
    arguments = ["told.csv", "--actors", "actors.csv", "--out", f"out/a{suffix}"]
    code, said, told = run("attributions", *arguments, capsys=capsys)
    assert (code, told) == (0, "")
    assert said == (
        "2 articles: 1 attributions, 1 with a speaker. "
        f"Written to {Path('out') / 'a'}{suffix}.\n"
    )
    assert left_in("out") == [f"a{suffix}"]
    path = Path(f"out/a{suffix}")
    if suffix == ".jsonl":
        record = json.loads(path.read_text(encoding="utf-8"))
    else:
        read = pd.read_csv if suffix == ".csv" else pd.read_parquet
        record = read(path).iloc[0].to_dict()
    pieces = {"content": [[17, 35]], "source": [[0, 11]], "cue": [[12, 16]]}
    if suffix == ".csv":
        pieces = {"content": "17-35", "source": "0-11", "cue": "12-16"}
    if suffix == ".parquet":
        record |= {one: [list(two) for two in record[one]] for one in pieces}
    assert list(record) == [
        "article", "annotation", "content", "source", "cue", "kind", "speaker",
        "affiliation", "cue_class", "depth", "probability", "outlet", "text",
    ]  # fmt: skip
    assert [record["outlet"], record["text"]] == ["Daily", "that bread is dear"]
    assert {one: record[one] for one in pieces} == pieces
    assert [record[one] for one in ("speaker", "affiliation", "kind")] == [
        "Jane Doe", "Atlantis", "indirect",
    ]  # fmt: skip
    assert (record["cue_class"], record["depth"]) == ("neutral", 0)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_articles_in_which_nobody_speaks_give_no_rows(folder, capsys, suffix):
    Path("told.csv").write_text("article,text\n2,Milk is dear.\n", encoding="utf-8")
    path = f"out/a{suffix}"
    code, said, _ = run("attributions", "told.csv", "--out", path, capsys=capsys)
    assert code == 0
    assert said.startswith("1 articles: 0 attributions")
    assert left_in("out") == [f"a{suffix}"]


def test_pieces_that_are_missing_are_null_or_blank():
    pieces = pieces_in_a_cell
    assert pieces([[1, 2], [30, 44]]) == "1-2 30-44"
    assert pieces(None) is None


def test_report_is_written_whole(folder, capsys):
    code, said, _ = run("report", "articles.csv", "--out", "out/r", capsys=capsys)
    assert code == 0
    assert Path("out/r/index.html").is_file()
    assert "out/r/index.html" in said
    assert left_in("out") == ["r"]


def test_a_report_by_the_marks_reads_nothing(folder, capsys, monkeypatch):
    refuse_the_model(monkeypatch)
    report = ["report", "articles.csv", "--out", "out/r"]
    assert run(*report, "--voices", "marks", capsys=capsys)[0] == 0
    assert run(*report, capsys=capsys)[2] == "framelens: the model was asked\n"


def test_drops_are_told_by_every_verb(folder, capsys):
    Path("t.csv").write_text(ARTICLES + "3,Daily,fair,\n", encoding="utf-8")
    code, _, told = run(
        "measure", "terms", "t.csv", "--out", "out/t.csv", capsys=capsys
    )
    assert code == 0
    assert told == "Dropped: t.csv, line 4: the text is empty.\n"


# How it refuses

WRONG = {
    "no verb": ([], "required: VERB"),
    "unknown verb": (["reed"], "invalid choice: 'reed'"),
    "no out": (["read", "articles.csv"], "required: --out"),
    "unknown option": (
        ["read", "articles.csv", "--out", "out/a.csv", "--fast"],
        "--fast",
    ),
    "missing source": (["read", "none.csv", "--out", "out/a.csv"], "none.csv"),
    "bad mapping": (
        ["read", "articles.csv", "--columns", "body", "--out", "out/a.csv"],
        "invalid YOURS=OURS value: 'body'",
    ),
    "unknown column": (
        ["read", "articles.csv", "--columns", "txt=title", "--out", "out/a.csv"],
        "did you mean 'text'",
    ),
    "suffix": (["read", "articles.csv", "--out", "out/a.xlsx"], "names no format"),
    "no suffix": (["read", "articles.csv", "--out", "out/a"], "(none) names no format"),
    "out is a folder": (["read", "articles.csv", "--out", "f.csv"], "is a folder"),
    "no folder": (["read", "articles.csv", "--out", "no/a.csv"], "make it first"),
    "own source": (["read", "articles.csv", "--out", "articles.csv"], "its own source"),
    "limit": (
        ["read", "articles.csv", "--max-bytes", "0", "--out", "out/a.csv"],
        "invalid whole number above 0 value: '0'",
    ),
    "twice the same": (
        ["read", "articles.csv", "articles.csv", "--out", "out/a.csv"],
        "must be unique",
    ),
    "unknown measure": (
        ["measure", "trems", "articles.csv", "--out", "out/a.csv"],
        "did you mean 'terms'",
    ),
    "unknown outlet": (
        ["compare", "terms", "articles.csv", "--target", "Dayly", "--baseline",
         "Herald", "--out", "out/a.csv"],
        "did you mean 'Daily'",
    ),
    "one outlet": (
        ["compare", "terms", "articles.csv", "--target", "Daily", "--baseline",
         "Daily", "--out", "out/a.csv"],
        "name two outlets",
    ),
    "unknown voice": (
        ["compare", "terms", "articles.csv", "--target", "Daily", "--baseline",
         "Herald", "--voice", "drect", "--out", "out/a.csv"],
        "did you mean 'direct'",
    ),
    "voice that the marks do not tell": (
        ["compare", "terms", "articles.csv", "--target", "Daily", "--baseline",
         "Herald", "--voice", "own", "--voices", "marks", "--out", "out/a.csv"],
        "--voice own needs --voices attributions",
    ),
    "unknown way to find voices": (
        ["measure", "terms", "articles.csv", "--voices", "mark", "--out", "out/a.csv"],
        "invalid choice: 'mark'",
    ),
    "order that is no number": (
        ["measure", "terms", "articles.csv", "--order", "0", "--out", "out/a.csv"],
        "argument --order: invalid whole number above 0 value: '0'",
    ),
    "grouping that is none": (
        ["measure", "speakers", "articles.csv", "--by", "party", "--out", "out/a.csv"],
        "no choice of --by 'party' here; choose one of: 'affiliation', 'source_type', "
        "'speaker'",
    ),
    "what a measure does not take": (
        ["measure", "speakers", "none.csv", "--order", "2", "--out", "out/a.csv"],
        "the measure 'speakers' takes no --order",
    ),
    "what only lining up takes": (
        ["compare", "reuse", "none.csv", "--target", "Daily", "--baseline", "Herald",
         "--out", "out/a.csv"],
        "no measure 'reuse' here",
    ),
    "report with one outlet": (
        ["report", "articles.csv", "--target", "Daily", "--out", "out/r"],
        "give both or none",
    ),
    "report into a file": (
        ["report", "articles.csv", "--out", "articles.csv"],
        "is a file",
    ),
    "attributions suffix": (
        ["attributions", "articles.csv", "--out", "out/a.txt"],
        "names no format",
    ),
    "attributions of nothing": (
        ["attributions", "none.csv", "--out", "out/a.jsonl"],
        "none.csv",
    ),
    "no table of actors": (
        ["attributions", "articles.csv", "--actors", "none.csv", "--out",
         "out/a.jsonl"],
        "no table of actors at none.csv",
    ),
    "table of actors without aliases": (
        ["attributions", "articles.csv", "--actors", "articles.csv", "--out",
         "out/a.jsonl"],
        "lacks alias, actor, affiliation, role",
    ),
    "attributions over their articles": (
        ["attributions", "articles.csv", "--out", "articles.csv"],
        "its own source",
    ),
    "annotate nowhere": (
        ["annotate", "articles.csv", "--out", "no/no"],
        "make it first",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_refused_in_one_line_and_nothing_is_left(folder, capsys, case):
    Path("f.csv").mkdir()
    arguments, message = WRONG[case]
    before = Path("articles.csv").read_bytes()
    code, said, told = run(*arguments, capsys=capsys)
    assert (code, said) == (2, "")
    assert told.startswith("framelens: ")
    assert told.count("\n") == 1
    assert message in told
    assert left_in("out") == []
    assert left_in(".") == ["articles.csv", "f.csv", "out"]
    assert Path("articles.csv").read_bytes() == before


def test_messages_hold_no_line_breaks_or_terminal_codes(folder, capsys):
    code, _, told = run("read", "a\n\x1b[31mb", "--out", "out/a.csv", capsys=capsys)
    assert code == 2
    assert told.count("\n") == 1
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("fault", "code", "message"),
    [
        (
            OSError(28, "No space left on device", "a.csv"),
            2,
            "a.csv cannot be written: No space left",
        ),
        (MemoryError(), 2, "not enough memory"),
        (KeyboardInterrupt(), 130, "interrupted; no half-written file is left"),
    ],
)
def test_a_failed_write_leaves_nothing(
    folder, capsys, monkeypatch, fault, code, message
):
    def half(table, path):
        path.write_bytes(b"half")
        raise fault

    Path("out/a.csv").write_text("old", encoding="utf-8")
    monkeypatch.setitem(cli.output.WRITERS, ".csv", half)
    found, _, told = run("read", "articles.csv", "--out", "out/a.csv", capsys=capsys)
    assert found == code
    assert message in told
    assert left_in("out") == ["a.csv"]
    assert Path("out/a.csv").read_text(encoding="utf-8") == "old"


def test_a_reader_that_has_gone_is_no_error(folder, monkeypatch):
    read = os.pipe()
    os.close(read[0])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "framelens",
            "read",
            "articles.csv",
            "--out",
            "out/a.csv",
        ],
        stdout=read[1],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(read[1])
    assert (done.returncode, done.stderr) == (0, b"")
    assert left_in("out") == ["a.csv"]


def test_a_closed_output_is_no_error(folder):
    command = (
        f"exec {shlex.quote(sys.executable)} -m framelens read articles.csv "
        "--out out/a.csv >&-"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_real_command_line(folder):
    version = process("--version")
    assert (version.returncode, version.stdout) == (0, f"framelens {__version__}\n")
    wrong = process("read", "none.csv", "--out", "out/a.csv")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "framelens: there is no file or folder none.csv\n"


def test_a_terminal_without_unicode_is_no_error(folder):
    Path("articles.csv").write_text(
        "article,outlet,text\n1,Тагесблатт,Brot\n", encoding="utf-8"
    )
    done = process(
        "read", "articles.csv", "--out", "out/a.csv", PYTHONIOENCODING="ascii"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u0422" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(capsys, verb):
    with pytest.raises(SystemExit) as left:
        main([verb, "--help"])
    assert left.value.code == 0
    assert ("STORE" if verb == "store" else "--out") in capsys.readouterr().out


# Files


def test_a_folder_in_use_keeps_its_other_files(tmp_path):
    target = tmp_path / "there"
    (target / "sub").mkdir(parents=True)
    (target / "keep.txt").write_text("old", encoding="utf-8")
    with staged_folder(target) as staged:
        (staged / "sub").mkdir()
        (staged / "sub" / "new.txt").write_text("new", encoding="utf-8")
    assert sorted(one.name for one in target.rglob("*")) == [
        "keep.txt",
        "new.txt",
        "sub",
    ]
    with pytest.raises(FileNotFoundError), staged_folder(target) as staged:
        (staged / "half.txt").rename(staged / "no" / "half.txt")
    assert left_in(tmp_path) == ["there"]


def test_out_may_not_be_a_link_to_the_source(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text(ARTICLES, encoding="utf-8")
    (tmp_path / "b.csv").symlink_to(source)
    with pytest.raises(InputError, match="its own source"):
        check_file(str(tmp_path / "b.csv"), sources=[str(source)])


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_half_characters_are_refused(tmp_path, suffix):
    table = pd.DataFrame({"a": ["\ud83d"]}, dtype=object)
    with pytest.raises(InputError, match="half a character"):
        write_table(table, tmp_path / f"a{suffix}")
    assert left_in(tmp_path) == []


def test_parquet_names_what_it_cannot_hold(tmp_path):
    with pytest.raises(InputError, match="one kind of value"):
        write_table(pd.DataFrame({"a": [1, "b"]}), tmp_path / "a.parquet")
    assert left_in(tmp_path) == []


def test_whole_numbers_that_do_not_fit_are_said_in_one_line(folder, capsys):
    row = {"article": "a", "outlet": "D", "text": "Rain fell.", "note": 10**30}
    Path("big.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    code, _, told = run("read", "big.jsonl", "--out", "out/a.parquet", capsys=capsys)
    assert (code, told.count("\n")) == (2, 1)
    assert "below 2**63" in told
    code, _, told = run("annotate", "big.jsonl", "--out", "out/s", capsys=capsys)
    assert (code, told.count("\n")) == (0, 1)
    assert told.endswith("numbers from 2**63: note\n")
    assert pd.read_parquet("out/s/articles.parquet")["note"][0] == str(10**30)


def test_of_several_tables_none_is_left_where_one_cannot_be_written(
    tmp_path, monkeypatch
):
    def full(table, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(WRITERS, ".jsonl", full)
    table = pd.DataFrame({"a": [1]})
    (tmp_path / ".framelens-1.part").write_bytes(b"left behind")
    with pytest.raises(InputError, match=r"b\.jsonl cannot be written: No space"):
        write_tables({tmp_path / "a.csv": table, tmp_path / "b.jsonl": table})
    assert [path.name for path in tmp_path.iterdir()] == [".framelens-1.part"]


def test_a_table_is_written_alike_however_many_rows_are_text_at_once(
    tmp_path, monkeypatch
):
    table = pd.DataFrame({"a": range(7), "b": [None, "x", 'y "z"', "", 1.5, "q,", "e"]})
    write_table(table, tmp_path / "a.csv")
    monkeypatch.setattr(output, "ROWS", 3)
    write_table(table, tmp_path / "b.csv")
    written = (tmp_path / "b.csv").read_text()
    assert written == (tmp_path / "a.csv").read_text()
    assert len(written.splitlines()) == 8


def test_cells_are_written_as_they_are(tmp_path):
    table = pd.DataFrame(
        {
            "text": ["=HYPERLINK(1)", "", None],
            "number": [0.1, float("nan"), 1e-300],
            "spans": [[[1, 2]], None, []],
            "flag": [True, False, None],
        }
    )
    write_table(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines() == [
        "text,number,spans,flag",
        '=HYPERLINK(1),0.1,"[[1, 2]]",True',
        '"",,,False',
        ",1e-300,[],",
    ]
    write_table(table, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1]) == {
        "text": "", "number": None, "spans": None, "flag": False,
    }  # fmt: skip


readable = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from('\r\n",;\t\u2028\ufeff“\U0001f35e'),
    min_size=1,
).filter(lambda text: not text.isspace())


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
@given(texts=st.lists(readable, min_size=1, max_size=3), outlet=readable)
def test_texts_come_back_as_they_were(tmp_path_factory, suffix, texts, outlet):
    path = tmp_path_factory.mktemp("trip") / f"a{suffix}"
    table = pd.DataFrame(
        {"article": [f"00{n}" for n in range(len(texts))], "text": texts}, dtype=object
    ).assign(outlet=outlet)
    before = read_articles(table).articles
    kept = before.copy()
    write_table(before, path)
    found = read_articles(path).articles  # Arrow may hold the texts
    pd.testing.assert_frame_equal(found.astype({"text": object}), before)
    pd.testing.assert_frame_equal(before, kept)


GENRES = """article,outlet,event,genre,text
1,Daily,fair,report,Bread is dear in the town and milk is dear.
2,Daily,fair,comment,Bread was always dear and nobody minds.
3,Herald,fair,report,Bread is cheap in the town and milk is dear.
"""


def test_compare_says_which_articles_are_left_out(folder, capsys):
    Path("t.csv").write_text(GENRES, encoding="utf-8")
    code, said, _ = run(
        "compare", "terms", "t.csv", *SIDES, "--out", "out/c.csv", capsys=capsys
    )
    assert code == 0
    assert "1 article of a genre that only one" in said


def test_the_placebo_split_is_told(folder, capsys):
    letters = "dklmnprstvzbgf"
    own = [" ".join(f"{one}a{two}o{letters[n]}" for one in "dklm" for two in "npr")
           for n in range(14)]  # fmt: skip
    rows = [
        f"{n},Daily,2031-01-{1 + 2 * n:02},Bread is dear. {'Dear! ' * (n % 3)}{own[n]}."
        for n in range(14)
    ]
    text = "\n".join(["article,outlet,date,text", *rows, ""])
    Path("t.csv").write_text(text, encoding="utf-8")
    arguments = ["t.csv", "--splits", 5, "--placebo", "date", "--out", "out/s.csv"]
    code, said, _ = run("self-test", "terms", *arguments, capsys=capsys)
    assert code == 0
    table = pd.read_csv("out/s.csv").set_index("split")
    assert table.loc["odd and even weeks", "splits"] == 1
    assert "below p = .05: odd and even weeks: " in said
    assert "random halves, which check the machinery only: " in said


def test_a_limit_is_named_as_the_option_is(folder, capsys):
    arguments = ["articles.csv", "--max-bytes", 44, "--out", "out/a.csv"]
    _, said, _ = run("read", *arguments, capsys=capsys)
    assert "raise --max-bytes" in said
    _, _, told = run("measure", "terms", *arguments, capsys=capsys)
    assert "raise --max-bytes" in told
    assert "raise max_bytes" not in said + told


def test_dates_in_another_form_are_told_and_can_be_stated(folder, capsys):
    text = "article,outlet,date,text\n1,Daily,03/04/2022,Bread is dear.\n"
    Path("t.csv").write_text(text, encoding="utf-8")
    _, said, told = run(
        "measure", "terms", "t.csv", "--out", "out/t.csv", capsys=capsys
    )
    assert "03/04/2022" in told
    assert "--date-format '%d/%m/%Y'" in told
    form = ["--date-format", "%d/%m/%Y"]
    _, said, told = run("read", "t.csv", *form, "--out", "out/a.csv", capsys=capsys)
    assert "Dates: given for 1 (2022-04-03)." in said
    assert "Note" not in said + told
    code, _, told = run(
        "read", "t.csv", "--date-format", "%d", "--out", "out/b.csv", capsys=capsys
    )
    assert code == 2
    assert "does not tell year, month and day" in told


NAMED = """article,outlet,event,text
1,Daily,fair,"“Bread is dear,” said Peter Oduya. It rained."
2,Herald,fair,"“Milk is dear,” Mr Oduya said. It rained."
"""


@pytest.mark.parametrize("way", ["marks", "attributions"])
def test_a_surname_is_the_full_name_of_its_event(folder, capsys, way):
    Path("t.csv").write_text(NAMED, encoding="utf-8")
    arguments = ["t.csv", "--voices", way, "--out", "out/s.csv"]
    assert run("measure", "speakers", *arguments, capsys=capsys)[0] == 0
    assert set(pd.read_csv("out/s.csv")["item"]) == {"Peter Oduya"}
    assert run("attributions", "t.csv", "--out", "out/a.csv", capsys=capsys)[0] == 0
    assert set(pd.read_csv("out/a.csv")["speaker"]) == {"Peter Oduya"}


def test_coverage_is_written_with_its_texts_and_told_with_its_rates(folder, capsys):
    code, said, _ = run(
        *("measure", "coverage", "articles.csv", "--out", "out/m.csv"), capsys=capsys
    )
    assert code == 0
    table = pd.read_csv("out/m.csv", dtype={"article": str})
    texts = read_articles("articles.csv").articles.set_index("article")
    for row in table.itertuples():
        assert row.text == texts["text"][row.article][row.start : row.end]
        assert row.outlet == texts["outlet"][row.article]
        other = texts["text"][str(row.counterpart_article)]
        assert row.counterpart == other[row.counterpart_start : row.counterpart_end]
        assert {row.outlet, row.counterpart_outlet} == {"Daily", "Herald"}
    assert re.search(r"Of \d units: counterpart \d, uncertain \d, only here \d\.", said)
    assert paragraph_rates() in said


def test_differences_of_statements_go_to_a_file_beside(folder, capsys):
    Path("printed.csv").write_text(PRINTED, encoding="utf-8")
    arguments = ["statements", "printed.csv", "--out", "out/s.csv"]
    code, said, _ = run("measure", *arguments, capsys=capsys)
    assert code == 0
    assert left_in("out") == ["s-differences.csv", "s.csv"]
    assert "differences to out" in said
    expected = statements("printed.csv").differences
    found = pd.read_csv("out/s-differences.csv")
    assert found["text_a"].tolist() == expected["text_a"].tolist() != []
    Path("out/t-differences.csv").mkdir()
    arguments[-1] = "out/t.csv"
    code, _, told = run("measure", *arguments, capsys=capsys)
    assert (code, "t-differences.csv is a folder" in told) == (2, True)


@pytest.mark.parametrize("name", ["statements", "coverage", "emphasis"])
def test_measure_writes_what_is_lined_up(folder, capsys, name):
    code, said = run("measure", name, "articles.csv", "--out", "m.csv", capsys=capsys)[
        :2
    ]
    assert code == 0, said
    assert "article" in (folder / "m.csv").read_text(encoding="utf-8").split("\n")[0]


PRINTED = """article,outlet,text
a,Daily,"\"\"The harbour will never be sold to strangers,\"\" Ann Orr said."
b,Herald,"The harbour would not be sold to strangers, Ann Orr warned."
"""


def test_statements_against_a_reference_are_cut_and_reworded(folder, capsys):
    Path("printed.csv").write_text(PRINTED, encoding="utf-8")
    said = "ORR: The old harbour will never be sold to strangers. Thank you."
    Path("speech.txt").write_text(said, encoding="utf-8")
    arguments = ["statements", "printed.csv", "--reference", "speech.txt"]
    code, told, _ = run("measure", *arguments, "--out", "out/s.csv", capsys=capsys)
    assert code == 0
    assert "2 printings compared with the reference" in told
    found = pd.read_csv("out/s.csv")
    assert found["type"].tolist() == ["cut", "cut", "reworded"]
    assert found["reference_text"].tolist() == ["old", "old", "will never"]


@pytest.mark.parametrize(
    ("name", "reference", "message"),
    [
        ("statements", "none.txt", "none.txt"),
        ("terms", "articles.csv", "the measure 'terms' takes no --reference"),
        ("emphasis", "articles.csv", "the measure 'emphasis' takes no --reference"),
    ],
)
def test_a_reference_that_cannot_be_used_is_refused(
    folder, capsys, name, reference, message
):
    arguments = [name, "articles.csv", "--reference", reference, "--out", "out/s.csv"]
    code, _, told = run("measure", *arguments, capsys=capsys)
    assert code == 2
    assert message in told
    assert told.count("\n") == 1
    assert not Path("out/s.csv").exists()


def test_events_are_written_and_given_ones_kept(folder, capsys):
    code, said, _ = run("events", "articles.csv", "--out", "out/e.csv", capsys=capsys)
    assert code == 0
    found = pd.read_csv("out/e.csv")
    given = pd.read_csv("articles.csv")
    assert found["article"].tolist() == given["article"].tolist()
    assert said.startswith(f"{len(given)} articles in ")
    stated = given["event"].notna()
    assert stated.any()
    assert found["event"][stated].tolist() == given["event"][stated].tolist()


def test_finer_events_are_asked_for_and_said(folder, capsys):
    table = pd.DataFrame(
        {
            "article": ["1", "2"],
            "text": [
                "The Reddin dam burst on Monday and flooded two villages near Tarn.",
                "Two farms lost cattle when the mayor of Tarn opened the Reddin dam.",
            ],
        }
    )
    table.to_csv("two.csv", index=False)
    events = {}
    for option in ([], ["--finer", "9"], ["--coarser"]):
        code, said, _ = run(
            "events", "two.csv", *option, "--out", "out/e.csv", capsys=capsys
        )
        assert code == 0
        events[tuple(option)] = pd.read_csv("out/e.csv")["event"].nunique()
        assert ("than measured to be best" in said) is bool(option)
    assert events[("--finer", "9")] == 2
    assert events[()] >= events[("--coarser",)] == 1
    code, _, told = run(
        "events", "two.csv", "--finer", "0", "--out", "out/n.csv", capsys=capsys
    )
    assert code == 2
    assert "invalid factor of 1 or more value: '0'" in told


def test_a_table_of_events_wins_on_the_command_line(folder, capsys):
    pd.DataFrame({"article": ["1", "2"], "event": ["x", "y"]}).to_csv(
        "mine.csv", index=False
    )
    arguments = ["articles.csv", "--events", "mine.csv", "--out"]
    code, _, _ = run("events", *arguments, "out/e.csv", capsys=capsys)
    assert code == 0
    assert pd.read_csv("out/e.csv")["event"].tolist() == ["x", "y"]
    code, _, told = run("events", *arguments, "mine.csv", capsys=capsys)
    assert code == 2
    assert "would overwrite its own source" in told
