"""Rules: in what two passages differ, in numbers, dates, negations, opposite words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from framelens._lists import read_list, words_of
from framelens.align.differing.marks import (
    SPELLED,
    Mark,
    Token,
    dates,
    numbers,
    stem,
    stems_of,
    tokens_of,
)
from framelens.annotate import cue_class
from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from framelens.align.differing.marks import Number

    Both = tuple[list[Mark], list[Mark]]
    Stretch = tuple[int, int]

KINDS = ("number", "date", "negation", "opposite words", "wording of a number")
"""In what two passages may differ."""

SHARED_STEMS = 3
"""Telling words that two sentences must share, to be compared: fewer are chance."""

SHARED_PART = 0.4
"""And their part of the shorter sentence's."""

NEGATIONS = words_of("opposites", "negating") | words_of("opposites", "denying")
"""Words that negate, and those of denying; *n't* counts too."""

_NO_NEGATION = words_of("opposites", "no_negation_before")
_CLASSES: list[list[str]] = read_list("opposites")["classes"]
_POLES = [
    tuple(
        re.compile("|".join(word.replace("*", ".*") for word in side.split()))
        for side in pair
    )
    for pair in read_list("opposites")["pairs"]
]
_WORDED = {
    size: re.compile(rf"\b({'|'.join(words)})[ \xa0]+[$€£¥₽]?\Z", re.I)
    for size, words in read_list("number_words")["worded"].items()
}
_LONGEST_WORDED = 20  # characters before a figure in which such words begin
_NEAR = 2  # words before a word in which a negation turns it
_NEGATED = 2  # telling words behind a negation that it turns
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\s*\n\s*")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Gen|Sen|Rep|Gov|Prof)|\b[A-Z])\.$"
)


@dataclass(frozen=True)
class Difference:
    """What to read in two passages.

    Of a negation, and of the wording of a number, `here` or `there` can be empty.
    """

    kind: str
    here: tuple[Mark, ...]
    there: tuple[Mark, ...]


def what_differs(one: str, other: str) -> list[Difference]:
    """List what differs between two passages, for a person to read.

    It does not say that they contradict each other: one may tell of an earlier count,
    another event, or somebody else's words.

    Parameters
    ----------
    one, other : str
        English.

    Returns
    -------
    list of Difference
        At most one of each kind, in the order of `KINDS`. Swapping the passages swaps
        ``here`` and ``there``.

    Notes
    -----
    Sentences are compared if they are worded alike: each shares most telling words
    with the other, of all sentences there, three at least and two in five of the
    shorter's. What is reworded more is not seen.

    Numbers are brought to figures (*a dozen*, 2.5m, 40 per cent). Counts differ if they
    count the same word, of up to three behind them, or if each is the only one that the
    other sentence lacks and one of the two names nothing counted (*one* is then left
    out); shares, and sums of one currency, if each sentence has one that the other
    lacks. Dates differ in the same way, by kind: weekdays, days, months, years, hours.
    A negation counts if the other sentence has none, but one of the two telling words
    that follow it, and no other sentence of that passage negates one of them; opposite
    words if each sentence has only one side of the pair, without a negation before it.
    A number is worded otherwise if both sentences have it, and what stands right before
    it makes it look large (*as many as*) or small (*only*) in one of them, or in the
    other one otherwise; the side that has no such words is empty.

    Examples
    --------
    >>> for each in what_differs("Police confirmed on Monday that 21 girls had fled.",
    ...                          "Police denied that seventeen girls had fled."):
    ...     print(each.kind, *(mark.value for mark in (*each.here, *each.there)))
    number 21 17
    negation denied
    opposite words confirmed denied
    """
    marks: dict[str, Both] = {kind: ([], []) for kind in KINDS}
    for (start, end), (first, last) in worded_alike(one, other):
        for kind, rule in _RULES.items():
            left, right = rule(one[start:end], other[first:last])
            marks[kind][0].extend(_moved(mark, start) for mark in left)
            marks[kind][1].extend(_moved(mark, first) for mark in right)
    left, right = marks["negation"]
    marks["negation"] = _unmatched(left, one, other), _unmatched(right, other, one)
    return [
        Difference(kind, _ordered(left), _ordered(right))
        for kind, (left, right) in marks.items()
        if left or right
    ]


def worded_alike(one: str, other: str) -> list[tuple[Stretch, Stretch]]:
    """Pair the sentences of two passages that are worded alike.

    >>> worded_alike("He sang. The Reddin dam broke on Monday.",
    ...              "The old dam at Reddin broke at night. Nobody sang.")
    [((9, 40), (0, 37))]
    """
    left, right = (
        [(span, stems_of(text[slice(*span)])) for span in sentences_of(text)]
        for text in (one, other)
    )
    alike = {
        (i, j): (len(a & b), len(a & b) / min(len(a), len(b)))
        for i, (_, a) in enumerate(left)
        for j, (_, b) in enumerate(right)
        if len(a & b) >= SHARED_STEMS
    }
    return [
        (left[i][0], right[j][0])
        for (i, j), both in alike.items()
        if both[1] >= SHARED_PART
        and all(both >= rival for (k, m), rival in alike.items() if k == i or m == j)
    ]


def sentences_of(text: str) -> list[Stretch]:
    """Cut a text into sentences at full stops and line ends, roughly."""
    edges = [0]
    for match in _SENTENCE_END.finditer(text):
        ended = _ABBREVIATED.search(text, 0, match.start())
        goes_on = text[match.end() : match.end() + 1].islower()
        if "\n" in match[0] or not (ended or goes_on):
            edges += [match.start() + len(match[0].rstrip()), match.end()]
    edges.append(len(text))
    both = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in both if end > start]


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Give marks in order, each once."""
    return tuple(sorted(set(marks)))


def _moved(mark: Mark, by: int) -> Mark:
    """Count the place of a mark from the beginning of the passage."""
    return mark._replace(start=mark.start + by, end=mark.end + by)


def _lacking(here: list[Mark], there: list[Mark]) -> Both:
    """Give what each side has and the other lacks; nothing unless both have some."""
    ours, theirs = ({mark.value for mark in marks} for marks in (here, there))
    left = [mark for mark in here if mark.value not in theirs]
    right = [mark for mark in there if mark.value not in ours]
    return (left, right) if left and right else ([], [])


def _together(pairs: Iterable[Both]) -> Both:
    """Put the marks of several differences together, side by side."""
    every = list(pairs)
    return [m for left, _ in every for m in left], [m for _, r in every for m in r]


def _numbers(one: str, other: str) -> Both:
    """Compare counts, shares, and sums of each currency."""
    here, there = numbers(one), numbers(other)
    kinds = sorted({n.kind for n in here} & {n.kind for n in there} - {"count"})
    counts = ([n for n in side if n.kind == "count"] for side in (here, there))
    others = (
        _lacking(*([n.mark for n in side if n.kind == kind] for side in (here, there)))
        for kind in kinds
    )
    return _together([_counts(*counts), *others])


def _wordings(one: str, other: str) -> Both:
    """Find figures that both have, and only one calls large, or small."""
    pairs = []
    facing = numbers(other)
    for number in numbers(one):
        same = [n for n in facing if n.kind == number.kind and _same(number, n)]
        if len(same) != 1:
            continue
        here, there = (
            _worded(text, n.mark.start) for text, n in ((one, number), (other, same[0]))
        )
        if (here and here.value) != (there and there.value):
            pairs.append(([here] if here else [], [there] if there else []))
    return _together(pairs)


def _worded(text: str, figure: int) -> Mark | None:
    """Give the words right before a figure that make it look large or small."""
    for value, pattern in _WORDED.items():
        found = pattern.search(text, max(0, figure - _LONGEST_WORDED), figure)
        if found:
            return Mark(found.start(1), found.end(1), value)
    return None


def _counts(here: list[Number], there: list[Number]) -> Both:
    """Compare counts by what they count, or the only two that are left."""
    left = [n for n in here if not any(_same(n, m) for m in there)]
    right = [n for n in there if not any(_same(n, m) for m in here)]
    pairs = [
        (n.mark, m.mark)
        for n in left
        for m in right
        if n.counted & m.counted and n.mark.value != m.mark.value
    ]
    if pairs:
        return [n for n, _ in pairs], [m for _, m in pairs]
    alone = [
        [n for n in side if n.mark.value not in {"1", *(m.mark.value for m in facing)}]
        for side, facing in ((left, there), (right, here))
    ]
    if [len(side) for side in alone] != [1, 1]:
        return [], []
    (ours,), (theirs,) = alone
    both_named = ours.counted and theirs.counted
    return ([], []) if both_named else ([ours.mark], [theirs.mark])


def _same(one: Number, other: Number) -> bool:
    """Whether two counts may be one: the same figure, of the same or of no word."""
    named = one.counted and other.counted
    return one.mark.value == other.mark.value and (
        not named or bool(one.counted & other.counted)
    )


def _dates(one: str, other: str) -> Both:
    """Compare dates, kind by kind."""
    here, there = dates(one), dates(other)
    return _together(_lacking(here[kind], there[kind]) for kind in here)


def _negations(one: str, other: str) -> Both:
    """Give the negations of the only side that has some, of what both speak of."""
    here, there = negations(one), negations(other)
    if bool(here) == bool(there):
        return [], []
    return (
        [mark for mark in here if negated_words(one, mark) & stems_of(other)],
        [mark for mark in there if negated_words(other, mark) & stems_of(one)],
    )


def _unmatched(marks: list[Mark], text: str, other: str) -> list[Mark]:
    """Leave out a negation that the other passage has too, in another sentence."""
    if not marks:
        return []
    cut = [other[slice(*span)] for span in sentences_of(other)]
    negated = {
        word
        for sentence in cut
        for mark in negations(sentence)
        for word in negated_words(sentence, mark)
    }
    ends = [end for _, end in sentences_of(text)]
    sentences = (text[: min(end for end in ends if end > m.start)] for m in marks)
    return [
        mark
        for mark, upto in zip(marks, sentences, strict=True)
        if not negated_words(upto, mark) & negated
    ]


def negations(text: str) -> list[Mark]:
    """Find what negates. *Not only*, and *no.* before a number, do not.

    >>> [mark.value for mark in negations("No. 3 didn’t break, not only once.")]
    ["n't"]
    """
    tokens = tokens_of(text)
    return [mark for place in range(len(tokens)) for mark in _negation(tokens, place)]


def _negation(tokens: list[Token], place: int) -> Iterator[Mark]:
    """Give the mark of a token if it negates."""
    token = tokens[place]
    if token.low.endswith("n't"):
        yield Mark(token.start, token.end, "n't")
        return
    after = [behind.low for behind in tokens[place + 1 : place + 3]]
    if token.low not in NEGATIONS or (after and after[0] in _NO_NEGATION):
        return
    number = len(after) == 2 and after[0] == "." and after[1][0].isdigit()
    if token.low == "no" and number:
        return
    yield Mark(token.start, token.end, token.low)


def negated_words(text: str, mark: Mark) -> frozenset[str]:
    """Give the stems of the two telling words behind a negation; none of when."""
    behind = (
        token.text
        for token in tokens_of(text[mark.end :])
        if not _when_or_how_many(token.low)
    )
    return frozenset(islice(filter(None, map(stem, behind)), _NEGATED))


def _when_or_how_many(word: str) -> bool:
    """Whether a word is a number or a weekday."""
    return word in SPELLED or word[0].isdecimal() or word.endswith("day")


def _opposites(one: str, other: str) -> Both:
    """Compare words that have an opposite."""
    return _together(_opposed(one, other))


def _opposed(one: str, other: str) -> Iterator[Both]:
    """Give the marks of every pair of which each passage has another side only."""
    here, there = poles(one), poles(other)
    for pair, side in sorted(here.keys()):
        if (pair, 1 - side) in here or (pair, side) in there:
            continue
        opposite = there.get((pair, 1 - side))
        if opposite:
            yield here[pair, side], opposite


def poles(text: str) -> dict[tuple[int, int], list[Mark]]:
    """Find words that have an opposite, by pair and side; not one that is negated."""
    tokens = tokens_of(text)
    marks: dict[tuple[int, int], list[Mark]] = {}
    for place, token in enumerate(tokens):
        sides = _sides(token.low)
        if sides and not _negated(tokens, place):
            for side in sides:
                mark = Mark(token.start, token.end, token.low)
                marks.setdefault(side, []).append(mark)
    return marks


@lru_cache(maxsize=50_000)
def _sides(word: str) -> tuple[tuple[int, int], ...]:
    """Give the pairs that a word belongs to, and on which side."""
    if not word[0].isalpha():
        return ()
    of_words = [
        (pair, side)
        for pair, both in enumerate(_POLES)
        for side, pattern in enumerate(both)
        if pattern.fullmatch(word)
    ]
    force = cue_class(word) if cue_of(word) else None
    of_verbs = [
        (len(_POLES) + pair, side)
        for pair, both in enumerate(_CLASSES)
        for side, name in enumerate(both)
        if name == force
    ]
    return (*of_words, *of_verbs)


def _negated(tokens: list[Token], place: int) -> bool:
    """Whether a negation stands just before a word."""
    before = tokens[max(0, place - _NEAR) : place]
    return any(one.low in NEGATIONS or one.low.endswith("n't") for one in before)


_RULES: dict[str, Callable[[str, str], Both]] = dict(
    zip(KINDS, (_numbers, _dates, _negations, _opposites, _wordings), strict=True)
)
