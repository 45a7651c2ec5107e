"""Every public name is documented, in the code and in the README."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import framelens

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ["read", "annotate", "align", "measure", "compare", "show", "report"]
NAMES = "## What is in the package"
MEASURED = "## What it measures"


def public() -> list[str]:
    """Every name that the package or a layer offers, such as ``read.read_articles``."""
    offered = {layer: import_module(f"framelens.{layer}") for layer in LAYERS}
    names = [f"{part}.{name}" for part, m in offered.items() for name in m.__all__]
    return [*(f"framelens.{name}" for name in framelens.__all__), *names]


def thing(name: str) -> object:
    part, attribute = name.split(".")
    module = framelens if part == "framelens" else getattr(framelens, part)
    return getattr(module, attribute)


def section(heading: str) -> str:
    """The part of README under a heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition(heading)[2]
    assert text, f"README.md has no section {heading!r}"
    return text.split("\n## ")[0]


@pytest.mark.parametrize("name", public())
def test_it_has_a_docstring(name):
    what = thing(name)
    text = inspect.getdoc(what) or ""
    assert text, f"{name} has no docstring"
    if inspect.isfunction(what):
        described = described_parameters(text)
        missing = set(inspect.signature(what).parameters) - described
        assert not missing, f"{name} does not say what {missing} are"
        assert "Returns\n-------" in text, f"{name} does not say what it returns"


def described_parameters(text: str) -> set[str]:
    """Read the names in the Parameters section of a NumPy-style docstring."""
    _, _, rest = text.partition("Parameters\n----------\n")
    section = re.split(r"\n\n?\w[\w ]*\n-{3,}", rest)[0]
    heads = re.findall(r"^(\*{0,2}\w[\w, *]*?) ?(?::.*)?$", section, re.MULTILINE)
    return {name.strip(" *") for head in heads for name in head.split(",")}


@pytest.mark.parametrize("name", public())
def test_its_methods_have_docstrings(name):
    what = thing(name)
    if not inspect.isclass(what):
        return
    methods = {k: v for k, v in vars(what).items() if not k.startswith("_")}
    fields = {f.name for f in dataclasses.fields(what)} if is_data(what) else set()
    bare = [k for k, v in methods.items() if k not in fields and not inspect.getdoc(v)]
    assert not bare, f"{name}: {bare} have no docstring"


def is_data(what: object) -> bool:
    return dataclasses.is_dataclass(what)


@pytest.mark.parametrize("name", sorted(framelens.__all__))
def test_the_readme_lists_it(name):
    assert f"`{name}`" in section(NAMES), f"{name} is not in the table of names"


def test_the_readme_lists_nothing_else():
    listed = set(re.findall(r"`(\w+)`", section(NAMES)))
    assert listed == set(framelens.__all__)


def test_the_readme_says_of_every_measure_what_is_declared():
    rows = [row.strip("| ").split(" | ") for row in section(MEASURED).splitlines()]
    listed = [row for row in rows if row[0].startswith("`")]
    assert listed == [
        [f"`{one.name}`", one.label, one.unit, one.accuracy]
        for one in framelens.MEASURES.values()
    ]


def test_the_door_offers_few_names():
    assert len(framelens.__all__) <= 72
    assert set(LAYERS) <= set(framelens.__all__)
