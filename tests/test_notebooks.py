"""The committed notebooks, and what executes them."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
COMMITTED = sorted(NOTEBOOKS.glob("*.ipynb"))
LINES_A_CELL = 8

each = pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)


def cells(path: Path, kind: str = "code") -> list[dict]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(path: Path) -> list[dict]:
    return [output for cell in cells(path) for output in cell["outputs"]]


def said(path: Path) -> list[str]:
    """What every code cell prints and shows, without the bytes of images."""
    execute = machinery()
    return execute.shown(execute.nbformat.read(path, 4))


class Images(HTMLParser):
    """Collect the alternative texts of images."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alternatives: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alternatives.append(dict(attrs).get("alt"))


def test_every_notebook_has_a_twin():
    twins = {path.stem for path in NOTEBOOKS.glob("*.py")} - {"execute"}
    assert twins
    assert {path.stem for path in COMMITTED} == twins


@each
def test_it_was_executed_from_top_to_bottom(path):
    counts = [cell["execution_count"] for cell in cells(path)]
    assert counts
    assert counts == list(range(1, len(counts) + 1))


@each
def test_it_holds_neither_errors_nor_warnings(path):
    assert not [o for o in outputs(path) if o["output_type"] == "error"]
    assert not [o for o in outputs(path) if o.get("name") == "stderr"]


@each
def test_its_cells_are_short(path):
    long = [c["source"] for c in cells(path) if len(c["source"]) > LINES_A_CELL]
    assert not long


@each
def test_it_asks_one_question_and_says_how_far_to_trust_it(path):
    prose = "\n\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    assert prose.startswith("# ")
    assert "**Question.**" in prose
    assert re.search(r"how far to trust this", prose, re.IGNORECASE)


@each
def test_its_images_can_be_read_without_seeing_them(path):
    for output in outputs(path):
        data = output.get("data", {})
        images = Images("".join(data.get("text/html", "")))
        assert all(images.alternatives), "an image without alternative text"
        if "image/png" in data or "image/svg+xml" in data:
            assert images.alternatives, "a bare image: show it as a Figure"


@each
def test_it_names_no_path_of_a_machine(path):
    shown = "\n".join(said(path))
    for folder in (str(ROOT), str(Path.home()), sys.prefix):
        assert f"{folder}{os.sep}" not in shown
    assert not re.search(r"[\s'\"](/(home|Users|tmp)/|[A-Z]:\\)", shown)


@each
def test_it_is_in_step_with_its_twin(path):
    made = machinery().from_twin(path.with_suffix(".py"))
    committed = json.loads(path.read_text(encoding="utf-8"))
    both = zip(committed["cells"], made.cells, strict=True)
    for ours, theirs in both:
        assert "".join(ours["source"]) == theirs.source
        assert (ours["cell_type"], ours["id"]) == (theirs.cell_type, theirs.id)
    assert committed["metadata"].pop("framelens")["processor"]
    assert committed["metadata"] == made.metadata


def machinery():
    """Load `notebooks/execute.py`, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("execute", NOTEBOOKS / "execute.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["execute"] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


@each
def test_tables_are_the_house_s_own(path):
    shown = json.dumps([output.get("data", {}) for output in outputs(path)])
    assert 'class=\\"dataframe' not in shown, "show it with fl.html_table"


def test_every_notebook_becomes_a_page_that_the_report_leads_to(published):
    index = (published.reports / "index.html").read_text(encoding="utf-8")
    for path in COMMITTED:
        assert (published.reports / f"{path.stem}.html").is_file()
        assert f'href="{path.stem}.html"' in index


def test_the_report_lists_what_each_notebook_asks_and_answers(published):
    index = html.unescape((published.reports / "index.html").read_text("utf-8"))
    asked = [path for path in COMMITTED if path.stem[0].isdigit()]
    for path in asked:
        prose = "\n\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
        for part in ("Question", "Answer"):
            first = re.search(rf"\*\*{part}\.\*\* ([^.?]+)", prose)[1]
            assert first in index
    assert asked


def test_in_a_page_code_checks_and_long_tables_open_on_demand(published):
    page = (published.reports / "00-start-here.html").read_text(encoding="utf-8")
    assert page.count("<summary>The check</summary>") == 2
    assert "<summary>The National's report, every mark in it</summary>" in page
    visible = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "read_corpus" not in visible


# What executes them, on notebooks made for the purpose.

GOOD = """\
# %% [markdown]
# # 1 · A <b>title</b>
#
# **Question.** Does it run
# at all? See [the other](02-other.ipynb).
# %%
import os, sys
from pathlib import Path
# %%
print(sys.prefix == os.environ["PREFIX"], "startup" in globals())
# %%
Path("kept.txt").write_text("thrown away")
# %%
Path("../data/articles.csv").read_text()[:7]
"""
BAD = "# %%\nx = 1\n# %%\nraise ValueError('two\\nlines')\n# %%\ny = 1\n"
TALKATIVE = "# %%\nimport os\nos.getcwd()\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file there, but for what Python leaves."""
    files = [p for p in folder.rglob("*") if p.is_file()]
    return {str(p): p.read_bytes() for p in files if "__pycache__" not in p.parts}


@pytest.fixture
def someones_settings(tmp_path, monkeypatch):
    """A user whose own settings would break everything."""
    kernel = tmp_path / "home" / "data" / "kernels" / "python3" / "kernel.json"
    startup = tmp_path / "home" / "ipython" / "profile_default" / "startup" / "x.py"
    for path in (kernel, startup):
        path.parent.mkdir(parents=True)
    kernel.write_text('{"argv": ["false"], "display_name": "x", "language": "python"}')
    startup.write_text("startup = True")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "home" / "data"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "home" / "data"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home" / "ipython"))
    monkeypatch.setenv("PREFIX", sys.prefix)


@pytest.mark.long
@pytest.mark.usefixtures("someones_settings")
def test_notebooks_are_made_from_their_twins_and_one_that_fails_stops_no_other(
    workshop,
):
    dies = "# %%\nimport os\nos._exit(3)"
    last = "# %%\nimport atexit, os\natexit.register(os.write, 2, b'last words')"
    twins = {"1-good": GOOD, "2-bad": BAD, "3-talks": TALKATIVE}
    for name, text in {**twins, "4-good": last, "5-dies": dies}.items():
        (workshop.notebooks / f"{name}.py").write_text(text)
    done = workshop.execute("--update")
    bad, talks, died = done.stderr.splitlines()
    assert done.returncode == 1
    assert bad == "2-bad.ipynb, cell [2]: ValueError: two lines"
    assert talks.startswith("3-talks.ipynb is not written, for it prints a path")
    assert died.startswith("5-dies.ipynb, cell [1]: its Python stopped, perhaps for")
    made = sorted(workshop.notebooks.glob("*.ipynb"))
    assert [path.stem for path in made] == ["1-good", "4-good"]
    assert [text.strip() for text in said(made[0])][1] == "True False"
    assert [text.strip() for text in said(made[0])][-1] == "'article'"
    assert (workshop.reports / "1-good.html").is_file()
    assert (workshop.reports / "index.html").is_file()


@pytest.mark.long
@pytest.mark.usefixtures("someones_settings")
def test_notebooks_are_executed_as_committed_and_held_against_it(workshop, monkeypatch):
    good = GOOD.replace("[:7]", "[:7]  # good")
    execute = machinery()
    for name, text in {"01-good": good, "02-changed": GOOD}.items():
        (workshop.notebooks / f"{name}.py").write_text(text)
        notebook = execute.from_twin(workshop.notebooks / f"{name}.py")
        shown = ["", "True False\n", "11", "'article'"]
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell, result in zip(code, shown, strict=True):
            cell.outputs = (
                [execute.nbformat.from_dict(output_of(result))] if result else []
            )
        if name == "02-changed":
            code[-1].outputs = [execute.nbformat.from_dict(output_of("'particle'"))]
        execute.nbformat.write(notebook, workshop.notebooks / f"{name}.ipynb")
    before = contents(workshop.notebooks)
    workshop.reports.mkdir()
    stale = workshop.reports / "of-a-notebook-that-is-gone.html"
    stale.touch()
    monkeypatch.setenv("CI", "1")
    done = workshop.execute()
    assert done.returncode == 1
    assert re.fullmatch(
        r"02-changed.ipynb, cell \[4\]: shows something else .*", done.stderr.strip()
    )
    assert done.stdout.splitlines()[-1].endswith(str(workshop.reports / "index.html"))
    assert contents(workshop.notebooks) == before
    assert not stale.exists()
    page = (workshop.reports / "01-good.html").read_text(encoding="utf-8")
    assert 'href="02-other.html"' in page
    assert "<title>1 · A &lt;b&gt;title&lt;/b&gt;</title>" in page
    assert not re.search(r"<script|\ssrc=\"(?!data:)|@import|url\(", page)
    assert "Does it run at all?" in (workshop.reports / "index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", [None, "its own", "another"])
def test_another_kind_of_processor_may_show_something_else(
    monkeypatch, tmp_path, capsys, kind
):
    execute = machinery()
    monkeypatch.setenv("CI", "1")
    cell = execute.nbformat.v4.new_code_cell("1", outputs=[output_of("one")])
    committed = execute.nbformat.v4.new_notebook(cells=[cell])
    if kind:
        kind = execute.processor() if kind == "its own" else kind
        committed.metadata["framelens"] = {"processor": kind}
    committed = execute.normalised(execute.nbformat.from_dict(committed))

    def run(name, notebook, _):
        notebook.cells[0].outputs = [execute.nbformat.from_dict(output_of("two"))]
        return execute.Executed(name, notebook, 1.0)

    monkeypatch.setattr(execute, "execute", run)
    _, failed = execute.execute_all({"a": committed}, tmp_path, update=False)
    assert failed == (kind != "another")
    assert "shows something else" in capsys.readouterr().err


def output_of(shown: str) -> dict:
    """What a cell printed, or gave."""
    if shown.endswith("\n"):
        return {"output_type": "stream", "name": "stdout", "text": shown}
    data = {"text/plain": shown}
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": data,
    }
