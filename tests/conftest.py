"""What all tests share: quiet settings, the shipped articles, the pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

    import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
IN_CI = bool(os.environ.get("CI"))
os.environ["MPLBACKEND"] = "Agg"
os.environ.pop("FRAMELENS_STORE", None)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI runs, a browser test that was skipped has failed."""
    report = yield
    if IN_CI and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


def layer_of(name: str, articles: pd.DataFrame, **given: pd.DataFrame) -> pd.DataFrame:
    """Compute a layer by its declaration; what it needs is the corpus's, or given."""
    from framelens._layers import layer
    from framelens.corpus import corpus_of

    corpus = corpus_of(articles)
    needs = {"actors": None, **given}
    for need in layer(name).needs:
        if need not in needs:
            needs[need] = corpus.layer(need)
    table = corpus.articles
    return layer(name).compute(
        table, **{need: needs[need] for need in layer(name).needs}
    )


@pytest.fixture(scope="session")
def shipped() -> pd.DataFrame:
    """Give the four shipped articles; tests that change them work on a copy."""
    from framelens.read import read_articles

    return read_articles(ROOT / "data" / "articles.csv").articles


@dataclass(frozen=True)
class Workshop:
    """A copy of the notebooks, where they can be executed."""

    root: Path
    store: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def waited_for(self) -> Workshop:
        """Wait until another worker has made it."""
        end = time.monotonic() + 300
        while not (self.root / "done").exists():
            assert time.monotonic() < end, "the pages were never made"
            time.sleep(0.5)
        assert not (self.root / "done").read_text()
        return self

    def execute(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Execute the notebooks of the copy as `run.py` does."""
        return subprocess.run(
            [sys.executable, str(self.notebooks / "execute.py"), *options],
            capture_output=True,
            text=True,
            cwd=self.root,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "FRAMELENS_STORE": str(self.store),
            },
        )


def workshop_in(folder: Path, *, notebooks: str, store: Path) -> Workshop:
    """Copy the machinery, the data, and those `notebooks` that match a pattern."""
    source = ROOT / "notebooks"
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(source / "template", folder / "notebooks" / "template")
    for path in [source / "execute.py", *source.glob(notebooks)]:
        shutil.copy(path, folder / "notebooks" / path.name)
    return Workshop(folder, store)


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store in which what notebooks read is kept from one test to the next."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def workshop(tmp_path: Path, read_once: Path) -> Workshop:
    """Give a copy without notebooks and with two articles, in a folder with a space."""
    none = "no such notebook"
    made = workshop_in(tmp_path / "a clone", notebooks=none, store=read_once)
    rows = ["article,outlet,event,text"]
    rows += [f"{name},{name},e,The port was closed." for name in ("Daily", "Herald")]
    (made.root / "data" / "articles.csv").write_text("\n".join(rows))
    return made


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, read_once: Path) -> Workshop:
    """Give a copy with the committed notebooks, and the pages of their outputs."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # made once for all of them
        folder = folder.parent
    folder /= "published"
    try:
        folder.mkdir()
    except FileExistsError:
        return Workshop(folder, read_once).waited_for()
    workshop = workshop_in(folder, notebooks="*.ipynb", store=read_once)
    done = workshop.execute("--pages")
    (folder / "said").write_text(done.stderr if done.returncode else "")
    (folder / "said").rename(folder / "done")
    assert done.returncode == 0, done.stderr
    return workshop
