"""The store: what is there stays, what is damaged is seen, whoever writes it."""

from __future__ import annotations

import ast
import logging
import os
import random
import shlex
import shutil
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import framelens as fl
from framelens import _code, _computed, _workers
from framelens._checks import InputError
from framelens._code import code_of
from framelens._computed import Computed, batches, in_order, whole_needs
from framelens._layers import DECLARED, layer, resting_on
from framelens.annotate import pipeline, recent
from framelens.cli import main
from framelens.report.findings.close import MOST_CLOSE

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [
    "Bread is dear, said Ann Orr. “We bake less,” she added. It “may” last.",
    "LUSE (Reuters) – Tea is cheap. The mayor denied that it was smuggled.",
    "Bread and tea. “No,” said Leo Brandt.\n\nHe left. Mr Orr stayed.",
    "Nothing happened in Luse on Monday.",
]


def articles(count: int = 12, **changed: str) -> pd.DataFrame:
    names = [f"a{number}" for number in range(count)]
    texts = [TEXTS[number % 4] + f" Part {number}." for number in range(count)]
    return pd.DataFrame(
        {
            "article": names,
            "outlet": [
                ["Daily", "Herald", None][number % 3] for number in range(count)
            ],
            "event": [["bread", None][number % 2] for number in range(count)],
            "words": [None, 3.5] * (count // 2),
            "text": [changed.get(n, t) for n, t in zip(names, texts, strict=True)],
        }
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    return fl.read_corpus(articles()).save(tmp_path_factory.mktemp("whole"))


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a store, hidden files apart."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def copy_of(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "store"))


def parts(folder: Path, layer: str = "*") -> list[Path]:
    return sorted(folder.glob(f"{layer}.parquet/*.parquet"))


@pytest.fixture
def computing(monkeypatch) -> list[tuple[str, str]]:
    """Which layer is computed of which article."""
    seen: list[tuple[str, str]] = []

    def watched(name):
        declared = layer(name)

        def compute(table, **needs):
            seen.extend((name, one) for one in table["article"])
            return declared.compute(table, **needs)

        def in_turn(table, sizes, **needs):
            seen.extend((name, one) for one in table["article"])
            return declared.in_turn(table, sizes, **needs)

        parts = in_turn if declared.in_turn else None
        return replace(declared, compute=compute, in_turn=parts)

    monkeypatch.setattr(_computed, "layer", watched)
    return seen


def test_every_layer_comes_back_as_it_was(tmp_path):
    corpus = fl.read_corpus(articles(6), actors=ACTORS)
    opened = fl.open_corpus(corpus.save(tmp_path / "s", layers=list(DECLARED)))
    given = corpus.articles.astype({"text": object})  # few texts are Python's strings
    pd.testing.assert_frame_equal(opened.articles, given)
    pd.testing.assert_frame_equal(opened.stated_actors, corpus.stated_actors)
    assert opened.account == corpus.account
    for name in DECLARED:
        pd.testing.assert_frame_equal(opened.layer(name), corpus.layer(name))


ACTORS = pd.DataFrame(
    [["the mayor", "Jane Doe", "Luse", None]],
    columns=["alias", "actor", "affiliation", "role"],
)


def test_of_no_article_there_are_no_spans_also_where_nothing_was_computed(tmp_path):
    none = fl.read_corpus(articles(), store=tmp_path / "store").where(outlet="Daily")
    none = none.where(about="something that nobody wrote")
    assert none.furniture.empty
    assert list(none.voices) == list(fl.read_corpus(articles()).voices)


def test_others_read_it_as_it_is(undisturbed):
    voices = fl.read_corpus(articles()).voices
    folder = undisturbed / "voices.parquet"
    pd.testing.assert_frame_equal(
        pd.read_parquet(folder), voices, check_dtype=False, check_column_type=False
    )
    assert pl.scan_parquet(f"{folder}/*.parquet").collect().height == len(voices)
    ledger = pl.read_parquet(f"{undisturbed}/ledger.parquet/*.parquet")
    assert ledger.schema["source"] == pl.List(pl.List(pl.Int64))


def test_a_second_run_computes_nothing_and_changes_nothing(
    undisturbed, tmp_path, computing
):
    store = copy_of(undisturbed, tmp_path)
    fl.read_corpus(articles()).save(store)
    assert not computing
    assert contents(store) == contents(undisturbed)


def test_new_and_changed_articles_alone_are_computed(undisturbed, tmp_path, computing):
    store = copy_of(undisturbed, tmp_path)
    more = articles(14, a3="“Yes,” said Ina Roth.")
    fl.read_corpus(more).save(store)
    seen = {one for name, one in computing if name == "voices"}
    assert seen == {"a3", "a12", "a13"}
    anew = fl.read_corpus(more).save(tmp_path / "anew")
    assert contents(store) == contents(anew)


def test_a_run_that_stopped_goes_on(undisturbed, tmp_path, monkeypatch):
    store, left = tmp_path / "s", [3]
    compute = Computed.store_batch

    def stopping(self, *given):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        compute(self, *given)

    monkeypatch.setattr(_computed, "FEWEST", 2)
    monkeypatch.setattr(_computed, "PARTS", 6)
    with monkeypatch.context() as patched:
        patched.setattr(Computed, "store_batch", stopping)
        corpus = fl.read_corpus(articles())
        with pytest.raises(KeyboardInterrupt):
            corpus.save(store)
    assert len(parts(store, "voices")) == 3
    before = contents(store)
    fl.read_corpus(articles()).save(store)
    after = contents(store)
    assert len(parts(store, "voices")) == 6
    assert before.items() <= after.items()


def flipped(path: Path, place: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)


def test_flipped_bytes_and_cut_parts_are_seen_and_mended(undisturbed, tmp_path, caplog):
    chance = random.Random(8)  # noqa: S311
    store = copy_of(undisturbed, tmp_path)
    for path in chance.sample(parts(store, "[!a]*"), 4):
        flipped(path, chance.randrange(10**6), chance.randrange(8))
    cut = parts(store, "sentences")[0]
    cut.write_bytes(cut.read_bytes()[:-20])
    with caplog.at_level(logging.WARNING, "framelens"):
        fl.read_corpus(articles()).save(store)
    assert "was damaged; it is computed again" in caplog.text
    assert contents(store) == contents(undisturbed)


def test_a_flipped_byte_in_an_open_corpus_changes_nothing(undisturbed, tmp_path):
    store = copy_of(undisturbed, tmp_path)
    expected = fl.open_corpus(undisturbed).ledger
    for path in parts(store, "ledger"):
        flipped(path, 3_000, 3)
    pd.testing.assert_frame_equal(fl.open_corpus(store).ledger, expected)
    pd.testing.assert_frame_equal(fl.open_corpus(store).ledger, expected)
    flipped(parts(store, "articles")[0], 700, 1)
    with pytest.raises(InputError, match="1 are damaged or gone; save the corpus"):
        fl.open_corpus(store)


def test_leftovers_and_what_others_write_are_no_hindrance(undisturbed, tmp_path):
    store = copy_of(undisturbed, tmp_path)
    staged = store / "voices.parquet" / ".framelens-1.part"
    staged.write_bytes(b"half")
    fl.read_corpus(articles()).save(store)
    assert staged.exists()  # perhaps somebody is writing it
    os.utime(staged, (0, 0))
    fl.read_corpus(articles()).save(store)
    assert contents(store) == contents(undisturbed)


def test_a_store_that_refuses_says_so_once(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    expected = fl.read_corpus(articles()).voices
    corpus = fl.read_corpus(articles(), store=tmp_path / "s")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        pd.testing.assert_frame_equal(corpus.voices, expected)
        _ = corpus.ledger
    assert "No space left on device; what is" in str(said[0].message)
    assert len(said) == 1
    with pytest.raises(InputError, match="cannot be written: No space left"):
        corpus.save(tmp_path / "t")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_named_store_serves_every_corpus(tmp_path, monkeypatch, computing):
    monkeypatch.setenv("FRAMELENS_STORE", str(tmp_path / "s"))
    voices = fl.read_corpus(articles(4)).voices
    computing.clear()
    part = fl.read_corpus(articles(2)).voices
    assert not computing
    pd.testing.assert_frame_equal(
        part, voices[voices["article"].isin(part["article"])].reset_index(drop=True)
    )


@pytest.mark.parametrize(
    ("place", "message"),
    [("file.txt", "is a file"), (".", "'file.txt', which is no part of a store")],
)
def test_what_is_no_store_is_left_alone(tmp_path, place, message):
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        fl.read_corpus(articles(2)).save(tmp_path / place)
    with pytest.raises(InputError, match=message):
        fl.read_corpus(articles(2), store=tmp_path / place)


def test_corrections_are_kept_and_win(tmp_path):
    corpus = fl.read_corpus(articles(4))
    mine = corpus.quotations.iloc[:1].assign(kind="scare")
    corrected = corpus.correct(quotations=mine)
    opened = fl.open_corpus(corrected.save(tmp_path / "s"))
    for name in ("quotations", "voices", "ledger"):
        pd.testing.assert_frame_equal(opened.layer(name), corrected.layer(name))
    assert len(opened.quotations) == 1
    cut = fl.open_corpus(corpus.where(outlet="Daily").save(tmp_path / "s"))
    assert set(cut.articles["article"]) == {"a0", "a3"}
    assert set(cut.ledger["article"]) <= {"a0", "a3"}


WHOLE = {name for name in DECLARED if layer(name).whole}
PER_ARTICLE = sorted(set(DECLARED) - WHOLE - resting_on(WHOLE))


@pytest.mark.parametrize("name", PER_ARTICLE)
def test_layers_read_no_other_columns_than_the_key_has(name):
    table = articles(6).assign(date="2020-01-02", genre="report", group="g", url="u")
    few = table[["article", "outlet", "text"]]
    pd.testing.assert_frame_equal(
        fl.read_corpus(table).layer(name), fl.read_corpus(few).layer(name)
    )


def test_the_key_changes_with_code_and_what_is_needed(monkeypatch):
    plain = Computed(articles(2), None)
    stated = Computed(articles(2), ACTORS)
    assert plain.token("voices") == stated.token("voices")
    assert plain.token("ledger") != stated.token("ledger")
    monkeypatch.setattr(_computed, "code_of", lambda name: "other" + code_of(name))
    assert Computed(articles(2), None).token("voices") != plain.token("voices")


@pytest.mark.parametrize(
    ("changed", "hit"),
    [
        ("findings", set()),
        ("spellings", {"boilerplate", "duplicates"}),
        ("predicates", {"clauses", "doubts", "marked_doubts"}),
    ],
)
def test_a_layer_is_made_anew_only_where_a_list_that_it_reads_changed(
    changed, hit, monkeypatch
):
    layers = sorted(DECLARED)
    before = [code_of(name) for name in layers]
    data = [
        (name, content + b"#" * (name == changed)) for name, content in _code._data()
    ]
    monkeypatch.setattr(_code, "_data", lambda: data)
    after = [code_of.__wrapped__(name) for name in layers]
    new = {
        name
        for name, one, other in zip(layers, before, after, strict=True)
        if one != other
    }
    assert new == hit


def test_every_list_is_named_where_it_is_read():
    """So that the token of a layer can tell which lists it rests on."""
    for path in Path(_code.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "framelens._lists"
            for alias in node.names
        }
        named = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            called = getattr(getattr(node, "func", None), "id", "")
            if called in imported & {"read_list", "words_of"}:
                given = node.args[0]
                constant = isinstance(given, ast.Constant)
                assert constant or given.id in named, f"{path}: {ast.unparse(node)}"


def test_batches_cut_a_corpus_where_they_cut_the_whole(monkeypatch):
    monkeypatch.setattr(_computed, "LONGEST", 200)
    whole = articles(12)
    cut = list(batches(whole, whole))
    assert [number for number, _ in cut] == list(range(len(cut)))
    assert (
        pd.concat([some for _, some in cut])["article"].tolist()
        == whole["article"].tolist()
    )
    some = whole.iloc[3:8]
    for number, part in batches(some, whole):
        assert set(part["article"]) <= set(cut[number][1]["article"])
    assert set(whole_needs("ledger")) == {"names"}
    assert in_order(["voices"])[-1] == "voices"


def test_a_report_reads_no_article_of_a_store_that_was_made_for_it(
    tmp_path, monkeypatch
):
    """But those that are lined up passage by passage, which are few."""
    table = articles(30).assign(outlet=["Daily", "Herald"] * 15, event="bread")
    fl.read_corpus(table).save(tmp_path / "store", layers=["report"], workers=1)
    parsed = []
    whole = pipeline._tokens
    monkeypatch.setattr(recent, "load", lambda *_: None)
    monkeypatch.setattr(
        pipeline, "_tokens", lambda text: parsed.append(text) or whole(text)
    )
    fl.open_corpus(tmp_path / "store").report(tmp_path / "report")
    assert len(set(parsed)) <= MOST_CLOSE


def run(*arguments, capsys) -> tuple[int, str, str]:
    code = main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_verb_store_says_what_is_there_and_clears_it(undisturbed, tmp_path, capsys):
    store = copy_of(undisturbed, tmp_path)
    old = parts(store, "voices")[0]
    stale = old.with_name(f"000000-{'0' * 12}-{'0' * 16}-{'0' * 32}.parquet")
    stale.write_bytes(b"old")
    code, out, _ = run("store", store, capsys=capsys)
    assert code == 0
    assert "1 of them stale" in out
    code, out, _ = run("store", store, "--clear", "stale", capsys=capsys)
    assert out.startswith("1 parts and 0 unfinished files taken from")
    assert not stale.exists()
    assert run("store", store, "--clear", "all", capsys=capsys)[0] == 0
    assert not contents(store)
    code, _, err = run("store", tmp_path / "none", capsys=capsys)
    assert (code, err.count("\n")) == (2, 1)


def test_verbs_read_a_store_where_they_read_articles(undisturbed, tmp_path, capsys):
    out = tmp_path / "a.csv"
    code, said, _ = run("attributions", undisturbed, "--out", out, capsys=capsys)
    assert code == 0
    assert said.startswith("12 articles: ")


@pytest.mark.parametrize("wrong", ["0/2", "3/2", "x", "1"])
def test_shares_that_are_none_are_refused(tmp_path, capsys, wrong):
    given = ["annotate", "x.csv", "--out", tmp_path / "s", "--part", wrong]
    code, _, err = run(*given, capsys=capsys)
    assert (code, err.count("\n")) == (2, 1)


def test_workers_give_the_same_also_where_one_dies(tmp_path, monkeypatch):
    expected = fl.read_corpus(articles(20)).quotations
    start, started = _workers._process, []

    def process():
        started.append(None)
        if len(started) > 1:
            return start()
        dying = [sys.executable, "-c", "input()"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return subprocess.Popen(dying, stderr=subprocess.DEVNULL, **pipes)

    monkeypatch.setattr(_workers, "_process", process)
    corpus = fl.read_corpus(articles(20), workers=2)
    found = corpus.quotations
    assert len(started) == 3
    pd.testing.assert_frame_equal(found, expected)
    assert len(parts(corpus._computed.store.folder, "quotations")) == 3


def test_a_worker_that_dies_again_and_again_is_said_in_one_line(tmp_path, monkeypatch):
    def process():
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return subprocess.Popen(["true"], **pipes)

    monkeypatch.setattr(_workers, "_process", process)
    with pytest.warns(UserWarning, match="a worker died 3 times at part"):
        _ = fl.read_corpus(articles(20), workers=2).quotations


def test_small_corpora_and_cheap_layers_start_no_worker(monkeypatch):
    monkeypatch.setattr(_workers, "free_cores", lambda: 4)
    large = pd.DataFrame({"text": ["x" * _workers.WORTH * 3]})
    assert _workers.how_many(None, ["voices"], [articles(20)]) == 1
    assert _workers.how_many(None, ["attributions"], [large, large]) == 2
    assert _workers.how_many(None, ["paragraphs"], [large, large]) == 1
    assert _workers.free_cores() >= 1
    for wrong in (0, True, "two"):
        with pytest.raises(InputError, match="workers is a whole number from 1"):
            fl.read_corpus(articles(2), workers=wrong)


def test_shares_written_apart_are_the_whole(undisturbed, tmp_path, capsys):
    source, store = tmp_path / "articles.parquet", tmp_path / "s"
    articles().to_parquet(source)
    for share in ("2/2", "1/2", None):
        given = ["annotate", source, "--out", store]
        given += ["--part", share] if share else []
        assert run(*given, capsys=capsys)[0] == 0
    assert layers_of(store) == layers_of(undisturbed)


@pytest.mark.skipif(shutil.which("xargs") is None, reason="needs xargs")
def test_the_recipe_with_xargs_leaves_only_what_needs_all_articles(tmp_path, computing):
    source, store = tmp_path / "articles.parquet", tmp_path / "s"
    articles().to_parquet(source)
    # `framelens`, but for the models, whose place a stand-in takes
    framelens = f"{shlex.quote(sys.executable)} -m benchmarks.store _cli"
    recipe = f"annotate {source} --out {store} --workers 1 --part {{}}/2"
    done = subprocess.run(
        ["sh", "-c", f"seq 2 | xargs -P 2 -I{{}} {framelens} {recipe}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    fl.read_corpus(source).save(store)
    assert {name for name, _ in computing} == {"names", "ledger"}


def layers_of(store: Path) -> dict[str, bytes]:
    """What is in a store, without the name of the source."""
    return {k: v for k, v in contents(store).items() if not k.startswith("_")}
