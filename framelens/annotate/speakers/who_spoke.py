"""Who spoke each quotation: its own sentence says so, or the quotations around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.annotate.speakers.cue_search import find_announced, find_source
from framelens.annotate.speakers.cue_sources import Found

if TYPE_CHECKING:
    from framelens.annotate.speakers.quoting_sentences import QuotingSentences

CARRIED = "carried on from the quotation before"
AHEAD = "named with the quotation behind"


def who_spoke(sentences: QuotingSentences) -> list[Found]:
    """Find the source of every quotation, in order.

    A quotation whose own sentence names nobody has the speaker of the one before
    in its paragraph; of the next one, where it opens the paragraph; or of the one
    that ended the paragraph before. Failing these, a quotation that stands alone
    belongs to whom the sentence before is about.
    """
    own = [find_source(sentences, one) for one in sentences.quotations]
    result: list[Found] = []
    for number, found in enumerate(own):
        if found is not None and found.source is not None:
            result.append(found)
        else:
            result.append(_borrowed(sentences, own, result, number))
    return result


def _borrowed(
    sentences: QuotingSentences,
    own: list[Found | None],
    earlier: list[Found],
    number: int,
) -> Found:
    """Find the source of a quotation whose own sentence names none."""
    quotations, tokens = sentences.quotations, sentences.tokens
    here = quotations[number]
    alone = own[number] is None
    if here.first >= here.last:
        return Found("")
    if alone and here.first and tokens.words[here.first - 1] == ":":
        announced = find_announced(sentences, here)
        if announced is not None:
            return announced
    previous = earlier[number - 1] if number else Found("")
    away = _paragraphs_apart(sentences, number - 1, number) if number else 99
    if previous.source is not None and away == 0:
        return Found(CARRIED, previous.source, previous.head)
    if alone and number + 1 < len(own):
        following = own[number + 1]
        near = _paragraphs_apart(sentences, number, number + 1) == 0
        if near and following is not None and following.source is not None:
            return Found(AHEAD, following.source, following.head)
    if alone and previous.source is not None and away == 1:
        return Found(CARRIED, previous.source, previous.head)
    return (alone and find_announced(sentences, here)) or Found("")


def _paragraphs_apart(sentences: QuotingSentences, one: int, other: int) -> int:
    first = sentences.quotations[one].first
    second = sentences.quotations[other].first
    if max(first, second) >= len(sentences.paragraph):
        return 99
    return abs(sentences.paragraph[second] - sentences.paragraph[first])
