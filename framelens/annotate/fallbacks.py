"""Who spoke each quotation: its own sentence says so, or the quotations around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.actor_nouns import body_of, document_of, role_of
from framelens.annotate.cues import cue_of
from framelens.annotate.tokens import left_edge, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.annotate.quoting_sentences import Quoted, QuotingSentences
    from framelens.annotate.tokens import Tokens

    Search = Callable[["Tokens", Quoted, list[int], list[int]], "Found | None"]


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


SUBJECT = "subject of the verb"
AGENT = "named after by"

SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = {"that", "which", "who", "whom"}
_EMPTY = {"there", "what", "this", "that", "which", "whatever", "these", "those"}
_NO_ACTORS = {"DATE", "TIME"}
_QUOTED_THEMSELVES = {"quote", "cite", "hear", "report"}
_FINITE = ("VBD", "VBZ", "VBP")
_BLAMED_FOR = {"of", "for", "as", "from"}
_STEPS = 8  # verbs looked at above a cue that has no subject
_REACH = 12  # tokens before a cue in which its subject may stand


@dataclass(frozen=True, slots=True)
class Found:
    """Who utters a quotation, as the text has it; tokens, last ones included."""

    rule: str
    source: tuple[int, int] | None = None
    head: int | None = None
    cue: tuple[int, int] | None = None


def _no_actor(tokens: Tokens, head: int) -> bool:
    """Whether a noun is a time, or a verb that capitals made into a name."""
    word = tokens.words[head]
    return tokens.entities[head] in _NO_ACTORS or (
        word.isupper() and len(word) > 3 and cue_of(word) is not None
    )


def found_at(
    tokens: Tokens, rule: str, head: int, cue: tuple[int, int] | None
) -> Found:
    """Give what was found, with the noun phrase around `head` as its source."""
    return Found(rule, phrase(tokens, head), head, cue)


def cue_with_source(tokens: Tokens, cue: int) -> Found | None:
    """Give the reporting verb `cue` with whom it reports, if somebody is named."""
    head, rule = _source_of(tokens, cue)
    if head is not None and _no_actor(tokens, head):
        head = None
    if head is None:
        behind = range(cue + 1, min(cue + 6, len(tokens)))
        head, rule = noun_behind(tokens, cue, list(behind)), SUBJECT
    return None if head is None else found_at(tokens, rule, head, (cue, cue))


def noun_before(tokens: Tokens, cue: int, lead: list[int]) -> int | None:
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
        if not tag.startswith(("NN", "PRP")) or tag == "PRP$":
            return None
        if _no_actor(tokens, token):
            return None
        return _head_noun(tokens, token, lead)
    return None


def _head_noun(tokens: Tokens, token: int, lead: list[int]) -> int:
    inside = ("compound", "nmod", "appos", "amod", "npadvmod", "poss")
    for _ in range(_STEPS):
        above = tokens.heads[token]
        if above not in lead or tokens.deps[token] not in inside:
            break
        token = above
    return token


def noun_behind(tokens: Tokens, cue: int, rest: list[int]) -> int | None:
    """Give the noun right behind a verb that follows its quotation: said X."""
    if not rest or rest[0] != cue + 1:
        return None
    for child in tokens.children[cue]:
        noun = tokens.deps[child] in ("nsubj", "dobj", "attr", "oprd", "npadvmod")
        if noun and child > cue and left_edge(tokens, child) == cue + 1:
            return child if child in rest and not _no_actor(tokens, child) else None
    if tokens.tags[rest[0]] not in ("NNP", "DT", "PRP"):
        return None
    head = rest[0]
    for token in rest[1:]:
        if tokens.tags[token] not in ("NNP", "NN", "NNS", "JJ"):
            break
        head = token
    return head


def _source_of(tokens: Tokens, cue: int) -> tuple[int | None, str]:
    """Give the noun that utters what `cue` reports, and the rule that says so."""
    agent = tokens.child(cue, "agent")
    if agent is not None:
        return tokens.child(agent, "pobj"), AGENT
    passive = tokens.child(cue, "auxpass") is not None
    if passive and cue_of(tokens.words[cue]) not in _QUOTED_THEMSELVES:
        return None, SUBJECT
    has_subject, found = _subject(tokens, cue)
    if has_subject:
        return found, SUBJECT
    if tokens.tags[cue] in _FINITE and not passive:
        found = noun_before(tokens, cue, list(range(max(0, cue - _REACH), cue)))
        if found is not None:
            return found, SUBJECT
    return _subject_above(tokens, cue), SUBJECT


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
    participle = tokens.tags[cue] == "VBG"
    object_ = _object_above(tokens, cue) if participle else None
    if object_ is not None:
        return object_
    for _ in range(_STEPS):
        head, dep = tokens.heads[verb], tokens.deps[verb]
        if head == verb:
            break
        if nearest is None and dep == "acl" and participle and _may_speak(tokens, head):
            return head
        above = _verb_at(tokens, head)
        if above is None:
            break
        verb = above
        _, found = _subject(tokens, verb)
        if found is None:
            continue
        if nearest is None or cue_of(tokens.words[verb]):
            nearest = found
        if not participle or tokens.deps[cue] == "xcomp":
            break
    return nearest


def _object_above(tokens: Tokens, participle: int) -> int | None:
    """Give whom a verb accuses of *saying*, or quotes as *saying*."""
    before = tokens.heads[participle]
    if (
        tokens.deps[participle] != "pcomp"
        or tokens.words[before].lower() not in _BLAMED_FOR
    ):
        return None
    found = tokens.child(tokens.heads[before], "dobj")
    return found if found is not None and _may_speak(tokens, found) else None


def _verb_at(tokens: Tokens, token: int) -> int | None:
    """Give the verb at or above a token."""
    for _ in range(_STEPS):
        if tokens.tags[token].startswith(("VB", "MD")):
            return token
        if tokens.heads[token] == token:
            return None
        token = tokens.heads[token]
    return None


def _may_speak(tokens: Tokens, token: int) -> bool:
    """Whether a noun can be the one who is *claiming* or *saying* behind it."""
    word = tokens.words[token]
    if tokens.tags[token].startswith("NNP"):
        return True
    return role_of(word) is not None or body_of(word) is not None


CARRIED = "carried on from the quotation before"
AHEAD = "named with the quotation behind"


def who_spoke(sentences: QuotingSentences) -> list[Found]:
    """Find the source of every quotation, in order.

    A quotation whose own sentence names nobody has the speaker of the one before
    in its paragraph; of the next one, where it opens the paragraph; or of the one
    that ended the paragraph before. Failing these, a quotation that stands alone
    belongs to whom the sentence before is about.
    """
    own = [find_source(sentences, one) for one in sentences.quotations]
    result: list[Found] = []
    for number, found in enumerate(own):
        if found is not None and found.source is not None:
            result.append(found)
        else:
            result.append(_borrowed(sentences, own, result, number))
    return result


def _borrowed(
    sentences: QuotingSentences,
    own: list[Found | None],
    earlier: list[Found],
    number: int,
) -> Found:
    """Find the source of a quotation whose own sentence names none."""
    quotations, tokens = sentences.quotations, sentences.tokens
    here = quotations[number]
    alone = own[number] is None
    if here.first >= here.last:
        return Found("")
    if alone and here.first and tokens.words[here.first - 1] == ":":
        announced = find_announced(sentences, here)
        if announced is not None:
            return announced
    previous = earlier[number - 1] if number else Found("")
    away = _paragraphs_apart(sentences, number - 1, number) if number else 99
    if previous.source is not None and away == 0:
        return Found(CARRIED, previous.source, previous.head)
    if alone and number + 1 < len(own):
        following = own[number + 1]
        near = _paragraphs_apart(sentences, number, number + 1) == 0
        if near and following is not None and following.source is not None:
            return Found(AHEAD, following.source, following.head)
    if alone and previous.source is not None and away == 1:
        return Found(CARRIED, previous.source, previous.head)
    return (alone and find_announced(sentences, here)) or Found("")


def _paragraphs_apart(sentences: QuotingSentences, one: int, other: int) -> int:
    first = sentences.quotations[one].first
    second = sentences.quotations[other].first
    if max(first, second) >= len(sentences.paragraph):
        return 99
    return abs(sentences.paragraph[second] - sentences.paragraph[first])
