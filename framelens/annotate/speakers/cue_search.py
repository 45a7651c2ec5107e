"""Cues: the words that hand a quotation over to its speaker, and where he is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.annotate.cues import cue_of
from framelens.annotate.speakers.actor_words import document_of
from framelens.annotate.speakers.cue_sources import (
    AGENT,
    SUBJECT,
    SUBJECTS,
    Found,
    cue_with_source,
    found_at,
    noun_before,
    noun_behind,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.annotate.speakers.quoting_sentences import Quoted, QuotingSentences
    from framelens.annotate.speakers.tokens import Tokens

    Search = Callable[["Tokens", Quoted, list[int], list[int]], Found | None]

ACCORDING = "according to"
POSSESSOR = "possessor of the words"
COLON = "named before a colon"
SENTENCE = "subject of the sentence"

FRAGMENT = 6
"""Tokens. A shorter quotation may be a word held at a distance: the weaker rules
do not apply to it."""

_FARTHEST_ACCORDING = 20  # tokens from a fragment
_TAIL = 25  # tokens in which "A," X said names its verb
_DASHES = "–—-"
_UPWARDS = 25  # steps from a quotation to the verbs above it
_EDGE = 30  # tokens of a quotation that are asked for the verb above it
_OUTER = {"ccomp", "xcomp"}
_UTTERS = {"add", "announce", "ask", "declare", "reply", "say", "tell", "write"}
_DISPUTES = {"accuse", "contest", "deny", "dispute", "doubt", "refute", "reject"}


def find_source(sentences: QuotingSentences, quotation: Quoted) -> Found | None:
    """Find who utters a quotation, within its own sentence.

    Looked for in this order: a speaker and a verb right behind the quotation; the
    reporting verb that governs it in the parse (where one reports another, the
    outer one, unless it disputes what was said); the possessor of a promise or claim
    *that* is quoted; a name before a colon; the nearest reporting verb or *according
    to* before it; one behind it; the possessor of the quoted words; the person who
    is the subject of the sentence.

    Returns
    -------
    Found or None
        None where the sentence holds nothing but quotations; without a source where
        it holds more, but names no speaker.
    """
    before, behind = sentences.around(quotation)
    if not before and not behind:
        return None
    searches: tuple[Search, ...] = (
        _right_behind,
        _by_behind,
        _governing,
        _before_colon,
        _nearest_before,
        _first_behind,
        _according,
        _possessor,
        _main_subject,
    )
    return _first_of(searches, sentences.tokens, quotation, before, behind)


def find_announced(sentences: QuotingSentences, quotation: Quoted) -> Found | None:
    """Find whom the sentence before a quotation announces or is about."""
    before = sentences.before(quotation)
    if not before:
        return None
    searches: tuple[Search, ...] = (_before_colon, _nearest_before, _main_subject)
    found = _first_of(searches, sentences.tokens, quotation, before, [])
    return found if found.source is not None else None


def _first_of(
    searches: tuple[Search, ...],
    tokens: Tokens,
    quotation: Quoted,
    before: list[int],
    behind: list[int],
) -> Found:
    for search in searches:
        found = search(tokens, quotation, before, behind)
        if found is not None:
            return found
    return Found("")


def _is_cue(tokens: Tokens, token: int) -> bool:
    return tokens.tags[token].startswith("VB") and bool(cue_of(tokens.words[token]))


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
        if not cue_of(tokens.words[token]) or not (noun or tag.startswith("V")):
            continue
        lead = [one for one in behind[:place] if tokens.words[one] not in f",{_DASHES}"]
        if lead:
            if (before and not closed) or (noun and not (closed and len(lead) <= 4)):
                continue
            head = noun_before(tokens, token, lead)
        elif noun or tag in ("VBG", "VB"):
            continue
        elif before and not closed:
            return cue_with_source(tokens, token)
        else:
            head = noun_behind(tokens, token, behind[place + 1 :])
            if head is None and before:
                return cue_with_source(tokens, token)
        if head is not None:
            return found_at(tokens, SUBJECT, head, (token, token))
    return None


def _by_behind(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Read: was called "words" by X."""
    if not before or not behind or behind[0] != quotation.last:
        return None
    by, passive = behind[0], [one for one in before if tokens.tags[one] == "VBN"]
    head = tokens.child(by, "pobj")
    cue = passive[-1] if passive else by
    if tokens.words[by].lower() != "by" or head is None or not _is_cue(tokens, cue):
        return None
    return found_at(tokens, AGENT, head, (cue, cue))


def _governing(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    """Find the reporting verb above the quotation in the parse."""
    allowed = {*before, *behind}
    edge = range(quotation.first, min(quotation.last, quotation.first + _EDGE))
    for token in (quotation.first, quotation.last - 1, *edge):
        found = _cue_above(tokens, token, allowed, quotation)
        if found is not None:
            return found
    return None


def _cue_above(
    tokens: Tokens, token: int, allowed: set[int], quotation: Quoted
) -> Found | None:
    """Climb from a token to a cue, and on while one cue reports another."""
    found: Found | None = None
    for _ in range(_UPWARDS):
        above = tokens.heads[token]
        if above == token or (found is not None and tokens.deps[token] not in _OUTER):
            break
        if found is not None and _keeps(tokens, found, above, quotation):
            break
        if found is None and above in allowed:
            owned = _words_of(tokens, token, above)
            if owned is not None:
                return owned
        token = above
        if token in allowed and _is_cue(tokens, token):
            found = cue_with_source(tokens, token) or found
    return found


def _keeps(tokens: Tokens, found: Found, above: int, quotation: Quoted) -> bool:
    """Whether an inner cue keeps its own subject against the verb above it.

    So it does where that verb disputes what was said, and where the cue is a plain
    verb of speech right before the quotation, with a subject that is no pronoun: John
    Roe said that Jane Doe had said "words"; but John Roe said she found it "words".
    """
    cue = found.cue[0] if found.cue is not None else None
    subject = tokens.child(cue, *SUBJECTS) if cue is not None else None
    if cue is None or subject is None:
        return False
    if cue_of(tokens.words[above]) in _DISPUTES:
        return True
    words = tokens.words
    if cue_of(words[cue]) not in _UTTERS or tokens.tags[cue] == "VB":
        return False
    beside = all(words[one] in ",:" for one in range(cue + 1, quotation.first))
    named = tokens.tags[subject].startswith("NN")
    return cue < quotation.first and beside and named


def _words_of(tokens: Tokens, clause: int, noun: int) -> Found | None:
    """Read: X's promise that "words"."""
    if tokens.deps[clause] not in ("acl", "ccomp", "relcl"):
        return None
    if not tokens.tags[noun].startswith("NN"):
        return None
    word = tokens.words[noun]
    owner = tokens.child(noun, "poss")
    if owner is None or not (cue_of(word) or document_of(word)):
        return None
    if all(tokens.words[one].lower() != "that" for one in tokens.children[clause]):
        return None
    return found_at(tokens, POSSESSOR, owner, (noun, noun))


def _before_colon(
    tokens: Tokens,
    quotation: Quoted,  # noqa: ARG001
    before: list[int],
    behind: list[int],  # noqa: ARG001
) -> Found | None:
    """Read X: "words"."""
    if not 2 <= len(before) <= 9 or tokens.words[before[-1]] != ":":
        return None
    label = before[:-1]
    if any(tokens.tags[one].startswith(("VB", "MD")) for one in label):
        return None
    names = [one for one in label if tokens.tags[one].startswith("NNP")]
    if not names or label[0] not in (names[0], names[0] - 1):
        return None
    return Found(COLON, (label[0], label[-1]), names[-1])


def _nearest_before(
    tokens: Tokens, quotation: Quoted, before: list[int], behind: list[int]
) -> Found | None:
    for token in reversed(before):
        if tokens.words[token].lower() == "according":
            return _according(tokens, quotation, before, behind)
        found = cue_with_source(tokens, token) if _is_cue(tokens, token) else None
        if found is not None:
            return found
    return None


def _first_behind(
    tokens: Tokens,
    quotation: Quoted,  # noqa: ARG001
    before: list[int],  # noqa: ARG001
    behind: list[int],
) -> Found | None:
    for token in behind:
        if tokens.words[token].lower() == "according":
            return None
        found = cue_with_source(tokens, token) if _is_cue(tokens, token) else None
        if found is not None:
            return found
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
            return found_at(tokens, ACCORDING, head, (token, to))
    return None


def _possessor(
    tokens: Tokens,
    quotation: Quoted,
    before: list[int],
    behind: list[int],  # noqa: ARG001
) -> Found | None:
    """Read X's "words" and his "words"."""
    if not before or before[-1] != quotation.first - 1:
        return None
    if tokens.tags[before[-1]] == "PRP$":
        return found_at(tokens, POSSESSOR, before[-1], None)
    for token in before[-4:]:
        if tokens.tags[token] == "POS" and token - 1 in before:
            head = tokens.heads[token]
            return found_at(
                tokens, POSSESSOR, head if head < token else token - 1, None
            )
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
                return found_at(tokens, SENTENCE, token, None)
    return None
