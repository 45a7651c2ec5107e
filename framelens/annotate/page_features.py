"""Page features: what is seen of paragraphs, of many articles at a time, as columns.

What `framelens.annotate.page_lines` and its training look at: the words, the forms of
the words, the place and the neighbours of a paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framelens._lists import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    _Raw = tuple[Any, ...]  # kind, paragraphs, parts

LONGEST = 100
"""Words. A longer paragraph is the story's."""

OPEN = 14
"""Words. A paragraph of so many that ends no sentence is a heading, a link, a name."""

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’.-][A-Za-zÀ-ÿ]+)*|\d+|\S")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*")
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_ENDERS, _CLOSERS = ".!?…", "\"”’')]"
_SIZES = (1, 2, 4, 7, 10, 14, 20, 28, 40, 60)
_NEAR = (4, 10, 20, 40)


class Page(NamedTuple):
    """The paragraphs of an article, as printed, and which of them patterns know."""

    lines: Sequence[str]
    known: Sequence[bool]


class Part(NamedTuple):
    """A part of names: the place of each in `names`; -1 where there is none."""

    code: Whole
    names: Sequence[str]

    def of(self, rows: Whole) -> Part:
        """Keep some rows."""
        return Part(self.code[rows], self.names)


class Feature(NamedTuple):
    """Features of a kind: in which paragraph each is seen, and the parts of its name.

    Paragraphs are numbered over all pages; a feature may be seen twice in one.
    """

    kind: str
    row: Whole
    parts: tuple[Part, ...]

    def named(self) -> Iterator[tuple[int, str]]:
        """Give paragraph and name of each."""
        columns = [
            [part.names[code] if code >= 0 else "" for code in part.code.tolist()]
            for part in self.parts
        ]
        for number, row in enumerate(self.row.tolist()):
            parts = (column[number] for column in columns)
            yield row, " ".join([self.kind, *(part for part in parts if part)])


def features(
    paragraphs: Sequence[str], known: Sequence[bool]
) -> Iterator[tuple[int, set[str]]]:
    """Name what is seen of every paragraph that is not too long, with its place.

    ``u`` a word, ``s`` three words or their forms, ``f`` and ``l`` how it begins and
    ends, ``from`` and ``to`` its place, ``before`` and ``after`` its neighbours,
    ``elsewhere`` the share of its words that the article has elsewhere, ``opens`` how
    many paragraphs of the article end no sentence.
    """
    seen: dict[int, set[str]] = defaultdict(set)
    asked = np.ones(len(paragraphs), dtype=bool)
    for feature in columns([Page(paragraphs, known)], asked):
        for row, name in feature.named():
            seen[row].add(name)
    yield from sorted(seen.items())


def columns(pages: Sequence[Page], asked: Flags) -> Iterator[Feature]:
    """Give the same of many articles, of those paragraphs that are `asked` about.

    The first is ``constant``: it stands in each that is not too long.
    """
    seen = _Pages(pages)
    rows = np.flatnonzero(asked & (seen.size > 0) & (seen.words <= LONGEST))
    yield Feature("constant", rows, ())
    for kind, part_rows, *parts in chain(
        seen.place(rows), seen.neighbours(rows), seen.edges(rows), seen.forms(rows)
    ):
        yield Feature(kind, part_rows, tuple(parts))
    yield from seen.inside(rows)


class _Seen(NamedTuple):
    """What a word is by itself: numbers are 0 and 1, so that they add up."""

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


_FIGURES = _Seen._fields[_Seen._fields.index("counts") :]


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


class _Pages:
    """The paragraphs of many articles, cut into words; words as numbers."""

    def __init__(self, pages: Sequence[Page]) -> None:
        texts = [" ".join(text.split()) for page in pages for text in page.lines]
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__
        cut = [[*map(number.__getitem__, _TOKEN.findall(text))] for text in texts]
        many = sum(map(len, cut))
        self.size = np.array([len(one) for one in cut], np.int64)
        self.token = np.fromiter(chain.from_iterable(cut), np.int64, many)
        self.end = np.cumsum(self.size)
        self.start = self.end - self.size
        self.row = np.repeat(np.arange(len(texts)), self.size)
        seen = zip(*map(_seen, number or [" "]), strict=True)
        low, form, mixed, content, *figures = seen
        self.low = Part(np.arange(len(low)), low)
        self.form, self.mixed = _coded(form), _coded(mixed)
        self.figures = dict(zip(_FIGURES, map(np.array, figures), strict=True))
        self.words = self._sum(self._word("counts"))
        self.finish = _coded(
            "." if text.rstrip(_CLOSERS)[-1:] in {*_ENDERS} else
            "w" if text[-1:].isalnum() else text[-1:]
            for text in texts
        )  # fmt: skip
        self.ends = np.array([one == "." for one in self.finish.names], bool)[
            self.finish.code
        ]
        lines = np.array([len(page.lines) for page in pages], np.int64)
        self.page = np.repeat(np.arange(len(pages)), lines)
        self.below = np.repeat(np.cumsum(lines), lines) - 1 - np.arange(len(texts))
        self.above = np.repeat(lines, lines) - 1 - self.below
        known = chain.from_iterable(page.known for page in pages)
        self.known = np.fromiter(known, bool, len(texts))
        self._look_up(_coded(content), len(pages))

    def _word(self, figure: str) -> Whole:
        """Give a figure of each word that stands in the text."""
        return np.asarray(self.figures[figure][self.token])

    def _sum(self, figures: Whole) -> Whole:
        """Add up a figure of words by paragraph."""
        total = np.concatenate([[0], np.cumsum(figures)])
        return np.asarray(total[self.end] - total[self.start], np.int64)

    def _look_up(self, content: Part, pages: int) -> None:
        """Count long words that stand elsewhere, too, or in the next paragraph."""
        nothing = np.array([not name for name in content.names], bool)
        code = content.code[self.token]
        held = ~nothing[code]
        base, many = max(len(content.names), 1), len(self.size)
        key = distinct(self.row[held] * base + code[held])
        row, word = key // base, key % base
        _, again, count = np.unique(
            self.page[row] * base + word, return_inverse=True, return_counts=True
        )
        self.own = np.bincount(row, minlength=many)
        self.again = np.bincount(row, count[again] > 1, many)
        there = np.searchsorted(key, key + base)
        next_one = row[key[np.minimum(there, len(key) - 1)] == key + base]
        self.shared = np.bincount(next_one, minlength=many)
        opened = (self.words > 0) & (self.words <= OPEN) & ~self.ends & ~self.known
        self.opens = np.bincount(self.page, opened, pages)[self.page]

    def place(self, rows: Whole) -> Iterator[_Raw]:
        """Name the size and end of paragraphs, and their place."""
        many, end = self.words[rows], self.finish.of(rows)
        long, near = _binned(many, _SIZES), _binned(many, _NEAR)
        start, left = self.above[rows], self.below[rows]
        yield "len", rows, long
        yield "end", rows, end
        yield "len", rows, long, end
        yield "from", rows, _number(start, 4)
        yield "from", rows, _number(start, 2), long
        yield "to", rows, _number(left, 4)
        yield "to", rows, _number(left, 3), long
        yield "to", rows, _number(left, 3), end
        yield "from", rows, _number(start, 3), end
        yield "opens", rows, _binned(self.opens[rows], (1, 2, 4, 8)), near, end
        rows = rows[self.own[rows] > 0]
        again = self.again[rows] / self.own[rows]
        size = _binned(self.words[rows], (7, 14, 28, 60))
        yield "elsewhere", rows, _number(again * 3.99), size

    def neighbours(self, rows: Whole) -> Iterator[_Raw]:
        """Name the paragraph before, and the one behind."""
        last = max(len(self.size) - 1, 0)
        for name, step, left in (
            ("before", -1, self.above[rows]),
            ("after", 1, self.below[rows]),
        ):
            other = np.clip(rows + step, 0, last)
            there = (left > 0) & (self.size[other] > 0)
            yield name, rows[~there], _constant("none", (~there).sum())
            here, other = rows[there], other[there]
            ends = Part(self.ends[other].astype(np.int64), ("False", "True"))
            yield name, here, _binned(self.words[other], _NEAR), ends
            known = self.known[other]
            some, word = here[known], _constant("known", known.sum())
            yield name, some, word
            near = _binned(self.words[some], _NEAR)
            yield name, some, word, near, self.finish.of(some)
            own = self.own[here] > 0
            here, other = here[own], other[own]
            shared = self.shared[np.minimum(here, other)] / self.own[here]
            size = _binned(self.words[here], (7, 14, 28))
            word = _constant("shares", len(here))
            yield (
                *(name, here, word),
                *(_number(shared * 2.99), size, self.finish.of(here)),
            )

    def edges(self, rows: Whole) -> Iterator[_Raw]:
        """Name the first words of paragraphs, and the last, and their forms."""
        first, last = self.start[rows], self.end[rows] - 1
        forms = [self._at(rows, first + step, self.form) for step in range(3)]
        back = [self._at(rows, last - step, self.form) for step in range(4, -1, -1)]
        low = self._at(rows, first, self.low)
        yield "f", rows, low
        yield "f", rows, low, self._at(rows, first + 1, self.low)
        yield "f", rows, *forms
        yield "l", rows, self._at(rows, last, self.low)
        yield "l", rows, *back[2:]
        yield "l", rows, *back

    def _at(self, rows: Whole, place: Whole, words: Part) -> Part:
        """Give the word at a place of each paragraph, if it reaches so far."""
        inside = (place >= self.start[rows]) & (place < self.end[rows])
        token = self.token[np.clip(place, 0, max(len(self.token) - 1, 0))]
        return Part(np.where(inside, words.code[token], -1), words.names)

    def forms(self, rows: Whole) -> Iterator[_Raw]:
        """Name how many words have capitals, and how many are common."""
        alpha, longer, titled = map(self._word, ("alpha", "longer", "titled"))
        many = self._sum(alpha)
        rows = rows[many[rows] > 0]
        many = many[rows]
        full = np.array([one in {*".!?"} for one in self.low.names], bool)
        last = self.low.code[self.token[self.end[rows] - 1]]
        end = Part(np.where(full[last], 0, 1), (".", "o"))
        lettered = np.flatnonzero(alpha)  # of the first its capital says nothing
        first = lettered[np.searchsorted(lettered, self.start[rows])]
        others = self._sum(longer)[rows] - longer[first]
        share = (self._sum(titled)[rows] - titled[first]) / np.maximum(1, others)
        capital, upper, common = (
            self._sum(self._word(figure))[rows]
            for figure in ("capital", "upper", "common")
        )
        capitals = _number(capital / many * 4.99)
        yield "cap", rows, capitals
        yield "cap", rows, capitals, end, _binned(many, _NEAR)
        yield "title", rows, _number(share * 4.99), end
        yield "common", rows, _number(common / many * 8)
        loud = upper > 0.6 * many
        yield "upper", rows[loud], _binned(many[loud], (2, 4, 10))

    def inside(self, rows: Whole) -> Iterator[Feature]:
        """Name every word, and every three of them or their forms."""
        chosen = np.zeros(len(self.size), dtype=bool)
        chosen[rows] = True
        place = np.flatnonzero(chosen[self.row])
        row = self.row[place]
        yield Feature("u", row, (self.low.of(self.token[place]),))
        whole = place + 2 < self.end[row]
        place, row = place[whole], row[whole]
        trio = (self.mixed.of(self.token[place + step]) for step in range(3))
        yield Feature("s", row, tuple(trio))


def distinct(values: Whole) -> Whole:
    """Sort values, and keep one of each."""
    values = np.sort(values)
    return values[np.diff(values, prepend=values[:1] - 1) > 0]


def _coded(names: Iterable[str]) -> Part:
    """Give names numbers in the order in which they come."""
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    code = np.array([*map(number.__getitem__, names)], np.int64)
    return Part(code, [*number])


def _binned(numbers: Whole, bounds: Sequence[int]) -> Part:
    """Name the first bound that each number does not pass."""
    code = np.searchsorted(bounds, numbers, side="left")
    return Part(code, [*map(str, bounds), "more"])


def _number(numbers: npt.NDArray[np.generic], most: int = 99) -> Part:
    """Name whole numbers; what follows the point is cut off."""
    code = np.minimum(numbers.astype(np.int64), most)
    return Part(code, [*map(str, range(most + 1))])


def _constant(name: str, many: int) -> Part:
    return Part(np.zeros(many, np.int64), (name,))


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
