"""Spelling: words that are one thing written in two ways, and so no other wording."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from framelens._lists import read_list
from framelens.annotate.joined_names import american

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.align.statements.printed_words import PrintedWords

_WORDS: dict[str, str] = read_list("short_forms")["words"]
_ENDINGS: dict[str, str] = read_list("short_forms")["endings"]
_TENS = [f"{ten}0" for ten in range(2, 10)]
_NUMBERS = {
    **{str(n): word for n, word in enumerate(read_list("number_words")["to_nineteen"])},
    **dict(zip(_TENS, read_list("number_words")["tens"], strict=True)),
}
_HAD_OR_WOULD = "had", "would"
_MAY_BE = {"it", "he", "she", "that", "there", "what", "who", "here", "where"}
"""Words whose *'s* stands for *is* or *has*; that of others may be a possessor's."""


@lru_cache(maxsize=65_536)
def spelled_out(form: str) -> str:
    """Write out a short form, a contraction or a small number, alone or in a compound.

    >>> [spelled_out(form) for form in ("didn't", "US", "sen", "20", "10-year", "us")]
    ['did not', 'united states', 'senator', 'twenty', 'ten year', 'us']
    """
    if "-" in form.strip("-"):
        return " ".join(map(spelled_out, form.split("-")))
    listed = _WORDS.get(form) or _NUMBERS.get(form)
    if listed is not None:
        return listed
    for ending, word in _ENDINGS.items():
        if form.endswith(ending) and form != ending:
            return form.removesuffix(ending) + word
    return form


def spelled_alike(
    ours: PrintedWords,
    first: Sequence[int],
    theirs: PrintedWords,
    second: Sequence[int],
) -> bool:
    """Whether two rows of words are the same but for how they are written.

    Hyphens and spaces make no difference ("cease-fire", "ceasefire"), nor do British
    and American spelling; *'d* is *had* or *would*.
    """
    sides = (ours, first), (theirs, second)
    one, other = ([words.forms[place] for place in at] for words, at in sides)
    return any(
        _letters(one, had) == _letters(other, too)
        for had, too in product(_HAD_OR_WOULD, repeat=2)
    )


def _letters(forms: Sequence[str], had: str) -> str:
    """Write forms out without the spaces between words."""
    whole = (
        form.removesuffix("'d") + had
        if form.endswith("'d")
        else american(spelled_out(form))
        for form in forms
    )
    return "".join(whole).replace(" ", "").replace("-", "")


def holds_a_verb(words: PrintedWords, place: int, verb: str) -> bool:
    """Whether a word is contracted with *is* or *has*: "it's" holds both."""
    text = words.text[int(words.starts[place]) : int(words.ends[place])].lower()
    contracted = text.endswith(("'s", "’s")) and words.forms[place] in _MAY_BE
    return contracted and verb in ("is", "has")
