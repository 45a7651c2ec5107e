"""Runs: rows of links between two articles, trimmed and put together."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from framelens.align.statements.same_name import differ
from framelens.align.statements.same_statement import worth_of

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.same_statement import Pair
    from framelens.align.statements.word_alignment import Link

LOOSE = 0.7  # worth from which a part goes with a statement that it stands beside


LITTLE = 1.4  # worth below which a part at the edge may be chance


_SENTENCE_GAP = 20  # words of a cue between two parts of one statement


def of_others(pair: Pair, one: list[Link], other: list[Link]) -> bool:
    """Whether the table of speakers gives these words to different people."""
    return _spoken_apart(
        pair.a, [link.first for link in one], [link.first for link in other]
    ) or _spoken_apart(
        pair.b, [link.second for link in one], [link.second for link in other]
    )


def _spoken_apart(words: PrintedWords, one: list[int], other: list[int]) -> bool:
    """Whether two rows of words stand in quotations of different people."""
    if len(set(words.spoken_by) - {None}) < 2:
        return False
    ours, theirs = (
        {
            words.spoken_by[number]
            for number in words.quotation[places].tolist()
            if number >= 0
        }
        for places in (one, other)
    )
    return any(differ(*pair) for pair in product(ours, theirs))


def trimmed(pair: Pair, chain: list[Link]) -> list[Link]:
    """Leave out a little at either end that other words part from the rest."""
    for place in range(1, len(chain)):
        if worth_of(chain[:place]) >= LITTLE:
            break
        if _parted(pair, chain[place - 1], chain[place]):
            return trimmed(pair, chain[place:])
    for place in range(len(chain) - 1, 0, -1):
        if worth_of(chain[place:]) >= LITTLE:
            break
        if _parted(pair, chain[place - 1], chain[place]):
            return trimmed(pair, chain[:place])
    return chain


def _parted(pair: Pair, one: Link, other: Link) -> bool:
    """Whether other words stand between two links on both sides, or a paragraph ends.

    A paragraph that ends in one article only, that is: "while they sat. A report on"
    does not go on with "while they sat on this council".
    """
    gaps = sorted((other.first - one.first, other.second - one.second))
    a, b = pair.a.paragraph, pair.b.paragraph
    ended = (a[one.first] != a[other.first]) != (b[one.second] != b[other.second])
    return (gaps[0] > 1 and gaps[1] > 2) or bool(ended)


def joined(
    pair: Pair,
    strong: list[list[Link]],
    loose: list[list[Link]],
    used: tuple[set[int], set[int]],
) -> list[list[Link]]:
    """Put together the parts of one statement."""
    statements = sorted(strong, key=lambda run: run[0].first)
    for run in loose:
        left = [
            one for one in run if one.first not in used[0] and one.second not in used[1]
        ]
        if worth_of(left) < LOOSE:
            continue
        if any(
            (_beside(pair, run, left) or _beside(pair, left, run))
            and not _repeated(pair, run, left)
            for run in statements
        ):
            statements.append(left)
            used[0].update(one.first for one in left)
            used[1].update(one.second for one in left)
    return chained(pair, statements)


def _repeated(pair: Pair, run: list[Link], part: list[Link]) -> bool:
    """Whether a part says again what a statement has said, and little that is new."""
    said = {pair.a.forms[link.first] for link in run}
    new = [link for link in part if pair.a.forms[link.first] not in said]
    return worth_of(new) < LOOSE


def chained(pair: Pair, runs: list[list[Link]]) -> list[list[Link]]:
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
        and not of_others(pair, one, other)
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
