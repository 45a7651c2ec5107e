"""Page lines: paragraphs that no pattern knows, and that look like the page's.

A logistic regression over the words, the forms of the words, the place and the
neighbours of a paragraph (``models/page_lines.json``, fitted by
``training/page_lines.py``). It is asked about every paragraph of up to 100 words.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from framelens._lists import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 100
"""Words. A longer paragraph is the story's."""

OPEN = 14
"""Words. A paragraph of so many that ends no sentence is a heading, a link, a name."""

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’.-][A-Za-zÀ-ÿ]+)*|\d+|\S")
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*")
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_NOT = re.compile(  # an embedded post, an item, what announces one, a quotation
    r"pic\.twitter|\(@\w+\) \w+ \d|^\s*(?:\d+[.)]\s|[·•])|:\s*$|^\W{0,3}[“\"«„]"
)
_SIZES = (1, 2, 4, 7, 10, 14, 20, 28, 40, 60)
_NEAR = (4, 10, 20, 40)


def page_lines(paragraphs: Sequence[str], known: Sequence[bool]) -> Iterator[int]:
    """Give the places of paragraphs that are likely furniture, in order.

    `known` says which the patterns know. Texts are looked at as printed.

    >>> told = ["Lina Orr and Piet Oudt", "The dam held, the mayor said on Monday.",
    ...         "It rained for days.", "Nobody was hurt."]
    >>> list(page_lines(told, [False] * 4))
    [0]
    """
    model = _model()
    weights, least, names = model["weights"], model["least"], model["names"]
    asked = [
        not one and not _NOT.search(text)
        for one, text in zip(known, paragraphs, strict=True)
    ]
    for place, seen in features(paragraphs, known, asked):
        score = sum(weights[name] for name in sorted(seen & names))
        if 1 / (1 + exp(-score)) >= least:
            yield place


def features(
    paragraphs: Sequence[str],
    known: Sequence[bool],
    asked: Sequence[bool] | None = None,
) -> Iterator[tuple[int, set[str]]]:
    """Name what is seen of every paragraph that is not too long, with its place.

    Of those `asked` about only, where that is said.

    ``u`` a word, ``s`` three words or their forms, ``f`` and ``l`` how it begins and
    ends, ``from`` and ``to`` its place, ``before`` and ``after`` its neighbours,
    ``elsewhere`` the share of its words that the article has elsewhere, ``opens`` how
    many paragraphs of the article end no sentence.
    """
    page = _Page(paragraphs, known)
    for place, tokens in enumerate(page.tokens):
        if asked is not None and not asked[place]:
            continue
        if tokens and page.words[place] <= LONGEST:
            yield place, {"constant", *_of_words(tokens), *page.around(place)}


class _Seen(NamedTuple):
    """What a word is by itself: numbers are 0 and 1, so that they add up."""

    word: str  # as a feature
    low: str
    form: str
    mixed: str  # common words as they are, of others the form
    content: str  # in small letters, if it is long and not common
    counts: int  # letters or digits
    alpha: int
    capital: int  # of those with letters, as all that follow
    upper: int
    common: int
    longer: int
    titled: int  # longer, and with a capital


@lru_cache(maxsize=100_000)
def _seen(word: str) -> _Seen:
    """Look at a word, once however often it stands."""
    common, low, form, first = (
        words_of("function_words"),
        _low(word),
        _form(word),
        word[0],
    )
    alpha, long = first.isalpha(), len(word) > 3
    return _Seen(
        f"u {low}",
        low,
        form,
        low if low in common or not alpha else form,
        word.lower() if long and word.lower() not in common else "",
        int(first.isalnum()),
        int(alpha),
        int(alpha and first.isupper()),
        int(alpha and word.isupper() and len(word) > 1),
        int(alpha and word.lower() in common),
        int(alpha and long),
        int(alpha and long and first.isupper()),
    )


class _Page:
    """The paragraphs of an article, cut into words."""

    def __init__(self, paragraphs: Sequence[str], known: Sequence[bool]) -> None:
        texts = [" ".join(text.split()) for text in paragraphs]
        self.known = known
        self.tokens = [[*map(_seen, _TOKEN.findall(text))] for text in texts]
        self.words = [sum(one.counts for one in some) for some in self.tokens]
        self.ends = [
            "." if _ENDS.search(text) else "w" if text[-1:].isalnum() else text[-1:]
            for text in texts
        ]
        self.content = [{one.content for one in some} - {""} for some in self.tokens]
        self.count = Counter(chain.from_iterable(self.content))
        self.opens = sum(
            self._open(place) and not known[place] for place in range(len(texts))
        )

    def _open(self, place: int) -> bool:
        return 0 < self.words[place] <= OPEN and self.ends[place] != "."

    def around(self, place: int) -> Iterator[str]:
        """Name the size and end of a paragraph, its place and its neighbours."""
        many, end, size = self.words[place], self.ends[place], len(self.words)
        start, left = min(place, 4), min(size - 1 - place, 4)
        long, near = _bin(many, _SIZES), _bin(many, _NEAR)
        yield from (f"len {long}", f"end {end}", f"len {long} {end}")
        yield from (f"from {start}", f"from {min(start, 2)} {long}")
        yield f"to {left}"
        yield from (f"to {min(left, 3)} {long}", f"to {min(left, 3)} {end}")
        yield f"from {min(start, 3)} {end}"
        yield f"opens {_bin(self.opens, (1, 2, 4, 8))} {near} {end}"
        own = self.content[place]
        if own:
            again = sum(self.count[word] > 1 for word in own) / len(own)
            yield f"elsewhere {int(again * 3.99)} {_bin(many, (7, 14, 28, 60))}"
        for name, other in (("before", place - 1), ("after", place + 1)):
            if not 0 <= other < size or not self.tokens[other]:
                yield f"{name} none"
                continue
            yield f"{name} {_bin(self.words[other], _NEAR)} {self.ends[other] == '.'}"
            if self.known[other]:
                yield from (f"{name} known", f"{name} known {near} {end}")
            if own:
                shared = int(len(own & self.content[other]) / len(own) * 2.99)
                yield f"{name} shares {shared} {_bin(many, (7, 14, 28))} {end}"


def _of_words(tokens: Sequence[_Seen]) -> Iterator[str]:
    """Name the words of a paragraph, and their forms."""
    columns: Any = _Seen._make(cast("Any", zip(*tokens, strict=True)))
    low, forms, mixed = columns.low, columns.form, columns.mixed
    yield from columns.word
    trios = zip(mixed, mixed[1:], mixed[2:], strict=False)
    yield from [f"s {one} {two} {three}" for one, two, three in trios]
    yield from (f"f {low[0]}", f"f {' '.join(low[:2])}", f"f {' '.join(forms[:3])}")
    yield f"l {low[-1]}"
    yield from (f"l {' '.join(forms[-3:])}", f"l {' '.join(forms[-5:])}")
    many, end = sum(columns.alpha), "." if low[-1] in ".!?" else "o"
    if not many:
        return
    first = tokens[columns.alpha.index(1)]  # its capital says nothing
    longer = sum(columns.longer) - first.longer
    titled = (sum(columns.titled) - first.titled) / max(1, longer)
    capitals = int(sum(columns.capital) / many * 4.99)
    yield from (f"cap {capitals}", f"cap {capitals} {end} {_bin(many, _NEAR)}")
    yield f"title {int(titled * 4.99)} {end}"
    yield f"common {int(sum(columns.common) / many * 8)}"
    if sum(columns.upper) > 0.6 * many:
        yield f"upper {_bin(many, (2, 4, 10))}"


def _bin(number: int, bounds: Sequence[int]) -> str:
    """Name the first bound that a number does not pass."""
    place = bisect_left(bounds, number)
    return str(bounds[place]) if place < len(bounds) else "more"


@lru_cache(maxsize=100_000)
def _low(word: str) -> str:
    """Give a word in small letters; numbers, days and months are alike."""
    if word.isdigit():
        return "Y" if len(word) == 4 and word[:2] in ("19", "20") else "0"
    if _DAY.fullmatch(word):
        return "DAY"
    return "MON" if word != "May" and _MONTH.fullmatch(word) else word.lower()


@lru_cache(maxsize=100_000)
def _form(word: str) -> str:
    """Give the form of a word: number, sign, month, capitals, capital, small."""
    if word.isdigit() or not word[0].isalpha():
        return _low(word)
    if _MONTH.fullmatch(word):
        return "M"
    if word.isupper() and len(word) > 1:
        return "AA"
    return "Aa" if word[0].isupper() else "a"


@cache
def _model() -> dict[str, Any]:
    """Read the weights, and how likely a paragraph must be."""
    told = files("framelens").joinpath("models", "page_lines.json")
    model: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return model | {"names": frozenset(model["weights"])}
