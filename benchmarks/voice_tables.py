"""Tables of what `benchmarks.voices` finds: Markdown, and the rows that ship."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.voice_figures import VOICES, in_words

if TYPE_CHECKING:
    import numpy.typing as npt

    Cells = npt.NDArray[np.float64]

BY_OUTLET = {
    **dict.fromkeys(
        [
            *("words right", "own: precision", "own: recall"),
            *("indirect: precision", "indirect: recall", "share of own too high by"),
        ],
        "words",
    ),
    "triples: F1": "triples",
}
"""What is compared between outlets, and of what it is a ratio."""

SHARES = (
    *("right", "own_precision", "own_recall", "indirect_precision"),
    *("indirect_recall", "too_much_own", "attributions"),
)
"""The names of the same in ``framelens/lists/voice_accuracy.toml``."""

PARTS = ("precision", "recall")


def print_words(name: str, cells: Cells) -> None:
    """Print the words by voice, as people and as framelens have it."""
    print(f"\n{name}: words\n")
    print(f"| marked: | found: {' | '.join(VOICES)} |\n|---|---|---|---|")
    for voice, row in zip(VOICES, cells, strict=True):
        print(f"| {voice} | {' | '.join(f'{one:,.0f}' for one in row)} |")


def print_whole(told: list[dict[str, Any]]) -> None:
    """Print the figures of all articles of a set, one a row."""
    print("\n| set | metric | value | 95 % | n |\n|---|---|---|---|---|")
    for one in told:
        if one["outlet"] == "all":
            shown = " | ".join(_shown(one))
            print(f"| {one['set']} | {one['metric']} | {shown} | {one['n']:,.0f} |")


def print_outlets(told: list[dict[str, Any]]) -> None:
    """Print the main figures of each outlet, an outlet a row."""
    metrics = list(BY_OUTLET)
    print(f"\n| outlet | articles | words | {' | '.join(metrics)} |")
    print("|---" * (len(metrics) + 3) + "|")
    for outlet, mine in _by_outlet(told).items():
        cells = [mine[metric] for metric in metrics]
        shown = (_shown(one) for one in cells)
        row = (f"{a} ({b})" if b != "–" else a for a, b in shown)
        counted = f"{cells[0]['articles']} | {cells[0]['n']:,.0f}"
        print(f"| {outlet} | {counted} | {' | '.join(row)} |")


def print_differences(told: list[dict[str, Any]]) -> None:
    """Print whether outlets differ, and say it in words."""
    print("\n| metric | lowest outlet | highest outlet | p | p, Holm |")
    print("|---|---|---|---|---|")
    for one in told:
        print(
            f"| {one['metric']} | {one['lowest']:.3f} | {one['highest']:.3f} "
            f"| {one['p']:.4f} | {one['holm']:.4f} |"
        )
    print("\n" + in_words(told))


def _shown(one: dict[str, Any]) -> tuple[str, str]:
    if np.isnan(one["low"]):
        return f"{one['value']:.3f}", "–"
    return f"{one['value']:.3f}", f"{one['low']:.3f} to {one['high']:.3f}"


def print_shares(told: list[dict[str, Any]]) -> None:
    """Print the sets of ``framelens/lists/voice_accuracy.toml``."""
    for outlet, mine in _by_outlet(told).items():
        print(f"\n[[sets]]\nmeasured_on = {json.dumps(f'PolNeAR ({outlet})')}")
        print(f"outlet = {json.dumps(outlet)}")
        print(f"articles = {mine['words right']['articles']}")
        for name, metric in zip(SHARES, BY_OUTLET, strict=True):
            print(f"{name} = [{_written(mine[metric])}, {mine[metric]['n']:.0f}]")


def print_triples(name: str, told: list[dict[str, Any]]) -> None:
    """Print the rows of ``framelens/lists/attribution_accuracy.toml``."""
    for outlet, mine in _by_outlet(told).items():
        if outlet == "all":
            continue
        f1, found, marked = (mine[f"triples: {m}"] for m in ("F1", *PARTS))
        parts = f"{found['value']:.3f}, {marked['value']:.3f}, {_written(f1)}"
        counted = f"{f1['articles']}, {marked['n']:.0f}"
        print(f"  [{json.dumps(name)}, {json.dumps(outlet)}, {counted}, {parts}],")


def _by_outlet(told: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for one in told:
        found.setdefault(one["outlet"], {})[one["metric"]] = one
    return found


def _written(one: dict[str, Any]) -> str:
    ends = (one["low"], one["high"])
    shown = ["nan" if np.isnan(end) else f"{end:.3f}" for end in ends]
    return ", ".join([f"{one['value']:.3f}", *shown])
