"""Fallbacks: who utters a quotation, by rules, where no model names its source.

Each rule that stands here names speakers of the development part of the field set that
nothing else names; ``benchmarks/RESULTS.md`` has the figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.cues import cue_of
from framelens.annotate.interviews import labelled, whose_desk
from framelens.annotate.mentions import NO_ACTORS
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.pipeline import left_edge, phrase

if TYPE_CHECKING:
    from framelens.annotate.pipeline import Tokens


FARTHEST = 60
"""Tokens. What is farther from a quotation than this is not looked at."""

_SAYING = 14  # tokens within which "A." X said. must name its verb
_ENDS = re.compile(r"[.!?…][\"”’')\]]*\Z")
_PROSE_ENDS = set(".!?…:;,\"”’')»")
_ASKS = re.compile(r"[!?][\"”’')\]]*\Z")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: its tokens (`last` is the first one behind it) and its words."""

    first: int
    last: int
    inner: str


class QuotingSentences:
    """An article cut into sentences, each quotation inside the one that quotes it.

    A quotation that ends with a full stop ends the sentence around it too, unless
    what follows only says who spoke and nobody is named before it. Full stops inside
    quotations end nothing. ``number`` and ``paragraph`` have an entry per token.
    """

    def __init__(self, tokens: Tokens, quotations: list[Quoted]) -> None:
        self.tokens = tokens
        self.quotations = quotations
        self._quotation = [-1] * len(tokens)
        for number, one in enumerate(quotations):
            for token in range(one.first, one.last):
                self._quotation[token] = number
        self.paragraph = _paragraphs(tokens)
        bounds = paragraph_offsets(tokens.text)
        ends = [tokens.text[start:end].rstrip()[-1:] for start, end in bounds]
        self.prose = [end in _PROSE_ENDS or not place for place, end in enumerate(ends)]
        self.number: list[int] = []
        for token in range(len(tokens)):
            ended = token > 0 and self._ends(token - 1)
            self.number.append(self.number[-1] + ended if token else 0)

    def outside(self, token: int) -> bool:
        """Whether a token stands outside every quotation."""
        return self._quotation[token] < 0

    def around(self, quotation: Quoted) -> tuple[list[int], list[int]]:
        """Give the tokens of its sentence before and behind it, in order.

        Tokens of other quotations are left out, and so is a side without words.
        """
        if quotation.first >= quotation.last:
            return [], []
        first = max(0, quotation.first - FARTHEST)
        last = min(len(self.number), quotation.last + FARTHEST)
        here, there = self.number[quotation.first], self.number[quotation.last - 1]
        before = self._side(range(first, quotation.first), here)
        return before, self._side(range(quotation.last, last), there)

    def before(self, quotation: Quoted) -> list[int]:
        """Give the tokens of the sentence that ends where a quotation begins."""
        behind = quotation.first - 1
        if behind < 0 or not self.outside(behind):
            return []
        first = max(0, quotation.first - FARTHEST)
        return self._side(range(first, quotation.first), self.number[behind])

    def _side(self, span: range, number: int) -> list[int]:
        side = [one for one in span if self.number[one] == number and self.outside(one)]
        words = self.tokens.words
        return side if any(words[one][:1].isalnum() for one in side) else []

    def _ends(self, token: int) -> bool:
        """Whether a sentence of the article itself ends behind `token`."""
        words, behind = self.tokens.words, token + 1
        if self.paragraph[token] != self.paragraph[behind]:
            return True
        here, there = self._quotation[token], self._quotation[behind]
        if here < 0:
            return self.tokens.tags[token] == "." and words[token] not in ("…", "...")
        inner = self.quotations[here].inner
        if here == there or not _ENDS.search(inner) or words[behind] in ",;:.":
            return False
        if there >= 0:
            return True
        if words[behind][:1].islower():
            return False
        first = self.quotations[here].first
        lead = words[max(0, first - 4) : first]
        if lead and lead[-1] in ":," and any(map(cue_of, lead)):
            return True  # X said: "A." Asked by Y
        return not self._says_who(behind, asks=_ASKS.search(inner) is not None)

    def _says_who(self, token: int, *, asks: bool) -> bool:
        """Whether what begins at `token` is only a speaker and a cue.

        Behind a question or an exclamation more may follow the cue.
        """
        words, tags = self.tokens.words, self.tokens.tags
        for place in range(token, min(len(words), token + _SAYING)):
            if not self.outside(place) or tags[place] in (".", ":"):
                return False
            if cue_of(words[place]) and tags[place].startswith("V"):
                rest = range(place + 1, min(len(words), place + 4))
                if any(words[one].lower() == "that" for one in rest):
                    return False
                if any(not self.outside(one) for one in rest):
                    return words[place + 1] == "."
                return (
                    asks or place == token or words[rest[0]] in ".,;" if rest else True
                )
        return False


def _paragraphs(tokens: Tokens) -> list[int]:
    """Give the paragraph of every token."""
    numbers, place = [], 0
    bounds = paragraph_offsets(tokens.text)
    for start in tokens.starts:
        while place + 1 < len(bounds) and bounds[place][1] <= start:
            place += 1
        numbers.append(place)
    return numbers


SUBJECT = "subject of the verb"
ACCORDING = "according to"
SENTENCE = "subject of the sentence"
SIGNED = "named behind a dash"
LABELLED = "named by a label"
DESK = "from the desk of"
CARRIED = "carried on from the quotation before"
AHEAD = "named with the quotation behind"

FRAGMENT = 6
"""Tokens. A shorter quotation may be a word held at a distance: the weaker rules
do not apply to it."""

SUBJECTS = ("nsubj", "nsubjpass")
_FARTHEST_ACCORDING = 20  # tokens from a fragment
_TAIL = 25  # tokens in which "A," X said names its verb
_STEPS = 8  # verbs looked at above a cue that has no subject
_REACH = 12  # tokens before a cue in which its subject may stand
_NEAR = 6  # tokens before a quotation in which X said keeps it from an agency
_FAR = 99  # paragraphs: nothing is so far that belongs together
_DASHES = "–—-"
_SIGNATURE = 12  # tokens of a line that is a name and where they write
_RELATIVE = {"that", "which", "who", "whom"}
_EMPTY = {"there", "what", "this", "that", "which", "whatever", "these", "those"}
_QUOTED_THEMSELVES = {"quote", "cite", "hear", "report"}
_FINITE = ("VBD", "VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class Found:
    """Who utters a quotation, as the text has it; tokens, last ones included."""

    rule: str
    source: tuple[int, int] | None = None
    head: int | None = None
    cue: tuple[int, int] | None = None


NOT_FOUND = Found("")


def who_spoke(sentences: QuotingSentences) -> list[Found]:
    """Find the source of every quotation, in order.

    A quotation whose own sentence names nobody has the speaker of the one before
    in its paragraph; of the next one, where it opens the paragraph; or of the one
    that ended the paragraph before. Failing these, a quotation that stands alone
    belongs to whom the sentence before is about.
    """
    own = [_in_sentence(sentences, quotation) for quotation in sentences.quotations]
    result: list[Found] = []
    for number, source in enumerate(own):
        if source is not None and source.source is not None:
            result.append(source)
        else:
            result.append(_borrowed(sentences, own, result, number))
    return result


def _in_sentence(sentences: QuotingSentences, quotation: Quoted) -> Found | None:
    """Find who utters a quotation within its sentence; None where nothing else is."""
    label = labelled(sentences.tokens, sentences.paragraph, quotation.first)
    if label is not None:
        return Found(LABELLED, label, label[1]) if label else NOT_FOUND
    before, behind = sentences.around(quotation)
    if not before and not behind:
        return _signed(sentences, quotation)
    tokens = sentences.tokens
    return (
        _right_behind(tokens, quotation, before, behind)
        or _signed(sentences, quotation)
        or _nearest_before(tokens, quotation, before, behind)
        or _according(tokens, quotation, before, behind)
        or _main_subject(tokens, quotation, before, behind)
        or NOT_FOUND
    )


def _announced(sentences: QuotingSentences, quotation: Quoted) -> Found | None:
    """Find whom the sentence before a quotation announces or is about."""
    before = sentences.before(quotation)
    tokens = sentences.tokens
    return _nearest_before(tokens, quotation, before, []) or _main_subject(
        tokens, quotation, before, []
    )


def _borrowed(
    sentences: QuotingSentences,
    own: list[Found | None],
    earlier: list[Found],
    number: int,
) -> Found:
    """Find the source of a quotation whose own sentence names none."""
    quotation, alone = sentences.quotations[number], own[number] is None
    if quotation.first >= quotation.last:
        return NOT_FOUND
    if alone and sentences.tokens.words[quotation.first - 1] == ":":
        announced = _announced(sentences, quotation)
        if announced is not None:
            return announced
    previous = earlier[number - 1] if number else NOT_FOUND
    away = _paragraphs_apart(sentences, number - 1, number) if number else _FAR
    if previous.source is not None and away == 0:
        return Found(CARRIED, previous.source, previous.head)
    if alone and number + 1 < len(own):
        following = own[number + 1]
        near = _paragraphs_apart(sentences, number, number + 1) == 0
        if near and following is not None and following.source is not None:
            return Found(AHEAD, following.source, following.head)
    if alone and previous.source is not None and away == 1:
        return Found(CARRIED, previous.source, previous.head)
    if not alone:
        return NOT_FOUND
    desk = whose_desk(sentences.tokens, sentences.before(quotation))
    signed = Found(DESK, desk, desk[1]) if desk else NOT_FOUND
    return _announced(sentences, quotation) or signed


def _paragraphs_apart(sentences: QuotingSentences, one: int, other: int) -> int:
    """Count the paragraphs from one quotation to another."""
    first = sentences.quotations[one].first
    second = sentences.quotations[other].first
    if max(first, second) >= len(sentences.paragraph):
        return _FAR
    return abs(sentences.paragraph[second] - sentences.paragraph[first])


def _right_behind(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Read "A," B said and "A," said B; and B "A" denied, if `before` has words."""
    if not behind or behind[0] != quotation.last:
        return None
    closed = quotation.inner[-1:] in ",!?." or tokens.words[behind[0]] in f",{_DASHES}"
    for place, token in enumerate(behind[:_TAIL]):
        if place and token != behind[place - 1] + 1:
            return None
        tag = tokens.tags[token]
        noun = tag in ("NN", "NNS")  # taken for one: ”Blinken quotes
        verb = cue_of(tokens.words[token])
        if not verb or not (noun or tag.startswith("V")):
            continue
        near = any(cue_of(tokens.words[one]) for one in before[-_NEAR:])
        if near and verb == "report":
            return None  # X said "A", the agency reported
        lead = [one for one in behind[:place] if tokens.words[one] not in f",{_DASHES}"]
        if lead:
            if (before and not closed) or (noun and not (closed and len(lead) <= 4)):
                continue
            head = _noun_before(tokens, token, lead)
        elif noun or tag in ("VBG", "VB"):
            continue
        elif before and not closed:
            return cue_with_source(tokens, token)
        else:
            head = _noun_behind(tokens, token, behind[place + 1 :])
            if head is None and before:
                return cue_with_source(tokens, token)
        if head is not None:
            return _found_at(tokens, SUBJECT, head, (token, token))
    return None


def _signed(sentences: QuotingSentences, quotation: Quoted) -> Found | None:
    """Read "A" – Jane Doe, mayor; or only the name, in the line behind "A".

    Also "A" — Editorial, the Herald; and "A," Jane Doe, mayor of Rome. without a verb.
    """
    tokens, first = sentences.tokens, quotation.last
    dash = first < len(tokens) and tokens.words[first] in _DASHES
    first += dash
    line = [
        one
        for one in range(first, min(first + _SIGNATURE, len(tokens)))
        if sentences.paragraph[one] == sentences.paragraph[first]
    ]
    if dash and [tokens.words[one].lower() for one in line[:2]] == ["editorial", ","]:
        first += 2
    last = first
    while last in line and tokens.tags[last].startswith("NNP"):
        last += 1
    comma = last in line and tokens.words[last] == ","
    verbs = any(tokens.tags[one].startswith("V") for one in line)
    alone = comma and not verbs and len(line) < _SIGNATURE
    alone = alone or (comma and quotation.inner[-1:] == "," and _verbless(tokens, last))
    named = last - first in range(2, 5) and (dash or alone)
    return Found(SIGNED, (first, last - 1), last - 1) if named else None


def _verbless(tokens: Tokens, first: int) -> bool:
    """Whether a sentence ends from a token on without a verb."""
    for one in range(first, min(first + FARTHEST, len(tokens))):
        if tokens.tags[one] == ".":
            return True
        if tokens.tags[one].startswith(("V", "MD", "``")):
            return False
    return False


def _nearest_before(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Find the nearest reporting verb before, or according to."""
    for token in reversed(before):
        if tokens.words[token].lower() == "according":
            return _according(tokens, quotation, before, behind)
        verb = tokens.tags[token].startswith("VB") and cue_of(tokens.words[token])
        source = cue_with_source(tokens, token) if verb else None
        if source is not None:
            return source
    return None


def _according(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Read according to X, on either side."""
    short = quotation.last - quotation.first < FRAGMENT
    for token in (*reversed(before), *behind):
        to = token + 1
        if tokens.words[token].lower() != "according" or to >= len(tokens):
            continue
        head = tokens.child(to, "pobj")
        far = short and quotation.first - token > _FARTHEST_ACCORDING
        if tokens.words[to].lower() == "to" and head is not None and not far:
            return _found_at(tokens, ACCORDING, head, (token, to))
    return None


def _main_subject(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Find the person who is the subject of the sentence."""
    if quotation.last - quotation.first < FRAGMENT:
        return None
    for token in (*reversed(before), *behind):
        verb = tokens.tags[tokens.heads[token]].startswith("VB")
        if tokens.deps[token] in SUBJECTS and verb:
            person = tokens.words[token].lower() in ("he", "she", "they")
            if person or tokens.tags[token].startswith("NNP"):
                return _found_at(tokens, SENTENCE, token, None)
    return None


def _found_at(
    tokens: Tokens, rule: str, head: int, cue: tuple[int, int] | None
) -> Found:
    """Give what was found, with the noun phrase around `head` as its source."""
    return Found(rule, phrase(tokens, head), head, cue)


def cue_with_source(tokens: Tokens, cue: int) -> Found | None:
    """Give the reporting verb `cue` with whom it reports, if somebody is named."""
    head = _source_of(tokens, cue)
    if head is None or tokens.entities[head] in NO_ACTORS:
        behind = range(cue + 1, min(cue + 6, len(tokens)))
        head = _noun_behind(tokens, cue, list(behind))
    return None if head is None else _found_at(tokens, SUBJECT, head, (cue, cue))


def _source_of(tokens: Tokens, cue: int) -> int | None:
    """Give the noun that utters what `cue` reports."""
    agent = tokens.child(cue, "agent")
    if agent is not None:
        return tokens.child(agent, "pobj")
    passive = tokens.child(cue, "auxpass") is not None
    if passive and cue_of(tokens.words[cue]) not in _QUOTED_THEMSELVES:
        return None
    has_subject, subject = _subject(tokens, cue)
    if has_subject:
        return subject
    if tokens.tags[cue] in _FINITE and not passive:
        lead = list(range(max(0, cue - _REACH), cue))
        subject = _noun_before(tokens, cue, lead)
    return subject if subject is not None else _subject_above(tokens, cue)


def _subject(tokens: Tokens, verb: int) -> tuple[bool, int | None]:
    """Whether a verb has a subject of its own, and the noun that it means."""
    subject = tokens.child(verb, *SUBJECTS)
    if subject is None:
        return False, None
    word = tokens.words[subject].lower()
    if word in _RELATIVE:
        return True, tokens.heads[verb] if tokens.deps[verb] == "relcl" else None
    return True, None if word in _EMPTY else subject


def _subject_above(tokens: Tokens, cue: int) -> int | None:
    """Give the subject of what a verb without one depends on: X spoke, adding.

    Of a participle it is the subject of the outermost reporting verb above it.
    """
    verb, nearest = cue, None
    participle = tokens.tags[cue] == "VBG" and tokens.deps[cue] != "xcomp"
    for _ in range(_STEPS):
        above = tokens.heads[verb]
        if above == verb:
            break
        verb = above
        _, subject = _subject(tokens, verb)
        if subject is None:
            continue
        if nearest is None or cue_of(tokens.words[verb]):
            nearest = subject
        if not participle:
            break
    return nearest


def _noun_before(tokens: Tokens, cue: int, lead: list[int]) -> int | None:
    """Give the noun among the tokens `lead` that is the subject of `cue`.

    Where the parse has none, it is the noun nearest before, over adverbs,
    auxiliaries and brackets.
    """
    for child in tokens.children[cue]:
        if child in lead and tokens.deps[child] in SUBJECTS:
            return None if tokens.words[child].lower() in _EMPTY else child
    brackets = 0
    for token in reversed(lead):
        word, tag = tokens.words[token], tokens.tags[token]
        brackets += (word == ")") - (word == "(")
        if brackets or word in "(," or tag in ("MD", "RB", *_FINITE, "VBN"):
            continue
        actor = tag.startswith(("NN", "PRP")) and tag != "PRP$"
        if not actor or tokens.entities[token] in NO_ACTORS:
            return None
        return token
    return None


def _noun_behind(tokens: Tokens, cue: int, rest: list[int]) -> int | None:
    """Give the noun right behind a verb that follows its quotation: said X."""
    if not rest or rest[0] != cue + 1:
        return None
    for child in tokens.children[cue]:
        noun = tokens.deps[child] in ("nsubj", "dobj", "attr", "oprd", "npadvmod")
        if noun and child > cue and left_edge(tokens, child) == cue + 1:
            dated = tokens.entities[child] in NO_ACTORS
            return child if child in rest and not dated else None
    if tokens.tags[rest[0]] not in ("NNP", "DT", "PRP"):
        return None
    head = rest[0]
    for token in rest[1:]:
        if tokens.tags[token] not in ("NNP", "NN", "NNS", "JJ"):
            break
        head = token
    return head
