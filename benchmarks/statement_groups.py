"""Generated groups: the same statement printed in two to six invented articles.

`events` makes articles: narration, statements as `benchmarks.statement_printings`
prints them, in another order, with another cue or speaker, and what only one article
has: remarks, and sentences that resemble a statement and say something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.statement_printings import (
    CLOSE,
    OPEN,
    Printing,
    Texts,
    differences_of_wording,
    parsed,
    printed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

DISTRACTED = 0.5
"""How often an article gets the distractor of a statement, until one has it."""

_TRAILS = (
    *("and yet it hardly matters tonight", "or so my cousin tells everybody"),
    *("but that belongs to another chapter", "until somebody proves the opposite"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """The articles of one event and the printings planted in them."""

    name: str
    articles: pd.DataFrame
    printings: tuple[Printing, ...]

    def pairs(self) -> Iterator[tuple[Printing, Printing, frozenset[str]]]:
        """Give every two printings of one statement, and what differs in them."""
        for one, other in combinations(self.printings, 2):
            if one.statement == other.statement:
                yield one, other, self._differences(one, other)

    def _differences(self, one: Printing, other: Printing) -> frozenset[str]:
        found = set(differences_of_wording(one, other))
        if one.speaker != other.speaker:
            found.add("speaker")
        if one.cue != other.cue:
            found.add("cue")
        places = {(it.article, it.statement): it.place for it in self.printings}
        for (article, statement), place in places.items():
            there = places.get((other.article, statement))
            if article != one.article or there is None:
                continue
            if (place - one.place) * (there - other.place) < 0:
                found.add("order")
        return frozenset(found)


def events(texts: Texts, *, groups: int, seed: int) -> list[Event]:
    """Make events that together hold `groups` statements, each printed twice or more.

    Parameters
    ----------
    texts : Texts
    groups : int
    seed : int

    Returns
    -------
    list of Event
        Of one to three statements in two to six articles.
    """
    random = np.random.default_rng(seed)
    made: list[Event] = []
    waiting: list[int] = []
    left = groups
    while left:
        size = min(left, int(random.integers(1, 4)))
        while len(waiting) < size:
            order = random.permutation(len(texts.statements)).tolist()
            waiting += [one for one in order if one not in waiting]
        chosen, waiting = waiting[:size], waiting[size:]
        name = f"e{len(made):03}"
        articles = int(random.integers(2, 7))
        event = None
        while event is None or not _is_clear(event):
            event = _event(texts, name, chosen, articles, random)
        made.append(event)
        left -= size
    return made


def _is_clear(event: Event) -> bool:
    """Whether every statement is printed twice, and each difference has one name."""
    counts = pd.Series([one.statement for one in event.printings]).value_counts()
    return bool(counts.min() >= 2) and not any(
        "unclear" in types for *_, types in event.pairs()
    )


def _event(
    texts: Texts, name: str, chosen: list[int], articles: int, random: Generator
) -> Event:
    outlets = random.permutation(texts.outlets)[:articles]
    town = str(random.choice(texts.towns))
    people = random.permutation(len(texts.people))[: len(chosen)].tolist()
    if len(chosen) > 1 and random.random() < 0.3:
        people[1] = people[0]
    remarks = random.permutation(texts.remarks).tolist()
    trails = random.permutation(_TRAILS).tolist()
    rows, printings = [], []
    unused = {one: text for one in chosen if (text := _text(texts, one, part=2))}
    for number, outlet in enumerate(outlets.tolist()):
        article = f"{name}-{number}"
        carried = [place for place in range(len(chosen)) if random.random() < 0.8]
        if random.random() < 0.35:
            carried = random.permutation(carried).tolist()
        text, found = _article(
            texts,
            article,
            [(chosen[place], people[place]) for place in carried],
            (town, texts.statements[chosen[0]].split(" | ")[0]),
            (remarks, trails),
            random,
        )
        for place, statement in enumerate(chosen):
            if statement in unused and random.random() < DISTRACTED:
                person = texts.people[people[place]]
                text += _distractor(texts, unused.pop(statement), person, random)
        rows.append((article, outlet, name, text))
        printings += found
    table = pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])
    return Event(name, table, tuple(printings))


def _article(
    texts: Texts,
    article: str,
    carried: Sequence[tuple[int, int]],
    about: tuple[str, str],
    unused: tuple[list[str], list[str]],
    random: Generator,
) -> tuple[str, list[Printing]]:
    """Write one article: narration, printings, and remarks that nobody else has."""
    day = str(random.choice(texts.days))
    told = random.permutation(texts.narration)[: 2 + len(carried)].tolist()
    told = [one.format(town=about[0], topic=about[1], day=day) for one in told]
    paragraphs = [told.pop()]
    printings = []
    for place, (statement, person) in enumerate(carried):
        text, who = _text(texts, statement), texts.people[person]
        paragraph, printing = printed(texts, text, who, day, random)
        printings.append(
            replace(printing, statement=statement, article=article, place=place)
        )
        paragraphs.append(paragraph)
        if random.random() < 0.4:
            remark = _remark(texts, statement, unused, random)
            paragraphs.append(f"“{remark},” {who[0]} {random.choice(texts.cues)}.")
        if random.random() < 0.6:
            paragraphs.append(told.pop())
    return _placed("\n\n".join([*paragraphs, told.pop()]), printings)


def _remark(
    texts: Texts,
    statement: int,
    unused: tuple[list[str], list[str]],
    random: Generator,
) -> str:
    """Give what only one article has; now and then it begins like a statement."""
    remarks, trails = unused
    if trails and (random.random() < 0.2 or not remarks):
        words = [slot.direct for slot in parsed(_text(texts, statement))[:3]]
        return f"{' '.join(words)} {trails.pop()}"
    return remarks.pop()


def _text(texts: Texts, statement: int, *, part: int = 1) -> str:
    return [*texts.statements[statement].split(" | "), ""][part]


def _distractor(
    texts: Texts, text: str, person: tuple[str, str, str, str], random: Generator
) -> str:
    """Give a paragraph that only one article has, and that resembles a statement."""
    paragraph, _ = printed(texts, text, person, str(random.choice(texts.days)), random)
    return "\n\n" + re.sub(f"[{OPEN}{CLOSE}]", "", paragraph)


def _placed(text: str, printings: list[Printing]) -> tuple[str, list[Printing]]:
    """Take out the signs that stand around printings, and note where they stood."""
    plain: list[str] = []
    spans: dict[int, list[list[int]]] = {}
    length, number = 0, -1
    for paragraph in re.split(r"(\n\n)", text):
        number += OPEN in paragraph
        for piece in re.split(f"([{OPEN}{CLOSE}])", paragraph):
            if piece == OPEN:
                spans.setdefault(number, []).append([length])
            elif piece == CLOSE:
                spans[number][-1].append(length)
            else:
                plain.append(piece)
                length += len(piece)
    return "".join(plain), [
        replace(one, spans=tuple((a, b) for a, b in spans[place]))
        for place, one in enumerate(printings)
    ]
