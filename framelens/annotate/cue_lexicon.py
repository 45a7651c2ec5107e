"""The lexicon of reporting cues: read from its table, and found in a cue's words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from framelens.annotate.cues import CUES
from framelens.annotate.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("cue", "part_of_speech", "class", "note")
"""The columns of ``cue_classes.csv``."""

_NEGATORS = {
    *("not", "never", "no", "nor", "neither", "without", "hardly", "unable"),
    *("fail", "fails", "failed", "failing", "stop", "stops", "stopped", "stopping"),
}
_NO_NEGATION = {"only", "just", "merely", "simply"}  # "not only said"
_ENDINGS = {
    "ies": ("y",),
    "ied": ("y",),
    "es": ("", "e"),
    "s": ("",),
    "ed": ("", "e"),
    "ing": ("", "e"),
}
# Forms that no ending gives away, and that `cues` does not hold.
_IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "be": "is are was were been being am 's 're",
        "beseech": "besought",
        "bring": "brought",
        "buy": "bought",
        "come": "came",
        "find": "finding",
        "foresee": "foresaw foreseen",
        "forget": "forgot forgotten",
        "get": "got gotten getting",
        "give": "gave given giving",
        "go": "goes went gone going",
        "have": "has had having 've",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lay": "laid",
        "lead": "led",
        "lie": "lying",
        "make": "made making",
        "mean": "meant",
        "mislead": "misled",
        "pay": "paid",
        "put": "putting",
        "seek": "sought",
        "see": "saw seen",
        "set": "setting",
        "shoot": "shot",
        "show": "shown",
        "sing": "sang sung",
        "spin": "spun spinning",
        "stand": "stood",
        "stick": "stuck",
        "strike": "struck",
        "take": "took taken taking",
        "teach": "taught",
        "tear": "tore torn",
        "throw": "threw thrown",
        "understand": "understood",
        "undertake": "undertook undertaken",
        "uphold": "upheld",
    }.items()
    for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon."""

    cue: str
    part_of_speech: str
    cue_class: str
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that stands in a cue: from which word on, and whether negated."""

    entry: Entry
    place: int
    negated: bool


@cache
def lexicon() -> dict[str, Entry]:
    """Read the lexicon: cue to its row."""
    table = files("framelens.annotate").joinpath("cue_classes.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [Entry(*(row[name] for name in COLUMNS)) for row in csv.DictReader(lines)]
    return {one.cue: one for one in rows}


def cue_words(cue: str) -> list[str]:
    """Give the words of a cue in lower case; *isn't* is two, *is* and *not*.

    Examples
    --------
    >>> cue_words("Hasn’t yet denied")
    ['has', 'not', 'yet', 'denied']
    """
    plain = cue.lower().replace("’", "'").replace("cannot", "can not")
    return [
        part
        for word in WORD.findall(plain.replace("can't", "can not"))
        for part in ((word[:-3], "not") if word.endswith("n't") else (word,))
    ]


def hits(words: list[str]) -> Iterator[Hit]:
    """Find the rows of the lexicon in the words of a cue, from left to right.

    A phrase goes before the words in it. An odd number of negators between one hit
    and the next negates the next.
    """
    place, negators = 0, 0
    while place < len(words):
        entry = _entry_at(words, place)
        if entry:
            yield Hit(entry, place, negated=negators % 2 == 1)
            place, negators = place + len(entry.cue.split()), 0
            continue
        after = words[place + 1 : place + 2]
        if words[place] in _NEGATORS and not _NO_NEGATION.intersection(after):
            negators += 1
        place += 1


def _entry_at(words: list[str], place: int) -> Entry | None:
    """Give the longest row that begins at a word; a preposition must stand alone."""
    for length in range(min(_longest(), len(words) - place), 0, -1):
        rest = words[place + 1 : place + length]
        for lemma in _lemmas(words[place]):
            entry = lexicon().get(" ".join([lemma, *rest]))
            if entry is None:
                continue
            if length > 1 or entry.part_of_speech != "preposition" or len(words) == 1:
                return entry
    return None


@cache
def _longest() -> int:
    return max(len(cue.split()) for cue in lexicon())


def _lemmas(word: str) -> Iterator[str]:
    """Give what a word may be a form of; most of it is no word, and does no harm."""
    yield word
    yield from (known[word] for known in (CUES, _IRREGULAR) if word in known)
    for ending, replacements in _ENDINGS.items():
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield from (stem + one for one in replacements)
            if ending in {"ed", "ing"} and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
