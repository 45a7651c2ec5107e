"""Generated groups: the same statement printed in two to six invented articles.

`events` makes articles from the sentences of `benchmarks.statement_texts`. Each
statement is printed whole, parted by its cue, shortened, reworded, with only some words
in quotation marks, or indirectly; in another order, with another cue or speaker. What
differs between two printings is known from how they were made, by the definitions of
``tests/gold/statements.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

    from benchmarks.statement_texts import Texts

_SIGN = re.compile(r"\{[^}]*\}|<[^>]*>|[\[\]()]|//|/|[^\s\[\]()/]+")
_WORD = re.compile(r"[\w'’-]+")
_OPEN, _CLOSE = "\ue000", "\ue001"
_LONGEST_REWORDED = 5
_FILLERS = (
    *("somehow", "more or less", "against every promise", "as far as memory goes"),
    *("plainly", "by all accounts", "for reasons of state", "so to speak then already"),
    "whatever other people might believe",
)
_TRAILS = (
    *("and yet it hardly matters tonight", "or so my cousin tells everybody"),
    *("but that belongs to another chapter", "until somebody proves the opposite"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of a statement that stand or fall together."""

    direct: str
    indirect: str
    other: str | None
    phrase: int  # number of the phrase that may be left out, 0 for none
    fragment: bool  # may stand in quotation marks alone
    right: bool  # behind the place where a cue may part it
    sentence: int


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing of a statement: its words, and how it stands."""

    statement: int
    article: str
    words: tuple[tuple[str, bool] | None, ...]  # of each slot: as printed, in marks
    speaker: str
    cue: str
    place: int  # among the printings of its article
    sentence_of: tuple[int, ...]  # of each slot
    spans: tuple[tuple[int, int], ...] = ()


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
        found = set(_wording(one, other))
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


def parsed(text: str) -> list[Slot]:
    """Read the marks of `benchmarks.statement_texts` in one statement."""
    slots: list[Slot] = []
    phrase = inside = 0
    fragment = right = False
    sentence = 0
    for sign in _SIGN.findall(text):
        if sign == "[":
            phrase, inside = phrase + 1, phrase + 1
        elif sign == "]":
            inside = 0
        elif sign in "()":
            fragment = sign == "("
        elif sign == "//":
            sentence += 1
        elif sign == "/":
            right = True
        else:
            direct, indirect, other = sign, sign, None
            if sign[0] == "{":
                direct, indirect = sign[1:-1].split("|")
            elif sign[0] == "<":
                direct, other = sign[1:-1].split("~")
                indirect = direct
            slots.append(
                Slot(direct, indirect, other, inside, fragment, right, sentence)
            )
    return slots


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
    rows, printings = [], []
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
            remarks,
            random,
        )
        rows.append((article, outlet, name, text))
        printings += found
    table = pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])
    return Event(name, table, tuple(printings))


def _article(
    texts: Texts,
    article: str,
    carried: Sequence[tuple[int, int]],
    about: tuple[str, str],
    remarks: list[str],
    random: Generator,
) -> tuple[str, list[Printing]]:
    """Write one article: narration, printings, and remarks that nobody else has."""
    day = str(random.choice(texts.days))
    told = random.permutation(texts.narration)[: 2 + len(carried)].tolist()
    told = [one.format(town=about[0], topic=about[1], day=day) for one in told]
    paragraphs = [told.pop()]
    printings = []
    for place, (statement, person) in enumerate(carried):
        paragraph, printing = _printed(texts, statement, person, day, random)
        printings.append(replace(printing, article=article, place=place))
        paragraphs.append(paragraph)
        if random.random() < 0.4:
            remark = _remark(texts, statement, remarks, random)
            who = texts.people[person]
            paragraphs.append(f"“{remark},” {who[0]} {random.choice(texts.cues)}.")
        if random.random() < 0.6:
            paragraphs.append(told.pop())
    return _placed("\n\n".join([*paragraphs, told.pop()]), printings)


def _remark(texts: Texts, statement: int, remarks: list[str], random: Generator) -> str:
    """Give what only one article has; now and then it begins like a statement."""
    if random.random() < 0.2 or not remarks:
        words = [slot.direct for slot in parsed(_text(texts, statement))[:3]]
        return f"{' '.join(words)} {random.choice(_TRAILS)}"
    return remarks.pop()


def _text(texts: Texts, statement: int) -> str:
    return texts.statements[statement].split(" | ")[1]


def _placed(text: str, printings: list[Printing]) -> tuple[str, list[Printing]]:
    """Take out the signs that stand around printings, and note where they stood."""
    plain: list[str] = []
    spans: dict[int, list[list[int]]] = {}
    length, number = 0, -1
    for paragraph in re.split(r"(\n\n)", text):
        number += _OPEN in paragraph
        for piece in re.split(f"([{_OPEN}{_CLOSE}])", paragraph):
            if piece == _OPEN:
                spans.setdefault(number, []).append([length])
            elif piece == _CLOSE:
                spans[number][-1].append(length)
            else:
                plain.append(piece)
                length += len(piece)
    return "".join(plain), [
        replace(one, spans=tuple((a, b) for a, b in spans[place]))
        for place, one in enumerate(printings)
    ]


def _printed(
    texts: Texts, statement: int, person: int, day: str, random: Generator
) -> tuple[str, Printing]:
    """Print one statement in one of its forms."""
    slots = parsed(_text(texts, statement))
    form = str(
        random.choice(
            ["whole", "parted", "indirect", "mixed"], p=[0.45, 0.1, 0.25, 0.2]
        )
    )
    words = _words(slots, form, random)
    templates = {
        "whole": texts.quoting,
        "parted": texts.parting,
        "indirect": texts.reporting,
        "mixed": texts.presenting,
    }[form]
    name, office, body, pron = texts.people[person]
    if random.random() < 0.08:
        name, office = body, ""
        templates = tuple(
            one for one in templates if not re.search("office|last|ron}", one)
        ) or ("“{L},” {cue} {name}, “{R}.”",)
    template, cue = str(random.choice(templates)), str(random.choice(texts.cues))
    title = "Mr" if pron == "he" else "Ms"
    paragraph = template.format(
        **_parts(slots, words, form),
        name=name,
        office=office,
        office_cap=office[:1].upper() + office[1:],
        last=f"{title} {name.split()[-1]}",
        pron=pron,
        Pron=pron.capitalize(),
        cue=cue,
        day=day,
    )
    first = paragraph.lstrip(f'“"{_OPEN}')[:1]
    if paragraph[:1].islower():
        paragraph = first.upper() + paragraph[1:]
    sentences = tuple(slot.sentence for slot in slots)
    printing = Printing(statement, "", words, name, _cue(template, cue), 0, sentences)
    return paragraph, printing


def _cue(template: str, cue: str) -> str:
    if "ccording to" in template:
        return "according to"
    word = cue.split()[0] if "{cue}" in template else "told"
    return cue_of(word) or word


def _words(
    slots: list[Slot], form: str, random: Generator
) -> tuple[tuple[str, bool] | None, ...]:
    """Choose the words of each slot, and whether they stand in quotation marks."""
    reported = form in ("indirect", "mixed")
    sentences = 2 if not reported and random.random() < 0.5 else 1
    phrases = max(slot.phrase for slot in slots)
    left_out = {phrase for phrase in range(1, phrases + 1) if random.random() < 0.4}
    words: list[tuple[str, bool] | None] = []
    for slot in slots:
        if slot.sentence >= sentences or slot.phrase in left_out:
            words.append(None)
            continue
        inside = not reported or (form == "mixed" and slot.fragment)
        text = slot.direct if inside else slot.indirect
        if slot.other and random.random() < 0.25:
            text = slot.other
        words.append((text, inside))
    if random.random() < 0.12:
        _reword(slots, words, random)
    return tuple(words)


def _reword(
    slots: list[Slot], words: list[tuple[str, bool] | None], random: Generator
) -> None:
    """Put other words in the place of a run of one to five words."""
    size = int(random.integers(1, _LONGEST_REWORDED + 1))
    plain = [
        place
        for place, slot in enumerate(slots)
        if words[place] is not None
        and not slot.phrase
        and slot.sentence == 0
        and slot.direct == slot.indirect
        and slot.other is None
    ]
    runs = [
        plain[at : at + size]
        for at in range(2, len(plain) - size - 1)
        if plain[at + size - 1] - plain[at] == size - 1
        and len({(words[p] or ("", False))[1] for p in plain[at : at + size]}) == 1
        and len({slots[p].right for p in plain[at : at + size]}) == 1
    ]
    if not runs:
        return
    run = runs[int(random.integers(len(runs)))]
    inside = (words[run[0]] or ("", False))[1]
    for place in run:
        words[place] = None
    words[run[0]] = (str(random.choice(_FILLERS)), inside)


def _parts(
    slots: list[Slot], words: Sequence[tuple[str, bool] | None], form: str
) -> dict[str, str]:
    """Give the texts that a template asks for."""
    printed = [(slot, *word) for slot, word in zip(slots, words, strict=True) if word]
    if form == "mixed":
        pieces: list[tuple[bool, list[str]]] = []
        for _, text, inside in printed:
            if not pieces or pieces[-1][0] != inside:
                pieces.append((inside, []))
            pieces[-1][1].append(text)
        mixed = " ".join(
            f"“{' '.join(some)}”" if inside else " ".join(some)
            for inside, some in pieces
        )
        return {"m": _signed(_small(mixed)), "M": _signed(_capital(mixed))}
    first = [text for slot, text, _ in printed if slot.sentence == 0]
    second = [text for slot, text, _ in printed if slot.sentence == 1]
    whole = " ".join(first)
    said = _capital(whole)
    if second:
        said += ". " + _capital(" ".join(second))
    left = [text for slot, text, _ in printed if not slot.right]
    right = [text for slot, text, _ in printed if slot.right and slot.sentence == 0]
    behind = " ".join(right) + (". " + _capital(" ".join(second)) if second else "")
    return {
        "S": _signed(said),
        "s": _signed(_small(whole)),
        "L": _signed(_capital(" ".join(left))),
        "R": _signed(behind),
    }


def _capital(text: str) -> str:
    at = 1 if text[0] == "“" else 0
    return text[:at] + text[at].upper() + text[at + 1 :]


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _signed(text: str) -> str:
    return f"{_OPEN}{text}{_CLOSE}"


def _wording(one: Printing, other: Printing) -> Iterator[str]:
    """Give the differences of words and marks of two printings."""
    ours: list[str] = []
    theirs: list[str] = []
    shared = {
        sentence
        for sentence, *words in zip(
            one.sentence_of, one.words, other.words, strict=True
        )
        if all(words)
    }
    for sentence, left, right in zip(
        one.sentence_of, one.words, other.words, strict=True
    ):
        if sentence not in shared:
            continue  # a further sentence belongs to it only if both have it
        if left and right and left[1] != right[1]:
            yield "marks"
        a, b = (
            _WORD.findall(word[0].lower()) if word else [] for word in (left, right)
        )
        for kind, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
            if kind == "equal":
                yield from _typed(ours, theirs)
                ours, theirs = [], []
            else:
                ours, theirs = ours + a[i:j], theirs + b[k:m]
    yield from _typed(ours, theirs)


def _typed(ours: list[str], theirs: list[str]) -> Iterator[str]:
    if ours and theirs:
        short = max(len(ours), len(theirs)) <= _LONGEST_REWORDED
        yield "reworded" if short and not set(ours) & set(theirs) else "unclear"
    elif ours or theirs:
        yield "only here"
