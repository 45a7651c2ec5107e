"""Credit: to whom an article credits a statement, and with which verb.

Rules over words and punctuation, for stretches in and outside quotation marks.
`framelens.annotate.speakers` knows more about quotations; where it names a speaker,
that name is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.align.statements.reporting_verbs import lemma_of
from framelens.align.statements.sources import PRONOUNS
from framelens.align.statements.subjects import Cue, speaker_of
from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.stretches import Stretch

FARTHEST = 25
"""Words between a stretch and its cue."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited, and the cue; offsets into the text, None where not found.

    `also` is another reading of who is credited, where there are two.
    """

    speaker: str | None = None
    source: tuple[int, int] | None = None
    cue: str | None = None
    cue_at: tuple[int, int] | None = None
    also: str | None = None

    @property
    def readings(self) -> list[str]:
        """Every name that was read."""
        return [name for name in (self.speaker, self.also) if name]


def credit(part: Stretch) -> Credit:
    """Find to whom one article credits a statement.

    Looked at, piece by piece: a cue right behind, a cue before it in its sentence,
    the cue of the quotation that it carries on.

    Parameters
    ----------
    part : Stretch
        The statement's words in one article.

    Returns
    -------
    Credit
        Its speaker is missing where no rule names one.
    """
    words = part.words
    fallback: Credit | None = None
    for run in part.runs:
        found = _around(words, *_whole(words, *run))
        if found is None:
            continue
        result = _by(words, found)
        if result.speaker is not None:
            return result
        fallback = fallback or result
    return fallback or _carried(words, part.runs[0][0])


def _by(words: PrintedWords, cue: Cue) -> Credit:
    """Give the credit that a cue makes."""
    where = int(words.starts[cue.first]), int(words.ends[cue.last - 1])
    name = speaker_of(words, cue)
    if name is None:
        return Credit(cue=cue.lemma, cue_at=where)
    return Credit(name.text, name.at, cue.lemma, where)


def _whole(words: PrintedWords, first: int, last: int) -> tuple[int, int]:
    """Widen a piece to the quotations that it begins and ends in."""
    while first > 0 and 0 <= words.quotation[first] == words.quotation[first - 1]:
        first -= 1
    while last < len(words) and 0 <= words.quotation[last - 1] == words.quotation[last]:
        last += 1
    return first, last


def _carried(words: PrintedWords, first: int) -> Credit:
    """Take the credit of the quotation before, in this paragraph or the last."""
    place = first - 1
    while place >= 0 and words.paragraph[first] - words.paragraph[place] <= 1:
        if (
            words.quotation[place] >= 0
            and words.quotation[place] != words.quotation[first]
        ):
            start, end = _whole(words, place, place + 1)
            found = _around(words, start, end)
            if found is not None:
                return _by(words, found)
            place = start
        place -= 1
    return Credit()


def _around(words: PrintedWords, first: int, last: int) -> Cue | None:
    """Find the cue of a piece: right behind it, or before it in its sentence."""
    behind, before = _behind(words, last), _before(words, first)
    if behind is not None and before is not None:
        ended = "," in words.between(last - 1) or words.quotation[last - 1] < 0
        return behind if ended else before
    return behind or before


def _cue_at(words: PrintedWords, place: int) -> tuple[str, int] | None:
    """Give the lemma of a cue at `place`, and the words it takes."""
    form = words.forms[place]
    after = words.forms[place + 1] if place + 1 < len(words) else ""
    if form == "according" and after == "to":
        return "according to", 2
    if form in ("went", "goes") and after == "on":
        return "go on", 2
    lemma = cue_of(form)
    return (lemma, 1) if lemma else None


def _behind(words: PrintedWords, last: int) -> Cue | None:
    """Find a cue behind a piece, before the sentence ends."""
    if last >= len(words):
        return None
    start = last
    asked = any(sign in words.between(last - 1) for sign in "?!")
    sentence = int(words.sentence[last - 1])
    if words.paragraph[last] != words.paragraph[last - 1]:
        return None
    if words.sentence[last] != sentence:
        if not asked:
            return _inverted(words, last)
        sentence = int(words.sentence[last])
    for place in range(start, min(len(words), last + FARTHEST)):
        if words.sentence[place] != sentence or words.quotation[place] >= 0:
            break
        found = _cue_at(words, place)
        if found is not None:
            return Cue(place, place + found[1], found[0], behind=True)
    return _unlisted(words, last, sentence)


def _inverted(words: PrintedWords, last: int) -> Cue | None:
    """Find a cue before its subject in a new sentence: "... now." So said Ann Orr."""
    for place in range(last, min(last + 2, len(words) - 1)):
        found = _cue_at(words, place)
        if found is not None and words.quotation[last - 1] >= 0:
            named = words.name[place + found[1] : place + found[1] + 3].any()
            led = place == last or words.forms[last] in {"so", "thus", "or"}
            if named and led:
                return Cue(place, place + found[1], found[0], behind=True)
    return None


def _unlisted(words: PrintedWords, last: int, sentence: int) -> Cue | None:
    """Take any verb between a quotation and a name, or behind a pronoun, as its cue."""
    place = last
    if words.quotation[last - 1] < 0:
        return None
    while place < min(len(words), last + 6) and words.sentence[place] == sentence:
        form = words.forms[place]
        if words.quotation[place] >= 0:
            return None
        if place == last and lemma_of(form):
            return Cue(place, place + 1, form, behind=True)
        if form.endswith("ed") and not words.name[place] and len(form) > 4:
            near = words.name[max(last, place - 1) : place + 2].any()
            pronoun = place > last and words.forms[place - 1] in PRONOUNS
            if near or pronoun:
                return Cue(place, place + 1, form, behind=True)
        place += 1
    return None


def _before(words: PrintedWords, first: int) -> Cue | None:
    """Find the nearest cue before a piece, in its sentence."""
    spoken: Cue | None = None
    for place in range(first - 1, max(-1, first - FARTHEST - 1), -1):
        if words.sentence[place] != words.sentence[first]:
            break
        if words.quotation[place] >= 0:
            continue
        found = _cue_at(words, place)
        if found is not None and not (found[1] == 1 and _is_noun(words, place)):
            return Cue(place, place + found[1], found[0], behind=False)
        if spoken is None and first - place <= 4 and _unlisted_verb(words, place):
            spoken = Cue(place, place + 1, words.forms[place], behind=False)
    return spoken


def _unlisted_verb(words: PrintedWords, place: int) -> bool:
    """Whether a verb in the past follows a name: "Orr compared it to"."""
    form = words.forms[place]
    named = bool(words.name[max(0, place - 12) : place].any())
    named = named or (place > 0 and words.forms[place - 1] in PRONOUNS)
    return form.endswith("ed") and named and cue_of(form) is None


def _is_noun(words: PrintedWords, place: int) -> bool:
    """Whether what looks like a cue is a noun: "a report", "the state"."""
    before = words.forms[place - 1] if place else ""
    return before in {
        "a",
        "an",
        "the",
        "this",
        "that",
        "its",
        "his",
        "her",
        "their",
        "of",
        "in",
        "on",
        "no",
    }
