"""Break the code on purpose, one place at a time, and see that the tests notice.

    python -m benchmarks.breaks [NAME ...]

``breaks.toml`` lists two breaks in each layer: a rule taken out, a sign turned, a list
emptied, a search switched off. Each is made in a copy of the project, and the tests
that it names are run there; those of the whole suite would notice no less. A break
that no test notices is a hole in the suite, and makes the command fail.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTED = Path(__file__).with_suffix(".toml")
COPIED = ("framelens", "tests", "data", "benchmarks", "training", "examples")


def main(arguments: list[str]) -> int:
    """Make each break and run its tests; 0 if every one was noticed."""
    given = argparse.ArgumentParser(prog="python -m benchmarks.breaks")
    given.add_argument("names", nargs="*", help="breaks to make; all if none is named")
    names = given.parse_args(arguments).names
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    unnoticed = []
    for name in names or listed:
        noticed = by_which_test(listed[name])
        print(f"{name}: {noticed or 'NOT NOTICED'}", flush=True)
        unnoticed += [] if noticed else [name]
    print(f"{len(unnoticed)} of {len(names or listed)} breaks not noticed")
    return 1 if unnoticed else 0


def by_which_test(broken: dict[str, str]) -> str | None:
    """Make one break in a copy, and give the first test that fails."""
    with tempfile.TemporaryDirectory(prefix="framelens-broken-") as folder:
        copy = Path(folder)
        for part in COPIED:
            shutil.copytree(
                ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        for file in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / file, copy / file)
        change(copy / broken["file"], broken["before"], broken["after"])
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist"),
                *("-p", "no:cacheprovider", *broken["tests"].split()),
            ],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
        )
    if done.returncode == 0:
        return None
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if not failed:
        raise RuntimeError(f"the tests did not run:\n{done.stdout[-2000:]}")
    return failed[0].removeprefix("FAILED ").split(" - ")[0]


def change(path: Path, before: str, after: str) -> None:
    """Replace the one place in a file."""
    text = path.read_text(encoding="utf-8")
    if text.count(before) != 1:
        raise ValueError(
            f"{path.name} has {text.count(before)} places {before!r}; a break is one"
        )
    path.write_text(text.replace(before, after), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
