"""Lacking: names of which it may be said that other articles do not have them.

Whatever the parser made of the other articles, a name is looked up in their words: in
another spelling, as initials, and by the word that its holder is known by.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

from framelens._lists import read_list, words_of
from framelens.annotate.actor_nouns import body_of, role_of, state_of
from framelens.annotate.affiliations import is_media
from framelens.annotate.names import (
    initials_of,
    name_words,
    read_name,
    same_name,
    sound_of,
)
from framelens.measure.outlet_names import names_an_outlet
from framelens.read.damage import damage_of
from framelens.report.findings.phrases import is_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

ALIKE = 0.85
"""Share of signs in common from which two names are spellings of one."""

ACRONYM = range(3, 8)
"""Letters of an acronym whose words are looked for."""

JOINED = r"(?:[\s-]+(?:of|and|the|for|in|on|to))*[\s-]+"
"""What may stand between the words of an acronym."""

LONGEST_INITIALS = 4
"""Letters of a last word up to which it must stand by itself."""

UNFINISHED = (
    r"(?i:(?:this is a|a) (?:breaking|developing) (?:news )?(?:story|report)\b"
    r"|\bmore (?:to )?follows?\s*(?:\.|$)|\bmore details soon\b"
    r"|\b(?:story|page|article) (?:is being|will be) updated\b)"
)
"""What an article says that is still being written."""

LEAST_PART = 1 / 3
"""Of an article's words: a shorter one on the same event is too short to lack a name,
as a notice or the first lines of an article are."""


def lacking(
    names: Iterable[str],
    mine: Sequence[str],
    theirs: Sequence[str],
    known: Iterable[str],
    outlets: Iterable[str],
) -> list[str]:
    """Give those of `names` that the texts `theirs` do not have, in order.

    Parameters
    ----------
    names : iterable of str
        As the parser found them in the texts `mine`.
    mine, theirs : sequence of str
        Texts.
    known : iterable of str
        Names that the parser found in `theirs`.
    outlets : iterable of str
        Outlets; their names, and those of other media, stand in credits and bylines
        and are left out.

    Examples
    --------
    >>> mine = ["Deploying Thaad, Ann Orr met Bo Lee and Li Fan of the NFL."]
    >>> theirs = ["They are deploying. The N.F.L. paid; Mr Lie did not."]
    >>> names = ["Deploying Thaad", "Ann Orr", "Bo Lee", "Li Fan", "NFL", "Fox News"]
    >>> lacking(names, mine, theirs, ["Lie", "Lee Fann"], ["Daily"])
    ['Ann Orr', 'Bo Lee', 'Li Fan']
    """
    theirs_known, papers, texts = list(known), list(outlets), [*mine, *theirs]
    return [
        name
        for name in names
        if is_name(name)
        and not is_media(name)
        and not names_an_outlet(name, papers)
        and not opens_with_verb(name, texts)
        and not _counted(name, texts)
        and not any(mentioned(one, theirs) for one in [name, *_written_out(name, mine)])
        and not any(same_or_spelled_alike(name, one) for one in theirs_known)
    ]


def mentioned(name: str, texts: Sequence[str]) -> bool:
    """Whether a text has a name's last word or initials, whatever the parser says.

    Of a longer last word without its plural: *North Koreans*, a North Korean paper; of
    a body also the word before the noun for what it is: *Republicans*, the Republican
    Party; of an acronym also words that begin with its letters.

    >>> texts = ["The N.F.L., the Israeli team, the Union of Harbour Rails,"
    ...          " Republicans and the BSF"]
    >>> names = ("NFL", "Israel", "UHR", "GOP", "Border Security Force", "Iran")
    >>> [mentioned(name, texts) for name in names]
    [True, True, True, True, True, False]
    >>> mentioned("Pentagon", ["The Defense Department paid."])
    True
    """
    short = read_list("short_forms")["words"]
    bare = name.replace(".", "")
    full = str(short.get(bare, bare))
    initials = [one for one, whole in short.items() if whole == full.casefold()]
    initials += [one.upper() for one in initials_of(bare) if len(one) in ACRONYM]
    known_as = dict.fromkeys([bare, full, *_other_names().get(bare.casefold(), ())])
    choices = [pattern for one in known_as for pattern in _known_by(one)]
    choices += [rf"\b{re.escape(one)}\b" for one in initials]
    if bare.isupper() and len(bare) in ACRONYM:
        choices.append(JOINED.join(rf"\b{letter}\w+" for letter in bare))
    pattern = re.compile("|".join(choices))
    return any(pattern.search(text.replace(".", "")) for text in texts)


@cache
def _other_names() -> dict[str, list[str]]:
    """Give the other names of bodies, by each of their names in small letters."""
    found: dict[str, list[str]] = {}
    for body, others in read_list("metonyms")["bodies"].items():
        every = [body, *others]
        found |= {one.replace(".", "").casefold(): every for one in every}
    return found


def _written_out(name: str, texts: Sequence[str]) -> list[str]:
    """Give what initials stand for where a text says so: *Harbour Rail Union (HRU)*."""
    if not name.isupper():
        return []
    run = r"((?:[A-Z][\w’'-]*[ -]+(?:(?:of|and|the|for|in|on)[ -]+)*){2,9})"
    pattern = re.compile(rf"{run}\([“\"]?{re.escape(name)}\b")
    return [found[1].strip() for text in texts if (found := pattern.search(text))]


def _counted(name: str, texts: Sequence[str]) -> bool:
    """Whether initials are a noun that has a plural, and no name: *RBI*, *RBIs*."""
    plural = re.compile(rf"\b{re.escape(name)}s\b")
    return name.isupper() and any(plural.search(text) for text in texts)


def _known_by(name: str) -> list[str]:
    """Give patterns of the words by which a name is known."""
    *others, last = name.split()
    ending = r"\b"
    if len(last) > LONGEST_INITIALS:  # Israel: Israeli
        last, ending = last.removesuffix("s"), ""
    found = [rf"(?i:\b{re.escape(last)}{ending})"]
    if others and body_of(last):  # Republican Party: Republicans
        found.append(rf"\b{re.escape(others[-1].capitalize())}")
    return found


def same_or_spelled_alike(one: str, other: str) -> bool:
    """Whether two names are the same, sound the same, or are spelled much alike.

    >>> pairs = [("Hizbullah", "Hezbollah"), ("Mina Dahl", "Mina Dhal")]
    >>> [same_or_spelled_alike(*pair) for pair in pairs]
    [True, True]
    >>> same_or_spelled_alike("Ann Orr", "Bob Orr")
    False
    """
    words = [name_words(name) for name in (one, other)]
    sounds = [list(map(sound_of, mine)) for mine in words]
    alike = SequenceMatcher(a=" ".join(words[0]), b=" ".join(words[1])).ratio()
    return same_name(one, other) is True or sounds[0] == sounds[1] or alike >= ALIKE


def opens_with_verb(name: str, texts: Sequence[str]) -> bool:
    """Whether a name begins with a verb that has a capital where a sentence begins.

    >>> texts = ["Deploying Thaad helps. They are deploying it in Beijing."]
    >>> [opens_with_verb(name, texts) for name in ("Deploying Thaad", "Beijing News")]
    [True, False]
    """
    first, *rest = name.split()
    if not rest or not first.endswith("ing"):
        return False
    return any(re.search(rf"\b{re.escape(first.lower())}\b", text) for text in texts)


def in_full(name: str, texts: Sequence[str]) -> str:
    """Give a person's name with the word before it, where that is part of it.

    A parser cuts names that it does not know; the word is part of it if it stands
    there each time that the name does, with a capital and no office or state.

    >>> in_full("Tae Song", ["Han Tae Song came; Mr Han Tae Song spoke."])
    'Han Tae Song'
    >>> in_full("Ann Orr", ["Mayor Ann Orr came."])
    'Ann Orr'
    >>> in_full("Ann Orr", ["The Secretary of State Ann Orr came."])
    'Ann Orr'
    """
    if read_name(name).kind not in ("person", "word"):
        return name
    run = r"(\b(?:of|for|the) )?((?:\b[A-Z][\w.’'-]* )*)"
    found = re.compile(rf"{run}(?<![\w-]){re.escape(name)}(?!\w)").findall
    before = {one for text in texts for one in map(_led_by, found(text))}
    if len(before) != 1 or not (word := before.pop()):
        return name
    longer = read_name(f"{word} {name}")
    whole = len(longer.words) > len(read_name(name).words)
    return f"{word} {name}" if longer.kind == "person" and whole else name


def _led_by(found: tuple[str, str]) -> str:
    """Give the word right before a name if, but for offices, no capital is before it.

    Nothing where it belongs to something else: *the Secretary of State Ann Orr*.
    """
    owner, run = found
    *others, last = ["", *run.split()]
    of_another = owner or _of_office(last) or not all(map(_of_office, others[1:]))
    return "" if of_another else last


def _of_office(word: str) -> bool:
    """Whether a word before a name says whose or what office its holder has."""
    title = word.strip(".").lower() in words_of("names", "titles")
    return title or bool(state_of(word) or role_of(word) or body_of(word))


def too_short(articles: pd.DataFrame, words: int) -> pd.Series[bool]:
    """Whether articles are too short to lack what one of `words` has, or unfinished."""
    damaged = damage_of(articles.reset_index())
    cut = damaged.loc[damaged["kind"].eq("truncated"), "article"]
    sizes = articles["text"].map(lambda text: len(str(text).split()))
    early = unfinished(articles)
    return sizes.lt(LEAST_PART * words) | articles.index.isin(cut) | early


def unfinished(articles: pd.DataFrame) -> pd.Series[bool]:
    """Whether articles say of themselves that more follows."""
    found = articles["text"].str.contains(UNFINISHED)
    return found.astype(bool)
