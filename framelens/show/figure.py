"""Figures that carry their own caption and alt text."""

from __future__ import annotations

import base64
import io
import os
import re
import sys
import textwrap
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from framelens._checks import InputError
from framelens.show.tables import folded
from framelens.show.text import escape, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing


def write(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it; a failure leaves nothing behind."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            beside.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot write {str(path)!r}: {reason}; name a folder you may write to."
        ) from error


SLIDE = (40 / 3, 7.5)
"""Width and height of a slide, in inches."""

LINE = 0.14
"""Height of a line of the caption, in inches before the slide is scaled."""

MARGIN = 0.25
"""White border of a slide, in inches before it is scaled."""

IN_SIGHT = 290
"""Signs of caption and source below a figure on a page, about three lines."""


def in_sight(caption: str, source: str = "") -> tuple[str, str]:
    """Cut a caption between sentences: the first ones, and what is folded away.

    >>> in_sight("Words of 2 articles. " + 40 * "Few words. ", "Source: Daily.")
    ... # doctest: +ELLIPSIS
    ('Words of 2 articles. Few words. ...', 'Few words. ...')
    """
    said = re.split(r"(?<=[.]) (?=[A-Z0-9])", caption.strip())
    ends = accumulate(len(sentence) + 1 for sentence in said)
    shown = max(1, sum(end <= IN_SIGHT - len(source) for end in ends))
    return " ".join(said[:shown]), " ".join(said[shown:])


@dataclass(frozen=True, eq=False)
class Figure:
    """A drawn figure; ending a cell, it shows its image, caption and alt text.

    Attributes
    ----------
    png : bytes
        The image in dots.
    drawing : matplotlib Figure
        What it was made from: saved anew as a slide.
    caption : str
        What it shows, and what that rests on.
    alt : str
        What is to be seen, for those who do not see it.
    title : str
        Set above the image on a slide.
    source : str
        Set below the caption on a slide.
    """

    png: bytes = field(repr=False)
    drawing: Drawing = field(repr=False)
    caption: str
    alt: str
    title: str = ""
    source: str = ""

    @classmethod
    def from_axes(
        cls, ax: Axes, *, caption: str, alt: str, title: str = "", source: str = ""
    ) -> Figure:
        """Render the figure of `ax`, and close it so that it is not shown twice.

        Parameters
        ----------
        ax : Axes
        caption : str
            With the numbers of articles, and their dates.
        alt : str
        title, source : str, default ""
            For slides: a heading, and a line that says where the data come from.

        Returns
        -------
        Figure
        """
        drawing = cast("Drawing", ax.get_figure(root=True))
        png = _render(drawing, "png", title=title, alt=alt)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(drawing)
        return cls(png, drawing, caption, alt, title, source)

    @property
    def html(self) -> str:
        """The image as HTML that needs nothing from outside."""
        source = "data:image/png;base64," + base64.b64encode(self.png).decode()
        shown, rest = in_sight(self.caption, self.source)
        below = "<br>".join(escape(line) for line in (shown, self.source) if line)
        below += folded("More about this figure", f"<p>{escape(rest)}</p>") * bool(rest)
        return (
            f'<figure tabindex="0"><img src="{source}" alt="{escape(self.alt)}" '
            'style="max-width:100%;height:auto">'
            f"<figcaption>{below}</figcaption></figure>"
        )

    def save(self, path: str | Path) -> Path:
        """Save at slide size, 13.33 by 7.5 inches, caption and source below.

        Parameters
        ----------
        path : str or Path
            Ends in ``.png`` or ``.svg``. An older file is replaced.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        InputError
            If the name ends otherwise, or the file cannot be written.
        """
        path = Path(path)
        kind = path.suffix.lower().lstrip(".")
        if kind not in {"png", "svg"}:
            raise InputError(
                f"{path.name!r} ends in {path.suffix or 'nothing'!r}; figures are "
                "saved as .png or .svg, so end the name in one of these."
            )
        with _as_slide(self) as scale:
            content = _render(
                self.drawing, kind, title=self.title, alt=self.alt, scale=scale
            )
        write(path, content)
        return path

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  # what IPython passes
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        lines = (self.title, self.caption, self.source, self.alt)
        text = "\n".join(plain(line) for line in lines if line)
        data = {"text/html": self.html, "image/png": self.png, "text/plain": text}
        return data, {"image/png": {"alt": plain(self.alt)}}


def _render(
    drawing: Drawing, kind: str, *, title: str, alt: str, scale: float = 1.0
) -> bytes:
    """Draw `drawing` as it stands; the same drawing gives the same bytes."""
    import matplotlib as mpl

    about = {"Title": plain(title or "framelens"), "Description": plain(alt)}
    buffer = io.BytesIO()
    with warnings.catch_warnings(), mpl.rc_context({"svg.hashsalt": "framelens"}):
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        if kind == "png":
            drawing.savefig(
                buffer, dpi=150 * scale, metadata=about, pil_kwargs={"dpi": (150, 150)}
            )
            return buffer.getvalue()
        drawing.savefig(buffer, format="svg", metadata={**about, "Date": None})
    return _scaled(buffer.getvalue().decode(), scale).encode()


def _scaled(svg: str, scale: float) -> str:
    """Enlarge a drawing in lines by its two outer measures."""
    head, tag, rest = svg.partition("<svg ")
    measures, end, body = rest.partition(">")
    measures = re.sub(
        r'\b(width|height)="([\d.]+)pt"',
        lambda match: f'{match[1]}="{float(match[2]) * scale:.6g}pt"',
        measures,
    )
    return head + tag + measures + end + body


@contextmanager
def _as_slide(figure: Figure) -> Iterator[float]:
    """Lay the drawing out on a slide as large as it needs; give the enlargement."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    drawing = figure.drawing
    width, height = drawing.get_size_inches()
    engine = drawing.get_layout_engine()
    shape = SLIDE[0] / SLIDE[1]
    head = MARGIN + (0.4 if figure.title else 0)
    high = max(5.0, width / shape)
    for _ in range(3):  # a wider slide needs fewer lines of caption
        below = _wrapped(figure, high * shape)
        foot = MARGIN + LINE * len(below) + 0.1
        high = max(high, height + foot + head)
    wide = high * shape
    side = MARGIN / wide
    caption = drawing.text(side, (foot - 0.1) / high, "\n".join(below), va="top")
    caption.set(fontsize=8, color="0.25", parse_math=False, in_layout=False)
    title = drawing.text(side, 1 - MARGIN / high, plain(figure.title), va="top")
    title.set(fontsize=13, weight="bold", parse_math=False, in_layout=False)
    inner = (side, foot / high, 1 - 2 * side, 1 - (foot + head) / high)
    try:
        drawing.set_size_inches(wide, high)
        drawing.set_layout_engine(ConstrainedLayoutEngine(rect=inner))
        yield SLIDE[1] / high
    finally:
        caption.remove()
        title.remove()
        drawing.set_size_inches(width, height)
        drawing.set_layout_engine(engine or "none")


def _wrapped(figure: Figure, width: float) -> list[str]:
    """Break caption and source into lines that fit `width` inches at 8 points."""
    signs = int((width - 2 * MARGIN) / 0.068)
    lines: list[str] = []
    for part in (figure.caption, figure.source):
        lines += textwrap.wrap(plain(part), signs) if part else []
    return lines
