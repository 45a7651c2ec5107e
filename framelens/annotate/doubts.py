"""Doubts: words that doubt what they are about, or take it for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from framelens._layers import Layer
from framelens.annotate.arguments import Arguments
from framelens.annotate.commitment import cue_distance, marked_words
from framelens.annotate.cues import cue_class, cue_words, lemmas_of
from framelens.annotate.pipeline import each_tokens, phrase
from framelens.annotate.spans import SPAN_COLUMNS, rows_of, spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from framelens.annotate.pipeline import Tokens

KINDS = {
    "cue that takes for granted": "granted",
    "cue that leaves open": "doubted",
    "cue that denies": "doubted",
    "doubt word": "doubted",
    "scare quotes": "doubted",
    "hedge": "hedged",
    "booster": "granted",
    "factive": "granted",
    "presupposition": "granted",
}
"""Each kind of mark, and what it does to what it is about."""

DOUBT_COLUMNS = [
    *SPAN_COLUMNS,
    *("target_start", "target_end", "claimant"),
]
"""The columns of the layer ``doubts``.

One row per mark: ``article, start, end`` of the mark, ``role`` (one of `KINDS`);
``target_start, target_end``: what it is about: the content of an attribution from its
first piece to its last, the phrase of a noun, the clause of a verb, or the quoted
words; ``claimant``: the one name in the whole corpus of whoever says what a cue hands
over, missing where no attribution does.
"""

_CUES = {
    0: "cue that takes for granted",
    2: "cue that leaves open",
    3: "cue that denies",
}
_DOUBTING = {"doubting", "denying", "accusing"}
"""Classes of cues that leave open or deny; hopes, demands and threats do not doubt."""

_QUOTED = ("“", '"', "‘", "'")
_NO_CLAIM = {"sue", "sued", "sues", "suing"}
"""Accusing words whose content is nobody's claim."""

_PHRASES = {("of", "course"), ("in", "fact"), ("no", "doubt")}
_OPEN = {"how", "if", "to", "what", "when", "where", "whether", "which", "who", "why"}
"""Words that open a question, or what is still to be: nothing is taken for granted."""

_UNREAL = {"must", "should", "would", "could", "may", "might", "can", "not", "to", "if"}
"""What makes a cue one that has not been given."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OWNED = {"the", "this", "these", "its", "his", "her", "their"}


class _Mark(NamedTuple):
    """One mark: its tokens, what it does, and the tokens that it is about."""

    first: int
    last: int
    kind: str
    target: tuple[int, int]


def doubts(
    articles: pd.DataFrame, *, quotations: pd.DataFrame, ledger: pd.DataFrame
) -> pd.DataFrame:
    """Mark what doubts, hedges, boosts or takes for granted, in every article."""
    by_article = dict(list(ledger.groupby("article", sort=False)))
    scare = quotations[quotations["kind"].eq("scare")]
    scares = dict(list(scare.groupby("article", sort=False)))
    rows: list[tuple[Any, ...]] = []
    for tokens in each_tokens(articles):
        cued = list(_of_cues(tokens.text, by_article.get(tokens.article)))
        rows += _numbered(tokens.article, cued + _in_text(tokens, cued))
        quoted = scares.get(tokens.article)
        if quoted is not None:
            places = [
                place
                for place in rows_of(quoted, "start", "end", "inner_start", "inner_end")
                if _is_scare(tokens.text[place[2] : place[3]])
            ]
            rows += [
                (
                    *(tokens.article, start, end, f"{tokens.article}:q{number}"),
                    *("scare quotes", inner, after, None),
                )
                for number, (start, end, inner, after) in enumerate(places, start=1)
            ]
    extra = DOUBT_COLUMNS[6:]
    found = spans_frame(rows, layer="doubt", extra=extra)
    return found.astype({"target_start": "int64", "target_end": "int64"})


def _is_scare(words: str) -> bool:
    """Whether quoted words are few, and no name: “Hannity” is no doubt."""
    several = words.strip(" ,.").split()
    named = all(word[:1].isupper() for word in several)
    return len(several) <= MOST_SCARED and not named


MOST_SCARED = 4
"""Words in scare quotes: more are quoted from somebody."""


def _marked_doubts(
    articles: pd.DataFrame, *, quotations: pd.DataFrame, marked_ledger: pd.DataFrame
) -> pd.DataFrame:
    """Mark them where only quotation marks are looked at."""
    return doubts(articles, quotations=quotations, ledger=marked_ledger)


def _numbered(article: str, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Put marks in the order of the text."""
    for number, (start, end, *rest) in enumerate(sorted(rows, key=_place), start=1):
        yield (article, start, end, f"{article}:d{number}", *rest)


def _place(row: tuple[Any, ...]) -> tuple[int, int]:
    return row[0], row[1]


def _is_granted(cue: list[str], content: str) -> bool:
    """Whether a cue takes its content for granted: not *must show*, *knows whether*."""
    if content[:1] in _QUOTED and any(word.startswith("explain") for word in cue):
        return False
    first = content.lstrip("“\"'‘ ").partition(" ")[0].lower()
    return first not in _OPEN and not _UNREAL.intersection(cue)


def _seems(word: str) -> bool:
    """Whether a word is a form of *seem*, *appear* or *look*."""
    return not marked_words("seeming").isdisjoint(lemmas_of(word))


def _of_cues(text: str, rows: pd.DataFrame | None) -> Iterator[tuple[Any, ...]]:
    """Give the cues that doubt or take for granted what they hand over."""
    if rows is None:
        return
    for content, cue, cue_text, named, actor in rows_of(
        rows, "content", "cue", "cue_text", "cue_class", "actor"
    ):
        if not cue or not isinstance(cue_text, str):
            continue
        distance = cue_distance(cue_text)
        inside = min(content)[0], max(end for _, end in content)
        words = cue_words(cue_text)
        if distance in (None, 1) or (distance == 2 and named not in _DOUBTING):
            continue
        if distance == 0 and not _is_granted(words, text[inside[0] : inside[1]]):
            continue
        if _NO_CLAIM.intersection(words):
            continue
        seems = any(_seems(word) for word in words)
        kind = "hedge" if seems else _CUES[distance]
        yield min(cue)[0], max(cue)[1], kind, *inside, actor


def _in_text(tokens: Tokens, cued: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Give the marks of the words themselves; a cue is no other mark as well."""
    taken = [(start, end) for start, end, *_ in cued]
    rows: list[tuple[Any, ...]] = []
    for mark in _marks(tokens, Arguments(tokens)):
        start, end = tokens.starts[mark.first], tokens.ends[mark.last]
        if any(start < last and first < end for first, last in taken):
            continue
        first, last = mark.target
        place = tokens.starts[first], tokens.ends[last]
        rows.append((start, end, mark.kind, *place, None))
    return rows


def _marks(tokens: Tokens, arguments: Arguments) -> Iterator[_Mark]:
    """Give every mark in the words of an article."""
    for token in range(len(tokens)):
        first, word = _joined(tokens, token)
        if word in marked_words("doubts") | marked_words("doubts_of_claims"):
            head = _modified(tokens, token)
            if head is not None and _is_doubted(tokens, head, word):
                adverb = tokens.deps[token] == "advmod"
                target = _clause(tokens, head) if adverb else phrase(tokens, head)
                yield _Mark(first, token, "doubt word", target)
            continue
        if (tokens.words[token - 1].lower(), word) in _PHRASES:
            target = _clause(tokens, tokens.heads[token - 1])
            yield _Mark(token - 1, token, "booster", target)
            continue
        kind = _kind(tokens, token, word)
        if kind is not None:
            yield _Mark(token, token, kind, _clause(tokens, tokens.heads[token]))
        elif arguments.is_verb(token):
            yield from _of_verb(tokens, token)
        elif tokens.tags[token] in ("NN", "NNS"):
            yield from _presupposed(tokens, token)


def _joined(tokens: Tokens, token: int) -> tuple[int, str]:
    """Give a word with what is joined to it by hyphens: *so-called*."""
    first, word = token, tokens.words[token].lower()
    while first > 1 and tokens.words[first - 1] == "-":
        first -= 2
    if first < token:
        word = "".join(tokens.words[first : token + 1]).lower()
    return first, word


def _kind(tokens: Tokens, token: int, word: str) -> str | None:
    """Say whether a word hedges or boosts its clause."""
    if tokens.tags[token] == "MD":
        hedges = word in marked_words("modals") and not _is_able(tokens, token, word)
        return "hedge" if hedges else None
    if tokens.deps[token] not in ("advmod", "acomp", "amod"):
        return None
    if word in marked_words("hedges"):
        return "hedge"
    return "booster" if word in marked_words("boosters") else None


def _is_able(tokens: Tokens, modal: int, word: str) -> bool:
    """Whether *could* speaks of what somebody is able to do, or is to do."""
    verb = tokens.heads[modal]
    if word != "could":
        return False
    subject = tokens.child(verb, *_SUBJECTS)
    first = subject is not None and tokens.words[subject].lower() in ("i", "we", "you")
    negated = tokens.child(verb, "neg") is not None
    had = any(tokens.words[one] == "have" for one in tokens.children[verb])
    if had:
        return True  # could have, and did not
    return first or negated or tokens.deps[verb] in ("relcl", "advcl", "acl")


def _of_verb(tokens: Tokens, verb: int) -> Iterator[_Mark]:
    """Give what a verb says of its clause: *seems to*, *regrets that*."""
    content = tokens.child(verb, "ccomp", "xcomp")
    lemma = tokens.lemmas[verb]
    if content is None:
        return
    if lemma in marked_words("seeming"):
        infinitive = any(tokens.words[one] == "to" for one in tokens.children[content])
        if infinitive or tokens.deps[content] == "ccomp":
            yield _Mark(verb, verb, "hedge", _clause(tokens, content))
    elif content < verb or tokens.child(verb, "dobj") is not None:
        return
    elif tokens.deps[content] == "ccomp" and cue_class(lemma) in _DOUBTING:
        kind = _CUES[3 if cue_distance(lemma) == 3 else 2]
        yield _Mark(verb, verb, kind, _clause(tokens, content))
    elif tokens.deps[content] == "ccomp" and cue_distance(lemma) == 0:
        words = [tokens.words[one].lower() for one in tokens.children[verb]]
        words += [tokens.words[one].lower() for one in tokens.children[content]]
        asked = {*_OPEN, *_UNREAL} - {"who"}
        finite = tokens.tags[content] in ("VBD", "VBZ", "VBP") or any(
            tokens.deps[one] in ("aux", "auxpass") and tokens.words[one] != "to"
            for one in tokens.children[content]
        )
        own = tokens.child(content, *_SUBJECTS) is not None
        own &= not (lemma == "know" and tokens.child(verb, "neg") is not None)
        if finite and own and not asked.intersection(words):
            yield _Mark(verb, verb, "factive", _clause(tokens, content))


def _presupposed(tokens: Tokens, noun: int) -> Iterator[_Mark]:
    """Give a noun that takes for granted that something happened: *the use of*."""
    if tokens.lemmas[noun].lower() not in marked_words("events"):
        return
    if tokens.deps[noun] in ("compound", "nmod", "amod"):
        return
    known = any(
        tokens.words[one].lower() in _OWNED or tokens.deps[one] == "poss"
        for one in tokens.children[noun]
    )
    told = any(
        tokens.deps[one] == "prep" and tokens.words[one].lower() in ("of", "by", "on")
        for one in tokens.children[noun]
    )
    doubted = any(
        tokens.words[one].lower() in marked_words("doubts")
        for one in tokens.children[noun]
    )
    above = tokens.heads[noun]
    unreal = tokens.lemmas[above].lower() in {"for", *marked_words("unreal")}
    owned = tokens.child(noun, "poss") is not None
    if known and (told or owned) and not doubted and not unreal:
        yield _Mark(noun, noun, "presupposition", phrase(tokens, noun))


def _is_doubted(tokens: Tokens, head: int, word: str) -> bool:
    """Whether a word doubts what it is about: false claims, but no false teeth."""
    claims = marked_words("claims")
    return word in marked_words("doubts") or tokens.lemmas[head].lower() in claims


def _modified(tokens: Tokens, token: int) -> int | None:
    """Give the noun or verb that a doubt word is about."""
    dep, head = tokens.deps[token], tokens.heads[token]
    if dep in ("amod", "compound", "nmod", "punct") and head > token:
        return head
    if dep == "advmod":
        return head
    if dep in ("acomp", "attr", "oprd", "conj", "ccomp"):
        return tokens.child(head, *_SUBJECTS, "dobj")
    return None


def _clause(tokens: Tokens, head: int) -> tuple[int, int]:
    """Give the first and last token of the clause around its verb."""
    inside = [head]
    for one in inside:
        inside += [
            child
            for child in tokens.children[one]
            if tokens.deps[child] not in ("punct", "conj", "cc", "advcl", "parataxis")
        ]
    return min(inside), max(inside)


DOUBTS = Layer("doubts", tuple(DOUBT_COLUMNS), doubts, needs=("quotations", "ledger"))
MARKED_DOUBTS = Layer(
    "marked_doubts",
    tuple(DOUBT_COLUMNS),
    _marked_doubts,
    needs=("quotations", "marked_ledger"),
)
