"""Lanes: thin pictures in lines that are as wide as the page has room for.

One pattern draws both the voices along an article and the days of an event. Across,
everything is placed in per cent, so that a lane fits 390 pixels as well as 1,280 and no
letter in it shrinks; down, in pixels. A lane reads without colour, for marks differ in
height, and its label says in words what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.show.drawing import BLUE
from framelens.show.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

HEIGHT = 18
"""Pixels."""

LEAST_WIDTH = 0.35
"""Per cent of a lane: of what is shorter nothing would be seen."""

KINDS = {
    "direct": (0, HEIGHT, BLUE),
    "indirect": (HEIGHT // 2, HEIGHT // 2, BLUE),
    "own": (HEIGHT - 3, 3, "currentColor"),
    "rest": (HEIGHT - 3, 3, "currentColor"),
    "day": (2, HEIGHT - 4, BLUE),
}
"""Top, height and colour of each kind of mark: words in quotation marks are high,
reported ones half as high, the outlet's own a line below."""


@dataclass(frozen=True)
class Mark:
    """A mark in a lane: from where to where it reaches, as shares from 0 to 1."""

    start: float
    end: float
    kind: str
    about: str = ""
    address: str | None = None


def lane(marks: Iterable[Mark], *, label: str, rules: Iterable[float] = ()) -> str:
    """Draw marks from left to right, and upright rules at shares of the width.

    `label` and what marks are about are plain text. A mark with an address leads there
    by pointer only; beside a lane stands a link for the keyboard.
    """
    lines = "".join(
        f'<rect x="{100 * at:.2f}%" y="0" width="1" height="{HEIGHT}" '
        'fill="currentColor" opacity="0.65"></rect>'
        for at in rules
    )
    drawn = "".join(map(_rect, marks))
    return (
        f'<svg class="lane" width="100%" height="{HEIGHT}" role="group" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>{drawn}{lines}'
        "</svg>"
    )


def _rect(mark: Mark) -> str:
    """Draw one mark, with its own title and link where it has them."""
    top, height, colour = KINDS[mark.kind]
    width = max(100 * (mark.end - mark.start), LEAST_WIDTH)
    left = min(100 * mark.start, 100 - width)
    title = f"<title>{escape(mark.about)}</title>" if mark.about else ""
    drawn = (
        f'<rect x="{left:.2f}%" y="{top}" width="{width:.2f}%" height="{height}" '
        f'fill="{colour}">{title}</rect>'
    )
    if mark.address is None:
        return drawn
    about = f' aria-label="{escape(mark.about)}"' if mark.about else ""
    return f'<a href="#{mark.address}" tabindex="-1"{about}>{drawn}</a>'
