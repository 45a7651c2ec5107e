"""See how outlets frame the same event differently, with the evidence at hand.

Data flow one way: `read` turns files into one table of articles, `annotate`
marks spans in them, `measure` counts, `compare` sets outlets side by side, and
`show` draws tables, figures and reports. Importing this package loads none of
them: each part comes when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framelens import align, annotate, compare, measure, read, report, show
    from framelens.compare import contrast
    from framelens.read import read_articles

__version__ = "0.1.0"

__all__ = [
    "Corpus",
    "align",
    "annotate",
    "compare",
    "contrast",
    "measure",
    "read",
    "read_articles",
    "read_corpus",
    "report",
    "show",
]

_PARTS = {
    "Corpus": "framelens.corpus",
    "contrast": "framelens.compare",
    "read_articles": "framelens.read",
    "read_corpus": "framelens.corpus",
}


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return getattr(import_module(_PARTS[name]), name)
    if name in __all__:
        return import_module(f"framelens.{name}")
    raise AttributeError(f"module 'framelens' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
