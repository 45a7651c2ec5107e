"""Execute the notebooks of this folder, and make pages and a report of them.

Called by ``python3 run.py notebooks [--update]``. Every ``.ipynb`` runs in a copy
of this folder, so that nothing here changes; its page goes to ``reports/``, and
``reports/index.html`` leads to them all. What a notebook shows is held against what
is committed: a difference is said, and is a failure where ``CI`` is set. With
``--update`` the notebooks are made anew from their ``.py`` twins and written back
with their outputs. With ``--pages`` nothing is executed: the pages are made of the
outputs that are committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REPORTS = ROOT / "reports"
SECONDS_A_CELL = 900
AT_ONCE = 2
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


OURS, PROCESSOR = "framelens", "processor"
"""Where a notebook's metadata say on what kind of processor it ran."""

WIDEST = ("AVX512_ICL", "AVX512F", "AVX2", "SVE", "NEON")
"""Instructions by which numbers of one kind of processor round alike, widest first."""


class NotebookError(Exception):
    """A notebook failed, for a reason that fits on one line."""


@dataclass(frozen=True)
class Executed:
    """A notebook that ran from top to bottom."""

    name: str
    notebook: NotebookNode
    seconds: float


def main(arguments: list[str]) -> int:
    """Execute every notebook; 0 if all ran, 1 if one failed."""
    if "--pages" in arguments:
        return pages_only()
    update = "--update" in arguments
    folder = Path(tempfile.mkdtemp(prefix="framelens-"))
    try:
        copy = private_copy(folder)
        done, failed = execute_all(load_all(update=update), copy, update=update)
        index = publish(done)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        print("stopped", file=sys.stderr)
        os._exit(130)  # without waiting for the cells that still run
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"The report is here: {index}")
    return 1 if failed else 0


def pages_only() -> int:
    """Make the pages of the committed outputs."""
    done = [Executed(name, notebook, 0.0) for name, notebook in load_all().items()]
    print(f"The report is here: {publish(done)}")
    return 0


def private_copy(folder: Path) -> Path:
    """Copy notebooks and data to `folder`, with settings that no user's file changes."""
    for name in ("notebooks", "data"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        os.environ[f"JUPYTER_{name}"] = str(folder / name[0])
    os.environ["IPYTHONDIR"] = str(folder / "I")
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ.setdefault("FRAMELENS_STORE", str(folder / "store"))  # texts read once
    for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "MPLBACKEND"):
        os.environ.pop(name, None)
    return folder / "notebooks"


def load_all(*, update: bool = False) -> dict[str, NotebookNode]:
    """Read the committed notebooks, or with `update` their `.py` twins."""
    if update:
        twins = [p for p in sorted(HERE.glob("*.py")) if p.name != "execute.py"]
        return {path.stem: from_twin(path) for path in twins}
    committed = sorted(HERE.glob("*.ipynb"))
    return {path.stem: normalised(nbformat.read(path, 4)) for path in committed}


def from_twin(path: Path) -> NotebookNode:
    """Make the notebook that the jupytext percent script at `path` describes."""
    return normalised(jupytext.read(path, fmt="py:percent"))


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Give `notebook` with nothing in it that differs from machine to machine."""
    notebook = nbformat.from_dict(json.loads(json.dumps(notebook)))
    ran_on = {
        name: notebook.metadata[name] for name in [OURS] if name in notebook.metadata
    }
    notebook.metadata = nbformat.from_dict(METADATA | ran_on)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen: set[str] = set()
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        name = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        while name in seen:
            name += "-again"
        seen.add(name)
        cell.id = name
    return notebook


def execute_all(
    notebooks: dict[str, NotebookNode], copy: Path, *, update: bool
) -> tuple[list[Executed], int]:
    """Run the notebooks, two at a time; say how each ended; count the failures."""
    done, failed = [], 0
    committed = {} if update else {n: shown(nb) for n, nb in notebooks.items()}
    ran_on = {
        n: nb.metadata.get(OURS, {}).get(PROCESSOR) for n, nb in notebooks.items()
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = {n: pool.submit(execute, n, nb, copy) for n, nb in notebooks.items()}
        for name, run in runs.items():
            try:
                executed = run.result()
                if update:
                    write(executed)
            except NotebookError as error:
                print(error, file=sys.stderr, flush=True)
                failed += 1
                continue
            print(f"{name}.ipynb ran in {executed.seconds:.1f} s", flush=True)
            done.append(executed)
            if not update and (differs := difference(committed[name], executed)):
                print(differs, file=sys.stderr, flush=True)
                alike = ran_on[name] in (None, processor())
                failed += alike and bool(os.environ.get("CI"))
    return done, failed


def shown(notebook: NotebookNode) -> list[str]:
    """Give what every code cell prints and shows, without the bytes of images."""
    return [
        re.sub(
            r"data:image/[^\"]*",
            "data:image",
            "\n".join(
                "".join(part)
                for output in cell.outputs
                for data in [output.get("data", {})]
                for part in (
                    output.get("text", ""),
                    data.get("text/plain", ""),
                    data.get("text/html", ""),
                )
            ),
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def difference(committed: list[str], executed: Executed) -> str | None:
    """Say in which cell a notebook shows something else than is committed.

    That fails a run only on the kind of processor that the committed one ran on.
    """
    pairs = zip(committed, shown(executed.notebook), strict=True)
    cells = [i for i, (before, now) in enumerate(pairs, 1) if before != now]
    if not cells:
        return None
    return (
        f"{executed.name}.ipynb, cell [{cells[0]}]: shows something else than is "
        "committed; look at it, then renew it with: python3 run.py notebooks --update"
    )


def processor() -> str:
    """Name the kind of processor, by the widest instructions that numpy found on it.

    Kinds round products differently in the last digit. A word that a model is in two
    minds about can then fall to the other side, and a number beside it change.
    """
    from numpy._core._multiarray_umath import __cpu_features__ as has

    return next((name for name in WIDEST if has.get(name)), platform.machine())


def execute(name: str, notebook: NotebookNode, copy: Path) -> Executed:
    """Run `notebook` in the folder `copy` with the Python that runs this."""
    started = time.monotonic()
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(copy)}},
        config=Config({"KernelManager": transport(name, copy)}),
    )
    told = copy.parent / f"{name}.told"
    try:
        with told.open("w") as beside:  # a kernel that stops may write to its stderr
            client.execute(stderr=beside)
    except CellExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
        raise NotebookError(where(name, notebook, reason)) from error
    except CellTimeoutError as error:
        reason = f"still running after {SECONDS_A_CELL} s"
        raise NotebookError(where(name, notebook, reason)) from error
    except RuntimeError as error:  # DeadKernelError, or one that never answered
        last = told.read_text(errors="replace").strip().splitlines()[-1:]
        reason = ": ".join(["its Python stopped, perhaps for lack of memory", *last])
        raise NotebookError(where(name, notebook, reason)) from error
    ran_on = {OURS: {PROCESSOR: processor()}}
    notebook.metadata = nbformat.from_dict(METADATA | ran_on)  # no version of Python
    for cell in notebook.cells:  # what a kernel alone can fill; the page says the rest
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    return Executed(name, notebook, time.monotonic() - started)


def transport(name: str, copy: Path) -> dict[str, str]:
    """Say how to talk to a notebook's Python: by sockets in the copy, where possible."""
    socket = copy.parent / hashlib.sha256(name.encode()).hexdigest()[:8]
    if sys.platform != "linux" or len(str(socket)) > 90:  # the system allows 107
        return {"transport": "tcp", "ip": "127.0.0.1"}
    return {"transport": "ipc", "ip": str(socket)}


def where(name: str, notebook: NotebookNode, reason: str) -> str:
    """Say on one line which cell of which notebook failed, and why."""
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    number = max((c.execution_count or 0 for c in code), default=0)
    failing = [i for i, c in enumerate(code, 1) if has_error(c)]
    cell = failing[0] if failing else max(number, 1)
    return f"{name}.ipynb, cell [{cell}]: {' '.join(reason.split())}"


def has_error(cell: NotebookNode) -> bool:
    """Say whether the outputs of `cell` hold an error."""
    return any(output.output_type == "error" for output in cell.outputs)


def write(executed: Executed) -> None:
    """Write the notebook with its outputs, unless they name a path of this machine."""
    text = nbformat.writes(executed.notebook) + "\n"
    readable = re.sub(r"[A-Za-z0-9+/=]{200,}", "", text)  # without the images
    for folder in (ROOT, Path.home(), tempfile.gettempdir(), sys.prefix):
        found = re.search(rf".*{re.escape(str(folder))}[/\\\\].*", readable)
        if found:
            raise NotebookError(
                f"{executed.name}.ipynb is not written, for it prints a path of this "
                f"machine: {found[0].strip()[:120]}"
            )
    (HERE / f"{executed.name}.ipynb").write_text(text, encoding="utf-8", newline="\n")


def publish(done: list[Executed]) -> Path:
    """Write a page for each notebook, and the report that leads to them."""
    from framelens._checks import FramelensError  # heavy: only once all ran
    from framelens.corpus import read_corpus

    REPORTS.mkdir(exist_ok=True)
    for old in REPORTS.glob("*.html"):
        old.unlink()
    for executed in done:
        page = REPORTS / f"{executed.name}.html"
        page.write_text(as_page(executed.notebook), encoding="utf-8", newline="\n")
    links = [
        (title, f"{executed.name}.html", question, answer)
        for executed in done
        for title, question, answer in [about(executed.notebook)]
    ]
    try:
        data = ROOT / "data"
        corpus = read_corpus(data / "articles.csv", actors=data / "actors.csv")
        return Path(corpus.report(REPORTS, notebooks=links))
    except FramelensError as error:
        raise NotebookError(f"the report cannot be written: {error}") from error


def as_page(notebook: NotebookNode) -> str:
    """Give `notebook` as one page that asks nothing of any network."""
    from framelens.report.page import POLICY, STYLE

    exporter = HTMLExporter(
        template_name="template",
        extra_template_basedirs=[str(HERE)],
        embed_images=True,
        exclude_anchor_links=True,
        display_data_priority=[
            "text/html",
            "text/markdown",
            "image/svg+xml",
            "image/png",
            "text/plain",
        ],
    )
    title, _, _ = about(notebook)
    resources = {"metadata": {"name": title}, "policy": POLICY, "style": STYLE}
    page, _ = exporter.from_notebook_node(notebook, resources)
    return re.sub(r'(<a href="[^":]+)\.ipynb(["#])', r"\1.html\2", page)


def about(notebook: NotebookNode) -> tuple[str, str, str]:
    """Read a notebook's first heading, its **Question.** and its **Answer.**."""
    prose = "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    title = re.search(r"^# +(.+)$", prose, re.MULTILINE)
    asked, answered = (
        re.search(rf"\*\*{part}\.?\*\*\.?\s*(.+?)(?:\*\*|\n\s*\n|\Z)", prose, re.DOTALL)
        for part in ("Question", "Answer")
    )
    return (
        title[1].strip() if title else "Notebook",
        " ".join(asked[1].split()) if asked else "",
        " ".join(answered[1].split()) if answered else "",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
