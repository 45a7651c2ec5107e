"""Every public name is documented, in the code and in the README."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ["read", "annotate", "measure", "compare", "show"]
HEADING = "## What is in the package"


def public() -> list[str]:
    """Every name that a subpackage offers, such as ``read.read_articles``."""
    modules = {layer: import_module(f"framelens.{layer}") for layer in LAYERS}
    return [f"{part}.{name}" for part, m in modules.items() for name in m.__all__]


def thing(name: str) -> object:
    part, attribute = name.split(".")
    return getattr(import_module(f"framelens.{part}"), attribute)


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


@pytest.mark.parametrize("name", public())
def test_the_readme_lists_it(name):
    part, attribute = name.split(".")
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(HEADING)[2]
    section = section.split("\n## ")[0]
    assert section, f"README.md has no section {HEADING!r}"
    row = next((row for row in section.splitlines() if f"`{part}`" in row), "")
    assert f"`{attribute}`" in row, f"{attribute} is not in the row of `{part}`"


def test_nothing_is_listed_twice():
    names = [name for name in public() if not inspect.ismodule(thing(name))]
    assert len(names) == len(set(names))
