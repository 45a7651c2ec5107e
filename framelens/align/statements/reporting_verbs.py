"""Reporting verbs: whether a cue hands over what was said, and by which verb."""

from __future__ import annotations

from functools import cache

from framelens.align.statements.phrases import phrase_of
from framelens.annotate.cues import cue_of, cue_words, hits

_NOBODY = (["no"], ["nobody"], ["none"], ["neither"])
_REFUSALS = {"refuse", "decline"}
_NOT_SPOKEN = {
    *("appear", "be", "go", "have", "hear", "know", "look", "mean", "prove", "see"),
    *("seem", "show"),
}
"""Verbs of the lexicon that mostly tell what is so, or is seen, not what was said."""

_SHOWING_LIST = """
data documents estimates evidence experience figures findings footage images numbers
poll polls projections records research results signs statistics studies study survey
surveys tests
"""
SHOWING = frozenset(_SHOWING_LIST.split())
"""What shows something, and does not say it."""

_BE = {"is", "are", "was", "were", "be", "been", "being", "am", "got", "get"}
_BETWEEN = {"not", "also", "now", "then", "later", "widely", "often", "never", "still"}
_PARTICIPLES = {"told", "said", "thought", "known", "heard", "written", "given"}


@cache
def lemma_of(word: str) -> str | None:
    """Give the base form of a verb that may hand over to a speaker.

    Wider than `framelens.annotate.cues.cue_of`: for words that are known to be a cue,
    or that stand where nothing else can.

    Examples
    --------
    >>> lemma_of("Maintained"), lemma_of("drone")
    ('maintain', None)
    """
    known = cue_of(word)
    if known:
        return known
    for hit in hits([word.lower()]):
        if hit.entry.part_of_speech == "verb" and hit.entry.cue not in _NOT_SPOKEN:
            return hit.entry.cue
    return None


def verb_of(cue: str) -> str | None:
    """Give the one verb of a cue of several words; None where it has none.

    Examples
    --------
    >>> verb_of("According to"), verb_of("later told reporters"), verb_of("in")
    ('according to', 'tell', None)
    """
    words = cue.lower().split()
    if words[:1] == ["according"]:
        return "according to"
    listed = (cue_of(word) for word in words)
    wider = (lemma_of(word) for word in words)
    return next((one for one in (*listed, *wider) if one), None)


def hands_over(cue: str, source: str) -> bool:
    """Whether a source says something with a cue, rather than shows, sees or keeps it.

    "Refused to say", "did not mention" and "polls suggest" hand over no statement.

    Examples
    --------
    >>> hands_over("said", "The mayor"), hands_over("refused to say", "The mayor")
    (True, False)
    >>> hands_over("reveals", "no document so far")
    False
    >>> hands_over("suggest", "Opinion polls"), hands_over("watched", "The crowd")
    (False, False)
    >>> hands_over("said", "The Geological Survey"), hands_over("said", "The survey")
    (True, False)
    """
    named = source.lower().split()
    if verb_of(cue) is None or _is_shown(source) or named[:1] in _NOBODY:
        return False
    found = list(hits(cue_words(cue)))
    refused = any(set(hit.entry.cue.split()) & _REFUSALS for hit in found)
    return not refused and not any(hit.negated for hit in found)


def _is_shown(source: str) -> bool:
    """Whether the noun of a source is what shows something, and no part of a name."""
    phrase = phrase_of(source)
    common = phrase.head.islower() or phrase.opens
    return common and phrase.head.lower() in SHOWING


def is_passive(cue: str) -> bool:
    """Whether the subject of a cue is spoken of or to, and does not speak.

    Examples
    --------
    >>> is_passive("were told"), is_passive("is expected to say")
    (True, True)
    >>> is_passive("was quoted as saying"), is_passive("was saying")
    (False, False)
    """
    words = cue.lower().split()
    if "quoted" in words or not words:
        return False
    helping = [place for place, word in enumerate(words) if word in _BE]
    if not helping or any(cue_of(word) for word in words[: helping[0]]):
        return False
    done = [word for word in words[helping[-1] + 1 :] if word not in _BETWEEN]
    return bool(done) and (done[0].endswith("ed") or done[0] in _PARTICIPLES)
