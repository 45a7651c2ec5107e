"""Data flow one way: read, annotate, align, measure, compare, show, report."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "framelens"
ORDER = ["read", "corpus", "annotate", "align", "measure", "compare", "show", "report"]
BASE = (
    "_accuracy",
    "_checks",
    "_code",
    "_computed",
    "_declared",
    "_layers",
    "_lists",
    "_progress",
    "_result",
    "_saving",
    "_store",
    "_wording",
    "_workers",
    "_zones",
    "__version__",
)
DOOR = "framelens._result"
# What parts may not load: in the order of the parts, since they are imported in turn.
HEAVY = {
    "framelens": ["pandas", "numpy", "matplotlib", "spacy", "onnxruntime", "pyarrow"],
    "framelens.read": [
        *("matplotlib", "spacy", "onnxruntime", "trafilatura", "lxml", "openpyxl"),
        *("docx", "pypdf", "ftfy", "feedparser", "py3langid", "warcio", "striprtf"),
    ],
    "framelens.annotate": ["matplotlib", "spacy", "onnxruntime"],
    "framelens.align": ["matplotlib", "spacy", "onnxruntime", "scipy.sparse.csgraph"],
    "framelens.measure": ["matplotlib", "spacy", "onnxruntime"],
    "framelens.compare": ["matplotlib", "spacy", "onnxruntime"],
    "framelens.cli": ["matplotlib", "spacy", "onnxruntime"],
}


def part_of(path: Path) -> str:
    """The part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> list[tuple[str, str | None]]:
    """What is imported from the package, and in which function (None: on loading)."""
    found = []

    def visit(node: ast.AST, function: str | None) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            function = node.name
        if isinstance(node, ast.Import):
            found.extend((alias.name, function) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports within the package are written in full"
            for alias in node.names:  # a module, or what is in one
                inside = f"{node.module}.{alias.name}"
                path = PACKAGE.parent.joinpath(*inside.split("."))
                a_module = path.with_suffix(".py").exists() or path.is_dir()
                found.append((inside if a_module else node.module or "", function))
        for child in ast.iter_child_nodes(node):
            visit(child, function)

    visit(tree, None)
    return found


def against_the_arrow(layer: str, source: str) -> list[str]:
    """Imports that a module of `layer` must not have."""
    wrong = []
    for module, function in imports(ast.parse(source)):
        top, _, rest = module.partition(".")
        part = rest.split(".")[0]
        if top != "framelens" or not part or part in BASE:
            continue
        if part not in ORDER or ORDER.index(part) > ORDER.index(layer):
            wrong.append(f"{module} in {function or 'the module'}")
    return wrong


@pytest.mark.parametrize(
    "path",
    sorted(path for path in PACKAGE.rglob("*.py") if part_of(path) in ORDER),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_no_module_imports_a_later_layer(path):
    layer = part_of(path)
    assert against_the_arrow(layer, path.read_text(encoding="utf-8")) == []


def test_one_door_leads_from_results_to_show():
    """What is below show names it in one module alone, and there by its name."""
    below = [path for path in PACKAGE.rglob("*.py") if is_below_show(path)]
    opened = {module_at(path) for path in below if names_show(path)}
    assert opened == {DOOR}


def is_below_show(path: Path) -> bool:
    """Whether a module belongs to the base, or to a layer before show."""
    part = part_of(path)
    return part in BASE or part in ORDER[: ORDER.index("show")]


def names_show(path: Path) -> bool:
    """Whether a string of a module, docstrings apart, is the name of show or report."""
    wanted = re.compile(r"framelens\.(show|report)[\w.]*")
    strings = (
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return any(wanted.fullmatch(text) for text in strings)


def graph() -> dict[str, set[str]]:
    """Which modules each module imports, wherever in it."""
    paths = {module_at(path): path for path in PACKAGE.rglob("*.py")}
    arrows: dict[str, set[str]] = {}
    for module, path in paths.items():
        named = {name for name, _ in imports(ast.parse(path.read_text("utf-8")))}
        arrows[module] = {name for name in named if name in paths} - {module}
    return arrows


def module_at(path: Path) -> str:
    """The dotted name of a module of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def in_circles(arrows: dict[str, set[str]]) -> set[str]:
    """What is left when modules that import nothing, or only such, are taken away."""
    left = dict(arrows)
    while free := [one for one, to in left.items() if not to & set(left)]:
        for one in free:
            del left[one]
    while free := [one for one in left if not any(one in to for to in left.values())]:
        for one in free:
            del left[one]
    return set(left)


def test_no_module_imports_itself_through_others():
    assert in_circles(graph()) == set()


@pytest.mark.parametrize(
    ("arrows", "circle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, set()),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, {"b", "c"}),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, {"a", "b"}),
    ],
)
def test_the_search_for_circles_itself(arrows, circle):
    assert in_circles(arrows) == circle


@pytest.mark.parametrize("layer", ORDER)
def test_every_layer_is_there(layer):
    there = (PACKAGE / layer / "__init__.py", PACKAGE / f"{layer}.py")
    assert any(path.is_file() for path in there)


def test_only_layers_and_what_sits_on_top_are_there():
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix in (".py", "")}
    on_top = {"__init__", "__main__", "cli", "lists", "models", "__pycache__"}
    on_top |= {"simulate", *BASE}
    assert there <= on_top | set(ORDER)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("from framelens.read import read_articles", 0),
        ("from framelens._checks import InputError", 0),
        ("from framelens.compare import contrast", 1),
        ("from framelens import compare", 1),
        ("import framelens.compare.contrast", 1),
        ("from framelens.cli import main", 1),
        ("def f():\n    from framelens.show import html_table", 1),
        ("class A:\n    def plot(self):\n        from framelens.show import plots", 1),
        ("class A:\n    def plot(self):\n        from framelens.compare import x", 1),
        ("if TYPE_CHECKING:\n    from framelens.compare import Contrast", 0),
    ],
)
def test_the_rule_itself(source, wrong):
    assert len(against_the_arrow("measure", source)) == wrong


def fresh_python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ).stdout


def test_importing_loads_nothing_heavy():
    """One fresh Python imports one part after another: each may load as little."""
    code = "import sys\n" + "".join(
        f"import {module}; print(*sys.modules)\n" for module in HEAVY
    )
    loaded = fresh_python(code).splitlines()
    for module, there in zip(HEAVY, loaded, strict=True):
        assert set(there.split()).isdisjoint(HEAVY[module]), module


def test_importing_takes_under_0_3_seconds():
    code = "import time; t = time.perf_counter(); import framelens; "
    code += "print(time.perf_counter() - t)"
    assert min(float(fresh_python(code)) for _ in range(5)) < 0.3


def test_every_part_comes_when_it_is_named():
    code = "import framelens as f; print(*(type(getattr(f, n)).__name__ "
    code += "for n in f.__all__))"
    kinds = fresh_python(code).split()
    assert set(kinds) == {"module", "function", "type", "dict"}
