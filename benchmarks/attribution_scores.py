"""Score attributions against what people marked: who, with which cue, said what.

Spans are compared as sets of words, so that a comma or a quotation mark at an edge
does not matter. Gold and found attributions of an article are aligned one to one,
best overlap of contents (Dice) first; a pair with Dice of at least 0.5 whose heads of
source and words of cue agree counts as right (a triple).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.marks import quoted_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Pieces = Sequence[Sequence[int]]

MATCHED = 0.5
_WORD = re.compile(r"\w+")
_MODIFIER = re.compile(
    r",|\(|—| - | (?:who|which|that|of|in|for|from|at|on|with|to|by|whose|familiar)\b"
)


def _words(told: str) -> frozenset[str]:
    return frozenset(told.split())


_HELPING = _words(
    """
    has have had is was were are be been also not did does do will would could can
    may might the a an in on it to of s t
    """
)
_SPEECH = _words(
    """
    say tell add write ask note announce argue suggest report declare explain claim
    warn insist acknowledge admit allege assert affirm confirm conclude concede
    contend complain continue caution charge deny disclose emphasize express
    indicate inform joke lament maintain mention observe predict promise propose
    question quip recall recommend remark remind reply respond reveal reiterate
    shout signal state stress swear testify tweet urge vow pledge describe call
    accuse criticize denounce blast slam praise cite quote defend dismiss demand
    boast brag speculate tout chant counter retort answer talk speak mock condemn
    refer appeal apologize thank blame attack label dub repeat comment discuss
    pronounce proclaim plead request threaten rebuke scold characterize post point
    invoke statement allegation accusation assertion warning announcement argument
    suggestion call account apology complaint criticism interview testimony speech
    """
)
_IRREGULAR = _words(
    """
    said says told wrote written swore spoke spoken denied denies replied replies
    testified
    """
)
_SPEAKING = _IRREGULAR | {
    form
    for verb in _SPEECH
    for form in (
        *(verb + end for end in ("", "s", "ed", "d", "ing")),
        *(verb[:-1] + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing"),
    )
}


class Text:
    """The words of an article, and which of them stand in quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_WORD.finditer(text))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.words = [match.group().lower() for match in found]
        self.quoted = np.zeros(len(text) + 1, dtype=bool)
        for one in quoted_stretches(text):
            self.quoted[one.start : one.end] = True

    def inside(self, pieces: Pieces) -> frozenset[int]:
        """Give the words that the pieces touch."""
        touched: set[int] = set()
        for start, end in pieces:
            place = bisect_right(self.ends, start)
            while place < len(self.starts) and self.starts[place] < end:
                touched.add(place)
                place += 1
        return frozenset(touched)

    def head(self, pieces: Pieces, words: frozenset[int]) -> int | None:
        """Give the head of a noun phrase: the last word before a modifier."""
        if not words:
            return None
        start, end = min((piece[0], piece[1]) for piece in pieces)
        modifier = _MODIFIER.search(self.text[start:end], 1)
        if modifier and modifier.start() > 1:
            end = start + modifier.start()
        own = [word for word in sorted(words) if self.starts[word] < end]
        own = own or sorted(words)
        if len(own) > 1 and self.words[own[-1]] == "s":
            own.pop()
        return own[-1]


@dataclass(frozen=True)
class Attribution:
    """One attribution: its words by role, its type, the heads that are compared."""

    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    head: int | None
    kind: str
    speech: bool
    pieces: dict[str, frozenset[tuple[int, int]]]


def attribution(text: Text, row: dict[str, Any]) -> Attribution:
    """Read a row with ``content, source, cue``, each a list of start and end."""
    pieces = {role: row.get(role) or [] for role in ("content", "source", "cue")}
    words = {role: text.inside(some) for role, some in pieces.items()}
    quoted = [bool(text.quoted[text.starts[word]]) for word in words["content"]]
    cue = words["cue"]
    if cue and all(text.quoted[text.starts[word]] for word in cue):
        kind = "nested"
    elif quoted and all(quoted):
        kind = "direct"
    else:
        kind = "mixed" if any(quoted) else "indirect"
    told = " ".join(text.text[start:end] for start, end in pieces["cue"]).lower()
    speaks = ":" in told or any(w in _SPEAKING for w in re.findall("[a-z]+", told))
    return Attribution(
        words["content"],
        words["source"],
        frozenset(w for w in cue if text.words[w] not in _HELPING) or cue,
        text.head(pieces["source"], words["source"]),
        kind,
        kind in ("direct", "mixed") or speaks,
        {role: frozenset((a, b) for a, b in some) for role, some in pieces.items()},
    )


def agree(one: Attribution, other: Attribution) -> bool:
    """Say whether sources and cues of two attributions agree."""
    if one.head is None or other.head is None:
        source = one.head is other.head
    else:
        source = one.head in other.source and other.head in one.source
    return source and (bool(one.cue & other.cue) or not (one.cue or other.cue))


def aligned(
    gold: list[Attribution], found: list[Attribution]
) -> list[tuple[int, int, float]]:
    """Pair attributions by their contents, the best overlap first."""
    pairs = []
    for one, marked in enumerate(gold):
        for other, given in enumerate(found):
            both = len(marked.content & given.content)
            if both:
                dice = 2 * both / (len(marked.content) + len(given.content))
                pairs.append(
                    (
                        *(round(dice, 3), bool(marked.cue & given.cue)),
                        *(bool(marked.source & given.source), -abs(one - other)),
                        *(one, other),
                    )
                )
    pairs.sort(reverse=True)
    taken: set[tuple[str, int]] = set()
    out = []
    for dice, _, _, _, one, other in pairs:
        if not taken & {("gold", one), ("found", other)}:
            taken |= {("gold", one), ("found", other)}
            out.append((one, other, dice))
    return out


def right(gold: list[Attribution], found: list[Attribution]) -> list[bool]:
    """Say of each found attribution whether it is right as a triple."""
    out = [False] * len(found)
    for one, other, dice in aligned(gold, found):
        out[other] = dice >= MATCHED and agree(gold[one], found[other])
    return out


def counts(
    gold: list[Attribution], found: list[Attribution], *, speech: bool = False
) -> Counter[str]:
    """Count hits and totals of one article.

    With `speech`, gold attributions of beliefs and deeds are left out, and with them
    what was found in their place.
    """
    pairs = aligned(gold, found)
    if speech:
        kept = {place for place, one in enumerate(gold) if one.speech}
        gone = {other for one, other, _ in pairs if one not in kept}
        pairs = [pair for pair in pairs if pair[0] in kept]
    else:
        kept, gone = set(range(len(gold))), set()
    total: Counter[str] = Counter()
    for place in kept:
        total.update(_keys("gold", gold[place].kind))
    for other, given in enumerate(found):
        if other not in gone:
            total.update(_keys("found", given.kind))
    for one, other, dice in pairs:
        marked, given = gold[one], found[other]
        if marked.content == given.content:
            total["exact"] += 1
        if dice >= MATCHED and agree(marked, given):
            total.update(_keys("recalled", marked.kind))
            total.update(_keys("precise", given.kind))
    return total


def _keys(side: str, kind: str) -> tuple[str, str]:
    return side, f"{side} {kind}"


def f1(total: Counter[str], kind: str = "") -> float:
    """Give F1 of triples over summed counts, of all or of one kind."""
    end = f" {kind}" if kind else ""
    precision = total["precise" + end] / max(1, total["found" + end])
    recall = total["recalled" + end] / max(1, total["gold" + end])
    return 2 * precision * recall / max(1e-9, precision + recall)


def exact_f1(total: Counter[str]) -> float:
    """Give F1 of contents that agree word for word."""
    return 2 * total["exact"] / max(1, total["gold"] + total["found"])


def by_article(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group rows that have a content by their article."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row.get("content"):
            grouped.setdefault(row["article"], []).append(row)
    return grouped


def gold_rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the attributions of one annotated article of PolNeAR."""
    spans = {span["id"]: [span["start"], span["end"]] for span in record["spans"]}
    out = []
    for relation in record["relations"]:
        roles = {
            role: sorted(spans[i] for i in relation.get(role, []) if i in spans)
            for role in ("content", "source", "cue")
        }
        if roles["content"]:
            out.append({"article": record["doc_id"], **roles})
    return out
