"""Result: what every comparison, alignment and count can show of itself."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

_UNLESS_GIVEN: dict[str, Any] = {"notes": (), "refusal": None, "sources": ""}


class Result:
    """Base of every result: a table with a caption, a figure and its evidence.

    A result is a frozen dataclass whose fields or properties are some of those
    below. It computes nothing here, and is drawn by the view that
    `framelens.show.views` names for its class.

    Attributes
    ----------
    table : DataFrame
        The numbers, one row each.
    caption : str
        What the numbers are, and what they rest on.
    alt : str
        What the figure shows, for those who do not see it; the caption if not given.
    notes : tuple of str
        What should be known before the numbers are used.
    refusal : str or None
        Why there is no test, no interval or no figure; None where there is one.
    sources : str
        The articles behind the numbers, in one line.
    """

    if TYPE_CHECKING:

        @property
        def table(self) -> pd.DataFrame: ...
        @property
        def caption(self) -> str: ...
        @property
        def alt(self) -> str: ...
        @property
        def notes(self) -> tuple[str, ...]: ...
        @property
        def refusal(self) -> str | None: ...
        @property
        def sources(self) -> str: ...

    else:

        def __getattr__(self, name: str) -> Any:
            """Give what a result need not state."""
            if name == "alt":
                return self.caption
            if name in _UNLESS_GIVEN:
                return _UNLESS_GIVEN[name]
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            )

    def evidence(self, item: str) -> pd.DataFrame:
        """Find what stands behind one item: ``article, start, end, text`` and more.

        Raises
        ------
        UnknownNameError
            If there is no such item.
        InputError
            If these numbers cannot be traced to the articles.
        """
        raise InputError(
            f"a {type(self).__name__} has no evidence for {item!r}; its table is all "
            "there is"
        )

    def shown(self) -> pd.DataFrame:
        """Lay out the table as a reader wants it: few columns, plain names."""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw what the table holds, and return the axes.

        Raises
        ------
        InputError
            If this result has no figure.
        """
        axes: Axes = _views().plot(self, ax)
        return axes

    def figure(self) -> Figure:
        """Draw it as a figure with caption, alt text and source line."""
        drawn: Figure = _views().figure(self)
        return drawn

    def save(self, path: str | Path) -> Path:
        """Save the figure at slide size, as .png or .svg, and return where it is."""
        return self.figure().save(path)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.caption})"

    def _repr_html_(self) -> str:
        return str(_views().html(self))


def _views() -> Any:
    """Open the one door to show: by name, for show rests on all that is below it."""
    return import_module("framelens.show.views")


def write_report(corpus: Any, out: str | Path, **options: Any) -> Path:
    """Write the report of a corpus: the other half of the one door."""
    page: Path = import_module("framelens.report").report(corpus, out, **options)
    return page
