"""Findings as a page shows them: sentences first, the evidence one click behind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.report.findings.finding import CORRECTED, FIRST, TESTED, TO_READ
from framelens.show.evidence import evidence_list
from framelens.show.tables import folded
from framelens.show.text import escape, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.report.findings.finding import Finding
    from framelens.report.findings.findings import Findings

MOST_PLACES = 5
"""Places shown behind a finding; how many there are is said."""

MOST_MORE = 12
"""Findings of a theme that are listed below the first; how many more there are is
said."""

MEANS = {
    CORRECTED: "corrected by codes",
    TESTED: "tested over articles",
    TO_READ: "to read, not tested",
}
"""What stands beside a finding."""


def findings_page(found: Findings) -> str:
    """Give the first findings, then all others by theme, each with its evidence."""
    if found.refusal is not None:
        return f"<p>{escape(found.refusal)}</p>"
    if not found.found:
        said = "".join(f'<p dir="auto">{escape(note)}</p>' for note in found.notes[1:])
        return f"<p>Nothing was found.</p>{said}{small(found.notes[:1])}"
    numbered = list(enumerate(found.found, start=1))
    first = "".join(_item(found, number, one) for number, one in numbered[:FIRST])
    rest = sorted(numbered[FIRST:], key=lambda pair: pair[1].theme)
    more = "".join(
        folded(
            f"{theme}: {counted(len(several), 'more finding')}",
            _listed(found, several),
        )
        for theme, grouped in groupby(rest, key=lambda pair: pair[1].theme)
        for several in [list(grouped)]
    )
    return f'<ol class="findings">{first}</ol>{more}{small(found.notes)}'


def _listed(found: Findings, several: Sequence[tuple[int, Finding]]) -> str:
    """List findings of one theme."""
    items = "".join(_item(found, number, one) for number, one in several[:MOST_MORE])
    left = len(several) - MOST_MORE
    note = small([f"{counted(left, 'more finding')} in the table."]) if left > 0 else ""
    return f"<ul>{items}</ul>{note}"


def _item(found: Findings, number: int, one: Finding) -> str:
    """Give a sentence, what it rests on, and the places to read."""
    places = found.evidence(number)
    shown = evidence_list(found.corpus, places, most=MOST_PLACES)
    about = f"{one.theme} · {MEANS[one.strength]} · {counted(len(places), 'place')}"
    return (
        f'<li><p dir="auto">{escape(one.sentence)}</p>'
        f"{folded(about, small([one.basis]) + shown.html)}</li>"
    )
