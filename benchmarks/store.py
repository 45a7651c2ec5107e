"""The store under hard conditions: kills, damage, full disks, workers, many articles.

    python -m benchmarks.store damage [--kills 30] [--flips 500]
    python -m benchmarks.store workers --articles FILE [--count 300]
    python -m benchmarks.store memory [--sizes 1000 10000 100000]
    python -m benchmarks.store again [--count 10000] [--articles FILE]
    python -m benchmarks.store cluster

``damage``: a run of two workers over 400 made articles is killed (SIGKILL, the whole
group of processes) at random moments and begun again until it ends; a part is cut off;
bytes are flipped; the disk is full (a file system of its own, as root) or refuses;
two runs write at once; eight shares are written by ``xargs``. Each time the folder must
hold the bytes of an undisturbed run. ``workers``: CPU and wall seconds of one and two
workers over real articles, with the models. ``memory``: the most memory of the process
and its two workers together (PSS). ``again``: a second run over unchanged articles
against the first. ``cluster``: a local Dask cluster of four workers, one killed.

Stand-in: but for ``workers``, words cut at blanks take the place of the parse, and
*said NAME* that of the attribution model; everything else is as shipped. Articles are
of made words, 900 each unless ``--words`` says otherwise.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import _workers

HERE = Path(__file__).resolve().parents[1]
OUTLETS = ("Daily", "Herald", "Post", "Courier")
SAID = re.compile(r"“[^”]*” said (\w+)")
WORD = re.compile(r"\w+|[^\w\s]")


def stand_in() -> None:
    """Put cheap rules in the place of the models, in this process."""
    from framelens.annotate import one_pass, pipeline

    def tokens(text: str) -> pd.DataFrame:
        found = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
        ends = [word in ".!?" for _, _, word in found]
        number = [0, *pd.Series(ends).cumsum().tolist()][: len(found)]
        same = dict.fromkeys(("pos", "tag", "dep", "entity"), "")
        return pd.DataFrame(
            {
                "start": [start for start, _, _ in found],
                "end": [end for _, end, _ in found],
                "sentence": number,
                "lemma": [word.lower() for _, _, word in found],
                "head": range(len(found)),
                "entity_begins": False,
                **same,
            }
        ).astype(pipeline._TOKEN_COLUMNS)

    def one(text: str) -> dict[str, pd.DataFrame]:
        rows = [
            (number, role, start, end, 0.9)
            for number, m in enumerate(SAID.finditer(text))
            for role, start, end in (
                ("content", m.start(), m.start(1) - 6),
                ("cue", m.start(1) - 5, m.start(1) - 1),
                ("source", *m.span(1)),
            )
        ]
        pieces = pd.DataFrame(rows, columns=list(one_pass._PIECE_COLUMNS))
        nothing = pd.DataFrame(columns=list(one_pass._TOKEN_COLUMNS))
        return {
            "reader": nothing.astype(one_pass._TOKEN_COLUMNS),
            "attributions": pieces.astype(one_pass._PIECE_COLUMNS),
        }

    class Nobody:
        version = "stand-in"

    pipeline._tokens = tokens
    one_pass._one_pass = lambda texts, _: [one(text) for text in texts]
    for module in ("attributions", "tone"):
        name = f"framelens.annotate.{module}"
        __import__(name)
        setattr(sys.modules[name], "load_reader", lambda *_, **__: Nobody)  # noqa: B010
    started = _workers.COMMAND
    _workers.COMMAND = [*started[:1], "-m", "benchmarks.store", "_worker"]


def made(count: int, words: int, seed: int = 1) -> pd.DataFrame:
    """Articles of made words, an eighth of them quoted."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    syllables = [a + b for a in "bdfglmnprst" for b in ("a", "e", "i", "o", "u")]
    known = [
        "".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(3_000)
    ]
    names = [word.title() for word in known[:300]]
    texts = []
    for _ in range(count):
        sentences = []
        for number in range(words // 15):
            some = " ".join(chance.choices(known, k=14))
            if number % 8 == 3:
                sentences.append(f"“{some.capitalize()},” said {chance.choice(names)}.")
            else:
                sentences.append(f"{some.capitalize()}.")
            if number % 5 == 4:
                sentences[-1] += "\n\n"
        texts.append(" ".join(sentences))
    return pd.DataFrame(
        {
            "article": [f"a{number}" for number in range(count)],
            "outlet": [OUTLETS[number % 4] for number in range(count)],
            "event": [f"e{number // 10}" for number in range(count)],
            "text": texts,
        }
    )


def scraped(path: Path) -> pd.DataFrame:
    """Real articles of more than 500 characters, as of one outlet."""
    table = pd.read_json(path, lines=True, dtype=str)
    table = table[table["text"].str.len() > 500]
    names = [f"a{number}" for number in range(len(table))]
    return table[["text"]].assign(article=names, outlet="Daily")


def contents(folder: Path) -> dict[str, bytes]:
    """Read all parts of a store."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*.parquet")
        if path.is_file() and not path.name.startswith(".")
    }


def command(source: Path, store: Path, *more: object, real: bool = False) -> list[str]:
    """Say how to annotate, with the stand-in or as shipped."""
    module = ["framelens"] if real else ["benchmarks.store", "_cli"]
    return [
        *(sys.executable, "-m", *module, "annotate", str(source)),
        *("--out", str(store), *map(str, more)),
    ]


def start(line: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a command in a group of its own."""
    env = {**os.environ, "PYTHONPATH": f"{HERE}:{os.environ.get('PYTHONPATH', '')}"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        line, cwd=HERE, env=env, start_new_session=True, **{**quiet, **options}
    )


@dataclass
class Run:
    """One run in a process that has all modules loaded, for many trials."""

    process: Any
    said: Path

    def kill(self) -> None:
        """Kill it and its workers with SIGKILL."""
        for one in tree(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def end(self) -> tuple[int, str]:
        """Wait for it; give its status, and what it complained of."""
        self.process.join()
        return int(self.process.exitcode), self.said.read_text()


def quick(source: Path, store: Path, *more: object) -> Run:
    """Start to annotate with the stand-in, as ``framelens annotate`` does."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.store", *LOADED])
    said = Path(tempfile.mkstemp(dir=source.parent, suffix=".txt")[1])
    line = ["annotate", str(source), "--out", str(store), *map(str, more)]
    process = context.Process(target=_quick, args=(line, str(said)))
    process.start()
    return Run(process, said)


def _quick(line: list[str], said: str) -> None:
    from framelens.cli import main as run

    out = os.open(said, os.O_WRONLY)
    os.dup2(out, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    stand_in()
    sys.exit(run(line))


LOADED = (
    *("pandas", "pyarrow.parquet", "framelens._saving", "framelens.corpus"),
    *("framelens.annotate", "framelens.align.people", "framelens.cli"),
)
"""Modules that trials need not load again."""


def finish(line: list[str]) -> tuple[int, str, float]:
    """Run a command to its end; give its status, what it complained of, seconds."""
    begun = time.monotonic()
    process = start(line)
    _, said = process.communicate()
    return process.returncode, said.decode(), time.monotonic() - begun


def tree(pid: int) -> list[int]:
    """List a process and all that it has started."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                left += map(int, path.read_text().split())
            except OSError:
                continue
    return found


def pss(pid: int) -> int:
    """Memory of a process and its children, shared pages once, in bytes."""
    total = 0
    for one in tree(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) * 1024  # type: ignore[index]
    return total


def row(*cells: object) -> None:
    """Print one row of a Markdown table."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def damage(given: argparse.Namespace, folder: Path) -> None:
    """Disturb runs in every way, and compare with an undisturbed one."""
    chance = random.Random(given.seed)  # noqa: S311 - no secret
    source = folder / "articles.parquet"
    made(given.count or 400, given.words).to_parquet(source)
    whole = folder / "whole"
    begun = time.monotonic()
    status, said = quick(source, whole, "--workers", 1).end()
    assert status == 0, said
    seconds, expected = time.monotonic() - begun, contents(whole)
    row("trial", "times", "as undisturbed", "")
    row("undisturbed", 1, f"{seconds:.0f} s", f"{len(expected)} parts")
    flipped(given, chance, source, whole, folder, expected)
    cut = Path(shutil.copytree(whole, folder / "cut"))
    for name in chance.sample(sorted(n for n in expected if n[:8] != "articles"), 10):
        content = expected[name]
        (cut / name).write_bytes(content[: chance.randrange(len(content))])
    quick(source, cut, "--workers", 1).end()
    row("parts cut off", 10, int(contents(cut) == expected), "")
    two = [quick(source, folder / "two", "--workers", 1) for _ in range(2)]
    codes = [run.end()[0] for run in two]
    row("two writers", 1, int(contents(folder / "two") == expected), f"exits {codes}")
    shared = folder / "shares"
    for part in range(1, 9):
        quick(source, shared, "--workers", 1, "--part", f"{part}/8").end()
    quick(source, shared, "--workers", 1).end()
    row("eight shares", 1, int(contents(shared) == expected), "")
    full(source, folder, expected)
    for many, kills in ((1, given.kills * 2 // 3), (2, given.kills // 3)):
        killed(kills, many, chance, source, folder, expected, seconds)


def killed(
    wanted: int,
    workers: int,
    chance: random.Random,
    source: Path,
    folder: Path,
    expected: dict[str, bytes],
    seconds: float,
) -> None:
    """Kill runs at random moments; what was finished must stay as it was."""
    store, kills, sound, ended = folder / f"killed{workers}", 0, 0, 0
    most = 0
    while kills < wanted:
        run = quick(source, store, "--workers", workers)
        moment = time.monotonic() + chance.uniform(0.1, 1.0) * seconds
        before = set(contents(store)) if store.exists() else set()
        while run.process.is_alive() and time.monotonic() < moment:
            time.sleep(0.01)
        if run.process.is_alive():
            run.kill()
            kills += 1
        run.process.join()
        there = contents(store) if store.exists() else {}
        sound += int(there.items() <= expected.items() and before <= set(there))
        ended += 1
        most = max(most, len(there))
        if there == expected:
            shutil.rmtree(store)
    status, said = quick(source, store, "--workers", workers).end()
    assert status == 0, said
    last = int(contents(store) == expected)
    what = f"killed, {workers} worker{'s' * (workers > 1)}"
    row(what, kills, f"{sound} of {ended} sound; at the end {last}", f"{most} parts")


def flipped(
    given: argparse.Namespace,
    chance: random.Random,
    source: Path,
    whole: Path,
    folder: Path,
    expected: dict[str, bytes],
) -> None:
    """Flip bytes, a few at a time; each run must give what was there."""
    store = Path(shutil.copytree(whole, folder / "flipped"))
    parts = [name for name in expected if not name.startswith("articles")]
    flips = wrong = lost = 0
    while flips < given.flips:
        for name in chance.sample(parts, min(len(parts), 125)):
            content = bytearray(expected[name])
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            (store / name).write_bytes(content)
            flips += 1
        wrong += unlike_when_read(store, whole)
        quick(source, store, "--workers", 1).end()
        lost += int(contents(store) != expected)
    row("bytes flipped", flips, f"{lost} runs unlike", f"{wrong} layers unlike")


def unlike_when_read(store: Path, whole: Path) -> int:
    """Count layers of an opened, damaged store that are not those of the whole one."""
    code = (
        "import sys, logging; logging.disable(50)\n"
        "from benchmarks.store import stand_in; stand_in()\n"
        "import framelens as fl, pandas as pd\n"
        "a, b = (fl.open_corpus(p) for p in sys.argv[1:])\n"
        "n = 0\n"
        "for name in ('sentences', 'voices', 'attributions', 'ledger', 'quotations'):\n"
        "    n += not a.layer(name).equals(b.layer(name))\n"
        "print(n)"
    )
    copy = Path(tempfile.mkdtemp()) / "copy"
    shutil.copytree(store, copy)
    done = subprocess.run(
        [sys.executable, "-c", code, str(copy), str(whole)],
        capture_output=True,
        text=True,
        cwd=HERE,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{HERE}:{os.environ.get('PYTHONPATH', '')}"},
    )
    shutil.rmtree(copy.parent)
    return int(done.stdout)


def full(source: Path, folder: Path, expected: dict[str, bytes]) -> None:
    """Write to a disk that is full, then to one that refuses, then go on."""
    disk, store = folder / "disk", folder / "disk" / "store"
    disk.mkdir()
    size = sum(map(len, expected.values())) * 6 // 10
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)],
        capture_output=True,
    )
    if mounted.returncode:
        row("full disk", 0, "not tried: no right to mount", "")
        return
    try:
        status, said = quick(source, store, "--workers", 1).end()
        kept = contents(store).items() <= expected.items()
        row("full disk", 1, f"exit {status}, parts sound {int(kept)}", said.strip())
        subprocess.run(["/bin/mount", "-o", "remount,ro", str(disk)], check=True)
        status, said = quick(source, store, "--workers", 1).end()
        row("read-only", 1, f"exit {status}", said.strip())
        subprocess.run(
            ["/bin/mount", "-o", f"remount,rw,size={size * 4}", str(disk)], check=True
        )
        quick(source, store, "--workers", 1).end()
        row("then with room", 1, int(contents(store) == expected), "")
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=False)


def workers(given: argparse.Namespace, folder: Path) -> None:
    """Compare one and two workers over real articles."""
    table = scraped(given.articles).head(given.count or 300)
    source = folder / "articles.parquet"
    table.to_parquet(source)
    length = int(table["text"].str.len().sum())
    print(
        f"{len(table)} articles, {length:,} characters, load {os.getloadavg()[0]:.1f}"
    )
    row("workers", "wall s", "CPU s", "load before")
    for many in given.workers:
        shutil.rmtree(folder / "s", ignore_errors=True)
        load = os.getloadavg()[0]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        status, said, seconds = finish(
            command(source, folder / "s", "--workers", many, real=True)
        )
        assert status == 0, said
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        row(many, f"{seconds:.1f}", f"{cpu:.1f}", f"{load:.1f}")


def memory(given: argparse.Namespace, folder: Path) -> None:
    """Watch the memory of a run with two workers."""
    row("articles", "most memory, MB", "wall s", "source, MB", "store, MB")
    for size in given.sizes:
        source, store = folder / "articles.parquet", folder / f"s{size}"
        made(size, given.words).to_parquet(source, row_group_size=1_000)
        process = start(command(source, store, "--workers", 2), stderr=None)
        begun, most = time.monotonic(), 0
        while process.poll() is None:
            most = max(most, pss(process.pid))
            time.sleep(0.2)
        total = sum(path.stat().st_size for path in store.rglob("*.parquet/*.parquet"))
        row(
            f"{size:,}",
            f"{most / 1e6:,.0f}",
            f"{time.monotonic() - begun:.0f}",
            f"{source.stat().st_size / 1e6:.0f}",
            f"{total / 1e6:.0f}",
        )
        shutil.rmtree(store)


def again(given: argparse.Namespace, folder: Path) -> None:
    """Run a second time over the same articles."""
    source, store = folder / "articles.parquet", folder / "s"
    if given.articles:
        table = scraped(given.articles).head(given.count or 10_000)
    else:
        table = made(given.count or 10_000, given.words)
    table.to_parquet(source)
    print(f"{len(table)} articles, {table['text'].str.len().sum():,} characters")
    row("run", "wall s", "CPU s")
    for number in (1, 2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        status, said, seconds = finish(command(source, store, "--workers", 2))
        assert status == 0, said
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        row(number, f"{seconds:.1f}", f"{cpu:.1f}")


def cluster(given: argparse.Namespace, folder: Path) -> None:
    """Annotate on a local Dask cluster of four workers, one of them killed."""
    from distributed import LocalCluster, WorkerPlugin

    class StandIn(WorkerPlugin):  # type: ignore[misc]
        """Also for the worker that takes the place of the killed one."""

        def setup(self, worker: Any) -> None:  # noqa: ARG002
            stand_in()

    source = folder / "articles.parquet"
    made(given.count or 400, given.words).to_parquet(source)
    status, said, _ = finish(command(source, folder / "whole", "--workers", 1))
    assert status == 0, said
    expected = contents(folder / "whole")
    with LocalCluster(
        n_workers=4, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as local:
        client = local.get_client()
        client.register_plugin(StandIn())
        store = folder / "cluster"
        line = command(source, store, "--scheduler", local.scheduler_address)
        process = start(line)
        while not list(store.glob("voices.parquet/*.parquet")):
            time.sleep(0.05)
        done = len(list(store.glob("voices.parquet/*.parquet")))
        victim = next(iter(local.workers.values()))
        os.kill(victim.pid, signal.SIGKILL)
        _, complaint = process.communicate()
        client.close()
    same = contents(store) == expected
    row(
        "Dask, four workers, one killed",
        f"after {done} parts",
        process.returncode,
        same,
    )
    if process.returncode:
        print(complaint.decode()[-2_000:])


def main() -> None:
    """Run one of the benchmarks."""
    if sys.argv[1:2] == ["_worker"]:
        stand_in()
        _workers._serve()
        return
    if sys.argv[1:2] == ["_cli"]:
        from framelens.cli import main as run

        stand_in()
        sys.exit(run(sys.argv[2:]))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = {
        "damage": damage,
        "workers": workers,
        "memory": memory,
        "again": again,
        "cluster": cluster,
    }
    parser.add_argument("what", choices=what)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--words", type=int, default=900)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 1, 2])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000]
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="framelens-") as folder:
        what[given.what](given, Path(folder))


if __name__ == "__main__":
    main()
