"""Function words: the words that any two texts share, and which of them are kin."""

from __future__ import annotations

from functools import lru_cache

from framelens._lists import words_of

FUNCTION_WORDS = words_of("function_words")
"""Words too common to tell one statement from another."""

_KIN = [
    "am is are was were be been being",
    "have has had having",
    "do does did done doing",
    "will would shall should",
    "can could may might",
    "i we you he she it they",
    "me us him them",
    "my our your his her its their",
    "mine ours yours hers theirs",
    "myself ourselves yourself himself herself itself themselves",
    "a an the this that these those",
    "no not never none",
    "go goes going went gone",
    "say says said saying",
    "come comes came coming",
    "take takes took taken taking",
    "make makes made making",
    "get gets got getting",
    "pay pays paid paying",
    "leave leaves left leaving",
    "keep keeps kept keeping",
    "hold holds held holding",
    "lose loses lost losing",
    "find finds found finding",
    "stand stands stood standing",
    "speak speaks spoke spoken speaking",
    "break breaks broke broken breaking",
    "give gives gave given giving",
    "sit sits sat sitting",
    "see sees saw seen seeing",
    "buy buys bought buying",
    "bring brings brought bringing",
    "begin begins began begun beginning",
    "know knows knew known knowing",
    "think thinks thought thinking",
    "feel feels felt feeling",
    "fall falls fell fallen falling",
    "run runs ran running",
    "win wins won winning",
    "send sends sent sending",
    "spend spends spent spending",
    "build builds built building",
    "write writes wrote written writing",
    "tell tells told telling",
    "meet meets met meeting",
    "become becomes became becoming",
    "choose chooses chose chosen choosing",
    "fight fights fought fighting",
]
_KIN_OF = {form: line.split()[0] for line in _KIN for form in line.split()}


@lru_cache(maxsize=65_536)
def kin(form: str) -> str:
    """Give what the forms of one word have in common, roughly.

    Examples
    --------
    >>> [kin(word) for word in ("carried", "carries", "was", "they", "drones")]
    ['carri', 'carri', 'am', 'i', 'dron']
    """
    known = _KIN_OF.get(form)
    if known is not None:
        return known
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s", "y", "e"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            stem = form[: -len(ending)]
            if ending in ("ied", "ies", "y"):
                return stem + "i"
            if ending in ("ing", "ings", "ed") and stem[-1] == stem[-2]:
                stem = stem[:-1]
            return stem.rstrip("e") if ending == "es" else stem
    return form


_HEARERS_LIST = """
reporters journalists lawmakers legislators parliament viewers listeners voters
supporters colleagues him her them us me
"""
HEARERS = frozenset(_HEARERS_LIST.split())
"""Words that may stand between "told" and what was told."""
