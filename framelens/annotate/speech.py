"""Speech: whether the words between two marks are somebody's, or held at a distance.

A logistic regression over the words around a quotation, the reporting verbs near it,
and its length, capitals, ends and words (``models/speech.json``, fitted by
``training/speech.py``). Nothing but the text is looked at.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from framelens._lists import words_of
from framelens.annotate.cues import cue_of, unsaid
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.annotate.marks import Stretch

WHOLE_SENTENCE = 6
"""Words from which a stretch that reads as a sentence may be speech by itself."""

CUE_BEHIND = 12
"""Words behind a quotation within which a reporting verb makes it speech."""

A_FEW = 4
"""Quotations of a text from which the share of short ones says something."""

BLANK = "\ue000"
"""Stands for the characters of other quotations."""

_AS = re.compile(r"\b(?:as|it|them|him|her|this|that)\s+(?:an?\s+|the\s+)?\Z", re.I)
_SIGNED = re.compile(r"\s*[–—]\s*(?:[A-Z][\w’'.-]*\s*){2,4}(?:,|$)")
"""A quotation with its speaker's name under it: *"We stay" – Jane Doe, mayor*."""
_HEADLINE = re.compile(r"\W*(?:[\w.’'-]+ ){0,5}[\w.’'-]+:\s*\Z")
"""The few words before a colon, as headlines name a speaker: *Reid: "Never"*."""
_AGAINST = {"reject", "dismiss", "denounce", "deny", "slam", "refute", "dispute"}
_ACCORDING = "according"

_TOKEN = re.compile(rf"[A-Za-zÀ-ÿ]+(?:['’.-][A-Za-zÀ-ÿ]+)*|\d+|{BLANK}+|\S")
_SIZES = (1, 2, 3, 5, 8, 14)
_BEFORE = (1, 3, 6, 12, 25)
_BEHIND = (2, 5, 9, 14, 25)
_SPEAKERS = {
    *("i", "we", "you", "my", "our", "me", "us", "your", "i'm", "we're", "i've"),
    *("we've", "you're", "don't", "i'll", "we'll", "it's", "that's", "can't"),
}
_FINITE = {
    *("is", "are", "was", "were", "has", "have", "had", "will", "would", "can"),
    *("could", "should", "must", "do", "does", "did", "be", "been", "may", "might"),
    *("isn't", "won't"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A stretch and what stands around it in its sentence, other quotations blank."""

    text: str
    stretch: Stretch
    paragraph: int
    inner: str
    words: int
    before: str
    behind: str
    alone: bool  # nothing but quotations near it in its paragraph


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a text has in quotation marks: how often which words, how many are short."""

    often: Counter[str]
    short: float

    @classmethod
    def of(cls, stretches: Sequence[Surroundings]) -> Quoted:
        """Count the outermost stretches of a text."""
        outermost = [one for one in stretches if one.stretch.depth == 0]
        short = sum(one.words <= 2 for one in outermost) / max(1, len(outermost))
        return cls(Counter(_plain(one.inner) for one in outermost), short)


def is_speech(here: Surroundings, quoted: Quoted, *, term: bool) -> bool:
    """Whether the text credits these very words to somebody.

    `term`: whether they read as a term by the words beside.
    """
    weights = _weights()
    return sum(weights.get(one, 0.0) for one in features(here, quoted, term=term)) > 0


def features(here: Surroundings, quoted: Quoted, *, term: bool) -> Iterator[str]:
    """Name what is seen of a stretch that is not empty, and around it.

    ``len, cap, end`` its words, first letter and last sign; ``person, finite, common,
    titled`` its words; ``b`` and ``a`` the words before and behind, or their forms;
    ``cue before`` and ``cue behind`` how many words away a reporting verb is, ``handed
    over`` whether one hands these words over; ``again``: the same words stand in marks
    elsewhere; ``short``: how many quotations of the text are, where it has a few.
    """
    size, inner = _bin(here.words, _SIZES), here.inner
    first = "A" if inner[:1].isupper() else "a" if inner[:1].isalpha() else "x"
    last = inner[-1] if inner[-1] in ".,!?…" else "w"
    yield from ("constant", f"len {size}", f"cap {first}", f"end {last}")
    yield from (f"cap {first} {size}", f"end {last} {size}")
    yield f"cap {first} {last} {size}"
    if here.alone:
        yield from ("alone", f"alone {first} {size}")
    if here.stretch.mark == "unclosed":
        yield "unclosed"
    yield from _of_words(_TOKEN.findall(inner), size)
    yield from _beside(here, size)
    yield from _of_cues(here, size, f"{first} {last}")
    if _HEADLINE.match(here.before):
        yield "colon"
    if signed(here):
        yield "signed"
    if term:
        yield "term"
    if quoted.often[_plain(inner)] > 1:
        yield "again"
    if quoted.often.total() >= A_FEW:
        yield f"short {int(quoted.short * 3.99)} {_bin(here.words, (2, 6))}"


def _plain(inner: str) -> str:
    return inner.strip(" .,").lower()


def _of_words(tokens: Sequence[str], size: str) -> Iterator[str]:
    """Name what the words inside the marks are."""
    words = [one for one in tokens if one[0].isalpha()]
    lows = {one.lower().replace("’", "'") for one in words}
    for name, some in (
        ("person", _SPEAKERS),
        ("finite", _FINITE),
        ("common", words_of("function_words")),
    ):
        if not lows.isdisjoint(some):
            yield from (name, f"{name} {size}")
    if len(tokens) > 1:
        share = sum(one[0].isupper() for one in words) / max(1, len(words))
        yield f"titled {int(share * 3.99)} {_bin(len(tokens), (2, 4, 8))}"


def _beside(here: Surroundings, size: str) -> Iterator[str]:
    """Name the nearest words of the sentence before and behind, or their forms."""
    before = _TOKEN.findall(here.before)[-2:] or ["^"]
    behind = _TOKEN.findall(here.behind)[:3] or ["$"]
    yield from (f"b {_low(before[-1])}", f"b {_form(before[-1])} {size}")
    yield from (f"a {_low(behind[0])}", f"a {_form(behind[0])} {size}")
    yield f"b {' '.join(map(_form, before))}"
    yield f"a {' '.join(map(_form, behind[:2]))}"


def _of_cues(here: Surroundings, size: str, edges: str) -> Iterator[str]:
    """Name the nearest reporting verbs, and whether they hand the words over."""
    before, behind = cues_of(here.before), cues_of(here.behind)
    if before:
        away = _bin(len(_TOKEN.findall(here.before[before[-1][0] :])), _BEFORE)
        yield from ("cue before", f"cue before {away}", f"cue before {away} {size}")
        if before[-1][1] == _ACCORDING:
            yield "cue before according"
    if behind:
        away = _bin(len(_TOKEN.findall(here.behind[: behind[0][0]])), _BEHIND)
        yield from ("cue behind", f"cue behind {away}", f"cue behind {away} {size}")
    if not before and not behind:
        yield from ("no cue", f"no cue {size}", f"no cue {edges}")
    if hands_over(here):
        yield from ("handed over", f"handed over {size}")


@lru_cache(maxsize=64)  # of one stretch several rules ask for the same
def cues_of(text: str) -> tuple[tuple[int, str], ...]:
    """Give the end and the lemma of every reporting verb, "according to" included."""
    found = []
    for start, end in word_offsets(text):
        lemma = cue_of(text[start:end])
        if lemma:
            found.append((end, lemma))
        elif text[start:end].lower() == _ACCORDING and text[end : end + 3] == " to":
            found.append((end + 3, _ACCORDING))
    return tuple(found)


def first_cue(text: str, *, within: int) -> bool:
    """Whether one of the first words of `text` is a reporting verb."""
    offsets = word_offsets(text[: 30 * within])
    reach = offsets[min(within, len(offsets)) - 1][1] if offsets else 0
    return any(end <= reach + 3 for end, _ in cues_of(text[: reach + 3]))


def is_unsaid(here: Surroundings) -> bool:
    """Whether somebody did not say these words."""
    cues = cues_of(here.before)
    return bool(cues) and unsaid(here.before[: cues[-1][0]])


def signed(here: Surroundings) -> bool:
    """Whether its speaker's name stands under it."""
    return _SIGNED.match(here.behind) is not None


def hands_over(here: Surroundings) -> bool:
    """Whether a reporting verb in the same sentence hands over these words."""
    cues = cues_of(here.before)
    if first_cue(here.behind, within=CUE_BEHIND):
        return True
    if not cues:
        return False
    if all(lemma == _ACCORDING for _, lemma in cues):
        near = len(word_offsets(here.before[cues[-1][0] :])) <= 8
        return near or here.words >= WHOLE_SENTENCE
    if all(lemma in _AGAINST or lemma == _ACCORDING for _, lemma in cues):
        return bool(_AS.search(here.before)) or here.words >= WHOLE_SENTENCE
    return True


def _bin(number: int, bounds: Sequence[int]) -> str:
    """Name the first bound that a number does not pass."""
    place = bisect_left(bounds, number)
    return str(bounds[place]) if place < len(bounds) else "more"


def _low(word: str) -> str:
    """Give a word in small letters; numbers and quotations are alike."""
    if word[0] == BLANK:
        return "QUOTED"
    return "0" if word.isdigit() else word.lower().replace("’", "'")


def _form(word: str) -> str:
    """Give a function word or sign as it is, of others the form."""
    low = _low(word)
    if low in words_of("function_words") or not word[0].isalpha():
        return low
    if cue_of(word):
        return "CUE"
    if word[0].isupper():
        return "Aa"
    return f"-{low[-3:]}" if len(low) > 4 else "a"


@cache
def _weights() -> dict[str, float]:
    """Read the weights of the regression."""
    told = files("framelens").joinpath("models", "speech.json")
    weights: dict[str, float] = json.loads(told.read_text(encoding="utf-8"))["weights"]
    return weights
