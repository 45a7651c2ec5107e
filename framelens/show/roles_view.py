"""Who does what to whom: actors, and arrows between them, outlet by outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framelens._wording import counted
from framelens.measure.counts import NO_OUTLET
from framelens.measure.roles import PAIR_COLUMNS
from framelens.show.drawing import BLUE, GREY, new_axes, source_line
from framelens.show.figure import Figure
from framelens.show.text import plain, shortened

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from framelens.measure import Roles

MOST_ARROWS = 12
"""Arrows: more cannot be told apart on a slide."""

MOST_OUTLETS = 4
"""Outlets whose counts are beside the arrows, those with most clauses first."""

NAME = 26
"""Characters of a name."""

WIDEST = 5.0
"""Points. The arrow of the most frequent pair."""

FIRST, STEP = 2.6, 0.9
"""Where the counts of the first outlet stand, and how far the next ones from it: the
arrow is 1 long."""


def plot_roles(roles: Roles, *, ax: Axes | None = None) -> Axes:
    """Draw who does what to whom: an arrow for each pair of actors and class of verb.

    Both ends are actors; verbs of saying are left out. The most frequent pairs of all
    outlets together are drawn, with the clauses of each outlet beside them.
    """
    pairs = drawn_pairs(roles)
    outlets = _outlets(roles)[:MOST_OUTLETS]
    order = list(dict.fromkeys(zip(*(pairs[one] for one in _ENDS), strict=True)))
    ax = new_axes(0.34 * max(len(order), 3) + 0.9) if ax is None else ax
    ax.set_axis_off()
    if not order:
        said = "In these articles no named actor acts on another."
        ax.text(0.5, 0.5, said, ha="center", parse_math=False)
        return ax
    sums = pairs.groupby(_ENDS)["clauses"].sum()
    places = [FIRST + STEP * number for number in range(len(outlets))]
    for place, outlet in zip(places, outlets, strict=True):
        name = shortened(plain(outlet), width=16)
        ax.text(place, -1, name, ha="center", fontsize=8, parse_math=False)
    for row, pair in enumerate(order):
        _arrow(ax, pair, row, width=max(0.8, WIDEST * sums[pair] / sums.max()))
        here = pairs[pairs["place"].eq(row)].set_index("outlet")["clauses"].to_dict()
        for place, outlet in zip(places, outlets, strict=True):
            number = here.get(outlet, 0)
            ink = "0.1" if number else "0.6"
            ax.text(place, row, f"{number:,}", color=ink, fontsize=9, **_MIDDLE)
    ax.set_xlim(-1.3, places[-1] + 0.5)
    ax.set_ylim(len(order) - 0.4, -1.5)
    return ax


_MIDDLE: dict[str, Any] = {"ha": "center", "va": "center"}
_ENDS = ["agent", "verb_class", "patient"]


def roles_figure(roles: Roles) -> Figure:
    """Draw who does what to whom as a figure that can be saved as a slide."""
    pairs = drawn_pairs(roles)
    said = [
        f"{agent}, {verb_class}, {patient}: {clauses:,} in {outlet}"
        for outlet, agent, verb_class, patient, clauses in zip(
            *(pairs[name] for name in PAIR_COLUMNS), strict=True
        )
    ]
    outlets = _outlets(roles)
    left_out = len(outlets) - MOST_OUTLETS
    more = f" {counted(left_out, 'more outlet')} in .pairs." if left_out > 0 else ""
    return Figure.from_axes(
        plot_roles(roles),
        title="Who does what to whom",
        caption=(
            "Who does what to whom: clauses with two named actors, the most frequent "
            f"pairs; verbs of saying left out. {roles.caption}{more}"
        ),
        alt=f"Arrows from who acts to who is acted on. {'; '.join(said) or 'None'}.",
        source=source_line(roles.totals),
    )


def drawn_pairs(roles: Roles) -> pd.DataFrame:
    """Give the pairs that are drawn: both ends actors, the most frequent."""
    pairs = roles.pairs
    both = pairs["agent"].notna() & pairs["patient"].notna()
    pairs = pairs[both & pairs["verb_class"].ne("speech")]
    total = (
        pairs.groupby(_ENDS)["clauses"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    chosen = total.head(MOST_ARROWS).index
    kept = pairs.set_index(_ENDS)
    kept = kept[kept.index.isin(chosen)].reset_index()
    rank = {pair: place for place, pair in enumerate(chosen)}
    place = [rank[pair] for pair in zip(*(kept[one] for one in _ENDS), strict=True)]
    return kept.assign(place=place).sort_values("place", kind="stable")


def _outlets(roles: Roles) -> list[str]:
    """Give the outlets, those with most clauses first."""
    names = roles.totals["outlet"].fillna(NO_OUTLET)
    sums = roles.totals["n"].groupby(names).sum().sort_values(ascending=False)
    return [str(name) for name in sums.index]


def _arrow(ax: Axes, pair: tuple[str, str, str], row: int, *, width: float) -> None:
    """Draw one pair: who acts, the class of the verb on the arrow, who is acted on."""
    agent, verb_class, patient = (plain(one) for one in pair)
    beside: dict[str, Any] = {"va": "center", "fontsize": 9, "parse_math": False}
    ax.text(-0.04, row, shortened(agent, width=NAME), ha="right", **beside)
    ax.text(1.04, row, shortened(patient, width=NAME), ha="left", **beside)
    arrow = {"arrowstyle": "-|>", "linewidth": width, "color": BLUE}
    ax.annotate(
        "", (1, row), (0, row), arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0}
    )
    said: dict[str, Any] = {"fontsize": 7, "color": GREY, "parse_math": False}
    ax.text(0.45, row - 0.14, verb_class, ha="center", va="bottom", **said)
