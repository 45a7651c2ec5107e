"""Matching: the words that two articles share, and whether they are one statement."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, product
from typing import TYPE_CHECKING

from framelens.align.statements.alignment import (
    FUNCTION,
    NAME,
    OPENING,
    STEP,
    Link,
    Pair,
    align,
)
from framelens.align.statements.candidates import windows
from framelens.align.statements.printings import Shared, shared_of
from framelens.annotate.names import same_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from framelens.align.statements.candidates import Stratum, Window
    from framelens.align.statements.printed_words import PrintedWords

    Used = tuple[set[int], set[int]]

ENOUGH = 2.2
"""Worth from which shared words are the same statement, with `RARE` rare words."""

ENOUGH_REPORTED = 3.5
"""The same where neither article has any of the words in quotation marks."""

RARE, RARE_WORTH = 2, 0.45
"""Shared rare words that make a statement, and from what worth a word is rare."""

LONG_ROW = 6
"""Same words in an unbroken row that make a statement without rare ones."""

DENSE = 0.5
"""Share, by worth, that has to be shared of the words from the first shared one to the
last, with the quoted sentences around them, in the printing that has less of them. An
indirect report that keeps one quoted word has few: so it is found."""

ALIKE = ((0.5, 6.0), (0.75, 3.8))
"""Where less than this share is shared in both printings, each says much that the other
does not: then this worth is asked for. So "the museum lends nineteen masks to schools"
is not the same as "the museum returns the nineteen masks because of a receipt"."""

WHOLE, MUCH = 0.6, 4.0
"""Where one side has nothing in quotation marks: the share of the quoted sentence that
has to be shared; or worth from which `DENSE` is enough."""

LOOSE = 0.7  # worth from which a part goes with a statement that it stands beside


LITTLE = 1.4  # worth below which a part at the edge may be chance


_SENTENCE_GAP = 20  # words of a cue between two parts of one statement


def worth_of(run: Iterable[Link]) -> float:
    """Give what links are worth together."""
    return sum(one.worth for one in run)


def _is_same_statement(pair: Pair, run: list[Link]) -> bool:
    """Whether shared words are the same statement."""
    if not run:
        return False
    if _same_units(pair, run):
        return True
    worth = worth_of(run)
    rare = [one for one in run if one.worth >= RARE_WORTH]
    row = _longest(run)
    enough = ENOUGH if _any_quoted(pair, run) else ENOUGH_REPORTED
    if worth < enough or (len(rare) < RARE and row < LONG_ROW):
        return False
    quoted = any(_is_quoted(pair, one) for one in run)
    whole, dense = _covered(pair, run, marked=_any_quoted(pair, run))
    alike = dense if quoted else _covered(pair, run, marked=False)[1]
    if any(alike < share and worth < least for share, least in ALIKE):
        return False
    if not _any_quoted(pair, run) and not all(
        _reports(side, places) for side, places in _sides(pair, run)
    ):
        return False  # shared narration is no statement
    if quoted:
        return dense >= DENSE or row >= LONG_ROW
    return whole >= WHOLE or (dense >= DENSE and worth >= MUCH)


def _is_quoted(pair: Pair, one: Link) -> bool:
    """Whether a link's words are in quotation marks on both sides."""
    return bool(pair.a.quotation[one.first] >= 0 and pair.b.quotation[one.second] >= 0)


def _any_quoted(pair: Pair, run: list[Link]) -> bool:
    """Whether any of the shared words is in quotation marks on either side."""
    return any((side.quotation[at] >= 0).any() for side, at in _sides(pair, run))


def _sides(pair: Pair, run: list[Link]) -> list[tuple[PrintedWords, list[int]]]:
    """Give both articles, and where the linked words stand in each."""
    return [
        (pair.a, [one.first for one in run]),
        (pair.b, [one.second for one in run]),
    ]


def _reports(side: PrintedWords, places: list[int]) -> bool:
    """Whether the ledger gives most of these words to somebody who says them."""
    numbers = side.attribution[places].tolist()
    said = [number >= 0 and side.attributions[number].says for number in numbers]
    return 2 * said.count(True) > len(places)


def _longest(run: list[Link]) -> int:
    """Count the longest row of same words."""
    shifts = ((x.same, x.first - nth, x.second - nth) for nth, x in enumerate(run))
    rows = (len(list(row)) for (same, *_), row in groupby(shifts) if same)
    return max(rows, default=0)


def _same_units(pair: Pair, run: list[Link]) -> bool:
    """Whether the run is one whole quoted sentence in both, word for word."""
    units = int(pair.a.unit[run[0].first]), int(pair.b.unit[run[0].second])
    if not _is_quoted(pair, run[0]) or len(run) < 2 or not all(one.same for one in run):
        return False
    if not any(side.speakers_at(places) for side, places in _sides(pair, run)):
        return False  # scare quotes
    if not any(
        pair.a.text[pair.a.starts[link.first]].islower()
        or pair.b.text[pair.b.starts[link.second]].islower()
        for link in run
    ):
        return False  # a title or a slogan
    bounds = pair.a.bounds[units[0]], pair.b.bounds[units[1]]
    return all(last - first == len(run) for first, last in bounds)


def _covered(pair: Pair, run: list[Link], *, marked: bool) -> tuple[float, float]:
    """Give the share, by worth, of the quoted sentences, and of the run's own words.

    The least of both sides; `marked`: of a clause partly in marks the words in them.
    """
    whole, dense = [], []
    for side, places in _sides(pair, run):
        kept = side.quotation if marked else side.unit
        units = {int(side.unit[place]) for place in places if kept[place] >= 0}
        inside = {
            place
            for unit in units
            for place in range(*side.bounds[unit])
            if kept[place] >= 0
        }
        hull = {
            place
            for place in range(min(places), max(places) + 1)
            if not side.aside[place]
        }
        if units:
            whole.append(_total(side, inside | hull))
        dense.append(_total(side, inside | hull))
    worth = worth_of(run)
    return worth / min(whole, default=worth), worth / min(dense)


def _total(side: PrintedWords, places: set[int]) -> float:
    """Give what all these words would be worth, if they were shared."""
    worths = [
        FUNCTION if not side.content[place] else NAME if side.name[place] else 1.0
        for place in places
    ]
    return max(sum(worths), FUNCTION)


def _matches(
    pair: Pair, from_a: Iterable[Window], from_b: Iterable[Window]
) -> list[list[Link]]:
    """Find what two articles share: links per statement, no word linked twice."""
    found = [run for window in from_a for run in _runs(pair, window)]
    back = pair.swapped()
    found += [
        [Link(one.second, one.first, one.worth, one.same) for one in run]
        for window in from_b
        for run in _runs(back, window)
    ]
    found.sort(key=lambda run: (-worth_of(run), run[0].first, run[0].second, len(run)))
    strong: list[list[Link]] = []
    loose: list[list[Link]] = []
    used: Used = (set(), set())
    for run in found:
        left = _unused(run, used)
        if _is_same_statement(pair, left):
            strong.append(left)
            _use(left, used)
        elif worth_of(left) >= LOOSE:
            loose.append(left)
    return _joined(pair, strong, loose, used)


def _unused(run: list[Link], used: Used) -> list[Link]:
    """Keep the links of words that are in no statement yet."""
    return [x for x in run if x.first not in used[0] and x.second not in used[1]]


def _use(run: list[Link], used: Used) -> None:
    """Note that these words are in a statement."""
    used[0].update(one.first for one in run)
    used[1].update(one.second for one in run)


def _runs(pair: Pair, window: Window) -> list[list[Link]]:
    """Align a quoted sentence with a window, then what is left of it on either side."""
    unit, low, high = window
    runs = [
        part
        for run in _aligned(pair, *pair.a.bounds[unit], low, high, depth=2)
        for part in _by_speaker(pair, run)
    ]
    return _chained(pair, [run for run in runs if worth_of(run) >= LOOSE])


def _by_speaker(pair: Pair, run: list[Link]) -> list[list[Link]]:
    """Cut a run where the words of one person end and those of another begin."""
    parts = [run[:1]]
    for link in run[1:]:
        if _of_others(pair, parts[-1], [link]):
            parts.append([])
        parts[-1].append(link)
    return parts if len(parts) == 1 else [_trimmed(pair, part) for part in parts]


def _aligned(
    pair: Pair, first: int, last: int, low: int, high: int, *, depth: int
) -> list[list[Link]]:
    a, b = pair.a, pair.b
    if first >= last or low >= high:
        return []
    chain = align(
        a.forms[first:last],
        b.forms[low:high],
        worth=lambda i, j: pair.worth(first + i, low + j),
        opening=OPENING,
        step=STEP,
        free=(a.aside[first:last].tolist(), b.aside[low:high].tolist()),
    )
    run = [Link(first + x.first, low + x.second, x.worth, x.same) for x in chain]
    run = _trimmed(pair, run)
    if not run:
        return []
    runs = [run]
    if depth and worth_of(run) >= LITTLE:
        head, tail = run[0], run[-1]
        near = max(low, head.second - 30), min(high, tail.second + 31)
        runs += _aligned(pair, first, head.first, near[0], head.second, depth=depth - 1)
        runs += _aligned(
            pair, tail.first + 1, last, tail.second + 1, near[1], depth=depth - 1
        )
    return runs


def _of_others(pair: Pair, one: list[Link], other: list[Link]) -> bool:
    """Whether the ledger gives these words to different speakers."""
    both = zip(_sides(pair, one), _sides(pair, other), strict=True)
    return any(_spoken_apart(side, mine, theirs) for (side, mine), (_, theirs) in both)


def _spoken_apart(words: PrintedWords, one: list[int], other: list[int]) -> bool:
    """Whether the ledger names different speakers of two rows of words."""
    if len(words.speakers) < 2:
        return False
    pairs = product(words.speakers_at(one), words.speakers_at(other))
    return any(same_name(*pair) is False for pair in pairs)


def _trimmed(pair: Pair, chain: list[Link]) -> list[Link]:
    """Leave out a little at either end that other words part from the rest."""
    for place in range(1, len(chain)):
        if worth_of(chain[:place]) >= LITTLE:
            break
        if _parted(pair, chain[place - 1], chain[place]):
            return _trimmed(pair, chain[place:])
    for place in range(len(chain) - 1, 0, -1):
        if worth_of(chain[place:]) >= LITTLE:
            break
        if _parted(pair, chain[place - 1], chain[place]):
            return _trimmed(pair, chain[:place])
    return chain


def _parted(pair: Pair, one: Link, other: Link) -> bool:
    """Whether other words part two links on both sides, or a paragraph's end on one."""
    gaps = sorted((other.first - one.first, other.second - one.second))
    a, b = pair.a.paragraph, pair.b.paragraph
    ended = (a[one.first] != a[other.first]) != (b[one.second] != b[other.second])
    return (gaps[0] > 1 and gaps[1] > 2) or bool(ended)


def _joined(
    pair: Pair,
    strong: list[list[Link]],
    loose: list[list[Link]],
    used: Used,
) -> list[list[Link]]:
    """Put together the parts of one statement."""
    statements = sorted(strong, key=lambda run: run[0].first)
    for run in loose:
        left = _unused(run, used)
        if worth_of(left) < LOOSE:
            continue
        if any(
            (_beside(pair, run, left) or _beside(pair, left, run))
            and not _repeated(pair, run, left)
            for run in statements
        ):
            statements.append(left)
            _use(left, used)
    return _chained(pair, statements)


def _repeated(pair: Pair, run: list[Link], part: list[Link]) -> bool:
    """Whether a part says again what a statement has said, and little that is new."""
    said = {pair.a.forms[link.first] for link in run}
    new = [link for link in part if pair.a.forms[link.first] not in said]
    return worth_of(new) < LOOSE


def _chained(pair: Pair, runs: list[list[Link]]) -> list[list[Link]]:
    """Put together runs of which one carries the other on."""
    together: list[list[Link]] = []
    for run in sorted(runs, key=lambda run: run[0].first):
        for place, other in enumerate(together):
            if _beside(pair, other, run):
                together[place] = other + run
                break
        else:
            together.append(run)
    return together


def _beside(pair: Pair, one: list[Link], other: list[Link]) -> bool:
    """Whether `other` carries `one` on, in both articles, in the same mouth."""
    last, first = one[-1], other[0]
    if last.first >= first.first or last.second >= first.second:
        return False
    if _parted(pair, last, first) and min(worth_of(one), worth_of(other)) < LITTLE:
        return False
    return (
        _follows(pair.a, last.first, first.first)
        and _follows(pair.b, last.second, first.second)
        and not _of_others(pair, one, other)
    )


def _follows(words: PrintedWords, last: int, first: int) -> bool:
    """Whether nothing but a cue stands between the parts that end and begin here."""
    own = {int(words.unit[last]), int(words.unit[first])} - {-1}
    between = [
        place for place in range(last + 1, first) if words.unit[place] not in own
    ]
    if words.paragraph[last] != words.paragraph[first]:
        quoted = min(words.quotation[last], words.quotation[first]) >= 0
        return not between and bool(quoted)
    sentences = {int(words.sentence[last]), int(words.sentence[first])}
    if any(words.sentence[place] not in sentences for place in between):
        return False
    if words.sentence[last] == words.sentence[first]:
        return len(between) <= _SENTENCE_GAP
    return len(between) <= _SENTENCE_GAP and all(
        words.unit[place] < 0 for place in between
    )


def shared_by(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    hubs: Collection[int] = (),
) -> list[Shared]:
    """Find what every two articles that are compared share, in their order.

    If there are `hubs` (references), only they are compared with the others.
    """
    of_event: dict[str, list[int]] = defaultdict(list)
    for number, (event, _) in enumerate(strata):
        of_event[event].append(number)
    return [
        one
        for members in of_event.values()
        if len(members) > 1
        for one in _of_one_event(printings, strata, members, set(hubs))
    ]


def _of_one_event(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    members: Sequence[int],
    hubs: Collection[int],
) -> Iterator[Shared]:
    """Find what the articles of one event share: an index is held for no longer."""
    some = [printings[number] for number in members]
    inside = [place for place, number in enumerate(members) if number in hubs]
    if hubs and not inside:
        return
    places = windows(some, [strata[number] for number in members], inside)
    for i, j in sorted({(min(pair), max(pair)) for pair in places}):
        yield from _between(
            some[i], some[j], places.get((i, j), []), places.get((j, i), [])
        )


def _between(
    a: PrintedWords, b: PrintedWords, from_a: list[Window], from_b: list[Window]
) -> list[Shared]:
    """Find what two articles share; which of them is named first does not matter."""
    if a.text > b.text:
        return [Shared(one.b, one.a) for one in _between(b, a, from_b, from_a)]
    return [shared_of(a, b, run) for run in _matches(Pair.of(a, b), from_a, from_b)]


def shared_with(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    references: Sequence[PrintedWords],
    events: Sequence[str],
) -> list[Shared]:
    """Find what each article shares with a reference, the article's part first."""
    # where no reference names an event, each is for every article
    ours = [(event if any(events) else "", "articles") for event, _ in strata]
    theirs = [(event, "reference") for event in events]
    both = [*printings, *references]
    return shared_by(both, [*ours, *theirs], range(len(printings), len(both)))
