"""Quotations: speech, scare quotes, and names and titles in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from framelens._layers import Layer
from framelens.annotate.interviews import LABEL, answers
from framelens.annotate.marks import Stretch, quoted_stretches
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.speech import (
    BLANK,
    WHOLE_SENTENCE,
    Quoted,
    Surroundings,
    first_cue,
    hands_over,
    is_speech,
    is_unsaid,
    signed,
)
from framelens.annotate.words import word_offsets
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd


_WINDOW = 400  # characters looked at before and behind a stretch
_LOOKED_AT = 1_000  # characters at either end of a stretch that tell its kind
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9\uE000])")
_NOT_AN_END = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Sgt|Lt|Maj|Adm|Sen|Rep|Reps|Sens|Rev|St|Gov|No)\.\s+\Z"
)
_NAMED = re.compile(
    r"\b(?:called|named|dubbed|code-?named|nicknamed|known as|so-called|operation"
    r"|exercise|(?:goes?|going|went|known) by|by the (?:nick)?name(?: of)?|alias|aka)"
    r"[\s,:]*(?:the|a|an)?\s*\Z",
    re.I,
)
_TITLED = re.compile(
    r"\b(?:book|novel|film|movie|song|album|memoir|documentary|play|sitcom|episode|essay"
    r"|musical|poem|podcast|show|series|entitled|titled|headlined)[\s,:]*\Z",
    re.I,
)
_TITLE_CASE = re.compile(
    r"(?:The |A |An )?[A-Z0-9][\w’'-]*"
    r"(?:,? (?:(?:of|the|and|in|on|to|for|a|at|with) )*[A-Z0-9][\w’'-]*){1,8}[.,!?]?"
)
_PROGRAMME = re.compile(
    r"(?:\b(?:[Oo]n|[Ii]n|of|to|host)|[A-Z][\w.]*['’]s?)\s+\Z"  # CBS' "Face the Nation"
)
_WRITTEN = re.compile(
    r"\b(?:inscribed|inscription|labell?ed|stamped|emblazoned|reading|reads?|marked"
    r"|slogan|banner|sign|words?|term|phrase|hashtag)[\s,:]*\Z",
    re.I,
)
_LIKE = re.compile(
    r"\b(?:terms?|words?|phrases?|labels?|dubbed)(?: like| the| a)?\s+\Z"
)
_EXAMPLE = re.compile(r"\b(?:i\.e\.|e\.g\.|[Ee]xample)[\s,:]*\Z")
_COMPOUND = re.compile(r"[a-z]+(?:-[a-z]+)+[,.]?")
"""One word such as *step-by-step*: a term, not what somebody said."""
_PLAN = re.compile(
    r"\s(?:polic(?:y|ies)|program(?:me)?s?|plan|doctrine|initiative|strategy|act)\b"
)
_WRITTEN_BEHIND = re.compile(
    r"\s*(?:is |was |are |were )?(?:written|inscribed|printed|stamped|painted)\b", re.I
)
_LIST = re.compile(r"\s*(?:,|and|or|&|, and|, or)\s*\Z")


@dataclass(frozen=True, slots=True)
class Seen:
    """An outermost stretch whose kind is known, and the number of its paragraph."""

    name: str
    stretch: Stretch
    kind: str
    paragraph: int


def kind_of(
    here: Surroundings, quoted: Quoted, previous: Seen | None
) -> tuple[str, str | None]:
    """Say what a stretch is: ``speech``, ``scare``, ``name`` or ``title``.

    And, where it carries on the words of `previous`, the outermost stretch before it,
    the name of that one.
    """
    if here.stretch.mark == LABEL:
        return "speech", None
    known = known_kind(here) or _listed(here, previous)
    if known:
        return known, None
    if is_speech(here, quoted, term=_is_term(here)):
        own = hands_over(here) or signed(here)
        return "speech", None if own else _carries_on(here, previous)
    return ("title" if _TITLE_CASE.fullmatch(here.inner) else "scare"), None


def _without(text: str, stretches: list[Stretch]) -> str:
    """Blank out what stands in quotation marks, keeping every offset."""
    parts, place = [], 0
    for one in stretches:
        if one.depth == 0:
            parts += [text[place : one.start], BLANK * (one.end - one.start)]
            place = one.end
    return "".join([*parts, text[place:]])


def _sentence_before(before: str) -> str:
    """Keep of `before` what stands in the sentence of the quotation behind it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(before + BLANK)]
    for end in reversed(ends):
        if not _NOT_AN_END.search(before[:end]):
            return before[end:]
    return before


def _sentence_behind(behind: str, inner: str) -> str:
    """Keep of `behind` what stands in the sentence of the quotation before it."""
    stops = _SENTENCE_END.finditer(behind)
    stop = next((one for one in stops if not _ends_short(behind, one)), None)
    tail = behind[: stop.start()] if stop else behind
    ended = inner.endswith((".", "!", "?", "…")) and re.match(r"\s+[A-Z\uE000]", behind)
    return "" if ended and not first_cue(tail, within=5) else tail


def _ends_short(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop only ends a title or an initial: *said Ms. Stone*."""
    return _NOT_AN_END.search(text, 0, stop.end()) is not None


def known_kind(here: Surroundings) -> str | None:
    """Tell titles, names, inscriptions and what nobody said by the words beside."""
    if not here.inner or is_unsaid(here) or _EXAMPLE.search(here.before):
        return "scare"
    if here.before.endswith("="):
        return "name"  # left-over markup
    capital = here.inner[:1].isupper() or here.inner[:1].isdigit()
    if capital and here.words <= 12 and _TITLED.search(here.before):
        return "title"
    if capital and here.words <= 4 and _NAMED.search(here.before):
        return "name"
    if here.words <= 3 and _PLAN.match(here.behind):
        return "name"
    first_name = re.search(r"\b[A-Z][a-z]+\s+\Z", here.before)
    surname = re.match(r"\s[A-Z][a-z]", here.behind)
    if here.words == 1 and capital and first_name and surname:
        return "name"  # a nickname: Ada "Bell" Orr
    beside = _WRITTEN_BEHIND.match(here.behind) or _WRITTEN.search(here.before)
    if here.words <= 8 and beside and not _is_term(here):
        return "name"
    return "title" if _is_programme(here) else None


def _is_term(here: Surroundings) -> bool:
    """Whether this reads as a term: *terms like "mended"*, *"step-by-step" way*."""
    like = here.words <= 4 and _LIKE.search(here.before)
    to_do = re.search(r"\bto\s+\Z", here.before)
    return bool(like or (_COMPOUND.fullmatch(here.inner) and not to_do))


def _listed(here: Surroundings, previous: Seen | None) -> str | None:
    """Give the kind of the name or title before, where the two are listed."""
    if previous is None or previous.kind not in ("name", "title"):
        return None
    capital = here.inner[:1].isupper() or here.inner[:1].isdigit()
    between = here.text[previous.stretch.end : here.stretch.start]
    return previous.kind if capital and _LIST.match(between) else None


def _is_programme(here: Surroundings) -> bool:
    """Whether this is a title in capitals, in the place of one: *on "Meet the Day"*."""
    if here.inner[-1] in "!?" or not _TITLE_CASE.fullmatch(here.inner):
        return False
    capitals = sum(word[:1].isupper() for word in here.inner.split())
    return capitals > 1 and _PROGRAMME.search(here.before) is not None


def _carries_on(here: Surroundings, previous: Seen | None) -> str | None:
    """Name the quotation before, where this one carries on its words."""
    if previous is None or previous.kind != "speech":
        return None
    distance = here.paragraph - previous.paragraph
    if here.alone and distance <= 1:
        return previous.name
    whole = here.inner[:1].isupper() and here.inner[-1] in ".!?,…—"
    if distance == 0:
        between = here.text[previous.stretch.end : here.stretch.start]
        if _LIST.match(between) or not between.strip() or whole:
            return previous.name
    long = here.words >= WHOLE_SENTENCE and here.inner[:1].isupper()
    return previous.name if long and distance <= 1 else None


_COLUMNS = ["inner_start", "inner_end", "kind", "depth", "mark", "continues"]


def quotations(articles: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Mark every stretch in quotation marks, and say what it is.

    Boundaries come from `framelens.annotate.marks`; names, titles and what nobody
    said from rules over the words around; of the rest, `framelens.annotate.speech`
    tells speech from words held at a distance. What is said in an interview
    (`framelens.annotate.interviews`) is speech, with the mark ``label``.

    >>> import pandas as pd
    >>> text = 'The "experts" of operation "East" left. "We go home," one said.'
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> quotations(articles)[["start", "end", "kind"]].values.tolist()
    [[4, 13, 'scare'], [27, 33, 'name'], [40, 53, 'speech']]
    """
    rows = (
        (
            *(article, one.start, one.end, name, one.inner_start, one.inner_end),
            *(kind, one.depth, one.mark, continues),
        )
        for article, text in each_text(articles_of(articles))
        for name, one, kind, continues in _in_text(article, text)
    )
    return spans_frame(rows, layer="quotation", role="content", extra=_COLUMNS)


def _ends_of(text: str, start: int, end: int) -> str:
    """Give a stretch without white space; of a long one, what the rules look at.

    Else a text of quotations inside one another would take the square of its length.
    """
    if end - start <= 2 * _LOOKED_AT:
        return text[start:end].strip()
    return (
        text[start : start + _LOOKED_AT].lstrip()
        + text[end - _LOOKED_AT : end].rstrip()
    )


def surroundings(text: str) -> list[Surroundings]:
    """Give every stretch of a text with what stands around it, in order."""
    stretches = _with_answers(quoted_stretches(text), answers(text))
    bare = _without(text, stretches)
    paragraphs = paragraph_offsets(text)
    found, place = [], 0
    for one in stretches:
        while paragraphs[place][1] <= one.start:
            place += 1
        source = bare if one.depth == 0 else text
        left = max(paragraphs[place][0], one.start - _WINDOW)
        right = min(paragraphs[place][1], one.end + _WINDOW)
        inner = _ends_of(text, one.inner_start, one.inner_end)
        beside = bare[left : one.start] + bare[one.end : right]  # between: all blank
        here = Surroundings(
            text=text,
            stretch=one,
            paragraph=place,
            inner=inner,
            words=len(word_offsets(inner)),
            before=_sentence_before(source[left : one.start]),
            behind=_sentence_behind(source[one.end : right], inner),
            alone=not beside.replace(BLANK, "").strip(),
        )
        found.append(here)
    return found


def _in_text(article: str, text: str) -> Iterator[tuple[str, Stretch, str, str | None]]:
    """Give name, stretch, kind and what it continues, for one text."""
    stretches = surroundings(text)
    quoted = Quoted.of(stretches)
    previous: Seen | None = None
    for number, here in enumerate(stretches, start=1):
        name, one = f"{article}:q{number}", here.stretch
        kind, continues = kind_of(here, quoted, previous)
        yield name, one, kind, continues
        if one.depth == 0 or one.mark == LABEL:
            previous = Seen(name, one, kind, here.paragraph)


def _with_answers(quoted: list[Stretch], labelled: list[Stretch]) -> list[Stretch]:
    """Add what labels give to speakers; quotations in there are inside of it."""
    if not labelled:
        return quoted
    apart = [
        replace(one, depth=one.depth + 1) if _inside(one, labelled) else one
        for one in quoted
        if not any(one.start < two.start < one.end for two in labelled)
    ]
    return sorted([*labelled, *apart], key=lambda one: (one.start, one.depth))


def _inside(one: Stretch, labelled: list[Stretch]) -> bool:
    return any(two.start <= one.start < two.end for two in labelled)


QUOTATIONS = Layer(
    "quotations", (*SPAN_COLUMNS, "kind", "depth"), quotations, version="4"
)
