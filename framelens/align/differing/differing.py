"""What differs between two passages: numbers, dates, negations, opposite words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.align.differing.dates import dates
from framelens.align.differing.marks import held_together, sentences_of, stems_of
from framelens.align.differing.numbers import numbers
from framelens.align.differing.opposites import negated_words, negations, poles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from framelens.align.differing.marks import Mark
    from framelens.align.differing.numbers import Number

KINDS = ("number", "date", "negation", "opposite words")
"""In what two passages may differ."""


Both = tuple[list["Mark"], list["Mark"]]


@dataclass(frozen=True)
class Difference:
    """Something to read in two passages that speak of the same thing.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    here, there : tuple of Mark
        Where it stands in the one and in the other, and what it comes to, in order;
        of a negation one is empty.
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
    Sentences are held together if they are worded alike: each shares most telling words
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

    Examples
    --------
    >>> for found in what_differs("Police confirmed on Monday that 21 girls had fled.",
    ...                           "Police denied that seventeen girls had fled."):
    ...     print(found.kind, *(mark.value for mark in (*found.here, *found.there)))
    number 21 17
    negation denied
    opposite words confirmed denied
    """
    found: dict[str, Both] = {kind: ([], []) for kind in KINDS}
    for (start, end), (first, last) in held_together(one, other):
        for kind, rule in _RULES.items():
            here, there = rule(one[start:end], other[first:last])
            found[kind][0].extend(_moved(mark, start) for mark in here)
            found[kind][1].extend(_moved(mark, first) for mark in there)
    here, there = found["negation"]
    found["negation"] = _unmatched(here, one, other), _unmatched(there, other, one)
    return [
        Difference(kind, _ordered(here), _ordered(there))
        for kind, (here, there) in found.items()
        if here or there
    ]


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(set(marks)))


def _moved(mark: Mark, by: int) -> Mark:
    return mark._replace(start=mark.start + by, end=mark.end + by)


def _lacking(here: list[Mark], there: list[Mark]) -> Both:
    """Give what each side has and the other lacks; nothing unless both have some."""
    ours, theirs = ({mark.value for mark in marks} for marks in (here, there))
    left = [mark for mark in here if mark.value not in theirs]
    right = [mark for mark in there if mark.value not in ours]
    return (left, right) if left and right else ([], [])


def _together(pairs: Iterable[Both]) -> Both:
    every = list(pairs)
    return [m for here, _ in every for m in here], [m for _, t in every for m in t]


def _numbers(one: str, other: str) -> Both:
    here, there = numbers(one), numbers(other)
    kinds = sorted({n.kind for n in here} & {n.kind for n in there} - {"count"})
    return _together(
        [
            _counts(_of(here, "count"), _of(there, "count")),
            *(
                _lacking(*([n.mark for n in _of(side, kind)] for side in (here, there)))
                for kind in kinds
            ),
        ]
    )


def _of(numbers: list[Number], kind: str) -> list[Number]:
    return [number for number in numbers if number.kind == kind]


def _counts(here: list[Number], there: list[Number]) -> Both:
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
        [n for n in side if n.mark.value not in {"1", *(m.mark.value for m in known)}]
        for side, known in ((left, there), (right, here))
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
    here, there = dates(one), dates(other)
    return _together(_lacking(here[kind], there[kind]) for kind in here)


def _negations(one: str, other: str) -> Both:
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
    cut = [other[slice(*one)] for one in sentences_of(other)]
    negated = {
        word
        for sentence in cut
        for mark in negations(sentence)
        for word in negated_words(sentence, mark)
    }
    ends = [end for _, end in sentences_of(text)]
    sentences = (text[: min(end for end in ends if end > one.start)] for one in marks)
    return [
        mark
        for mark, upto in zip(marks, sentences, strict=True)
        if not negated_words(upto, mark) & negated
    ]


def _opposites(one: str, other: str) -> Both:
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


_RULES: dict[str, Callable[[str, str], Both]] = dict(
    zip(KINDS, (_numbers, _dates, _negations, _opposites), strict=True)
)
