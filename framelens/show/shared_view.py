"""Shared, contradicting, only here: every claim of an event, by outlet, on one page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._wording import counted
from framelens.align.coverage.matrix import ABSENT, PRESENT, SAID_OF
from framelens.align.differing import differing
from framelens.align.differing.differing import CAUTION
from framelens.align.differing.rules import NEGATIONS
from framelens.annotate.spans import rows_of
from framelens.annotate.words import word_offsets
from framelens.show.tables import Fragment, folded, html_table, scrolling
from framelens.show.text import article_label, escape, one_line, shortened, small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align import Coverage
    from framelens.align.coverage.matrix import Place
    from framelens.show.addresses import Addresses

CONTRADICTING, SHARED, ONLY_HERE, UNCERTAIN = STATUSES = (
    "contradicting",
    "shared",
    "only here",
    "uncertain",
)
"""What a claim may be. Contradicting ones, too, are only to read: nothing is judged."""

HEADS = {
    CONTRADICTING: "May contradict each other",
    SHARED: "Shared",
    ONLY_HERE: "Only here",
}

INTROS = {
    CONTRADICTING: (
        "Passages on the same thing that differ in a figure, a day, a denial or an "
        "opposite word. They are not counted as shared, and are for you to judge."
    ),
    SHARED: "Claims that two outlets or more have, in whatever words.",
    ONLY_HERE: "Claims that no other outlet here has, as far as this method sees.",
}

FIRST = {CONTRADICTING: 3, SHARED: 3, ONLY_HERE: 2}
"""Claims shown of each status, of "only here" of each outlet; the rest is folded."""

MOST = 24
"""Claims that are folded behind them; how many more there are is said."""

LEAST_WORDS = 12
"""Words of a claim of one outlet that is shown: shorter ones find no counterpart for
want of words."""

OPPOSED = {
    "denial": "a denial",
    "number": "another figure",
    "date": "another day",
    "opposite words": "opposite words",
    "negation": "a negation",
}
"""Differences that make passages contradict each other, the surest first, and what they
are called. The wording of a number is none."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim: its passages by outlet, what it is, and what in them is opposed."""

    status: str
    cells: pd.DataFrame
    opposed: tuple[str, ...] = ()

    @property
    def holders(self) -> pd.DataFrame:
        """The passages of outlets that have it."""
        return self.cells[self.cells["status"].eq(PRESENT)]

    @property
    def words(self) -> int:
        """How long its longest passage is."""
        return max(len(word_offsets(text)) for text in self.holders["text"])


def claims_of(coverage: Coverage) -> list[Claim]:
    """Give every claim with its status, the most telling of each status first."""
    cells = coverage.matrix().cells
    opposed = _opposed(coverage, cells)
    claims = []
    for name, mine in cells.groupby("claim", sort=False):
        present = int(mine["status"].eq(PRESENT).sum())
        kinds = tuple(opposed.get(str(name), ()))
        if present > 1:
            status = CONTRADICTING if kinds else SHARED
        else:
            absent = int(mine["status"].eq(ABSENT).sum())
            status = ONLY_HERE if present and absent == len(mine) - 1 else UNCERTAIN
        if present:
            claims.append(Claim(status, mine, kinds if present > 1 else ()))
    return sorted(claims, key=_telling)


def _telling(claim: Claim) -> tuple[Any, ...]:
    """Order claims by outlets, then by how near; those of one outlet by length."""
    first = claim.holders.iloc[0]
    place = str(first["article"]), int(first["start"])
    several = len(claim.holders) > 1
    near = -claim.holders["score"].min() if several else -claim.words
    said = " ".join(claim.opposed)
    rank = min(
        (r for r, kind in enumerate(OPPOSED.values()) if kind in said), default=0
    )
    return STATUSES.index(claim.status), rank, -len(claim.holders), near, place


def _opposed(coverage: Coverage, cells: pd.DataFrame) -> dict[str, list[str]]:
    """Say of each claim by what two of its passages are opposed."""
    at: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    present = cells[cells["status"].eq(PRESENT)]
    columns = "article", "start", "end", "claim", "outlet"
    for article, start, end, claim, outlet in rows_of(present, *columns):
        at[article].append((start, end, claim, outlet))

    def claims_at(article: str, start: int, end: int) -> dict[str, str]:
        """Give the claims with a passage that this one overlaps, and its outlet."""
        return {
            claim: outlet
            for first, last, claim, outlet in at[article]
            if first < end and start < last
        }

    found: dict[str, dict[str, None]] = defaultdict(dict)
    sides = ("article", "start", "end", "other_article", "other_start", "other_end")
    table = differing(coverage).table
    for kind, here, there, *both in rows_of(table, "kind", "here", "there", *sides):
        if kind not in OPPOSED:
            continue
        left, right = claims_at(*both[:3]), claims_at(*both[3:])
        words = f" (“{here}” against “{there}”)" if here and there else ""
        for claim in left:
            if left[claim] != right.get(claim, left[claim]):
                found[claim][OPPOSED[kind] + words] = None
    for claim in _denied(coverage, present):
        found[claim][OPPOSED["denial"]] = None
    return {claim: list(kinds) for claim, kinds in found.items()}


def _denied(coverage: Coverage, present: pd.DataFrame) -> Iterator[str]:
    """Name the claims that are denied in one outlet, and asserted in another."""
    ledger = coverage.corpus.ledger
    denials: dict[str, list[tuple[int, int]]] = defaultdict(list)
    denying = ledger[ledger["cue_class"].eq("denying")]
    for article, start, end in rows_of(denying, "article", "start", "end"):
        denials[article].append((start, end))
    for claim, mine in present.groupby("claim", sort=False):
        places = list(rows_of(mine, "article", "start", "end"))
        denied = [_is_denied(place, denials[place[0]]) for place in places]
        asserted = [
            not one and not NEGATIONS & set(text.lower().split())
            for one, text in zip(denied, mine["text"], strict=True)
        ]
        if any(denied) and any(asserted):
            yield str(claim)


def _is_denied(place: Place, denials: list[tuple[int, int]]) -> bool:
    """Whether most of a denial, and some of the passage's own length, is in a place."""
    _, start, end = place
    for first, last in denials:
        shared = min(end, last) - max(start, first)
        if shared > 0.5 * (last - first) and shared > 0.25 * (end - start):
            return True
    return False


def claims_page(
    coverage: Coverage, addresses: Addresses, *, diff: str = ""
) -> Fragment:
    """Show every claim once: shared, contradicting, or of one outlet only.

    Parameters
    ----------
    coverage : Coverage
        What lines the claims up.
    addresses : Addresses
        Of the articles that the page shows whole: each passage leads to its place.
    diff : str, default ""
        HTML on the wording of shared statements, folded below those.

    Returns
    -------
    Fragment
        Its ``table`` has a row for each claim and outlet: ``status`` of the claim,
        ``opposed`` (by what), ``event, claim, outlet, cell`` (present, uncertain,
        absent), ``article, voice, start, end, text``.
    """
    claims = claims_of(coverage)
    articles = coverage.articles.set_index("article")
    shower = _Shower(articles, addresses)
    parts = [_summary(claims)]
    for status in (CONTRADICTING, SHARED):
        mine = [claim for claim in claims if claim.status == status]
        parts.append(f"<h3>{HEADS[status]} ({len(mine):,})</h3>")
        parts.append(f"<p>{INTROS[status] if mine else NONE[status]}</p>")
        parts.append(_listed(mine, FIRST[status], shower))
        parts.append(diff if status == SHARED else "")
    alone = [claim for claim in claims if claim.status == ONLY_HERE]
    parts.append(f"<h3>{HEADS[ONLY_HERE]} ({len(alone):,})</h3>")
    parts.append(f"<p>{INTROS[ONLY_HERE] if alone else NONE[ONLY_HERE]}</p>")
    by_outlet: dict[str, list[Claim]] = defaultdict(list)
    for claim in alone:
        by_outlet[str(claim.holders["outlet"].iloc[0])].append(claim)
    beside = []
    for outlet, mine in sorted(by_outlet.items()):
        long = [claim for claim in mine if claim.words >= LEAST_WORDS]
        number = counted(len(mine), "claim")
        beside.append(
            f"<div><p><b>Only {escape(outlet)}</b> <small>{number}</small></p>"
            f"{_listed(long, FIRST[ONLY_HERE], shower)}</div>"
        )
    parts.append(f'<div class="beside">{"".join(beside)}</div>')
    notes = [CAUTION, *coverage.matrix().notes[:2], coverage.caption]
    parts.append(folded("How this was found, and how often it is wrong", small(notes)))
    return Fragment("".join(parts), _table(claims))


NONE = {
    CONTRADICTING: (
        "No figure, day, denial or opposite word was found to differ between passages "
        "that say the same otherwise."
    ),
    SHARED: "No claim was found that two outlets have.",
    ONLY_HERE: "Nothing was found that one outlet alone has.",
}


def _summary(claims: Sequence[Claim]) -> str:
    """Count the claims of each outlet by status, in a table."""
    sizes: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STATUSES, 0))
    for claim in claims:
        for outlet in claim.holders["outlet"]:
            sizes[str(outlet)][claim.status] += 1
    rows = [{"outlet": outlet, **row} for outlet, row in sorted(sizes.items())]
    frame = pd.DataFrame(rows, columns=["outlet", *STATUSES])
    caption = f"{counted(len(claims), 'claim')}, and which outlets have them"
    return scrolling(html_table(frame, caption=caption).html, label=caption)


def _listed(claims: Sequence[Claim], first: int, shower: _Shower) -> str:
    """List claims, those after the first few folded."""
    if not claims:
        return ""
    shown = "".join(map(shower.item, claims[:first]))
    rest = claims[first : first + MOST]
    more = len(claims) - first - len(rest)
    folded_ = f"<ul>{''.join(map(shower.item, rest))}</ul>"
    folded_ += small([f"{counted(more, 'more claim')} not listed."]) if more > 0 else ""
    behind = folded(f"{counted(len(claims) - first, 'more claim')}", folded_)
    return f'<ul class="claims">{shown}</ul>{behind if rest else ""}'


@dataclass(frozen=True, eq=False)
class _Shower:
    """Shows claims with the passages behind them."""

    articles: pd.DataFrame
    addresses: Addresses

    def item(self, claim: Claim) -> str:
        """Give a claim in the words of one outlet, and its passages, folded."""
        holders = claim.holders
        lead = shortened(holders["text"].iloc[0], width=170)
        names = sorted(map(str, holders["outlet"]))
        about = ", ".join(names)
        if claim.opposed:
            about += f" · differ in {' and '.join(claim.opposed)}"
        elif claim.status == ONLY_HERE:
            nearest = claim.cells[claim.cells["status"].ne(PRESENT)]["score"].max()
            about = f"nearest passage elsewhere scores {nearest:.2f}"
        passages = holders if claim.status != ONLY_HERE else claim.cells
        inside = "".join(map(self._passage, passages.itertuples()))
        return (
            f'<li><p dir="auto">{escape(lead)}</p>'
            f"{folded(about, f'<ul>{inside}</ul>')}</li>"
        )

    def _passage(self, cell: Any) -> str:
        """Give a passage, and where it is, as a link."""
        about = self.articles.loc[cell.article]
        label = article_label(
            cell.article,
            **{name: about[name] for name in ("outlet", "date", "title", "genre")},
        )
        where = self.addresses.link(cell.article, label, cell.start)
        voice = f" · {escape(SAID_OF[cell.voice])}" if cell.voice in SAID_OF else ""
        nearest = "" if cell.status == PRESENT else "not found; nearest: "
        return (
            f'<li><span dir="auto">{escape(one_line(cell.text))}</span><br>'
            f"<small>{nearest}{where}{voice}</small></li>"
        )


def _table(claims: Sequence[Claim]) -> pd.DataFrame:
    """Give all claims as one table."""
    columns = ["article", "voice", "start", "end", "text"]
    first = ["status", "opposed", "event", "claim", "outlet", "cell"]
    parts = [
        claim.cells.rename(columns={"status": "cell"}).assign(
            status=claim.status, opposed=", ".join(claim.opposed)
        )
        for claim in claims
    ]
    if not parts:
        return pd.DataFrame(columns=[*first, *columns])
    return pd.concat(parts, ignore_index=True)[[*first, *columns]]
