"""Printings of invented statements: their words in one form, and what differs in two.

A statement is printed whole, parted by its cue, shortened, reworded, with only some
words in quotation marks, or indirectly. What differs between two printings is known
from how they were made, by the definitions of ``tests/gold/statements.md``.

The sentences are in ``benchmarks/statement_sentences``. ``{we|they}`` is the direct and
the indirect form; ``<mend~put right>`` are words that may stand in each other's place;
``[in May]`` may be left out; ``(sold to strangers)`` may stand in quotation marks
alone; a cue may part a statement at ``/``; ``//`` parts its sentences. A block is
subject, statement and, in some, a distractor: a sentence that resembles the statement
and says something else. ``second``, ``held_out`` and ``third`` were held out and scored
once each, on 2026-11-22; what was mended after that was developed on them. ``held_out``
was written before the measure was mended for ``second``; ``third`` by somebody who had
not read the measure, after it was mended for ``held_out``. ``fourth`` and ``fifth``,
each by another author who had not read it either, are held out.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

FOLDER = Path(__file__).parent / "statement_sentences"

OPEN, CLOSE = "\ue000", "\ue001"
"""Signs around what is printed, until its place in the article is known."""

_SIGN = re.compile(r"\{[^}]*\}|<[^>]*>|[\[\]()]|//|/|[^\s\[\]()/]+")
_WORD = re.compile(r"[\w'’-]+")
_LONGEST_REWORDED = 5
_FILLERS = (
    *("somehow", "more or less", "against every promise", "as far as memory goes"),
    *("plainly", "by all accounts", "for reasons of state", "so to speak then already"),
    "whatever other people might believe",
)


@dataclass(frozen=True, slots=True)
class Texts:
    """What one part of the set is made of; a person is name, office, body, pronoun."""

    outlets: tuple[str, ...]
    towns: tuple[str, ...]
    days: tuple[str, ...]
    people: tuple[tuple[str, str, str, str], ...]
    cues: tuple[str, ...]
    quoting: tuple[str, ...]
    parting: tuple[str, ...]
    reporting: tuple[str, ...]
    presenting: tuple[str, ...]
    narration: tuple[str, ...]
    remarks: tuple[str, ...]
    statements: tuple[str, ...]


def texts_of(name: str) -> Texts:
    """Read one file of sentences.

    Parameters
    ----------
    name : str
        Of a set, as ``development``.

    Returns
    -------
    Texts
    """
    with (FOLDER / f"{name}.toml").open("rb") as file:
        parts: dict[str, Any] = tomllib.load(file)
    blocks = parts.pop("statements").strip().split("\n\n")
    people = tuple(tuple(person) for person in parts.pop("people"))
    return Texts(
        **{
            key: tuple(value if isinstance(value, list) else value.strip().splitlines())
            for key, value in parts.items()
        },
        people=people,
        statements=tuple(" ".join(block.split()) for block in blocks),
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

    words: tuple[tuple[str, bool] | None, ...]  # of each slot: as printed, in marks
    speaker: str
    cue: str
    sentence_of: tuple[int, ...]  # of each slot
    statement: int = -1
    article: str = ""
    place: int = 0  # among the printings of its article
    spans: tuple[tuple[int, int], ...] = ()


def parsed(text: str) -> list[Slot]:
    """Read the marks of this module in one statement."""
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


def printed(
    texts: Texts,
    text: str,
    person: tuple[str, str, str, str],
    day: str,
    random: Generator,
) -> tuple[str, Printing]:
    """Print one statement, or what resembles one, in one of its forms.

    Parameters
    ----------
    texts : Texts
    text : str
        With the marks of this module.
    person : (name, office, body, pronoun)
    day : str
    random : Generator

    Returns
    -------
    (str, Printing)
        A paragraph, with signs around the statement, and what is printed in it.
    """
    slots = parsed(text)
    forms = ["whole", "parted", "indirect", "mixed"]
    form = str(random.choice(forms, p=[0.45, 0.1, 0.25, 0.2]))
    if form == "parted" and not any(slot.right for slot in slots):
        form = "whole"
    words = _words(slots, form, random)
    template, name, office = _template(texts, form, person, random)
    _, _, body, pron = person
    cue = str(random.choice(texts.cues))
    title = "Mr" if pron == "he" else "Ms"
    paragraph = template.format(
        **_parts(slots, words, form),
        name=name,
        office=office,
        office_cap=office[:1].upper() + office[1:],
        body=body,
        last=f"{title} {name.split()[-1]}",
        pron=pron,
        Pron=pron.capitalize(),
        cue=cue,
        day=day,
    )
    first = paragraph.lstrip(f'“"{OPEN}')[:1]
    if paragraph[:1].islower():
        paragraph = first.upper() + paragraph[1:]
    sentences = tuple(slot.sentence for slot in slots)
    return paragraph, Printing(words, name, _cue(template, cue), sentences)


def _template(
    texts: Texts, form: str, person: tuple[str, str, str, str], random: Generator
) -> tuple[str, str, str]:
    """Choose a template, and the name and office of who is credited in it."""
    templates = {
        "whole": texts.quoting,
        "parted": texts.parting,
        "indirect": texts.reporting,
        "mixed": texts.presenting,
    }[form]
    name, office, body, _ = person
    if random.random() < 0.08:
        name, office = body, ""
        templates = tuple(
            one for one in templates if not re.search("office|last|ron}|body}", one)
        ) or ("“{L},” {cue} {name}, “{R}.”",)
    return str(random.choice(templates)), name, office


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
    return f"{OPEN}{text}{CLOSE}"


def differences_of_wording(one: Printing, other: Printing) -> Iterator[str]:
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
