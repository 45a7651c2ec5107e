"""Classes of reporting cues: with what force an outlet hands over to a speaker.

The lexicon, in ``cue_classes.csv`` beside this module, is the package's own list. A
class is about a cue's usual force, whoever speaks; it is no verdict on the outlet, the
speaker, or the truth of what is said.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import InputError
from framelens._lists import read_list
from framelens.annotate.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator


COLUMNS = ("cue", "part_of_speech", "class", "note")
"""The columns of ``cue_classes.csv``."""

_NEGATORS = {
    *("not", "never", "no", "nor", "neither", "without", "hardly", "unable"),
    *("fail", "fails", "failed", "failing", "stop", "stops", "stopped", "stopping"),
}
_NO_NEGATION = {"only", "just", "merely", "simply"}  # "not only said"
_ENDINGS = {
    "ies": ("y",),
    "ied": ("y",),
    "es": ("", "e"),
    "s": ("",),
    "ed": ("", "e"),
    "ing": ("", "e"),
}
_VERBS = read_list("reporting_verbs")
_IRREGULAR = {
    form: lemma
    for lemma, forms in _VERBS["other_forms"].items()
    for form in forms.split()
}


class Entry(NamedTuple):
    """A row of the lexicon."""

    cue: str
    part_of_speech: str
    cue_class: str
    note: str


class Hit(NamedTuple):
    """An entry that stands in a cue: from which word on, and whether negated."""

    entry: Entry
    place: int
    negated: bool


_UNSAID = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|would|could)(?:n['’]t|\s+not)|never)\s+"
    r"(?:\w+ly\s+)?(?:say|said|tell|told)\Z",
    re.I,
)


def unsaid(text: str) -> bool:
    """Say whether a text ends in a cue that tells what somebody did not say.

    >>> unsaid("The mayor did not say"), unsaid("She did not deny")
    (True, False)
    """
    return _UNSAID.search(text) is not None


@cache
def lexicon() -> dict[str, Entry]:
    """Read the lexicon: cue to its row."""
    table = files("framelens.annotate").joinpath("cue_classes.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [Entry(*(row[name] for name in COLUMNS)) for row in csv.DictReader(lines)]
    return {one.cue: one for one in rows}


def cue_words(cue: str) -> list[str]:
    """Give the words of a cue in lower case; *isn't* is two, *is* and *not*."""
    plain = cue.lower().replace("’", "'").replace("cannot", "can not")
    return [
        part
        for word in WORD.findall(plain.replace("can't", "can not"))
        for part in ((word[:-3], "not") if word.endswith("n't") else (word,))
    ]


def hits(words: list[str]) -> Iterator[Hit]:
    """Find rows of the lexicon in a cue; an odd number of negators negates the next."""
    place, negators = 0, 0
    while place < len(words):
        entry = _entry_at(words, place)
        if entry:
            yield Hit(entry, place, negated=negators % 2 == 1)
            place, negators = place + len(entry.cue.split()), 0
            continue
        after = words[place + 1 : place + 2]
        if words[place] in _NEGATORS and not _NO_NEGATION.intersection(after):
            negators += 1
        place += 1


def _entry_at(words: list[str], place: int) -> Entry | None:
    """Give the longest row that begins at a word; a preposition must stand alone."""
    for length in range(min(_longest(), len(words) - place), 0, -1):
        rest = words[place + 1 : place + length]
        for lemma in lemmas_of(words[place]):
            entry = lexicon().get(" ".join([lemma, *rest]))
            if entry is None:
                continue
            if length > 1 or entry.part_of_speech != "preposition" or len(words) == 1:
                return entry
    return None


@cache
def _longest() -> int:
    return max(len(cue.split()) for cue in lexicon())


def lemmas_of(word: str) -> Iterator[str]:
    """Give what a word may be a form of; most of it is no word, and does no harm."""
    yield word
    yield from (known[word] for known in (CUES, _IRREGULAR) if word in known)
    for ending, replacements in _ENDINGS.items():
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield from (stem + one for one in replacements)
            if ending in {"ed", "ing"} and len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _forms(lemma: str) -> set[str]:
    """Give the regular forms of a verb."""
    stem = lemma + lemma[-1] if lemma in _VERBS["doubled"] else lemma
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return {lemma, third, stem + "ed", stem + "ing"}


CUES: dict[str, str] = {
    form: lemma for lemma in _VERBS["verbs"] for form in sorted(_forms(lemma))
} | {
    form: lemma
    for lemma, forms in _VERBS["irregular_verbs"].items()
    for form in (lemma, *forms.split())
}
"""Form of a reporting verb, in lower case, to its lemma."""


def cue_of(word: str) -> str | None:
    """Give the lemma of `word` if it is a form of a reporting verb."""
    return CUES.get(word.lower())


CUE_CLASSES: dict[str, str] = {
    "neutral": "hands over, and takes no side: said, asked, described, according to",
    "endorsing": "treats what follows as true: revealed, pointed out, confirmed",
    "doubting": "leaves open whether it is true: claimed, argued, seemed",
    "denying": "says that something is not so: denied, disputed, dismissed",
    "accusing": "lays a wrong at somebody's door: accused, blamed, charged",
    "opposing": "is against, finds fault or refuses: criticised, mocked, opposed",
    "supporting": "is for, praises or agrees: praised, welcomed, endorsed",
    "demanding": "wants something done: demanded, urged, requested, advised",
    "promising": "binds the speaker, or vouches: promised, vowed, offered, assured",
    "threatening": "tells of harm to come, as a threat or a warning: threatened",
    "conceding": "gives ground: admitted, acknowledged, conceded, apologised",
    "believing": "tells of a mind, not of words: thinks, fears, hopes, expects",
}
"""Name of each class to what it means, with examples."""

_REFUSALS = {"refuse", "refusal", "decline", "unwilling"}
_NOT_GAINSAID = {"deny", "dispute", "contradict", "refute", "rebut", "disprove"}
_TAKEN_AS_TRUE = {"acknowledge", "admit", "concede", "confess", "accept", "believe"}
_TURNED_DOWN = {"supporting", "promising", "conceding", "believing"}

# What follows one of these tells where or when, or to whom: "said at a rally for".
_CIRCUMSTANCE = {
    *("in", "at", "on", "during", "to", "after", "before", "since", "from", "by"),
    *("for", "about", "as", "into", "over", "when", "while"),
}
_TO_A_HEARER = {"tell", "ask", "inform", "brief", "address", "notify", "text"}
_CLAUSE = {"that", "which", "who"}
_DETERMINERS = {"a", "an", "the", "this", "his", "her", "their", "its", "our", "my"}


def cue_class(cue: str) -> str | None:
    """Give the class of a reporting cue.

    The first word or phrase of the lexicon in it gives the class; phrases go before the
    words in them, and inflected forms are known. Where it is neutral, what it governs
    goes on: "issued a statement denying" is denying, "voiced support" supporting, but
    "said at a rally of supporters" stays neutral.

    Negation: what is not said is no denial. "Did not say", "did not confirm" and
    "declined to comment" are neutral. "Did not deny" is conceding, "does not support"
    opposing, and "does not believe" still believing. To refuse to admit, acknowledge,
    concede, accept or believe something is denying it; to refuse to support, promise
    or apologise is opposing; any other refusal to speak is neutral, and a refusal
    alone is opposing.

    Parameters
    ----------
    cue : str
        The cue as it stands in an article: "has repeatedly denied", "according to".

    Returns
    -------
    str or None
        A name of `CUE_CLASSES`; None where no word of the cue is in the lexicon.

    Raises
    ------
    InputError
        If `cue` is not text.

    Notes
    -----
    A class says what a cue usually does, whoever speaks, and cannot see its sentence:
    "charged" a suspect is not "charged" a fee. Endorsing and doubting are about how
    the cue treats what follows, not about the speaker's approval (supporting).

    References
    ----------
    The three stances of a cue towards what it hands over, neutral, endorsing and
    doubting, follow [1]_ (acknowledge, endorse, distance) and [2]_ (non-factive,
    factive), as [3]_ and [4]_ use them for news and for biased language; verbs of
    asking count as neutral, as in [3]_. Demanding, promising and threatening, and
    supporting, opposing and accusing, are kinds of speech act [5]_: directive,
    commissive and expressive. The list of cues and the cuts between classes are ours.

    .. [1] Martin, J. R., & White, P. R. R. (2005). The Language of Evaluation:
       Appraisal in English. Palgrave Macmillan.
       https://doi.org/10.1057/9780230511910
    .. [2] Thompson, G., & Ye, Y. (1991). Evaluation in the reporting verbs used in
       academic papers. Applied Linguistics 12(4), 365-382.
       https://doi.org/10.1093/applin/12.4.365
    .. [3] Caldas-Coulthard, C. R. (1994). On reporting reporting: the representation
       of speech in factual and factional narratives. In M. Coulthard (ed.), Advances
       in Written Text Analysis. Routledge.
    .. [4] Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic
       models for analyzing and detecting biased language. ACL, 1650-1659.
       https://aclanthology.org/P13-1162/
    .. [5] Searle, J. R. (1976). A classification of illocutionary acts. Language in
       Society 5(1), 1-23. https://doi.org/10.1017/S0047404500006837

    Examples
    --------
    >>> [cue_class(cue) for cue in ("said", "has repeatedly denied", "claims that")]
    ['neutral', 'denying', 'doubting']
    >>> [cue_class(cue) for cue in ("did not deny", "refused to admit", "baked")]
    ['conceding', 'denying', None]
    """
    if not isinstance(cue, str):
        raise InputError(
            f"a cue is text, such as 'has denied'; this is {cue!r}. "
            "Leave out the rows that have no cue."
        )
    words = cue_words(cue)
    if not words:
        mark = lexicon().get(cue.strip())
        return mark.cue_class if mark else None
    found = list(hits(words))
    return _class_of(found, words) if found else None


def cue_classes() -> pd.DataFrame:
    """Give the lexicon of reporting cues: ``cue, part_of_speech, class, note``."""
    return pd.DataFrame(list(lexicon().values()), columns=list(COLUMNS))


def _class_of(found: list[Hit], words: list[str]) -> str:
    """Give the class of a cue: of its first hit, or of what neutral hits govern."""
    head = found[0]
    for hit, after in zip(found, [*found[1:], None], strict=True):
        if hit is not head and not _governed(hit, head, words):
            continue
        head = hit
        if hit.negated:
            return _when_negated(hit)
        if hit.entry.cue in _REFUSALS and after and _to_do(hit, after, words):
            return _when_refused(after)
        closed = hit.entry.part_of_speech == "preposition"  # "according to a critic"
        if closed or hit.entry.cue_class != "neutral":
            return hit.entry.cue_class
    return "neutral"


def _to_do(refusal: Hit, after: Hit, words: list[str]) -> bool:
    """Whether it is the later hit that is refused, as in "refused to say"."""
    return "to" in words[refusal.place + 1 : after.place]


def _when_negated(hit: Hit) -> str:
    if hit.entry.cue in _NOT_GAINSAID:
        return "conceding"
    return {"supporting": "opposing", "believing": "believing"}.get(
        hit.entry.cue_class, "neutral"
    )


def _when_refused(hit: Hit) -> str:
    if hit.entry.cue in _NOT_GAINSAID:
        return "conceding"
    if hit.entry.cue in _TAKEN_AS_TRUE:
        return "denying"
    return "opposing" if hit.entry.cue_class in _TURNED_DOWN else "neutral"


def _governed(hit: Hit, first: Hit, words: list[str]) -> bool:
    """Whether a hit belongs to the neutral cue before it, not to place or hearer."""
    if hit.entry.part_of_speech == "preposition":
        return True
    before = words[hit.place - 1]
    if hit.entry.part_of_speech in {"verb", "phrase"}:
        if words[hit.place].endswith("ing"):
            return before not in _DETERMINERS
        if before == "to":
            return True
    elif first.entry.cue in _TO_A_HEARER:
        return False
    between = words[first.place + len(first.entry.cue.split()) : hit.place]
    marks = [word for word in between if word in _CIRCUMSTANCE | _CLAUSE]
    return not marks or marks[-1] in _CLAUSE
